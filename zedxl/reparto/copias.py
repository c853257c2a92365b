"""repartir(libro): a copy for each unidad responsable, in which it can type in its own rows only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zedxl.codigo import es_codigo, normalizar
from zedxl.edicion.cambio import Candado, Edicion, Firma
from zedxl.errores import ErrorExplicado
from zedxl.libro.bloques.bloque import Fila
from zedxl.libro.calculadas import NINGUNA
from zedxl.libro.columnas import Columna
from zedxl.libro.hojas import PARAMETROS, PUNTO_DE_PARTIDA, TITULOS_PARAMETROS
from zedxl.libro.lectura import Libro
from zedxl.libro.listado import buscar_listado
from zedxl.reparto.inventario import inventariar
from zedxl.reparto.partida import de_ahora, guardar
from zedxl.texto import plano

_NO_EN_UN_NOMBRE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LARGO_DEL_NOMBRE = 80


class RepartoImposible(ErrorExplicado):
    """A book that cannot be given out in copies; its text says why and what to do."""


@dataclass(frozen=True, slots=True)
class CopiaPorEntregar:
    """What makes a copy out of the book, under which file name; ``codigos`` are the rows that are its own."""

    unidad: str
    archivo: str
    codigos: tuple[str, ...]
    edicion: Edicion


@dataclass(frozen=True, slots=True)
class Reparto:
    """The copies of a book, and the codes that are nobody's: no copy lets anyone type in their rows."""

    copias: tuple[CopiaPorEntregar, ...]
    sin_unidad: tuple[str, ...]


def repartir(libro: Libro, firma: Firma) -> Reparto:
    """One copy for each unidad responsable of the table; `RepartoImposible` when it names none.

    In a copy its own values of the periods that are open can be typed, and nothing else in the table nor in
    Parámetros. The starting point goes with it.
    """
    if any(hoja.nombre == PUNTO_DE_PARTIDA for hoja in libro.hojas):
        raise RepartoImposible(f"{libro.nombre} ya es una copia repartida. Reparta desde el libro de la entidad.")
    filas = [fila for fila in libro.tabla.filas() if es_codigo(fila.texto(Columna.CODIGO))]
    unidades = _unidad_de_cada_codigo(filas)
    if not any(unidades.values()):
        raise RepartoImposible(
            f"Ninguna fila de {libro.nombre} tiene unidad responsable. Escríbala en la columna "
            f"«{Columna.RESPONSABLE.value}» de la tabla de seguimiento."
        )
    datos = inventariar(libro.hojas, libro.tabla, libro.calculadas).escrito()
    copias = []
    for nombre in dict.fromkeys(filter(None, unidades.values())):
        suyas = [fila for fila in filas if unidades[_codigo(fila)] == nombre]
        partida = guardar(de_ahora(nombre, firma, datos))
        edicion = Edicion(hojas=(partida,), candados=tuple(_candados(libro, filas, suyas)))
        codigos = tuple(dict.fromkeys(_codigo(fila) for fila in suyas))
        copias.append(CopiaPorEntregar(nombre, _archivo(libro, nombre), codigos, edicion))
    _exigir_nombres_distintos(copias)
    return Reparto(tuple(copias), tuple(codigo for codigo, unidad in unidades.items() if not unidad))


def _unidad_de_cada_codigo(filas: Sequence[Fila]) -> dict[str, str]:
    """The unit of each code, as its first row that names one does; units that differ in typing only are one."""
    nombres: dict[str, str] = {}
    unidades: dict[str, str] = {}
    for fila in filas:
        escrita = " ".join(fila.texto(Columna.RESPONSABLE).split())
        nombre = nombres.setdefault(plano(escrita), escrita)
        unidades[_codigo(fila)] = unidades.get(_codigo(fila)) or nombre
    return unidades


def _codigo(fila: Fila) -> str:
    return normalizar(fila.texto(Columna.CODIGO))


def _candados(libro: Libro, filas: Sequence[Fila], suyas: Sequence[Fila]) -> Iterator[Candado]:
    tabla = libro.tabla
    abiertos = [columna for periodo, columna in tabla.valores.items() if periodo not in libro.plan.cierres]
    propias = frozenset((fila.numero, columna + 1) for fila in suyas for columna in abiertos)
    todas = frozenset((fila.numero, columna + 1) for fila in filas for columna in range(len(fila.valores)))
    nombre = tabla.hoja.nombre
    calculadas = libro.calculadas.get(nombre, NINGUNA)
    yield Candado(nombre, todas - propias, cerrado=True, proteger=True)
    yield Candado(nombre, frozenset(c for c in propias if c not in calculadas), cerrado=False)
    parametros = buscar_listado(libro.hojas, PARAMETROS, TITULOS_PARAMETROS)
    if parametros is not None:
        celdas = frozenset((fila, parametros.columnas[1]) for fila, _ in parametros.filas())
        yield Candado(parametros.hoja.nombre, celdas, cerrado=True, proteger=True)


def _archivo(libro: Libro, unidad: str) -> str:
    limpia = _NO_EN_UN_NOMBRE.sub("-", unidad).strip(" .")[:_LARGO_DEL_NOMBRE].rstrip(" .")
    return f"{libro.paquete.ruta.stem} - {limpia or 'copia'}{libro.paquete.ruta.suffix}"


def _exigir_nombres_distintos(copias: Sequence[CopiaPorEntregar]) -> None:
    vistos: dict[str, str] = {}
    for copia in copias:
        otra = vistos.setdefault(copia.archivo.casefold(), copia.unidad)
        if otra != copia.unidad:
            raise RepartoImposible(
                f"«{otra}» y «{copia.unidad}» darían el mismo nombre de archivo. Cambie uno de los dos en el libro."
            )
