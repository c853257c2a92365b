"""Functions over a range of avances: puntaje, cobertura, weights by relevancia (SPEC 2.3)."""
# ruff: noqa: N802  (the names are those typed in a cell)

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from udfs import lectura
from udfs.celda import FALLAS, NO_DISPONIBLE, Rango, esta_vacia, sin_error
from udfs.registro import Entrada, Resultado, funcion
from zedxl.medida import DatoInvalido, Medida
from zedxl.numero import leer_numero
from zedxl.puntaje import cobertura, pesos_por_grado, puntaje
from zedxl.vocabulario import Relevancia, SinDato

Avances = Annotated[
    Rango,
    Entrada("Avances de las AEI. Vacío o N/D: programada y no reportada; N/P: no programada."),
]
Pesos = Annotated[
    Rango | None,
    Entrada("Peso de cada avance, en un rango de la misma forma; si se omite, pesos iguales."),
]
ReglaSinDato = Annotated[
    SinDato,
    Entrada('Qué hacer con lo no reportado: "cero" (si se omite) o "excluir".', lectura.palabra(SinDato)),
]


@funcion("Puntaje de un OEI: media ponderada de los avances de sus AEI, de 0 a 100.", Resultado.RESUMEN)
def PUNTAJE_OEI(avances: Avances, pesos: Pesos = None, sin_dato: ReglaSinDato = SinDato.CERO) -> Medida:
    """Weighted mean of the avances of an OEI's AEI, in percent (SPEC 2.3).

    >>> PUNTAJE_OEI([100, 50, "N/P"]), PUNTAJE_OEI([100, 0], [3, 1])
    (75.0, 75.0)
    >>> PUNTAJE_OEI([80, "N/D"]), PUNTAJE_OEI([80, "N/D"], sin_dato="excluir")
    (40.0, 80.0)
    """
    return puntaje_de(avances, pesos, sin_dato)


@funcion("Puntaje del PEI: media ponderada de los avances de todas sus AEI, de 0 a 100.", Resultado.RESUMEN)
def PUNTAJE_PEI(avances: Avances, pesos: Pesos = None, sin_dato: ReglaSinDato = SinDato.CERO) -> Medida:
    """The same as `PUNTAJE_OEI`, over all AEI of the plan at once.

    >>> PUNTAJE_PEI([[100, 50], [75, 75]])
    75.0
    """
    return puntaje_de(avances, pesos, sin_dato)


@funcion("Parte de las AEI programadas que tiene avance reportado, de 0 a 100.", Resultado.RESUMEN)
def COBERTURA(avances: Avances) -> Medida:
    """Reported avances among the programmed ones, in percent (SPEC 2.3).

    >>> COBERTURA([100, "N/D", "N/P"])
    50.0
    """
    return cobertura(_leidos(avances))


@funcion("Peso de cada AEI según su relevancia: cuanto más relevante, mayor.", Resultado.COLUMNA)
def PESO_RELEVANCIA(
    relevancias: Annotated[
        Rango,
        Entrada("Muy relevante, Relevante o Poco relevante de cada AEI; también 1, 2 o 3."),
    ],
) -> list[list[object]]:
    """A weight for each relevancia: M − (R − 1), M being the largest R present (SPEC 2.3).

    An empty cell gives N/D, which PUNTAJE_OEI only accepts beside "N/P".

    >>> PESO_RELEVANCIA([["Muy relevante"], ["Relevante"], [""]])
    [[2.0], [1.0], ['N/D']]
    """
    leidas = [[_relevancia(celda) for celda in fila] for fila in relevancias.filas]
    grados = [leida.grado for fila in leidas for leida in fila if isinstance(leida, Relevancia)]
    pesos = dict(zip(grados, pesos_por_grado(grados), strict=True))
    return [[pesos[leida.grado] if isinstance(leida, Relevancia) else leida for leida in fila] for fila in leidas]


def puntaje_de(avances: Rango, pesos: Rango | None, sin_dato: SinDato = SinDato.CERO) -> Medida:
    """Puntaje of a range of cells; a range of weights without a single one means equal weights."""
    medidas = _leidos(avances)
    if pesos is None:
        return puntaje(medidas, None, sin_dato)
    if pesos.forma != avances.forma:
        raise DatoInvalido(
            f"Los avances ocupan {_forma(avances)} celdas y los pesos {_forma(pesos)}; deben tener la misma forma."
        )
    return puntaje(medidas, _pesos(medidas, pesos), sin_dato)


def _leidos(avances: Rango) -> list[Medida]:
    return [lectura.avance(sin_error(celda)) for celda in avances.celdas]


def _pesos(medidas: Sequence[Medida], pesos: Rango) -> list[float] | None:
    """One weight for each avance; what was not programmed needs none."""
    leidos = [leer_numero(sin_error(celda)) for celda in pesos.celdas]
    if all(peso is None for peso in leidos):
        return None
    if any(peso is None and medida.programada for peso, medida in zip(leidos, medidas, strict=True)):
        raise DatoInvalido("Hay avances con peso y otros sin peso; complete los pesos o déjelos todos vacíos.")
    return [0.0 if peso is None else peso for peso in leidos]


def _relevancia(celda: object) -> object:
    """The relevancia in a cell, N/D for an empty one, or why it cannot be read."""
    try:
        if esta_vacia(sin_error(celda)):
            return NO_DISPONIBLE
        return lectura.palabra(Relevancia)(celda)
    except FALLAS as falla:
        return falla


def _forma(rango: Rango) -> str:
    return " × ".join(str(lado) for lado in rango.forma)
