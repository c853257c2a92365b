"""Cells of a double of Excel's: what they answer and what becomes of what is written in them.

What is modelled is what an edit of the live book runs into: text is read as if it were typed, a locked cell of a
protected sheet refuses, Null answers for cells that differ.
"""

# ruff: noqa: N802  (members have Excel's names)

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from openpyxl.cell.cell import ERROR_CODES, MergedCell
from openpyxl.styles import Font, Protection
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.hyperlink import Hyperlink

from zedxl.edicion.rectangulos import rectangulos
from zedxl.libro.direccion import Area, direccion, leer_area

if TYPE_CHECKING:
    from tests.excel_doble import AplicacionDoble, HojaDoble, ListObjectDoble

_NINGUNO, _FORMATOS, _VALIDACION = -4142, -4122, 6
_ERRORES = {
    "#NULL!": 2000,
    "#DIV/0!": 2007,
    "#VALUE!": 2015,
    "#REF!": 2023,
    "#NAME?": 2029,
    "#NUM!": 2036,
    "#N/A": 2042,
}
_NUMERO = re.compile(r"[-+]?(\d[\d,]*)?(\.\d*)?\d?(e[-+]?\d+)?", re.IGNORECASE)
_FECHA = re.compile(
    r"\d{1,4}[-/]\d{1,4}([-/]\d{1,4})?|(ene|feb|mar|abr|may|mayo|jun|jul|ago|set|oct|nov|dic)[- ./]\d{1,4}"
)
_HORA = re.compile(r"\d{1,2}:\d{1,2}(:\d{1,2})?")


class FalloDeExcel(Exception):
    """What Excel answers when it does not do what it was asked."""


class RangoDoble:
    """A rectangle of cells of a sheet."""

    def __init__(self, hoja: HojaDoble, area: Area) -> None:
        self.__dict__.update(hoja=hoja, area=area)
        self.hoja: HojaDoble
        self.area: Area

    def __setattr__(self, nombre: str, valor: Any) -> None:
        if nombre not in type(self).__dict__:
            raise FalloDeExcel(f"a Range has no {nombre}")
        super().__setattr__(nombre, valor)

    @property
    def Application(self) -> AplicacionDoble:
        return self.hoja.libro.Application

    @property
    def Worksheet(self) -> HojaDoble:
        return self.hoja

    @property
    def Row(self) -> int:
        return self.area.fila

    @property
    def Column(self) -> int:
        return self.area.columna

    @property
    def Rows(self) -> Any:
        return SimpleNamespace(Count=self.area.hasta_fila - self.area.fila + 1)

    @property
    def Columns(self) -> Any:
        return SimpleNamespace(Count=self.area.hasta_columna - self.area.columna + 1)

    @property
    def Value2(self) -> Any:
        valores = [self._valor(*lugar) for lugar in self.area.posiciones()]
        ancho = self.Columns.Count
        filas = tuple(tuple(valores[n : n + ancho]) for n in range(0, len(valores), ancho))
        return valores[0] if self.area.celdas == 1 else filas

    @Value2.setter
    def Value2(self, valor: Any) -> None:
        self._exigir_abiertas(lambda celda: celda.protection.locked)
        if self.HasArray is not False:
            raise FalloDeExcel("You cannot change part of an array.")
        self.hoja.libro.tocar()
        for (fila, columna), uno in zip(self.area.posiciones(), self._repartido(valor), strict=True):
            celda = self.hoja.celda(fila, columna)
            if not isinstance(celda, MergedCell):
                _teclear(celda, uno)

    @property
    def Formula(self) -> Any:
        return self._comun(lambda c: c.value if c.data_type == "f" else "" if c.value is None else c.value)

    @Formula.setter
    def Formula(self, formula: str) -> None:
        assert not formula or formula[0] == "=" or formula in ERROR_CODES, "values are written by Value2"
        self._exigir_abiertas(lambda celda: celda.protection.locked)
        self.hoja.libro.tocar()
        for celda in self._celdas():
            celda.value = formula or None
            if celda.number_format == "@" and formula:
                celda.data_type = "s"

    @property
    def HasFormula(self) -> bool | None:
        return self._por_lugar(lambda lugar: self._con_formula(lugar) or self._en_matriz(lugar))

    @property
    def HasArray(self) -> bool | None:
        return self._por_lugar(self._en_matriz)

    @property
    def MergeCells(self) -> bool | None:
        return self._por_lugar(lambda lugar: self._unidas(lugar) is not None)

    @property
    def MergeArea(self) -> RangoDoble:
        lugar = (self.area.fila, self.area.columna)
        return RangoDoble(self.hoja, self._unidas(lugar) or Area(*lugar, *lugar))

    @property
    def NumberFormat(self) -> str | None:
        formato: str | None = self._comun(lambda celda: celda.number_format)
        return formato

    @NumberFormat.setter
    def NumberFormat(self, formato: str) -> None:
        for celda in self._para_dar_aspecto():
            celda.number_format = formato

    @property
    def Locked(self) -> bool | None:
        return self._por_lugar(lambda lugar: bool(self.hoja.celda(*lugar).protection.locked))

    @Locked.setter
    def Locked(self, cerrado: bool) -> None:
        if any((u := self._unidas(lugar)) and str(u) != str(self.area) for lugar in self.area.posiciones()):
            raise FalloDeExcel("To do this, all the merged cells need to be the same size.")
        for celda in self._para_dar_aspecto():
            celda.protection = Protection(locked=cerrado, hidden=celda.protection.hidden)

    @property
    def ListObject(self) -> ListObjectDoble | None:
        return self.hoja.tabla_en(self.area.fila, self.area.columna)

    @property
    def Interior(self) -> Any:
        return SimpleNamespace(Pattern=self._comun(lambda c: 1 if c.fill.fill_type else _NINGUNO))

    @property
    def Borders(self) -> Any:
        def con_borde(celda: Any) -> int:
            lados = (celda.border.left, celda.border.right, celda.border.top, celda.border.bottom)
            return 1 if any(lado is not None and lado.style for lado in lados) else _NINGUNO

        return SimpleNamespace(LineStyle=self._comun(con_borde))

    @property
    def Font(self) -> Any:
        return _Fuente(self)

    @property
    def Validation(self) -> Any:
        return SimpleNamespace(Delete=self._sin_validacion)

    @property
    def ColumnWidth(self) -> float:
        return float(self.hoja.ws.column_dimensions[get_column_letter(self.area.columna)].width)

    @ColumnWidth.setter
    def ColumnWidth(self, ancho: float) -> None:
        self.hoja.exigir("formatColumns")
        self.hoja.libro.tocar()
        for columna in range(self.area.columna, self.area.hasta_columna + 1):
            self.hoja.ws.column_dimensions[get_column_letter(columna)].width = ancho

    @property
    def RowHeight(self) -> float:
        return float(self.hoja.ws.row_dimensions[self.area.fila].height or 15)

    @RowHeight.setter
    def RowHeight(self, alto: float) -> None:
        self.hoja.exigir("formatRows")
        self.hoja.libro.tocar()
        for fila in range(self.area.fila, self.area.hasta_fila + 1):
            self.hoja.ws.row_dimensions[fila].height = alto

    @property
    def Hyperlinks(self) -> Any:
        celda = self.hoja.celda(*self._lugar)
        suyos = [] if celda.hyperlink is None else [celda.hyperlink]
        enlaces = [SimpleNamespace(Address=e.target or "", SubAddress=e.location or "") for e in suyos]
        return SimpleNamespace(Count=len(enlaces), Item=lambda n: enlaces[n - 1])

    def ClearHyperlinks(self) -> None:
        self.hoja.exigir("insertHyperlinks")
        self.hoja.libro.tocar()
        self.hoja.celda(*self._lugar).hyperlink = None

    def enlazar(self, direccion_: str, lugar: str) -> None:
        """Hyperlinks.Add of the sheet, for this cell."""
        self.hoja.exigir("insertHyperlinks")
        self.hoja.libro.tocar()
        celda = self.hoja.celda(*self._lugar)
        celda.hyperlink = Hyperlink(ref=celda.coordinate, target=direccion_ or None, location=lugar or None)
        celda.font = Font(bold=celda.font.b, color="0563C1", underline="single")

    @property
    def _lugar(self) -> tuple[int, int]:
        assert self.area.celdas == 1
        return self.area.fila, self.area.columna

    def Copy(self) -> None:
        self.Application.portapapeles = self

    def PasteSpecial(self, que: int) -> None:
        origen = self.Application.portapapeles
        if origen is None:
            raise FalloDeExcel("PasteSpecial method of Range class failed")
        if que == _VALIDACION:
            self._pegar_validacion(origen)
            return
        assert que == _FORMATOS
        alto, ancho = origen.Rows.Count, origen.Columns.Count
        for n, celda in enumerate(self._para_dar_aspecto()):
            fila, columna = divmod(n, self.Columns.Count)
            modelo = origen.hoja.celda(origen.Row + fila % alto, origen.Column + columna % ancho)
            celda._style = copy(modelo._style)

    def ClearFormats(self) -> None:
        for celda in self._para_dar_aspecto():
            celda.style = "Normal"

    def AutoFilter(self) -> None:
        self.hoja.exigir("formatCells")
        self.hoja.libro.tocar()
        self.hoja.ws.auto_filter.ref = str(self.area)

    def _valor(self, fila: int, columna: int) -> Any:
        celda = self.hoja.celda(fila, columna)
        valor = celda.value
        if celda.data_type == "f":
            guardada = self.hoja.guardada(fila, columna)
            valor = guardada.value if guardada is not None else None
        if valor in _ERRORES and celda.data_type != "s":
            return -2146828288 + _ERRORES[valor]
        return _en_excel(valor, self.hoja.libro.wb.epoch)

    def _repartido(self, valor: Any) -> Iterable[Any]:
        if not isinstance(valor, tuple):
            return [valor] * self.area.celdas
        assert (len(valor), len(valor[0])) == (self.Rows.Count, self.Columns.Count), "the array has another shape"
        return [uno for fila in valor for uno in fila]

    def _con_formula(self, lugar: tuple[int, int]) -> bool:
        return bool(self.hoja.celda(*lugar).data_type == "f")

    def _en_matriz(self, lugar: tuple[int, int]) -> bool:
        return any(lugar in leer_area(ref) for ref in self.hoja.matrices())

    def _unidas(self, lugar: tuple[int, int]) -> Area | None:
        areas = (leer_area(str(unidas)) for unidas in self.hoja.ws.merged_cells.ranges)
        return next((area for area in areas if lugar in area), None)

    def _celdas(self) -> Iterator[Any]:
        return (self.hoja.celda(*lugar) for lugar in self.area.posiciones())

    def _comun(self, de: Callable[[Any], Any]) -> Any:
        return _una_sola(de(celda) for celda in self._celdas())

    def _por_lugar(self, de: Callable[[tuple[int, int]], bool]) -> bool | None:
        comun: bool | None = _una_sola(de(lugar) for lugar in self.area.posiciones())
        return comun

    def _para_dar_aspecto(self) -> Iterator[Any]:
        self.hoja.exigir("formatCells")
        self.hoja.libro.tocar()
        return self._celdas()

    def _exigir_abiertas(self, cerrada: Callable[[Any], bool]) -> None:
        if self.hoja.ProtectContents and any(map(cerrada, self._celdas())):
            raise FalloDeExcel("The cell or chart you're trying to change is on a protected sheet.")

    def _pegar_validacion(self, origen: RangoDoble) -> None:
        self.hoja.exigir("formatCells")
        self.hoja.libro.tocar()
        de_los_dos = list(zip(origen.area.posiciones(), self.area.posiciones(), strict=True))
        for validacion in self.hoja.ws.data_validations.dataValidation:
            nuevas = [aqui for modelo, aqui in de_los_dos if direccion(*modelo) in validacion.sqref]
            for area in rectangulos(nuevas):
                validacion.sqref.add(str(area))

    def _sin_validacion(self) -> None:
        self.hoja.libro.tocar()
        for validacion in self.hoja.ws.data_validations.dataValidation:
            for area in [leer_area(str(suya)) for suya in validacion.sqref.ranges]:
                if all(lugar in self.area for lugar in area.posiciones()):
                    validacion.sqref.remove(str(area))


class _Fuente:
    """The font of some cells, of which only bold is set."""

    def __init__(self, rango: RangoDoble) -> None:
        self.__dict__["_rango"] = rango

    def __setattr__(self, nombre: str, valor: Any) -> None:
        assert nombre == "Bold"
        for celda in self.__dict__["_rango"]._para_dar_aspecto():
            celda.font = Font(bold=valor)


def _una_sola(valores: Iterable[Any]) -> Any:
    """The value that all have, Null when they differ."""
    distintos = list(dict.fromkeys(valores))
    return distintos[0] if len(distintos) == 1 else None


def _en_excel(valor: Any, origen: datetime) -> Any:
    """Value2 of a cell that openpyxl says holds this."""
    match valor:
        case None | bool() | str():
            return valor
        case date() | time() | timedelta():
            return float(to_excel(valor, origen))
        case ArrayFormula() | DataTableFormula():
            return None
        case _:
            return float(valor)


def _teclear(celda: Any, valor: Any) -> None:
    """Have a cell hold what Excel makes of a value given to Value2."""
    celda.quotePrefix = False
    if valor is None:
        raise FalloDeExcel("a Null is no value")
    if isinstance(valor, str):
        _teclear_texto(celda, valor)
    elif celda.number_format == "@":
        _texto(celda, str(valor).upper() if isinstance(valor, bool) else f"{valor:.15g}")
    else:
        celda.value = valor


def _teclear_texto(celda: Any, valor: str) -> None:
    if len(valor) > 32_767:
        raise FalloDeExcel("the text is too long")
    if valor.startswith("'"):
        _texto(celda, valor[1:])
        celda.quotePrefix = True
    elif celda.number_format == "@" or not valor:
        _texto(celda, valor)
    elif valor[0] in "=+-" and _numero(valor) is None:
        celda.value = f"={valor.removeprefix('=')}"
    elif valor[0] == "@":
        raise FalloDeExcel("That function isn't valid.")
    elif _FECHA.fullmatch(valor.casefold()) or _HORA.fullmatch(valor):
        celda.value = 45_000.0
        celda.number_format = "d-mmm" if celda.number_format == "General" else celda.number_format
    elif valor.casefold() in ("verdadero", "falso", "true", "false"):
        celda.value = valor.casefold() in ("verdadero", "true")
    elif (numero := _numero(valor)) is not None:
        celda.value = numero
        if valor.endswith("%") and celda.number_format == "General":
            celda.number_format = "0%"
    else:
        _texto(celda, valor, error=valor in ERROR_CODES)


def _numero(escrito: str) -> float | None:
    cifras = escrito.strip().removesuffix("%")
    if not _NUMERO.fullmatch(cifras) or not any(c.isdigit() for c in cifras):
        return None
    try:
        return float(cifras.replace(",", "")) / (100 if escrito.endswith("%") else 1)
    except ValueError:
        return None


def _texto(celda: Any, texto: str, error: bool = False) -> None:
    celda.value = texto or None
    if texto:
        celda.data_type = "e" if error else "s"
