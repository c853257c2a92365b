"""What the charts of the report show."""

from __future__ import annotations

from functools import partial

from zedxl.aspecto import AZUL, SEMAFORO, degradado
from zedxl.codigo import corto
from zedxl.evaluacion import Evaluacion
from zedxl.graficos import barras_por_aei, columnas_por_oei, linea_por_periodo
from zedxl.informe.graficos_word import Columna, Grafico
from zedxl.informe.idioma import porcentaje, umbral
from zedxl.parametros import Parametros
from zedxl.trayectoria import puntaje_reportado, trayectorias
from zedxl.vocabulario import Semaforo

_CELESTE = "7FA7D0"
_ALTO_MAXIMO = 20.0  # cm
_AREA = (0.08, 0.08, 0.9, 0.7)
_AREA_SIN_LEYENDA = (0.08, 0.1, 0.9, 0.76)
_AREA_APAISADA = (0.05, 0.08, 0.93, 0.7)
_MAXIMO_DE_PERIODOS = 6  # the label of each column needs its room


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
    """The score of the plan at every period with values up to the evaluated one."""
    puntajes = {e.periodo: puntaje_reportado(e.conjunto) for e in evaluacion.historia_hasta_aqui}
    detalle = "; ".join(f"{periodo}: {porcentaje(puntaje)}" for periodo, puntaje in puntajes.items())
    return Grafico(
        partial(linea_por_periodo, maximo=_maximo(evaluacion.plan.parametros)),
        [str(periodo) for periodo in puntajes],
        [Columna("Avance conjunto de las AEI", AZUL, [puntaje.valor for puntaje in puntajes.values()])],
        alto=6.0,
        area=_AREA_SIN_LEYENDA,
        descripcion=f"Gráfico de línea del avance conjunto de las AEI por período. {detalle}.",
    )


def por_oei_y_periodo(evaluacion: Evaluacion) -> Grafico:
    """The score of each OEI, a column per period with values up to the evaluated one; the last six of them."""
    historia = evaluacion.historia_hasta_aqui[-_MAXIMO_DE_PERIODOS:]
    oeis = [t for t in trayectorias(historia) if t.codigo.startswith("OEI")]
    detalle = "; ".join(f"{corto(t.codigo)}: {', '.join(map(porcentaje, t.medidas))}" for t in oeis)
    periodos = ", ".join(str(e.periodo) for e in historia)
    return Grafico(
        partial(columnas_por_oei, maximo=_maximo(evaluacion.plan.parametros)),
        [corto(t.codigo) for t in oeis],
        [
            Columna(str(e.periodo), degradado(n, len(historia)), [t.medidas[n].valor for t in oeis])
            for n, e in enumerate(historia)
        ],
        alto=7.4,
        area=_AREA_APAISADA,
        descripcion=f"Gráfico de columnas del puntaje de cada OEI por período ({periodos}). {detalle}.",
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
