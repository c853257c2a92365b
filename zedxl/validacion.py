"""validar(libro, período): everything that is found wrong in a book (SPEC 5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from zedxl.codigo import es_codigo
from zedxl.evaluacion import Evaluacion, evaluar
from zedxl.hallazgo import Hallazgo, por_gravedad
from zedxl.libro import bitacora
from zedxl.libro.lectura import Libro
from zedxl.libro.revision import Bloque, jerarquia, metas_ausentes, negativos
from zedxl.periodo import Periodo
from zedxl.semestre.cerrados import sin_columna

_REGLAS_DE_LA_TABLA = (jerarquia, metas_ausentes, negativos)
"""Those that reading the table does not apply already."""


def validar(libro: Libro, periodo: Periodo, ya: Mapping[Periodo, Evaluacion] | None = None) -> tuple[Hallazgo, ...]:
    """The findings of reading the book, of its table, of evaluating it at a period, of its closed periods and its log.

    Errors first; what two of them find in the same cell is told once. ``ya`` are evaluations that need not be made
    again.
    """
    plan, ya = libro.plan, ya or {}
    cerrados = [p for p in sorted(plan.cierres) if p in plan.periodos]
    evaluadas = (ya.get(p) or evaluar(plan, p) for p in dict.fromkeys((periodo, *cerrados)))
    return por_gravedad(
        _sin_repetir(
            (
                *libro.plan.hallazgos,
                *(hallazgo for evaluacion in evaluadas for hallazgo in evaluacion.hallazgos),
                *sin_columna(libro.plan),
                *_de_la_tabla(libro),
                *bitacora.revisar(libro.bitacora),
            )
        )
    )


def _de_la_tabla(libro: Libro) -> Iterator[Hallazgo]:
    tabla = libro.tabla
    filas = tabla.hoja.filas[tabla.fila_titulos - 1 :]
    bloque = Bloque.de(filas, tabla.hoja.celda(tabla.fila_titulos, 1))
    con_codigo = replace(bloque, filas=tuple(fila for fila in bloque.filas if es_codigo(fila.codigo)))
    return (hallazgo for regla in _REGLAS_DE_LA_TABLA for _, hallazgo in regla(con_codigo))


def _sin_repetir(hallazgos: Iterable[Hallazgo]) -> Iterator[Hallazgo]:
    vistos = set()
    for hallazgo in hallazgos:
        clave = (hallazgo.regla, hallazgo.hoja, hallazgo.celda or hallazgo.mensaje)
        if clave not in vistos:
            vistos.add(clave)
            yield hallazgo
