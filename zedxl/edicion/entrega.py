"""Carrying out an edit in a book's file: made, recalculated, checked, and put in its place with a copy of before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from zedxl.edicion.archivo import aplicar
from zedxl.edicion.cambio import Edicion
from zedxl.edicion.verificacion import no_es_lo_pedido, verificar
from zedxl.libro.al_abrir import que_se_calcule_al_abrir
from zedxl.libro.entrega import comprobar_escribible, poner
from zedxl.libro.paquete import LibroIlegible, Paquete
from zedxl.recalculo.celdas_xml import HojaInmodificable, HojaXML, sin_formulas

if TYPE_CHECKING:
    from zedxl.recalculo.calculo import Conservada


@dataclass(frozen=True, slots=True)
class Recalculado:
    """How the formulas of a book fare after an edit.

    ``calculadas`` hold the value that they evaluate to; ``conservadas`` keep the one that they had. Where none could
    be evaluated, ``impedimento`` says why, as a sentence. Excel computes on opening what is not up to date.
    """

    calculadas: int = 0
    conservadas: tuple[Conservada, ...] = ()
    impedimento: str = ""

    @property
    def al_abrir(self) -> bool:
        """Whether some of them wait for Excel to open the book."""
        return bool(self.conservadas or self.impedimento)

    def __str__(self) -> str:
        """In Spanish, for the end of a message; "" when there is nothing to say.

        >>> str(Recalculado(3)), str(Recalculado())
        ('Se recalcularon sus 3 fórmulas.', '')
        """
        if self.impedimento:
            return (
                f"Sus fórmulas conservan el valor que tenían; Excel las calculará al abrir el libro. {self.impedimento}"
            )
        if self.conservadas:
            cuantas = len(self.conservadas)
            return (
                f"{cuantas:,} de sus {self.calculadas + cuantas:,} fórmulas "
                f"{'conserva el valor que tenía' if cuantas == 1 else 'conservan el valor que tenían'}; Excel las "
                "calculará al abrir el libro."
            )
        match self.calculadas:
            case 0:
                return ""
            case 1:
                return "Se recalculó su única fórmula."
            case _:
                return f"Se recalcularon sus {self.calculadas:,} fórmulas."


@dataclass(frozen=True, slots=True)
class Entrega:
    """What was written: the book, the dated copy of how it was before, and how its formulas fare.

    ``respaldo`` is None for a new file, and where the book already said all that the edit says.
    """

    libro: Path
    respaldo: Path | None
    recalculo: Recalculado


def entregar(paquete: Paquete, edicion: Edicion, destino: Path | None = None) -> Entrega:
    """Carry out an edit in the book that was read, or into ``destino``, and then the book itself stays as it is.

    Either all of it is done, or nothing changes. Raises `zedxl.edicion.cambio.EdicionImposible` and
    `zedxl.libro.entrega.LibroNoEscrito`, the latter before any work is done where that can be known.
    """
    comprobar_escribible(paquete.ruta, destino)
    contenido, recalculado = preparar(paquete, edicion)
    puesto = poner(contenido, paquete, destino, partial(verificar, paquete, edicion))
    if puesto is None:
        return Entrega(paquete.ruta.resolve(), None, recalculado)
    return Entrega(puesto.libro, puesto.respaldo, recalculado)


def preparar(paquete: Paquete, edicion: Edicion) -> tuple[bytes, Recalculado]:
    """The package of the book with the edit carried out and its formulas up to date; nothing is written.

    Raises `zedxl.edicion.cambio.EdicionImposible`.
    """
    editado = aplicar(paquete, edicion)
    try:
        return _recalculado(Paquete(paquete.ruta, editado))
    except LibroIlegible as error:
        raise no_es_lo_pedido(paquete.ruta, "no se puede leer") from error


def _recalculado(editado: Paquete) -> tuple[bytes, Recalculado]:
    """The package with its formulas up to date as far as they can be; for the rest, it asks Excel."""
    if all(sin_formulas(editado.parte(parte)) for parte in editado.hojas().values()):
        return editado.contenido, Recalculado()  # the engine takes its time to load
    try:
        from zedxl.recalculo.calculo import LibroNoRecalculable, recalcular
    except ImportError:  # the engine has no wheel for every system
        if not _tiene_formulas(editado):
            return editado.contenido, Recalculado()
        return que_se_calcule_al_abrir(editado), Recalculado(impedimento="El motor de cálculo no está instalado.")
    try:
        recalculo = recalcular(editado)
    except LibroNoRecalculable as error:
        return que_se_calcule_al_abrir(editado), Recalculado(impedimento=str(error))
    recalculado = Recalculado(recalculo.formulas - len(recalculo.conservadas), recalculo.conservadas)
    if not recalculado.al_abrir:
        return recalculo.contenido, recalculado
    return que_se_calcule_al_abrir(Paquete(editado.ruta, recalculo.contenido)), recalculado


def _tiene_formulas(paquete: Paquete) -> bool:
    """Whether there is anything to calculate, as far as that can be told without the engine."""
    try:
        return any(next(HojaXML(paquete.parte(parte)).formulas(), None) for parte in paquete.hojas().values())
    except HojaInmodificable:
        return True
