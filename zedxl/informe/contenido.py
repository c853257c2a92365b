"""The table of contents: a TOC field that is already filled in, so that Word asks nothing when it opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zedxl.informe.estilos import Estilo
from zedxl.informe.wordml import Elemento, W, Xml, abrir_campo, campo, cerrar_campo, nodo, parrafo, trozo

_NIVELES = 2
_ESTILOS = (Estilo.CONTENIDO_1, Estilo.CONTENIDO_2)


@dataclass(frozen=True, slots=True)
class Titulo:
    """A heading of the report, its level (1 is a chapter) and the bookmark around it."""

    nivel: int
    texto: str
    marcador: str


def contenido(titulos: Sequence[Titulo]) -> list[Xml]:
    """A paragraph per heading of the first two levels, still without page numbers."""
    listados = [titulo for titulo in titulos if titulo.nivel <= _NIVELES]
    campo_abierto, campo_cerrado = abrir_campo(f'TOC \\o "1-{_NIVELES}" \\h \\z \\u'), cerrar_campo()
    return [
        _entrada(
            titulo,
            campo_abierto if titulo is listados[0] else Xml(),
            campo_cerrado if titulo is listados[-1] else Xml(),
        )
        for titulo in listados
    ]


def numerar(entradas: Sequence[Elemento], titulos: Sequence[Titulo], paginas: Sequence[int]) -> None:
    """Write the page numbers; ``paginas`` has the page of every heading, of all levels."""
    listados = [pagina for titulo, pagina in zip(titulos, paginas, strict=True) if titulo.nivel <= _NIVELES]
    for entrada, pagina in zip(entradas, listados, strict=True):
        *_, numero = entrada.iter(f"{W}t")
        numero.text = str(pagina)


def _entrada(titulo: Titulo, antes: Xml, despues: Xml) -> Xml:
    partes = (trozo(titulo.texto), trozo("\t"), campo(f"PAGEREF {titulo.marcador} \\h", "0"))
    enlace = nodo("hyperlink", *partes, anchor=titulo.marcador, history=1)
    return parrafo(_ESTILOS[titulo.nivel - 1], antes, enlace, despues)
