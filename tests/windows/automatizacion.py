"""Python objects served over COM as Excel serves its own: late bound, with the interface ids of Excel's type library."""

from __future__ import annotations

import sys

assert sys.platform == "win32"

import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import pythoncom
import pywintypes
import winerror
from win32com.server import policy, util
from win32com.server.exception import COMException

_BIBLIOTECA = "{00020813-0000-0000-C000-000000000046}"
_INTERFACES = {
    "Range": "{00020846-0000-0000-C000-000000000046}",
    "_Worksheet": "{000208D8-0000-0000-C000-000000000046}",
    "Protection": "{00024467-0000-0000-C000-000000000046}",
    "AutoCorrect": "{000208D4-0000-0000-C000-000000000046}",
    "Sheets": "{000208D7-0000-0000-C000-000000000046}",
    "_Workbook": "{000208DA-0000-0000-C000-000000000046}",
    "_Application": "{000208D5-0000-0000-C000-000000000046}",
}
_ESCRIBIR = pythoncom.DISPATCH_PROPERTYPUT | pythoncom.DISPATCH_PROPERTYPUTREF
_PROPIO_DE_COM = ("_value_", "_NewEnum")  # the default member, and what For Each walks
_FALLO_DE_EXCEL = -2146827284
_WINDOWS_DE_64 = 3  # SYS_WIN64, which pythoncom does not name


class ObjetoDeExcel:
    """What can be asked for has Excel's name: a property, or a method when it is callable.

    xlwings recognises a Range by the interface id in its type information.
    """

    interfaz = ""
    miembros: ClassVar[dict[str, str]]
    """What can be asked for, by its name in small letters: COM writes it in any case."""

    def __init_subclass__(cls) -> None:
        cls.miembros = {m.lower(): m for m in dir(cls) if m[0].isupper() or m in _PROPIO_DE_COM}

    def __init__(self) -> None:
        self._despacho: Any = None

    @property
    def despacho(self) -> Any:
        """The IDispatch to hand to another process."""
        if self._despacho is None:
            self._despacho = util.wrap(self, usePolicy=_Politica)
        return self._despacho

    def _dynamic_(self, nombre: str, _idioma: int, modo: int, valores: tuple[Any, ...]) -> Any:
        miembro = self.miembros.get(nombre.lower())
        if miembro is None:
            raise COMException(scode=winerror.DISP_E_UNKNOWNNAME, description=nombre)
        if modo & _ESCRIBIR:
            return setattr(self, miembro, valores[-1])
        valor = getattr(self, miembro)
        if callable(valor) and not modo & pythoncom.DISPATCH_METHOD:
            raise COMException(scode=winerror.DISP_E_MEMBERNOTFOUND, description=nombre)
        resultado = valor(*valores) if callable(valor) else valor
        return resultado.despacho if isinstance(resultado, ObjetoDeExcel) else resultado


def rechazo(texto: str) -> COMException:
    """The error that Excel raises when it does not do what it was asked."""
    return COMException(description=texto, scode=_FALLO_DE_EXCEL, source="Microsoft Excel")


def enumeracion(objetos: list[ObjetoDeExcel]) -> Any:
    """What `For Each` walks."""
    return util.NewEnum([objeto.despacho for objeto in objetos], iid=pythoncom.IID_IEnumVARIANT)


class _Politica(policy.DynamicPolicy):
    """Names that an object has not are refused when they are looked up, as Excel does."""

    def _getdispid_(self, nombre: str, opciones: int) -> int:
        if nombre.lower() not in self._obj_.miembros:
            raise COMException(scode=winerror.DISP_E_UNKNOWNNAME, description=nombre)
        return int(super()._getdispid_(nombre, opciones))

    def _GetTypeInfoCount_(self) -> int:  # noqa: N802  (pywin32's name)
        return 1

    def _GetTypeInfo_(self, _numero: int, _idioma: int) -> tuple[int, Any]:  # noqa: N802  (pywin32's name)
        return 0, _biblioteca().GetTypeInfoOfGuid(pywintypes.IID(_INTERFACES[self._obj_.interfaz]))


@cache
def _biblioteca() -> Any:
    """A type library of empty interfaces with Excel's names and ids."""
    ruta = Path(tempfile.gettempdir(), f"excel_{os.getpid()}.tlb")
    nueva = pythoncom.CreateTypeLib2(_WINDOWS_DE_64, str(ruta))
    nueva.SetName("Excel")
    nueva.SetGuid(pywintypes.IID(_BIBLIOTECA))
    for nombre, identificador in _INTERFACES.items():
        tipo = nueva.CreateTypeInfo(nombre, pythoncom.TKIND_DISPATCH)
        tipo.SetGuid(pywintypes.IID(identificador))
        tipo.LayOut()
    nueva.SaveAllChanges()
    return pythoncom.LoadTypeLib(str(ruta))
