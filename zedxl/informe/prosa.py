"""From the text that people write to paragraphs, bullets and numbered lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from zedxl.informe.estilos import Estilo
from zedxl.informe.wordml import Xml, nodo, parrafo

_NUMERADA = re.compile(r"\d{1,3}\)\s+")
_VINETA = re.compile(r"[-•]\s+")


def parrafos(texto: str, nueva_lista: Callable[[], int]) -> Iterator[Xml]:
    """One paragraph per line; "- " starts a bullet and "1) " an item of a numbered list.

    ``nueva_lista`` gives the number (``w:numId``) of a list that starts at 1; it is asked once for each run of items.
    """
    lista: int | None = None
    for linea in filter(None, map(str.strip, texto.splitlines())):
        if numero := _NUMERADA.match(linea):
            lista = nueva_lista() if lista is None else lista
            yield _numerado(linea[numero.end() :], lista)
            continue
        lista = None
        vineta = _VINETA.match(linea)
        yield parrafo(Estilo.VINETA, linea[vineta.end() :]) if vineta else parrafo(Estilo.CUERPO, linea)


def _numerado(texto: str, lista: int) -> Xml:
    return parrafo(Estilo.NUMERADA, texto, propiedad=nodo("numPr", nodo("ilvl", val=0), nodo("numId", val=lista)))
