"""Static files under names that change with their content, compressed, also for scripts that load other scripts."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleStaticFilesStorage(CompressedManifestStaticFilesStorage):
    # Without it `./draft.js` inside a module keeps its plain name and can be served stale for a year.
    support_js_module_import_aggregation = True
    # Only modules in a folder js/, where ours are: a script that others ship may import a file which they don’t ship,
    # and one address that leads nowhere stops collectstatic. A test collects everything, so a change in Django shows.
    _js_module_import_aggregation_patterns = (
        "*/js/*.js",
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
    )
