"""Every call of the table, through the shipped VBA: once with cells as ranges, once with what is typed in the formula."""

from __future__ import annotations

from typing import Any

import pytest

from tests.casos_funciones import CASOS, Caso
from tests.excel_vba import Excel
from tests.objetos_excel import Rango
from tests.paridad import cabe_en_una_hoja, celdas
from tests.test_funciones import iguales
from tests.valores_vba import error
from udfs import ErrorDeCelda


def _es_rango(argumento: object) -> bool:
    return isinstance(argumento, (list, tuple))


EN_HOJA = [caso for caso in CASOS if cabe_en_una_hoja(caso)]
SIN_RANGOS = [caso for caso in CASOS if not any(map(_es_rango, caso.argumentos))]


@pytest.fixture(scope="module")
def excel() -> Excel:
    return Excel()


@pytest.mark.parametrize("caso", EN_HOJA, ids=str)
def test_with_cells_as_arguments(excel: Excel, caso: Caso) -> None:
    argumentos = [Rango([[_celda(c) for c in fila] for fila in celdas(dado)]) for dado in caso.argumentos]
    assert iguales(excel.celda(caso.funcion, *argumentos), _en_excel(caso.esperado)), caso.fuente


@pytest.mark.parametrize("caso", SIN_RANGOS, ids=str)
def test_with_constants_as_arguments(excel: Excel, caso: Caso) -> None:
    argumentos = [Rango([[None]]) if a is None else _celda(a) for a in caso.argumentos]
    assert iguales(excel.celda(caso.funcion, *argumentos), _en_excel(caso.esperado)), caso.fuente


def _celda(valor: Any) -> Any:
    return error(valor.codigo) if isinstance(valor, ErrorDeCelda) else valor


def _en_excel(esperado: Any) -> Any:
    """As a sheet shows it: errors of Excel's own, a single row flat."""
    if isinstance(esperado, ErrorDeCelda):
        return error(esperado.codigo)
    if isinstance(esperado, list):
        filas = [[_en_excel(celda) for celda in fila] for fila in esperado]
        if len(filas) > 1:
            return filas
        return filas[0] if len(filas[0]) > 1 else filas[0][0]
    return esperado
