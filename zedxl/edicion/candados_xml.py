"""Cells of a book's file that become locked or open, and the protection of their sheet."""

from __future__ import annotations

from collections.abc import Iterable

from zedxl.edicion.cambio import Candado
from zedxl.edicion.libro_editable import HojaAbierta, LibroEditable
from zedxl.edicion.orden_de_hoja import insertado
from zedxl.libro.xml_crudo import atributo, con_apertura, con_atributo, hijo, raiz

_PROTECCION = (
    b'<%bsheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0" autoFilter="0"/>'
)


def poner_candados(libro: LibroEditable, candados: Iterable[Candado]) -> None:
    """Lock these cells, or open them to typing."""
    for candado in candados:
        hoja = libro.hoja(candado.hoja)
        with libro.explicando(f"la hoja «{candado.hoja}»"):
            for lugar in sorted(candado.celdas):
                estilo = hoja.xml.estilo(lugar)
                nuevo = libro.estilos.con_candado(estilo, candado.cerrado)
                if nuevo != estilo:
                    hoja.xml.para_editar(lugar).con_estilo(nuevo)
            if candado.proteger:
                _proteger(hoja)


def _proteger(hoja: HojaAbierta) -> None:
    marco = hoja.xml.marco
    proteccion = hijo(marco, raiz(marco), b"sheetProtection")
    if proteccion is None:
        hoja.xml.marco = insertado(marco, b"sheetProtection", _PROTECCION % hoja.xml.prefijo)
        return
    apertura = proteccion.apertura(marco)
    if atributo(apertura, "sheet") not in ("1", "true"):
        hoja.xml.marco = con_apertura(marco, proteccion, con_atributo(apertura, "sheet", "1"))
