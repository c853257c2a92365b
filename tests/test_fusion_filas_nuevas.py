"""Rows that a copy has and the book has not: the formulas that they need beside what people typed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.copias import PROMOCION, en, repartidas, reunida, tocada
from tests.ediciones import aplicada, escrito, fila, plan_chico
from tests.hojas_xml import HOJA
from tests.libros import LIBRO_ZED_ILO, cambiar_parte
from tests.test_cli import zedxl
from zedxl.edicion.cambio import Cambio, Edicion
from zedxl.libro.lectura import Libro, leer_libro
from zedxl.plan import Celda

NUEVA = fila("AEI.02.02", 3, None, 1, "Promoción")
"""One of the table of `plan_chico`, for its row 7."""


def con_formulas(ruta: Path, *formulas: str) -> Libro:
    """A small book that computes column L of its rows 2 to 6 with what stands between ``<f`` and ``</f>``."""
    escrito(ruta, L1="Cálculo", **{f"L{n}": 1000 + n for n in range(2, 7)})

    def poner(xml: bytes) -> bytes:
        for numero, formula in enumerate(formulas, 2):
            xml = xml.replace(f"<v>{1000 + numero}</v>".encode(), f"<f{formula}</f><v>0</v>".encode())
        return xml

    cambiar_parte(ruta, ruta.with_name("con formulas.xlsx"), HOJA, poner).replace(ruta)
    return leer_libro(ruta)


@pytest.fixture
def fusionado(tmp_path: Path) -> Callable[..., tuple[Libro, str]]:
    """Merges a copy with a new row into a book with these formulas; what came of it, and what is told."""

    def fusionar(*formulas: str, nueva: list[Any] = NUEVA) -> tuple[Libro, str]:
        libro = con_formulas(plan_chico(tmp_path / "plan.xlsx"), *formulas)
        copia = tocada(repartidas(libro)[PROMOCION], lambda hoja: hoja.append(nueva))
        despues, reunion = reunida(libro, copia)
        assert not reunida(despues, copia)[1].edicion  # and again it changes nothing
        return despues, reunion.en_palabras("plan.xlsx")

    return fusionar


Fusionar = Callable[..., tuple[Libro, str]]


def test_a_new_action_gets_the_formulas_of_the_last_one_moved_to_its_row(fusionado: Fusionar) -> None:
    libro, dicho = fusionado(*(f">H{n}*$H$2+SUM(H$2:H{n})" for n in range(2, 7)))
    assert en(libro, "A7", "L7") == ["AEI.02.02", "=H7*$H$2+SUM(H$2:H7)"]
    assert "Se agregó la fila 7 en Seguimiento, con las fórmulas de la fila 6." in dicho


def test_also_one_that_its_rows_share(fusionado: Fusionar) -> None:
    compartida = ' t="shared" si="0">'
    libro, _ = fusionado(' t="shared" ref="L2:L6" si="0">H2/I2', *[compartida] * 4)
    assert en(libro, "L7") == ["=H7/I7"]


def test_an_objective_gets_those_of_an_objective(fusionado: Fusionar) -> None:
    formulas = [f">{'IF' if n in (2, 5) else 'SUM'}(H{n})" for n in range(2, 7)]  # rows 2 and 5 are those of the OEI
    libro, dicho = fusionado(*formulas, nueva=fila("OEI.03", 3, None, unidad=""))
    assert en(libro, "A7", "L7") == ["OEI.03", "=IF(H7)"]
    assert "con las fórmulas de la fila 5" in dicho


@pytest.mark.parametrize("formula", [">[1]!AVANCE_AEI(H6,I6)", ' t="array" ref="L6">SUM(H6*I6)'])
def test_what_cannot_be_copied_is_left_to_people_and_told(fusionado: Fusionar, formula: str) -> None:
    libro, dicho = fusionado(*[">1"] * 4, formula)
    assert en(libro, "A7", "L7") == ["AEI.02.02", None]
    assert "Se agregó la fila 7 en Seguimiento; sus fórmulas se completan en Excel." in dicho


def test_what_was_typed_there_stays(fusionado: Fusionar) -> None:
    assert en(fusionado(*[">H2"] * 5, nueva=[*NUEVA, 33])[0], "L7") == [33]


def test_the_log_has_them(fusionado: Fusionar) -> None:
    apunte = fusionado(*[f">H{n}" for n in range(2, 7)])[0].bitacora.asientos[-1].apunte
    assert (apunte.codigo, apunte.celda, apunte.despues) == ("AEI.02.02", "Seguimiento!L7", "=H7")
    assert apunte.motivo == "fila nueva, como la 6"


def test_in_the_shipped_book_the_new_row_looks_and_computes_as_the_others(tmp_path: Path) -> None:
    """3 of 4 are 75 %, which for half a year is on course."""
    libro = Path(shutil.copy(LIBRO_ZED_ILO, tmp_path / "plan.xlsm"))
    unidades = (Cambio(Celda("Seguimiento", n, 4), None, "Zona") for n in range(6, 19))
    (copia,) = repartidas(aplicada(leer_libro(libro), Edicion(cambios=tuple(unidades)))).values()

    def agregar(hoja: Any) -> None:
        titulos = {celda.value: celda.column for celda in hoja[5]}
        de_la_ultima = {titulo: hoja.cell(18, columna).value for titulo, columna in titulos.items()}
        escritos = {"Código": "AEI.03.04", "Código del indicador": "IND.03.04.01", "Meta 2025": 4, "Valor 2025-I": 3}
        for titulo in ("Denominación", "Unidad responsable", "Indicador", "Unidad de medida", "Sentido", "Agregación"):
            escritos[titulo] = de_la_ultima[titulo]
        for titulo, valor in escritos.items():
            hoja.cell(19, titulos[titulo]).value = valor

    salida = zedxl("fusionar", libro, tocada(copia, agregar))
    assert "Se agregó la fila 19 en Seguimiento, con las fórmulas de la fila 18." in salida.stdout
    formulas, valores = (openpyxl.load_workbook(libro, data_only=datos)["Seguimiento"] for datos in (False, True))
    titulos = {celda.value: celda.column for celda in formulas[5]}
    assert valores.cell(19, titulos["Avance 2025-I"]).value == 75
    assert valores.cell(19, titulos["Semáforo del ritmo"]).value == "VERDE"
    for columna in titulos.values():
        arriba, nueva = formulas.cell(18, columna), formulas.cell(19, columna)
        assert (nueva.data_type == "f") == (arriba.data_type == "f"), nueva.coordinate
        assert nueva.style_id == arriba.style_id, nueva.coordinate  # also what is locked
    semaforos = [formato.sqref for formato in formulas.conditional_formatting if "AK18" in formato.sqref]
    assert semaforos
    assert all("AK19" in celdas for celdas in semaforos)
    listas = [validacion.sqref for validacion in formulas.data_validations.dataValidation if "H18" in validacion.sqref]
    assert listas
    assert all("H19" in celdas for celdas in listas)
    assert formulas.tables["tblSeguimiento"].ref == "A5:AN19"
    assert formulas.print_area == "'Seguimiento'!$A$4:$AN$19"
