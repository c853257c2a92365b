#!/bin/sh
# Makes the virtual environment $1. Debian and Ubuntu keep what that needs in a package of its own.
set -eu
python="${PYTHON:-python3}"

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "zedxl needs Python 3.11 or newer; found: $("$python" --version 2>&1 || echo none)." >&2
    echo "Install one and say which: make PYTHON=python3.12 ..." >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "python$version-venv" >/dev/null
    else
        echo "Python's venv module is missing. Install it: sudo apt-get install python$version-venv" >&2
        exit 1
    fi
fi
"$python" -m venv "$1"
