"""What a cell holds, to and from the XML of its element, in the terms of the reader of books."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree as ET

from zedxl.edicion.cambio import Contenido, EdicionImposible
from zedxl.edicion.fila_xml import CeldaXML
from zedxl.libro.formato_de_fecha import Lectura
from zedxl.libro.hoja import CON_ERROR, en_dias
from zedxl.libro.xml_crudo import XMLNoEditable
from zedxl.numero import puntos_porcentuales
from zedxl.plan import Celda
from zedxl.recalculo.valor_de_celda import codificar, codificar_texto, decodificar_texto, numero_de_serie

MAX_TEXTO = 32_767
"""UTF-16 units that a cell holds."""

_MAYOR = 9.99999999999999e307
_NUMERO = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_ESPACIO_QUE_CUENTA = re.compile(r"^\s|\s$|\s\s|[\t\n]")
_PRESERVAR = "{http://www.w3.org/XML/1998/namespace}space"
_EN_BLANCO = " \t\r\n"
_PRIMER_DIA = {False: dt.datetime(1900, 1, 1), True: dt.datetime(1904, 1, 1)}
_DIAS_HASTA_1904 = 1462


def escrito(
    celda: Celda, contenido: Contenido, prefijo: bytes, *, porcentaje: bool, desde_1904: bool
) -> tuple[str, bytes]:
    """Attribute ``t`` ("" for none) and inner XML of a cell that holds this.

    ``porcentaje`` says that its format shows percentages. Raises `EdicionImposible` for what no cell can hold.
    """
    match en_crudo(celda, contenido, porcentaje=porcentaje, desde_1904=desde_1904):
        case None:
            return "", b""
        case str(texto):
            return "inlineStr", _texto_en_linea(texto, prefijo)
        case crudo:
            clase, valor = codificar(crudo)
    return clase, b"<%bv>%b</%bv>" % (prefijo, valor.encode(), prefijo)


def en_crudo(celda: Celda, contenido: Contenido, *, porcentaje: bool, desde_1904: bool) -> float | str | bool | None:
    """What a spreadsheet keeps in a cell that says this: moments as serial numbers, percentages as fractions.

    ``porcentaje`` says that its format shows percentages. Raises `EdicionImposible` for what no cell can hold.
    """
    match contenido:
        case None | "":
            return None
        case bool():
            return contenido
        case str():
            _exigir_que_quepa(celda, contenido)
            return contenido
        case dt.datetime():
            return _serie(celda, contenido, desde_1904)
        case _:
            return _numero(celda, contenido, porcentaje)


def _texto_en_linea(texto: str, prefijo: bytes) -> bytes:
    espacio = b' xml:space="preserve"' if _ESPACIO_QUE_CUENTA.search(texto) else b""
    return b"<%bis><%bt%b>%b</%bt></%bis>" % (
        prefijo, prefijo, espacio, codificar_texto(texto).encode(), prefijo, prefijo,
    )  # fmt: skip


def _exigir_que_quepa(celda: Celda, texto: str) -> None:
    try:
        largo = len(texto.encode("utf-16-le")) // 2
    except UnicodeEncodeError:
        raise EdicionImposible(
            f"El texto para {celda} tiene un carácter dañado y no se puede guardar. Escríbalo de nuevo a mano."
        ) from None
    if largo > MAX_TEXTO:
        raise EdicionImposible(
            f"El texto para {celda} tiene {largo:,} caracteres, y una celda admite {MAX_TEXTO:,}. Acórtelo."
        )


def _serie(celda: Celda, momento: dt.datetime, desde_1904: bool) -> float:
    if momento.tzinfo is not None or momento < _PRIMER_DIA[desde_1904]:
        raise EdicionImposible(f"La fecha {momento:%d/%m/%Y} no se puede guardar en {celda}. Corríjala.")
    return numero_de_serie(momento, desde_1904)


def _numero(celda: Celda, numero: float, porcentaje: bool) -> float:
    try:
        valor = float(numero)
    except OverflowError:
        valor = math.inf
    if not abs(valor) <= _MAYOR:
        raise EdicionImposible(f"El número para {celda} no cabe en una celda. Corríjalo.")
    return float(Decimal(f"{valor:.15g}").scaleb(-2)) if porcentaje else valor


@dataclass(frozen=True, slots=True)
class Lector:
    """Reads what the cells of a book hold, just as `zedxl.libro.hoja` does.

    ``texto`` gives the shared text of a number, ``lectura`` what becomes of a number in a style, and ``porcentaje``
    whether a style shows percentages.
    """

    texto: Callable[[int], str]
    lectura: Callable[[int], Lectura]
    porcentaje: Callable[[int], bool]
    desde_1904: bool

    def leer(self, celda: CeldaXML, elemento: ET.Element) -> Contenido:  # noqa: PLR0911  one for each kind of cell
        """What a cell without a formula holds; ``elemento`` is the same cell, parsed."""
        valor = next((e.text or "" for e in elemento if _nombre(e) == "v"), "")
        match celda.clase:
            case "inlineStr":
                return next((texto_de(e) for e in elemento if _nombre(e) == "is"), "") or None
            case "s" if valor:
                return self.texto(_indice(valor)) or None
            case "str":
                return decodificar_texto(valor) or None
            case "b" if valor:
                return valor in ("1", "true")
            case "e" if valor:
                return CON_ERROR
            case "d" if valor:
                return _fecha(valor)
            case "n" if valor:
                return self._de_numero(valor, celda.estilo)
        return None

    def _de_numero(self, texto: str, estilo: int) -> Contenido:
        if not _NUMERO.fullmatch(texto):
            return texto
        numero = float(texto)
        match self.lectura(estilo):
            case Lectura.MOMENTO:
                return momento_de(numero, self.desde_1904)
            case Lectura.DURACION:
                return duracion_de(numero)
        return puntos_porcentuales(numero) if self.porcentaje(estilo) else numero


def textos_compartidos(xml: bytes) -> list[str]:
    """The shared texts of a book."""
    try:
        raiz = ET.fromstring(xml or b"<vacio/>")
    except (ET.ParseError, ValueError, LookupError) as error:
        raise XMLNoEditable from error
    return [texto_de(elemento) for elemento in raiz if _nombre(elemento) == "si"]


def texto_de(elemento: ET.Element) -> str:
    """The text of an ``si`` or ``is`` element, plain or rich, without its reading aids."""
    return "".join(_de_un_tramo(tramo) for tramo in _tramos(elemento))


def _tramos(elemento: ET.Element) -> Iterator[ET.Element]:
    for dentro in elemento:
        if _nombre(dentro) == "t":
            yield dentro
        elif _nombre(dentro) == "r":
            yield from (e for e in dentro if _nombre(e) == "t")


def _de_un_tramo(tramo: ET.Element) -> str:
    texto = tramo.text or ""
    return decodificar_texto(texto if tramo.get(_PRESERVAR) == "preserve" else texto.strip(_EN_BLANCO))


def _nombre(elemento: ET.Element) -> str:
    return elemento.tag.rpartition("}")[2]


def _indice(valor: str) -> int:
    if not (valor.isascii() and valor.isdigit() and len(valor) < 10):
        raise XMLNoEditable
    return int(valor)


def _fecha(valor: str) -> Contenido:
    try:
        return dt.datetime.fromisoformat(valor)
    except ValueError:
        return valor


def momento_de(numero: float, desde_1904: bool) -> Contenido:
    """The moment of a serial number; below one it is a time of day, in days."""
    dias = numero + (_DIAS_HASTA_1904 if desde_1904 else 0)
    inicio = dt.datetime(1899, 12, 30 if dias >= 60 else 31)
    try:
        momento = inicio + dt.timedelta(milliseconds=round(dias * 86_400_000))
    except (OverflowError, ValueError):
        return numero
    return momento if dias >= 1 else en_dias(momento.time())


def duracion_de(numero: float) -> Contenido:
    """The duration of a serial number, in days to the millisecond as the reader tells it."""
    try:
        return en_dias(dt.timedelta(milliseconds=round(numero * 86_400_000)))
    except (OverflowError, ValueError):
        return numero
