"""What the engine calls back: our functions, and the native ones that it computes otherwise than a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from types import NoneType
from typing import Any

import formualizer

from udfs import FUNCIONES, ErrorDeCelda, Funcion
from udfs.celda import Rango
from zedxl.medida import DatoInvalido
from zedxl.recalculo.formula import DISTINTO, IGUAL, POR_CELDA, UNIR
from zedxl.recalculo.valor_de_celda import CLASES_DE_ERROR

_CODIGOS = {codigo: clase for clase, codigo in CLASES_DE_ERROR.items()}
_MESES = ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
          "noviembre", "diciembre")  # fmt: skip
_DIAS = ("domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado")
_PIEZA_DE_FECHA = re.compile(r'"[^"]*"|\\.|m{3,}|d{3,}|a+', re.IGNORECASE)

_PREGUNTAS: dict[str, Callable[[Any], bool]] = {
    "ISBLANK": lambda celda: celda is None,
    "ISERR": lambda celda: isinstance(celda, ErrorDeCelda) and celda.codigo != "#N/A",
    "ISERROR": lambda celda: isinstance(celda, ErrorDeCelda),
    "ISLOGICAL": lambda celda: isinstance(celda, bool),
    "ISNA": lambda celda: celda == ErrorDeCelda("#N/A"),
    "ISNONTEXT": lambda celda: not isinstance(celda, str),
    "ISNUMBER": lambda celda: not isinstance(celda, (bool, str, ErrorDeCelda, NoneType)),
    "ISTEXT": lambda celda: isinstance(celda, str),
}


def registrar(libro: formualizer.Workbook) -> None:
    """Give the engine's book our functions, and those that take the place of its own."""
    for nombre, funcion in FUNCIONES.items():
        obligatorios = sum(not a.opcional for a in funcion.argumentos)
        libro.register_function(nombre, _nuestra(funcion), min_args=obligatorios, max_args=len(funcion.argumentos))
    for nombre, pregunta in _PREGUNTAS.items():
        _reemplazar(libro, nombre, _por_celda(pregunta, con_errores=True), 1, 1)
    _reemplazar(libro, "UPPER", _por_celda(lambda celda: _texto(celda).upper()), 1, 1)
    _reemplazar(libro, "LOWER", _por_celda(lambda celda: _texto(celda).lower()), 1, 1)
    _reemplazar(libro, "TEXT", _por_celda(_text), 2, 2)
    _reemplazar(libro, "SEARCH", _por_celda(_search), 2, 3)
    libro.register_function(IGUAL, _por_celda(_es_igual), min_args=2, max_args=2)
    libro.register_function(DISTINTO, _por_celda(lambda uno, otro: not _es_igual(uno, otro)), min_args=2, max_args=2)
    _reemplazar(libro, "CONCATENATE", _por_celda(_unir), 1)
    _reemplazar(libro, "CONCAT", _concat, 1)
    _reemplazar(libro, "TEXTJOIN", _textjoin, 3)
    libro.register_function(UNIR, _por_celda(_unir), min_args=2, max_args=2)
    libro.register_function(POR_CELDA, _nativa_por_celda, min_args=2)


def _reemplazar(
    libro: formualizer.Workbook, nombre: str, funcion: Callable[..., Any], minimo: int, maximo: int | None = None
) -> None:
    libro.register_function(nombre, funcion, min_args=minimo, max_args=maximo, allow_override_builtin=True)


def _nuestra(funcion: Funcion) -> Callable[..., Any]:
    def llamar(*argumentos: Any) -> Any:
        try:
            return _hacia_motor(funcion.llamar(*map(_desde_motor, argumentos)))
        except DatoInvalido as error:
            return formualizer.LiteralValue.error("Value", str(error))

    return llamar


def _por_celda(regla: Callable[..., Any], con_errores: bool = False) -> Callable[..., Any]:
    """A function of single values that also takes ranges; an error among its arguments is its result."""

    def una(*celdas: Any) -> Any:
        if not con_errores:
            error = next((celda for celda in celdas if isinstance(celda, ErrorDeCelda)), None)
            if error is not None:
                return error
        return regla(*celdas)

    def llamar(*argumentos: Any) -> Any:
        leidos = [_desde_motor(argumento) for argumento in argumentos]
        if not any(isinstance(leido, list) for leido in leidos):
            return _hacia_motor(una(*leidos))
        rangos = [Rango.de(leido) for leido in leidos]
        filas, columnas = (max(rango.forma[eje] for rango in rangos) for eje in (0, 1))
        return _hacia_motor(
            [[una(*(_celda(rango, i, j) for rango in rangos)) for j in range(columnas)] for i in range(filas)]
        )

    return llamar


def _celda(rango: Rango, fila: int, columna: int) -> object:
    filas, columnas = rango.forma
    if (filas > 1 and fila >= filas) or (columnas > 1 and columna >= columnas):
        return ErrorDeCelda("#N/A")  # what a spreadsheet puts where one of two ranges has ended
    return rango.en(fila, columna)


def _nativa_por_celda(nombre: str, *argumentos: Any) -> Any:
    """A native function of the engine on each cell of its ranges."""
    return _por_celda(lambda *celdas: _calcular(nombre, *celdas))(*argumentos)


def _calcular(nombre: str, *celdas: Any) -> Any:
    """What the engine's function gives for single values, in a book of its own."""
    libro = _libro_auxiliar()
    for columna, celda in enumerate(celdas, 2):
        libro.set_value("A", 1, columna, celda)
    libro.set_formula("A", 1, 1, f"={nombre}({','.join(f'{chr(65 + n)}1' for n in range(1, len(celdas) + 1))})")
    return _desde_motor(libro.evaluate_cell("A", 1, 1))


@lru_cache(maxsize=1)
def _libro_auxiliar() -> formualizer.Workbook:
    libro = formualizer.Workbook()
    libro.add_sheet("A")
    return libro


def _es_igual(uno: Any, otro: Any) -> bool:
    """Equality as a spreadsheet means it: no capitals, an empty cell equals "", 0 and FALSE."""
    if _es_numero(uno) and _es_numero(otro):
        return bool(uno == otro)
    if uno is None or otro is None:
        dado = otro if uno is None else uno
        return not dado
    if isinstance(uno, str) and isinstance(otro, str):
        return uno.casefold() == otro.casefold()
    return type(uno) is type(otro) and uno == otro


def _es_numero(celda: Any) -> bool:
    return isinstance(celda, (int, float)) and not isinstance(celda, bool)


def _text(valor: Any, formato: Any) -> Any:
    """TEXT with the names of months and days in Spanish, and years also as the Spanish Excel writes them."""
    if not _es_numero(valor):
        return _calcular("TEXT", valor, formato)

    def nombre(pieza: re.Match[str]) -> str:
        signo, largo = pieza[0][0].lower(), len(pieza[0])
        if signo == "a":
            return "y" * largo
        if signo not in "md":
            return pieza[0]
        numero = int(_calcular("MONTH" if signo == "m" else "WEEKDAY", valor)) - 1
        entero = (_MESES if signo == "m" else _DIAS)[numero]
        return f'"{entero[:3] if largo == 3 else entero[:1] if largo == 5 else entero}"'

    return _calcular("TEXT", valor, _PIEZA_DE_FECHA.sub(nombre, _texto(formato)))


def _search(buscado: Any, texto: Any, desde: Any = 1) -> Any:
    """SEARCH without regard to capitals, also accented ones; wildcards are left to the engine."""
    patron, lugar = _texto(buscado), int(desde or 1)
    if re.search(r"[*?~]", patron):
        return _calcular("SEARCH", patron.lower(), _texto(texto).lower(), lugar)
    hallado = _texto(texto).lower().find(patron.lower(), lugar - 1) if lugar >= 1 else -1
    return hallado + 1 if hallado >= 0 else ErrorDeCelda("#VALUE!")


def _unir(*celdas: Any) -> str:
    return "".join(map(_texto, celdas))


def _concat(*argumentos: Any) -> Any:
    celdas = [celda for argumento in argumentos for celda in Rango.de(_desde_motor(argumento)).celdas]
    error = next((celda for celda in celdas if isinstance(celda, ErrorDeCelda)), None)
    return _hacia_motor(error) if error else _unir(*celdas)


def _textjoin(separador: Any, sin_vacias: Any, *argumentos: Any) -> Any:
    celdas = [celda for argumento in argumentos for celda in Rango.de(_desde_motor(argumento)).celdas]
    error = next((c for c in (_desde_motor(separador), *celdas) if isinstance(c, ErrorDeCelda)), None)
    if error:
        return _hacia_motor(error)
    textos = [_texto(celda) for celda in celdas]
    return _texto(separador).join(texto for texto in textos if texto or not sin_vacias)


def _texto(celda: Any) -> str:
    """A value as a text function sees it: numbers to fifteen digits."""
    match celda:
        case str():
            return celda
        case None:
            return ""
        case bool():
            return "VERDADERO" if celda else "FALSO"
        case int() | float():
            corto = f"{celda:.15g}".upper()
            return f"{celda:.20f}".rstrip("0") if "E-0" in corto and abs(celda) == float(f"{celda:.1g}") else corto
        case _:
            return str(_calcular("CONCATENATE", celda))


def _desde_motor(valor: Any) -> Any:
    if isinstance(valor, list):
        return [_desde_motor(elemento) for elemento in valor]
    if isinstance(valor, dict) and valor.get("type") == "Error":
        return ErrorDeCelda(CLASES_DE_ERROR.get(valor["kind"], "#VALUE!"))
    return valor


def _hacia_motor(valor: Any) -> Any:
    if isinstance(valor, list):
        return [_hacia_motor(elemento) for elemento in valor]
    if isinstance(valor, ErrorDeCelda):
        return formualizer.LiteralValue.error(_CODIGOS.get(valor.codigo, "Value"), valor.motivo)
    return valor
