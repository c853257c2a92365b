"""Functions about one indicator: its avance, its value of the year, its gap and its projection (SPEC 2.1, 2.2, 2.4)."""
# ruff: noqa: N802  (the names are those typed in a cell)

from __future__ import annotations

from typing import Annotated

from udfs import lectura
from udfs.registro import Entrada, funcion
from zedxl.avance import avance, avance_rango, avance_tipo_ii
from zedxl.medida import Medida
from zedxl.numero import leer_numero
from zedxl.periodo import Periodo
from zedxl.valor import brecha, proyeccion, valor_anual
from zedxl.vocabulario import Agregacion, Sentido

Meta = Annotated[float | None, Entrada("Logro esperado (meta) del año, en la unidad del indicador.", leer_numero)]
Ejecutado = Annotated[float | None, Entrada("Valor obtenido, en la unidad del indicador.", leer_numero)]
SentidoConMeta = Annotated[
    Sentido,
    Entrada("Ascendente (si se omite) o Descendente. Para No definido use AVANCE_RANGO.", lectura.sentido_con_meta),
]
LineaBase = Annotated[
    Medida | None, Entrada("Valor de línea base; si se da, el avance es de Tipo II. Vacío: Tipo I.", lectura.linea_base)
]
Tope = Annotated[bool, Entrada("VERDADERO (si se omite): el avance no pasa de 100. FALSO: sin tope.", lectura.logico)]
TipoDeAgregacion = Annotated[
    Agregacion,
    Entrada("Acumulado o No acumulado (si se omite).", lectura.palabra(Agregacion)),
]


@funcion("Avance de una AEI frente a su meta del año, de 0 a 100. N/D si falta la meta o el valor obtenido.")
def AVANCE_AEI(
    programado: Meta,
    ejecutado: Ejecutado,
    sentido: SentidoConMeta = Sentido.ASCENDENTE,
    linea_base: LineaBase = None,
    tope: Tope = True,
) -> Medida:
    """Avance of an AEI's indicator in percent, Tipo I; Tipo II when a baseline is given, be it "N/D" (SPEC 2.1).

    >>> round(AVANCE_AEI(3, 2), 2), AVANCE_AEI(3, 9), AVANCE_AEI(3, 9, tope=False), AVANCE_AEI(None, 2)
    (66.67, 100.0, 300.0, 'N/D')
    >>> AVANCE_AEI([[3], [50], ["tres"]], [[1.5], [67], [1]])
    [[50.0], [100.0], [ErrorDeCelda(codigo='#VALUE!', motivo='En «programado»: «tres» no es un número.')]]
    """
    return _avance_con_meta(programado, ejecutado, sentido, linea_base, tope)


@funcion(
    "Avance del indicador de un OEI frente a su meta del año, de 0 a 100. N/D si falta la meta o el valor obtenido."
)
def AVANCE_OEI(
    programado: Meta,
    ejecutado: Ejecutado,
    sentido: SentidoConMeta = Sentido.ASCENDENTE,
    linea_base: LineaBase = None,
    tope: Tope = True,
) -> Medida:
    """The same as `AVANCE_AEI`, for the indicator of an OEI.

    >>> AVANCE_OEI(2, 3), AVANCE_OEI(5, 0)
    (100.0, 0.0)
    """
    return _avance_con_meta(programado, ejecutado, sentido, linea_base, tope)


@funcion("Avance de un indicador que debe mantenerse entre un mínimo y un máximo (sentido No definido), de 0 a 100.")
def AVANCE_RANGO(
    minimo: Annotated[float | None, Entrada("Valor más bajo aceptable; vacío si no hay límite inferior.", leer_numero)],
    maximo: Annotated[float | None, Entrada("Valor más alto aceptable; vacío si no hay límite superior.", leer_numero)],
    ejecutado: Ejecutado,
    tope: Tope = True,
) -> Medida:
    """Avance in percent of an indicator with sentido No definido (SPEC 2.1).

    >>> AVANCE_RANGO(10, 20, 15), AVANCE_RANGO(10, 20, 5), AVANCE_RANGO(None, 20, 40)
    (100.0, 50.0, 50.0)
    """
    return avance_rango(minimo, maximo, ejecutado, tope)


@funcion("Valor del año a partir de los valores de sus dos semestres. N/D si faltan los dos.")
def VALOR_ANUAL(
    semestre_1: Annotated[float | None, Entrada("Valor obtenido en el primer semestre.", leer_numero)],
    semestre_2: Annotated[float | None, Entrada("Valor obtenido en el segundo semestre.", leer_numero)],
    agregacion: TipoDeAgregacion = Agregacion.NO_ACUMULADO,
) -> Medida:
    """Value of the year at AAAA-II, in the indicator's unit (SPEC 2.2).

    >>> VALOR_ANUAL(2, 3, "Acumulado"), VALOR_ANUAL(2, 3), VALOR_ANUAL(2, "N/D")
    (5.0, 3.0, 2.0)
    """
    return valor_anual(semestre_1, semestre_2, agregacion)


@funcion("Lo que falta para llegar a la meta, en la unidad del indicador; 0 si ya se alcanzó.")
def BRECHA_META(
    programado: Meta,
    ejecutado: Ejecutado,
    sentido: Annotated[
        Sentido, Entrada("Ascendente (si se omite) o Descendente.", lectura.palabra(Sentido))
    ] = Sentido.ASCENDENTE,
) -> Medida:
    """What is missing to the target, 0 or more, in the indicator's unit (SPEC 3).

    >>> BRECHA_META(16, 8), BRECHA_META(1, 3), BRECHA_META(10, 12, "Descendente")
    (8.0, 0.0, 2.0)
    """
    return brecha(programado, ejecutado, sentido)


@funcion("Valor al que se llegará al cierre del año si se mantiene el paso.")
def PROYECCION_ANUAL(
    valor: Ejecutado,
    periodo: Annotated[Periodo, Entrada("Período del valor, por ejemplo 2025-I.", lectura.periodo)],
    agregacion: TipoDeAgregacion = Agregacion.NO_ACUMULADO,
) -> Medida:
    """Value at the year's end at this pace, in the indicator's unit (SPEC 2.4).

    >>> PROYECCION_ANUAL(8, "2025-I", "Acumulado"), PROYECCION_ANUAL(8, "2025-I")
    (16.0, 8.0)
    """
    return proyeccion(valor, periodo, agregacion)


def _avance_con_meta(
    programado: float | None, ejecutado: float | None, sentido: Sentido, linea_base: Medida | None, tope: bool
) -> Medida:
    if linea_base is None:
        return avance(programado, ejecutado, sentido, tope)
    return avance_tipo_ii(programado, ejecutado, linea_base.valor, sentido, tope)
