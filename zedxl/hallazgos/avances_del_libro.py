"""The avances that a book shows, against those that follow from its own targets and values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from zedxl.hallazgo import Hallazgo
from zedxl.hallazgos.aviso import aviso, elementos
from zedxl.logro import Logro, evaluar_indicadores
from zedxl.medida import Medida, Motivo
from zedxl.numero import con_decimales, tal_cual
from zedxl.periodo import Periodo
from zedxl.plan import AEI, OEI, Celda, Plan

REGLA = "avance-distinto"
_FRACCIONES, _PORCENTAJES = 100.0, 1.0
_NADA = 1e-6


@dataclass(frozen=True, slots=True)
class _Avance:
    """An avance of the book and the ones that it may be: of its row, without tope, or of the whole AEI."""

    codigo: str
    escrito: float
    celda: Celda | None
    calculado: Medida
    admitidos: tuple[float, ...]

    def coincide(self, escala: float) -> bool:
        """Whether it is one of them, to the decimals that it shows."""
        if not self.admitidos:
            return False
        diferencia = min(abs(self.escrito * escala - admitido) for admitido in self.admitidos)
        if diferencia <= _NADA:  # most avances of most books
            return True
        return diferencia <= min(0.5, 0.5 * escala * 10.0 ** -_decimales(self.escrito)) * (1 + 1e-9)


def distintos(plan: Plan, es_calculada: Callable[[Celda], bool]) -> Iterator[Hallazgo]:
    """The avance in the book differs from the recomputed one: a formula overwritten by a number, or stale (SPEC 5).

    ``es_calculada`` tells which cells hold formulas. A column that holds fractions (0.6667) is read as such.
    """
    for periodo in sorted({p for i in plan.indicadores for p, dato in i.avances.items() if dato.valor is not None}):
        avances = [avance for de in elementos(plan) for avance in _de(plan, de, periodo)]
        otros = [avance for avance in avances if not avance.coincide(_PORCENTAJES)]
        en_fracciones = [avance for avance in avances if not avance.coincide(_FRACCIONES)] if otros else avances
        escala, otros = (_FRACCIONES, en_fracciones) if len(en_fracciones) < len(otros) else (_PORCENTAJES, otros)
        for avance in otros:
            yield _hallazgo(avance, periodo, escala, avance.celda is not None and es_calculada(avance.celda))


def _de(plan: Plan, de: OEI | AEI, periodo: Periodo) -> Iterator[_Avance]:
    escritos = [indicador.avances.get(periodo) for indicador in de.indicadores]
    if all(dato is None or dato.valor is None for dato in escritos):
        return
    logro = evaluar_indicadores(de.indicadores, de.codigo, periodo, plan.parametros, [])
    for dato, uno in zip(escritos, logro.indicadores, strict=True):
        if dato is not None and dato.valor is not None and uno.avance.motivo is not Motivo.DATO_INVALIDO:
            medidas = (uno.avance, uno.avance_sin_tope, *_del_conjunto(logro))
            admitidos = tuple(medida.valor for medida in medidas if medida.valor is not None)
            yield _Avance(de.codigo, dato.valor, dato.celda, uno.avance, admitidos)


def _del_conjunto(logro: Logro) -> Sequence[Medida]:
    return (logro.avance, logro.avance_sin_tope) if len(logro.indicadores) > 1 else ()


def _hallazgo(avance: _Avance, periodo: Periodo, escala: float, calculada: bool) -> Hallazgo:
    calculado = avance.calculado
    debe = f"no se puede calcular ({calculado.motivo})" if calculado.valor is None else con_decimales(calculado.valor)
    que = "La fórmula del libro puede ser otra, o estar sin recalcular." if calculada else "No lo calcula una fórmula."
    remedio = (
        "Recalcule el libro (F9) o corrija la fórmula." if calculada else "Restaure la fórmula o corrija el número."
    )
    return aviso(
        REGLA, avance.celda, avance.codigo,
        f"Avance {periodo}: el libro dice {tal_cual(round(avance.escrito * escala, 6))} y el avance "
        f"{'' if calculado.valor is None else 'es '}{debe}. {que}",
        remedio,
    )  # fmt: skip


def _decimales(numero: float) -> int:
    exponente = Decimal(f"{numero:.15g}").normalize().as_tuple().exponent
    return max(0, -exponente) if isinstance(exponente, int) else 0
