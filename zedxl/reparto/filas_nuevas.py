"""The rows that a merge adds below those of the book: where they go, how they look, and the formulas they need.

A new row is made as the last one of its kind (OEI, AEI): its cells look alike, and that row's formulas are copied down.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from zedxl.edicion.cambio import FilaNueva, FormulaNueva, TablaHasta
from zedxl.libro.hoja import VACIAS
from zedxl.libro.lectura import Libro
from zedxl.plan import Celda
from zedxl.recalculo.celdas_xml import CeldaConFormula, HojaInmodificable, HojaXML
from zedxl.recalculo.formula_movida import mover
from zedxl.reparto.inventario import Clave, Inventario, codigo_de
from zedxl.reparto.zona import Zona

_DE_OTRO_ARCHIVO = re.compile(r"\[\d+\][\w!]|_xl")
"""In a file, the number of another book, or a function newer than the format; neither can be typed in Excel so."""
_CLASE = slice(3)
"""Of a key: the letters of its code."""


class Agregada(NamedTuple):
    """A row that was added: its first cell, the row whose formulas it got (0: none), and whether it needs no others."""

    celda: Celda
    modelo: int
    completa: bool


@dataclass
class FilasNuevas:
    """Those of one merge, as it goes along."""

    libro: Libro
    maestro: Inventario
    _filas: dict[tuple[str, str], int] = field(default_factory=dict)
    _formulas: dict[tuple[str, int], Sequence[tuple[Celda, str | None]]] = field(default_factory=dict)
    _ocupadas: dict[str, int] = field(default_factory=dict)

    def reservar(self, claves: Iterable[Clave]) -> None:
        """Keep new rows away from where something that is known by its place is going to stand."""
        for celda in (self.maestro.celda(clave) for clave in claves if not clave.con_nombre):
            if celda is not None and celda.hoja in self.maestro.zonas:
                ocupada = max(celda.fila, self._ultima_ocupada(self.maestro.zonas[celda.hoja]))
                self._ocupadas[celda.hoja] = ocupada

    def lugar(self, clave: Clave) -> Celda:
        """Where a datum goes whose row the book has not yet."""
        zona = self.maestro.zonas[clave.hoja]
        fila = self._filas.setdefault((clave.hoja, clave.fila), self._siguiente_fila_libre(zona))
        return Celda(clave.hoja, fila, zona.titulos[clave.columna])

    def vestidas(self) -> Iterator[FilaNueva]:
        """What they take from the rows that they are made as."""
        for (hoja, clave), fila in self._filas.items():
            zona = self.maestro.zonas[hoja]
            if zona.filas:
                modelo, columnas = _ultima_de_su_clase(zona, clave) or zona.ultima_fila, zona.titulos.values()
                yield FilaNueva(hoja, fila, modelo, min(columnas), max(columnas))

    def tablas(self) -> Iterator[TablaHasta]:
        """Tables grow with the rows that were added right below them."""
        for nombre in dict.fromkeys(hoja for hoja, _ in self._filas):
            zona = self.maestro.zonas[nombre]
            filas = [fila for (hoja, _), fila in self._filas.items() if hoja == nombre]
            if min(filas) == zona.ultima_fila + 1:
                titulo = zona.hoja.celda(zona.fila_de_titulos, min(zona.titulos.values()))
                yield TablaHasta(titulo, max(filas), max(zona.titulos.values()))

    def formulas(self, escritas: Container[Celda], quien: str) -> Iterator[FormulaNueva]:
        """The formulas that they need, but for the cells in which something else was written."""
        for (hoja, clave), fila in self._filas.items():
            modelo = _ultima_de_su_clase(self.maestro.zonas[hoja], clave)
            if modelo is None:
                continue
            for suya, formula in self._de_la_fila(hoja, modelo):
                celda = suya._replace(fila=fila)
                if formula is not None and celda not in escritas:
                    copiada, motivo = mover(formula, fila - modelo, 0), f"fila nueva, como la {modelo}"
                    codigo = codigo_de(Clave(hoja, clave, ""))
                    yield FormulaNueva(celda, copiada, None, None, motivo, quien, codigo, como=suya)

    def dichas(self) -> Iterator[Agregada]:
        """The same in short."""
        for (hoja, clave), fila in self._filas.items():
            zona = self.maestro.zonas[hoja]
            modelo = _ultima_de_su_clase(zona, clave)
            formulas = [formula for _, formula in self._de_la_fila(hoja, modelo or zona.ultima_fila)]
            completa = not formulas or (modelo is not None and None not in formulas)
            yield Agregada(Celda(hoja, fila, 1), modelo if formulas and modelo else 0, completa)

    def _de_la_fila(self, hoja: str, fila: int) -> Sequence[tuple[Celda, str | None]]:
        """Its formulas; they are looked for in the whole sheet, and many new rows have the same model."""
        if (hoja, fila) not in self._formulas:
            self._formulas[hoja, fila] = tuple(formulas_de(self.libro, hoja, fila))
        return self._formulas[hoja, fila]

    def _siguiente_fila_libre(self, zona: Zona) -> int:
        """The first free row below those with a key or, where something stands below them, below that."""
        ya_tomadas = [fila for (hoja, _), fila in self._filas.items() if hoja == zona.hoja.nombre]
        return max(self._ultima_ocupada(zona), *ya_tomadas, 0) + 1

    def _ultima_ocupada(self, zona: Zona) -> int:
        if zona.hoja.nombre not in self._ocupadas:
            filas = (n for n, fila in enumerate(zona.hoja.filas, 1) if any(v not in VACIAS for v in fila))
            self._ocupadas[zona.hoja.nombre] = max(filas, default=0)
        return self._ocupadas[zona.hoja.nombre]


def formulas_de(libro: Libro, hoja: str, fila: int) -> Iterator[tuple[Celda, str | None]]:
    """The cells of a row that hold a formula, with its text; None for one that cannot be copied elsewhere.

    Formulas are as in the file: English, with commas, without their equals sign.
    """
    calculadas = libro.calculadas.get(hoja)
    columnas = sorted(columna for n, columna in calculadas.formulas if n == fila) if calculadas else []
    if not columnas:
        return
    try:
        celdas = list(HojaXML(libro.paquete.parte(libro.paquete.hojas()[hoja])).formulas())
    except HojaInmodificable:
        celdas = []
    escritas = {celda.grupo: celda for celda in celdas if celda.grupo and celda.formula}
    textos = {c.columna: _texto(c, escritas.get(c.grupo, c)) for c in celdas if c.fila == fila}
    for columna in columnas:
        yield Celda(hoja, fila, columna), textos.get(columna)


def _texto(celda: CeldaConFormula, escrita: CeldaConFormula) -> str | None:
    """The formula of a cell, which shares that of another one (or is it); None for one that cannot be copied."""
    if celda.clase not in ("", "normal", "shared") or celda.enriquecida or not escrita.formula:
        return None
    if _DE_OTRO_ARCHIVO.search(escrita.formula):
        return None
    return mover(escrita.formula, celda.fila - escrita.fila, celda.columna - escrita.columna)


def _ultima_de_su_clase(zona: Zona, clave: str) -> int | None:
    """The last row of the same kind, None for the first one of its kind."""
    return max((fila for otra, fila in zona.filas.items() if otra[_CLASE] == clave[_CLASE]), default=None)
