"""Functions that judge an avance: is the pace enough, what colour, what state (SPEC 2.4)."""
# ruff: noqa: N802  (the names are those typed in a cell)

from __future__ import annotations

from typing import Annotated

from udfs import lectura
from udfs.celda import NO_DISPONIBLE
from udfs.registro import Entrada, funcion
from zedxl import avance as reglas_de_avance
from zedxl import criticidad, ritmo
from zedxl.medida import Medida
from zedxl.numero import leer_numero
from zedxl.periodo import Periodo
from zedxl.vocabulario import Estado, Semaforo, Sentido

Avance = Annotated[Medida, Entrada("Avance frente a la meta del año, de 0 a 100.", lectura.avance)]
PeriodoEvaluado = Annotated[Periodo, Entrada("Período que se evalúa, por ejemplo 2025-I.", lectura.periodo)]
Esperado = Annotated[
    Medida | None,
    Entrada("Avance esperado al período; si se omite, 50 en el semestre I y 100 en el II.", lectura.esperado),
]
UmbralCritico = Annotated[
    float, Entrada("Ritmo por debajo del cual la AEI es crítica; 75 si se omite.", lectura.umbral)
]


@funcion("Avance frente al año que corresponde tener al cierre de un período, de 0 a 100.")
def AVANCE_ESPERADO(
    periodo: PeriodoEvaluado,
    programado_semestre: Annotated[
        float | None, Entrada("Meta del semestre, si el plan la tiene.", leer_numero)
    ] = None,
    programado_anual: Annotated[float | None, Entrada("Meta del año, si se da la del semestre.", leer_numero)] = None,
) -> Medida:
    """Avance to be expected by the end of a período, in percent of the year's target (SPEC 2.4).

    >>> AVANCE_ESPERADO("2025-I"), AVANCE_ESPERADO("2025-II"), AVANCE_ESPERADO("2025-I", 3, 12)
    (50.0, 100.0, 25.0)
    """
    return ritmo.avance_esperado(periodo, programado_semestre, programado_anual)


@funcion("Ritmo de una AEI: su avance frente al que corresponde tener a la fecha, de 0 a 100.")
def RITMO_AEI(avance: Avance, periodo: PeriodoEvaluado, esperado: Esperado = None) -> Medida:
    """Avance against what was expected by then, in percent (SPEC 2.4).

    >>> RITMO_AEI(25, "2025-I"), RITMO_AEI(25, "2025-II"), RITMO_AEI(25, "2025-I", 25)
    (50.0, 25.0, 100.0)
    """
    return _ritmo(avance, periodo, esperado)


@funcion('Dice "CRÍTICA" si el ritmo de la AEI no alcanza el umbral; si alcanza, "NO CRÍTICA"; sin avance, "N/D".')
def AEI_CRITICA(
    avance: Avance,
    periodo: PeriodoEvaluado,
    umbral: UmbralCritico = criticidad.UMBRAL_CRITICO,
    esperado: Esperado = None,
) -> str:
    """Whether an AEI is critical at a período, judged by its ritmo; without a ritmo it is "N/D" (SPEC 2.4).

    >>> AEI_CRITICA(50, "2025-I"), AEI_CRITICA(50, "2025-II"), AEI_CRITICA("N/D", "2025-I")
    ('NO CRÍTICA', 'CRÍTICA', 'N/D')
    """
    marcha = _ritmo(avance, periodo, esperado)
    if marcha.valor is None:
        return NO_DISPONIBLE
    return "CRÍTICA" if criticidad.es_critica(marcha, umbral) else "NO CRÍTICA"


@funcion('Color de un porcentaje: "ROJO", "ÁMBAR" o "VERDE"; "N/D" si no hay porcentaje.')
def SEMAFORO(
    porcentaje: Annotated[Medida, Entrada("Avance, ritmo o puntaje, de 0 a 100.", lectura.avance)],
    rojo: Annotated[
        float, Entrada("Es rojo por debajo de este porcentaje; 75 si se omite.", lectura.umbral)
    ] = criticidad.UMBRAL_ROJO,
    verde: Annotated[
        float, Entrada("Es verde desde este porcentaje; 95 si se omite.", lectura.umbral)
    ] = criticidad.UMBRAL_VERDE,
) -> Semaforo:
    """Colour of a percentage against two thresholds (SPEC 2.4).

    >>> SEMAFORO([[74, 75, 95, "N/D"]])
    [['ROJO', 'ÁMBAR', 'VERDE', 'N/D']]
    """
    return criticidad.semaforo(porcentaje, rojo, verde)


@funcion('Estado de una AEI: "Cumplida", "En proceso", "Crítica", "Sin dato" o "No programada".')
def ESTADO_AEI(
    programado: Annotated[float | None, Entrada("Meta del año, en la unidad del indicador.", leer_numero)],
    ejecutado: Annotated[float | None, Entrada("Valor obtenido a la fecha.", leer_numero)],
    periodo: PeriodoEvaluado,
    sentido: Annotated[
        Sentido, Entrada("Ascendente (si se omite) o Descendente.", lectura.sentido_con_meta)
    ] = Sentido.ASCENDENTE,
    umbral: UmbralCritico = criticidad.UMBRAL_CRITICO,
) -> Estado:
    """State of an AEI that is measured each semester and has no target of its own for the semester (SPEC 2.4).

    Programmed but not reported is therefore "Crítica".

    >>> ESTADO_AEI(3, 3, "2025-I"), ESTADO_AEI(3, 2, "2025-I"), ESTADO_AEI(3, 1, "2025-I"), ESTADO_AEI("", 1, "2025-I")
    ('Cumplida', 'En proceso', 'Crítica', 'No programada')
    """
    logrado = reglas_de_avance.avance(programado, ejecutado, sentido)
    critica = criticidad.es_critica(_ritmo(logrado, periodo, None), umbral)
    return criticidad.estado(logrado, critica)


@funcion('Asterisco "*" de la AEI que va bien para el semestre aunque no llegue a 100 frente al año; si no, nada.')
def NOTA_AVANCE(avance: Avance, periodo: PeriodoEvaluado, esperado: Esperado = None) -> str:
    """The note under the matrix of the report: "*" or nothing (SPEC 2.4).

    >>> NOTA_AVANCE(50, "2025-I"), NOTA_AVANCE(100, "2025-I"), NOTA_AVANCE(50, "2025-II")
    ('*', '', '')
    """
    return ritmo.nota(avance, periodo, _esperado(periodo, esperado))


def _ritmo(avance: Medida, periodo: Periodo, esperado: Medida | None) -> Medida:
    return ritmo.ritmo(avance, _esperado(periodo, esperado))


def _esperado(periodo: Periodo, esperado: Medida | None) -> Medida:
    return ritmo.avance_esperado(periodo) if esperado is None else esperado
