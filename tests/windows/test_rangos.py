"""Ranges, arguments left out and mistakes, from the cell to Python and back."""

from __future__ import annotations

import sys

assert sys.platform == "win32"

import pytest

from tests.objetos_excel import Rango
from tests.valores_vba import error
from tests.windows.excel_vivo import ExcelVivo

COLUMNA = [[float(n)] for n in range(1, 1001)]


def test_a_thousand_rows_are_one_call(excel: ExcelVivo) -> None:
    resultado = excel.celda("AVANCE_AEI", Rango([[1000]]), Rango(COLUMNA))
    assert resultado == [[pytest.approx(n / 10)] for n in range(1, 1001)]


def test_arguments_left_out_in_the_middle_and_at_the_end(excel: ExcelVivo) -> None:
    assert excel.celda("AVANCE_AEI", 3, 9) == 100.0
    assert excel.celda("AVANCE_AEI", 3, 9, None, None, False) == 300.0


def test_an_empty_cell_is_no_argument_left_out(excel: ExcelVivo) -> None:
    assert excel.celda("AVANCE_AEI", Rango([[None]]), Rango([[2]])) == "N/D"
    assert excel.celda("COBERTURA", Rango([[80], [None]])) == 50.0


@pytest.mark.parametrize("nombre", ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"])
def test_an_error_in_a_cell_is_the_result(excel: ExcelVivo, nombre: str) -> None:
    assert excel.celda("SEMAFORO", Rango([[error(nombre)]])) == error(nombre)


def test_ranges_of_different_shape_are_one_error(excel: ExcelVivo) -> None:
    assert excel.celda("AVANCE_AEI", Rango([[1], [2]]), Rango([[1], [2], [3]])) == error("#VALUE!")


def test_text_for_a_number_is_an_error_in_its_place_only(excel: ExcelVivo) -> None:
    assert excel.celda("AVANCE_AEI", Rango([[4], ["cuatro"]]), 1) == [[25.0], [error("#VALUE!")]]


def test_a_whole_column_is_refused_without_starting_python(excel: ExcelVivo) -> None:
    assert excel.celda("PUNTAJE_OEI", Rango(forma=(1_048_576, 1))) == error("#VALUE!")
    assert excel.equipo.servidores == []
