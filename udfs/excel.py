"""The registered functions as Excel calls them, decorated for xlwings.

The VBA of a book asks xlwings' server for ``udfs.excel`` and the name of a function. Without Windows xlwings'
decorators do nothing, and what is here can be called like any function.

>>> from udfs.excel import AVANCE_AEI
>>> AVANCE_AEI([[3.0]], [[1.5]])
[[50.0]]
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import xlwings

from udfs.celda import VALOR_INVALIDO, ErrorDeCelda
from udfs.registro import FUNCIONES, Argumento, Funcion
from zedxl.medida import DatoInvalido

INICIO_DE_ERROR = "\v"
"""Before the code and the reason of an error: COM lets a server send no error value, so VBA puts it in its place."""

_ERRORES = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", VALOR_INVALIDO})
_PRIMER_ERROR, _ULTIMO_ERROR = -2146826288, -2146826000
"""Excel's error values as COM carries them, those that xlwings does not know among them."""


def para_excel(funcion: Funcion) -> Callable[..., list[list[object]]]:
    """A function of the registry under its own name, with the arguments and the help that xlwings reads.

    It takes rows of cells, or None for what was left out, and gives rows of cells. What cannot be computed is a text
    that begins with `INICIO_DE_ERROR`.
    """

    def llamar(*valores: object) -> list[list[object]]:
        try:
            return _filas(funcion.llamar(*map(_del_rango, valores)))
        except DatoInvalido as error:
            return [[_error(ErrorDeCelda(VALOR_INVALIDO, str(error)))]]

    llamar.__name__ = llamar.__qualname__ = funcion.nombre
    llamar.__doc__ = funcion.descripcion
    llamar.__annotations__ = {}
    llamar.__signature__ = inspect.Signature(list(map(_parametro, funcion.argumentos)))  # type: ignore[attr-defined]
    return _decorada(funcion, llamar)


def _decorada(funcion: Funcion, llamar: Callable[..., list[list[object]]]) -> Callable[..., list[list[object]]]:
    """With what xlwings must know: rows of cells with their errors as text come in, rows go out as they are."""
    decorada: Any = xlwings.func(category=funcion.categoria)(llamar)
    for argumento in funcion.argumentos:
        decorada = xlwings.arg(argumento.nombre, ndim=2, err_to_str=True, doc=argumento.ayuda)(decorada)
    resultado: Callable[..., list[list[object]]] = xlwings.ret("raw")(decorada)
    return resultado


def _parametro(argumento: Argumento) -> inspect.Parameter:
    omision = None if argumento.opcional else inspect.Parameter.empty
    return inspect.Parameter(argumento.nombre, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=omision)


def _del_rango(valor: object) -> object:
    if isinstance(valor, list):
        return [[_de_la_celda(celda) for celda in fila] for fila in valor]
    return valor


def _de_la_celda(celda: object) -> object:
    """A cell as the functions take it; a number of Excel's is always a float, an int in the range of errors is one."""
    if isinstance(celda, str) and celda in _ERRORES:
        return ErrorDeCelda(celda)
    if type(celda) is int and _PRIMER_ERROR <= celda <= _ULTIMO_ERROR:
        return ErrorDeCelda(VALOR_INVALIDO, "Una de las celdas tiene un error.")
    return celda


def _filas(resultado: object) -> list[list[object]]:
    if not isinstance(resultado, list):
        return [[_error(resultado)]]
    return [[_error(celda) for celda in fila] for fila in resultado]


def _error(celda: object) -> object:
    if isinstance(celda, ErrorDeCelda):
        return f"{INICIO_DE_ERROR}{celda.codigo}{INICIO_DE_ERROR}{celda.motivo}"
    return celda


globals().update({nombre: para_excel(funcion) for nombre, funcion in FUNCIONES.items()})
