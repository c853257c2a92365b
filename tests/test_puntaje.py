"""Puntaje and cobertura (SPEC 2.3); the published ones of 2025-I, others worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zedxl.medida import DatoInvalido, Medida, Motivo, nd
from zedxl.puntaje import cobertura, pesos_por_grado, puntaje
from zedxl.vocabulario import SinDato

DOS_TERCIOS = Medida(200 / 3)
CIEN, CINCUENTA = Medida(100.0), Medida(50.0)
SIN_VALOR, SIN_META, META_CERO = nd(Motivo.SIN_VALOR), nd(Motivo.SIN_META), nd(Motivo.META_CERO)
avances = st.lists(st.floats(0, 100).map(Medida), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("avances", "publicado"),
    [
        ([DOS_TERCIOS, CIEN, CIEN], 88.89),
        ([CIEN, DOS_TERCIOS, CIEN, CIEN], 91.67),
        ([CINCUENTA, CIEN, CIEN], 83.33),
        ([DOS_TERCIOS, CIEN, CIEN, CIEN, DOS_TERCIOS, CIEN, CIEN, CINCUENTA, CIEN, CIEN], 88.33),
    ],
)
def test_published_scores_of_2025_i(avances: list[Medida], publicado: float) -> None:
    assert puntaje(avances).valor == pytest.approx(publicado, abs=0.005)


@pytest.mark.parametrize(
    ("avances", "pesos", "esperado"),
    [
        ([CIEN, Medida(0.0)], [3, 1], 75),
        ([CIEN, Medida(0.0)], [0, 1], 0),
        ([CIEN, CINCUENTA, SIN_META], [1, 1, 8], 75),
        ([CIEN, CINCUENTA, META_CERO], [1, 3, 8], 62.5),
        ([CIEN, SIN_VALOR], [1, 3], 25),
        ([CIEN] * 3, [0.1, 0.2, 0.7], 100),
    ],
)
def test_weighted(avances: list[Medida], pesos: list[float], esperado: float) -> None:
    assert puntaje(avances, pesos).valor == pytest.approx(esperado, abs=1e-12)


def test_what_was_not_reported_counts_as_zero_or_is_left_out() -> None:
    assert puntaje([CIEN, SIN_VALOR]).valor == 50
    assert puntaje([CIEN, SIN_VALOR], sin_dato=SinDato.EXCLUIR).valor == 100
    assert puntaje([CIEN, nd(Motivo.SIN_LINEA_BASE)]).valor == 50


@pytest.mark.parametrize(
    ("avances", "sin_dato", "motivo"),
    [
        ([], SinDato.CERO, Motivo.SIN_AEI),
        ([SIN_META, META_CERO], SinDato.CERO, Motivo.SIN_AEI),
        ([SIN_VALOR], SinDato.EXCLUIR, Motivo.SIN_VALOR),
        ([CIEN, nd(Motivo.DATO_INVALIDO)], SinDato.CERO, Motivo.DATO_INVALIDO),
    ],
)
def test_a_missing_score_says_why(avances: list[Medida], sin_dato: SinDato, motivo: Motivo) -> None:
    assert puntaje(avances, sin_dato=sin_dato).motivo is motivo


def test_when_only_weightless_ones_count_there_is_no_score() -> None:
    assert puntaje([CIEN, SIN_META], [0, 1]).motivo is Motivo.PESO_CERO


@pytest.mark.parametrize("pesos", [[1], [1, 2, 3], [-1, 2], [0, 0], [float("nan"), 1]])
def test_impossible_weights_are_refused(pesos: list[float]) -> None:
    with pytest.raises(DatoInvalido):
        puntaje([CIEN, CINCUENTA], pesos)


@pytest.mark.parametrize(
    ("avances", "esperado"),
    [([CIEN, Medida(0.0)], 100), ([CIEN, SIN_VALOR], 50), ([CIEN, SIN_META], 100), ([SIN_VALOR], 0)],
)
def test_coverage(avances: list[Medida], esperado: float) -> None:
    assert cobertura(avances).valor == esperado


def test_nothing_programmed_has_no_coverage() -> None:
    assert cobertura([SIN_META]).motivo is Motivo.SIN_AEI


@pytest.mark.parametrize(
    ("grados", "pesos"), [([1, 2, 3], [3, 2, 1]), ([1, 1], [1, 1]), ([2, 2], [1, 1]), ([2, 3], [2, 1]), ([], [])]
)
def test_weights_by_degree(grados: list[int], pesos: list[float]) -> None:
    assert pesos_por_grado(grados) == pesos


@given(avances)
def test_a_score_lies_between_its_avances(avances: list[Medida]) -> None:
    valores = [m.valor for m in avances if m.valor is not None]
    total = puntaje(avances).valor
    assert total is not None
    assert min(valores) - 1e-9 <= total <= max(valores) + 1e-9


@given(avances, st.randoms())
def test_the_order_does_not_matter(avances: list[Medida], azar) -> None:  # type: ignore[no-untyped-def]
    mezclados = list(avances)
    azar.shuffle(mezclados)
    assert puntaje(mezclados).valor == puntaje(avances).valor


@given(avances, st.floats(0.001, 1000))
def test_only_the_proportion_of_weights_matters(avances: list[Medida], factor: float) -> None:
    pesos = [float(n + 1) for n in range(len(avances))]
    assert puntaje(avances, [p * factor for p in pesos]).valor == pytest.approx(puntaje(avances, pesos).valor)
