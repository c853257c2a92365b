"""Which cells of a book nobody types: those that formulas compute, and those that pivot tables fill in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from zedxl.edicion.hoja_xml import celdas_con_formula
from zedxl.libro.direccion import Area, leer_area
from zedxl.libro.hoja import Posicion, areas_combinadas
from zedxl.libro.paquete import Paquete, danado
from zedxl.libro.relaciones import relacionadas


@dataclass(frozen=True, slots=True)
class Calculadas:
    """The computed cells of a sheet: those with a formula, or in its result, and the areas of its pivot tables.

    ``combinadas`` are its merged areas: what is typed behind their first cell does not show.
    """

    formulas: frozenset[Posicion] = frozenset()
    dinamicas: tuple[Area, ...] = ()
    combinadas: tuple[Area, ...] = ()

    def __contains__(self, lugar: Posicion) -> bool:
        return lugar in self.formulas or any(lugar in area for area in self.dinamicas)

    def tapa(self, lugar: Posicion) -> bool:
        """Whether a cell is hidden by another with which it was merged."""
        return any(lugar in area and lugar != (area.fila, area.columna) for area in self.combinadas)


NINGUNA = Calculadas()


def calculadas_de(paquete: Paquete) -> dict[str, Calculadas]:
    """The computed cells of each sheet of a book; `zedxl.libro.paquete.LibroIlegible` when a part is damaged."""
    calculadas = {}
    for hoja, parte in paquete.hojas().items():
        xml = paquete.parte(parte)
        dinamicas, combinadas = tuple(_dinamicas(paquete, parte)), tuple(areas_combinadas(xml))
        calculadas[hoja] = Calculadas(celdas_con_formula(xml), dinamicas, combinadas)
    return calculadas


def _dinamicas(paquete: Paquete, hoja: str) -> Iterator[Area]:
    """The areas of the pivot tables of a sheet, with their filters above."""
    for parte in relacionadas(paquete, hoja, "pivotTable"):
        try:
            raiz = ET.fromstring(paquete.parte(parte) or b"<vacio/>")
            lugar = next((e for e in raiz if e.tag.endswith("}location")), None)
            if lugar is not None:
                area = leer_area(lugar.get("ref", ""))
                filtros = int(lugar.get("rowPageCount", "0"))
                yield Area(max(1, area.fila - filtros - 1) if filtros else area.fila, *_sin_fila(area))
        except (ET.ParseError, ValueError) as error:
            danado(paquete.ruta, error)


def _sin_fila(area: Area) -> tuple[int, int, int]:
    return area.columna, area.hasta_fila, area.hasta_columna
