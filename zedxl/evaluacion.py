"""evaluar(plan, periodo): every number that report, resumen, findings and Tablero show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from zedxl import recolector
from zedxl.criticidad import es_critica, estado, semaforo
from zedxl.hallazgo import Hallazgo, Severidad, por_gravedad
from zedxl.instantanea import diferencias
from zedxl.logro import Logro, LogroIndicador, evaluar_indicadores
from zedxl.medida import DatoInvalido, Medida, Motivo, nd
from zedxl.parametros import Parametros
from zedxl.periodo import Periodo
from zedxl.plan import AEI, OEI, Celda, Plan
from zedxl.puntaje import cobertura, pesos_por_grado, puntaje
from zedxl.ritmo import nota, ritmo
from zedxl.vocabulario import Estado, MetodoPEI, Ponderacion, Semaforo, SinDato

if TYPE_CHECKING:
    import pandas as pd


class EvaluacionAEI(NamedTuple):
    """One AEI at a período; ``critica`` and ``estado`` as in SPEC 2.4, ``motivo`` explains an N/D or a critical one."""

    aei: AEI
    logro: Logro
    semaforo_anual: Semaforo
    semaforo_ritmo: Semaforo
    nota: str
    critica: bool
    estado: Estado
    motivo: str


@dataclass(frozen=True, slots=True)
class Conjunto:
    """The score of a group of AEI: those of an OEI, or of the whole plan.

    ``puntaje`` and ``cobertura`` are percentages; ``ritmo`` compares the AEI that are judged at the período with what
    was expected of them, and ``semaforo`` is its colour. ``pesos`` are those of its AEI, None when all weigh the same.
    """

    puntaje: Medida
    cobertura: Medida
    ritmo: Medida
    semaforo: Semaforo
    pesos: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class EvaluacionOEI:
    """One OEI at a período: the logro of its own indicator, and the score of its AEI."""

    oei: OEI
    logro: Logro
    conjunto: Conjunto
    aeis: tuple[EvaluacionAEI, ...]


@dataclass(frozen=True)
class Evaluacion:
    """The whole plan at a período; ``hallazgos`` adds to those of the plan."""

    plan: Plan
    periodo: Periodo
    oeis: tuple[EvaluacionOEI, ...]
    conjunto: Conjunto
    hallazgos: tuple[Hallazgo, ...]

    @property
    def aeis(self) -> tuple[EvaluacionAEI, ...]:
        """All AEI, in the order of the plan."""
        return tuple(aei for oei in self.oeis for aei in oei.aeis)

    @cached_property
    def medidos(self) -> tuple[tuple[str, LogroIndicador], ...]:
        """Each indicator of the plan, after the code of its OEI or AEI."""
        medidos: list[tuple[str, LogroIndicador]] = []
        for oei in self.oeis:
            medidos += [(oei.oei.codigo, logro) for logro in oei.logro.indicadores]
            for aei in oei.aeis:
                medidos += [(aei.aei.codigo, logro) for logro in aei.logro.indicadores]
        return tuple(medidos)

    @property
    def criticas(self) -> tuple[EvaluacionAEI, ...]:
        """The critical AEI."""
        return tuple(aei for aei in self.aeis if aei.critica)

    @property
    def todos_los_hallazgos(self) -> tuple[Hallazgo, ...]:
        """What reading and evaluating found, errors first."""
        return por_gravedad((*self.plan.hallazgos, *self.hallazgos))

    @cached_property
    def historia(self) -> tuple[Evaluacion, ...]:
        """The same plan at every período that has values, oldest first."""
        return tuple(
            self if periodo == self.periodo else evaluar(self.plan, periodo) for periodo in self.plan.periodos_con_valor
        )

    @property
    def historia_hasta_aqui(self) -> tuple[Evaluacion, ...]:
        """What of `historia` had happened at the período: that one and the earlier ones."""
        return tuple(e for e in self.historia if e.periodo <= self.periodo)

    def tabla(self) -> pd.DataFrame:
        """One row per AEI as a pandas DataFrame, with the columns of ``resumen --json``."""
        import pandas as pd

        from zedxl.resumen import fila_aei

        return pd.DataFrame([fila_aei(aei, oei.oei.codigo) for oei in self.oeis for aei in oei.aeis])


class PeriodoDesconocido(DatoInvalido):
    """A período outside the years of the plan."""


def periodo_por_omision(plan: Plan) -> Periodo:
    """The last período with a value (SPEC 6); `PeriodoDesconocido` when no value was reported in any."""
    con_valor = plan.periodos_con_valor
    if not con_valor:
        raise PeriodoDesconocido(
            "Ningún período tiene valores obtenidos; escriba al menos uno en el libro, o indique el período con "
            "--periodo."
        )
    return con_valor[-1]


def evaluar(plan: Plan, periodo: Periodo) -> Evaluacion:
    """Evaluate a plan at a período of its years.

    Raises `PeriodoDesconocido` for another. Data that the rules refuse (a negative target) makes its avance N/D
    and is named in ``hallazgos`` with severity error; so is what a closed period did not say when it was closed.
    """
    if periodo not in plan.periodos:
        conocidos = f"van de {plan.periodos[0]} a {plan.periodos[-1]}" if plan.periodos else "no existen"
        raise PeriodoDesconocido(f"El plan no tiene el período {periodo}; sus períodos {conocidos}.")
    with recolector.en_pausa():
        return _evaluar(plan, periodo)


def _evaluar(plan: Plan, periodo: Periodo) -> Evaluacion:
    hallazgos: list[Hallazgo] = []
    oeis = []
    for oei in plan.oeis:
        aeis = tuple([_evaluar_aei(aei, oei, periodo, plan.parametros, hallazgos) for aei in oei.aeis])
        logro = evaluar_indicadores(oei.indicadores, oei.codigo, periodo, plan.parametros, hallazgos)
        oeis.append(EvaluacionOEI(oei, logro, _conjunto(aeis, oei.codigo, plan.parametros, hallazgos), aeis))
    conjunto = _conjunto_pei(oeis, plan.parametros, hallazgos)
    evaluacion = Evaluacion(plan, periodo, tuple(oeis), conjunto, tuple(hallazgos))
    cerrada = plan.cierres.get(periodo)
    if cerrada is None:
        return evaluacion
    return replace(evaluacion, hallazgos=(*hallazgos, *diferencias(cerrada, evaluacion)))


def _evaluar_aei(
    aei: AEI, oei: OEI, periodo: Periodo, parametros: Parametros, hallazgos: list[Hallazgo]
) -> EvaluacionAEI:
    logro = evaluar_indicadores(aei.indicadores, aei.codigo, periodo, parametros, hallazgos)
    restringida = parametros.prioridades_criticas
    vigilada = not restringida or (aei.prioridad or oei.prioridad) in restringida
    critica = vigilada and es_critica(logro.ritmo, parametros.umbral_critico, logro.frecuencia)
    motivo = str(logro.avance.motivo or "")
    if critica and not motivo:
        motivo = f"ritmo menor que {parametros.umbral_critico:g}"
    return EvaluacionAEI(
        aei=aei,
        logro=logro,
        semaforo_anual=semaforo(logro.avance, parametros.umbral_rojo, parametros.umbral_verde),
        semaforo_ritmo=semaforo(logro.ritmo, parametros.umbral_rojo, parametros.umbral_verde),
        nota=nota(logro.avance, periodo, logro.esperado),
        critica=critica,
        estado=estado(logro.avance, critica),
        motivo=motivo,
    )


def _conjunto(
    aeis: Sequence[EvaluacionAEI], codigo: str, parametros: Parametros, hallazgos: list[Hallazgo]
) -> Conjunto:
    avances = [a.logro.avance for a in aeis]
    pesos = None
    try:
        pesos = _pesos(aeis, parametros)
        total = puntaje(avances, pesos, parametros.sin_dato)
        marcha = _ritmo_conjunto(aeis, pesos, parametros, total)
    except DatoInvalido as error:
        donde = _sin_peso(aeis)
        hoja, celda = (donde.hoja, donde.referencia) if donde else ("", "")
        sugerencia = "Revise los pesos de sus AEI."
        hallazgos.append(Hallazgo(Severidad.ERROR, "pesos", hoja, celda, codigo, str(error), sugerencia))
        total = marcha = nd(Motivo.DATO_INVALIDO)
    return _con_ritmo(total, cobertura(avances), marcha, parametros, pesos)


def _sin_peso(aeis: Sequence[EvaluacionAEI]) -> Celda | None:
    """The cell of the first weight that is missing, or else of the first one."""
    ordenadas = sorted(aeis, key=lambda a: a.aei.peso is not None)
    return ordenadas[0].aei.celda_peso if ordenadas else None


def _ritmo_conjunto(
    aeis: Sequence[EvaluacionAEI], pesos: Sequence[float] | None, parametros: Parametros, total: Medida
) -> Medida:
    """The pace of the AEI that are judged at the período, together; ``total`` is the puntaje of them all."""
    juzgadas = [n for n, a in enumerate(aeis) if _se_juzga(a, parametros)]
    sus_pesos = None if pesos is None else [pesos[n] for n in juzgadas]
    if sus_pesos and not any(sus_pesos):
        return nd(Motivo.PESO_CERO)
    esperado = puntaje([aeis[n].logro.esperado for n in juzgadas], sus_pesos, parametros.sin_dato)
    if len(juzgadas) == len(aeis):
        return ritmo(total, esperado)
    return ritmo(puntaje([aeis[n].logro.avance for n in juzgadas], sus_pesos, parametros.sin_dato), esperado)


def _se_juzga(evaluada: EvaluacionAEI, parametros: Parametros) -> bool:
    """Whether an AEI counts for the ritmo of its group: not when it is measured yearly, nor when it is excluded."""
    if parametros.sin_dato is SinDato.EXCLUIR and evaluada.logro.avance.valor is None:
        return False
    return evaluada.logro.ritmo.motivo is not Motivo.MEDICION_ANUAL


def _conjunto_pei(oeis: Sequence[EvaluacionOEI], parametros: Parametros, hallazgos: list[Hallazgo]) -> Conjunto:
    """Over all AEI at once, or over the OEI weighted by prioridad (SPEC 2.3)."""
    por_aei = _conjunto([a for o in oeis for a in o.aeis], "PEI", parametros, hallazgos)
    if parametros.metodo_pei is MetodoPEI.AEI:
        return por_aei
    prioridades = [o.oei.prioridad for o in oeis]
    dadas = [p.grado for p in prioridades if p is not None]
    if dadas and len(dadas) < len(prioridades):
        sin = ", ".join(o.oei.codigo for o in oeis if o.oei.prioridad is None)
        hallazgos.append(
            Hallazgo(Severidad.ERROR, "prioridad", "", "", "PEI",
                     f"Falta la prioridad de {sin} y el puntaje del PEI se pondera con ella.", "Escríbala.")
        )  # fmt: skip
        invalido = nd(Motivo.DATO_INVALIDO)
        return _con_ritmo(invalido, por_aei.cobertura, invalido, parametros)
    pesos = pesos_por_grado(dadas) if dadas else None
    total = puntaje([o.conjunto.puntaje for o in oeis], pesos, parametros.sin_dato)
    # an OEI none of whose AEI is judged yet has no ritmo, and so no part in that of the plan
    marcha = puntaje([o.conjunto.ritmo for o in oeis], pesos, SinDato.EXCLUIR)
    return _con_ritmo(total, por_aei.cobertura, marcha, parametros)


def _con_ritmo(
    total: Medida, cubierto: Medida, marcha: Medida, parametros: Parametros, pesos: Sequence[float] | None = None
) -> Conjunto:
    color = semaforo(marcha, parametros.umbral_rojo, parametros.umbral_verde)
    return Conjunto(total, cubierto, marcha, color, None if pesos is None else tuple(pesos))


def _pesos(aeis: Sequence[EvaluacionAEI], parametros: Parametros) -> list[float] | None:
    """The weight of each AEI, None for equal ones; `DatoInvalido` when only some have one."""
    if parametros.ponderacion is Ponderacion.IGUALES:
        return None
    if parametros.ponderacion is Ponderacion.RELEVANCIA:
        relevancias = [a.aei.relevancia for a in aeis]
        grados = [r.grado for r in relevancias if r is not None]
        if len(grados) < len(aeis):
            raise DatoInvalido("Se pondera por relevancia y a una o más AEI les falta.")
        return pesos_por_grado(grados)
    pesos = [a.aei.peso for a in aeis if a.aei.peso is not None]
    if pesos and len(pesos) < len(aeis):
        raise DatoInvalido("La columna Peso está llena solo en parte.")
    return pesos or None
