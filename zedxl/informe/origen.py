"""The appendix "De dónde sale cada número": the cell of every target and value, and the rule applied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zedxl.aspecto import AZUL_CLARO
from zedxl.evaluacion import Conjunto, Evaluacion
from zedxl.informe import valores
from zedxl.informe.estilos import Estilo
from zedxl.informe.idioma import una_linea
from zedxl.informe.tablas import Fila, cabecera, casilla, tabla
from zedxl.informe.wordml import Xml, trozo
from zedxl.logro import Logro, LogroIndicador, regla_aplicada
from zedxl.numero import con_decimales, tal_cual
from zedxl.plan import Dato

_ANCHOS_AVANCES = (2.1, 6.9, 3.4, 3.6, 7.7, 1.9)
_ANCHOS_PUNTAJES = (2.2, 16.8, 2.2, 2.2, 2.2)


def avances(evaluacion: Evaluacion) -> Xml:
    """For each indicator of each OEI and AEI: target and value with their cells, the rule and the avance."""
    filas: list[Fila] = []
    for oei in evaluacion.oeis:
        filas += _filas(oei.oei.codigo, oei.logro, evaluacion, AZUL_CLARO)
        for aei in oei.aeis:
            filas += _filas(aei.aei.codigo, aei.logro, evaluacion, "")
    return tabla(
        _ANCHOS_AVANCES,
        [
            cabecera("Código", "Indicador", "Meta y su celda", "Valor y su celda", "Regla aplicada", "Avance (%)"),
            *filas,
        ],
        "De dónde sale cada avance",
        "Por cada indicador, la hoja y la celda de su meta y de su valor, la regla aplicada y el avance que resulta.",
    )


def puntajes(evaluacion: Evaluacion) -> Xml:
    """For each OEI and the plan: the avances that its score is the mean of."""
    filas = [_puntaje(o.oei.codigo, [(a.aei.codigo, a.logro) for a in o.aeis], o.conjunto, "") for o in evaluacion.oeis]
    filas.append(_puntaje("PEI", [(a.aei.codigo, a.logro) for a in evaluacion.aeis], evaluacion.conjunto, AZUL_CLARO))
    return tabla(
        _ANCHOS_PUNTAJES,
        [cabecera("Código", "Avances que intervienen", "Cobertura (%)", "Ritmo (%)", "Puntaje (%)"), *filas],
        "De dónde sale cada puntaje",
        "Por cada OEI y para el PEI, los avances de las AEI que intervienen, la cobertura, el ritmo y el puntaje.",
    )


def _filas(codigo: str, logro: Logro, evaluacion: Evaluacion, fondo: str) -> Iterator[Fila]:
    for indicador in logro.indicadores:
        yield _indicador(codigo, indicador, evaluacion, fondo)
    if len(logro.indicadores) != 1:
        regla = "Media de los avances de sus indicadores" if logro.indicadores else "Sin indicador"
        yield Fila(
            (
                casilla(trozo(codigo, Estilo.DESTACADO), fondo=fondo),
                casilla(regla, columnas=4, fondo=fondo),
                casilla(trozo(valores.avance(logro.avance), Estilo.DESTACADO), estilo=Estilo.CELDA_NUMERO, fondo=fondo),
            )
        )


def _indicador(codigo: str, logro: LogroIndicador, evaluacion: Evaluacion, fondo: str) -> Fila:
    regla = regla_aplicada(logro, evaluacion.periodo, evaluacion.plan.parametros)
    return Fila(
        (
            casilla(trozo(codigo, Estilo.DESTACADO), fondo=fondo),
            casilla(una_linea(logro.indicador.nombre), fondo=fondo),
            casilla(_con_celdas(valores.programado(logro), logro.datos_meta), fondo=fondo),
            casilla(_con_celdas(valores.ejecutado(logro), logro.datos_valor), fondo=fondo),
            casilla(regla, fondo=fondo),
            casilla(valores.avance(logro.avance), estilo=Estilo.CELDA_NUMERO, fondo=fondo),
        )
    )


def _puntaje(codigo: str, aeis: Sequence[tuple[str, Logro]], conjunto: Conjunto, fondo: str) -> Fila:
    pesos = conjunto.pesos or [None] * len(aeis)
    partes = [f"{aei} {_en_el_puntaje(logro, peso)}" for (aei, logro), peso in zip(aeis, pesos, strict=True)]
    numeros = (conjunto.cobertura, conjunto.ritmo, conjunto.puntaje)
    return Fila(
        (
            casilla(trozo(codigo, Estilo.DESTACADO), fondo=fondo),
            casilla("; ".join(partes) or "Sin AEI", fondo=fondo),
            *(casilla(valores.avance(n), estilo=Estilo.CELDA_NUMERO, fondo=fondo) for n in numeros),
        )
    )


def _en_el_puntaje(logro: Logro, peso: float | None) -> str:
    if not logro.avance.programada:
        return f"{con_decimales(logro.avance.valor)} (no interviene)"
    return con_decimales(logro.avance.valor) + ("" if peso is None else f" (peso {tal_cual(peso)})")


def _con_celdas(valor: str, datos: Sequence[Dato]) -> str:
    lugares = ", ".join(str(dato.celda) for dato in datos if dato.celda is not None)
    return f"{valor}  ({lugares})" if lugares else f"{valor}  (sin celda)"
