"""Semáforo, critical actions and state (SPEC 2.4)."""

import pytest

from zedxl.criticidad import es_critica, estado, se_juzga, semaforo
from zedxl.medida import DatoInvalido, Medida, Motivo, nd
from zedxl.periodo import Periodo
from zedxl.vocabulario import Estado, Frecuencia, Semaforo


@pytest.mark.parametrize(
    ("porcentaje", "color"),
    [(0, "ROJO"), (74.99, "ROJO"), (75, "ÁMBAR"), (94.99, "ÁMBAR"), (95, "VERDE"), (100, "VERDE"), (300, "VERDE")],
)
def test_colours(porcentaje: float, color: str) -> None:
    assert semaforo(Medida(float(porcentaje))).value == color


def test_other_thresholds() -> None:
    assert semaforo(Medida(60.0), rojo=50, verde=60) is Semaforo.VERDE
    with pytest.raises(DatoInvalido):
        semaforo(Medida(60.0), rojo=80, verde=60)


def test_no_number_has_no_colour() -> None:
    assert semaforo(nd(Motivo.SIN_META)) is Semaforo.ND


@pytest.mark.parametrize(("valor", "meta"), [(2.4, 3.2), (0.3, 0.4), (0.075, 0.1)])
def test_three_quarters_reach_75_whatever_the_binary_digits_say(valor: float, meta: float) -> None:
    assert semaforo(Medida(valor / meta * 100)) is Semaforo.AMBAR
    assert not es_critica(Medida(valor / meta * 100))


@pytest.mark.parametrize(
    ("ritmo", "frecuencia", "critica"),
    [
        (Medida(74.99), Frecuencia.SEMESTRAL, True),
        (Medida(75.0), Frecuencia.SEMESTRAL, False),
        (nd(Motivo.SIN_VALOR), Frecuencia.SEMESTRAL, True),
        (nd(Motivo.SIN_VALOR), Frecuencia.ANUAL, False),
        (nd(Motivo.SIN_META), Frecuencia.SEMESTRAL, False),
        (nd(Motivo.META_CERO), Frecuencia.SEMESTRAL, False),
        (nd(Motivo.MEDICION_ANUAL), Frecuencia.ANUAL, False),
        (nd(Motivo.ESPERADO_CERO), Frecuencia.SEMESTRAL, False),
    ],
)
def test_critical(ritmo: Medida, frecuencia: Frecuencia, critica: bool) -> None:
    assert es_critica(ritmo, frecuencia=frecuencia) is critica


def test_a_yearly_indicator_is_judged_only_when_the_year_closes() -> None:
    primero, segundo = Periodo(2025, 1), Periodo(2025, 2)
    assert [se_juzga(Frecuencia.ANUAL, p) for p in (primero, segundo)] == [False, True]
    assert all(se_juzga(Frecuencia.SEMESTRAL, p) for p in (primero, segundo))


@pytest.mark.parametrize(
    ("avance", "critica", "resultado"),
    [
        (nd(Motivo.SIN_META), False, Estado.NO_PROGRAMADA),
        (nd(Motivo.META_CERO), True, Estado.NO_PROGRAMADA),
        (nd(Motivo.SIN_VALOR), False, Estado.SIN_DATO),
        (nd(Motivo.SIN_VALOR), True, Estado.CRITICA),
        (Medida(100.0), False, Estado.CUMPLIDA),
        (Medida(99.99999999999999), False, Estado.CUMPLIDA),
        (Medida(30.0), True, Estado.CRITICA),
        (Medida(66.67), False, Estado.EN_PROCESO),
    ],
)
def test_state(avance: Medida, critica: bool, resultado: Estado) -> None:
    assert estado(avance, critica) is resultado
