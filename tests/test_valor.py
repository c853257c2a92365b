"""Values of the year, projection and gap (SPEC 2.2, 2.4, 3), worked out by hand."""

import pytest

from zedxl.medida import DatoInvalido, Motivo
from zedxl.periodo import Periodo
from zedxl.valor import brecha, proyeccion, valor_al, valor_anual
from zedxl.vocabulario import Agregacion, Sentido

SUMA, ULTIMO = Agregacion.ACUMULADO, Agregacion.NO_ACUMULADO
PRIMERO, SEGUNDO = Periodo(2025, 1), Periodo(2025, 2)


@pytest.mark.parametrize(
    ("primero", "segundo", "agregacion", "esperado"),
    [
        (2, 3, SUMA, 5),
        (2, None, SUMA, 2),
        (None, 3, SUMA, 3),
        (2, 0, SUMA, 2),
        (2, 3, ULTIMO, 3),
        (2, 0, ULTIMO, 0),
        (2, None, ULTIMO, 2),
        (None, 3, ULTIMO, 3),
    ],
)
def test_value_of_the_year(
    primero: float | None, segundo: float | None, agregacion: Agregacion, esperado: float
) -> None:
    assert valor_anual(primero, segundo, agregacion).valor == esperado


@pytest.mark.parametrize("agregacion", [SUMA, ULTIMO])
def test_a_year_without_reports_has_no_value(agregacion: Agregacion) -> None:
    assert valor_anual(None, None, agregacion).motivo is Motivo.SIN_VALOR


@pytest.mark.parametrize("agregacion", [SUMA, ULTIMO])
def test_at_the_first_semester_the_second_does_not_exist_yet(agregacion: Agregacion) -> None:
    assert valor_al(PRIMERO, 2, 3, agregacion).valor == 2
    assert valor_al(PRIMERO, None, 3, agregacion).motivo is Motivo.SIN_VALOR


@pytest.mark.parametrize(
    ("valor", "periodo", "agregacion", "esperado"),
    [(8, PRIMERO, SUMA, 16), (8, SEGUNDO, SUMA, 8), (8, PRIMERO, ULTIMO, 8), (0, PRIMERO, SUMA, 0)],
)
def test_projection(valor: float, periodo: Periodo, agregacion: Agregacion, esperado: float) -> None:
    assert proyeccion(valor, periodo, agregacion).valor == esperado


def test_nothing_reported_projects_to_nothing() -> None:
    assert proyeccion(None, PRIMERO).motivo is Motivo.SIN_VALOR


@pytest.mark.parametrize(
    ("programado", "ejecutado", "sentido", "esperado"),
    [
        (16, 8, Sentido.ASCENDENTE, 8),
        (3, 9, Sentido.ASCENDENTE, 0),
        (10, 12, Sentido.DESCENDENTE, 2),
        (10, 8, Sentido.DESCENDENTE, 0),
        (3, -1, Sentido.ASCENDENTE, 4),
    ],
)
def test_gap(programado: float, ejecutado: float, sentido: Sentido, esperado: float) -> None:
    assert brecha(programado, ejecutado, sentido).valor == esperado


def test_a_gap_needs_target_and_value() -> None:
    assert brecha(None, 3).motivo is Motivo.SIN_META
    assert brecha(3, None).motivo is Motivo.SIN_VALOR
    with pytest.raises(DatoInvalido):
        brecha(-3, 1)
    with pytest.raises(DatoInvalido):
        brecha(3, 1, Sentido.NO_DEFINIDO)
