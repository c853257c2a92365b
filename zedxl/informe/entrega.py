"""Delivering a report: composed, put in its place, with its PDF if asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zedxl.evaluacion import Evaluacion
from zedxl.hallazgo import Hallazgo
from zedxl.informe.documento import componer
from zedxl.informe.salida import comprobar, guardar
from zedxl.informe.textos import faltantes

PLANTILLA = "plantilla_informe.docx"
"""Name of the template; one beside the book goes before the one that comes with zedxl."""


@dataclass(frozen=True, slots=True)
class Entrega:
    """What was written: the report, its PDF, and the earlier ones that were kept under another name.

    ``avisos`` names the texts that the report lacks; ``sin_pdf`` says in Spanish why there is no PDF although one
    was asked for.
    """

    docx: Path
    pdf: Path | None
    anteriores: tuple[Path, ...]
    avisos: tuple[Hallazgo, ...]
    sin_pdf: str = ""


def entregar(
    evaluacion: Evaluacion,
    docx: Path,
    *,
    con_pdf: bool = False,
    plantilla: Path | None = None,
    hallazgos: Sequence[Hallazgo] | None = None,
) -> Entrega:
    """Write the report to ``docx``, and beside it its PDF if asked for; with ``hallazgos`` in an annex unless None.

    Raises `zedxl.informe.estilos.PlantillaInvalida`, and `zedxl.informe.salida.InformeNoEscrito` before any work is
    done where that can be known. Where nothing can make a PDF the Word document is written all the same.
    """
    rutas = [docx, docx.with_suffix(".pdf")] if con_pdf else [docx]
    for ruta in rutas:
        comprobar(ruta)
    contenidos, sin_pdf = [componer(evaluacion, plantilla=plantilla, hallazgos=hallazgos)], ""
    if con_pdf:
        from zedxl.informe.pdf import SinPDF, con_paginas_verdaderas

        try:
            contenidos = list(con_paginas_verdaderas(evaluacion, contenidos[0], plantilla, hallazgos))
        except SinPDF as error:
            sin_pdf = str(error)
    escritos = dict(zip(rutas, contenidos, strict=False))  # no PDF: the Word document alone
    anteriores = [guardar(contenido, ruta) for ruta, contenido in escritos.items()]
    return Entrega(
        docx=docx,
        pdf=rutas[1] if len(escritos) > 1 else None,
        anteriores=tuple(anterior for anterior in anteriores if anterior is not None),
        avisos=faltantes(evaluacion),
        sin_pdf=sin_pdf,
    )


def plantilla_junto_a(libro: Path) -> Path | None:
    """The template that the institution keeps beside its book, None without one."""
    plantilla = libro.absolute().parent / PLANTILLA
    return plantilla if plantilla.is_file() else None
