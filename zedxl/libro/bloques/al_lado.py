"""Tables side by side on a sheet: where one ends and the next begins.

Their titles may stand in the same row (`zedxl.libro.bloques.pareja`), or those of one beside the rows of the other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from zedxl.libro.bloques.columna_de_codigos import MUESTRA, sobre_codigos
from zedxl.libro.bloques.franja import franja
from zedxl.libro.bloques.juntas import codigo_al_principio
from zedxl.libro.bloques.matriz import marcas
from zedxl.libro.bloques.pareja import Codigos, columnas_de_corte
from zedxl.libro.bloques.sinonimos import Sinonimos
from zedxl.libro.bloques.titulos import Titulos, leer_titulos
from zedxl.libro.columnas import CON_TIEMPO, Columna, Encabezado
from zedxl.libro.hoja import VACIAS, Hoja

_CODIGO = Encabezado(Columna.CODIGO)
_LETRA = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Corte:
    """Where a sheet is parted: before a column, in the rows from one to another that is not included; all from 0."""

    columna: int
    desde: int
    hasta: int


def corte_en(hoja: Hoja, encabezados: Sequence[Titulos], hasta: int, sinonimos: Sinonimos) -> Corte | None:
    """The first place where tables stand side by side above a row; None where each has its rows for itself."""
    for n, titulos in enumerate(encabezados):
        limite = encabezados[n + 1].primera - 1 if n + 1 < len(encabezados) else hasta
        columnas = columnas_de_corte(Codigos(hoja, titulos, limite))
        if columnas is None:
            fin = _fin(hoja, titulos, encabezados[n + 1 :], hasta, sinonimos)
            columnas = _en_otra_fila(hoja, titulos, fin, sinonimos)
        if columnas is not None:
            cortes = ((_hasta(hoja, encabezados[n + 1 :], c, hasta, sinonimos), c) for c in columnas)
            fin, columna = max(cortes)  # as few titles as possible on both sides
            corte = Corte(columna, titulos.primera - 1, fin)
            if corte.hasta > titulos.ultima:
                return corte
    return None


def _en_otra_fila(hoja: Hoja, titulos: Titulos, hasta: int, sinonimos: Sinonimos) -> range | None:
    """Before which columns two tables may be parted, of which the second begins beside the rows of the first."""
    codigo = titulos.columnas.get(_CODIGO)
    libres = [] if codigo is None else _libres(hoja, titulos, codigo)
    if codigo is None or not libres:
        return None
    hasta = _antes_de_otros(hoja, titulos, codigo, hasta, sinonimos)
    con_codigo = [n for n in range(titulos.ultima, hasta) if codigo_al_principio(_en(hoja, n, codigo))]
    for indice in range(titulos.base, max(con_codigo, default=-1) + 1):
        for otra in libres:
            if _titula_otra(hoja, titulos, indice, otra, sinonimos):
                columnas = _entre(hoja, titulos, indice, otra, hasta, sinonimos)
                if indice not in con_codigo or _dice_del_plan(hoja, columnas[-1], indice, otra, sinonimos):
                    return columnas
    return None


def _titula_otra(hoja: Hoja, titulos: Titulos, indice: int, columna: int, sinonimos: Sinonimos) -> bool:
    """Whether a cell (from 0) is the title of the codes of a table beside, and not among the data of the first."""
    return _es_de_codigos(hoja, indice, columna, sinonimos) and _es_otra(hoja, titulos, indice, sinonimos)


def _es_de_codigos(hoja: Hoja, indice: int, columna: int, sinonimos: Sinonimos) -> bool:
    valor = _en(hoja, indice, columna)
    if not isinstance(valor, str) or not valor:
        return False
    es_suyo = valor[:1] in sinonimos.iniciales_de_codigo and sinonimos.es_de_codigo(valor)
    return es_suyo or sobre_codigos(hoja.filas, indice, columna)


def _antes_de_otros(hoja: Hoja, titulos: Titulos, codigo: int, hasta: int, sinonimos: Sinonimos) -> int:
    """The row (from 0) of other titles in the column of the codes; the same ones again are those of a new page."""
    suyos = [_en(hoja, titulos.base - 1, n) for n in titulos.textos]
    for indice in range(titulos.ultima, hasta):
        if _es_de_codigos(hoja, indice, codigo, sinonimos) and suyos != [_en(hoja, indice, n) for n in titulos.textos]:
            return indice
    return hasta


def _dice_del_plan(hoja: Hoja, corte: int, indice: int, otra: int, sinonimos: Sinonimos) -> bool:
    """Whether the table whose codes are in a column has any, and targets or values, or rows Progr and Ejecut."""
    debajo = (_en(hoja, n, otra) for n in range(indice + 1, min(indice + 5, len(hoja.filas))))
    if not codigo_al_principio(next((valor for valor in debajo if valor not in VACIAS), None)):
        return False
    lado = franja(hoja, slice(corte, None) if otra >= corte else slice(corte), indice + 1)
    titulos = leer_titulos(lado, indice, sinonimos)
    if titulos.dicen_cuando or titulos.cuando_repetido:
        return True
    return any(marcas(fila) for fila in lado.filas[indice + 1 : indice + 1 + MUESTRA])


def _libres(hoja: Hoja, titulos: Titulos, codigo: int) -> list[int]:
    """The columns (from 0) that no title joins to that of the codes."""
    desde = hasta = codigo
    while desde - 1 in titulos.textos:
        desde -= 1
    while hasta + 1 in titulos.textos:
        hasta += 1
    ancho = max((len(fila) for fila in hoja.filas[titulos.ultima - 1 : titulos.ultima + 1]), default=0)
    return [n for n in range(ancho) if not desde <= n <= hasta]


def _es_otra(hoja: Hoja, titulos: Titulos, indice: int, sinonimos: Sinonimos) -> bool:
    """Whether a row that has titles is beside the first table and not below it: it has no titles in its columns."""
    if indice < titulos.ultima or codigo_al_principio(_en(hoja, indice, titulos.columnas[_CODIGO])):
        return True
    return not any(_dice_titulo(hoja, indice, n, sinonimos) for n in titulos.columnas.values())


def _dice_titulo(hoja: Hoja, indice: int, columna: int, sinonimos: Sinonimos) -> bool:
    """Whether a cell has a title in words: years stand among the data, too."""
    return _con_letras(hoja, indice, columna) and _es_titulo(hoja, indice, columna, sinonimos)


def _con_letras(hoja: Hoja, indice: int, columna: int) -> bool:
    valor = _en(hoja, indice, columna)
    return isinstance(valor, str) and _LETRA.search(valor) is not None


def _entre(hoja: Hoja, titulos: Titulos, indice: int, otra: int, hasta: int, sinonimos: Sinonimos) -> range:
    """The columns from the end of the table at the left to the beginning of the one at the right.

    One of the titles of the second, in a row, is that of codes in a column. Either may have blank columns: the titles
    of each row are those of its own table.
    """
    codigo, suyas = titulos.columnas[_CODIGO], titulos.columnas.items()
    if otra < codigo:
        izquierda = max(n for n in range(otra, codigo) if n == otra or _dice_titulo(hoja, indice, n, sinonimos))
        derecha = min(n for _, n in suyas if n > izquierda)
        de_la_izquierda, de_la_derecha = indice, titulos.base - 1
    else:
        # what stands above a table («Avance del semestre 2025-I») may look like a title of the first
        ajenas = (n for e, n in suyas if e.columna not in CON_TIEMPO or not _con_letras(hoja, indice, n))
        izquierda = max(n for n in ajenas if n < otra)
        derecha = min(n for n in range(izquierda + 1, otra + 1) if n == otra or _es_titulo(hoja, indice, n, sinonimos))
        de_la_izquierda, de_la_derecha = titulos.base - 1, indice
    derecha = _sin_hueco(hoja, de_la_derecha, derecha, hasta, {izquierda})
    desde = izquierda + 1
    while desde < derecha and _en(hoja, de_la_izquierda, desde) not in VACIAS:
        desde += 1
    return range(desde, derecha + 1)


def _sin_hueco(hoja: Hoja, indice: int, columna: int, hasta: int, ajenas: Collection[int]) -> int:
    """The first of the columns up to one that have something from a row on, before an empty one or that of others."""
    while columna and columna - 1 not in ajenas:
        if all(_en(hoja, n, columna - 1) in VACIAS for n in range(indice, hasta)):
            break
        columna -= 1
    return columna


def _fin(hoja: Hoja, titulos: Titulos, siguientes: Sequence[Titulos], hasta: int, sinonimos: Sinonimos) -> int:
    """The last row (from 1) of what is below titles, before others in the same column."""
    codigo = titulos.columnas.get(_CODIGO, 0)
    return next((t.primera - 1 for t in siguientes if _dice_titulo(hoja, t.base - 1, codigo, sinonimos)), hasta)


def _hasta(hoja: Hoja, siguientes: Sequence[Titulos], columna: int, hasta: int, sinonimos: Sinonimos) -> int:
    """The last row (from 1) before titles that stand on both sides of a column."""
    for titulos in siguientes:
        indice = titulos.base - 1
        dicen = _dice_titulo if any(map(codigo_al_principio, hoja.filas[indice])) else _es_titulo
        con_titulo = (n for n in range(len(hoja.filas[indice])) if dicen(hoja, indice, n, sinonimos))
        if len({n < columna for n in con_titulo}) == 2:
            return titulos.primera - 1
    return hasta


def _es_titulo(hoja: Hoja, indice: int, columna: int, sinonimos: Sinonimos) -> bool:
    return sinonimos.reconocer(_en(hoja, indice, columna)) is not None


def _en(hoja: Hoja, indice: int, columna: int) -> Any:
    fila = hoja.filas[indice]
    return fila[columna] if 0 <= columna < len(fila) else None
