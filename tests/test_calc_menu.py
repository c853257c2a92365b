"""What the menu of Calc does and answers, with a zedxl that the tests put in its place."""

from __future__ import annotations

import json
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.libros import LIBRO_ZED_ILO
from zedxl.calc import orden
from zedxl.calc.menu import LibroSinCarpeta
from zedxl.calc.orden import OrdenFallida, Salida, SinZedxl, ejecutar, programa
from zedxl.calc.pulsacion import Respuesta, responder


class LibroFingido:
    """A book whose copy is a file of the tests."""

    def __init__(self, carpeta: Path, original: Path = LIBRO_ZED_ILO) -> None:
        self.carpeta, self._original = carpeta, original

    @contextmanager
    def copia(self) -> Iterator[Path]:
        lugar = self.carpeta / "copia" / self._original.name
        lugar.parent.mkdir()
        shutil.copy(self._original, lugar)
        try:
            yield lugar
        finally:
            shutil.rmtree(lugar.parent)


@pytest.fixture
def con_zedxl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interprete = tmp_path / "interprete.txt"
    interprete.write_text(sys.executable, encoding="utf-8")
    monkeypatch.setattr(orden, "programa", lambda: programa(interprete))


@pytest.fixture
def zedxl_fingido(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a shell script in the place of the command."""

    def poner(guion: str) -> None:
        fingido = tmp_path / "zedxl"
        fingido.write_text(f"#!/bin/sh\n{guion}\n", encoding="utf-8")
        fingido.chmod(fingido.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr(orden, "programa", lambda: [str(fingido)])

    return poner


@pytest.mark.usefixtures("con_zedxl")
class TestPulsacion:
    def test_resumen_tells_scores_and_critical_actions(self, tmp_path: Path) -> None:
        respuesta = responder("resumen", LibroFingido(tmp_path))
        assert respuesta.texto.startswith(
            "PEI 2024-2026, 2025-I\n\nOEI.01: 88.89\nOEI.02: 91.67\nOEI.03: 83.33\nPuntaje del PEI: 88.33\n"
            "Cobertura: 100.00\n\nNinguna AEI crítica."
        )
        assert respuesta.documento is None

    def test_generar_informe_writes_beside_the_book_with_the_template_that_is_there(self, tmp_path: Path) -> None:
        (tmp_path / "plantilla_informe.docx").write_bytes(b"no es un documento")
        respuesta = responder("informe", LibroFingido(tmp_path))
        assert "plantilla" in respuesta.texto
        assert respuesta == Respuesta(respuesta.texto, aviso=True)
        (tmp_path / "plantilla_informe.docx").unlink()
        respuesta = responder("informe", LibroFingido(tmp_path))
        assert respuesta.documento is not None
        assert respuesta.documento.parent == tmp_path
        assert respuesta.documento.is_file()

    def test_a_book_that_cannot_be_read_is_explained(self, tmp_path: Path) -> None:
        roto = tmp_path / "roto.xlsx"
        roto.write_bytes(b"")
        respuesta = responder("resumen", LibroFingido(tmp_path, roto))
        assert respuesta.aviso
        assert respuesta.texto.startswith("Error: ")
        assert "roto.xlsx" in respuesta.texto

    def test_a_book_that_was_never_saved_is_told_to_be(self) -> None:
        class SinGuardar:
            @property
            def carpeta(self) -> Path:
                raise LibroSinCarpeta("Guárdelo.")

            @contextmanager
            def copia(self) -> Iterator[Path]:
                raise AssertionError("no copy is needed")
                yield

        assert responder("informe", SinGuardar()) == Respuesta("Guárdelo.", aviso=True)


class TestOrden:
    def test_what_a_command_says_comes_back_apart_from_its_warnings(self, zedxl_fingido: Callable[[str], None]) -> None:
        zedxl_fingido('echo "año $1"; echo "¡ojo!" >&2; exit 1')
        assert ejecutar(["2025"]) == Salida("año 2025", "¡ojo!")

    def test_libreoffices_own_variables_do_not_reach_it(
        self, zedxl_fingido: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PYTHONHOME", "/de/libreoffice")
        zedxl_fingido('echo "[$PYTHONHOME]"')
        assert ejecutar([]).texto == "[]"

    @pytest.mark.parametrize(
        ("guion", "mensaje"),
        [
            ("echo 'Error: falta la columna' >&2; exit 2", "Error: falta la columna"),
            ("exit 3", "código 3"),
            ("exec sleep 5", "no terminó en 0.2 segundos"),
        ],
    )
    def test_a_command_that_fails_is_explained(
        self, guion: str, mensaje: str, zedxl_fingido: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(orden, "_SEGUNDOS", 0.2 if "sleep" in guion else 60)
        zedxl_fingido(guion)
        with pytest.raises(OrdenFallida, match=mensaje):
            ejecutar([])

    def test_a_command_that_is_no_program_is_explained(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(orden, "programa", lambda: [str(tmp_path)])
        with pytest.raises(OrdenFallida, match="no hay permiso"):
            ejecutar([])

    def test_the_python_written_down_goes_before_the_path(self, tmp_path: Path) -> None:
        (tmp_path / "interprete.txt").write_text(sys.executable, encoding="utf-8")
        assert programa(tmp_path / "interprete.txt") == [sys.executable, "-P", "-m", "zedxl"]

    def test_a_python_that_is_gone_gives_way_to_the_path(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "interprete.txt").write_text(str(tmp_path / "python"), encoding="utf-8")
        (tmp_path / "zedxl").write_text("#!/bin/sh\n", encoding="utf-8")
        (tmp_path / "zedxl").chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        assert programa(tmp_path / "interprete.txt") == [str(tmp_path / "zedxl")]

    def test_without_zedxl_it_says_how_to_install_it(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(SinZedxl, match=r"py -m pip install --user \."):
            programa(tmp_path / "interprete.txt")


def test_the_summary_is_read_from_what_the_command_prints(tmp_path: Path, zedxl_fingido: Callable[[str], None]) -> None:
    resumen = {"pei": "P", "periodo": "2025-I", "oei": [{"codigo": "OEI.01", "puntaje": None}], "avance_pei": 50,
               "cobertura": 100, "criticas": ["AEI.01.01", "AEI.01.02"]}  # fmt: skip
    zedxl_fingido(f"echo '{json.dumps(resumen)}'")
    assert responder("resumen", LibroFingido(tmp_path)).texto == (
        "PEI P, 2025-I\n\nOEI.01: N/D\nPuntaje del PEI: 50.00\nCobertura: 100.00\n\nAEI críticas: AEI.01.01, AEI.01.02."
    )
