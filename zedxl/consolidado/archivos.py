"""Which files of a folder are books to read, and which are left out and why.

Left out without a word: hidden files and folders (those of zedxl, of LibreOffice's locks and of Windows' recycle bin
among them), what Excel keeps beside an open book (~$…), the folders Respaldos, the output itself, and whatever no
spreadsheet program would open. Everything else that is not read is named.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from zedxl.archivo import oculto
from zedxl.consolidado.ficha import Ficha, Suerte
from zedxl.errores import ErrorExplicado, motivo_del_sistema
from zedxl.libro.entrega import RESPALDOS

_LIBROS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
"""What is tried; reading those that zedxl cannot read says how to save them."""
_PUNTO_DE_UNION = 0xA0000003
"""What Windows calls a folder that stands for another one (IO_REPARSE_TAG_MOUNT_POINT)."""


class CarpetaIlegible(ErrorExplicado):
    """The folder cannot be looked into, or there is nothing in it to consolidate."""


@dataclass(frozen=True, slots=True)
class Hallados:
    """The books of a folder by their path from there, with ``/`` and in order.

    ``vedadas`` are the folders in it that were not looked into.
    """

    carpeta: Path
    libros: tuple[str, ...]
    vedadas: tuple[Ficha, ...] = ()


def buscar(carpeta: Path, salida: Path | None = None) -> Hallados:
    """The books in a folder and below it; ``salida`` is a file to be written, and none of them.

    A link to another folder is named and not followed: it may lead back here, or out to a whole disk. Raises
    `CarpetaIlegible`.
    """
    if not carpeta.is_dir():
        que = "no es una carpeta" if carpeta.exists() else "no existe"
        raise CarpetaIlegible(f"{carpeta} {que}. Indique la carpeta donde están los libros.")
    propia = None if salida is None else os.path.realpath(salida)
    libros: list[str] = []
    vedadas: list[Ficha] = []
    pendientes = [""]
    while pendientes:
        lugar = pendientes.pop()
        try:
            entradas = list(os.scandir(carpeta / lugar))
        except OSError as error:
            if not lugar:
                raise CarpetaIlegible(f"No se puede abrir {carpeta}: {motivo_del_sistema(error)}.") from error
            motivo = f"No se puede abrir la carpeta: {motivo_del_sistema(error)}."
            vedadas.append(Ficha(f"{lugar}/", Suerte.NO_LEIDO, motivo))
            continue
        for entrada, nombre in _visibles(entradas, lugar):
            if not _es_carpeta(entrada):
                if Path(entrada.name).suffix.casefold() in _LIBROS and os.path.realpath(entrada.path) != propia:
                    libros.append(nombre)
            elif _es_enlace(entrada):
                vedadas.append(Ficha(f"{nombre}/", Suerte.APARTADO, "Es un enlace a otra carpeta; no se siguió."))
            else:
                pendientes.append(nombre)
    return Hallados(carpeta, tuple(sorted(libros)), tuple(sorted(vedadas, key=lambda v: v.archivo)))


def _visibles(entradas: list[os.DirEntry[str]], lugar: str) -> Iterator[tuple[os.DirEntry[str], str]]:
    for entrada in entradas:
        if not entrada.name.startswith("~$") and entrada.name != RESPALDOS and not oculto(entrada):
            yield entrada, f"{lugar}/{entrada.name}" if lugar else entrada.name


def _es_carpeta(entrada: os.DirEntry[str]) -> bool:
    try:
        return entrada.is_dir()
    except OSError:  # a link that leads to itself; reading it will say what is wrong
        return False


def _es_enlace(entrada: os.DirEntry[str]) -> bool:
    if entrada.is_symlink():
        return True
    return getattr(entrada.stat(follow_symlinks=False), "st_reparse_tag", 0) == _PUNTO_DE_UNION
