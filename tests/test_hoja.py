"""Sheets with what only newer programs, accidents or malice put into them."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from tests.hojas_xml import HOJA, libro_xml
from tests.libros import cambiar_parte
from zedxl.libro.hoja import CON_ERROR, SIN_CALCULAR, leer_hojas
from zedxl.libro.paquete import LibroIlegible


def test_the_formula_of_a_sparkline_is_no_formula_of_the_last_cell(tmp_path: Path) -> None:
    libro = xlsxwriter.Workbook(tmp_path / "libro.xlsx")
    hoja = libro.add_worksheet()
    hoja.write("A1", 5)
    hoja.set_row(8, 30)  # a row without cells
    hoja.add_sparkline("B1", {"range": "Sheet1!A1:A9"})
    libro.close()
    assert next(leer_hojas(tmp_path / "libro.xlsx")).filas == [[5.0]]


@pytest.mark.parametrize("numero", [1e12, -1e300])
def test_a_duration_of_millions_of_years_is_a_damaged_book(tmp_path: Path, numero: float) -> None:
    libro = xlsxwriter.Workbook(tmp_path / "libro.xlsx")
    libro.add_worksheet().write("A1", numero, libro.add_format({"num_format": "[h]:mm"}))
    libro.close()
    with pytest.raises(LibroIlegible, match=r"libro\.xlsx está dañado"):
        list(leer_hojas(tmp_path / "libro.xlsx"))


@pytest.mark.parametrize("parte", [HOJA, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"])
def test_an_encoding_that_nobody_knows_is_a_damaged_book(tmp_path: Path, parte: str) -> None:
    llano = libro_xml(tmp_path / "llano.xlsx", '<row r="1"><c r="A1"><f>1</f><v>1</v></c></row>')
    ruta = cambiar_parte(llano, tmp_path / "libro.xlsx", parte, lambda xml: xml.replace(b"UTF-8", b"UTF-88"))
    with pytest.raises(LibroIlegible, match="dañad"):
        list(leer_hojas(ruta))


@pytest.mark.parametrize("parte", [HOJA, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"])
def test_an_encoding_that_excel_does_not_use_is_refused_and_not_read_as_nothing(tmp_path: Path, parte: str) -> None:
    llano = libro_xml(tmp_path / "llano.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>')
    ruta = cambiar_parte(
        llano, tmp_path / "libro.xlsx", parte, lambda xml: xml.decode().replace("UTF-8", "UTF-16").encode("utf-16")
    )
    with pytest.raises(LibroIlegible, match="una codificación que Excel no usa"):
        list(leer_hojas(ruta))


CON_PREFIJO = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@pytest.mark.parametrize(
    ("fila", "leido"),
    [
        (f'<row r="1"><x:c {CON_PREFIJO} r="A1"><x:f>1+1</x:f></x:c></row>', SIN_CALCULAR),
        (f'<row r="1"><c r="A1"><x:f {CON_PREFIJO}>1+1</x:f></c></row>', SIN_CALCULAR),
        (f'<row r="1"><x:c {CON_PREFIJO} r="A1" t="e"><x:v>#N/A</x:v></x:c></row>', CON_ERROR),
    ],
)
def test_a_cell_with_a_prefix_of_its_own_is_looked_at_like_any_other(tmp_path: Path, fila: str, leido: str) -> None:
    assert next(leer_hojas(libro_xml(tmp_path / "libro.xlsx", fila))).valor(1, 1) is leido


def test_a_cell_with_a_prefix_of_its_own_may_be_too_far_away(tmp_path: Path) -> None:
    ruta = libro_xml(tmp_path / "libro.xlsx", f'<row r="1"><x:c {CON_PREFIJO} r="XFD1048576"><x:v>1</x:v></x:c></row>')
    with pytest.raises(LibroIlegible, match="dice llegar hasta la celda XFD1048576"):
        list(leer_hojas(ruta))


def test_a_formula_outside_any_cell_is_passed_over(tmp_path: Path) -> None:
    ruta = libro_xml(tmp_path / "libro.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><f>1</f></row>')
    assert next(leer_hojas(ruta)).filas == [[1.0]]
