"""CEPLAN's "reporte de seguimiento" (SPEC 4.1 b): the row of an AEI or OEI, followed by those of its indicators.

Which AEI an indicator belongs to is said by its place, not by its code: published annexes number them otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from zedxl.codigo import es_codigo
from zedxl.libro.bloques.bloque import Bloque, Fila, Forma, tiene_codigo
from zedxl.libro.columnas import Columna
from zedxl.libro.hoja import VACIAS
from zedxl.texto import como_texto


@dataclass(frozen=True, slots=True)
class Anexo(Bloque):
    """A block in which indicators have rows of their own below that of their AEI or OEI."""

    forma: ClassVar[Forma] = Forma.ANEXO

    def filas(self) -> Iterator[Fila]:
        """The rows of AEI and OEI as they stand, those of indicators with that of their AEI or OEI as ``madre``.

        An indicator below no known AEI or OEI has none.
        """
        codigo = self.columnas[Columna.CODIGO]
        de_indicadores = self._de_indicadores()
        madre: Fila | None = None
        for numero, valores in self.sin_notas():
            escrito = valores[codigo]
            if escrito in VACIAS:
                fila = Fila(self, numero, valores, self.lugares_de(numero))
                if fila.con_datos and not self.es_de_titulos(valores):
                    yield fila
            elif not tiene_codigo(valores, codigo) and self.es_de_titulos(valores):
                continue
            elif es_de_indicador(valores, codigo) and madre is not None:
                yield Fila(de_indicadores, numero, valores, self.lugares_de(numero), madre)
            else:
                fila = Fila(self, numero, valores, self.lugares_de(numero))
                # below a row whose code is wrong nobody knows whose the indicators are
                madre = fila if es_codigo(como_texto(escrito)) and not es_de_indicador(valores, codigo) else None
                yield fila

    def _de_indicadores(self) -> Anexo:
        """The same block as its rows of indicators say it: their code and their name stand where those of an AEI do."""
        columnas = dict(self.columnas)
        columnas[Columna.CODIGO_INDICADOR] = columnas[Columna.CODIGO]
        if Columna.DENOMINACION in columnas:
            columnas.setdefault(Columna.INDICADOR, columnas[Columna.DENOMINACION])
            del columnas[Columna.DENOMINACION]
        return replace(self, columnas=columnas)


def es_de_indicador(valores: Sequence[Any], columna: int) -> bool:
    """Whether the code of an indicator stands in a column of a row."""
    escrito = valores[columna]
    # of most rows two letters tell it
    return isinstance(escrito, str) and escrito.lstrip()[:2].upper() == "IN" and tiene_codigo(valores, columna)
