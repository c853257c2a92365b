"""An Excel for tests: the project's real VBA, run by pyOpenVBA's interpreter, with doubles around it.

What is not VBA is doubled: Excel's objects, the DLL that starts the server, the configuration file, and the server,
which calls ``udfs.excel`` in this very process the way xlwings' does.
"""

# ruff: noqa: N802  (the names are those of VBA)

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pyopenvba.apps.excel._bridge import ExcelBridge
from pyopenvba.interpreter import (
    NOTHING,
    HostBridge,
    Interpreter,
    VBAArray,
    VBAObject,
    VBARuntimeError,
    member,
    method,
)

import udfs.excel
from tests.objetos_excel import Aplicacion, Control, Libro, Rango
from tests.valores_vba import argumento, de_la_hoja, de_vba, resultado
from zedxl.excel.cinta import Pestana
from zedxl.excel.proyecto import modulos

SERVIDOR_MUERTO = -2147023174


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
        argumentos = [de_vba(valor) for valor in args.items]
        self.llamadas.append((str(modulo), str(funcion), argumentos, libro))
        if modulo == "zedxl.excel.botones":
            filas = self.botones(*(fila[0][0] if isinstance(fila, list) else fila for fila in argumentos))
        else:
            filas = getattr(udfs.excel, str(funcion))(*argumentos)
        return resultado(filas)

    @method
    def Str(self, objeto: object) -> str:
        self._comprobar()
        return str(objeto)

    def _comprobar(self) -> None:
        if not self.vivo:
            raise VBARuntimeError(SERVIDOR_MUERTO, "The RPC server is unavailable.")


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
        for modulo in modulos([], Pestana.DEL_COMPLEMENTO if complemento else Pestana.DEL_LIBRO):
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
        dados = [dado if isinstance(dado, Rango) else argumento(dado) for dado in argumentos]
        return de_la_hoja(self.vba.run(funcion, dados))

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
