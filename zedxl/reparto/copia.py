"""A copy that comes back: its data, its starting point, and who changed what in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from zedxl import recolector
from zedxl.archivo import candado
from zedxl.edicion.cambio import Contenido, canonico
from zedxl.libro.bitacora import leer_bitacora
from zedxl.libro.bloques.busqueda import buscar_bloques
from zedxl.libro.bloques.unica import tabla_unica
from zedxl.libro.calculadas import calculadas_de
from zedxl.libro.celdas import Lectura
from zedxl.libro.hoja import Hoja, hojas_de
from zedxl.libro.paquete import Paquete
from zedxl.plan import Celda
from zedxl.reparto.inventario import Inventario, inventariar
from zedxl.reparto.partida import Partida, PartidaDanada, recuperar


class Autoria(NamedTuple):
    """Who changed something, and when, as far as the file says."""

    quien: str
    cuando: datetime | None

    def __str__(self) -> str:
        cuando = f"{self.cuando:%d/%m/%Y %H:%M}" if self.cuando else ""
        return ", ".join(filter(None, (self.quien, cuando))) or "no se sabe quién"


class Autores:
    """Who last changed each cell, according to the log of a book; ``desde`` when, if only what came later counts.

    What somebody typed over a logged value is nobody's in the log.
    """

    def __init__(self, hojas: Sequence[Hoja], desde: datetime | None = None) -> None:
        self._ultimos: dict[str, tuple[str, Autoria]] = {}
        for asiento in leer_bitacora(hojas).asientos:
            if desde is None or (asiento.cuando is not None and asiento.cuando >= desde):
                apunte = asiento.apunte
                self._ultimos[apunte.celda] = canonico(apunte.despues), Autoria(apunte.quien, asiento.cuando)

    def de(self, celda: Celda | None, valor: Contenido) -> Autoria | None:
        """Who wrote this value into a cell; None where the log does not say."""
        escrito, autoria = self._ultimos.get(str(celda), ("", None))
        return autoria if escrito == canonico(valor) else None


@dataclass(frozen=True)
class Copia:
    """A copy as it was read; without ``partida`` it can only be compared with the book, not with what it began as.

    ``avisos`` are what a person should know about it before trusting the result.
    """

    nombre: str
    inventario: Inventario
    partida: Partida | None
    autores: Autores
    guardada_por: Autoria
    avisos: tuple[str, ...]

    @property
    def unidad(self) -> str:
        """Whose copy it is, "" when it does not say."""
        return self.partida.unidad if self.partida else ""

    @property
    def firma(self) -> str:
        """How the log names it: its file and, where it has one, the seal of its starting point."""
        return f"copia {self.nombre} ({self.partida.sello})" if self.partida else f"copia {self.nombre}"

    def autoria(self, celda: Celda | None, valor: Contenido) -> Autoria:
        """Who changed a cell: by its own log or, where that says nothing, whoever saved the file last."""
        autoria = self.autores.de(celda, valor)
        if autoria is not None:
            return autoria
        return Autoria(self.guardada_por.quien or self.unidad, self.guardada_por.cuando)


def leer_copia(ruta: Path, nombre: str = "") -> Copia:
    """Read a copy, to be called ``nombre`` or as its file.

    Raises `zedxl.libro.paquete.LibroIlegible` when it is no readable book with a seguimiento table.
    """
    with recolector.en_pausa():
        paquete = Paquete(ruta)
        hojas = list(hojas_de(paquete))
        tabla = tabla_unica(buscar_bloques(hojas, Lectura()), ruta.name)
        inventario = inventariar(hojas, tabla, calculadas_de(paquete))
        partida, avisos = _partida(hojas)
        if candado(ruta) is not None:
            avisos.append("está abierta en Excel o LibreOffice: lo que no se haya guardado no se ve")
        autores = Autores(hojas, partida.cuando if partida else None)
        return Copia(nombre or ruta.name, inventario, partida, autores, autoria_de(paquete), tuple(avisos))


def autoria_de(paquete: Paquete) -> Autoria:
    """Who saved a file last, and when, in local time."""
    quien, cuando = paquete.guardado()
    return Autoria(quien, cuando.astimezone().replace(tzinfo=None) if cuando else None)


def _partida(hojas: list[Hoja]) -> tuple[Partida | None, list[str]]:
    try:
        partida = recuperar(hojas)
    except PartidaDanada:
        return None, ["su punto de partida está dañado: se comparó solo con el libro"]
    return partida, [] if partida else ["no guarda su punto de partida: se comparó solo con el libro"]
