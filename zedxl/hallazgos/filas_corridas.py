"""Rows that carry the numbers of their neighbours, as after pasting a column one row too high.

In an annex the row of an AEI repeats the numbers of its indicator's row; where they disagree, one has not its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from zedxl.evaluacion import Evaluacion
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.hallazgos.aviso import aviso
from zedxl.periodo import Periodo
from zedxl.plan import AEI, OEI, Celda, Indicador

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


@dataclass(frozen=True, slots=True)
class _Fila:
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
    """A shifted row (SPEC 5) that shows in an annex: the row of an AEI and that of its indicator disagree.

    Numbers of neither are those of a row that follows: from there on rows may be shifted, up to the first one repeated.
    """
    periodo, aeis = evaluacion.periodo, list(evaluacion.plan.aeis)
    duenos = {
        _cifras(aei.fila_propia, periodo): aei.codigo
        for aei in reversed(aeis)
        if aei.fila_propia is not None and not _discrepa(aei, periodo)
    }
    desde = ""
    repetidos = {fila.codigo for oei in evaluacion.plan.oeis for grupo in _repetidas(oei, periodo) for fila in grupo}
    for aei in aeis:
        if _discrepa(aei, periodo):
            dueno = duenos.get(_cifras(aei.indicadores[0], periodo), "")
            yield _discrepancia(aei, periodo, dueno)
            desde = "" if dueno else aei.codigo
        elif aei.codigo in repetidos:
            desde = ""
        elif desde and aei.fila_propia is not None and _hay_repetidos_despues(aeis, aei, repetidos):
            yield aviso(
                "fila-corrida", _celda(aei.indicadores[0], periodo) or aei.celda, aei.codigo,
                f"{aei.codigo} está entre {desde}, cuyas filas no coinciden, y una fila repetida: sus datos pueden ser "
                "los de la fila siguiente.", _COMPARE,
            )  # fmt: skip


def _discrepancia(aei: AEI, periodo: Periodo, dueno: str) -> Hallazgo:
    indicador = aei.indicadores[0]
    nombre = indicador.codigo or "su indicador"
    de_quien = f"; los de {nombre} son los de {dueno}" if dueno else ""
    return aviso(
        "fila-corrida", _celda(indicador, periodo) or aei.celda, aei.codigo,
        f"La fila de {aei.codigo} y la de {nombre} dicen distinta línea base, metas o valor{de_quien}.", _COMPARE,
    )  # fmt: skip


def _hay_repetidos_despues(aeis: Sequence[AEI], aei: AEI, repetidos: set[str]) -> bool:
    return any(otra.codigo in repetidos for otra in aeis[aeis.index(aei) + 1 :])


def _discrepa(aei: AEI, periodo: Periodo) -> bool:
    if aei.fila_propia is None or len(aei.indicadores) != 1:
        return False
    return _cifras(aei.fila_propia, periodo) != _cifras(aei.indicadores[0], periodo)


def _repetidas(oei: OEI, periodo: Periodo) -> Iterator[list[_Fila]]:
    """The groups of rows of different AEI that say the same."""
    filas = [fila for aei in oei.aeis for fila in _filas(aei, periodo) if fila.cifras.comparables]
    for _, iguales in groupby(sorted(filas, key=_orden), key=_orden):
        grupo = list(iguales)
        if len({fila.codigo for fila in grupo}) > 1:
            yield grupo


def _filas(aei: AEI, periodo: Periodo) -> Iterator[_Fila]:
    """Its rows that say different things; the row of an AEI that repeats its indicator's is the same one."""
    propias = [] if aei.fila_propia is None else [(aei.codigo, aei.fila_propia)]
    varios = len(aei.indicadores) > 1 or _discrepa(aei, periodo)
    propias += [(i.codigo if varios and i.codigo else aei.codigo, i) for i in aei.indicadores]
    vistas = set()
    for nombre, indicador in propias:
        cifras = _cifras(indicador, periodo)
        if cifras not in vistas:
            vistas.add(cifras)
            yield _Fila(aei.codigo, nombre, cifras, _celda(indicador, periodo))


def _cifras(indicador: Indicador, periodo: Periodo) -> _Cifras:
    metas = tuple((anio, dato.valor) for anio, dato in sorted(indicador.metas.items()) if dato.valor is not None)
    return _Cifras(indicador.linea_base.valor, metas, indicador.valor(periodo).valor)


def _orden(fila: _Fila) -> str:
    return repr(fila.cifras)


def _celda(indicador: Indicador, periodo: Periodo) -> Celda | None:
    return indicador.valor(periodo).celda


def _nombrada(fila: _Fila) -> str:
    return f"{fila.nombre} ({fila.celda})" if fila.celda else fila.nombre
