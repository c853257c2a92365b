"""The texts that people write for the report: which it needs, and what stands in the place of a missing one."""

from __future__ import annotations

from collections.abc import Iterator

from zedxl.codigo import PLAN
from zedxl.evaluacion import Evaluacion
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.libro.hojas import NARRATIVA
from zedxl.narrativa import Seccion, buscar
from zedxl.vocabulario import Estado

_LO_QUE_FALTA = {
    Seccion.CARATULA: "Falta el texto de la carátula",
    Seccion.PRESENTACION: "Falta la presentación de la entidad",
    Seccion.RESUMEN: "Faltan los principales resultados",
    Seccion.CUMPLIMIENTO: "Falta el cumplimiento",
    Seccion.MISION: "Falta la misión institucional",
    Seccion.MEDIDAS: "Faltan las medidas recomendadas",
    Seccion.POLITICA: "Falta la política institucional",
    Seccion.ANALISIS: "Falta el análisis",
    Seccion.IMPLEMENTACION: "Falta el análisis",
    Seccion.CRITICAS: "Falta el análisis de las AEI críticas",
    Seccion.CONCLUSIONES: "Faltan las conclusiones y recomendaciones",
}


def necesarios(evaluacion: Evaluacion) -> Iterator[tuple[Seccion, str]]:
    """The texts without which the report has a gap: section and code, in the order of the report.

    An AEI that was not programmed needs no analysis, and the text on critical AEI is needed when there are some.
    """
    for seccion in (Seccion.CARATULA, Seccion.PRESENTACION, Seccion.RESUMEN):
        yield seccion, PLAN
    for oei in evaluacion.oeis:
        yield Seccion.CUMPLIMIENTO, oei.oei.codigo
    for seccion in (Seccion.MISION, Seccion.MEDIDAS, Seccion.POLITICA):
        yield seccion, PLAN
    for oei in evaluacion.oeis:
        yield Seccion.ANALISIS, oei.oei.codigo
    for aei in evaluacion.aeis:
        if aei.estado is not Estado.NO_PROGRAMADA:
            yield Seccion.IMPLEMENTACION, aei.aei.codigo
    if evaluacion.criticas:
        yield Seccion.CRITICAS, PLAN
    yield Seccion.CONCLUSIONES, PLAN


def texto(evaluacion: Evaluacion, seccion: Seccion, codigo: str) -> str:
    """The text for a place of the report, "" when nobody wrote it."""
    return buscar(evaluacion.plan.textos, seccion, codigo, evaluacion.periodo).strip()


def faltantes(evaluacion: Evaluacion) -> tuple[Hallazgo, ...]:
    """A warning for each needed text that nobody wrote."""
    return tuple(
        Hallazgo(
            Severidad.ADVERTENCIA, "sin-narrativa", NARRATIVA, "", codigo,
            f"{lo_que_falta(seccion, codigo)} ({evaluacion.periodo}).",
            f"Escríbalo en la hoja {NARRATIVA}, sección «{seccion}»; en el informe queda un espacio resaltado.",
        )
        for seccion, codigo in necesarios(evaluacion)
        if not texto(evaluacion, seccion, codigo)
    )  # fmt: skip


def lo_que_falta(seccion: Seccion, codigo: str) -> str:
    """What is missing, in words.

    >>> lo_que_falta(Seccion.IMPLEMENTACION, "AEI.01.02"), lo_que_falta(Seccion.MISION, "PEI")
    ('Falta el análisis de AEI.01.02', 'Falta la misión institucional')
    """
    return _LO_QUE_FALTA[seccion] if codigo == PLAN else f"{_LO_QUE_FALTA[seccion]} de {codigo}"
