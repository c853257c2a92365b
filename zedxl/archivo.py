"""Writing a file whole or not at all, and packages whose bytes depend on their content alone."""

from __future__ import annotations

import errno
import os
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_FECHA = (1980, 1, 1, 0, 0, 0)
_NOMBRE_MAS_LARGO = 255  # bytes, on the usual file systems
_TEMPORAL = (".zedxl-", ".tmp")  # how the name begins and ends: hidden, and no book to anybody
_ABANDONADO = 3600  # seconds
_SIN_ENLACES = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
_SISTEMA = 0  # the machine that a package says it was made on: always the same one


def escribir_entero(contenido: bytes, ruta: Path) -> None:
    """Write a file through a temporary one beside it, so that ``ruta`` is never half-written.

    Raises OSError, and then ``ruta`` is as it was and nothing else is left behind.
    """
    with temporal(contenido, ruta.absolute().parent, como=ruta) as nuevo:
        nuevo.replace(ruta)


@contextmanager
def temporal(contenido: bytes, carpeta: Path, como: Path) -> Iterator[Path]:
    """A file with this content, whole on the disk, under a passing name from which it is to be renamed.

    It has the permissions of ``como``, or the usual ones where that is not there. Not renamed, it is gone afterwards;
    only a process that is killed leaves it behind, hidden, as ``.zedxl-….tmp``: see `retirar_abandonados`. Raises
    OSError.
    """
    descriptor, nombre = tempfile.mkstemp(prefix=_TEMPORAL[0], suffix=_TEMPORAL[1], dir=carpeta)
    nuevo = Path(nombre)
    try:
        with os.fdopen(descriptor, "wb") as archivo:
            archivo.write(contenido)
            archivo.flush()
            os.fsync(archivo.fileno())
        nuevo.chmod(stat.S_IMODE(como.stat().st_mode) if como.exists() else 0o666 & ~_mascara())
        yield nuevo
    finally:
        with suppress(OSError):  # what was renamed from it has its place, whatever becomes of this name
            nuevo.unlink(missing_ok=True)


def estrenar(nuevo: Path, ruta: Path) -> None:
    """Give a file a name that nobody has; FileExistsError when somebody does, even if only since a moment ago.

    The other name may stay beside it. Raises OSError.
    """
    if os.name == "nt":
        nuevo.rename(ruta)  # fails there where the name is taken
        return
    try:
        ruta.hardlink_to(nuevo)
    except OSError as error:
        if error.errno not in _SIN_ENLACES:
            raise
        if ruta.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(ruta)) from None
        nuevo.rename(ruta)


def asegurar_nombres(carpeta: Path) -> None:
    """Make what was renamed in a folder outlast a power cut, where the system can."""
    with suppress(OSError):
        descriptor = os.open(carpeta, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def retirar_abandonados(carpeta: Path) -> None:
    """Remove the temporary files that killed processes left in a folder more than an hour ago."""
    for abandonado in carpeta.glob("*".join(_TEMPORAL)):
        with suppress(OSError):
            if abandonado.stat().st_mtime < time.time() - _ABANDONADO:
                abandonado.unlink()


def solo_lectura(ruta: Path) -> bool:
    """Whether a file or folder that exists cannot be written to, by its mark or for this user."""
    if os.name == "nt" and ruta.is_dir():
        return False  # there the mark says that a folder has an icon of its own, as Documentos has
    escribible = ruta.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    return not escribible or not os.access(ruta, os.W_OK)


def ocultar(ruta: Path) -> None:
    """Hide a file from who looks into its folder, on Windows; elsewhere the dot at the head of its name does so."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetFileAttributesW(str(ruta), stat.FILE_ATTRIBUTE_HIDDEN)


def oculto(entrada: os.DirEntry[str]) -> bool:
    """Whether what was found in a folder is hidden, in either way."""
    atributos = getattr(entrada.stat(follow_symlinks=False), "st_file_attributes", 0) if os.name == "nt" else 0
    return entrada.name.startswith(".") or bool(atributos & stat.FILE_ATTRIBUTE_HIDDEN)


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
