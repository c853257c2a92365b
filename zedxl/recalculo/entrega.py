"""A book recalculated in its place, or at another one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zedxl.libro.entrega import comprobar_escribible, poner
from zedxl.libro.paquete import Paquete
from zedxl.recalculo.calculo import Recalculo, recalcular


@dataclass(frozen=True, slots=True)
class Entrega:
    """What became of the formulas, and the file that was written: None where nothing had to be."""

    recalculo: Recalculo
    escrito: Path | None


def entregar(libro: Path, salida: Path | None = None) -> Entrega:
    """Recalculate a book in its place, or into ``salida``, and then the book itself stays as it is.

    Raises `zedxl.libro.entrega.LibroNoEscrito`, before any work is done where that can be known, and what
    `zedxl.recalculo.calculo.recalcular` raises. No file is ever left half-written.
    """
    if libro.is_file():
        comprobar_escribible(libro, salida)
    paquete = Paquete(libro)
    recalculo = recalcular(paquete)
    if not recalculo.formulas:
        paquete.exigir_hojas_sanas()  # nobody has looked through them
    puesto = poner(recalculo.contenido, paquete, salida)
    return Entrega(recalculo, puesto.libro if puesto else None)
