"""Units of measure: whether one fits its indicator, and whether the numbers fit the unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from zedxl.evaluacion import Evaluacion
from zedxl.hallazgo import Hallazgo
from zedxl.hallazgos.aviso import aviso
from zedxl.logro import LogroIndicador
from zedxl.numero import tal_cual
from zedxl.periodo import Periodo
from zedxl.plan import Dato
from zedxl.texto import plano

_CUENTA = re.compile(r"(numero|cantidad|total|n|no|n o|nro|num) (de|del) ")
_PROPORCION = re.compile(r"(porcentaje|%) ")
_EN_PORCENTAJE = re.compile(r"%|.*(porcent|por ciento|puntos porcentuales).*|pct")
_PUEDE_PASAR_DE_100 = re.compile(r"\b(increment|crec|variaci|aument|ampliaci)")
"""A growth may be over 100 % or below 0."""


def no_corresponde(evaluacion: Evaluacion) -> Iterator[Hallazgo]:
    """Unit does not match the indicator: "Número de…" measured in %, "Porcentaje…" in units (SPEC 5)."""
    for codigo, logro in evaluacion.medidos:
        indicador = logro.indicador
        if not indicador.unidad or not indicador.nombre:
            continue
        en_porcentaje = es_porcentaje(indicador.unidad)
        if (_CUENTA if en_porcentaje else _PROPORCION).match(plano(indicador.nombre)):
            que = "cuenta cosas" if en_porcentaje else "es un porcentaje"
            yield aviso(
                "unidad-no-corresponde", indicador.celda_unidad, codigo,
                f"El indicador {que} («{_en_breve(indicador.nombre)}») y su unidad de medida es «{indicador.unidad}».",
                "Corrija la unidad o el nombre del indicador.",
            )  # fmt: skip


def fuera_de_rango(evaluacion: Evaluacion) -> Iterator[Hallazgo]:
    """Percentage outside 0 to 100 (SPEC 5), except for what grows or shrinks by a percentage."""
    for codigo, logro in evaluacion.medidos:
        if not es_porcentaje(logro.indicador.unidad) or _PUEDE_PASAR_DE_100.search(plano(logro.indicador.nombre)):
            continue
        for nombre, dato in _porcentajes(logro, evaluacion.periodo):
            if dato.valor is not None and not 0 <= dato.valor <= 100:
                yield aviso(
                    "porcentaje-fuera-de-rango", dato.celda, codigo,
                    f"{nombre}: {tal_cual(dato.valor)} está fuera de 0 a 100 y se mide en «{logro.indicador.unidad}».",
                    "Corrija el número o la unidad de medida.",
                )  # fmt: skip


@lru_cache(maxsize=1024)
def es_porcentaje(unidad: str) -> bool:
    """Whether a unit of measure is a percentage.

    >>> es_porcentaje("%"), es_porcentaje("Porcentaje"), es_porcentaje("Acciones")
    (True, True, False)
    """
    return _EN_PORCENTAJE.fullmatch(plano(unidad)) is not None


def _porcentajes(logro: LogroIndicador, periodo: Periodo) -> Iterator[tuple[str, Dato]]:
    indicador = logro.indicador
    yield "Línea base", indicador.linea_base
    yield from ((f"Meta {anio}", dato) for anio, dato in indicador.metas.items())
    yield from ((f"Valor {p}", indicador.valor(p)) for p in dict.fromkeys((periodo.primero, periodo)))


def _en_breve(nombre: str) -> str:
    return nombre if len(nombre) <= 40 else f"{nombre[:40].rstrip()}…"
