"""resumen: the evaluation as JSON (SPEC 6)."""

from __future__ import annotations

from typing import Any

from zedxl.evaluacion import Evaluacion, EvaluacionAEI, EvaluacionOEI


def fila_aei(evaluada: EvaluacionAEI, codigo_oei: str) -> dict[str, Any]:
    """One AEI with the keys of SPEC 6; what is not available is None."""
    logro = evaluada.logro
    return {
        "codigo": evaluada.aei.codigo,
        "oei": codigo_oei,
        "denominacion": evaluada.aei.denominacion,
        "indicador": logro.nombre,
        "unidad": logro.unidad,
        "programado": logro.programado.valor,
        "ejecutado": logro.ejecutado.valor,
        "avance": logro.avance.valor,
        "avance_sin_tope": logro.avance_sin_tope.valor,
        "esperado": logro.esperado.valor,
        "ritmo": logro.ritmo.valor,
        "semaforo_anual": evaluada.semaforo_anual.value,
        "semaforo_ritmo": evaluada.semaforo_ritmo.value,
        "nota": evaluada.nota,
        "critica": evaluada.critica,
        "estado": evaluada.estado.value,
        "proyeccion": logro.proyeccion.valor,
        "motivo": evaluada.motivo,
    }


def fila_oei(evaluado: EvaluacionOEI) -> dict[str, Any]:
    """One OEI with the keys of SPEC 6; what is not available is None."""
    logro = evaluado.logro
    return {
        "codigo": evaluado.oei.codigo,
        "denominacion": evaluado.oei.denominacion,
        "indicador": logro.nombre,
        "unidad": logro.unidad,
        "programado": logro.programado.valor,
        "ejecutado": logro.ejecutado.valor,
        "avance": logro.avance.valor,
        "puntaje": evaluado.conjunto.puntaje.valor,
        "cobertura": evaluado.conjunto.cobertura.valor,
        "prioridad": None if evaluado.oei.prioridad is None else evaluado.oei.prioridad.value,
    }


def como_json(evaluacion: Evaluacion) -> dict[str, Any]:
    """The whole evaluation as ``resumen --json`` prints it."""
    plan = evaluacion.plan
    return {
        "entidad": plan.entidad.nombre_corto,
        "pei": plan.entidad.pei,
        "periodo": str(evaluacion.periodo),
        "avance_pei": evaluacion.conjunto.puntaje.valor,
        "cobertura": evaluacion.conjunto.cobertura.valor,
        "oei": [fila_oei(oei) for oei in evaluacion.oeis],
        "aei": [fila_aei(aei, oei.oei.codigo) for oei in evaluacion.oeis for aei in oei.aeis],
        "criticas": [aei.aei.codigo for aei in evaluacion.criticas],
    }
