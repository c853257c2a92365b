"""Calls of the functions typed in cells, with what every host must show for them.

Expected numbers are the published ones of the report 2025-I ("informe") or worked out by hand, as the third
column of the tables says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.casos.conjunto import CASOS_DEL_CONJUNTO
from tests.casos.indicador import CASOS_DEL_INDICADOR
from tests.casos.juicio import CASOS_DEL_JUICIO
from tests.casos.plan import CASOS_DEL_PLAN
from udfs import FUNCIONES, ErrorDeCelda
from zedxl.medida import DatoInvalido


@dataclass(frozen=True)
class Caso:
    funcion: str
    argumentos: tuple[object, ...]
    esperado: object
    fuente: str

    def __str__(self) -> str:
        return f"{self.funcion}{self.argumentos!r}"


TABLAS = CASOS_DEL_INDICADOR | CASOS_DEL_CONJUNTO | CASOS_DEL_JUICIO | CASOS_DEL_PLAN

CASOS = [
    Caso(funcion, argumentos, esperado, fuente)
    for funcion, filas in TABLAS.items()
    for argumentos, esperado, fuente in filas
]


def en_celda(nombre: str, *argumentos: object) -> Any:
    """What a cell shows: a refused call is an error value there."""
    try:
        return FUNCIONES[nombre].llamar(*argumentos)
    except DatoInvalido as error:
        return ErrorDeCelda("#VALUE!", str(error))
