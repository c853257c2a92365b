"""A semester with the command line in a Windows Python: locks, renames and folders are Windows' own here."""

from __future__ import annotations

import sys

assert sys.platform == "win32"

import subprocess
from pathlib import Path

import pytest

from tests.ediciones import escrito, plan_chico
from zedxl.libro.lectura import leer
from zedxl.periodo import Periodo
from zedxl.plan import Plan

II_2025 = Periodo(2025, 2)


@pytest.fixture
def libro(tmp_path: Path) -> Path:
    """A book in a folder such as people have."""
    carpeta = tmp_path / "Planeamiento año 2025"
    carpeta.mkdir()
    return plan_chico(carpeta / "Seguimiento ñandú.xlsx")


def zedxl(*argumentos: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "zedxl", *map(str, argumentos)], capture_output=True, encoding="utf-8", check=False
    )


def valores(plan: Plan, periodo: Periodo = II_2025) -> dict[str, float | None]:
    return {aei.codigo: aei.indicadores[0].valor(periodo).valor for aei in plan.aeis}


def test_a_semester_from_its_copies_to_its_closing(libro: Path, tmp_path: Path) -> None:
    assert zedxl("repartir", libro, "--carpeta", tmp_path / "copias").returncode == 0
    copias = sorted((tmp_path / "copias").glob("*.xlsx"))
    escrito(copias[0], J3=3)
    escrito(copias[1], J4=7)
    fusionado = zedxl("fusionar", libro, *copias)
    assert fusionado.returncode == 0, fusionado.stderr
    registrado = zedxl("registrar", libro, "--periodo", "2025-II", "AEI.02.01=4", "--quien", "Ana Ñahui")
    assert registrado.returncode == 0, registrado.stderr
    assert valores(leer(libro)) == {"AEI.01.01": 3, "AEI.01.02": 7, "AEI.02.01": 4}
    assert zedxl("cerrar-semestre", libro, "2025-II").returncode == 0
    assert leer(libro).cierres[II_2025].integra
    assert zedxl("validar", libro, "--periodo", "2025-II").returncode == 0
    respaldos = [r for r in (libro.parent / "Respaldos").iterdir() if r.suffix == ".xlsx"]
    assert len(respaldos) == 3
    assert {r.name for r in libro.parent.iterdir()} == {libro.name, "Respaldos"}


def test_a_book_that_another_program_holds_is_left_alone_and_it_is_told(libro: Path) -> None:
    antes = libro.read_bytes()
    with libro.open("r+b"):  # as Excel does, which lets nobody replace the file
        dicho = zedxl("registrar", libro, "--periodo", "2025-II", "AEI.01.01=3")
    assert (dicho.returncode, libro.read_bytes()) == (2, antes)
    assert "no hay permiso. El libro no cambió." in dicho.stderr
    assert [r.name for r in (libro.parent / "Respaldos").iterdir() if r.suffix == ".xlsx"] == []


def test_two_at_once_one_wins_and_the_other_is_told_or_comes_after(libro: Path) -> None:
    ordenes = [
        subprocess.Popen(
            [sys.executable, "-m", "zedxl", "registrar", str(libro), "--periodo", "2025-II", f"{codigo}=1"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for codigo in ("AEI.01.01", "AEI.01.02")
    ]  # fmt: skip
    codigos = []
    for orden in ordenes:
        orden.communicate()
        codigos.append(orden.returncode)
    hechos = [valor for valor in valores(leer(libro)).values() if valor == 1]
    assert len(hechos) == codigos.count(0) >= 1
    assert set(codigos) <= {0, 2}


def test_a_read_only_book_is_told(libro: Path) -> None:
    libro.chmod(0o444)
    dicho = zedxl("registrar", libro, "--periodo", "2025-II", "AEI.01.01=3")
    libro.chmod(0o666)
    assert dicho.returncode == 2
    assert "solo lectura" in dicho.stderr
    assert valores(leer(libro))["AEI.01.01"] is None
