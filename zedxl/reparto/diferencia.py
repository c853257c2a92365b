"""What a copy says otherwise than when it was given out, datum by datum, before anybody decides about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from zedxl.codigo import es_codigo, normalizar
from zedxl.edicion.cambio import Contenido, canonico
from zedxl.libro.columnas import Columna
from zedxl.libro.hoja import contenido
from zedxl.plan import Celda
from zedxl.reparto.copia import Autoria, Copia
from zedxl.reparto.inventario import Clave, HojaInventariada, Inventario, dato_de, sin_titulo
from zedxl.reparto.partida import Partida
from zedxl.texto import plano


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
    """Something in a copy that does not come into the book; ``motivo`` says why, as a sentence.

    ``dato`` is what people call it.
    """

    copia: str
    clave: Clave
    celda: Celda | None
    valor: Contenido
    motivo: str
    dato: str


def diferencias(
    copia: Copia, maestro: Inventario, llegadas: Mapping[Clave, Contenido]
) -> Iterator[Propuesta | NoTraido]:
    """All that a copy changed since it was given out, and since an earlier merge brought something from it.

    ``maestro`` tells what is computed in the book, and what it says, for want of better.
    """
    for hallada in _desde_el_comienzo(copia, maestro):
        ya_llego = hallada.clave in llegadas and canonico(llegadas[hallada.clave]) == canonico(hallada.valor)
        if isinstance(hallada, NoTraido) or not ya_llego:
            yield hallada
    yield from _retiradas(copia, llegadas)


def _retiradas(copia: Copia, llegadas: Mapping[Clave, Contenido]) -> Iterator[Propuesta]:
    """What was brought into the book and was taken back in the copy, which says again what it began with."""
    for clave, llegada in llegadas.items() if copia.partida else ():
        assert copia.partida is not None
        inicial, celda = copia.partida.contenido(clave), copia.inventario.celda(clave)
        ficha = copia.inventario.ficha(clave)
        valor = ficha.contenido if ficha else None
        retirada = canonico(valor) == canonico(inicial) != canonico(llegada)
        if retirada and celda and not copia.inventario.sin_valor(clave):
            yield Propuesta(copia.nombre, clave, inicial, valor, celda, copia.autoria(celda, valor))


def _desde_el_comienzo(copia: Copia, maestro: Inventario) -> Iterator[Propuesta | NoTraido]:
    if copia.partida is None:
        yield from _contra_el_libro(copia, maestro)
        return
    for nombre, hoja in copia.inventario.hojas.items():
        iniciales = copia.partida.datos.get(nombre, {})
        for fila, renglon in hoja.renglones.items():
            if not _son_iguales(renglon.escrito, iniciales.get(fila, _NADA)):
                yield from _de_una_fila(copia, nombre, fila, maestro)
    yield from _calculadas(copia, maestro)
    yield from _ausentes(copia, copia.partida)


_NADA: Mapping[str, Any] = {}
_CODIGO = plano(Columna.CODIGO.value)


def _son_iguales(unos: Mapping[str, Any], otros: Mapping[str, Any]) -> bool:
    """Whether two rows are plainly the same, as most are; True and 1 are equal, but not the same."""
    return unos == otros and [*map(type, unos.values())] == [*map(type, otros.values())]


def _de_una_fila(copia: Copia, hoja: str, fila: str, maestro: Inventario) -> Iterator[Propuesta | NoTraido]:
    """What was typed, changed or erased in a row of the copy; what is computed there is seen to apart."""
    assert copia.partida is not None
    inventario = copia.inventario
    escrito, iniciales = inventario.hojas[hoja].renglones[fila].escrito, copia.partida.datos.get(hoja, {}).get(fila, {})
    for columna in dict.fromkeys((*escrito, *iniciales)):
        clave = Clave(hoja, fila, columna)
        celda, inicial = inventario.celda(clave), copia.partida.contenido(clave)
        if celda is None:
            yield NoTraido(copia.nombre, clave, None, None, _SIN_COLUMNA, dato_de(clave, copia.inventario))
        elif inventario.es_calculada(celda):
            continue
        elif inventario.sin_valor(clave):
            if not maestro.sin_valor(clave):
                yield NoTraido(copia.nombre, clave, celda, None, _SIN_CALCULAR, dato_de(clave, copia.inventario))
        elif not _dicen_lo_mismo(columna, inicial, valor := contenido(escrito.get(columna))):
            yield Propuesta(copia.nombre, clave, inicial, valor, celda, copia.autoria(celda, valor))


def _dicen_lo_mismo(columna: str, uno: Contenido, otro: Contenido) -> bool:
    """Whether two contents of a column are one; a code is the same however it is typed."""
    if canonico(uno) == canonico(otro):
        return True
    if columna != _CODIGO or not (isinstance(uno, str) and isinstance(otro, str)):
        return False
    return es_codigo(uno) and es_codigo(otro) and normalizar(uno) == normalizar(otro)


def _calculadas(copia: Copia, maestro: Inventario) -> Iterator[Propuesta | NoTraido]:
    """Data that are computed in the copy and typed in the book: somebody typed a formula there."""
    assert copia.partida is not None
    for nombre, hoja in copia.inventario.hojas.items():
        del_libro = maestro.hojas.get(nombre)
        if del_libro is None or _se_calcula_lo_mismo(hoja, del_libro):
            continue
        for clave in _claves_calculadas(hoja):
            suya = maestro.celda(clave)
            if suya is None or maestro.es_calculada(suya):
                continue  # computed there as it is in the book, or in a row or column that is new
            ficha = copia.inventario.ficha(clave)
            inicial = copia.partida.contenido(clave)
            if copia.inventario.sin_valor(clave):
                yield NoTraido(
                    copia.nombre,
                    clave,
                    copia.inventario.celda(clave),
                    None,
                    _SIN_CALCULAR,
                    dato_de(clave, copia.inventario),
                )
            elif canonico(ficha.contenido if ficha else None) != canonico(inicial):
                valor = ficha.contenido if ficha else None
                celda = copia.inventario.celda(clave)
                yield Propuesta(copia.nombre, clave, inicial, valor, celda, copia.autoria(celda, valor))


def _se_calcula_lo_mismo(una: HojaInventariada, otra: HojaInventariada) -> bool:
    """Whether two sheets plainly have their formulas in the same rows and columns."""
    orden, otro_orden = ((h.zona.titulos, h.zona.filas) if h.zona else None for h in (una, otra))
    return una.calculadas.formulas == otra.calculadas.formulas and orden == otro_orden


def _claves_calculadas(hoja: HojaInventariada) -> Iterator[Clave]:
    for numero, columna in sorted(hoja.calculadas.formulas):
        fila = hoja.clave_de_fila(numero)
        if fila is not None:
            clave = Clave(hoja.hoja.nombre, fila, sin_titulo(columna))
            yield clave._replace(columna=hoja.titulo(columna)) if clave.con_nombre else clave


def _ausentes(copia: Copia, partida: Partida) -> Iterator[Propuesta | NoTraido]:
    """Rows that the copy no longer has; they are not taken out of the book."""
    for nombre, filas in partida.datos.items():
        hoja = copia.inventario.hojas.get(nombre)
        for fila, iniciales in filas.items():
            if hoja is not None and fila in hoja.renglones:
                continue
            claves = [Clave(nombre, fila, columna) for columna in iniciales]
            celdas = [copia.inventario.celda(clave) for clave in claves]
            if celdas[0] is None:
                yield NoTraido(copia.nombre, claves[0], None, None, _SIN_FILA, dato_de(claves[0], copia.inventario))
                continue
            for clave, celda in zip(claves, celdas, strict=True):  # beyond the end of the sheet: it was all erased
                inicial = partida.contenido(clave)
                yield Propuesta(copia.nombre, clave, inicial, None, celda, copia.autoria(celda, None))


_SIN_FILA = "La copia ya no tiene esta fila; en el libro no se borró nada."
_SIN_COLUMNA = "La copia ya no tiene esta columna; en el libro no se borró nada."
_SIN_CALCULAR = "Muestra un error, o una fórmula sin calcular. Escriba el valor en la copia y fusione otra vez."


def _contra_el_libro(copia: Copia, maestro: Inventario) -> Iterator[Propuesta]:
    """What a copy without a starting point says and the book does not; what it does not say counts for nothing."""
    for nombre, hoja in copia.inventario.hojas.items():
        for fila, renglon in hoja.renglones.items():
            for columna, valor in renglon.escrito.items():
                clave = Clave(nombre, fila, columna)
                suya, celda = maestro.ficha(clave), copia.inventario.celda(clave)
                if copia.inventario.sin_valor(clave):
                    continue
                if suya is None or canonico(suya.contenido) != canonico(contenido(valor)):
                    autoria = copia.autoria(celda, contenido(valor))
                    yield Propuesta(copia.nombre, clave, None, contenido(valor), celda, autoria, a_ciegas=True)
