"""What is to change in a book, as data: cells above all, and the few things that must change around them.

Pure functions produce an `Edicion`; `zedxl.edicion.archivo` carries it out in a file, `zedxl.excel.edicion_viva` in the
book that is open in Excel. Both understand the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from zedxl.errores import ErrorExplicado
from zedxl.plan import Celda

Contenido = float | str | bool | datetime | None
"""What a cell holds when it holds no formula; None is an empty cell.

A percentage is in percentage points, as everywhere in zedxl: whoever writes it into a cell with a percent format
divides by 100. A `datetime` has no zone and no fractions of a second.
"""


class EdicionImposible(ErrorExplicado):
    """An edit that cannot be carried out, and none of it was; its text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Cambio:
    """One cell that changes.

    ``antes`` is what it must hold for the change to be made: in a book that has become another one, nothing is
    changed. ``motivo`` says why and ``quien`` who wants it; ``codigo`` and ``periodo``, where known, are what the
    log files it under. ``como`` is a cell whose look a cell takes that has none of its own yet.
    """

    celda: Celda
    antes: Contenido
    despues: Contenido
    motivo: str = ""
    quien: str = ""
    codigo: str = ""
    periodo: str = ""
    como: Celda | None = None


@dataclass(frozen=True, slots=True)
class HojaNueva:
    """A sheet to add at the end of the book, with these rows from A1 on and nothing else.

    ``fila_de_titulos`` (from 1) is shown bold and made a table named ``tabla`` that reaches to the last row; 0 for a
    sheet without one. ``anchos`` are column widths in characters. An ``oculta`` sheet is "very hidden": it shows in
    no menu of Excel's.
    """

    nombre: str
    filas: tuple[tuple[Contenido, ...], ...]
    anchos: tuple[float, ...] = ()
    fila_de_titulos: int = 0
    tabla: str = ""
    oculta: bool = False


@dataclass(frozen=True, slots=True)
class ColumnaNueva:
    """A column that comes to be used: in these rows it takes from its model the look, the width and what may be typed.

    Rows and columns count from 1. What the cells say is in the changes.
    """

    hoja: str
    columna: int
    modelo: int
    desde_fila: int
    hasta_fila: int


@dataclass(frozen=True, slots=True)
class TablaHasta:
    """The table (or filter) that has ``titulo`` among its titles reaches now at least to this row and column.

    Nothing is done where that cell is in no table and no filter. New columns are named as their title cells say after
    the changes. A table never shrinks.
    """

    titulo: Celda
    hasta_fila: int
    hasta_columna: int


@dataclass(frozen=True, slots=True)
class Candado:
    """Cells of a sheet that become locked, or open to typing, once the sheet is protected.

    ``proteger`` makes sure that the sheet is, without a password; a protection that is there stays as it is.
    """

    hoja: str
    celdas: frozenset[tuple[int, int]]
    cerrado: bool
    proteger: bool = False


@dataclass(frozen=True, slots=True)
class Edicion:
    """All that one command changes; carried out whole or not at all.

    ``cambios`` are what a person would call changes; ``anotaciones`` are the cells that keep account of them (log,
    snapshots, list of conflicts).
    """

    cambios: tuple[Cambio, ...] = ()
    anotaciones: tuple[Cambio, ...] = ()
    hojas: tuple[HojaNueva, ...] = ()
    columnas: tuple[ColumnaNueva, ...] = ()
    tablas: tuple[TablaHasta, ...] = ()
    candados: tuple[Candado, ...] = ()

    def __bool__(self) -> bool:
        return any((self.cambios, self.anotaciones, self.hojas, self.columnas, self.tablas, self.candados))

    def __add__(self, otra: Edicion) -> Edicion:
        """Both, this one first."""
        return Edicion(
            cambios=self.cambios + otra.cambios,
            anotaciones=self.anotaciones + otra.anotaciones,
            hojas=self.hojas + otra.hojas,
            columnas=self.columnas + otra.columnas,
            tablas=self.tablas + otra.tablas,
            candados=self.candados + otra.candados,
        )

    @property
    def celdas(self) -> tuple[Cambio, ...]:
        """Every cell that is written, in the order in which it is."""
        return self.cambios + self.anotaciones


def anotados(cambios: Sequence[Cambio]) -> Edicion:
    """An edit of cells that only keep account.

    >>> anotados([Cambio(Celda("Bitácora", 5, 1), None, "x")]).cambios
    ()
    """
    return Edicion(anotaciones=tuple(cambios))


def firmados(cambios: Sequence[Cambio], quien: str, motivo: str) -> tuple[Cambio, ...]:
    """The same changes with who wants them, and why."""
    return tuple(replace(cambio, quien=quien, motivo=motivo) for cambio in cambios)
