"""Writing a file whole or not at all, and packages whose bytes depend on their content alone."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_FECHA = (1980, 1, 1, 0, 0, 0)
_NOMBRE_MAS_LARGO = 255  # bytes, on the usual file systems
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


def solo_lectura(ruta: Path) -> bool:
    """Whether a file or folder that exists cannot be written to, by its mark or for this user."""
    if os.name == "nt" and ruta.is_dir():
        return False  # there the mark says that a folder has an icon of its own, as Documentos has
    escribible = ruta.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    return not escribible or not os.access(ruta, os.W_OK)


def candado(ruta: Path, letras_que_quita: Sequence[int] = (0,)) -> Path | None:
    """The file that Office (~$…) or LibreOffice (.~lock.…#) leaves beside an open document, None without one.

    Excel keeps the whole name of the document; another program may drop some of its first letters.
    """
    nombre = ruta.name
    for marca in (*(f"~${nombre[letras:]}" for letras in letras_que_quita), f".~lock.{nombre}#"):
        if len(marca.encode()) <= _NOMBRE_MAS_LARGO and ruta.with_name(marca).exists():
            return ruta.with_name(marca)
    return None


def _igual(_: str, parte: bytes) -> bytes:
    return parte


def reempaquetar(paquete: bytes, *, comprimido: bool, cambio: Callable[[str, bytes], bytes] = _igual) -> bytes:
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
