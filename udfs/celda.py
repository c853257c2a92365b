"""What a spreadsheet hands to a function and what it gets back, the same for every host."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeGuard

from zedxl.medida import DatoInvalido, Medida

NO_DISPONIBLE = "N/D"
NO_PROGRAMADO = "N/P"
VALOR_INVALIDO = "#VALUE!"


@dataclass(frozen=True, slots=True)
class ErrorDeCelda:
    """An error value in a cell, such as ``#N/A``; ``motivo`` says in Spanish why zedxl made it.

    Hosts turn it into their own error value. Two are equal when a spreadsheet shows them alike.

    >>> ErrorDeCelda("#VALUE!", "La meta no puede ser negativa.") == ErrorDeCelda("#VALUE!")
    True
    """

    codigo: str
    motivo: str = field(default="", compare=False)


class CeldaConError(Exception):
    """An argument already held an error value, which is therefore the result."""

    def __init__(self, error: ErrorDeCelda) -> None:
        super().__init__(error.codigo)
        self.error = error


FALLAS = (DatoInvalido, CeldaConError)
"""What keeps one element from being computed."""


@dataclass(frozen=True, slots=True)
class Rango:
    """A block of cells: rows of equal length, at least one cell."""

    filas: tuple[tuple[object, ...], ...]

    @classmethod
    def de(cls, valor: object) -> Rango:
        """The block meant by a host's value: one cell, a column (flat sequence) or rows (sequence of sequences).

        >>> Rango.de(3).forma, Rango.de([1, 2]).forma, Rango.de([[1, 2, 3]]).forma
        ((1, 1), (2, 1), (1, 3))
        >>> Rango.de([[1, 2], [3]])
        Traceback (most recent call last):
        ...
        zedxl.medida.DatoInvalido: Las filas del rango no tienen todas el mismo largo.
        """
        if not _es_secuencia(valor):
            return cls(((valor,),))
        filas = tuple(tuple(fila) if _es_secuencia(fila) else (fila,) for fila in valor)
        if not filas or not filas[0]:
            raise DatoInvalido("El rango está vacío.")
        if any(len(fila) != len(filas[0]) for fila in filas):
            raise DatoInvalido("Las filas del rango no tienen todas el mismo largo.")
        return cls(filas)

    @property
    def forma(self) -> tuple[int, int]:
        """Number of rows and of columns."""
        return len(self.filas), len(self.filas[0])

    @property
    def celdas(self) -> list[object]:
        """All cells, row by row."""
        return [celda for fila in self.filas for celda in fila]

    def en(self, fila: int, columna: int) -> object:
        """The cell at a place counted from 0; a single row or column stands for all of them."""
        filas, columnas = self.forma
        return self.filas[fila if filas > 1 else 0][columna if columnas > 1 else 0]


def esta_vacia(celda: object) -> bool:
    """Whether a cell is empty: some hosts say None, others an empty text."""
    return celda is None or (isinstance(celda, str) and not celda.strip())


def sin_error(celda: object) -> object:
    """The cell itself; `CeldaConError` when it holds an error value."""
    if isinstance(celda, ErrorDeCelda):
        raise CeldaConError(celda)
    return celda


def para_celda(resultado: object) -> object:
    """A result as a cell holds it: N/D as text, words as text, what could not be computed as an error value."""
    if isinstance(resultado, DatoInvalido):
        return ErrorDeCelda(VALOR_INVALIDO, str(resultado))
    if isinstance(resultado, CeldaConError):
        return resultado.error
    if isinstance(resultado, Medida):
        return NO_DISPONIBLE if resultado.valor is None else resultado.valor
    return resultado.value if isinstance(resultado, Enum) else resultado


def _es_secuencia(valor: object) -> TypeGuard[Sequence[object]]:
    return isinstance(valor, (list, tuple))
