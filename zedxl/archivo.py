"""Writing a file whole or not at all, and packages whose bytes depend on their content alone."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_FECHA = (1980, 1, 1, 0, 0, 0)
_SISTEMA = 0  # the machine that a package says it was made on: always the same one


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


def reempaquetar(paquete: bytes, *, comprimido: bool, cambio: Callable[[str, bytes], bytes]) -> bytes:
    """The same zip package with fixed dates and each part, by its name and content, as ``cambio`` leaves it.

    What is not ``comprimido`` has the same bytes whichever zlib is at hand.
    """
    salida = BytesIO()
    with ZipFile(BytesIO(paquete)) as origen, ZipFile(salida, "w") as destino:
        for nombre in origen.namelist():
            entrada = ZipInfo(nombre, _FECHA)
            entrada.compress_type = ZIP_DEFLATED if comprimido else ZIP_STORED
            entrada.create_system = _SISTEMA
            destino.writestr(entrada, cambio(nombre, origen.read(nombre)))
    return salida.getvalue()


def _mascara() -> int:
    """The umask, which can only be read by setting it."""
    mascara = os.umask(0)
    os.umask(mascara)
    return mascara
