"""A copy lined up with the book: the same rows under the same keys, and no other book taken for a copy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from zedxl.errores import ErrorExplicado
from zedxl.libro.columnas import Columna
from zedxl.libro.lectura import Libro
from zedxl.reparto.copia import Copia
from zedxl.reparto.inventario import HojaInventariada, Inventario
from zedxl.reparto.zona import DESDE_ARRIBA
from zedxl.texto import plano

T = TypeVar("T")

_DENOMINACION = plano(Columna.DENOMINACION.value)


class CopiaAjena(ErrorExplicado):
    """A file that is no copy of the book."""

    def __init__(self, copia: str, texto: str) -> None:
        super().__init__(texto)
        self.copia = copia


def alinear(copia: Copia, maestro: Inventario, libro: Libro) -> Copia:
    """The copy with its rows under the keys of the book; `CopiaAjena` when it is not of the same plan."""
    nombre = libro.tabla.hoja.nombre
    hoja, suya = copia.inventario.hojas.get(nombre), maestro.hojas[nombre]
    if hoja is None or hoja.zona is None or suya.zona is None or not _es_el_mismo_plan(hoja, suya):
        texto = "No parece una copia de este libro: sus códigos o sus denominaciones son otros. Revise qué archivo es."
        raise CopiaAjena(copia.nombre, texto)
    iniciales = copia.partida.datos.get(nombre, {}) if copia.partida else {}
    suyas = _emparejadas(hoja.zona.filas, suya.zona.filas)
    de_antes = {otra: suyas.get(de_la_copia, de_la_copia)
                for otra, de_la_copia in _emparejadas(iniciales, hoja.zona.filas).items()}  # fmt: skip
    borradas = [fila for fila in iniciales if fila not in de_antes and fila[0] != DESDE_ARRIBA]
    halladas = set(suyas.values())
    de_antes |= _emparejadas(borradas, [fila for fila in suya.zona.filas if fila not in halladas])
    return _con_nombres(copia, nombre, suyas, de_antes)


def _emparejadas(unas: Iterable[str], otras: Iterable[str]) -> dict[str, str]:
    """The rows of one side by those of the other: under the same key or, when one of each is left of a code, those.

    So a row whose indicator got its code, or another name, is still the same.
    """
    por_codigo, las_otras = _por_codigo(unas), _por_codigo(otras)
    parejas: dict[str, str] = {}
    for codigo, claves in por_codigo.items():
        alli = las_otras.get(codigo, [])
        iguales = [clave for clave in claves if clave in alli]
        parejas |= {clave: clave for clave in iguales}
        solas, solas_alli = ([c for c in lado if c not in iguales] for lado in (claves, alli))
        if len(solas) == len(solas_alli) == 1:
            parejas[solas[0]] = solas_alli[0]
    return parejas


def _es_el_mismo_plan(una: HojaInventariada, otra: HojaInventariada) -> bool:
    """Whether most codes that both have are called the same: all institutions number their actions alike."""
    unas, otras = _denominaciones(una), _denominaciones(otra)
    comunes = [codigo for codigo in unas if codigo in otras]
    con_nombre = [codigo for codigo in comunes if unas[codigo] and otras[codigo]]
    return bool(comunes) and 2 * sum(unas[c] == otras[c] for c in con_nombre) >= len(con_nombre)


def _denominaciones(hoja: HojaInventariada) -> dict[str, str]:
    """What each code is called."""
    return {
        codigo: plano(str(hoja.renglones[claves[0]].escrito.get(_DENOMINACION, "")))
        for codigo, claves in _por_codigo(hoja.renglones).items()
    }


def _por_codigo(filas: Iterable[str]) -> Mapping[str, list[str]]:
    """The keys of rows by the code that they begin with."""
    por_codigo: dict[str, list[str]] = defaultdict(list)
    for fila in filas:
        if fila[0] != DESDE_ARRIBA:
            por_codigo[fila.partition("#")[0].partition("|")[0]].append(fila)
    return por_codigo


def _con_nombres(copia: Copia, nombre: str, suyas: Mapping[str, str], de_antes: Mapping[str, str]) -> Copia:
    """The copy with other keys for the rows of a sheet, in it and in what it began with."""
    hoja = copia.inventario.hojas[nombre]
    zona = hoja.zona and replace(
        hoja.zona,
        filas=_renombradas(hoja.zona.filas, suyas),
        repetidas={suyas.get(clave, clave) for clave in hoja.zona.repetidas},
    )
    renombrada = replace(hoja, zona=zona, renglones=_renombradas(hoja.renglones, suyas))
    partida = copia.partida
    if partida is not None and nombre in partida.datos:
        datos = {**partida.datos, nombre: _renombradas(partida.datos[nombre], de_antes)}
        partida = replace(partida, datos=datos)
    return replace(copia, inventario=Inventario({**copia.inventario.hojas, nombre: renombrada}), partida=partida)


def _renombradas(filas: Mapping[str, T], nombres: Mapping[str, str]) -> dict[str, T]:
    return {nombres.get(clave, clave): valor for clave, valor in filas.items()}
