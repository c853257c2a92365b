"""xlwings' DLL, called as VBA's `Declare` calls it."""

from __future__ import annotations

import sys

assert sys.platform == "win32"

import ctypes
import time
from functools import cache
from pathlib import Path
from typing import Any

import pythoncom
import pywintypes
import win32service

_ACTIVAR = 1
_RPC_NO_DISPONIBLE = "-2147023174"
_BSTR, _DISPATCH = 8, 9


class FallaDeActivacion(Exception):
    """The DLL gave no server; its text is the DLL's own."""


class _Variant(ctypes.Structure):
    _fields_ = (
        ("vt", ctypes.c_ushort),
        ("reservado", ctypes.c_ushort * 3),
        ("puntero", ctypes.c_void_p),
        ("relleno", ctypes.c_void_p),
    )


def activar(orden: str) -> Any:
    """The IDispatch of the server that a command line starts, or that a CLSID names; `FallaDeActivacion` without it.

    Windows forgets the class objects of a process that has died and the DLL then starts another server. wine goes on
    offering the dead ones, so at that error they are forgotten here and it is tried once more: that a server is
    replaced on Windows, these tests cannot show.
    """
    try:
        return _activar(orden)
    except FallaDeActivacion as falla:
        if _RPC_NO_DISPONIBLE not in str(falla):
            raise
    olvidar_servidores_muertos()
    return _activar(orden)


def _activar(orden: str) -> Any:
    resultado = _Variant()
    codigo = _dll().XLPyDLLActivateAuto(ctypes.byref(resultado), orden.encode("mbcs"), _ACTIVAR)
    try:
        if codigo:
            texto = ctypes.wstring_at(resultado.puntero) if resultado.vt == _BSTR and resultado.puntero else str(codigo)
            raise FallaDeActivacion(texto)
        assert resultado.vt == _DISPATCH
        return pythoncom.ObjectFromAddress(resultado.puntero, pythoncom.IID_IDispatch)
    finally:
        ctypes.windll.oleaut32.VariantClear(ctypes.byref(resultado))


@cache
def _dll() -> Any:
    (ruta,) = Path(sys.executable).parent.glob("xlwings64-*.dll")
    dll = ctypes.WinDLL(str(ruta))
    dll.XLPyDLLActivateAuto.argtypes = [ctypes.POINTER(_Variant), ctypes.c_char_p, ctypes.c_long]
    dll.XLPyDLLActivateAuto.restype = ctypes.c_long
    return dll


def olvidar_servidores_muertos() -> None:
    """Make wine forget all class objects by ending its RpcSs, which starts again by itself.

    Those of live servers are forgotten too; who holds their object keeps it.
    """
    gestor = win32service.OpenSCManager(None, None, win32service.SC_MANAGER_CONNECT)
    rpcss = win32service.OpenService(gestor, "RpcSs", win32service.SERVICE_ALL_ACCESS)
    try:
        if win32service.QueryServiceStatus(rpcss)[1] == win32service.SERVICE_RUNNING:
            win32service.ControlService(rpcss, win32service.SERVICE_CONTROL_STOP)
        for _ in range(200):
            if win32service.QueryServiceStatus(rpcss)[1] == win32service.SERVICE_STOPPED:
                return
            time.sleep(0.05)
        raise pywintypes.error(0, "olvidar_servidores_muertos", "RpcSs goes on running")
    finally:
        win32service.CloseServiceHandle(rpcss)
        win32service.CloseServiceHandle(gestor)
