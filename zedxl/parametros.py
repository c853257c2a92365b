"""Parámetros: everything a planning office may decide about the rules, in one frozen object."""

from __future__ import annotations

from dataclasses import dataclass

from zedxl.criticidad import UMBRAL_CRITICO, UMBRAL_ROJO, UMBRAL_VERDE
from zedxl.medida import DatoInvalido, exigir_numero
from zedxl.vocabulario import MetodoPEI, Ponderacion, Prioridad, SinDato, Tipo


@dataclass(frozen=True, slots=True)
class Parametros:
    """Thresholds (percentages), weights and methods, with the defaults of SPEC 2.

    ``prioridades_criticas`` restricts critical actions to those priorities; empty means all. Raises `DatoInvalido`
    when the thresholds contradict each other.
    """

    umbral_rojo: float = UMBRAL_ROJO
    umbral_verde: float = UMBRAL_VERDE
    umbral_critico: float = UMBRAL_CRITICO
    tipo: Tipo = Tipo.I
    tope: bool = True
    ponderacion: Ponderacion = Ponderacion.PESO
    sin_dato: SinDato = SinDato.CERO
    metodo_pei: MetodoPEI = MetodoPEI.AEI
    prioridades_criticas: tuple[Prioridad, ...] = ()

    def __post_init__(self) -> None:
        umbrales = {"rojo": self.umbral_rojo, "verde": self.umbral_verde, "crítico": self.umbral_critico}
        for nombre, umbral in umbrales.items():
            if not 0 <= exigir_numero(umbral, f"umbral {nombre}") <= 100:
                raise DatoInvalido(f"El umbral {nombre} debe estar entre 0 y 100.")
        if self.umbral_rojo > self.umbral_verde:
            raise DatoInvalido("El umbral rojo es mayor que el umbral verde.")
