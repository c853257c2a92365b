"""What rules share: a finding at a cell, and the ways through a plan and its evaluation."""

from __future__ import annotations

from collections.abc import Iterator

from zedxl.evaluacion import Evaluacion
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.logro import LogroIndicador
from zedxl.plan import AEI, OEI, Celda, Plan


def aviso(
    regla: str,
    celda: Celda | None,
    codigo: str,
    mensaje: str,
    sugerencia: str,
    severidad: Severidad = Severidad.ADVERTENCIA,
) -> Hallazgo:
    """A finding, in a cell where it has one."""
    hoja, referencia = (celda.hoja, celda.referencia) if celda else ("", "")
    return Hallazgo(severidad, regla, hoja, referencia, codigo, mensaje, sugerencia)


def elementos(plan: Plan) -> Iterator[OEI | AEI]:
    """Each OEI, followed by its AEI."""
    for oei in plan.oeis:
        yield oei
        yield from oei.aeis


def medidos(evaluacion: Evaluacion) -> Iterator[tuple[str, LogroIndicador]]:
    """Each indicator of the plan, after the code of its OEI or AEI."""
    for oei in evaluacion.oeis:
        yield from ((oei.oei.codigo, logro) for logro in oei.logro.indicadores)
        for aei in oei.aeis:
            yield from ((aei.aei.codigo, logro) for logro in aei.logro.indicadores)
