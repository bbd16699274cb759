#!/bin/sh
# Compiles the locks: every supported Python in one file, with hashes, and without the address of any index,
# so that a lock made behind a mirror works everywhere.
set -eu
cd "$(dirname "$0")/.."
# The system's certificates, by the old and the new name of the switch.
export UV_NATIVE_TLS=1 UV_SYSTEM_CERTS=1
compile() {
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
        --no-annotate --no-header --output-file "$@" pyproject.toml
}
compile requirements/base.txt "$@"
compile requirements/dev.txt --extra dev --constraint requirements/base.txt "$@"
.venv/bin/python tools/check_tree.py
