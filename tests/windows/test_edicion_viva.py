"""Edits of the live book from the real server, whose xlwings writes over real COM; only Excel itself is a double.

New sheets, columns, tables and locks are not tried here: they are Excel's own doing, and no double over COM would show
more than the one of tests/excel_doble.py.
"""

from __future__ import annotations

import sys

assert sys.platform == "win32"

from pathlib import Path
from typing import Any

import pytest

from tests.libros import escribir_libro
from tests.windows.celdas_falsas import HojaConCeldas
from tests.windows.excel_vivo import ExcelVivo

_BOTON = """
def editar(pulsacion):
    from datetime import datetime
    from zedxl.edicion.cambio import Cambio, Edicion
    from zedxl.excel.pulsacion import Respuesta
    from zedxl.excel.edicion_viva import aplicar
    from zedxl.plan import Celda
    aplicar(pulsacion.libro, Edicion(cambios=tuple(Cambio(Celda("Plan", f, c), a, d) for f, c, a, d in {cambios})))
    return Respuesta("hecho")
from zedxl.excel import botones
botones.ACCIONES["resumen"] = editar
"""


class Abierto:
    """A book with sheet Plan, open in Excel, in which a button makes changes."""

    def __init__(self, excel: ExcelVivo, carpeta: Path) -> None:
        self.excel = excel
        self.libro = excel.abrir(escribir_libro(carpeta / "Plan.xlsx", {"Plan": [["x"]]}))
        self.hoja = HojaConCeldas(
            self.libro,
            "Plan",
            {"A1": "Código", "B1": "Valor", "A2": "AEI.01.01", "B2": 3.0, "B3": 0.25, "C3": True},
            {"B3": "0%"},
        )
        self.libro.hojas = [self.hoja]

    def editar(self, *cambios: tuple[int, int, str, str]) -> str:
        """Press the button; what Excel then shows. Contents are given as Python writes them."""
        lista = "".join(f"({fila}, {columna}, {antes}, {despues})," for fila, columna, antes, despues in cambios)
        self.excel.celda("SEMAFORO", 80)
        self.excel.servidor.hacer(_BOTON.replace("{cambios}", f"({lista})"))
        self.excel.pulsar("resumen", "libro")
        return str(self.excel.mensajes[-1])


@pytest.fixture
def plan(excel: ExcelVivo, tmp_path: Path) -> Abierto:
    """The book, open."""
    return Abierto(excel, tmp_path)


def test_numbers_texts_logical_values_and_empty_cells(plan: Abierto) -> None:
    dicho = plan.editar(
        (2, 2, "3.0", "4.5"), (3, 2, "25.0", "12.5"), (3, 3, "True", "None"), (2, 1, "'AEI.01.01'", "'año «ñ»'"),
        (4, 2, "None", "False"),
    )  # fmt: skip
    assert dicho == "hecho"
    assert {lugar: plan.hoja.valor(lugar) for lugar in ("A2", "B2", "B3", "C3", "B4")} == {
        "A2": "año «ñ»", "B2": 4.5, "B3": 0.125, "C3": None, "B4": False,
    }  # fmt: skip


@pytest.mark.parametrize(("base_1904", "serie"), [(False, 46037.5), (True, 44575.5)])
def test_a_moment_goes_as_a_number_with_the_format_of_one(plan: Abierto, base_1904: bool, serie: float) -> None:
    plan.libro.Date1904 = base_1904
    assert plan.editar((5, 1, "None", "datetime(2026, 1, 15, 12)")) == "hecho"
    assert (plan.hoja.valor("A5"), plan.hoja.formato("A5")) == (serie, "dd/mm/yyyy hh:mm:ss")
    assert plan.editar((5, 1, "datetime(2026, 1, 15, 12)", "datetime(2026, 1, 16, 12)")) == "hecho"
    assert plan.hoja.valor("A5") == serie + 1


def test_rows_of_a_log_go_in_one_array(plan: Abierto) -> None:
    filas = [("1.0", "'=1+1'", "None"), ("2.0", "'2025-1'", "True"), ("3.0", "'ene-25'", "'-'")]
    cambios = [(5 + f, 1 + c, "None", valor) for f, fila in enumerate(filas) for c, valor in enumerate(fila)]
    assert plan.editar(*cambios) == "hecho"
    assert plan.hoja.escritos[0] == ("A5:C7", ((1.0, "'=1+1", ""), (2.0, "'2025-1", True), (3.0, "ene-25", "'-")))
    assert plan.hoja.escritos[1:] == [("B7", "'ene-25")]
    valores = [plan.hoja.valor(f"{columna}{fila}") for fila in (5, 6, 7) for columna in "ABC"]
    assert valores == [1.0, "=1+1", None, 2.0, "2025-1", True, 3.0, "ene-25", "-"]
    assert plan.hoja.formato("B7") == "General"


def test_a_cell_that_says_something_else_is_named_and_nothing_is_written(plan: Abierto) -> None:
    dicho = plan.editar((2, 1, "'AEI.01.01'", "'x'"), (2, 2, "9.0", "4.5"))
    assert dicho.startswith("Plan!B2 no es como cuando se leyó el libro (antes: 9; ahora: 3)")
    assert plan.hoja.escritos == []


def test_what_excel_refuses_half_way_is_told_and_undone(plan: Abierto) -> None:
    antes = dict(plan.hoja.valores)
    plan.hoja.rechazadas = {(8, 8)}
    dicho = plan.editar((2, 2, "3.0", "None"), (3, 2, "25.0", "'1/2'"), (8, 8, "None", "1.0"))
    assert dicho.startswith("Excel no permitió terminar: ")
    assert dicho.endswith(". El libro quedó como estaba.")
    assert plan.hoja.escritos != []
    assert plan.hoja.valores == antes
    aplicacion: Any = plan.libro.aplicacion
    assert (aplicacion.ScreenUpdating, aplicacion.EnableEvents, aplicacion.AutoCorrect.AutoExpandListRange) == (
        True,
    ) * 3


def test_a_protected_sheet_is_protected_again_as_it_was(plan: Abierto) -> None:
    plan.hoja.ProtectContents = plan.hoja.ProtectDrawingObjects = True
    assert plan.editar((2, 2, "3.0", "4.0")) == "hecho"
    assert plan.hoja.valor("B2") == 4.0
    permisos = (False, True, False, False, False, False, False, False, True, True, False)
    assert plan.hoja.protecciones == [("", True, True, False, False, *permisos)]
    assert plan.hoja.ProtectContents
