"""Tables of the report: real header rows, merged cells, rows that no page break splits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from zedxl.informe.estilos import Estilo
from zedxl.informe.wordml import Xml, nodo, parrafo

_TWIPS_POR_CM = 567


class Union(StrEnum):
    """The place of a cell in a group of cells merged downwards."""

    NINGUNA = ""
    INICIA = "restart"
    SIGUE = "continue"


@dataclass(frozen=True, slots=True)
class Casilla:
    """A cell: its text, the style of its paragraph, how many columns it takes and its background (RGB)."""

    contenido: tuple[str, ...] = ()
    estilo: Estilo = Estilo.CELDA
    columnas: int = 1
    union: Union = Union.NINGUNA
    fondo: str = ""


@dataclass(frozen=True, slots=True)
class Fila:
    """A row, at least ``alto`` points high.

    ``cabecera`` repeats it on each page; ``con_siguiente`` keeps it on the page of the next row, and the last row on
    that of the paragraph below the table.
    """

    casillas: tuple[Casilla, ...]
    cabecera: bool = False
    con_siguiente: bool = False
    alto: float = 0


def casilla(*contenido: str, estilo: Estilo = Estilo.CELDA, columnas: int = 1, fondo: str = "") -> Casilla:
    """A cell of its own."""
    return Casilla(contenido, estilo, columnas, Union.NINGUNA, fondo)


def cabecera(*titulos: str | Casilla) -> Fila:
    """The header row with these titles."""
    return Fila(
        tuple(t if isinstance(t, Casilla) else casilla(t, estilo=Estilo.CABECERA) for t in titulos),
        cabecera=True,
        con_siguiente=True,
    )


def tabla(
    anchos: Sequence[float], filas: Sequence[Fila], titulo: str, descripcion: str, estilo: Estilo = Estilo.TABLA
) -> Xml:
    """A table with columns of these widths (cm); ``titulo`` and ``descripcion`` are its alternative text."""
    twips = [round(ancho * _TWIPS_POR_CM) for ancho in anchos]
    return nodo(
        "tbl",
        nodo(
            "tblPr",
            nodo("tblStyle", val=estilo),
            nodo("tblW", w=sum(twips), type="dxa"),
            nodo("jc", val="center"),
            nodo("tblLayout", type="fixed"),
            nodo("tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1),
            nodo("tblCaption", val=titulo),
            nodo("tblDescription", val=descripcion),
        ),
        nodo("tblGrid", *(nodo("gridCol", w=ancho) for ancho in twips)),
        *(_fila(fila, twips) for fila in filas),
    )


def _fila(fila: Fila, twips: Sequence[int]) -> Xml:
    propiedades = [nodo("cantSplit")]
    if fila.alto:
        propiedades.append(nodo("trHeight", val=round(fila.alto * 20), hRule="atLeast"))
    if fila.cabecera:
        propiedades.append(nodo("tblHeader"))
    celdas = []
    columna = 0
    for celda in fila.casillas:
        ancho = sum(twips[columna : columna + celda.columnas])
        celdas.append(_casilla(celda, ancho, fila.con_siguiente))
        columna += celda.columnas
    return nodo("tr", nodo("trPr", *propiedades), *celdas)


def _casilla(celda: Casilla, ancho: int, con_siguiente: bool) -> Xml:
    propiedades = [nodo("tcW", w=ancho, type="dxa")]
    if celda.columnas > 1:
        propiedades.append(nodo("gridSpan", val=celda.columnas))
    if celda.union is not Union.NINGUNA:
        propiedades.append(nodo("vMerge", val=celda.union))
    if celda.fondo:
        propiedades.append(nodo("shd", val="clear", color="auto", fill=celda.fondo))
    return nodo("tc", nodo("tcPr", *propiedades), parrafo(celda.estilo, *celda.contenido, con_siguiente=con_siguiente))
