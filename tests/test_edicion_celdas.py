"""Cells written in the file of a book: the XML before and after, what stops it, and how their content is kept."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from tests.hojas_xml import HOJA, libro_xml
from tests.libros import cambiar_parte
from zedxl.edicion.archivo import aplicar
from zedxl.edicion.cambio import Cambio, Contenido, Edicion, EdicionImposible
from zedxl.edicion.hoja_xml import celdas_con_formula
from zedxl.libro.direccion import leer_area
from zedxl.libro.hoja import contenido, hojas_de
from zedxl.libro.paquete import Paquete
from zedxl.plan import Celda


def celda(lugar: str, hoja: str = "Hoja 1") -> Celda:
    """A cell by its address."""
    area = leer_area(lugar)
    return Celda(hoja, area.fila, area.columna)


def cambio(lugar: str, antes: Contenido, despues: Contenido, como: str = "") -> Cambio:
    """A change in «Hoja 1»."""
    return Cambio(celda(lugar), antes, despues, como=celda(como) if como else None)


def editado(ruta: Path, *cambios: Cambio) -> Paquete:
    """The book with these changes made."""
    return Paquete(ruta, aplicar(Paquete(ruta), Edicion(cambios=cambios)))


def filas_de(paquete: Paquete, parte: str = HOJA) -> str:
    """The rows of a sheet, as XML."""
    return paquete.parte(parte).decode().partition("<sheetData>")[2].partition("</sheetData>")[0]


def leido(paquete: Paquete, lugar: Celda) -> Contenido:
    """What the reader of books finds in a cell."""
    hoja = next(hoja for hoja in hojas_de(paquete) if hoja.nombre == lugar.hoja)
    return contenido(hoja.valor(lugar.fila, lugar.columna))


@pytest.mark.parametrize(
    ("antes", "hecho", "despues"),
    [
        pytest.param("", ("B2", None, 5.0), '<row r="2"><c r="B2"><v>5</v></c></row>', id="the first of a sheet"),
        pytest.param(
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="4"><c r="A4"><v>4</v></c></row>',
            ("B3", None, 2.5),
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="B3"><v>2.5</v></c></row>'
            '<row r="4"><c r="A4"><v>4</v></c></row>',
            id="a row between rows",
        ),
        pytest.param(
            '<row r="1"><c r="A1"><v>1</v></c><c r="AA1"><v>27</v></c></row>',
            ("Z1", None, 26.0),
            '<row r="1"><c r="A1"><v>1</v></c><c r="Z1"><v>26</v></c><c r="AA1"><v>27</v></c></row>',
            id="a cell between cells, by column and not by letters",
        ),
        pytest.param(
            '<row r="1" spans="2:3" ht="30"><c r="B1"><v>1</v></c></row>',
            ("E1", None, "x"),
            '<row r="1" spans="2:5" ht="30"><c r="B1"><v>1</v></c><c r="E1" t="inlineStr"><is><t>x</t></is></c></row>',
            id="the spans grow",
        ),
        pytest.param(
            '<row r="1"><c r="A1"><v>1</v></c></row><row/><row><c/><c><v>8</v></c></row>',
            ("C3", None, 9.0),
            '<row r="1"><c r="A1"><v>1</v></c></row><row/><row><c/><c><v>8</v></c><c r="C3"><v>9</v></c></row>',
            id="rows and cells that do not say where they are",
        ),
        pytest.param(
            '<row><c><v>1</v></c><c><v>2</v></c></row>',
            ("B1", 2.0, 3.0),
            '<row><c><v>1</v></c><c><v>3</v></c></row>',
            id="a cell that does not say where it is",
        ),
        pytest.param('<row r="2"/>', ("A2", None, True), '<row r="2"><c r="A2" t="b"><v>1</v></c></row>', id="a row closed"),
        pytest.param(
            "<row r='1' >\r\n <c s='0'\r\n r='A1' t='n' ><v>7</v></c >\r\n</row >\r\n",
            ("A1", 7.0, 8.0),
            "<row r='1' >\r\n <c s='0'\r\n r='A1' ><v>8</v></c>\r\n</row>\r\n",
            id="other quotes, orders and spaces",
        ),
        pytest.param(
            """<row ht=' r="9"' r="1"><c x=' r="B1"' r="A1"><v>1</v></c></row>""",
            ("A1", 1.0, 2.0),
            """<row ht=' r="9"' r="1"><c x=' r="B1"' r="A1"><v>2</v></c></row>""",
            id="quotes within quotes",
        ),
        pytest.param(
            '<row r="1"><c r="A1" t="inlineStr" cm="1" vm="2"><is><t>x</t></is></c><c r="B1"/></row>',
            ("A1", "x", None),
            '<row r="1"><c r="A1"/><c r="B1"/></row>',
            id="emptied, and its metadata with it",
        ),
        pytest.param('<row r="1"/>', ("C1", None, None), '<row r="1"/>', id="nothing where nothing was"),
    ],
)  # fmt: skip
def test_only_the_cell_changes(
    tmp_path: Path, antes: str, hecho: tuple[str, Contenido, Contenido], despues: str
) -> None:
    ruta = libro_xml(tmp_path / "libro.xlsx", antes)
    paquete = editado(ruta, cambio(*hecho))
    assert filas_de(paquete) == despues
    assert leido(paquete, celda(hecho[0])) == hecho[2]


@pytest.mark.parametrize(
    ("valor", "escrito"),
    [
        (3.0, "<v>3</v>"),
        (-0.0, "<v>0</v>"),
        (0.1, "<v>0.1</v>"),
        (1 / 3, "<v>0.3333333333333333</v>"),
        (1e21, "<v>1E+21</v>"),
        (False, "<v>0</v>"),
        ("a<b & c", "<is><t>a&lt;b &amp; c</t></is>"),
        (" x\ny ", '<is><t xml:space="preserve"> x\ny </t></is>'),
        ("a\r\x07_x0041_", "<is><t>a_x000D__x0007__x005F_x0041_</t></is>"),
        ("ñandú €😀", "<is><t>ñandú €😀</t></is>"),
    ],
)
def test_a_value_is_written_as_excel_would_and_read_back(tmp_path: Path, valor: Contenido, escrito: str) -> None:
    paquete = editado(libro_xml(tmp_path / "libro.xlsx", ""), cambio("A1", None, valor))
    assert escrito in filas_de(paquete)
    assert leido(paquete, celda("A1")) == valor
    assert type(leido(paquete, celda("A1"))) is type(valor)


def test_prefixed_xml_stays_prefixed(tmp_path: Path) -> None:
    llano = libro_xml(tmp_path / "llano.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>')

    def con_prefijo(xml: bytes) -> bytes:
        return (
            xml.replace(b"xmlns=", b"xmlns:x=").replace(b"</", b"</x:").replace(b"<", b"<x:").replace(b"<x:/", b"</")
            .replace(b"<x:?", b"<?")
        )  # fmt: skip

    ruta = cambiar_parte(llano, tmp_path / "libro.xlsx", HOJA, con_prefijo)
    paquete = editado(ruta, cambio("A1", 1.0, "uno"), cambio("B2", None, 2.0))
    assert (
        b'<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>uno</x:t></x:is></x:c></x:row>'
        b'<x:row r="2"><x:c r="B2"><x:v>2</x:v></x:c></x:row>'
    ) in paquete.parte(HOJA)
    assert leido(paquete, celda("B2")) == 2.0


def test_the_dimension_grows_where_it_is_said(tmp_path: Path) -> None:
    ruta = libro_xml(tmp_path / "libro.xlsx", '<row r="2"><c r="B2"><v>1</v></c></row>')
    cambiar_parte(ruta, tmp_path / "otro.xlsx", HOJA, lambda xml: xml.replace(b'ref="A1"', b'ref="B2"'))
    paquete = editado(tmp_path / "otro.xlsx", cambio("D9", None, 1.0))
    assert b'<dimension ref="B2:D9"/>' in paquete.parte(HOJA)


@pytest.fixture
def con_estilos(tmp_path: Path) -> Path:
    ruta = tmp_path / "estilos.xlsx"
    libro = xlsxwriter.Workbook(ruta)
    hoja = libro.add_worksheet("Hoja 1")
    porcentaje, fecha = libro.add_format({"num_format": "0.0%"}), libro.add_format({"num_format": "dd/mm/yyyy"})
    hoja.write_number("A1", 0.25, porcentaje)
    hoja.write_datetime("A2", datetime(2025, 6, 30), fecha)
    hoja.write_string("A3", "compartido", libro.add_format({"bold": True}))
    hoja.write_rich_string("A4", "uno ", libro.add_format({"italic": True}), "dos")
    hoja.set_column("F:F", 10, porcentaje)
    hoja.set_row(6, 20, fecha)
    libro.close()
    return ruta


def estilo(paquete: Paquete, lugar: str) -> str:
    """The number format of a cell, by openpyxl."""
    import io

    import openpyxl

    return str(openpyxl.load_workbook(io.BytesIO(paquete.contenido))["Hoja 1"][lugar].number_format)


def test_a_percentage_is_written_as_a_fraction_that_reads_back_exactly(con_estilos: Path) -> None:
    paquete = editado(con_estilos, cambio("A1", 25.0, 7.0))
    assert '<c r="A1" s="1"><v>0.07</v></c>' in filas_de(paquete)
    assert leido(paquete, celda("A1")) == 7.0


def test_what_the_cell_holds_is_compared_as_it_is_read(con_estilos: Path) -> None:
    paquete = editado(
        con_estilos,
        cambio("A1", 25.0, None),
        cambio("A2", datetime(2025, 6, 30), None),
        cambio("A3", "compartido", None),
        cambio("A4", "uno dos", None),
        cambio("A5", "", None),
    )
    assert [leido(paquete, celda(f"A{fila}")) for fila in range(1, 6)] == [None] * 5
    assert '<c r="A2" s="2"/>' in filas_de(paquete)  # empty, and still formatted


def test_a_moment_in_a_cell_for_numbers_gets_a_format_for_moments(con_estilos: Path) -> None:
    momento = datetime(2026, 1, 15, 10, 20, 30)
    paquete = editado(con_estilos, cambio("A3", "compartido", momento), cambio("A2", datetime(2025, 6, 30), momento))
    assert leido(paquete, celda("A3")) == leido(paquete, celda("A2")) == momento
    assert estilo(paquete, "A3") == "m/d/yy h:mm"
    assert estilo(paquete, "A2") == "dd/mm/yyyy"


def test_a_number_in_a_cell_for_dates_is_no_date(con_estilos: Path) -> None:
    paquete = editado(con_estilos, cambio("A2", datetime(2025, 6, 30), 12.5))
    assert leido(paquete, celda("A2")) == 12.5
    assert estilo(paquete, "A2") == "General"


def test_moments_count_from_1904_where_the_book_does(tmp_path: Path) -> None:
    ruta = tmp_path / "mac.xlsx"
    libro = xlsxwriter.Workbook(ruta, {"date_1904": True})
    hoja = libro.add_worksheet("Hoja 1")
    hoja.write_datetime("A1", datetime(2025, 1, 2), libro.add_format({"num_format": "dd/mm/yyyy"}))
    libro.close()
    paquete = editado(ruta, cambio("A1", datetime(2025, 1, 2), datetime(2025, 1, 3, 12)))
    assert "<v>44198.5</v>" in filas_de(paquete)
    assert leido(paquete, celda("A1")) == datetime(2025, 1, 3, 12)


def test_a_new_cell_looks_as_its_row_its_column_or_the_one_it_is_told(con_estilos: Path) -> None:
    paquete = editado(
        con_estilos,
        cambio("F9", None, 50.0),
        cambio("F7", None, datetime(2026, 1, 1)),
        cambio("B9", None, 75.0, como="A1"),
        cambio("A2", datetime(2025, 6, 30), datetime(2026, 1, 1), como="A1"),
    )
    filas = filas_de(paquete)
    assert '<c r="F9" s="1"><v>0.5</v></c>' in filas
    assert '<c r="F7" s="2"><v>46023</v></c>' in filas
    assert '<c r="B9" s="1"><v>0.75</v></c>' in filas
    assert '<c r="A2" s="2"><v>46023</v></c>' in filas  # it has a look of its own


@pytest.mark.parametrize(
    ("lugar", "antes", "despues", "dice"),
    [
        ("A1", 2.0, 3.0, r"Hoja 1!A1 cambió desde que se leyó: decía 2 y ahora dice 1\."),
        ("A1", "1", 3.0, r"decía «1» y ahora dice 1\."),
        ("A1", True, 3.0, r"decía VERDADERO y ahora dice 1\."),
        ("A1", None, 3.0, r"decía vacío y ahora dice 1\."),
        ("B1", 2.0, 3.0, "Hoja 1!B1 se calcula con una fórmula"),
        ("C1", 5.0, 3.0, "Hoja 1!C1 se calcula con una fórmula"),
        ("C2", 6.0, 3.0, "Hoja 1!C2 se calcula con una fórmula"),
        ("C3", None, 3.0, "Hoja 1!C3 se calcula con una fórmula"),
        ("E2", None, 3.0, "Hoja 1!E2 está dentro de las celdas combinadas D1:E2.*primera celda, Hoja 1!D1"),
        ("A5", None, "x" * 32_768, "tiene 32,768 caracteres"),
        ("A5", None, "😀" * 16_384, "tiene 32,768 caracteres"),
        ("A5", None, "\ud800", "carácter dañado"),
        ("A5", None, float("nan"), "no cabe en una celda"),
        ("A5", None, 10**400, "no cabe en una celda"),
        ("A5", None, datetime(1899, 12, 31), "31/12/1899 no se puede guardar en Hoja 1!A5"),
    ],
)
def test_a_change_that_would_undo_something_is_refused_by_name(
    tmp_path: Path, lugar: str, antes: Contenido, despues: Contenido, dice: str
) -> None:
    celdas = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1*2</f><v>2</v></c>'
        '<c r="C1"><f t="array" ref="C1:C3">A1:A3*5</f><v>5</v></c><c r="D1"><v>4</v></c></row>'
        '<row r="2"><c r="C2"><v>6</v></c></row>'
    )
    combinadas = b'</sheetData><mergeCells count="1"><mergeCell ref="D1:E2"/></mergeCells>'
    libro_xml(tmp_path / "a.xlsx", celdas)
    cambiar_parte(tmp_path / "a.xlsx", tmp_path / "b.xlsx", HOJA, lambda xml: xml.replace(b"</sheetData>", combinadas))
    with pytest.raises(EdicionImposible, match=dice):
        editado(tmp_path / "b.xlsx", cambio("D1", 4.0, 5.0), cambio(lugar, antes, despues))


@pytest.mark.parametrize(
    ("hoja", "dice"), [("Otra", "«Otra» no existe en libro.xlsx"), ("Gráfico", "«Gráfico» no tiene celdas")]
)
def test_a_sheet_without_cells_is_refused(tmp_path: Path, hoja: str, dice: str) -> None:
    libro = xlsxwriter.Workbook(tmp_path / "libro.xlsx")
    libro.add_worksheet("Hoja 1").write("A1", 1)
    grafico = libro.add_chart({"type": "bar"})
    grafico.add_series({"values": "='Hoja 1'!$A$1"})
    libro.add_chartsheet("Gráfico").set_chart(grafico)
    libro.close()
    with pytest.raises(EdicionImposible, match=dice):
        editado(tmp_path / "libro.xlsx", Cambio(Celda(hoja, 1, 1), None, 1.0))


@pytest.mark.parametrize(
    "celdas",
    [
        pytest.param('<row r="1"><!-- nota --><c r="A1"><v>1</v></c></row>', id="a comment"),
        pytest.param('<row r="1"><c r="A1" t="str"><v><![CDATA[x]]></v></c></row>', id="CDATA"),
        pytest.param('<row r="1"><?pi x?><c r="A1"/></row>', id="a processing instruction"),
        pytest.param('<row r="2"><c r="A2"/></row><row r="1"><c r="A1"/></row>', id="rows out of order"),
        pytest.param('<row r="1"><c r="B1"/><c r="A1"/></row>', id="cells out of order"),
        pytest.param('<row r="1"><c r="A1"/><c r="A1"/></row>', id="a cell twice"),
        pytest.param('<row r="1"><c r="A7"/></row>', id="a cell of another row"),
        pytest.param('<row r="uno"><c/></row>', id="a row of no number"),
        pytest.param('<row r="1"><c r="1A"/></row>', id="no address"),
        pytest.param('<row r="1"><c r="B1"><c r="C1"/></c></row>', id="a cell in a cell"),
        pytest.param('<row r="1"><row r="2"/></row>', id="a row in a row"),
        pytest.param('<row r="1"><c r="A1" s="-1"/></row>', id="a style of no number"),
        pytest.param('<row r="1" xmlns="urn:otro"><c r="A1"/></row>', id="a row of another kind"),
        pytest.param('<row r="1"><c r="A1"><f t="array" ref="?">1</f></c></row>', id="an area of no cells"),
        pytest.param('<row r="1"><c r="A1">', id="cut off"),
        pytest.param('<row r="9999999"><c r="A9999999"/></row>', id="beyond the last row"),
    ],
)
def test_xml_that_cannot_be_edited_safely_is_refused_with_its_sheet(tmp_path: Path, celdas: str) -> None:
    ruta = libro_xml(tmp_path / "libro.xlsx", celdas)
    with pytest.raises(EdicionImposible, match=r"libro\.xlsx: la hoja «Hoja 1» está dañada, o escrita"):
        editado(ruta, cambio("A1", None, 1.0))


@pytest.mark.parametrize("numero", ["99", "-1", "x"])
def test_a_shared_text_that_is_not_there_is_refused(con_estilos: Path, tmp_path: Path, numero: str) -> None:
    mala = f't="s"><v>{numero}</v>'.encode()
    ruta = cambiar_parte(
        con_estilos, tmp_path / "libro.xlsx", HOJA, lambda xml: xml.replace(b't="s"><v>0</v>', mala, 1)
    )
    with pytest.raises(EdicionImposible, match="la hoja «Hoja 1» está dañada, o escrita"):
        editado(ruta, cambio("A3", "compartido", 1.0))


def test_a_sheet_in_utf_16_is_refused(tmp_path: Path) -> None:
    llano = libro_xml(tmp_path / "llano.xlsx", "")
    ruta = cambiar_parte(
        llano, tmp_path / "libro.xlsx", HOJA, lambda xml: xml.decode().replace("UTF-8", "UTF-16").encode("utf-16")
    )
    with pytest.raises(EdicionImposible, match="la hoja «Hoja 1» está dañada, o escrita"):
        editado(ruta, cambio("A1", None, 1.0))


def test_changes_of_the_same_cell_are_made_one_after_the_other(tmp_path: Path) -> None:
    ruta = libro_xml(tmp_path / "libro.xlsx", "")
    paquete = editado(ruta, cambio("A1", None, "uno"), cambio("A1", "uno", "dos"))
    assert leido(paquete, celda("A1")) == "dos"
    with pytest.raises(EdicionImposible, match="decía vacío y ahora dice «uno»"):
        editado(ruta, cambio("A1", None, "uno"), cambio("A1", None, "dos"))


def test_an_edit_that_says_what_is_there_already_changes_no_byte(con_estilos: Path) -> None:
    paquete = editado(con_estilos, cambio("B8", None, None))
    assert paquete.contenido == con_estilos.read_bytes()


@pytest.mark.parametrize(
    ("filas", "esperadas"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c></row>', set()),
        ('<row r="3"><c r="B3"><v>1</v></c><c r="D3"><f>1</f></c></row>', {(3, 4)}),
        ('<row><c/><c><f>1</f></c></row><row r="5"><c r="B5"/><c><f t="shared" si="0"/></c></row>', {(1, 2), (5, 3)}),
        ('<row r="2"><c r="A2"><f t="array" ref="A2:B3">1</f></c></row>', {(2, 1), (2, 2), (3, 1), (3, 2)}),
        ('<row r="2"><c r="A2"><f t="dataTable" ref="A2:A3" r1="B1"/></c></row>', {(2, 1), (3, 1)}),
        ('<row r="2"><c r="A2"><f t="shared" ref="A2:A9" si="0">1</f></c></row>', {(2, 1)}),
        ('<row r="2"><c r="A2"><f t="array" ref="A1:XFD1048576">1</f></c></row>', {(2, 1)}),
    ],
)
@pytest.mark.parametrize("prefijo", ["", "x:"])
def test_computed_cells_are_found_with_the_results_of_array_formulas(
    filas: str, esperadas: set[tuple[int, int]], prefijo: str
) -> None:
    espacio = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    declarado = f'xmlns{":" + prefijo[:-1] if prefijo else ""}="{espacio}"'
    con_prefijo = filas.replace("</", "\0").replace("<", f"<{prefijo}").replace("\0", f"</{prefijo}")
    extension = '<e:f xmlns:e="urn:x">1</e:f>'
    xml = f"<{prefijo}worksheet {declarado}><{prefijo}sheetData>{con_prefijo}</{prefijo}sheetData>{extension}</{prefijo}worksheet>"
    assert celdas_con_formula(xml.encode()) == esperadas
    assert celdas_con_formula(xml.encode("utf-16")) == esperadas


def test_other_sheets_and_parts_keep_their_bytes(con_estilos: Path) -> None:
    paquete = editado(con_estilos, cambio("A1", 25.0, 30.0))
    with zipfile.ZipFile(con_estilos) as antes:
        distintas = {nombre for nombre in antes.namelist() if antes.read(nombre) != paquete.parte(nombre)}
    assert distintas == {HOJA}
