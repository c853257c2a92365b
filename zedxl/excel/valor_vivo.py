"""Values between Python and a cell that is open in Excel: what Value2 means, and what is to be given to it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from zedxl.edicion.cambio import Contenido
from zedxl.edicion.contenido_xml import duracion_de, momento_de
from zedxl.libro.formato_de_fecha import Lectura, lectura_de
from zedxl.libro.hoja import CON_ERROR
from zedxl.libro.paquete import es_de_porcentaje
from zedxl.numero import puntos_porcentuales

GENERAL, TEXTO = "General", "@"
_DE_MOMENTO = "dd/mm/yyyy hh:mm:ss"
_PROPIO = 164  # any format whose code is told
_LETRA = re.compile(r"[^\W\d_]")
_LOGICOS = frozenset({"verdadero", "falso", "true", "false"})
_PRIMER_ERROR = -2146828288  # COM gives the number of an error as an int
_ERRORES = {
    2000: "#NULL!",
    2007: "#DIV/0!",
    2015: "#VALUE!",
    2023: "#REF!",
    2029: "#NAME?",
    2036: "#NUM!",
    2042: "#N/A",
}


def contenido_de(crudo: Any, formato: str, base_1904: bool) -> Contenido:
    """What a cell says that has this Value2 and number format, as the reader of a file says it.

    >>> contenido_de(0.07, "0%", False), contenido_de(46037.5, "dd/mm/yyyy", False)
    (7.0, datetime.datetime(2026, 1, 15, 12, 0))
    >>> contenido_de(-2146826246, "General", False), contenido_de("", "General", False)
    ('valor de error', None)
    """
    match crudo:
        case None | "":
            return None
        case bool() | str():
            return crudo
        case int():
            return CON_ERROR
    match _lectura(formato):
        case Lectura.MOMENTO:
            return momento_de(crudo, base_1904)
        case Lectura.DURACION:
            return duracion_de(crudo)
    return puntos_porcentuales(crudo) if es_de_porcentaje(formato) else float(crudo)


def error_de(crudo: Any) -> str | None:
    """The English name of the error that a Value2 is; None when it is none.

    >>> error_de(-2146826246), error_de(3.0)
    ('#N/A', None)
    """
    if isinstance(crudo, bool) or not isinstance(crudo, int):
        return None
    return _ERRORES.get(crudo - _PRIMER_ERROR, "#VALUE!")


def formato_para(contenido: Contenido, formato: str) -> str:
    """The number format in which a moment shows as a moment, and a number is not taken for one.

    >>> formato_para(datetime(2026, 1, 15), "General"), formato_para(3.0, "d-mmm"), formato_para("x", "d-mmm")
    ('dd/mm/yyyy hh:mm:ss', 'General', 'd-mmm')
    """
    match contenido:
        case datetime():
            return formato if _lectura(formato) is Lectura.MOMENTO else _DE_MOMENTO
        case bool() | str() | None:
            return formato
        case _:
            return formato if _lectura(formato) is Lectura.NUMERO else GENERAL


def tecleado(crudo: Any, formato: str) -> Any:
    """What Value2 is to be given so that a cell with this number format holds this.

    Excel reads a text as if it were typed: "=1+1" would become a formula, "1/2" a date, "00012" a number. A leading
    apostrophe, which is no part of the text, keeps it one. The alternative, the number format "@", would stay in the
    cell and make a text of the next number that a person types there. Where a text begins with a letter there is no
    apostrophe, because it shows while editing; should Excel take one ("ene-25") for something else, it is written
    again with it. None would arrive as Null; "" leaves a cell empty, as xlwings does.

    >>> tecleado("=1+1", "General"), tecleado("=1+1", "@"), tecleado("Acción", "General"), tecleado(None, "General")
    ("'=1+1", '=1+1', 'Acción', '')
    """
    match crudo:
        case None:
            return ""
        case str() if formato != TEXTO and (not _LETRA.match(crudo) or crudo.casefold() in _LOGICOS):
            return f"'{crudo}"
        case _:
            return crudo


def _lectura(formato: str) -> Lectura:
    return Lectura.NUMERO if formato in (GENERAL, TEXTO) else lectura_de(_PROPIO, formato)
