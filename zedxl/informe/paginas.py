"""On which page each heading falls, estimated without a word processor.

Close enough to fill in the table of contents: lines are counted from the widths of Calibri and the spacing of the
styles. With a PDF at hand the true pages are used instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from zedxl.informe.bloques import Bloque, Formato, Hoja, de_parrafo, de_tabla, formatos, hoja, margenes_de_celda
from zedxl.informe.wordml import Elemento, W, dato, hijo

_MINIMO_DE_LINEAS = 2  # of a paragraph, at the foot of a page and at the top of the next


def estimar(cuerpo: Elemento, estilos: Elemento) -> list[int]:
    """The page of every heading (bookmark) of a body whose styles are still given by name, in order."""
    disposicion = _Disposicion()
    for seccion in _secciones(cuerpo, estilos):
        disposicion.poner(*seccion)
    return disposicion.paginas


@dataclass
class _Disposicion:
    """Fills pages from top to bottom.

    ``ocupado`` is the height used on the current page, ``despues`` the space that the last paragraph wants below it.
    Of the space below one paragraph and that above the next Word keeps the larger.
    """

    paginas: list[int] = field(default_factory=list)
    pagina: int = 0
    ocupado: float = 0
    despues: float = 0
    vacia: bool = True
    alto: float = 0

    def poner(self, papel: Hoja, bloques: Iterable[Bloque]) -> None:
        """Lay out a section, on new pages."""
        self.alto = papel.alto
        nueva = True
        for cadena in _cadenas(bloques):
            primero = cadena[0]
            if nueva or (primero.pagina_nueva and not self.vacia):
                self._pasar_pagina(primero.antes)
            elif not (self.vacia or self._cabe(cadena)):
                self._pasar_pagina(primero.repite)
            for bloque in cadena:
                self._poner(bloque)
            nueva = False

    def _cabe(self, cadena: list[Bloque]) -> bool:
        """Whether the chain fits on the page, of its last block only the lines with which it may begin."""
        *previos, ultimo = cadena
        ocupado, despues = self.ocupado, self.despues
        for bloque in previos:
            ocupado += max(despues, bloque.antes) + bloque.lineas * bloque.alto
            despues = bloque.despues
        return ocupado + max(despues, ultimo.antes) + _inicio(ultimo) * ultimo.alto <= self.alto

    def _poner(self, bloque: Bloque) -> None:
        if not self.vacia and not self._cabe([bloque]):
            self._pasar_pagina(bloque.repite)
        elif not self.vacia:
            self.ocupado += max(self.despues, bloque.antes)
        self.paginas += [self.pagina] * bloque.marcadores
        self._llenar(bloque)
        self.despues, self.vacia = bloque.despues, False

    def _llenar(self, bloque: Bloque) -> None:
        """Take up the height of the lines, over as many pages as they need."""
        lineas = bloque.lineas
        se_parte = not bloque.entero or lineas * bloque.alto > self.alto
        while se_parte and lineas > 1 and self.ocupado + lineas * bloque.alto > self.alto:
            caben = int((self.alto - self.ocupado) / bloque.alto)
            lineas -= max(1, min(caben, lineas - _MINIMO_DE_LINEAS))
            self._pasar_pagina()
        self.ocupado += lineas * bloque.alto

    def _pasar_pagina(self, ocupado: float = 0) -> None:
        self.pagina, self.ocupado, self.vacia = self.pagina + 1, ocupado, True


def _inicio(bloque: Bloque) -> int:
    """The lines of a block that must fit on the page where it begins."""
    if bloque.entero or bloque.lineas < 2 * _MINIMO_DE_LINEAS:
        return bloque.lineas
    return _MINIMO_DE_LINEAS


def _cadenas(bloques: Iterable[Bloque]) -> Iterator[list[Bloque]]:
    """Blocks that must begin on one page: each but the last keeps with the next."""
    cadena: list[Bloque] = []
    for bloque in bloques:
        cadena.append(bloque)
        if not bloque.con_siguiente:
            yield cadena
            cadena = []
    if cadena:
        yield cadena


def _secciones(cuerpo: Elemento, estilos: Elemento) -> Iterator[tuple[Hoja, list[Bloque]]]:
    """The page and the blocks of each section, up to the last heading."""
    medida = _Medida(formatos(estilos), margenes_de_celda(estilos))
    elementos: list[Elemento] = []
    for elemento in cuerpo:
        if elemento.tag == f"{W}sectPr":
            yield medida.seccion(_hasta_el_ultimo_titulo(elementos), hoja(elemento))
            continue
        elementos.append(elemento)
        seccion = elemento.find(f"{W}pPr/{W}sectPr")
        if seccion is not None:
            yield medida.seccion(elementos, hoja(seccion))
            elementos = []


def _hasta_el_ultimo_titulo(elementos: list[Elemento]) -> list[Elemento]:
    """What follows the last heading moves none."""
    con_titulo = [n for n, e in enumerate(elementos, 1) if e.find(f"{W}bookmarkStart") is not None]
    return elementos[: max(con_titulo, default=0)]


@dataclass(frozen=True)
class _Medida:
    """What the size of an element depends on: the formats of paragraphs and the margins of cells, by style."""

    formatos: Mapping[str, Formato]
    margenes: Mapping[str, float]

    def seccion(self, elementos: Iterable[Elemento], papel: Hoja) -> tuple[Hoja, list[Bloque]]:
        """A page and the blocks that go on pages like it."""
        bloques: list[Bloque] = []
        for elemento in elementos:
            if elemento.tag == f"{W}tbl":
                margen = self.margenes[dato(hijo(elemento, "tblPr/tblStyle"))]
                bloques += de_tabla(elemento, self.formatos, margen)
            else:
                bloques.append(de_parrafo(elemento, papel.ancho, self.formatos))
        return papel, bloques
