"""Rows that carry the numbers of their neighbours, as after pasting a column one row too high.

In an annex the row of an AEI repeats the numbers of its indicator's row; where they disagree, one has not its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from zedxl.evaluacion import Evaluacion
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.hallazgos.aviso import aviso
from zedxl.periodo import Periodo
from zedxl.plan import AEI, OEI, Celda, Indicador

_CORRIDA = "fila-corrida"
_COMPARE = "Compare con el documento de origen: puede que los datos estén corridos una fila."


class _Cifras(NamedTuple):
    """What a shifted row shows: baseline, targets and the value of a period."""

    linea_base: float | None
    metas: tuple[tuple[int, float], ...]
    valor: float | None

    @property
    def comparables(self) -> bool:
        return self.valor is not None and bool(self.metas)

    @property
    def corrientes(self) -> bool:
        """Whether many rows of a plan might be so by chance: one and the same number everywhere."""
        return len({self.linea_base, *(meta for _, meta in self.metas), self.valor} - {None}) == 1


class _Fila(NamedTuple):
    """A row of an AEI with one indicator, or of one of its indicators."""

    codigo: str
    nombre: str
    cifras: _Cifras
    celda: Celda | None


def repetidas(evaluacion: Evaluacion) -> Iterator[Hallazgo]:
    """Two rows whose baseline, targets and value are all equal within an OEI: a shifted row (SPEC 5)."""
    for oei in evaluacion.plan.oeis:
        for grupo in _repetidas(oei, evaluacion.periodo):
            severidad = Severidad.NOTA if grupo[0].cifras.corrientes else Severidad.ADVERTENCIA
            for fila in grupo:
                otras = ", ".join(_nombrada(otra) for otra in grupo if otra is not fila)
                yield aviso(
                    "fila-repetida", fila.celda, fila.codigo,
                    f"{fila.nombre} tiene la misma línea base, las mismas metas y el mismo valor que {otras}.",
                    _COMPARE, severidad,
                )  # fmt: skip


def corridas(evaluacion: Evaluacion) -> Iterator[Hallazgo]:
    """A shifted row (SPEC 5) that shows in an annex, where the row of an AEI and that of its indicator disagree.

    The numbers of one may be those of another AEI. If they are nobody's, rows may be shifted from there on, up to the
    first one repeated. That they disagree is found by whoever reads them.
    """
    periodo, aeis = evaluacion.periodo, list(evaluacion.plan.aeis)
    if not any(_discrepan(aei, periodo) for aei in aeis):
        return  # as in every book whose AEI have one row each
    repetidos = {fila.codigo for oei in evaluacion.plan.oeis for grupo in _repetidas(oei, periodo) for fila in grupo}
    duenos = {_cifras(aei.filas[0], periodo): aei.codigo for aei in reversed(aeis) if _coinciden(aei, periodo)}
    for lugar, aei in enumerate(aeis):
        if not _discrepan(aei, periodo):
            continue
        dueno = duenos.get(_cifras(aei.filas[1], periodo))
        if dueno is not None:
            yield _ajena(aei, periodo, f"son los de {dueno}.")
            continue
        corrida = _hasta_la_repetida(aeis[lugar + 1 :], repetidos, periodo)
        if corrida is not None:
            yield _ajena(aei, periodo, "no son los suyos, y más abajo hay una fila repetida.")
            yield from (_dudosa(una, aei, periodo) for una in corrida)


def _ajena(aei: AEI, periodo: Periodo, motivo: str) -> Hallazgo:
    nombre = aei.filas[1].codigo or f"el indicador de {aei.codigo}"
    mensaje = f"Los datos de la fila de {nombre} {motivo}"
    return aviso(_CORRIDA, _celda(aei.filas[1], periodo) or aei.celda, aei.codigo, mensaje, _COMPARE)


def _dudosa(aei: AEI, desde: AEI, periodo: Periodo) -> Hallazgo:
    mensaje = (
        f"{aei.codigo} está entre {desde.codigo}, cuyas filas no coinciden, y una fila repetida: sus datos pueden ser "
        "los de la fila siguiente."
    )
    return aviso(_CORRIDA, _celda(aei.filas[0], periodo) or aei.celda, aei.codigo, mensaje, _COMPARE)


def _hasta_la_repetida(siguientes: Sequence[AEI], repetidos: set[str], periodo: Periodo) -> Sequence[AEI] | None:
    """The AEI before the first repeated one; None where rows that disagree, or none repeated, follow."""
    for lugar, aei in enumerate(siguientes):
        if aei.codigo in repetidos:
            return siguientes[:lugar]
        if not _coinciden(aei, periodo):
            return None
    return None


def _coinciden(aei: AEI, periodo: Periodo) -> bool:
    return bool(aei.filas) and not _discrepan(aei, periodo)


def _discrepan(aei: AEI, periodo: Periodo) -> bool:
    return bool(aei.filas) and len({_cifras(dicho, periodo) for dicho in aei.filas}) > 1


def _repetidas(oei: OEI, periodo: Periodo) -> Iterator[list[_Fila]]:
    """The groups of rows of different AEI that say the same, the first such row of each AEI."""
    grupos: dict[_Cifras, dict[str, tuple[AEI, Indicador]]] = {}
    for aei in oei.aeis:
        for indicador in aei.filas or aei.indicadores:
            grupos.setdefault(_cifras(indicador, periodo), {}).setdefault(aei.codigo, (aei, indicador))
    for cifras, dichos in grupos.items():
        if len(dichos) > 1 and cifras.comparables:
            yield [_fila(aei, indicador, cifras, periodo) for aei, indicador in dichos.values()]


def _fila(aei: AEI, indicador: Indicador, cifras: _Cifras, periodo: Periodo) -> _Fila:
    varias = len(aei.indicadores) > 1 or _discrepan(aei, periodo)
    nombre = indicador.codigo if varias and indicador.codigo else aei.codigo
    return _Fila(aei.codigo, nombre, cifras, _celda(indicador, periodo))


def _cifras(indicador: Indicador, periodo: Periodo) -> _Cifras:
    dadas = [(anio, dato.valor) for anio, dato in sorted(indicador.metas.items()) if dato.valor is not None]
    return _Cifras(indicador.linea_base.valor, tuple(dadas), indicador.valor(periodo).valor)


def _celda(indicador: Indicador, periodo: Periodo) -> Celda | None:
    return indicador.valor(periodo).celda


def _nombrada(fila: _Fila) -> str:
    return f"{fila.nombre} ({fila.celda})" if fila.celda else fila.nombre
