"""Dates and times in a book: they survive the log, the snapshot and whatever command comes after."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from tests.ediciones import AHORA, ANA, I_2025, II_2025, TITULOS, aplicada, escrito, fila
from tests.libros import escribir_libro
from zedxl.edicion.cambio import Cambio, Contenido, Edicion
from zedxl.hallazgo import Hallazgo
from zedxl.instantanea import REGLA as CERRADO_CAMBIADO
from zedxl.libro.bitacora import REGLA as BITACORA_ALTERADA
from zedxl.libro.bitacora import asentada
from zedxl.libro.lectura import Libro, leer_libro
from zedxl.semestre.cierre import cerrar
from zedxl.semestre.pedido import leer_pedido
from zedxl.semestre.registro import registrar
from zedxl.validacion import validar

LUGAR = (2, 12)
"""A cell under the title «Fecha de sustento»."""


@pytest.fixture
def libro(tmp_path: Path) -> Libro:
    filas = [[*TITULOS, "Fecha de sustento"], [*fila("AEI.01.01", 4, 2), None], [*fila("AEI.01.02", 8, 8), None]]
    return leer_libro(escribir_libro(tmp_path / "plan.xlsx", {"Seguimiento": filas}))


def anotado(libro: Libro, despues: Contenido) -> Libro:
    """The book after a command wrote into the cell, as the log says."""
    celda = libro.tabla.hoja.celda(*LUGAR)
    edicion = Edicion(cambios=(Cambio(celda, libro.contenido(celda), despues, quien="Ana"),))
    return aplicada(libro, asentada(libro.bitacora, edicion, "fusionar", AHORA))


def tecleada(libro: Libro, valor: object, formato: str) -> Libro:
    """The book after somebody typed into the cell and gave it a number format."""
    xl = openpyxl.load_workbook(libro.paquete.ruta)
    celda = xl["Seguimiento"].cell(*LUGAR)
    celda.value, celda.number_format = valor, formato
    xl.save(libro.paquete.ruta)
    return leer_libro(libro.paquete.ruta)


def reparos(libro: Libro) -> list[Hallazgo]:
    """What is said of its log and its closed periods."""
    return [h for h in validar(libro, I_2025) if h.regla in (BITACORA_ALTERADA, CERRADO_CAMBIADO)]


@pytest.mark.parametrize(
    "momento", [dt.datetime(2025, 3, 5), dt.datetime(2025, 3, 5, 10, 20, 30), dt.datetime(1900, 1, 1)]
)
def test_a_date_that_was_logged_is_read_as_it_was_written(libro: Libro, momento: dt.datetime) -> None:
    fechado = anotado(libro, momento)
    assert fechado.contenido(libro.tabla.hoja.celda(*LUGAR)) == momento
    assert [a.apunte.despues for a in fechado.bitacora.asientos] == [momento]
    assert reparos(fechado) == []


def test_every_command_works_after_a_date_was_logged(libro: Libro) -> None:
    fechado = anotado(anotado(libro, dt.datetime(2025, 3, 5)), None)
    registrado = aplicada(fechado, registrar(fechado, II_2025, [leer_pedido("AEI.01.01=3")], ANA))
    otra_vez = aplicada(registrado, registrar(registrado, II_2025, [leer_pedido("AEI.01.02=8")], ANA))
    cerrado = aplicada(otra_vez, cerrar(otra_vez, I_2025, ANA))
    assert [a.apunte.antes for a in cerrado.bitacora.asientos][:2] == [None, dt.datetime(2025, 3, 5)]
    assert reparos(cerrado) == []


@pytest.mark.parametrize(
    ("valor", "formato", "dias"),
    [
        (dt.time(12, 30), "hh:mm", 12.5 / 24),
        (dt.timedelta(hours=36), "[h]:mm", 1.5),
        (dt.timedelta(milliseconds=1), "[h]:mm", 1 / 86_400_000),
        (0.123456789, "hh:mm:ss", 10_666_667 / 86_400_000),
    ],
)
def test_a_time_is_the_number_of_days_that_its_cell_holds(
    libro: Libro, valor: object, formato: str, dias: float
) -> None:
    con_hora = tecleada(libro, valor, formato)
    assert con_hora.contenido(libro.tabla.hoja.celda(*LUGAR)) == pytest.approx(dias, rel=1e-14)
    borrado = anotado(con_hora, None)  # the applier finds in the cell what the reader said
    assert borrado.bitacora.asientos[0].apunte.antes == pytest.approx(dias, rel=1e-14)
    assert reparos(borrado) == []


def test_a_time_arrives_as_a_number_and_not_as_a_text(libro: Libro) -> None:
    con_hora = anotado(tecleada(libro, dt.time(8, 0), "hh:mm"), 0.75)
    assert con_hora.contenido(libro.tabla.hoja.celda(*LUGAR)) == 0.75
    assert reparos(con_hora) == []


def test_a_value_that_excel_took_for_a_date_is_closed_and_stays_as_it_was_closed(libro: Libro) -> None:
    fechado = leer_libro(escrito(libro.paquete.ruta, I2=dt.date(2025, 3, 5)))
    cerrado = aplicada(fechado, cerrar(fechado, I_2025, ANA, "falta el acta"))
    assert reparos(cerrado) == []
    assert [h.celda for h in reparos(leer_libro(escrito(cerrado.paquete.ruta, I2=dt.date(2025, 3, 6)))) if h.celda] == [
        "I2"
    ]


def test_a_snapshot_whose_values_excel_shows_as_dates_is_compared_all_the_same(libro: Libro) -> None:
    cerrado = aplicada(libro, cerrar(libro, I_2025, ANA))
    xl = openpyxl.load_workbook(cerrado.paquete.ruta)
    for celdas in xl["Cierres"]["F5:F20"]:
        celdas[0].number_format = "dd/mm/yyyy"
    xl.save(cerrado.paquete.ruta)
    assert reparos(leer_libro(cerrado.paquete.ruta)) != []  # 2 has become 1 January 1900, and that is said
