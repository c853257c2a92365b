"""Copies of a small plan: given out, touched by people, and merged back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from tests.ediciones import ANA, aplicada, escrito
from zedxl.edicion.archivo import aplicar
from zedxl.libro.lectura import Libro
from zedxl.reparto.copia import leer_copia
from zedxl.reparto.copias import repartir
from zedxl.reparto.pendientes import Preferencia
from zedxl.reparto.reunion import Reunion, leer_copias, reunir

LOGISTICA, PROMOCION = "plan - Logística.xlsx", "plan - Promoción.xlsx"
NARRATIVA = [["Narrativa"], ["Código", "Sección", "Período", "Texto"], ["AEI.01.01", "Análisis", "2025-I", "Bien."]]


def repartidas(libro: Libro) -> dict[str, Path]:
    """The copies of a book, beside it, by the name of their file."""
    rutas = {}
    for copia in repartir(libro, ANA).copias:
        rutas[copia.archivo] = libro.paquete.ruta.with_name(copia.archivo)
        rutas[copia.archivo].write_bytes(aplicar(libro.paquete, copia.edicion))
    return rutas


def reunida(libro: Libro, *copias: Path, preferir: Preferencia | None = None) -> tuple[Libro, Reunion]:
    """The book after a merge, and what the merge says."""
    reunion = reunir(libro, leer_copias(libro.paquete.ruta, copias), ANA, preferir)
    return (aplicada(libro, reunion.edicion) if reunion.edicion else libro), reunion


def en(libro: Libro, *celdas: str) -> list[Any]:
    """What stands in cells of sheet Seguimiento."""
    hoja = openpyxl.load_workbook(libro.paquete.ruta)["Seguimiento"]
    return [hoja[celda].value for celda in celdas]


def sello(copia: Path) -> str:
    """What tells its starting point from others."""
    partida = leer_copia(copia).partida
    assert partida
    return partida.sello


def filas_de_conflictos(libro: Libro) -> list[list[Any]]:
    """The rows of sheet Conflictos."""
    xl = openpyxl.load_workbook(libro.paquete.ruta)
    if "Conflictos" not in xl.sheetnames:
        return []
    return [list(f) for f in xl["Conflictos"].iter_rows(min_row=5, values_only=True) if any(v is not None for v in f)]


def tocada(ruta: Path, cambio: Callable[[Any], None], hoja: str = "Seguimiento") -> Path:
    """The book after somebody did something to a sheet and saved it."""
    xl = openpyxl.load_workbook(ruta)
    cambio(xl[hoja])
    xl.save(ruta)
    return ruta


def con_formula(ruta: Path, celda: str, formula: str, valor: str) -> Path:
    """The book with a formula and the value that Excel calculated for it in a cell of its first sheet."""
    from tests.hojas_xml import HOJA
    from tests.libros import cambiar_parte

    escrito(ruta, **{celda: 999999})
    destino = cambiar_parte(
        ruta, ruta.with_name("con formula.xlsx"), HOJA,
        lambda xml: xml.replace(b"<v>999999</v>", f"<f>{formula}</f><v>{valor}</v>".encode()),
    )  # fmt: skip
    destino.replace(ruta)
    return ruta


def guardada_por(ruta: Path, quien: str) -> Path:
    """The file as if that person had saved it last, on 20 January 2026 at 8:30 UTC."""
    from tests.libros import cambiar_parte

    nucleo = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<cp:lastModifiedBy>{quien}</cp:lastModifiedBy>"
        '<dcterms:modified xsi:type="dcterms:W3CDTF">2026-01-20T08:30:00Z</dcterms:modified></cp:coreProperties>'
    )
    destino = cambiar_parte(ruta, ruta.with_name("guardada.xlsx"), "docProps/core.xml", lambda _: nucleo.encode())
    destino.replace(ruta)
    return ruta
