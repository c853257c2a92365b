"""Putting a book in its place: whole or not at all, never under somebody's hands, and keeping how it was before.

What stands beside a book that was replaced, in the folder Respaldos: dated copies of how it was, and a hidden empty
file, ``.<name of the book>.lock``, by which processes on this computer or on others tell each other that they are
writing it. It is there and not in a folder of the system because books are shared over the network. Where the file
system has no locks, what protects is that the book must still be what was read at the moment in which it is replaced.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from zedxl.archivo import asegurar_nombres, candado, estrenar, retirar_abandonados, solo_lectura, temporal
from zedxl.errores import ErrorExplicado, motivo_del_sistema
from zedxl.libro.paquete import Paquete

RESPALDOS = "Respaldos"
"""Name of the folder, beside a book, with the dated copies of how it was."""

_SIN_CERROJOS = frozenset({errno.ENOSYS, errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP})


class LibroNoEscrito(ErrorExplicado):
    """The book could not be written; its text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Puesto:
    """A book in its place, and the dated copy of how it was; None for a new file."""

    libro: Path
    respaldo: Path | None


def comprobar_escribible(libro: Path, destino: Path | None = None, extension: str = "") -> None:
    """Raise `LibroNoEscrito` when the book, or what is made of it, could not be put in its place, or is open there.

    Asked before any work is done. ``destino`` is another place than that of the book, which then may be in use;
    ``extension`` is how its name must end, as that of the book unless told.
    """
    lugar = (destino or libro).absolute()
    try:
        lugar = lugar.resolve()
        if lugar == libro.resolve():
            _comprobar_lugar(lugar, "")
            _comprobar_respaldos(lugar)
        else:
            _comprobar_nuevo(lugar, libro, extension)
    except OSError as error:
        raise _no_se_pudo(lugar, error) from error


def poner(
    contenido: bytes,
    leido: Paquete,
    destino: Path | None = None,
    verificar: Callable[[Path], None] = lambda _: None,
    extension: str = "",
) -> Puesto | None:
    """Put what was made of a book in its place, or at ``destino``; None where the book is so already.

    The name of ``destino`` must end as that of the book, or in another ``extension``.

    ``verificar`` gets the file as it is on the disk, under a passing name, and raises when that must not become the
    book. Raises `LibroNoEscrito`, also when the book is no longer what was read; then everything is as it was.
    """
    libro = leido.ruta.resolve()
    lugar = libro if destino is None else destino.resolve()
    if lugar == libro and contenido == leido.contenido:
        return None
    try:
        if lugar == libro:
            respaldo = _reemplazar(libro, leido.contenido, contenido, verificar)
        else:
            respaldo = None
            comprobar_escribible(libro, lugar, extension)
            _crear(lugar, libro, contenido, verificar)
    except OSError as error:
        raise _no_se_pudo(lugar, error) from error
    return Puesto(lugar, respaldo)


def _reemplazar(libro: Path, leido: bytes, contenido: bytes, verificar: Callable[[Path], None]) -> Path:
    comprobar_escribible(libro)
    with _en_exclusiva(libro):
        with temporal(contenido, libro.parent, como=libro) as nuevo:
            verificar(nuevo)
            respaldo = _respaldar(libro, leido)
            try:
                comprobar_escribible(libro)
                _exigir_sin_cambios(libro, leido)
                nuevo.replace(libro)
            except (OSError, ErrorExplicado):
                respaldo.unlink(missing_ok=True)
                raise
        asegurar_nombres(libro.parent)
        retirar_abandonados(libro.parent)
        retirar_abandonados(respaldo.parent)
    return respaldo


def _crear(lugar: Path, libro: Path, contenido: bytes, verificar: Callable[[Path], None]) -> None:
    with temporal(contenido, lugar.parent, como=libro) as nuevo:
        verificar(nuevo)
        try:
            estrenar(nuevo, lugar)
        except FileExistsError:
            raise _ya_existe(lugar) from None
    asegurar_nombres(lugar.parent)
    retirar_abandonados(lugar.parent)


@contextmanager
def _en_exclusiva(libro: Path) -> Iterator[None]:
    """While it lasts, no other process puts this book in its place."""
    from filelock import FileLock, Timeout

    carpeta = libro.with_name(RESPALDOS)
    with suppress(FileExistsError):
        carpeta.mkdir()
        carpeta.chmod(libro.parent.stat().st_mode & 0o7777)  # whoever may write the book may keep copies of it
    cerrojo = FileLock(carpeta / f".{libro.name}.lock", timeout=0, mode=0o666, fallback_to_soft=False)
    try:
        cerrojo.acquire()
    except Timeout:
        raise LibroNoEscrito(
            f"Alguien está guardando {libro.name} en este momento, desde otra ventana u otro equipo. No se cambió "
            "nada. Espere unos segundos e intente de nuevo."
        ) from None
    except OSError as error:
        if error.errno not in _SIN_CERROJOS:
            raise
    try:
        yield
    finally:
        with suppress(OSError):
            cerrojo.release()


def _exigir_sin_cambios(libro: Path, leido: bytes) -> None:
    try:
        actual = libro.read_bytes()
    except FileNotFoundError:
        raise LibroNoEscrito(
            f"{libro.name} ya no está en {libro.parent}: alguien lo movió, lo borró o le cambió el nombre después de "
            "que se leyó. No se escribió nada. Indique dónde está e intente de nuevo."
        ) from None
    if actual != leido:
        raise LibroNoEscrito(
            f"{libro.name} cambió en el disco desde que se leyó, y no se tocó: alguien lo guardó mientras tanto. "
            "Intente de nuevo; se partirá de lo que dice ahora."
        )


def _respaldar(libro: Path, leido: bytes) -> Path:
    """Keep a dated copy of a book; its path."""
    carpeta = libro.with_name(RESPALDOS)
    momento = f"{datetime.now():%Y-%m-%d %H.%M.%S}"
    with temporal(leido, carpeta, como=libro) as copia:
        for numero in count(1):
            respaldo = carpeta / f"{libro.stem} {momento}{f' ({numero})' if numero > 1 else ''}{libro.suffix}"
            with suppress(FileExistsError):
                estrenar(copia, respaldo)
                break
    asegurar_nombres(carpeta)
    return respaldo


def _comprobar_lugar(lugar: Path, remedio: str) -> None:
    """What holds for any place: ``remedio`` is the other way out, as the end of a sentence."""
    abierto = candado(lugar)
    if abierto is not None:
        raise LibroNoEscrito(
            f"{lugar.name} está abierto en Excel o LibreOffice. Ciérrelo e intente de nuevo{remedio}. Si nadie lo "
            f"tiene abierto, elimine el archivo oculto {abierto.name}, que quedó en su carpeta."
        )
    if lugar.exists() and solo_lectura(lugar):
        raise LibroNoEscrito(f"{lugar} es de solo lectura. Quítele esa propiedad e intente de nuevo{remedio}.")
    if solo_lectura(lugar.parent):
        raise LibroNoEscrito(
            f"La carpeta {lugar.parent} es de solo lectura. Lleve el libro a otra e intente de nuevo{remedio}."
        )


def _comprobar_respaldos(libro: Path) -> None:
    respaldos = libro.with_name(RESPALDOS)
    if respaldos.exists() and not respaldos.is_dir():
        raise LibroNoEscrito(
            f"{respaldos} no es una carpeta, y ahí se guarda una copia del libro antes de cambiarlo. Póngale otro "
            "nombre a ese archivo e intente de nuevo."
        )
    if respaldos.exists() and solo_lectura(respaldos):
        raise LibroNoEscrito(
            f"La carpeta {respaldos}, donde se guarda una copia del libro antes de cambiarlo, es de solo lectura. "
            "Quítele esa propiedad e intente de nuevo."
        )


def _comprobar_nuevo(lugar: Path, libro: Path, extension: str) -> None:
    if not lugar.parent.is_dir():
        raise LibroNoEscrito(f"No existe la carpeta {lugar.parent}. Créela o indique otra con --salida.")
    if lugar.is_dir():
        raise LibroNoEscrito(f"{lugar} es una carpeta. Indique con --salida el nombre del archivo.")
    debida = extension or libro.suffix
    if lugar.suffix.casefold() != debida.casefold():
        como = "" if extension else ", como el libro"
        raise LibroNoEscrito(f"{lugar.name} debe terminar en {debida}{como}. Corrija --salida.")
    _comprobar_lugar(lugar, ", o indique otro nombre con --salida")
    if lugar.exists():
        raise _ya_existe(lugar)


def _ya_existe(lugar: Path) -> LibroNoEscrito:
    return LibroNoEscrito(f"Ya existe {lugar}. Indique otro nombre con --salida, o retire antes ese archivo.")


def _no_se_pudo(lugar: Path, error: OSError) -> LibroNoEscrito:
    return LibroNoEscrito(
        f"No se pudo escribir {lugar}: {motivo_del_sistema(error)}. El libro no cambió. Si está abierto en Excel, "
        "ciérrelo; si falta espacio o permiso, pida ayuda para darlo, o lleve el libro a otra carpeta."
    )
