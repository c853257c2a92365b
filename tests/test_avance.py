"""Avance of one indicator (SPEC 2.1). Expected numbers are worked out by hand from the formulas there."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zedxl.avance import avance, avance_rango, avance_tipo_ii
from zedxl.medida import DatoInvalido, Motivo
from zedxl.vocabulario import Sentido

ASC, DESC = Sentido.ASCENDENTE, Sentido.DESCENDENTE
cantidades = st.floats(0, 1e9, allow_nan=False)


@pytest.mark.parametrize(
    ("programado", "ejecutado", "sentido", "esperado"),
    [
        # the thirteen rows of the matrix published for 2025-I
        (2, 3, ASC, 100),
        (3, 2, ASC, 66.67),
        (1, 3, ASC, 100),
        (3, 3, ASC, 100),
        (5, 0, ASC, 0),
        (25, 100, ASC, 100),
        (50, 67, ASC, 100),
        (3, 9, ASC, 100),
        (85, 0, ASC, 0),
        (16, 8, ASC, 50),
        (2, 2, ASC, 100),
        # by hand
        (8, 1, ASC, 12.5),
        (0.4, 0.1, ASC, 25),
        (10, -5, ASC, 0),
        (10, 20, DESC, 50),
        (10, 5, DESC, 100),
        (10, 10, DESC, 100),
        (10, 0, DESC, 100),
        (0, 0, DESC, 100),
        (0, 4, DESC, 0),
        (3, 8, DESC, 37.5),
    ],
)
def test_avance_tipo_i(programado: float, ejecutado: float, sentido: Sentido, esperado: float) -> None:
    assert avance(programado, ejecutado, sentido).valor == pytest.approx(esperado, abs=0.005)


@pytest.mark.parametrize(
    ("programado", "ejecutado", "sentido", "bruto"),
    [
        (3, 9, ASC, 300),
        (25, 100, ASC, 400),
        (50, 67, ASC, 134),
        (2, 3, ASC, 150),
        (10, 5, DESC, 200),
        (10, -5, ASC, -50),
    ],
)
def test_without_tope_the_avance_is_the_raw_ratio(
    programado: float, ejecutado: float, sentido: Sentido, bruto: float
) -> None:
    assert avance(programado, ejecutado, sentido, tope=False).valor == pytest.approx(bruto)


@pytest.mark.parametrize(
    ("programado", "ejecutado", "sentido", "motivo"),
    [
        (None, 5, ASC, Motivo.SIN_META),
        (None, None, ASC, Motivo.SIN_META),
        (0, 5, ASC, Motivo.META_CERO),
        (0, None, ASC, Motivo.META_CERO),
        (5, None, ASC, Motivo.SIN_VALOR),
        (0, None, DESC, Motivo.SIN_VALOR),
        (None, 5, DESC, Motivo.SIN_META),
    ],
)
def test_a_missing_avance_says_why(
    programado: float | None, ejecutado: float | None, sentido: Sentido, motivo: Motivo
) -> None:
    assert avance(programado, ejecutado, sentido).motivo is motivo


@pytest.mark.parametrize("programado", [-1, -0.01, math.nan, math.inf, True])
def test_a_target_that_is_no_amount_is_refused(programado: float) -> None:
    with pytest.raises(DatoInvalido):
        avance(programado, 1)


@pytest.mark.parametrize("ejecutado", [math.nan, math.inf, False])
def test_a_value_that_is_no_number_is_refused(ejecutado: float) -> None:
    with pytest.raises(DatoInvalido):
        avance(1, ejecutado)


def test_an_overflowing_ratio_is_refused_and_not_shown_as_infinite() -> None:
    with pytest.raises(DatoInvalido):
        avance(1e-300, 1e300)


@pytest.mark.parametrize("regla", [avance, lambda p, e, s: avance_tipo_ii(p, e, 1, s)])
def test_no_definido_needs_bounds(regla) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(DatoInvalido, match="mínimo y un máximo"):
        regla(5, 5, Sentido.NO_DEFINIDO)


@pytest.mark.parametrize(
    ("programado", "ejecutado", "base", "sentido", "esperado"),
    [
        (20, 15, 10, ASC, 50),
        (20, 10, 10, ASC, 0),
        (20, 5, 10, ASC, 0),
        (20, 30, 10, ASC, 100),
        (6, 8, 10, DESC, 50),
        (6, 5, 10, DESC, 100),
        (6, 12, 10, DESC, 0),
        (-2, -6, -10, ASC, 50),
    ],
)
def test_avance_tipo_ii(programado: float, ejecutado: float, base: float, sentido: Sentido, esperado: float) -> None:
    assert avance_tipo_ii(programado, ejecutado, base, sentido).valor == pytest.approx(esperado)


@pytest.mark.parametrize(
    ("programado", "ejecutado", "base", "motivo"),
    [
        (None, 5, 1, Motivo.SIN_META),
        (5, None, 1, Motivo.SIN_VALOR),
        (5, 5, None, Motivo.SIN_LINEA_BASE),
        (5, 7, 5, Motivo.DENOMINADOR_CERO),
    ],
)
def test_a_missing_avance_tipo_ii_says_why(
    programado: float | None, ejecutado: float | None, base: float | None, motivo: Motivo
) -> None:
    assert avance_tipo_ii(programado, ejecutado, base).motivo is motivo


@pytest.mark.parametrize(
    ("minimo", "maximo", "ejecutado", "esperado"),
    [
        (10, 20, 10, 100),
        (10, 20, 20, 100),
        (10, 20, 8, 80),
        (10, 20, 25, 80),
        (10, None, 1000, 100),
        (None, 20, 0, 100),
        (10, 10, 5, 50),
        (0, 20, 40, 50),
        (10, 20, -1, 0),
    ],
)
def test_avance_rango(minimo: float | None, maximo: float | None, ejecutado: float, esperado: float) -> None:
    assert avance_rango(minimo, maximo, ejecutado).valor == pytest.approx(esperado)


@pytest.mark.parametrize(("minimo", "maximo"), [(None, None), (-1, 5), (None, -1), (6, 5)])
def test_impossible_bounds_are_refused(minimo: float | None, maximo: float | None) -> None:
    with pytest.raises(DatoInvalido):
        avance_rango(minimo, maximo, 5)


def test_below_a_minimum_of_zero_there_is_nothing_to_divide_by() -> None:
    assert avance_rango(0, 5, -1).motivo is Motivo.DENOMINADOR_CERO


def test_a_range_without_value_says_so() -> None:
    assert avance_rango(1, 5, None).motivo is Motivo.SIN_VALOR


@given(cantidades, cantidades, st.sampled_from([ASC, DESC]))
def test_a_capped_avance_lies_between_0_and_100(programado: float, ejecutado: float, sentido: Sentido) -> None:
    try:
        medida = avance(programado, ejecutado, sentido)
    except DatoInvalido:  # the ratio overflows
        return
    assert medida.valor is None or 0 <= medida.valor <= 100


@given(st.floats(0.001, 1e6), st.floats(0, 1e6), st.floats(0, 1e6))
def test_more_is_never_worse_when_the_sentido_is_ascendente(meta: float, uno: float, otro: float) -> None:
    menos, mas = sorted((uno, otro))
    peor, mejor = avance(meta, menos).valor, avance(meta, mas).valor
    assert peor is not None
    assert mejor is not None
    assert peor <= mejor


@given(st.floats(0.001, 1e6), st.sampled_from([ASC, DESC]))
def test_reaching_the_target_is_100(meta: float, sentido: Sentido) -> None:
    assert avance(meta, meta, sentido).valor == pytest.approx(100)
