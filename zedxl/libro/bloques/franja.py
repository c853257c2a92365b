"""Some columns of a sheet as a sheet of their own, with every cell in its place."""

from __future__ import annotations

from zedxl.libro.hoja import Hoja


def franja(hoja: Hoja, columnas: slice, titulos: int) -> Hoja:
    """The sheet with nothing but some of its columns.

    Of a text merged over several above the row of titles, those not its first have it too: it stands over all of them.
    """
    desde, hasta, _ = columnas.indices(max(map(len, hoja.filas), default=0))
    filas = [[None] * min(desde, len(fila)) + fila[desde:hasta] for fila in hoja.filas]
    for area in hoja.combinadas:
        if area.fila < titulos and area.columna <= desde < area.hasta_columna:
            fila = filas[area.fila - 1]
            fila.extend([None] * (desde + 1 - len(fila)))
            fila[desde] = hoja.valor(area.fila, area.columna)
    suyas = tuple(a for a in hoja.combinadas if a.columna > desde and a.hasta_columna <= hasta)
    return Hoja(hoja.nombre, filas, suyas)
