"""Avance of one indicator: how much of the year's target was reached (SPEC 2.1).

Percentages run from 0 to 100: two thirds are 66.67, never 0.6667. Nothing is rounded here.
"""

from __future__ import annotations

from zedxl.medida import DatoInvalido, Medida, Motivo, exigir_numero, limitar, nd
from zedxl.vocabulario import Sentido


def avance(
    programado: float | None,
    ejecutado: float | None,
    sentido: Sentido = Sentido.ASCENDENTE,
    tope: bool = True,
) -> Medida:
    """Avance Tipo I, measured against zero.

    ``programado`` (LE) and ``ejecutado`` (VO) are in the indicator's unit. Ascendente: VO / LE × 100;
    Descendente: LE / VO × 100, and 100 when VO is 0 because nothing is left to reduce. With ``tope`` the result
    stays within 0 and 100. Raises `DatoInvalido` for a negative target and for sentido No definido, which needs
    bounds (`avance_rango`).

    Source: SPEC 2.1. The published report 2025-I gives 66.67 for AEI.01.01 (2 of 3) and 100.00 for AEI.02.04 (9 of 3).

    >>> round(avance(3, 2).valor, 2), avance(3, 9).valor, avance(3, 9, tope=False).valor
    (66.67, 100.0, 300.0)
    >>> avance(10, 20, Sentido.DESCENDENTE).valor, avance(10, 0, Sentido.DESCENDENTE).valor
    (50.0, 100.0)
    >>> print(avance(0, 5), avance(None, 5), avance(5, None))
    N/D (meta cero) N/D (sin meta) N/D (sin valor obtenido)
    """
    if sentido is Sentido.NO_DEFINIDO:
        raise DatoInvalido("El sentido No definido se mide con un mínimo y un máximo, no con una meta.")
    if programado is None:
        return nd(Motivo.SIN_META)
    if exigir_numero(programado, "programado") < 0:
        raise DatoInvalido("La meta no puede ser negativa.")
    if programado == 0 and sentido is Sentido.ASCENDENTE:
        return nd(Motivo.META_CERO)
    if ejecutado is None:
        return nd(Motivo.SIN_VALOR)
    exigir_numero(ejecutado, "ejecutado")
    if sentido is Sentido.DESCENDENTE:
        bruto = 100.0 if ejecutado == 0 else programado / ejecutado * 100
    else:
        bruto = ejecutado / programado * 100
    return _medida(bruto, tope)


def avance_tipo_ii(
    programado: float | None,
    ejecutado: float | None,
    linea_base: float | None,
    sentido: Sentido = Sentido.ASCENDENTE,
    tope: bool = True,
) -> Medida:
    """Avance Tipo II, measured from the baseline (LB): (VO − LB) / (LE − LB) × 100.

    Descendente: (LB − VO) / (LB − LE) × 100, the same quotient. Source: SPEC 2.1.

    >>> avance_tipo_ii(20, 15, linea_base=10).valor
    50.0
    >>> avance_tipo_ii(6, 8, linea_base=10, sentido=Sentido.DESCENDENTE).valor
    50.0
    >>> print(avance_tipo_ii(10, 15, 10), avance_tipo_ii(10, 15, None))
    N/D (denominador cero) N/D (sin línea base)
    """
    if sentido is Sentido.NO_DEFINIDO:
        raise DatoInvalido("El sentido No definido se mide con un mínimo y un máximo, no con una meta.")
    if programado is None:
        return nd(Motivo.SIN_META)
    if ejecutado is None:
        return nd(Motivo.SIN_VALOR)
    if linea_base is None:
        return nd(Motivo.SIN_LINEA_BASE)
    exigir_numero(programado, "programado")
    exigir_numero(ejecutado, "ejecutado")
    if programado == exigir_numero(linea_base, "línea base"):
        return nd(Motivo.DENOMINADOR_CERO)
    return _medida((ejecutado - linea_base) / (programado - linea_base) * 100, tope)


def avance_rango(minimo: float | None, maximo: float | None, ejecutado: float | None, tope: bool = True) -> Medida:
    """Avance of an indicator that should stay between two bounds (sentido No definido).

    100 inside; VO / mínimo × 100 below; máximo / VO × 100 above. A missing bound is open; with both missing,
    a negative bound or mínimo above máximo it raises `DatoInvalido`. Source: SPEC 2.1.

    >>> avance_rango(10, 20, 15).valor, avance_rango(10, 20, 5).valor, avance_rango(10, 20, 40).valor
    (100.0, 50.0, 50.0)
    >>> avance_rango(None, 20, 1).valor
    100.0
    """
    if minimo is None and maximo is None:
        raise DatoInvalido("Falta el mínimo o el máximo del indicador.")
    for cota, nombre in ((minimo, "mínimo"), (maximo, "máximo")):
        if cota is not None and exigir_numero(cota, nombre) < 0:
            raise DatoInvalido(f"El {nombre} no puede ser negativo.")
    if minimo is not None and maximo is not None and minimo > maximo:
        raise DatoInvalido("El mínimo es mayor que el máximo.")
    if ejecutado is None:
        return nd(Motivo.SIN_VALOR)
    exigir_numero(ejecutado, "ejecutado")
    if minimo is not None and ejecutado < minimo:
        return _medida(ejecutado / minimo * 100, tope) if minimo else nd(Motivo.DENOMINADOR_CERO)
    if maximo is not None and ejecutado > maximo:
        return _medida(maximo / ejecutado * 100, tope)
    return Medida(100.0)


def _medida(bruto: float, tope: bool) -> Medida:
    exigir_numero(bruto, "avance")
    return Medida(limitar(bruto) if tope else bruto)
