"""resumen: the evaluation as JSON (SPEC 6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zedxl.evaluacion import Evaluacion, EvaluacionAEI, EvaluacionOEI
from zedxl.numero import con_decimales
from zedxl.trayectoria import puntaje_reportado


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


def como_json(evaluacion: Evaluacion, con_historia: bool = False) -> dict[str, Any]:
    """The whole evaluation as ``resumen --json`` prints it, with all its períodos if asked."""
    plan = evaluacion.plan
    historia = {"historia": [_en_la_historia(e) for e in evaluacion.historia]} if con_historia else {}
    return {
        "entidad": plan.entidad.nombre_corto,
        "pei": plan.entidad.pei,
        "periodo": str(evaluacion.periodo),
        "avance_pei": evaluacion.conjunto.puntaje.valor,
        "cobertura": evaluacion.conjunto.cobertura.valor,
        "oei": [fila_oei(oei) for oei in evaluacion.oeis],
        "aei": [fila_aei(aei, oei.oei.codigo) for oei in evaluacion.oeis for aei in oei.aeis],
        "criticas": [aei.aei.codigo for aei in evaluacion.criticas],
        **historia,
    }


def _en_la_historia(evaluacion: Evaluacion) -> dict[str, Any]:
    """A período of the history; None where nothing was programmed or reported."""
    return {
        "periodo": str(evaluacion.periodo),
        "avance_pei": puntaje_reportado(evaluacion.conjunto).valor,
        "oei": [{"codigo": o.oei.codigo, "puntaje": puntaje_reportado(o.conjunto).valor} for o in evaluacion.oeis],
        "aei": [{"codigo": a.aei.codigo, "avance": a.logro.avance.valor} for a in evaluacion.aeis],
    }


def en_breve(resumen: Mapping[str, Any]) -> str:
    """The scores and the critical AEI of what `como_json` gives, in a few Spanish lines for a dialog."""
    lineas = [", ".join(filter(None, (resumen["pei"] and f"PEI {resumen['pei']}", resumen["periodo"]))), ""]
    lineas += [f"{oei['codigo']}: {con_decimales(oei['puntaje'])}" for oei in resumen["oei"]]
    lineas.append(f"Puntaje del PEI: {con_decimales(resumen['avance_pei'])}")
    lineas.append(f"Cobertura: {con_decimales(resumen['cobertura'])}")
    criticas = ", ".join(resumen["criticas"])
    lineas += ["", f"AEI críticas: {criticas}." if criticas else "Ninguna AEI crítica."]
    return "\n".join(lineas)
