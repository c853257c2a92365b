"""periodos_alterados(libro, edición): what an edit would change of the closed periods, whatever cells it writes in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from zedxl.edicion.cambio import Cambio, Edicion
from zedxl.hallazgo import Hallazgo
from zedxl.libro.hoja import Hoja
from zedxl.libro.lectura import Libro, releer
from zedxl.semestre.cerrados import cambiados


def periodos_alterados(libro: Libro, edicion: Edicion) -> tuple[Hallazgo, ...]:
    """The differences of closed periods that the book would have after the edit and has not now; the book stays.

    Formulas keep the values that they show: what only a recalculation would change is not seen here. Raises
    `zedxl.libro.paquete.LibroIlegible` when the edit would leave no table.
    """
    if not libro.plan.cierres or not edicion.cambios:
        return ()
    ahora = set(cambiados(libro.plan))
    despues = releer(libro, tuple(_con(hoja, edicion.cambios) for hoja in libro.hojas))
    return tuple(hallazgo for hallazgo in cambiados(despues) if hallazgo not in ahora)


def _con(hoja: Hoja, cambios: Iterable[Cambio]) -> Hoja:
    """The sheet with what the changes write in it."""
    suyos = [cambio for cambio in cambios if cambio.celda.hoja == hoja.nombre]
    if not suyos:
        return hoja
    filas = [list(fila) for fila in hoja.filas]
    for cambio in suyos:
        _, fila, columna = cambio.celda
        filas.extend([] for _ in range(fila - len(filas)))
        filas[fila - 1].extend([None] * (columna - len(filas[fila - 1])))
        filas[fila - 1][columna - 1] = cambio.despues
    return replace(hoja, filas=filas)
