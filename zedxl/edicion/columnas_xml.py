"""A column of a sheet that takes its look, its width and its rules from another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zedxl.edicion.aspecto_xml import vestir
from zedxl.edicion.cambio import ColumnaNueva
from zedxl.edicion.fila_xml import entero
from zedxl.edicion.libro_editable import HojaAbierta, LibroEditable
from zedxl.libro.direccion import Area
from zedxl.libro.xml_crudo import atributo, con_atributo, hijo, hijos, raiz, sustituido

_ANCHO = ("width", "customWidth", "bestFit")


def usar(libro: LibroEditable, columnas: Iterable[ColumnaNueva]) -> None:
    """Give these columns what they take from their models."""
    for columna in columnas:
        hoja = libro.hoja(columna.hoja)
        with libro.explicando(f"la hoja «{columna.hoja}»"):
            modelo = Area(columna.desde_fila, columna.modelo, columna.hasta_fila, columna.modelo)
            vestir(hoja, modelo, (0, columna.columna - columna.modelo))
            _copiar_ancho(hoja, columna)


def _copiar_ancho(hoja: HojaAbierta, columna: ColumnaNueva) -> None:
    marco = hoja.xml.marco
    lista = hijo(marco, raiz(marco), b"cols")
    tramos = [_cerrada(e.apertura(marco)) for e in hijos(marco, lista)] if lista else []
    modelo = next((tramo for tramo in tramos if _abarca(tramo, columna.modelo)), None)
    if lista is None or modelo is None:
        return
    nuevos = b"".join(_con_columna(tramos, columna.columna, modelo, hoja.xml.prefijo))
    contenido = b"<%bcols>%b</%bcols>" % (lista.prefijo, nuevos, lista.prefijo)
    hoja.xml.marco = sustituido(marco, lista, contenido)


def _con_columna(tramos: list[bytes], columna: int, modelo: bytes, prefijo: bytes) -> Iterator[bytes]:
    """The ``col`` elements in which one column, split from its neighbours, is as wide as the model."""
    ancho = {nombre: atributo(modelo, nombre) for nombre in _ANCHO}
    nueva = _de(b"<%bcol/>" % prefijo, columna, columna, {**ancho, "style": atributo(modelo, "style")})
    hecha = False
    for tramo in sorted(tramos, key=lambda t: entero(atributo(t, "min"))):
        desde, hasta = entero(atributo(tramo, "min")), entero(atributo(tramo, "max"))
        if not hecha and columna < desde:
            yield nueva
            hecha = True
        if not desde <= columna <= hasta:
            yield tramo
            continue
        if desde < columna:
            yield _de(tramo, desde, columna - 1)
        yield _de(tramo, columna, columna, {**ancho, "hidden": None})
        if columna < hasta:
            yield _de(tramo, columna + 1, hasta)
        hecha = True
    if not hecha:
        yield nueva


def _de(tramo: bytes, desde: int, hasta: int, atributos: dict[str, str | None] | None = None) -> bytes:
    for nombre, valor in {"min": str(desde), "max": str(hasta), **(atributos or {})}.items():
        tramo = con_atributo(tramo, nombre, valor)
    return tramo


def _cerrada(apertura: bytes) -> bytes:
    return apertura if apertura.endswith(b"/>") else apertura[:-1] + b"/>"


def _abarca(tramo: bytes, columna: int) -> bool:
    return entero(atributo(tramo, "min")) <= columna <= entero(atributo(tramo, "max"))
