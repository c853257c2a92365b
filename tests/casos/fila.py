"""A row of the tables of calls: arguments, what a cell must show, where that comes from."""

from __future__ import annotations

from udfs import ErrorDeCelda

INVALIDO = ErrorDeCelda("#VALUE!")
"""A call that is refused: an exception in Python, an error value in a cell."""

NA = ErrorDeCelda("#N/A")
ND = "N/D"

Fila = tuple[tuple[object, ...], object, str]
