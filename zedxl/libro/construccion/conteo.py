"""Counting results in cells without taking an error for a good sign: COUNTIF passes over errors in silence."""

from __future__ import annotations

from collections.abc import Iterable

from zedxl.libro.construccion.lienzo import Formula
from zedxl.libro.construccion.valores import INVALIDO, ND, Valor


def cuantas(rango: str, palabra: str, valores: Iterable[Valor]) -> Formula:
    """How many cells of a range say a word; "N/D" when any of them holds an error.

    ``valores`` are what the cells show now.
    """
    mostrados = list(valores)
    return Formula(
        f'IF({errores(rango)}>0,"{ND}",{apariciones(rango, palabra)})',
        ND if INVALIDO in mostrados else float(mostrados.count(palabra)),
    )


def errores(rango: str) -> str:
    """Formula of how many cells of a range hold an error."""
    return f"SUMPRODUCT(--ISERROR({rango}))"


def apariciones(rango: str, palabra: str) -> str:
    """Formula of how many cells of a range say a word, whatever the others hold; for whoever asks for `errores` too."""
    return f'COUNTIF({rango},"{palabra}")'
