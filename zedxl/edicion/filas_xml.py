"""A row of a sheet that takes its look, its height and its rules from another one, and is printed with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from zedxl.edicion.cambio import FilaNueva
from zedxl.edicion.libro_editable import HojaAbierta, LibroEditable
from zedxl.edicion.nombres_xml import IMPRESION, cambiar_area
from zedxl.edicion.reglas_xml import extender_reglas
from zedxl.libro.direccion import Area


def usar_filas(libro: LibroEditable, filas: Iterable[FilaNueva]) -> None:
    """Give these rows what they take from their models."""
    for fila in filas:
        hoja = libro.hoja(fila.hoja)
        with libro.explicando(f"la hoja «{fila.hoja}»"):
            _copiar_aspecto(hoja, fila)
            hoja.xml.copiar_alto(fila.modelo, (fila.fila, fila.desde_columna))
            modelo = Area(fila.modelo, fila.desde_columna, fila.modelo, fila.hasta_columna)
            extender_reglas(hoja, modelo, (fila.fila - fila.modelo, 0))
            cambiar_area(libro, fila.hoja, IMPRESION, partial(con_la_fila, fila=fila.fila))


def con_la_fila(area: Area, fila: int) -> Area:
    """An area with the row below it, when that is this one.

    >>> str(con_la_fila(Area(4, 1, 18, 40), 19)), str(con_la_fila(Area(4, 1, 18, 40), 25))
    ('A4:AN19', 'A4:AN18')
    """
    return replace(area, hasta_fila=fila) if area.hasta_fila + 1 == fila else area


def _copiar_aspecto(hoja: HojaAbierta, fila: FilaNueva) -> None:
    for columna in range(fila.desde_columna, fila.hasta_columna + 1):
        estilo = hoja.xml.estilo((fila.modelo, columna))
        if hoja.xml.estilo((fila.fila, columna)) != estilo:
            hoja.xml.para_editar((fila.fila, columna)).con_estilo(estilo)
