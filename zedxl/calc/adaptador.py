"""What Calc hands to a function and takes back, between it and the functions of the registry.

Calc hands over a single value as a number or a text, VERDADERO as 1.0, a block as rows (empty cells are empty texts),
what was left out as None. An error in an argument never gets here: Calc makes it the result. An empty cell given alone
arrives as 0.0, so only where 0 means nothing can it be told from a zero here; `referencias` keeps it from coming alone.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from udfs.celda import VALOR_INVALIDO, ErrorDeCelda
from udfs.registro import Argumento, Funcion
from zedxl.medida import DatoInvalido

Filas = tuple[tuple[object, ...], ...]

CODIGOS = {
    "#NULL!": 521,
    "#DIV/0!": 532,
    VALOR_INVALIDO: 519,
    "#REF!": 524,
    "#NAME?": 525,
    "#NUM!": 503,
    "#N/A": 32767,
}
"""Calc's number of each error value."""

PALABRAS = frozenset({"sentido", "agregacion", "sin_dato"})
"""Optional arguments for which a zero can only be an empty cell."""

_NAN = 0x7FF8_0000_0000_0000


def identificador(nombre: str) -> str:
    """The name of a function or an argument inside the extension, where an underscore keeps LibreOffice from starting.

    >>> identificador("AVANCE_AEI"), identificador("linea_base")
    ('avanceAei', 'lineaBase')
    """
    primera, *otras = nombre.lower().split("_")
    return primera + "".join(otra.capitalize() for otra in otras)


def llamar(funcion: Funcion, valores: Sequence[object]) -> object:
    """Call a function with what Calc hands over; a value, or rows of values, in which an error is an `ErrorDeCelda`."""
    try:
        _comprobar(funcion, valores)
        resultado = funcion.llamar(*map(_leido, funcion.argumentos, valores))
    except DatoInvalido as error:
        return ErrorDeCelda(VALOR_INVALIDO, str(error))
    return tuple(map(tuple, resultado)) if isinstance(resultado, list) else resultado


def para_calc(celda: object) -> object:
    """A value as Calc takes it: an error as a NaN that carries its number, no integers, an empty text for nothing."""
    if isinstance(celda, ErrorDeCelda):
        return _error(CODIGOS[celda.codigo])
    if celda is None:
        return ""
    if isinstance(celda, int) and not isinstance(celda, bool):
        return float(celda)
    return celda


def tipo_de_bloque(filas: Filas) -> str:
    """The UNO type in which rows of values get to Calc unharmed.

    In rows of anything a text never equals another one for Calc (``=A1="N/D"`` is FALSO), in rows of texts it does.

    >>> tipo_de_bloque((("ROJO",), ("VERDE",))), tipo_de_bloque(((1.0, "N/D"),))
    ('[][]string', '[][]any')
    """
    return "[][]string" if all(isinstance(celda, str) for fila in filas for celda in fila) else "[][]any"


def _comprobar(funcion: Funcion, valores: Sequence[object]) -> None:
    """Refuse a call that ends before the last argument that it needs; those before can be left out, as empty cells."""
    ultimo = max(lugar for lugar, argumento in enumerate(funcion.argumentos) if not argumento.opcional)
    if valores[ultimo] is None:
        raise DatoInvalido(f"Falta «{funcion.argumentos[ultimo].nombre}».")


def _leido(argumento: Argumento, valor: object) -> object:
    return None if argumento.nombre in PALABRAS and valor == 0 else valor


def _error(codigo: int) -> float:
    (valor,) = struct.unpack("<d", struct.pack("<Q", _NAN | codigo))
    return float(valor)
