"""Results that only Excel knows: a rule that meets one says so, and its cell keeps the value that it had."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import formualizer

from udfs import ErrorDeCelda
from udfs.celda import Rango
from zedxl.recalculo.valor_de_celda import CLASES_DE_ERROR, SinValor, desde_motor

_CODIGOS = {codigo: clase for clase, codigo in CLASES_DE_ERROR.items()}


class Duda(Exception):
    """The result is not known for certain; the argument says why, as the end of a sentence about the cell."""


class Dudas:
    """The cells of a book in whose formulas a doubt arose, each with its reason.

    A doubt is noted apart from the value, because a formula may hide an error: IFERROR, COUNT.
    """

    def __init__(self, desde_1904: bool) -> None:
        self.por_celda: dict[str, str] = {}
        self._desde_1904 = desde_1904

    def regla(self, regla: Callable[..., Any]) -> Callable[..., Any]:
        """A rule on single values as a function of the engine, whose first argument says in which cell it stands."""

        def llamar(lugar: str, *argumentos: Any) -> Any:
            try:
                return por_celda(regla, desde_1904=self._desde_1904)(*argumentos)
            except Duda as duda:
                self.por_celda.setdefault(lugar, str(duda))
                return formualizer.LiteralValue.error("Calc", None)

        return llamar

    def regla_de_rangos(self, regla: Callable[..., Any]) -> Callable[..., Any]:
        """The same for a rule that takes its arguments whole, each as a list of values."""

        def llamar(lugar: str, *argumentos: Any) -> Any:
            leidos = [Rango.de(leer(argumento, self._desde_1904)).celdas for argumento in argumentos]
            error = next((c for celdas in leidos for c in celdas if isinstance(c, ErrorDeCelda)), None)
            try:
                return hacia_motor(error or regla(*leidos))
            except Duda as duda:
                self.por_celda.setdefault(lugar, str(duda))
                return formualizer.LiteralValue.error("Calc", None)

        return llamar


def por_celda(regla: Callable[..., Any], *, con_errores: bool = False, desde_1904: bool = False) -> Callable[..., Any]:
    """A function of single values that also takes ranges; an error among its arguments is its result."""

    def una(*celdas: Any) -> Any:
        if not con_errores:
            error = next((celda for celda in celdas if isinstance(celda, ErrorDeCelda)), None)
            if error is not None:
                return error
        return regla(*celdas)

    def llamar(*argumentos: Any) -> Any:
        leidos = [leer(argumento, desde_1904) for argumento in argumentos]
        if not any(isinstance(leido, list) for leido in leidos):
            return hacia_motor(una(*leidos))
        rangos = [Rango.de(leido) for leido in leidos]
        filas, columnas = (max(rango.forma[eje] for rango in rangos) for eje in (0, 1))
        return hacia_motor(
            [[una(*(_celda(rango, i, j) for rango in rangos)) for j in range(columnas)] for i in range(filas)]
        )

    return llamar


def leer(valor: Any, desde_1904: bool = False) -> Any:
    """A value of the engine as Python has it: dates as their number, errors as `ErrorDeCelda`."""
    if isinstance(valor, list):
        return [leer(elemento, desde_1904) for elemento in valor]
    if valor is None or isinstance(valor, (bool, int, float, str)):
        return valor
    try:
        return desde_motor(valor, desde_1904)
    except SinValor:
        return ErrorDeCelda("#VALUE!")


def hacia_motor(valor: Any) -> Any:
    """A value of ours as the engine takes it."""
    if isinstance(valor, list):
        return [hacia_motor(elemento) for elemento in valor]
    if isinstance(valor, ErrorDeCelda):
        return formualizer.LiteralValue.error(_CODIGOS.get(valor.codigo, "Value"), valor.motivo)
    return valor


def _celda(rango: Rango, fila: int, columna: int) -> object:
    filas, columnas = rango.forma
    if (filas > 1 and fila >= filas) or (columnas > 1 and columna >= columnas):
        return ErrorDeCelda("#N/A")  # what a spreadsheet puts where one of two ranges has ended
    return rango.en(fila, columna)
