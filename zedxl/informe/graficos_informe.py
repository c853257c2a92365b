"""What the charts of the report show."""

from __future__ import annotations

from functools import partial

from zedxl.aspecto import AZUL, SEMAFORO
from zedxl.codigo import corto
from zedxl.evaluacion import Evaluacion
from zedxl.graficos import barras_por_aei, columnas_por_oei, linea_por_periodo
from zedxl.informe.graficos_word import Columna, Grafico
from zedxl.informe.idioma import porcentaje, umbral
from zedxl.parametros import Parametros
from zedxl.vocabulario import Semaforo

_CELESTE = "7FA7D0"
_ALTO_MAXIMO = 20.0  # cm
_AREA = (0.08, 0.08, 0.9, 0.7)
_AREA_SIN_LEYENDA = (0.08, 0.1, 0.9, 0.76)


def por_oei(evaluacion: Evaluacion) -> Grafico:
    """The avance of the own indicator of each OEI beside the score of its AEI."""
    oeis = evaluacion.oeis
    detalle = "; ".join(
        f"{corto(o.oei.codigo)}: avance {porcentaje(o.logro.avance)}, puntaje {porcentaje(o.conjunto.puntaje)}"
        for o in oeis
    )
    return Grafico(
        partial(columnas_por_oei, maximo=_maximo(evaluacion.plan.parametros)),
        [corto(o.oei.codigo) for o in oeis],
        [
            Columna("Avance del indicador del OEI", _CELESTE, [o.logro.avance.valor for o in oeis]),
            Columna("Puntaje de sus AEI", AZUL, [o.conjunto.puntaje.valor for o in oeis]),
        ],
        alto=6.6,
        area=_AREA,
        descripcion=f"Gráfico de columnas por OEI. {detalle}.",
    )


def por_aei(evaluacion: Evaluacion) -> Grafico:
    """The avance of each AEI in the colour of its ritmo."""
    aeis = evaluacion.aeis
    detalle = "; ".join(
        f"{corto(a.aei.codigo)}: {porcentaje(a.logro.avance)}, {a.semaforo_ritmo.value.lower()}" for a in aeis
    )
    presentes = [color for color in Semaforo if any(a.semaforo_ritmo is color for a in aeis)]
    alto = min(_ALTO_MAXIMO, 2.2 + 0.68 * len(aeis))
    return Grafico(
        partial(barras_por_aei, maximo=_maximo(evaluacion.plan.parametros)),
        [corto(a.aei.codigo) for a in aeis],
        [
            Columna(
                _ritmo(color, evaluacion.plan.parametros),
                SEMAFORO[color],
                [a.logro.avance.valor if a.semaforo_ritmo is color else None for a in aeis],
            )
            for color in reversed(presentes)
        ],
        alto=alto,
        area=(0.09, 0.3 / alto, 0.82, 1 - 1.9 / alto),
        descripcion=f"Gráfico de barras por AEI, con el color de su ritmo. {detalle}.",
    )


def por_periodo(evaluacion: Evaluacion) -> Grafico:
    """The score of the plan at every período with values up to the evaluated one."""
    historia = [e for e in evaluacion.historia if e.periodo <= evaluacion.periodo]
    detalle = "; ".join(f"{e.periodo}: {porcentaje(e.conjunto.puntaje)}" for e in historia)
    return Grafico(
        partial(linea_por_periodo, maximo=_maximo(evaluacion.plan.parametros)),
        [str(e.periodo) for e in historia],
        [Columna("Avance conjunto de las AEI", AZUL, [e.conjunto.puntaje.valor for e in historia])],
        alto=6.0,
        area=_AREA_SIN_LEYENDA,
        descripcion=f"Gráfico de línea del avance conjunto de las AEI por período. {detalle}.",
    )


def _maximo(parametros: Parametros) -> float | None:
    """Where an axis of percentages ends: without tope a value may be greater than 100."""
    return 100 if parametros.tope else None


def _ritmo(color: Semaforo, parametros: Parametros) -> str:
    rojo, verde = umbral(parametros.umbral_rojo), umbral(parametros.umbral_verde)
    return {
        Semaforo.VERDE: f"Ritmo de {verde} o más",
        Semaforo.AMBAR: f"Ritmo desde {rojo} y menor que {verde}",
        Semaforo.ROJO: f"Ritmo menor que {rojo}",
        Semaforo.ND: "Ritmo no disponible",
    }[color]
