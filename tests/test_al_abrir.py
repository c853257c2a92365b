"""The mark that asks Excel to calculate: where the schema has it, whoever wrote the book, and nothing else touched."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from tests.hojas_xml import libro_de_formulas
from tests.libros import LIBRO_ZED_ILO, cambiar_parte
from zedxl.libro.al_abrir import que_se_calcule_al_abrir
from zedxl.libro.paquete import LibroIlegible, Paquete

LIBRO = "xl/workbook.xml"
ORDEN = ("fileVersion", "fileSharing", "workbookPr", "AlternateContent", "revisionPtr", "workbookProtection",
         "bookViews", "sheets", "functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize",
         "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr",
         "webPublishObjects", "extLst")  # fmt: skip
"""The children of a workbook in the order of the schema, with those of Microsoft's where Excel writes them."""
_NS = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def marcado(origen: Path, xml: bytes | None = None) -> Path:
    """The book, with this workbook part if given, marked."""
    libro = origen.with_name("Plan.xlsx")
    cambiar_parte(origen, libro, LIBRO, lambda parte: parte if xml is None else xml)
    libro.write_bytes(que_se_calcule_al_abrir(Paquete(libro)))
    return libro


@pytest.fixture
def origen(tmp_path: Path) -> Path:
    return libro_de_formulas(tmp_path / "origen.xlsx", {"A1": "=1+1"}, {"uno": "'Hoja 1'!$A$1"})


def hijos(libro: Path) -> list[str]:
    raiz = etree.fromstring(Paquete(libro).parte(LIBRO))
    return [etree.QName(hijo).localname for hijo in raiz if isinstance(hijo.tag, str)]


def calcpr(libro: Path) -> dict[str, str]:
    (elemento,) = etree.fromstring(Paquete(libro).parte(LIBRO)).iter("{*}calcPr")
    assert etree.QName(elemento).namespace == "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return {str(nombre): str(valor) for nombre, valor in elemento.attrib.items()}


@pytest.mark.parametrize(
    "elemento",
    [
        b'<calcPr calcId="191029"/>',
        b'<calcPr calcId="191029" fullCalcOnLoad="0"/>',
        b"<calcPr fullCalcOnLoad = 'false' calcId='191029' />",
        b'<calcPr calcId="191029"></calcPr>',
        b'<calcPr calcId="191029" fullCalcOnLoad="1"/>',
    ],
)
def test_an_element_that_is_there_keeps_its_other_attributes(origen: Path, elemento: bytes) -> None:
    xml = re.sub(rb"<calcPr[^>]*/>", elemento, Paquete(origen).parte(LIBRO))
    libro = marcado(origen, xml)
    assert calcpr(libro) == {"calcId": "191029", "fullCalcOnLoad": "1"}
    assert openpyxl.load_workbook(libro).calculation.fullCalcOnLoad


@pytest.mark.parametrize("despues", [(), ("pivotCaches",), ("oleSize", "extLst"), ("extLst",)])
@pytest.mark.parametrize("antes", [("sheets",), ("bookViews", "sheets", "definedNames"), ("sheets", "functionGroups")])
@pytest.mark.parametrize("prefijo", [b"", b"x:"])
def test_without_one_it_goes_where_the_schema_has_it(
    origen: Path, antes: tuple[str, ...], despues: tuple[str, ...], prefijo: bytes
) -> None:
    cuerpo = b"".join(
        b'<%bsheets><%bsheet name="Hoja 1" sheetId="1" r:id="rId1"/></%bsheets>' % (prefijo, prefijo, prefijo)
        if nombre == "sheets"
        else b"<!-- <calcPr/> --><%b%b/>" % (prefijo, nombre.encode())
        for nombre in (*antes, *despues)
    )
    espacio = _NS.replace(b"xmlns", b"xmlns:x") if prefijo else _NS
    relaciones = b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    xml = b"<%bworkbook %b %b>%b</%bworkbook>" % (prefijo, espacio, relaciones, cuerpo, prefijo)
    libro = marcado(origen, xml)
    assert calcpr(libro) == {"fullCalcOnLoad": "1"}
    assert hijos(libro) == [*antes, "calcPr", *despues]
    assert sorted(hijos(libro), key=ORDEN.index) == hijos(libro)


def test_only_that_part_of_the_shipped_book_changes(tmp_path: Path) -> None:
    libro = tmp_path / "Plan.xlsx"
    libro.write_bytes(que_se_calcule_al_abrir(Paquete(LIBRO_ZED_ILO)))
    assert calcpr(libro)["fullCalcOnLoad"] == "1"
    with zipfile.ZipFile(LIBRO_ZED_ILO) as antes, zipfile.ZipFile(libro) as ahora:
        assert antes.namelist() == ahora.namelist()
        assert [n for n in antes.namelist() if antes.read(n) != ahora.read(n)] == [LIBRO]
        assert len(ahora.read(LIBRO)) - len(antes.read(LIBRO)) == len(' fullCalcOnLoad="1"')
    assert que_se_calcule_al_abrir(Paquete(libro)) == libro.read_bytes()  # once is enough


def test_a_workbook_part_that_is_no_xml(origen: Path) -> None:
    with pytest.raises(LibroIlegible, match=r"Plan\.xlsx está dañado"):
        marcado(origen, b"<workbook><sheets>")
