"""The value of a formula, as the engine gives it and as a sheet's XML keeps it.

A value is a number, a text, True or False, or a `udfs.celda.ErrorDeCelda`.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import Any
from xml.sax.saxutils import escape, unescape

from udfs.celda import ErrorDeCelda

Valor = float | str | bool | ErrorDeCelda

CLASES_DE_ERROR = {
    "Calc": "#CALC!",
    "Div": "#DIV/0!",
    "Na": "#N/A",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "Ref": "#REF!",
    "Spill": "#SPILL!",
    "Value": "#VALUE!",
}
"""The engine's names of the errors that a cell may hold; it has others for what it could not compute."""

_DIGITOS = 1e-14
"""Two numbers that differ by less, in proportion, are one: programs add in different orders."""

_ESPECIAL = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPADO = re.compile("_x([0-9A-Fa-f]{4})_")
_SIN_PAREJA = re.compile("[\ud800-\udfff]")


class SinValor(Exception):
    """The engine could not compute the cell; the argument is its name for the reason."""


def desde_motor(valor: Any, desde_1904: bool = False) -> Valor:  # noqa: PLR0911  one for each kind of value
    """A value of the engine as a cell shows it; `SinValor` when it is none of a spreadsheet's.

    >>> desde_motor(None), desde_motor(dt.date(2024, 1, 2)), desde_motor({"type": "Error", "kind": "Div"}).codigo
    (0.0, 45293.0, '#DIV/0!')
    """
    match valor:
        case bool() | str():
            return valor
        case int() | float():
            return float(valor) if math.isfinite(valor) else ErrorDeCelda("#NUM!")
        case None:
            return 0.0  # what a formula that points to an empty cell shows
        case dt.datetime() | dt.date():
            return _numero_de_serie(valor, desde_1904)
        case dt.time():
            return (valor.hour * 3600 + valor.minute * 60 + valor.second + valor.microsecond / 1e6) / 86400
        case dt.timedelta():
            return valor / dt.timedelta(days=1)
        case {"type": "Error", "kind": clase} if clase in CLASES_DE_ERROR:
            return ErrorDeCelda(CLASES_DE_ERROR[clase])
        case {"type": "Error", "kind": clase}:
            raise SinValor(clase)
        case _:
            raise SinValor("Array")


def _numero_de_serie(fecha: dt.date, desde_1904: bool) -> float:
    momento = fecha if isinstance(fecha, dt.datetime) else dt.datetime.combine(fecha, dt.time())
    if desde_1904:
        return (momento.replace(tzinfo=None) - dt.datetime(1904, 1, 1)) / dt.timedelta(days=1)
    dias = (momento.replace(tzinfo=None) - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1)
    return dias if dias >= 61 else dias - 1  # spreadsheets count a 29 February 1900


def codificar(valor: Valor) -> tuple[str, str]:
    """Attribute ``t`` of a formula's cell ("" for a number) and the XML text of its ``v``, as Excel writes them.

    >>> codificar(66.5), codificar(3.0), codificar(1e-20), codificar("a<b"), codificar(True)
    (('', '66.5'), ('', '3'), ('', '1E-20'), ('str', 'a&lt;b'), ('b', '1'))
    """
    match valor:
        case bool():
            return "b", str(int(valor))
        case str():
            return "str", _codificar_texto(valor)
        case ErrorDeCelda():
            return "e", valor.codigo
    if float(valor).is_integer() and abs(valor) < 1e15:
        return "", str(int(valor))
    return "", repr(float(valor) + 0.0).upper()  # Excel has no negative zero


def decodificar(clase: str, contenido: str | None) -> Valor | None:
    """The value that a formula's cell keeps; None when it keeps none that can be compared.

    >>> decodificar("", "66.5"), decodificar("str", None), decodificar("", None), decodificar("e", "#N/A").codigo
    (66.5, '', None, '#N/A')
    """
    match clase:
        case "str":
            return _decodificar_texto(contenido or "")
        case "b" if contenido in ("0", "1"):
            return contenido == "1"
        case "e" if contenido:
            return ErrorDeCelda(contenido)
        case "" | "n" if contenido:
            try:
                return float(contenido)
            except ValueError:
                return None
        case _:
            return None


def es_el_mismo(uno: Valor | None, otro: Valor) -> bool:
    """Whether two values are one to a spreadsheet.

    >>> es_el_mismo(66.66666666666667, 66.66666666666666), es_el_mismo(1.0, True), es_el_mismo(None, "")
    (True, False, False)
    """
    if type(uno) is not type(otro):
        return False
    if isinstance(uno, float) and isinstance(otro, float):
        return math.isclose(uno, otro, rel_tol=_DIGITOS)
    return uno == otro


def _codificar_texto(texto: str) -> str:
    limpio = _SIN_PAREJA.sub("\ufffd", texto)
    return escape(_ESPECIAL.sub(lambda m: f"_x{ord(m[0]):04X}_", limpio))


def _decodificar_texto(xml: str) -> str:
    texto = unescape(xml, {"&quot;": '"', "&apos;": "'"})
    texto = re.sub(r"&#(x[0-9A-Fa-f]+|\d+);", lambda m: chr(int("0" + m[1], 0) if m[1][0] == "x" else int(m[1])), texto)
    return _ESCAPADO.sub(lambda m: chr(int(m[1], 16)), texto.replace("\r\n", "\n"))
