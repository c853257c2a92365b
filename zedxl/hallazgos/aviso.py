"""What rules share: a finding at a cell, and the way through a plan."""

from __future__ import annotations

from collections.abc import Iterator

from zedxl.hallazgo import Hallazgo, Severidad
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
