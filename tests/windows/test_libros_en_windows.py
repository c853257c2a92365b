"""Linking, validating and making books with the command line in a Windows Python, in folders such as people have."""

from __future__ import annotations

import sys

assert sys.platform == "win32"

import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import win32con
import win32file

from tests.ediciones import escrito, plan_chico
from tests.test_cli import falla, zedxl
from tests.windows.consola import Consola
from zedxl.libro.lectura import leer
from zedxl.periodo import Periodo

SIN_CODIFICACION = {"PYTHONIOENCODING": ""}
"""As on people's computers: what is redirected there would be in the code page of Windows."""
CSV = (
    "Código;Denominación;Indicador;Unidad;Sentido;Meta 2025;Meta 2026\r\n"
    "OEI.01;Mejorar la atención;Porcentaje de satisfacción;%;Ascendente;70;80\r\n"
    "AEI.01.01;Trámites en línea del año;Número de trámites;Trámites;Ascendente;5;8\r\n"
)


@pytest.fixture
def carpeta(tmp_path: Path) -> Path:
    nueva = tmp_path / "Región Ñuble" / "Planeamiento año 2025"
    nueva.mkdir(parents=True)
    return nueva


@pytest.fixture
def libro(carpeta: Path) -> Path:
    return plan_chico(carpeta / "Seguimiento ñandú.xlsx")


@contextmanager
def abierto_en_otro_programa(ruta: Path, compartido: int) -> Iterator[None]:
    """Another program holds a file open for writing, and lets others do with it what is said."""
    acceso = win32con.GENERIC_READ | win32con.GENERIC_WRITE
    mango = win32file.CreateFile(str(ruta), acceso, compartido, None, win32con.OPEN_EXISTING, 0, None)
    try:
        yield
    finally:
        mango.Close()


class TestVincular:
    def test_the_copy_has_the_macros_and_says_the_same_as_the_book_which_is_as_it_was(self, libro: Path) -> None:
        antes = libro.read_bytes()
        dicho = zedxl("vincular", libro, **SIN_CODIFICACION)
        copia = libro.with_suffix(".xlsm")
        assert (dicho.returncode, dicho.stderr) == (0, "")
        assert dicho.stdout.splitlines()[0] == f"Se escribió {copia}"
        assert {"xl/vbaProject.bin", "customUI/customUI14.xml"} <= set(zipfile.ZipFile(copia).namelist())
        assert list(leer(copia).aeis) == list(leer(libro).aeis)
        assert libro.read_bytes() == antes
        assert {r.name for r in libro.parent.iterdir()} == {libro.name, copia.name}

    def test_formulas_are_put_in_and_logged(self, libro: Path) -> None:
        dicho = zedxl("vincular", libro, "--formulas", "2025-I", "--quien", "Ana Ñahui")
        assert dicho.returncode == 0, dicho.stderr
        with zipfile.ZipFile(libro.with_suffix(".xlsm")) as copia:
            partes = {nombre: copia.read(nombre).decode() for nombre in copia.namelist() if nombre.endswith(".xml")}
        assert any("SEMAFORO(RITMO_AEI(" in parte for parte in partes.values())
        assert any("Ana Ñahui" in parte for parte in partes.values())

    def test_a_book_that_excel_holds_is_copied_all_the_same(self, libro: Path) -> None:
        with abierto_en_otro_programa(libro, win32con.FILE_SHARE_READ):
            dicho = zedxl("vincular", libro)
        assert dicho.returncode == 0, dicho.stderr
        assert list(leer(libro.with_suffix(".xlsm")).aeis) == list(leer(libro).aeis)

    def test_a_book_that_a_program_lets_nobody_read_is_told(self, libro: Path) -> None:
        with abierto_en_otro_programa(libro, 0):
            dicho = falla(zedxl("vincular", libro))
        assert (
            f"No se puede leer {libro}: el sistema no da permiso. Si está abierto en otro programa, ciérrelo." in dicho
        )
        assert list(libro.parent.iterdir()) == [libro]

    def test_nothing_is_written_over_a_copy_that_is_there(self, libro: Path) -> None:
        copia = libro.with_suffix(".xlsm")
        copia.write_bytes(b"de otro")
        assert f"Ya existe {copia}" in falla(zedxl("vincular", libro))
        assert copia.read_bytes() == b"de otro"


class TestValidar:
    def test_what_is_wrong_is_an_exit_code_and_told_with_its_accents(self, libro: Path) -> None:
        escrito(libro, I3="veintidós")
        dicho = zedxl("validar", libro, **SIN_CODIFICACION)
        assert (dicho.returncode, dicho.stderr) == (1, "")
        assert "Seguimiento!I3" in dicho.stdout
        assert "«veintidós»" in dicho.stdout
        hallazgos = json.loads(zedxl("validar", libro, "--json", **SIN_CODIFICACION).stdout)["hallazgos"]
        assert any("«veintidós»" in hallazgo["mensaje"] for hallazgo in hallazgos)

    def test_in_a_console_it_is_told_with_its_accents(self, libro: Path, consola: Consola) -> None:
        escrito(libro, I3="veintidós")
        codigo, filas = consola.zedxl("validar", libro)
        assert codigo == 1
        assert (
            "Seguimiento!I3 (AEI.01.01): Valor 2025-I: «veintidós»" in filas[0]
        )  # wine shows no colours but their codes


class TestRutas:
    def test_of_a_path_too_long_for_windows_it_is_not_said_that_there_is_no_such_file(self, carpeta: Path) -> None:
        """Wine has no such limit: here the file is really missing, as Windows says of one that is there."""
        ruta = carpeta.joinpath(*["Evaluación semestral del Plan Estratégico Institucional"] * 5, "Seguimiento.xlsx")
        dicho = falla(zedxl("validar", ruta))
        assert f"No se puede leer {ruta}: la ruta pasa de los 260 caracteres que Windows admite. Llévelo" in dicho


class TestNuevo:
    def test_from_a_csv_as_excel_writes_it(self, carpeta: Path) -> None:
        plan = carpeta / "Plan de la región.csv"
        plan.write_bytes(CSV.encode("cp1252"))
        salida = carpeta / "Seguimiento ñandú.xlsm"
        dicho = zedxl("nuevo", salida, "--desde", plan, "--entidad", "Municipalidad de Ñahuín", **SIN_CODIFICACION)
        assert (dicho.returncode, dicho.stderr) == (0, "")
        assert dicho.stdout == f"Se escribió {salida}: PEI 2025-2026, 1 OEI y 1 AEI, de 2025-I a 2026-II.\n"
        leido = leer(salida)
        assert leido.entidad.nombre == "Municipalidad de Ñahuín"
        assert [aei.denominacion for aei in leido.aeis] == ["Trámites en línea del año"]

    def test_from_a_book_its_values_come_along_and_nothing_is_written_over_it(self, libro: Path) -> None:
        antes = libro.read_bytes()
        assert f"{libro} ya existe y no se reemplaza." in falla(zedxl("nuevo", libro))
        assert libro.read_bytes() == antes
        salida = libro.with_name("Nuevo año.xlsm")
        dicho = zedxl("nuevo", salida, "--desde", libro)
        assert dicho.returncode == 0, dicho.stderr
        valores = [aei.indicadores[0].valor(Periodo(2025, 1)).valor for aei in leer(salida).aeis]
        assert valores == [2, 8, 1]
