"""Adding the extension to the LibreOffice of this computer, for one user, and taking it out again."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from zedxl.calc import IDENTIFICADOR
from zedxl.calc.extension import ARCHIVO, extension
from zedxl.errores import ErrorExplicado, motivo_del_sistema
from zedxl.informe.pdf import buscar_libreoffice

VERSION_MINIMA = (25, 2)
"""The first LibreOffice that takes the names of an extension's functions from a file of Excel."""

_SEGUNDOS = 180
_VERSION = re.compile(r"LibreOffice (\d+)\.(\d+)")


class CalcNoInstalado(ErrorExplicado):
    """The extension was not added or removed; the text says why and what to do."""


def instalar() -> str:
    """Add the extension, or put this version in place of another; what was done, in Spanish.

    Raises `CalcNoInstalado`: without LibreOffice, with one that is too old, as root, or while it is open.
    """
    soffice = comprobar_libreoffice()
    unopkg = _unopkg(soffice)
    # the first start makes the user's profile; an extension added before that is lost
    _ejecutar([str(soffice), "--headless", "--norestore", "--terminate_after_init"])
    with tempfile.TemporaryDirectory(prefix="zedxl-") as carpeta:
        archivo = Path(carpeta, ARCHIVO)
        archivo.write_bytes(extension(Path(sys.executable)))
        _ejecutar([unopkg, "add", "--force", "--suppress-license", str(archivo)])
    if not _esta(unopkg):
        raise CalcNoInstalado(
            "LibreOffice no conservó la extensión. Ábralo una vez, ciérrelo y repita «zedxl instalar --calc»."
        )
    return "Las funciones y el menú PEI están en LibreOffice Calc. Si estaba abierto, ciérrelo y ábralo de nuevo."


def desinstalar() -> str:
    """Remove the extension; what was done, in Spanish. Raises `CalcNoInstalado`."""
    soffice = buscar_libreoffice()
    if soffice is None:
        return "No hay LibreOffice en este equipo."
    unopkg = _unopkg(soffice)
    if not _esta(unopkg):
        return "La extensión no estaba en LibreOffice Calc."
    _ejecutar([unopkg, "remove", IDENTIFICADOR])
    return "Se quitaron de LibreOffice Calc las funciones y el menú PEI."


def comprobar_libreoffice() -> Path:
    """LibreOffice's program; `CalcNoInstalado` when there is none, or one too old for the functions."""
    soffice = buscar_libreoffice()
    if soffice is None:
        raise CalcNoInstalado(
            "No se encuentra LibreOffice en este equipo. Instale la versión 25.2 o posterior (libreoffice.org; en "
            "Debian 12, de bookworm-backports) y repita la orden."
        )
    hallada = _VERSION.search(_ejecutar([str(soffice), "--version"]))
    if hallada is None:
        raise CalcNoInstalado(f"{soffice} no dice su versión: instale LibreOffice 25.2 o posterior.")
    version = int(hallada[1]), int(hallada[2])
    if version < VERSION_MINIMA:
        raise CalcNoInstalado(
            f"Este equipo tiene LibreOffice {version[0]}.{version[1]}, que no reconoce las funciones en un libro de "
            "Excel. Instale la versión 25.2 o posterior (libreoffice.org; en Debian 12, de bookworm-backports) y "
            "repita la orden."
        )
    return soffice


def carpeta_del_programa(soffice: Path) -> Path:
    """Where LibreOffice keeps its other programs: what is in the PATH may be only a link."""
    return soffice.resolve().parent


def _unopkg(soffice: Path) -> str:
    """The program that adds extensions, beside the other one; where that is wrapped, in the PATH."""
    if sys.platform != "win32" and os.geteuid() == 0:
        raise CalcNoInstalado(
            "LibreOffice no admite extensiones del usuario root. Repita la orden como el usuario que abrirá los libros."
        )
    nombre = "unopkg.com" if sys.platform == "win32" else "unopkg"
    junto = carpeta_del_programa(soffice) / nombre
    return str(junto) if junto.is_file() else nombre


def _esta(unopkg: str) -> bool:
    return IDENTIFICADOR in _ejecutar([unopkg, "list"])


def _ejecutar(orden: Sequence[str]) -> str:
    """Run one of LibreOffice's programs; what it printed."""
    try:
        hijo = subprocess.run(orden, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SEGUNDOS, check=False)
    except subprocess.TimeoutExpired as error:
        raise CalcNoInstalado(
            f"LibreOffice no respondió en {_SEGUNDOS} segundos. Ciérrelo y repita la orden."
        ) from error
    except OSError as error:
        raise CalcNoInstalado(
            f"No se pudo iniciar {orden[0]}: {motivo_del_sistema(error)}. Instale LibreOffice de nuevo."
        ) from error
    if hijo.returncode != 0:
        detalle = hijo.stderr.decode(errors="replace").strip() or f"código {hijo.returncode}"
        raise CalcNoInstalado(f"LibreOffice no pudo hacerlo ({detalle}). Si está abierto, ciérrelo y repita la orden.")
    return hijo.stdout.decode(errors="replace")
