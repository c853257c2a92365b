"""A sheet that is a list under titles: Narrativa, Agentes, Parámetros, Bitácora, Cierres."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from zedxl.libro.hoja import VACIAS, Hoja
from zedxl.plan import Celda
from zedxl.texto import plano

FILAS_HASTA_LOS_TITULOS = 30
"""How many rows from the top the titles are looked for in."""


@dataclass(frozen=True, slots=True)
class Listado:
    """The list of a sheet; rows and columns count from 1, ``columnas`` are in the order of the titles."""

    hoja: Hoja
    fila_de_titulos: int
    columnas: tuple[int, ...]

    def filas(self) -> Iterator[tuple[int, list[Any]]]:
        """The number of each row that says something, and its values in the order of the titles."""
        for numero, valores in enumerate(self.hoja.filas[self.fila_de_titulos :], self.fila_de_titulos + 1):
            fila = [valores[c - 1] if c <= len(valores) else None for c in self.columnas]
            if any(valor not in VACIAS for valor in fila):
                yield numero, fila

    def celda(self, fila: int, titulo: int = 0) -> Celda:
        """The cell of a row under a title, counted from 0."""
        return self.hoja.celda(fila, self.columnas[titulo])

    @property
    def ultima_fila(self) -> int:
        """The last row that says something; that of the titles when none does."""
        return max((numero for numero, _ in self.filas()), default=self.fila_de_titulos)


def hoja_llamada(hojas: Sequence[Hoja], nombre: str) -> Hoja | None:
    """The sheet of this name or, where there is none, of one that differs in accents and the like."""
    parecidas = [hoja for hoja in hojas if plano(hoja.nombre) == plano(nombre)]
    return next((hoja for hoja in parecidas if hoja.nombre == nombre), parecidas[0] if parecidas else None)


def buscar_listado(hojas: Sequence[Hoja], nombre: str, titulos: Sequence[str]) -> Listado | None:
    """The list with all these titles on the sheet of this name, None where there is none."""
    hoja = hoja_llamada(hojas, nombre)
    buscados = [plano(titulo) for titulo in titulos]
    for numero, valores in enumerate(hoja.filas[:FILAS_HASTA_LOS_TITULOS] if hoja else (), 1):
        escritos = [plano(v) if isinstance(v, str) else "" for v in valores]
        if hoja and all(titulo in escritos for titulo in buscados):
            return Listado(hoja, numero, tuple(escritos.index(titulo) + 1 for titulo in buscados))
    return None
