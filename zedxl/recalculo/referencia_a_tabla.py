"""References to a table's parts, such as ``tblPlan[[#This Row],[Meta 2025]]``, as addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping

from zedxl.libro.direccion import Area, con_hoja
from zedxl.recalculo.entorno import Tabla

_TODA = re.compile(r"([^\[\]]*)\[(.*)\]", re.DOTALL)
_PIEZA = re.compile(r"\[((?:[^\[\]']|'.)*)\]")
_ESCAPE = re.compile(r"'(.)")
_PARTES = ("#all", "#data", "#headers", "#totals", "#this row")


def resolver(escrita: str, tablas: Mapping[str, Tabla], hoja: str, fila: int) -> str | None:
    """The address of a part of a table, seen from a cell; None when there is no such table, column or row.

    Rows outside the table have no ``#This Row``.
    """
    partes = _TODA.fullmatch(escrita)
    if partes is None:
        return None
    tabla = tablas.get(partes[1].casefold()) if partes[1] else _la_de(tablas, hoja, fila)
    if tabla is None:
        return None
    especiales, columnas = _leer(partes[2])
    filas = _filas(tabla, especiales, fila, hoja)
    lados = _columnas(tabla, columnas)
    if filas is None or lados is None:
        return None
    return con_hoja(tabla.hoja, str(Area(filas[0], lados[0], filas[1], lados[1])))


def _la_de(tablas: Mapping[str, Tabla], hoja: str, fila: int) -> Tabla | None:
    """The table that a formula in it need not name; None where it could be more than one."""
    propias = [t for t in tablas.values() if t.hoja == hoja and t.area.fila <= fila <= t.area.hasta_fila]
    return propias[0] if len(propias) == 1 else None


def _leer(dentro: str) -> tuple[set[str], list[str]]:
    """The special parts and the column titles between the brackets."""
    especiales = set()
    if dentro.startswith("@"):
        especiales.add("#this row")
        dentro = dentro[1:]
    piezas = [m[1] for m in _PIEZA.finditer(dentro)] if dentro.startswith("[") else [dentro]
    columnas = []
    for pieza in filter(None, piezas):
        if pieza.casefold() in _PARTES or pieza == "@":
            especiales.add("#this row" if pieza == "@" else pieza.casefold())
        else:
            columnas.append(_ESCAPE.sub(r"\1", pieza))
    return especiales, columnas


def _filas(tabla: Tabla, especiales: set[str], fila: int, hoja: str) -> tuple[int, int] | None:
    primera, ultima = tabla.filas_de_datos
    if "#this row" in especiales:
        return (fila, fila) if hoja == tabla.hoja and primera <= fila <= ultima else None
    if "#all" in especiales:
        return tabla.area.fila, tabla.area.hasta_fila
    con_titulos, con_totales = "#headers" in especiales, "#totals" in especiales
    if (con_titulos and not tabla.con_titulos) or (con_totales and not tabla.con_totales):
        return None
    desde = tabla.area.fila if con_titulos else primera
    hasta = tabla.area.hasta_fila if con_totales else ultima
    if especiales == {"#headers"}:
        return desde, desde
    return (hasta, hasta) if especiales == {"#totals"} else (desde, hasta)


def _columnas(tabla: Tabla, titulos: list[str]) -> tuple[int, int] | None:
    if not titulos:
        return tabla.area.columna, tabla.area.hasta_columna
    propios = [titulo.casefold() for titulo in tabla.columnas]
    if any(titulo.casefold() not in propios for titulo in titulos):
        return None
    numeros = [tabla.area.columna + propios.index(titulo.casefold()) for titulo in titulos]
    return min(numeros), max(numeros)
