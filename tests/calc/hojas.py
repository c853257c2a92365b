"""Formulas put into a book of Excel, and what Calc shows for them."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from tests.calc.oficina import oficina
from udfs import ErrorDeCelda
from zedxl.calc.adaptador import CODIGOS

PRUEBAS = "Pruebas"
CODIGO_DE = {numero: codigo for codigo, numero in CODIGOS.items()}


@dataclass(frozen=True)
class EnMatriz:
    """An array formula that fills so many rows and columns."""

    formula: str
    filas: int
    columnas: int


def evaluar(
    formulas: Sequence[str | EnMatriz], hojas: Mapping[str, Sequence[Sequence[object]]] | None = None
) -> list[object]:
    """What Calc shows for formulas written as Excel stores them (``=AVANCE_AEI(Datos!A1,2)``), beside these sheets.

    A single value each, rows of them for an array formula. An error is an `ErrorDeCelda`; where Excel has no such
    value, with Calc's own number: ``Err:504``.
    """
    with tempfile.TemporaryDirectory(prefix="zedxl-") as carpeta:
        libro = Path(carpeta, "libro.xlsx")
        rangos = _escribir(libro, formulas, hojas or {})
        leidos = oficina().pedir("valores", str(libro), {PRUEBAS: rangos})[PRUEBAS]
    bloques = [valores_de(leidos[rango]) for rango in rangos]
    return [
        bloque if isinstance(formula, EnMatriz) else bloque[0][0]
        for formula, bloque in zip(formulas, bloques, strict=True)
    ]


def valores_de(leidos: Sequence[Sequence[object]]) -> list[list[object]]:
    """Rows of cells as Calc shows them, from an answer of the script."""
    return [[_valor(celda) for celda in fila] for fila in leidos]


def _valor(leido: object) -> object:
    if not isinstance(leido, dict):
        return leido
    return ErrorDeCelda(CODIGO_DE.get(leido["error"], f"Err:{leido['error']}"))


def _escribir(
    ruta: Path, formulas: Sequence[str | EnMatriz], hojas: Mapping[str, Sequence[Sequence[object]]]
) -> list[str]:
    """Write the book; where each formula stands."""
    libro = xlsxwriter.Workbook(ruta)
    pruebas = libro.add_worksheet(PRUEBAS)
    for nombre, filas in hojas.items():
        hoja = libro.add_worksheet(nombre)
        for i, fila in enumerate(filas):
            for j, celda in enumerate(fila):
                _escribir_celda(hoja, i, j, celda)
    rangos, siguiente = [], 0
    for formula in formulas:
        if isinstance(formula, EnMatriz):
            ultima, columna = siguiente + formula.filas - 1, formula.columnas - 1
            pruebas.write_array_formula(siguiente, 0, ultima, columna, f"{{{formula.formula}}}")
        else:
            ultima, columna = siguiente, 0
            pruebas.write_formula(siguiente, 0, formula)
        # a single cell is no A1:A1 for the writer
        rangos.append(xl_range(siguiente, 0, ultima, columna))
        siguiente = ultima + 1
    libro.close()
    return rangos


def _escribir_celda(hoja: Worksheet, fila: int, columna: int, celda: object) -> None:
    """One cell of data; an error and an empty text are made by formulas, as they would be in a book."""
    match celda:
        case None:
            pass
        case ErrorDeCelda():
            hoja.write_formula(fila, columna, f"={celda.codigo}", None, celda.codigo)
        case "":
            hoja.write_formula(fila, columna, '=""', None, "")
        case bool():
            hoja.write_boolean(fila, columna, celda)
        case str():
            hoja.write_string(fila, columna, celda)
        case _:
            hoja.write(fila, columna, celda)
