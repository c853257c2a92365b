"""Ritmo: whether the pace suffices, judging a half-year against half a year (SPEC 2.4)."""

from __future__ import annotations

from zedxl.avance import avance
from zedxl.medida import Medida, Motivo, alcanza, exigir_numero, limitar, nd
from zedxl.periodo import Periodo

_LINEAL = {semestre: Medida(100 * Periodo(2000, semestre).fraccion) for semestre in (1, 2)}
"""What is expected without targets for the semester; the same in every year."""


def avance_esperado(
    periodo: Periodo,
    programado_semestre: float | None = None,
    programado_anual: float | None = None,
) -> Medida:
    """Avance that should have been reached by the end of ``periodo``, in percent of the year's target.

    With a target for the semester: the avance (Ascendente) which reaching it would give against the year's. Without:
    100 × the fraction of the year that has passed. Source: SPEC 2.4.

    >>> avance_esperado(Periodo(2025, 1)).valor, avance_esperado(Periodo(2025, 1), 3, 12).valor
    (50.0, 25.0)
    """
    if programado_semestre is None or programado_anual is None:
        return _LINEAL[periodo.semestre]
    return avance(programado_anual, programado_semestre)


def ritmo(avance: Medida, esperado: Medida) -> Medida:
    """Avance against what was expected: avance / esperado × 100, kept within 0 and 100 (SPEC 2.4).

    >>> ritmo(Medida(66.67), Medida(50.0)).valor, ritmo(Medida(25.0), Medida(50.0)).valor
    (100.0, 50.0)
    >>> print(ritmo(Medida(25.0), Medida(0.0)))
    N/D (esperado cero)
    """
    if avance.valor is None:
        return avance
    if esperado.valor is None:
        return esperado
    if esperado.valor == 0:
        return nd(Motivo.ESPERADO_CERO)
    return Medida(limitar(exigir_numero(avance.valor / esperado.valor * 100, "ritmo")))


def nota(avance: Medida, periodo: Periodo, esperado: Medida) -> str:
    """``*`` for an AEI below 100 that is on course for the semester, else nothing.

    Source: SPEC 2.4 and the note under the matrix of the published report 2025-I (66.67*, 50.00*).

    >>> nota(Medida(50.0), Periodo(2025, 1), Medida(50.0)), nota(Medida(0.0), Periodo(2025, 1), Medida(50.0))
    ('*', '')
    """
    if periodo.cierra_anio or avance.valor is None or esperado.valor is None:
        return ""
    return "*" if not alcanza(avance.valor, 100) and alcanza(avance.valor, esperado.valor) else ""
