"""The evolution of a plan: puntajes and avances at every período with values, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zedxl.codigo import PLAN
from zedxl.evaluacion import Conjunto, Evaluacion
from zedxl.medida import Medida, Motivo, nd


@dataclass(frozen=True, slots=True)
class Trayectoria:
    """A code with its percentage at each período, oldest first: puntaje of the plan or an OEI, avance of an AEI."""

    codigo: str
    denominacion: str
    medidas: tuple[Medida, ...]

    @property
    def es_aei(self) -> bool:
        """Whether it is that of an action."""
        return self.codigo.startswith("AEI")


def trayectorias(historia: Sequence[Evaluacion]) -> tuple[Trayectoria, ...]:
    """Each OEI followed by its AEI, and the plan last, over evaluations of the same plan."""
    todas = []
    for n, evaluado in enumerate(historia[-1].oeis if historia else ()):
        oei = evaluado.oei
        puntajes = tuple(puntaje_reportado(e.oeis[n].conjunto) for e in historia)
        todas.append(Trayectoria(oei.codigo, oei.denominacion, puntajes))
        for m, aei in enumerate(oei.aeis):
            avances = tuple(e.oeis[n].aeis[m].logro.avance for e in historia)
            todas.append(Trayectoria(aei.codigo, aei.denominacion, avances))
    del_pei = tuple(puntaje_reportado(e.conjunto) for e in historia)
    return (*todas, Trayectoria(PLAN, "Todas las AEI del plan", del_pei))


def puntaje_reportado(conjunto: Conjunto) -> Medida:
    """The puntaje of some AEI, N/D where none was programmed or reported: an evolution has a gap there, not a zero."""
    if conjunto.cobertura.valor is None:
        return conjunto.cobertura
    return nd(Motivo.SIN_VALOR) if conjunto.cobertura.valor == 0 else conjunto.puntaje
