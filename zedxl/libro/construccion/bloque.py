"""A block of helper cells on sheet Tablero: titles, rows below them, and how formulas refer to both."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell

from zedxl.libro.construccion.lienzo import CELDA, PORCENTAJE, Formula, Hoja

COLUMNA_DE_DATOS = 21
"""First column of the helper cells, right of what is printed."""


@dataclass(frozen=True)
class Bloque:
    """``fila`` is the row of its titles, from 0; its rows follow, ``largo`` of them."""

    nombre: str
    fila: int
    titulos: tuple[str, ...]
    largo: int

    def celda(self, n: int, titulo: str) -> str:
        """A cell of the n-th row, from 0, with its sheet, in absolute A1."""
        return f"Tablero!{self._local(n, titulo)}"

    def rango(self, titulo: str, desde: int = 0, hasta: int | None = None) -> str:
        """Cells under a title, from one row to another (all unless told), with their sheet."""
        ultima = self.largo - 1 if hasta is None else hasta
        return f"{self.celda(desde, titulo)}:{self._local(ultima, titulo)}"

    def escribir(self, hoja: Hoja) -> None:
        """Write its name and its titles."""
        hoja.texto(self.fila - 1, COLUMNA_DE_DATOS, self.nombre, {"bold": True})
        hoja.encabezados(self.fila, self.titulos, COLUMNA_DE_DATOS)

    def formula(self, hoja: Hoja, n: int, titulo: str, formula: Formula) -> None:
        """Write a formula in the n-th row under a title."""
        hoja.formula(self.fila + 1 + n, self._columna(titulo), formula, CELDA, PORCENTAJE)

    def _local(self, n: int, titulo: str) -> str:
        celda: str = xl_rowcol_to_cell(self.fila + 1 + n, self._columna(titulo), True, True)
        return celda

    def _columna(self, titulo: str) -> int:
        return COLUMNA_DE_DATOS + self.titulos.index(titulo)
