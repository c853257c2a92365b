"""A Word package whose bytes depend on its content alone."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from zedxl.archivo import reempaquetar

if TYPE_CHECKING:
    from docx.document import Document


def en_bytes(documento: Document) -> bytes:
    """The document as a .docx; the same content gives the same bytes."""
    escrito = BytesIO()
    documento.save(escrito)
    return reempaquetar(escrito.getvalue(), comprimido=True)
