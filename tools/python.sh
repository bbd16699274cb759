#!/bin/sh
# Prints the Python that makes .venv: the first on PATH that starts and is 3.11, 3.12 or 3.13. A shim of pyenv may be
# there and not start, so each is tried, not only looked for.
for name in "${PYTHON:-python3}" python3 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' >/dev/null 2>&1; then
        command -v "$name"
        exit 0
    fi
done
echo "Wayfellow needs Python 3.11, 3.12 or 3.13, and none is on PATH. On Debian: apt-get install python3 python3-venv" >&2
exit 1
