"""The registry: every function that can be typed in a cell, with what a host needs to know of it.

A function is defined once, as a plain typed Python function under `funcion`. Its parameters carry an `Entrada` in
their annotation: how a cell is read and the help that the function wizard shows. A parameter with a default is
optional.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from types import MappingProxyType
from typing import Any, get_args, get_type_hints

from udfs.llamada import Lectura, llamar

CATEGORIA = "Seguimiento PEI"
"""Group under which function wizards list the functions."""

_NOMBRE = re.compile(r"[A-Z]+(_[A-Z]+)*")
_registradas: dict[str, Funcion] = {}
FUNCIONES: Mapping[str, Funcion] = MappingProxyType(_registradas)
"""All functions by the name typed in a cell."""


class Resultado(str, Enum):
    """Shape of what a function gives."""

    ELEMENTO = "elemento"
    """One value; with ranges as arguments, one for each of their elements."""
    RESUMEN = "resumen"
    """One value for a whole range."""
    COLUMNA = "columna"
    """One value for each cell of its range."""
    TABLA = "tabla"
    """A table with a row of titles, as long as its data ask for."""


@dataclass(frozen=True, slots=True)
class Entrada:
    """What a parameter accepts: ``ayuda`` is one Spanish line, ``leer`` turns a cell into what the rule needs.

    Without ``leer`` the parameter takes a whole block of cells as they are, a `Rango`.
    """

    ayuda: str
    leer: Callable[[object], object] | None = None


@dataclass(frozen=True, slots=True)
class Argumento:
    """A parameter of a registered function, as hosts see it."""

    nombre: str
    ayuda: str
    opcional: bool
    rango: bool

    @property
    def escritura(self) -> str:
        """Its name, in brackets when it may be left out."""
        return f"[{self.nombre}]" if self.opcional else self.nombre


@dataclass(frozen=True, slots=True)
class Funcion:
    """A registered function; ``llamar`` takes and gives what cells hold."""

    nombre: str
    descripcion: str
    categoria: str
    argumentos: tuple[Argumento, ...]
    resultado: Resultado
    llamar: Callable[..., Any]

    @property
    def escritura(self) -> str:
        """How it is typed in a cell, as the help shows it: ``COBERTURA(avances)``."""
        return f"{self.nombre}({'; '.join(a.escritura for a in self.argumentos)})"


def funcion(
    descripcion: str, resultado: Resultado = Resultado.ELEMENTO
) -> Callable[[Callable[..., object]], Callable[..., Any]]:
    """Register a function under its own name; ``descripcion`` is one Spanish line for the function wizard.

    The function itself is written in terms of the rules: numbers, `zedxl.medida.Medida`, keywords. What takes its
    place accepts host values (numbers, text, None, bool, `udfs.celda.ErrorDeCelda`, rows of them) and gives them back.
    Alone, a bad value raises `DatoInvalido` and an error value is the result; in a range both mark their element only.
    """

    def registrar(regla: Callable[..., object]) -> Callable[..., Any]:
        nombre = regla.__name__
        if not _NOMBRE.fullmatch(nombre) or nombre in _registradas:
            raise ValueError(f"{nombre} is no name for a function in a cell, or is taken")
        entradas = list(_entradas(regla))
        lecturas = tuple(_lectura(*entrada) for entrada in entradas)
        firma = inspect.signature(regla)

        @wraps(regla)
        def en_celda(*valores: object, **por_nombre: object) -> object:
            return llamar(regla, lecturas, firma.bind(*valores, **por_nombre).arguments)

        argumentos = tuple(_argumento(*entrada) for entrada in entradas)
        _registradas[nombre] = Funcion(nombre, descripcion, CATEGORIA, argumentos, resultado, en_celda)
        return en_celda

    return registrar


def _entradas(regla: Callable[..., object]) -> Iterator[tuple[inspect.Parameter, Entrada]]:
    """The parameters of a function with the `Entrada` in their annotation."""
    tipos = get_type_hints(regla, include_extras=True)
    for nombre, parametro in inspect.signature(regla).parameters.items():
        entrada = next((extra for extra in get_args(tipos[nombre])[1:] if isinstance(extra, Entrada)), None)
        if entrada is None:
            raise ValueError(f"parameter {nombre} carries no Entrada")
        yield parametro, entrada


def _argumento(parametro: inspect.Parameter, entrada: Entrada) -> Argumento:
    return Argumento(parametro.name, entrada.ayuda, _es_opcional(parametro), rango=entrada.leer is None)


def _lectura(parametro: inspect.Parameter, entrada: Entrada) -> Lectura:
    return Lectura(parametro.name, entrada.leer, _es_opcional(parametro), parametro.default)


def _es_opcional(parametro: inspect.Parameter) -> bool:
    return parametro.default is not inspect.Parameter.empty
