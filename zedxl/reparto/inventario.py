"""Every datum of a book by what it is, not by where it stands: so that copies compare however their rows moved.

A row of the seguimiento table is known by its codes, one of Narrativa or Agentes by code, section and period, a column
by its title. Whatever else stands in a book is known by its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from zedxl.codigo import PLAN, es_codigo, normalizar
from zedxl.edicion.cambio import Contenido
from zedxl.libro.bitacora import OTRO_NOMBRE
from zedxl.libro.columnas import Columna
from zedxl.libro.hoja import Hoja, Posicion, SinValor, contenido
from zedxl.libro.hojas import (
    AGENTES,
    BITACORA,
    CIERRES,
    CONFLICTOS,
    NARRATIVA,
    PUNTO_DE_PARTIDA,
    TITULOS_AGENTES,
    TITULOS_NARRATIVA,
)
from zedxl.libro.listado import buscar_listado
from zedxl.libro.tabla import Tabla
from zedxl.plan import Celda
from zedxl.texto import como_texto, plano

_PROPIAS = frozenset(plano(n) for n in (BITACORA, OTRO_NOMBRE, CIERRES, CONFLICTOS, PUNTO_DE_PARTIDA))
"""Sheets that zedxl keeps itself: they are not merged."""
_VACIAS = (None, "")
_LISTADOS = {plano(NARRATIVA): (NARRATIVA, TITULOS_NARRATIVA, 3), plano(AGENTES): (AGENTES, TITULOS_AGENTES, 1)}
"""The lists that are merged by their first titles: how many of them tell a row from the others."""


class Clave(NamedTuple):
    """What a datum is: its sheet, its row there, and its column."""

    hoja: str
    fila: str
    columna: str

    @property
    def con_nombre(self) -> bool:
        """Whether its row is known by its codes, and not by its place."""
        return self.fila[0] != _DESDE_ARRIBA


class Ficha(NamedTuple):
    """What a cell holds, where, and whether it is computed."""

    contenido: Contenido
    celda: Celda
    calculada: bool


@dataclass(slots=True)
class Zona:
    """The rows of a sheet that are known by a key, below ``fila_de_titulos``; rows and columns count from 1.

    ``titulos`` are the columns by title, ``filas`` the rows by key, ``repetidas`` the keys that stand more than once.
    """

    hoja: Hoja
    fila_de_titulos: int
    titulos: dict[str, int]
    filas: dict[str, int] = field(default_factory=dict)
    repetidas: set[str] = field(default_factory=set)

    @property
    def ultima_fila(self) -> int:
        """The last row with a key; that of the titles when there is none."""
        return max(self.filas.values(), default=self.fila_de_titulos)


@dataclass(frozen=True)
class Inventario:
    """The data of a book by what they are, and the zones in which rows have keys, by sheet.

    ``sin_valor`` are the cells that show an error, or a formula that was never calculated: nobody knows what they say.
    """

    fichas: Mapping[Clave, Ficha]
    zonas: Mapping[str, Zona]
    hojas: frozenset[str]
    sin_valor: frozenset[Clave]

    def contenidos(self) -> dict[Clave, Contenido]:
        """What people typed: the data that are not computed."""
        return {clave: ficha.contenido for clave, ficha in self.fichas.items() if not ficha.calculada}

    def celda(self, clave: Clave) -> Celda | None:
        """Where a datum stands or would stand; None where the book has no such sheet, row or column."""
        ficha = self.fichas.get(clave)
        if ficha is not None:
            return ficha.celda
        zona = self.zonas.get(clave.hoja)
        fila = self._fila(clave, zona)
        columna = int(clave.columna[1:]) if clave.columna.startswith(_SIN_TITULO) else _columna(clave.columna, zona)
        return None if fila is None or columna is None else Celda(clave.hoja, fila, columna)

    def tiene_fila(self, clave: Clave) -> bool:
        """Whether the book has the row of a datum."""
        return self._fila(clave, self.zonas.get(clave.hoja)) is not None

    def _fila(self, clave: Clave, zona: Zona | None) -> int | None:
        if clave.hoja not in self.hojas:
            return None
        if not clave.con_nombre:
            return _fila_por_lugar(clave.fila, zona)
        return None if zona is None else zona.filas.get(clave.fila)


_SIN_TITULO = "·"
_DESDE_ARRIBA, _SOBRE_LOS_TITULOS, _TRAS, _TRAS_LA_ULTIMA = "·", "·títulos-", "·tras ", "·última+"


def inventariar(hojas: Sequence[Hoja], tabla: Tabla, formulas: Mapping[str, AbstractSet[Posicion]]) -> Inventario:
    """All that stands in a book; ``formulas`` are the computed cells of each sheet."""
    fichas: dict[Clave, Ficha] = {}
    zonas: dict[str, Zona] = {}
    for hoja in hojas:
        if plano(hoja.nombre) in _PROPIAS:
            continue
        zona = _zona(hoja, hojas, tabla)
        if zona is not None:
            zonas[hoja.nombre] = zona
        fichas.update(_fichas(hoja, zona, formulas.get(hoja.nombre, frozenset())))
    sin_valor = frozenset(clave for clave, ficha in fichas.items() if ficha.contenido.__class__ is SinValor)
    for clave in sin_valor:
        del fichas[clave]
    return Inventario(fichas, zonas, frozenset(hoja.nombre for hoja in hojas), sin_valor)


def _fichas(hoja: Hoja, zona: Zona | None, formulas: AbstractSet[Posicion]) -> Iterator[tuple[Clave, Ficha]]:
    nombres = {columna: titulo for titulo, columna in zona.titulos.items()} if zona else {}
    for numero, fila in _filas(hoja, zona):
        con_nombre = fila[0] != _DESDE_ARRIBA
        for columna, valor in enumerate(hoja.filas[numero - 1], 1):
            if valor in _VACIAS:
                continue
            nombre = (con_nombre and nombres.get(columna)) or f"{_SIN_TITULO}{columna}"
            ficha = Ficha(contenido(valor), Celda(hoja.nombre, numero, columna), (numero, columna) in formulas)
            yield Clave(hoja.nombre, fila, nombre), ficha


def _filas(hoja: Hoja, zona: Zona | None) -> Iterator[tuple[int, str]]:
    """Each row with what it is known by: its key, or its distance from what does not move; titles are no data."""
    if zona is None:
        yield from ((numero, f"{_DESDE_ARRIBA}{numero}") for numero in range(1, len(hoja.filas) + 1))
        return
    claves = {fila: clave for clave, fila in zona.filas.items()}
    titulos, ultima, ancla, desde = zona.fila_de_titulos, zona.ultima_fila, "", zona.fila_de_titulos
    for numero in range(1, len(hoja.filas) + 1):
        if numero < titulos:
            yield numero, f"{_SOBRE_LOS_TITULOS}{titulos - numero}"
        elif numero in claves:
            ancla, desde = claves[numero], numero
            yield numero, ancla
        elif numero > ultima:
            yield numero, f"{_TRAS_LA_ULTIMA}{numero - ultima}"
        elif numero > titulos:
            yield numero, f"{_TRAS}{ancla}+{numero - desde}"


def _fila_por_lugar(fila: str, zona: Zona | None) -> int | None:
    """The row that stands at a distance from something; None where another row stands there now."""
    if zona is None:
        return int(fila.removeprefix(_DESDE_ARRIBA)) if fila.removeprefix(_DESDE_ARRIBA).isdigit() else None
    if fila.startswith(_SOBRE_LOS_TITULOS):
        numero = zona.fila_de_titulos - int(fila.removeprefix(_SOBRE_LOS_TITULOS))
        return numero if numero > 0 else None
    if fila.startswith(_TRAS_LA_ULTIMA):
        return zona.ultima_fila + int(fila.removeprefix(_TRAS_LA_ULTIMA))
    if not fila.startswith(_TRAS):
        return None
    ancla, _, distancia = fila.removeprefix(_TRAS).rpartition("+")
    base = zona.filas.get(ancla) if ancla else zona.fila_de_titulos
    if base is None or base + int(distancia) in zona.filas.values():
        return None
    return base + int(distancia)


def _columna(titulo: str, zona: Zona | None) -> int | None:
    return None if zona is None else zona.titulos.get(titulo)


def _zona(hoja: Hoja, hojas: Sequence[Hoja], tabla: Tabla) -> Zona | None:
    if hoja is tabla.hoja:
        return _con_claves(hoja, tabla.fila_titulos, _clave_de_tabla(tabla))
    listado = _LISTADOS.get(plano(hoja.nombre))
    if listado is None:
        return None
    hallado = buscar_listado(hojas, *listado[:2])
    if hallado is None:
        return None
    return _con_claves(hoja, hallado.fila_de_titulos, _clave_de_listado(hallado.columnas[: listado[2]]))


def _con_claves(hoja: Hoja, fila_de_titulos: int, clave_de: Callable[[Sequence[Any]], str]) -> Zona:
    zona = Zona(hoja, fila_de_titulos, _titulos(hoja.filas[fila_de_titulos - 1]))
    cuentas: Counter[str] = Counter()
    for numero, valores in enumerate(hoja.filas[fila_de_titulos:], fila_de_titulos + 1):
        clave = clave_de(valores)
        if not clave:
            continue
        cuentas[clave] += 1
        if cuentas[clave] > 1:
            zona.repetidas |= {clave, f"{clave}#{cuentas[clave]}"}
            clave = f"{clave}#{cuentas[clave]}"
        zona.filas[clave] = numero
    return zona


def _titulos(valores: Sequence[Any]) -> dict[str, int]:
    """The columns that have a title, by it; the second of two alike is another one."""
    titulos: dict[str, int] = {}
    for columna, valor in enumerate(valores, 1):
        titulo = plano(como_texto(valor))
        if titulo:
            titulos.setdefault(titulo if titulo not in titulos else f"{titulo}#{columna}", columna)
    return titulos


def _clave_de_tabla(tabla: Tabla) -> Callable[[Sequence[Any]], str]:
    """The key of a row of the seguimiento table: its code and that of its indicator."""
    codigo = tabla.columnas[Columna.CODIGO]
    indicador = tabla.columnas.get(Columna.CODIGO_INDICADOR)

    def clave(valores: Sequence[Any]) -> str:
        escrito = como_texto(valores[codigo]) if codigo < len(valores) else ""
        if not escrito or not es_codigo(escrito):
            return ""
        suyo = como_texto(valores[indicador]) if indicador is not None and indicador < len(valores) else ""
        return f"{normalizar(escrito)}|{normalizar(suyo)}" if es_codigo(suyo) else normalizar(escrito)

    return clave


def _clave_de_listado(columnas: Sequence[int]) -> Callable[[Sequence[Any]], str]:
    """The key of a row of a list: what stands in these columns, however it is typed."""

    def clave(valores: Sequence[Any]) -> str:
        partes = [como_texto(valores[c - 1]) if c <= len(valores) else "" for c in columnas]
        if not partes[0]:
            return ""
        codigo = (
            partes[0].upper() if plano(partes[0]) == plano(PLAN) or not es_codigo(partes[0]) else normalizar(partes[0])
        )
        return "|".join((codigo, *(plano(parte) for parte in partes[1:])))

    return clave
