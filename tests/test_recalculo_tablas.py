"""References to tables, which the engine does not know of."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from udfs import ErrorDeCelda
from zedxl.libro.direccion import leer_area
from zedxl.libro.paquete import Paquete
from zedxl.recalculo.calculo import Conservada, recalcular
from zedxl.recalculo.entorno import Tabla
from zedxl.recalculo.referencia_a_tabla import resolver

TABLAS = {
    "tblplan": Tabla(
        "tblPlan", "Hoja 1", leer_area("B2:E6"), ("Código", "Meta 2025", "N.º [total]", "Avance %"), True, True
    )
}


@pytest.mark.parametrize(
    ("escrita", "esperada"),
    [
        ("tblPlan[Meta 2025]", "'Hoja 1'!C3:C5"),
        ("TBLPLAN[meta 2025]", "'Hoja 1'!C3:C5"),
        ("tblPlan[]", "'Hoja 1'!B3:E5"),
        ("tblPlan[#Data]", "'Hoja 1'!B3:E5"),
        ("tblPlan[#All]", "'Hoja 1'!B2:E6"),
        ("tblPlan[#Headers]", "'Hoja 1'!B2:E2"),
        ("tblPlan[#Totals]", "'Hoja 1'!B6:E6"),
        ("tblPlan[[#Headers],[Avance %]]", "'Hoja 1'!E2"),
        ("tblPlan[[#Headers],[#Data],[Meta 2025]]", "'Hoja 1'!C2:C5"),
        ("tblPlan[[#Data],[#Totals],[Meta 2025]]", "'Hoja 1'!C3:C6"),
        ("tblPlan[[Código]:[Meta 2025]]", "'Hoja 1'!B3:C5"),
        ("tblPlan[[#This Row],[Meta 2025]]", "'Hoja 1'!C4"),
        ("tblPlan[[#This Row],[Código]:[Avance %]]", "'Hoja 1'!B4:E4"),
        ("tblPlan[@Código]", "'Hoja 1'!B4"),
        ("tblPlan[@[Meta 2025]]", "'Hoja 1'!C4"),
        ("tblPlan[N.º '[total']]", "'Hoja 1'!D3:D5"),
        ("tblPlan[[#This Row],[N.º '[total']]]", "'Hoja 1'!D4"),
        ("[Meta 2025]", "'Hoja 1'!C3:C5"),
        ("tblPlan[Nadie]", None),
        ("tblOtra[Código]", None),
    ],
)
def test_a_part_of_a_table_is_an_address(escrita: str, esperada: str | None) -> None:
    assert resolver(escrita, TABLAS, "Hoja 1", 4) == esperada


@pytest.mark.parametrize(("hoja", "fila"), [("Hoja 1", 2), ("Hoja 1", 6), ("Hoja 1", 99), ("Otra", 4)])
def test_outside_the_rows_of_the_table_there_is_no_this_row(hoja: str, fila: int) -> None:
    assert resolver("tblPlan[@Código]", TABLAS, hoja, fila) is None


def test_a_table_of_calculated_columns_is_recalculated(tmp_path: Path) -> None:
    ruta = tmp_path / "libro.xlsx"
    libro = xlsxwriter.Workbook(ruta)
    hoja, resumen = libro.add_worksheet("El 'año' uno"), libro.add_worksheet("Resumen")
    libro.define_name("metas", "=tblPlan[Meta]")
    hoja.add_table(
        "B3:D6",
        {
            "name": "tblPlan",
            "total_row": True,
            "columns": [
                {"header": "Meta", "total_function": "sum"},
                {"header": "Valor"},
                {
                    "header": "Avance",
                    "formula": "=AVANCE_AEI(tblPlan[[#This Row],[Meta]],tblPlan[[#This Row],[Valor]])",
                },
            ],
        },
    )
    for fila, (meta, valor) in enumerate([(4, 2), (8, 2)], 4):
        hoja.write(f"B{fila}", meta)
        hoja.write(f"C{fila}", valor)
    resumen.write_formula("A1", "=PUNTAJE_OEI(tblPlan[Avance])", None, 0)
    resumen.write_formula("A2", "=SUM(metas)", None, 0)
    resumen.write_formula("A3", "=tblPlan[[#This Row],[Meta]]", None, 0)
    libro.close()
    recalculo = recalcular(Paquete(ruta))
    assert {(c.hoja, c.celda): c.ahora for c in recalculo.cambios} == {
        ("El 'año' uno", "D4"): 50,
        ("El 'año' uno", "D5"): 25,
        ("Resumen", "A1"): 37.5,
        ("Resumen", "A2"): 12,
    }
    motivo = "no se encuentra la columna de tabla tblPlan[[#This Row],[Meta]]"
    assert recalculo.conservadas == (
        Conservada("El 'año' uno", "B6", "zedxl no calcula la función SUBTOTAL fuera de Excel"),
        Conservada("Resumen", "A3", motivo),
    )


def test_a_table_named_without_saying_which_part_is_kept(tmp_path: Path) -> None:
    ruta = tmp_path / "libro.xlsx"
    libro = xlsxwriter.Workbook(ruta)
    hoja = libro.add_worksheet("Hoja 1")
    hoja.add_table("A1:A3", {"name": "tbl", "columns": [{"header": "Meta"}]})
    hoja.write_formula("C1", "=SUM(tbl)", None, 7)
    libro.close()
    motivo = "nombra la tabla tbl sin decir cuál de sus partes"
    assert recalcular(Paquete(ruta)).conservadas == (Conservada("Hoja 1", "C1", motivo),)


def test_an_error_in_a_table_is_the_error_of_its_sum(tmp_path: Path) -> None:
    ruta = tmp_path / "libro.xlsx"
    libro = xlsxwriter.Workbook(ruta)
    hoja = libro.add_worksheet()
    hoja.add_table("A1:A3", {"name": "tbl", "columns": [{"header": "Meta"}]})
    hoja.write_formula("A2", "=1/0", None, "#DIV/0!")
    hoja.write_formula("C1", "=SUM(tbl[Meta])", None, 0)
    libro.close()
    (cambio,) = recalcular(Paquete(ruta)).cambios
    assert cambio.ahora == ErrorDeCelda("#DIV/0!")
