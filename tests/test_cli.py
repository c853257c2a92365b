"""The command line as a person uses it: a process, its exit code and what it says."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.libros import LIBRO_ZED_ILO, RAIZ, aei
from zedxl import __version__

README = (RAIZ / "README.md").read_text(encoding="utf-8")
ORDENES = ("abrir-semestre", "cerrar-semestre", "consolidar", "desinstalar", "diagnostico", "fusionar", "informe", "instalar",
           "nuevo", "recalcular", "registrar", "repartir", "resumen", "validar", "vincular")  # fmt: skip


def zedxl(*argumentos: object, **entorno: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "zedxl", *map(str, argumentos)],
        capture_output=True, encoding="utf-8", env={**os.environ, **entorno}, check=False, timeout=300,
    )  # fmt: skip


def falla(resultado: subprocess.CompletedProcess[str]) -> str:
    """What a refused command says, after checking that it is one or two lines of Spanish and no traceback."""
    assert resultado.returncode == 2
    assert resultado.stdout == ""
    assert resultado.stderr.startswith("Error: ")
    assert 1 <= len(resultado.stderr.strip().splitlines()) <= 2
    return resultado.stderr


def test_version() -> None:
    assert zedxl("--version").stdout == f"zedxl {__version__}\n"


@pytest.mark.parametrize("argumentos", [[], ["--help"]])
def test_help_lists_every_command(argumentos: list[str]) -> None:
    resultado = zedxl(*argumentos)
    assert resultado.returncode == 0
    assert resultado.stdout.startswith("Uso: zedxl")
    assert all(f"\n  {orden} " in resultado.stdout for orden in ORDENES)


@pytest.mark.parametrize("orden", ORDENES)
def test_every_command_has_help_with_examples_and_every_option_is_in_the_readme(orden: str) -> None:
    ayuda = zedxl(orden, "--help").stdout
    assert "Ejemplos:" in ayuda
    opciones = {palabra.strip(",") for palabra in ayuda.split() if palabra.startswith("--") and len(palabra) > 3}
    assert {opcion for opcion in opciones if f"{opcion}" not in README} == set()
    assert not {"Usage", "Options", "Show this message"} & set(ayuda.splitlines())


@pytest.mark.parametrize(
    ("argumentos", "dice"),
    [
        (["resumne", "x"], "No existe la orden «resumne»"),
        (["resumen"], "Falta LIBRO"),
        (["resumen", "a.xlsx", "b.xlsx"], "Sobran argumentos"),
        (["resumen", "a.xlsx", "--period", "2025-I"], "¿Quiso decir --periodo?"),
        (["resumen", "a.xlsx", "--periodo"], "--periodo necesita un valor"),
        (["resumen", "no está.xlsx"], "No existe el archivo no está.xlsx"),
        (["resumen", LIBRO_ZED_ILO, "--periodo", "junio"], "«junio» no es un período"),
        (["resumen", LIBRO_ZED_ILO, "--periodo", "2031-I"], "van de 2024-I a 2026-II"),
        (["resumen", RAIZ], "es una carpeta"),
        (["informe", RAIZ / "README.md"], "no es un libro de Excel"),
    ],
)
def test_wrong_use_is_explained(argumentos: list[object], dice: str) -> None:
    assert dice in falla(zedxl(*argumentos))


def test_a_traceback_only_when_asked_for() -> None:
    assert "Traceback" in zedxl("resumen", "no está.xlsx", ZEDXL_DEBUG="1").stderr


class TestResumen:
    def test_json_has_the_published_numbers(self) -> None:
        resultado = zedxl("resumen", LIBRO_ZED_ILO, "--periodo", "2025-I", "--json")
        assert (resultado.returncode, resultado.stderr) == (0, "")
        resumen = json.loads(resultado.stdout)
        assert round(resumen["avance_pei"], 2) == 88.33
        assert [round(o["puntaje"], 2) for o in resumen["oei"]] == [88.89, 91.67, 83.33]
        assert [o["avance"] for o in resumen["oei"]] == [100, 0, 0]
        assert [f"{a['avance']:.2f}{a['nota']}" for a in resumen["aei"]] == [
            "66.67*", "100.00", "100.00", "100.00", "66.67*", "100.00", "100.00", "50.00*", "100.00", "100.00",
        ]  # fmt: skip
        assert (resumen["entidad"], resumen["pei"], resumen["periodo"]) == ("ZED ILO", "2024-2026", "2025-I")
        assert resumen["criticas"] == []

    def test_without_a_period_it_is_the_last_one_with_values(self) -> None:
        assert json.loads(zedxl("resumen", LIBRO_ZED_ILO, "--json").stdout)["periodo"] == "2025-I"

    def test_the_table_fits_its_numbers_even_where_output_is_redirected_in_an_old_code_page(self) -> None:
        salida = zedxl("resumen", LIBRO_ZED_ILO, PYTHONIOENCODING="cp850", PYTHONUTF8="0").stdout
        assert "Puntaje del PEI: 88.33 · Cobertura: 100.00 %" in salida
        assert "66.67*" in salida
        assert "Ninguna AEI crítica." in salida

    def test_says_whose_plan_it_is_as_far_as_the_book_does(self, libro_plano: Callable[..., Path]) -> None:
        assert zedxl("resumen", LIBRO_ZED_ILO).stdout.splitlines()[0] == "ZED ILO · PEI 2024-2026 · 2025-I"
        sin_nombre = zedxl("resumen", libro_plano(aei("AEI.01.01", 16, 5)), "--periodo", "2025-I")
        assert sin_nombre.stdout.splitlines()[0] == "2025-I"

    def test_critical_actions_are_named_with_their_reason(self, libro_plano: Callable[..., Path]) -> None:
        salida = zedxl(
            "resumen", libro_plano(aei("AEI.01.01", 16, 5), aei("AEI.01.02", 4), aei("AEI.01.03", 4, 4))
        ).stdout
        assert "AEI críticas: AEI.01.01 (ritmo menor que 75), AEI.01.02 (sin valor obtenido)" in salida

    def test_findings_go_to_standard_error_and_errors_to_the_exit_code(self, libro_plano: Callable[..., Path]) -> None:
        resultado = zedxl("resumen", libro_plano(aei("AEI.01.01", 4, "dos")), "--periodo", "2025-I", "--json")
        assert resultado.returncode == 1
        assert json.loads(resultado.stdout)["aei"][0]["avance"] is None
        assert "Error: Seguimiento!I2 (AEI.01.01): Valor 2025-I: «dos» no es un número." in resultado.stderr

    def test_no_value_in_any_period(self, libro_plano: Callable[..., Path]) -> None:
        assert "Ningún período tiene valores" in falla(zedxl("resumen", libro_plano(aei("AEI.01.01", 4))))

    def test_a_pipe_that_closes_early_is_no_error(self) -> None:
        orden = f'"{sys.executable}" -m zedxl resumen "{LIBRO_ZED_ILO}" | head -1'
        resultado = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {orden}"], capture_output=True, text=True, check=False
        )
        assert resultado.stdout.count("\n") == 1
        assert "Error" not in resultado.stderr
