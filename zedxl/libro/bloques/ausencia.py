"""Why a book says no plan: what was looked for, what stands there instead, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zedxl.libro.bloques.bloque import Bloque
from zedxl.libro.bloques.juntas import codigo_al_principio
from zedxl.libro.bloques.sinonimos import leer_sinonimos
from zedxl.libro.bloques.titulos import parece_de_titulos
from zedxl.libro.celdas import Lectura
from zedxl.libro.hoja import Hoja
from zedxl.libro.paquete import LibroIlegible
from zedxl.plan import Celda
from zedxl.texto import plano

_SIN_CUANDO = ("meta", "programado", "ejecutado", "logro", "valor")


def sin_bloques(hojas: Sequence[Hoja], archivo: str, lectura: Lectura, *, con_imagenes: bool = False) -> LibroIlegible:
    """The error for a book without any block."""
    return LibroIlegible(f"{archivo}{next(_motivos(hojas, lectura, con_imagenes))}")


def sin_aei(bloques: Sequence[Bloque], lectura: Lectura, archivo: str) -> LibroIlegible:
    """The error for a book whose blocks have no AEI."""
    lugares = " y ".join(bloque.lugar for bloque in bloques[:3])
    return LibroIlegible(
        f"{archivo}: la tabla de {lugares} no tiene ninguna AEI. Escriba en la columna Código códigos como AEI.01.01."
        + "".join(f" {hallazgo}" for hallazgo in lectura.hallazgos[:1])
    )


def _motivos(hojas: Sequence[Hoja], lectura: Lectura, con_imagenes: bool) -> Iterator[str]:
    """What may be the matter, the most telling first."""
    for hallazgo in lectura.hallazgos:
        yield f": {hallazgo}"
    for celda in _titulos_sin_cuando(hojas):
        yield (
            f": en {celda.hoja}, fila {celda.fila}, los títulos no dicen de qué año es la meta ni de qué período es el "
            "valor. Escriba, por ejemplo, «Meta 2025» y «Valor 2025-I»."
        )
    for celda in _codigos(hojas):
        yield (
            f": en {celda} hay códigos de AEI sin una fila de títulos encima que diga qué es cada columna. Escríbala, "
            "con «Código», «Meta 2025» y «Valor 2025-I» (u otros años)."
        )
    esperado = (
        "Se espera una fila de títulos con «Código», «Meta 2025» y «Valor 2025-I» (u otros años), el anexo de CEPLAN "
        "o la matriz del informe."
    )
    if con_imagenes and not any(_hay_datos(hoja) for hoja in hojas):
        yield f" solo tiene una imagen, y de una imagen no se puede leer. Escriba la tabla en celdas. {esperado}"
    yield f" no tiene una tabla de seguimiento reconocible. {esperado}"


def _titulos_sin_cuando(hojas: Sequence[Hoja]) -> Iterator[Celda]:
    sinonimos = leer_sinonimos(hojas, Lectura())
    iniciales = sinonimos.iniciales_de_codigo
    for hoja in hojas:
        for indice, valores in enumerate(hoja.filas):
            if parece_de_titulos(hoja.filas, indice, sinonimos, iniciales) and any(
                isinstance(v, str) and plano(v).startswith(_SIN_CUANDO) for v in valores
            ):
                yield hoja.celda(indice + 1, 1)


def _codigos(hojas: Sequence[Hoja]) -> Iterator[Celda]:
    for hoja in hojas:
        for fila, valores in enumerate(hoja.filas, 1):
            columna = next((n for n, v in enumerate(valores, 1) if codigo_al_principio(v)), None)
            if columna is not None and any(isinstance(v, float) for v in valores):
                yield hoja.celda(fila, columna)


def _hay_datos(hoja: Hoja) -> bool:
    return any(valor not in (None, "") for fila in hoja.filas for valor in fila)
