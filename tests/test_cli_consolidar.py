"""``zedxl consolidar`` as a person uses it: what it says, its exit codes and its JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.consolidados import libro_de
from tests.test_cli import falla, zedxl


@pytest.fixture
def carpeta(tmp_path: Path) -> Path:
    libro_de(tmp_path / "Región Ñuble" / "a.xlsx", "Municipalidad A")
    return tmp_path / "Región Ñuble"


def test_it_says_what_it_wrote(carpeta: Path, tmp_path: Path) -> None:
    orden = ("consolidar", carpeta, "--salida", tmp_path / "F.xlsx", "--parquet", tmp_path / "F.parquet")
    resultado = zedxl(*orden)
    assert (resultado.returncode, resultado.stderr, resultado.stdout.splitlines()) == (
        0, "", ["Se consolidó un libro.", f"Se escribió {tmp_path / 'F.xlsx'}", f"Se escribió {tmp_path / 'F.parquet'}"],
    )  # fmt: skip
    assert len(pd.read_parquet(tmp_path / "F.parquet")) == 6


def test_what_was_not_read_is_said_and_is_an_exit_code(carpeta: Path, tmp_path: Path) -> None:
    (carpeta / "roto.xlsx").touch()
    resultado = zedxl("consolidar", carpeta, "--salida", tmp_path / "F.xlsx")
    assert resultado.returncode == 1
    assert resultado.stderr == (
        "roto.xlsx: no se pudo leer. roto.xlsx está vacío (0 bytes). Busque una copia anterior del libro.\n"
    )


def test_the_same_institution_twice_is_a_warning(carpeta: Path, tmp_path: Path) -> None:
    (carpeta / "b.xlsx").write_bytes((carpeta / "a.xlsx").read_bytes())
    resultado = zedxl("consolidar", carpeta, "--salida", tmp_path / "F.xlsx")
    assert resultado.returncode == 0
    assert resultado.stderr.splitlines() == [
        "Advertencia: a.xlsx: Es idéntico a b.xlsx: quite el que sobre.",
        "Advertencia: b.xlsx: Es idéntico a a.xlsx: quite el que sobre.",
    ]


def test_json(carpeta: Path, tmp_path: Path) -> None:
    (carpeta / "roto.xlsx").touch()
    dicho = json.loads(zedxl("consolidar", carpeta, "--salida", tmp_path / "F.xlsx", "--json").stdout)
    assert (dicho["salida"], dicho["parquet"], dicho["tomados"]) == (str(tmp_path / "F.xlsx"), None, 0)
    (una,) = dicho["instituciones"]
    assert (una["entidad"], una["periodo"], round(una["puntaje"], 2), una["criticas"]) == (
        "Municipalidad A", "2025-I", 56.67, 1,
    )  # fmt: skip
    assert [(n["archivo"], n["suerte"]) for n in dicho["no_leidos"]] == [("roto.xlsx", "No se pudo leer")]


def test_wrong_use_is_explained(carpeta: Path, tmp_path: Path) -> None:
    assert "Falta --salida" in falla(zedxl("consolidar", carpeta))
    assert "no existe" in falla(zedxl("consolidar", tmp_path / "nada", "--salida", tmp_path / "F.xlsx"))
    assert "debe terminar en .xlsx" in falla(zedxl("consolidar", carpeta, "--salida", tmp_path / "F.xls"))
