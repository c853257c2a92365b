"""The sentences about the OEI, each composed from the Evaluación and from nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from zedxl.codigo import corto
from zedxl.evaluacion import Evaluacion, EvaluacionOEI
from zedxl.informe.frases import cobertura
from zedxl.informe.idioma import en_palabras, lista, porcentaje, una_linea
from zedxl.medida import alcanza
from zedxl.periodo import Periodo
from zedxl.vocabulario import Frecuencia, Prioridad


def objetivos(evaluacion: Evaluacion) -> str:
    """How many OEI reached the target of their own indicator, which have no avance and which wait for the year end."""
    return " ".join(
        filter(
            None,
            (
                _objetivos_cumplidos(evaluacion),
                _objetivos_sin_avance(evaluacion.oeis),
                _objetivos_anuales(evaluacion),
            ),
        )
    )


def objetivos_en_breve(evaluacion: Evaluacion) -> str:
    """How many OEI reached the target of their own indicator; "" when none has an avance."""
    avances = [o.logro.avance.valor for o in evaluacion.oeis if o.logro.avance.valor is not None]
    if not avances:
        return ""
    cumplidos, total = sum(alcanza(avance, 100) for avance in avances), len(evaluacion.oeis)
    if total == 1:
        return f"El indicador propio del OEI {'alcanzó' if cumplidos else 'no alcanzó'} la meta del año."
    if not cumplidos:
        return f"El indicador propio no alcanzó la meta del año en ninguno de los {en_palabras(total)} OEI."
    cuantos = "uno" if cumplidos == 1 else en_palabras(cumplidos)
    return f"El indicador propio alcanzó la meta del año en {cuantos} de los {en_palabras(total)} OEI."


def _objetivos_cumplidos(evaluacion: Evaluacion) -> str:
    oeis = [o for o in evaluacion.oeis if o.logro.avance.valor is not None]
    cumplidos = [o for o in oeis if alcanza(o.logro.avance.valor or 0.0, 100)]
    if not oeis:
        return ""
    if len(evaluacion.oeis) == 1:
        return f"El único OEI {'alcanzó' if cumplidos else 'no alcanzó'} la meta del año de su propio indicador."
    total = en_palabras(len(evaluacion.oeis))
    if not cumplidos:
        return f"De los {total} OEI, ninguno alcanzó la meta del año de su propio indicador."
    cuantos = "uno alcanzó" if len(cumplidos) == 1 else f"{en_palabras(len(cumplidos))} alcanzaron"
    nombres = lista([corto(o.oei.codigo) for o in cumplidos])
    return f"De los {total} OEI, {cuantos} la meta del año de su propio indicador ({nombres})."


def _objetivos_sin_avance(oeis: Sequence[EvaluacionOEI]) -> str:
    sin_avance = [f"el {corto(o.oei.codigo)} ({o.logro.avance.motivo})" for o in oeis if o.logro.avance.valor is None]
    return f"No hay un avance disponible para {lista(sin_avance)}." if sin_avance else ""


def _objetivos_anuales(evaluacion: Evaluacion) -> str:
    anuales = [o for o in evaluacion.oeis if _espera_al_cierre(o, evaluacion.periodo)]
    if not anuales:
        return ""
    nombres, anio = lista([f"del {corto(o.oei.codigo)}" for o in anuales]), evaluacion.periodo.anio
    if sum(len(o.logro.indicadores) for o in anuales) > 1:
        return (
            f"Los indicadores {nombres} se miden una vez al año, por lo que sus resultados se conocerán al cierre "
            f"de {anio}."
        )
    return f"El indicador {nombres} se mide una vez al año, por lo que su resultado se conocerá al cierre de {anio}."


def indicador_de(evaluado: EvaluacionOEI, periodo: Periodo) -> str:
    """What the own indicator of an OEI reached."""
    nombre, avance = corto(evaluado.oei.codigo), evaluado.logro.avance
    cuantos = len(evaluado.logro.indicadores)
    if not cuantos:
        return f"El {nombre} no tiene indicador propio."
    sujeto = (
        f"El indicador del {nombre}"
        if cuantos == 1
        else f"El promedio de los {en_palabras(cuantos)} indicadores del {nombre}"
    )
    if avance.valor is None:
        return f"{sujeto} no tiene un avance disponible (N/D: {avance.motivo})."
    anual = ", de medición anual," if _espera_al_cierre(evaluado, periodo) else ""
    return f"{sujeto}{anual} registra un avance de {porcentaje(avance)} respecto de la meta de {periodo.anio}."


def suma_ponderada(evaluado: EvaluacionOEI, periodo: Periodo) -> str:
    """The score of the AEI of an OEI."""
    total = evaluado.conjunto.puntaje
    if not evaluado.aeis:
        return f"El {corto(evaluado.oei.codigo)} no tiene AEI, por lo que no le corresponde un puntaje."
    if total.valor is None:
        return f"La suma ponderada de los avances de sus AEI no está disponible (N/D: {total.motivo})."
    sujeto = (
        f"La suma ponderada de los avances de sus {en_palabras(len(evaluado.aeis))} AEI"
        if len(evaluado.aeis) > 1
        else "El avance de su única AEI"
    )
    return f"{sujeto} es de {porcentaje(total)} en {periodo.anio}. {cobertura(evaluado.conjunto.cobertura)}"


def prioridades(oeis: Sequence[EvaluacionOEI]) -> str:
    """The priority that the plan gives to each OEI, the highest first; "" when it gives none."""
    grupos: list[str] = []
    for prioridad in Prioridad:
        iguales = [o.oei for o in oeis if o.oei.prioridad is prioridad]
        if iguales:
            nombres = lista([f"el {corto(o.codigo)} («{una_linea(o.denominacion).rstrip('.')}»)" for o in iguales])
            verbo = "" if grupos else "tienen " if len(iguales) > 1 else "tiene "
            grupos.append(f"{verbo}prioridad {prioridad.value.lower()}{',' if grupos else ''} {nombres}")
    return f"En la ruta estratégica del PEI {'; '.join(grupos)}." if grupos else ""


def _espera_al_cierre(evaluado: EvaluacionOEI, periodo: Periodo) -> bool:
    logro = evaluado.logro
    return bool(logro.indicadores) and logro.frecuencia is Frecuencia.ANUAL and not periodo.cierra_anio
