"""The PDF, made by a real LibreOffice: tagged, titled, with the true page numbers in the contents."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest

from tests.informes import abrir, con_textos, informe_zed_ilo, parrafos, zed_ilo
from tests.planes import I_2025, aei, indicador, oei, plan
from zedxl.evaluacion import Evaluacion, evaluar
from zedxl.informe import pdf
from zedxl.informe.documento import componer
from zedxl.informe.entrega import entregar
from zedxl.informe.idioma import fin
from zedxl.informe.wordml import W
from zedxl.plan import Plan


def hace_falta_libreoffice() -> None:
    if pdf.buscar_libreoffice() is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs LibreOffice Writer (apt install libreoffice-writer-nogui)")
        pytest.skip("LibreOffice Writer is not installed (apt install libreoffice-writer-nogui)")


@pytest.fixture(scope="module")
def escrito(tmp_path_factory: pytest.TempPathFactory) -> Path:
    hace_falta_libreoffice()
    carpeta = tmp_path_factory.mktemp("informe")
    entrega = entregar(zed_ilo(), carpeta / "i.docx", con_pdf=True)
    assert (entrega.pdf, entrega.sin_pdf) == (carpeta / "i.pdf", "")
    return carpeta


def numeros_del_contenido(docx: bytes) -> list[int]:
    return [int(texto.rsplit("\t", 1)[1]) for texto in parrafos(abrir(docx), "toc 1", "toc 2")]


def paginas_listadas(docx: bytes, paginas: list[int]) -> list[int]:
    """Of the pages of all headings, those of the two levels in the contents."""
    titulos = [p for p in abrir(docx).paragraphs if p._p.find(f"{W}bookmarkStart") is not None]
    niveles = [int(p.style.name[-1]) for p in titulos if p.style is not None and p.style.name]
    return [pagina for nivel, pagina in zip(niveles, paginas, strict=True) if nivel <= 2]


def test_pdf_is_tagged_accessible_and_titled(escrito: Path) -> None:
    with pikepdf.open(escrito / "i.pdf") as documento:
        assert documento.Root.MarkInfo.Marked
        assert str(documento.Root.Lang) == "es-PE"
        assert documento.Root.ViewerPreferences.DisplayDocTitle
        assert str(documento.docinfo["/Title"]) == "Informe de Evaluación Semestre 2025-I"
        assert str(documento.docinfo["/CreationDate"]) == "D:20250630000000Z"
        with documento.open_metadata() as metadatos:
            assert metadatos["pdfuaid:part"] == "1"


def test_contents_as_printed_end_in_their_page_numbers(escrito: Path) -> None:
    """As a reader sees them: a number in the file is not yet a number on the page."""
    if shutil.which("pdftotext") is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs pdftotext (apt install poppler-utils)")
        pytest.skip("pdftotext is not installed (apt install poppler-utils)")
    orden = ["pdftotext", "-layout", "-f", "2", "-l", "2", str(escrito / "i.pdf"), "-"]
    pagina = subprocess.run(orden, capture_output=True, encoding="utf-8", check=True).stdout
    impresos = [int(n) for n in re.findall(r"\.{3,}\s*(\d+)$", pagina, re.MULTILINE)]
    assert impresos == numeros_del_contenido((escrito / "i.docx").read_bytes())


def test_contents_show_the_true_pages(escrito: Path) -> None:
    docx = (escrito / "i.docx").read_bytes()
    reales = list(pdf.paginas_de_titulos((escrito / "i.pdf").read_bytes()))
    assert numeros_del_contenido(docx) == paginas_listadas(docx, reales)


def test_estimated_pages_of_the_shipped_report_are_exact(escrito: Path) -> None:
    assert informe_zed_ilo() == (escrito / "i.docx").read_bytes()


def test_same_document_gives_the_same_pdf(escrito: Path) -> None:
    otra_vez = pdf.convertir((escrito / "i.docx").read_bytes(), fin(I_2025))
    assert otra_vez == (escrito / "i.pdf").read_bytes()


def test_nothing_else_is_left_behind(escrito: Path) -> None:
    assert sorted(ruta.name for ruta in escrito.iterdir()) == ["i.docx", "i.pdf"]


PLANES = {
    "sin AEI": plan(oei("OEI.01", indicadores=(indicador(3, 1),))),
    "todo crítico": plan(oei("OEI.01", aei("AEI.01.01", indicador(10, 1)), aei("AEI.01.02", indicador(10, 2)))),
    "textos largos": con_textos(plan(oei("OEI.01", aei("AEI.01.01", indicador(4, 1)))), "palabra " * 1500),
    "18 AEI": con_textos(
        plan(
            *(
                oei(
                    f"OEI.0{n}",
                    *(aei(f"AEI.0{n}.0{m}", indicador(10, m, nombre="Acciones " * 9 * m)) for m in range(1, 7)),
                )
                for n in (1, 2, 3)
            )
        ),
        "- Una viñeta " + "muy larga " * 20 + "\n1) uno\n2) dos\nUn párrafo.",
    ),
}


@pytest.mark.parametrize("cual", PLANES.values(), ids=PLANES.keys())
def test_estimated_pages_are_within_one(cual: Plan) -> None:
    hace_falta_libreoffice()
    evaluacion: Evaluacion = evaluar(cual, I_2025)
    docx = componer(evaluacion)
    reales = list(pdf.paginas_de_titulos(pdf.convertir(docx, fin(I_2025))))
    pares = zip(numeros_del_contenido(docx), paginas_listadas(docx, reales), strict=True)
    assert max(abs(estimada - real) for estimada, real in pares) <= 1


def test_without_a_converter_the_word_document_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "buscar_libreoffice", lambda: None)
    entrega = entregar(zed_ilo(), tmp_path / "i.docx", con_pdf=True)
    assert "Instale LibreOffice" in entrega.sin_pdf
    assert [ruta.name for ruta in tmp_path.iterdir()] == ["i.docx"]


def test_converter_that_fails_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    roto = tmp_path / "soffice"
    roto.write_text("#!/bin/sh\necho 'no hay memoria' >&2\n", encoding="utf-8")
    roto.chmod(0o755)
    monkeypatch.setattr(pdf, "buscar_libreoffice", lambda: roto)
    with pytest.raises(pdf.ConversionFallida, match="no hay memoria"):
        pdf.convertir(informe_zed_ilo(), fin(I_2025))


def test_libreoffice_is_found_where_windows_installs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programa = tmp_path / "LibreOffice" / "program" / "soffice.com"
    programa.parent.mkdir(parents=True)
    programa.touch()
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("ProgramFiles", str(tmp_path))
    assert pdf.buscar_libreoffice() == programa
