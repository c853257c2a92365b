"""The finished package: the same bytes wherever it is built, in Spanish, and whole or not at all.

XlsxWriter dates its parts and says en-US in every chart; compressed bytes also depend on the zlib at hand. So the parts
are stored as they are, with fixed dates.
"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

_FECHA = (1980, 1, 1, 0, 0, 0)
_IDIOMA = b"es-PE"
_TRAS_ESTO = b'<c:plotVisOnly val="1"/>'
_VACIOS_SIN_DIBUJAR = b'<c:dispBlanksAs val="gap"/>'
"""XlsxWriter leaves it out, which by the standard means that a missing point is drawn as 0."""


def normalizado(paquete: bytes) -> bytes:
    """The same package, uncompressed, undated and with Spanish as its language."""
    salida = BytesIO()
    with ZipFile(BytesIO(paquete)) as origen, ZipFile(salida, "w", ZIP_STORED) as destino:
        for nombre in origen.namelist():
            destino.writestr(ZipInfo(nombre, _FECHA), _corregida(nombre, origen.read(nombre)))
    return salida.getvalue()


def _corregida(nombre: str, parte: bytes) -> bytes:
    if nombre.startswith("xl/charts/chart"):
        return parte.replace(b'"en-US"', b'"' + _IDIOMA + b'"').replace(_TRAS_ESTO, _TRAS_ESTO + _VACIOS_SIN_DIBUJAR)
    if nombre == "docProps/core.xml":
        return parte.replace(
            b"</cp:coreProperties>", b"<dc:language>" + _IDIOMA + b"</dc:language></cp:coreProperties>"
        )
    return parte
