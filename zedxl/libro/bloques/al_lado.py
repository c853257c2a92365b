"""Tables side by side on a sheet: where one ends and the next begins, as long as nobody has to guess.

Whether a second title for codes is that of another table is told by the codes below it: those of each row alike are a
repetition for the reader's comfort, codes of indicators are one more column, other codes beyond a blank column are a
table of its own. Whatever else it may be stays a title that stands twice, which is a question.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from zedxl.codigo import oei_de
from zedxl.libro.bloques.columna_de_codigos import es_de_objetivos, sobre_codigos
from zedxl.libro.bloques.franja import franja
from zedxl.libro.bloques.juntas import codigo_al_principio
from zedxl.libro.bloques.matriz import marcas
from zedxl.libro.bloques.sinonimos import Sinonimos
from zedxl.libro.bloques.titulos import Titulos, leer_titulos
from zedxl.libro.columnas import Columna, Encabezado
from zedxl.libro.hoja import Hoja

_CODIGO = Encabezado(Columna.CODIGO)
_CODIGO_INDICADOR = Encabezado(Columna.CODIGO_INDICADOR)
_LETRA = re.compile(r"[^\W\d_]")
_MUESTRA = 500
_VACIAS = (None, "")
_CON_TIEMPO = frozenset({Columna.META, Columna.META_SEMESTRE, Columna.VALOR, Columna.AVANCE})


@dataclass(frozen=True, slots=True)
class Corte:
    """Where a sheet is parted: before a column, in the rows from one to another that is not included; all from 0."""

    columna: int
    desde: int
    hasta: int


def corte_en(hoja: Hoja, encabezados: Sequence[Titulos], hasta: int, sinonimos: Sinonimos) -> Corte | None:
    """The first place where tables stand side by side above a row; None where each has its rows for itself."""
    for n, titulos in enumerate(encabezados):
        limite = encabezados[n + 1].primera - 1 if n + 1 < len(encabezados) else hasta
        columna = _en_la_misma_fila(_Codigos(hoja, titulos, limite))
        if columna is None:
            fin = _fin(hoja, titulos, encabezados[n + 1 :], hasta, sinonimos)
            columna = _en_otra_fila(hoja, titulos, fin, sinonimos)
        if columna is not None:
            fin = _hasta(hoja, encabezados[n + 1 :], columna, hasta, sinonimos)
            corte = Corte(columna, titulos.primera - 1, fin)
            if corte.hasta > titulos.ultima:
                return corte
    return None


def con_su_codigo(hoja: Hoja, titulos: Titulos, hasta: int) -> Titulos:
    """The titles, with one column of codes where those that stand over several can be told apart by what is below."""
    if _CODIGO not in titulos.columnas and _CODIGO not in titulos.repetidas:
        return titulos
    elegida, de_indicadores = _Codigos(hoja, titulos, hasta).elegidas()
    if elegida is None or (de_indicadores is None and _CODIGO not in titulos.repetidas):
        return titulos
    columnas = {e: n for e, n in titulos.columnas.items() if n not in (elegida, de_indicadores)} | {_CODIGO: elegida}
    if de_indicadores is not None:
        columnas[_CODIGO_INDICADOR] = de_indicadores
    return replace(titulos, columnas=columnas, repetidas={e: c for e, c in titulos.repetidas.items() if e != _CODIGO})


@dataclass(frozen=True, slots=True)
class _Codigos:
    """The columns of a row of titles that may have the codes, and what stands below them down to a row."""

    hoja: Hoja
    titulos: Titulos
    hasta: int

    @property
    def todas(self) -> list[int]:
        """Those titled «Código», and others that have codes too."""
        filas, indice = self.hoja.filas, self.titulos.base - 1
        propias = self.titulos.repetidas.get(_CODIGO) or (self.titulos.columnas[_CODIGO],)
        return sorted({*propias, *(n for n in self.titulos.textos if sobre_codigos(filas, indice, n))})

    @property
    def columnas(self) -> list[int]:
        """As `todas`, without that of the objective beside those of its actions."""
        propias = self.titulos.repetidas.get(_CODIGO) or (self.titulos.columnas[_CODIGO],)
        return [n for n in self.todas if n in propias or not es_de_objetivos(self.debajo, n)]

    @property
    def debajo(self) -> list[list[Any]]:
        """The rows below the titles."""
        return self.hoja.filas[self.titulos.ultima : self.hasta]

    def en(self, columna: int) -> list[str]:
        """The code of each row in a column, "" where there is none."""
        return [codigo_al_principio(fila[columna]) if columna < len(fila) else "" for fila in self.debajo]

    def elegidas(self) -> tuple[int | None, int | None]:
        """The column of codes and that of the codes of indicators; None for what nobody can tell, or is not there."""
        primera, *otras = self.columnas
        if not otras:
            return primera, None
        de_aei, *iguales = self.en(primera), *(self.en(n) for n in otras)
        if all(codigos == de_aei for codigos in iguales):
            return (primera, None) if any(de_aei) else (None, None)
        if len(otras) == 1 and _CODIGO_INDICADOR not in self.titulos.columnas:
            clases = [{codigo[:3] for codigo in codigos} - {""} for codigos in (de_aei, iguales[0])]
            if clases[1] == {"IND"} and clases[0] and "IND" not in clases[0]:
                return primera, otras[0]
            if clases[0] == {"IND"} and clases[1] and "IND" not in clases[1]:
                return otras[0], primera
        return None, None

    @property
    def se_repiten(self) -> bool:
        """Whether several columns have the same code in each row."""
        return len(self.columnas) > 1 and self.elegidas() != (None, None)

    def vacia(self, columna: int) -> bool:
        """Whether a column has neither a title nor anything below."""
        return columna not in self.titulos.textos and all(
            columna >= len(fila) or fila[columna] in _VACIAS for fila in self.debajo
        )

    def dicen_algo(self, desde: int, hasta: int) -> bool:
        """Whether these columns have targets or values, or rows Progr and Ejecut."""
        titulos = self.titulos
        con_titulo = [(e, c) for e, n in titulos.columnas.items() for c in titulos.repetidas.get(e, (n,))]
        con_titulo += [(e, c) for e, columnas in titulos.repetidas.items() for c in columnas]
        if any(e.columna in _CON_TIEMPO and desde <= n < hasta for e, n in con_titulo):
            return True
        return any(desde <= marca.columna < hasta for fila in self.debajo[:_MUESTRA] for marca in marcas(fila))


def _en_la_misma_fila(codigos: _Codigos) -> int | None:
    """The first column of a second table whose titles stand in the row of those of the first; None without one."""
    titulos = codigos.titulos
    if _CODIGO not in titulos.repetidas and _CODIGO not in titulos.columnas:
        return None
    if len(codigos.todas) < 2 or _es_una_sola(codigos):
        return None
    una, otra = codigos.todas[:2]
    vacias = [n for n in range(una + 1, otra) if codigos.vacia(n)]
    return vacias[-1] + 1 if vacias and _son_dos(codigos, una, otra, vacias) else None


def _es_una_sola(codigos: _Codigos) -> bool:
    """Whether all columns of codes are of one table: its other titles do not stand twice, and it is no matrix."""
    if codigos.elegidas()[1] is not None:
        return True
    if codigos.titulos.cuando_repetido or any(map(marcas, codigos.debajo[:_MUESTRA])):
        return False
    return codigos.se_repiten


def _son_dos(codigos: _Codigos, una: int, otra: int, vacias: Sequence[int]) -> bool:
    """Whether two columns of codes with blank ones between them are those of two tables."""
    desde = vacias[-1] + 1
    if codigos.dicen_algo(vacias[0], desde) or _casi_iguales(codigos.en(una), codigos.en(otra)):
        return False  # of which of the two is what stands between them? Which of the codes is wrong?
    dice_la_otra = codigos.dicen_algo(desde, max(len(fila) for fila in codigos.hoja.filas))
    if not any(codigos.en(otra)) and (dice_la_otra or not any(codigos.en(una))):
        return False
    dicen_ambas = dice_la_otra and codigos.dicen_algo(0, desde)
    if dicen_ambas and _van_juntas(codigos.en(una), codigos.en(otra)):
        return False
    con_titulo = {una, otra} <= {*codigos.titulos.repetidas.get(_CODIGO, ())}
    return (con_titulo and not codigos.se_repiten) or dicen_ambas


def _van_juntas(unos: Sequence[str], otros: Sequence[str]) -> bool:
    """Whether each row of two columns has an action and its objective, as one table has them."""
    pares = [sorted(par) for par in zip(unos, otros, strict=True) if all(par)]
    return bool(pares) and all(aei[:3] == "AEI" and oei == oei_de(aei) for aei, oei in pares)


def _casi_iguales(unos: Sequence[str], otros: Sequence[str]) -> bool:
    """Whether two columns differ in few of the codes that they have in the same rows, as by a mistake."""
    ambos = [uno == otro for uno, otro in zip(unos, otros, strict=True) if uno and otro]
    return 0 < ambos.count(False) < ambos.count(True)


def _en_otra_fila(hoja: Hoja, titulos: Titulos, hasta: int, sinonimos: Sinonimos) -> int | None:
    """The first column of the right one of two tables, of which the second begins beside the rows of the first."""
    codigo = titulos.columnas.get(_CODIGO)
    libres = [] if codigo is None else _libres(hoja, titulos, codigo)
    if codigo is None or not libres:
        return None
    con_codigo = [n for n in range(titulos.ultima, hasta) if codigo_al_principio(_en(hoja, n, codigo))]
    for indice in range(titulos.base, max(con_codigo, default=-1) + 1):
        for otra in libres:
            if _titula_otra(hoja, titulos, indice, otra, sinonimos):
                columna = _principio(hoja, titulos, indice, otra, hasta)
                if indice not in con_codigo or _dice_del_plan(hoja, columna, indice, otra, sinonimos):
                    return columna
    return None


def _titula_otra(hoja: Hoja, titulos: Titulos, indice: int, columna: int, sinonimos: Sinonimos) -> bool:
    """Whether a cell (from 0) is the title of the codes of a table beside, and not among the data of the first."""
    valor = _en(hoja, indice, columna)
    if not isinstance(valor, str) or not valor:
        return False
    es_de_codigos = valor[:1] in sinonimos.iniciales_de_codigo and sinonimos.es_de_codigo(valor)
    if not es_de_codigos and not sobre_codigos(hoja.filas, indice, columna):
        return False
    return _es_otra(hoja, titulos, indice, sinonimos)


def _dice_del_plan(hoja: Hoja, corte: int, indice: int, otra: int, sinonimos: Sinonimos) -> bool:
    """Whether the table whose codes are in a column has any, and targets or values, or rows Progr and Ejecut."""
    debajo = (_en(hoja, n, otra) for n in range(indice + 1, min(indice + 5, len(hoja.filas))))
    if not codigo_al_principio(next((valor for valor in debajo if valor not in _VACIAS), None)):
        return False
    lado = franja(hoja, slice(corte, None) if otra >= corte else slice(corte), indice + 1)
    if leer_titulos(lado, indice, sinonimos).dicen_cuando:
        return True
    return any(marcas(fila) for fila in lado.filas[indice + 1 : indice + 1 + _MUESTRA])


def _libres(hoja: Hoja, titulos: Titulos, codigo: int) -> list[int]:
    """The columns (from 0) that no title joins to that of the codes."""
    desde = hasta = codigo
    while desde - 1 in titulos.textos:
        desde -= 1
    while hasta + 1 in titulos.textos:
        hasta += 1
    ancho = max((len(fila) for fila in hoja.filas[titulos.ultima - 1 : titulos.ultima + 1]), default=0)
    return [n for n in range(ancho) if not desde <= n <= hasta]


def _es_otra(hoja: Hoja, titulos: Titulos, indice: int, sinonimos: Sinonimos) -> bool:
    """Whether a row that has titles is beside the first table and not below it: it has no titles in its columns."""
    if indice < titulos.ultima or codigo_al_principio(_en(hoja, indice, titulos.columnas[_CODIGO])):
        return True
    return not any(_dice_titulo(hoja, indice, n, sinonimos) for n in titulos.columnas.values())


def _dice_titulo(hoja: Hoja, indice: int, columna: int, sinonimos: Sinonimos) -> bool:
    """Whether a cell has a title in words: years stand among the data, too."""
    return _con_letras(hoja, indice, columna) and _es_titulo(hoja, indice, columna, sinonimos)


def _con_letras(hoja: Hoja, indice: int, columna: int) -> bool:
    valor = _en(hoja, indice, columna)
    return isinstance(valor, str) and _LETRA.search(valor) is not None


def _principio(hoja: Hoja, titulos: Titulos, indice: int, otra: int, hasta: int) -> int:
    """The first column of the table at the right, one of whose titles is that of codes in a row and column."""
    codigo = titulos.columnas[_CODIGO]
    if otra < codigo:
        return _sin_hueco(hoja, titulos.base - 1, codigo, hasta, {otra})
    # what stands above a table («Avance del semestre 2025-I») may look like a title of the first
    ajenas = {
        n for e, n in titulos.columnas.items() if e.columna not in _CON_TIEMPO or not _con_letras(hoja, indice, n)
    }
    return _sin_hueco(hoja, indice, otra, hasta, ajenas)


def _sin_hueco(hoja: Hoja, indice: int, columna: int, hasta: int, ajenas: Collection[int]) -> int:
    """The first of the columns up to one that have something from a row on, before an empty one or that of others."""
    while columna and columna - 1 not in ajenas:
        if all(_en(hoja, n, columna - 1) in _VACIAS for n in range(indice, hasta)):
            break
        columna -= 1
    return columna


def _fin(hoja: Hoja, titulos: Titulos, siguientes: Sequence[Titulos], hasta: int, sinonimos: Sinonimos) -> int:
    """The last row (from 1) of what is below titles, before others in the same column."""
    codigo = titulos.columnas.get(_CODIGO, 0)
    return next((t.primera - 1 for t in siguientes if _dice_titulo(hoja, t.base - 1, codigo, sinonimos)), hasta)


def _hasta(hoja: Hoja, siguientes: Sequence[Titulos], columna: int, hasta: int, sinonimos: Sinonimos) -> int:
    """The last row (from 1) before titles that stand on both sides of a column."""
    for titulos in siguientes:
        indice = titulos.base - 1
        dicen = _dice_titulo if any(map(codigo_al_principio, hoja.filas[indice])) else _es_titulo
        con_titulo = (n for n in range(len(hoja.filas[indice])) if dicen(hoja, indice, n, sinonimos))
        if len({n < columna for n in con_titulo}) == 2:
            return titulos.primera - 1
    return hasta


def _es_titulo(hoja: Hoja, indice: int, columna: int, sinonimos: Sinonimos) -> bool:
    return sinonimos.reconocer(_en(hoja, indice, columna)) is not None


def _en(hoja: Hoja, indice: int, columna: int) -> Any:
    fila = hoja.filas[indice]
    return fila[columna] if 0 <= columna < len(fila) else None
