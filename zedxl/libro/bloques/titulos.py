"""The titles of a block: one row, or groups over subtitles («Línea base» over «Valor» and «Año»).

A title says what its column means together with the group above it. Groups are known by their merged cells or, where a
paste has lost these, reach as far as the next group.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from zedxl.libro.bloques.columna_de_codigos import elegir, sobre_codigos
from zedxl.libro.bloques.corridos import en_orden, estan_corridos
from zedxl.libro.bloques.juntas import codigo_al_principio
from zedxl.libro.bloques.sinonimos import Sinonimos
from zedxl.libro.columnas import Columna, Encabezado
from zedxl.libro.hoja import Hoja
from zedxl.texto import como_texto, plano

_MAS_FILAS = 2
"""How many rows of titles may stand below the one that has «Código»."""
_LARGO_DE_UN_TITULO = 100
_UN_ANIO = re.compile(r"20\d\d")
_LETRA = re.compile(r"[^\W\d_]")
_DEL_OBJETIVO = frozenset({"oei", "objetivo", "objetivo estrategico", "objetivo estrategico institucional"})
"""Groups whose columns repeat the objective of each AEI."""
_CON_CUANDO = frozenset({Columna.META, Columna.VALOR})
_UNICAS = frozenset({Columna.CODIGO, Columna.META, Columna.META_SEMESTRE, Columna.VALOR})


@dataclass(frozen=True, slots=True)
class Titulos:
    """The titles of a block; rows count from 1, columns from 0.

    ``base`` is the row with the title of the codes. ``textos`` are the titles as the book writes them, group first.
    ``repetidas`` are titles that stand over several columns, so that nobody knows which one counts; ``corridas`` says
    whether the subtitles were not below their groups and were taken in their order.
    """

    primera: int
    base: int
    ultima: int
    ancho: int
    columnas: dict[Encabezado, int]
    textos: dict[int, str]
    repetidas: dict[Encabezado, tuple[int, ...]]
    corridas: bool = False

    @property
    def dicen_cuando(self) -> bool:
        """Whether there is a target or a value with its year or período."""
        return any(e.columna in _CON_CUANDO for e in self.columnas)

    @property
    def cuando_repetido(self) -> bool:
        """Whether one of those stands twice, so that it is none of `columnas`."""
        return any(e.columna is not Columna.CODIGO for e in self.repetidas)

    def significado(self, titulo: str) -> Encabezado | None:
        """What a title means, however it is typed; None for one that is not here, or stands twice."""
        columnas = [n for n, texto in self.textos.items() if plano(texto) == plano(titulo)]
        return next((e for e, n in self.columnas.items() if [n] == columnas), None)

    def con_columnas(self, **cambios: int) -> Titulos:
        """With columns of other meaning, by the name of that."""
        nuevas = {Encabezado(Columna[nombre]): n for nombre, n in cambios.items()}
        return replace(self, columnas=self.columnas | nuevas)


def parece_de_titulos(filas: Sequence[Sequence[Any]], indice: int, sinonimos: Sinonimos, iniciales: str) -> bool:
    """Whether a row (from 0) has a title for codes; cheap, because every row of the book is asked."""
    return any(
        isinstance(valor, str)
        and len(valor) < _LARGO_DE_UN_TITULO
        and ((valor[:1] in iniciales and sinonimos.es_de_codigo(valor)) or sobre_codigos(filas, indice, columna))
        for columna, valor in enumerate(filas[indice])
    )


def leer_titulos(hoja: Hoja, indice: int, sinonimos: Sinonimos) -> Titulos:
    """The titles whose row with «Código» is this one (from 0), with the groups above it and the subtitles below."""
    filas = hoja.filas
    cercanas = (a for a in hoja.combinadas if a.fila <= indice + 1 + _MAS_FILAS and a.hasta_fila >= indice)
    hoja = replace(hoja, combinadas=tuple(cercanas))
    ultima = indice
    while ultima - indice < _MAS_FILAS and _sigue(hoja, indice, ultima + 1, sinonimos):
        ultima += 1
    primera = indice - 1 if indice and _son_grupos(hoja, indice - 1, ultima, sinonimos) else indice
    leidos: dict[int, tuple[Encabezado | None, str]] = {}
    corridas = ultima > indice and estan_corridos(filas[indice], filas[ultima], sinonimos)
    if corridas:
        leidos = en_orden(filas[indice], filas[ultima], sinonimos)
    ancho = max(len(filas[n]) for n in range(primera, ultima + 1))
    for columna in range(ancho):
        if columna not in leidos:
            leidos[columna] = _leer(_partes(hoja, primera, ultima, columna), sinonimos)
    _buscar_codigos(filas, indice, leidos)
    return _reunidos(leidos, (primera + 1, indice + 1, ultima + 1, ancho), corridas)


def _reunidos(
    leidos: dict[int, tuple[Encabezado | None, str]], lugares: tuple[int, int, int, int], corridas: bool
) -> Titulos:
    por_titulo: dict[Encabezado, list[int]] = {}
    for columna in sorted(leidos):
        encabezado = leidos[columna][0]
        if encabezado is not None:
            por_titulo.setdefault(encabezado, []).append(columna)
    repetidas = {e: tuple(c) for e, c in por_titulo.items() if len(c) > 1 and e.columna in _UNICAS}
    columnas = {e: c[0] for e, c in por_titulo.items() if e not in repetidas}
    textos = {columna: texto for columna, (_, texto) in leidos.items() if texto}
    return Titulos(*lugares, columnas, textos, repetidas, corridas)


def _sigue(hoja: Hoja, indice: int, otra: int, sinonimos: Sinonimos) -> bool:
    """Whether a row has the subtitles of the titles that begin at another: beside no code, and with a meaning."""
    if otra >= len(hoja.filas):
        return False
    valores = hoja.filas[otra]
    if any(map(codigo_al_principio, valores)):
        return False
    titulos = hoja.filas[indice]
    de_codigo = [n for n, v in enumerate(titulos) if sinonimos.es_de_codigo(v)]
    if any(n < len(valores) and como_texto(valores[n]) not in ("", como_texto(titulos[n])) for n in de_codigo):
        return False
    escritos = [(columna, valor) for columna, valor in enumerate(valores) if como_texto(valor)]
    if escritos and all(_es_periodo(valor, sinonimos) for _, valor in escritos):
        return True  # the row in between of three
    return any(
        _es_subtitulo(valor) and _compuesto(_partes(hoja, indice, otra, columna), sinonimos) is not None
        for columna, valor in escritos
    )


def _son_grupos(hoja: Hoja, grupos: int, ultima: int, sinonimos: Sinonimos) -> bool:
    """Whether a row above gives some title its meaning."""
    if any(map(codigo_al_principio, hoja.filas[grupos])):
        return False  # a row of data above titles that are repeated
    return any(
        (_texto(hoja.filas[grupos], columna) or _grupo(hoja, grupos, columna))
        and _compuesto(_partes(hoja, grupos, ultima, columna), sinonimos) is not None
        for columna in range(len(hoja.filas[ultima]))
    )


def _compuesto(partes: Sequence[str], sinonimos: Sinonimos) -> Encabezado | None:
    return sinonimos.reconocer(" ".join(partes)) if len(partes) > 1 else None


def _es_subtitulo(valor: Any) -> bool:
    escrito = como_texto(valor)
    return bool(_UN_ANIO.fullmatch(escrito) or (isinstance(valor, str) and _LETRA.search(escrito)))


def _es_periodo(valor: Any, sinonimos: Sinonimos) -> bool:
    """Whether a title says a período by itself."""
    encabezado = sinonimos.reconocer(valor)
    return encabezado is not None and encabezado.periodo is not None


def _leer(partes: Sequence[str], sinonimos: Sinonimos) -> tuple[Encabezado | None, str]:
    """What a title with its groups means, the outermost first; a group that adds nothing to it is no part of it."""
    if any(plano(parte) in _DEL_OBJETIVO for parte in partes[:-1]):
        return None, " · ".join(partes)
    for desde in range(len(partes)):
        encabezado = sinonimos.reconocer(" ".join(partes[desde:]))
        if encabezado is not None:
            return encabezado, " · ".join(partes[desde:])
    return None, partes[-1] if partes else ""


def _partes(hoja: Hoja, primera: int, ultima: int, columna: int) -> list[str]:
    """The title of a column (from 0) below its groups; rows count from 0."""
    if primera == ultima:
        texto = _texto(hoja.filas[primera], columna)
        return [texto] if texto else []
    propios = [_texto(hoja.filas[n], columna) for n in range(primera, ultima + 1)]
    escritos = [n for n, texto in enumerate(propios) if texto]
    if not escritos:
        return []
    partes: list[str] = []
    for n in range(escritos[-1] + 1):
        texto = propios[n] or _grupo(hoja, primera + n, columna)
        if texto and texto not in partes:
            partes.append(texto)
    return partes


def _grupo(hoja: Hoja, fila: int, columna: int) -> str:
    """The group that reaches over a blank cell: by its merged cells where the row has such, else the next left."""
    en_la_fila = [a for a in hoja.combinadas if a.fila <= fila + 1 <= a.hasta_fila and a.hasta_columna > a.columna]
    if en_la_fila:
        suya = next((a for a in en_la_fila if (fila + 1, columna + 1) in a), None)
        return _texto(hoja.filas[suya.fila - 1], suya.columna - 1) if suya else ""
    anteriores = (_texto(hoja.filas[fila], n) for n in range(columna - 1, -1, -1))
    return next(filter(None, anteriores), "")


def _texto(valores: Sequence[Any], columna: int) -> str:
    """What a cell may say as a title: words, or a year."""
    return como_texto(valores[columna]) if columna < len(valores) and _es_subtitulo(valores[columna]) else ""


def _buscar_codigos(
    filas: Sequence[Sequence[Any]], indice: int, leidos: dict[int, tuple[Encabezado | None, str]]
) -> None:
    """Where no title says «Código», the codes stand under one that might also be that of the names."""
    if any(e == Encabezado(Columna.CODIGO) for e, _ in leidos.values()):
        return
    for columna in elegir(filas, indice, [n for n in sorted(leidos) if sobre_codigos(filas, indice, n)]):
        leidos[columna] = Encabezado(Columna.CODIGO), leidos[columna][1]
