#!/bin/sh
# What the tests of PDF and Calc need: LibreOffice 25.2 or newer with Writer, Calc and its bridge to Python, a font with
# Calibri's measures and pdftotext. As root what is missing is installed; otherwise it is named and those tests skip. In
# CI nothing may be missing.
set -eu

# the first version whose Calc takes the names of an add-in's functions from a file of Excel
libreoffice_is_new_enough() {
    version=$(soffice --version 2>/dev/null | sed -n 's/^LibreOffice \([0-9]*\)\.\([0-9]*\).*/\1 \2/p')
    [ -n "$version" ] && set -- $version && { [ "$1" -gt 25 ] || { [ "$1" -eq 25 ] && [ "$2" -ge 2 ]; }; }
}

# Debian 12 has 7.4; the newer one is among its backports
use_backports() {
    [ "$(. /etc/os-release && echo "${VERSION_CODENAME:-}")" = bookworm ] || return 0
    from="-t bookworm-backports"
    grep -rqs bookworm-backports /etc/apt/sources.list /etc/apt/sources.list.d && return 0
    cat >/etc/apt/sources.list.d/bookworm-backports.sources <<'FIN'
Types: deb
URIs: http://deb.debian.org/debian
Suites: bookworm-backports
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
FIN
}

libreoffice="libreoffice-calc-nogui libreoffice-writer-nogui python3-uno"
missing="" from=""
{ libreoffice_is_new_enough && /usr/bin/python3 -c 'import uno' 2>/dev/null; } || missing="$libreoffice"
{ command -v fc-list >/dev/null && fc-list | grep -qi carlito; } || missing="$missing fonts-crosextra-carlito fontconfig"
command -v pdftotext >/dev/null || missing="$missing poppler-utils"
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing: $missing"
    case "$missing" in *libreoffice*) use_backports ;; esac
    apt-get update -qq
    # shellcheck disable=SC2086  (lists of words)
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $from $missing >/dev/null
    libreoffice_is_new_enough && exit 0
    echo "This system's LibreOffice is older than 25.2: Calc is not tested." >&2
else
    echo "Not tested, because it is not installed: $missing" >&2
    echo "  sudo apt-get install --no-install-recommends $missing    # LibreOffice 25.2 or newer; on Debian 12 from bookworm-backports" >&2
fi
[ "${CI:-}" != true ]
