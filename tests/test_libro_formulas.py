"""Formulas evaluated by an engine that is not Excel: the shipped book's cached values, and the functions as a host."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from tests.casos.fila import NA
from tests.libros import LIBRO_ZED_ILO
from tests.motor_formulas import FormulaNoEvaluable, discrepancias, evaluados, formulas, guardados, iguales
from udfs import FUNCIONES, ErrorDeCelda


class TestLibroEntregado:
    def test_every_formula_carries_the_value_that_it_evaluates_to(self) -> None:
        assert len(formulas(LIBRO_ZED_ILO)) > 100
        assert discrepancias(LIBRO_ZED_ILO) == []

    def test_the_book_uses_the_functions_of_the_registry(self) -> None:
        usadas = {
            nombre for nombre in FUNCIONES for formula in formulas(LIBRO_ZED_ILO).values() if f"{nombre}(" in formula
        }
        assert {"AVANCE_AEI", "AVANCE_OEI", "PUNTAJE_OEI", "PUNTAJE_PEI", "RITMO_AEI", "AEI_CRITICA"} <= usadas


def un_libro(ruta: Path, *celdas: tuple[str, object]) -> Path:
    libro = xlsxwriter.Workbook(ruta)
    hoja = libro.add_worksheet("Hoja 1")
    libro.define_name("umbral", "='Hoja 1'!$A$9")
    for celda, valor in celdas:
        hoja.write(celda, valor)
    libro.close()
    return ruta


def test_functions_nest_with_each_other_and_with_native_ones(tmp_path: Path) -> None:
    ruta = un_libro(
        tmp_path / "libro.xlsx",
        ("A1", 16), ("B1", 8), ("A2", 3), ("B2", 2), ("A9", 60),
        ("C1", '=IF(A3="","N/P",AVANCE_AEI(A3,B3))'),
        ("C2", "=PUNTAJE_OEI(AVANCE_AEI(A1:A2,B1:B2))"),
        ("C3", "=ROUND(SUM(AVANCE_AEI(A1:A2,B1:B2)),2)"),
        ("C4", "=SEMAFORO(C2,umbral)"),
        ("C5", '=IFERROR(AVANCE_AEI("x",1),"mal")'),
        ("C6", "=SUM(AVANCE_AEI(A1:A2,{8;\"x\"}))"),
        ("C7", "=NOEXISTE(1)"),
    )  # fmt: skip
    valores = {celda: valor for (_, celda), valor in evaluados(ruta).items()}
    # 50 and 66.67: mean 58.33, sum 116.67
    assert iguales(valores.pop("C2"), 175 / 3)
    assert valores == {
        "C1": "N/P", "C3": 116.67, "C4": "ROJO", "C5": "mal",
        "C6": ErrorDeCelda("#VALUE!"), "C7": ErrorDeCelda("#NAME?"),
    }  # fmt: skip


def test_questions_about_each_cell_of_a_range_are_answered_for_each(tmp_path: Path) -> None:
    ruta = un_libro(
        tmp_path / "libro.xlsx",
        ("A1", "=NA()"), ("A2", "=AVANCE_AEI(-1,2)"), ("A3", "N/D"), ("A4", 5), ("A5", True),
        ("C1", "=SUMPRODUCT(--ISERROR(A1:A6))"), ("C2", "=SUMPRODUCT(--ISTEXT(A1:A6))"),
        ("C3", "=SUMPRODUCT(ISNUMBER(A1:A6)*1)"), ("C4", "=ISNUMBER(A4)"),
    )  # fmt: skip
    valores = evaluados(ruta)
    assert [valores["Hoja 1", celda] for celda in ("C1", "C2", "C3", "C4")] == [2, 1, 1, True]


def test_cached_values_are_read_as_they_stand_in_the_file(tmp_path: Path) -> None:
    libro = xlsxwriter.Workbook(tmp_path / "libro.xlsx")
    hoja = libro.add_worksheet()
    for fila, valor in enumerate((66.5, "N/D", True, "#N/A", "")):
        hoja.write_formula(fila, 0, "=NOTA_AVANCE(B1,C1)", None, valor)
    libro.close()
    obtenidos = guardados(tmp_path / "libro.xlsx")
    esperados = [66.5, "N/D", True, NA, ""]
    assert all(
        iguales(obtenidos["Sheet1", xl_rowcol_to_cell(fila, 0)], esperado) for fila, esperado in enumerate(esperados)
    )


def test_a_cached_value_that_is_not_the_computed_one_is_named(tmp_path: Path) -> None:
    libro = xlsxwriter.Workbook(tmp_path / "libro.xlsx")
    hoja = libro.add_worksheet("Hoja 1")
    for fila, (formula, guardado) in enumerate(
        [("=SEMAFORO(80)", "ÁMBAR"), ("=SEMAFORO(80)", "ROJO"), ("=AVANCE_AEI(3,2)", 66.67), ("=1>0", 1), ("=NA()", "")]
    ):
        hoja.write_formula(fila, 0, formula, None, guardado)
    libro.close()
    lineas = discrepancias(tmp_path / "libro.xlsx")
    assert [linea.partition(" guarda ")[0] for linea in lineas] == [f"Hoja 1!A{fila}" for fila in (2, 3, 4, 5)]
    assert lineas[0] == "Hoja 1!A2 guarda 'ROJO' y vale 'ÁMBAR': =SEMAFORO(80)"


@pytest.mark.parametrize(
    "formula",
    ["=AVANCE_AEI(3,2,,10)", "=SUM(1,AVANCE_AEI(3, ,\"x,(\"))", "=SUM(Plan[Avance])"],
)  # fmt: skip
def test_what_the_engine_would_get_wrong_is_refused(formula: str, tmp_path: Path) -> None:
    ruta = un_libro(tmp_path / "libro.xlsx", ("A1", formula))
    with pytest.raises(FormulaNoEvaluable, match="Hoja 1!A1"):
        evaluados(ruta)


def test_an_argument_left_out_of_a_native_function_is_no_obstacle(tmp_path: Path) -> None:
    ruta = un_libro(tmp_path / "libro.xlsx", ("A1", 50), ("B1", 80), ("C1", "=SEMAFORO(INDEX(A1:B1,,2))"))
    assert evaluados(ruta) == {("Hoja 1", "C1"): "ÁMBAR"}
