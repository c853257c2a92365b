"""The helper cells of the Tablero together: what its tables, cards and charts take their numbers from."""

from __future__ import annotations

from zedxl.libro.construccion.bloque import COLUMNA_DE_DATOS
from zedxl.libro.construccion.datos_aei import DatosAEI
from zedxl.libro.construccion.datos_evolucion import DatosDeEvolucion
from zedxl.libro.construccion.datos_oei import DatosOEI
from zedxl.libro.construccion.disposicion import Disposicion
from zedxl.libro.construccion.lienzo import APARTADO, SUBTITULO, Hoja
from zedxl.libro.construccion.reunion import Reunion
from zedxl.libro.construccion.valores import Historia

_ANCHO = 21
_FILAS_DE_TITULO = 4
_ENTRE_BLOQUES = 3
"""Rows from the last of a block to the titles of the next, whose name stands in the row before."""


class DatosDelTablero:
    """The blocks, one below the other, from a row on."""

    def __init__(self, disposicion: Disposicion, fila: int) -> None:
        self._fila = fila
        primera = fila + _FILAS_DE_TITULO
        cuantas = sum(len(o.aeis) for o in disposicion.objetivos)
        # What unites several indicators stands last, but the others refer to it.
        tras_aei = primera + cuantas + _ENTRE_BLOQUES
        tras_oei = tras_aei + len(disposicion.objetivos) + _ENTRE_BLOQUES
        self.reunion = Reunion(disposicion, tras_oei + len(disposicion.periodos) + _ENTRE_BLOQUES)
        self.aeis = DatosAEI(disposicion, self.reunion, primera)
        self.oeis = DatosOEI(disposicion, self.reunion, self.aeis, tras_aei)
        self.evolucion = DatosDeEvolucion(disposicion, self.aeis, self.oeis, tras_oei)

    def escribir(self, hoja: Hoja, historia: Historia) -> None:
        """Write all blocks."""
        columnas = max(len(b.titulos) for b in (self.aeis.bloque, self.oeis.bloque, self.reunion.bloque))
        hoja.xl.set_column(COLUMNA_DE_DATOS, COLUMNA_DE_DATOS + columnas - 1, _ANCHO, hoja.lienzo.formato())
        hoja.texto(self._fila, COLUMNA_DE_DATOS, "Datos de los gráficos", APARTADO)
        nota = "Se calculan solos; no se imprimen. En las columnas de los gráficos, −1 es una barra que no se dibuja."
        hoja.texto(self._fila + 1, COLUMNA_DE_DATOS, nota, SUBTITULO)
        for bloque in (self.aeis, self.oeis, self.evolucion, self.reunion):
            bloque.escribir(hoja, historia)
