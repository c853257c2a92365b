"""The log: what it says, and that nobody can change it unnoticed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.ediciones import AHORA, ANA, II_2025, aplicada, plan_chico
from tests.libros import LIBRO_ZED_ILO
from zedxl.edicion.cambio import Firma
from zedxl.libro.bitacora import REGLA, revisar
from zedxl.libro.lectura import Libro, leer_libro
from zedxl.semestre.pedido import leer_pedido
from zedxl.semestre.registro import registrar
from zedxl.validacion import validar


def registrado(libro: Libro, *pedidos: str, firma: Firma = ANA) -> Libro:
    return aplicada(libro, registrar(libro, II_2025, [leer_pedido(p) for p in pedidos], firma))


@pytest.fixture
def libro(tmp_path: Path) -> Libro:
    """A book with four entries, in which the sheet had to be added."""
    libro = registrado(leer_libro(plan_chico(tmp_path / "plan.xlsx")), "AEI.01.01=3", "AEI.01.02=N/D")
    return registrado(registrado(libro, "AEI.02.01=4"), "AEI.01.01=4", firma=Firma("Beto", datetime(2026, 2, 1, 9, 0)))


def editada(libro: Libro, cambio: Callable[[Any], None]) -> Libro:
    """The book after somebody did something to the sheet in a spreadsheet program."""
    xl = openpyxl.load_workbook(libro.paquete.ruta)
    cambio(xl["Bitácora"])
    xl.save(libro.paquete.ruta)
    return leer_libro(libro.paquete.ruta)


def test_every_change_has_an_entry(libro: Libro) -> None:
    asientos = libro.bitacora.asientos
    assert [a.numero for a in asientos] == [1, 2, 3, 4]
    assert [(a.apunte.celda, a.apunte.antes, a.apunte.despues) for a in asientos] == [
        ("Seguimiento!J3", None, 3), ("Seguimiento!J4", None, "N/D"), ("Seguimiento!J6", None, 4), ("Seguimiento!J3", 3, 4),
    ]  # fmt: skip
    assert [(a.apunte.quien, a.cuando) for a in asientos[2:]] == [
        ("Ana Quispe", AHORA),
        ("Beto", datetime(2026, 2, 1, 9, 0)),
    ]
    assert {(a.origen, a.apunte.periodo) for a in asientos} == {("registrar", "2025-II")}
    assert asientos[1].apunte.codigo == "AEI.01.02"


def test_an_untouched_log_is_in_order_and_so_is_one_that_was_saved_sorted_and_filtered(libro: Libro) -> None:
    assert list(revisar(libro.bitacora)) == []

    def ordenar(hoja: Any) -> None:
        filas = sorted(([c.value for c in fila] for fila in hoja["A5:K8"]), key=lambda fila: str(fila[4]), reverse=True)
        for numero, fila in enumerate(filas, 5):
            for columna, valor in enumerate(fila, 1):
                hoja.cell(numero, columna).value = valor
        hoja.row_dimensions[6].hidden = True

    assert list(revisar(editada(libro, ordenar).bitacora)) == []


def test_notes_by_hand_are_left_alone_and_entries_go_below_them(libro: Libro) -> None:
    anotado = editada(libro, lambda hoja: hoja.append([None, "ayer", "Carla", None, None, None, None, None, "a mano"]))
    siguiente = registrado(anotado, "AEI.01.02=8")
    assert list(revisar(siguiente.bitacora)) == []
    assert siguiente.hojas[1].valor(9, 9) == "a mano"
    assert siguiente.bitacora.asientos[-1].fila == 10


@pytest.mark.parametrize(
    ("celda", "valor"),
    [("G5", 9), ("H6", 5), ("C7", "Otro"), ("B8", datetime(2026, 1, 1)), ("F5", "Seguimiento!J4"), ("J6", "porque sí"),
     ("K8", "0" * 16), ("H8", "4"), ("D5", "2025-I")],
)  # fmt: skip
def test_an_entry_that_somebody_rewrites_is_named(libro: Libro, celda: str, valor: object) -> None:
    tocada = editada(libro, lambda hoja: hoja.__setitem__(celda, valor))
    hallados = [h for h in validar(tocada, II_2025) if h.regla == REGLA]
    assert f"A{celda[1:]}" in [h.celda for h in hallados]
    assert all(h.hoja == "Bitácora" for h in hallados)


@pytest.mark.parametrize("fila", [5, 6, 7])
def test_an_entry_that_is_deleted_is_missed(libro: Libro, fila: int) -> None:
    assert list(revisar(editada(libro, lambda hoja: hoja.delete_rows(fila)).bitacora)) != []


def test_the_last_entry_is_missed_too(libro: Libro) -> None:
    (hallado,) = revisar(editada(libro, lambda hoja: hoja.delete_rows(8)).bitacora)
    assert "Faltan las últimas entradas" in hallado.mensaje


def test_an_entry_slipped_in_is_noticed(libro: Libro) -> None:
    def repetir(hoja: Any) -> None:
        hoja.append([celda.value for celda in hoja[6]])

    assert list(revisar(editada(libro, repetir).bitacora)) != []


def test_a_log_in_which_all_hashes_were_made_anew_for_another_story_is_given_away_by_its_seal(libro: Libro) -> None:
    otra = leer_libro(plan_chico(libro.paquete.ruta.with_name("otra.xlsx")))
    falsa = registrado(otra, "AEI.01.01=9", "AEI.01.02=N/D")

    def reemplazar(hoja: Any) -> None:
        hoja.delete_rows(5, 4)
        for asiento in falsa.bitacora.asientos:
            hoja.append(list(asiento.valores))

    assert list(revisar(editada(libro, reemplazar).bitacora)) != []


def test_the_shipped_book_has_room_and_its_table_grows_when_that_is_full(tmp_path: Path) -> None:
    libro = leer_libro(shutil.copy(LIBRO_ZED_ILO, tmp_path))
    for valor in range(36):  # its table has 34 free rows
        libro = registrado(libro, f"AEI.01.01={valor}")
    xl = openpyxl.load_workbook(libro.paquete.ruta)["Bitácora"]
    assert xl.tables["tblBitacora"].ref == "A4:K40"
    assert xl["B40"].number_format == xl["B5"].number_format == "dd/mm/yyyy hh:mm"
    assert list(revisar(libro.bitacora)) == []
    assert libro.bitacora.asientos[-1].fila == 40


def test_a_sheet_of_that_name_with_other_titles_is_left_to_its_owner(tmp_path: Path) -> None:
    propia = [["Bitácora de la unidad"], ["Fecha", "Hecho"], ["ayer", "algo"]]
    libro = registrado(leer_libro(plan_chico(tmp_path / "plan.xlsx", Bitácora=propia)), "AEI.01.01=3")
    assert [h.nombre for h in libro.hojas] == ["Seguimiento", "Bitácora", "Bitácora de zedxl"]
    assert registrado(libro, "AEI.01.01=4").bitacora.asientos[-1].numero == 2


def test_long_texts_and_odd_letters_are_logged_as_they_are(tmp_path: Path) -> None:
    from zedxl.edicion.cambio import Cambio, Edicion
    from zedxl.libro.bitacora import asentada

    libro = leer_libro(plan_chico(tmp_path / "plan.xlsx"))
    largo = "  «ñandú»\n_x000D_ & <b> 😀\t" + "x" * 30_000
    celda = libro.tabla.hoja.celda(3, 2)
    edicion = Edicion(cambios=(Cambio(celda, "Acción AEI.01.01", largo, quien="Ana"),))
    despues = aplicada(libro, asentada(libro.bitacora, edicion, "fusionar", AHORA))
    assert despues.contenido(celda) == largo
    assert despues.bitacora.asientos[0].apunte.despues == largo
    assert list(revisar(despues.bitacora)) == []
