"""The matrix of OEI and AEI: two rows (Progr / Ejecut) for each indicator, as the institution publishes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zedxl.aspecto import AZUL_CLARO, FONDO_SEMAFORO
from zedxl.codigo import corto
from zedxl.evaluacion import Evaluacion, EvaluacionAEI, EvaluacionOEI
from zedxl.informe import valores
from zedxl.informe.estilos import Estilo
from zedxl.informe.idioma import umbral, una_linea
from zedxl.informe.tablas import Casilla, Fila, Union, cabecera, casilla, tabla
from zedxl.informe.wordml import Xml, trozo
from zedxl.logro import Logro, LogroIndicador
from zedxl.parametros import Parametros
from zedxl.periodo import Periodo

_ANCHOS = (1.5, 8.1, 2.2, 1.2, 1.3, 1.7)
_ALTO = 17.0  # points; two rows are as high as three lines of description


@dataclass(frozen=True, slots=True)
class _Medido:
    """What an OEI and an AEI have in common in the matrix."""

    codigo: str
    denominacion: str
    logro: Logro
    nota: str = ""
    fondo: str = ""
    fondo_avance: str = ""


def matriz(evaluacion: Evaluacion) -> Xml:
    """All OEI and AEI of the plan."""
    medidos = [medido for oei in evaluacion.oeis for medido in (_oei(oei), *map(_aei, oei.aeis))]
    return _tabla(evaluacion.periodo, [f for m in medidos for f in _filas(m)], "Avance de cada OEI y AEI")


def matriz_de_aei(evaluada: EvaluacionAEI, periodo: Periodo) -> Xml:
    """One AEI."""
    return _tabla(periodo, list(_filas(_aei(evaluada), unida=True)), f"Avance de la {corto(evaluada.aei.codigo)}")


def matriz_de_oei(evaluado: EvaluacionOEI, periodo: Periodo) -> Xml:
    """One OEI, and below it the score of its AEI."""
    nombre = corto(evaluado.oei.codigo)
    puntaje = Fila(
        (
            casilla(f"Avance en la gestión de las acciones estratégicas del {nombre}", columnas=5, fondo=AZUL_CLARO),
            casilla(
                trozo(valores.avance(evaluado.conjunto.puntaje), Estilo.DESTACADO),
                estilo=Estilo.CELDA_NUMERO,
                fondo=AZUL_CLARO,
            ),
        ),
        con_siguiente=True,
    )
    return _tabla(periodo, [*_filas(_oei(evaluado), unida=True), puntaje], f"Avance y puntaje del {nombre}")


def clave_de_colores(parametros: Parametros) -> str:
    """What the colours of column Acum. mean."""
    rojo, verde = umbral(parametros.umbral_rojo), umbral(parametros.umbral_verde)
    return (
        "El color del avance de cada AEI indica su ritmo frente a lo esperado en el período: "
        f"verde, desde {verde}; ámbar, desde {rojo}; rojo, menos de {rojo}; gris, no se juzga."
    )


def _tabla(periodo: Periodo, filas: Sequence[Fila], titulo: str) -> Xml:
    lapso = "Año" if periodo.cierra_anio else "Semest."
    titulos = cabecera(
        "Cód.", "Descripción", "U. Medida", casilla(lapso, estilo=Estilo.CABECERA, columnas=2), "Acum. (%)"
    )
    descripcion = (
        "Dos filas por indicador, lo programado para el año y lo ejecutado; la última columna es el avance "
        "respecto de la meta del año."
    )
    return tabla(_ANCHOS, [titulos, *filas], titulo, descripcion)


def _oei(evaluado: EvaluacionOEI) -> _Medido:
    return _Medido(
        evaluado.oei.codigo,
        una_linea(evaluado.oei.denominacion),
        evaluado.logro,
        fondo=AZUL_CLARO,
        fondo_avance=AZUL_CLARO,
    )


def _aei(evaluada: EvaluacionAEI) -> _Medido:
    return _Medido(
        evaluada.aei.codigo,
        una_linea(evaluada.aei.denominacion),
        evaluada.logro,
        evaluada.nota,
        fondo_avance=FONDO_SEMAFORO[evaluada.semaforo_ritmo],
    )


def _filas(medido: _Medido, unida: bool = False) -> Iterator[Fila]:
    """Two rows per indicator; ``unida`` keeps the last one on the page of what follows."""
    pares = medido.logro.indicadores or (None,)
    for numero, indicador in enumerate(pares):
        ultimo = numero == len(pares) - 1
        yield _progr(medido, indicador, primero=numero == 0)
        yield _ejecut(medido, indicador, con_siguiente=unida or not ultimo)


def _progr(medido: _Medido, logro: LogroIndicador | None, primero: bool) -> Fila:
    union = Union.INICIA if primero else Union.SIGUE
    codigo = (trozo(f"{corto(medido.codigo)}.", Estilo.DESTACADO),) if primero else ()
    avance = (trozo(valores.avance(medido.logro.avance, medido.nota), Estilo.DESTACADO),) if primero else ()
    return Fila(
        (
            Casilla(codigo, union=union, fondo=medido.fondo),
            Casilla(_descripcion(medido, logro, primero), union=Union.INICIA, fondo=medido.fondo),
            Casilla(
                (logro.indicador.unidad if logro else "",),
                Estilo.CELDA_CENTRADA,
                union=Union.INICIA,
                fondo=medido.fondo,
            ),
            casilla("Progr", fondo=medido.fondo),
            casilla(valores.programado(logro) if logro else "N/D", estilo=Estilo.CELDA_NUMERO, fondo=medido.fondo),
            Casilla(avance, Estilo.CELDA_NUMERO, union=union, fondo=medido.fondo_avance),
        ),
        con_siguiente=True,
        alto=_ALTO,
    )


def _ejecut(medido: _Medido, logro: LogroIndicador | None, con_siguiente: bool) -> Fila:
    sigue = Casilla(union=Union.SIGUE, fondo=medido.fondo)
    return Fila(
        (
            sigue,
            sigue,
            Casilla(estilo=Estilo.CELDA_CENTRADA, union=Union.SIGUE, fondo=medido.fondo),
            casilla("Ejecut", fondo=medido.fondo),
            casilla(valores.ejecutado(logro) if logro else "N/D", estilo=Estilo.CELDA_NUMERO, fondo=medido.fondo),
            Casilla(estilo=Estilo.CELDA_NUMERO, union=Union.SIGUE, fondo=medido.fondo_avance),
        ),
        con_siguiente=con_siguiente,
        alto=_ALTO,
    )


def _descripcion(medido: _Medido, logro: LogroIndicador | None, primero: bool) -> tuple[str, ...]:
    nombre = f"{medido.denominacion} " if primero else ""
    if logro is None:
        return (nombre, "Sin indicador.")
    return (nombre, trozo("Indicador: ", Estilo.DESTACADO), una_linea(logro.indicador.nombre))
