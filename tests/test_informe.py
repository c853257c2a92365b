"""The report of the shipped plan: the published numbers in their places, order of chapters, bytes, parts."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from datetime import datetime

import openpyxl
import pytest
from lxml import etree

from tests.informes import II_2025, abrir, informe_zed_ilo, parrafos, tabla, zed_ilo
from zedxl.informe.documento import componer
from zedxl.informe.wordml import VALOR, W

# From the matrix of the report that the institution published for 2025-I: code, Progr, Ejecut, Acum.
PUBLICADO = [
    ("OEI 1.", "2", "3", "100.00"),
    ("AEI 1.1.", "3", "2", "66.67*"),
    ("AEI 1.2.", "1", "3", "100.00"),
    ("AEI 1.3.", "3", "3", "100.00"),
    ("OEI 2.", "5", "0", "0.00"),
    ("AEI 2.1.", "25", "100", "100.00"),
    ("AEI 2.2.", "3", "2", "66.67*"),
    ("AEI 2.3.", "50", "67", "100.00"),
    ("AEI 2.4.", "3", "9", "100.00"),
    ("OEI 3.", "85", "0", "0.00"),
    ("AEI 3.1.", "16", "8", "50.00*"),
    ("AEI 3.2.", "2", "2", "100.00"),
    ("AEI 3.3.", "2", "3", "100.00"),
]

ESQUEMA = """
1 Resumen Ejecutivo
1 1. Cumplimiento de Objetivos Estratégicos Institucionales
2 Objetivo Estratégico Institucional 1: Promover fortalecimiento de capacidades logísticas en la región Moquegua.
2 Objetivo Estratégico Institucional 2: Incrementar operaciones de los usuarios en ZED Ilo.
2 Objetivo Estratégico Institucional 3: Fortalecer capacidades institucionales para brindar servicio continuo de calidad.
1 Orientaciones Centrales del Plan Estratégico Institucional ZED ILO 2024-2026
1 2. Cumplimiento de Acciones Estratégicas Institucionales
1 3. Medidas Recomendadas
1 4. Prioridades de la Política Institucional
2 Agentes y Servicios por Objetivos y Acciones Estratégicos
1 5. Análisis de Resultados de los Objetivos Estratégicos Institucionales
2 Objetivo Estratégico Institucional 1: Promover fortalecimiento de capacidades logísticas en la región Moquegua.
2 Objetivo Estratégico Institucional 2: Incrementar operaciones de los usuarios en ZED Ilo.
2 Objetivo Estratégico Institucional 3: Fortalecer capacidades institucionales para brindar servicio continuo de calidad.
1 6. Análisis de Implementación de las Acciones Estratégicas Institucionales
2 6.1. Avance en la implementación de las AEI
3 Objetivo Estratégico 01
4 Acción Estratégica 1.1
4 Acción Estratégica 1.2
4 Acción Estratégica 1.3
3 Objetivo Estratégico 02
4 Acción Estratégica 2.1
4 Acción Estratégica 2.2
4 Acción Estratégica 2.3
4 Acción Estratégica 2.4
3 Objetivo Estratégico 03
4 Acción Estratégica 3.1
4 Acción Estratégica 3.2
4 Acción Estratégica 3.3
2 6.2. Identificación de las AEI críticas
2 6.3. Conclusiones y Recomendaciones
1 Anexo: Reporte de Seguimiento Semestral 2025-I del Plan Estratégico Institucional
1 Anexo: De dónde sale cada número
""".strip().splitlines()


def test_matrix_shows_what_was_published() -> None:
    filas = tabla(abrir(informe_zed_ilo()), "Avance de cada OEI y AEI")[1:]
    leidas = [(progr[0], progr[4], ejecut[4], progr[5]) for progr, ejecut in zip(filas[::2], filas[1::2], strict=True)]
    assert leidas == PUBLICADO
    assert all(
        progr[3] == "Progr" and ejecut[3] == "Ejecut" for progr, ejecut in zip(filas[::2], filas[1::2], strict=True)
    )


def test_scores_stand_in_sections_1_5_and_6() -> None:
    documento = abrir(informe_zed_ilo())
    cumplimiento = tabla(documento, "Avance y puntaje por OEI")
    assert [fila[-2] for fila in cumplimiento[1:]] == ["88.89", "91.67", "83.33", "88.33"]
    for numero, puntaje in (("1", "88.89"), ("2", "91.67"), ("3", "83.33")):
        assert tabla(documento, f"Resultado del OEI {numero}")[-1][-1] == puntaje
        assert tabla(documento, f"Avance y puntaje del OEI {numero}")[-1][-1] == puntaje


def test_summary_shows_the_main_numbers() -> None:
    documento = abrir(informe_zed_ilo())
    assert tabla(documento, "Cifras principales")[1] == ["88.33%", "7 de 10", "0", "100.00%"]
    dichas = " ".join(parrafos(documento, "Body Text"))
    assert "El avance físico de las AEI es de 88.33% de lo programado para el año 2025" in dichas
    assert "un nivel alto de implementación" in dichas
    assert "De las diez AEI, siete alcanzaron su meta del año y tres están en proceso." in dichas
    assert "no se identificó ninguna AEI crítica" in dichas


def test_annex_has_each_indicator_below_its_action() -> None:
    filas = tabla(abrir(informe_zed_ilo()), "Reporte de seguimiento")
    # reconciled annex: línea base N/D of 2022, targets 2, 3, 3, value 2
    accion = next(n for n, fila in enumerate(filas) if fila[0] == "AEI.01.01")
    assert filas[accion][5:] == ["N/D", "2022", "2", "3", "3", "2", "66.67"]
    assert filas[accion + 1][0] == "IND.01.01.01"
    # its targets of 2024 and 2026 are in no source
    assert next(fila for fila in filas if fila[0] == "AEI.01.03")[7:10] == ["N/D", "3", "N/D"]


def test_notes_say_which_asterisk_is_meant() -> None:
    notas = parrafos(abrir(informe_zed_ilo()), "Informe nota")
    assert any(n.startswith("* La acción cumple lo previsto para el semestre") for n in notas)
    assert any("sin el asterisco de la Tabla 2" in n for n in notas)


def test_order_of_chapters() -> None:
    documento = abrir(informe_zed_ilo())
    esquema = [
        f"{p.style.name[-1]} {p.text}"
        for p in documento.paragraphs
        if p.style is not None and (p.style.name or "").startswith("Heading")
    ]
    assert esquema == ESQUEMA


def test_annual_report_is_called_annual() -> None:
    documento = abrir(componer(zed_ilo(II_2025)))
    assert parrafos(documento, "Title") == ["Informe de Evaluación Anual 2025"]
    assert "Anexo: Reporte de Seguimiento Anual 2025 del Plan Estratégico Institucional" in parrafos(documento)


def test_same_input_gives_the_same_bytes() -> None:
    assert componer(zed_ilo()) == informe_zed_ilo()


def test_what_introduces_the_mission_stays_with_it() -> None:
    (rotulo,) = (p for p in abrir(informe_zed_ilo()).paragraphs if p.text == "Misión institucional")
    assert rotulo.paragraph_format.keep_with_next


def test_document_properties() -> None:
    propiedades = abrir(informe_zed_ilo()).core_properties
    assert (propiedades.title, propiedades.author) == ("Informe de Evaluación Semestre 2025-I", "ZED ILO")
    assert propiedades.language == "es-PE"
    assert propiedades.created is not None
    assert propiedades.created.replace(tzinfo=None) == datetime(2025, 6, 30)


@pytest.fixture(scope="module")
def paquete() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(informe_zed_ilo()))


def test_every_part_is_well_formed_and_word_asks_nothing(paquete: zipfile.ZipFile) -> None:
    xml = [nombre for nombre in paquete.namelist() if nombre.endswith((".xml", ".rels"))]
    for nombre in xml:
        etree.fromstring(paquete.read(nombre))
    assert b"updateFields" not in paquete.read("word/settings.xml")
    assert b"w:dirty" not in paquete.read("word/document.xml")


def test_ids_are_unique(paquete: zipfile.ZipFile) -> None:
    raiz = etree.fromstring(paquete.read("word/document.xml"))
    marcadores = Counter(m.get(f"{W}id") for m in raiz.iter(f"{W}bookmarkStart"))
    dibujos = Counter(d.get("id") for d in raiz.iter("{*}docPr"))
    assert max(marcadores.values()) == max(dibujos.values()) == 1


def test_fields_are_balanced(paquete: zipfile.ZipFile) -> None:
    raiz = etree.fromstring(paquete.read("word/document.xml"))
    tipos = Counter(f.get(f"{W}fldCharType") for f in raiz.iter(f"{W}fldChar"))
    assert tipos["begin"] == tipos["separate"] == tipos["end"]


def test_charts_are_native_described_and_carry_their_workbook(paquete: zipfile.ZipFile) -> None:
    raiz = etree.fromstring(paquete.read("word/document.xml"))
    descripciones = [d.get("descr", "") for d in raiz.iter("{*}docPr")]
    assert "OEI 1: avance 100.00%, puntaje 88.89%" in descripciones[0]
    assert "AEI 1.1: 66.67%, verde" in descripciones[1]
    for numero in (1, 2):
        grafico = paquete.read(f"word/charts/chart{numero}.xml")
        assert b"externalData" in grafico
        relacion = paquete.read(f"word/charts/_rels/chart{numero}.xml.rels").decode()
        assert f"datos_grafico{numero}.xlsx" in relacion
    libro = openpyxl.load_workbook(io.BytesIO(paquete.read("word/embeddings/datos_grafico1.xlsx")))
    filas = [[celda.value for celda in fila] for fila in libro["Datos"].iter_rows()]
    assert filas[0] == [None, "Avance del indicador del OEI", "Puntaje de sus AEI"]
    assert filas[2][:2] == ["OEI 2", 0]
    assert filas[2][2] == pytest.approx(91.6667, abs=1e-4)  # (100 + 66.67 + 100 + 100) / 4


def test_evolution_is_drawn_once_two_periods_have_values() -> None:
    descripciones = [d.get("descr") for d in abrir(informe_zed_ilo()).element.body.iter("{*}docPr")]
    assert not any("por período" in d for d in descripciones)


def test_header_rows_repeat_and_rows_do_not_split() -> None:
    for elemento in abrir(informe_zed_ilo()).element.body.iter(f"{W}tbl"):
        filas = elemento.findall(f"{W}tr")
        assert filas[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(fila.find(f"{W}trPr/{W}cantSplit") is not None for fila in filas)


def test_annexes_lie_on_their_side_with_the_same_footer() -> None:
    secciones = abrir(informe_zed_ilo()).sections
    assert [s.page_width < s.page_height for s in secciones if s.page_width and s.page_height] == [True, False]
    assert all("NUMPAGES" in etree.tostring(s.footer._element).decode() for s in secciones)
    assert secciones[0].header.paragraphs[0].text == "ZED ILO · Informe de Evaluación Semestre 2025-I"


def test_captions_are_numbered_by_fields() -> None:
    documento = abrir(informe_zed_ilo())
    leyendas = parrafos(documento, "Caption")
    assert [texto.split(".")[0] for texto in leyendas] == [
        "Tabla 1", "Gráfico 1", "Tabla 2", "Gráfico 2", "Tabla 3", "Tabla 4", "Tabla 5", "Tabla 6",
    ]  # fmt: skip
    instrucciones = [i.text.split() for i in documento.element.body.iter(f"{W}instrText")]
    assert Counter(i[1] for i in instrucciones if i[0] == "SEQ") == {"Tabla": 6, "Gráfico": 2}


def test_every_style_is_one_of_the_template() -> None:
    documento = abrir(informe_zed_ilo())
    propios = {estilo.style_id for estilo in documento.styles}
    usados = {e.get(VALOR) for e in documento.element.body.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")}
    assert usados <= propios
