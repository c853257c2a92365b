"""A formula copied into another cell: what it refers to moves along, but for what a $ holds.

Cells that share a formula have the first one's, moved so.
"""

from __future__ import annotations

import re

import formualizer

from zedxl.libro.direccion import MAX_COLUMNA, MAX_FILA, direccion, numero_de_columna, separar_hoja

_EXTREMO = re.compile(r"(\$?)([A-Z]{1,3})?(\$?)(\d{1,7})?", re.IGNORECASE)
_LUGAR = re.compile(r"\$?[A-Z]{1,3}\$?\d+(:\$?[A-Z]{1,3}\$?\d+)?|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?\d+:\$?\d+", re.I)


def mover(formula: str, filas: int, columnas: int) -> str:
    """A formula copied so many rows down and columns to the right; as it is when it cannot be understood.

    >>> mover("A1*$B$1+SUM(A:A)+'Hoja 2'!C$3", 2, 1)
    "B3*$B$1+SUM(B:B)+'Hoja 2'!D$3"
    """
    igual = "" if formula.startswith("=") else "="
    try:
        piezas = [pieza for pieza in formualizer.Tokenizer(igual + formula) if pieza is not None]
    except (formualizer.TokenizerError, ValueError):
        return formula
    if "".join(pieza.value for pieza in piezas) != formula.removeprefix("="):
        return formula
    movida = "".join(
        _movida(pieza.value, filas, columnas) if str(pieza.subtype) == "Range" else pieza.value for pieza in piezas
    )
    return movida if igual else f"={movida}"


def _movida(referencia: str, filas: int, columnas: int) -> str:
    _, lugar = separar_hoja(referencia)
    if not _LUGAR.fullmatch(lugar):
        return referencia
    movido = ":".join(_extremo(extremo, filas, columnas) for extremo in lugar.split(":"))
    return referencia[: len(referencia) - len(lugar)] + movido


def _extremo(escrito: str, filas: int, columnas: int) -> str:
    partes = _EXTREMO.fullmatch(escrito)
    if partes is None:
        return escrito
    # "$5" has its sign where a column would have it
    fija_columna, letras, fija_fila, numero = partes.groups()
    if not letras:
        fija_columna, fija_fila = "", fija_columna or fija_fila
    columna = fila = ""
    if letras:
        desplazada = numero_de_columna(letras) + (0 if fija_columna else columnas)
        columna = direccion(1, (desplazada - 1) % MAX_COLUMNA + 1)[:-1]
    if numero:
        desplazada = int(numero) + (0 if fija_fila else filas)
        fila = str((desplazada - 1) % MAX_FILA + 1)
    return f"{fija_columna}{columna}{fija_fila}{fila}"
