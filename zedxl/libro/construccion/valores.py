"""What a cell with a formula shows now: the evaluation of the plan at a período, as cells hold it.

A number that is not available is the text "N/D", or "N/P" when nothing was programmed, so that a puntaje leaves it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from zedxl.evaluacion import Evaluacion, EvaluacionAEI, EvaluacionOEI, evaluar
from zedxl.libro.construccion.disposicion import Grupo, Renglon
from zedxl.logro import Logro, LogroIndicador
from zedxl.medida import Medida, Motivo
from zedxl.parametros import Parametros
from zedxl.periodo import Periodo
from zedxl.plan import Plan
from zedxl.valor import valor_al
from zedxl.vocabulario import Prioridad, Semaforo, Sentido

ND = "N/D"
NP = "N/P"
RANGO = "Rango"
INVALIDO = "#VALUE!"
SIN_NOTA = "–"
CRITICA = "CRÍTICA"

Valor = float | str


def de_medida(medida: Medida) -> Valor:
    """A number, "N/D", or the error value of a datum that the rules refuse."""
    if medida.valor is not None:
        return medida.valor
    return INVALIDO if medida.motivo is Motivo.DATO_INVALIDO else ND


def de_avance(avance: Medida) -> Valor:
    """As `de_medida`, with "N/P" for what was not programmed; for an avance, and what follows from it."""
    return de_medida(avance) if avance.programada else NP


def de_esperado(esperado: Medida, avance: Medida) -> Valor:
    """The avance esperado of something with this avance; "N/P" also where a target of 0 gives none."""
    return de_medida(esperado) if avance.programada and esperado.programada else NP


def de_semaforo(ritmo: Medida, semaforo: Semaforo) -> Valor:
    """The colour of a ritmo, or its error value."""
    return INVALIDO if ritmo.motivo is Motivo.DATO_INVALIDO else semaforo.value


def de_critica(evaluada: EvaluacionAEI, parametros: Parametros, prioridad: Prioridad | None) -> Valor:
    """Whether an AEI is critical; "N/D" when it is not judged, unless its prioridad rules it out anyway."""
    vigiladas = parametros.prioridades_criticas
    if evaluada.critica:
        return CRITICA
    if vigiladas and prioridad not in vigiladas:
        return "NO CRÍTICA"
    if evaluada.logro.avance.motivo is Motivo.DATO_INVALIDO:
        return INVALIDO
    ritmo = evaluada.logro.ritmo
    return "NO CRÍTICA" if ritmo.valor is not None else de_medida(ritmo)


def de_estado(evaluada: EvaluacionAEI) -> Valor:
    """The state of an AEI, or the error value of its avance."""
    return INVALIDO if evaluada.logro.avance.motivo is Motivo.DATO_INVALIDO else evaluada.estado.value


@dataclass(frozen=True)
class Historia:
    """The plan evaluated at every período; ``actual`` is the one that the book shows."""

    plan: Plan
    actual: Periodo

    @cached_property
    def _evaluaciones(self) -> dict[Periodo, Evaluacion]:
        return {periodo: evaluar(self.plan, periodo) for periodo in self.plan.periodos}

    @cached_property
    def _por_codigo(self) -> dict[Periodo, dict[str, EvaluacionOEI | EvaluacionAEI]]:
        return {
            periodo: {e.oei.codigo: e for e in evaluacion.oeis} | {e.aei.codigo: e for e in evaluacion.aeis}
            for periodo, evaluacion in self._evaluaciones.items()
        }

    def en(self, periodo: Periodo) -> Evaluacion:
        """The whole plan at a período."""
        return self._evaluaciones[periodo]

    @property
    def hoy(self) -> Evaluacion:
        """The whole plan at the período that the book shows."""
        return self._evaluaciones[self.actual]

    def oei(self, codigo: str, periodo: Periodo | None = None) -> EvaluacionOEI:
        """An OEI at a período, the one shown unless told which."""
        evaluado = self._por_codigo[periodo or self.actual][codigo]
        assert isinstance(evaluado, EvaluacionOEI)
        return evaluado

    def aei(self, codigo: str, periodo: Periodo | None = None) -> EvaluacionAEI:
        """An AEI at a período, the one shown unless told which."""
        evaluada = self._por_codigo[periodo or self.actual][codigo]
        assert isinstance(evaluada, EvaluacionAEI)
        return evaluada

    def escritos(self, periodo: Periodo) -> int:
        """How many values obtained were typed for a período."""
        return sum(i.valor(periodo).valor is not None for i in self.plan.indicadores)

    def critica(self, codigo: str) -> Valor:
        """What the cell says about whether an AEI is critical at the período shown."""
        evaluada = self.aei(codigo)
        de_su_oei = next(o.oei.prioridad for o in self.hoy.oeis if evaluada in o.aeis)
        return de_critica(evaluada, self.plan.parametros, evaluada.aei.prioridad or de_su_oei)

    @cached_property
    def criticas(self) -> tuple[Valor, ...]:
        """What the cells say about whether each AEI is critical, in the order of the plan."""
        return tuple(self.critica(evaluada.aei.codigo) for evaluada in self.hoy.aeis)

    def nota(self, codigo: str) -> Valor:
        """The asterisk of an AEI at the período shown, a dash without one, or the error value of its avance."""
        evaluada = self.aei(codigo)
        return INVALIDO if evaluada.logro.avance.motivo is Motivo.DATO_INVALIDO else evaluada.nota or SIN_NOTA

    def logro(self, grupo: Grupo, periodo: Periodo | None = None) -> Logro:
        """What an OEI or AEI reached at a período, the one shown unless told which."""
        return self._por_codigo[periodo or self.actual][grupo.de.codigo].logro

    def indicador(self, grupo: Grupo, renglon: Renglon, periodo: Periodo | None = None) -> LogroIndicador:
        """What the indicator of a row reached at a período, the one shown unless told which."""
        return self.logro(grupo, periodo).indicadores[grupo.renglones.index(renglon)]

    def programado(self, renglon: Renglon) -> Valor:
        """The target of a row for the year shown, as its cell says it."""
        if renglon.indicador.sentido is Sentido.NO_DEFINIDO:
            return RANGO
        meta = renglon.indicador.meta(self.actual.anio)
        return meta.ilegible or (NP if meta.valor is None else meta.valor)

    def ejecutado(self, renglon: Renglon) -> Valor:
        """The value of the year of a row at the período shown."""
        semestres = [self.actual.primero, self.actual] if self.actual.cierra_anio else [self.actual]
        if any(renglon.indicador.valor(p).ilegible for p in semestres):
            return INVALIDO
        primero, segundo = (renglon.indicador.valor(p).valor for p in (self.actual.primero, self.actual))
        return de_medida(valor_al(self.actual, primero, segundo, renglon.indicador.agregacion))
