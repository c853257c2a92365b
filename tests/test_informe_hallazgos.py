"""The annex "Hallazgos de la validación", written on request."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest

from tests.informes import abrir, informe_zed_ilo, tabla, zed_ilo
from tests.libros import LIBRO_ZED_ILO
from tests.test_cli import zedxl
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.informe.documento import componer

TITULO = "Anexo: Hallazgos de la validación"
HALLADOS = (
    Hallazgo(Severidad.ERROR, "x", "Plan", "B2", "AEI.01.01", "Dice «dos» & tres.", "Corríjalo."),
    Hallazgo(Severidad.NOTA, "y", "", "", "PEI", "Algo.", ""),
)


def titulos(contenido: bytes) -> list[str]:
    return [p.text for p in abrir(contenido).paragraphs if p.style and p.style.name == "Heading 1"]


def test_the_findings_stand_in_the_last_annex() -> None:
    con = componer(zed_ilo(), hallazgos=HALLADOS)
    assert titulos(con) == [*titulos(informe_zed_ilo()), TITULO]
    assert tabla(abrir(con), "Hallazgos de la validación") == [
        ["Severidad", "Celda", "Código", "Qué se encontró", "Qué hacer"],
        ["Error", "Plan!B2", "AEI.01.01", "Dice «dos» & tres.", "Corríjalo."],
        ["Nota", "", "PEI", "Algo.", ""],
    ]


def test_a_book_without_findings_has_an_annex_that_says_so() -> None:
    texto = [p.text for p in abrir(componer(zed_ilo(), hallazgos=())).paragraphs]
    assert texto[-1] == "La validación del libro no encontró nada que corregir."


@pytest.mark.parametrize("pedido", [False, True])
def test_the_command_line_writes_it_when_it_is_asked_to(tmp_path: Path, pedido: bool) -> None:
    libro = shutil.copy(LIBRO_ZED_ILO, tmp_path / "plan.xlsm")
    salida = zedxl("informe", libro, "--salida", tmp_path / "i.docx", *(["--con-hallazgos"] if pedido else []))
    assert salida.returncode == 0
    textos = [p.text for p in docx.Document(str(tmp_path / "i.docx")).paragraphs]
    assert (TITULO in textos) is pedido
