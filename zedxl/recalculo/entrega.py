"""Putting a recalculated book in its place: whole or not at all, and never under somebody's hands."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from zedxl.archivo import candado, escribir_entero, solo_lectura
from zedxl.errores import ErrorExplicado, motivo_del_sistema
from zedxl.libro.paquete import Paquete
from zedxl.recalculo.calculo import Recalculo, recalcular


class LibroNoEscrito(ErrorExplicado):
    """The recalculated book could not be written; its text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Entrega:
    """What became of the formulas, and the file that was written: None where nothing had to be."""

    recalculo: Recalculo
    escrito: Path | None


def entregar(libro: Path, salida: Path | None = None) -> Entrega:
    """Recalculate a book in its place, or into ``salida``, and then the book itself stays as it is.

    Raises `LibroNoEscrito`, before any work is done where that can be known, and what
    `zedxl.recalculo.calculo.recalcular` raises. No file is ever left half-written.
    """
    destino = (salida or libro).resolve()
    en_su_lugar = destino == libro.resolve()
    if libro.is_file():
        comprobar(destino, libro)
    paquete = Paquete(libro)
    recalculo = recalcular(paquete)
    if en_su_lugar and recalculo.contenido == paquete.contenido:
        return Entrega(recalculo, None)
    try:
        if en_su_lugar:
            _exigir_sin_cambios(libro, paquete.contenido)
        comprobar(destino, libro)
        escribir_entero(recalculo.contenido, destino)
    except OSError as error:
        raise LibroNoEscrito(
            f"No se pudo escribir {destino}: {motivo_del_sistema(error)}. El libro no cambió. Si está abierto en "
            "Excel, ciérrelo; si no hay espacio o permiso, indique otro lugar con --salida."
        ) from error
    return Entrega(recalculo, destino)


def comprobar(destino: Path, libro: Path) -> None:
    """Raise `LibroNoEscrito` when the book could not be put there, or somebody has it open."""
    carpeta = destino.parent
    if not carpeta.is_dir():
        raise LibroNoEscrito(f"No existe la carpeta {carpeta}. Créela o indique otra con --salida.")
    if destino.is_dir():
        raise LibroNoEscrito(f"{destino} es una carpeta. Indique con --salida el nombre del archivo.")
    if destino.suffix.casefold() != libro.suffix.casefold():
        raise LibroNoEscrito(f"{destino.name} debe terminar en {libro.suffix}, como el libro. Corrija --salida.")
    if candado(destino) is not None:
        raise LibroNoEscrito(
            f"{destino.name} está abierto en Excel o LibreOffice. Ciérrelo e intente de nuevo, o indique otro nombre "
            "con --salida."
        )
    if not os.access(carpeta, os.W_OK) or (destino.exists() and solo_lectura(destino)):
        raise LibroNoEscrito(f"{destino} es de solo lectura. Quítele esa propiedad o indique otro nombre con --salida.")
    if destino != libro.resolve() and destino.exists():
        raise LibroNoEscrito(f"Ya existe {destino}. Indique otro nombre con --salida, o retire antes ese archivo.")


def _exigir_sin_cambios(libro: Path, leido: bytes) -> None:
    if libro.read_bytes() != leido:
        raise LibroNoEscrito(f"{libro.name} cambió mientras se recalculaba y no se tocó. Intente de nuevo.")
