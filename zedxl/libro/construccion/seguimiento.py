"""Sheet Seguimiento: the plan, its targets and the values that people type, with everything computed beside them."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter.utility import xl_range

from zedxl.aspecto import AZUL_CLARO, FONDO_SEMAFORO
from zedxl.criticidad import semaforo
from zedxl.libro import hojas
from zedxl.libro.columnas import Columna
from zedxl.libro.construccion import disposicion as en
from zedxl.libro.construccion import nombres, validaciones
from zedxl.libro.construccion.calculo import Calculo
from zedxl.libro.construccion.disposicion import Disposicion, Grupo, Renglon
from zedxl.libro.construccion.impresion import en_tres_paginas
from zedxl.libro.construccion.lienzo import (
    CELDA,
    CENTRADO,
    ENCABEZADO,
    ENTRADA,
    PORCENTAJE,
    RESALTADA,
    Formula,
    Hoja,
    Rasgos,
)
from zedxl.libro.construccion.reunion import Reunion
from zedxl.libro.construccion.validaciones import Validacion
from zedxl.libro.construccion.valores import (
    Historia,
    de_avance,
    de_esperado,
    de_estado,
    de_semaforo,
)
from zedxl.plan import AEI, OEI, VACIO
from zedxl.vocabulario import Semaforo

_ANCHOS = {
    Columna.CODIGO: 11.5, Columna.DENOMINACION: 40.0, Columna.PRIORIDAD: 10.0, Columna.RESPONSABLE: 16.0,
    Columna.CODIGO_INDICADOR: 13.0, Columna.INDICADOR: 40.0, Columna.UNIDAD: 12.0, Columna.SENTIDO: 12.0,
    Columna.AGREGACION: 13.5, Columna.FRECUENCIA: 11.5, Columna.RELEVANCIA: 12.5, Columna.LINEA_BASE_ANIO: 11.0,
}  # fmt: skip
_ANCHO_DE_NUMERO = 8.5
"""Narrow enough for «Avance 2025-II» to break before the year."""
_ANCHO_DE_VALOR = 13.0
"""Wide enough for «Valor 2025-II» not to break."""
_ANCHO_DEL_PERIODO = 11.5
_ANCHO_DE_ESTADO = 13.5
_GUIA_DE_META = f"Logro esperado, en la unidad de medida. {validaciones.SIN_SIGNO}"
_GUIA_DE_VALOR = (
    "Valor obtenido en el semestre. N/D si no está disponible; vacío si aún no se reporta. " + validaciones.SIN_SIGNO
)
_TEXTO: Rasgos = {"text_wrap": True}
_NUMERO: Rasgos = {"align": "right"}
_CENTRADAS = (Columna.CODIGO_INDICADOR, Columna.UNIDAD, Columna.SENTIDO, Columna.AGREGACION, Columna.FRECUENCIA,
              Columna.RELEVANCIA, Columna.PRIORIDAD)  # fmt: skip


def construir(hoja: Hoja, disposicion: Disposicion, historia: Historia, reunion: Reunion) -> None:
    """Write the sheet."""
    tabla = _Tabla(hoja, disposicion, historia, reunion)
    hoja.presentar(
        "Seguimiento del plan",
        "Escriba en las celdas de color crema; lo demás se calcula. N/D: no disponible. N/P: no programado.",
    )
    tabla.titular()
    for objetivo in disposicion.objetivos:
        tabla.escribir(objetivo.grupo, objetivo.grupo)
        for grupo in objetivo.aeis:
            tabla.escribir(grupo, objetivo.grupo)
    tabla.vestir()
    hoja.proteger()


class _Tabla:
    """The table of the sheet, while it is written."""

    def __init__(self, hoja: Hoja, disposicion: Disposicion, historia: Historia, reunion: Reunion) -> None:
        self._hoja = hoja
        self._d = disposicion
        self._historia = historia
        self._reunion = reunion
        self._calculo = Calculo(disposicion)

    def titular(self) -> None:
        """Write what each group of columns is about, the titles, and make it a real table."""
        d, hoja = self._d, self._hoja
        formato = hoja.lienzo.formato(ENCABEZADO, {"valign": "top"})
        hoja.xl.add_table(
            en.FILA_DE_TITULOS, 0, d.ultima_fila, len(d.titulos) - 1,
            {
                "name": "tblSeguimiento",
                "style": None,
                "columns": [{"header": titulo, "header_format": formato} for titulo in d.titulos],
            },
        )  # fmt: skip
        hoja.xl.set_row(en.FILA_DE_TITULOS, 38)
        hoja.xl.set_row(en.FILA_DE_TITULOS - 1, 18)
        for nombre, titulos in d.bandas:
            primera = d.columna(titulos[0])
            for n, _ in enumerate(titulos):
                hoja.texto(en.FILA_DE_TITULOS - 1, primera + n, "", RESALTADA)
            if titulos is not en.DEL_PERIODO:
                hoja.texto(en.FILA_DE_TITULOS - 1, primera, nombre, RESALTADA)
            else:
                texto = Formula(f'"{nombre}: "&{nombres.PERIODO}', f"{nombre}: {self._historia.actual}")
                hoja.formula(en.FILA_DE_TITULOS - 1, primera, texto, RESALTADA)
        for titulo in d.titulos:
            hoja.xl.set_column(d.columna(titulo), d.columna(titulo), ancho(titulo), hoja.lienzo.formato())

    def escribir(self, grupo: Grupo, objetivo: Grupo) -> None:
        """Write the rows of an OEI or AEI; ``objetivo`` is the OEI, itself or its own."""
        for renglon in grupo.renglones:
            self._hoja.xl.set_row(renglon.fila, _alto(renglon))
            self._escribir_plan(renglon)
            self._escribir_numeros(renglon)
            self._escribir_avances(grupo, renglon)
        self._escribir_conjunto(grupo, objetivo)

    def vestir(self) -> None:
        """Freeze, guide, colour and print."""
        d, xl = self._d, self._hoja.xl
        xl.freeze_panes(en.FILA_DE_TITULOS + 1, 2)
        xl.set_zoom(90)
        self._guiar()
        for titulo in (en.SEMAFORO, en.CRITICA, en.ESTADO):
            self._colorear(titulo)
        # An OEI is computed otherwise than the AEI around it; Excel would mark each such cell with a green corner.
        desde, hasta = d.columna(en.titulo_de_avance(d.periodos[0])), d.columna(en.ESTADO)
        calculadas = xl_range(en.FILA_DE_TITULOS + 1, desde, d.ultima_fila, hasta)
        xl.ignore_errors({"formula_differs": calculadas})
        en_tres_paginas(self._hoja, d, [ancho(t) for t in d.titulos])

    def _escribir_plan(self, renglon: Renglon) -> None:
        for columna, texto in _textos(renglon).items():
            es_codigo = columna is Columna.CODIGO
            rasgos: list[Rasgos] = [CELDA if es_codigo else ENTRADA, _TEXTO, _rasgos(renglon, es_codigo)]
            rasgos += [CENTRADO] if columna in _CENTRADAS else []
            self._hoja.texto(renglon.fila, self._d.columna(columna.value), texto, *rasgos)

    def _escribir_numeros(self, renglon: Renglon) -> None:
        """Baseline, bounds, weights, targets and values."""
        d, indicador, rasgos = self._d, renglon.indicador, _rasgos(renglon, calculado=False)
        peso = renglon.de.peso if isinstance(renglon.de, AEI) and renglon.primero else None
        for titulo, numero in (
            (Columna.PESO.value, peso),
            (Columna.PESO_INDICADOR.value, indicador.peso),
            (Columna.LINEA_BASE_ANIO.value, indicador.linea_base_anio),
        ):
            if titulo in d.titulos:
                self._hoja.numero(renglon.fila, d.columna(titulo), numero, ENTRADA, _NUMERO, rasgos)
        datos = {
            Columna.LINEA_BASE.value: indicador.linea_base,
            Columna.MINIMO.value: indicador.minimo,
            Columna.MAXIMO.value: indicador.maximo,
            **{en.titulo_de_meta(a): indicador.meta(a) for a in d.anios},
            **{en.titulo_de_valor(p): indicador.valor(p) for p in d.periodos},
        }
        if d.con_meta_de_semestre:
            datos |= {en.titulo_de_meta_semestre(p): indicador.metas_semestre.get(p, VACIO) for p in d.periodos}
        for titulo, dato in datos.items():
            self._hoja.dato(renglon.fila, d.columna(titulo), dato, ENTRADA, _NUMERO, rasgos)

    def _guiar(self) -> None:
        """Say what may be typed in each column of input cells, and refuse the rest."""
        d = self._d
        primera = d.renglones[0].fila
        guias: dict[str, Validacion | None] = {
            c.value: validaciones.de_columna(c, d.celda(primera, c.value)) for c in Columna if c.value in d.titulos
        }
        guias |= {t: validaciones.de_numero(t, _GUIA_DE_META) for t in d.titulos_de_meta}
        for titulo in (en.titulo_de_valor(p) for p in d.periodos):
            guias[titulo] = validaciones.de_valor(titulo, d.celda(primera, titulo), _GUIA_DE_VALOR)
        for titulo, guia in guias.items():
            if guia is not None:
                self._hoja.xl.data_validation(primera, d.columna(titulo), d.ultima_fila, d.columna(titulo), guia)

    def _escribir_avances(self, grupo: Grupo, renglon: Renglon) -> None:
        """What is computed for every indicator."""
        logro = self._historia.indicador(grupo, renglon)
        for periodo in self._d.periodos:
            valor = de_avance(self._historia.indicador(grupo, renglon, periodo).avance)
            self._formula(renglon, en.titulo_de_avance(periodo), Formula(self._calculo.avance(renglon, periodo), valor))
        for titulo, texto, valor in (
            (en.PROGRAMADO, self._calculo.programado(renglon), self._historia.programado(renglon)),
            (en.EJECUTADO, self._calculo.ejecutado(renglon), self._historia.ejecutado(renglon)),
            (en.AVANCE, self._calculo.avance_mostrado(renglon), de_avance(logro.avance)),
            (en.ESPERADO, self._calculo.esperado(renglon), de_esperado(logro.esperado, logro.avance)),
        ):
            self._formula(renglon, titulo, Formula(texto, valor))

    def _escribir_conjunto(self, grupo: Grupo, objetivo: Grupo) -> None:
        """What is computed once for an OEI or AEI, in its first row; the other rows stay empty."""
        formulas = dict(self._del_grupo(grupo, objetivo))
        for renglon in grupo.renglones:
            for titulo in (en.RITMO, en.SEMAFORO, en.NOTA, en.CRITICA, en.ESTADO):
                if renglon.primero and titulo in formulas:
                    self._formula(renglon, titulo, formulas[titulo])
                else:
                    self._hoja.texto(renglon.fila, self._d.columna(titulo), "", CELDA, _rasgos(renglon))

    def _del_grupo(self, grupo: Grupo, objetivo: Grupo) -> Iterator[tuple[str, Formula]]:
        logro = self._historia.logro(grupo)
        reglas = self._historia.plan.parametros
        c = self._reunion.conjunto(grupo)
        color = semaforo(logro.ritmo, reglas.umbral_rojo, reglas.umbral_verde)
        yield en.RITMO, Formula(self._calculo.ritmo(grupo, c), de_avance(logro.ritmo))
        yield en.SEMAFORO, Formula(self._calculo.semaforo(grupo), de_semaforo(logro.ritmo, color))
        if isinstance(grupo.de, OEI):
            return
        evaluada = self._historia.aei(grupo.de.codigo)
        critica = self._calculo.critica(grupo, objetivo, c)
        yield en.NOTA, Formula(self._calculo.nota(c), self._historia.nota(grupo.de.codigo))
        yield en.CRITICA, Formula(critica, self._historia.critica(grupo.de.codigo))
        yield en.ESTADO, Formula(self._calculo.estado(grupo, c), de_estado(evaluada))

    def _formula(self, renglon: Renglon, titulo: str, formula: Formula) -> None:
        rasgos: Rasgos = {} if titulo in (en.PROGRAMADO, en.EJECUTADO) else PORCENTAJE
        centrado = CENTRADO if titulo in (en.SEMAFORO, en.NOTA, en.CRITICA, en.ESTADO) else _NUMERO
        propia = Formula(formula.texto.replace(f"{hojas.SEGUIMIENTO}!", ""), formula.valor)
        self._hoja.formula(renglon.fila, self._d.columna(titulo), propia, CELDA, rasgos, centrado, _rasgos(renglon))

    def _colorear(self, titulo: str) -> None:
        rango = self._d.en_columna(titulo).removeprefix(f"{hojas.SEGUIMIENTO}!")
        for texto, color in _COLORES:
            formato = self._hoja.lienzo.condicional({"bg_color": f"#{FONDO_SEMAFORO[color]}"})
            self._hoja.xl.conditional_format(
                rango, {"type": "cell", "criteria": "==", "value": f'"{texto}"', "format": formato}
            )


_COLORES = (
    (Semaforo.VERDE.value, Semaforo.VERDE),
    (Semaforo.AMBAR.value, Semaforo.AMBAR),
    (Semaforo.ROJO.value, Semaforo.ROJO),
    ("Cumplida", Semaforo.VERDE),
    ("Crítica", Semaforo.ROJO),
    ("CRÍTICA", Semaforo.ROJO),
    ("Sin dato", Semaforo.AMBAR),
)


def ancho(titulo: str) -> float:
    """Width of a column of the table, in characters."""
    if titulo in (en.ESTADO, en.CRITICA):
        return _ANCHO_DE_ESTADO
    if titulo in en.DEL_PERIODO:
        return _ANCHO_DEL_PERIODO
    if titulo.startswith(Columna.VALOR.value):
        return _ANCHO_DE_VALOR
    return next((ancho for columna, ancho in _ANCHOS.items() if columna.value == titulo), _ANCHO_DE_NUMERO)


def _rasgos(renglon: Renglon, calculado: bool = True) -> Rasgos:
    """An OEI stands out from its AEI; where people type the colour stays that of an input cell."""
    if not isinstance(renglon.de, OEI):
        return {}
    return {"bold": True} | ({"bg_color": f"#{AZUL_CLARO}"} if calculado else {})


def _textos(renglon: Renglon) -> dict[Columna, str]:
    """The words of a row; what is said of an OEI or AEI as a whole stands in its first row only."""
    de, indicador = renglon.de, renglon.indicador
    primero = renglon.primero
    return {
        Columna.CODIGO: de.codigo,
        Columna.DENOMINACION: de.denominacion if primero else "",
        Columna.PRIORIDAD: de.prioridad.value if de.prioridad and primero else "",
        Columna.RESPONSABLE: de.responsable if isinstance(de, AEI) and primero else "",
        Columna.CODIGO_INDICADOR: indicador.codigo,
        Columna.INDICADOR: indicador.nombre,
        Columna.UNIDAD: indicador.unidad,
        Columna.SENTIDO: indicador.sentido.value,
        Columna.AGREGACION: indicador.agregacion.value,
        Columna.FRECUENCIA: indicador.frecuencia.value,
        Columna.RELEVANCIA: indicador.relevancia.value if indicador.relevancia else "",
    }


def _alto(renglon: Renglon) -> float:
    """Height that the longest text of a row needs, in points."""
    lineas = max(
        -(-len(texto) // int(_ANCHOS[columna] * 1.08))
        for columna, texto in _textos(renglon).items()
        if columna in _ANCHOS
    )
    return min(409.0, 13.5 * max(lineas, 2) + 4)
