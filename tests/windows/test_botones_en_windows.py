"""The buttons of the ribbon, from the callback in VBA to the file, with a live book that the server asks over COM."""

from __future__ import annotations

import sys

assert sys.platform == "win32"

import shutil
import subprocess
from ast import literal_eval
from pathlib import Path

import pytest

from tests.libros import LIBRO_ZED_ILO, TITULOS, aei, escribir_libro
from tests.windows.excel_vivo import ExcelVivo

INFORME = "Informe de Evaluación Semestre 2025-I - ZED ILO.docx"


@pytest.fixture
def carpeta(tmp_path: Path) -> Path:
    """A folder such as people have."""
    carpeta = tmp_path / "Planeamiento año 2025"
    carpeta.mkdir()
    return carpeta


@pytest.fixture
def libro(carpeta: Path) -> Path:
    """The shipped book in that folder."""
    return Path(shutil.copy(LIBRO_ZED_ILO, carpeta / "Seguimiento Ilo ñandú.xlsm"))


@pytest.fixture
def excel(excel: ExcelVivo) -> ExcelVivo:
    """An Excel whose server notes what it would open on the screen."""
    excel.celda("SEMAFORO", 80)
    excel.servidor.hacer(
        "import os; os.abiertos = []; os.startfile = lambda r: __import__('os').abiertos.append(str(r))"
    )
    return excel


def abiertos(excel: ExcelVivo) -> list[str]:
    """What was opened on the screen."""
    rutas: list[str] = literal_eval(excel.servidor.preguntar("__import__('os').abiertos"))
    return rutas


def test_the_report_appears_beside_the_book_as_the_command_line_writes_it(excel: ExcelVivo, libro: Path) -> None:
    excel.abrir(libro)
    excel.pulsar("generar_informe", "carpeta")
    assert excel.mensajes == []
    assert {ruta.name for ruta in libro.parent.iterdir()} == {libro.name, INFORME}
    orden = [sys.executable, "-m", "zedxl", "informe", str(libro), "--salida", str(libro.with_name("orden.docx"))]
    subprocess.run(orden, check=True, capture_output=True)
    assert libro.with_name(INFORME).read_bytes() == libro.with_name("orden.docx").read_bytes()
    assert abiertos(excel) == [str(libro.with_name(INFORME))]


def test_what_is_not_saved_yet_is_in_the_report_and_the_book_is_left_alone(
    excel: ExcelVivo, carpeta: Path, tmp_path: Path
) -> None:
    guardado = escribir_libro(carpeta / "Plan.xlsx", {"Plan": [TITULOS, aei("AEI.01.01", 4, 1)]})
    antes = guardado.read_bytes()
    editado = escribir_libro(tmp_path / "editado.xlsx", {"Plan": [TITULOS, aei("AEI.01.01", 4, 3)]})
    excel.abrir(editado, str(guardado))
    excel.pulsar("resumen", "libro")
    assert "75" in excel.mensajes[0]
    assert guardado.read_bytes() == antes


def test_the_steps_are_told_in_the_status_bar_and_cleared(excel: ExcelVivo, libro: Path) -> None:
    vivo = excel.abrir(libro)
    excel.pulsar("generar_informe", "carpeta")
    assert vivo.aplicacion.pasos == [
        "zedxl: leyendo el libro…",
        "zedxl: evaluando 2025-I…",
        "zedxl: escribiendo el informe de 2025-I…",
    ]
    assert excel.aplicacion.barra[-1] is False


@pytest.mark.parametrize(
    ("respuesta", "informes"), [("2025-1", ["Informe de Evaluación Semestre 2025-I"]), (False, [])]
)
def test_with_several_periods_the_person_is_asked_for_one(
    excel: ExcelVivo, carpeta: Path, respuesta: str | bool, informes: list[str]
) -> None:
    plan = escribir_libro(carpeta / "Plan.xlsx", {"Plan": [TITULOS, aei("AEI.01.01", 4, 1, 4)]})
    vivo = excel.abrir(plan)
    vivo.aplicacion.respuesta = respuesta
    excel.pulsar("generar_informe", "carpeta")
    assert vivo.aplicacion.preguntas == ["¿De qué período es el informe? Hay valores en 2025-I, 2025-II."]
    assert [ruta.stem.split(" - ")[0] for ruta in carpeta.glob("*.docx")] == informes


def test_the_summary_is_a_dialog(excel: ExcelVivo, libro: Path) -> None:
    excel.abrir(libro)
    excel.pulsar("resumen", "libro")
    assert "88.33" in excel.mensajes[0] or "88,33" in excel.mensajes[0]


def test_the_server_lets_go_of_the_book_so_that_excel_can_end(excel: ExcelVivo, libro: Path) -> None:
    excel.abrir(libro)
    excel.pulsar("resumen", "libro")
    assert excel.servidor.preguntar("__import__('xlwings')._xlwindows.BOOK_CALLER is None") == "True"


def test_the_folder_of_the_book_opens(excel: ExcelVivo, libro: Path) -> None:
    excel.abrir(libro)
    excel.pulsar("carpeta_de_informes", "carpeta")
    assert abiertos(excel) == [str(libro.parent)]


def test_the_help_opens(excel: ExcelVivo) -> None:
    excel.activo = None
    excel.pulsar("ayuda")
    (pagina,) = abiertos(excel)
    assert "AVANCE_AEI" in Path(pagina).read_text("utf-8")


def test_the_diagnosis_tells_why_cells_show_errors(excel: ExcelVivo) -> None:
    excel.celda("SEMAFORO", "x", lugar="B3")
    excel.pulsar("diagnostico")
    motivo = "Celdas con error:\nPEI.xlsm, Seguimiento!B3: En «porcentaje»: «x» no es un número."
    assert excel.mensajes[0].endswith(motivo)


@pytest.mark.parametrize(
    ("direccion", "dicho"),
    [
        (r"X:\PEI\Libro.xlsm", "No existe la carpeta"),
        ("Libro1", "todavía no se ha guardado"),
        ("https://d.docs.live.net/1234/Libro.xlsm", "está en la nube"),
        ("https://ilo.sharepoint.com/sites/pei/Documentos/Libro.xlsm", "está en la nube"),
    ],
)
def test_a_book_without_a_folder_here_gets_no_report_anywhere(
    excel: ExcelVivo, libro: Path, direccion: str, dicho: str
) -> None:
    excel.abrir(libro, direccion)
    excel.pulsar("generar_informe", "carpeta")
    assert dicho in excel.mensajes[0]
    assert list(libro.parent.iterdir()) == [libro]
    assert abiertos(excel) == []


def test_without_a_book_it_is_said(excel: ExcelVivo) -> None:
    excel.activo = None
    excel.pulsar("generar_informe", "carpeta")
    assert excel.mensajes[0].startswith("No hay ningún libro abierto")


def test_a_report_that_is_read_only_is_kept_and_the_person_told(excel: ExcelVivo, libro: Path) -> None:
    informe = libro.with_name(INFORME)
    informe.write_bytes(b"firmado")
    informe.chmod(0o444)
    excel.abrir(libro)
    excel.pulsar("generar_informe", "carpeta")
    assert "solo lectura" in excel.mensajes[0]
    assert informe.read_bytes() == b"firmado"
    assert len(list(libro.parent.iterdir())) == 2


def test_while_a_cell_is_being_edited_the_person_is_told_to_finish(excel: ExcelVivo, libro: Path) -> None:
    vivo = excel.abrir(libro)
    vivo.editando_una_celda = True
    excel.pulsar("generar_informe", "carpeta")
    assert "termine con Entrar" in excel.mensajes[0]
    assert list(libro.parent.iterdir()) == [libro]
