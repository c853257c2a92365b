"""Which number formats make a date of a number."""

from __future__ import annotations

import re

_PREDEFINIDOS = frozenset({*range(14, 23), 45, 47})
_NO_SE_MUESTRA = re.compile(r'"[^"]*"?|[\\_].|\[[^\]]*\]', re.DOTALL)
_DURACION = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_MOMENTO = re.compile(r"[^admhys]*(?:[dmhys]|a[^pm/]*[pm/])", re.IGNORECASE)


def es_de_fecha(numero: int, codigo: str | None = None) -> bool:
    """Whether the reader takes a number with this format for a moment; a duration is none.

    ``codigo`` is the code of the format where the book defines it.

    >>> es_de_fecha(14), es_de_fecha(164, "dd/mm/yyyy"), es_de_fecha(164, "[h]:mm"), es_de_fecha(164, '0 "días"')
    (True, True, False, False)
    >>> es_de_fecha(164, "0.00;dd"), es_de_fecha(164, "[Red]d"), es_de_fecha(164, "General")
    (False, True, False)
    """
    if codigo is None:
        return numero in _PREDEFINIDOS
    mostrado = _NO_SE_MUESTRA.sub(lambda m: m[0] if _DURACION.fullmatch(m[0]) else "", codigo).partition(";")[0]
    duracion = _DURACION.search(mostrado)
    return _MOMENTO.match(mostrado[: duracion.start()] if duracion else mostrado) is not None
