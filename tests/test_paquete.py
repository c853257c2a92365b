"""Files that are no workbook, damaged ones and hostile ones: refused early, in Spanish, without a traceback."""

import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.libros import LIBRO_ZED_ILO, TITULOS, aei, cambiar_parte, escribir_libro
from zedxl.libro.lectura import leer
from zedxl.libro.paquete import LibroIlegible, Paquete
from zedxl.periodo import Periodo

HOJA = "xl/worksheets/sheet1.xml"


@pytest.fixture
def libro(tmp_path: Path) -> Path:
    return escribir_libro(tmp_path / "libro.xlsx", {"Seguimiento": [TITULOS, aei("AEI.01.01", 4, 2)]})


def escribir(ruta: Path, contenido: bytes) -> Path:
    ruta.write_bytes(contenido)
    return ruta


def ole(contenido: bytes) -> bytes:
    """The start of a compound file, as old .xls and password-protected books are."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + contenido


@pytest.mark.parametrize(
    ("nombre", "contenido", "dice"),
    [
        ("vacio.xlsx", b"", "está vacío"),
        ("texto.xlsx", b"codigo;meta\nAEI.01.01;3", "no es un libro de Excel"),
        ("imagen.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(64), "no es un libro de Excel"),
        ("pdf.xlsx", b"%PDF-1.7", "no es un libro de Excel"),
        ("solo_firma.xlsx", b"PK\x03\x04", "dañado o incompleto"),
        ("viejo.xls", ole("Workbook".encode("utf-16-le")), "formato antiguo .xls"),
        ("clave.xlsx", ole("EncryptedPackage".encode("utf-16-le")), "protegido con contraseña"),
    ],
)
def test_no_workbook(tmp_path: Path, nombre: str, contenido: bytes, dice: str) -> None:
    with pytest.raises(LibroIlegible, match=dice):
        leer(escribir(tmp_path / nombre, contenido))


@pytest.mark.parametrize(
    ("parte", "dice"),
    [
        ("word/document.xml", "documento de Word"),
        ("xl/workbook.bin", "formato .xlsb"),
        ("content.xml", "OpenDocument"),
        ("foto.jpg", "no es un libro de Excel"),
    ],
)
def test_another_kind_of_package(tmp_path: Path, parte: str, dice: str) -> None:
    ruta = tmp_path / "otro.xlsx"
    with zipfile.ZipFile(ruta, "w") as paquete:
        paquete.writestr(parte, b"<x/>")
    with pytest.raises(LibroIlegible, match=dice):
        leer(ruta)


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(LibroIlegible, match="No existe"):
        leer(tmp_path / "no está.xlsx")
    with pytest.raises(LibroIlegible, match="es una carpeta"):
        leer(tmp_path)


@pytest.mark.parametrize("parte_que_queda", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_book(libro: Path, tmp_path: Path, parte_que_queda: float) -> None:
    contenido = libro.read_bytes()
    truncado = escribir(tmp_path / "truncado.xlsx", contenido[: int(len(contenido) * parte_que_queda)])
    with pytest.raises(LibroIlegible, match="dañado o incompleto"):
        leer(truncado)


@pytest.mark.parametrize("codificacion", ["utf-8", "utf-16"])
@pytest.mark.parametrize("parte", [HOJA, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"])
def test_entities_are_refused(libro: Path, tmp_path: Path, parte: str, codificacion: str) -> None:
    bomba = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    hostil = cambiar_parte(libro, tmp_path / "hostil.xlsx", parte, lambda _: bomba.encode(codificacion))
    with pytest.raises(LibroIlegible, match="entidades XML"):
        leer(hostil)


@pytest.mark.parametrize(
    "xml",
    [
        b'<dimension ref="A1:XFD1048576"/><sheetData/>',
        b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>',
        b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="150000"><c r="XFD150000"><v>1</v></c></row></sheetData>',
        b"<sheetData><row r='1'><c r='A1'><v>1</v></c></row><row r='1000000'><c\nr='B1000000'><v>1</v></c></row></sheetData>",
        b'<sheetData><row r="9"><c r="A9"><v>1</v></c><c r="XFD199999"><v>1</v></c></row></sheetData>',
        b'<sheetData><row r="190000"><c r="XFD190000"><v>1</v></c></row><row r="190001"><c r="A190001"><v>1</v></c></row></sheetData>',
    ],
)
def test_a_sheet_that_claims_a_million_rows(libro: Path, tmp_path: Path, xml: bytes) -> None:
    hoja = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + xml + b"</worksheet>"
    with pytest.raises(LibroIlegible, match="dice llegar hasta la celda"):
        leer(cambiar_parte(libro, tmp_path / "hostil.xlsx", HOJA, lambda _: hoja))


def test_a_package_that_declares_gigabytes(libro: Path, tmp_path: Path) -> None:
    contenido = bytearray(libro.read_bytes())
    entrada = contenido.rfind(b"PK\x01\x02")
    contenido[entrada + 24 : entrada + 28] = struct.pack("<I", 0xFFFFFFF0)
    with pytest.raises(LibroIlegible, match="no es un libro normal"):
        leer(escribir(tmp_path / "hostil.xlsx", bytes(contenido)))


def test_a_book_that_unpacks_to_far_more_than_it_weighs(libro: Path, tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(libro) as original,
        zipfile.ZipFile(tmp_path / "bomba.xlsx", "w", zipfile.ZIP_DEFLATED) as copia,
    ):
        for nombre in original.namelist():
            copia.writestr(nombre, original.read(nombre))
        copia.writestr("xl/media/relleno.xml", bytes(60 * 2**20))
    with pytest.raises(LibroIlegible, match="no es un libro normal"):
        leer(tmp_path / "bomba.xlsx")


def test_a_part_larger_than_it_declares(libro: Path, tmp_path: Path) -> None:
    contenido = bytearray(libro.read_bytes())
    with zipfile.ZipFile(libro) as paquete:
        real = paquete.getinfo(HOJA).file_size
    for firma, desplazamiento in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        entrada = 0
        while (entrada := contenido.find(firma, entrada + 1)) > 0:
            if struct.unpack_from("<I", contenido, entrada + desplazamiento)[0] == real:
                struct.pack_into("<I", contenido, entrada + desplazamiento, 10)
    with pytest.raises(LibroIlegible, match="dañado o incompleto"):
        leer(escribir(tmp_path / "hostil.xlsx", bytes(contenido)))


def test_a_package_with_a_part_twice(libro: Path, tmp_path: Path) -> None:
    hostil = tmp_path / "hostil.xlsx"
    with zipfile.ZipFile(libro) as original, zipfile.ZipFile(hostil, "w") as copia:
        for nombre in original.namelist():
            copia.writestr(nombre, original.read(nombre))
        copia.writestr(HOJA.upper(), original.read(HOJA))
    with pytest.raises(LibroIlegible, match="repite una de sus partes"):
        leer(hostil)


def test_two_sheets_that_are_the_same_part(libro: Path, tmp_path: Path) -> None:
    """Whoever changed a cell of one would change the other."""
    otra = b'<sheet name="Otra" sheetId="9" r:id="rId1"/></sheets>'
    doble = cambiar_parte(
        libro, tmp_path / "doble.xlsx", "xl/workbook.xml", lambda xml: xml.replace(b"</sheets>", otra)
    )
    assert Paquete(libro).parte("xl/workbook.xml").count(b'r:id="rId1"') == 1
    with pytest.raises(LibroIlegible, match="dañado o incompleto"):
        leer(doble)


def test_an_encrypted_entry(libro: Path, tmp_path: Path) -> None:
    contenido = bytearray(libro.read_bytes())
    entrada = contenido.find(b"PK\x01\x02")
    contenido[entrada + 8] |= 1
    with pytest.raises(LibroIlegible, match="cifrado"):
        leer(escribir(tmp_path / "hostil.xlsx", bytes(contenido)))


@pytest.mark.parametrize("parte", [HOJA, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"])
@pytest.mark.parametrize("contenido", [b"<a><b></a>", b"\xff\xfe\x00", b"", b"<x/>", bytes(100)])
def test_a_part_that_is_not_what_it_should_be(libro: Path, tmp_path: Path, parte: str, contenido: bytes) -> None:
    _leer_o_negarse(cambiar_parte(libro, tmp_path / "hostil.xlsx", parte, lambda _: contenido))


@pytest.mark.parametrize(
    ("antes", "despues"),
    [(b' r="', b' r="ZZZZ'), (b' r="', b' r="A-'), (b'r="2"', b'r="dos"'), (b' r="', b' q="'), (b"<v>", b"<v>x")],
)
def test_references_that_make_no_sense(libro: Path, tmp_path: Path, antes: bytes, despues: bytes) -> None:
    _leer_o_negarse(cambiar_parte(libro, tmp_path / "hostil.xlsx", HOJA, lambda xml: xml.replace(antes, despues)))


@pytest.mark.parametrize("semilla", range(150))
def test_random_damage_is_read_or_refused_but_nothing_else(tmp_path: Path, semilla: int) -> None:
    azar = random.Random(semilla)
    contenido = bytearray(LIBRO_ZED_ILO.read_bytes())
    for _ in range(azar.randint(1, 20)):
        contenido[azar.randrange(len(contenido))] = azar.randrange(256)
    _leer_o_negarse(escribir(tmp_path / "roto.xlsx", bytes(contenido)))


@pytest.mark.parametrize("semilla", range(150))
def test_random_damage_inside_a_sheet_is_read_or_refused_but_nothing_else(
    libro: Path, tmp_path: Path, semilla: int
) -> None:
    azar = random.Random(semilla)

    def romper(xml: bytes) -> bytes:
        roto = bytearray(xml)
        for _ in range(azar.randint(1, 6)):
            lugar = azar.randrange(len(roto))
            roto[lugar : lugar + azar.randrange(3)] = azar.choice(
                [b"<", b">", b'"', b"9", b"Z", b"&", b"\x00", b"</c>"]
            )
        return bytes(roto)

    _leer_o_negarse(cambiar_parte(libro, tmp_path / "roto.xlsx", HOJA, romper))


def test_prefixed_xml_is_read_like_any_other(tmp_path: Path, libro_plano: Callable[..., Path]) -> None:
    """Some writers put a prefix before every tag."""
    original = libro_plano(aei("AEI.01.01", 0.5, "=1+1"))

    def con_prefijo(xml: bytes) -> bytes:
        import re

        return re.sub(rb"<(/?)(?!\?)", rb"<\1x:", xml).replace(b"xmlns=", b"xmlns:x=")

    plan = leer(cambiar_parte(original, tmp_path / "prefijo.xlsx", HOJA, con_prefijo))
    assert next(plan.aeis).indicadores[0].meta(2025).valor == 0.5
    assert [h.regla for h in plan.hallazgos] == ["formula-sin-valor"]
    assert next(plan.aeis).indicadores[0].valor(Periodo(2025, 1)).valor is None


def _leer_o_negarse(ruta: Path) -> None:
    """Reading ends in a plan or in `LibroIlegible`; anything else fails the test."""
    try:
        leer(ruta)
    except LibroIlegible as error:
        assert str(error)


def test_who_made_a_file_is_not_taken_for_who_saved_it(libro: Path) -> None:
    with zipfile.ZipFile(libro) as zip_del_libro:
        assert b">openpyxl</dc:creator>" in zip_del_libro.read("docProps/core.xml")
    quien, cuando = Paquete(libro).guardado()
    assert quien == ""
    assert cuando is not None
