"""References to one empty cell in calls of the functions, made into blocks of one cell.

Calc hands over an empty cell given alone as 0.0, and an empty cell of a block as empty. So while F5 is empty
``AVANCE_AEI(E5;F5)`` is made ``AVANCE_AEI(E5;F5:F5)`` in the open book, and stays so. A file of Excel shows nothing of
it: Calc writes ``F5`` there again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from zedxl.calc import SERVICIO_DE_FUNCIONES

_FORMULAS = 16  # com.sun.star.sheet.CellFlags.FORMULA
_ODFF = 1  # com.sun.star.sheet.FormulaLanguage
_COLUMNA_RELATIVA, _FILA_RELATIVA, _HOJA_RELATIVA = 1, 4, 16  # com.sun.star.sheet.ReferenceFlags
_EN_UNA_FORMULA = f"{SERVICIO_DE_FUNCIONES.upper()}."
_CELDA = re.compile(r"(?<=[(;.])\s*\$?([A-Z]{1,3})\$?([0-9]+)(?=\s*[;)])")

Datos = Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Signos:
    """The codes that Calc gives to the signs of a formula."""

    abre: int
    cierra: int
    separa: int
    funcion: int
    espacio: int


def sueltas(fichas: Sequence[Any], signos: Signos) -> list[int]:
    """The places of the tokens that are a cell given alone, as a whole argument of one of our functions."""
    hallados: list[int] = []
    llamadas: list[bool] = []  # of each open parenthesis, whether it is of one of our functions
    visibles = [lugar for lugar, ficha in enumerate(fichas) if ficha.OpCode != signos.espacio]
    for orden, lugar in enumerate(visibles):
        codigo = fichas[lugar].OpCode
        if codigo == signos.abre:
            llamadas.append(orden > 0 and _es_nuestra(fichas[visibles[orden - 1]], signos))
        elif codigo == signos.cierra and llamadas:
            llamadas.pop()
        elif llamadas and llamadas[-1] and hasattr(fichas[lugar].Data, "RelativeColumn"):
            vecinos = {fichas[visibles[orden + lado]].OpCode for lado in (-1, 1)}
            if vecinos <= {signos.abre, signos.separa, signos.cierra}:
                hallados.append(lugar)
    return hallados


def puede_estar_vacia(formula: str, datos: Datos) -> bool:
    """Whether a formula, as Calc spells it, may give one of our functions an empty cell alone.

    ``datos`` are the rows of the formula's sheet from A1 on. A cell of another sheet always may be empty.
    """
    if _EN_UNA_FORMULA not in formula.upper():
        return False
    for hallada in _CELDA.finditer(formula):
        fila, columna = int(hallada[2]) - 1, _columna(hallada[1])
        de_otra = formula[: hallada.start()].endswith(".")
        if de_otra or fila >= len(datos) or columna >= len(datos[fila]) or datos[fila][columna] == "":
            return True
    return False


def ensanchar(documento: Any) -> None:
    """Make blocks of the empty cells given alone to our functions in a book; nothing else of it changes."""
    signos = _signos(documento)
    with _sin_dejar_rastro(documento):
        for hoja in map(documento.Sheets.getByIndex, range(documento.Sheets.Count)):
            for celda in list(_por_mirar(hoja)):
                _ensanchar_celda(documento, celda, signos)


def _columna(letras: str) -> int:
    numero = 0
    for letra in letras:
        numero = numero * 26 + ord(letra) - ord("A") + 1
    return numero - 1


def _es_nuestra(ficha: Any, signos: Signos) -> bool:
    return ficha.OpCode == signos.funcion and str(ficha.Data).startswith(f"{SERVICIO_DE_FUNCIONES}.")


def _signos(documento: Any) -> Signos:
    constante = import_module("uno").getConstantByName
    codigos = documento.createInstance("com.sun.star.sheet.FormulaOpCodeMapper")
    separadores = codigos.getAvailableMappings(_ODFF, constante("com.sun.star.sheet.FormulaMapGroup.SEPARATORS"))
    especiales = codigos.getAvailableMappings(_ODFF, constante("com.sun.star.sheet.FormulaMapGroup.SPECIAL"))
    por_signo = {entrada.Name: entrada.Token.OpCode for entrada in separadores}
    espacio = especiales[constante("com.sun.star.sheet.FormulaMapGroupSpecialOffset.SPACES")].Token.OpCode
    return Signos(por_signo["("], por_signo[")"], por_signo[";"], codigos.OpCodeExternal, espacio)


def _por_mirar(hoja: Any) -> Iterator[Any]:
    """The cells whose formula may give one of our functions an empty cell alone."""
    bloques = hoja.queryContentCells(_FORMULAS)
    nuestras = [
        (bloque, i, j, formula)
        for bloque in map(bloques.getByIndex, range(bloques.Count))
        for i, fila in enumerate(bloque.getFormulaArray())
        for j, formula in enumerate(fila)
        if _EN_UNA_FORMULA in formula.upper()
    ]
    datos = _datos(hoja, [formula for *_, formula in nuestras])
    for bloque, i, j, formula in nuestras:
        if puede_estar_vacia(formula, datos):
            yield bloque.getCellByPosition(j, i)


def _datos(hoja: Any, formulas: Sequence[str]) -> Datos:
    """The rows of a sheet from A1 on, as far as these formulas look: a stray cell far away must not cost anything."""
    vistas = [hallada for formula in formulas for hallada in _CELDA.finditer(formula)]
    if not vistas:
        return ()
    usado = hoja.createCursor()
    usado.gotoEndOfUsedArea(False)
    ultima = min(usado.RangeAddress.EndRow, max(int(hallada[2]) - 1 for hallada in vistas))
    derecha = min(usado.RangeAddress.EndColumn, max(_columna(hallada[1]) for hallada in vistas))
    datos: Datos = hoja.getCellRangeByPosition(0, 0, derecha, ultima).getDataArray()
    return datos


def _ensanchar_celda(documento: Any, celda: Any, signos: Signos) -> None:
    matriz = celda.Spreadsheet.createCursorByRange(celda)
    es_matriz = celda.Formula.startswith("{")
    if es_matriz:
        matriz.collapseToCurrentArray()
    origen = matriz.RangeAddress
    fichas = matriz.getArrayTokens() if es_matriz else celda.getTokens()
    vacias = [lugar for lugar in sueltas(fichas, signos) if _esta_vacia(documento, fichas[lugar].Data, origen)]
    for lugar in vacias:
        bloque = import_module("uno").createUnoStruct("com.sun.star.sheet.ComplexReference")
        bloque.Reference1 = bloque.Reference2 = fichas[lugar].Data
        fichas[lugar].Data = bloque
    poner: Callable[[Any], None] = matriz.setArrayTokens if es_matriz else celda.setTokens
    if vacias:
        poner(fichas)


def _esta_vacia(documento: Any, referencia: Any, origen: Any) -> bool:
    """Whether the cell of a reference is empty, as seen from the place of its formula."""
    relativa = referencia.Flags
    columna = referencia.RelativeColumn + origen.StartColumn if relativa & _COLUMNA_RELATIVA else referencia.Column
    fila = referencia.RelativeRow + origen.StartRow if relativa & _FILA_RELATIVA else referencia.Row
    hoja = referencia.RelativeSheet + origen.Sheet if relativa & _HOJA_RELATIVA else referencia.Sheet
    celda = documento.Sheets.getByIndex(hoja).getCellByPosition(columna, fila)
    return str(celda.Type.value) == "EMPTY"


@contextmanager
def _sin_dejar_rastro(documento: Any) -> Iterator[None]:
    """While it lasts what is done cannot be undone by the user, is computed at its end, and needs no saving."""
    modificado, automatico = documento.isModified(), documento.isAutomaticCalculationEnabled()
    documento.UndoManager.lock()
    documento.enableAutomaticCalculation(False)
    try:
        yield
    finally:
        documento.enableAutomaticCalculation(automatico)
        documento.UndoManager.unlock()
        documento.setModified(modificado)
