"""What is to change in a book, as data: cells above all, and the few things that must change around them.

Pure functions produce an `Edicion`; `zedxl.edicion.archivo` carries it out in a file, `zedxl.excel.edicion_viva` in the
book that is open in Excel. Both understand the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta

from zedxl.errores import ErrorExplicado
from zedxl.numero import tal_cual
from zedxl.plan import Celda

_LARGO_EN_UNA_FRASE = 60

Contenido = float | str | bool | datetime | None
"""What a cell holds when it holds no formula; None is an empty cell.

A percentage is in percentage points, as everywhere in zedxl: whoever writes it into a cell with a percent format
divides by 100. A `datetime` has no zone and no fractions of a second.
"""


def canonico(contenido: Contenido) -> str:
    r"""What a cell holds, written in one way only: the text that hashes and comparisons are made of.

    Numbers count to the 15 digits of a spreadsheet, line breaks alike whoever typed them, and "" as an empty cell.

    >>> canonico(0.1 + 0.2), canonico("uno\r\ndos"), canonico(None), canonico(True)
    ('n0.3', 'tuno\ndos', '', 'b1')
    >>> canonico(datetime(2026, 1, 15, 10, 20, 30))
    'd2026-01-15T10:20:30'
    """
    match contenido:
        case None | "":
            return ""
        case bool():
            return f"b{int(contenido)}"
        case float() | int():
            return f"n{contenido + 0.0:.15g}"
        case datetime():
            return f"d{en_segundos(contenido).isoformat()}"
        case _:
            return "t" + contenido.replace("\r\n", "\n").replace("\r", "\n")


def en_segundos(momento: datetime) -> datetime:
    """The moment to the nearest second; a spreadsheet keeps it as a fraction of a day."""
    return (momento + timedelta(microseconds=500_000)).replace(microsecond=0)


def en_palabras(contenido: Contenido) -> str:
    """What a cell holds, for a sentence.

    >>> en_palabras(None), en_palabras(2.0), en_palabras("N/D"), en_palabras(datetime(2026, 1, 5, 9, 30))
    ('vacío', '2', '«N/D»', '05/01/2026 09:30')
    """
    match contenido:
        case None | "":
            return "vacío"
        case bool():
            return "VERDADERO" if contenido else "FALSO"
        case float() | int():
            return tal_cual(contenido)
        case datetime():
            return f"{contenido:%d/%m/%Y %H:%M}"
        case _:
            return (
                f"«{contenido}»" if len(contenido) <= _LARGO_EN_UNA_FRASE else f"«{contenido[:_LARGO_EN_UNA_FRASE]}…»"
            )


class EdicionImposible(ErrorExplicado):
    """An edit that cannot be carried out, and none of it was; its text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Firma:
    """Who makes a change, and when (the local time, without a zone)."""

    quien: str
    cuando: datetime


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
class FormulaNueva:
    """One cell that gets a formula: in English, with commas, without its equals sign.

    The cell must be empty or hold a formula of zedxl's (`zedxl.edicion.formula_propia`); ``antes`` is what it showed,
    for the log. ``valor`` is what the formula evaluates to now, None where that is not known; a number shows with two
    decimals in a cell that has no number format of its own. ``como`` is the cell of which it is a copy, if any. The
    rest is as in a `Cambio`.
    """

    celda: Celda
    formula: str
    valor: float | str | None
    antes: Contenido = None
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
class FilaNueva:
    """A row that comes to be used: in these columns it takes from its model the look, the height and what may be typed.

    Where the print area of the sheet ends above it, it is printed, too. Rows and columns count from 1. What the cells
    say is in the changes.
    """

    hoja: str
    fila: int
    modelo: int
    desde_columna: int
    hasta_columna: int


@dataclass(frozen=True, slots=True)
class TablaHasta:
    """The table (or filter) that has ``titulo`` among its titles reaches now at least to this row and column.

    Nothing is done where that cell is in no table and no filter. New columns are named as their title cells say after
    the changes. A table never shrinks. It does not run over cells that are occupied, unless it ``absorbe`` the rows
    that people wrote right below it.
    """

    titulo: Celda
    hasta_fila: int
    hasta_columna: int
    absorbe: bool = False


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
class Vinculo:
    """A cell that leads to another when it is clicked, or (``destino`` None) leads nowhere any more.

    It may be on a sheet that the same edit adds. What the cell says is in the changes.
    """

    celda: Celda
    destino: Celda | None

    @property
    def direccion(self) -> str:
        """Where it leads, as books write it; "" for nowhere.

        >>> Vinculo(Celda("Validación", 13, 3), Celda("Plan d'Ilo", 7, 22)).direccion
        "'Plan d''Ilo'!V7"
        """
        if self.destino is None:
            return ""
        hoja = self.destino.hoja.replace("'", "''")
        return f"'{hoja}'!{self.destino.referencia}"


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
    filas: tuple[FilaNueva, ...] = ()
    tablas: tuple[TablaHasta, ...] = ()
    candados: tuple[Candado, ...] = ()
    formulas: tuple[FormulaNueva, ...] = ()
    vinculos: tuple[Vinculo, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, parte.name) for parte in fields(self))

    def __add__(self, otra: Edicion) -> Edicion:
        """Both, this one first."""
        return Edicion(
            cambios=self.cambios + otra.cambios,
            anotaciones=self.anotaciones + otra.anotaciones,
            hojas=self.hojas + otra.hojas,
            columnas=self.columnas + otra.columnas,
            filas=self.filas + otra.filas,
            tablas=self.tablas + otra.tablas,
            candados=self.candados + otra.candados,
            formulas=self.formulas + otra.formulas,
            vinculos=self.vinculos + otra.vinculos,
        )

    @property
    def celdas(self) -> tuple[Cambio, ...]:
        """Every cell that is written, in the order in which it is; formulas are put in after them."""
        return self.cambios + self.anotaciones


def firmados(cambios: Sequence[Cambio], quien: str, motivo: str) -> tuple[Cambio, ...]:
    """The same changes with who wants them, and why."""
    return tuple(replace(cambio, quien=quien, motivo=motivo) for cambio in cambios)
