"""Codes of a PEI in their one normal form: ``OEI.01``, ``AEI.01.02``, ``IND.01.02.01`` (SPEC 1)."""

from __future__ import annotations

import re
from functools import lru_cache

from zedxl.medida import DatoInvalido
from zedxl.texto import plano

PLAN = "PEI"
"""Code that stands for the plan as a whole, in the sheets of texts."""

_PARTE = r"\.(?:\d\d|[1-9]\d\d)"
_NORMAL = re.compile(rf"OEI{_PARTE}|AEI{_PARTE}{_PARTE}|IND{_PARTE}{_PARTE}(?:{_PARTE})?", re.ASCII)
_FORMA = re.compile(r"(oei|aei|ind) ?(\d{1,3}(?: \d{1,3}){0,2})")
_NUMEROS = {"OEI": 1, "AEI": 2, "IND": (2, 3)}


@lru_cache(maxsize=4096)
def normalizar(texto: str) -> str:
    """The normal form of a code typed in any usual way; `DatoInvalido` if it is none.

    >>> normalizar("OEI 1."), normalizar("oei.1"), normalizar("AEI 1.2:"), normalizar("AEI.01.02")
    ('OEI.01', 'OEI.01', 'AEI.01.02', 'AEI.01.02')
    >>> normalizar("AEI 1")
    Traceback (most recent call last):
    ...
    zedxl.medida.DatoInvalido: «AEI 1» no es un código; se espera uno como OEI.01, AEI.01.02 o IND.01.02.01.
    """
    if _NORMAL.fullmatch(texto):
        return texto
    hallado = _FORMA.fullmatch(plano(str(texto)))
    if hallado is not None:
        clase = hallado[1].upper()
        numeros = [int(n) for n in hallado[2].split()]
        esperados = _NUMEROS[clase]
        if len(numeros) in (esperados if isinstance(esperados, tuple) else (esperados,)):
            return ".".join([clase, *(f"{n:02d}" for n in numeros)])
    raise DatoInvalido(f"«{texto}» no es un código; se espera uno como OEI.01, AEI.01.02 o IND.01.02.01.")


def es_codigo(texto: str) -> bool:
    """Whether `normalizar` accepts the text.

    >>> es_codigo("AEI 3.1"), es_codigo("Total")
    (True, False)
    """
    try:
        normalizar(texto)
    except DatoInvalido:
        return False
    return True


def oei_de(codigo_aei: str) -> str:
    """The OEI that an AEI belongs to, by its code.

    >>> oei_de("AEI.02.04")
    'OEI.02'
    """
    return "OEI." + codigo_aei.split(".")[1]


def corto(codigo: str) -> str:
    """The code as running text writes it.

    >>> corto("OEI.01"), corto("AEI.01.02")
    ('OEI 1', 'AEI 1.2')
    """
    clase, *numeros = codigo.split(".")
    return f"{clase} {'.'.join(str(int(n)) for n in numeros)}"
