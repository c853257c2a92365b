#!/bin/sh
# LibreOffice Writer, a font with Calibri's measures and pdftotext, for the PDF tests. As root what is missing is installed;
# otherwise it is named and those tests skip. In CI nothing may be missing.
set -eu
missing=""
command -v soffice >/dev/null || missing="libreoffice-writer-nogui"
{ command -v fc-list >/dev/null && fc-list | grep -qi carlito; } || missing="$missing fonts-crosextra-carlito fontconfig"
command -v pdftotext >/dev/null || missing="$missing poppler-utils"
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing:$missing"
    apt-get update -qq
    # shellcheck disable=SC2086  (a list of packages)
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
    exit 0
fi
echo "Not tested, because it is not installed:$missing" >&2
echo "  sudo apt-get install --no-install-recommends $missing" >&2
[ "${CI:-}" != true ]
