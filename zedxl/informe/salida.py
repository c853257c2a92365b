"""Putting a finished report in its place: whole or not at all, and never over somebody's edits."""

from __future__ import annotations

import os
import re
import stat
import tempfile
from pathlib import Path

_NO_PERMITIDO = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


class InformeNoEscrito(Exception):
    """The report could not be written; its text says why and what to do."""


def ruta_de_salida(pedida: Path | None, libro: Path, nombre: str) -> Path:
    """Where the report goes: beside the book, in the folder asked for, or the very file asked for."""
    if pedida is None:
        return libro.absolute().parent / nombre_de_archivo(nombre)
    if pedida.is_dir():
        return pedida / nombre_de_archivo(nombre)
    if pedida.suffix.casefold() != ".docx":
        raise InformeNoEscrito(
            f"{pedida} no es una carpeta que exista ni un nombre terminado en .docx. Corrija --salida."
        )
    return pedida


def nombre_de_archivo(titulo: str) -> str:
    """A title as a file name that Windows accepts.

    >>> nombre_de_archivo("Informe de Evaluación Semestre 2025-I: A/B")
    'Informe de Evaluación Semestre 2025-I A B.docx'
    """
    return " ".join(_NO_PERMITIDO.sub(" ", titulo).split())[:120].strip(". ") + ".docx"


def comprobar(salida: Path) -> None:
    """Raise `InformeNoEscrito` when the report could not be put in its place: asked before any work is done."""
    carpeta = salida.absolute().parent
    if not carpeta.is_dir():
        raise InformeNoEscrito(f"No existe la carpeta {carpeta}. Créela o indique otra con --salida.")
    if _solo_lectura(carpeta):
        raise InformeNoEscrito(f"La carpeta {carpeta} es de solo lectura. Indique otra con --salida.")
    if salida.is_dir():
        raise InformeNoEscrito(f"{salida} es una carpeta. Indique otro nombre con --salida.")
    if salida.exists() and _solo_lectura(salida):
        raise InformeNoEscrito(
            f"{salida} es de solo lectura. Quítele esa propiedad o indique otro nombre con --salida."
        )
    if _candado(salida) is not None:
        raise InformeNoEscrito(f"{salida} está abierto en Word o LibreOffice. Ciérrelo e intente de nuevo.")


def guardar(contenido: bytes, salida: Path) -> Path | None:
    """Write a file whole or not at all; the path of the earlier one, if there was one with other content.

    The earlier file is kept under another name because somebody may have edited it.
    """
    comprobar(salida)
    try:
        if salida.exists() and salida.read_bytes() == contenido:
            return None
        temporal = _escribir_temporal(contenido, salida)
        try:
            anterior = _apartar(salida)
            temporal.replace(salida)
        finally:
            temporal.unlink(missing_ok=True)
    except OSError as error:
        raise InformeNoEscrito(
            f"No se pudo escribir {salida}: {error.strerror or error}. Si está abierto en Word, ciérrelo; si no hay "
            "espacio o permiso, indique otra carpeta con --salida."
        ) from error
    return anterior


def _escribir_temporal(contenido: bytes, salida: Path) -> Path:
    descriptor, nombre = tempfile.mkstemp(prefix=".zedxl-", suffix=salida.suffix, dir=salida.absolute().parent)
    temporal = Path(nombre)
    try:
        with os.fdopen(descriptor, "wb") as archivo:
            archivo.write(contenido)
            archivo.flush()
            os.fsync(archivo.fileno())
        temporal.chmod(0o666 & ~_mascara())
    except OSError:
        temporal.unlink(missing_ok=True)
        raise
    return temporal


def _apartar(salida: Path) -> Path | None:
    """Keep a copy of the file that is about to be replaced: «name (anterior 1).docx»."""
    if not salida.exists():
        return None
    numero = 1
    while (anterior := salida.with_stem(f"{salida.stem} (anterior {numero})")).exists():
        numero += 1
    anterior.write_bytes(salida.read_bytes())
    return anterior


def _mascara() -> int:
    """The umask, which can only be read by setting it."""
    mascara = os.umask(0)
    os.umask(mascara)
    return mascara


def _solo_lectura(ruta: Path) -> bool:
    escribible = ruta.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    return not escribible or not os.access(ruta, os.W_OK)


def _candado(salida: Path) -> Path | None:
    """The file that Word (~$…) or LibreOffice (.~lock.…#) leaves beside an open document, None without one."""
    nombre = salida.name
    # Word drops the first two letters of names longer than six, one or none of shorter ones
    for candado in (f"~${nombre}", f"~${nombre[1:]}", f"~${nombre[2:]}", f".~lock.{nombre}#"):
        if salida.with_name(candado).exists():
            return salida.with_name(candado)
    return None
