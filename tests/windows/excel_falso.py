"""A small Excel as other processes see it over COM: one application with one workbook, its sheets, ranges of cells."""
# ruff: noqa: N802  (members have Excel's names)

from __future__ import annotations

import sys

assert sys.platform == "win32"

import pathlib
import shutil
from typing import Any

import win32gui
from win32com.client import VARIANT

from tests.windows.automatizacion import ObjetoDeExcel, enumeracion, rechazo

_CANCELAR = False
Filas = list[list[Any]]


class Aplicacion(ObjetoDeExcel):
    """Excel itself: what it was told to show, and what its user answers to a question."""

    interfaz = "_Application"
    ScreenUpdating = True
    EnableEvents = True

    def __init__(self, libro: Libro) -> None:
        super().__init__()
        self._libro = libro
        self.pasos: list[str] = []
        self.preguntas: list[str] = []
        self.respuesta: str | bool = _CANCELAR
        self.autocorreccion = Autocorreccion()

    @property
    def StatusBar(self) -> str | bool:
        """What the status bar shows."""
        return self.pasos[-1] if self.pasos else False

    @StatusBar.setter
    def StatusBar(self, texto: str) -> None:
        self.pasos.append(texto)

    def InputBox(self, pregunta: str, *_: Any) -> str | bool:
        """A question; False when its user cancels."""
        self.preguntas.append(pregunta)
        return self.respuesta

    @property
    def AutoCorrect(self) -> Autocorreccion:
        """What is done by itself while people type."""
        return self.autocorreccion

    @property
    def ActiveWorkbook(self) -> Libro:
        """The one workbook."""
        return self._libro

    @property
    def Hwnd(self) -> int:
        """A window, of which xlwings asks the process."""
        return int(win32gui.GetDesktopWindow())


class Autocorreccion(ObjetoDeExcel):
    """What Excel does by itself while people type."""

    interfaz = "AutoCorrect"
    AutoExpandListRange = True


class Libro(ObjetoDeExcel):
    """An open workbook. ``contenido`` is the file that a copy of it as it is now would be."""

    interfaz = "_Workbook"
    Date1904 = False

    def __init__(self, contenido: pathlib.Path, direccion: str | None = None) -> None:
        super().__init__()
        self._contenido = contenido
        self._direccion = str(contenido) if direccion is None else direccion
        self.aplicacion = Aplicacion(self)
        self.hojas = [Hoja(self, "Seguimiento")]
        self.editando_una_celda = False

    @property
    def Name(self) -> str:
        """The file's name."""
        return self._direccion.replace("\\", "/").rpartition("/")[2]

    @property
    def Path(self) -> str:
        """Folder or address of the folder; empty for a workbook that was never saved."""
        return self._direccion[: -len(self.Name)].rstrip("\\/")

    @property
    def FullName(self) -> str:
        """Path and name, or an address in the cloud."""
        return self._direccion

    @property
    def Application(self) -> Aplicacion:
        """The program that shows it."""
        return self.aplicacion

    @property
    def Parent(self) -> Aplicacion:
        """The program that shows it."""
        return self.aplicacion

    @property
    def Sheets(self) -> Hojas:
        """All sheets."""
        return Hojas(self.hojas)

    @property
    def Worksheets(self) -> Hojas:
        """All sheets."""
        return Hojas(self.hojas)

    def SaveCopyAs(self, ruta: str) -> None:
        """Write the workbook as it is now to another file; Excel refuses while a cell is being edited."""
        if self.editando_una_celda:
            raise rechazo("Excepción de HRESULT: 0x800AC472")
        shutil.copy(self._contenido, ruta)


class Hojas(ObjetoDeExcel):
    """The sheets of a workbook, counted from 1."""

    interfaz = "Sheets"

    def __init__(self, hojas: list[Hoja]) -> None:
        super().__init__()
        self._hojas = hojas

    @property
    def Count(self) -> int:
        """How many."""
        return len(self._hojas)

    def Item(self, numero: int) -> Hoja:
        """The sheet with this number."""
        return self._hojas[int(numero) - 1]

    _value_ = Item

    @property
    def _NewEnum(self) -> Any:
        return enumeracion(list(self._hojas))


class Hoja(ObjetoDeExcel):
    """A worksheet."""

    interfaz = "_Worksheet"

    def __init__(self, libro: Libro, nombre: str) -> None:
        super().__init__()
        self._libro, self._nombre = libro, nombre

    @property
    def Name(self) -> str:
        """What its tab says."""
        return self._nombre

    @property
    def Parent(self) -> Libro:
        """Its workbook."""
        return self._libro


class Rango(ObjetoDeExcel):
    """Cells of a sheet, from its first one on."""

    interfaz = "Range"

    def __init__(self, hoja: Hoja, filas: Filas) -> None:
        super().__init__()
        self._hoja, self._filas = hoja, filas

    @property
    def Value(self) -> Any:
        """Rows of cells, or what is in the only one."""
        valores = [[VARIANT(0, None) if celda is None else celda for celda in fila] for fila in self._filas]
        return valores[0][0] if len(valores) == len(valores[0]) == 1 else valores

    @property
    def Row(self) -> int:
        """The number of the first row."""
        return 1

    @property
    def Column(self) -> int:
        """The number of the first column."""
        return 1

    @property
    def Rows(self) -> Cuenta:
        """Its rows."""
        return Cuenta(len(self._filas))

    @property
    def Columns(self) -> Cuenta:
        """Its columns."""
        return Cuenta(len(self._filas[0]))

    @property
    def Worksheet(self) -> Hoja:
        """Its sheet."""
        return self._hoja

    @property
    def Parent(self) -> Hoja:
        """Its sheet."""
        return self._hoja

    def Address(self, *_: Any) -> str:
        """Where it is, here always said the same way."""
        return f"$A$1:${chr(ord('A') + len(self._filas[0]) - 1)}${len(self._filas)}"

    @property
    def CLSID(self) -> str:
        """What xlwings reads of the class that makepy would have generated."""
        return "{00020846-0000-0000-C000-000000000046}"


class Cuenta(ObjetoDeExcel):
    """Rows or columns, of which only the number is asked for."""

    interfaz = "Range"

    def __init__(self, cuantas: int) -> None:
        super().__init__()
        self._cuantas = cuantas

    @property
    def Count(self) -> int:
        """How many."""
        return self._cuantas
