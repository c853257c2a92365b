"""Texts that the report needs and nobody has written yet."""

from __future__ import annotations

from collections.abc import Iterator

from zedxl.codigo import PLAN
from zedxl.evaluacion import Evaluacion
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.informe.textos import lo_que_falta, necesarios, texto
from zedxl.libro.hojas import NARRATIVA
from zedxl.narrativa import Seccion

_CODIGOS_A_LA_VISTA = 8


def faltante(evaluacion: Evaluacion) -> Iterator[Hallazgo]:
    """Narrative missing for a section of the report (SPEC 5): a finding for each section.

    A book without any text is told so once: it may not be for writing the report.
    """
    if not evaluacion.plan.textos:
        yield Hallazgo(
            Severidad.NOTA, "sin-narrativa", "", "", PLAN, "El libro no tiene ningún texto para el informe.",
            f"Si va a escribir el informe con zedxl, complete la hoja {NARRATIVA}.",
        )  # fmt: skip
        return
    por_seccion: dict[Seccion, list[str]] = {}
    for seccion, codigo in necesarios(evaluacion):
        if not texto(evaluacion, seccion, codigo):
            por_seccion.setdefault(seccion, []).append(codigo)
    for seccion, codigos in por_seccion.items():
        yield Hallazgo(
            Severidad.ADVERTENCIA, "sin-narrativa", NARRATIVA, "", codigos[0] if len(codigos) == 1 else "",
            f"{_que_falta(seccion, codigos)} ({evaluacion.periodo}).",
            f"Escríbalo en la hoja {NARRATIVA}, sección «{seccion}»; en el informe queda un espacio resaltado.",
        )  # fmt: skip


def _que_falta(seccion: Seccion, codigos: list[str]) -> str:
    if len(codigos) == 1:
        return lo_que_falta(seccion, codigos[0])
    vistos = ", ".join(codigos[:_CODIGOS_A_LA_VISTA])
    otros = len(codigos) - _CODIGOS_A_LA_VISTA
    return f"{lo_que_falta(seccion, PLAN)} de {vistos}{f' y {otros} más' if otros > 0 else ''}"
