"""The template: the styles it must keep, how it is rebuilt, and what happens with another one."""

from __future__ import annotations

import io
import runpy
from pathlib import Path

import docx
import pytest

from tests.informes import RAIZ, abrir, parrafos, zed_ilo
from tests.libros import cambiar_parte
from zedxl.informe.documento import PLANTILLA, componer
from zedxl.informe.estilos import Estilo, PlantillaInvalida
from zedxl.informe.wordml import VALOR, W

ESTILOS = {
    "Normal", "Title", "Subtitle", "heading 1", "heading 2", "heading 3", "heading 4", "TOC Heading", "toc 1", "toc 2",
    "Body Text", "List Bullet", "List Number", "caption", "header", "footer", "Informe carátula", "Informe entidad",
    "Informe misión", "Informe cifra", "Informe rótulo de cifra", "Informe gráfico", "Informe cabecera de tabla",
    "Informe celda", "Informe celda centrada", "Informe celda número", "Informe nota", "Informe destacado",
    "Informe falta texto", "Informe verde", "Informe ámbar", "Informe rojo", "Informe gris", "Informe tabla",
    "Informe tabla de cifras",
}  # fmt: skip


def test_template_keeps_the_styles_that_institutions_restyle() -> None:
    nombres = {
        e.find(f"{W}name").get(VALOR) for e in docx.Document(str(PLANTILLA)).styles.element.iterfind(f"{W}style")
    }
    assert nombres >= ESTILOS
    assert {estilo.value for estilo in Estilo} == ESTILOS


def test_template_is_rebuilt_byte_for_byte() -> None:
    construir = runpy.run_path(str(RAIZ / "workbook" / "plantilla_informe.py"))["construir"]
    assert construir() == PLANTILLA.read_bytes()


def test_template_is_a4_in_peruvian_spanish_and_calibri() -> None:
    documento = docx.Document(str(PLANTILLA))
    seccion = documento.sections[0]
    assert (round(seccion.page_width.cm, 1), round(seccion.page_height.cm, 1)) == (21.0, 29.7)  # type: ignore[union-attr]
    defecto = documento.styles.element.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    assert defecto.find(f"{W}lang").get(VALOR) == "es-PE"
    assert defecto.find(f"{W}rFonts").get(f"{W}ascii") == "Calibri"


def otra_plantilla(carpeta: Path, viejo: str, nuevo: str) -> Path:
    """The template with one style renamed."""
    documento = docx.Document(str(PLANTILLA))
    for nombre in documento.styles.element.iter(f"{W}name"):
        if nombre.get(VALOR) == viejo:
            nombre.set(VALOR, nuevo)
    documento.save(str(carpeta / "plantilla_informe.docx"))
    return carpeta / "plantilla_informe.docx"


def test_missing_style_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlantillaInvalida, match="le faltan estilos: Informe nota"):
        componer(zed_ilo(), plantilla=otra_plantilla(tmp_path, "Informe nota", "Otra cosa"))


def test_style_ids_of_a_spanish_word_are_followed(tmp_path: Path) -> None:
    documento = docx.Document(str(PLANTILLA))
    for estilo in documento.styles.element.iterfind(f"{W}style"):
        if estilo.get(f"{W}styleId") == "Heading1":
            estilo.set(f"{W}styleId", "Ttulo1")
    ruta = tmp_path / "plantilla_informe.docx"
    documento.save(str(ruta))
    informe = abrir(componer(zed_ilo(), plantilla=ruta))
    assert "Resumen Ejecutivo" in parrafos(informe, "Heading 1")


def test_what_a_template_says_in_its_header_stays(tmp_path: Path) -> None:
    documento = docx.Document(str(PLANTILLA))
    documento.sections[0].header.paragraphs[0].text = "Gobierno Regional"
    ruta = tmp_path / "plantilla_informe.docx"
    documento.save(str(ruta))
    informe = abrir(componer(zed_ilo(), plantilla=ruta))
    assert informe.sections[0].header.paragraphs[0].text == "Gobierno Regional"


def test_file_that_is_no_template_is_refused(tmp_path: Path) -> None:
    ruta = tmp_path / "plantilla_informe.docx"
    ruta.write_text("esto no es Word", encoding="utf-8")
    with pytest.raises(PlantillaInvalida, match=r"plantilla_informe\.docx» no es un documento de Word"):
        componer(zed_ilo(), plantilla=ruta)


def test_embedded_workbooks_do_not_depend_on_the_clock() -> None:
    from zipfile import ZipFile

    with ZipFile(io.BytesIO(componer(zed_ilo()))) as paquete:
        libro = paquete.read("word/embeddings/datos_grafico1.xlsx")
    with ZipFile(io.BytesIO(libro)) as paquete:
        assert b"2000-01-01T00:00:00Z" in paquete.read("docProps/core.xml")


def test_template_is_of_a_current_word_in_spanish() -> None:
    documento = docx.Document(str(PLANTILLA))
    ajustes = documento.settings.element
    modo = ajustes.find(f"{W}compat/{W}compatSetting[@{W}name='compatibilityMode']")
    assert modo.get(VALOR) == "15"
    assert ajustes.find(f"{W}compat/{W}useFELayout") is None
    assert dict(ajustes.find(f"{W}themeFontLang").attrib) == {VALOR: "es-PE"}
    (app,) = (p.blob for p in documento.part.package.iter_parts() if p.partname == "/docProps/app.xml")
    assert b"<Application>Microsoft Office Word</Application>" in app
    assert b"TitlesOfParts" not in app


@pytest.mark.parametrize("parte", ["word/document.xml", "word/styles.xml", "word/numbering.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("contenido", [b"", b"<a><b></a>", b"<vacio/>"])
def test_damaged_template_is_refused(tmp_path: Path, parte: str, contenido: bytes) -> None:
    rota = cambiar_parte(PLANTILLA, tmp_path / "plantilla_informe.docx", parte, lambda _: contenido)
    with pytest.raises(PlantillaInvalida, match="plantilla"):
        componer(zed_ilo(), plantilla=rota)


def test_template_that_unpacks_to_far_too_much_is_refused(tmp_path: Path) -> None:
    enorme = cambiar_parte(
        PLANTILLA, tmp_path / "plantilla_informe.docx", "word/document.xml", lambda xml: xml + b" " * 60 * 2**20
    )
    with pytest.raises(PlantillaInvalida, match="plantilla"):
        componer(zed_ilo(), plantilla=enorme)
