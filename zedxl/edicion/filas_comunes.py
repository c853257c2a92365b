"""Two states of a book to compare, without the rows that are written alike in both.

An edit touches few rows of a big book: reading only those makes checking it many times faster. Nothing is left out
unless the same bytes must mean the same cells in both.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from itertools import pairwise
from xml.etree import ElementTree as ET

from zedxl.libro.paquete import Paquete, danado
from zedxl.libro.paquete_crudo import con_partes

_TEXTOS = re.compile(rb"<sst(?:\s[^>]*)?(?<!/)>")
_FILA = re.compile(rb"""<row\s(?:[^>]*?\s)?r=["'](\d+)["']""")
_FIN_DE_FILAS = b"</sheetData>"


def sin_filas_comunes(
    antes: Paquete, ahora: Paquete, necesarias: Mapping[str, AbstractSet[int]]
) -> tuple[Paquete, Paquete]:
    """The two books to compare, each without the rows that are the same in both; whole where that is not certain.

    ``ahora`` has at least the sheets of ``antes``. The rows ``necesarias`` of a sheet are there in any case.
    """
    if not _se_leen_igual(antes, ahora):
        return antes, ahora
    partes_de_ahora = ahora.hojas()
    unas, otras = {}, {}
    for nombre, parte in antes.hojas().items():
        otra = partes_de_ahora[nombre]
        unas[parte], otras[otra] = _sin_comunes(antes.parte(parte), ahora.parte(otra), necesarias.get(nombre, set()))
    return _con(antes, unas), _con(ahora, otras)


def _con(paquete: Paquete, partes: dict[str, bytes]) -> Paquete:
    return Paquete(paquete.ruta, con_partes(paquete.contenido, partes))


def _se_leen_igual(antes: Paquete, ahora: Paquete) -> bool:
    """Whether a cell written with the same bytes is the same in both: its text, its kind of number, its date."""
    textos = _parte_de_clase(antes, "sharedStrings"), _parte_de_clase(ahora, "sharedStrings")
    return (
        (textos[0] == textos[1] or _entradas(textos[1]).startswith(_entradas(textos[0])))
        and _solo_crecen_los_estilos(antes, ahora)
        and _propiedades(antes) == _propiedades(ahora)
    )


def _entradas(textos: bytes) -> bytes:
    """The shared texts without the tags around all of them."""
    apertura = _TEXTOS.search(textos)
    return textos[apertura.end() : textos.rfind(b"</sst>")] if apertura else textos


def _solo_crecen_los_estilos(antes: Paquete, ahora: Paquete) -> bool:
    """Whether all number formats and styles of before are still there, under the numbers that they had."""
    unos, otros = (_arbol(paquete, _parte_de_clase(paquete, "styles")) for paquete in (antes, ahora))
    for nombre in ("{*}numFmts", "{*}cellXfs"):
        uno, otro = ([ET.tostring(e) for e in raiz.iterfind(f"{nombre}/*")] for raiz in (unos, otros))
        if otro[: len(uno)] != uno:
            return False
    return True


def _propiedades(paquete: Paquete) -> dict[str, str] | None:
    """The properties of the book, among them the day from which its dates count."""
    propiedades = _arbol(paquete, paquete.parte("xl/workbook.xml")).find("{*}workbookPr")
    return None if propiedades is None else propiedades.attrib


def _parte_de_clase(paquete: Paquete, clase: str) -> bytes:
    for relacion in _arbol(paquete, paquete.parte("xl/_rels/workbook.xml.rels")):
        if relacion.get("Type", "").endswith(f"/{clase}"):
            return paquete.parte(posixpath.normpath(posixpath.join("/xl", relacion.get("Target", "")))[1:])
    return b""


def _arbol(paquete: Paquete, xml: bytes) -> ET.Element:
    try:
        return ET.fromstring(xml or b"<vacio/>")
    except (ET.ParseError, ValueError) as error:
        danado(paquete.ruta, error)


def _sin_comunes(uno: bytes, otro: bytes, necesarias: AbstractSet[int]) -> tuple[bytes, bytes]:
    """Two XML of a sheet without the rows with which both begin, and those with which both end."""
    (desde, hasta), (desde_otro, hasta_otro) = _lugar_de_las_filas(uno), _lugar_de_las_filas(otro)
    unas, otras = uno[desde:hasta], otro[desde_otro:hasta_otro]
    if not (_en_orden(uno, unas) and _en_orden(otro, otras)):
        return uno, otro
    presentes = _numeros(otras)
    if unas == otras:
        unas = otras = b""
    else:
        inicio = max(unas.rfind(b"<row", 0, _iguales_al_inicio(unas, otras)), 0)
        unas, otras = unas[inicio:], otras[inicio:]
        final = unas.find(b"<row", len(unas) - _iguales_al_final(unas, otras))
        sobran = len(unas) - final if final >= 0 else 0
        unas, otras = unas[: len(unas) - sobran], otras[: len(otras) - sobran]
    if necesarias & set(presentes) <= set(_numeros(otras)):
        return uno[:desde] + unas + uno[hasta:], otro[:desde_otro] + otras + otro[hasta_otro:]
    return uno, otro


def _lugar_de_las_filas(xml: bytes) -> tuple[int, int]:
    """Where the rows begin and end; nowhere, at 0, when there are none that can be told."""
    desde, hasta = xml.find(b"<row"), xml.rfind(_FIN_DE_FILAS)
    return (desde, hasta) if 0 <= desde < hasta else (0, 0)


def _en_orden(xml: bytes, filas: bytes) -> bool:
    """Whether the rows are plain XML and each says its number, in ascending order, so that it stands by itself."""
    numeros = _numeros(filas)
    return (
        b"<!" not in xml
        and b"\x00" not in xml
        and 0 < len(numeros) == filas.count(b"<row")
        and all(una < otra for una, otra in pairwise(numeros))
    )


def _numeros(filas: bytes) -> list[int]:
    return [int(numero) for numero in _FILA.findall(filas)]


def _iguales_al_inicio(uno: bytes, otro: bytes) -> int:
    """With how many bytes both begin."""
    bajo, alto = 0, min(len(uno), len(otro))
    while bajo < alto:
        medio = (bajo + alto + 1) // 2
        if uno[bajo:medio] == otro[bajo:medio]:
            bajo = medio
        else:
            alto = medio - 1
    return bajo


def _iguales_al_final(uno: bytes, otro: bytes) -> int:
    """With how many bytes both end."""
    bajo, alto = 0, min(len(uno), len(otro))
    while bajo < alto:
        medio = (bajo + alto + 1) // 2
        if uno[len(uno) - medio : len(uno) - bajo] == otro[len(otro) - medio : len(otro) - bajo]:
            bajo = medio
        else:
            alto = medio - 1
    return bajo
