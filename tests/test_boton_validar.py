"""The button «Validar»: what it writes to sheet Validación of the live book, with links, and never twice."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.ediciones import TITULOS, fila, plan_chico
from tests.excel_doble import LibroDoble
from tests.libros import LIBRO_ZED_ILO, escribir_libro
from zedxl.excel.botones import responder
from zedxl.excel.pulsacion import Icono, Pulsacion, Respuesta
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.libro.hoja import leer_hojas
from zedxl.libro.hoja_de_hallazgos import anotados
from zedxl.libro.lectura import leer_libro


def pulsar(excel: LibroDoble) -> Respuesta:
    return responder("validar", Pulsacion(excel.vivo))


def teclear(excel: LibroDoble, **celdas: Any) -> None:
    """What a person types into sheet Seguimiento."""
    for lugar, valor in celdas.items():
        excel.hoja("Seguimiento").Range(lugar).Value2 = valor


def hoja_de(excel: LibroDoble, nombre: str = "Validación") -> Any:
    """The sheet as it is saved, by another hand."""
    ahora = excel._ruta.with_name(f"ahora{excel._ruta.suffix}")
    excel.SaveCopyAs(str(ahora))
    return openpyxl.load_workbook(ahora)[nombre]


def escritas(hoja: Any, desde: int) -> list[tuple[Any, ...]]:
    """Severity, rule and cell of each row, and where it leads."""
    return [
        (*(celda.value for celda in celdas[:3]), celdas[2].hyperlink.location if celdas[2].hyperlink else None)
        for celdas in hoja.iter_rows(min_row=desde)
        if celdas[0].value
    ]


@pytest.fixture
def zed_ilo(tmp_path: Path) -> LibroDoble:
    return LibroDoble(Path(shutil.copy(LIBRO_ZED_ILO, tmp_path / "plan.xlsm")))


DEL_PLAN_PUBLICADO = [
    ("advertencia", "unidad-no-corresponde", "Seguimiento!G16", "'Seguimiento'!G16"),
    ("advertencia", "valor-desproporcionado", "Seguimiento!V11", "'Seguimiento'!V11"),
    ("advertencia", "anual-en-primer-semestre", "Seguimiento!V10", "'Seguimiento'!V10"),
    ("advertencia", "anual-en-primer-semestre", "Seguimiento!V15", "'Seguimiento'!V15"),
]


def test_the_findings_stand_in_the_table_of_the_shipped_book_with_a_link_to_each_cell(zed_ilo: LibroDoble) -> None:
    respuesta = pulsar(zed_ilo)
    assert respuesta.icono is Icono.AVISO
    assert respuesta.texto.startswith(
        "2025-I: 4 advertencias. Están en la hoja Validación, con un enlace a cada celda.\n\n• Seguimiento!G16 (AEI.03.01):"
    )
    assert escritas(hoja_de(zed_ilo), 13) == DEL_PLAN_PUBLICADO
    assert zed_ilo.hoja("Validación").ws.protection.sheet
    assert zed_ilo.ActiveSheet.Name == "Validación"


def test_pressed_again_nothing_is_written_twice_and_what_is_settled_goes_with_its_link(zed_ilo: LibroDoble) -> None:
    pulsar(zed_ilo)
    antes = zed_ilo.escrituras
    pulsar(zed_ilo)
    de_proteger = 2  # the sheet is opened and protected again
    assert zed_ilo.escrituras - antes == de_proteger
    teclear(zed_ilo, G16="Acciones", V11=25)
    pulsar(zed_ilo)
    hoja = hoja_de(zed_ilo)
    assert escritas(hoja, 13) == DEL_PLAN_PUBLICADO[2:]
    assert [hoja.cell(fila, 3).hyperlink for fila in (15, 16)] == [None, None]


def test_more_findings_than_the_table_has_rows_make_it_longer(zed_ilo: LibroDoble) -> None:
    for n in range(6, 19):
        teclear(zed_ilo, **{f"Q{n}": -1, f"S{n}": -1})
    pulsar(zed_ilo)
    hoja = hoja_de(zed_ilo)
    filas = escritas(hoja, 13)
    assert len(filas) > 20
    assert hoja.tables["tblHallazgos"].ref == f"A12:F{12 + len(filas)}"
    assert hoja.cell(12 + len(filas), 5).border.left.style == hoja.cell(13, 5).border.left.style


def test_a_book_without_that_sheet_gets_one(tmp_path: Path) -> None:
    excel = LibroDoble(plan_chico(tmp_path / "plan.xlsx"))
    teclear(excel, I3=40)
    assert "1 advertencia y 1 nota" in pulsar(excel).texto
    hoja = hoja_de(excel)
    assert [celda.value for celda in hoja[4]][:3] == ["Severidad", "Regla", "Celda"]
    assert escritas(hoja, 5) == [
        ("advertencia", "valor-desproporcionado", "Seguimiento!I3", "'Seguimiento'!I3"),
        ("nota", "sin-narrativa", None, None),
    ]
    teclear(excel, I3=4)
    pulsar(excel)
    assert escritas(hoja_de(excel), 5) == [("nota", "sin-narrativa", None, None)]


def test_a_sheet_of_that_name_with_something_else_is_left_alone(tmp_path: Path) -> None:
    excel = LibroDoble(plan_chico(tmp_path / "plan.xlsx", Validación=[["De nosotros"]]))
    pulsar(excel)
    assert escritas(hoja_de(excel, "Hallazgos de zedxl"), 5) == [("nota", "sin-narrativa", None, None)]
    assert hoja_de(excel)["A1"].value == "De nosotros"


def test_a_book_with_nothing_to_correct_is_good_news(tmp_path: Path) -> None:
    narrativa = [("Código", "Sección", "Período", "Texto")]
    escrita = escribir_libro(
        tmp_path / "plan.xlsx", {"Plan": [TITULOS, fila("AEI.01.01", 4, 2)], "Narrativa": narrativa}
    )
    excel = LibroDoble(escrita)
    assert pulsar(excel) == Respuesta(
        "2025-I: 1 nota. Están en la hoja Validación, con un enlace a cada celda.\n\n"
        "• PEI: El libro no tiene ningún texto para el informe. Si va a escribir el informe con zedxl, complete la hoja "
        "Narrativa."
    )


def test_what_excel_refuses_half_way_leaves_the_links_of_before(zed_ilo: LibroDoble) -> None:
    pulsar(zed_ilo)
    teclear(zed_ilo, G16="Acciones")
    antes = zed_ilo.estado()["Validación"]["enlaces"]
    zed_ilo.fallar_en = zed_ilo.escrituras + 12
    respuesta = pulsar(zed_ilo)
    assert "El libro quedó como estaba." in respuesta.texto
    assert zed_ilo.estado()["Validación"]["enlaces"] == antes


def test_a_finding_of_a_whole_sheet_leads_to_its_first_cell(tmp_path: Path) -> None:
    libro = leer_libro(plan_chico(tmp_path / "plan.xlsx"))
    suelto = Hallazgo(Severidad.ERROR, "x", "Cierres", "", "", "Algo.", "")
    (vinculo,) = anotados(libro.hojas, [suelto]).vinculos
    assert vinculo.direccion == "'Cierres'!A1"
    assert [hoja.nombre for hoja in leer_hojas(libro.paquete.ruta)] == ["Seguimiento"]
