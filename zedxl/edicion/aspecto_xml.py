"""Cells of a sheet that come to look, and to take what is typed, as others do."""

from __future__ import annotations

from zedxl.edicion.hoja_xml import Posicion
from zedxl.edicion.libro_editable import HojaAbierta
from zedxl.edicion.reglas_xml import extender_reglas
from zedxl.libro.direccion import Area


def vestir(hoja: HojaAbierta, modelo: Area, paso: Posicion) -> None:
    """Give the cells so many rows and columns from those of ``modelo`` their styles and their rules."""
    for fila, columna in modelo.posiciones():
        lugar = (fila + paso[0], columna + paso[1])
        estilo = hoja.xml.estilo((fila, columna))
        if hoja.xml.estilo(lugar) != estilo:
            hoja.xml.para_editar(lugar).con_estilo(estilo)
    extender_reglas(hoja, modelo, paso)
