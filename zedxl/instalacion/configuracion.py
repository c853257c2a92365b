r"""``zedxl.conf``: the one line by which Excel knows which Python computes for it.

Excel reads it with VBA, in the ANSI code page of Windows; so the path of Python must be written with its letters.
"""

from __future__ import annotations

import csv
from collections.abc import Callable

_INTERPRETE = "INTERPRETER_WIN"


def linea(interprete: str) -> str:
    r"""The content of the file.

    >>> linea(r"C:\Py\pythonw.exe")
    '"INTERPRETER_WIN","C:\\Py\\pythonw.exe"\r\n'
    """
    return f'"{_INTERPRETE}","{interprete}"\r\n'


def interprete_en(texto: str) -> str | None:
    r"""The path that a file of this kind names, None when it names none.

    >>> interprete_en(linea(r"C:\Py\pythonw.exe"))
    'C:\\Py\\pythonw.exe'
    """
    return next((fila[1] for fila in csv.reader(texto.splitlines()) if fila[:1] == [_INTERPRETE] and fila[1:]), None)


def legible(ruta: str, codificacion: str, corto: Callable[[], str]) -> str | None:
    """A path in letters that VBA can read, by its 8.3 name (``corto``) if need be; None when not even so.

    >>> legible("C:/Peña/pythonw.exe", "cp1252", lambda: "")
    'C:/Peña/pythonw.exe'
    >>> legible("C:/Ωmega/pythonw.exe", "cp1252", lambda: "C:/MEGA~1/pythonw.exe")
    'C:/MEGA~1/pythonw.exe'
    """
    if _cabe(ruta, codificacion):
        return ruta
    corta = corto()
    return corta if _cabe(corta, codificacion) else None


def _cabe(texto: str, codificacion: str) -> bool:
    try:
        texto.encode(codificacion)
    except UnicodeEncodeError:
        return False
    return True
