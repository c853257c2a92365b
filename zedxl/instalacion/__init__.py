"""Putting zedxl into a PC with Excel, for one user and without an administrator; checking it; taking it out again."""

from __future__ import annotations

import sys

from zedxl.errores import ErrorExplicado


class InstalacionImposible(ErrorExplicado):
    """Nothing was installed; the text says why and what to do."""


def comprobar_sistema() -> None:
    """Raise `InstalacionImposible` anywhere but on Windows."""
    if sys.platform != "win32":
        raise InstalacionImposible(
            "Esta orden es para un equipo con Windows y Excel. En este sistema «zedxl resumen» y «zedxl informe» "
            "funcionan como están; las funciones para LibreOffice Calc se ponen con «zedxl instalar --calc»."
        )
