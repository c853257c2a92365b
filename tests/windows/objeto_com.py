"""COM objects and values as VBA holds them, in pyOpenVBA's interpreter."""

from __future__ import annotations

import sys

assert sys.platform == "win32"

from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

import pythoncom
import pywintypes
from pyopenvba.interpreter import EMPTY, MISSING, NOTHING, VBAArray, VBAErrorValue, VBAObject, VBARuntimeError
from win32com.client import VARIANT

_OMITIDO = -2147352572  # DISP_E_PARAMNOTFOUND
_PRIMER_ERROR = -2146828288  # what COM adds to the number of CVErr


@runtime_checkable
class ConDespacho(Protocol):
    """A VBA object that can be handed to another process."""

    despacho: Any


class ObjetoCom(VBAObject):
    """An object of another process, late bound as VBA's `Object` is."""

    def __init__(self, despacho: Any) -> None:
        self.despacho = despacho

    def vba_get(self, name: str, args: Sequence[object] = (), named: dict[str, object] | None = None) -> object:
        """Call a method or read a property; what COM answers as VBA sees it, errors as Err does."""
        if self.vba_member(name):
            return super().vba_get(name, args, named)
        assert not named, "late bound calls take no named arguments here"
        try:
            miembro = self.despacho.GetIDsOfNames(name)
            modo = pythoncom.DISPATCH_METHOD | pythoncom.DISPATCH_PROPERTYGET
            return de_com(self.despacho.Invoke(miembro, 0, modo, True, *map(a_com, args)))
        except pywintypes.com_error as error:
            raise _como_err(error) from error


def _como_err(error: Any) -> VBARuntimeError:
    """Number and description that VBA's Err would have."""
    codigo, texto, detalle, _ = error.args
    if detalle:
        return VBARuntimeError(detalle[5] or codigo, detalle[2] or texto)
    return VBARuntimeError(codigo, texto)


def a_com(valor: object) -> object:
    """A value of VBA's as it goes to another process."""
    match valor:
        case VBAArray():
            return _tupla(valor)
        case VBAErrorValue():
            return _PRIMER_ERROR + valor.number  # pywin32 cannot send VT_ERROR; Python receives this same number
        case ConDespacho():
            return valor.despacho
    if valor is MISSING:
        return _OMITIDO
    if valor is EMPTY:
        return VARIANT(pythoncom.VT_EMPTY, None)  # pythoncom.Empty, alone, would be an argument left out
    return None if valor is NOTHING else valor


def de_com(valor: object) -> object:
    """What came from another process as VBA holds it."""
    if valor is None:
        return EMPTY
    if isinstance(valor, tuple):
        return _matriz(valor)
    return ObjetoCom(valor) if isinstance(valor, pythoncom.TypeIIDs[pythoncom.IID_IDispatch]) else valor


def _tupla(matriz: VBAArray) -> tuple[object, ...]:
    """VBA holds arrays column after column."""
    if matriz.dimensions == 1:
        return tuple(map(a_com, matriz.items))
    (primera, ultima), _ = matriz.bounds
    alto = ultima - primera + 1
    return tuple(tuple(map(a_com, matriz.items[fila::alto])) for fila in range(alto))


def _matriz(valores: tuple[Any, ...]) -> VBAArray:
    if not isinstance(valores[0], tuple):
        return VBAArray([(0, len(valores) - 1)], items=list(map(de_com, valores)))
    bordes = [(0, len(valores) - 1), (0, len(valores[0]) - 1)]
    return VBAArray(bordes, items=[de_com(fila[columna]) for columna in range(len(valores[0])) for fila in valores])
