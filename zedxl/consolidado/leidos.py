"""What was read already: a small database beside the output, so that what was interrupted is taken up again.

A `Ficha` is taken from it when the file has the same content and the same version of zedxl read it. Each step is
whole or not at all, whenever the process is killed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from zedxl import __version__
from zedxl.archivo import ocultar
from zedxl.consolidado.ficha import Ficha, FichaDanada, desempaquetar
from zedxl.consolidado.lectura import Leida
from zedxl.consolidado.resumen import Resumen, desde_json
from zedxl.errores import ErrorExplicado

_TABLA = (
    "CREATE TABLE IF NOT EXISTS libros "
    "(archivo BLOB PRIMARY KEY, sha256 TEXT, version TEXT, filas INTEGER, resumen TEXT, ficha BLOB) WITHOUT ROWID"
)
_CADA = 100
"""Books after which what was read is safe on the disk."""


class LeidosInservible(ErrorExplicado):
    """What was read cannot be kept or taken up; its text says why and what to do."""


class Leidos:
    """The fichas that were read, by the path of their file."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._sin_confirmar = 0

    def conocidos(self) -> dict[str, str]:
        """The hash of the content of each file that this version of zedxl has read."""
        consulta = "SELECT archivo, sha256 FROM libros WHERE version = ? AND sha256 <> ''"
        return {_nombre(archivo): sha256 for archivo, sha256 in self._base.execute(consulta, (__version__,))}

    def guardar(self, leida: Leida) -> None:
        """Keep what was read of a file."""
        fila = (_clave(leida.archivo), leida.sha256, __version__, leida.filas, leida.resumen, leida.ficha)
        self._base.execute("INSERT OR REPLACE INTO libros VALUES (?, ?, ?, ?, ?, ?)", fila)
        self._sin_confirmar += 1
        if self._sin_confirmar >= _CADA:
            self.confirmar()

    def confirmar(self) -> None:
        """Have on the disk all that was kept."""
        self._base.commit()
        self._sin_confirmar = 0

    def conservar(self, archivos: Collection[str]) -> None:
        """Forget the files that are no longer in the folder."""
        claves = {_clave(archivo) for archivo in archivos}
        sobran = [fila for fila in self._base.execute("SELECT archivo FROM libros") if fila[0] not in claves]
        self._base.executemany("DELETE FROM libros WHERE archivo = ?", sobran)
        self.confirmar()

    def filas(self) -> int:
        """How many rows all of them give."""
        return int(self._base.execute("SELECT coalesce(sum(filas), 0) FROM libros").fetchone()[0])

    def fichas(self, archivos: Iterable[str]) -> Iterator[Ficha]:
        """The fichas of these files, in this order, one at a time in memory."""
        for archivo in archivos:
            (ficha,) = self._de(archivo, "ficha")
            yield desempaquetar(ficha)

    def resumenes(self, archivos: Iterable[str]) -> Iterator[tuple[str, Resumen]]:
        """The hash of the content of each of these files, in this order, and it in short."""
        for archivo in archivos:
            sha256, resumen = self._de(archivo, "sha256, resumen")
            yield sha256, desde_json(resumen)

    def _de(self, archivo: str, columnas: str) -> tuple[Any, ...]:
        consulta = f"SELECT {columnas} FROM libros WHERE archivo = ?"
        fila: tuple[Any, ...] = self._base.execute(consulta, (_clave(archivo),)).fetchone()
        return fila


@contextmanager
def leidos_en(ruta: Path, *, de_nuevo: bool = False) -> Iterator[Leidos]:
    """The database at ``ruta``, made when it is not there.

    ``de_nuevo`` forgets what it has; so does a file that is no such database. Whatever happens in the block, what was
    kept is on the disk afterwards. Raises `LeidosInservible`.
    """
    try:
        base = _abrir(ruta, de_nuevo)
        try:
            yield Leidos(base)
        finally:
            with suppress(sqlite3.Error):  # what stopped the block matters more
                base.commit()
            base.close()
    except (sqlite3.Error, FichaDanada) as error:
        raise _explicado(ruta, error) from error


def _abrir(ruta: Path, de_nuevo: bool) -> sqlite3.Connection:
    if de_nuevo:
        ruta.unlink(missing_ok=True)
    try:
        return _abierta(ruta)
    except sqlite3.OperationalError:  # locked, or no place for it
        raise
    except sqlite3.DatabaseError:
        ruta.unlink()
        return _abierta(ruta)


def _abierta(ruta: Path) -> sqlite3.Connection:
    base = sqlite3.connect(ruta, timeout=0.5)
    try:
        base.execute("PRAGMA locking_mode = EXCLUSIVE")
        base.execute("BEGIN IMMEDIATE")
        base.execute(_TABLA)
        base.execute("SELECT archivo, sha256, version, filas, resumen, ficha FROM libros LIMIT 1")
        base.commit()
    except sqlite3.Error:
        base.close()
        raise
    ocultar(ruta)
    return base


def _clave(archivo: str) -> bytes:
    return archivo.encode(errors="surrogatepass")


def _nombre(clave: bytes) -> str:
    return clave.decode(errors="surrogatepass")


def _explicado(ruta: Path, error: Exception) -> LeidosInservible:
    if "locked" in str(error):
        return LeidosInservible(
            f"Otra ventana está consolidando hacia el mismo archivo (usa {ruta}). Espere a que termine, o indique "
            "otro con --salida."
        )
    if "full" in str(error) or "disk I/O" in str(error):
        return LeidosInservible(f"No hay espacio en el disco para guardar lo leído en {ruta}. Libere espacio.")
    return LeidosInservible(f"No se puede usar {ruta}, donde se guarda lo leído. Repita con --de-nuevo.")
