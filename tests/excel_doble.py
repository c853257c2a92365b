"""A double of Excel for Linux: a workbook file opened by openpyxl behind Excel's object model, without a screen.

`LibroDoble` takes the place of a Workbook: ``LibroDoble(ruta).vivo`` is the `LibroVivo` of it. What a person would
answer is put beforehand into ``Application.respuestas`` (InputBox; True accepts what is proposed), ``archivos`` and
``carpetas`` (the dialogs); without an answer they cancel. What was asked and shown is in ``preguntas`` and ``pasos``.
``SaveCopyAs`` gives the book as it is now, recalculated by zedxl as Excel does by itself.
"""

# ruff: noqa: N802, N803  (members and arguments have Excel's names)

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterator, Sequence
from copy import copy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.protection import hash_password
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from tests.rango_doble import FalloDeExcel, RangoDoble
from zedxl.excel.libro_vivo import LibroVivo
from zedxl.libro.direccion import Area, leer_area
from zedxl.libro.paquete import Paquete
from zedxl.recalculo.calculo import recalcular

_PERMISOS = (
    "formatCells", "formatColumns", "formatRows", "insertColumns", "insertRows", "insertHyperlinks",
    "deleteColumns", "deleteRows", "sort", "autoFilter", "pivotTables",
)  # fmt: skip
_NOMBRES = (
    "AllowFormattingCells", "AllowFormattingColumns", "AllowFormattingRows", "AllowInsertingColumns",
    "AllowInsertingRows", "AllowInsertingHyperlinks", "AllowDeletingColumns", "AllowDeletingRows", "AllowSorting",
    "AllowFiltering", "AllowUsingPivotTables",
)  # fmt: skip
_VISIBLES = {-1: "visible", 0: "hidden", 2: "veryHidden"}


class AplicacionDoble:
    """Excel itself, and the person in front of it."""

    def __init__(self, libro: LibroDoble) -> None:
        self.libro = libro
        self.respuestas: list[Any] = []
        self.archivos: list[Sequence[Path]] = []
        self.carpetas: list[Path] = []
        self.preguntas: list[str] = []
        self.pasos: list[Any] = []
        self.portapapeles: RangoDoble | None = None
        self.UserName = "Ana Quispe"
        self.ScreenUpdating = self.EnableEvents = self.DisplayAlerts = True
        self.AutoCorrect = SimpleNamespace(AutoExpandListRange=True)

    @property
    def StatusBar(self) -> Any:
        return self.pasos[-1] if self.pasos else False

    @StatusBar.setter
    def StatusBar(self, texto: Any) -> None:
        self.pasos.append(texto)

    @property
    def CutCopyMode(self) -> bool:
        return self.portapapeles is not None

    @CutCopyMode.setter
    def CutCopyMode(self, _: bool) -> None:
        self.portapapeles = None

    def InputBox(self, pregunta: str, titulo: str, propuesta: str, Type: int | None = None) -> Any:  # noqa: ARG002
        assert len(pregunta) <= 255 or Type is None, "Excel does not show a longer one"
        self.preguntas.append(pregunta)
        respuesta = self.respuestas.pop(0) if self.respuestas else False
        escrito = propuesta if respuesta is True else respuesta
        return self.rango(escrito) if Type == 8 and isinstance(escrito, str) else escrito

    def rango(self, escrito: str) -> RangoDoble:
        """The cells that a reference names, in the sheet that is shown unless it says another."""
        hoja, _, lugar = escrito.rpartition("!")
        libro = self.libro
        return (libro.hoja(hoja.strip("'").replace("''", "'")) if hoja else libro.ActiveSheet).Range(lugar)

    def GetOpenFilename(self, FileFilter: str, FilterIndex: int, Title: str, ButtonText: str, MultiSelect: bool) -> Any:
        assert FileFilter.count(",") % 2
        assert (FilterIndex, ButtonText) == (1, "")
        self.preguntas.append(Title)
        elegidos = tuple(map(str, self.archivos.pop(0))) if self.archivos else ()
        return (elegidos if MultiSelect else elegidos[0]) if elegidos else False

    def FileDialog(self, tipo: int) -> Any:
        assert tipo == 4
        return _DialogoDeCarpeta(self)


class _DialogoDeCarpeta:
    def __init__(self, aplicacion: AplicacionDoble) -> None:
        self._aplicacion, self.Title = aplicacion, ""

    def Show(self) -> int:
        self._aplicacion.preguntas.append(self.Title)
        return -1 if self._aplicacion.carpetas else 0

    def SelectedItems(self, numero: int) -> str:
        assert numero == 1
        return str(self._aplicacion.carpetas.pop(0))


class _Pagina:
    """How a sheet is printed."""

    def __init__(self, hoja: HojaDoble) -> None:
        self._hoja = hoja

    @property
    def PrintArea(self) -> str:
        return str(self._hoja.ws.print_area or "").rpartition("!")[2]

    @PrintArea.setter
    def PrintArea(self, area: str) -> None:
        self._hoja.libro.tocar()
        self._hoja.ws.print_area = area


class Coleccion:
    """Things counted from 1, that also have names."""

    def __init__(self, miembros: Sequence[Any]) -> None:
        self._miembros = miembros

    @property
    def Count(self) -> int:
        return len(self._miembros)

    def Item(self, cual: int | str) -> Any:
        if isinstance(cual, int):
            return self._miembros[cual - 1]
        return next(miembro for miembro in self._miembros if miembro.Name.casefold() == cual.casefold())


class LibroDoble:
    """An open workbook, with what a file says.

    ``fallar_en`` is the number of the step of writing at which Excel fails, once; ``escrituras`` counts them.
    """

    def __init__(self, ruta: Path, direccion: str | None = None) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells what it does not keep
            self.wb: Any = openpyxl.load_workbook(ruta)
            self._guardado: Any = openpyxl.load_workbook(ruta, data_only=True)
        self._ruta = ruta
        self.Name = ruta.name
        self.Path = str(ruta.parent) if direccion is None else direccion.rpartition("/")[0]
        self.FullName = str(ruta) if direccion is None else direccion
        self.Application = AplicacionDoble(self)
        self.hojas = [HojaDoble(self, ws) for ws in self.wb.worksheets]
        self.ActiveSheet = self.hojas[0]
        self.escrituras = 0
        self.fallar_en: int | None = None
        self.copias: list[Path] = []

    @property
    def vivo(self) -> LibroVivo:
        """What zedxl sees of it."""
        libro: Any = SimpleNamespace(api=self)
        return LibroVivo(libro)

    @property
    def Date1904(self) -> bool:
        return bool(self.wb.epoch.year == 1904)

    @property
    def ProtectStructure(self) -> bool:
        return bool(self.wb.security and self.wb.security.lockStructure)

    @property
    def Names(self) -> Coleccion:
        return Coleccion([SimpleNamespace(Name=nombre) for nombre in self.wb.defined_names])

    @property
    def Sheets(self) -> Coleccion:
        return Coleccion(self.hojas)

    @property
    def Worksheets(self) -> Any:
        hojas: Any = Coleccion(self.hojas)
        hojas.Add = self._agregar
        return hojas

    def hoja(self, nombre: str) -> HojaDoble:
        """The sheet of this name."""
        encontrada: HojaDoble = self.Sheets.Item(nombre)
        return encontrada

    def valor(self, nombre: str, lugar: str) -> Any:
        """Value2 of a cell."""
        return self.hoja(nombre).Range(lugar).Value2

    def SaveCopyAs(self, ruta: str) -> None:
        self.copias.append(Path(ruta))
        if not self.escrituras:
            shutil.copy(self._ruta, ruta)
            return
        self.wb.save(ruta)
        Path(ruta).write_bytes(recalcular(Paquete(Path(ruta))).contenido)

    def tocar(self) -> None:
        """Note that something is written."""
        self.escrituras += 1
        if self.escrituras == self.fallar_en:
            raise FalloDeExcel("Exception from HRESULT: 0x800A03EC")

    def guardada(self, nombre: str) -> Any:
        """The sheet as it was saved, with the values of its formulas."""
        return self._guardado[nombre] if nombre in self._guardado.sheetnames else None

    def estado(self) -> dict[str, Any]:
        """All that can be told of the book, for comparing before and after."""
        return {hoja.Name: hoja.estado() for hoja in self.hojas}

    def _agregar(self, *, After: HojaDoble) -> HojaDoble:
        assert After is self.hojas[-1]
        if self.ProtectStructure:
            raise FalloDeExcel("Workbook is protected and cannot be changed.")
        self.tocar()
        nueva = HojaDoble(self, self.wb.create_sheet())
        self.hojas.append(nueva)
        self.ActiveSheet = nueva
        return nueva


class HojaDoble:
    """A worksheet."""

    def __init__(self, libro: LibroDoble, ws: Any) -> None:
        self.libro, self.ws = libro, ws
        self._original = ws.title
        _separar_columnas(ws)

    @property
    def Application(self) -> AplicacionDoble:
        return self.libro.Application

    @property
    def Parent(self) -> LibroDoble:
        return self.libro

    @property
    def Name(self) -> str:
        return str(self.ws.title)

    @Name.setter
    def Name(self, nombre: str) -> None:
        otras = {hoja.Name.casefold() for hoja in self.libro.hojas if hoja is not self}
        if not 0 < len(nombre) <= 31 or set(nombre) & set("[]:*?/\\") or nombre.casefold() in otras:
            raise FalloDeExcel("That name is already taken or not valid.")
        self.libro.tocar()
        self.ws.title = nombre

    @property
    def Visible(self) -> int:
        return next(numero for numero, nombre in _VISIBLES.items() if nombre == self.ws.sheet_state)

    @Visible.setter
    def Visible(self, como: int) -> None:
        self.libro.tocar()
        self.ws.sheet_state = _VISIBLES[como]

    @property
    def Columns(self) -> Any:
        return SimpleNamespace(Item=lambda n: RangoDoble(self, Area(1, n, 1, n)))

    def Range(self, lugar: str) -> RangoDoble:
        return RangoDoble(self, leer_area(lugar))

    def Cells(self, fila: int, columna: int) -> RangoDoble:
        return RangoDoble(self, Area(fila, columna, fila, columna))

    def Activate(self) -> None:
        self.libro.ActiveSheet = self

    def Delete(self) -> None:
        assert not self.Application.DisplayAlerts, "a dialog would wait for the person"
        self.libro.tocar()
        self.libro.hojas.remove(self)
        self.libro.wb.remove(self.ws)

    @property
    def Hyperlinks(self) -> Any:
        def agregar(*, Anchor: RangoDoble, Address: str, SubAddress: str) -> None:
            Anchor.enlazar(Address, SubAddress)

        return SimpleNamespace(Add=agregar)

    @property
    def ListObjects(self) -> Any:
        tablas: Any = Coleccion([ListObjectDoble(self, tabla) for tabla in self.ws.tables.values()])
        tablas.Add = self._agregar_tabla
        return tablas

    @property
    def PageSetup(self) -> _Pagina:
        return _Pagina(self)

    @property
    def AutoFilterMode(self) -> bool:
        return bool(self.ws.auto_filter.ref)

    @AutoFilterMode.setter
    def AutoFilterMode(self, _: bool) -> None:
        self.exigir("formatCells")
        self.libro.tocar()
        self.ws.auto_filter = AutoFilter()

    @property
    def AutoFilter(self) -> Any:
        return SimpleNamespace(Range=self.Range(self.ws.auto_filter.ref)) if self.AutoFilterMode else None

    @property
    def FilterMode(self) -> bool:
        return bool(self.ws.auto_filter.filterColumn)

    @property
    def ProtectContents(self) -> bool:
        return bool(self.ws.protection.sheet)

    @property
    def ProtectDrawingObjects(self) -> bool:
        return bool(self.ws.protection.objects)

    @property
    def ProtectScenarios(self) -> bool:
        return bool(self.ws.protection.scenarios)

    @property
    def ProtectionMode(self) -> bool:
        return False

    @property
    def Protection(self) -> Any:
        protegida = self.ws.protection
        return SimpleNamespace(
            **{nombre: not getattr(protegida, p) for nombre, p in zip(_NOMBRES, _PERMISOS, strict=True)}
        )

    @property
    def EnableSelection(self) -> int:
        protegida = self.ws.protection
        return -4142 if protegida.selectUnlockedCells else int(bool(protegida.selectLockedCells))

    @EnableSelection.setter
    def EnableSelection(self, cual: int) -> None:
        self.ws.protection.selectLockedCells = cual != 0
        self.ws.protection.selectUnlockedCells = cual == -4142

    def Protect(
        self,
        Password: str,
        DrawingObjects: bool,
        Contents: bool,
        Scenarios: bool,
        UserInterfaceOnly: bool,
        *permisos: bool,
    ) -> None:
        assert Contents
        assert (Password, UserInterfaceOnly, len(permisos)) == ("", False, len(_PERMISOS))
        self.libro.tocar()
        protegida = self.ws.protection
        protegida.sheet, protegida.objects, protegida.scenarios = True, DrawingObjects, Scenarios
        for permiso, permitido in zip(_PERMISOS, permisos, strict=True):
            setattr(protegida, permiso, not permitido)

    def Unprotect(self, Password: str) -> None:
        clave = self.ws.protection.password
        if self.ProtectContents and clave and clave != hash_password(Password):
            raise FalloDeExcel("The password you supplied is not correct.")
        self.libro.tocar()
        self.ws.protection.sheet = False

    def exigir(self, permiso: str) -> None:
        """Fail as Excel does when the sheet is protected and that is not allowed."""
        if self.ProtectContents and getattr(self.ws.protection, permiso):
            raise FalloDeExcel("The cell or chart you're trying to change is on a protected sheet.")

    def celda(self, fila: int, columna: int) -> Any:
        """The cell, with the look of its column when it has none of its own."""
        nueva = (fila, columna) not in self.ws._cells
        celda = self.ws.cell(fila, columna)
        dimension = self.ws.column_dimensions.get(get_column_letter(columna))
        if nueva and dimension is not None and dimension.has_style:
            celda._style = copy(dimension._style)
        return celda

    def guardada(self, fila: int, columna: int) -> Any:
        """The cell as it was saved, None in a new sheet."""
        hoja = self.libro.guardada(self._original)
        return None if hoja is None else hoja.cell(fila, columna)

    def matrices(self) -> Iterator[str]:
        """Where array formulas and data tables put their results."""
        for celda in list(self.ws._cells.values()):
            if isinstance(celda.value, ArrayFormula | DataTableFormula):
                yield celda.value.ref

    def tabla_en(self, fila: int, columna: int) -> ListObjectDoble | None:
        """The table that has this cell."""
        tablas = (ListObjectDoble(self, tabla) for tabla in self.ws.tables.values())
        return next((tabla for tabla in tablas if (fila, columna) in tabla.Range.area), None)

    def estado(self) -> dict[str, Any]:
        """All that can be told of the sheet; what was only looked at is not in it."""
        vacia = ("n", None, "General", True, False)
        rasgos = {
            lugar: (c.data_type, c.value, c.number_format, c.protection.locked, c.font.b)
            for lugar, c in self.ws._cells.items()
        }
        anchos = {letra: dimension.width for letra, dimension in self.ws.column_dimensions.items()}
        return {
            "celdas": {lugar: suyos for lugar, suyos in rasgos.items() if suyos != vacia},
            "proteccion": dict(self.ws.protection),
            "tablas": {t.displayName: (t.ref, [c.name for c in t.tableColumns]) for t in self.ws.tables.values()},
            "filtro": self.ws.auto_filter.ref,
            "anchos": {letra: ancho for letra, ancho in anchos.items() if ancho != 13},
            "validaciones": sorted(str(v.sqref) for v in self.ws.data_validations.dataValidation),
            "visible": self.ws.sheet_state,
            "enlaces": {
                lugar: (c.hyperlink.target, c.hyperlink.location) for lugar, c in self.ws._cells.items() if c.hyperlink
            },
        }

    def _agregar_tabla(self, *, SourceType: int, Source: RangoDoble, XlListObjectHasHeaders: int) -> ListObjectDoble:
        assert (SourceType, XlListObjectHasHeaders) == (1, 1)
        self.libro.tocar()
        tabla = Table(displayName=f"Tabla{len(self.ws.tables) + 1}", ref=str(Source.area))
        tabla.tableStyleInfo = TableStyleInfo(name="TableStyleMedium2", showRowStripes=True)
        lista = ListObjectDoble(self, tabla)
        lista.poner_titulos()
        self.ws.add_table(tabla)
        return lista


class ListObjectDoble:
    """A table of a sheet."""

    def __init__(self, hoja: HojaDoble, tabla: Any) -> None:
        self._hoja, self._tabla = hoja, tabla

    @property
    def Name(self) -> str:
        return str(self._tabla.displayName)

    @Name.setter
    def Name(self, nombre: str) -> None:
        todas = {t.casefold() for hoja in self._hoja.libro.hojas for t in hoja.ws.tables}
        if nombre.casefold() in todas or " " in nombre:
            raise FalloDeExcel("The name is taken or not valid.")
        self._hoja.libro.tocar()
        del self._hoja.ws.tables[self._tabla.displayName]
        self._tabla.displayName = self._tabla.name = nombre
        self._hoja.ws.add_table(self._tabla)

    @property
    def Range(self) -> RangoDoble:
        return self._hoja.Range(self._tabla.ref)

    @property
    def AutoFilter(self) -> Any:
        filtro = self._tabla.autoFilter
        return None if filtro is None else SimpleNamespace(FilterMode=bool(filtro.filterColumn))

    @property
    def ShowHeaders(self) -> bool:
        return bool(self._tabla.headerRowCount != 0)

    @property
    def ShowTotals(self) -> bool:
        return bool(self._tabla.totalsRowCount)

    def Resize(self, rango: RangoDoble) -> None:
        assert (rango.Row, rango.Column) == (self.Range.Row, self.Range.Column)
        self._hoja.exigir("formatCells")
        self._hoja.libro.tocar()
        self._tabla.ref = str(rango.area)
        self.poner_titulos()

    def poner_titulos(self) -> None:
        """Name the columns as their titles say; Excel gives one to a column that has none."""
        area = self.Range.area
        columnas = []
        for n, columna in enumerate(range(area.columna, area.hasta_columna + 1), 1):
            celda = self._hoja.celda(area.fila, columna)
            if celda.value is None:
                celda.value = f"Columna{n}"
            columnas.append(TableColumn(id=n, name=str(celda.value)))
        self._tabla.tableColumns = columnas
        self._tabla.autoFilter = AutoFilter(ref=str(area))


def _separar_columnas(ws: Any) -> None:
    """openpyxl keeps columns that are alike under the first of them; here each has its own."""
    for primera in list(ws.column_dimensions.values()):
        desde, hasta = primera.min or 0, min(primera.max or 0, 256)
        for columna in range(desde + 1, hasta + 1):
            letra = get_column_letter(columna)
            otra = ColumnDimension(ws, index=letra, width=primera.width, hidden=primera.hidden, customWidth=True)
            otra._style = copy(primera._style)
            ws.column_dimensions[letra] = otra
        if hasta > desde:
            primera.max = primera.min
