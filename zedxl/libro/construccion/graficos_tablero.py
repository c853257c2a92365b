"""The charts of the Tablero, over its helper cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zedxl.aspecto import AZUL, CELESTE, SEMAFORO
from zedxl.graficos import Serie, barras_por_aei, columnas_por_oei, columnas_por_periodo
from zedxl.libro.construccion import datos_aei, datos_evolucion, datos_oei
from zedxl.libro.construccion.bloque import Bloque
from zedxl.libro.construccion.datos_tablero import DatosDelTablero
from zedxl.libro.construccion.lienzo import Hoja
from zedxl.vocabulario import Semaforo

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart

_PIXELES_POR_BARRA = 27
_PIXELES_ALREDEDOR = 130
_ALTO_MINIMO = 400
_ALTO_DE_FILA = 20
_SEPARACION = 8
_MAXIMO_CON_TOPE = 100
_PRIMERA_COLUMNA, _SEGUNDA_COLUMNA = 1, 11
_ANCHO_IZQUIERDO, _ANCHO_DERECHO = 602, 482
_ESPACIO_DE_BARRAS = {"x": 0.12, "y": 0.11, "width": 0.78, "height": 0.75}
_ESPACIO_DE_COLUMNAS = {"x": 0.09, "y": 0.27, "width": 0.88, "height": 0.46}
_ESPACIO_DE_EVOLUCION = {"x": 0.09, "y": 0.27, "width": 0.88, "height": 0.58}
"""Where the bars stand within each chart: their labels need room beyond 100 %."""
_NOMBRES = {
    Semaforo.VERDE: "Verde: a tiempo",
    Semaforo.AMBAR: "Ámbar: algo de retraso",
    Semaforo.ROJO: "Rojo: retraso",
    Semaforo.ND: "Gris: no se juzga aún",
}


def insertar_graficos(hoja: Hoja, datos: DatosDelTablero, fila: int, con_tope: bool) -> int:
    """Draw the charts from a row on; gives the last row that they cover.

    Without a tope an avance may pass 100, so that the axes end where the data do.
    """
    alto = max(_ALTO_MINIMO, _PIXELES_ALREDEDOR + _PIXELES_POR_BARRA * datos.aeis.bloque.largo)
    mitad = (alto - _SEPARACION) // 2
    libro = hoja.lienzo.libro
    por_aei, por_oei = _series_por_color(datos.aeis.bloque), _series_por_oei(datos.oeis.bloque)
    del_pei = _serie_del_pei(datos.evolucion.bloque)
    maximo = _MAXIMO_CON_TOPE if con_tope else None
    barras = barras_por_aei(libro, por_aei, "Avance de cada AEI; color según su ritmo", maximo=maximo)
    columnas = columnas_por_oei(libro, por_oei, "Avance y puntaje de cada OEI", maximo=maximo)
    evolucion = columnas_por_periodo(libro, del_pei, "Evolución del puntaje del PEI", maximo=maximo)
    barras.set_plotarea({"layout": _ESPACIO_DE_BARRAS})
    columnas.set_plotarea({"layout": _ESPACIO_DE_COLUMNAS})
    evolucion.set_plotarea({"layout": _ESPACIO_DE_EVOLUCION})
    _poner(hoja, barras, (fila, _PRIMERA_COLUMNA, 0), (_ANCHO_IZQUIERDO, alto),
           "Barras horizontales: avance de cada AEI frente a la meta del año, en el color de su ritmo.")  # fmt: skip
    _poner(hoja, columnas, (fila, _SEGUNDA_COLUMNA, 0), (_ANCHO_DERECHO, mitad),
           "Columnas: avance del indicador de cada OEI y puntaje de sus AEI.")  # fmt: skip
    _poner(hoja, evolucion, (fila, _SEGUNDA_COLUMNA, mitad + _SEPARACION), (_ANCHO_DERECHO, mitad),
           "Columnas: puntaje del PEI en cada período con valores.")  # fmt: skip
    return fila + alto // _ALTO_DE_FILA


def _poner(hoja: Hoja, grafico: Chart, lugar: tuple[int, int, int], tamano: tuple[int, int], descripcion: str) -> None:
    fila, columna, bajada = lugar
    grafico.chart_name = f"Gráfico {len(hoja.xl.charts) + 1}"
    grafico.set_size({"width": tamano[0], "height": tamano[1]})
    opciones = {"description": descripcion, "x_offset": 1, "y_offset": bajada, "object_position": 2}
    hoja.xl.insert_chart(fila, columna, grafico, opciones)


def _series_por_color(bloque: Bloque) -> list[Serie]:
    categorias = f"={bloque.rango(datos_aei.CODIGO)}"
    return [
        Serie(_NOMBRES[color], SEMAFORO[color], categorias, f"={bloque.rango(titulo)}")
        for color, titulo in datos_aei.SERIES.items()
    ]


def _series_por_oei(bloque: Bloque) -> list[Serie]:
    categorias = f"={bloque.rango(datos_oei.CODIGO)}"
    return [
        Serie("Avance de su indicador", CELESTE, categorias, f"={bloque.rango(datos_oei.AVANCE)}"),
        Serie("Puntaje de sus AEI", AZUL, categorias, f"={bloque.rango(datos_oei.PUNTAJE)}"),
    ]


def _serie_del_pei(bloque: Bloque) -> list[Serie]:
    periodos, columna = (f"={bloque.rango(titulo)}" for titulo in (datos_evolucion.PERIODO, datos_evolucion.COLUMNA))
    return [Serie("PEI", AZUL, periodos, columna)]
