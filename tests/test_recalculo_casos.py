"""The table of calls typed in cells: recalculating gives each the value that every host must show."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from openpyxl.utils.cell import range_boundaries
from xlsxwriter.utility import xl_range

from tests.casos.fila import NA
from tests.casos_funciones import CASOS, Caso, en_celda
from tests.paridad import cabe_en_una_hoja
from tests.test_funciones import iguales
from tests.test_funciones_propiedades import llamadas
from udfs import FUNCIONES, ErrorDeCelda
from zedxl.libro.paquete import Paquete
from zedxl.recalculo.calculo import recalcular


class Cuaderno:
    """A book with calls in sheet Pruebas and their arguments in sheet Datos; no call has its value yet.

    A call that gives a table is an array formula over its cells: of the old kind, or ``dinamica``.
    """

    def __init__(self, ruta: Path, *, dinamica: bool = False) -> None:
        self._ruta, self._dinamica = ruta, dinamica
        self._libro = xlsxwriter.Workbook(ruta, {"nan_inf_to_errors": False})
        self._datos, self._pruebas = self._libro.add_worksheet("Datos"), self._libro.add_worksheet("Pruebas")
        self._fila = self._prueba = 0
        self._lugares: list[tuple[str, object, str]] = []

    def agregar(self, caso: Caso) -> None:
        formula = f"={caso.funcion}({','.join(map(self._rango, caso.argumentos))})"
        filas = caso.esperado if isinstance(caso.esperado, list) else [[caso.esperado]]
        area = xl_range(self._prueba, 0, self._prueba + len(filas) - 1, len(filas[0]) - 1)
        if not isinstance(caso.esperado, list):
            self._pruebas.write_formula(self._prueba, 0, formula)
        elif self._dinamica:
            self._pruebas.write_dynamic_array_formula(area, formula)
        else:
            self._pruebas.write_array_formula(area, formula)
        self._prueba += len(filas)
        self._lugares.append((area, caso.esperado, formula))

    def discrepancias(self) -> list[str]:
        """Recalculate the book; one line for each call that does not show what it must."""
        self._libro.close()
        recalculo = recalcular(Paquete(self._ruta))
        assert recalculo.conservadas == ()
        self._ruta.write_bytes(recalculo.contenido)
        hoja = openpyxl.load_workbook(self._ruta, data_only=True)["Pruebas"]
        lineas = []
        for area, esperado, formula in self._lugares:
            desde, arriba, hasta, abajo = range_boundaries(area)
            filas = [[_valor(hoja.cell(f, c)) for c in range(desde, hasta + 1)] for f in range(arriba, abajo + 1)]
            obtenido = filas if isinstance(esperado, list) else filas[0][0]
            if not iguales(obtenido, esperado):
                lineas.append(f"{formula} vale {obtenido!r} en vez de {esperado!r}")
        return lineas

    def _rango(self, dado: object) -> str:
        """Write a value or a block and name where it stands."""
        filas = (
            [f if isinstance(f, (list, tuple)) else [f] for f in dado] if isinstance(dado, (list, tuple)) else [[dado]]
        )
        primera = self._fila
        for fila in filas:
            for columna, valor in enumerate(fila):
                self._escribir(self._fila, columna, valor)
            self._fila += 1
        return f"Datos!{xl_range(primera, 0, self._fila - 1, len(filas[0]) - 1)}"

    def _escribir(self, fila: int, columna: int, valor: object) -> None:
        match valor:
            case ErrorDeCelda():
                assert valor == NA
                self._datos.write_formula(fila, columna, "=NA()")
            case "":
                self._datos.write_formula(fila, columna, '=""')
            case bool():
                self._datos.write_boolean(fila, columna, valor)
            case str():
                self._datos.write_string(fila, columna, valor)
            case int() | float():
                self._datos.write_number(fila, columna, valor)


def _valor(celda: openpyxl.cell.Cell) -> object:
    if celda.data_type == "e":
        return ErrorDeCelda(str(celda.value))
    return "" if celda.value is None else celda.value


def discrepancias(casos: Iterable[Caso], *, dinamica: bool = False) -> list[str]:
    with tempfile.TemporaryDirectory() as carpeta:
        cuaderno = Cuaderno(Path(carpeta) / "libro.xlsx", dinamica=dinamica)
        for caso in casos:
            cuaderno.agregar(caso)
        return cuaderno.discrepancias()


@pytest.mark.parametrize("funcion", FUNCIONES)
def test_recalculated_in_a_book_each_call_shows_what_the_table_says(funcion: str) -> None:
    casos = [caso for caso in CASOS if caso.funcion == funcion and cabe_en_una_hoja(caso)]
    assert casos
    assert discrepancias(casos) == []


def test_arrays_that_take_the_place_they_need_show_the_same() -> None:
    casos = [caso for caso in CASOS if isinstance(caso.esperado, list) and cabe_en_una_hoja(caso)]
    assert len(casos) > 40
    assert discrepancias(casos, dinamica=True) == []


def test_almost_every_call_of_the_table_can_stand_in_a_book() -> None:
    assert sum(not cabe_en_una_hoja(caso) for caso in CASOS) < 15


@settings(max_examples=40)
@given(llamadas())
def test_any_call_shows_in_a_book_what_python_gives(llamada: tuple[str, list[list[object]]]) -> None:
    nombre, filas = llamada
    casos = [Caso(nombre, tuple(fila), en_celda(nombre, *fila), "Python") for fila in filas]
    columnas = tuple([[celda] for celda in columna] for columna in zip(*filas, strict=True))
    assert discrepancias([*casos, Caso(nombre, columnas, en_celda(nombre, *columnas), "Python")]) == []
