"""Two columns of codes below one row of titles: of one table, or of two side by side?

The codes tell it: those of each row alike are a repetition for the reader's comfort, codes of indicators are one more
column, other codes beyond a blank column are a table of its own. Whatever else it may be stays a title that stands
twice, which is a question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from zedxl.codigo import oei_de
from zedxl.libro.bloques.columna_de_codigos import MUESTRA, es_de_objetivos, sobre_codigos
from zedxl.libro.bloques.juntas import codigo_en
from zedxl.libro.bloques.matriz import marcas
from zedxl.libro.bloques.titulos import Titulos
from zedxl.libro.columnas import CON_TIEMPO, Columna, Encabezado
from zedxl.libro.hoja import VACIAS, Hoja

_CODIGO = Encabezado(Columna.CODIGO)
_CODIGO_INDICADOR = Encabezado(Columna.CODIGO_INDICADOR)


def con_su_codigo(hoja: Hoja, titulos: Titulos, hasta: int) -> Titulos:
    """The titles, with one column of codes where those that stand over several can be told apart by what is below.

    Where nobody can tell whether a column has the codes of another table, it stands twice.
    """
    if _CODIGO not in titulos.columnas and _CODIGO not in titulos.repetidas:
        return titulos
    codigos = Codigos(hoja, titulos, hasta)
    elegida, de_indicadores = codigos.elegidas()
    if elegida is None and (pareja := _pareja(codigos)) is not None and pareja.es_dudosa:
        columnas = {e: n for e, n in titulos.columnas.items() if e != _CODIGO}
        return replace(titulos, columnas=columnas, repetidas=titulos.repetidas | {_CODIGO: (pareja.una, pareja.otra)})
    if elegida is None or (de_indicadores is None and _CODIGO not in titulos.repetidas):
        return titulos
    columnas = {e: n for e, n in titulos.columnas.items() if n not in (elegida, de_indicadores)} | {_CODIGO: elegida}
    if de_indicadores is not None:
        columnas[_CODIGO_INDICADOR] = de_indicadores
    return replace(titulos, columnas=columnas, repetidas={e: c for e, c in titulos.repetidas.items() if e != _CODIGO})


def columnas_de_corte(codigos: Codigos) -> range | None:
    """Before which columns two tables may be parted whose titles stand in the same row; None when there is only one."""
    if _CODIGO not in codigos.titulos.repetidas and _CODIGO not in codigos.titulos.columnas:
        return None
    pareja = _pareja(codigos)
    return range(pareja.vacias[0], pareja.desde + 1) if pareja is not None and pareja.son_dos else None


@dataclass(frozen=True)
class Codigos:
    """The columns of a row of titles that may have the codes, and what stands below them down to a row."""

    hoja: Hoja
    titulos: Titulos
    hasta: int

    @cached_property
    def todas(self) -> list[int]:
        """Those titled «Código», and others that have codes too."""
        filas, indice = self.hoja.filas, self.titulos.base - 1
        propias = self.titulos.repetidas.get(_CODIGO) or (self.titulos.columnas[_CODIGO],)
        return sorted({*propias, *(n for n in self.titulos.textos if sobre_codigos(filas, indice, n))})

    @cached_property
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
        return [codigo_en(fila, columna) for fila in self.debajo]

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
            columna >= len(fila) or fila[columna] in VACIAS for fila in self.debajo
        )

    def dicen_algo(self, desde: int, hasta: int) -> bool:
        """Whether these columns have targets or values, or rows Progr and Ejecut."""
        titulos = self.titulos
        con_titulo = [(e, c) for e, n in titulos.columnas.items() for c in titulos.repetidas.get(e, (n,))]
        con_titulo += [(e, c) for e, columnas in titulos.repetidas.items() for c in columnas]
        if any(e.columna in CON_TIEMPO and desde <= n < hasta for e, n in con_titulo):
            return True
        return any(desde <= marca.columna < hasta for fila in self.debajo[:MUESTRA] for marca in marcas(fila))


@dataclass(frozen=True, slots=True)
class _Pareja:
    """Two columns of codes in the same rows, with blank ones between them; the other side begins after these."""

    codigos: Codigos
    una: int
    otra: int
    vacias: tuple[int, ...]

    @property
    def desde(self) -> int:
        """The first column of the other side."""
        return self.vacias[-1] + 1

    @property
    def son_dos(self) -> bool:
        """Whether each is of a table of its own."""
        if not self._pueden_ser_dos:
            return False
        if self._con_titulo and not self.codigos.se_repiten:
            return True
        return self._dicen_ambas and (self.codigos.titulos.cuando_repetido or self._de_una_matriz)

    @property
    def es_dudosa(self) -> bool:
        """Whether a column over which no title says «Código» may be of a table of its own or not."""
        una, otra = self.codigos.en(self.una), self.codigos.en(self.otra)
        if self._con_titulo or not any(una) or not any(otra) or _casi_iguales(una, otra) or _van_juntas(una, otra):
            return False
        return self.codigos.dicen_algo(self.vacias[0], self._fin) and not self.son_dos

    @property
    def _pueden_ser_dos(self) -> bool:
        una, otra = self.codigos.en(self.una), self.codigos.en(self.otra)
        if self.codigos.dicen_algo(self.vacias[0], self.desde) or _casi_iguales(una, otra):
            return False  # of which of the two is what stands between them? Which of the codes is wrong?
        if not any(otra) and (self._dice_la_otra or not any(una)):
            return False
        return not (self._dicen_ambas and _van_juntas(una, otra))

    @property
    def _con_titulo(self) -> bool:
        return {self.una, self.otra} <= {*self.codigos.titulos.repetidas.get(_CODIGO, ())}

    @property
    def _dice_la_otra(self) -> bool:
        return self.codigos.dicen_algo(self.desde, self._fin)

    @property
    def _fin(self) -> int:
        return max(map(len, self.codigos.hoja.filas))

    @property
    def _dicen_ambas(self) -> bool:
        return self._dice_la_otra and self.codigos.dicen_algo(0, self.desde)

    @property
    def _de_una_matriz(self) -> bool:
        """Whether one side alone has rows Progr and Ejecut."""
        debajo = self.codigos.debajo[:MUESTRA]
        return len({marca.columna < self.desde for fila in debajo for marca in marcas(fila)}) == 1


def _pareja(codigos: Codigos) -> _Pareja | None:
    """The first two columns of codes, None where there are no two of them with blank ones between."""
    if len(codigos.todas) < 2 or _es_una_sola(codigos):
        return None
    una, otra = codigos.todas[:2]
    vacias = tuple(n for n in range(una + 1, otra) if codigos.vacia(n))
    return _Pareja(codigos, una, otra, vacias) if vacias else None


def _es_una_sola(codigos: Codigos) -> bool:
    """Whether all columns of codes are of one table: its other titles do not stand twice, and it is no matrix."""
    if codigos.elegidas()[1] is not None:
        return True
    if codigos.titulos.cuando_repetido or any(map(marcas, codigos.debajo[:MUESTRA])):
        return False
    return codigos.se_repiten


def _van_juntas(unos: Sequence[str], otros: Sequence[str]) -> bool:
    """Whether each row of two columns has an action and its objective, as one table has them."""
    pares = [sorted(par) for par in zip(unos, otros, strict=True) if all(par)]
    return bool(pares) and all(aei[:3] == "AEI" and oei == oei_de(aei) for aei, oei in pares)


def _casi_iguales(unos: Sequence[str], otros: Sequence[str]) -> bool:
    """Whether two columns differ in few of the codes that they have in the same rows, as by a mistake."""
    ambos = [uno == otro for uno, otro in zip(unos, otros, strict=True) if uno and otro]
    return 0 < ambos.count(False) < ambos.count(True)
