"""Whether a formula is one that zedxl put into a book, so that another one may take its place."""

from __future__ import annotations

import re

from udfs import FUNCIONES

CONSTANTES = frozenset({'"N/D"', '"NO CRÍTICA"'})
"""What stands where a rule decides before any cell is looked at."""
_DE_SIEMPRE = ("AND", "IF", "NOT", "OR", "TRUE", "FALSE")
_PIEZA = re.compile(
    r"""
    (?P<texto>"(?:[^"]|"")*")
    | (?P<nombre>(?:(?:'[^']*'|\[\d+\]|[\w.]+)!)?[A-Z][A-Z_]*)(?=\()   # of a function, perhaps with its add-in's name
    | (?P<logico>TRUE|FALSE)\b
    | \$?[A-Z]{1,3}\$?\d+ | \d+(?:\.\d+)? | <> | [=,():&@] | \s+
    """,
    re.VERBOSE | re.IGNORECASE,
)


def es_propia(formula: str) -> bool:
    """Whether a formula (English, without its equals sign) has nothing in it but what zedxl's have.

    One that computes something more is somebody's work and is left alone.

    >>> es_propia('IF(H5="","N/P",AVANCE_AEI(H5,I5))'), es_propia("[1]!AVANCE_AEI($H$5,I5)"), es_propia('"N/D"')
    (True, True, True)
    >>> es_propia("AVANCE_AEI(H5,I5)*0.5"), es_propia("SUM(AVANCE_AEI(H5,I5))"), es_propia("IF(H5=0,1,2)")
    (False, False, False)
    """
    if formula in CONSTANTES:
        return True
    nuestras = desde = 0
    while desde < len(formula):
        pieza = _PIEZA.match(formula, desde)
        if pieza is None:
            return False
        if pieza["nombre"] is not None:
            nombre = pieza["nombre"].rpartition("!")[2].upper()
            if nombre not in FUNCIONES and nombre not in _DE_SIEMPRE:
                return False
            nuestras += nombre in FUNCIONES
        desde = pieza.end()
    return nuestras > 0
