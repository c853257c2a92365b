"""The matrix of the published report (SPEC 4.1 c): for each OEI or AEI a row Progr and a row Ejecut.

The number stands beside its word or in the same cell («Progr 2»). The semester is said once, for all rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from zedxl.codigo import normalizar
from zedxl.edicion.cambio import Contenido
from zedxl.libro.bloques.bloque import Bloque, Columnas, Fila, Forma, tiene_codigo
from zedxl.libro.bloques.juntas import Juntas
from zedxl.libro.bloques.titulos import Titulos
from zedxl.libro.columnas import Columna
from zedxl.libro.hoja import VACIAS, Hoja
from zedxl.medida import DatoInvalido
from zedxl.numero import NumeroAmbiguo, leer_numero
from zedxl.periodo import Periodo
from zedxl.plan import Celda
from zedxl.texto import como_texto, plano

_PALABRA = re.compile(
    r"\s*((?:ejecut|ejec|ejecutad[oa]|ejecuci[oó]n)|progr|prog|programad[oa]|programaci[oó]n)\b[.:]*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_INDICADOR = re.compile(r"\s*\bindicador\s*:\s*", re.IGNORECASE)
_AVANCE = frozenset({"acum", "acumulado", "avance", "% avance", "avance %", "% de avance", "porcentaje de avance"})
_PROPIAS = ("Denominación", "Indicador", "Programado", "Ejecutado")
"""What a row of the matrix has beyond the columns of the sheet, in this order."""


@dataclass(frozen=True, slots=True)
class Marca:
    """«Progr» or «Ejecut» in a cell (column from 0), with the number that the same cell has, "" without one."""

    columna: int
    ejecutado: bool
    numero: str


@dataclass(slots=True)
class Renglon:
    """An OEI or AEI on its way: its first row, and the places of what was programmed (False) and reached (True)."""

    numero: int
    valores: list[Any]
    datos: dict[bool, tuple[Any, Celda]] = field(default_factory=dict)
    repetido: bool = False

    @property
    def completo(self) -> bool:
        """Whether it has one row of each kind."""
        return len(self.datos) == 2 and not self.repetido


@dataclass(frozen=True, slots=True)
class Matriz(Bloque):
    """A block with two rows for each OEI or AEI.

    ``denominacion``, ``indicador`` and ``columna_de_marcas`` are the columns of the sheet that these stand in, None
    without one; ``en_la_celda`` says whether numbers stand in the same cell as their word.
    """

    forma: ClassVar[Forma] = Forma.MATRIZ

    denominacion: int | None = None
    indicador: int | None = None
    columna_de_marcas: int | None = None
    en_la_celda: bool = False

    @classmethod
    def en(cls, hoja: Hoja, titulos: Titulos, hasta: int, periodo: Periodo, juntas: Juntas | None) -> Matriz:
        """The matrix below these titles, whose numbers are for a período and its year."""
        suyas = Columnas.de(titulos).por_nombre
        columnas = suyas | {Columna.DENOMINACION: titulos.ancho, Columna.INDICADOR: titulos.ancho + 1}
        avance = next((n for n, texto in titulos.textos.items() if plano(texto) in _AVANCE), None)
        todas = [(fila, marca) for fila in hoja.filas[titulos.ultima : hasta] for marca in marcas(fila)]
        return cls(
            hoja, titulos, hasta, columnas,
            metas={periodo.anio: titulos.ancho + 2},
            metas_semestre={},
            valores={periodo: titulos.ancho + 3},
            avances={} if avance is None else {periodo: avance},
            juntas=juntas,
            denominacion=suyas.get(Columna.DENOMINACION, titulos.ancho if juntas else None),
            indicador=suyas.get(Columna.INDICADOR),
            columna_de_marcas=todas[0][1].columna if todas else None,
            en_la_celda=_en_la_celda(todas, titulos),
        )  # fmt: skip

    def titulo(self, columna: int) -> str:
        """As in any block; beyond the columns of the sheet, what the rows are called."""
        propia = columna - self.titulos.ancho
        return _PROPIAS[propia] if propia >= 0 else self.titulos.textos.get(columna, "")

    def dichas(self) -> Iterator[tuple[int, str]]:
        """The column of the sheet with the words Progr and Ejecut, and what their numbers mean."""
        (anio,), (periodo,) = self.metas, self.valores
        if self.columna_de_marcas is not None:
            yield self.columna_de_marcas, f"Progr: Meta {anio}; Ejecut: Valor {periodo}"

    def filas(self) -> Iterator[Fila]:
        """One for each OEI or AEI, with both its numbers; those that lack one are in `incompletas`."""
        return (self._fila(renglon) for renglon in self._renglones() if renglon.completo)

    def incompletas(self) -> Iterator[tuple[Celda, str]]:
        """Cell and code of each OEI or AEI that has not one row Progr and one row Ejecut."""
        codigo = self.columnas[Columna.CODIGO]
        for renglon in self._renglones():
            if not renglon.completo:
                yield self.hoja.celda(renglon.numero, codigo + 1), normalizar(renglon.valores[codigo])

    def _renglones(self) -> Iterator[Renglon]:
        codigo = self.columnas[Columna.CODIGO]
        actual: Renglon | None = None
        for numero, valores in self.sin_notas():
            halladas = marcas(valores)
            if tiene_codigo(valores, codigo):
                if actual is not None:
                    yield actual
                actual = Renglon(numero, valores)
            elif actual is not None and not halladas and any(valor not in VACIAS for valor in valores):
                yield actual  # below a total or a note no row continues it
                actual = None
            if actual is not None:
                self._anotar(actual, numero, valores, halladas)
        if actual is not None:
            yield actual

    def _anotar(self, renglon: Renglon, numero: int, valores: Sequence[Any], halladas: Sequence[Marca]) -> None:
        for marca in halladas:
            renglon.repetido |= marca.ejecutado in renglon.datos
            renglon.datos[marca.ejecutado] = self._dato(numero, valores, marca)

    def _dato(self, numero: int, valores: Sequence[Any], marca: Marca) -> tuple[Any, Celda]:
        if self.en_la_celda or marca.numero:
            return marca.numero, self.hoja.celda(numero, marca.columna + 1)
        columna = marca.columna + 1
        return valores[columna] if columna < len(valores) else None, self.hoja.celda(numero, columna + 1)

    def _fila(self, renglon: Renglon) -> Fila:
        ancho = self.titulos.ancho
        textos, lugares = self._textos(renglon)
        lugares |= {ancho + 2: renglon.datos[False][1], ancho + 3: renglon.datos[True][1]}
        datos = (renglon.datos[False][0], renglon.datos[True][0])
        return Fila(self, renglon.numero, [*renglon.valores[:ancho], *textos, *datos], lugares)

    def _textos(self, renglon: Renglon) -> tuple[tuple[str, str], dict[int, Celda]]:
        """Name of an OEI or AEI and of its indicator, and the cells of the columns that they have in its row."""
        ancho, valores = self.titulos.ancho, renglon.valores
        lugares: dict[int, Celda] = {}
        nombre = indicador = ""
        if self.denominacion is not None:
            nombre, indicador = _separado(como_texto(valores[self.denominacion]))
            propias = self.juntas.propias if self.juntas else {}
            lugares[ancho] = self.hoja.celda(renglon.numero, propias.get(self.denominacion, self.denominacion) + 1)
        for columna, valor in enumerate(valores[:ancho]):
            if columna == self.indicador or (isinstance(valor, str) and _INDICADOR.match(valor)):
                indicador = _INDICADOR.sub("", como_texto(valor), count=1) or indicador
                lugares[ancho + 1] = self.hoja.celda(renglon.numero, columna + 1)
        return (nombre, indicador), lugares


def marcas(valores: Sequence[Any]) -> list[Marca]:
    """The words Progr and Ejecut of a row, each alone in its cell or with its number only."""
    return [marca for n, v in enumerate(valores) if isinstance(v, str) and (marca := _marca(n, v)) is not None]


def rotulo(contenido: object) -> str:
    """The word that stands in a cell before its number and has to stay there, "" without one.

    >>> rotulo("Ejecut 2"), rotulo("Ejecut"), rotulo(2.0)
    ('Ejecut', 'Ejecut', '')
    """
    marca = _marca(0, contenido) if isinstance(contenido, str) else None
    return "" if marca is None else str(contenido).strip().removesuffix(marca.numero).rstrip()


def con_rotulo(valor: Contenido, palabra: str) -> Contenido:
    """A value as it is written in a cell that has this word before its number.

    >>> con_rotulo(3.0, "Ejecut"), con_rotulo(None, "Ejecut"), con_rotulo(3.0, "")
    ('Ejecut 3', 'Ejecut', 3.0)
    """
    if not palabra:
        return valor
    escrito = f"{valor:.15g}" if isinstance(valor, float) else valor or ""
    return f"{palabra} {escrito}".rstrip()


def _en_la_celda(todas: Sequence[tuple[Sequence[Any], Marca]], titulos: Titulos) -> bool:
    """Whether a number that no word has with it would stand in the word's cell, and not in the next one.

    The next one has a title of its own, or most numbers stand beside their word, or most stand with it.
    """
    con_ellas = sum(1 for _, marca in todas if marca.numero)
    solas = [(fila, marca.columna + 1) for fila, marca in todas if not marca.numero]
    al_lado = sum(1 for fila, columna in solas if columna < len(fila) and es_numero(fila[columna]))
    con_titulo = sum(1 for _, marca in todas if marca.columna + 1 in titulos.textos)
    if con_titulo > len(todas) / 2:
        return con_ellas > 0 or al_lado == 0
    return con_ellas > al_lado


def es_numero(valor: Any) -> bool:
    """Whether a cell has a number that can be read."""
    try:
        return leer_numero(valor) is not None
    except DatoInvalido:
        return False


def _marca(columna: int, escrito: str) -> Marca | None:
    hallada = _PALABRA.fullmatch(escrito)
    if hallada is None:
        return None
    numero = hallada[2].strip()
    try:
        leer_numero(numero)
    except NumeroAmbiguo:
        pass  # a question that reading the number asks
    except DatoInvalido:
        return None  # «Programado para 2025: 2» and the like
    return Marca(columna, hallada[1].casefold().startswith("ejec"), numero)


def _separado(texto: str) -> tuple[str, str]:
    """Name of the OEI or AEI and of its indicator, where both stand in a cell: «… Indicador: …»."""
    partes = _INDICADOR.split(texto, maxsplit=1)
    return partes[0].strip(), partes[1].strip() if len(partes) > 1 else ""
