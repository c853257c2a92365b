"""The finished package: the same bytes wherever it is built, in Spanish, and whole or not at all.

XlsxWriter dates its parts and says nothing of the language; compressed bytes also depend on the zlib at hand. So the
parts are stored as they are, with fixed dates.
"""

from __future__ import annotations

import re

from zedxl import graficos
from zedxl.archivo import reempaquetar

_FIN_DE_PROPIEDADES = b"</cp:coreProperties>"
_FORMULA_CON_TEXTO_VACIO = re.compile(rb'(<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?)(><f>[^<]*</f><v></v></c>)')
"""XlsxWriter gives it no type, and what has none is a number by the standard."""


def normalizado(paquete: bytes) -> bytes:
    """The same package, uncompressed, undated and with Spanish as its language."""
    return reempaquetar(paquete, comprimido=False, cambio=_corregida)


def _corregida(nombre: str, parte: bytes) -> bytes:
    if nombre.startswith("xl/charts/chart"):
        return graficos.corregido(parte)
    if nombre == "docProps/core.xml":
        return parte.replace(_FIN_DE_PROPIEDADES, b"<dc:language>es-PE</dc:language>" + _FIN_DE_PROPIEDADES)
    if nombre.startswith("xl/worksheets/sheet"):
        return _FORMULA_CON_TEXTO_VACIO.sub(rb'\1 t="str"\2', parte)
    return parte
