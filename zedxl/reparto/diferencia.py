"""What a copy says otherwise than when it was given out, datum by datum, before anybody decides about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zedxl.edicion.cambio import Contenido, canonico
from zedxl.plan import Celda
from zedxl.reparto.copia import Autoria, Copia
from zedxl.reparto.inventario import Clave, Inventario


@dataclass(frozen=True, slots=True)
class Propuesta:
    """A datum that a copy changed from ``inicial`` to ``valor``; ``celda`` is where it stands in the copy.

    Without a starting point ``a_ciegas`` is true and what it was initially is not known.
    """

    copia: str
    clave: Clave
    inicial: Contenido
    valor: Contenido
    celda: Celda | None
    autoria: Autoria
    a_ciegas: bool = False


@dataclass(frozen=True, slots=True)
class NoTraido:
    """Something in a copy that does not come into the book; ``motivo`` says why, as a sentence."""

    copia: str
    clave: Clave
    celda: Celda | None
    valor: Contenido
    motivo: str


def diferencias(copia: Copia, maestro: Inventario) -> Iterator[Propuesta | NoTraido]:
    """All that a copy changed; ``maestro`` tells what is computed in the book, and what it says, for want of better."""
    if copia.partida is None:
        yield from _contra_el_libro(copia, maestro)
        return
    datos = copia.partida.datos
    for clave, ficha in copia.inventario.fichas.items():
        inicial = datos.get(clave)
        if inicial == ficha.contenido or canonico(inicial) == canonico(ficha.contenido):
            continue
        if ficha.calculada and inicial is None and _se_calcula(clave, maestro):
            continue
        yield Propuesta(copia.nombre, clave, inicial, ficha.contenido, ficha.celda, copia.autoria(ficha.celda))
    yield from _sin_valor(copia, maestro)
    yield from _borrados(copia)


def _se_calcula(clave: Clave, maestro: Inventario) -> bool:
    """Whether a datum is computed in the book too, or stands in a row or column that the book has not."""
    suya = maestro.fichas.get(clave)
    return suya.calculada if suya else clave in maestro.sin_valor or maestro.celda(clave) is None


def _sin_valor(copia: Copia, maestro: Inventario) -> Iterator[NoTraido]:
    for clave in copia.inventario.sin_valor:
        if not _se_calcula(clave, maestro):
            motivo = "Muestra un error, o una fórmula sin calcular. Escriba el valor en la copia y fusione otra vez."
            yield NoTraido(copia.nombre, clave, copia.inventario.celda(clave), None, motivo)


def _borrados(copia: Copia) -> Iterator[Propuesta | NoTraido]:
    assert copia.partida is not None
    ausentes: set[tuple[str, str]] = set()
    inventario = copia.inventario
    for clave, inicial in copia.partida.datos.items():
        if clave in inventario.fichas or clave in inventario.sin_valor:
            continue
        celda = inventario.celda(clave)
        if celda is not None:
            yield Propuesta(copia.nombre, clave, inicial, None, celda, copia.autoria(celda))
        elif (clave.hoja, clave.fila) not in ausentes:
            ausentes.add((clave.hoja, clave.fila))
            motivo = "La copia ya no tiene esta fila o alguna de sus columnas; en el libro no se borró nada."
            yield NoTraido(copia.nombre, clave, None, None, motivo)


def _contra_el_libro(copia: Copia, maestro: Inventario) -> Iterator[Propuesta]:
    """What a copy without a starting point says and the book does not; what it does not say counts for nothing."""
    for clave, ficha in copia.inventario.fichas.items():
        suya = maestro.fichas.get(clave)
        if ficha.calculada or (suya is not None and canonico(suya.contenido) == canonico(ficha.contenido)):
            continue
        autoria = copia.autoria(ficha.celda)
        yield Propuesta(copia.nombre, clave, None, ficha.contenido, ficha.celda, autoria, a_ciegas=True)
