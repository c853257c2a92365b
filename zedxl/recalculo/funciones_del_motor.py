"""What the engine calls back: our functions, and the native ones that it computes otherwise than a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from types import NoneType
from typing import Any

import formualizer

from udfs import FUNCIONES, ErrorDeCelda, Funcion
from zedxl.medida import DatoInvalido
from zedxl.recalculo.dudas import Dudas, hacia_motor, leer, por_celda
from zedxl.recalculo.formula import POR_CELDA
from zedxl.recalculo.funciones_comprobadas import PREFIJO_DE_REGLA
from zedxl.recalculo.reglas import DE_RANGOS, OPERACIONES, REGLAS

_PREGUNTAS: dict[str, Callable[[Any], bool]] = {
    "ISBLANK": lambda celda: celda is None,
    "ISERROR": lambda celda: isinstance(celda, ErrorDeCelda),
    "ISNA": lambda celda: celda == ErrorDeCelda("#N/A"),
    "ISNUMBER": lambda celda: not isinstance(celda, (bool, str, ErrorDeCelda, NoneType)),
    "ISTEXT": lambda celda: isinstance(celda, str),
}


def registrar(libro: formualizer.Workbook, dudas: Dudas) -> None:
    """Give the engine's book our functions, those that take the place of its own, and the rules of formulas."""
    for nombre, funcion in FUNCIONES.items():
        obligatorios = sum(not a.opcional for a in funcion.argumentos)
        libro.register_function(nombre, _nuestra(funcion), min_args=obligatorios, max_args=len(funcion.argumentos))
    for nombre, pregunta in _PREGUNTAS.items():
        libro.register_function(
            nombre, por_celda(pregunta, con_errores=True), min_args=1, max_args=1, allow_override_builtin=True
        )
    for nombre, regla in OPERACIONES.items():
        libro.register_function(nombre, dudas.regla(regla), min_args=2)
    for nombre, regla in REGLAS.items():
        libro.register_function(f"{PREFIJO_DE_REGLA}{nombre}", dudas.regla(regla), min_args=2)
    for nombre, regla in DE_RANGOS.items():
        libro.register_function(f"{PREFIJO_DE_REGLA}{nombre}", dudas.regla_de_rangos(regla), min_args=2)
    libro.register_function(POR_CELDA, _nativa_por_celda, min_args=2)


def _nuestra(funcion: Funcion) -> Callable[..., Any]:
    def llamar(*argumentos: Any) -> Any:
        try:
            return hacia_motor(funcion.llamar(*map(leer, argumentos)))
        except DatoInvalido as error:
            return formualizer.LiteralValue.error("Value", str(error))

    return llamar


def _nativa_por_celda(nombre: str, *argumentos: Any) -> Any:
    """A native function of the engine on each cell of its ranges."""
    return por_celda(lambda *celdas: _calcular(nombre, *celdas))(*argumentos)


def _calcular(nombre: str, *celdas: Any) -> Any:
    """What the engine's function gives for single values, in a book of its own."""
    libro = _libro_auxiliar()
    for columna, celda in enumerate(celdas, 2):
        libro.set_value("A", 1, columna, celda)
    libro.set_formula("A", 1, 1, f"={nombre}({','.join(f'{chr(65 + n)}1' for n in range(1, len(celdas) + 1))})")
    return leer(libro.evaluate_cell("A", 1, 1))


@lru_cache(maxsize=1)
def _libro_auxiliar() -> formualizer.Workbook:
    libro = formualizer.Workbook()
    libro.add_sheet("A")
    return libro
