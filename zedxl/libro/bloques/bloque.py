"""What the three layouts have in common: columns with a meaning, and rows of one indicator each."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, ClassVar

from zedxl.codigo import es_codigo
from zedxl.libro.bloques.juntas import Juntas
from zedxl.libro.bloques.titulos import Titulos
from zedxl.libro.columnas import Columna
from zedxl.libro.hoja import VACIAS, Hoja, Posicion
from zedxl.periodo import Periodo
from zedxl.plan import Celda
from zedxl.texto import como_texto, limpio


class Forma(str, Enum):
    """The three layouts."""

    PLANA = "tabla plana"
    ANEXO = "anexo (fila de la AEI y filas de sus indicadores)"
    MATRIZ = "matriz (filas Progr y Ejecut)"


@dataclass(frozen=True, slots=True)
class Columnas:
    """Columns, from 0: by meaning, and by the year or período that targets, values and avances are for."""

    por_nombre: dict[Columna, int] = field(default_factory=dict)
    metas: dict[int, int] = field(default_factory=dict)
    metas_semestre: dict[Periodo, int] = field(default_factory=dict)
    valores: dict[Periodo, int] = field(default_factory=dict)
    avances: dict[Periodo, int] = field(default_factory=dict)

    @classmethod
    def de(cls, titulos: Titulos) -> Columnas:
        """Those that the titles of a block give."""
        columnas = cls()
        for encabezado, n in titulos.columnas.items():
            if encabezado.anio is not None:
                columnas.metas[encabezado.anio] = n
            elif encabezado.periodo is None:
                columnas.por_nombre[encabezado.columna] = n
            else:
                columnas._de_periodo(encabezado.columna)[encabezado.periodo] = n
        return columnas

    def _de_periodo(self, columna: Columna) -> dict[Periodo, int]:
        de_periodo = {Columna.META_SEMESTRE: self.metas_semestre, Columna.AVANCE: self.avances}
        return de_periodo.get(columna, self.valores)


@dataclass(frozen=True, slots=True)
class Bloque(ABC):
    """A block of a sheet: its titles, its last row (from 1), and what its columns mean (from 0).

    ``combinadas`` says what the cells that a merge covers count as, by row and column from 1. ``juntas`` are the
    columns with a code and a name in the same cell; its rows have both, each in a column of its own. ``al_lado`` says
    whether another table stands beside it; then its sheet has no columns but its own.
    """

    forma: ClassVar[Forma]

    hoja: Hoja
    titulos: Titulos
    hasta: int
    columnas: dict[Columna, int]
    metas: dict[int, int]
    metas_semestre: dict[Periodo, int]
    valores: dict[Periodo, int]
    avances: dict[Periodo, int]
    combinadas: Mapping[Posicion, Any] = field(default_factory=dict)
    juntas: Juntas | None = None
    al_lado: bool = False

    @property
    def fila_titulos(self) -> int:
        """The row of the titles, the last one where there are several."""
        return self.titulos.ultima

    @property
    def lugar(self) -> str:
        """Where it begins, as findings say it."""
        return str(self.hoja.celda(self.titulos.primera, self.columnas[Columna.CODIGO] + 1))

    def titulo(self, columna: int) -> str:
        """The title of a column, as the book writes it."""
        return self.titulos.textos.get(columna, "")

    @abstractmethod
    def filas(self) -> Iterator[Fila]:
        """The rows below the titles that say something, one for each indicator, without repeated titles."""

    def crudas(self) -> Iterator[tuple[int, list[Any]]]:
        """Number and values of each row below the titles, as wide as these, with what its merged cells mean."""
        ancho = self.titulos.ancho
        filas = self.hoja.filas
        for numero in range(self.fila_titulos + 1, min(self.hasta, len(filas)) + 1):
            valores = filas[numero - 1]
            if len(valores) < ancho:
                valores.extend([None] * (ancho - len(valores)))
            if self.combinadas:
                valores = [self.combinadas.get((numero, c), v) for c, v in enumerate(valores, 1)]
            if self.juntas is not None:
                valores = self.juntas.separadas(valores)
            yield numero, valores

    def sin_notas(self) -> Iterator[tuple[int, list[Any]]]:
        """As `crudas`, without the notes below that begin with a code as the rows of the block do."""
        if self.juntas is None:
            return self.crudas()
        filas = list(self.crudas())
        notas = self.juntas.notas(filas, con_indicadores=self.forma is Forma.ANEXO)
        return ((numero, valores) for numero, valores in filas if numero not in notas)

    def lugares_de(self, numero: int) -> dict[int, Celda] | None:
        """The cells, in a row, of the columns that the sheet has not; None where there is no such column."""
        if self.juntas is None:
            return None
        return {n: self.hoja.celda(numero, de + 1) for n, de in self.juntas.propias.items()}

    def es_de_titulos(self, valores: Sequence[Any]) -> bool:
        """Whether a row repeats one of the titles' rows, as on the next printed page."""
        escritos = _sin_vacias(valores[: self.titulos.ancho])
        filas = self.hoja.filas[self.titulos.primera - 1 : self.titulos.ultima]
        return any(escritos == _sin_vacias(fila) for fila in filas)


@dataclass(slots=True)  # not frozen: a big book has many, and frozen ones take three times as long to make
class Fila:
    """One indicator as a `Bloque` says it; ``numero`` counts from 1.

    ``lugares`` has the cells of the values that do not stand in that row and in their own column. ``madre`` is the row
    of its AEI or OEI, where an annex gives indicators rows of their own.
    """

    bloque: Bloque
    numero: int
    valores: Sequence[Any]
    lugares: Mapping[int, Celda] | None = None
    madre: Fila | None = None

    @property
    def con_datos(self) -> bool:
        """Whether it has a target or a value."""
        columnas = (*self.bloque.metas.values(), *self.bloque.valores.values())
        return any(self.valores[n] not in VACIAS for n in columnas)

    def texto(self, columna: Columna) -> str:
        """The text under a title, cleaned; "" when there is none."""
        n = self.bloque.columnas.get(columna)
        if n is None:
            return ""
        valor = self.valores[n]
        if isinstance(valor, str):
            return limpio(valor).strip()
        return como_texto(valor)

    def lugar(self, columna: int) -> Celda:
        """The cell of a column, counted from 0."""
        if self.lugares is not None and columna in self.lugares:
            return self.lugares[columna]
        return Celda(self.bloque.hoja.nombre, self.numero, columna + 1)

    def celda(self, columna: Columna) -> Celda:
        """The place of the cell under a title that the block has."""
        return self.lugar(self.bloque.columnas[columna])

    def celda_si_hay(self, columna: Columna) -> Celda | None:
        """As `celda`; None when the block has no such title."""
        n = self.bloque.columnas.get(columna)
        return None if n is None else self.lugar(n)


def _sin_vacias(valores: Sequence[Any]) -> dict[int, Any]:
    return {n: valor for n, valor in enumerate(valores) if valor not in VACIAS}


def tiene_codigo(valores: Sequence[Any], columna: int) -> bool:
    """Whether a code stands in a column of a row."""
    return columna < len(valores) and isinstance(valores[columna], str) and es_codigo(valores[columna])
