"""The extension as people get it: added to LibreOffice by an ordinary user, its menu over an open book."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from tests.calc import hace_falta_calc, oficina
from tests.calc.oficina import Oficina
from tests.libros import LIBRO_ZED_ILO, RAIZ
from zedxl.calc import IDENTIFICADOR

INSTALAR = "from zedxl.calc.instalacion import instalar; print(instalar())"
DESINSTALAR = "from zedxl.calc.instalacion import desinstalar; print(desinstalar())"
ENTRADAS = [
    ["Generar Informe", "service:pe.zedxl.Menu?informe"],
    ["Resumen", "service:pe.zedxl.Menu?resumen"],
]


@pytest.fixture
def carpeta() -> Iterator[Path]:
    """A folder that an ordinary user can write to; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory(prefix="zedxl-calc-") as nombre:
        abierta = Path(nombre)
        if os.geteuid() == 0:
            shutil.chown(abierta, "nobody", "nogroup")
        abierta.chmod(0o777)
        yield abierta


def como_usuario() -> list[str]:
    """What goes before a command so that an ordinary user runs it: unopkg refuses root."""
    return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []


def ejecutar(codigo: str, hogar: Path) -> str:
    hijo = subprocess.run(
        [*como_usuario(), sys.executable, "-B", "-c", codigo],
        cwd=RAIZ, env=os.environ | {"HOME": str(hogar)}, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert hijo.returncode == 0, hijo.stderr
    return hijo.stdout


def test_installed_it_computes_and_shows_its_menu_and_can_be_removed(carpeta: Path) -> None:
    hace_falta_calc()
    libro = carpeta / "libro.xlsm"
    shutil.copy(LIBRO_ZED_ILO, libro)
    assert "menú PEI están en LibreOffice Calc" in ejecutar(INSTALAR, carpeta)
    with Oficina(carpeta, como=como_usuario(), hogar=str(carpeta)) as instalada:
        assert instalada.pedir("menu")["PEI"] == ENTRADAS
        leidos = instalada.pedir("valores", str(libro), {"Tablero": ["J13", "M13"]})
        assert leidos == {"Tablero": {"J13": [[pytest.approx(265 / 3)]], "M13": [["VERDE"]]}}
    assert "Se quitaron" in ejecutar(DESINSTALAR, carpeta)
    assert "no estaba" in ejecutar(DESINSTALAR, carpeta)
    with Oficina(carpeta, como=como_usuario(), hogar=str(carpeta)) as vacia:
        assert "PEI" not in vacia.pedir("menu")
        leidos = vacia.pedir("valores", str(libro), {"Tablero": ["J13"]})
        assert set(leidos["Tablero"]["J13"][0][0]) == {"error"}


def test_generar_informe_reports_what_is_in_the_open_book_and_leaves_its_file_alone(
    tmp_path: Path,
) -> None:
    hace_falta_calc()
    libro = tmp_path / "Seguimiento ñ.xlsm"
    shutil.copy(LIBRO_ZED_ILO, libro)
    # AEI.01.01 is typed 3 of 3 instead of 2, and not saved
    abiertos = oficina().pedir("pulsar", str(libro), "informe", {"Seguimiento!V7": 3})
    (informe,) = tmp_path.glob("*.docx")
    assert [Path(titulo).stem for titulo in abiertos] == [informe.stem]
    assert libro.read_bytes() == LIBRO_ZED_ILO.read_bytes()
    texto = "\n".join(celda.text for tabla in docx.Document(str(informe)).tables for celda in tabla._cells)
    assert "91.67" in texto  # puntaje of the PEI: (883.33 + 33.33) / 10
    assert sorted(ruta.suffix for ruta in tmp_path.iterdir()) == [".docx", ".xlsm"]


def test_resumen_ends_without_windows_too(tmp_path: Path) -> None:
    hace_falta_calc()
    libro = tmp_path / "libro.xlsm"
    shutil.copy(LIBRO_ZED_ILO, libro)
    assert oficina().pedir("pulsar", str(libro), "resumen", {}) == []


def test_the_functions_need_nothing_but_a_python(tmp_path: Path) -> None:
    from zedxl.calc.extension import contenido

    for nombre, parte in contenido().items():
        (tmp_path / nombre).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / nombre).write_bytes(parte)
    codigo = (
        "import json, sys; sys.path.insert(0, 'pythonpath'); import zedxl.calc.complemento, zedxl.calc.menu, udfs;"
        "from zedxl.calc.adaptador import llamar;"
        "print(json.dumps([llamar(udfs.FUNCIONES['AVANCE_AEI'], (((4.0,), (8.0,)), 2.0)), len(udfs.FUNCIONES)]))"
    )
    orden = [sys.executable, "-I", "-S", "-B", "-c", codigo]
    hijo = subprocess.run(orden, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert hijo.returncode == 0, hijo.stderr
    assert json.loads(hijo.stdout) == [[[50], [25]], 18]
    assert IDENTIFICADOR in (tmp_path / "description.xml").read_text(encoding="utf-8")
