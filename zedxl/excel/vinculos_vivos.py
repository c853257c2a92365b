"""Cells of the live book that lead to other cells when they are clicked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from zedxl.edicion.cambio import Vinculo
from zedxl.excel.hoja_viva import HojaViva
from zedxl.excel.tablas_vivas import Deshacer, coleccion

_Enlace = tuple[str, str]


def enlazar(hoja: HojaViva, vinculos: Iterable[Vinculo], deshacer: Deshacer) -> None:
    """Make these cells of a sheet lead where they are to.

    Excel gives them the look of links, which is not taken back after a failure.
    """
    for vinculo in vinculos:
        celda = hoja.com.Cells(vinculo.celda.fila, vinculo.celda.columna)
        antes = _enlaces(celda)
        despues = [("", vinculo.direccion)] if vinculo.destino else []
        if antes != despues:
            deshacer.append(partial(_poner, hoja, celda, antes))
            _poner(hoja, celda, despues)


def _enlaces(celda: Any) -> list[_Enlace]:
    """Address and place of each link of a cell."""
    return [(str(enlace.Address or ""), str(enlace.SubAddress or "")) for enlace in coleccion(celda.Hyperlinks)]


def _poner(hoja: HojaViva, celda: Any, enlaces: Sequence[_Enlace]) -> None:
    celda.ClearHyperlinks()  # deleting them would take the look of the cell with them
    for direccion, lugar in enlaces:
        hoja.com.Hyperlinks.Add(Anchor=celda, Address=direccion, SubAddress=lugar)
