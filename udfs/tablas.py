"""Functions that give a table: the summary by OEI and the findings of a plan (SPEC 3, 5)."""
# ruff: noqa: N802  (the names are those typed in a cell)

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from udfs import lectura
from udfs.celda import FALLAS, ErrorDeCelda, Rango, esta_vacia, sin_error
from udfs.puntajes import Avances, Pesos, puntaje_de
from udfs.registro import Entrada, Resultado, funcion
from zedxl.codigo import normalizar, oei_de
from zedxl.criticidad import es_critica
from zedxl.libro.revision import Bloque, revisar
from zedxl.medida import DatoInvalido
from zedxl.plan import Celda
from zedxl.puntaje import cobertura
from zedxl.texto import como_texto

TITULOS_RESUMEN = ("Código OEI", "Puntaje", "AEI", "Cobertura", "Críticas al cierre")
TITULOS_HALLAZGOS = ("Severidad", "Regla", "Fila", "Código", "Mensaje", "Sugerencia")
SIN_HALLAZGOS = ("nota", "sin-hallazgos", "", "", "No se encontró nada que corregir.", "")


@funcion(
    "Tabla por OEI: puntaje, número de AEI, cobertura y cuántas serían críticas si el año cerrara así.",
    Resultado.TABLA,
)
def RESUMEN_OEI(
    codigos: Annotated[
        Rango, Entrada("Códigos de las AEI, uno por avance; se agrupan por OEI: AEI.01.02 es de OEI.01.")
    ],
    avances: Avances,
    pesos: Pesos = None,
) -> list[list[object]]:
    """One row for each OEI under a row of titles, in the order in which the OEI first appear.

    ``AEI`` counts the codes of the OEI's actions. There is no período among the arguments, so ``Críticas al cierre``
    counts those that would be critical if the year closed with these avances: below 75, or programmed and not reported
    (SPEC 2.4 at -II). Rows with the code of an OEI or of an indicator, and rows without code and avance, do not count.
    An avance that cannot be read spoils only the figures of its OEI.

    >>> for fila in RESUMEN_OEI(["AEI.01.01", "AEI.01.02", "AEI.02.01"], [50, 100, "N/D"]):
    ...     print(fila)
    ['Código OEI', 'Puntaje', 'AEI', 'Cobertura', 'Críticas al cierre']
    ['OEI.01', 75.0, 2, 100.0, 1]
    ['OEI.02', 0.0, 1, 0.0, 1]
    """
    for rango, nombre in ((avances, "avances"), (pesos, "pesos")):
        if rango is not None and rango.forma != codigos.forma:
            raise DatoInvalido(f"Los rangos de códigos y de {nombre} deben tener la misma forma.")
    filas = [_resumen(oei, lugares, avances, pesos) for oei, lugares in _por_oei(codigos, avances).items()]
    return [list(TITULOS_RESUMEN), *filas]


@funcion("Tabla de lo que hay que corregir en un plan: qué, en qué fila del rango y qué hacer.", Resultado.TABLA)
def VALIDAR_PLAN(
    rango: Annotated[Rango, Entrada("El plan con su fila de títulos: Código, Sentido, Meta 2025, Valor 2025-I…")],
) -> list[list[object]]:
    """Findings of a block with titles, from top to bottom; ``Fila`` counts from 1 at the top of the block.

    >>> for fila in VALIDAR_PLAN([["Código", "Meta 2025"], ["AEI.01.01", 3], ["AEI 1.2", "-2"]]):
    ...     print(fila[:4])
    ['Severidad', 'Regla', 'Fila', 'Código']
    ['error', 'meta-negativa', 3, 'AEI.01.02']
    """
    filas = [[_como_escrita(celda) for celda in fila] for fila in rango.filas]
    hallados = [
        [h.severidad, h.regla, fila, h.codigo, h.mensaje, h.sugerencia]
        for fila, h in revisar(Bloque.de(filas, Celda("", 1, 1)))
    ]
    return [list(TITULOS_HALLAZGOS), *(hallados or [list(SIN_HALLAZGOS)])]


def _por_oei(codigos: Rango, avances: Rango) -> dict[str, list[int]]:
    """The places of the AEI of each OEI; an AEI counts once."""
    grupos: dict[str, list[int]] = {}
    vistos: set[str] = set()
    for lugar, (celda, avance) in enumerate(zip(codigos.celdas, avances.celdas, strict=True)):
        if esta_vacia(sin_error(celda)) and esta_vacia(avance):
            continue
        codigo = normalizar(como_texto(celda))
        if codigo.startswith("OEI."):
            grupos.setdefault(codigo, [])
        elif codigo.startswith("AEI."):
            if codigo in vistos:
                raise DatoInvalido(f"{codigo} está repetida; dé un solo avance por AEI.")
            vistos.add(codigo)
            grupos.setdefault(oei_de(codigo), []).append(lugar)
    return grupos


def _resumen(oei: str, lugares: Sequence[int], avances: Rango, pesos: Rango | None) -> list[object]:
    try:
        propios = _en(avances, lugares)
        medidas = [lectura.avance(sin_error(celda)) for celda in propios.celdas]
        total = puntaje_de(propios, None if pesos is None else _en(pesos, lugares))
        return [oei, total, len(lugares), cobertura(medidas), sum(es_critica(m) for m in medidas)]
    except FALLAS as falla:
        return [oei, falla, len(lugares), falla, falla]


def _en(rango: Rango, lugares: Sequence[int]) -> Rango:
    celdas = rango.celdas
    return Rango((tuple(celdas[lugar] for lugar in lugares),))


def _como_escrita(celda: object) -> object:
    return celda.codigo if isinstance(celda, ErrorDeCelda) else celda
