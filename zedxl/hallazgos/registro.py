"""The rules that `validar` applies to an evaluated plan, and which finding makes another one superfluous."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from zedxl.evaluacion import Evaluacion
from zedxl.hallazgo import Hallazgo
from zedxl.hallazgos import filas_corridas, jerarquia, metas, narrativa, pesos, redaccion, unidades, valores

Regla = Callable[[Evaluacion], Iterator[Hallazgo]]

REGLAS: tuple[Regla, ...] = (
    jerarquia.aei_sin_oei,
    jerarquia.oei_sin_aei,
    jerarquia.indicador_repetido,
    redaccion.distinta,
    metas.negativos,
    metas.sin_meta,
    metas.contra_el_sentido,
    unidades.no_corresponde,
    unidades.fuera_de_rango,
    valores.desproporcionado,
    valores.anual_en_el_primer_semestre,
    valores.oei_en_cero,
    filas_corridas.corridas,
    filas_corridas.repetidas,
    pesos.negativos,
    pesos.no_suman,
    pesos.relevancia_de_la_aei,
    narrativa.faltante,
)
"""A new rule is written in the module of what it is about, and named here."""

_EXPLICA = {
    "porcentaje-fuera-de-rango": frozenset({"valor-desproporcionado"}),
    "anual-en-primer-semestre": frozenset({"oei-en-cero"}),
    "fila-corrida": frozenset({"fila-repetida"}),
    "meta-negativa": frozenset({"dato-invalido", "meta-contra-sentido", "porcentaje-fuera-de-rango"}),
}
"""What a finding says in other words of its cell, by rule: whoever settles it settles those."""


def revisar(evaluacion: Evaluacion) -> Iterator[Hallazgo]:
    """What all rules find."""
    return (hallazgo for regla in REGLAS for hallazgo in regla(evaluacion))


def una_vez(hallazgos: Iterable[Hallazgo]) -> Iterator[Hallazgo]:
    """The findings without those that tell the same as another one of the same cell."""
    todos = list({(h.regla, h.hoja, h.celda or h.mensaje): h for h in reversed(list(hallazgos))}.values())[::-1]
    explicados: dict[tuple[str, str], set[str]] = {}
    for hallazgo in todos:
        if hallazgo.celda:
            explicados.setdefault((hallazgo.hoja, hallazgo.celda), set()).update(_EXPLICA.get(hallazgo.regla, ()))
    return (h for h in todos if h.regla not in explicados.get((h.hoja, h.celda), ()))
