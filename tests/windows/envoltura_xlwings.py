"""How the VBA that xlwings generates calls a function, for comparison: its server command and what each call carries."""

from __future__ import annotations

import sys

assert sys.platform == "win32"

from pathlib import Path
from typing import Any

import pythoncom

from tests.windows.dll import activar
from tests.windows.excel_falso import Libro, Rango


class EnvolturaDeXlwings:
    """Functions of one workbook, called as the generated wrappers do."""

    def __init__(self, interprete: Path, libro: Libro) -> None:
        self._libro = libro
        self._celda = Rango(libro.hojas[0], [[None]])
        self._orden = _orden(interprete, libro.FullName)

    def llamar(self, modulo: str, funcion: str, *argumentos: Any) -> Any:
        """Look for the server, then call with ranges as objects, the workbook, and the cell that calls."""
        servidor = activar(self._orden)
        dados = [a.despacho if isinstance(a, Rango) else a for a in argumentos]
        modo = pythoncom.DISPATCH_METHOD | pythoncom.DISPATCH_PROPERTYGET
        miembro = servidor.GetIDsOfNames("CallUDF")
        libro, celda = self._libro.despacho, self._celda.despacho
        return servidor.Invoke(miembro, 0, modo, True, modulo, funcion, dados, libro, celda)


def _orden(interprete: Path, libro: str) -> str:
    """What XLPyCommand of xlwings.bas builds with the configuration as it comes."""
    rutas = f"true;{libro};{libro};;;;".replace("\\", "\\\\").replace("'", "\\'").replace("&", "^&")
    return (
        f'cmd.exe  /K ""{interprete}" -B -c "import sys, os;import xlwings.utils;'
        f'xlwings.utils.prepare_sys_path(\\"{rutas}\\");import xlwings; xlwings.serve(\'$(CLSID)\')""'
    )
