"""What makes two plans the same."""

from __future__ import annotations

import pytest

from tests.planes import I_2025, aei, indicador, oei, plan
from zedxl.plan import AEI, Celda, Dato, Indicador

EN_OTRA = Celda("Otra hoja", 9, 9)
UNO = indicador(4, 2, unidad="Acciones")


@pytest.mark.parametrize(
    "otro",
    [
        UNO._replace(celda_unidad=EN_OTRA),
        UNO._replace(celda_peso=EN_OTRA),
        UNO._replace(avances={I_2025: Dato(50.0)}),
    ],
)
def test_indicators_that_say_the_same_are_equal_wherever_they_say_it(otro: Indicador) -> None:
    assert otro == UNO
    assert (otro != UNO) is False
    assert plan(oei("OEI.01", aei("AEI.01.01", otro))) == plan(oei("OEI.01", aei("AEI.01.01", UNO)))


@pytest.mark.parametrize(
    "otra",
    [
        aei("AEI.01.01", UNO, celda=EN_OTRA),
        aei("AEI.01.01", UNO, celda_peso=EN_OTRA),
        aei("AEI.01.01", UNO, filas=(UNO, indicador(5, 2))),
    ],
)
def test_so_are_actions(otra: AEI) -> None:
    una = aei("AEI.01.01", UNO)
    assert otra == una
    assert (otra != una) is False


@pytest.mark.parametrize(
    "otro", [indicador(4, 3, unidad="Acciones"), indicador(5, 2, unidad="Acciones"), indicador(4, 2, unidad="%")]
)
def test_those_that_say_another_thing_are_not(otro: Indicador) -> None:
    assert otro != UNO
    assert aei("AEI.01.01", otro) != aei("AEI.01.01", UNO)
    assert tuple(otro) != UNO
    assert plan(oei("OEI.01", aei("AEI.01.01", otro))) != plan(oei("OEI.01", aei("AEI.01.01", UNO)))


def test_without_numbers_the_same_ones_are_kept_once() -> None:
    vacio = AEI("AEI.01.01", "Una", ())
    assert {vacio, vacio._replace(celda=EN_OTRA)} == {vacio}
