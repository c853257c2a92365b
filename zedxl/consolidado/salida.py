"""Putting what was consolidated in its place: whole or not at all, and never over somebody's edits."""

from __future__ import annotations

import filecmp
import os
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path

from zedxl.archivo import asegurar_nombres, candado, estrenar, retirar_abandonados, solo_lectura, temporal
from zedxl.errores import ErrorExplicado, motivo_del_sistema


class ConsolidadoNoEscrito(ErrorExplicado):
    """The output could not be written; its text says why and what to do."""


def comprobar(salida: Path, extension: str, opcion: str) -> None:
    """Raise `ConsolidadoNoEscrito` when a file could not be put in its place: asked before any book is read."""
    try:
        _comprobar(salida, extension, opcion)
    except OSError as error:
        raise _no_se_pudo(salida, error) from error


def _comprobar(salida: Path, extension: str, opcion: str) -> None:
    carpeta = salida.absolute().parent
    if salida.suffix.casefold() != extension:
        raise ConsolidadoNoEscrito(f"{salida.name} debe terminar en {extension}. Corrija {opcion}.")
    if not carpeta.is_dir():
        raise ConsolidadoNoEscrito(f"No existe la carpeta {carpeta}. Créela o indique otra con {opcion}.")
    if solo_lectura(carpeta):
        raise ConsolidadoNoEscrito(f"La carpeta {carpeta} es de solo lectura. Indique otra con {opcion}.")
    if salida.is_dir():
        raise ConsolidadoNoEscrito(f"{salida} es una carpeta. Indique otro nombre con {opcion}.")
    if salida.exists() and solo_lectura(salida):
        raise ConsolidadoNoEscrito(
            f"{salida} es de solo lectura. Quítele esa propiedad o indique otro nombre con {opcion}."
        )
    if candado(salida) is not None:
        raise ConsolidadoNoEscrito(f"{salida} está abierto en Excel o LibreOffice. Ciérrelo e intente de nuevo.")


def escribir(salida: Path, escritor: Callable[[Path], None]) -> Path | None:
    """Let ``escritor`` write a file and put it in its place; the path of the earlier one when its content differs.

    The earlier file is kept under another name because somebody may have worked in it. Raises `ConsolidadoNoEscrito`,
    and then everything is as it was.
    """
    try:
        retirar_abandonados(salida.absolute().parent)
        with temporal(b"", salida.absolute().parent, como=salida) as nuevo:
            escritor(nuevo)
            with nuevo.open("rb+") as escrito:
                os.fsync(escrito.fileno())
            return _poner(nuevo, salida)
    except OSError as error:
        raise _no_se_pudo(salida, error) from error


def _poner(nuevo: Path, salida: Path) -> Path | None:
    anterior = None
    if salida.exists():
        if filecmp.cmp(nuevo, salida, shallow=False):
            return None
        anterior = _conservar(salida)
    try:
        nuevo.replace(salida)
    except OSError:
        if anterior is not None and salida.exists():  # two names of one file
            anterior.unlink()
        elif anterior is not None:
            anterior.replace(salida)
        raise
    asegurar_nombres(salida.absolute().parent)
    return anterior


def _conservar(salida: Path) -> Path:
    """Give the earlier output a free name like «Consolidado (anterior 1).xlsx»."""
    for numero in count(1):
        anterior = salida.with_stem(f"{salida.stem} (anterior {numero})")
        with suppress(FileExistsError):
            estrenar(salida, anterior)
            return anterior
    raise AssertionError  # names do not run out


def _no_se_pudo(salida: Path, error: OSError) -> ConsolidadoNoEscrito:
    return ConsolidadoNoEscrito(
        f"No se pudo escribir {salida}: {motivo_del_sistema(error)}. Si está abierto en Excel, ciérrelo; si falta "
        "espacio o permiso, indique otro lugar. Lo que se leyó se conserva: al repetir la orden no se lee de nuevo."
    )
