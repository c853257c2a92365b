"""What recalculating changes in the file: values, and not one byte besides."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tests.hojas_xml import HOJA, libro_de_formulas, libro_xml
from tests.libros import LIBRO_ZED_ILO, cambiar_parte
from udfs import ErrorDeCelda
from zedxl.libro.paquete import Paquete
from zedxl.libro.paquete_crudo import con_partes
from zedxl.recalculo.calculo import LibroNoRecalculable, recalcular
from zedxl.recalculo.celdas_xml import HojaXML
from zedxl.recalculo.valor_de_celda import Valor, codificar, decodificar, es_el_mismo


def recalculado(ruta: Path) -> Path:
    """The file with the book recalculated, beside it."""
    salida = ruta.with_name("recalculado.xlsx")
    salida.write_bytes(recalcular(Paquete(ruta)).contenido)
    return salida


def hoja(ruta: Path) -> str:
    """The cells of the first sheet, as XML."""
    with zipfile.ZipFile(ruta) as paquete:
        return paquete.read(HOJA).decode().partition("<sheetData>")[2].partition("</sheetData>")[0]


def entradas(ruta: Path) -> dict[str, bytes]:
    """Each entry of a package as it stands in the file, its header and compressed bytes."""
    crudo = ruta.read_bytes()
    with zipfile.ZipFile(ruta) as paquete:
        inicios = sorted(i.header_offset for i in paquete.infolist())
        finales = dict(zip(inicios, [*inicios[1:], paquete.start_dir], strict=True))
        return {i.filename: crudo[i.header_offset : finales[i.header_offset]] for i in paquete.infolist()}


def test_the_shipped_book_is_right_already_and_stays_byte_for_byte() -> None:
    recalculo = recalcular(Paquete(LIBRO_ZED_ILO))
    assert recalculo.formulas > 500
    assert recalculo.cambios == ()
    assert recalculo.conservadas == ()
    assert recalculo.contenido == LIBRO_ZED_ILO.read_bytes()


def test_wrong_values_in_the_shipped_book_come_right_and_nothing_else_is_touched(tmp_path: Path) -> None:
    with zipfile.ZipFile(LIBRO_ZED_ILO) as paquete:
        parte = next(n for n in paquete.namelist() if b"PUNTAJE_PEI(" in paquete.read(n) and "sheet" in n)
    estropeado = cambiar_parte(
        LIBRO_ZED_ILO,
        tmp_path / "libro.xlsm",
        parte,
        lambda xml: re.sub(rb"(</f><v>)[\d.]+(</v>)", rb"\g<1>12345\2", xml),
    )
    recalculo = recalcular(Paquete(estropeado))
    assert recalculo.conservadas == ()
    assert recalculo.cambios
    salida = tmp_path / "salida.xlsm"
    salida.write_bytes(recalculo.contenido)
    antes, despues = entradas(estropeado), entradas(salida)
    assert {nombre for nombre in antes if antes[nombre] != despues[nombre]} == {parte}
    assert list(antes) == list(despues)
    with zipfile.ZipFile(salida) as nuevo, zipfile.ZipFile(LIBRO_ZED_ILO) as original:
        assert nuevo.testzip() is None
        # the book's writer says 100.0 where Excel and zedxl say 100
        assert nuevo.read(parte).replace(b".0</v>", b"</v>") == original.read(parte).replace(b".0</v>", b"</v>")


@pytest.mark.parametrize(
    ("celda", "esperada"),
    [
        ('<c r="B1"><f>A1*2</f></c>', '<c r="B1"><f>A1*2</f><v>14</v></c>'),
        ('<c r="B1" s="3"><f>A1*2</f><v>9</v></c>', '<c r="B1" s="3"><f>A1*2</f><v>14</v></c>'),
        ('<c r="B1" t="str" s="3"><f ca="1">A1/4</f><v>x</v></c>', '<c r="B1" s="3"><f ca="1">A1/4</f><v>1.75</v></c>'),
        ("<c r='B1' t='e'><f>A1/3</f><v>#N/A</v></c>", "<c r='B1'><f>A1/3</f><v>2.3333333333333335</v></c>"),
        ('<c r="B1"><f>1/0</f><v>3</v></c>', '<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'),
        ('<c r="B1"><f>A1&gt;1</f><v>0</v></c>', '<c r="B1" t="b"><f>A1&gt;1</f><v>1</v></c>'),
        ('<c r="B1"><f>A1&amp;"&lt;"</f><v>0</v></c>', '<c r="B1" t="str"><f>A1&amp;"&lt;"</f><v>7&lt;</v></c>'),
        ('<c r="B1"><f>""</f><v/></c>', '<c r="B1" t="str"><f>""</f><v></v></c>'),
        ('<c r="B1"><f>C9</f></c>', '<c r="B1"><f>C9</f><v>0</v></c>'),
        ('<c r="B1"><f>10^20</f></c>', '<c r="B1"><f>10^20</f><v>1E+20</v></c>'),
        ('<c r="B1"><f>10^400</f></c>', '<c r="B1" t="e"><f>10^400</f><v>#NUM!</v></c>'),
        ('<c r="B1"><f>A1&amp;"_x0041_"</f></c>',
         '<c r="B1" t="str"><f>A1&amp;"_x0041_"</f><v>7_x005F_x0041_</v></c>'),
    ],
)  # fmt: skip
def test_only_the_value_and_its_kind_change_in_a_cell(celda: str, esperada: str, tmp_path: Path) -> None:
    fila = '<row r="1"><c r="A1"><v>7</v></c>{}<c r="D1" s="2"><v>0.10</v></c></row>'
    ruta = libro_xml(tmp_path / "libro.xlsx", fila.format(celda))
    salida = recalculado(ruta)
    assert hoja(salida) == fila.format(esperada)
    assert recalcular(Paquete(salida)).contenido == salida.read_bytes()


@pytest.mark.parametrize(
    "celda",
    [
        '<c r="B1" t="n"><f>A1*2</f><v>14.0</v></c>', '<c r="B1"><f>A1/3</f><v>2.33333333333333</v></c>',
        '<c r="B1" t="str"><f>A1&amp;"á"</f><v>7&#225;</v></c>', '<c r="B1"  t="b"><f>A1=7</f> <v>1</v> </c>',
        '<c r="B1" t="str"><f>""</f></c>', '<c r="B1" t="str"><f>""</f><v/></c>',
    ],
)  # fmt: skip
def test_a_value_that_is_right_is_left_as_it_is_written(celda: str, tmp_path: Path) -> None:
    ruta = libro_xml(tmp_path / "libro.xlsx", f'<row r="1"><c r="A1"><v>7</v></c>{celda}</row>')
    esperado = [] if "</v>" in celda or "<v/>" in celda else ["B1"]
    assert [c.celda for c in recalcular(Paquete(ruta)).cambios] == esperado


def test_shared_and_array_formulas_keep_their_form(tmp_path: Path) -> None:
    celdas = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B3" si="0">$A1*10+A1</f><v>0</v></c>'
        '<c r="C1" cm="1"><f t="array" ref="C1:C3">A1:A3*2</f><v>0</v></c>'
        '<c r="D1"><f t="array" ref="D1">SUM(A1:A3*A1:A3)</f><v>0</v></c>'
        '<c r="E1"><f t="array" ref="E1:E2">AVANCE_AEI(A2:A3,A1:A2)</f><v>0</v></c></row>'
        '<row r="2"><c r="A2"><v>2</v></c><c r="B2"><f t="shared" si="0"/><v>0</v></c><c r="C2"><v>0</v></c>'
        '<c r="E2" s="1" t="str"><v>x</v></c></row>'
        '<row r="3"><c r="A3"><v>3</v></c><c r="B3"><f t="shared" si="0"/><v>0</v></c><c r="C3"><v>6</v></c></row>'
    )
    salida = hoja(recalculado(libro_xml(tmp_path / "libro.xlsx", celdas)))
    assert re.findall(r"<f.*?(?:/>|</f>)", salida) == re.findall(r"<f.*?(?:/>|</f>)", celdas)
    valores = dict(re.findall(r'<c r="(\w+)".*?<v>(.*?)</v>', salida))
    # C: A × 2; D: 1 + 4 + 9; E: 1 of 2 and 2 of 3
    assert valores == {
        "A1": "1", "B1": "11", "C1": "2", "D1": "14", "E1": "50",
        "A2": "2", "B2": "22", "C2": "4", "E2": "66.66666666666666", "A3": "3", "B3": "33", "C3": "6",
    }  # fmt: skip
    assert '<c r="E2" s="1"><v>' in salida


def test_shared_formulas_that_the_engine_must_be_told_anew_are_each_their_own(tmp_path: Path) -> None:
    celdas = "".join(
        f'<row r="{n}"><c r="A{n}" t="str"><v>{a}</v></c><c r="B{n}" t="str"><v>{b}</v></c>'
        f'<c r="C{n}"><f t="shared" {"ref=" + chr(34) + "C1:C3" + chr(34) if n == 1 else ""} si="4">'
        f"{'A1=B1' if n == 1 else ''}</f></c></row>"
        for n, (a, b) in enumerate([("sí", "SÍ"), ("sí", "no"), ("ÑU", "ñu")], 1)
    )
    recalculo = recalcular(Paquete(libro_xml(tmp_path / "libro.xlsx", celdas)))
    assert [(c.celda, c.ahora) for c in recalculo.cambios] == [("C1", True), ("C2", False), ("C3", True)]


def test_xml_with_prefixes_is_as_good(tmp_path: Path) -> None:
    ruta = libro_de_formulas(tmp_path / "llano.xlsx", {"A1": 7, "B1": "=A1*2", "C1": '=A1&"x"'})

    def con_prefijo(xml: bytes) -> bytes:
        return re.sub(rb"<(/?)(\w)", rb"<\1x:\2", xml).replace(b"xmlns=", b"xmlns:x=").replace(b"<x:?", b"<?")

    salida = recalculado(cambiar_parte(ruta, tmp_path / "libro.xlsx", HOJA, con_prefijo))
    with zipfile.ZipFile(salida) as paquete:
        xml = paquete.read(HOJA).decode()
    assert '<x:c r="B1"><x:f>A1*2</x:f><x:v>14</x:v></x:c><x:c r="C1" t="str">' in xml
    assert openpyxl.load_workbook(salida, data_only=True)["Hoja 1"]["C1"].value == "7x"


@pytest.mark.parametrize(
    "cambio",
    [
        (b"<f>", b"<f><!-- nota -->"), (b"<f>A1*2</f>", b"<f><![CDATA[A1*2]]></f>"), (b' r="B1"', b""),
        (b'encoding="UTF-8"', b'encoding="latin-1"'),
    ],
)  # fmt: skip
def test_a_sheet_in_which_values_cannot_be_replaced_safely_is_refused(
    cambio: tuple[bytes, bytes], tmp_path: Path
) -> None:
    ruta = libro_de_formulas(tmp_path / "llano.xlsx", {"A1": 7, "B1": "=A1*2"})
    raro = cambiar_parte(ruta, tmp_path / "libro.xlsx", HOJA, lambda xml: xml.replace(*cambio))
    with pytest.raises(LibroNoRecalculable, match=r"La hoja Hoja 1 de libro\.xlsx está escrita de un modo"):
        recalcular(Paquete(raro))


def test_in_a_book_counted_from_1904_what_computes_dates_is_kept(tmp_path: Path) -> None:
    ruta = tmp_path / "libro.xlsx"
    libro = xlsxwriter.Workbook(ruta, {"date_1904": True})
    libro.add_worksheet().write_formula("A1", "=DATE(2024,1,2)", None, 0)
    libro.close()
    (conservada,) = recalcular(Paquete(ruta)).conservadas
    assert conservada.motivo == "usa fechas en un libro que las cuenta desde 1904"


@given(st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.text(), st.booleans()))
def test_what_is_written_in_a_cell_is_read_again(valor: Valor) -> None:
    clase, xml = codificar(valor)
    if isinstance(valor, str):
        valor = re.sub("[\ud800-\udfff]", "\ufffd", valor)
    assert es_el_mismo(decodificar(clase, xml), valor)
    HojaXML(f"<worksheet><sheetData><c r='A1'><v>{xml}</v></c></sheetData></worksheet>".encode())


@given(
    st.dictionaries(st.sampled_from("abcde"), st.binary(max_size=200), min_size=1), st.sets(st.sampled_from("abcde"))
)
def test_a_package_with_other_parts_is_a_good_zip(partes: dict[str, bytes], cambian: set[str]) -> None:
    import io

    original = io.BytesIO()
    with zipfile.ZipFile(original, "w") as zip_:
        for n, (nombre, contenido) in enumerate(partes.items()):
            zip_.writestr(nombre, contenido, zipfile.ZIP_DEFLATED if n % 2 else zipfile.ZIP_STORED)
        zip_.comment = b"comentario"
    nuevas = {nombre: b"nuevo " + partes[nombre] for nombre in cambian & partes.keys()}
    with zipfile.ZipFile(io.BytesIO(con_partes(original.getvalue(), nuevas))) as zip_:
        assert zip_.testzip() is None
        assert {nombre: zip_.read(nombre) for nombre in zip_.namelist()} == {**partes, **nuevas}
        assert zip_.comment == b"comentario"


def test_an_error_that_only_newer_spreadsheets_have_is_written_as_it_is() -> None:
    assert codificar(ErrorDeCelda("#CALC!")) == ("e", "#CALC!")


def test_letters_that_a_writer_spells_as_numbers_are_those_letters(tmp_path: Path) -> None:
    ruta = libro_xml(tmp_path / "libro.xlsx", '<row r="1"><c r="A1"><f>IF(TRUE,"&#8211;&#xF1;","")</f></c></row>')
    assert "<v>–ñ</v>" in hoja(recalculado(ruta))
