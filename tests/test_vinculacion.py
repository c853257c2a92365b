"""A copy of any book with functions and ribbon inside: what was added, and that all else is as it was."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from lxml import etree
from oletools.olevba import VBA_Parser
from openpyxl.workbook.protection import WorkbookProtection
from pyopenvba.cfb import CFB
from pyopenvba.integrity import check_file
from pyopenvba.vba import parse_vba_project

from tests.conversion import guardado_por_libreoffice
from tests.libro_rico import libro_rico
from tests.libros import LIBRO_ZED_ILO, cambiar_parte, escribir_libro
from tests.test_cli import falla, zedxl
from tests.test_edicion_libro_rico import assert_relaciones_completas, entradas
from zedxl.excel.macros import LibroNoVinculable
from zedxl.libro.entrega import LibroNoEscrito
from zedxl.libro.hoja import hojas_de
from zedxl.libro.paquete import Paquete
from zedxl.vinculacion import libro as vinculacion

LISTAS = {"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
NUEVAS = {"xl/vbaProject.bin", "customUI/customUI14.xml"}
HOJAS = re.compile(r"xl/(?:worksheets|chartsheets)/sheet\d+\.xml")
MARCA = re.compile(rb' codeName="[^"]*"')
ELEMENTO = re.compile(rb"<(?:\w+:)?(?:sheetPr|workbookPr)/>")
ESQUEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "esquemas" / "customui14.xsd"))


def de_openpyxl(ruta: Path) -> Path:
    """Accents, an apostrophe and both kinds of hidden sheets, a formula, a chart sheet, a protected structure."""
    libro: Any = openpyxl.Workbook()
    libro.active.title = "Año 2025 d'Ilo"
    libro.active["A1"], libro.active["A2"] = "ñandú", "=1+1"
    libro.create_sheet("Oculta").sheet_state = "hidden"
    libro.create_sheet("Muy oculta").sheet_state = "veryHidden"
    grafico = openpyxl.chart.BarChart()
    grafico.add_data(openpyxl.chart.Reference(libro.active, min_col=1, min_row=1, max_row=2))
    libro.create_chartsheet("Gráfico").add_chart(grafico)
    libro.create_sheet("Acción")
    libro.security = WorkbookProtection(workbookPassword="clave", lockStructure=True)
    libro.save(ruta)
    return ruta


def de_xlsxwriter(ruta: Path) -> Path:
    """Sheets with properties and without, and a chart sheet."""
    libro = xlsxwriter.Workbook(ruta)
    libro.add_worksheet("Con propiedades").fit_to_pages(1, 1)
    libro.add_worksheet("Sin ellas").write("A1", 2.5)
    grafico = libro.add_chart({"type": "column"})
    grafico.add_series({"values": "='Sin ellas'!$A$1:$A$2"})
    libro.add_chartsheet("Gráfico").set_chart(grafico)
    libro.close()
    return ruta


def rico(ruta: Path) -> Path:
    """All that Excel offers, but without macros; its sheets have code names."""
    return libro_rico(ruta, con_macros=False)


def de_libreoffice(ruta: Path) -> Path:
    """The same, as LibreOffice writes it."""
    (carpeta := ruta.with_name("otra")).mkdir()
    return Path(shutil.move(guardado_por_libreoffice(rico(ruta), carpeta), ruta))


def con_prefijos(ruta: Path) -> Path:
    """Every part with a prefix, as some programs write them."""
    origen = de_xlsxwriter(ruta.with_name("llano.xlsx"))
    with zipfile.ZipFile(origen) as llano, zipfile.ZipFile(ruta, "w") as escrito:
        for nombre in llano.namelist():
            parte = llano.read(nombre)
            hay_que = nombre in LISTAS or HOJAS.fullmatch(nombre)
            escrito.writestr(nombre, prefijada(parte) if hay_que else parte)
    return ruta


def prefijada(xml: bytes) -> bytes:
    return re.sub(rb"<(/?)(?=[\w])", rb"<\1x:", xml).replace(b" xmlns=", b" xmlns:x=")


def estricto(ruta: Path) -> Path:
    """In the namespaces of the strict variant."""
    principal, relaciones = (
        (
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    )
    origen = escribir_libro(ruta.with_name("llano.xlsx"), {"Uno": [["a", 1]], "Dos": [["b", 2]]})
    with zipfile.ZipFile(origen) as llano, zipfile.ZipFile(ruta, "w") as escrito:
        for nombre in llano.namelist():
            escrito.writestr(nombre, llano.read(nombre).replace(*principal).replace(*relaciones))
    return ruta


def tipos_por_extension(ruta: Path) -> Path:
    """The type of the workbook said for all parts that end in .xml, as the Open XML SDK writes it."""
    origen = escribir_libro(ruta.with_name("llano.xlsx"), {"Uno": [["a", 1]]})

    def cambio(xml: bytes) -> bytes:
        libro = re.search(rb'<Override PartName="/xl/workbook.xml" ContentType="([^"]+)" ?/>', xml)
        assert libro
        sin_libro = re.sub(rb'<Default Extension="xml"[^>]*/>', b"", xml.replace(libro[0], b""))
        otros = b"".join(
            b'<Override PartName="/%b" ContentType="application/xml"/>' % parte
            for parte in (b"docProps/app.xml", b"docProps/core.xml")
            if b"/" + parte not in xml
        )
        de_todos = b'<Default Extension="xml" ContentType="%b"/>' % libro[1]
        return sin_libro.replace(b"</Types>", otros + b"</Types>").replace(b"<Override", de_todos + b"<Override", 1)

    return cambiar_parte(origen, ruta, "[Content_Types].xml", cambio)


def nombres_dificiles(ruta: Path) -> Path:
    """Code names that stand twice, that are no names of modules or are taken by zedxl's; a chart sheet between."""
    rico_ = libro_rico(ruta.with_name("rico.xlsx"), con_macros=False)
    nombres = {b"Hoja1": b"Hoja2", b"Hoja3": b"ZedPuente", b"Hoja4": "Лист".encode()}
    with zipfile.ZipFile(rico_) as llano, zipfile.ZipFile(ruta, "w") as escrito:
        for nombre in llano.namelist():
            parte = llano.read(nombre)
            for antes, ahora in nombres.items():
                parte = parte.replace(b'codeName="%b"' % antes, b'codeName="%b"' % ahora)
            escrito.writestr(nombre, parte)
    return ruta


Escritor = Callable[[Path], Path]
LIBROS = [
    de_openpyxl, de_xlsxwriter, rico, de_libreoffice, con_prefijos, estricto, tipos_por_extension, nombres_dificiles,
]  # fmt: skip


@pytest.fixture(params=LIBROS, ids=lambda escritor: escritor.__name__)
def libro(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    escritor: Escritor = request.param
    return escritor(tmp_path / "Seguimiento 2025.xlsx")


def vincular(libro: Path, salida: Path | None = None) -> Path:
    return vinculacion.vincular(vinculacion.leer_para_vincular(libro), salida).copia


def partes(ruta: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(ruta) as zip_:
        return {nombre: zip_.read(nombre) for nombre in zip_.namelist()}


def nombres_de_codigo(ruta: Path) -> Iterator[str | None]:
    """Those of the workbook and of its sheets in their order."""
    libro = partes(ruta)
    arbol = etree.fromstring(libro["xl/workbook.xml"])
    propiedades = arbol.find("{*}workbookPr")
    yield None if propiedades is None else propiedades.get("codeName")
    destinos = {r.get("Id"): r.get("Target", "") for r in etree.fromstring(libro["xl/_rels/workbook.xml.rels"])}
    for hoja in arbol.iterfind("{*}sheets/{*}sheet"):
        relacion = next(valor for nombre, valor in hoja.attrib.items() if str(nombre).endswith("}id"))
        destino = destinos[str(relacion)].removeprefix("/xl/")
        primero = etree.fromstring(libro[f"xl/{destino}"])[0]
        assert etree.QName(primero).localname == "sheetPr"
        yield primero.get("codeName")


def test_only_lists_and_marks_change_and_every_other_entry_keeps_its_bytes_in_the_zip(libro: Path) -> None:
    original = libro.read_bytes()
    antes, ahora = entradas(original), entradas(vincular(libro).read_bytes())
    cambiadas = {nombre for nombre in ahora if ahora[nombre] != antes.get(nombre)}
    assert cambiadas - {nombre for nombre in cambiadas if HOJAS.fullmatch(nombre)} == LISTAS | NUEVAS
    assert list(ahora)[: len(antes)] == list(antes)
    assert libro.read_bytes() == original


def test_sheets_and_workbook_get_a_code_name_and_nothing_more(libro: Path) -> None:
    antes, ahora = partes(libro), partes(vincular(libro))
    for nombre in antes:
        if nombre == "xl/workbook.xml" or HOJAS.fullmatch(nombre):
            uno, otro = (ELEMENTO.sub(b"", MARCA.sub(b"", todas[nombre])) for todas in (antes, ahora))
            assert uno == otro


def test_all_cells_are_equal(libro: Path) -> None:
    copia = vincular(libro)
    assert [(h.nombre, h.filas) for h in hojas_de(Paquete(copia))] == [
        (h.nombre, h.filas) for h in hojas_de(Paquete(libro))
    ]


def test_the_modules_of_the_project_are_those_of_the_code_names_for_two_other_readers(libro: Path) -> None:
    copia = vincular(libro)
    debidos = list(nombres_de_codigo(copia))
    cfb = CFB.from_bytes(partes(copia)["xl/vbaProject.bin"])
    proyecto = parse_vba_project(cfb)
    assert proyecto.module_names() == [*debidos, "ZedPuente", "ZedFunciones", "ZedCinta"]
    assert proyecto.validate(cfb) == []
    codigo = {n: texto for _, _, n, texto in VBA_Parser(str(copia)).extract_macros()}
    assert set(codigo) == {*(f"{n}.cls" for n in debidos), "ZedPuente.bas", "ZedFunciones.bas", "ZedCinta.bas"}
    assert check_file(copia).issues == check_file(libro).issues  # LibreOffice leaves some by itself


def test_it_says_what_it_is_and_shows_the_tab(libro: Path) -> None:
    paquete = Paquete(vincular(libro))
    assert_relaciones_completas(paquete) if b"x:" not in paquete.parte("xl/workbook.xml") else None
    tipos = etree.fromstring(paquete.parte("[Content_Types].xml"))
    declarados = {e.get("PartName"): e.get("ContentType") for e in tipos}
    assert declarados["/xl/workbook.xml"] == "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    assert declarados["/xl/vbaProject.bin"] == "application/vnd.ms-office.vbaProject"
    de_los_demas = next((e.get("ContentType") for e in tipos if e.get("Extension") == "xml"), None)
    assert declarados.get("/customUI/customUI14.xml", de_los_demas) == "application/xml"
    relaciones = etree.fromstring(paquete.parte("_rels/.rels"))
    cinta = next(r for r in relaciones if r.get("Type", "").endswith("2007/relationships/ui/extensibility"))
    assert cinta.get("Target") == "customUI/customUI14.xml"
    parte = etree.fromstring(paquete.parte("customUI/customUI14.xml"))
    ESQUEMA.assertValid(parte)
    assert [tab.get("id") for tab in parte.iter("{*}tab")] == ["tabPEI_libro"]


@pytest.mark.parametrize("escritor", [de_openpyxl, rico, con_prefijos, estricto], ids=lambda e: e.__name__)
def test_libreoffice_opens_it(escritor: Escritor, tmp_path: Path) -> None:
    copia = vincular(escritor(tmp_path / "libro.xlsx"))
    (tmp_path / "salida").mkdir()
    convertido = Paquete(guardado_por_libreoffice(copia, tmp_path / "salida"))
    nuestras = list(Paquete(copia).hojas())
    assert [hoja for hoja in convertido.hojas() if hoja != "Gráfico"] == nuestras  # Calc makes a sheet of a chart


def test_code_names_that_serve_are_kept(tmp_path: Path) -> None:
    assert list(nombres_de_codigo(vincular(rico(tmp_path / "libro.xlsx")))) == [
        "ThisWorkbook", "Hoja1", "Hoja2", "Hoja3", "Hoja5", "Hoja4",
    ]  # fmt: skip


def test_code_names_that_do_not_serve_are_replaced(tmp_path: Path) -> None:
    assert list(nombres_de_codigo(vincular(nombres_dificiles(tmp_path / "libro.xlsx")))) == [
        "ThisWorkbook", "Hoja2", "Hoja3", "Hoja4", "Hoja5", "Hoja6",
    ]  # fmt: skip


def test_the_module_of_a_chart_sheet_is_that_of_a_chart(tmp_path: Path) -> None:
    copia = vincular(de_xlsxwriter(tmp_path / "libro.xlsx"))
    codigo = {n: texto for _, _, n, texto in VBA_Parser(str(copia)).extract_macros()}
    assert "00020820-0000" in codigo["Hoja1.cls"]
    assert "00020821-0000" in codigo["Hoja3.cls"]


def test_a_dialog_sheet_has_no_module(tmp_path: Path) -> None:
    origen = escribir_libro(tmp_path / "origen.xlsx", {"Uno": [["a"]], "Diálogo": []})
    ruta = cambiar_parte(
        origen,
        tmp_path / "libro.xlsx",
        "xl/_rels/workbook.xml.rels",
        lambda xml: xml.replace(
            b'worksheet" Target="/xl/worksheets/sheet2', b'dialogsheet" Target="/xl/worksheets/sheet2'
        ),
    )
    copia = vincular(ruta)
    assert partes(copia)["xl/worksheets/sheet2.xml"] == partes(ruta)["xl/worksheets/sheet2.xml"]
    assert parse_vba_project(CFB.from_bytes(partes(copia)["xl/vbaProject.bin"])).module_names()[:3] == [
        "ThisWorkbook", "Hoja1", "ZedPuente",
    ]  # fmt: skip


def test_a_workbook_without_properties_gets_them_where_the_schema_wants_them(tmp_path: Path) -> None:
    origen = escribir_libro(tmp_path / "origen.xlsx", {"Uno": [["a"]]})
    ruta = cambiar_parte(
        origen, tmp_path / "libro.xlsx", "xl/workbook.xml",
        lambda xml: re.sub(rb"<workbookPr[^>]*/>", b'<fileVersion appName="xl"/>', xml),
    )  # fmt: skip
    assert (
        b'<fileVersion appName="xl"/><workbookPr codeName="ThisWorkbook"/>' in partes(vincular(ruta))["xl/workbook.xml"]
    )


def con_relacion(origen: Path, ruta: Path, lista: str, tipo: str) -> Path:
    """A copy of a book in which something leads to one more part."""
    relacion = f'<Relationship Id="rIdAjeno" Type="{tipo}" Target="ajeno.bin"/></Relationships>'.encode()
    return cambiar_parte(origen, ruta, lista, lambda xml: xml.replace(b"</Relationships>", relacion))


@pytest.mark.parametrize(
    ("lista", "tipo", "dice"),
    [
        ("xl/_rels/workbook.xml.rels", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "ya tiene macros"),
        ("xl/_rels/workbook.xml.rels", "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet", "ya tiene macros"),
        ("_rels/.rels", "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility", "ya tiene botones de otro"),
        ("_rels/.rels", "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin", "está firmado"),
    ],
)  # fmt: skip
def test_a_book_with_macros_a_ribbon_or_a_signature_is_refused_and_the_add_in_advised(
    lista: str, tipo: str, dice: str, tmp_path: Path
) -> None:
    origen = escribir_libro(tmp_path / "origen.xlsx", {"Uno": [["a"]]})
    libro = con_relacion(origen, tmp_path / "libro.xlsx", lista, tipo)
    with pytest.raises(LibroNoVinculable, match=f"{dice}.*zedxl instalar.*--complemento"):
        vincular(libro)
    assert not (tmp_path / "libro.xlsm").exists()


def test_a_binary_book_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "libro.xlsb").write_bytes(b"PK\x03\x04")
    with pytest.raises(LibroNoVinculable, match=r"binario.*--complemento"):
        vincular(tmp_path / "libro.xlsb")


def test_a_book_that_is_linked_already_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(LibroNoVinculable, match="No hace falta vincularlo"):
        vincular(LIBRO_ZED_ILO, tmp_path / "otro.xlsm")


def test_no_file_is_written_over(tmp_path: Path) -> None:
    libro = escribir_libro(tmp_path / "libro.xlsx", {"Uno": [["a"]]})
    (tmp_path / "libro.xlsm").write_bytes(b"de otro")
    with pytest.raises(LibroNoEscrito, match="Ya existe"):
        vincular(libro)
    assert (tmp_path / "libro.xlsm").read_bytes() == b"de otro"


def test_a_macro_enabled_book_without_macros_is_not_replaced_by_its_copy(tmp_path: Path) -> None:
    libro = Path(shutil.move(escribir_libro(tmp_path / "uno.xlsx", {"Uno": [["a"]]}), tmp_path / "uno.xlsm"))
    original = libro.read_bytes()
    with pytest.raises(LibroNoEscrito, match="--salida"):
        vincular(libro)
    assert vincular(libro, tmp_path / "dos.xlsm").exists()
    assert libro.read_bytes() == original


def test_the_copy_must_be_called_as_what_it_is(tmp_path: Path) -> None:
    libro = escribir_libro(tmp_path / "libro.xlsx", {"Uno": [["a"]]})
    with pytest.raises(LibroNoEscrito, match=r"debe terminar en \.xlsm\. Corrija"):
        vincular(libro, tmp_path / "otro.xlsx")


class TestComando:
    def test_it_says_where_the_copy_is_and_the_copy_gives_the_same_summary(self, tmp_path: Path) -> None:
        libro = escribir_libro(
            tmp_path / "Plan d'Ilo.xlsx",
            {"Seguimiento": [("Código", "Indicador", "Meta 2025", "Valor 2025-I"), ("AEI.01.01", "Número", 4, 3)]},
        )
        resultado = zedxl("vincular", libro)
        assert resultado.returncode == 0
        copia = libro.with_suffix(".xlsm")
        assert resultado.stdout.splitlines()[0] == f"Se escribió {copia}"
        assert zedxl("resumen", copia, "--json").stdout == zedxl("resumen", libro, "--json").stdout

    def test_the_add_in_is_left_beside_a_book_that_has_macros(self, tmp_path: Path) -> None:
        libro = libro_rico(tmp_path / "rico.xlsm")
        original = libro.read_bytes()
        assert "ya tiene macros" in falla(zedxl("vincular", libro, "--salida", tmp_path / "otro.xlsm"))
        resultado = zedxl("vincular", libro, "--complemento")
        assert (resultado.returncode, resultado.stdout.splitlines()[0]) == (0, f"Se escribió {tmp_path / 'zedxl.xlam'}")
        assert b"tabPEI_complemento" in partes(tmp_path / "zedxl.xlam")["customUI/customUI14.xml"]
        assert libro.read_bytes() == original
        assert zedxl("vincular", libro, "--complemento").stdout.startswith("Ya estaba")

    def test_another_file_of_the_name_of_the_add_in_stays(self, tmp_path: Path) -> None:
        libro = escribir_libro(tmp_path / "libro.xlsx", {"Uno": [["a"]]})
        (tmp_path / "zedxl.xlam").write_bytes(b"de otro")
        assert "Ya existe" in falla(zedxl("vincular", libro, "--complemento"))
        assert (tmp_path / "zedxl.xlam").read_bytes() == b"de otro"

    def test_the_two_ways_do_not_go_together(self, tmp_path: Path) -> None:
        libro = escribir_libro(tmp_path / "libro.xlsx", {"Uno": [["a"]]})
        assert "--complemento va solo" in falla(
            zedxl("vincular", libro, "--complemento", "--salida", tmp_path / "otro.xlsm")
        )
