"""A number that may be missing, and if so says why.

The official texts write "N/D" (no disponible) wherever a number cannot be given. Auditors then ask
why, so in zedxl a missing number always travels with its reason.
"""

from __future__ import annotations

from enum import Enum
from math import isfinite
from typing import NamedTuple

from zedxl.errores import ErrorExplicado


class DatoInvalido(ErrorExplicado, ValueError):
    """A value that a rule cannot accept; its text is Spanish and meant for the planner.

    Spreadsheet hosts turn it into a real error value (``#VALUE!``).
    """


class Motivo(str, Enum):
    """Why a number is not available (SPEC 2)."""

    __hash__ = str.__hash__  # that of Enum is written in Python, and these are looked up all the time

    SIN_META = "sin meta"
    META_CERO = "meta cero"
    SIN_VALOR = "sin valor obtenido"
    SIN_LINEA_BASE = "sin línea base"
    DENOMINADOR_CERO = "denominador cero"
    ESPERADO_CERO = "esperado cero"
    MEDICION_ANUAL = "medición anual"
    SIN_AEI = "sin AEI programadas"
    PESO_CERO = "peso cero"
    VARIOS_INDICADORES = "varios indicadores"
    RANGO = "se mide contra un rango"
    DATO_INVALIDO = "dato inválido"

    def __str__(self) -> str:
        return self.value


NO_PROGRAMADO = frozenset({Motivo.SIN_META, Motivo.META_CERO, Motivo.SIN_AEI})
"""Reasons that mean "nothing was planned for this year", so nothing can be demanded (SPEC 2.3)."""


class _Medida(NamedTuple):
    valor: float | None
    motivo: Motivo | None


class Medida(_Medida):
    """A number, or N/D with its reason.

    >>> Medida(66.67)
    Medida(valor=66.67, motivo=None)
    >>> print(Medida(None, Motivo.SIN_META))
    N/D (sin meta)
    """

    __slots__ = ()

    def __new__(cls, valor: float | None, motivo: Motivo | None = None) -> Medida:
        """A tuple, because evaluating a plan makes thousands; ValueError when neither or both are given."""
        if (valor is None) is (motivo is None):
            raise ValueError("a Medida has either a valor or a motivo")
        return tuple.__new__(cls, (valor, motivo))

    @property
    def programada(self) -> bool:
        """Whether something was planned: False for the reasons in `NO_PROGRAMADO`."""
        return self.motivo is None or self.motivo not in NO_PROGRAMADO

    def __str__(self) -> str:
        return f"N/D ({self.motivo})" if self.valor is None else f"{self.valor:g}"


def nd(motivo: Motivo) -> Medida:
    """A number that is not available, for this reason."""
    return _NO_DISPONIBLES[motivo]


_NO_DISPONIBLES = {motivo: Medida(None, motivo) for motivo in Motivo}


def exigir_numero(valor: float, nombre: str) -> float:
    """Return ``valor`` if it is a finite number, else raise `DatoInvalido`.

    >>> exigir_numero(float("nan"), "ejecutado")
    Traceback (most recent call last):
    ...
    zedxl.medida.DatoInvalido: El valor de «ejecutado» no es un número válido.
    """
    if valor.__class__ is float and isfinite(valor):  # nearly all of them
        return valor
    if isinstance(valor, (int, float)) and valor is not True and valor is not False and isfinite(valor):
        return valor
    raise DatoInvalido(f"El valor de «{nombre}» no es un número válido.")


def limitar(porcentaje: float) -> float:
    """The percentage kept within 0 and 100 (the "tope" of SPEC 2.1).

    >>> limitar(300.0), limitar(-5.0), limitar(50.0)
    (100.0, 0.0, 50.0)
    """
    return porcentaje if 0 < porcentaje < 100 else min(100.0, max(0.0, porcentaje))


def alcanza(porcentaje: float, umbral: float) -> bool:
    """Whether a percentage reaches a threshold, forgiving the last binary digit.

    Without this, 2.4 of 3.2 (75 %) would miss a threshold of 75 by 0.00000000000001.

    >>> 2.4 / 3.2 * 100 >= 75, alcanza(2.4 / 3.2 * 100, 75)
    (False, True)
    """
    return porcentaje >= umbral - 1e-9
