"""Every datum of a book by what it is, not by where it stands: so that copies compare however their rows moved.

A row of the seguimiento table is known by its codes, one of Narrativa or Agentes by code, section and period, a column
by its title. Whatever else stands in a book is known by its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

from zedxl.edicion.cambio import Contenido
from zedxl.libro.calculadas import NINGUNA, Calculadas
from zedxl.libro.direccion import Area
from zedxl.libro.hoja import VACIAS, Hoja, SinValor, contenido
from zedxl.libro.hojas import (
    BITACORA,
    BITACORA_APARTE,
    CIERRES,
    CIERRES_APARTE,
    CONFLICTOS,
    CONFLICTOS_APARTE,
    PUNTO_DE_PARTIDA,
    TITULOS_BITACORA,
    TITULOS_CIERRES,
    TITULOS_CONFLICTOS,
)
from zedxl.libro.listado import buscar_listado
from zedxl.libro.tabla import Tabla
from zedxl.plan import Celda
from zedxl.reparto.zona import DESDE_ARRIBA, Zona, fila_por_lugar, filas_de, zona_de
from zedxl.texto import como_texto

_PROPIAS = (
    (BITACORA, TITULOS_BITACORA),
    (BITACORA_APARTE, TITULOS_BITACORA),
    (CIERRES, TITULOS_CIERRES),
    (CIERRES_APARTE, TITULOS_CIERRES),
    (CONFLICTOS, TITULOS_CONFLICTOS),
    (CONFLICTOS_APARTE, TITULOS_CONFLICTOS),
)
"""Sheets that zedxl keeps itself, by their titles: they are not merged."""


class Clave(NamedTuple):
    """What a datum is: its sheet, its row there, and its column."""

    hoja: str
    fila: str
    columna: str

    @property
    def con_nombre(self) -> bool:
        """Whether its row is known by its codes, and not by its place."""
        return self.fila[0] != DESDE_ARRIBA


class Ficha(NamedTuple):
    """What a cell holds, where, and whether it is computed."""

    contenido: Contenido
    celda: Celda
    calculada: bool


@dataclass(frozen=True, slots=True)
class Renglon:
    """A row: its number, and what people typed in it, by column, as the reader gives it; empty cells are left out."""

    numero: int
    escrito: Mapping[str, Any]


@dataclass(frozen=True)
class HojaInventariada:
    """The rows of a sheet by what they are."""

    hoja: Hoja
    zona: Zona | None
    renglones: Mapping[str, Renglon]
    calculadas: Calculadas

    def columna(self, nombre: str) -> int | None:
        """The number of a column, None where the sheet has none of that title."""
        if nombre.startswith(_SIN_TITULO):
            return int(nombre.removeprefix(_SIN_TITULO))
        return None if self.zona is None else self.zona.titulos.get(nombre)

    def titulo(self, columna: int) -> str:
        """What a column is known by in the rows that have a key."""
        return self._titulos.get(columna, sin_titulo(columna))

    def clave_de_fila(self, numero: int) -> str | None:
        """What a row is known by; None for that of the titles and beyond the end."""
        return self._claves.get(numero)

    @cached_property
    def _titulos(self) -> dict[int, str]:
        return {columna: titulo for titulo, columna in self.zona.titulos.items()} if self.zona else {}

    @cached_property
    def _claves(self) -> dict[int, str]:
        return {renglon.numero: clave for clave, renglon in self.renglones.items()}

    def fila(self, clave: str) -> int | None:
        """The number of a row, also of one in which nothing stands; None where the sheet has none of that key."""
        if clave in self.renglones:
            return self.renglones[clave].numero
        if clave[0] == DESDE_ARRIBA:
            return fila_por_lugar(clave, self.zona)
        return None if self.zona is None else self.zona.filas.get(clave)


@dataclass(frozen=True)
class Inventario:
    """The data of a book by what they are, sheet by sheet."""

    hojas: Mapping[str, HojaInventariada]

    @cached_property
    def zonas(self) -> dict[str, Zona]:
        """The rows that are known by a key, of the sheets that have such."""
        return {nombre: hoja.zona for nombre, hoja in self.hojas.items() if hoja.zona}

    def celda(self, clave: Clave) -> Celda | None:
        """Where a datum stands or would stand; None where the book has no such sheet, row or column."""
        hoja = self.hojas.get(clave.hoja)
        fila, columna = (hoja.fila(clave.fila), hoja.columna(clave.columna)) if hoja else (None, None)
        return None if fila is None or columna is None else Celda(clave.hoja, fila, columna)

    def ficha(self, clave: Clave) -> Ficha | None:
        """What a datum is; None where its cell is empty or nowhere, or where nobody knows what it says."""
        celda = self.celda(clave)
        valor = None if celda is None else self.hojas[clave.hoja].hoja.valor(celda.fila, celda.columna)
        if celda is None or valor in VACIAS or valor.__class__ is SinValor:
            return None
        return Ficha(contenido(valor), celda, self.es_calculada(celda))

    def es_calculada(self, celda: Celda) -> bool:
        """Whether a cell is computed."""
        return (celda.fila, celda.columna) in self.hojas[celda.hoja].calculadas

    def sin_valor(self, clave: Clave) -> bool:
        """Whether a datum shows an error, or a formula that was never calculated."""
        celda = self.celda(clave)
        return celda is not None and self.hojas[clave.hoja].hoja.valor(celda.fila, celda.columna).__class__ is SinValor

    def escrito(self) -> dict[str, dict[str, dict[str, Contenido]]]:
        """All that people typed: contents by column, by row and by sheet."""
        return {
            nombre: {
                clave: {c: contenido(v) for c, v in renglon.escrito.items() if v.__class__ is not SinValor}
                for clave, renglon in hoja.renglones.items()
                if renglon.escrito
            }
            for nombre, hoja in self.hojas.items()
        }


_SIN_TITULO = "·"


def inventariar(hojas: Sequence[Hoja], tabla: Tabla, calculadas: Mapping[str, Calculadas]) -> Inventario:
    """All that stands in a book; ``calculadas`` are the cells of each sheet that nobody types."""
    propias = {lista.hoja.nombre for propia in _PROPIAS if (lista := buscar_listado(hojas, *propia))}
    return Inventario(
        {
            hoja.nombre: _inventariar(hoja, zona_de(hoja, hojas, tabla), calculadas.get(hoja.nombre, NINGUNA))
            for hoja in hojas
            if hoja.nombre not in propias and hoja.nombre != PUNTO_DE_PARTIDA
        }
    )


def dato_de(clave: Clave, inventario: Inventario) -> str:
    """How people call a datum: by the title of its column or, outside the tables, by its sheet and cell."""
    zona, celda = inventario.zonas.get(clave.hoja), inventario.celda(clave)
    columna = zona.titulos.get(clave.columna) if zona and clave.con_nombre else None
    if zona and columna:
        return como_texto(zona.hoja.valor(zona.fila_de_titulos, columna))
    return str(celda) if celda else clave.hoja


def codigo_de(clave: Clave) -> str:
    """The code of the row of a datum; "" outside the tables."""
    return clave.fila.partition("#")[0].partition("|")[0] if clave.con_nombre else ""


def sin_titulo(columna: int) -> str:
    """What a column without a title is known by."""
    return f"{_SIN_TITULO}{columna}"


def _inventariar(hoja: Hoja, zona: Zona | None, calculadas: Calculadas) -> HojaInventariada:
    ancho = max(map(len, hoja.filas), default=0)
    sin_titulos = [sin_titulo(columna) for columna in range(1, ancho + 1)]
    con_titulos = list(sin_titulos)
    for titulo, columna in (zona.titulos if zona else {}).items():
        con_titulos[columna - 1] = titulo
    # a damaged book may claim a pivot table as large as the sheet could be
    dinamicas = (Area(a.fila, a.columna, min(a.hasta_fila, len(hoja.filas)), ancho) for a in calculadas.dinamicas)
    lugares = (lugar for a in dinamicas for lugar in a.posiciones() if lugar in calculadas)
    columnas_calculadas: dict[int, set[int]] = {}
    for fila, columna in chain(calculadas.formulas, lugares):
        columnas_calculadas.setdefault(fila, set()).add(columna - 1)
    renglones = {}
    for numero, clave in filas_de(hoja, zona):
        nombres = sin_titulos if clave[0] == DESDE_ARRIBA else con_titulos
        valores = hoja.filas[numero - 1]
        if numero in columnas_calculadas:
            valores = [None if c in columnas_calculadas[numero] else v for c, v in enumerate(valores)]
        escrito = {nombre: v for nombre, v in zip(nombres, valores, strict=False) if v not in VACIAS}
        renglones[clave] = Renglon(numero, escrito)
    return HojaInventariada(hoja, zona, renglones, calculadas)
