"""Addresses of cells and areas, counted from 1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_FILA, MAX_COLUMNA = 1_048_576, 16_384

_EXTREMO = re.compile(r"\$?([A-Z]{1,3})?\$?(\d{1,7})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells of a sheet, its last row and column included."""

    fila: int
    columna: int
    hasta_fila: int
    hasta_columna: int

    @property
    def celdas(self) -> int:
        """How many cells it has."""
        return (self.hasta_fila - self.fila + 1) * (self.hasta_columna - self.columna + 1)

    def posiciones(self) -> Iterator[tuple[int, int]]:
        """Row and column of each of its cells, row by row."""
        columnas = range(self.columna, self.hasta_columna + 1)
        return ((fila, columna) for fila in range(self.fila, self.hasta_fila + 1) for columna in columnas)

    def se_cruza(self, otra: Area) -> bool:
        """Whether both have cells in common."""
        return (
            self.fila <= otra.hasta_fila
            and otra.fila <= self.hasta_fila
            and self.columna <= otra.hasta_columna
            and otra.columna <= self.hasta_columna
        )

    def __contains__(self, lugar: tuple[int, int]) -> bool:
        return self.fila <= lugar[0] <= self.hasta_fila and self.columna <= lugar[1] <= self.hasta_columna

    def __str__(self) -> str:
        desde, hasta = direccion(self.fila, self.columna), direccion(self.hasta_fila, self.hasta_columna)
        return desde if desde == hasta else f"{desde}:{hasta}"


def leer_area(texto: str) -> Area:
    """An area as formulas write it; ValueError when it is none.

    >>> leer_area("$B$2:C9"), str(leer_area("A1")), leer_area("B:C").hasta_fila
    (Area(fila=2, columna=2, hasta_fila=9, hasta_columna=3), 'A1', 1048576)
    """
    desde, _, hasta = texto.partition(":")
    (fila, columna), (hasta_fila, hasta_columna) = (
        _extremo(desde, 1, 1),
        _extremo(hasta or desde, MAX_FILA, MAX_COLUMNA),
    )
    return Area(min(fila, hasta_fila), min(columna, hasta_columna), max(fila, hasta_fila), max(columna, hasta_columna))


def _extremo(texto: str, fila: int, columna: int) -> tuple[int, int]:
    partes = _EXTREMO.fullmatch(texto)
    if partes is None or not texto:
        raise ValueError(f"{texto!r} is no address")
    return int(partes[2] or fila), numero_de_columna(partes[1]) if partes[1] else columna


def numero_de_columna(letras: str) -> int:
    """The number of a column from its letters.

    >>> numero_de_columna("A"), numero_de_columna("AB")
    (1, 28)
    """
    numero = 0
    for letra in letras.upper():
        numero = numero * 26 + ord(letra) - 64
    return numero


def direccion(fila: int, columna: int) -> str:
    """An address from its numbers.

    >>> direccion(7, 28)
    'AB7'
    """
    return f"{letras(columna)}{fila}"


def letras(columna: int) -> str:
    """The letters of a column from its number.

    >>> letras(1), letras(28)
    ('A', 'AB')
    """
    escritas = ""
    while columna:
        columna, resto = divmod(columna - 1, 26)
        escritas = chr(65 + resto) + escritas
    return escritas


def con_hoja(hoja: str, lugar: str) -> str:
    """An address with its sheet, as a formula writes it.

    >>> con_hoja("Hoja 1", "A1")
    "'Hoja 1'!A1"
    """
    return "'" + hoja.replace("'", "''") + f"'!{lugar}"


def separar_hoja(referencia: str) -> tuple[str | None, str]:
    """The sheet of a reference, None without one, and the rest of it.

    >>> separar_hoja("'It''s'!A1"), separar_hoja("A1")
    (("It's", 'A1'), (None, 'A1'))
    """
    hoja, signo, lugar = referencia.rpartition("!")
    if not signo:
        return None, referencia
    return (hoja[1:-1].replace("''", "'") if hoja.startswith("'") else hoja), lugar
