"""How the arguments of a function are read from cells; each reader raises `DatoInvalido` in Spanish."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from udfs.celda import NO_PROGRAMADO, esta_vacia
from zedxl.medida import DatoInvalido, Medida, Motivo, nd
from zedxl.numero import leer_numero
from zedxl.periodo import Periodo
from zedxl.texto import como_texto, plano
from zedxl.vocabulario import Palabra, Sentido

P = TypeVar("P", bound=Palabra)

_SI = frozenset({"verdadero", "true", "si", "1"})
_NO = frozenset({"falso", "false", "no", "0"})


def avance(celda: object) -> Medida:
    """An avance: empty or "N/D" is programmed but not reported, "N/P" is not programmed (SPEC 3).

    >>> avance("66,67"), avance(None).motivo.value, avance("N/P").motivo.value
    (Medida(valor=66.67, motivo=None), 'sin valor obtenido', 'sin meta')
    """
    if isinstance(celda, str) and celda.strip().upper() == NO_PROGRAMADO:
        return nd(Motivo.SIN_META)
    return _numero_o(Motivo.SIN_VALOR, celda)


def linea_base(celda: object) -> Medida:
    """A baseline that may be typed as "N/D"."""
    return _numero_o(Motivo.SIN_LINEA_BASE, celda)


def esperado(celda: object) -> Medida:
    """An avance esperado that may be "N/D", as it is for what was not programmed (SPEC 2.4)."""
    return _numero_o(Motivo.SIN_META, celda)


def umbral(celda: object) -> float:
    """A threshold, a percentage from 0 to 100.

    >>> umbral("75 %")
    75.0
    """
    valor = leer_numero(celda)
    if valor is None or not 0 <= valor <= 100:
        raise DatoInvalido(f"«{celda}» no es un umbral; escriba un número entre 0 y 100.")
    return valor


def palabra(clase: type[P]) -> Callable[[object], P]:
    """A reader of one of the keywords of ``clase``; relevancia may also be typed as a number.

    >>> palabra(Sentido)("DESCENDENTE").value
    'Descendente'
    """

    def leer(celda: object) -> P:
        return clase.leer(como_texto(celda))

    return leer


def sentido_con_meta(celda: object) -> Sentido:
    """A sentido that is measured against a target; names the function for the one that is not."""
    sentido = Sentido.leer(como_texto(celda))
    if sentido is Sentido.NO_DEFINIDO:
        raise DatoInvalido("El sentido No definido se mide contra un mínimo y un máximo; use AVANCE_RANGO.")
    return sentido


def periodo(celda: object) -> Periodo:
    """A período in any usual spelling."""
    if esta_vacia(celda):
        raise DatoInvalido("Falta el período; escriba el año y el semestre, por ejemplo 2025-I.")
    return Periodo.leer(como_texto(celda))


def logico(celda: object) -> bool:
    """VERDADERO or FALSO, also as TRUE, Sí, 1.

    >>> logico(True), logico("No"), logico(0.0)
    (True, False, False)
    """
    escrito = plano(como_texto(celda))
    if escrito not in _SI | _NO:
        raise DatoInvalido(f"«{celda}» no es un valor lógico; escriba VERDADERO o FALSO.")
    return escrito in _SI


def _numero_o(motivo: Motivo, celda: object) -> Medida:
    valor = leer_numero(celda)
    return nd(motivo) if valor is None else Medida(valor)
