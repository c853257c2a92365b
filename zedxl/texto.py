"""How zedxl compares words: headers and keywords are matched by meaning, not by typing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SEPARADORES = re.compile(r"[^a-z0-9%]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@lru_cache(maxsize=4096)
def plano(texto: str) -> str:
    r"""Text without accents, capitals, punctuation, line breaks or repeated spaces.

    >>> plano("  Valor\nOBTENIDO  (2025-Semestre I) ")
    'valor obtenido 2025 semestre i'
    >>> plano("Año de la línea base")
    'ano de la linea base'
    """
    partes = unicodedata.normalize("NFKD", texto.casefold())
    sin_acentos = "".join(c for c in partes if not unicodedata.combining(c))
    return _SEPARADORES.sub(" ", sin_acentos).strip()


def limpio(texto: str) -> str:
    r"""Text that XML can carry: control characters and lone surrogates are removed.

    Tabs and line breaks stay; every kind of line break becomes ``\n``.

    >>> limpio("uno\x00 dos\r\ntres")
    'uno dos\ntres'
    """
    if texto.isprintable():  # nearly all of them; line breaks are not
        return texto
    # Excel writes control characters of its own as _x000D_ in shared strings.
    return _CONTROL.sub("", texto.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n"))


def como_texto(celda: object) -> str:
    """What a cell says, without outer spaces; whole numbers arrive as 1.0 and are read as they are shown.

    >>> como_texto(2025.0), como_texto(" Ascendente "), como_texto(None)
    ('2025', 'Ascendente', '')
    """
    if celda is None:
        return ""
    return str(int(celda) if isinstance(celda, float) and celda.is_integer() else celda).strip()
