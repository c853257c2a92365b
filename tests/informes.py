"""Reports read back, for tests."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import docx
from docx.document import Document

from zedxl.evaluacion import Evaluacion, evaluar
from zedxl.informe.documento import componer
from zedxl.informe.wordml import VALOR, Elemento, W
from zedxl.libro.fuentes import leer
from zedxl.narrativa import Seccion, Texto
from zedxl.periodo import Periodo
from zedxl.plan import Plan

RAIZ = Path(__file__).parents[1]
I_2025, II_2025 = Periodo(2025, 1), Periodo(2025, 2)


@lru_cache
def zed_ilo(periodo: Periodo = I_2025) -> Evaluacion:
    """The plan that zedxl ships with."""
    return evaluar(leer(RAIZ / "workbook" / "fuentes"), periodo)


@lru_cache
def informe_zed_ilo() -> bytes:
    """Its report for 2025-I."""
    return componer(zed_ilo())


def informe_de(plan: Plan, periodo: Periodo = I_2025) -> Document:
    """The report of a plan."""
    return abrir(componer(evaluar(plan, periodo)))


def abrir(contenido: bytes) -> Document:
    """A report as python-docx reads it."""
    return docx.Document(io.BytesIO(contenido))


def con_textos(plan: Plan, texto: str) -> Plan:
    """The plan with the same text for every section and code."""
    codigos = ["PEI", *(o.codigo for o in plan.oeis), *(a.codigo for a in plan.aeis)]
    return replace(plan, textos=tuple(Texto(codigo, seccion, texto) for codigo in codigos for seccion in Seccion))


def tabla(documento: Document, titulo: str) -> list[list[str]]:
    """The rows of the table with this title, each the texts of its cells; merged cells count once a row."""
    (elemento,) = (
        t for t in documento.element.body.iter(f"{W}tbl") if t.find(f"{W}tblPr/{W}tblCaption").get(VALOR) == titulo
    )
    return [[_texto(celda) for celda in fila.iterfind(f"{W}tc")] for fila in elemento.iterfind(f"{W}tr")]


def parrafos(documento: Document, *estilos: str) -> list[str]:
    """The texts of the paragraphs in these styles, or in any."""
    return [p.text for p in documento.paragraphs if not estilos or (p.style is not None and p.style.name in estilos)]


def _texto(elemento: Elemento) -> str:
    return "".join(t.text or "" for t in elemento.iter(f"{W}t"))
