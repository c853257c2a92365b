"""Helper cells of the Tablero, one row per AEI: its results side by side, its weights, its bar in the chart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from zedxl.evaluacion import EvaluacionAEI
from zedxl.libro.columnas import Columna
from zedxl.libro.construccion import nombres
from zedxl.libro.construccion.bloque import Bloque
from zedxl.libro.construccion.calculo import Calculo
from zedxl.libro.construccion.disposicion import (
    CRITICA,
    ESTADO,
    RITMO,
    SEMAFORO,
    Disposicion,
    Grupo,
    titulo_de_avance,
)
from zedxl.libro.construccion.lienzo import Formula, Hoja
from zedxl.libro.construccion.reunion import Reunion
from zedxl.libro.construccion.valores import (
    INVALIDO,
    NP,
    Historia,
    Valor,
    de_avance,
    de_esperado,
    de_estado,
    de_medida,
    de_semaforo,
)
from zedxl.medida import Motivo
from zedxl.plan import AEI
from zedxl.puntaje import pesos_por_grado
from zedxl.vocabulario import Ponderacion, Relevancia, Semaforo, SinDato

CODIGO = "AEI"
AVANCE = "Avance"
_ESPERADO = "Esperado"
PESO_EN_PEI = "Peso en el PEI"
PESO_EN_OEI = "Peso en su OEI"
AVANCE_JUZGADO = "Avance que se juzga"
ESPERADO_JUZGADO = "Esperado que se juzga"
_RELEVANCIA = "Relevancia"
_PESO_DADO = "Peso dado"
ORDEN_CRITICA = "Orden de las críticas"

SERIES = {
    Semaforo.VERDE: "Serie verde",
    Semaforo.AMBAR: "Serie ámbar",
    Semaforo.ROJO: "Serie roja",
    Semaforo.ND: "Serie sin juicio",
}
"""Titles of the series of the chart, one for each colour."""
FUERA_DE_SERIE = -1.0
"""What has no bar in a series: it falls below the axis and its label is blank (an #N/A would be drawn as 0 by Calc)."""


class DatosAEI:
    """The block, and how other formulas refer to it."""

    def __init__(self, disposicion: Disposicion, reunion: Reunion, fila: int) -> None:
        self._d = disposicion
        self._reunion = reunion
        self._calculo = Calculo(disposicion)
        self.grupos = tuple(g for o in disposicion.objetivos for g in o.aeis)
        titulos = (
            CODIGO, AVANCE, _ESPERADO, RITMO, SEMAFORO, CRITICA, ESTADO, *SERIES.values(), _RELEVANCIA, _PESO_DADO,
            PESO_EN_OEI, PESO_EN_PEI, AVANCE_JUZGADO, ESPERADO_JUZGADO, ORDEN_CRITICA,
            *(titulo_de_avance(p) for p in disposicion.periodos),
        )  # fmt: skip
        self.bloque = Bloque("AEI", fila, titulos, len(self.grupos))

    def del_oei(self, n: int) -> tuple[int, int] | None:
        """First and last row of the AEI of the n-th OEI, None when it has none."""
        antes = sum(len(o.aeis) for o in self._d.objetivos[:n])
        cuantas = len(self._d.objetivos[n].aeis)
        return (antes, antes + cuantas - 1) if cuantas else None

    def escribir(self, hoja: Hoja, historia: Historia) -> None:
        """Write the block with the values of the período shown."""
        self.bloque.escribir(hoja)
        for lugar in range(len(self._d.objetivos)):
            tramo = self.del_oei(lugar)
            if tramo is None:
                continue
            for n in range(tramo[0], tramo[1] + 1):
                self._escribir_fila(hoja, n, historia, tramo)

    def _escribir_fila(self, hoja: Hoja, n: int, historia: Historia, tramo: tuple[int, int]) -> None:
        grupo = self.grupos[n]
        evaluada = historia.aei(grupo.de.codigo)
        formulas = (
            *self._resultados(grupo, evaluada, historia),
            *self._series(n, evaluada),
            *self._pesos(n, grupo, historia, tramo),
            *self._juzgado(n, grupo, evaluada, historia),
            self._orden(n, historia),
            *self._por_periodo(grupo, historia),
        )
        for titulo, formula in zip(self.bloque.titulos, formulas, strict=True):
            self.bloque.formula(hoja, n, titulo, formula)

    def _resultados(self, grupo: Grupo, evaluada: EvaluacionAEI, historia: Historia) -> Iterator[Formula]:
        logro = evaluada.logro
        conjunto = self._reunion.conjunto(grupo)
        yield Formula(self._en_seguimiento(grupo, Columna.CODIGO.value), grupo.de.codigo)
        yield Formula(conjunto.avance, de_avance(logro.avance))
        yield Formula(conjunto.esperado, de_esperado(logro.esperado, logro.avance))
        yield Formula(self._en_seguimiento(grupo, RITMO), de_avance(logro.ritmo))
        yield Formula(self._en_seguimiento(grupo, SEMAFORO), de_semaforo(logro.ritmo, evaluada.semaforo_ritmo))
        yield Formula(self._en_seguimiento(grupo, CRITICA), historia.critica(grupo.de.codigo))
        yield Formula(self._en_seguimiento(grupo, ESTADO), de_estado(evaluada))

    def _series(self, n: int, evaluada: EvaluacionAEI) -> Iterator[Formula]:
        """The avance in the series of its colour only; nothing that is not a number has a bar."""
        avance, color = self.bloque.celda(n, AVANCE), self.bloque.celda(n, SEMAFORO)
        for semaforo in SERIES:
            texto = f'IF(ISNUMBER({avance}),IF({color}="{semaforo.value}",{avance},-1),-1)'
            suya = evaluada.semaforo_ritmo is semaforo and evaluada.logro.avance.valor is not None
            yield Formula(texto, de_medida(evaluada.logro.avance) if suya else FUERA_DE_SERIE)

    def _pesos(self, n: int, grupo: Grupo, historia: Historia, tramo: tuple[int, int]) -> Iterator[Formula]:
        aei = grupo.de
        assert isinstance(aei, AEI)
        peso = self._en_seguimiento(grupo, Columna.PESO.value)
        yield Formula(self._relevancia(grupo), aei.relevancia.value if aei.relevancia else "")
        yield Formula(f'IF({peso}="","",{peso})', "" if aei.peso is None else aei.peso)
        for desde, hasta in (tramo, (0, self.bloque.largo - 1)):
            aeis = [g.de for g in self.grupos[desde : hasta + 1]]
            pesos = _pesos([a for a in aeis if isinstance(a, AEI)], historia)
            yield Formula(self._peso(n, desde, hasta), pesos[n - desde])

    def _relevancia(self, grupo: Grupo) -> str:
        """The highest relevance among its indicators."""
        rango = self._d.en_columna(Columna.RELEVANCIA.value, grupo.primera, grupo.ultima)
        formula = '""'
        for relevancia in reversed(Relevancia):
            formula = f'IF(COUNTIF({rango},"{relevancia.value}")>0,"{relevancia.value}",{formula})'
        return formula

    def _peso(self, n: int, desde: int, hasta: int) -> str:
        """The weight of an AEI among others; an error when only some of them have what weighs them (SPEC 2.3)."""
        relevancias, dados = (self.bloque.rango(titulo, desde, hasta) for titulo in (_RELEVANCIA, _PESO_DADO))
        por_relevancia = (
            f"PESO_RELEVANCIA({relevancias})"
            if desde == hasta
            else f"INDEX(PESO_RELEVANCIA({relevancias}),{n - desde + 1})"
        )
        return (
            f'IF({nombres.PONDERACION}="Iguales",1,IF({nombres.PONDERACION}="Relevancia",'
            f'IF(COUNTIF({relevancias},"?*")<ROWS({relevancias}),VALUE("falta la relevancia"),{por_relevancia}),'
            f"IF(COUNT({dados})=0,1,"
            f'IF(COUNT({dados})<ROWS({dados}),VALUE("falta el peso"),{self.bloque.celda(n, _PESO_DADO)}))))'
        )

    def _juzgado(self, n: int, grupo: Grupo, evaluada: EvaluacionAEI, historia: Historia) -> Iterator[Formula]:
        """Avance and esperado for the ritmo of a group of AEI; "N/P" leaves out what is not judged."""
        logro = evaluada.logro
        excluir = historia.plan.parametros.sin_dato is SinDato.EXCLUIR and logro.avance.valor is None
        fuera = excluir or logro.ritmo.motivo is Motivo.MEDICION_ANUAL
        avance, esperado = self.bloque.celda(n, AVANCE), self.bloque.celda(n, _ESPERADO)
        sin_juicio = f'OR({self._calculo.no_se_juzga(grupo)},AND({nombres.SIN_DATO}="excluir",NOT(ISNUMBER({avance}))))'
        yield Formula(f'IF({sin_juicio},"N/P",{avance})', NP if fuera else de_avance(logro.avance))
        yield Formula(f'IF({sin_juicio},"N/P",{esperado})', NP if fuera else de_esperado(logro.esperado, logro.avance))

    def _orden(self, n: int, historia: Historia) -> Formula:
        """1 for the first critical AEI, 2 for the second; "" for the others."""
        hasta_aqui = [historia.aei(g.de.codigo) for g in self.grupos[: n + 1]]
        propia = self.bloque.celda(n, CRITICA)
        return Formula(
            f'IF(ISERROR({propia}),"",IF({propia}="CRÍTICA",COUNTIF({self.bloque.rango(CRITICA, 0, n)},"CRÍTICA"),""))',
            sum(e.critica for e in hasta_aqui) if hasta_aqui[-1].critica else "",
        )

    def _por_periodo(self, grupo: Grupo, historia: Historia) -> Iterator[Formula]:
        for periodo in self._d.periodos:
            avance = historia.logro(grupo, periodo).avance
            yield Formula(self._reunion.avance_en(grupo, periodo), de_avance(avance))

    def _en_seguimiento(self, grupo: Grupo, titulo: str) -> str:
        return f"Seguimiento!{self._d.celda(grupo.primera, titulo)}"


def _pesos(aeis: Sequence[AEI], historia: Historia) -> list[Valor]:
    """The weights that the formula gives to these AEI together."""
    ponderacion = historia.plan.parametros.ponderacion
    if ponderacion is Ponderacion.RELEVANCIA:
        grados = [a.relevancia.grado for a in aeis if a.relevancia]
        return _todos_o_invalidos(pesos_por_grado(grados), len(aeis))
    dados = [a.peso for a in aeis if a.peso is not None]
    if ponderacion is Ponderacion.IGUALES or not dados:
        return [1.0] * len(aeis)
    return _todos_o_invalidos(dados, len(aeis))


def _todos_o_invalidos(pesos: Iterable[float], cuantos: int) -> list[Valor]:
    completos: list[Valor] = list(pesos)
    return completos if len(completos) == cuantos else [INVALIDO] * cuantos
