"""The project's real VBA calling the real COM server: what `tests.excel_vba` doubles of Windows is Windows' own here."""

from __future__ import annotations

import sys

assert sys.platform == "win32"

import csv
from contextlib import suppress
from pathlib import Path

import win32api
import win32con
import win32event
from pyopenvba.interpreter import VBAObject, VBARuntimeError, member

from tests import objetos_excel
from tests.excel_vba import Dato, Equipo, Excel
from tests.windows import excel_falso
from tests.windows.dll import FallaDeActivacion, activar
from tests.windows.objeto_com import ObjetoCom

PYTHONW = Path(sys.executable).with_name("pythonw.exe")
_CONFIGURACION = Path(r"C:\Users\Perú\.zedxl\zedxl.conf")  # in the profile folder that tests.excel_vba gives


class Servidor(ObjetoCom):
    """A server process, with the questions that tests ask it."""

    @member
    def Falla(self) -> str:  # noqa: N802
        """Why there is no server; here is one."""
        return ""

    def preguntar(self, expresion: str) -> str:
        """What a Python expression is worth in the server, as text."""
        return str(self.vba_get("Str", [self.vba_get("Eval", [expresion])]))

    def hacer(self, instrucciones: str) -> None:
        """Run Python statements in the server."""
        self.vba_get("Exec", [instrucciones])

    def matar(self) -> None:
        """End the process as the task manager does, and wait until it has ended."""
        acceso = win32con.PROCESS_TERMINATE | win32con.SYNCHRONIZE
        proceso = win32api.OpenProcess(acceso, False, int(self.preguntar("__import__('os').getpid()")))
        win32api.TerminateProcess(proceso, 1)
        win32event.WaitForSingleObject(proceso, win32event.INFINITE)


class EquipoReal(Equipo):
    """This computer: its files, its configuration, and the servers that xlwings' DLL starts or finds."""

    def __init__(self) -> None:
        super().__init__()
        self.servidores: list[Servidor] = []

    def configurar(self, interprete: Path) -> None:
        """Write the configuration that installing writes: VBA reads it in the ANSI code page."""
        _CONFIGURACION.parent.mkdir(parents=True, exist_ok=True)
        _CONFIGURACION.write_text(f'"INTERPRETER_WIN","{interprete}"\n', "mbcs")

    def responder(self, pedido: str) -> VBAObject:
        """What Windows answers to the bridge."""
        que, _, detalle = pedido.partition(" ")
        match que:
            case "activar":
                return self._activar(detalle)
            case "configuracion":
                ruta, _, clave = detalle.partition("|")
                return Dato(texto=_leer(Path(ruta)).get(clave, ""))
            case _:
                return Dato(existe=Path(detalle).is_file())

    def _activar(self, orden: str) -> VBAObject:
        self.ordenes.append(orden)
        try:
            self.servidores.append(Servidor(activar(orden)))
        except FallaDeActivacion as falla:
            return Dato(falla=str(falla))
        return self.servidores[-1]


def _leer(ruta: Path) -> dict[str, str]:
    """The pairs in a file, as VBA's `Input #` reads them."""
    with ruta.open(encoding="mbcs", newline="") as archivo:
        return dict(fila for fila in csv.reader(archivo) if len(fila) == 2)


class LibroAbierto(objetos_excel.Libro):
    """An open workbook, for VBA here and for Python there."""

    def __init__(self, libro: excel_falso.Libro) -> None:
        super().__init__(libro.Name, libro.Path)
        self.despacho = libro.despacho


class ExcelVivo(Excel):
    """The VBA of a book, with this computer around it."""

    def __init__(self) -> None:
        super().__init__()
        self.equipo: EquipoReal = EquipoReal()
        self.equipo.configurar(PYTHONW)
        self.activo = None

    @property
    def servidor(self) -> Servidor:
        """The server that answered last."""
        return self.equipo.servidores[-1]

    def cerrar(self) -> None:
        """End the servers that this Excel has started or found."""
        for servidor in self.equipo.servidores:
            with suppress(VBARuntimeError):  # that one has ended already
                servidor.matar()

    def abrir(self, contenido: Path, direccion: str | None = None) -> excel_falso.Libro:
        """Open a workbook with the content of a file, which may say that it is elsewhere."""
        libro = excel_falso.Libro(contenido, direccion)
        self.activo = LibroAbierto(libro)
        return libro
