"""The shipped book: its bytes, its cells, what may be typed where, and the published numbers in it."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.libros import FUENTES, LIBRO_ZED_ILO
from zedxl.aspecto import CELDA_DE_ENTRADA
from zedxl.libro import __main__ as orden
from zedxl.libro.construccion import construir
from zedxl.libro.fuentes import leer
from zedxl.periodo import Periodo

HOJAS = ["Tablero", "Seguimiento", "Narrativa", "Agentes", "Parámetros", "Validación", "Bitácora", "Ayuda"]
POSTERIORES_A_2016 = re.compile(
    r"\b(LET|LAMBDA|XLOOKUP|XMATCH|FILTER|IFS|SWITCH|TEXTJOIN|CONCAT|MAXIFS|SORT|UNIQUE)\(|#|@|\["
)


@pytest.fixture(scope="module")
def libro() -> Workbook:
    return openpyxl.load_workbook(LIBRO_ZED_ILO)


@pytest.fixture(scope="module")
def valores() -> Workbook:
    return openpyxl.load_workbook(LIBRO_ZED_ILO, data_only=True)


def celdas(libro: Workbook) -> list[Cell]:
    return [celda for hoja in libro for fila in hoja.iter_rows() for celda in fila if isinstance(celda, Cell)]


def columna(hoja: Worksheet, titulo: str) -> dict[str, object]:
    """What stands under a title of the table of Seguimiento, by code."""
    fila = next(n for n in range(1, 10) if hoja.cell(n, 1).value == "Código")
    numero = next(celda.column for celda in hoja[fila] if celda.value == titulo)
    return {
        str(hoja.cell(n, 1).value): hoja.cell(n, numero).value
        for n in range(fila + 1, hoja.max_row + 1)
        if hoja.cell(n, 1).value
    }


def test_the_committed_book_is_what_its_sources_give(tmp_path: Path) -> None:
    assert orden.principal([str(FUENTES), str(tmp_path / "libro.xlsm")]) == 0
    assert (tmp_path / "libro.xlsm").read_bytes() == LIBRO_ZED_ILO.read_bytes(), "ejecute «make libro»"


def test_building_leaves_nothing_but_the_book(tmp_path: Path) -> None:
    construir(leer(FUENTES), Periodo(2025, 1), tmp_path / "libro.xlsx")
    assert [ruta.name for ruta in tmp_path.iterdir()] == ["libro.xlsx"]


def test_a_folder_that_cannot_be_written_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert orden.principal([str(FUENTES), str(tmp_path / "no existe" / "libro.xlsx")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_sheets_stand_in_their_order_and_the_tablero_is_shown(libro: Workbook) -> None:
    assert libro.sheetnames == HOJAS
    assert libro.active is not None
    assert libro.active.title == "Tablero"
    assert all(hoja.sheet_state == "visible" for hoja in libro)


def test_excel_does_not_recalculate_on_opening_and_viewers_believe_the_values() -> None:
    with zipfile.ZipFile(LIBRO_ZED_ILO) as paquete:
        assert b'<calcPr calcId="191029"/>' in paquete.read("xl/workbook.xml")
        assert b"<Application>Microsoft Excel</Application>" in paquete.read("docProps/app.xml")


def test_the_book_says_whose_it_is_and_in_which_language(libro: Workbook) -> None:
    propiedades = libro.properties
    assert (propiedades.title, propiedades.creator, propiedades.language) == (
        "Seguimiento del PEI 2024-2026", "Zona Especial de Desarrollo Ilo", "es-PE",
    )  # fmt: skip


def test_every_formula_carries_a_value(libro: Workbook) -> None:
    # openpyxl shows an empty text as no value, so the file itself is asked.
    assert any(celda.data_type == "f" for celda in celdas(libro))
    with zipfile.ZipFile(LIBRO_ZED_ILO) as paquete:
        for nombre in paquete.namelist():
            hoja = paquete.read(nombre) if nombre.startswith("xl/worksheets/sheet") else b""
            assert hoja.count(b"<f>") == len(re.findall(rb"</f><v>", hoja))


def test_an_empty_text_that_is_computed_says_that_it_is_a_text() -> None:
    vacias = []
    with zipfile.ZipFile(LIBRO_ZED_ILO) as paquete:
        for nombre in paquete.namelist():
            if nombre.startswith("xl/worksheets/sheet"):
                vacias += re.findall(r"<c ([^>]*)><f>[^<]*</f><v></v></c>", paquete.read(nombre).decode())
    assert vacias
    assert all('t="str"' in atributos for atributos in vacias)


def test_functions_of_the_registry_never_have_an_empty_value() -> None:
    # Calc computes such a cell anew when it opens the file, and without the functions that gives #NAME?.
    with zipfile.ZipFile(LIBRO_ZED_ILO) as paquete:
        for nombre in paquete.namelist():
            if nombre.startswith("xl/worksheets/sheet"):
                vacias = re.findall(r"<f>([^<]*)</f><v></v>", paquete.read(nombre).decode())
                assert not [f for f in vacias if re.search(r"[A-Z]+_[A-Z]+\(", f)]


def test_formulas_need_nothing_newer_than_excel_2016(libro: Workbook) -> None:
    formulas = [str(celda.value) for celda in celdas(libro) if celda.data_type == "f"]
    assert not [f for f in formulas if POSTERIORES_A_2016.search(re.sub(r'"[^"]*"', "", f))]


def test_every_name_that_the_book_defines_is_used(libro: Workbook) -> None:
    usos = [str(celda.value) for celda in celdas(libro) if celda.data_type == "f"]
    usos += [str(v.formula1) for hoja in libro for v in hoja.data_validations.dataValidation]
    propios = [nombre for nombre in libro.defined_names if nombre.startswith("p_")]
    assert propios
    assert [n for n in propios if not any(re.search(rf"\b{n}\b", uso) for uso in usos)] == []


def test_only_cells_that_look_like_input_cells_are_unlocked(libro: Workbook) -> None:
    assert all(hoja.protection.sheet for hoja in libro)
    for celda in celdas(libro):
        es_crema = celda.fill.fgColor.rgb == f"FF{CELDA_DE_ENTRADA}"
        esta_libre = not celda.protection.locked
        leyenda = celda.value == "Celda para escribir"
        assert esta_libre == (es_crema and not leyenda), f"{celda.parent.title}!{celda.coordinate}"
        assert not (esta_libre and celda.data_type == "f")


def test_what_is_typed_in_seguimiento_is_guided(libro: Workbook) -> None:
    hoja = libro["Seguimiento"]
    guiadas = {celda for validacion in hoja.data_validations.dataValidation for celda in _celdas(validacion)}
    libres = {celda.coordinate for fila in hoja.iter_rows() for celda in fila if not celda.protection.locked}
    assert libres == guiadas
    for validacion in hoja.data_validations.dataValidation:
        assert validacion.prompt
        assert validacion.type is None or validacion.type == "none" or validacion.error


def _celdas(validacion: object) -> set[str]:
    rangos = str(getattr(validacion, "sqref")).split()  # noqa: B009
    return {c for rango in rangos for c in _expandir(rango)}


def _expandir(rango: str) -> list[str]:
    filas = openpyxl.utils.cell.rows_from_range(rango)
    return [celda for fila in filas for celda in fila]


def test_the_published_numbers_stand_in_seguimiento(valores: Workbook) -> None:
    # SPEC 2.5, from the evaluation report 2025-I
    avances = columna(valores["Seguimiento"], "Avance 2025-I")
    publicados = dict.fromkeys(avances, 100.0) | {
        "OEI.02": 0.0, "OEI.03": 0.0, "AEI.01.01": 200 / 3, "AEI.02.02": 200 / 3, "AEI.03.01": 50.0,
    }  # fmt: skip
    assert avances == pytest.approx(publicados)
    notas = columna(valores["Seguimiento"], "Nota")
    assert {codigo for codigo, nota in notas.items() if nota == "*"} == {"AEI.01.01", "AEI.02.02", "AEI.03.01"}


def test_the_published_numbers_stand_on_the_tablero(valores: Workbook) -> None:
    hoja = valores["Tablero"]
    filas = {str(hoja.cell(n, 2).value): n for n in range(1, 20)}
    puntajes = {codigo: hoja.cell(filas[codigo], 10).value for codigo in ("OEI.01", "OEI.02", "OEI.03", "PEI")}
    assert puntajes == pytest.approx({"OEI.01": 800 / 9, "OEI.02": 275 / 3, "OEI.03": 250 / 3, "PEI": 265 / 3})
    tarjetas = {str(hoja.cell(4, c).value): hoja.cell(5, c).value for c in range(2, 20, 3)}
    assert tarjetas == {
        "Puntaje del PEI (%)": pytest.approx(265 / 3), "Cobertura (%)": 100, "AEI cumplidas": 7, "AEI en proceso": 3,
        "AEI críticas": 0, "AEI sin dato": 0,
    }  # fmt: skip
    textos = [celda.value for fila in hoja.iter_rows() for celda in fila]
    assert "Ninguna acción crítica." in textos


def test_a_message_beside_a_cell_has_the_whole_title_of_what_is_typed(libro: Workbook) -> None:
    # Excel takes 32 characters for such a title
    for hoja in libro:
        titulos = {celda.value for fila in hoja.iter_rows() for celda in fila}
        for validacion in hoja.data_validations.dataValidation:
            if validacion.promptTitle:
                assert len(validacion.promptTitle) <= 32
                assert validacion.promptTitle in titulos, f"{hoja.title}!{validacion.sqref}"


def test_unknown_targets_stay_empty(valores: Workbook) -> None:
    metas = {anio: columna(valores["Seguimiento"], f"Meta {anio}") for anio in (2024, 2025, 2026)}
    sin_meta = {anio: {c for c, meta in suyas.items() if meta is None} for anio, suyas in metas.items()}
    de_los_oei = {"OEI.01", "OEI.02", "OEI.03"}
    assert sin_meta == {2024: de_los_oei | {"AEI.01.03"}, 2025: set(), 2026: de_los_oei | {"AEI.01.03"}}


def test_charts_are_native_and_described() -> None:
    with zipfile.ZipFile(LIBRO_ZED_ILO) as paquete:
        dibujo = paquete.read("xl/drawings/drawing1.xml").decode()
        graficos = [n for n in paquete.namelist() if n.startswith("xl/charts/chart")]
    assert len(graficos) == 3
    assert len(re.findall(r'descr="[^"]{30,}"', dibujo)) == 3
    assert re.findall(r'<xdr:cNvPr id="\d+" name="([^"]*)"', dibujo) == ["Gráfico 1", "Gráfico 2", "Gráfico 3"]


def test_people_type_in_real_tables(libro: Workbook) -> None:
    assert {hoja.title: list(hoja.tables) for hoja in libro if hoja.tables} == {
        "Seguimiento": ["tblSeguimiento"], "Narrativa": ["tblNarrativa"], "Agentes": ["tblAgentes"],
        "Validación": ["tblHallazgos"], "Bitácora": ["tblBitacora"],
    }  # fmt: skip


def test_every_sheet_prints_on_a4_landscape_with_page_numbers(libro: Workbook) -> None:
    for hoja in libro:
        assert (hoja.page_setup.paperSize, hoja.page_setup.orientation) == (9, "landscape")
        assert "&P" in str(hoja.oddFooter.right.text)
    assert libro["Seguimiento"].print_title_rows == "$4:$5"
