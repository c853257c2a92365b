"""Which column has the codes where no title says «Código»: one of OEI or AEI, or of their names, over codes.

Tables of results have such titles too («OEI» over «OEI.01»): a code alone is taken for one of the plan only under those
titles that plans use, a code with its name under any.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from zedxl.codigo import es_codigo
from zedxl.libro.bloques.juntas import codigo_en, separar
from zedxl.texto import como_texto, plano

_SOBRE_CODIGOS_SOLOS = frozenset({
    "aei", "oei aei", "oei y aei", "accion estrategica", "accion estrategica institucional", "objetivo accion",
    "objetivo accion estrategica",
})  # fmt: skip
_DE_QUE = frozenset({
    "oei", "aei", "objetivo", "objetivos", "accion", "acciones", "denominacion", "descripcion", "nombre", "enunciado",
    "elemento", "elementos", "codigo", "codigos", "cod",
})  # fmt: skip
_ADEMAS = frozenset({
    "y", "e", "o", "de", "del", "la", "las", "el", "los", "estrategico", "estrategicos", "estrategica", "estrategicas",
    "institucional", "institucionales", "pei", "plan", "indicador", "indicadores",
})  # fmt: skip
_TAL_VEZ = re.compile(r"\s*(?:aei|oei|obj|acc|den|des|nom|enu|ele|c[oó]d)", re.IGNORECASE)
"""How all of them begin; most cells of a book are told apart by that."""
_SOLO_DEL_INDICADOR = re.compile(
    r"(?:codigos?|cod|nombre|denominacion|descripcion|enunciado) (?:de |del |de los )?indicador(?:es)?"
)
_FILAS_DEBAJO = 4
MUESTRA = 500
"""How many rows are looked at to tell what a block is."""


def sobre_codigos(filas: Sequence[Sequence[Any]], indice: int, columna: int) -> bool:
    """Whether such a title stands in a row (from 0) and column, and the first cell below it begins with a code."""
    if not _podria_ser(_en(filas[indice], columna)):
        return False
    return separar(_primero(filas, indice, columna)) is not None or sobre_codigos_solos(filas, indice, columna)


def sobre_codigos_solos(filas: Sequence[Sequence[Any]], indice: int, columna: int) -> bool:
    """As `sobre_codigos`, the first cell having no name."""
    titulo = _en(filas[indice], columna)
    if not _podria_ser(titulo) or plano(titulo) not in _SOBRE_CODIGOS_SOLOS:
        return False
    primero = _primero(filas, indice, columna)
    return isinstance(primero, str) and es_codigo(primero)


def _primero(filas: Sequence[Sequence[Any]], indice: int, columna: int) -> Any:
    debajo = (_en(fila, columna) for fila in filas[indice + 1 : indice + 1 + _FILAS_DEBAJO])
    return next((valor for valor in debajo if como_texto(valor)), None)


def _en(fila: Sequence[Any], columna: int) -> Any:
    return fila[columna] if columna < len(fila) else None


def elegir(filas: Sequence[Sequence[Any]], indice: int, columnas: Iterable[int]) -> list[int]:
    """Of several columns of codes those that count: not that of the objective beside those of its actions."""
    todas = list(columnas)
    if len(todas) < 2:
        return todas
    con_acciones = [n for n in todas if not es_de_objetivos(filas[indice + 1 :], n)]
    return con_acciones or todas


def es_de_objetivos(debajo: Sequence[Sequence[Any]], columna: int) -> bool:
    """Whether all codes of a column are of OEI."""
    return {codigo[:3] for codigo in _codigos(debajo, columna)} == {"OEI"}


def _codigos(debajo: Sequence[Sequence[Any]], columna: int) -> Iterator[str]:
    return filter(None, (codigo_en(fila, columna) for fila in debajo[:MUESTRA]))


def _podria_ser(titulo: Any) -> bool:
    return isinstance(titulo, str) and len(titulo) < 100 and bool(_TAL_VEZ.match(titulo)) and _es_de_codigos(titulo)


@lru_cache(maxsize=1024)
def _es_de_codigos(titulo: str) -> bool:
    escrito = plano(titulo)
    palabras = set(escrito.split())
    if not palabras & _DE_QUE or not palabras <= _DE_QUE | _ADEMAS:
        return False
    return _SOLO_DEL_INDICADOR.fullmatch(escrito) is None
