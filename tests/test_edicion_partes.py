"""What an edit changes in a book's file besides cells: sheets, tables and filters, columns, locks."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from tests.hojas_xml import HOJA, libro_xml
from tests.libros import LIBRO_ZED_ILO, cambiar_parte
from zedxl.edicion.archivo import aplicar
from zedxl.edicion.cambio import (
    Cambio,
    Candado,
    ColumnaNueva,
    Edicion,
    EdicionImposible,
    FilaNueva,
    HojaNueva,
    TablaHasta,
)
from zedxl.edicion.orden_de_hoja import ORDEN, insertado
from zedxl.libro.hoja import Hoja, hojas_de
from zedxl.libro.paquete import Paquete
from zedxl.libro.paquete_crudo import con_partes
from zedxl.libro.xml_crudo import hijos, raiz
from zedxl.plan import Celda

MOMENTO = datetime(2026, 1, 15, 10, 20, 30)
CIERRES = HojaNueva(
    "Cierres & más",
    (("Cierres del plan",), (), ("Código", "Cuándo", "Valor"), ("AEI.01.01", MOMENTO, 2.5), ("AEI.01.02", None, True)),
    anchos=(12, 20.5),
    fila_de_titulos=3,
    tabla="tblCierres",
)


def editado(ruta: Path, edicion: Edicion) -> Paquete:
    """The book with the edit carried out."""
    return Paquete(ruta, aplicar(Paquete(ruta), edicion))


def hoja_de(paquete: Paquete, nombre: str) -> Hoja:
    """A sheet as it is read."""
    return next(hoja for hoja in hojas_de(paquete) if hoja.nombre == nombre)


def con_openpyxl(paquete: Paquete) -> Any:
    """The book by another hand, which does not know all that is in it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(paquete.contenido))


def distintas(ruta: Path, paquete: Paquete) -> set[str]:
    """The parts that are new or other than before."""
    with zipfile.ZipFile(ruta) as antes, zipfile.ZipFile(io.BytesIO(paquete.contenido)) as ahora:
        viejas = {nombre: antes.read(nombre) for nombre in antes.namelist()}
        return {nombre for nombre in ahora.namelist() if ahora.read(nombre) != viejas.get(nombre)}


@pytest.fixture
def libro(tmp_path: Path) -> Path:
    """«Plan»: a table in A3:C5 and, from F3 on, cells; «Lista»: a filter; «Otra»: nothing."""
    ruta = tmp_path / "libro.xlsx"
    libro = xlsxwriter.Workbook(ruta)
    plan = libro.add_worksheet("Plan")
    abierta = libro.add_format({"locked": False, "num_format": "0.0", "align": "right"})
    filas = [["AEI.01", 10, 5], ["AEI.02", 8, 8]]
    columnas = [{"header": titulo} for titulo in ("Código", "Meta", "Valor\n2025-I")]
    plan.add_table("A3:C5", {"name": "tblPlan", "data": filas, "columns": columnas})
    plan.write("C4", 5, abierta)
    plan.write("C5", 8, abierta)
    plan.set_column("C:E", 15, libro.add_format({"italic": True}))
    plan.data_validation("C4:C5", {"validate": "decimal", "criteria": ">=", "value": 0})
    plan.data_validation("D5", {"validate": "any", "input_title": "Ya"})
    plan.conditional_format("B4:C5", {"type": "cell", "criteria": "<", "value": 2, "format": abierta})
    plan.conditional_format("C4:C5", {"type": "data_bar", "data_bar_2010": True})
    lista = libro.add_worksheet("It's a list")
    for fila, valores in enumerate([["Código", "Valor"], ["a", 1], ["b", 2]]):
        lista.write_row(fila, 0, valores)
    lista.autofilter("A1:B3")
    libro.add_worksheet("Otra").protect("", {"sort": True})
    libro.define_name("tblCierres_2", "=Plan!$A$1")
    libro.close()
    return ruta


def test_a_new_sheet_is_there_for_every_reader(libro: Path) -> None:
    paquete = editado(libro, Edicion(hojas=(CIERRES, HojaNueva("_zedxl", (("clave", 1.0),), oculta=True))))
    nueva = hoja_de(paquete, "Cierres & más")
    assert nueva.filas[2:] == [["Código", "Cuándo", "Valor"], ["AEI.01.01", MOMENTO, 2.5], ["AEI.01.02", "", True]]
    otro = con_openpyxl(paquete)
    assert otro.sheetnames == ["Plan", "It's a list", "Otra", "Cierres & más", "_zedxl"]
    assert otro["_zedxl"].sheet_state == "veryHidden"
    assert otro["Cierres & más"].column_dimensions["B"].width == 20.5
    assert otro["Cierres & más"]["A3"].font.b
    assert not otro["Cierres & más"]["A4"].font.b
    tabla = otro["Cierres & más"].tables["tblCierres"]
    assert (tabla.ref, tabla.id, tabla.autoFilter.ref) == ("A3:C5", 2, "A3:C5")
    assert [columna.name for columna in tabla.tableColumns] == ["Código", "Cuándo", "Valor"]
    assert distintas(libro, paquete) == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        "xl/worksheets/sheet4.xml", "xl/worksheets/_rels/sheet4.xml.rels", "xl/tables/table2.xml",
        "xl/worksheets/sheet5.xml",
    }  # fmt: skip


def test_cells_of_a_new_sheet_can_be_written_and_locked_in_the_same_edit(libro: Path) -> None:
    lugar = Celda("Cierres & más", 9, 5)
    edicion = Edicion(
        hojas=(CIERRES,),
        anotaciones=(Cambio(lugar, None, "nota"),),
        tablas=(TablaHasta(Celda("Cierres & más", 3, 1), 8, 3),),
        candados=(Candado("Cierres & más", frozenset({(4, 3)}), cerrado=False, proteger=True),),
    )
    otro = con_openpyxl(editado(libro, edicion))["Cierres & más"]
    assert otro["E9"].value == "nota"
    assert otro.tables["tblCierres"].ref == "A3:C8"
    assert otro.protection.sheet
    assert not otro["C4"].protection.locked


def test_names_of_tables_are_made_unique_and_legal(libro: Path) -> None:
    hojas = (CIERRES, HojaNueva("Dos", (("a",),), fila_de_titulos=1, tabla="TBLcierres"),
             HojaNueva("Tres", (("a",),), fila_de_titulos=1, tabla="PEI 2026"), HojaNueva("Cuatro", (("a",),), fila_de_titulos=1, tabla="AEI1"))  # fmt: skip
    otro = con_openpyxl(editado(libro, Edicion(hojas=hojas)))
    assert [*otro["Dos"].tables, *otro["Tres"].tables, *otro["Cuatro"].tables] == ["TBLcierres_3", "PEI_2026", "_AEI1"]
    assert otro["Dos"].tables["TBLcierres_3"].ref == "A1:A2"  # a table has at least one row
    assert len({tabla.id for hoja in otro for tabla in hoja.tables.values()}) == 5


@pytest.mark.parametrize(
    ("hoja", "dice"),
    [
        (HojaNueva("plan", ()), "ya tiene una hoja «plan»"),
        (HojaNueva("a/b", ()), "«a/b» no puede ser el nombre de una hoja"),
        (HojaNueva("x" * 32, ()), "no puede ser el nombre"),
        (HojaNueva("X", (("a", None),), fila_de_titulos=1), "X!B1 debe ser el título de una columna"),
        (HojaNueva("X", (("a", "A"),), fila_de_titulos=1), "X!B1: la tabla ya tiene una columna con el título «A»"),
        (HojaNueva("X", (("a",),), fila_de_titulos=2), "«X» no tiene títulos en la fila 2"),
    ],
)
def test_a_sheet_that_cannot_be_is_refused(libro: Path, hoja: HojaNueva, dice: str) -> None:
    with pytest.raises(EdicionImposible, match=dice):
        editado(libro, Edicion(hojas=(hoja,)))


def test_two_new_sheets_of_one_name_are_refused(libro: Path) -> None:
    with pytest.raises(EdicionImposible, match="ya tiene una hoja «_Z»"):
        editado(libro, Edicion(hojas=(HojaNueva("_z", ()), HojaNueva("_Z", ()))))


@pytest.mark.parametrize("prefijo", ["", "x:"])
@pytest.mark.parametrize("estricto", [False, True])
def test_a_sheet_is_added_whatever_the_namespaces_of_the_book(
    libro: Path, tmp_path: Path, prefijo: str, estricto: bool
) -> None:
    principal = (
        "http://purl.oclc.org/ooxml/spreadsheetml/main"
        if estricto
        else "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    )
    relaciones = (
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
        if estricto
        else "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    )
    declarado = f'xmlns:{prefijo[:-1]}="{principal}"' if prefijo else f'xmlns="{principal}"'
    xml = (
        f'<{prefijo}workbook {declarado}><{prefijo}sheets><{prefijo}sheet name="Plan" sheetId="7" rel:id="rId1" '
        f'xmlns:rel="{relaciones}"/></{prefijo}sheets></{prefijo}workbook>'
    )
    viejas = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    uno = cambiar_parte(libro, tmp_path / "uno.xlsx", "xl/workbook.xml", lambda _: xml.encode())
    dos = cambiar_parte(
        uno, tmp_path / "dos.xlsx", "xl/_rels/workbook.xml.rels", lambda r: r.replace(viejas, f"{relaciones}/".encode())
    )
    paquete = editado(dos, Edicion(hojas=(CIERRES,), cambios=(Cambio(Celda("Plan", 4, 2), 10.0, 11.0),)))
    assert list(paquete.hojas()) == ["Plan", "Cierres & más"]
    assert (
        f'<{prefijo}sheet name="Cierres &amp; más" sheetId="8" xmlns:r="{relaciones}" r:id="'
        in paquete.parte("xl/workbook.xml").decode()
    )
    assert f'<worksheet xmlns="{principal}"' in paquete.parte(paquete.hojas()["Cierres & más"]).decode()


def test_a_table_grows_and_its_columns_are_named_after_their_titles(libro: Path) -> None:
    edicion = Edicion(
        cambios=(Cambio(Celda("Plan", 3, 4), None, 'Valor\n"2025-II"'), Cambio(Celda("Plan", 6, 1), None, "AEI.03")),
        tablas=(TablaHasta(Celda("Plan", 3, 2), 6, 4),),
    )
    paquete = editado(libro, edicion)
    tabla = con_openpyxl(paquete)["Plan"].tables["tblPlan"]
    assert (tabla.ref, tabla.autoFilter.ref) == ("A3:D6", "A3:D6")
    assert [columna.id for columna in tabla.tableColumns] == [1, 2, 3, 4]
    assert b'<tableColumns count="4">' in paquete.parte("xl/tables/table1.xml")
    assert b'<tableColumn id="4" name="Valor_x000a_&quot;2025-II&quot;"/>' in paquete.parte("xl/tables/table1.xml")
    assert distintas(libro, paquete) == {"xl/worksheets/sheet1.xml", "xl/tables/table1.xml"}


def test_a_table_never_shrinks_and_other_cells_have_none(libro: Path) -> None:
    edicion = Edicion(tablas=(TablaHasta(Celda("Plan", 3, 1), 4, 1), TablaHasta(Celda("Otra", 3, 1), 9, 9)))
    assert editado(libro, edicion).contenido == libro.read_bytes()


def test_a_filter_grows_with_the_hidden_name_that_repeats_it(libro: Path) -> None:
    edicion = Edicion(tablas=(TablaHasta(Celda("It's a list", 1, 1), 9, 3),))
    paquete = editado(libro, edicion)
    assert con_openpyxl(paquete)["It's a list"].auto_filter.ref == "A1:C9"
    assert b"'It''s a list'!$A$1:$C$9</definedName>" in paquete.parte("xl/workbook.xml").replace(b"&apos;", b"'")
    assert distintas(libro, paquete) == {"xl/worksheets/sheet2.xml", "xl/workbook.xml"}


def _con_tabla(tmp_path: Path, **opciones: Any) -> Path:
    ruta = tmp_path / "tabla.xlsx"
    libro = xlsxwriter.Workbook(ruta)
    hoja = libro.add_worksheet("Plan")
    hoja.add_table("A1:B3", {"columns": [{"header": "Código"}, {"header": "Meta"}], **opciones})
    hoja.add_table("A6:B8")
    hoja.write("D2", "ajeno")
    hoja.write("E1", "Título")
    hoja.merge_range("A4:B4", "x")
    libro.close()
    return ruta


@pytest.mark.parametrize(
    ("fila", "columna", "dice"),
    [
        (4, 2, "no se puede alargar: A4:B4 está ocupada"),
        (7, 2, "chocaría con la tabla «Table2»"),
        (3, 4, "no se puede alargar: D2 está ocupada"),
        (3, 3, "Plan!C1 debe ser el título de una columna de la tabla"),
    ],
)
def test_a_table_that_cannot_grow_is_refused(tmp_path: Path, fila: int, columna: int, dice: str) -> None:
    ruta = _con_tabla(tmp_path)
    with pytest.raises(EdicionImposible, match=dice):
        editado(ruta, Edicion(tablas=(TablaHasta(Celda("Plan", 1, 1), fila, columna),)))


def test_a_repeated_title_is_refused(tmp_path: Path) -> None:
    cambio = Cambio(Celda("Plan", 1, 3), None, "META")
    with pytest.raises(EdicionImposible, match="Plan!C1: la tabla ya tiene una columna con el título «META»"):
        editado(_con_tabla(tmp_path), Edicion((cambio,), tablas=(TablaHasta(Celda("Plan", 1, 1), 3, 3),)))


def test_a_table_with_totals_does_not_grow(tmp_path: Path) -> None:
    ruta = _con_tabla(tmp_path, total_row=True)
    with pytest.raises(EdicionImposible, match="«Table1» de la hoja «Plan» tiene una fila de totales"):
        editado(ruta, Edicion(tablas=(TablaHasta(Celda("Plan", 1, 1), 4, 2),)))
    with pytest.raises(EdicionImposible, match="Plan!A3 es título o total de la tabla «Table1»"):
        editado(ruta, Edicion((Cambio(Celda("Plan", 3, 1), None, "x"),)))


def test_the_title_of_a_table_is_not_changed(libro: Path) -> None:
    with pytest.raises(EdicionImposible, match="Plan!B3 es título o total de la tabla «tblPlan»"):
        editado(libro, Edicion((Cambio(Celda("Plan", 3, 2), "Meta", "Meta 2025"),)))
    igual = Cambio(Celda("Plan", 3, 3), "Valor\n2025-I", "Valor\n2025-I")
    assert hoja_de(editado(libro, Edicion((igual,))), "Plan").valor(3, 3) == "Valor\n2025-I"


def test_a_column_takes_look_width_and_rules_from_its_model(libro: Path) -> None:
    edicion = Edicion(columnas=(ColumnaNueva("Plan", 8, 3, 3, 6),), cambios=(Cambio(Celda("Plan", 4, 8), None, 2.0),))
    paquete = editado(libro, edicion)
    plan = con_openpyxl(paquete)["Plan"]
    assert not plan["H5"].protection.locked
    assert plan["H5"].number_format == plan["H4"].number_format == "0.0"
    assert plan["H6"].font.i  # as the column of its model
    assert plan.column_dimensions["H"].width == plan.column_dimensions["C"].width
    validas = {str(validacion.sqref) for validacion in plan.data_validations.dataValidation}
    assert validas == {"C4:C5 H4:H5", "D5"}
    assert {str(formato.sqref) for formato in plan.conditional_formatting} == {"B4:C5 H4:H5", "C4:C5 H4:H5"}
    assert b"<xm:sqref>C4:C5 H4:H5</xm:sqref>" in paquete.parte("xl/worksheets/sheet1.xml")
    assert distintas(libro, paquete) == {"xl/worksheets/sheet1.xml"}


def test_a_row_takes_look_height_and_rules_from_its_model(libro: Path) -> None:
    alto = con_openpyxl(Paquete(libro))
    alto["Plan"].row_dimensions[5].height = 33
    alto.save(libro)
    edicion = Edicion(filas=(FilaNueva("Plan", 6, 5, 2, 4),), cambios=(Cambio(Celda("Plan", 6, 3), None, 2.0),))
    plan = con_openpyxl(editado(libro, edicion))["Plan"]
    assert [plan.cell(6, n).number_format for n in (2, 3, 4)] == [plan.cell(5, n).number_format for n in (2, 3, 4)]
    assert not plan["C6"].protection.locked
    assert plan.row_dimensions[6].height == 33
    validas = {str(validacion.sqref) for validacion in plan.data_validations.dataValidation}
    assert validas == {"C4:C5 C6", "D5 D6"}
    assert {str(formato.sqref) for formato in plan.conditional_formatting} == {"B4:C5 B6:C6", "C4:C5 C6"}


def test_a_column_amid_others_is_split_from_them_and_keeps_the_rules_it_has(libro: Path) -> None:
    paquete = editado(libro, Edicion(columnas=(ColumnaNueva("Plan", 4, 3, 4, 5),)))
    xml = paquete.parte("xl/worksheets/sheet1.xml").decode()
    anchos = re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', xml)
    assert [tuple(map(float, ancho)) for ancho in anchos] == [
        (3, 3, 15.7109375), (4, 4, 15.7109375), (5, 5, 15.7109375)]  # fmt: skip
    assert 'sqref="C4:C5 D4"' in xml  # D5 has a validation already
    assert '<conditionalFormatting sqref="C4:C5 D4:D5"' in xml


def test_a_column_at_the_left_does_not_shift_relative_rules(tmp_path: Path) -> None:
    ruta = tmp_path / "libro.xlsx"
    libro = xlsxwriter.Workbook(ruta)
    hoja = libro.add_worksheet("Hoja 1")
    hoja.data_validation("C2:C5", {"validate": "custom", "value": "=ISNUMBER(C2)"})
    hoja.data_validation("D2:D5", {"validate": "list", "source": "=$H$1:$H$4"})
    libro.close()
    columnas = (ColumnaNueva("Hoja 1", 1, 3, 2, 5), ColumnaNueva("Hoja 1", 2, 4, 2, 5))
    xml = editado(ruta, Edicion(columnas=columnas)).parte(HOJA)
    assert re.findall(rb' sqref="([^"]*)"', xml) == [b"C2:C5", b"D2:D5 B2:B5"]


@pytest.mark.parametrize("cerrado", [True, False])
def test_cells_are_locked_or_opened_and_their_sheet_protected(libro: Path, cerrado: bool) -> None:
    celdas = frozenset({(4, 3), (5, 2), (9, 9)})
    paquete = editado(libro, Edicion(candados=(Candado("Plan", celdas, cerrado, proteger=True),)))
    plan = con_openpyxl(paquete)["Plan"]
    assert [plan.cell(*lugar).protection.locked for lugar in sorted(celdas)] == [cerrado] * 3
    assert plan["C4"].number_format == "0.0"
    assert plan["C4"].alignment.horizontal == "right"
    assert plan.protection.sheet
    assert not plan.protection.password
    assert hoja_de(paquete, "Plan").filas == hoja_de(Paquete(libro), "Plan").filas


def test_a_protection_that_is_there_keeps_its_terms(libro: Path, tmp_path: Path) -> None:
    paquete = editado(libro, Edicion(candados=(Candado("Otra", frozenset(), cerrado=True, proteger=True),)))
    assert paquete.contenido == libro.read_bytes()
    apagada = cambiar_parte(
        libro, tmp_path / "apagada.xlsx", "xl/worksheets/sheet3.xml", lambda xml: xml.replace(b' sheet="1"', b"")
    )
    paquete = editado(apagada, Edicion(candados=(Candado("Otra", frozenset(), cerrado=True, proteger=True),)))
    assert con_openpyxl(paquete)["Otra"].protection.sheet
    assert not con_openpyxl(paquete)["Otra"].protection.sort


def test_locking_and_opening_again_and_again_adds_no_more_styles(libro: Path) -> None:
    celdas = frozenset({(4, 3), (4, 1)})
    medidas = []
    for vez in range(6):
        candado = Candado("Plan", celdas, cerrado=vez % 2 == 0)
        libro.write_bytes(editado(libro, Edicion(candados=(candado,))).contenido)
        medidas.append(len(Paquete(libro).parte("xl/styles.xml")))
    assert len(set(medidas[2:])) == 1


def test_all_else_in_the_styles_keeps_its_bytes(libro: Path) -> None:
    paquete = editado(libro, Edicion(candados=(Candado("Plan", frozenset({(4, 3)}), cerrado=True),)))
    antes, ahora = (p.parte("xl/styles.xml").decode() for p in (Paquete(libro), paquete))
    cuantos = len(re.findall("<xf ", antes.partition("<cellXfs")[2].partition("</cellXfs>")[0]))
    nuevo = ahora.partition("</cellXfs>")[0].rpartition("<xf ")[2]
    assert ahora == antes.replace(f'<cellXfs count="{cuantos}">', f'<cellXfs count="{cuantos + 1}">').replace(
        "</cellXfs>", f"<xf {nuevo}</cellXfs>"
    )


@pytest.mark.parametrize("nombre", ORDEN)
def test_elements_are_inserted_where_the_schema_wants_them(nombre: bytes) -> None:
    todos = b"".join(b"<%b/>" % otro for otro in ORDEN if otro != nombre)
    hoja = insertado(b"<worksheet>" + todos + b"</worksheet>", nombre, b"<%b/>" % nombre)
    assert tuple(hijo.nombre for hijo in hijos(hoja, raiz(hoja))) == ORDEN


def test_the_order_is_the_one_that_the_shipped_book_and_excel_keep() -> None:
    paquete = Paquete(LIBRO_ZED_ILO)
    for parte in paquete.hojas().values():
        xml = paquete.parte(parte)
        lugares = [ORDEN.index(hijo.nombre) for hijo in hijos(xml, raiz(xml))]
        assert lugares == sorted(lugares)


def test_a_book_without_styles_is_refused(tmp_path: Path) -> None:
    ruta = libro_xml(tmp_path / "libro.xlsx", "")
    cambiar_parte(
        ruta, tmp_path / "sin.xlsx", "xl/_rels/workbook.xml.rels", lambda r: re.sub(rb"<[^>]*/styles[^>]*>", b"", r)
    )
    with pytest.raises(EdicionImposible, match=r"la parte «xl/styles\.xml» está dañada, o escrita"):
        editado(tmp_path / "sin.xlsx", Edicion((Cambio(Celda("Hoja 1", 1, 1), None, 1.0),)))


def test_parts_are_added_after_the_others_and_the_rest_of_the_package_stays(libro: Path) -> None:
    with zipfile.ZipFile(libro, "a") as zip_:
        zip_.comment = b"un comentario"
    crudo = libro.read_bytes()
    nuevas = {"ñandú/año.xml": b"<a/>" * 1_000, "vacía.bin": b""}
    ahora = con_partes(crudo, nuevas)
    with zipfile.ZipFile(libro) as antes, zipfile.ZipFile(io.BytesIO(ahora)) as zip_:
        assert zip_.testzip() is None
        assert zip_.comment == antes.comment
        assert zip_.namelist() == [*antes.namelist(), *nuevas]
        assert {nombre: zip_.read(nombre) for nombre in nuevas} == nuevas
        assert ahora[: antes.start_dir] == crudo[: antes.start_dir]
    assert con_partes(crudo, nuevas) == ahora  # whenever it is made
