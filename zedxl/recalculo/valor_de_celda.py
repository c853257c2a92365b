"""The value of a formula, as the engine gives it and as a sheet's XML keeps it.

A value is a number, a text, True or False, or a `udfs.celda.ErrorDeCelda`.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import Any

from udfs.celda import ErrorDeCelda
from zedxl.libro.xml_crudo import desescapar, escapar

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
            return numero_de_serie(valor, desde_1904)
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


def numero_de_serie(fecha: dt.date, desde_1904: bool) -> float:
    """The number by which a spreadsheet knows a date: days since its first one.

    >>> numero_de_serie(dt.date(1900, 1, 1), False), numero_de_serie(dt.datetime(2024, 1, 1, 12), True)
    (1.0, 43830.5)
    """
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
            return "str", codificar_texto(valor)
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
            return _texto_de_xml(contenido or "")
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


def codificar_texto(texto: str) -> str:
    r"""A text as XML has it; what XML cannot hold is escaped as spreadsheets do.

    >>> codificar_texto("a<b\r_x0041_")
    'a&lt;b_x000D__x005F_x0041_'
    """
    limpio = _SIN_PAREJA.sub("\ufffd", texto)
    return escapar(_ESPECIAL.sub(lambda m: f"_x{ord(m[0]):04X}_", limpio))


def decodificar_texto(texto: str) -> str:
    r"""A text as a spreadsheet reads it, from what an XML parser gives.

    >>> decodificar_texto("a_x000D_b_x005F_x0041_")
    'a\rb_x0041_'
    """
    return _ESCAPADO.sub(lambda m: chr(int(m[1], 16)), texto)


def _texto_de_xml(xml: str) -> str:
    return decodificar_texto(desescapar(xml).replace("\r\n", "\n"))
