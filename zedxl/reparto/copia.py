"""A copy that comes back: its data, its starting point, and who changed what in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from zedxl import recolector
from zedxl.archivo import candado
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
        cuando = f", {self.cuando:%d/%m/%Y %H:%M}" if self.cuando else ""
        return f"{self.quien or 'sin nombre'}{cuando}"


@dataclass(frozen=True)
class Copia:
    """A copy as it was read; without ``partida`` it can only be compared with the book, not with what it began as.

    ``avisos`` are what a person should know about it before trusting the result.
    """

    nombre: str
    inventario: Inventario
    partida: Partida | None
    autores: dict[str, Autoria]
    guardada_por: Autoria
    avisos: tuple[str, ...]

    @property
    def unidad(self) -> str:
        """Whose copy it is, "" when it does not say."""
        return self.partida.unidad if self.partida else ""

    def autoria(self, celda: Celda | None) -> Autoria:
        """Who changed a cell: by its own log or, where that says nothing, whoever saved the file last."""
        return self.autores.get(str(celda), self.guardada_por)


def leer_copia(ruta: Path) -> Copia:
    """Read a copy; `zedxl.libro.paquete.LibroIlegible` when it is no readable book with a seguimiento table."""
    with recolector.en_pausa():
        paquete = Paquete(ruta)
        hojas = list(hojas_de(paquete))
        tabla = tabla_unica(buscar_bloques(hojas, Lectura()), ruta.name)
        inventario = inventariar(hojas, tabla, calculadas_de(paquete))
        partida, avisos = _partida(hojas)
        if candado(ruta) is not None:
            avisos.append("está abierta en Excel o LibreOffice: lo que no se haya guardado no se ve")
        return Copia(ruta.name, inventario, partida, dict(autores_de(hojas)), autoria_de(paquete), tuple(avisos))


def autores_de(hojas: list[Hoja] | tuple[Hoja, ...]) -> Iterator[tuple[str, Autoria]]:
    """Who last changed each cell ("Seguimiento!W7"), according to the log of the book."""
    for asiento in leer_bitacora(hojas).asientos:
        yield asiento.apunte.celda, Autoria(asiento.apunte.quien, asiento.cuando)


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
