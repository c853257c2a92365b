"""The annex: the reporte de seguimiento, as CEPLAN's application prints it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zedxl.aspecto import AZUL_CLARO
from zedxl.evaluacion import Evaluacion, EvaluacionOEI
from zedxl.informe import valores
from zedxl.informe.cuerpo import ANCHO_APAISADO
from zedxl.informe.estilos import Estilo
from zedxl.informe.idioma import una_linea
from zedxl.informe.tablas import Casilla, Fila, Union, casilla, tabla
from zedxl.informe.wordml import Xml, trozo
from zedxl.logro import Logro, LogroIndicador
from zedxl.numero import tal_cual

_MAXIMO_DE_ANIOS = 5
_FIJOS = (2.3, 2.2, 2.2, 2.2, 1.3, 1.2)  # all but Denominación, before the years
_ANCHO_ANIO = 1.4
_ANCHO_DE_SU_TITULO = 2.8
_RESULTADOS = (1.7, 1.7)
_SIN_RELEVANCIA = {True: "*", False: "—"}  # CEPLAN asks for it in AEI, not in OEI


def reporte(evaluacion: Evaluacion) -> Xml:
    """A row per OEI and AEI, each followed by the rows of its indicators."""
    anios = _anios(evaluacion)
    codigo, *otros = _FIJOS
    anio = max(_ANCHO_ANIO, _ANCHO_DE_SU_TITULO / len(anios))
    libre = ANCHO_APAISADO - sum(_FIJOS) - len(anios) * anio - sum(_RESULTADOS)
    anchos = (codigo, libre, *otros, *(anio for _ in anios), *_RESULTADOS)
    filas = [fila for oei in evaluacion.oeis for fila in _grupo(oei, anios)]
    return tabla(
        anchos,
        [*_cabecera(evaluacion, anios), *filas],
        "Reporte de seguimiento",
        "Por cada OEI y AEI y sus indicadores: línea base, logro esperado por año, valor obtenido y avance.",
    )


def nota(evaluacion: Evaluacion, leyenda_matriz: str) -> str:
    """Which asterisk is meant in the annex; ``leyenda_matriz`` names the table that uses the other one."""
    con_asterisco = any(aei.nota for aei in evaluacion.aeis)
    if any(i.relevancia is None for aei in evaluacion.plan.aeis for i in aei.indicadores):
        otro = f" No es el asterisco de la {leyenda_matriz}, que señala un avance y que aquí no se usa."
        return (
            "* En este anexo, como en los reportes de CEPLAN, el asterisco señala una relevancia que no está "
            f"registrada.{otro if con_asterisco else ''}"
        )
    if con_asterisco:
        return f"Los avances se muestran aquí sin el asterisco de la {leyenda_matriz}, donde se explica su significado."
    return ""


def _anios(evaluacion: Evaluacion) -> Sequence[int]:
    """The years of the plan; of a long one those up to the evaluated year and at least that one."""
    anios = evaluacion.plan.anios
    if len(anios) <= _MAXIMO_DE_ANIOS:
        return anios
    hasta = max(anios.index(evaluacion.periodo.anio) + 1, _MAXIMO_DE_ANIOS)
    return anios[hasta - _MAXIMO_DE_ANIOS : hasta]


def _cabecera(evaluacion: Evaluacion, anios: Sequence[int]) -> Iterator[Fila]:
    periodo = evaluacion.periodo
    semestre = f"{periodo.anio}" if periodo.cierra_anio else f"{periodo.anio}-Semestre I"
    sueltos = ("Código", "Denominación", "Relevancia", "Sentido esperado", "Tipo de agregación")
    grupos = (("Línea base", 2), ("Logro esperado", len(anios)), (semestre, 2))
    yield Fila(
        (
            *(Casilla((t,), Estilo.CABECERA, union=Union.INICIA) for t in sueltos),
            *(casilla(titulo, estilo=Estilo.CABECERA, columnas=ancho) for titulo, ancho in grupos),
        ),
        cabecera=True,
        con_siguiente=True,
    )
    titulos = ("Valor", "Año", *map(str, anios), "Valor obtenido", "Avance (%)")
    yield Fila(
        (
            *(Casilla((), Estilo.CABECERA, union=Union.SIGUE) for _ in sueltos),
            *(casilla(titulo, estilo=Estilo.CABECERA) for titulo in titulos),
        ),
        cabecera=True,
        con_siguiente=True,
    )


def _grupo(oei: EvaluacionOEI, anios: Sequence[int]) -> Iterator[Fila]:
    yield from _elemento(oei.oei.codigo, oei.oei.denominacion, oei.logro, anios, AZUL_CLARO)
    for aei in oei.aeis:
        yield from _elemento(aei.aei.codigo, aei.aei.denominacion, aei.logro, anios, "")


def _elemento(codigo: str, denominacion: str, logro: Logro, anios: Sequence[int], fondo: str) -> Iterator[Fila]:
    """The row of an OEI or AEI, which repeats the data of its indicator if it has one, and those of its indicators."""
    indicadores = logro.indicadores
    datos = [_datos(i, anios, _SIN_RELEVANCIA[codigo.startswith("AEI")]) for i in indicadores]
    propios = datos[0] if len(datos) == 1 else [*["—"] * (6 + len(anios)), valores.avance(logro.avance)]
    yield _fila(codigo, denominacion, propios, fondo, Estilo.DESTACADO, sigue=bool(indicadores))
    for indicador, dato in zip(indicadores, datos, strict=True):
        propio = indicador.indicador.codigo or "Indicador"
        yield _fila(propio, indicador.indicador.nombre, dato, fondo, sigue=indicador is not indicadores[-1])


def _fila(
    codigo: str,
    denominacion: str,
    datos: Sequence[str],
    fondo: str,
    estilo: str = "",
    sigue: bool = False,
) -> Fila:
    palabras, numeros, avance = datos[:3], datos[3:-1], datos[-1]
    return Fila(
        (
            casilla(trozo(codigo, estilo), fondo=fondo),
            casilla(trozo(una_linea(denominacion), estilo), fondo=fondo),
            *(casilla(p, estilo=Estilo.CELDA_CENTRADA, fondo=fondo) for p in palabras),
            *(casilla(n, estilo=Estilo.CELDA_NUMERO, fondo=fondo) for n in numeros),
            casilla(trozo(avance, estilo), estilo=Estilo.CELDA_NUMERO, fondo=fondo),
        ),
        con_siguiente=sigue,
    )


def _datos(logro: LogroIndicador, anios: Sequence[int], sin_relevancia: str) -> Sequence[str]:
    """Relevancia to avance."""
    indicador = logro.indicador
    return [
        sin_relevancia if indicador.relevancia is None else indicador.relevancia.value,
        indicador.sentido.value,
        indicador.agregacion.value,
        tal_cual(indicador.linea_base.valor),
        "N/D" if indicador.linea_base_anio is None else str(indicador.linea_base_anio),
        *(tal_cual(indicador.meta(anio).valor) for anio in anios),
        valores.ejecutado(logro),
        valores.avance(logro.avance),
    ]
