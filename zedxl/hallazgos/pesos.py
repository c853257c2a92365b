"""Weights: negative ones, and those that are percentages and do not add up to 100."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zedxl.evaluacion import Evaluacion
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.hallazgos.aviso import aviso
from zedxl.numero import tal_cual
from zedxl.plan import AEI, Celda, Indicador
from zedxl.vocabulario import Ponderacion

_CERCA = 0.1
"""How far from 100 (or 1) a sum may be to be taken for one that was meant to be that."""


@dataclass(frozen=True, slots=True)
class _Grupo:
    """Weights that count together: of what they are, and the cell of the first."""

    codigo: str
    pesos: tuple[float, ...]
    celda: Celda | None

    @property
    def suma(self) -> float:
        return math.fsum(self.pesos)

    @property
    def con_fracciones(self) -> bool:
        return any(peso % 1 for peso in self.pesos)

    def suma_a(self, entero: float) -> bool:
        return math.isclose(self.suma, entero, rel_tol=1e-6)


def no_suman(evaluacion: Evaluacion) -> Iterator[Hallazgo]:
    """Weights that do not add up (SPEC 5): percentages, or parts of 1, whose sum is another.

    Other weights are relative to each other and may have any sum; those that are missing in part or sum to 0 are
    found when the plan is evaluated.
    """
    if evaluacion.plan.parametros.ponderacion is not Ponderacion.PESO:
        return
    del_plan = _grupo("PEI", list(evaluacion.plan.aeis))
    por_oei = [grupo for oei in evaluacion.plan.oeis if (grupo := _grupo(oei.codigo, oei.aeis))]
    if del_plan is None or not any(del_plan.suma_a(entero) for entero in (1, 100)):
        yield from _descuadrados(por_oei)
    for aei in evaluacion.plan.aeis:
        grupo = _grupo(aei.codigo, aei.indicadores)
        if grupo is not None:
            yield from _descuadrados([grupo])


def negativos(evaluacion: Evaluacion) -> Iterator[Hallazgo]:
    """Weights below zero, which no mean can be made with (SPEC 2.3)."""
    for aei in evaluacion.plan.aeis:
        con_peso: tuple[AEI | Indicador, ...] = (aei, *aei.indicadores)
        for de in con_peso:
            if (de.peso or 0) < 0:
                yield aviso(
                    "peso-negativo", de.celda_peso, aei.codigo, f"El peso ({tal_cual(de.peso)}) no puede ser negativo.",
                    "Corrija el signo o el número.", Severidad.ERROR,
                )  # fmt: skip


def relevancia_de_la_aei(evaluacion: Evaluacion) -> Iterator[Hallazgo]:
    """Row of an AEI with another relevancia than its only indicator, where weights come from the latter (SPEC 2.3)."""
    if evaluacion.plan.parametros.ponderacion is not Ponderacion.RELEVANCIA:
        return
    for aei in evaluacion.plan.aeis:
        dichas = [fila.relevancia for fila in aei.filas if fila.relevancia is not None]
        if len(set(dichas)) > 1:
            yield aviso(
                "relevancia-distinta", aei.celda, aei.codigo,
                f"Su fila dice «{dichas[0]}» y la de su indicador «{dichas[1]}»; el puntaje se pondera con la del "
                "indicador.",
                "Si vale la de la AEI, escríbala también en la fila del indicador.",
            )  # fmt: skip


def _descuadrados(grupos: Sequence[_Grupo]) -> Iterator[Hallazgo]:
    entero = _entero(grupos)
    for grupo in grupos:
        if entero is not None and not grupo.suma_a(entero):
            yield aviso(
                "pesos-no-suman", grupo.celda, grupo.codigo,
                f"Los pesos de {grupo.codigo} suman {tal_cual(round(grupo.suma, 6))} y no {tal_cual(entero)}.",
                "Corrija los pesos, o confirme que son proporciones y no porcentajes.",
            )  # fmt: skip


def _entero(grupos: Sequence[_Grupo]) -> float | None:
    """What the sums were meant to be: 100 or 1 where some group has it, or is near; None for relative weights."""
    for entero in (100.0, 1.0):
        if any(abs(grupo.suma / entero - 1) <= _CERCA for grupo in grupos if entero > 1 or grupo.con_fracciones):
            return entero
    return None


def _grupo(codigo: str, partes: Sequence[AEI | Indicador]) -> _Grupo | None:
    """The weights of these; None unless all have one and none is negative."""
    pesos = [parte.peso for parte in partes if parte.peso is not None]
    if not pesos or len(pesos) < len(partes) or min(pesos) < 0 or not any(pesos):
        return None
    return _Grupo(codigo, tuple(pesos), partes[0].celda_peso)
