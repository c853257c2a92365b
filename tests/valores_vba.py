"""Values between Python and VBA as pyOpenVBA's interpreter holds them: cells, rows of cells, errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pyopenvba.interpreter import EMPTY, MISSING, VBAArray, VBAErrorValue

_ERRORES = {
    "#NULL!": 2000,
    "#DIV/0!": 2007,
    "#VALUE!": 2015,
    "#REF!": 2023,
    "#NAME?": 2029,
    "#NUM!": 2036,
    "#N/A": 2042,
}
_NOMBRES = {numero: nombre for nombre, numero in _ERRORES.items()}


def error(nombre: str) -> VBAErrorValue:
    """An error value of a cell, by its English name."""
    return VBAErrorValue(_ERRORES[nombre])


def argumento(valor: Any) -> object:
    return MISSING if valor is None else a_vba(valor)


def a_vba(valor: Any) -> object:
    if valor is None:
        return EMPTY
    return float(valor) if type(valor) is int else valor


def matriz(filas: Sequence[Sequence[Any]], *, desde: int) -> VBAArray:
    """Rows as VBA holds them: column after column."""
    bordes = [(desde, desde + len(filas) - 1), (desde, desde + len(filas[0]) - 1)]
    return VBAArray(bordes, items=[a_vba(fila[columna]) for columna in range(len(filas[0])) for fila in filas])


def de_vba(valor: object) -> object:
    """An argument as xlwings hands it on with ndim=2 and err_to_str."""
    if valor is MISSING:
        return None
    if not isinstance(valor, VBAArray):
        return [[celda_de(valor)]]
    return [[celda_de(celda) for celda in fila] for fila in filas_de(valor)]


def filas_de(tabla: VBAArray) -> list[list[object]]:
    (primera, ultima), (_, _) = tabla.bounds
    alto = ultima - primera + 1
    return [tabla.items[fila::alto] for fila in range(alto)]


def celda_de(valor: object) -> object:
    if valor is EMPTY or valor == "":
        return None
    return _NOMBRES[valor.number] if isinstance(valor, VBAErrorValue) else valor


def resultado(filas: list[list[object]]) -> object:
    if len(filas) > 1:
        return matriz(filas, desde=0)
    return filas[0][0] if len(filas[0]) == 1 else VBAArray([(0, len(filas[0]) - 1)], items=list(filas[0]))


def de_la_hoja(valor: object) -> object:
    if isinstance(valor, VBAArray):
        return list(valor.items) if valor.dimensions == 1 else filas_de(valor)
    return valor
