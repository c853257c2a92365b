"""Which formulas hang from given cells, directly or through others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from zedxl.libro.direccion import Area, leer_area, separar_hoja
from zedxl.recalculo.arbol import analizar, recorrer

Celda = tuple[str, int, int]
"""Sheet, row and column."""

_ANCHO = 64
"""Columns from which an area is looked for apart from its columns."""

_TRAMO = 256
_TODAS = 0


class Dependencias:
    """Formulas by the cells that they read."""

    def __init__(self) -> None:
        self._de_una: dict[Celda, list[Celda]] = defaultdict(list)
        self._de_area: dict[tuple[str, Area], list[Celda]] = defaultdict(list)

    def agregar(self, celda: Celda, formula: str) -> None:
        """Note what the formula of a cell reads; names of sheets count without regard to capitals."""
        for nodo in recorrer(analizar(formula) or {"node_type": "Omitted"}):
            if nodo["node_type"] == "Reference":
                hoja, lugar = separar_hoja(nodo["reference"])
                try:
                    area = leer_area(lugar)
                except ValueError:
                    continue
                self._anotar(celda, (hoja or celda[0]).casefold(), area)

    def _anotar(self, celda: Celda, hoja: str, area: Area) -> None:
        if area.celdas == 1:
            self._de_una[hoja, area.fila, area.columna].append(celda)
        else:
            self._de_area[hoja, area].append(celda)

    def agregar_resultado(self, celda: Celda, area: Area) -> None:
        """Note that an array formula fills an area, and so decides what is in its cells."""
        self._de_una[celda[0].casefold(), celda[1], celda[2]] += ((celda[0], *lugar) for lugar in area.posiciones())

    def alcanzadas(self, origen: Iterable[Celda]) -> dict[Celda, Celda]:
        """Each cell that hangs from those given, with the one that it was reached from; those given are not in it."""
        pendientes, vistas = list(origen), {}
        ya = set(pendientes)
        indice = _Indice(self._de_area)
        while pendientes:
            celda = pendientes.pop()
            clave = (celda[0].casefold(), celda[1], celda[2])
            for lectora in (*self._de_una.get(clave, ()), *indice.sacar(*clave)):
                if lectora not in ya:
                    ya.add(lectora)
                    vistas[lectora] = celda
                    pendientes.append(lectora)
        return vistas


@dataclass(slots=True)
class _Tramo:
    """Areas that begin on neighbouring rows, with the rows that they reach together."""

    areas: list[Area]
    desde: int = field(init=False)
    hasta: int = field(init=False)

    def __post_init__(self) -> None:
        self.desde = min((area.fila for area in self.areas), default=1)
        self.hasta = max((area.hasta_fila for area in self.areas), default=0)

    def sacar(self, fila: int, columna: int) -> list[Area]:
        """The areas around a cell, which are taken out."""
        if not self.desde <= fila <= self.hasta:
            return []
        halladas = [area for area in self.areas if (fila, columna) in area]
        if halladas:
            self.areas = [area for area in self.areas if (fila, columna) not in area]
            self.__post_init__()
        return halladas


class _Indice:
    """Areas by the columns they cover; the readers of each are given out once, when a cell of it is asked for."""

    def __init__(self, lectoras: Mapping[tuple[str, Area], list[Celda]]) -> None:
        self._lectoras = dict(lectoras)
        por_columna: dict[tuple[str, int], list[Area]] = defaultdict(list)
        for hoja, area in sorted(lectoras, key=lambda clave: clave[1].fila):
            ancha = area.hasta_columna - area.columna >= _ANCHO
            for columna in (_TODAS,) if ancha else range(area.columna, area.hasta_columna + 1):
                por_columna[hoja, columna].append(area)
        self._tramos = {
            clave: [_Tramo(areas[n : n + _TRAMO]) for n in range(0, len(areas), _TRAMO)]
            for clave, areas in por_columna.items()
        }

    def sacar(self, hoja: str, fila: int, columna: int) -> Iterator[Celda]:
        """The readers of the areas around a cell, unless they were given out already."""
        for clave in ((hoja, columna), (hoja, _TODAS)):
            for tramo in self._tramos.get(clave, ()):
                for area in tramo.sacar(fila, columna):
                    yield from self._lectoras.pop((hoja, area), ())
