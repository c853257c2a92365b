"""The same calls in every host: how many of each function run in each, as the README shows it.

``python -m tests.paridad`` prints the table. Each number is of calls that a test compares with the expected value; the
tests of the hosts take their calls from here.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from tests.casos.fila import INVALIDO
from tests.casos_funciones import CASOS, Caso
from udfs import FUNCIONES, ErrorDeCelda


def celdas(dado: object) -> list[list[Any]]:
    """The rows of cells of an argument: one cell, a column (flat sequence) or rows."""
    if not isinstance(dado, (list, tuple)):
        return [[dado]]
    return [list(fila) if isinstance(fila, (list, tuple)) else [fila] for fila in dado]


def cabe_en_una_hoja(caso: Caso) -> bool:
    """Whether the arguments of a call can be cells: rows of one length, at least one, and numbers that are numbers."""
    return all(
        len({len(fila) for fila in celdas(dado)}) == 1
        and not any(isinstance(c, float) and not math.isfinite(c) for fila in celdas(dado) for c in fila)
        for dado in caso.argumentos
    )


def se_compara_en_calc(caso: Caso) -> bool:
    """Whether Calc leaves a call to us: it answers itself where a cell holds an error, and takes VERDADERO for 1."""
    return (
        cabe_en_una_hoja(caso)
        and not _alguna(caso, ErrorDeCelda)
        and not (_alguna(caso, bool) and INVALIDO in [caso.esperado])
    )


ANFITRIONES: dict[str, Callable[[Caso], bool]] = {
    "Python": lambda _: True,
    "Excel": cabe_en_una_hoja,
    "Calc": se_compara_en_calc,
    "recalcular": cabe_en_una_hoja,
}
"""The hosts, and which calls each can be given."""


def tabla() -> str:
    """The table of the README."""
    lineas = [f"| Function | {' | '.join(ANFITRIONES)} |", f"| --- |{' --- |' * len(ANFITRIONES)}"]
    lineas += [_linea(f"`{funcion}`", [caso for caso in CASOS if caso.funcion == funcion]) for funcion in FUNCIONES]
    return "\n".join([*lineas, _linea("all", CASOS)])


def _linea(titulo: str, casos: list[Caso]) -> str:
    return f"| {titulo} | {' | '.join(str(sum(map(puede, casos))) for puede in ANFITRIONES.values())} |"


def _alguna(caso: Caso, clase: type) -> bool:
    return any(isinstance(c, clase) for dado in caso.argumentos for fila in celdas(dado) for c in fila)


if __name__ == "__main__":
    print(tabla())
