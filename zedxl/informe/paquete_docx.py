"""A Word package whose bytes depend on its content alone."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document

_FECHA = (1980, 1, 1, 0, 0, 0)
_PRIMERAS = ("[Content_Types].xml", "_rels/.rels")


def en_bytes(documento: Document) -> bytes:
    """The document as a .docx; the same content gives the same bytes."""
    escrito, normal = io.BytesIO(), io.BytesIO()
    documento.save(escrito)
    with zipfile.ZipFile(escrito) as origen, zipfile.ZipFile(normal, "w", zipfile.ZIP_DEFLATED) as destino:
        for nombre in sorted(origen.namelist(), key=_orden):
            entrada = zipfile.ZipInfo(nombre, _FECHA)
            entrada.compress_type = zipfile.ZIP_DEFLATED
            entrada.create_system = 0
            destino.writestr(entrada, origen.read(nombre))
    return normal.getvalue()


def _orden(nombre: str) -> tuple[bool, str]:
    return nombre not in _PRIMERAS, nombre
