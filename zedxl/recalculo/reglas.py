"""What zedxl computes itself because its engine does it otherwise than Excel: comparing, adding, rounding, texts.

Each rule takes single values and gives one; `zedxl.recalculo.dudas.Duda` where only Excel knows the result.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from typing import Any

from udfs import ErrorDeCelda
from zedxl.recalculo.dudas import Duda

MAX_TEXTO = 32_767
_VALOR, _NUM, _DIV = ErrorDeCelda("#VALUE!"), ErrorDeCelda("#NUM!"), ErrorDeCelda("#DIV/0!")
_LLANO = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_MES = re.compile("ene|jan|feb|mar|abr|apr|may|jun|jul|ago|aug|set|sep|oct|nov|dic|dec")
_PALABRA = re.compile(r"[^\W\d_]+")
_DE_NUMERO = ("e", "a", "p", "m", "am", "pm", "s", "us", "usd", "pen", "eur", "de")
_COMODINES = re.compile(r"[*?~]")
_CON_SIGNO = re.compile(r"([<>]=?)(.*)", re.DOTALL)
_MAYUSCULAS_CIERTAS = re.compile(r"[\x00-\xb4\xb6-\xde\xe0-\xfe\u2010-\u2027\u20ac]*")
_CERO, _CASI = 3e-16, 4e-15
"""In proportion to its terms: below, Excel takes a difference for 0; from the second on it does not."""
_MESES = ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
          "noviembre", "diciembre")  # fmt: skip
_DIAS = ("sábado", "domingo", "lunes", "martes", "miércoles", "jueves", "viernes")


def es_igual(uno: Any, otro: Any) -> bool:
    """Equality as a spreadsheet means it: fifteen digits, no capitals, an empty cell equals "", 0 and FALSE."""
    if _es_numero(uno) and _es_numero(otro):
        return _mismo_numero(uno, otro)
    if uno is None or otro is None:
        dado = otro if uno is None else uno
        return not dado
    if isinstance(uno, str) and isinstance(otro, str):
        return uno == otro or (len(uno) == len(otro) and _sin_mayusculas(uno) == _sin_mayusculas(otro))
    return type(uno) is type(otro) and bool(uno == otro)


def _comparar(regla: Callable[[float, float], bool], con_iguales: bool) -> Callable[[Any, Any], bool]:
    def comparar(uno: Any, otro: Any) -> bool:
        uno, otro = 0 if uno is None else uno, 0 if otro is None else otro
        if not (_es_numero(uno) and _es_numero(otro)):
            raise Duda("compara textos por su orden, que zedxl no calcula fuera de Excel")
        return con_iguales if _mismo_numero(uno, otro) else regla(uno, otro)

    return comparar


def _mismo_numero(uno: float, otro: float) -> bool:
    if uno == otro or f"{uno:.15g}" == f"{otro:.15g}":
        return True
    if math.isclose(uno, otro, rel_tol=1e-15):
        raise Duda("compara dos números que se distinguen apenas en su último dígito")
    return False


def numero(celda: Any) -> Any:
    """A value that is to be a number: itself, a plain text's number, or the error of a text that is none."""
    if not isinstance(celda, str):
        return celda
    limpio = celda.strip(" ")
    if _LLANO.fullmatch(limpio):
        return float(limpio)
    if limpio and _podria_ser_numero(limpio):
        raise Duda("convierte en número o fecha un texto que solo Excel sabe leer")
    return _VALOR


def _fecha(celda: Any) -> Any:
    dada = numero(celda)
    if isinstance(dada, (int, float)) and 0 <= dada < 61:
        raise Duda("usa una fecha anterior a marzo de 1900")
    return dada


def _podria_ser_numero(texto: str) -> bool:
    """Whether a text may be a number or a date to Excel: it has digits, and no word that neither has."""
    palabras = _PALABRA.findall(texto.casefold())
    return any(c.isdecimal() for c in texto) and all(p in _DE_NUMERO or _MES.match(p) for p in palabras)


def _logico(celda: Any) -> Any:
    if isinstance(celda, str):
        raise Duda("usa un texto como condición")
    return False if celda is None else celda


def _buscado(celda: Any) -> Any:
    if celda in (None, "") or (isinstance(celda, str) and _COMODINES.search(celda)):
        raise Duda("busca una celda vacía o un texto con comodines (* ? ~)")
    return celda


def _criterio(celda: Any) -> Any:
    """A criterion of COUNTIF and the like, where it means one thing only."""
    if _es_numero(celda) or celda == "?*":
        return celda
    if isinstance(celda, str) and celda and not _COMODINES.search(celda):
        con_signo = _CON_SIGNO.fullmatch(celda)
        if con_signo and _LLANO.fullmatch(con_signo[2]):
            return celda
        if not con_signo and celda[0] != "=" and (_LLANO.fullmatch(celda) or not _podria_ser_numero(celda)):
            return celda
    raise Duda("cuenta o suma con un criterio que solo Excel sabe leer")


def sumar(final: bool, signo: int) -> Callable[[Any, Any], Any]:
    """Adding or taking away; the last operation of a formula gives 0 where the terms all but cancel."""

    def operar(uno: Any, otro: Any) -> Any:
        terminos = numero(uno), numero(otro)
        for termino in terminos:
            if isinstance(termino, ErrorDeCelda):
                return termino
        izquierda, derecha = (float(t or 0) for t in terminos)
        suma = izquierda + signo * derecha
        resto = abs(suma) / max(abs(izquierda), abs(derecha)) if suma else 1
        if resto >= _CASI:
            return suma if math.isfinite(suma) else _NUM
        if final and resto <= _CERO:
            return 0.0
        raise Duda("resta números casi iguales, cuyo residuo solo Excel sabe redondear")

    return operar


def potencia(base: Any, exponente: Any) -> Any:
    """A power; what is not defined is an error."""
    uno, otro = numero(base), numero(exponente)
    for termino in (uno, otro):
        if isinstance(termino, ErrorDeCelda):
            return termino
    uno, otro = float(uno or 0), float(otro or 0)
    if uno == 0 and otro <= 0:
        return _NUM if otro == 0 else _DIV
    if uno < 0 and not otro.is_integer():
        raise Duda("eleva un número negativo a una potencia fraccionaria")
    try:
        return uno**otro
    except OverflowError:
        return _NUM


def texto(celda: Any) -> str:
    """A value as a text function sees it: numbers to fifteen digits."""
    match celda:
        case str():
            return celda
        case None:
            return ""
        case bool():
            return "VERDADERO" if celda else "FALSO"
        case _:
            corto = f"{celda + 0.0:.15g}".upper()  # Excel has no negative zero
            return f"{celda:.20f}".rstrip("0") if "E-0" in corto and abs(celda) == float(f"{celda:.1g}") else corto


def _texto_llano(celda: Any) -> str:
    escrito = texto(celda)
    if any(c > "\uffff" for c in escrito):
        raise Duda("usa letras o símbolos que Excel cuenta por dos")
    return escrito


def unir(*celdas: Any) -> str:
    """Values joined into one text."""
    unido = "".join(map(texto, celdas))
    if len(unido.encode("utf-16-le", "surrogatepass")) > 2 * MAX_TEXTO:
        raise Duda("da un texto de más de 32,767 caracteres")
    return unido


def concat(*argumentos: list[Any]) -> str:
    """CONCAT."""
    return unir(*(celda for celdas in argumentos for celda in celdas))


def textjoin(separador: list[Any], sin_vacias: list[Any], *argumentos: list[Any]) -> str:
    """TEXTJOIN."""
    textos = [texto(celda) for celdas in argumentos for celda in celdas]
    return unir(texto(separador[0]).join(t for t in textos if t or not sin_vacias[0]))


def _sin_mayusculas(escrito: str) -> str:
    return _cambiar(escrito, str.lower) if not escrito.isascii() else escrito.lower()


def _cambiar(escrito: str, cambio: Callable[[str], str]) -> str:
    if not _MAYUSCULAS_CIERTAS.fullmatch(escrito):
        raise Duda("usa letras cuyas mayúsculas solo Excel conoce")
    return cambio(escrito)


def _redondear(modo: str) -> Callable[[Any, Any], Any]:
    def redondear(valor: Any, digitos: Any) -> float:
        dado, lugares = float(valor or 0), int(digitos or 0)
        if not -15 <= lugares <= 15:
            raise Duda("redondea a más de 15 dígitos")
        corto, exacto = (
            float(Decimal(d).quantize(Decimal(1).scaleb(-lugares), modo)) for d in (f"{dado:.15g}", repr(dado))
        )
        if corto != exacto and modo != ROUND_HALF_UP:
            raise Duda("redondea un número que se distingue apenas del exacto")
        return corto + 0.0  # Excel has no negative zero

    def acotado(valor: Any, digitos: Any) -> float:
        if abs(float(valor or 0)) >= 1e12:
            raise Duda("redondea un número muy grande")
        return redondear(valor, digitos)

    return acotado


def _int(valor: Any) -> float:
    dado = float(valor or 0)
    if dado != round(dado) and math.isclose(dado, round(dado), rel_tol=1e-14):
        raise Duda("toma la parte entera de un número casi entero")
    return float(math.floor(dado))


def _mod(valor: Any, divisor: Any) -> Any:
    dividendo, entre = float(valor or 0), float(divisor or 0)
    if not entre:
        return _DIV
    if not (dividendo.is_integer() and entre.is_integer()) or max(abs(dividendo), abs(entre)) >= 1e12:
        raise Duda("toma el resto de números que no son enteros")
    return dividendo % entre


def _value(celda: Any) -> Any:
    return numero(celda) if celda is not None else 0.0


def _search(buscado: Any, dentro: Any, desde: Any = 1) -> Any:
    patron, lugar = texto(buscado), int(desde or 0)
    if _COMODINES.search(patron):
        raise Duda("busca con comodines (* ? ~)")
    hallado = _sin_mayusculas(texto(dentro)).find(_sin_mayusculas(patron), lugar - 1) if lugar >= 1 else -1
    return hallado + 1 if hallado >= 0 else _VALOR


def _text(valor: Any, formato: Any) -> Any:
    dado = float(valor or 0)
    if formato[0] in "0#":
        lugares = len(re.sub("[^0]", "", formato.partition(".")[2]))
        cifra = Decimal(f"{dado:.15g}") * (100 if "%" in formato else 1)
        redonda = cifra.quantize(Decimal(1).scaleb(-lugares), ROUND_HALF_UP)
        if dado < 0 and not redonda:
            raise Duda("da formato a un número negativo que se redondea a cero")
        return f"{redonda:{',' if ',' in formato else ''}f}{'%' if '%' in formato else ''}"
    if not 61 <= dado < 2_958_466:
        raise Duda("da formato de fecha a un número que no es una fecha corriente")
    dia = dt.date(1899, 12, 30) + dt.timedelta(days=math.floor(dado))
    mes, semana = _MESES[dia.month - 1], _DIAS[int(dado) % 7]
    return {
        "dd/mm/yyyy": f"{dia:%d/%m}/{dia.year}",
        "dd/mm/aaaa": f"{dia:%d/%m}/{dia.year}",
        "mmm-aaaa": f"{mes[:3]}-{dia.year}",
        "yyyy": str(dia.year),
    }.get(formato, f"{semana} {dia.day} de {mes} de {dia.year}")


REGLAS: Mapping[str, Callable[..., Any]] = {
    "ROUND": _redondear(ROUND_HALF_UP), "ROUNDUP": _redondear(ROUND_UP), "ROUNDDOWN": _redondear(ROUND_DOWN),
    "INT": _int, "MOD": _mod, "POWER": potencia, "VALUE": _value, "SEARCH": _search, "TEXT": _text,
    "UPPER": lambda t: _cambiar(texto(t), str.upper), "LOWER": lambda t: _cambiar(texto(t), str.lower),
    "CONCATENATE": unir,
}  # fmt: skip
"""Native functions of single values that zedxl computes in the engine's place."""

DE_RANGOS: Mapping[str, Callable[..., Any]] = {"CONCAT": concat, "TEXTJOIN": textjoin}

OPERACIONES: Mapping[str, Callable[..., Any]] = {
    "ZEDXL_IGUAL": es_igual,
    "ZEDXL_DISTINTO": lambda uno, otro: not es_igual(uno, otro),
    "ZEDXL_MENOR": _comparar(lambda uno, otro: uno < otro, False),
    "ZEDXL_HASTA": _comparar(lambda uno, otro: uno < otro, True),
    "ZEDXL_MAYOR": _comparar(lambda uno, otro: uno > otro, False),
    "ZEDXL_DESDE": _comparar(lambda uno, otro: uno > otro, True),
    "ZEDXL_UNIR": unir,
    "ZEDXL_SUMAR": sumar(False, 1), "ZEDXL_SUMAR_AL_FINAL": sumar(True, 1),
    "ZEDXL_RESTAR": sumar(False, -1), "ZEDXL_RESTAR_AL_FINAL": sumar(True, -1),
    "ZEDXL_POTENCIA": potencia,
    "ZEDXL_NUMERO": numero, "ZEDXL_FECHA": _fecha, "ZEDXL_LOGICO": _logico, "ZEDXL_TEXTO": _texto_llano,
    "ZEDXL_BUSCADO": _buscado, "ZEDXL_CRITERIO": _criterio,
}  # fmt: skip
"""Functions that only the engine knows, each with the cell of its formula as first argument: what the signs between
values do, and what makes sure of an argument."""


def _es_numero(celda: Any) -> bool:
    return isinstance(celda, (int, float)) and not isinstance(celda, bool)
