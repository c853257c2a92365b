"""What zedxl's bridge takes from xlwings' own VBA module, read from the installed package at build time.

The rest of that module is left out on purpose: RunPython, which would let a cell, a shape or a chart of any book run
Python code, and everything that reads the configuration from the sheets or the folder of a book.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

_PROCEDIMIENTOS = ("XLPyLoadDLL", "XLPy", "ParentFolder", "GetConfigFromFile", "FileExistsOnWindows")
_LICENCIA = re.compile(r"^'xlwings is distributed.*?^'SOFTWARE, EVEN IF[^\n]*\n", re.MULTILINE | re.DOTALL)
_DECLARES = re.compile(r"^#If VBA7 Then\n.*?^#End If\n", re.MULTILINE | re.DOTALL)
_VERSION = re.compile(r'^Public Const XLWINGS_VERSION As String = "[^"]+"\n', re.MULTILINE)
_SIN_USO = re.compile(r"^.*Declare .*Function (?:system|XLPyDLLNDims|XLPyDLLVersion) .*\n", re.MULTILINE)
_PUBLICO = re.compile(r"^(\s*)(?:Public |Private )?(?=Declare |Const |Function |Sub )", re.MULTILINE)


class ModuloDeXlwingsCambiado(Exception):
    """The VBA module of the installed xlwings is not the one that zedxl knows: another version is installed."""


def declaraciones() -> str:
    """The licence of xlwings, the functions of its DLL and its version, all Private."""
    fuente = _fuente()
    return (
        _unico(_LICENCIA, fuente)
        + _privado(_SIN_USO.sub("", _unico(_DECLARES, fuente)) + _unico(_VERSION, fuente)).rstrip()
    )


def procedimientos() -> str:
    """The procedures that load the DLL and read the configuration of the user, all Private."""
    fuente = _fuente()
    hallados = [
        _unico(re.compile(rf"^(?:Private )?(Function|Sub) {nombre}\(.*?^End \1\n", re.MULTILINE | re.DOTALL), fuente)
        for nombre in _PROCEDIMIENTOS
    ]
    return "' --- From xlwings\n\n" + "\n".join(map(_privado, hallados)).rstrip()


def _fuente() -> str:
    """The module as text, found without importing xlwings and all that it imports."""
    paquete = find_spec("xlwings")
    if paquete is None or paquete.origin is None:
        raise ModuloDeXlwingsCambiado("xlwings is not installed")
    modulo = Path(paquete.origin).with_name("xlwings_custom_addin.bas")
    return modulo.read_bytes().decode("cp1252").replace("\r\n", "\n")


def _unico(patron: re.Pattern[str], fuente: str) -> str:
    hallados = [hallado.group(0) for hallado in patron.finditer(fuente)]
    if len(hallados) != 1:
        raise ModuloDeXlwingsCambiado(f"{len(hallados)} matches for {patron.pattern!r}")
    return hallados[0]


def _privado(texto: str) -> str:
    return _PUBLICO.sub(r"\1Private ", texto)
