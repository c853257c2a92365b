"""Moments in cells: a spreadsheet keeps them as days since 30 December 1899, to the nearest fraction."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from zedxl.edicion.cambio import en_segundos

_ORIGEN = datetime(1899, 12, 30)


def leer_momento(valor: Any) -> datetime | None:
    """The moment in a cell, to the second, also where it lost the format of a date; None when it holds none.

    >>> leer_momento(46037.4309027778), leer_momento("ayer")
    (datetime.datetime(2026, 1, 15, 10, 20, 30), None)
    """
    match valor:
        case datetime():
            return en_segundos(valor)
        case date():
            return datetime(valor.year, valor.month, valor.day)
        case float() | int() if 0 < valor < 2_958_466:  # the last day of 9999
            return en_segundos(_ORIGEN + timedelta(days=valor))
        case _:
            return None
