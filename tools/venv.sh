#!/bin/sh
# Makes .venv by the lock, once: a stamp of lock, package file and Python lets the next call end at once.
set -eu
cd "$(dirname "$0")/.."
venv=.venv
# Two makes at the same time take turns.
if command -v flock >/dev/null 2>&1; then
    exec 9<Makefile
    flock 9
fi
python=$(tools/python.sh)
wanted=$(cat requirements/dev.txt pyproject.toml tools/venv.sh | cksum)
if [ "$(cat $venv/.stamp 2>/dev/null || true)" = "$wanted" ] && $venv/bin/python -c 'import wayfellow' 2>/dev/null; then
    exit 0
fi
# A moved or half-made environment can't be mended; a whole one is brought up to the lock.
if ! $venv/bin/python -m pip --version >/dev/null 2>&1; then
    rm -rf $venv
    echo "Making .venv with $python ($("$python" --version))"
    "$python" -m venv $venv || {
        rm -rf $venv
        echo "This Python can't make an environment. On Debian: apt-get install python3-venv" >&2
        exit 1
    }
fi
echo "Installing what requirements/dev.txt locks (a minute the first time)"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
$venv/bin/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements/dev.txt
$venv/bin/python -m pip install --quiet --no-deps --no-index --no-build-isolation --editable .
$venv/bin/python -c 'import wayfellow'
echo "$wanted" >$venv/.stamp
