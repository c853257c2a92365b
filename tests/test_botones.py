"""What the buttons do, with a double for the live book; with the real COM server it runs in tests/windows."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.libros import LIBRO_ZED_ILO, TITULOS, aei, escribir_libro
from zedxl.__main__ import main
from zedxl.excel import botones
from zedxl.excel.botones import responder
from zedxl.excel.libro_vivo import LibroVivo
from zedxl.excel.pulsacion import Icono, Pulsacion, Respuesta
from zedxl.instalacion.chequeo import Chequeo, Estado


class ExcelVivo:
    """The object model that a live book shows to Python."""

    def __init__(self, guardado: Path, *, direccion: str | None = None) -> None:
        self._guardado = guardado
        self.Name = guardado.name
        self.Path = str(guardado.parent) if direccion is None else direccion.rpartition("/")[0]
        self.FullName = str(guardado) if direccion is None else direccion
        self.pasos: list[str] = []
        self.preguntas: list[str] = []
        self.respuesta: Any = False
        self.copias: list[Path] = []
        self.Application = self

    def SaveCopyAs(self, ruta: str) -> None:  # noqa: N802
        shutil.copy(self._guardado, ruta)
        self.copias.append(Path(ruta))

    def InputBox(self, pregunta: str, titulo: str, propuesta: str) -> Any:  # noqa: N802, ARG002
        self.preguntas.append(pregunta)
        return propuesta if self.respuesta is True else self.respuesta

    def __setattr__(self, nombre: str, valor: Any) -> None:
        if nombre == "StatusBar":
            self.pasos.append(valor)
        else:
            super().__setattr__(nombre, valor)


@pytest.fixture
def abiertos(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was opened on the screen."""
    lista: list[Path] = []
    monkeypatch.setattr(botones, "abrir", lista.append)
    return lista


@pytest.fixture
def excel(tmp_path: Path) -> ExcelVivo:
    return ExcelVivo(Path(shutil.copy(LIBRO_ZED_ILO, tmp_path)))


def pulsar(boton: str, excel: ExcelVivo | None, motivos: str = "") -> Respuesta:
    libro: Any = SimpleNamespace(api=excel)
    return responder(boton, Pulsacion(None if excel is None else LibroVivo(libro), motivos))


def test_the_report_is_that_of_the_command_line_byte_by_byte(
    excel: ExcelVivo, tmp_path: Path, abiertos: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    pulsar("generar_informe", excel)
    (escrito,) = abiertos
    otro = tmp_path / "orden"
    otro.mkdir()
    monkeypatch.setattr("sys.argv", ["zedxl", "informe", str(excel.FullName), "--salida", str(otro)])
    with pytest.raises(SystemExit):
        main()
    assert escrito.parent == tmp_path
    assert escrito.read_bytes() == (otro / escrito.name).read_bytes()


def test_the_steps_are_told_and_the_copy_is_gone(excel: ExcelVivo, abiertos: list[Path]) -> None:
    pulsar("generar_informe", excel)
    assert excel.pasos == [
        "zedxl: leyendo el libro…",
        "zedxl: evaluando 2025-I…",
        "zedxl: escribiendo el informe de 2025-I…",
    ]
    assert excel.copias[0].name == excel.Name
    assert not excel.copias[0].parent.exists()
    assert len(abiertos) == 1


def test_the_book_itself_is_left_alone(excel: ExcelVivo, abiertos: list[Path]) -> None:  # noqa: ARG001
    antes = Path(excel.FullName).read_bytes()
    pulsar("generar_informe", excel)
    pulsar("resumen", excel)
    assert Path(excel.FullName).read_bytes() == antes


def con_dos_periodos(tmp_path: Path) -> ExcelVivo:
    filas = [TITULOS, aei("AEI.01.01", 4, 1, 4)]
    return ExcelVivo(escribir_libro(tmp_path / "Dos.xlsx", {"Plan": filas}))


def test_with_values_in_several_periods_the_person_chooses(tmp_path: Path, abiertos: list[Path]) -> None:
    excel = con_dos_periodos(tmp_path)
    excel.respuesta = "I-2025"
    pulsar("generar_informe", excel)
    assert "2025-I, 2025-II" in excel.preguntas[0]
    assert "Semestre 2025-I" in abiertos[0].name


def test_the_last_period_is_proposed(tmp_path: Path, abiertos: list[Path]) -> None:
    excel = con_dos_periodos(tmp_path)
    excel.respuesta = True
    pulsar("generar_informe", excel)
    assert "Anual 2025" in abiertos[0].name


@pytest.mark.parametrize("respuesta", [False, "", "  "], ids=["cancelled", "empty", "blank"])
def test_cancelling_the_question_does_nothing(tmp_path: Path, abiertos: list[Path], respuesta: Any) -> None:
    excel = con_dos_periodos(tmp_path)
    excel.respuesta = respuesta
    assert pulsar("generar_informe", excel) == Respuesta()
    assert abiertos == []
    assert [ruta.name for ruta in tmp_path.iterdir()] == ["Dos.xlsx"]


@pytest.mark.parametrize("escrito", ["mañana", "2031-I"])
def test_a_period_that_is_none_is_told(tmp_path: Path, abiertos: list[Path], escrito: str) -> None:
    excel = con_dos_periodos(tmp_path)
    excel.respuesta = escrito
    respuesta = pulsar("generar_informe", excel)
    assert respuesta.icono is Icono.AVISO
    assert "eríodo" in respuesta.texto
    assert "imprevisto" not in respuesta.texto
    assert abiertos == []


def test_errors_in_the_data_keep_the_report_from_being_written(tmp_path: Path, abiertos: list[Path]) -> None:
    libro = escribir_libro(
        tmp_path / "Mal.xlsx", {"Plan": [TITULOS, aei("AEI.01.01", 4, "dos"), aei("AEI.01.02", 1, 1)]}
    )
    respuesta = pulsar("generar_informe", ExcelVivo(libro))
    assert respuesta.texto.startswith("No se escribió el informe: corrija antes los errores.\n\n• Plan!I2 (AEI.01.01)")
    assert abiertos == []


def test_a_long_list_of_findings_is_cut_where_a_dialog_ends(tmp_path: Path) -> None:
    filas = [TITULOS, aei("AEI.01.01", 1, 1), *(aei(f"AEI.01.{n:02}", 4, "dos " * 60) for n in range(2, 60))]
    respuesta = pulsar("generar_informe", ExcelVivo(escribir_libro(tmp_path / "Mal.xlsx", {"Plan": filas})))
    assert "más." in respuesta.texto
    assert len(botones._recortado(respuesta.texto)) <= 1000


def test_a_book_never_saved_is_told_to_be_saved(excel: ExcelVivo, abiertos: list[Path]) -> None:
    excel.Path = ""
    respuesta = pulsar("generar_informe", excel)
    assert respuesta == Respuesta(
        f"«{excel.Name}» todavía no se ha guardado. Guárdelo en una carpeta: el informe se escribe junto a él.",
        Icono.AVISO,
    )
    assert abiertos == []
    assert excel.copias == []


def test_a_book_in_the_cloud_that_is_not_on_this_computer_is_told(tmp_path: Path, abiertos: list[Path]) -> None:
    excel = ExcelVivo(
        Path(shutil.copy(LIBRO_ZED_ILO, tmp_path)), direccion="https://zed.sharepoint.com/sites/PEI/Libro.xlsm"
    )
    respuesta = pulsar("generar_informe", excel)
    assert "está en la nube" in respuesta.texto
    assert abiertos == []


def test_a_book_in_onedrive_gets_its_report_in_the_synchronised_folder(
    tmp_path: Path, abiertos: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    local = Path(shutil.copy(LIBRO_ZED_ILO, tmp_path))
    monkeypatch.setattr("xlwings.utils.fullname_url_to_local_path", lambda _: str(local))
    pulsar("generar_informe", ExcelVivo(local, direccion=f"https://d.docs.live.net/1234/{local.name}"))
    assert abiertos[0].parent == tmp_path


def test_a_copy_that_excel_cannot_save_is_told(excel: ExcelVivo, abiertos: list[Path]) -> None:
    def negarse(_: str) -> None:
        raise RuntimeError("com_error 0x800A03EC")

    excel.SaveCopyAs = negarse  # type: ignore[method-assign,assignment]
    respuesta = pulsar("generar_informe", excel)
    assert respuesta.texto.startswith("Excel no pudo guardar una copia temporal")
    assert "com_error" not in respuesta.texto
    assert abiertos == []


def test_without_a_book_every_button_that_needs_one_says_so() -> None:
    for boton in ("generar_informe", "carpeta_de_informes", "resumen"):
        assert "No hay ningún libro abierto" in pulsar(boton, None).texto


def test_the_folder_of_the_reports_is_that_of_the_book(excel: ExcelVivo, abiertos: list[Path], tmp_path: Path) -> None:
    pulsar("carpeta_de_informes", excel)
    assert abiertos == [tmp_path]


def test_what_cannot_be_opened_is_at_least_named(
    excel: ExcelVivo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def no_hay_programa(_: Path) -> None:
        raise OSError(1155, "No application is associated")

    monkeypatch.setattr(botones, "abrir", no_hay_programa)
    respuesta = pulsar("generar_informe", excel)
    assert respuesta.texto.startswith(f"Está en {tmp_path}")


def test_the_summary_has_the_published_scores(excel: ExcelVivo) -> None:
    texto = pulsar("resumen", excel).texto
    for linea in ("OEI.01: 88.89", "OEI.02: 91.67", "OEI.03: 83.33", "Puntaje del PEI: 88.33", "Ninguna AEI crítica."):
        assert linea in texto.splitlines()


def test_a_book_without_a_plan_says_what_is_missing(tmp_path: Path) -> None:
    respuesta = pulsar("resumen", ExcelVivo(escribir_libro(tmp_path / "Otro.xlsx", {"Hoja1": [["Presupuesto"], [3]]})))
    assert respuesta.icono is Icono.AVISO
    assert "Otro.xlsx" in respuesta.texto


def test_the_help_explains_every_button_and_function(abiertos: list[Path]) -> None:
    from udfs import FUNCIONES

    pulsar("ayuda", None)
    pagina = abiertos[0].read_text("utf-8")
    assert all(f"={nombre}(" in pagina for nombre in FUNCIONES)
    assert "Generar Informe" in pagina


def test_the_diagnosis_says_first_what_is_wrong_with_the_computer_and_then_of_which_cells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chequeo = Chequeo("Complemento", Estado.MAL, "No está en su lugar.", "Ejecute instalar.cmd.")
    monkeypatch.setattr("zedxl.instalacion.diagnostico.revisar", lambda: (chequeo,))
    motivos = "".join(f"PEI.xlsm, Hoja1!B{fila}: «x» no es un número.\n" for fila in range(1, 9))
    texto = pulsar("diagnostico", None, motivos).texto
    assert texto.splitlines()[0] == str(chequeo)
    assert texto.endswith("PEI.xlsm, Hoja1!B5: «x» no es un número.\n… y 3 más.")


def test_a_help_page_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zedxl.excel.pagina_de_ayuda.ARCHIVO", tmp_path / "no hay" / "ayuda.html")
    texto = pulsar("ayuda", None).texto
    assert texto.startswith(f"No se pudo escribir la ayuda en {tmp_path}")
    assert "La hoja Ayuda" in texto


def test_a_book_of_a_very_long_name_is_copied_under_a_shorter_one(tmp_path: Path, abiertos: list[Path]) -> None:
    largo = Path(shutil.copy(LIBRO_ZED_ILO, tmp_path / f"{'Seguimiento ' * 15}.xlsm"))
    excel = ExcelVivo(largo)
    pulsar("generar_informe", excel)
    assert len(excel.copias[0].name) <= 100
    assert len(abiertos) == 1


def test_what_nobody_foresaw_is_an_answer_too(excel: ExcelVivo, monkeypatch: pytest.MonkeyPatch) -> None:
    def fallar(_: Pulsacion) -> Respuesta:
        raise ZeroDivisionError("division by zero")

    acciones: dict[str, Callable[[Pulsacion], Respuesta]] = {"resumen": fallar}
    monkeypatch.setattr(botones, "ACCIONES", acciones)
    assert "algo imprevisto: ZeroDivisionError" in pulsar("resumen", excel).texto


def test_a_message_only_has_letters_that_a_dialog_shows() -> None:
    assert botones._recortado("avance ≥ 100 → «ñ» …") == "avance ? 100 ? «ñ» …"
