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
from zedxl.texto import plano

T = TypeVar("T")

_DENOMINACION = plano(Columna.DENOMINACION.value)


class CopiaAjena(ErrorExplicado):
    """A file that is no copy of the book."""


def alinear(copia: Copia, maestro: Inventario, libro: Libro) -> Copia:
    """The copy with its rows under the keys of the book; `CopiaAjena` when it is not of the same plan.

    A row whose indicator got its code, or another one, is still the only row of its OEI or AEI.
    """
    nombre = libro.tabla.hoja.nombre
    hoja, suya = copia.inventario.hojas.get(nombre), maestro.hojas[nombre]
    if hoja is None or hoja.zona is None or suya.zona is None or not _es_el_mismo_plan(hoja, suya):
        raise CopiaAjena(
            f"{copia.nombre} no parece una copia de {libro.nombre}: sus códigos o sus denominaciones son otros. Revise "
            "qué archivo es."
        )
    iniciales = copia.partida.datos.get(nombre, {}) if copia.partida else {}
    claves = [_por_codigo(filas) for filas in (suya.zona.filas, hoja.zona.filas, iniciales)]
    nombres = {
        otra: del_libro[0]
        for codigo, del_libro in claves[0].items()
        for las_otras in (claves[1].get(codigo, []), claves[2].get(codigo, []))
        for otra in las_otras
        if len(del_libro) == 1 and all(len(c.get(codigo, [])) <= 1 for c in claves[1:]) and otra != del_libro[0]
    }
    return _con_nombres(copia, nombre, nombres) if nombres else copia


def _es_el_mismo_plan(una: HojaInventariada, otra: HojaInventariada) -> bool:
    """Whether most rows with the same code are called the same: all institutions number their actions alike."""
    comunes = [(una.renglones[f].escrito, otra.renglones[f].escrito) for f in una.renglones if f in otra.renglones]
    con_codigo = [(a, b) for a, b in comunes if a.get(_DENOMINACION) and b.get(_DENOMINACION)]
    iguales = sum(plano(str(a[_DENOMINACION])) == plano(str(b[_DENOMINACION])) for a, b in con_codigo)
    del_libro = una.zona.filas if una.zona else {}
    return 2 * iguales >= len(con_codigo) and any(f in del_libro for f in (otra.zona.filas if otra.zona else {}))


def _por_codigo(filas: Iterable[str]) -> Mapping[str, list[str]]:
    """The keys of rows by the code that they begin with."""
    por_codigo: dict[str, list[str]] = defaultdict(list)
    for fila in filas:
        if fila[0] != "·":
            por_codigo[fila.partition("#")[0].partition("|")[0]].append(fila)
    return por_codigo


def _con_nombres(copia: Copia, nombre: str, nombres: Mapping[str, str]) -> Copia:
    hoja = copia.inventario.hojas[nombre]
    zona = hoja.zona and replace(hoja.zona, filas=_renombradas(hoja.zona.filas, nombres))
    hojas = {
        **copia.inventario.hojas,
        nombre: replace(hoja, zona=zona, renglones=_renombradas(hoja.renglones, nombres)),
    }
    partida = copia.partida
    if partida is not None and nombre in partida.datos:
        partida = replace(partida, datos={**partida.datos, nombre: _renombradas(partida.datos[nombre], nombres)})
    return replace(copia, inventario=Inventario(hojas), partida=partida)


def _renombradas(filas: Mapping[str, T], nombres: Mapping[str, str]) -> dict[str, T]:
    return {nombres.get(clave, clave): valor for clave, valor in filas.items()}
