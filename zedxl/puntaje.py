"""Puntaje: the weighted mean of avances, and how much of it rests on reported data (SPEC 2.3)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from zedxl.medida import NO_PROGRAMADO, DatoInvalido, Medida, Motivo, exigir_numero, nd
from zedxl.vocabulario import SinDato


def puntaje(
    avances: Sequence[Medida],
    pesos: Sequence[float] | None = None,
    sin_dato: SinDato = SinDato.CERO,
) -> Medida:
    """Σ peso × avance / Σ peso, in percent.

    What was not programmed for the year (`Medida.programada` is False) is left out of both sums. What was
    programmed but has no avance counts as 0, or is left out too with ``sin_dato`` "excluir". Weights default to
    equal; negative ones, a sum of 0 or a different length raise `DatoInvalido`. One avance that is N/D for an invalid
    datum makes the puntaje N/D too, as an error value does in a spreadsheet.

    Source: SPEC 2.3. The published report 2025-I gives 88.89 for OEI.01 (66.67, 100 and 100).

    >>> round(puntaje([Medida(200 / 3), Medida(100.0), Medida(100.0)]).valor, 2)
    88.89
    >>> puntaje([Medida(100.0), Medida(0.0)], pesos=[3, 1]).valor
    75.0
    >>> sin_reporte = nd(Motivo.SIN_VALOR)
    >>> puntaje([Medida(80.0), sin_reporte]).valor, puntaje([Medida(80.0), sin_reporte], sin_dato=SinDato.EXCLUIR).valor
    (40.0, 80.0)
    >>> puntaje([Medida(80.0), nd(Motivo.SIN_META)]).valor
    80.0
    """
    pesos = _pesos(avances, pesos)
    contados, ponderados, hay_programadas = [], [], False
    for medida, peso in zip(avances, pesos, strict=True):
        valor, motivo = medida.valor, medida.motivo
        if motivo is Motivo.DATO_INVALIDO:
            return nd(Motivo.DATO_INVALIDO)
        if motivo in NO_PROGRAMADO:
            continue
        hay_programadas = True
        if valor is not None or sin_dato is SinDato.CERO:
            contados.append(peso)
            ponderados.append(peso * (valor or 0.0))
    if not contados:
        return nd(Motivo.SIN_VALOR if hay_programadas else Motivo.SIN_AEI)
    suma = math.fsum(contados)
    if suma == 0:
        return nd(Motivo.PESO_CERO)
    return Medida(math.fsum(ponderados) / suma)


def cobertura(avances: Sequence[Medida]) -> Medida:
    """Part of what was programmed that was reported, 0 to 100 (SPEC 2.3).

    >>> cobertura([Medida(80.0), nd(Motivo.SIN_VALOR), nd(Motivo.SIN_META)]).valor
    50.0
    """
    programadas = [m for m in avances if m.programada]
    if not programadas:
        return nd(Motivo.SIN_AEI)
    return Medida(sum(m.valor is not None for m in programadas) / len(programadas) * 100)


def pesos_por_grado(grados: Sequence[int]) -> list[float]:
    """Weights from degrees of relevance or priority: M − (R − 1), M the largest degree present (SPEC 2.3).

    >>> pesos_por_grado([1, 2, 2]), pesos_por_grado([1, 2, 3])
    ([2.0, 1.0, 1.0], [3.0, 2.0, 1.0])
    """
    mayor = max(grados, default=1)
    return [float(mayor - (grado - 1)) for grado in grados]


def _pesos(avances: Sequence[Medida], pesos: Sequence[float] | None) -> Sequence[float]:
    if pesos is None:
        return [1.0] * len(avances)
    if len(pesos) != len(avances):
        raise DatoInvalido(f"Hay {len(avances)} avances y {len(pesos)} pesos; deben ser tantos como los avances.")
    for peso in pesos:
        if exigir_numero(peso, "peso") < 0:
            raise DatoInvalido("Un peso no puede ser negativo.")
    if pesos and math.fsum(pesos) == 0:
        raise DatoInvalido("Los pesos no pueden sumar cero.")
    return pesos
