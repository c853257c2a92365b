"""A flat seguimiento table (SPEC 4.1 a): one row per AEI or per indicator, with its code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from zedxl.libro.bloques.bloque import Bloque, Fila, Forma
from zedxl.libro.columnas import Columna, Encabezado
from zedxl.libro.hoja import VACIAS


@dataclass(frozen=True, slots=True)
class Tabla(Bloque):
    """A block with one row per AEI or per indicator."""

    forma: ClassVar[Forma] = Forma.PLANA

    def filas(self) -> Iterator[Fila]:
        """The rows below the titles that say something, without repeated titles."""
        codigo = self.columnas[Columna.CODIGO]
        titulo = self.hoja.filas[self.titulos.base - 1][codigo]
        for numero, valores in self.sin_notas():
            fila = Fila(self, numero, valores, self.lugares_de(numero))
            escrito = valores[codigo]
            if (escrito not in VACIAS and escrito != titulo) or (
                escrito in VACIAS and fila.con_datos and not self.es_de_titulos(valores)
            ):
                yield fila

    def significado(self, titulo: str) -> Encabezado | None:
        """What one of its titles means, however it is typed; None for one that it has not."""
        return self.titulos.significado(titulo)
