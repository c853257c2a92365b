"""Numbers as people type them, and as an official text prints them (SPEC 4.3)."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal

from zedxl.medida import DatoInvalido

_VACIOS = frozenset({"", "-", "–", "—", "n/d", "nd", "n.d.", "n/p"})
_NUMERO = re.compile(r"[+-]?[\d.,' \u00a0\u202f]*\d[.,]?", re.ASCII)
_AMBIGUO = re.compile(r"[+-]?\d+[.,]\d{3}", re.ASCII)
_MILES = re.compile(r"[+-]?\d{1,3}(?:([., ])\d{3})(?:\1\d{3})+", re.ASCII)


class NumeroAmbiguo(DatoInvalido):
    """A number whose one separator could mean thousands or decimals, such as 1.234."""


def leer_numero(celda: object) -> float | None:
    """The number in a cell, None for an empty one.

    Percentages are in percentage points. Raises `NumeroAmbiguo` for ``1.234`` and `DatoInvalido` for anything else
    that is no number.

    >>> leer_numero(12), leer_numero("12,5"), leer_numero("25 %")
    (12.0, 12.5, 25.0)
    >>> leer_numero("1.234,5"), leer_numero("1,234.5"), leer_numero("1.234.567")
    (1234.5, 1234.5, 1234567.0)
    >>> leer_numero("N/D") is None, leer_numero("—") is None
    (True, True)
    >>> leer_numero("1.234")
    Traceback (most recent call last):
    ...
    zedxl.numero.NumeroAmbiguo: «1.234» puede leerse como 1234 o como 1,234; escríbalo sin separador de miles.
    """
    if celda is None:
        return None
    if celda.__class__ is float and math.isfinite(celda):  # nearly all of them
        return celda
    if isinstance(celda, str):
        return _leer_texto(celda)
    if isinstance(celda, bool) or not isinstance(celda, (int, float)) or not math.isfinite(celda):
        raise DatoInvalido(f"«{celda}» no es un número.")
    return float(celda)


def puntos_porcentuales(fraccion: float) -> float:
    """What a cell with a percent format shows: 0.25 is 25, to the 15 digits of a spreadsheet.

    >>> puntos_porcentuales(0.25), 0.07 * 100, puntos_porcentuales(0.07)
    (25.0, 7.000000000000001, 7.0)
    """
    return float(f"{fraccion * 100:.15g}")


def _leer_texto(escrito: str) -> float | None:
    texto = escrito.strip()
    if texto.casefold() in _VACIOS:
        return None
    cifras = texto.removesuffix("%").rstrip()
    if not _NUMERO.fullmatch(cifras):
        raise DatoInvalido(f"«{escrito}» no es un número.")
    if _AMBIGUO.fullmatch(cifras):
        raise NumeroAmbiguo(
            f"«{escrito}» puede leerse como {re.sub('[.,]', '', cifras)} o como {cifras.replace('.', ',')}; "
            "escríbalo sin separador de miles."
        )
    try:
        return float(_con_punto_decimal(cifras))
    except ValueError:
        raise DatoInvalido(f"«{escrito}» no es un número.") from None


def _con_punto_decimal(cifras: str) -> str:
    """The digits with "." as the only separator; anything malformed is left for float() to refuse."""
    cifras = re.sub("[\u00a0\u202f']", " ", cifras)
    if _MILES.fullmatch(cifras):
        return re.sub("[., ]", "", cifras)
    corte = max(cifras.rfind("."), cifras.rfind(","))
    if corte < 0:
        return cifras
    entero, decimales = cifras[:corte], cifras[corte + 1 :]
    separador = cifras[corte]
    grupos = re.split(r"[., ]", entero)
    if separador in entero or (len(grupos) > 1 and not all(len(g) == 3 for g in grupos[1:])):
        return cifras
    return "".join(grupos) + "." + decimales


def con_decimales(valor: float | None, decimales: int = 2) -> str:
    """A number as the report prints it: decimal point, comma for thousands (es-PE), N/D when missing.

    Halves round away from zero on the 15 digits that a spreadsheet shows, so report and cell agree.

    >>> con_decimales(66.666), con_decimales(1234.5), con_decimales(None)
    ('66.67', '1,234.50', 'N/D')
    >>> con_decimales(3.125), con_decimales(-0.001)
    ('3.13', '0.00')
    """
    if valor is None:
        return "N/D"
    redondeado = Decimal(f"{valor:.15g}").quantize(Decimal(1).scaleb(-decimales), ROUND_HALF_UP)
    return f"{redondeado if redondeado else abs(redondeado):,f}"


def tal_cual(valor: float | None) -> str:
    """A number with the decimals that it has and no more.

    >>> tal_cual(3.0), tal_cual(12.5), tal_cual(1250000.0), tal_cual(None)
    ('3', '12.5', '1,250,000', 'N/D')
    """
    return "N/D" if valor is None else f"{Decimal(f'{valor:.15g}').normalize():,f}"
