"""A row of a sheet that takes its look, its height and its rules from another one, and is printed with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from zedxl.edicion.aspecto_xml import vestir
from zedxl.edicion.cambio import FilaNueva
from zedxl.edicion.libro_editable import LibroEditable
from zedxl.edicion.nombres_xml import IMPRESION, cambiar_area
from zedxl.libro.direccion import Area


def usar_filas(libro: LibroEditable, filas: Iterable[FilaNueva]) -> None:
    """Give these rows what they take from their models."""
    for fila in filas:
        hoja = libro.hoja(fila.hoja)
        with libro.explicando(f"la hoja «{fila.hoja}»"):
            modelo = Area(fila.modelo, fila.desde_columna, fila.modelo, fila.hasta_columna)
            vestir(hoja, modelo, (fila.fila - fila.modelo, 0))
            hoja.xml.copiar_alto(fila.modelo, (fila.fila, fila.desde_columna))
            cambiar_area(libro, fila.hoja, IMPRESION, partial(con_la_fila, fila=fila.fila))


def con_la_fila(area: Area, fila: int) -> Area:
    """An area with the row below it, when that is this one.

    >>> str(con_la_fila(Area(4, 1, 18, 40), 19)), str(con_la_fila(Area(4, 1, 18, 40), 25))
    ('A4:AN19', 'A4:AN18')
    """
    return replace(area, hasta_fila=fila) if area.hasta_fila + 1 == fila else area
