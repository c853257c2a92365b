"""The commands of a semester as a person uses them: processes, their exit codes and what they say."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.ediciones import escrito, plan_chico
from tests.test_cli import falla, zedxl


@pytest.fixture
def libro(tmp_path: Path) -> Path:
    return plan_chico(tmp_path / "plan.xlsx")


def celda(libro: Path, lugar: str) -> object:
    return openpyxl.load_workbook(libro)["Seguimiento"][lugar].value


def test_a_semester_from_its_opening_to_its_end(libro: Path, tmp_path: Path) -> None:
    cerrado = zedxl("cerrar-semestre", libro, "2025-I", "--quien", "Ana")
    assert (cerrado.returncode, cerrado.stdout.splitlines()[:-1]) == (
        0, ["Se cerró 2025-I en plan.xlsx.", "  OEI.01: 75.00", "  OEI.02: 20.00", "  Puntaje del PEI: 56.67"],
    )  # fmt: skip
    assert cerrado.stdout.splitlines()[-1].startswith("Sin proteger: Seguimiento. ")
    abierto = zedxl("abrir-semestre", libro, "2025-II")
    assert (abierto.returncode, abierto.stdout) == (0, "2025-II ya está abierto en plan.xlsx. No se cambió nada.\n")
    registrado = zedxl("registrar", libro, "--periodo", "2025-II", "OEI.01=9", "OEI.02=N/D")
    assert registrado.stdout.splitlines() == [
        "En plan.xlsx se registraron 2 valores de 2025-II:",
        "  Seguimiento!J2 (OEI.01): vacío → 9",
        "  Seguimiento!J5 (OEI.02): vacío → «N/D»",
    ]
    assert zedxl("repartir", libro, "--carpeta", tmp_path / "copias").returncode == 0
    copias = sorted((tmp_path / "copias").glob("*.xlsx"))
    escrito(copias[0], J3=4)
    escrito(copias[1], J4=7, J6=5)
    fusionado = zedxl("fusionar", libro, *copias)
    assert (fusionado.returncode, fusionado.stdout.splitlines()[0]) == (0, "Se fusionaron 2 copias en plan.xlsx.")
    assert [celda(libro, lugar) for lugar in ("J3", "J4", "J6")] == [4, 7, 5]
    assert zedxl("cerrar-semestre", libro, "II-2025").returncode == 0
    assert zedxl("validar", libro, "--periodo", "2025-II").returncode == 0
    siguiente = zedxl("abrir-semestre", libro, "2026-I")
    assert siguiente.stdout.splitlines() == [
        "Se abrió 2026-I en plan.xlsx.",
        "  Seguimiento!L1: vacío → «Meta 2026»",
        "  Seguimiento!M1: vacío → «Valor 2026-I»",
    ]


def test_a_value_that_is_refused_leaves_the_book_alone(libro: Path) -> None:
    antes = libro.read_bytes()
    resultado = zedxl("registrar", libro, "--periodo", "2025-II", "OEI.01=9", "AEI.01.01=dos")
    assert resultado.returncode == 2
    assert "AEI.01.01=dos: «dos» no es un número." in resultado.stderr
    assert libro.read_bytes() == antes
    assert list(libro.parent.iterdir()) == [libro]


def test_the_book_of_before_is_kept_and_said_where(libro: Path) -> None:
    antes = libro.read_bytes()
    dicho = zedxl("registrar", libro, "--periodo", "2025-II", "OEI.01=9").stderr
    (respaldo,) = (r for r in (libro.parent / "Respaldos").iterdir() if r.suffix == ".xlsx")
    assert dicho == f"Como estaba antes se conserva en {respaldo}\n"
    assert respaldo.read_bytes() == antes


def test_a_book_that_is_open_is_not_touched(libro: Path) -> None:
    libro.with_name("~$plan.xlsx").touch()
    for orden in (["registrar", libro, "--periodo", "2025-II", "OEI.01=9"], ["cerrar-semestre", libro, "2025-I"],
                  ["abrir-semestre", libro, "2026-I"], ["fusionar", libro, libro]):  # fmt: skip
        assert "está abierto en Excel" in falla(zedxl(*orden))


def test_a_list_of_values(libro: Path, tmp_path: Path) -> None:
    (tmp_path / "valores.csv").write_text("Código;Valor\nAEI.01.01;2,5\nAEI.01.02;8\n", encoding="cp1252")
    assert zedxl("registrar", libro, "--periodo", "2025-II", "--csv", tmp_path / "valores.csv").returncode == 0
    assert [celda(libro, lugar) for lugar in ("J3", "J4")] == [2.5, 8]


def test_nothing_to_record_is_wrong_use(libro: Path) -> None:
    assert "Indique qué registrar" in falla(zedxl("registrar", libro, "--periodo", "2025-II"))


def test_errors_refuse_the_closing_and_are_shown(libro: Path) -> None:
    resultado = zedxl("cerrar-semestre", escrito(libro, I3="dos"), "2025-I")
    assert (resultado.returncode, resultado.stdout) == (1, "")
    assert "Error: Seguimiento!I3 (AEI.01.01)" in resultado.stderr
    assert "con --pese-a" in resultado.stderr
    assert zedxl("cerrar-semestre", libro, "2025-I", "--pese-a", "falta el acta").returncode == 0


def test_a_closed_period_opens_with_a_reason_only(libro: Path) -> None:
    zedxl("cerrar-semestre", libro, "2025-I")
    assert "--motivo" in falla(zedxl("abrir-semestre", libro, "2025-I"))
    assert zedxl("abrir-semestre", libro, "2025-I", "--motivo", "acta").stdout == "Se reabrió 2025-I en plan.xlsx.\n"


def test_a_closed_period_that_changed_is_an_error_and_no_report_is_written(libro: Path) -> None:
    zedxl("cerrar-semestre", libro, "2025-I")
    escrito(libro, I3=4)
    validado = zedxl("validar", libro, "--periodo", "2025-I", "--json")
    assert validado.returncode == 1
    hallazgo = next(h for h in json.loads(validado.stdout)["hallazgos"] if h["celda"] == "I3")
    assert (hallazgo["severidad"], hallazgo["regla"], hallazgo["codigo"]) == (
        "error", "periodo-cerrado-cambiado", "AEI.01.01",
    )  # fmt: skip
    informe = zedxl("informe", libro, "--periodo", "2025-I")
    assert informe.returncode == 1
    assert "No se escribió el informe" in informe.stderr
    assert not list(libro.parent.glob("*.docx"))


def test_copies_are_never_written_over(libro: Path, tmp_path: Path) -> None:
    assert zedxl("repartir", libro, "--carpeta", tmp_path / "copias").returncode == 0
    assert "ya hay copias" in falla(zedxl("repartir", libro, "--carpeta", tmp_path / "copias"))


def test_conflicts_are_an_exit_code_a_sheet_and_json(libro: Path, tmp_path: Path) -> None:
    zedxl("repartir", libro, "--carpeta", tmp_path / "copias")
    copia = escrito(next((tmp_path / "copias").glob("*Logística*")), I3=4)
    resultado = zedxl("fusionar", escrito(libro, I3=3), copia, "--json")
    assert resultado.returncode == 1
    dicho = json.loads(resultado.stdout)
    assert [(c["codigo"], c["en_el_libro"], c["propuestas"][0]["en_la_copia"]) for c in dicho["conflictos"]] == [
        ("AEI.01.01", 3, 4)
    ]
    assert dicho["copias"][0]["unidad"] == "Logística"
    assert "Conflictos" in openpyxl.load_workbook(libro).sheetnames
    assert zedxl("fusionar", libro, copia, "--preferir", "copia").returncode == 0
    assert celda(libro, "I3") == 4


def test_merged_elsewhere_the_book_stays_as_it_is(libro: Path, tmp_path: Path) -> None:
    zedxl("repartir", libro, "--carpeta", tmp_path / "copias")
    antes = libro.read_bytes()
    copia = escrito(next((tmp_path / "copias").glob("*Logística*")), J3=4)
    assert zedxl("fusionar", libro, copia, "--salida", tmp_path / "reunido.xlsx").returncode == 0
    assert (libro.read_bytes(), celda(tmp_path / "reunido.xlsx", "J3")) == (antes, 4)


def test_a_wrong_preference_names_the_option(libro: Path) -> None:
    assert "--preferir" in falla(zedxl("fusionar", libro, libro, "--preferir", "ambos"))


def test_a_clean_book_has_nothing_to_correct(libro: Path) -> None:
    nota, conclusion = zedxl("validar", libro).stdout.splitlines()
    assert nota.startswith("Nota: PEI: El libro no tiene ningún texto para el informe.")
    assert conclusion == "No se encontró nada que corregir en plan.xlsx."
