"""The tables and filters of the book that is open in Excel, and how they come to reach farther."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from zedxl.edicion.cambio import Contenido, EdicionImposible, TablaHasta
from zedxl.edicion.tablas_xml import anadidas, titulo_de_tabla
from zedxl.excel.hoja_viva import HojaViva, Posicion
from zedxl.libro.direccion import Area, direccion

Deshacer = list[Callable[[], object]]


def coleccion(com: Any) -> Iterator[Any]:
    """The members of one of Excel's collections."""
    return (com.Item(numero) for numero in range(1, com.Count + 1))


def nombres_usados(libro: Any) -> Iterator[str]:
    """The names that tables and cells of a book have, casefolded."""
    for hoja in coleccion(libro.Worksheets):
        yield from (str(tabla.Name).casefold() for tabla in coleccion(hoja.ListObjects))
    yield from (str(nombre.Name).casefold() for nombre in coleccion(libro.Names))


def exigir_titulos_intactos(hoja: HojaViva, valores: Mapping[Posicion, Contenido]) -> None:
    """Raise `EdicionImposible` when a title or a total of a table is to say something else.

    Formulas know the columns by their titles. ``valores`` are the cells that are written.
    """
    for tabla in coleccion(hoja.com.ListObjects):
        area = _area(tabla.Range)
        titulos = _titulos(hoja, area) if tabla.ShowHeaders else {}
        for lugar, valor in valores.items():
            es_total = bool(tabla.ShowTotals) and lugar[0] == area.hasta_fila and lugar in area
            if es_total or titulos.get(lugar, valor) != valor:
                raise EdicionImposible(
                    f"{hoja.celda(lugar)} es título o total de la tabla «{tabla.Name}», y las fórmulas conocen sus "
                    "columnas por él. Cámbielo en Excel. No se cambió nada."
                )


def comprobar_tabla(hoja: HojaViva, hasta: TablaHasta, valores: Mapping[Posicion, Contenido]) -> None:
    """Raise `EdicionImposible` when a table cannot reach so far; ``valores`` are the cells that are written."""
    tabla = _tabla_de(hoja, hasta)
    if tabla is None:
        return
    area = _area(tabla.Range)
    nueva = _alargada(area, hasta)
    quien = f"La tabla «{tabla.Name}» de la hoja «{hoja.com.Name}» no se puede alargar"
    if nueva != area and tabla.ShowTotals:
        raise EdicionImposible(
            f"{quien}: tiene una fila de totales. Quítela en Excel (Diseño de tabla > Fila de totales) y repita la "
            "operación. No se cambió nada."
        )
    escritas = () if hasta.absorbe else tuple(valores)
    for anadida in anadidas(area, nueva):
        ocupada = next((lugar for lugar in _ocupadas(hoja, anadida, hasta.absorbe) if lugar not in escritas), None)
        if ocupada is not None:
            raise EdicionImposible(
                f"{quien}: {direccion(*ocupada)} está ocupada. Mueva a otro lugar lo que hay ahí y repita la "
                "operación. No se cambió nada."
            )
    titulos = [str(titulo or "") for titulo in _titulos(hoja, area).values()]
    for columna in range(area.hasta_columna + 1, nueva.hasta_columna + 1):
        lugar = (area.fila, columna)
        titulos.append(titulo_de_tabla(hoja.celda(lugar), valores.get(lugar, hoja.contenido(lugar)), titulos))


def alargar_tabla(hoja: HojaViva, hasta: TablaHasta, deshacer: Deshacer) -> None:
    """Have a table, or the filter of the sheet, reach as far as it is to; a filter that hides rows stays as it is."""
    tabla = _tabla_de(hoja, hasta)
    if tabla is not None:
        antes = _area(tabla.Range)
        despues = _alargada(antes, hasta)
        if despues != antes:
            deshacer.append(lambda: tabla.Resize(hoja.rango(antes)))
            tabla.Resize(hoja.rango(despues))
    elif hoja.com.AutoFilterMode and not hoja.com.FilterMode:
        antes = _area(hoja.com.AutoFilter.Range)
        despues = _alargada(antes, hasta)
        if _esta_en_titulos(hasta, antes) and despues != antes:
            deshacer.append(partial(_filtrar, hoja, antes))
            _filtrar(hoja, despues)


def _tabla_de(hoja: HojaViva, hasta: TablaHasta) -> Any:
    """The table that has that title among its titles, None when there is none."""
    tabla = hoja.com.Cells(hasta.titulo.fila, hasta.titulo.columna).ListObject
    if tabla is None or not tabla.ShowHeaders or not _esta_en_titulos(hasta, _area(tabla.Range)):
        return None
    return tabla


def _esta_en_titulos(hasta: TablaHasta, area: Area) -> bool:
    return hasta.titulo.fila == area.fila and (hasta.titulo.fila, hasta.titulo.columna) in area


def _titulos(hoja: HojaViva, area: Area) -> dict[Posicion, Contenido]:
    return hoja.contenidos(Area(area.fila, area.columna, area.fila, area.hasta_columna))


def _ocupadas(hoja: HojaViva, area: Area, absorbe: bool) -> Iterator[Posicion]:
    """The cells over which a table does not grow: merged ones and arrays always, all that say something else."""
    for propiedad in ("MergeCells", "HasArray", "HasSpill"):
        yield from (lugar for lugar, la_tiene in hoja.propiedad(area, propiedad).items() if la_tiene)
    if not absorbe:
        yield from (lugar for lugar, contenido in hoja.contenidos(area).items() if contenido is not None)
        yield from (lugar for lugar, la_tiene in hoja.propiedad(area, "HasFormula").items() if la_tiene)


def _alargada(area: Area, hasta: TablaHasta) -> Area:
    ultimas = max(area.hasta_fila, hasta.hasta_fila), max(area.hasta_columna, hasta.hasta_columna)
    return Area(area.fila, area.columna, *ultimas)


def _filtrar(hoja: HojaViva, area: Area) -> None:
    hoja.com.AutoFilterMode = False
    hoja.rango(area).AutoFilter()


def _area(rango: Any) -> Area:
    fila, columna = int(rango.Row), int(rango.Column)
    return Area(fila, columna, fila + int(rango.Rows.Count) - 1, columna + int(rango.Columns.Count) - 1)
