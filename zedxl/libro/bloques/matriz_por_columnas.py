"""A matrix with a column of numbers for each year or período, each under its title: «2025», «2025-I», «2025-II».

Progr under a year is the target of that year, Ejecut under a período its value. Progr under a período is the target of
the semester where the year has a column of its own; where the período is the only one of its year it is that of the
year, as in the matrix of one período. With two of a year and no column for that, nobody but the planner knows. Ejecut
under a year is the value of the one período of it that is named above, counts for nothing where a semester of that year
has its own, and is a question otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from zedxl.codigo import normalizar
from zedxl.libro.bloques.bloque import Columnas, Fila
from zedxl.libro.bloques.juntas import Juntas
from zedxl.libro.bloques.matriz import Marca, Matriz, Renglon, es_numero, marcas
from zedxl.libro.bloques.titulos import Titulos
from zedxl.libro.columnas import Columna
from zedxl.libro.hoja import VACIAS, Hoja
from zedxl.medida import DatoInvalido
from zedxl.periodo import Periodo
from zedxl.plan import Celda

_DE_TEXTOS = 2
"""How many columns come before those of numbers, beyond those of the sheet: denominación and indicador."""


@dataclass(frozen=True, slots=True)
class MatrizPorColumnas(Matriz):
    """A block with two rows for each OEI or AEI and several columns of numbers.

    ``de_fila`` says where each column of its rows comes from: whether from the row Ejecut, and the column of the sheet.
    ``anuales`` are the columns of whole years; ``dudosos`` the períodos under which Progr may be either target.
    """

    de_fila: Mapping[int, tuple[bool, int]] = field(default_factory=dict)
    anuales: Mapping[int, int] = field(default_factory=dict)
    dudosos: Mapping[Periodo, int] = field(default_factory=dict)

    @classmethod
    def entre(
        cls, hoja: Hoja, titulos: Titulos, hasta: int, juntas: Juntas | None, periodo: Periodo | None
    ) -> MatrizPorColumnas | None:
        """The matrix below these titles, ``periodo`` being the only one that is named above them.

        None when titles say more than years and períodos, or numbers stand elsewhere than below them.
        """
        c = Columnas.de(titulos)
        propias = (*c.metas.values(), *c.valores.values())
        de_marcas = _columna_de_marcas(hoja, titulos, hasta, propias)
        if de_marcas is None or c.metas_semestre or not _son_solo_periodos(titulos, c.valores):
            return None
        if any(titulos.ultima < a.fila <= hasta and a.columna - 1 in propias for a in hoja.combinadas):
            return None
        anuales, del_semestre, dudosos = _programados(c)
        valores = c.valores | _del_periodo(c, periodo)
        columnas = count(titulos.ancho + _DE_TEXTOS)
        de_fila = [(False, n) for n in (*anuales.values(), *del_semestre.values())] + [
            (True, n) for n in valores.values()
        ]
        return cls(
            hoja, titulos, hasta,
            c.por_nombre | {Columna.DENOMINACION: titulos.ancho, Columna.INDICADOR: titulos.ancho + 1},
            metas=dict(zip(anuales, columnas, strict=False)),
            metas_semestre=dict(zip(del_semestre, columnas, strict=False)),
            valores=dict(zip(valores, columnas, strict=False)),
            avances=c.avances,
            juntas=juntas,
            denominacion=c.por_nombre.get(Columna.DENOMINACION, titulos.ancho if juntas else None),
            indicador=c.por_nombre.get(Columna.INDICADOR),
            columna_de_marcas=de_marcas,
            de_fila=dict(enumerate(de_fila, titulos.ancho + _DE_TEXTOS)),
            anuales=c.metas,
            dudosos={p: n for p, n in dudosos.items() if _hay_programado(hoja, titulos, hasta, n)},
        )  # fmt: skip

    def titulo(self, columna: int) -> str:
        """As in any block; of a column of numbers, its row and its title."""
        if columna not in self.de_fila:
            return Matriz.titulo(self, columna)
        ejecutado, n = self.de_fila[columna]
        return f"{'Ejecutado' if ejecutado else 'Programado'} {self.titulos.textos[n]}"

    def dichas(self) -> Iterator[tuple[int, str]]:
        """Each column of the sheet with numbers or with the words Progr and Ejecut, and what it means."""
        if self.columna_de_marcas is not None:
            yield self.columna_de_marcas, "Progr y Ejecut"
        titulos = {
            **{n: f"Meta {cuando}" for cuando, n in (*self.metas.items(), *self.metas_semestre.items())},
            **{n: f"Valor {periodo}" for periodo, n in self.valores.items()},
        }
        significados: dict[int, list[str]] = {}
        for n, (ejecutado, columna) in self.de_fila.items():
            significados.setdefault(columna, []).append(f"{'Ejecut' if ejecutado else 'Progr'}: {titulos[n]}")
        yield from ((columna, "; ".join(dichos)) for columna, dichos in significados.items())

    def sin_semestre(self) -> Iterator[tuple[Celda, str, int]]:
        """Cell, code and year of each value of a whole year that is not that of any semester."""
        codigo = self.columnas[Columna.CODIGO]
        for renglon in self._renglones():
            if not renglon.completo:
                continue
            valores, celda = renglon.datos[True]
            for anio, columna in self.anuales.items():
                semestres = [valores[self.de_fila[n][1]] for p, n in self.valores.items() if p.anio == anio]
                dichos = [valor for valor in semestres if valor not in VACIAS]
                sobra = valores[columna] in (*VACIAS, *dichos) or (dichos and len(dichos) == len(semestres))
                if not sobra:
                    yield self.hoja.celda(celda.fila, columna + 1), normalizar(renglon.valores[codigo]), anio

    def _dato(self, numero: int, valores: Sequence[Any], marca: Marca) -> tuple[Any, Celda]:
        return valores, self.hoja.celda(numero, marca.columna + 1)

    def _fila(self, renglon: Renglon) -> Fila:
        textos, lugares = self._textos(renglon)
        numeros = []
        for columna, (ejecutado, n) in self.de_fila.items():
            valores, celda = renglon.datos[ejecutado]
            numeros.append(valores[n])
            lugares[columna] = self.hoja.celda(celda.fila, n + 1)
        return Fila(self, renglon.numero, [*renglon.valores[: self.titulos.ancho], *textos, *numeros], lugares)


def _programados(c: Columnas) -> tuple[dict[int, int], dict[Periodo, int], dict[Periodo, int]]:
    """The columns in which Progr is the target of a year, of a semester, and of nobody knows which."""
    anuales, del_semestre, dudosos = dict(c.metas), {}, {}
    for periodo, columna in c.valores.items():
        if periodo.anio in c.metas:
            del_semestre[periodo] = columna
        elif sum(otro.anio == periodo.anio for otro in c.valores) > 1:
            dudosos[periodo] = columna
        else:
            anuales[periodo.anio] = columna
    return anuales, del_semestre, dudosos


def _del_periodo(c: Columnas, periodo: Periodo | None) -> dict[Periodo, int]:
    """The column of a year as that of its values, where a período of it is named and none has a column."""
    if periodo is None or periodo.anio not in c.metas or any(p.anio == periodo.anio for p in c.valores):
        return {}
    return {periodo: c.metas[periodo.anio]}


def _son_solo_periodos(titulos: Titulos, valores: Mapping[Periodo, int]) -> bool:
    """Whether titles say nothing but their período: below «Valor 2025-I» nothing should be programmed."""
    try:
        return all(Periodo.leer(titulos.textos[n]) == periodo for periodo, n in valores.items())
    except DatoInvalido:
        return False


def _columna_de_marcas(hoja: Hoja, titulos: Titulos, hasta: int, propias: Sequence[int]) -> int | None:
    """The one column of the words, none with a number; None without one, or when numbers may stand beside them."""
    debajo = hoja.filas[titulos.ultima : hasta]
    todas = [(fila, marca) for fila in debajo for marca in marcas(fila)]
    columnas = {marca.columna for _, marca in todas}
    if len(columnas) != 1 or any(marca.numero for _, marca in todas):
        return None
    (columna,) = columnas
    al_lado = (fila[columna + 1] for fila, _ in todas if columna + 1 < len(fila))
    if columna in propias or (columna + 1 not in propias and any(map(es_numero, al_lado))):
        return None
    return columna


def _hay_programado(hoja: Hoja, titulos: Titulos, hasta: int, columna: int) -> bool:
    filas = (fila for fila in hoja.filas[titulos.ultima : hasta] if any(not m.ejecutado for m in marcas(fila)))
    return any(columna < len(fila) and fila[columna] not in VACIAS for fila in filas)
