"""Which number formats make a date or a duration of a number."""

from __future__ import annotations

import re
from enum import Enum

_FECHAS = frozenset({*range(14, 23), 45, 47})
_DURACIONES = frozenset({46})
_NO_SE_MUESTRA = re.compile(r'"[^"]*"?|[\\_].|\[[^\]]*\]', re.DOTALL)
_DURACION = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_MOMENTO = re.compile(r"[^admhys]*(?:[dmhys]|a[^pm/]*[pm/])", re.IGNORECASE)


class Lectura(Enum):
    """What the reader makes of a number, by the format that it is shown in."""

    NUMERO = 0
    MOMENTO = 1
    DURACION = 2


def lectura_de(numero: int, codigo: str | None = None) -> Lectura:
    """What becomes of a number in this format; ``codigo`` is its code where the book defines it.

    >>> lectura_de(14).name, lectura_de(164, "dd/mm/yyyy").name, lectura_de(164, "[h]:mm").name
    ('MOMENTO', 'MOMENTO', 'DURACION')
    >>> lectura_de(164, '0 "días"').name, lectura_de(164, "0.00;dd").name, lectura_de(164, "[Red]d").name
    ('NUMERO', 'NUMERO', 'MOMENTO')
    """
    if codigo is None:
        return Lectura.MOMENTO if numero in _FECHAS else Lectura.DURACION if numero in _DURACIONES else Lectura.NUMERO
    mostrado = _NO_SE_MUESTRA.sub(lambda m: m[0] if _DURACION.fullmatch(m[0]) else "", codigo).partition(";")[0]
    duracion = _DURACION.search(mostrado)
    if _MOMENTO.match(mostrado[: duracion.start()] if duracion else mostrado):
        return Lectura.MOMENTO
    return Lectura.DURACION if duracion else Lectura.NUMERO
