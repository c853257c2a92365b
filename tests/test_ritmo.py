"""Esperado, ritmo and nota (SPEC 2.4), worked out by hand."""

import pytest

from zedxl.medida import Medida, Motivo, nd
from zedxl.periodo import Periodo
from zedxl.ritmo import avance_esperado, nota, ritmo

PRIMERO, SEGUNDO = Periodo(2025, 1), Periodo(2025, 2)


@pytest.mark.parametrize(
    ("periodo", "semestre", "anual", "esperado"),
    [
        (PRIMERO, None, 12, 50),
        (SEGUNDO, None, 12, 100),
        (PRIMERO, 3, 12, 25),
        (PRIMERO, 20, 12, 100),
        (PRIMERO, 3, None, 50),
    ],
)
def test_expected(periodo: Periodo, semestre: float | None, anual: float | None, esperado: float) -> None:
    assert avance_esperado(periodo, semestre, anual).valor == esperado


@pytest.mark.parametrize(
    ("avance", "esperado", "resultado"), [(66.67, 50, 100), (50, 50, 100), (25, 50, 50), (0, 50, 0), (75, 100, 75)]
)
def test_ritmo(avance: float, esperado: float, resultado: float) -> None:
    assert ritmo(Medida(avance), Medida(esperado)).valor == resultado


def test_a_missing_ritmo_says_why() -> None:
    assert ritmo(nd(Motivo.SIN_VALOR), Medida(50.0)).motivo is Motivo.SIN_VALOR
    assert ritmo(Medida(50.0), nd(Motivo.SIN_META)).motivo is Motivo.SIN_META
    assert ritmo(Medida(50.0), Medida(0.0)).motivo is Motivo.ESPERADO_CERO


@pytest.mark.parametrize(
    ("avance", "periodo", "marca"),
    [
        # published for 2025-I with an asterisk: 66.67 and 50.00; without: 100.00 and 0.00
        (66.67, PRIMERO, "*"),
        (50.0, PRIMERO, "*"),
        (100.0, PRIMERO, ""),
        (0.0, PRIMERO, ""),
        (49.99, PRIMERO, ""),
        (66.67, SEGUNDO, ""),
    ],
)
def test_asterisk(avance: float, periodo: Periodo, marca: str) -> None:
    assert nota(Medida(avance), periodo, Medida(100 * periodo.fraccion)) == marca


def test_nothing_to_mark_where_a_number_is_missing() -> None:
    assert nota(nd(Motivo.SIN_VALOR), PRIMERO, Medida(50.0)) == ""
    assert nota(Medida(60.0), PRIMERO, nd(Motivo.SIN_META)) == ""
