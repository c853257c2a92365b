"""A sheet whose cells other processes read and write over COM, protected or not."""
# ruff: noqa: N802, N803  (members have Excel's names)

from __future__ import annotations

import sys

assert sys.platform == "win32"

from collections.abc import Callable, Mapping
from typing import Any

from win32com.client import VARIANT

from tests.windows.automatizacion import ObjetoDeExcel, rechazo
from tests.windows.excel_falso import Cuenta, Hoja, Libro
from zedxl.libro.direccion import Area, leer_area

_VACIA = VARIANT(0, None)
_COMO_FECHA = "ene-25"


class HojaConCeldas(Hoja):
    """A worksheet with values by address; ``formatos`` are the number formats, "General" where none is given.

    ``rechazadas`` are cells that refuse what is written in them, until they are taken out.
    """

    EnableSelection = 0
    ProtectContents = False
    ProtectDrawingObjects = False
    ProtectScenarios = False
    ProtectionMode = False

    def __init__(
        self, libro: Libro, nombre: str, celdas: Mapping[str, Any], formatos: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(libro, nombre)
        self.valores = {_lugar(lugar): valor for lugar, valor in celdas.items()}
        self.formatos = {_lugar(lugar): formato for lugar, formato in (formatos or {}).items()}
        self.rechazadas: set[tuple[int, int]] = set()
        self.escritos: list[tuple[str, Any]] = []
        self.protecciones: list[tuple[Any, ...]] = []
        self.permisos = Permisos()

    def valor(self, lugar: str) -> Any:
        """What a cell holds."""
        return self.valores.get(_lugar(lugar))

    def formato(self, lugar: str) -> str:
        """The number format of a cell."""
        return self.formatos.get(_lugar(lugar), "General")

    def Range(self, lugar: str) -> Celdas:
        """The cells at an address."""
        return Celdas(self, leer_area(lugar))

    def Cells(self, fila: int, columna: int) -> Celdas:
        """One cell."""
        return Celdas(self, Area(int(fila), int(columna), int(fila), int(columna)))

    @property
    def ListObjects(self) -> Cuenta:
        """Its tables: none."""
        return Cuenta(0)

    @property
    def Protection(self) -> Permisos:
        """What is allowed while it is protected."""
        return self.permisos

    def Protect(self, *argumentos: Any) -> None:
        """Protect it; what was asked for is kept."""
        self.protecciones.append(argumentos)
        self.ProtectContents = True

    def Unprotect(self, Password: str) -> None:
        """Lift the protection, which has no password."""
        assert Password == ""
        self.ProtectContents = False


class Permisos(ObjetoDeExcel):
    """What is allowed while a sheet is protected."""

    interfaz = "Protection"
    AllowFormattingCells = AllowFormattingRows = False
    AllowFormattingColumns = True
    AllowInsertingColumns = AllowInsertingRows = AllowInsertingHyperlinks = False
    AllowDeletingColumns = AllowDeletingRows = False
    AllowSorting = AllowFiltering = True
    AllowUsingPivotTables = False


class Celdas(ObjetoDeExcel):
    """A rectangle of cells, none of which has a formula or is merged."""

    interfaz = "Range"
    HasFormula = False
    HasArray = False
    MergeCells = False

    def __init__(self, hoja: HojaConCeldas, area: Area) -> None:
        super().__init__()
        self._hoja, self._area = hoja, area

    @property
    def Value2(self) -> Any:
        """Rows of cells, or what is in the only one."""
        return self._por_filas(lambda lugar: self._hoja.valores.get(lugar, _VACIA))

    @Value2.setter
    def Value2(self, valor: Any) -> None:
        if self._hoja.ProtectContents or any(lugar in self._hoja.rechazadas for lugar in self._area.posiciones()):
            raise rechazo("La celda está protegida.")
        self._hoja.escritos.append((str(self._area), valor))
        filas = valor if isinstance(valor, tuple) else ((valor,) * self._area.celdas,)
        for lugar, uno in zip(self._area.posiciones(), (v for fila in filas for v in fila), strict=True):
            self._teclear(lugar, uno)

    @property
    def NumberFormat(self) -> str | None:
        """The number format, Null when the cells have several."""
        formatos = {self._hoja.formatos.get(lugar, "General") for lugar in self._area.posiciones()}
        return formatos.pop() if len(formatos) == 1 else None

    @NumberFormat.setter
    def NumberFormat(self, formato: str) -> None:
        self._hoja.formatos.update(dict.fromkeys(self._area.posiciones(), formato))

    def _teclear(self, lugar: tuple[int, int], valor: Any) -> None:
        if valor == _COMO_FECHA:
            self._hoja.valores[lugar], self._hoja.formatos[lugar] = 45_681.0, "mmm-yy"
        elif valor == "":
            self._hoja.valores.pop(lugar, None)
        else:
            self._hoja.valores[lugar] = valor.removeprefix("'") if isinstance(valor, str) else valor

    def _por_filas(self, de: Callable[[tuple[int, int]], Any]) -> Any:
        area = self._area
        if area.celdas == 1:
            return de((area.fila, area.columna))
        columnas = range(area.columna, area.hasta_columna + 1)
        return [[de((fila, columna)) for columna in columnas] for fila in range(area.fila, area.hasta_fila + 1)]


def _lugar(lugar: str) -> tuple[int, int]:
    area = leer_area(lugar)
    return area.fila, area.columna
