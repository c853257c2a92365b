"""Scattered cells as few rectangles: a program that is asked for a rectangle at a time answers sooner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zedxl.libro.direccion import Area


def rectangulos(celdas: Iterable[tuple[int, int]]) -> list[Area]:
    """Areas that together are exactly these cells (row, column), each cell in one of them, from above to below.

    >>> [str(area) for area in rectangulos([(2, 1), (1, 2), (2, 2), (1, 1), (5, 3)])]
    ['A1:B2', 'C5']
    """
    abiertas: dict[tuple[int, int], Area] = {}
    cerradas = []
    for tramo in _tramos(celdas):
        columnas = (tramo.columna, tramo.hasta_columna)
        encima = abiertas.get(columnas)
        if encima is not None and encima.hasta_fila == tramo.fila - 1:
            abiertas[columnas] = Area(encima.fila, encima.columna, tramo.fila, encima.hasta_columna)
            continue
        if encima is not None:
            cerradas.append(encima)
        abiertas[columnas] = tramo
    return sorted([*cerradas, *abiertas.values()], key=lambda area: (area.fila, area.columna))


def _tramos(celdas: Iterable[tuple[int, int]]) -> Iterator[Area]:
    """The cells that stand side by side in a row, row by row."""
    tramo: Area | None = None
    for fila, columna in sorted(set(celdas)):
        if tramo is not None and (fila, columna) == (tramo.fila, tramo.hasta_columna + 1):
            tramo = Area(fila, tramo.columna, fila, columna)
            continue
        if tramo is not None:
            yield tramo
        tramo = Area(fila, columna, fila, columna)
    if tramo is not None:
        yield tramo
