"""Targets: missing, negative, or going the wrong way."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from zedxl.evaluacion import Evaluacion
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.hallazgos.aviso import aviso
from zedxl.numero import tal_cual
from zedxl.periodo import Periodo
from zedxl.plan import Dato, Indicador
from zedxl.vocabulario import Sentido

_SIN_META = "sin-meta"


def sin_meta(evaluacion: Evaluacion) -> Iterator[Hallazgo]:
    """No target for the year (SPEC 5): a note when nothing was reported for it, which may be as planned."""
    anios = len(evaluacion.plan.anios)
    for codigo, logro in evaluacion.medidos:
        indicador = logro.indicador
        if not indicador.metas or indicador.sentido is Sentido.NO_DEFINIDO:
            continue
        con_meta = {anio for anio, meta in indicador.metas.items() if _dice_algo(meta)}
        if len(con_meta) == anios:
            continue  # as most have
        if not con_meta:
            yield aviso(
                _SIN_META, next(iter(indicador.metas.values())).celda, codigo, "No tiene meta en ningún año.",
                "Escriba el logro esperado de cada año programado.",
            )  # fmt: skip
            continue
        yield from _valores_sin_meta(indicador, codigo, con_meta)
        yield from _anio_sin_meta(indicador, codigo, con_meta, evaluacion.periodo)


def _valores_sin_meta(indicador: Indicador, codigo: str, con_meta: set[int]) -> Iterator[Hallazgo]:
    for periodo, valor in indicador.valores.items():
        if periodo.anio not in con_meta and _dice_algo(valor):
            yield aviso(
                _SIN_META, valor.celda, codigo, f"Valor {periodo}: hay valor obtenido y no hay meta {periodo.anio}.",
                "Escriba la meta de ese año, o borre el valor si la acción no se programó.",
            )  # fmt: skip


def _anio_sin_meta(indicador: Indicador, codigo: str, con_meta: set[int], periodo: Periodo) -> Iterator[Hallazgo]:
    reportado = any(_dice_algo(indicador.valor(p)) for p in (periodo.primero, periodo))
    if periodo.anio not in con_meta and not reportado:
        yield aviso(
            _SIN_META, indicador.meta(periodo.anio).celda, codigo,
            f"No tiene meta {periodo.anio}: no entra en el puntaje de ese año.",
            "Confirme que no se programó; si se programó, escriba la meta.", Severidad.NOTA,
        )  # fmt: skip


def contra_el_sentido(evaluacion: Evaluacion) -> Iterator[Hallazgo]:
    """A descending target that rises or an ascending one that falls (SPEC 5)."""
    for codigo, logro in evaluacion.medidos:
        indicador = logro.indicador
        metas = [(anio, dato) for anio, dato in sorted(indicador.metas.items()) if dato.valor is not None]
        for (antes, una), (anio, otra) in pairwise(metas):
            if _va_al_reves(indicador.sentido, una.valor or 0.0, otra.valor or 0.0):
                sube = indicador.sentido is Sentido.DESCENDENTE
                yield aviso(
                    "meta-contra-sentido", otra.celda, codigo,
                    f"Meta {anio}: el indicador es {indicador.sentido.value.lower()} y su meta "
                    f"{'sube' if sube else 'baja'} de {tal_cual(una.valor)} ({antes}) a {tal_cual(otra.valor)}.",
                    "Corrija el sentido o la meta, o confirme que se programó así.",
                )  # fmt: skip


def negativos(evaluacion: Evaluacion) -> Iterator[Hallazgo]:
    """Targets and bounds below zero, which no avance can be measured against (SPEC 2.1)."""
    for codigo, logro in evaluacion.medidos:
        for nombre, dato in _bajo_cero(logro.indicador):
            yield aviso(
                "meta-negativa", dato.celda, codigo, f"{nombre}: el número no puede ser negativo.",
                "Corrija el signo o el número.", Severidad.ERROR,
            )  # fmt: skip


def _bajo_cero(indicador: Indicador) -> Iterator[tuple[str, Dato]]:
    metas: list[tuple[int | Periodo, Dato]] = [*indicador.metas.items(), *indicador.metas_semestre.items()]
    for cuando, dato in metas:
        if (dato.valor or 0) < 0:
            yield f"Meta {cuando}", dato
    for nombre, dato in (("Mínimo", indicador.minimo), ("Máximo", indicador.maximo)):
        if (dato.valor or 0) < 0:
            yield nombre, dato


def _va_al_reves(sentido: Sentido, antes: float, despues: float) -> bool:
    return despues > antes if sentido is Sentido.DESCENDENTE else sentido is Sentido.ASCENDENTE and despues < antes


def _dice_algo(dato: Dato) -> bool:
    return dato.valor is not None or bool(dato.ilegible)
