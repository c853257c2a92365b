"""validar(libro, período): everything that is found wrong in a book (SPEC 5)."""

from __future__ import annotations

from collections.abc import Mapping

from zedxl import recolector
from zedxl.evaluacion import Evaluacion, evaluar
from zedxl.hallazgo import Hallazgo, por_gravedad
from zedxl.hallazgos import avances_del_libro, tablero
from zedxl.hallazgos.registro import revisar, una_vez
from zedxl.libro import bitacora
from zedxl.libro.lectura import Libro
from zedxl.periodo import Periodo
from zedxl.semestre.cerrados import sin_columna


def validar(libro: Libro, periodo: Periodo, ya: Mapping[Periodo, Evaluacion] | None = None) -> tuple[Hallazgo, ...]:
    """The findings of reading the book, of evaluating it at a period, of the rules, of its closed periods and its log.

    Errors first; what two of them say about the same cell is told once. ``ya`` are evaluations that need not be made
    again.
    """
    with recolector.en_pausa():
        return _validar(libro, periodo, ya or {})


def _validar(libro: Libro, periodo: Periodo, ya: Mapping[Periodo, Evaluacion]) -> tuple[Hallazgo, ...]:
    plan = libro.plan
    evaluacion = ya.get(periodo) or evaluar(plan, periodo)
    otros = (p for p in sorted(plan.cierres) if p != periodo and p in plan.periodos)
    cerradas = (ya.get(p) or evaluar(plan, p) for p in otros)
    return por_gravedad(
        una_vez(
            (
                *plan.hallazgos,
                *evaluacion.hallazgos,
                *(hallazgo for cerrada in cerradas for hallazgo in cerrada.hallazgos),
                *revisar(evaluacion),
                *avances_del_libro.distintos(plan, libro.es_calculada),
                *sin_columna(plan),
                *tablero.sin_contar(libro.hojas, plan),
                *bitacora.revisar(libro.bitacora),
            )
        )
    )
