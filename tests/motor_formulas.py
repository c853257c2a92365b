"""The formulas of a book evaluated as they stand, by the engine alone: zedxl rewrites none of them here.

What the engine cannot do so is refused instead of giving a wrong number: references by table column, array formulas,
and an argument left out between two others, which this engine hands to a function as 0. It compares texts with "=" by
folding ASCII letters only.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import formualizer
import openpyxl
from openpyxl.utils.cell import coordinate_to_tuple

from udfs import FUNCIONES, ErrorDeCelda
from zedxl.recalculo.motor import Motor

Lugar = tuple[str, str]
"""Sheet and cell, such as ("Tablero", "B7")."""

_VACIAS = (None, "")


class FormulaNoEvaluable(Exception):
    """A formula that this engine would compute wrongly."""


def formulas(ruta: Path) -> dict[Lugar, str]:
    """Every formula of a book, as the file stores it."""
    libro = openpyxl.load_workbook(ruta)
    return {
        (hoja.title, celda.coordinate): celda.value if isinstance(celda.value, str) else "{array}"
        for hoja in libro.worksheets
        for fila in hoja.iter_rows()
        for celda in fila
        if celda.data_type == "f"
    }


def guardados(ruta: Path) -> dict[Lugar, object]:
    """The values that the file carries for its formulas, None where it has none."""
    return _guardados(ruta, formulas(ruta))


def evaluados(ruta: Path) -> dict[Lugar, object]:
    """The values that the formulas of a book have when everything is computed anew."""
    return _evaluados(ruta, formulas(ruta))


def discrepancias(ruta: Path) -> list[str]:
    """One line for each formula whose value in the file is not the one that it evaluates to."""
    textos = formulas(ruta)
    guardado, evaluado = _guardados(ruta, textos), _evaluados(ruta, textos)
    return [
        f"{'!'.join(lugar)} guarda {guardado[lugar]!r} y vale {evaluado[lugar]!r}: {formula}"
        for lugar, formula in textos.items()
        if not iguales(guardado[lugar], evaluado[lugar])
    ]


def iguales(uno: object, otro: object) -> bool:
    """The same cell content: empty text is empty, numbers to nine decimals."""
    if isinstance(uno, (int, float)) and isinstance(otro, (int, float)):
        return isinstance(uno, bool) is isinstance(otro, bool) and math.isclose(uno, otro, rel_tol=0, abs_tol=1e-9)
    return uno == otro or (uno in _VACIAS and otro in _VACIAS)


def _guardados(ruta: Path, lugares: Iterable[Lugar]) -> dict[Lugar, object]:
    libro = openpyxl.load_workbook(ruta, data_only=True)
    return {(hoja, celda): _guardado(libro[hoja][celda]) for hoja, celda in lugares}


def _evaluados(ruta: Path, textos: Mapping[Lugar, str]) -> dict[Lugar, object]:
    for lugar, formula in textos.items():
        if formula == "{array}" or "[" in formula or _omite_un_argumento(formula):
            raise FormulaNoEvaluable(f"{'!'.join(lugar)}: {formula}")
    motor = Motor(ruta.read_bytes())
    motor.evaluar()
    return {(hoja, celda): motor.valor(hoja, coordinate_to_tuple(celda)) for hoja, celda in textos}


def _guardado(celda: Any) -> object:
    return ErrorDeCelda(celda.value) if celda.data_type == "e" else celda.value


def _omite_un_argumento(formula: str) -> bool:
    """Whether one of our functions is called as F(a;;b)."""
    abiertas: list[str] = []
    anterior = ""
    for pieza in formualizer.Tokenizer(formula).tokens():
        clase = str(pieza.token_type)
        if clase == "Whitespace":
            continue
        if clase == "Sep" and anterior in ("(", ",") and abiertas and abiertas[-1] in FUNCIONES:
            return True
        if clase == "Func" and str(pieza.subtype) == "Open":
            abiertas.append(pieza.value.removesuffix("(").upper())
        elif clase == "Func":
            abiertas.pop()
        anterior = "(" if pieza.value.endswith("(") else "," if clase == "Sep" else pieza.value
    return False
