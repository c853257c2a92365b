"""The server process: how it is started, found, lost and replaced."""

from __future__ import annotations

import sys

assert sys.platform == "win32"

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import pythoncom
import pywintypes

from tests.objetos_excel import Rango
from tests.valores_vba import error
from tests.windows.dll import olvidar_servidores_muertos
from tests.windows.excel_vivo import PYTHONW, ExcelVivo
from zedxl.excel import CLSID_RESIDENTE


def test_the_command_line_has_no_shell_no_book_and_no_folder_of_the_book(excel: ExcelVivo) -> None:
    excel.celda("SEMAFORO", 80)
    orden = excel.servidor.preguntar("'|'.join(__import__('sys').orig_argv)").split("|")
    assert orden[:-1] == [str(PYTHONW), "-B", "-I", "-m", "zedxl.excel"]
    assert pywintypes.IID(orden[-1])
    assert excel.servidor.preguntar("__import__('os').getppid()") == str(os.getpid())


def test_the_server_shows_no_console(excel: ExcelVivo) -> None:
    excel.celda("SEMAFORO", 80)
    assert excel.servidor.preguntar("__import__('ctypes').windll.kernel32.GetConsoleWindow()") == "0"


def test_nothing_is_imported_from_the_folder_where_excel_is(
    excel: ExcelVivo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "udfs.py").write_text("raise SystemExit('code from the folder of a book')")
    monkeypatch.chdir(tmp_path)
    assert excel.celda("SEMAFORO", 80) == "ÁMBAR"
    assert excel.servidor.preguntar("__import__('os').getcwd()") == str(tmp_path)
    assert excel.servidor.preguntar("'' in __import__('sys').path") == "False"


def test_one_process_serves_all_calls(excel: ExcelVivo) -> None:
    for _ in range(3):
        excel.celda("SEMAFORO", 80)
    assert len(excel.equipo.servidores) == 1


def test_a_server_that_was_ended_is_replaced_and_the_cell_gets_its_value(excel: ExcelVivo) -> None:
    excel.celda("SEMAFORO", 80)
    excel.servidor.matar()
    assert excel.celda("SEMAFORO", 96) == "VERDE"
    assert len(excel.equipo.servidores) == 2
    assert excel.celda("SEMAFORO", 80) == "ÁMBAR"
    assert len(excel.equipo.servidores) == 2


def test_a_server_that_dies_during_a_call_is_replaced_and_the_call_repeated(excel: ExcelVivo) -> None:
    excel.celda("COBERTURA", 80)
    excel.servidor.hacer("import udfs.excel as u; del u.SEMAFORO; u.__getattr__ = lambda _: __import__('os')._exit(3)")
    assert excel.celda("SEMAFORO", 80) == "ÁMBAR"
    assert len(excel.equipo.servidores) == 2


def test_a_button_after_the_death_of_the_server_works(excel: ExcelVivo) -> None:
    excel.celda("SEMAFORO", 80)
    excel.servidor.matar()
    excel.activo = None
    excel.pulsar("resumen")
    assert excel.mensajes[0].startswith("No hay ningún libro abierto")


@pytest.fixture
def python_roto(tmp_path: Path) -> Path:
    """An interpreter that ends at once, because its library is gone, beside xlwings' DLL."""
    for archivo in (PYTHONW, PYTHONW.with_name("python313.dll"), *PYTHONW.parent.glob("xlwings64*.dll")):
        shutil.copy(archivo, tmp_path)
    return tmp_path / PYTHONW.name


def test_a_server_that_cannot_start_is_tried_once_and_the_reason_told(excel: ExcelVivo, python_roto: Path) -> None:
    excel.equipo.configurar(python_roto)
    for _ in range(5):
        assert excel.celda("SEMAFORO", 80) == error("#N/A")
    assert sum(orden.startswith('"') for orden in excel.equipo.ordenes) == 1
    excel.pulsar("resumen")
    assert excel.mensajes[0].startswith("No se pudo iniciar Python: ")


def test_after_mending_it_a_button_reaches_the_server_again(excel: ExcelVivo, python_roto: Path) -> None:
    excel.equipo.configurar(python_roto)
    excel.celda("SEMAFORO", 80)
    excel.equipo.configurar(PYTHONW)
    excel.activo = None
    excel.pulsar("resumen")
    assert excel.celda("SEMAFORO", 80) == "ÁMBAR"


@pytest.fixture
def residente() -> Iterator[subprocess.Popen[bytes]]:
    """The server that a person may have started at logon; wine must have forgotten the dead ones before."""
    olvidar_servidores_muertos()
    with subprocess.Popen([PYTHONW, "-B", "-I", "-m", "zedxl.excel", CLSID_RESIDENTE]) as proceso:
        while not _responde():
            assert proceso.poll() is None, "the resident server ended"
            time.sleep(0.05)
        yield proceso
        proceso.kill()
    olvidar_servidores_muertos()


def _responde() -> bool:
    contexto, interfaz = pythoncom.CLSCTX_LOCAL_SERVER, pythoncom.IID_IDispatch
    try:
        pythoncom.CoCreateInstance(pywintypes.IID(CLSID_RESIDENTE), None, contexto, interfaz)
    except pywintypes.com_error:
        return False
    return True


def test_excel_attaches_to_the_resident_server_and_starts_none(
    excel: ExcelVivo, residente: subprocess.Popen[bytes]
) -> None:
    assert excel.celda("AVANCE_AEI", Rango([[4], [8]]), 2) == [[50.0], [25.0]]
    assert excel.equipo.ordenes == [CLSID_RESIDENTE]
    assert excel.servidor.preguntar("__import__('os').getpid()") == str(residente.pid)


def test_without_the_resident_server_excel_starts_its_own(excel: ExcelVivo) -> None:
    assert excel.celda("SEMAFORO", 80) == "ÁMBAR"
    assert excel.equipo.ordenes[0] == CLSID_RESIDENTE
    assert excel.equipo.ordenes[1].endswith("-m zedxl.excel $(CLSID)")


def test_when_the_resident_server_ends_excel_starts_its_own(
    excel: ExcelVivo, residente: subprocess.Popen[bytes]
) -> None:
    excel.celda("SEMAFORO", 80)
    residente.kill()
    residente.wait()
    olvidar_servidores_muertos()
    assert excel.celda("SEMAFORO", 96) == "VERDE"
    assert excel.equipo.ordenes[-1].endswith("-m zedxl.excel $(CLSID)")
