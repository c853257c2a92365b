"""Sheet Tablero: what matters at a glance, on one page, and how it came to be, on another."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter.utility import xl_rowcol_to_cell

from zedxl.aspecto import AZUL_CLARO, FONDO_SEMAFORO, GRIS, SEMAFORO
from zedxl.codigo import PLAN
from zedxl.libro import hojas
from zedxl.libro.columnas import Columna
from zedxl.libro.construccion import conteo, datos_aei, datos_oei, disposicion, nombres, tarjetas
from zedxl.libro.construccion.datos_tablero import DatosDelTablero
from zedxl.libro.construccion.disposicion import Disposicion
from zedxl.libro.construccion.evolucion import TablaDeEvolucion
from zedxl.libro.construccion.graficos_tablero import insertar_graficos
from zedxl.libro.construccion.impresion import con_una_pagina_entera
from zedxl.libro.construccion.lienzo import (
    APARTADO,
    CELDA,
    CENTRADO,
    ENCABEZADO,
    PORCENTAJE,
    TITULO,
    Formula,
    Hoja,
    Rasgos,
)
from zedxl.libro.construccion.valores import CRITICA, INVALIDO, Historia, de_avance, de_medida, de_semaforo
from zedxl.vocabulario import Semaforo

PRIMERA_COLUMNA = 1
COLUMNAS = 18
_ULTIMA_COLUMNA = PRIMERA_COLUMNA + COLUMNAS - 1
_ANCHO_DE_COLUMNA = 8.0
_FILA_DE_TARJETAS = 3
_FILA_DE_OEI = 7
_COLUMNA_DE_CRITICAS = 14
_CHICA: Rasgos = {"font_size": 9}
_TEXTO: Rasgos = {"text_wrap": True, "align": "left", "indent": 1}


def construir(hoja: Hoja, disposicion_: Disposicion, historia: Historia, datos: DatosDelTablero) -> None:
    """Write the sheet; the helper cells stand right of what is printed."""
    tablero = _Tablero(hoja, disposicion_, historia, datos)
    tablero.titular()
    tablero.escribir_tarjetas()
    tablero.escribir_objetivos()
    tablero.escribir_criticas()
    datos.escribir(hoja, historia)
    con_tope = historia.plan.parametros.tope
    ultima = insertar_graficos(hoja, datos, fila_de_graficos(disposicion_), con_tope)
    evolucion = TablaDeEvolucion(disposicion_, datos.evolucion, ultima + 2, (PRIMERA_COLUMNA, _ULTIMA_COLUMNA))
    evolucion.escribir(hoja, historia)
    tablero.vestir()
    primera_pagina = (ultima, _ANCHO_DE_COLUMNA * COLUMNAS)
    con_una_pagina_entera(hoja, primera_pagina, (evolucion.ultima_fila, _ULTIMA_COLUMNA))
    hoja.proteger()


def fila_de_graficos(disposicion_: Disposicion) -> int:
    """The row, from 0, where charts and helper cells begin: two below the last of the tables."""
    return _FILA_DE_OEI + 2 + len(disposicion_.objetivos) + 2


class _Tablero:
    """The sheet while it is written."""

    def __init__(self, hoja: Hoja, disposicion_: Disposicion, historia: Historia, datos: DatosDelTablero) -> None:
        self._hoja = hoja
        self._d = disposicion_
        self._historia = historia
        self._datos = datos
        self._fila_del_plan = _FILA_DE_OEI + 2 + len(disposicion_.objetivos)

    def titular(self) -> None:
        """Write whose plan it is and which período is shown."""
        entidad, hoja = self._historia.plan.entidad, self._hoja
        hoja.xl.set_column(0, 0, 1.5)
        hoja.xl.set_column(PRIMERA_COLUMNA, _ULTIMA_COLUMNA, _ANCHO_DE_COLUMNA, hoja.lienzo.formato())
        hoja.alto(0, 28)
        titulo = Formula(
            f'"PEI "&{nombres.PEI}&" · Tablero de seguimiento"', f"PEI {entidad.pei} · Tablero de seguimiento"
        )
        hoja.formula(0, PRIMERA_COLUMNA, titulo, TITULO, {"font_size": 18})
        lema = Formula(
            f'{nombres.NOMBRE}&" · Período de evaluación: "&{nombres.PERIODO}',
            f"{entidad.nombre} · Período de evaluación: {self._historia.actual}",
        )
        hoja.formula(1, PRIMERA_COLUMNA, lema, {"font_size": 11, "font_color": f"#{GRIS}"})
        hoja.alto(2, 6)

    def escribir_tarjetas(self) -> None:
        """Write the cards side by side."""
        for fila, alto in enumerate((18, 33, 17, 9), _FILA_DE_TARJETAS):
            self._hoja.alto(fila, alto)
        plan = tarjetas.CeldasDelPlan(
            *(
                xl_rowcol_to_cell(self._fila_del_plan, columna)
                for columna in (_COLUMNA_DE_PUNTAJE, _COLUMNA_DE_COBERTURA, _COLUMNA_DE_SEMAFORO)
            )
        )
        for n, tarjeta in enumerate(tarjetas.tarjetas(self._historia, plan, self._datos.aeis)):
            tarjetas.escribir(self._hoja, _FILA_DE_TARJETAS, _columna_de_tarjeta(n), tarjeta)

    def escribir_objetivos(self) -> None:
        """Write the table of the OEI, with the whole plan below."""
        hoja = self._hoja
        hoja.texto(_FILA_DE_OEI, PRIMERA_COLUMNA, "Objetivos estratégicos institucionales", APARTADO)
        for columna in range(PRIMERA_COLUMNA + 1, _COLUMNA_DE_CRITICAS - 1):
            hoja.texto(_FILA_DE_OEI, columna, "", APARTADO)
        hoja.alto(_FILA_DE_OEI, 20)
        hoja.alto(_FILA_DE_OEI + 1, 40)
        for columna, hasta, titulo in _COLUMNAS_DE_OEI:
            self._hoja.unir(_FILA_DE_OEI + 1, columna, hasta, {**ENCABEZADO, **_CHICA})
            hoja.texto(_FILA_DE_OEI + 1, columna, titulo, ENCABEZADO, _CHICA)
        for n in range(len(self._d.objetivos)):
            self._escribir_fila(_FILA_DE_OEI + 2 + n, tuple(self._del_objetivo(n)), {})
        total = {"bold": True, "bg_color": f"#{AZUL_CLARO}"}
        self._escribir_fila(self._fila_del_plan, tuple(self._del_plan()), total)

    def escribir_criticas(self) -> None:
        """Write the critical AEI, or that there is none; first of all, that an error hides whether there are."""
        hoja, primera = self._hoja, _FILA_DE_OEI + 1
        hoja.texto(_FILA_DE_OEI, _COLUMNA_DE_CRITICAS, "AEI críticas", APARTADO)
        for columna in range(_COLUMNA_DE_CRITICAS + 1, _ULTIMA_COLUMNA + 1):
            hoja.texto(_FILA_DE_OEI, columna, "", APARTADO)
        lugares = self._fila_del_plan - primera + 1
        rasgos = (_TEXTO, _CHICA)
        for n in range(lugares):
            self._hoja.unir(primera + n, _COLUMNA_DE_CRITICAS, _ULTIMA_COLUMNA, *rasgos)
            hoja.formula(primera + n, _COLUMNA_DE_CRITICAS, self._critica(n + 1, lugares), *rasgos)

    def vestir(self) -> None:
        """Colour what has a colour, and show the sheet first."""
        xl = self._hoja.xl
        for texto, color in ((s.value, s) for s in Semaforo):
            formato = self._hoja.lienzo.condicional({"bg_color": f"#{FONDO_SEMAFORO[color]}", "bold": True})
            xl.conditional_format(
                _FILA_DE_OEI + 2, _COLUMNA_DE_SEMAFORO, self._fila_del_plan, _COLUMNA_DE_SEMAFORO,
                {"type": "cell", "criteria": "==", "value": f'"{texto}"', "format": formato},
            )  # fmt: skip
        fila = _FILA_DE_TARJETAS + 1
        columna = _columna_de_tarjeta(tarjetas.LUGAR_DE_CRITICAS)
        roja = self._hoja.lienzo.condicional({"font_color": f"#{SEMAFORO[Semaforo.ROJO]}"})
        xl.conditional_format(
            fila, columna, fila, columna, {"type": "cell", "criteria": ">", "value": 0, "format": roja}
        )
        xl.center_horizontally()
        xl.set_first_sheet()
        xl.activate()

    def _del_objetivo(self, n: int) -> Iterator[Formula]:
        """The cells of an OEI: its words from Seguimiento, its numbers from the helper cells."""
        objetivo, b = self._d.objetivos[n], self._datos.oeis.bloque
        evaluado = self._historia.oei(objetivo.oei.codigo)
        conjunto, fila = evaluado.conjunto, objetivo.grupo.primera
        denominacion, prioridad = (
            f"{hojas.SEGUIMIENTO}!{self._d.celda(fila, c.value)}" for c in (Columna.DENOMINACION, Columna.PRIORIDAD)
        )
        yield Formula(b.celda(n, datos_oei.CODIGO), objetivo.oei.codigo)
        yield Formula(f'{denominacion}&""', objetivo.oei.denominacion)
        yield Formula(f'{prioridad}&""', objetivo.oei.prioridad.value if objetivo.oei.prioridad else "")
        yield Formula(b.celda(n, datos_oei.AVANCE), de_avance(evaluado.logro.avance))
        yield Formula(b.celda(n, datos_oei.PUNTAJE), de_avance(conjunto.puntaje))
        yield Formula(b.celda(n, datos_oei.COBERTURA), datos_oei.de_cobertura(evaluado.aeis))
        yield Formula(b.celda(n, disposicion.RITMO), de_medida(conjunto.ritmo))
        yield Formula(b.celda(n, disposicion.SEMAFORO), de_semaforo(conjunto.ritmo, conjunto.semaforo))

    def _del_plan(self) -> Iterator[Formula | str]:
        """The cells of the last row, over all AEI."""
        hoy, oeis = self._historia.hoy, self._datos.oeis
        ritmo = xl_rowcol_to_cell(self._fila_del_plan, _COLUMNA_DE_RITMO)
        yield PLAN
        yield "Todas las AEI del plan"
        yield ""
        yield ""
        yield Formula(oeis.puntaje_del_pei(), de_medida(hoy.conjunto.puntaje))
        yield Formula(oeis.cobertura_del_pei(), datos_oei.de_cobertura(hoy.aeis))
        yield Formula(oeis.ritmo_del_pei(), de_medida(hoy.conjunto.ritmo))
        yield Formula(
            f"SEMAFORO({ritmo},{nombres.UMBRAL_ROJO},{nombres.UMBRAL_VERDE})",
            de_semaforo(hoy.conjunto.ritmo, hoy.conjunto.semaforo),
        )

    def _escribir_fila(self, fila: int, celdas: tuple[Formula | str, ...], fondo: Rasgos) -> None:
        objetivo = celdas[1]
        largo = len(str(objetivo.valor if isinstance(objetivo, Formula) else objetivo))
        self._hoja.alto(fila, max(28, 4 + _PUNTOS_POR_LINEA * -(-largo // _LETRAS_DE_OBJETIVO)))
        for (columna, hasta, _), contenido in zip(_COLUMNAS_DE_OEI, celdas, strict=True):
            es_texto = columna <= _COLUMNA_DE_PRIORIDAD
            rasgos: list[Rasgos] = [CELDA, _CHICA, _TEXTO if es_texto else {**PORCENTAJE, **CENTRADO}, fondo]
            self._hoja.unir(fila, columna, hasta, *rasgos)
            if isinstance(contenido, Formula):
                self._hoja.formula(fila, columna, contenido, *rasgos)
            else:
                self._hoja.texto(fila, columna, contenido, *rasgos)

    def _critica(self, n: int, lugares: int) -> Formula:
        """The n-th line of the list; the last one says how many more there are."""
        criticas = self._datos.aeis.bloque.rango(disposicion.CRITICA)
        aviso = f"MIN(1,{conteo.errores(criticas)})"
        total = f"({conteo.apariciones(criticas, CRITICA)}+{aviso})"
        linea = self._linea(f"{n}-{aviso}")
        if n == lugares:
            linea = f'IF({total}>{lugares},"y "&({total}-{lugares - 1})&" más: vea Seguimiento",{linea})'
        if n == 1:
            linea = f'IF({aviso}=1,"{_CON_ERROR}",{linea})'
        nada = f'"{_NINGUNA}"' if n == 1 else '""'
        return Formula(f"IF({total}<{n},{nada},{linea})", self._linea_critica(n, lugares))

    def _linea(self, orden: str) -> str:
        """Formula of code and name of the critical AEI with a number in the list."""
        b, d = self._datos.aeis.bloque, self._d
        codigo = f"INDEX({b.rango(datos_aei.CODIGO)},MATCH({orden},{b.rango(datos_aei.ORDEN_CRITICA)},0))"
        codigos, denominaciones = (d.en_columna(c.value) for c in (Columna.CODIGO, Columna.DENOMINACION))
        return f'{codigo}&" · "&INDEX({denominaciones},MATCH({codigo},{codigos},0))'

    def _linea_critica(self, n: int, lugares: int) -> str:
        aviso = [_CON_ERROR] if INVALIDO in self._historia.criticas else []
        lineas = aviso + [f"{e.aei.codigo} · {e.aei.denominacion}" for e in self._historia.hoy.criticas]
        if len(lineas) < n:
            return _NINGUNA if n == 1 else ""
        if n == lugares < len(lineas):
            return f"y {len(lineas) - lugares + 1} más: vea Seguimiento"
        return lineas[n - 1]


_LETRAS_DE_OBJETIVO = 48  # that fit side by side in its columns
_PUNTOS_POR_LINEA = 12
_COLUMNA_DE_PRIORIDAD = 7
_COLUMNA_DE_PUNTAJE = 9
_COLUMNA_DE_COBERTURA = 10
_COLUMNA_DE_RITMO = 11
_COLUMNA_DE_SEMAFORO = 12
_COLUMNAS_DE_OEI = (
    (1, 1, "OEI"),
    (2, 6, "Objetivo"),
    (_COLUMNA_DE_PRIORIDAD, _COLUMNA_DE_PRIORIDAD, "Prioridad"),
    (8, 8, "Avance del indicador (%)"),
    (_COLUMNA_DE_PUNTAJE, _COLUMNA_DE_PUNTAJE, "Puntaje de sus AEI (%)"),
    (_COLUMNA_DE_COBERTURA, _COLUMNA_DE_COBERTURA, "Cobertura (%)"),
    (_COLUMNA_DE_RITMO, _COLUMNA_DE_RITMO, "Ritmo de sus AEI (%)"),
    (_COLUMNA_DE_SEMAFORO, _COLUMNA_DE_SEMAFORO, "Semáforo del ritmo"),
)
"""First and last column, and title, of what the table of the OEI says."""
_NINGUNA = "Ninguna acción crítica."
_CON_ERROR = "Hay avances con error: revise Seguimiento."


def _columna_de_tarjeta(n: int) -> int:
    return PRIMERA_COLUMNA + n * tarjetas.COLUMNAS_POR_TARJETA
