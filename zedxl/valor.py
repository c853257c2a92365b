"""Values of an indicator: what a year reached, what it will reach, what is missing (SPEC 2.2, 2.4, 3)."""

from __future__ import annotations

from zedxl.medida import DatoInvalido, Medida, Motivo, exigir_numero, nd
from zedxl.periodo import Periodo
from zedxl.vocabulario import Agregacion, Sentido


def valor_anual(
    semestre_1: float | None,
    semestre_2: float | None,
    agregacion: Agregacion = Agregacion.NO_ACUMULADO,
) -> Medida:
    """Value of the year at ``AAAA-II`` from the values of its two semesters, in the indicator's unit.

    Acumulado adds them (a missing one adds nothing); No acumulado takes the second, or the first when the second
    is missing. Source: SPEC 2.2.

    >>> valor_anual(2, 3, Agregacion.ACUMULADO).valor, valor_anual(2, 3).valor, valor_anual(2, None).valor
    (5.0, 3.0, 2.0)
    >>> print(valor_anual(None, None))
    N/D (sin valor obtenido)
    """
    semestres = (semestre_1, semestre_2)
    reportados = [float(exigir_numero(v, "valor del semestre")) for v in semestres if v is not None]
    if not reportados:
        return nd(Motivo.SIN_VALOR)
    if agregacion is Agregacion.ACUMULADO:
        return Medida(exigir_numero(sum(reportados), "valor del año"))
    return Medida(reportados[-1])


def valor_al(
    periodo: Periodo,
    semestre_1: float | None,
    semestre_2: float | None,
    agregacion: Agregacion = Agregacion.NO_ACUMULADO,
) -> Medida:
    """Value of the year as known at ``periodo``: at -I the semester's, at -II `valor_anual` (SPEC 2.2).

    >>> valor_al(Periodo(2025, 1), 2, 3, Agregacion.ACUMULADO).valor
    2.0
    """
    return valor_anual(semestre_1, semestre_2 if periodo.cierra_anio else None, agregacion)


def proyeccion(valor: float | None, periodo: Periodo, agregacion: Agregacion = Agregacion.NO_ACUMULADO) -> Medida:
    """What the year will reach at this pace, in the indicator's unit.

    Acumulado: valor / fracción of the year; No acumulado: the value itself. Source: SPEC 2.4.

    >>> proyeccion(8, Periodo(2025, 1), Agregacion.ACUMULADO).valor, proyeccion(8, Periodo(2025, 1)).valor
    (16.0, 8.0)
    """
    if valor is None:
        return nd(Motivo.SIN_VALOR)
    exigir_numero(valor, "valor")
    if agregacion is Agregacion.ACUMULADO:
        return Medida(exigir_numero(valor / periodo.fraccion, "proyección"))
    return Medida(float(valor))


def brecha(programado: float | None, ejecutado: float | None, sentido: Sentido = Sentido.ASCENDENTE) -> Medida:
    """What is missing to the target, 0 or more, in the indicator's unit (SPEC 3).

    >>> brecha(3, 2).valor, brecha(3, 9).valor, brecha(10, 12, Sentido.DESCENDENTE).valor
    (1.0, 0.0, 2.0)
    """
    if sentido is Sentido.NO_DEFINIDO:
        raise DatoInvalido("El sentido No definido no tiene una meta única de la cual medir la brecha.")
    if programado is None:
        return nd(Motivo.SIN_META)
    if exigir_numero(programado, "programado") < 0:
        raise DatoInvalido("La meta no puede ser negativa.")
    if ejecutado is None:
        return nd(Motivo.SIN_VALOR)
    falta = programado - exigir_numero(ejecutado, "ejecutado")
    return Medida(max(0.0, float(-falta if sentido is Sentido.DESCENDENTE else falta)))
