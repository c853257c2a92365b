"""An Excel for tests: the project's real VBA, run by pyOpenVBA's interpreter, with doubles around it.

What is not VBA is doubled: Excel's objects, the DLL that starts the server, the configuration file, and the server,
which calls ``udfs.excel`` in this very process the way xlwings' does.
"""

# ruff: noqa: N802, N803  (the names are those of VBA)

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from pyopenvba.apps.excel._bridge import ExcelBridge
from pyopenvba.interpreter import (
    EMPTY,
    MISSING,
    NOTHING,
    HostBridge,
    Interpreter,
    VBAArray,
    VBAErrorValue,
    VBAObject,
    VBARuntimeError,
    member,
    method,
    setter,
)

import udfs.excel
from zedxl.excel.proyecto import modulos

SERVIDOR_MUERTO = -2147023174
_ERRORES = {
    "#NULL!": 2000,
    "#DIV/0!": 2007,
    "#VALUE!": 2015,
    "#REF!": 2023,
    "#NAME?": 2029,
    "#NUM!": 2036,
    "#N/A": 2042,
}
_NOMBRES = {numero: nombre for nombre, numero in _ERRORES.items()}

# What the real one reaches through Windows; every other line of the bridge is the shipped one.
_DOBLES = """
Public Function XLPyDLLActivateAuto(ByRef Result As Variant, Optional ByVal Config As String, Optional ByVal mode As Long) As Long
    Dim hallado As Object
    Set hallado = CreateObject("activar " & Config)
    If hallado.Falla = "" Then
        Set Result = hallado
    Else
        Result = hallado.Falla
        XLPyDLLActivateAuto = -1
    End If
End Function
Public Function LoadLibrary(ByVal ruta As String) As Long
    LoadLibrary = CreateObject("cargar " & ruta).Existe
End Function
Public Function FileExistsOnWindows(ByVal ruta As String) As Boolean
    FileExistsOnWindows = (CreateObject("mirar " & ruta).Existe <> 0)
End Function
Public Function GetConfigFromFile(ruta As String, clave As String, Optional valor As String) As Boolean
    valor = CreateObject("configuracion " & ruta & "|" & clave).Texto
    GetConfigFromFile = (valor <> "")
End Function
Public Function Environ(ByVal nombre As String) As String
    Environ = "C:\\Users\\Perú"
End Function
"""


def error(nombre: str) -> VBAErrorValue:
    """An error value of a cell, by its English name."""
    return VBAErrorValue(_ERRORES[nombre])


class Dato(VBAObject):
    """What a double of Windows answers."""

    def __init__(self, **valores: Any) -> None:
        self._valores = valores

    @member
    def Falla(self) -> str:
        return str(self._valores["falla"])

    @member
    def Existe(self) -> int:
        return int(self._valores["existe"])

    @member
    def Texto(self) -> str:
        return str(self._valores["texto"])


class Cuenta(VBAObject):
    """A collection of which only the number counts."""

    def __init__(self, cuantos: int) -> None:
        self._cuantos = cuantos

    @member
    def Count(self) -> int:
        return self._cuantos


class Hoja(VBAObject):
    """A sheet with as many rows and columns as Excel's."""

    @member
    def Name(self) -> str:
        return "Seguimiento"

    @member
    def Rows(self) -> Cuenta:
        return Cuenta(1_048_576)

    @member
    def Columns(self) -> Cuenta:
        return Cuenta(16_384)


class Rango(VBAObject):
    """Cells of a sheet; ``forma`` only for ranges too large to write down."""

    vba_type_name = "Range"

    def __init__(
        self, filas: Sequence[Sequence[Any]] = (), *, zonas: int = 1, forma: tuple[int, int] = (0, 0), lugar: str = "A1"
    ) -> None:
        self._filas, self._zonas, self._lugar = filas, zonas, lugar
        self._forma = forma if not filas else (len(filas), len(filas[0]))

    @member
    def Value2(self) -> object:
        if self._forma == (1, 1):
            return _a_vba(self._filas[0][0])
        return _matriz(self._filas, desde=1)

    @member
    def Areas(self) -> Cuenta:
        return Cuenta(self._zonas)

    @member
    def Rows(self) -> Cuenta:
        return Cuenta(self._forma[0])

    @member
    def Columns(self) -> Cuenta:
        return Cuenta(self._forma[1])

    @member
    def CountLarge(self) -> int:
        return self._forma[0] * self._forma[1]

    @member
    def Worksheet(self) -> Hoja:
        return Hoja()

    @method
    def Address(self, filas: bool = True, columnas: bool = True) -> str:  # noqa: ARG002
        return self._lugar


class Servidor(VBAObject):
    """xlwings' server: calls Python with rows of cells and gives rows back, a single row flat, a single cell alone."""

    def __init__(self) -> None:
        self.vivo = True
        self.llamadas: list[tuple[str, str, list[object], object]] = []
        self.botones: Callable[..., list[list[object]]] = lambda *_: [[0, ""]]

    @member
    def Falla(self) -> str:
        return ""

    @method
    def CallUDF(self, modulo: str, funcion: str, args: VBAArray, libro: object = NOTHING) -> object:
        self._comprobar()
        argumentos = [_de_vba(valor) for valor in args.items]
        self.llamadas.append((str(modulo), str(funcion), argumentos, libro))
        if modulo == "zedxl.excel.botones":
            filas = self.botones(*(fila[0][0] if isinstance(fila, list) else fila for fila in argumentos))
        else:
            filas = getattr(udfs.excel, str(funcion))(*argumentos)
        return _resultado(filas)

    @method
    def Str(self, objeto: object) -> str:
        self._comprobar()
        return str(objeto)

    def _comprobar(self) -> None:
        if not self.vivo:
            raise VBARuntimeError(SERVIDOR_MUERTO, "The RPC server is unavailable.")


class Libro(VBAObject):
    """An open workbook."""

    def __init__(self, nombre: str = "Libro.xlsm", carpeta: str = "C:\\PEI", *, complemento: bool = False) -> None:
        self._nombre, self._carpeta, self._complemento = nombre, carpeta, complemento

    @member
    def Name(self) -> str:
        return self._nombre

    @member
    def Path(self) -> str:
        return self._carpeta

    @member
    def IsAddin(self) -> bool:
        return self._complemento

    @setter("IsAddin")
    def _poner_complemento(self, valor: bool) -> None:
        self._complemento = bool(valor)

    @member
    def Saved(self) -> bool:
        return True

    @setter("Saved")
    def _poner_guardado(self, valor: bool) -> None:
        pass


class Aplicacion(VBAObject):
    """Excel itself."""

    def __init__(self) -> None:
        self.celda: Rango | None = None
        self.abiertos: dict[str, Libro] = {}
        self.barra: list[object] = []
        self.ayudas: dict[str, tuple[str, str, list[str]]] = {}
        self.acepta_ayudas: Callable[[], bool] = lambda: True

    @member
    def Caller(self) -> object:
        return self.celda or error("#REF!")

    @method
    def Workbooks(self, nombre: str) -> Libro:
        if nombre not in self.abiertos:
            raise VBARuntimeError(9, "Subscript out of range")
        return self.abiertos[nombre]

    @method
    def MacroOptions(
        self,
        Macro: str,
        Description: str,
        Category: str,
        ArgumentDescriptions: VBAArray,
    ) -> None:
        if not self.acepta_ayudas():
            raise VBARuntimeError(1004, "Cannot edit a macro on a hidden workbook.")
        self.ayudas[str(Macro)] = (
            str(Description),
            str(Category),
            [str(ayuda) for ayuda in ArgumentDescriptions.items],
        )

    @member
    def StatusBar(self) -> object:
        return self.barra[-1] if self.barra else False

    @setter("StatusBar")
    def _poner_barra(self, valor: object) -> None:
        self.barra.append(valor)

    @member
    def Cursor(self) -> int:
        return 0

    @setter("Cursor")
    def _poner_cursor(self, valor: int) -> None:
        pass

    @member
    def ScreenUpdating(self) -> bool:
        return True

    @setter("ScreenUpdating")
    def _poner_pantalla(self, valor: bool) -> None:
        pass

    @member
    def EnableEvents(self) -> bool:
        return True

    @setter("EnableEvents")
    def _poner_eventos(self, valor: bool) -> None:
        pass


class Control(VBAObject):
    """A button of the ribbon, as its callbacks see it."""

    def __init__(self, nombre: str, necesita: str = "nada") -> None:
        self._nombre, self._necesita = nombre, necesita

    @member
    def ID(self) -> str:
        return self._nombre

    @member
    def Tag(self) -> str:
        return self._necesita


class Cinta(VBAObject):
    """The ribbon; counts how often it was told to ask again."""

    def __init__(self) -> None:
        self.invalidada = 0

    @method
    def Invalidate(self) -> None:
        self.invalidada += 1


class Equipo:
    """What there is on the computer: the configuration, the files, a resident server, servers that start."""

    def __init__(self) -> None:
        self.interprete = r"C:\Users\Perú\zedxl\Scripts\pythonw.exe"
        self.archivos = {self.interprete, r"C:\Users\Perú\zedxl\xlwings64-0.37.8.dll"}
        self.residente: Servidor | None = None
        self.iniciados: list[Servidor] = []
        self.ordenes: list[str] = []
        self.configuraciones: list[str] = []
        self.no_inicia = ""

    def responder(self, pedido: str) -> VBAObject:
        que, _, detalle = pedido.partition(" ")
        match que:
            case "activar":
                return self._activar(detalle)
            case "configuracion":
                ruta, _, clave = detalle.partition("|")
                self.configuraciones.append(ruta)
                return Dato(texto=self.interprete if clave == "INTERPRETER_WIN" else "")
            case _:
                return Dato(existe=detalle in self.archivos)

    def _activar(self, orden: str) -> VBAObject:
        self.ordenes.append(orden)
        if orden.startswith("{"):
            return self.residente or Dato(falla="No command specified in the configuration, cannot autostart server")
        if self.no_inicia:
            return Dato(falla=self.no_inicia)
        self.iniciados.append(Servidor())
        return self.iniciados[-1]


class _Puente(HostBridge):
    def __init__(self, excel: Excel) -> None:
        self._excel = excel
        self._constantes = ExcelBridge.constant

    def global_object(self, name: str) -> object:
        objetos = {
            "application": self._excel.aplicacion,
            "activeworkbook": self._excel.activo or NOTHING,
            "thisworkbook": self._excel.libro,
        }
        return objetos[name] if name in objetos else super().global_object(name)

    def constant(self, name: str) -> object:
        return self._constantes(self, name)

    def create(self, type_name_: str) -> object:
        return self._excel.equipo.responder(type_name_)


class Excel:
    """The VBA of a book, or of the add-in, running."""

    def __init__(self, *, complemento: bool = False, mac: bool = False) -> None:
        self.equipo, self.aplicacion = Equipo(), Aplicacion()
        self.libro = Libro("zedxl.xlam" if complemento else "Libro.xlsm", complemento=complemento)
        self.activo: Libro | None = self.libro
        self.vba = Interpreter(_Puente(self))
        for modulo in modulos([]):
            fuente = re.sub(r"(?m)^Attribute .*\n", "", modulo.codigo).replace("Private WithEvents", "Private")
            if mac:
                fuente = fuente.replace("#If Mac Then", "#If True Then")
            self.vba.add_module(fuente, name=modulo.nombre)
        self.vba.add_module(_DOBLES, name="Dobles")
        self.vba.initialise()
        puente = self.vba.module("ZedPuente")
        puente.declares.clear()
        for nombre in ("fileexistsonwindows", "getconfigfromfile"):
            del puente.procedures[nombre]

    def celda(self, funcion: str, *argumentos: Any, lugar: str = "J5") -> object:
        """What a cell shows that holds a formula with this function; None is an argument left out."""
        self.aplicacion.celda = Rango([[None]], lugar=lugar)
        dados = [argumento if isinstance(argumento, Rango) else _argumento(argumento) for argumento in argumentos]
        return _de_la_hoja(self.vba.run(funcion, dados))

    def correr(self, macro: str, *argumentos: Any) -> object:
        """Run a macro or a callback."""
        self.aplicacion.celda = None
        return self.vba.run(macro, list(argumentos))

    def pulsar(self, boton: str, necesita: str = "nada") -> None:
        """Press a button of the ribbon."""
        self.correr("AlPulsar", Control(boton, necesita))

    @property
    def motivos(self) -> str:
        """What a button of the ribbon is told of the errors in cells."""
        self.pulsar("diagnostico")
        servidor = self.equipo.residente or self.equipo.iniciados[-1]
        return str(servidor.llamadas[-1][2][2][0][0] or "")  # type: ignore[index]

    @property
    def mensajes(self) -> list[str]:
        """The texts of the dialogs that were shown."""
        return [dialogo[1] for dialogo in self.vba.dialogs]


def _argumento(valor: Any) -> object:
    return MISSING if valor is None else _a_vba(valor)


def _a_vba(valor: Any) -> object:
    if valor is None:
        return EMPTY
    return float(valor) if type(valor) is int else valor


def _matriz(filas: Sequence[Sequence[Any]], *, desde: int) -> VBAArray:
    """Rows as VBA holds them: column after column."""
    bordes = [(desde, desde + len(filas) - 1), (desde, desde + len(filas[0]) - 1)]
    return VBAArray(bordes, items=[_a_vba(fila[columna]) for columna in range(len(filas[0])) for fila in filas])


def _de_vba(valor: object) -> object:
    """An argument as xlwings hands it on with ndim=2 and err_to_str."""
    if valor is MISSING:
        return None
    if not isinstance(valor, VBAArray):
        return [[_celda(valor)]]
    return [[_celda(celda) for celda in fila] for fila in _filas(valor)]


def _filas(matriz: VBAArray) -> list[list[object]]:
    (primera, ultima), (_, _) = matriz.bounds
    alto = ultima - primera + 1
    return [matriz.items[fila::alto] for fila in range(alto)]


def _celda(valor: object) -> object:
    if valor is EMPTY or valor == "":
        return None
    return _NOMBRES[valor.number] if isinstance(valor, VBAErrorValue) else valor


def _resultado(filas: list[list[object]]) -> object:
    if len(filas) > 1:
        return _matriz(filas, desde=0)
    return filas[0][0] if len(filas[0]) == 1 else VBAArray([(0, len(filas[0]) - 1)], items=list(filas[0]))


def _de_la_hoja(valor: object) -> object:
    if isinstance(valor, VBAArray):
        return list(valor.items) if valor.dimensions == 1 else _filas(valor)
    return valor
