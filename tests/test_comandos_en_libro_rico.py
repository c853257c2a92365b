"""Each command on a book that has everything in it: only what it is for differs, and LibreOffice opens what it wrote."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conversion import guardado_por_libreoffice
from tests.ediciones import ANA, I_2025, II_2025
from tests.libro_rico import libro_rico
from tests.test_edicion_libro_rico import assert_relaciones_completas, entradas
from zedxl.edicion.cambio import Edicion
from zedxl.edicion.entrega import entregar
from zedxl.libro.hoja import hojas_de
from zedxl.libro.lectura import Libro, leer_libro
from zedxl.libro.paquete import Paquete
from zedxl.reparto.copias import repartir
from zedxl.reparto.reunion import leer_copias, reunir
from zedxl.semestre.apertura import abrir
from zedxl.semestre.cierre import cerrar
from zedxl.semestre.pedido import leer_pedido
from zedxl.semestre.registro import registrar

SEGUIMIENTO, ESTILOS = "xl/worksheets/sheet2.xml", "xl/styles.xml"
LISTAS = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
"""Where the book says which parts it has."""


@pytest.fixture
def libro(tmp_path: Path) -> Libro:
    return leer_libro(libro_rico(tmp_path / "rico.xlsm"))


def hoja_nueva(numero: int, tabla: int) -> set[str]:
    """The parts of an added sheet with its table."""
    hoja = f"xl/worksheets/sheet{numero}.xml"
    return {*LISTAS, ESTILOS, hoja, f"xl/worksheets/_rels/sheet{numero}.xml.rels", f"xl/tables/table{tabla}.xml"}


def registrado(libro: Libro) -> Edicion:
    return registrar(libro, II_2025, [leer_pedido("AEI.01.01=7"), leer_pedido("AEI.02.01=N/D")], ANA)


def reabierto(libro: Libro) -> Edicion:
    entregar(libro.paquete, cerrar(libro, I_2025, ANA, "con lo que hay"))
    return abrir(leer_libro(libro.paquete.ruta), I_2025, ANA, "una corrección")


def repartido(libro: Libro) -> Edicion:
    return repartir(libro, ANA).copias[0].edicion


def fusionado(libro: Libro) -> Edicion:
    copia = repartir(libro, ANA).copias[0]
    ruta = entregar(libro.paquete, copia.edicion, libro.paquete.ruta.with_name(copia.archivo)).libro
    entregar(Paquete(ruta), registrado(leer_libro(ruta)))
    return reunir(libro, leer_copias(libro.paquete.ruta, [ruta]), ANA).edicion


CASOS = [
    pytest.param(registrado, {SEGUIMIENTO, *hoja_nueva(5, 2)}, id="registrar"),
    pytest.param(
        lambda libro: abrir(libro, II_2025.siguiente, ANA),
        {SEGUIMIENTO, "xl/tables/table1.xml", *hoja_nueva(5, 2)}, id="abrir-semestre",
    ),
    pytest.param(
        lambda libro: cerrar(libro, I_2025, ANA, "con lo que hay"),
        {SEGUIMIENTO, *hoja_nueva(5, 2), *hoja_nueva(6, 3)}, id="cerrar-semestre",
    ),
    pytest.param(
        reabierto,
        {SEGUIMIENTO, "xl/worksheets/sheet5.xml", "xl/worksheets/sheet6.xml", "xl/tables/table2.xml",
         "xl/tables/table3.xml"}, id="reabrir",
    ),
    pytest.param(repartido, {SEGUIMIENTO, ESTILOS, *LISTAS, "xl/worksheets/sheet5.xml"}, id="repartir"),
    pytest.param(fusionado, {SEGUIMIENTO, *hoja_nueva(5, 2)}, id="fusionar"),
]  # fmt: skip


@pytest.mark.parametrize(("orden", "esperadas"), CASOS)
def test_only_what_the_command_is_for_differs_and_libreoffice_opens_it(
    libro: Libro, tmp_path: Path, orden: Callable[[Libro], Edicion], esperadas: set[str]
) -> None:
    edicion = orden(libro)
    antes = Paquete(libro.paquete.ruta)
    entrega = entregar(antes, edicion)
    viejas, nuevas = entradas(antes.contenido), entradas(entrega.libro.read_bytes())
    distintas = {nombre for nombre in nuevas if nuevas[nombre] != viejas.get(nombre)}
    # the rich book also has formulas that only Excel computes: it is asked to, and other sheets may get new values
    assert distintas - recalculadas(viejas) == esperadas - recalculadas(viejas)
    assert set(viejas) <= set(nuevas)
    assert_relaciones_completas(Paquete(entrega.libro))
    assert lo_que_no_cambia(Paquete(entrega.libro), edicion) == lo_que_no_cambia(antes, edicion)
    (tmp_path / "abierto").mkdir()
    abierto = guardado_por_libreoffice(entrega.libro, tmp_path / "abierto")
    visibles = [hoja.nombre for hoja in hojas_de(Paquete(entrega.libro))]
    # it makes a sheet of cells of the chart's
    assert [h.nombre for h in hojas_de(Paquete(abierto)) if h.nombre in visibles] == visibles


def recalculadas(viejas: dict[str, bytes]) -> set[str]:
    """Where recalculating may write: the book, which may ask Excel for it, and sheets with formulas."""
    return {"xl/workbook.xml", *(n for n in viejas if n.startswith("xl/worksheets/sheet") and n != SEGUIMIENTO)}


def lo_que_no_cambia(paquete: Paquete, edicion: Edicion) -> dict[str, list[list[object]]]:
    """What stands in the sheets of before, but for the cells of the edit."""
    celdas = {(c.celda.hoja, c.celda.fila, c.celda.columna) for c in edicion.celdas}
    nuevas = {hoja.nombre for hoja in edicion.hojas}
    return {
        hoja.nombre: [
            [v for columna, v in enumerate(fila, 1) if (hoja.nombre, numero, columna) not in celdas and v != ""]
            for numero, fila in enumerate(hoja.filas, 1)
            if any(v != "" and (hoja.nombre, numero, c) not in celdas for c, v in enumerate(fila, 1))
        ]
        for hoja in hojas_de(paquete)
        if hoja.nombre not in nuevas
    }


def test_what_excel_keeps_elsewhere_is_not_touched_by_a_whole_year_of_commands(libro: Libro) -> None:
    with zipfile.ZipFile(libro.paquete.ruta) as paquete:
        ajenas = {
            n: paquete.read(n) for n in paquete.namelist() if not n.startswith(("xl/worksheets/sheet", "xl/tables/"))
        }
    for orden in (registrado, reabierto, fusionado):
        edicion = orden(leer_libro(libro.paquete.ruta))
        entregar(Paquete(libro.paquete.ruta), edicion)
    with zipfile.ZipFile(libro.paquete.ruta) as paquete:
        cambiadas = {nombre for nombre, parte in ajenas.items() if paquete.read(nombre) != parte}
    assert cambiadas == {*LISTAS, ESTILOS}
    assert {"xl/vbaProject.bin", "xl/charts/chart1.xml", "xl/comments1.xml"} <= set(ajenas)


class TestLibreOffice:
    def test_a_copy_that_was_saved_by_libreoffice_still_knows_what_it_began_with(
        self, libro: Libro, tmp_path: Path
    ) -> None:
        copia = repartir(libro, ANA).copias[0]
        ruta = entregar(libro.paquete, copia.edicion, tmp_path / copia.archivo).libro
        (tmp_path / "unidad").mkdir()
        devuelta = guardado_por_libreoffice(ruta, tmp_path / "unidad")
        reunion = reunir(libro, leer_copias(libro.paquete.ruta, [devuelta]), ANA)
        assert reunion.copias[0].partida is not None
        assert reunion.copias[0].unidad == copia.unidad
        assert reunion.fusion.cambios == ()
        assert reunion.fusion.conflictos == ()
