"""The baseline's value and its year, whose titles some books exchange."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from zedxl.libro.bloques.juntas import codigo_en
from zedxl.libro.bloques.titulos import Titulos
from zedxl.libro.columnas import Columna, Encabezado
from zedxl.medida import DatoInvalido
from zedxl.numero import leer_numero
from zedxl.texto import como_texto

_ANIO = re.compile(r"(?:19|20)\d\d")


def cambiados(titulos: Titulos, filas: Sequence[Sequence[Any]]) -> tuple[int, int] | None:
    """The columns (from 0) titled value and year, where in these rows all years stand under the first and none under
    the second; else None.
    """
    columnas = titulos.columnas
    valor, anio = columnas.get(Encabezado(Columna.LINEA_BASE)), columnas.get(Encabezado(Columna.LINEA_BASE_ANIO))
    if valor is None or anio is None:
        return None
    codigo = columnas[Encabezado(Columna.CODIGO)]
    bajo_valor, bajo_anio = (_numeros(filas, codigo, columna) for columna in (valor, anio))
    primero, segundo = next(bajo_valor, None), next(bajo_anio, None)  # these decide nearly always
    if primero is None or segundo is None or not _es_anio(primero) or _es_anio(segundo):
        return None
    return (valor, anio) if all(map(_es_anio, bajo_valor)) and not any(map(_es_anio, bajo_anio)) else None


def _numeros(filas: Sequence[Sequence[Any]], codigo: int, columna: int) -> Iterator[float]:
    """The numbers of a column, beside codes."""
    for fila in filas:
        if columna < len(fila) and codigo_en(fila, codigo):
            numero = _numero(fila[columna])
            if numero is not None:
                yield numero


def _es_anio(numero: float) -> bool:
    return numero.is_integer() and _ANIO.fullmatch(como_texto(numero)) is not None


def _numero(escrito: Any) -> float | None:
    try:
        return leer_numero(escrito)
    except DatoInvalido:
        return None
