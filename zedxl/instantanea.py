"""The snapshot of a closed period: what it said, item by item, and what says something else now (SPEC 5).

It holds what people typed (values, targets, baseline), what follows from it (avances, puntajes), and a SHA-256 over
all of it, so that a difference is found whichever of them changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from zedxl.codigo import PLAN
from zedxl.edicion.cambio import Contenido, canonico, en_palabras
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.medida import Medida
from zedxl.periodo import Periodo
from zedxl.plan import Dato, Indicador

if TYPE_CHECKING:
    from zedxl.evaluacion import Evaluacion
    from zedxl.logro import Logro

AVANCE, PUNTAJE = "Avance", "Puntaje"
_ND = "N/D"
_NO_DICEN_NADA = (None, _ND)
REGLA = "periodo-cerrado-cambiado"


class Clave(NamedTuple):
    """What an item is about: an OEI, an AEI or the plan, one of its indicators ("" for all), and what of it."""

    codigo: str
    indicador: str
    dato: str

    def __str__(self) -> str:
        return " · ".join(filter(None, self))


@dataclass(frozen=True, slots=True)
class Renglon:
    """One item of a snapshot; ``celda`` ("Seguimiento!V7") is where it was typed, "" for what is computed."""

    clave: Clave
    valor: Contenido
    celda: str = ""


@dataclass(frozen=True, slots=True)
class Instantanea:
    """A period as it was closed; ``sha256`` is what was written then, to be compared with `huella` of the items."""

    periodo: Periodo
    renglones: tuple[Renglon, ...]
    cuando: datetime
    quien: str
    sha256: str
    motivo: str = ""

    @property
    def integra(self) -> bool:
        """Whether the items are still those that were closed."""
        return huella(self.renglones) == self.sha256


def tomar(evaluacion: Evaluacion) -> tuple[Renglon, ...]:
    """The items of an evaluation, in the order of the plan; what is N/D is that text."""
    return tuple(_renglones(evaluacion))


def huella(renglones: Iterable[Renglon]) -> str:
    """SHA-256, in hexadecimal, over the canonical values of a snapshot; neither their order nor their place counts.

    >>> huella([Renglon(Clave("AEI.01.01", "", "Avance"), 66.5)])[:16]
    '780c6a78010e25aa'
    """
    lineas = sorted("\x1f".join((*r.clave, canonico(r.valor))) for r in renglones)
    return hashlib.sha256("\n".join(lineas).encode()).hexdigest()


def diferencias(cerrada: Instantanea, evaluacion: Evaluacion) -> Iterator[Hallazgo]:
    """What is no longer as it was closed, one finding for each cell and each result.

    What has been added since and says nothing (an action without target or value) changes nothing.
    """
    if not cerrada.integra:
        yield _hallazgo(
            "", PLAN, f"La instantánea de {cerrada.periodo} no es la que se guardó al cerrar.",
            "Recupere la hoja Cierres de un respaldo.",
        )  # fmt: skip
    ahora = {r.clave: r for r in tomar(evaluacion)}
    cerradas = {r.clave for r in cerrada.renglones}
    for renglon in cerrada.renglones:
        actual = ahora.get(renglon.clave)
        if actual is None:
            yield _diferencia(cerrada, renglon, "ya no está", renglon.celda)
        elif canonico(actual.valor) != canonico(renglon.valor):
            yield _diferencia(cerrada, renglon, f"dice {en_palabras(actual.valor)}", actual.celda or renglon.celda)
    for clave, actual in ahora.items():
        if clave not in cerradas and actual.valor not in _NO_DICEN_NADA:
            mensaje = f"{clave.dato}: dice {en_palabras(actual.valor)} y no estaba cuando se cerró {cerrada.periodo}."
            yield _hallazgo(actual.celda, clave.codigo, mensaje, _QUE_HACER)


_QUE_HACER = "Restaure lo que decía o, si el cambio es correcto, reabra el período."


def _diferencia(cerrada: Instantanea, renglon: Renglon, ahora: str, celda: str) -> Hallazgo:
    que = renglon.clave.dato + (f" de {renglon.clave.indicador}" if renglon.clave.indicador else "")
    mensaje = (
        f"{que}: se cerró {cerrada.periodo} con {en_palabras(renglon.valor)} "
        f"({cerrada.cuando:%d/%m/%Y}, {cerrada.quien or 'sin nombre'}) y ahora {ahora}."
    )
    return _hallazgo(celda, renglon.clave.codigo, mensaje, _QUE_HACER)


def _hallazgo(lugar: str, codigo: str, mensaje: str, sugerencia: str) -> Hallazgo:
    hoja, _, celda = lugar.rpartition("!")
    return Hallazgo(Severidad.ERROR, REGLA, hoja, celda, codigo, mensaje, sugerencia)


def _renglones(evaluacion: Evaluacion) -> Iterator[Renglon]:
    yield Renglon(Clave(PLAN, "", PUNTAJE), _medida(evaluacion.conjunto.puntaje))
    for oei in evaluacion.oeis:
        yield Renglon(Clave(oei.oei.codigo, "", PUNTAJE), _medida(oei.conjunto.puntaje))
        yield from _de_logro(oei.oei.codigo, oei.logro, evaluacion.periodo)
        for aei in oei.aeis:
            yield from _de_logro(aei.aei.codigo, aei.logro, evaluacion.periodo)


def _de_logro(codigo: str, logro: Logro, periodo: Periodo) -> Iterator[Renglon]:
    yield Renglon(Clave(codigo, "", AVANCE), _medida(logro.avance))
    for uno in logro.indicadores:
        indicador = uno.indicador.codigo or uno.indicador.nombre
        for nombre, dato in _datos(uno.indicador, periodo):
            celda = str(dato.celda) if dato.celda else ""
            yield Renglon(Clave(codigo, indicador, nombre), dato.ilegible or dato.valor, celda)


def _datos(indicador: Indicador, periodo: Periodo) -> Iterator[tuple[str, Dato]]:
    """The typed numbers that a period rests on; those that few plans have only where there is one."""
    yield f"Meta {periodo.anio}", indicador.meta(periodo.anio)
    for semestre in dict.fromkeys((periodo.primero, periodo)):
        yield f"Valor {semestre}", indicador.valor(semestre)
        meta = indicador.metas_semestre.get(semestre)
        if meta is not None and meta.valor is not None:
            yield f"Meta {semestre}", meta
    for nombre, dato in (
        ("Línea base", indicador.linea_base),
        ("Mínimo", indicador.minimo),
        ("Máximo", indicador.maximo),
    ):
        if dato.valor is not None:
            yield nombre, dato


def _medida(medida: Medida) -> Contenido:
    return _ND if medida.valor is None else medida.valor
