"""Merged cells across the data of a block: a text counts for every row, a number for none.

A code merged over three rows is the code of the three. A number merged over several rows or columns might be that of
each, or of all together; nobody but the planner knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from zedxl.libro.bloques.bloque import Bloque
from zedxl.libro.bloques.juntas import codigo_al_principio
from zedxl.libro.bloques.matriz import Matriz
from zedxl.libro.columnas import Columna
from zedxl.libro.direccion import Area
from zedxl.libro.hoja import COMBINADA, VACIAS, Posicion

_NUMERICAS = frozenset({
    Columna.PESO, Columna.PESO_INDICADOR, Columna.LINEA_BASE, Columna.LINEA_BASE_ANIO, Columna.MINIMO, Columna.MAXIMO,
})  # fmt: skip


def combinadas_de(bloque: Bloque) -> Mapping[Posicion, Any]:
    """What the cells count as that merges of a block cover, by row and column from 1."""
    if isinstance(bloque, Matriz):
        return {}  # its two rows are one, merged or not
    areas = [a for a in bloque.hoja.combinadas if bloque.fila_titulos < a.fila <= bloque.hasta]
    if not areas:
        return {}
    numericas, codigo = _numericas(bloque), bloque.columnas[Columna.CODIGO] + 1
    codigos = {
        fila: bloque.hoja.valor(a.fila, codigo)
        for a in areas
        if a.columna == codigo
        for fila in range(a.fila, min(a.hasta_fila, bloque.hasta) + 1)
    }
    return dict(cambio for area in areas for cambio in _de(area, bloque, numericas, codigos))


def _de(
    area: Area, bloque: Bloque, numericas: frozenset[int], codigos: Mapping[int, Any]
) -> Iterator[tuple[Posicion, Any]]:
    """What the cells of an area count as; ``numericas`` are columns, ``codigos`` those merged over rows, by row."""
    valor = bloque.hoja.valor(area.fila, area.columna)
    if valor in VACIAS:
        return
    todas = range(area.fila, min(area.hasta_fila, bloque.hasta) + 1)
    if area.columna not in numericas:
        yield from (((fila, area.columna), valor) for fila in todas)
        return
    columnas = [c for c in range(area.columna, area.hasta_columna + 1) if c in numericas]
    filas = [fila for fila in todas if _es_de_objetivo(bloque, fila, codigos)]
    if len(columnas) > 1 or len(filas) > 1:
        yield from (((fila, columna), COMBINADA) for fila in filas for columna in columnas)


def _numericas(bloque: Bloque) -> frozenset[int]:
    """The columns that hold numbers, from 1."""
    por_nombre = (n for columna, n in bloque.columnas.items() if columna in _NUMERICAS)
    de_tiempo = (*bloque.metas.values(), *bloque.metas_semestre.values(), *bloque.valores.values())
    return frozenset(n + 1 for n in (*por_nombre, *de_tiempo))


def _es_de_objetivo(bloque: Bloque, fila: int, codigos: Mapping[int, Any]) -> bool:
    """Whether a row is that of an OEI or AEI: by its own code, or by one merged over it."""
    columna = bloque.columnas[Columna.CODIGO] + 1
    codigo = codigo_al_principio(codigos.get(fila) or bloque.hoja.valor(fila, columna))
    return codigo[:3] in ("OEI", "AEI")
