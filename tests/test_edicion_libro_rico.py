"""Edits of a book that has everything in it: only the parts concerned differ, and every program opens the result."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree

from tests.conversion import guardado_por_libreoffice
from tests.libro_rico import FILA_DE_TITULOS, RESUMEN, SEGUIMIENTO, TITULOS_RICO, libro_rico
from tests.libros import LIBRO_ZED_ILO
from zedxl.edicion.archivo import aplicar
from zedxl.edicion.cambio import (
    Cambio,
    Candado,
    ColumnaNueva,
    Edicion,
    EdicionImposible,
    HojaNueva,
    TablaHasta,
)
from zedxl.edicion.orden_de_hoja import ORDEN
from zedxl.libro.hoja import hojas_de
from zedxl.libro.lectura import leer
from zedxl.libro.paquete import Paquete
from zedxl.periodo import Periodo
from zedxl.plan import Celda

ULTIMA = FILA_DE_TITULOS + 5
COLUMNA_NUEVA = len(TITULOS_RICO) + 2
HOJA = "xl/worksheets/sheet2.xml"
NUEVA = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet5.xml"}

VALOR = Edicion((Cambio(Celda(SEGUIMIENTO, 8, 10), None, 12.5, codigo="AEI.02.02"),))
HOJA_NUEVA = Edicion(
    hojas=(
        HojaNueva(
            "Bitácora", (("Bitácora",), ("N.°", "Cuándo"), (1.0, datetime(2026, 1, 15))), (8, 18), 2, "tblBitacora"
        ),
        HojaNueva("_zedxl", (("clave", "valor"),), oculta=True),
    )
)
COLUMNA = Edicion(
    (Cambio(Celda(SEGUIMIENTO, FILA_DE_TITULOS, COLUMNA_NUEVA), None, "Valor 2026-I",
            como=Celda(SEGUIMIENTO, FILA_DE_TITULOS, 11)),),
    columnas=(ColumnaNueva(SEGUIMIENTO, COLUMNA_NUEVA, 11, FILA_DE_TITULOS, ULTIMA),),
    tablas=(TablaHasta(Celda(SEGUIMIENTO, FILA_DE_TITULOS, 2), ULTIMA, COLUMNA_NUEVA),),
)  # fmt: skip
CANDADO = Edicion(
    candados=(
        Candado(SEGUIMIENTO, frozenset((fila, 10) for fila in range(5, ULTIMA + 1)), cerrado=True, proteger=True),
        Candado(RESUMEN, frozenset({(2, 1)}), cerrado=False, proteger=True),
    )
)
TEXTO_EN_RESUMEN = Edicion((Cambio(Celda(RESUMEN, 2, 1), "Texto con formatos", "Otro texto"),))


@pytest.fixture(scope="module")
def rico(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return libro_rico(tmp_path_factory.mktemp("rico") / "rico.xlsm")


def entradas(paquete: bytes) -> dict[str, bytes]:
    """Each entry of a package as it stands there: its header, its name and its compressed bytes."""
    with zipfile.ZipFile(io.BytesIO(paquete)) as zip_:
        inicios = sorted(i.header_offset for i in zip_.infolist())
        finales = dict(zip(inicios, [*inicios[1:], zip_.start_dir], strict=True))
        assert zip_.testzip() is None
        return {i.filename: paquete[i.header_offset : finales[i.header_offset]] for i in zip_.infolist()}


CASOS = [
    pytest.param(VALOR, {HOJA}, id="a value"),
    pytest.param(TEXTO_EN_RESUMEN, {"xl/worksheets/sheet1.xml"}, id="a rich text"),
    pytest.param(
        HOJA_NUEVA,
        {*NUEVA, "xl/worksheets/sheet6.xml", "xl/worksheets/_rels/sheet5.xml.rels", "xl/tables/table2.xml", "xl/styles.xml"},
        id="new sheets",
    ),
    pytest.param(COLUMNA, {HOJA, "xl/tables/table1.xml"}, id="a column of the table"),
    pytest.param(CANDADO, {HOJA, "xl/worksheets/sheet1.xml", "xl/styles.xml"}, id="locks"),
]  # fmt: skip


@pytest.mark.parametrize(("edicion", "esperadas"), CASOS)
def test_only_the_parts_concerned_differ_and_all_others_keep_their_bytes_in_the_zip(
    rico: Path, edicion: Edicion, esperadas: set[str]
) -> None:
    antes, ahora = entradas(rico.read_bytes()), entradas(aplicar(Paquete(rico), edicion))
    assert {nombre for nombre in ahora if ahora[nombre] != antes.get(nombre)} == esperadas
    assert list(ahora)[: len(antes)] == list(antes)


@pytest.mark.parametrize(("edicion", "esperadas"), CASOS)
def test_what_changed_is_well_formed_and_in_the_order_of_the_schema(
    rico: Path, edicion: Edicion, esperadas: set[str]
) -> None:
    paquete = Paquete(rico, aplicar(Paquete(rico), edicion))
    for parte in esperadas:
        raiz = etree.fromstring(paquete.parte(parte))
        if etree.QName(raiz).localname == "worksheet":
            lugares = [ORDEN.index(etree.QName(hijo).localname.encode()) for hijo in raiz]
            assert lugares == sorted(lugares)
    assert_relaciones_completas(paquete)


def assert_relaciones_completas(paquete: Paquete) -> None:
    """Every part has its content type, and every relationship leads to a part."""
    with zipfile.ZipFile(io.BytesIO(paquete.contenido)) as zip_:
        nombres = set(zip_.namelist())
    tipos = etree.fromstring(paquete.parte("[Content_Types].xml"))
    declaradas = [e.get("PartName", "")[1:] for e in tipos if e.get("PartName")]
    extensiones = {e.get("Extension") for e in tipos}
    assert len(declaradas) == len(set(declaradas))
    assert set(declaradas) <= nombres
    assert {n for n in nombres - set(declaradas) if n.rpartition(".")[2] not in extensiones} == set()
    relaciones = etree.fromstring(paquete.parte("xl/_rels/workbook.xml.rels"))
    assert len({e.get("Id") for e in relaciones}) == len(relaciones)
    usadas = re.findall(rb'r:id="(\w+)"', paquete.parte("xl/workbook.xml"))
    assert len(usadas) == len(set(usadas))
    assert {u.decode() for u in usadas} <= {e.get("Id") for e in relaciones}


def test_all_of_an_edit_together_is_read_as_it_should(rico: Path, tmp_path: Path) -> None:
    ruta = tmp_path / "todo.xlsm"
    ruta.write_bytes(aplicar(Paquete(rico), VALOR + TEXTO_EN_RESUMEN + HOJA_NUEVA + COLUMNA + CANDADO))
    valores = {aei.codigo: aei.indicadores[0].valores for oei in leer(ruta).oeis for aei in oei.aeis}
    assert valores["AEI.02.02"][Periodo(2025, 1)].valor == 12.5
    assert Periodo(2026, 1) in valores["AEI.02.02"]
    antes = {hoja.nombre: hoja.filas for hoja in hojas_de(Paquete(rico))}
    ahora = {hoja.nombre: hoja.filas for hoja in hojas_de(Paquete(ruta))}
    antes[SEGUIMIENTO][7][9] = 12.5
    antes[SEGUIMIENTO][FILA_DE_TITULOS - 1].append("Valor 2026-I")
    antes[RESUMEN][1][0] = "Otro texto"
    assert [[v for v in fila if v != ""] for fila in ahora[SEGUIMIENTO]] == [
        [v for v in fila if v != ""] for fila in antes[SEGUIMIENTO]
    ]
    assert ahora[RESUMEN] == antes[RESUMEN]
    assert list(ahora) == [*antes, "Bitácora", "_zedxl"]


def test_the_new_column_of_the_table_is_under_the_rules_of_the_old_one(rico: Path) -> None:
    xml = aplicar_en(rico, COLUMNA, HOJA)
    assert xml.count("J5:K9 M5:M9") == 3  # a validation, its formats, and the extension of one


def aplicar_en(libro: Path, edicion: Edicion, parte: str) -> str:
    """A part after the edit."""
    return Paquete(libro, aplicar(Paquete(libro), edicion)).parte(parte).decode()


@pytest.mark.parametrize(("celda", "valor"), [("F2", "AEI.01.01"), ("H2", 20.0), ("H3", 16.0), ("A5", 44.0)])
def test_computed_cells_dynamic_arrays_too_are_not_typed_over(rico: Path, celda: str, valor: float | str) -> None:
    lugar = Celda(RESUMEN, int(celda[1:]), ord(celda[0]) - 64)
    with pytest.raises(EdicionImposible, match=f"{RESUMEN}!{celda} se calcula con una fórmula"):
        aplicar(Paquete(rico), Edicion((Cambio(lugar, valor, 1.0),)))


def test_the_shipped_book_is_edited_without_losing_anything() -> None:
    antes = LIBRO_ZED_ILO.read_bytes()
    edicion = Edicion((Cambio(Celda("Bitácora", 5, 2), None, "Ana"),))
    ahora = entradas(aplicar(Paquete(LIBRO_ZED_ILO), edicion))
    assert {nombre for nombre, entrada in entradas(antes).items() if ahora[nombre] != entrada} == {
        "xl/worksheets/sheet7.xml"
    }


def test_libreoffice_opens_the_result(rico: Path, tmp_path: Path) -> None:
    ruta = tmp_path / "todo.xlsm"
    ruta.write_bytes(aplicar(Paquete(rico), VALOR + TEXTO_EN_RESUMEN + HOJA_NUEVA + COLUMNA + CANDADO))
    (tmp_path / "salida").mkdir()
    convertido = Paquete(guardado_por_libreoffice(ruta, tmp_path / "salida"))
    hojas = {hoja.nombre: hoja for hoja in hojas_de(convertido)}
    assert hojas[SEGUIMIENTO].valor(8, 10) == 12.5
    assert hojas[SEGUIMIENTO].valor(FILA_DE_TITULOS, COLUMNA_NUEVA) == "Valor 2026-I"
    assert hojas["Bitácora"].filas[1][:2] == ["N.°", "Cuándo"]
    assert "tblBitacora" in "".join(convertido.parte(f"xl/tables/table{n}.xml").decode() for n in (1, 2, 3))
