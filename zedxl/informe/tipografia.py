"""How wide text is in Calibri, to estimate where lines break (the free font Carlito has the same widths)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

INTERLINEA = 1.2207
"""Height of a line of Calibri at single spacing, in sizes of the font."""

_UNIDADES = 2048  # of the widths below, to the size of the font
_ASCII = "".join(map(chr, range(32, 127)))
_OTROS = "«»·•°²×–—“”…¿¡"
_FINA = """
463 667 821 1020 1038 1464 1397 452 621 621 1020 1020 511 627 517 791 1038 1038 1038 1038 1038 1038 1038 1038
1038 1038 548 548 1020 1020 1020 949 1831 1185 1114 1092 1260 1000 941 1292 1276 516 653 1064 861 1751 1322 1356
1058 1378 1112 941 998 1314 1162 1822 1063 998 959 628 791 628 1020 1020 596 981 1076 866 1076 1019 625 964 1076
470 490 931 470 1636 1076 1080 1076 1076 714 801 686 1076 925 1464 887 927 809 644 943 644 1020
1049 1049 517 1020 694 688 1020 1020 1854 857 857 1414 949 667"""
_NEGRITA = """
463 667 898 1020 1038 1493 1443 478 638 638 1020 1020 528 627 547 880 1038 1038 1038 1038 1038 1038 1038 1038
1038 1038 565 565 1020 1020 1020 949 1840 1241 1148 1084 1291 999 940 1305 1292 546 678 1120 866 1790 1349 1385
1090 1405 1153 968 1014 1337 1211 1856 1128 1064 979 665 880 665 1020 1020 615 1011 1099 857 1099 1031 648 971
1099 503 523 983 503 1666 1099 1101 1099 1099 728 817 710 1099 969 1526 941 970 814 704 973 704 1020
1103 1103 548 1020 701 692 1020 1020 1854 891 891 1457 949 667"""
_ANCHOS = {
    negrita: dict(zip(_ASCII + _OTROS, map(int, tabla.split()), strict=True))
    for negrita, tabla in ((False, _FINA), (True, _NEGRITA))
}
_CUALQUIERA = 1076  # a letter that is in neither list, such as Greek
_POCAS_LETRAS = 24
_PALABRA = re.compile(r"\n|[^\S\n]+|[^\s-]+-*|-+")


@lru_cache(maxsize=8192)
def ancho(texto: str, negrita: bool = False) -> float:
    """The width of a text on one line, in sizes of the font.

    >>> ancho("AEI") * 2048 == 1185 + 1000 + 516, ancho("niño") == ancho("nino")
    (True, True)
    """
    anchos = _ANCHOS[negrita]
    return sum(anchos.get(letra) or anchos.get(_base(letra), _CUALQUIERA) for letra in texto) / _UNIDADES


def lineas(trozos: Iterable[tuple[str, bool]], disponible: float) -> int:
    r"""How many lines a paragraph takes; ``disponible`` is the room on a line, in sizes of the font.

    ``trozos`` are pieces of text, each with whether it is bold. A word that is wider than a line is cut.

    >>> lineas([("uno dos tres", False)], 5.0), lineas([("uno\ndos", False)], 5.0), lineas([], 5.0)
    (2, 2, 1)
    """
    trozos = list(trozos)
    if _caben_seguro(trozos, disponible):
        return 1
    usadas, ocupado, espacio = 1, 0.0, 0.0
    for palabra, medida in _palabras(trozos):
        if palabra == "\n":
            usadas, ocupado, espacio = usadas + 1, 0.0, 0.0
        elif palabra.isspace():
            espacio += medida
        elif ocupado + espacio + medida <= disponible:
            ocupado, espacio = ocupado + espacio + medida, 0.0
        else:
            usadas += 1 if ocupado else 0
            enteras, ocupado = divmod(medida, disponible)
            usadas, espacio = usadas + int(enteras), 0.0
    return usadas


def _caben_seguro(trozos: Sequence[tuple[str, bool]], disponible: float) -> bool:
    """Whether few short pieces fit on one line: most cells of a table do, and need no word by word."""
    if len(trozos) > 1 or any("\n" in texto or len(texto) > _POCAS_LETRAS for texto, _ in trozos):
        return not trozos
    return all(ancho(texto, negrita) <= disponible for texto, negrita in trozos)


def _palabras(trozos: Iterable[tuple[str, bool]]) -> Iterator[tuple[str, float]]:
    for texto, negrita in trozos:
        for palabra in _PALABRA.findall(texto):
            yield palabra, ancho(palabra, negrita)


def _base(letra: str) -> str:
    return unicodedata.normalize("NFKD", letra)[0]
