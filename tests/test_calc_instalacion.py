"""Adding the extension to LibreOffice, with programs that the tests put in its place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from zedxl.calc import instalacion
from zedxl.calc.instalacion import CalcNoInstalado, comprobar_libreoffice, desinstalar, instalar

UNOPKG = """
echo "unopkg $1" >>"$(dirname "$0")/hecho"
case $1 in
add) touch "$(dirname "$0")/puesta" ;;
remove) rm "$(dirname "$0")/puesta" ;;
list) [ -f "$(dirname "$0")/puesta" ] && echo "Identifier: pe.zedxl.calc" || true ;;
esac
"""
SOFFICE = """
[ "$1" = --version ] && { echo "LibreOffice 25.2.3.2 520(Build:2)"; exit; }
echo "soffice $3" >>"$(dirname "$0")/hecho"
"""


@pytest.fixture
def programas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a LibreOffice that does nothing, of an ordinary user."""
    poner(tmp_path / "soffice", SOFFICE)
    poner(tmp_path / "unopkg", UNOPKG)
    monkeypatch.setattr(instalacion, "buscar_libreoffice", lambda: tmp_path / "soffice")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    return tmp_path


def poner(ruta: Path, guion: str) -> None:
    ruta.write_text(f"#!/bin/sh\n{guion}", encoding="utf-8")
    ruta.chmod(0o755)


def test_installing_starts_libreoffice_once_before_adding_the_extension(programas: Path) -> None:
    assert "menú PEI están en LibreOffice Calc" in instalar()
    hecho = (programas / "hecho").read_text(encoding="utf-8").splitlines()
    assert hecho == ["soffice --terminate_after_init", "unopkg add", "unopkg list"]


def test_removing_what_is_not_there_says_so(programas: Path) -> None:
    assert desinstalar() == "La extensión no estaba en LibreOffice Calc."
    instalar()
    assert desinstalar().startswith("Se quitaron")
    assert not (programas / "puesta").exists()


def test_a_libreoffice_that_forgets_the_extension_is_noticed(programas: Path) -> None:
    poner(programas / "unopkg", "")
    with pytest.raises(CalcNoInstalado, match="no conservó la extensión"):
        instalar()


def test_an_open_libreoffice_is_asked_to_be_closed(programas: Path) -> None:
    poner(programas / "unopkg", "echo 'ERROR: the lock file exists' >&2; exit 1")
    with pytest.raises(CalcNoInstalado, match=r"the lock file exists.*Si está abierto, ciérrelo"):
        instalar()


@pytest.mark.parametrize("version", ["LibreOffice 7.4.7.2 40(Build:2)", "LibreOffice 24.8.1.1", "LibreOffice 25.1"])
def test_an_older_libreoffice_is_refused_by_its_version(version: str, programas: Path) -> None:
    poner(programas / "soffice", f"echo '{version}'")
    with pytest.raises(CalcNoInstalado, match=rf"LibreOffice {version.split()[1][:3]}.*25\.2 o posterior"):
        comprobar_libreoffice()


@pytest.mark.parametrize("version", ["LibreOffice 25.2.3.2 520(Build:2)", "LibreOffice 25.8.0.1", "LibreOffice 26.2.1"])
def test_a_recent_libreoffice_will_do(version: str, programas: Path) -> None:
    poner(programas / "soffice", f"echo '{version}'")
    assert comprobar_libreoffice() == programas / "soffice"


def test_without_libreoffice_it_says_where_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instalacion, "buscar_libreoffice", lambda: None)
    with pytest.raises(CalcNoInstalado, match=r"libreoffice\.org"):
        instalar()
    assert desinstalar() == "No hay LibreOffice en este equipo."


def test_root_is_told_that_it_must_be_a_user(programas: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(CalcNoInstalado, match="usuario root"):
        instalar()
    assert not (programas / "hecho").exists()


def test_a_program_that_hangs_is_given_up(programas: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    poner(programas / "unopkg", "exec sleep 30")
    monkeypatch.setattr(instalacion, "_SEGUNDOS", 0.3)
    with pytest.raises(CalcNoInstalado, match="no respondió"):
        desinstalar()
