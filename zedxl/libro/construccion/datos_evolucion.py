"""Helper cells of the Tablero, one row per período, and how the plan went over them.

Where nothing was typed for a período, or nothing of an OEI or AEI was programmed or reported, there is "N/D": its
evolution has a gap there and not the 0 that a puntaje gives to what was not reported.
"""

from __future__ import annotations

from collections.abc import Iterator

from zedxl.libro.construccion import nombres
from zedxl.libro.construccion.bloque import Bloque
from zedxl.libro.construccion.datos_aei import FUERA_DE_SERIE, DatosAEI
from zedxl.libro.construccion.datos_oei import DatosOEI
from zedxl.libro.construccion.disposicion import Disposicion, titulo_de_avance, titulo_de_valor
from zedxl.libro.construccion.lienzo import Formula, Hoja
from zedxl.libro.construccion.valores import INVALIDO, ND, Historia, Valor, de_avance, de_medida
from zedxl.periodo import Periodo
from zedxl.trayectoria import puntaje_reportado

PERIODO = "Período"
_HAY_VALORES = "Valores escritos"
_CON_AVANCE = "AEI con avance"
_DEL_PEI = "Puntaje del PEI"
COLUMNA = "Columna del gráfico"


class DatosDeEvolucion:
    """The block, and the formulas of what each OEI, each AEI and the plan reached at a período."""

    def __init__(self, disposicion: Disposicion, aeis: DatosAEI, oeis: DatosOEI, fila: int) -> None:
        self._d = disposicion
        self._aeis = aeis
        self._oeis = oeis
        titulos = (PERIODO, _HAY_VALORES, _CON_AVANCE, _DEL_PEI, COLUMNA)
        self.bloque = Bloque("Evolución", fila, titulos, len(disposicion.periodos))

    def escribir(self, hoja: Hoja, historia: Historia) -> None:
        """Write the block."""
        self.bloque.escribir(hoja)
        for n, periodo in enumerate(self._d.periodos):
            for titulo, formula in zip(self.bloque.titulos, self._fila(n, periodo, historia), strict=True):
                self.bloque.formula(hoja, n, titulo, formula)

    def periodo(self, periodo: Periodo) -> Formula:
        """The name of a período."""
        return Formula(self._celda(periodo, PERIODO), str(periodo))

    def del_pei(self, periodo: Periodo, historia: Historia) -> Formula:
        """The puntaje of the plan at a período."""
        conjunto = historia.en(periodo).conjunto
        return Formula(
            self._celda(periodo, _DEL_PEI), _reportado(de_medida(puntaje_reportado(conjunto)), periodo, historia)
        )

    def del_oei(self, n: int, periodo: Periodo, historia: Historia) -> Formula:
        """The puntaje of the n-th OEI at a período."""
        tramo = self._aeis.del_oei(n)
        if tramo is None:
            return Formula(f'"{ND}"', ND)
        conjunto = historia.en(periodo).oeis[n].conjunto
        con_avance = f"COUNT({self._aeis.bloque.rango(titulo_de_avance(periodo), *tramo)})"
        return Formula(
            self._si_se_reporto(periodo, con_avance, self._oeis.puntaje_en(n, periodo)),
            _reportado(de_medida(puntaje_reportado(conjunto)), periodo, historia),
        )

    def de_la_aei(self, n: int, periodo: Periodo, historia: Historia) -> Formula:
        """The avance of the n-th AEI of the plan at a período."""
        celda = self._aeis.bloque.celda(n, titulo_de_avance(periodo))
        avance = de_avance(historia.en(periodo).aeis[n].logro.avance)
        return Formula(
            f'IF(OR({self._celda(periodo, _HAY_VALORES)}=0,ISTEXT({celda})),"{ND}",{celda})',
            _reportado(avance if avance == INVALIDO or not isinstance(avance, str) else ND, periodo, historia),
        )

    def _fila(self, n: int, periodo: Periodo, historia: Historia) -> Iterator[Formula]:
        avances = self._aeis.bloque.rango(titulo_de_avance(periodo))
        evaluacion = historia.en(periodo)
        del_pei = _reportado(de_medida(puntaje_reportado(evaluacion.conjunto)), periodo, historia)
        celda = self.bloque.celda(n, _DEL_PEI)
        yield Formula(f"INDEX({nombres.PERIODOS},{n + 1})", str(periodo))
        yield Formula(f"COUNT({self._d.en_columna(titulo_de_valor(periodo))})", float(historia.escritos(periodo)))
        yield Formula(f"COUNT({avances})", float(sum(a.logro.avance.valor is not None for a in evaluacion.aeis)))
        con_avance = self.bloque.celda(n, _CON_AVANCE)
        yield Formula(self._si_se_reporto(periodo, con_avance, self._oeis.puntaje_del_pei(periodo)), del_pei)
        yield Formula(f"IF(ISNUMBER({celda}),{celda},-1)", FUERA_DE_SERIE if isinstance(del_pei, str) else del_pei)

    def _si_se_reporto(self, periodo: Periodo, con_avance: str, puntaje: str) -> str:
        return f'IF(AND({self._celda(periodo, _HAY_VALORES)}>0,{con_avance}>0),{puntaje},"{ND}")'

    def _celda(self, periodo: Periodo, titulo: str) -> str:
        return self.bloque.celda(self._d.periodos.index(periodo), titulo)


def _reportado(valor: Valor, periodo: Periodo, historia: Historia) -> Valor:
    return valor if historia.escritos(periodo) else ND
