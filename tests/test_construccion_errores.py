"""Books of plans with an invalid datum: nothing that is counted looks fine because an error was passed over."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.motor_formulas import discrepancias
from tests.planes import I_2025, II_2025, aei, indicador, oei, plan
from zedxl.libro.construccion import construir
from zedxl.periodo import Periodo
from zedxl.plan import AEI

A_TIEMPO = aei("AEI.01.01", indicador(4, 4, 4))
CON_ERROR = aei("AEI.01.02", indicador(-4, 2, 4))
ATRASADAS = [aei(f"AEI.01.{n:02d}", indicador(100, 1, 2)) for n in range(3, 6)]


def hojas(ruta: Path, *aeis: AEI, periodo: Periodo = I_2025) -> tuple[Worksheet, Worksheet]:
    """Tablero and Validación of a book whose formulas all carry the value that they evaluate to."""
    construir(plan(oei("OEI.01", *aeis)), periodo, ruta)
    assert discrepancias(ruta) == []
    libro = openpyxl.load_workbook(ruta, data_only=True)
    return libro["Tablero"], libro["Validación"]


def tarjetas(tablero: Worksheet) -> dict[str, object]:
    return {str(tablero.cell(4, c).value): tablero.cell(5, c).value for c in range(2, 20, 3)}


def lista(tablero: Worksheet) -> list[object]:
    return [tablero.cell(fila, 15).value or "" for fila in range(9, 12)]


@pytest.mark.parametrize("periodo", [I_2025, II_2025], ids=str)
def test_no_number_and_no_word_is_reassuring_when_an_avance_is_an_error(periodo: Periodo, tmp_path: Path) -> None:
    tablero, validacion = hojas(tmp_path / "libro.xlsx", A_TIEMPO, CON_ERROR, periodo=periodo)
    assert tarjetas(tablero) == {
        "Puntaje del PEI (%)": "#VALUE!", "Cobertura (%)": "#VALUE!", "AEI cumplidas": "N/D", "AEI en proceso": "N/D",
        "AEI críticas": "N/D", "AEI sin dato": "N/D",
    }  # fmt: skip
    assert lista(tablero) == ["Hay avances con error: revise Seguimiento.", "", ""]
    comprobado = {str(validacion.cell(n, 3).value): validacion.cell(n, 1).value for n in range(5, 9)}
    assert comprobado == {
        "AEI sin meta para el año del período": "Revisar", "AEI programadas sin avance en el período": "Revisar",
        "AEI críticas": "Revisar", "Avances con error en cualquier período": "Revisar",
    }  # fmt: skip


def test_the_same_plan_without_the_error_looks_fine(tmp_path: Path) -> None:
    tablero, validacion = hojas(tmp_path / "libro.xlsx", A_TIEMPO)
    assert tarjetas(tablero)["AEI críticas"] == 0
    assert lista(tablero) == ["Ninguna acción crítica.", "", ""]
    assert [validacion.cell(n, 1).value for n in range(5, 9)] == ["Correcto"] * 4


def test_critical_actions_are_listed_after_the_warning_of_an_error(tmp_path: Path) -> None:
    tablero, _ = hojas(tmp_path / "dos.xlsx", CON_ERROR, *ATRASADAS[:2])
    assert lista(tablero) == [
        "Hay avances con error: revise Seguimiento.", "AEI.01.03 · Acción AEI.01.03", "AEI.01.04 · Acción AEI.01.04",
    ]  # fmt: skip
    tablero, _ = hojas(tmp_path / "tres.xlsx", CON_ERROR, *ATRASADAS)
    assert lista(tablero)[1:] == ["AEI.01.03 · Acción AEI.01.03", "y 2 más: vea Seguimiento"]
