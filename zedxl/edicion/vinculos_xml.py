"""Cells of a book's file that lead to other cells when they are clicked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from zedxl.edicion.cambio import Vinculo
from zedxl.edicion.fila_xml import area_de
from zedxl.edicion.hoja_xml import Posicion
from zedxl.edicion.libro_editable import LibroEditable
from zedxl.edicion.orden_de_hoja import insertado
from zedxl.libro.direccion import Area, direccion
from zedxl.libro.xml_crudo import atributo, con_atributo, entre_comillas, hijo, hijos, raiz, sustituido

_LISTA = b"hyperlinks"


def enlazar(libro: LibroEditable, vinculos: Iterable[Vinculo]) -> None:
    """Make these cells lead where they are to; what another cell beside them leads to stays."""
    por_hoja = sorted(vinculos, key=lambda vinculo: vinculo.celda.hoja)
    for nombre, suyos in groupby(por_hoja, key=lambda vinculo: vinculo.celda.hoja):
        hoja = libro.hoja(nombre)
        with libro.explicando(f"la hoja «{nombre}»"):
            hoja.xml.marco = _enlazado(hoja.xml.marco, list(suyos))


def _enlazado(marco: bytes, vinculos: Collection[Vinculo]) -> bytes:
    propia = raiz(marco)
    lista = hijo(marco, propia, _LISTA)
    lugares = {(v.celda.fila, v.celda.columna): v for v in vinculos}
    nuevos = b"".join(
        b'<%bhyperlink ref="%b" location=%b/>'
        % (propia.prefijo, direccion(*lugar).encode(), entre_comillas(v.direccion).encode())
        for lugar, v in lugares.items()
        if v.destino is not None
    )
    dentro = b"".join(_que_quedan(marco, lugares)) + nuevos
    nueva = b"<%b%b>%b</%b%b>" % (propia.prefijo, _LISTA, dentro, propia.prefijo, _LISTA) if dentro else b""
    if lista is not None:
        return sustituido(marco, lista, nueva)
    return insertado(marco, _LISTA, nueva) if nueva else marco


def _que_quedan(marco: bytes, lugares: Collection[Posicion]) -> Iterator[bytes]:
    """The links that the sheet has for other cells; one of many cells goes on with those that are left to it."""
    lista = hijo(marco, raiz(marco), _LISTA)
    for enlace in hijos(marco, lista) if lista else ():
        apertura = enlace.apertura(marco)
        area = area_de(atributo(apertura, "ref") or "")
        restos = _sin(area, lugares)
        if restos == [area]:
            yield enlace.crudo(marco)
            continue
        for resto in restos:
            yield con_atributo(apertura, "ref", str(resto)) + marco[enlace.dentro : enlace.fin]


def _sin(area: Area, lugares: Collection[Posicion]) -> list[Area]:
    """The area without these cells, in rectangles."""
    restos = [area]
    for lugar in lugares:
        restos = [parte for resto in restos for parte in (_alrededor(resto, lugar) if lugar in resto else (resto,))]
    return restos


def _alrededor(area: Area, lugar: Posicion) -> Iterator[Area]:
    fila, columna = lugar
    if area.fila < fila:
        yield Area(area.fila, area.columna, fila - 1, area.hasta_columna)
    if area.columna < columna:
        yield Area(fila, area.columna, fila, columna - 1)
    if columna < area.hasta_columna:
        yield Area(fila, columna + 1, fila, area.hasta_columna)
    if fila < area.hasta_fila:
        yield Area(fila + 1, area.columna, area.hasta_fila, area.hasta_columna)
