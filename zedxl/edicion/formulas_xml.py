"""Formulas put into cells of a book's file, with the value that they have."""

from __future__ import annotations

from collections.abc import Iterable

from zedxl.edicion.cambio import EdicionImposible, FormulaNueva
from zedxl.edicion.celdas_xml import estilo_como, exigir_lugar, exigir_no_tapada
from zedxl.edicion.fila_xml import CeldaXML
from zedxl.edicion.formula_propia import es_propia
from zedxl.edicion.libro_editable import HojaAbierta, LibroEditable, elemento_de
from zedxl.recalculo.valor_de_celda import codificar, codificar_texto


def escribir_formulas(libro: LibroEditable, formulas: Iterable[FormulaNueva]) -> None:
    """Put these formulas in; `EdicionImposible` for a cell that holds something of somebody's."""
    for formula in formulas:
        with libro.explicando(f"la hoja «{formula.celda.hoja}»"):
            _escribir(libro, formula)


def _escribir(libro: LibroEditable, formula: FormulaNueva) -> None:
    exigir_lugar(formula.celda)
    hoja = libro.hoja(formula.celda.hoja)
    lugar = (formula.celda.fila, formula.celda.columna)
    hallada = hoja.xml.celda(lugar)
    exigir_no_tapada(hoja, formula.celda)
    if any(lugar in area for area in hoja.calculadas) or not _cede(libro, hoja, hallada):
        raise celda_ocupada(formula)
    nueva = hoja.xml.para_editar(lugar)
    nueva.con_estilo(estilo_como(libro, formula.como, hallada, nueva))
    if formula.como is None and nueva.estilo in libro.estilos.porcentajes:
        raise celda_con_porcentaje(formula)
    if isinstance(formula.valor, float):
        nueva.con_estilo(libro.estilos.con_decimales(nueva.estilo))
    nueva.con_contenido(*_contenido(formula, hoja.xml.prefijo))


def _cede(libro: LibroEditable, hoja: HojaAbierta, celda: CeldaXML | None) -> bool:
    """Whether a cell is empty or holds a formula of zedxl's that no other cell shares."""
    if celda is None or not celda.dentro.strip():
        return True
    formula = next((e for e in elemento_de(hoja, celda) if e.tag.rpartition("}")[2] == "f"), None)
    if formula is None:
        return libro.contenido(hoja, celda) is None
    return formula.get("t", "normal") == "normal" and es_propia(formula.text or "")


def _contenido(formula: FormulaNueva, prefijo: bytes) -> tuple[str, bytes]:
    """Attribute ``t`` and inner XML of its cell; without a value, Excel computes it on opening."""
    texto = b"<%bf>%b</%bf>" % (prefijo, codificar_texto(formula.formula).encode(), prefijo)
    if formula.valor is None:
        return "", texto
    clase, valor = codificar(formula.valor)
    return clase, texto + b"<%bv>%b</%bv>" % (prefijo, valor.encode(), prefijo)


def celda_ocupada(formula: FormulaNueva) -> EdicionImposible:
    """The error for a cell that holds something that no formula takes the place of."""
    return EdicionImposible(
        f"{formula.celda} no está vacía ni tiene sola una fórmula de zedxl, y no se reemplaza. Señale otra columna, o "
        "borre antes lo que hay en esa celda. No se cambió nada."
    )


def celda_con_porcentaje(formula: FormulaNueva) -> EdicionImposible:
    """The error for a cell in which an avance of 66.67 would show as 6667 %."""
    return EdicionImposible(
        f"{formula.celda} tiene formato de porcentaje, y los resultados ya vienen de 0 a 100. Dé a esas celdas formato "
        "de número y repita la operación. No se cambió nada."
    )
