"""Semáforo, critical actions and the state of an AEI (SPEC 2.4)."""

from __future__ import annotations

from zedxl.medida import DatoInvalido, Medida, Motivo, alcanza
from zedxl.periodo import Periodo
from zedxl.vocabulario import Estado, Frecuencia, Semaforo

UMBRAL_ROJO = 75.0
UMBRAL_VERDE = 95.0
UMBRAL_CRITICO = 75.0


def semaforo(porcentaje: Medida, rojo: float = UMBRAL_ROJO, verde: float = UMBRAL_VERDE) -> Semaforo:
    """Red below ``rojo``, green from ``verde`` on, amber between; N/D stays N/D.

    >>> [semaforo(Medida(p)).value for p in (74.99, 75.0, 94.99, 95.0)]
    ['ROJO', 'ÁMBAR', 'ÁMBAR', 'VERDE']
    """
    if rojo > verde:
        raise DatoInvalido("El umbral rojo es mayor que el umbral verde.")
    if porcentaje.valor is None:
        return Semaforo.ND
    if alcanza(porcentaje.valor, verde):
        return Semaforo.VERDE
    return Semaforo.AMBAR if alcanza(porcentaje.valor, rojo) else Semaforo.ROJO


def se_juzga(frecuencia: Frecuencia, periodo: Periodo) -> bool:
    """Whether an indicator of this frequency is judged at ``periodo``: a yearly one is not at -I (SPEC 2.4).

    >>> se_juzga(Frecuencia.ANUAL, Periodo(2025, 1)), se_juzga(Frecuencia.ANUAL, Periodo(2025, 2))
    (False, True)
    """
    return frecuencia is Frecuencia.SEMESTRAL or periodo.cierra_anio


def es_critica(ritmo: Medida, umbral: float = UMBRAL_CRITICO, frecuencia: Frecuencia = Frecuencia.SEMESTRAL) -> bool:
    """Whether an AEI is critical: its ritmo is below ``umbral``, or it owes a report.

    ``ritmo`` is N/D with `Motivo.SIN_VALOR` for what was programmed but not reported: that is critical when it
    is measured each semester. Every other N/D is not critical. Source: SPEC 2.4.

    >>> es_critica(Medida(74.9)), es_critica(Medida(75.0)), es_critica(Medida(None, Motivo.SIN_VALOR))
    (True, False, True)
    """
    if ritmo.valor is None:
        return ritmo.motivo is Motivo.SIN_VALOR and frecuencia is Frecuencia.SEMESTRAL
    return not alcanza(ritmo.valor, umbral)


def estado(avance: Medida, critica: bool) -> Estado:
    """State of an AEI; the first that applies, in the order of SPEC 2.4.

    >>> estado(Medida(100.0), False).value, estado(Medida(66.67), False).value, estado(Medida(20.0), True).value
    ('Cumplida', 'En proceso', 'Crítica')
    """
    if not avance.programada:
        return Estado.NO_PROGRAMADA
    if avance.valor is None:
        return Estado.CRITICA if critica else Estado.SIN_DATO
    if alcanza(avance.valor, 100):
        return Estado.CUMPLIDA
    return Estado.CRITICA if critica else Estado.EN_PROCESO
