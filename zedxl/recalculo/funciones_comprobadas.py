"""The native functions that zedxl computes: those proved to give what Excel gives, and what each argument must be.

Whatever is not here keeps the value that Excel gave it: a wrong number would be worse than an old one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle, islice

from zedxl.libro.direccion import Area, leer_area, separar_hoja
from zedxl.recalculo.arbol import Nodo
from zedxl.recalculo.reglas import REGLAS

RANGO, NUMERO, LOGICO, TEXTO, BUSCADO, CRITERIO, CERO, FECHA, FORMATO, EN_CONJUNTO, CONDICION = "rnltbc0dfwa"
"""Kinds of arguments; others ("v") are single values of any kind. ``RANGO``: cells or computed numbers; ``CERO``: 0 or
FALSE, written so; ``EN_CONJUNTO``: anything, as a whole; ``CONDICION``: cells, or a truth value."""

PREFIJO_DE_REGLA = "ZEDXL_F_"
"""Before the name of a native function: the rule of zedxl that takes its place."""


def _palabras(nombres: str) -> list[str]:
    return nombres.split()


_ARGUMENTOS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("SUM", "AVERAGE", "MIN", "MAX", "COUNT", "COUNTA", "PRODUCT", "SUMPRODUCT"), ("r", "r")),
    **dict.fromkeys(("AND", "OR", "XOR"), ("a", "a")),
    **dict.fromkeys(("COUNTBLANK", "ROW", "ROWS", "COLUMN", "COLUMNS"), ("r", "")),
    **dict.fromkeys(("IFERROR", "IFNA"), ("vv", "")),
    **dict.fromkeys(("ABS", "SQRT", "SIGN", "INT"), ("n", "")),
    **dict.fromkeys(("MOD", "POWER", "ROUND", "ROUNDUP", "ROUNDDOWN"), ("nn", "")),
    **dict.fromkeys(("YEAR", "MONTH", "DAY"), ("d", "")),
    **dict.fromkeys(("VLOOKUP", "HLOOKUP"), ("brn0", "")),
    **dict.fromkeys(("SUMIF", "AVERAGEIF"), ("rcr", "")),
    **dict.fromkeys(("LEFT", "RIGHT"), ("tn", "")),
    **dict.fromkeys(("LEN", "UPPER", "LOWER", "VALUE"), ("t", "")),
    **dict.fromkeys(("ISNUMBER", "ISTEXT", "ISBLANK", "ISERROR", "ISNA"), ("v", "")),
    "CONCATENATE": ("v", "v"), "CONCAT": ("w", "w"),
    **dict.fromkeys(("TRUE", "FALSE", "NA"), ("", "")),
    "COUNTIF": ("rc", ""), "COUNTIFS": ("", "rc"), "SUMIFS": ("r", "rc"),
    "IF": ("lww", ""), "IFS": ("", "lv"), "NOT": ("l", ""), "INDEX": ("wnn", ""), "CHOOSE": ("n", "w"),
    "MATCH": ("br0", ""), "XLOOKUP": ("brrv", ""), "DATE": ("nnn", ""), "TEXT": ("nf", ""), "TEXTJOIN": ("tl", "w"),
    "MID": ("tnn", ""), "SUBSTITUTE": ("ttt", ""), "SEARCH": ("ttn", ""),
}  # fmt: skip
_MENOS = {"ROW": 0, "COLUMN": 0, "IF": 2, "INDEX": 2, "LEFT": 1, "RIGHT": 1, "SEARCH": 2, "SUMIF": 2, "AVERAGEIF": 2,
          "XLOOKUP": 3, "MATCH": 3, "VLOOKUP": 4, "HLOOKUP": 4}  # fmt: skip

CELDA_A_CELDA = frozenset({"IF", "IFERROR", "IFNA", "ISBLANK", "ISERROR", "ISNA", "ISNUMBER", "ISTEXT"}) | {
    f"{prefijo}{nombre}" for nombre in REGLAS for prefijo in ("", PREFIJO_DE_REGLA)
}
"""Functions that, given a range, are applied to each of its cells: by the engine, or because zedxl took their place."""

DE_UN_VALOR = frozenset(_palabras("ABS DATE DAY LEFT LEN MID MONTH NOT RIGHT SIGN SQRT SUBSTITUTE YEAR"))
"""Functions of single values, whose result depends on these alone: zedxl applies them to each cell of a range."""

SOBRE_CADA_ELEMENTO = frozenset({"SUMPRODUCT"})
"""Functions inside which a range is computed cell by cell also in an ordinary formula."""

DE_FECHAS = frozenset({"DATE", "YEAR", "MONTH", "DAY", "TEXT"})

FORMATOS = frozenset(
    ("0", "0.0", "0.00", "0%", "0.0%", "0.00%", "#,##0", "#,##0.00", "dd/mm/yyyy", "dd/mm/aaaa", "mmm-aaaa", "yyyy")
) | {'dddd d "de" mmmm "de" yyyy'}
"""Formats of TEXT whose results are known."""

DAN_NUMERO = frozenset(
    _palabras(
        "SUM AVERAGE MIN MAX COUNT COUNTA COUNTBLANK PRODUCT SUMPRODUCT ROW ROWS COLUMN COLUMNS ABS SQRT SIGN INT MOD"
        " POWER ROUND ROUNDUP ROUNDDOWN YEAR MONTH DAY DATE COUNTIF COUNTIFS SUMIF SUMIFS AVERAGEIF LEN MATCH SEARCH"
        " VALUE ZEDXL_SUMAR ZEDXL_RESTAR ZEDXL_SUMAR_AL_FINAL ZEDXL_RESTAR_AL_FINAL ZEDXL_POTENCIA ZEDXL_NUMERO"
        " ZEDXL_FECHA"
    )
)
DAN_LOGICO = frozenset(
    _palabras(
        "AND OR XOR NOT ISNUMBER ISTEXT ISBLANK ISERROR ISNA TRUE FALSE ZEDXL_IGUAL ZEDXL_DISTINTO ZEDXL_MENOR"
        " ZEDXL_MAYOR ZEDXL_HASTA ZEDXL_DESDE ZEDXL_LOGICO"
    )
)


def clases_de_argumentos(nombre: str, argumentos: Sequence[Nodo]) -> list[str] | None:
    """The kind of each argument, None when zedxl does not compute the function, or not in this form."""
    if nombre not in _ARGUMENTOS:
        return None
    fijos, repetidos = _ARGUMENTOS[nombre]
    dados = len(argumentos)
    menos = _MENOS.get(nombre, len(fijos) + (len(repetidos) if not fijos or nombre in ("SUMIFS", "TEXTJOIN") else 0))
    if dados < menos or (not repetidos and dados > len(fijos)):
        return None
    if repetidos and (dados - len(fijos)) % len(repetidos):
        return None
    clases = [*fijos, *islice(cycle(repetidos), max(0, dados - len(fijos)))][:dados]
    if any(not _admite(clase, argumento) for clase, argumento in zip(clases, argumentos, strict=True)):
        return None
    return clases if nombre not in _DE_IGUAL_FORMA or _de_igual_forma(nombre, clases, argumentos) else None


_DE_IGUAL_FORMA = frozenset({"SUMIF", "AVERAGEIF", "SUMIFS", "COUNTIFS", "SUMPRODUCT", "XLOOKUP"})


def da_numero(nodo: Nodo) -> bool:
    """Whether a node gives a number, or an error, and nothing else."""
    match nodo["node_type"]:
        case "Literal":
            return isinstance(nodo["value"], (int, float)) and not isinstance(nodo["value"], bool)
        case "BinaryOp":
            return nodo["operator"] in ("+", "-", "*", "/", "^")
        case "UnaryOp":
            return nodo["operator"] in ("-", "%")
        case "Function":
            return _nombre(nodo) in DAN_NUMERO
        case _:
            return False


def da_logico(nodo: Nodo) -> bool:
    """Whether a node gives True or False, or an error, and nothing else."""
    if nodo["node_type"] == "Literal":
        return isinstance(nodo["value"], bool)
    return nodo["node_type"] == "Function" and _nombre(nodo) in DAN_LOGICO


def _nombre(nodo: Nodo) -> str:
    """The name of a function; for a rule of zedxl, the function that it stands for."""
    nombre = str(nodo["name"]).upper()
    return str(nodo["args"][0]["value"]) if nombre == "ZEDXL_POR_CELDA" else nombre.removeprefix(PREFIJO_DE_REGLA)


def _admite(clase: str, nodo: Nodo) -> bool:
    if nodo["node_type"] == "Omitted":
        return False
    if clase == CERO:
        return nodo["node_type"] == "Literal" and nodo["value"] in (0, False)
    if clase == FORMATO:
        return nodo["node_type"] == "Literal" and nodo["value"] in FORMATOS
    return clase != RANGO or _es_de_rango(nodo)


def _es_de_rango(nodo: Nodo) -> bool:
    """Whether a node is cells, where texts do not count, or computed numbers: not a text to be made a number."""
    if nodo["node_type"] in ("Reference", "Array") or da_numero(nodo):
        return True
    if nodo["node_type"] == "Function" and str(nodo["name"]).upper() == "IF":
        return all(_es_de_rango(rama) for rama in nodo["args"][1:])
    return nodo["node_type"] == "Function" and str(nodo["name"]).upper() == "INDEX"


def _de_igual_forma(nombre: str, clases: Sequence[str], argumentos: Sequence[Nodo]) -> bool:
    rangos = [a for a, clase in zip(argumentos, clases, strict=True) if clase == RANGO]
    if len(rangos) < 2:
        return True
    formas = list(_formas(rangos))
    if nombre == "SUMPRODUCT" and None in formas:
        return False
    return None not in formas and len(set(formas)) == 1


def _formas(rangos: Sequence[Nodo]) -> Iterator[tuple[int, int] | None]:
    for rango in rangos:
        area = _area(rango)
        yield None if area is None else (area.hasta_fila - area.fila, area.hasta_columna - area.columna)


def _area(nodo: Nodo) -> Area | None:
    try:
        return leer_area(separar_hoja(str(nodo.get("reference", "")))[1])
    except ValueError:
        return None
