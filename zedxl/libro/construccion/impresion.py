"""How sheets that need more than a page go on paper: so that nothing is cut and all can be read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from zedxl.libro.construccion import disposicion as en
from zedxl.libro.construccion.disposicion import Disposicion
from zedxl.libro.construccion.lienzo import Hoja

_PULGADAS_UTILES = 11.69 - 2 * 0.4
_PULGADAS_DE_ALTO = 8.27 - 0.5 - 0.6
_PUNTOS_POR_PULGADA = 72
_PIXELES_POR_PULGADA = 96
_PIXELES_POR_CARACTER = 7
_MARGEN_DE_COLUMNA = 5
_COLUMNAS_REPETIDAS = 2
_HOLGURA = 0.95
"""Programs differ a little in how wide a character is; a column too many would take a page of its own."""


def en_tres_paginas(hoja: Hoja, disposicion: Disposicion, anchos: Sequence[float]) -> None:
    """Print the plan, its numbers and its results on pages side by side, code and name repeated on each.

    One page wide, as the other sheets, would shrink forty columns to a third of their size.
    """
    cortes = _cortes(disposicion)
    pixeles = [round(a * _PIXELES_POR_CARACTER) + _MARGEN_DE_COLUMNA for a in anchos]
    repetidas = sum(pixeles[:_COLUMNAS_REPETIDAS])
    tramos = [sum(pixeles[desde:hasta]) for desde, hasta in pairwise([_COLUMNAS_REPETIDAS, *cortes, len(anchos)])]
    escala = int(100 * _HOLGURA * _PULGADAS_UTILES * _PIXELES_POR_PULGADA / (repetidas + max(tramos)))
    xl = hoja.xl
    xl.set_print_scale(max(10, min(100, escala)))
    xl.set_v_pagebreaks(cortes)
    xl.repeat_columns(0, _COLUMNAS_REPETIDAS - 1)
    xl.repeat_rows(en.FILA_DE_TITULOS - 1, en.FILA_DE_TITULOS)
    # The titles of the sheet would be cut where a page begins again with the repeated columns.
    xl.print_area(en.FILA_DE_TITULOS - 1, 0, disposicion.ultima_fila, len(anchos) - 1)
    xl.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.6)
    xl.set_header(
        '&L&"Calibri,Bold"&12Seguimiento del plan&R&"Calibri,Regular"&9N/D: no disponible · N/P: no programado'
    )
    xl.print_across()


def con_una_pagina_entera(hoja: Hoja, primera: tuple[int, float], ultima: tuple[int, int]) -> None:
    """Print a sheet on a page of its own as far as a row, and from the next one on as many as it takes.

    ``primera`` is that row and the width of the page in characters, ``ultima`` the last row and column.
    """
    fila, caracteres = primera
    a_lo_ancho = _PULGADAS_UTILES * _PIXELES_POR_PULGADA / (caracteres * (_PIXELES_POR_CARACTER + 1))
    a_lo_alto = _PULGADAS_DE_ALTO * _PUNTOS_POR_PULGADA / hoja.alto_hasta(fila)
    hoja.xl.set_print_scale(max(10, min(100, int(100 * _HOLGURA * min(a_lo_ancho, a_lo_alto)))))
    # a break by hand counts only where nothing is made to fit
    hoja.xl.set_h_pagebreaks([fila + 1])
    hoja.xl.print_area(0, 0, *ultima)


def _cortes(disposicion: Disposicion) -> list[int]:
    """The first column of each page after the first."""
    _, referencia, _, avances, _ = disposicion.bandas
    return [disposicion.columna(banda[1][0]) for banda in (referencia, avances)]
