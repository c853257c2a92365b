"""The macros inside a book and the add-in: what was added to the package, and that nothing else changed."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from oletools.olevba import VBA_Parser

from tests.libros import LIBRO_ZED_ILO, RAIZ
from zedxl.excel.complemento import complemento
from zedxl.excel.macros import Destino, con_macros
from zedxl.libro.paquete import Paquete

COMPLEMENTO = RAIZ / "workbook" / "zedxl.xlam"
CODIGO = re.compile(rb' codeName="[^"]*"')
VACIA = re.compile(rb"<sheetPr/>")
NUEVAS = {"xl/vbaProject.bin", "customUI/customUI14.xml"}
CON_MARCAS = {"[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/workbook.xml"}


def partes(paquete: bytes | Path) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(paquete) if isinstance(paquete, bytes) else paquete) as abierto:
        return {nombre: abierto.read(nombre) for nombre in abierto.namelist()}


def sin_macros() -> bytes:
    """A package as XlsxWriter makes it, one sheet with properties and one without."""
    from xlsxwriter import Workbook

    contenido = BytesIO()
    libro = Workbook(contenido, {"in_memory": True})
    for nombre in ("Con propiedades", "Sin ellas"):
        libro.add_worksheet(nombre).write("A1", "ñandú")
    libro.get_worksheet_by_name("Con propiedades").fit_to_pages(1, 1)
    libro.close()
    return contenido.getvalue()


def test_every_other_part_stays_as_it_was() -> None:
    libro = sin_macros()  # once: it holds the second in which it was made
    antes, despues = partes(libro), partes(con_macros(Paquete(Path("libro.xlsx"), libro), Destino.LIBRO))
    assert set(despues) - set(antes) == NUEVAS
    hojas = {nombre for nombre in antes if re.match(r"xl/worksheets/sheet", nombre)}
    assert len(hojas) == 2
    assert {n for n in antes if antes[n] != despues[n]} == CON_MARCAS | hojas


def test_a_sheet_and_the_workbook_get_a_code_name_and_nothing_more() -> None:
    libro = sin_macros()  # once: it holds the second in which it was made
    antes, despues = partes(libro), partes(con_macros(Paquete(Path("libro.xlsx"), libro), Destino.LIBRO))
    for nombre in antes:
        if nombre == "xl/workbook.xml" or re.match(r"xl/worksheets/sheet", nombre):
            assert len(CODIGO.findall(despues[nombre])) == 1
            assert VACIA.sub(b"", CODIGO.sub(b"", despues[nombre])) == antes[nombre]


@pytest.mark.parametrize("archivo", [LIBRO_ZED_ILO, COMPLEMENTO], ids=lambda ruta: ruta.suffix)
def test_code_names_are_those_of_the_document_modules(archivo: Path) -> None:
    libro = partes(archivo)
    en_el_paquete = [
        nombre.decode()
        for parte, contenido in libro.items()
        if parte.startswith(("xl/workbook.xml", "xl/worksheets/sheet"))
        for nombre in re.findall(rb'(?:workbookPr|sheetPr)[^>]* codeName="([^"]*)"', contenido)
    ]
    modulos = [
        n for _, _, n, codigo in VBA_Parser(str(archivo)).extract_macros() if "VB_PredeclaredId = True" in codigo
    ]
    assert sorted(f"{nombre}.cls" for nombre in en_el_paquete) == sorted(modulos)
    hojas = etree.fromstring(libro["xl/workbook.xml"]).findall("{*}sheets/{*}sheet")
    assert len(en_el_paquete) == 1 + len(hojas)


@pytest.mark.parametrize(
    ("archivo", "tipo", "pestana"),
    [
        (LIBRO_ZED_ILO, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml", b'id="tabPEI_libro"'),
        (COMPLEMENTO, b"application/vnd.ms-excel.addin.macroEnabled.main+xml", b'id="tabPEI_complemento"'),
    ],
    ids=["book", "add-in"],
)
def test_each_file_says_what_it_is_and_shows_its_tab(archivo: Path, tipo: bytes, pestana: bytes) -> None:
    libro = partes(archivo)
    assert b'PartName="/xl/workbook.xml" ContentType="' + tipo in libro["[Content_Types].xml"]
    assert pestana in libro["customUI/customUI14.xml"]


def test_book_and_add_in_hold_the_same_code() -> None:
    def codigo(archivo: Path) -> dict[str, str]:
        modulos = {n: texto for _, _, n, texto in VBA_Parser(str(archivo)).extract_macros() if n.startswith("Zed")}
        return {nombre.replace("DelComplemento", ""): texto for nombre, texto in modulos.items()}

    assert set(codigo(COMPLEMENTO)) == {"ZedPuente.bas", "ZedFunciones.bas", "ZedCinta.bas"}
    for modulo in ("ZedPuente.bas", "ZedFunciones.bas"):
        assert codigo(LIBRO_ZED_ILO)[modulo] == codigo(COMPLEMENTO)[modulo]
    nombres = re.compile(r'Attribute VB_Name = "ZedCinta(DelComplemento)?"')
    del_libro, del_complemento = (nombres.sub("", codigo(a)["ZedCinta.bas"]) for a in (LIBRO_ZED_ILO, COMPLEMENTO))
    assert del_libro == del_complemento


def test_the_committed_add_in_is_what_its_sources_give() -> None:
    assert complemento() == COMPLEMENTO.read_bytes(), "ejecute «make libro»"


def test_the_formulas_of_the_book_have_plain_names() -> None:
    hoja = partes(LIBRO_ZED_ILO)["xl/worksheets/sheet2.xml"]
    assert b"AVANCE_AEI(" in hoja
    assert not re.search(rb"(?:\]!|_xll\.|_xlfn\.)[A-Z_]*AEI", hoja)
