"""The mark by which a book asks Excel to compute all its formulas when it is opened."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.parsers import expat

from zedxl.libro.paquete import Paquete, danado
from zedxl.libro.paquete_crudo import con_partes

_LIBRO = "xl/workbook.xml"
_ANTES_DE_CALCPR = frozenset(
    {"fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
     "externalReferences", "definedNames"}
)  # fmt: skip
"""What the schema puts before ``calcPr`` in a workbook."""
_MARCA = re.compile(rb"""(\sfullCalcOnLoad\s*=\s*)(?:"[^"]*"|'[^']*')""")
_NOMBRE = re.compile(rb"<(?:([^\s/>:]+):)?([^\s/>:]+)")


def que_se_calcule_al_abrir(paquete: Paquete) -> bytes:
    """The package with the mark set; nothing else changes, and nothing at all where it is set already.

    Raises `zedxl.libro.paquete.LibroIlegible`.
    """
    xml = paquete.parte(_LIBRO)
    try:
        lugares = _Lugares(xml)
    except expat.ExpatError as error:
        danado(paquete.ruta, error)
    marcado = _con_marca(xml, lugares.hijos) if "calcPr" in lugares.hijos else _con_elemento(xml, lugares)
    return paquete.contenido if marcado == xml else con_partes(paquete.contenido, {_LIBRO: marcado})


class _Lugares:
    """Where the children of the root begin in the XML, by their local name, and where the root ends."""

    def __init__(self, xml: bytes) -> None:
        self.hijos: dict[str, int] = {}
        self.final = 0
        self._hondura = 0
        self._analizador = expat.ParserCreate(namespace_separator="}")
        self._analizador.StartElementHandler = self._abrir
        self._analizador.EndElementHandler = self._cerrar
        self._analizador.Parse(xml, True)

    def _abrir(self, etiqueta: str, _: Mapping[str, str]) -> None:
        self._hondura += 1
        if self._hondura == 2:
            self.hijos[etiqueta.rpartition("}")[2]] = self._analizador.CurrentByteIndex

    def _cerrar(self, _: str) -> None:
        self._hondura -= 1
        self.final = self._analizador.CurrentByteIndex


def _con_marca(xml: bytes, hijos: Mapping[str, int]) -> bytes:
    inicio = hijos["calcPr"]
    etiqueta = xml[inicio : xml.index(b">", inicio) + 1]
    if _MARCA.search(etiqueta):
        marcada = _MARCA.sub(rb'\g<1>"1"', etiqueta)
    else:
        hasta = len(etiqueta) - (2 if etiqueta.endswith(b"/>") else 1)
        marcada = etiqueta[:hasta].rstrip() + b' fullCalcOnLoad="1"' + etiqueta[hasta:]
    return xml[:inicio] + marcada + xml[inicio + len(etiqueta) :]


def _con_elemento(xml: bytes, lugares: _Lugares) -> bytes:
    """With an element ``calcPr`` after all that must stand before it, with the prefix that ``sheets`` has."""
    desde = max(lugar for nombre, lugar in lugares.hijos.items() if nombre in _ANTES_DE_CALCPR)
    inicio = min((lugar for lugar in lugares.hijos.values() if lugar > desde), default=lugares.final)
    hallado = _NOMBRE.match(xml, lugares.hijos["sheets"])
    prefijo = hallado[1] + b":" if hallado and hallado[1] else b""
    return xml[:inicio] + b'<%bcalcPr fullCalcOnLoad="1"/>' % prefijo + xml[inicio:]
