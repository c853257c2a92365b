"""Helper cells of the Tablero, one row per OEI."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zedxl.evaluacion import EvaluacionAEI
from zedxl.libro.columnas import Columna
from zedxl.libro.construccion import datos_aei, nombres
from zedxl.libro.construccion.bloque import Bloque
from zedxl.libro.construccion.datos_aei import DatosAEI
from zedxl.libro.construccion.disposicion import (
    RITMO,
    SEMAFORO,
    Disposicion,
    Objetivo,
    titulo_de_avance,
)
from zedxl.libro.construccion.lienzo import Formula, Hoja
from zedxl.libro.construccion.reunion import Reunion
from zedxl.libro.construccion.valores import (
    INVALIDO,
    Historia,
    Valor,
    de_avance,
    de_medida,
    de_semaforo,
)
from zedxl.medida import Motivo
from zedxl.periodo import Periodo
from zedxl.puntaje import cobertura, pesos_por_grado
from zedxl.vocabulario import MetodoPEI, Prioridad

CODIGO = "OEI"
AVANCE = "Avance del indicador"
PUNTAJE = "Puntaje"
COBERTURA = "Cobertura"
PRIORIDAD = "Prioridad"
_GRADO = "Grado"
_PESO = "Peso en el PEI"


class DatosOEI:
    """The block, and how other formulas refer to it."""

    def __init__(self, disposicion: Disposicion, reunion: Reunion, aeis: DatosAEI, fila: int) -> None:
        self._d = disposicion
        self._reunion = reunion
        self._aeis = aeis
        titulos = (
            CODIGO, AVANCE, PUNTAJE, COBERTURA, RITMO, SEMAFORO, PRIORIDAD, _GRADO, _PESO,
            *(_puntaje_en(p) for p in disposicion.periodos),
        )  # fmt: skip
        self.bloque = Bloque("OEI", fila, titulos, len(disposicion.objetivos))

    def escribir(self, hoja: Hoja, historia: Historia) -> None:
        """Write the block with the values of the período shown."""
        self.bloque.escribir(hoja)
        for n, objetivo in enumerate(self._d.objetivos):
            formulas = (
                *self._resultados(n, objetivo, historia),
                *self._peso(n, objetivo, historia),
                *self._por_periodo(n, objetivo, historia),
            )
            for titulo, formula in zip(self.bloque.titulos, formulas, strict=True):
                self.bloque.formula(hoja, n, titulo, formula)

    def puntaje_del_pei(self, periodo: Periodo | None = None) -> str:
        """Formula of the puntaje of the plan at a período, the one shown unless told which (SPEC 2.3)."""
        avance = datos_aei.AVANCE if periodo is None else titulo_de_avance(periodo)
        puntaje = PUNTAJE if periodo is None else _puntaje_en(periodo)
        b, a = self.bloque, self._aeis.bloque
        return (
            f'IF({nombres.METODO_PEI}="OEI",'
            f"PUNTAJE_PEI({b.rango(puntaje)},{b.rango(_PESO)},{nombres.SIN_DATO}),"
            f"PUNTAJE_PEI({a.rango(avance)},{a.rango(datos_aei.PESO_EN_PEI)},{nombres.SIN_DATO}))"
        )

    def puntaje_en(self, n: int, periodo: Periodo) -> str:
        """The cell with the puntaje of the n-th OEI at a período."""
        return self.bloque.celda(n, _puntaje_en(periodo))

    def cobertura_del_pei(self) -> str:
        """Formula of the cobertura over all AEI."""
        return f"COBERTURA({self._aeis.bloque.rango(datos_aei.AVANCE)})"

    def ritmo_del_pei(self) -> str:
        """Formula of the ritmo over all AEI that are judged, or over the OEI that have one."""
        b = self.bloque
        return (
            f'IF({nombres.METODO_PEI}="OEI",PUNTAJE_PEI({b.rango(RITMO)},{b.rango(_PESO)},"excluir"),'
            f"{self._ritmo('PUNTAJE_PEI', 0, self._aeis.bloque.largo - 1, datos_aei.PESO_EN_PEI)})"
        )

    def _resultados(self, n: int, objetivo: Objetivo, historia: Historia) -> Iterator[Formula]:
        evaluado = historia.oei(objetivo.oei.codigo)
        conjunto = evaluado.conjunto
        tramo = self._aeis.del_oei(n)
        ritmo = self._ritmo("PUNTAJE_OEI", *tramo, datos_aei.PESO_EN_OEI) if tramo else '"N/D"'
        avance = self._reunion.conjunto(objetivo.grupo).avance
        yield Formula(f"Seguimiento!{self._d.celda(objetivo.grupo.primera, Columna.CODIGO.value)}", objetivo.oei.codigo)
        yield Formula(avance, de_avance(evaluado.logro.avance))
        yield Formula(self._puntaje(n, datos_aei.AVANCE), de_avance(conjunto.puntaje))
        yield Formula(self._cobertura(n), de_cobertura(evaluado.aeis))
        yield Formula(ritmo, de_medida(conjunto.ritmo))
        yield Formula(
            f"SEMAFORO({self.bloque.celda(n, RITMO)},{nombres.UMBRAL_ROJO},{nombres.UMBRAL_VERDE})",
            de_semaforo(conjunto.ritmo, conjunto.semaforo),
        )

    def _peso(self, n: int, objetivo: Objetivo, historia: Historia) -> Iterator[Formula]:
        """The weight of an OEI in the puntaje of the plan, when Parámetros takes it over the OEI (SPEC 2.3)."""
        prioridad = objetivo.oei.prioridad
        escrita, grado = (self.bloque.celda(n, titulo) for titulo in (PRIORIDAD, _GRADO))
        prioridades, grados = (self.bloque.rango(titulo) for titulo in (PRIORIDAD, _GRADO))
        palabras = ",".join(f'"{p.value}"' for p in Prioridad)
        yield Formula(
            f'Seguimiento!{self._d.celda(objetivo.grupo.primera, Columna.PRIORIDAD.value)}&""',
            prioridad.value if prioridad else "",
        )
        yield Formula(f'IFERROR(MATCH({escrita},{{{palabras}}},0),"")', float(prioridad.grado) if prioridad else "")
        yield Formula(
            f'IF(OR({nombres.METODO_PEI}<>"OEI",COUNT({grados})=0),1,'
            f'IF(COUNT({grados})<ROWS({prioridades}),VALUE("falta la prioridad"),MAX({grados})-{grado}+1))',
            _pesos_de_los_oei(historia)[n],
        )

    def _por_periodo(self, n: int, objetivo: Objetivo, historia: Historia) -> Iterator[Formula]:
        for periodo in self._d.periodos:
            puntaje = historia.oei(objetivo.oei.codigo, periodo).conjunto.puntaje
            yield Formula(self._puntaje(n, titulo_de_avance(periodo)), de_avance(puntaje))

    def _puntaje(self, n: int, titulo: str) -> str:
        """Puntaje of an OEI over the avances under a title; "N/P" when none of its AEI was programmed."""
        tramo = self._aeis.del_oei(n)
        if tramo is None:
            return '"N/P"'
        avances, pesos = (self._aeis.bloque.rango(t, *tramo) for t in (titulo, datos_aei.PESO_EN_OEI))
        ninguna = f'AND(COUNTIF({avances},"N/P")=ROWS({avances}),ISNUMBER(SUM({pesos})))'
        return f'IF({ninguna},"N/P",PUNTAJE_OEI({avances},{pesos},{nombres.SIN_DATO}))'

    def _cobertura(self, n: int) -> str:
        tramo = self._aeis.del_oei(n)
        return f"COBERTURA({self._aeis.bloque.rango(datos_aei.AVANCE, *tramo)})" if tramo else '"N/D"'

    def _ritmo(self, funcion: str, desde: int, hasta: int, titulo_de_peso: str) -> str:
        """What the judged AEI reached against what was expected of them."""
        a = self._aeis.bloque
        pesos = a.rango(titulo_de_peso, desde, hasta)
        alcanzado, esperado = (
            f"{funcion}({a.rango(titulo, desde, hasta)},{pesos},{nombres.SIN_DATO})"
            for titulo in (datos_aei.AVANCE_JUZGADO, datos_aei.ESPERADO_JUZGADO)
        )
        return f"RITMO_AEI({alcanzado},{nombres.PERIODO},{esperado})"


def de_cobertura(aeis: Sequence[EvaluacionAEI]) -> Valor:
    """Cobertura of these AEI; an error value among their avances is one here too."""
    avances = [a.logro.avance for a in aeis]
    invalido = any(a.motivo is Motivo.DATO_INVALIDO for a in avances)
    return INVALIDO if invalido else de_medida(cobertura(avances))


def _pesos_de_los_oei(historia: Historia) -> list[Valor]:
    prioridades = [o.oei.prioridad for o in historia.hoy.oeis]
    grados = [p.grado for p in prioridades if p is not None]
    if historia.plan.parametros.metodo_pei is not MetodoPEI.OEI or not grados:
        return [1.0] * len(prioridades)
    return list(pesos_por_grado(grados)) if len(grados) == len(prioridades) else [INVALIDO] * len(prioridades)


def _puntaje_en(periodo: Periodo) -> str:
    return f"Puntaje {periodo}"
