"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def escribir_entero(contenido: bytes, ruta: Path) -> None:
    """Write a file through a temporary one beside it, so that ``ruta`` is never half-written.

    Raises OSError, and then ``ruta`` is as it was and nothing else is left behind.
    """
    descriptor, nombre = tempfile.mkstemp(prefix=".zedxl-", suffix=ruta.suffix, dir=ruta.absolute().parent)
    temporal = Path(nombre)
    try:
        with os.fdopen(descriptor, "wb") as archivo:
            archivo.write(contenido)
            archivo.flush()
            os.fsync(archivo.fileno())
        temporal.chmod(0o666 & ~_mascara())
        temporal.replace(ruta)
    finally:
        temporal.unlink(missing_ok=True)


def _mascara() -> int:
    """The umask, which can only be read by setting it."""
    mascara = os.umask(0)
    os.umask(mascara)
    return mascara
