"""The formulas of sheet Seguimiento, one function for each computed column.

They are the functions of SPEC 3 with native ones that Excel 2016 has, in plain A1. A cell that may be empty is passed
on as `_valor`, because Calc hands an empty cell to a function as 0.
"""

from __future__ import annotations

from dataclasses import dataclass

from zedxl.libro.columnas import Columna
from zedxl.libro.construccion import nombres
from zedxl.libro.construccion.disposicion import (
    AVANCE,
    CRITICA,
    EJECUTADO,
    RITMO,
    Disposicion,
    Grupo,
    Renglon,
    titulo_de_avance,
    titulo_de_meta,
    titulo_de_meta_semestre,
    titulo_de_valor,
)
from zedxl.libro.construccion.valores import SIN_NOTA
from zedxl.periodo import Periodo
from zedxl.plan import OEI


@dataclass(frozen=True, slots=True)
class Conjunto:
    """Cells of an OEI or AEI as a whole; the judged ones leave yearly indicators out at -I.

    ``avances_juzgados`` are those of its indicators one by one.
    """

    avance: str
    esperado: str
    avance_juzgado: str
    esperado_juzgado: str
    avances_juzgados: str


class Calculo:
    """Formulas, without their equals sign, for the rows of a `Disposicion`."""

    def __init__(self, disposicion: Disposicion) -> None:
        self._d = disposicion

    def avance(self, renglon: Renglon, periodo: Periodo) -> str:
        """Avance of an indicator at a período; "N/P" when nothing was programmed for its year (SPEC 2.1, 2.2)."""
        c = self._celdas(renglon)
        meta = self._d.celda(renglon.fila, titulo_de_meta(periodo.anio))
        valor = self._valor_al(renglon, periodo)
        funcion = "AVANCE_OEI" if isinstance(renglon.de, OEI) else "AVANCE_AEI"
        sin_meta = f'OR({meta}="",{meta}="N/D",AND({meta}=0,{c.sentido}<>"Descendente",NOT({_es_tipo_ii(c)})))'
        return (
            f'IF({c.sentido}="No definido",'
            f"AVANCE_RANGO({_valor(c.minimo)},{_valor(c.maximo)},{valor},{nombres.CON_TOPE}),"
            f'IF({sin_meta},"N/P",{funcion}({meta},{valor},{c.sentido}&"",{_base(c)},{nombres.CON_TOPE})))'
        )

    def programado(self, renglon: Renglon) -> str:
        """Target of the year shown; "Rango" where a minimum and a maximum take its place."""
        meta = self._meta_del_anio(renglon)
        sentido = self._celdas(renglon).sentido
        return f'IF({sentido}="No definido","Rango",IF(OR({meta}="",{meta}="N/D"),"N/P",{meta}))'

    def ejecutado(self, renglon: Renglon) -> str:
        """Value of the year at the período shown (SPEC 2.2)."""
        valores = self._d.en_fila(renglon.fila, [titulo_de_valor(p) for p in self._d.periodos])
        primero = f"INDEX({valores},{nombres.LUGAR_DEL_PRIMERO})"
        segundo = f"INDEX({valores},{nombres.LUGAR_DEL_PERIODO})"
        return (
            f'VALOR_ANUAL({_valor(primero)},IF({nombres.SEMESTRE}=2,{_valor(segundo)},""),'
            f'{self._celdas(renglon).agregacion}&"")'
        )

    def avance_mostrado(self, renglon: Renglon) -> str:
        """The avance of the período shown, out of those of all períodos."""
        avances = self._d.en_fila(renglon.fila, [titulo_de_avance(p) for p in self._d.periodos])
        return f"INDEX({avances},{nombres.LUGAR_DEL_PERIODO})"

    def esperado(self, renglon: Renglon) -> str:
        """Avance that should have been reached by the período shown (SPEC 2.4)."""
        avance = self._d.celda(renglon.fila, AVANCE)
        comun = f"AVANCE_ESPERADO({nombres.PERIODO})"
        if self._d.con_meta_de_semestre:
            comun = self._esperado_con_meta(renglon, comun)
        return f'IF({avance}="N/P","N/P",{comun})'

    def ritmo(self, grupo: Grupo, conjunto: Conjunto) -> str:
        """Ritmo of an OEI or AEI from its avance and esperado; a yearly measure is not judged at -I (SPEC 2.4)."""
        avance, esperado = conjunto.avance_juzgado, conjunto.esperado_juzgado
        return (
            f'IF({self.no_se_juzga(grupo)},"N/D",'
            f'IF({avance}="N/P","N/P",RITMO_AEI({avance},{nombres.PERIODO},{esperado})))'
        )

    def semaforo(self, grupo: Grupo) -> str:
        """Colour of the ritmo."""
        ritmo = self._d.celda(grupo.primera, RITMO)
        return f'IF({ritmo}="N/P","N/D",SEMAFORO({ritmo},{nombres.UMBRAL_ROJO},{nombres.UMBRAL_VERDE}))'

    def nota(self, conjunto: Conjunto) -> str:
        """The asterisk of an AEI that is on course for the semester, else a dash.

        Not "": Calc computes anew what has an empty value in the file, and without the functions that is #NAME?.
        """
        nota = f"NOTA_AVANCE({conjunto.avance},{nombres.PERIODO},{conjunto.esperado})"
        return f'IF({conjunto.avance}="N/P","{SIN_NOTA}",IF({nota}="*","*","{SIN_NOTA}"))'

    def critica(self, grupo: Grupo, objetivo: Grupo, conjunto: Conjunto) -> str:
        """Whether an AEI is critical, if its prioridad is among those that can be; also when it owes a report."""
        ritmo = self._d.celda(grupo.primera, RITMO)
        juicio = (
            f"AEI_CRITICA({conjunto.avance_juzgado},{nombres.PERIODO},{nombres.UMBRAL_CRITICO},"
            f"{conjunto.esperado_juzgado})"
        )
        return (
            f'IF(NOT({self._se_vigila(grupo, objetivo)}),"NO CRÍTICA",'
            f'IF(ISNUMBER({ritmo}),{juicio},IF({self._adeuda(grupo, conjunto)},"CRÍTICA","N/D")))'
        )

    def estado(self, grupo: Grupo, conjunto: Conjunto) -> str:
        """State of an AEI, in the order of SPEC 2.4.

        ESTADO_AEI cannot say it here: it knows neither yearly measures nor the parameters.
        """
        avance, critica = conjunto.avance, f'{self._d.celda(grupo.primera, CRITICA)}="CRÍTICA"'
        return (
            f'IF({avance}="N/P","No programada",IF({avance}="N/D",IF({critica},"Crítica","Sin dato"),'
            f'IF({avance}>=100-1E-9,"Cumplida",IF({critica},"Crítica","En proceso"))))'
        )

    def no_se_juzga(self, grupo: Grupo) -> str:
        """Whether all indicators of an OEI or AEI are yearly and the year is not over."""
        frecuencias = self._en_rango(grupo, Columna.FRECUENCIA.value)
        return f'AND({nombres.SEMESTRE}=1,COUNTIF({frecuencias},"Anual")=ROWS({frecuencias}))'

    def _en_rango(self, grupo: Grupo, titulo: str) -> str:
        return self._d.en_columna(titulo, grupo.primera, grupo.ultima)

    def _celdas(self, renglon: Renglon) -> _Celdas:
        return _Celdas(self._d, renglon.fila)

    def _valor_al(self, renglon: Renglon, periodo: Periodo) -> str:
        primero = _valor(self._d.celda(renglon.fila, titulo_de_valor(periodo.primero)))
        if not periodo.cierra_anio:
            return primero
        segundo = _valor(self._d.celda(renglon.fila, titulo_de_valor(periodo)))
        return f'VALOR_ANUAL({primero},{segundo},{self._celdas(renglon).agregacion}&"")'

    def _meta_del_anio(self, renglon: Renglon) -> str:
        metas = self._d.en_fila(renglon.fila, [titulo_de_meta(a) for a in self._d.anios])
        return f"INDEX({metas},{nombres.LUGAR_DEL_ANIO})"

    def _esperado_con_meta(self, renglon: Renglon, comun: str) -> str:
        """With a target for the semester: the avance that reaching it gives against the year's."""
        c = self._celdas(renglon)
        metas = self._d.en_fila(renglon.fila, [titulo_de_meta_semestre(p) for p in self._d.periodos])
        primera, segunda = (
            f"INDEX({metas},{lugar})" for lugar in (nombres.LUGAR_DEL_PRIMERO, nombres.LUGAR_DEL_PERIODO)
        )
        suma = f'AND({c.agregacion}="Acumulado",{nombres.SEMESTRE}=2)'
        meta = f"IF({suma},{primera}+{segunda},{segunda})"
        anual = self._meta_del_anio(renglon)
        return (
            f'IF(OR({c.sentido}="No definido",{segunda}="",AND({suma},{primera}="")),{comun},'
            f'AVANCE_AEI({anual},{meta},{c.sentido}&"",{_base(c)}))'
        )

    def _adeuda(self, grupo: Grupo, conjunto: Conjunto) -> str:
        """Whether what was programmed and is measured each semester was not reported."""
        ejecutados, frecuencias = (self._en_rango(grupo, t) for t in (EJECUTADO, Columna.FRECUENCIA.value))
        if not grupo.reune_varios:
            ejecutado, frecuencia = (self._d.celda(grupo.primera, t) for t in (EJECUTADO, Columna.FRECUENCIA.value))
            return f'AND({conjunto.avance_juzgado}="N/D",{ejecutado}="N/D",{frecuencia}<>"Anual")'
        sin_valor = f'SUMPRODUCT(--({conjunto.avances_juzgados}="N/D"),--({ejecutados}="N/D"))>0'
        no_es_anual = f'COUNTIF({frecuencias},"Anual")<ROWS({frecuencias})'
        return f'IF({conjunto.avance_juzgado}="N/D",AND({sin_valor},{no_es_anual}),FALSE)'

    def _se_vigila(self, grupo: Grupo, objetivo: Grupo) -> str:
        """Whether the prioridad of an AEI, or that of its OEI, is among those that can be critical."""
        suya, la_del_oei = (self._d.celda(g.primera, Columna.PRIORIDAD.value) for g in (grupo, objetivo))
        lista = f'","&SUBSTITUTE({nombres.PRIORIDADES_CRITICAS},", ",",")&","'
        return (
            f'OR({nombres.PRIORIDADES_CRITICAS}="",{nombres.PRIORIDADES_CRITICAS}="Todas",'
            f'ISNUMBER(SEARCH(","&IF({suya}="",IF({la_del_oei}="","sin prioridad",{la_del_oei}),{suya})&",",{lista})))'
        )


class _Celdas:
    """The cells of a row that most formulas need."""

    def __init__(self, disposicion: Disposicion, fila: int) -> None:
        self.sentido, self.agregacion, self.linea_base, self.minimo, self.maximo = (
            disposicion.celda(fila, columna.value)
            for columna in (
                Columna.SENTIDO, Columna.AGREGACION, Columna.LINEA_BASE, Columna.MINIMO, Columna.MAXIMO,
            )
        )  # fmt: skip


def _valor(celda: str) -> str:
    return f'IF({celda}="","",{celda})'


def _es_tipo_ii(celdas: _Celdas) -> str:
    """Whether the avance is measured from the baseline: asked for, and not something that adds up (SPEC 2.1)."""
    return f'AND({nombres.ES_TIPO_II},{celdas.agregacion}<>"Acumulado")'


def _base(celdas: _Celdas) -> str:
    """The baseline as AVANCE_AEI takes it: empty where it is not asked for, "N/D" where it is missing."""
    return f'IF({_es_tipo_ii(celdas)},IF({celdas.linea_base}="","N/D",{celdas.linea_base}),"")'
