"""Values obtained that are hard to believe."""

from __future__ import annotations

from collections.abc import Iterator

from zedxl.evaluacion import Evaluacion, EvaluacionOEI
from zedxl.hallazgo import Hallazgo
from zedxl.hallazgos.aviso import aviso
from zedxl.logro import LogroIndicador
from zedxl.medida import alcanza
from zedxl.numero import tal_cual
from zedxl.vocabulario import Frecuencia, Sentido

_VECES = 3


def desproporcionado(evaluacion: Evaluacion) -> Iterator[Hallazgo]:
    """Valor obtenido more than 3 times the target (SPEC 5), or than the upper bound of a range."""
    for codigo, logro in evaluacion.medidos:
        meta, valor = _meta(logro), logro.ejecutado.valor
        if meta is not None and valor is not None and 0 < meta < valor / _VECES:
            veces = tal_cual(round(valor / meta, 1))
            yield aviso(
                "valor-desproporcionado", logro.datos_valor[-1].celda, codigo,
                f"El valor obtenido ({tal_cual(valor)}) es {veces} veces la meta ({tal_cual(meta)}).",
                "Revise el valor, la meta y la unidad de medida, o confirme que es así.",
            )  # fmt: skip


def anual_en_el_primer_semestre(evaluacion: Evaluacion) -> Iterator[Hallazgo]:
    """Frecuencia Anual with a value at -I (SPEC 5)."""
    primero = evaluacion.periodo.primero
    for codigo, logro in evaluacion.medidos:
        dato = logro.indicador.valor(primero)
        if logro.indicador.frecuencia is Frecuencia.ANUAL and dato.valor is not None:
            yield aviso(
                "anual-en-primer-semestre", dato.celda, codigo,
                f"El indicador se mide una vez al año y tiene un valor en {primero} ({tal_cual(dato.valor)}).",
                "Déjelo vacío hasta el segundo semestre, o corrija la frecuencia.",
            )  # fmt: skip


def oei_en_cero(evaluacion: Evaluacion) -> Iterator[Hallazgo]:
    """AEI all at 100 while its OEI is at 0 (SPEC 5)."""
    for oei in evaluacion.oeis:
        if oei.logro.avance.valor == 0 and _todas_cumplidas(oei):
            yield aviso(
                "oei-en-cero", oei.logro.indicadores[0].datos_valor[-1].celda, oei.oei.codigo,
                f"Todas las AEI de {oei.oei.codigo} están en 100 y el objetivo está en 0.",
                "Revise el valor del OEI; si es así, explíquelo en el análisis.",
            )  # fmt: skip


def _meta(logro: LogroIndicador) -> float | None:
    """What the value is measured against: the target of the year, or the upper bound."""
    indicador = logro.indicador
    return indicador.maximo.valor if indicador.sentido is Sentido.NO_DEFINIDO else logro.programado.valor


def _todas_cumplidas(oei: EvaluacionOEI) -> bool:
    programadas = [aei.logro.avance for aei in oei.aeis if aei.logro.avance.programada]
    return bool(programadas) and all(a.valor is not None and alcanza(a.valor, 100) for a in programadas)
