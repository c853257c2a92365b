"""How programado, ejecutado and avance are printed in the tables of the report."""

from __future__ import annotations

from zedxl.logro import LogroIndicador
from zedxl.medida import Medida
from zedxl.numero import con_decimales, tal_cual
from zedxl.vocabulario import Sentido


def programado(logro: LogroIndicador) -> str:
    """The target of the year, or the range that the value should stay in."""
    indicador = logro.indicador
    if indicador.sentido is not Sentido.NO_DEFINIDO:
        return tal_cual(logro.programado.valor)
    minimo, maximo = indicador.minimo.valor, indicador.maximo.valor
    if minimo is None:
        return f"hasta {tal_cual(maximo)}"
    return f"desde {tal_cual(minimo)}" if maximo is None else f"{tal_cual(minimo)} a {tal_cual(maximo)}"


def ejecutado(logro: LogroIndicador) -> str:
    """The value reached."""
    return tal_cual(logro.ejecutado.valor)


def avance(medida: Medida, nota: str = "") -> str:
    """A percentage with two decimals and the institution's asterisk.

    >>> avance(Medida(200 / 3), "*")
    '66.67*'
    """
    return con_decimales(medida.valor) + nota
