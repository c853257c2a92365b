"""Sheets Narrativa and Agentes: real tables where people write, with room for more."""

from __future__ import annotations

from collections.abc import Sequence

from zedxl.codigo import PLAN
from zedxl.libro.construccion import nombres, validaciones
from zedxl.libro.construccion.lienzo import CENTRADO, ENCABEZADO, ENTRADA, PARRAFO, Hoja
from zedxl.libro.hojas import TITULOS_AGENTES, TITULOS_NARRATIVA
from zedxl.plan import Plan

_FILA_DE_TITULOS = 3
_FILAS_LIBRES = 25
_PUNTOS_POR_LINEA = 13.5


def construir_narrativa(hoja: Hoja, plan: Plan) -> None:
    """Write the texts, one per row."""
    hoja.presentar(
        "Narrativa",
        "Los textos del informe. «- » al comienzo de una línea hace una viñeta; «1) », un número de lista. "
        "Para cambiar de línea dentro de la celda: Alt+Entrar.",
    )
    filas = [(t.codigo, t.seccion.value, "" if t.periodo is None else str(t.periodo), t.texto) for t in plan.textos]
    _tabla(hoja, "tblNarrativa", TITULOS_NARRATIVA, (13, 30, 13, 118), filas)
    ultima = _FILA_DE_TITULOS + len(filas) + _FILAS_LIBRES
    codigos = [PLAN, *(c for oei in plan.oeis for c in (oei.codigo, *(a.codigo for a in oei.aeis)))]
    mensaje_de_codigo = (
        f"Código del OEI o de la AEI; {PLAN} si trata del plan en su conjunto. El plan tiene {len(codigos)} códigos."
    )
    mensaje_de_periodo = "Período del texto. Vacío: sirve para todos."
    for columna, validacion in (
        (0, validaciones.de_texto("Código", mensaje_de_codigo)),
        (1, validaciones.de_lista("Sección", f"={nombres.SECCIONES}", "Parte del informe a la que va el texto.")),
        (2, validaciones.de_lista("Período", f"={nombres.PERIODOS}", mensaje_de_periodo)),
    ):
        hoja.xl.data_validation(_FILA_DE_TITULOS + 1, columna, ultima, columna, validacion)


def construir_agentes(hoja: Hoja, plan: Plan) -> None:
    """Write who takes part in each OEI or AEI, and with which services."""
    hoja.presentar(
        "Agentes", "Quiénes participan en cada OEI o AEI y con qué servicios; sale en la sección 4 del informe."
    )
    filas = [(a.codigo, a.involucrados, a.servicios) for a in plan.agentes]
    _tabla(hoja, "tblAgentes", TITULOS_AGENTES, (13, 80, 80), filas)
    ultima = _FILA_DE_TITULOS + len(filas) + _FILAS_LIBRES
    mensaje = validaciones.de_texto("Código", "Código del OEI o de la AEI, por ejemplo AEI.01.02.")
    hoja.xl.data_validation(_FILA_DE_TITULOS + 1, 0, ultima, 0, mensaje)


def _tabla(
    hoja: Hoja, nombre: str, titulos: tuple[str, ...], anchos: tuple[int, ...], filas: Sequence[tuple[str, ...]]
) -> None:
    """A table of texts with free rows below, every cell of it unlocked."""
    formato = hoja.lienzo.formato(ENCABEZADO)
    ultima = _FILA_DE_TITULOS + len(filas) + _FILAS_LIBRES
    hoja.anchos(*anchos)
    columnas = [{"header": titulo, "header_format": formato} for titulo in titulos]
    opciones = {"name": nombre, "style": None, "columns": columnas}
    hoja.xl.add_table(_FILA_DE_TITULOS, 0, ultima, len(titulos) - 1, opciones)
    hoja.xl.set_row(_FILA_DE_TITULOS, 24)
    vacias = [("",) * len(titulos)] * _FILAS_LIBRES
    for fila, celdas in enumerate([*filas, *vacias], _FILA_DE_TITULOS + 1):
        hoja.xl.set_row(fila, _alto(celdas, anchos))
        for columna, texto in enumerate(celdas):
            rasgos = [ENTRADA, PARRAFO] if anchos[columna] > 40 else [ENTRADA, PARRAFO, CENTRADO]
            hoja.texto(fila, columna, texto, *rasgos)
    hoja.xl.freeze_panes(_FILA_DE_TITULOS + 1, 1)
    hoja.xl.repeat_rows(_FILA_DE_TITULOS)
    hoja.xl.print_area(0, 0, _FILA_DE_TITULOS + len(filas), len(titulos) - 1)
    hoja.proteger(ordenar=True)


def _alto(celdas: tuple[str, ...], anchos: tuple[int, ...]) -> float:
    """Height in points for the tallest cell: no program fits wrapped text by itself when it opens a book."""
    lineas = max(
        sum(max(1, -(-len(parrafo) // int(ancho * 1.15))) for parrafo in texto.split("\n"))
        for texto, ancho in zip(celdas, anchos, strict=True)
    )
    return min(409.0, _PUNTOS_POR_LINEA * lineas + 5)
