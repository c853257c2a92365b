"""Formulas put into cells of the book that is open in Excel, which computes them at once."""

from __future__ import annotations

from functools import partial
from typing import Any

from zedxl.edicion.cambio import EdicionImposible, FormulaNueva
from zedxl.edicion.formula_propia import es_propia
from zedxl.edicion.formulas_xml import celda_con_porcentaje, celda_ocupada
from zedxl.excel.hoja_viva import CeldaReacia, HojaViva
from zedxl.excel.tablas_vivas import Deshacer
from zedxl.excel.valor_vivo import GENERAL, TEXTO
from zedxl.libro.paquete import es_de_porcentaje

_DECIMALES = "0.00"


def comprobar_formula(hoja: HojaViva, formula: FormulaNueva) -> None:
    """Raise `EdicionImposible` for a cell that holds something of somebody's; nothing is touched."""
    celda = _celda(hoja, formula)
    if celda.MergeCells and (celda.MergeArea.Row, celda.MergeArea.Column) != (celda.Row, celda.Column):
        raise EdicionImposible(
            f"{formula.celda} es parte de celdas combinadas y no la primera de ellas. Señale otra columna, o "
            "sepárelas. No se cambió nada."
        )
    ajena = celda.HasArray or getattr(celda, "HasSpill", False)
    escrito = str(celda.Formula)
    if ajena or (escrito and not (celda.HasFormula and es_propia(escrito.removeprefix("=")))):
        raise celda_ocupada(formula)
    if formula.como is None and es_de_porcentaje(str(celda.NumberFormat)):
        raise celda_con_porcentaje(formula)


def poner_formula(hoja: HojaViva, formula: FormulaNueva, deshacer: Deshacer) -> None:
    """Put a formula in; `CeldaReacia` when Excel does not take it for one."""
    celda = _celda(hoja, formula)
    formato = str(celda.NumberFormat)
    deshacer.append(partial(_devolver, celda, str(celda.Formula), formato))
    if formato == TEXTO:
        celda.NumberFormat = GENERAL  # in a text cell a formula stays a text
    celda.Formula = f"={formula.formula}"
    if not celda.HasFormula:
        raise CeldaReacia(f"{formula.celda} no toma la fórmula que se escribe en ella")
    if isinstance(formula.valor, float) and formato in (GENERAL, TEXTO):
        celda.NumberFormat = _DECIMALES


def _devolver(celda: Any, formula: str, formato: str) -> None:
    if str(celda.Formula) != formula:
        celda.Formula = formula
    if celda.NumberFormat != formato:
        celda.NumberFormat = formato


def _celda(hoja: HojaViva, formula: FormulaNueva) -> Any:
    return hoja.com.Cells(formula.celda.fila, formula.celda.columna)
