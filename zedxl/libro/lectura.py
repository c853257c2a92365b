"""leer(libro): from a workbook file to a `Plan`, with what was found wrong on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from zedxl import recolector
from zedxl.edicion.cambio import Contenido
from zedxl.libro.anotaciones import leer_agentes, leer_narrativa, leer_parametros
from zedxl.libro.bitacora import Bitacora, leer_bitacora
from zedxl.libro.bloques.ausencia import sin_aei, sin_bloques
from zedxl.libro.bloques.bloque import Bloque
from zedxl.libro.bloques.busqueda import buscar_bloques
from zedxl.libro.bloques.fusion import Gemelas
from zedxl.libro.bloques.reunion import reunir
from zedxl.libro.bloques.unica import tabla_unica
from zedxl.libro.calculadas import NINGUNA, Calculadas, calculadas_de
from zedxl.libro.celdas import Lectura
from zedxl.libro.cierres import Cierres, leer_cierres
from zedxl.libro.desacuerdo import desacuerdos
from zedxl.libro.hoja import Hoja, contenido, hojas_de
from zedxl.libro.paquete import Paquete
from zedxl.libro.tabla import Tabla
from zedxl.periodo import Periodo
from zedxl.plan import Celda, Plan


@dataclass(frozen=True)
class Libro:
    """A book as it was read: its package, its sheets, the blocks in them, and the plan that these say together.

    ``bitacora`` is its log, ``cierres`` are the periods that were closed in it. ``gemelas`` are the cells of other
    blocks, or of the row of an AEI, that say the same as a cell of the plan.
    """

    paquete: Paquete
    hojas: tuple[Hoja, ...]
    bloques: tuple[Bloque, ...]
    bitacora: Bitacora
    cierres: Cierres
    plan: Plan
    gemelas: Mapping[Celda, tuple[Celda, ...]]

    @property
    def nombre(self) -> str:
        """The name of its file."""
        return self.paquete.ruta.name

    @property
    def tabla(self) -> Tabla:
        """Its one flat table; `zedxl.libro.bloques.unica.SinTablaUnica` where it has none, or several."""
        return tabla_unica(self.bloques, self.nombre)

    @property
    def periodos(self) -> tuple[Periodo, ...]:
        """The periods that it has a place for values of."""
        return tuple(sorted({periodo for bloque in self.bloques for periodo in bloque.valores}))

    def contenido(self, celda: Celda) -> Contenido:
        """What a cell holds, as the changes of an edit say it; an empty one holds None."""
        valor = next(hoja for hoja in self.hojas if hoja.nombre == celda.hoja).valor(celda.fila, celda.columna)
        return contenido(valor)

    def es_calculada(self, celda: Celda) -> bool:
        """Whether nobody types in a cell: a formula or a pivot table fills it in."""
        return (celda.fila, celda.columna) in self.calculadas.get(celda.hoja, NINGUNA)

    @cached_property
    def calculadas(self) -> dict[str, Calculadas]:
        """The computed cells of each sheet."""
        return calculadas_de(self.paquete)


def leer(ruta: Path | str) -> Plan:
    """Read a seguimiento book (.xlsx, .xlsm) in any of the layouts of SPEC 4.1, wherever its blocks stand.

    Sheets Narrativa, Agentes and Parámetros are read where there are any. Raises
    `zedxl.libro.paquete.LibroIlegible` when the file is no workbook, is damaged or hostile, or has no recognisable
    block. Cells that cannot be read, and blocks that contradict each other, are findings of the plan.
    """
    return leer_libro(ruta).plan


def leer_filas(filas: list[list[Any]], archivo: str) -> Plan:
    """As `leer`, for the rows of a table that stands in no book; the sheet that its cells name is ``archivo``."""
    return _leidas((Hoja(archivo, filas),), archivo).plan


def leer_libro(ruta: Path | str) -> Libro:
    """As `leer`, for whoever means to change the book: with all that it was read from."""
    return libro_de(Paquete(Path(ruta)))


def libro_de(paquete: Paquete) -> Libro:
    """As `leer_libro`, from a package that is in memory already."""
    with recolector.en_pausa():
        hojas = tuple(hojas_de(paquete))
        return Libro(paquete, hojas, *_leidas(hojas, paquete.ruta.name, con_imagenes=paquete.tiene_imagenes))


def releer(libro: Libro, hojas: Sequence[Hoja]) -> Plan:
    """The plan that a book would say with these sheets instead of its own; `LibroIlegible` when they hold none."""
    return _leidas(hojas, libro.nombre).plan


class _Leidas(NamedTuple):
    """What some sheets say."""

    bloques: tuple[Bloque, ...]
    bitacora: Bitacora
    cierres: Cierres
    plan: Plan
    gemelas: Gemelas


def _leidas(hojas: Sequence[Hoja], archivo: str, *, con_imagenes: bool = False) -> _Leidas:
    lectura = Lectura()
    bloques = buscar_bloques(hojas, lectura)
    if not bloques:
        raise sin_bloques(hojas, archivo, lectura, con_imagenes=con_imagenes)
    oeis, gemelas = reunir(bloques, lectura)
    if not any(oei.aeis for oei in oeis):
        raise sin_aei(bloques, lectura, archivo)
    entidad, parametros = leer_parametros(hojas, lectura)
    bitacora, cierres = leer_bitacora(hojas), leer_cierres(hojas)
    plan = Plan(
        entidad=entidad,
        oeis=oeis,
        parametros=parametros,
        textos=leer_narrativa(hojas, lectura),
        agentes=leer_agentes(hojas, lectura),
        cierres=cierres.cerrados,
        redacciones=tuple(lectura.redacciones),
        hallazgos=(*lectura.hallazgos, *desacuerdos(bitacora, cierres)),
    )
    return _Leidas(bloques, bitacora, cierres, plan, gemelas)
