"""Static files under names that change with their content, compressed, also for scripts that load other scripts."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleStaticFilesStorage(CompressedManifestStaticFilesStorage):
    # Without it `./draft.js` inside a module keeps its plain name and can be served stale for a year (TRAPS 10).
    support_js_module_import_aggregation = True
