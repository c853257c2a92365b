"""A spreadsheet engine of its own for the tests: formualizer, with the functions of the registry.

What it cannot do is refused instead of giving a wrong number: references by table column, array formulas, and an
argument left out between two others, which this engine hands to a function as 0. It compares texts with "=" and
UPPER by folding ASCII letters only.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import formualizer
import openpyxl
from openpyxl.utils.cell import coordinate_to_tuple

from udfs import FUNCIONES, ErrorDeCelda, Funcion
from zedxl.medida import DatoInvalido

Lugar = tuple[str, str]
"""Sheet and cell, such as ("Tablero", "B7")."""

_VACIAS = (None, "")

_ERRORES = {
    "Div": "#DIV/0!",
    "Na": "#N/A",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "Ref": "#REF!",
    "Value": "#VALUE!",
}
_CLASES = {codigo: clase for clase, codigo in _ERRORES.items()}


_SOBRE_CADA_CELDA: dict[str, Callable[[Any], bool]] = {
    "ISERROR": lambda celda: isinstance(celda, ErrorDeCelda),
    "ISNUMBER": lambda celda: isinstance(celda, (int, float)) and not isinstance(celda, bool),
    "ISTEXT": lambda celda: isinstance(celda, str),
}
"""Native functions that this engine applies to one cell only, also where a range is meant."""


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
    libro = _abrir(ruta)
    libro.evaluate_all()
    return {(hoja, celda): _desde_motor(libro.get_value(hoja, *coordinate_to_tuple(celda))) for hoja, celda in textos}


def _abrir(ruta: Path) -> formualizer.Workbook:
    opciones = formualizer.EvaluationConfig()
    opciones.enable_parallel = False  # the functions are Python and would only wait for each other
    config = formualizer.WorkbookConfig(eval_config=opciones)
    libro = formualizer.Workbook.from_bytes(ruta.read_bytes(), config=config)
    for nombre, funcion in FUNCIONES.items():
        obligatorios = sum(not a.opcional for a in funcion.argumentos)
        libro.register_function(nombre, _para_motor(funcion), min_args=obligatorios, max_args=len(funcion.argumentos))
    for nombre, pregunta in _SOBRE_CADA_CELDA.items():
        libro.register_function(
            nombre, partial(_preguntar, pregunta), min_args=1, max_args=1, allow_override_builtin=True
        )
    return libro


def _preguntar(pregunta: Callable[[Any], bool], valor: Any) -> Any:
    if isinstance(valor, list):
        return [_preguntar(pregunta, elemento) for elemento in valor]
    return pregunta(_desde_motor(valor))


def _para_motor(funcion: Funcion) -> Callable[..., Any]:
    def llamar(*argumentos: Any) -> Any:
        try:
            return _hacia_motor(funcion.llamar(*map(_desde_motor, argumentos)))
        except DatoInvalido as error:
            return formualizer.LiteralValue.error("Value", str(error))

    return llamar


def _desde_motor(valor: Any) -> Any:
    if isinstance(valor, list):
        return [_desde_motor(elemento) for elemento in valor]
    if isinstance(valor, dict) and valor.get("type") == "Error":
        return ErrorDeCelda(_ERRORES[valor["kind"]])
    return valor


def _hacia_motor(valor: Any) -> Any:
    if isinstance(valor, list):
        return [_hacia_motor(elemento) for elemento in valor]
    if isinstance(valor, ErrorDeCelda):
        return formualizer.LiteralValue.error(_CLASES[valor.codigo], valor.motivo)
    return valor


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
