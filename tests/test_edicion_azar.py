"""Edits at random, of sheets at random, in books of several writers; and damaged parts, which are refused."""

from __future__ import annotations

import io
import random
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hojas_xml import libro_xml
from tests.libro_rico import libro_rico
from tests.test_edicion_libro_rico import CANDADO, COLUMNA, HOJA_NUEVA, TEXTO_EN_RESUMEN, VALOR
from zedxl.calc.instalacion import CalcNoInstalado, comprobar_libreoffice
from zedxl.edicion.archivo import aplicar
from zedxl.edicion.cambio import Cambio, Contenido, Edicion, EdicionImposible, canonico
from zedxl.edicion.hoja_xml import HojaEditable, celdas_con_formula
from zedxl.libro.hoja import SIN_CALCULAR, contenido, hojas_de
from zedxl.libro.paquete import LibroIlegible, Paquete
from zedxl.libro.paquete_crudo import con_partes
from zedxl.libro.xml_crudo import XMLNoEditable
from zedxl.plan import Celda

Lugar = tuple[int, int]
Celdas = Mapping[Lugar, Contenido]

HOJA = "Hoja 1"
FORMATOS = ("General", "0.0%", "dd/mm/yyyy", "dd/mm/yyyy hh:mm:ss", "@", "0.00", "[h]:mm")

numeros = st.one_of(
    st.integers(-(10**6), 10**6).map(float),
    st.floats(-1e12, 1e12).filter(lambda x: not 0 < abs(x) < 1e-290).map(lambda x: float(f"{x:.15g}")),
    st.floats(1e-290, 1e300).map(lambda x: float(f"{x:.15g}")),
)  # fmt: skip
textos = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
momentos = st.datetimes(datetime(1900, 3, 2), datetime(2200, 1, 1)).map(lambda m: m.replace(microsecond=0))
valores = st.one_of(st.none(), numeros, textos, st.booleans(), momentos)
lugares = st.tuples(st.integers(1, 12), st.integers(1, 30))
guardadas = st.one_of(
    st.tuples(valores, st.sampled_from(["General", "0.0%", "@", "0.00"])),
    st.tuples(st.one_of(st.floats(0, 2e5), momentos, textos), st.sampled_from(FORMATOS)),
)
hojas = st.dictionaries(lugares, guardadas, max_size=25)
ediciones = st.lists(st.tuples(lugares, valores), min_size=1, max_size=8, unique_by=lambda par: par[0])


def leidas(paquete: Paquete, hoja: str = HOJA) -> dict[Lugar, str]:
    """What the reader of books finds in the cells that are not empty, each written in one way only."""
    filas = next(h for h in hojas_de(paquete) if h.nombre == hoja).filas
    todas = {(f, c): canonico(contenido(v)) for f, fila in enumerate(filas, 1) for c, v in enumerate(fila, 1)}
    return {lugar: valor for lugar, valor in todas.items() if valor}


def cambios(paquete: Paquete, nuevos: Celdas, hoja: str = HOJA) -> Edicion:
    """The edit that puts these values over whatever the reader finds there."""
    filas = next(h for h in hojas_de(paquete) if h.nombre == hoja)
    return Edicion(
        tuple(Cambio(Celda(hoja, *lugar), contenido(filas.valor(*lugar)), valor) for lugar, valor in nuevos.items())
    )


def con_xlsxwriter(celdas: Mapping[Lugar, tuple[Contenido, str]]) -> bytes:
    salida = io.BytesIO()
    libro = xlsxwriter.Workbook(salida, {"strings_to_urls": False, "strings_to_formulas": False})
    hoja = libro.add_worksheet(HOJA)
    formatos = {formato: libro.add_format({"num_format": formato}) for formato in FORMATOS}
    for (fila, columna), (valor, formato) in celdas.items():
        hoja.write(fila - 1, columna - 1, valor, formatos[formato])
    libro.close()
    return salida.getvalue()


def con_openpyxl(celdas: Mapping[Lugar, tuple[Contenido, str]]) -> bytes:
    libro = openpyxl.Workbook()
    hoja = libro.active
    hoja.title = HOJA
    for lugar, (valor, formato) in celdas.items():
        celda = hoja.cell(*lugar)
        if isinstance(valor, str):
            celda.value = openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", valor)
            celda.data_type = "s"  # not a formula, whatever it begins with
        else:
            celda.value = valor
        celda.number_format = formato
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


@given(st.sampled_from([con_xlsxwriter, con_openpyxl]), hojas, ediciones)
def test_the_reader_finds_what_was_written_and_nothing_else_changed(
    escritor: Any, celdas: dict[Lugar, tuple[Contenido, str]], nuevos: list[tuple[Lugar, Contenido]]
) -> None:
    antes = Paquete(Path("libro.xlsx"), escritor(celdas))
    ahora = Paquete(Path("libro.xlsx"), aplicar(antes, cambios(antes, dict(nuevos))))
    esperadas = leidas(antes) | {lugar: canonico(valor) for lugar, valor in nuevos}
    assert leidas(ahora) == {lugar: valor for lugar, valor in esperadas.items() if valor}


@given(hojas, ediciones)
def test_openpyxl_finds_it_too(
    celdas: dict[Lugar, tuple[Contenido, str]], nuevos: list[tuple[Lugar, Contenido]]
) -> None:
    antes = Paquete(Path("libro.xlsx"), con_xlsxwriter(celdas))
    ahora = Paquete(Path("libro.xlsx"), aplicar(antes, cambios(antes, dict(nuevos))))
    vista, previa = (openpyxl.load_workbook(io.BytesIO(p.contenido))[HOJA] for p in (ahora, antes))
    escritas = dict(nuevos)
    for fila in range(1, 13):
        for columna in range(1, 31):
            celda, anterior = vista.cell(fila, columna), previa.cell(fila, columna)
            if (fila, columna) not in escritas:
                assert (celda.value, celda.number_format) == (anterior.value, anterior.number_format)
            else:
                assert_es(celda, escritas[fila, columna])


def assert_es(celda: Any, valor: Contenido) -> None:
    """openpyxl reads the value of the cell as it was written, in its own terms."""
    match valor:
        case None:
            assert celda.value is None
        case bool():
            assert celda.value is valor
        case datetime():
            assert abs(celda.value - valor) < timedelta(seconds=1)
        case str():
            assert celda.data_type == "s"
        case _:
            leido = celda.value * 100 if "%" in celda.number_format else celda.value
            assert leido == pytest.approx(valor, rel=1e-14)


@cache
def de_libreoffice() -> bytes:
    """A book saved by LibreOffice."""
    try:
        programa = comprobar_libreoffice()
    except CalcNoInstalado as error:
        pytest.skip(f"no book by LibreOffice: {error}")
    celdas: dict[Lugar, tuple[Contenido, str]] = {
        (1, 1): ("Código", "General"), (2, 2): (25.0, "0.0%"), (3, 3): (datetime(2025, 6, 30), "dd/mm/yyyy"),
        (4, 1): (" con  espacios ", "@"), (9, 30): (7.0, "General"),
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as carpeta:
        ruta = Path(carpeta) / "libro.xlsx"
        ruta.write_bytes(con_xlsxwriter(celdas))
        perfil = f"-env:UserInstallation={(Path(carpeta) / 'perfil').as_uri()}"
        orden = [
            str(programa),
            "--headless",
            perfil,
            "--convert-to",
            "xlsx",
            "--outdir",
            f"{carpeta}/salida",
            str(ruta),
        ]
        for _ in range(2):  # a first run on an empty profile may end early
            subprocess.run(orden, check=False, capture_output=True, timeout=120)
        return (Path(carpeta) / "salida" / "libro.xlsx").read_bytes()


@settings(max_examples=25)
@given(ediciones)
def test_a_book_of_libreoffice_is_edited_as_any_other(nuevos: list[tuple[Lugar, Contenido]]) -> None:
    antes = Paquete(Path("libro.xlsx"), de_libreoffice())
    ahora = Paquete(Path("libro.xlsx"), aplicar(antes, cambios(antes, dict(nuevos))))
    esperadas = leidas(antes) | {lugar: canonico(valor) for lugar, valor in nuevos}
    assert leidas(ahora) == {lugar: valor for lugar, valor in esperadas.items() if valor}


@given(numeros)
def test_percentage_points_come_back_as_they_went(puntos: float) -> None:
    antes = Paquete(Path("libro.xlsx"), con_xlsxwriter({(1, 1): (0.5, "0.0%")}))
    ahora = Paquete(Path("libro.xlsx"), aplicar(antes, cambios(antes, {(1, 1): puntos})))
    hallado = next(hojas_de(ahora)).valor(1, 1)
    assert hallado == puntos


@cache
def rico() -> bytes:
    """The rich book."""
    with tempfile.TemporaryDirectory() as carpeta:
        return libro_rico(Path(carpeta) / "rico.xlsm").read_bytes()


PARTES = ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/styles.xml", "xl/tables/table1.xml",
          "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/_rels/sheet2.xml.rels", "[Content_Types].xml")  # fmt: skip
TROZOS = (b"<", b">", b'"', b"/", b"&", b"<!-- -->", b"<row/>", b'<row r="3"/>', b"<c/>", b"</c>", b"</row>", b'<c r="A1"/>', b"<f>1</f>",
          b"<!DOCTYPE x>", b"<![CDATA[", b"\xff", b"\x00", b' r="B2"', b' s="99"', b' t="s"', b' ref="Z1"', b' xmlns="urn:x"',
          b"<x:row xmlns:x='urn:x'/>", b"<?x?>", b"1", b"-", b"99999999999", b"<sheetData/>", b"<sheetData>", b"</sheetData>")  # fmt: skip


def estropeada(xml: bytes, azar: random.Random) -> bytes:
    """A part with something cut, doubled, put in or put in another place."""
    for _ in range(azar.randint(1, 3)):
        desde = azar.randrange(len(xml) + 1)
        marcas = [lugar for lugar in (xml.rfind(b"<", 0, desde), xml.find(b">", desde) + 1) if lugar > 0]
        lugar = azar.choice([*marcas, desde])
        hasta = lugar + azar.choice([0, 1, 3, 30])
        match azar.randrange(4):
            case 0:
                xml = xml[:lugar] + xml[hasta:]
            case 1:
                xml = xml[:lugar] + azar.choice(TROZOS) + xml[lugar:]
            case 2:
                xml = xml[:hasta] + xml[lugar:hasta] + xml[hasta:]
            case _:
                xml = xml[:lugar] + azar.choice(TROZOS) + xml[hasta:]
    return xml


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False), st.sampled_from(PARTES))
def test_a_damaged_part_is_refused_or_edited_without_damage(azar: random.Random, parte: str) -> None:
    original = Paquete(Path("rico.xlsm"), rico())
    danado = con_partes(rico(), {parte: estropeada(original.parte(parte), azar)})
    edicion = VALOR + TEXTO_EN_RESUMEN + HOJA_NUEVA + COLUMNA + CANDADO
    try:
        antes = Paquete(Path("rico.xlsm"), danado)
        vistas = {hoja: leidas(antes, hoja) for hoja in antes.hojas()}
        ahora = Paquete(Path("rico.xlsm"), aplicar(antes, edicion))
    except (EdicionImposible, LibroIlegible):
        return
    for hoja, celdas in vistas.items():
        escritas = {
            (c.celda.fila, c.celda.columna): canonico(c.despues) for c in edicion.celdas if c.celda.hoja == hoja
        }
        assert calculadas_aparte(leidas(ahora, hoja)) == calculadas_aparte(celdas | escritas)


def calculadas_aparte(celdas: Mapping[Lugar, str]) -> dict[Lugar, str]:
    """The cells with a value; a stray formula of a damaged sheet counts for whichever cell stands before it."""
    return {lugar: valor for lugar, valor in celdas.items() if valor not in ("", f"t{SIN_CALCULAR}")}


@settings(max_examples=300)
@given(st.randoms(use_true_random=False))
def test_a_damaged_sheet_is_refused_or_taken_apart_and_put_together_again(azar: random.Random) -> None:
    xml = estropeada(Paquete(Path("rico.xlsm"), rico()).parte("xl/worksheets/sheet2.xml"), azar)
    celdas_con_formula(xml)
    try:
        hoja = HojaEditable(xml)
        for fila in range(1, 15):
            for columna in range(1, 15):
                hoja.celda((fila, columna))
    except XMLNoEditable:
        return
    assert bytes(hoja) == xml


@pytest.mark.parametrize("relleno", ["<c ", "<row ", '<c r="', "<row><c", " " * 9, "<is>", '="', "<f "])
def test_a_hostile_sheet_takes_no_more_time_than_its_size(tmp_path: Path, relleno: str) -> None:
    ruta = libro_xml(tmp_path / "libro.xlsx", "<row>" + relleno * 60_000)
    with pytest.raises(EdicionImposible):
        aplicar(Paquete(ruta), Edicion((Cambio(Celda(HOJA, 1, 1), None, 1.0),)))


def test_a_sheet_with_hundreds_of_thousands_of_cells_is_edited_in_one_pass(tmp_path: Path) -> None:
    fila = "".join(f'<c r="{letra}{{0}}"><v>{{0}}</v></c>' for letra in "ABCDE")
    ruta = libro_xml(tmp_path / "libro.xlsx", "".join(f'<row r="{n}">{fila.format(n)}</row>' for n in range(1, 40_001)))
    cambios = tuple(Cambio(Celda(HOJA, n, 3), float(n), "x") for n in range(1, 40_001, 400))
    ahora = Paquete(ruta, aplicar(Paquete(ruta), Edicion((*cambios, Cambio(Celda(HOJA, 70_000, 1), None, "final")))))
    xml = ahora.parte("xl/worksheets/sheet1.xml")
    assert xml.count(b"<is><t>x</t></is>") == 100
    assert xml.count(b"<c ") == 200_001
    with zipfile.ZipFile(io.BytesIO(ahora.contenido)) as zip_:
        assert zip_.testzip() is None
