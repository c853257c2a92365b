"""A plan written as a CSV file: the same table as sheet Seguimiento, read as a book is, told by line.

Its titles are matched by meaning (`zedxl.libro.columnas`); the rules are those for the table of a book.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from zedxl.errores import ErrorExplicado
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.libro.columnas import Columna, Encabezado, reconocer
from zedxl.libro.csv_de_excel import leer_renglones
from zedxl.libro.direccion import leer_area
from zedxl.libro.lectura import leer_filas
from zedxl.libro.revision import Bloque, EnFila, revisar
from zedxl.medida import DatoInvalido
from zedxl.plan import Celda, Plan

_MAXIMO = 20
_DE_UN_PLAN = (Columna.DENOMINACION, Columna.INDICADOR)
"""Titles that a plan needs besides the code and the targets."""


class PlanInvalido(ErrorExplicado):
    """A plan that makes no book yet; its text tells all that has to be corrected, and where."""


def leer_plan(ruta: Path) -> tuple[Plan, tuple[str, ...]]:
    """The plan of a CSV file, and what is odd in it; `PlanInvalido` tells all that is wrong at once, by line.

    `CsvIlegible` and `LibroIlegible` for a file that holds no such table.
    """
    filas = _por_linea(ruta)
    try:
        bloque = Bloque.de(filas, Celda(ruta.name, 1, 1))
    except DatoInvalido as error:
        raise PlanInvalido(
            f"{ruta.name} no tiene una fila de títulos. Escriba en la primera línea Código, Denominación, Indicador, "
            "Unidad de medida, Sentido, Agregación, Línea base, Meta 2025 y las demás metas."
        ) from error
    hallados = [*_titulos_ausentes(bloque), *revisar(bloque), *_sin_nombre(bloque)]
    rechazar(ruta.name, _en_lineas(hallados, Severidad.ERROR))
    plan = leer_filas(filas, ruta.name)
    del_lector = [(leer_area(h.celda).fila, h) for h in plan.hallazgos]
    rechazar(ruta.name, _en_lineas(del_lector, Severidad.ERROR))
    return plan, (*_sin_usar(filas), *_en_lineas(hallados, Severidad.ADVERTENCIA))


def rechazar(archivo: str, errores: Sequence[str]) -> None:
    """Raise `PlanInvalido` with these errors of a file, if there are any."""
    if not errores:
        return
    cuantos = "un error" if len(errores) == 1 else f"{len(errores)} errores"
    mas = [f"… y {len(errores) - _MAXIMO} más."] if len(errores) > _MAXIMO else []
    lista = "\n".join(f"  {linea}" for linea in (*errores[:_MAXIMO], *mas))
    raise PlanInvalido(f"{archivo} tiene {cuantos}; corríjalo y repita la orden. No se escribió ningún libro.\n{lista}")


def _por_linea(ruta: Path) -> list[list[str]]:
    """The rows, each at the index of its line, so that what names a row names the line; all as long as the longest."""
    renglones = leer_renglones(ruta)
    ancho = max((len(r.celdas) for r in renglones), default=0)
    filas: list[list[str]] = [[""] * ancho for _ in range(renglones[-1].linea if renglones else 0)]
    for renglon in renglones:
        filas[renglon.linea - 1] = [*renglon.celdas, *[""] * (ancho - len(renglon.celdas))]
    return filas


def _titulos_ausentes(bloque: Bloque) -> Iterator[EnFila]:
    for columna in _DE_UN_PLAN:
        if Encabezado(columna) not in bloque.columnas:
            mensaje = f"Falta la columna «{columna.value}»."
            yield 1, Hallazgo(Severidad.ERROR, "sin-columna", bloque.origen.hoja, "", "", mensaje, "Agréguela.")


def _sin_nombre(bloque: Bloque) -> Iterator[EnFila]:
    """Codes whose first row does not say what they are called, and rows without the name of their indicator."""
    vistos = set()
    for fila in bloque.filas:
        primera = fila.codigo not in vistos
        vistos.add(fila.codigo)
        for columna in _DE_UN_PLAN:
            hace_falta = columna is Columna.INDICADOR or primera
            if hace_falta and Encabezado(columna) in bloque.columnas and not fila.texto(columna):
                textos = f"{columna.value}: está vacía.", "Escriba el texto, como dice el PEI."
                yield bloque.aviso(Severidad.ERROR, "sin-nombre", fila, Encabezado(columna), textos)


def _en_lineas(hallados: Sequence[EnFila], severidad: Severidad) -> tuple[str, ...]:
    """The findings of a severity, from top to bottom, as a person finds them in the file."""
    elegidos = sorted((h for h in hallados if h[1].severidad is severidad), key=lambda hallado: hallado[0])
    return tuple(
        f"Línea {linea}{f' ({h.codigo})' if h.codigo else ''}: {h.mensaje} {h.sugerencia}".rstrip()
        for linea, h in elegidos
    )


def _sin_usar(filas: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns whose title nobody knows: they do not come into the book."""
    codigo = Encabezado(Columna.CODIGO)
    titulos = next(fila for fila in filas if any(reconocer(titulo) == codigo for titulo in fila))
    for titulo in titulos:
        if titulo.strip() and reconocer(titulo) is None:
            yield f"La columna «{titulo.strip()}» no se reconoce y no pasa al libro."
