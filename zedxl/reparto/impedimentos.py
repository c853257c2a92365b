"""Why a change of a copy cannot come into the book; each reason is a sentence for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from zedxl.libro.columnas import Columna, reconocer
from zedxl.libro.lectura import Libro
from zedxl.periodo import Periodo
from zedxl.reparto.copia import Copia
from zedxl.reparto.diferencia import Propuesta
from zedxl.reparto.inventario import Clave, Inventario

_DE_UN_PERIODO = (Columna.VALOR, Columna.META, Columna.META_SEMESTRE)
_REGLAS = (Columna.SENTIDO, Columna.AGREGACION, Columna.FRECUENCIA, Columna.RELEVANCIA, Columna.PESO,
           Columna.PESO_INDICADOR, Columna.LINEA_BASE, Columna.MINIMO, Columna.MAXIMO, Columna.PRIORIDAD)  # fmt: skip
"""Columns that decide how all periods are measured."""
_REABRA = "Si el cambio es correcto, reabra el período y fusione otra vez."


class Impedimentos:
    """What stands in the way of a merge into a book."""

    def __init__(self, libro: Libro, maestro: Inventario) -> None:
        self._libro, self._maestro = libro, maestro
        self._corridas: dict[tuple[str, str], bool] = {}

    def de(self, propuesta: Propuesta, copia: Copia) -> str:
        """The gravest reason against a change, "" when there is none."""
        return next(self._motivos(propuesta.clave, copia), "")

    def _motivos(self, clave: Clave, copia: Copia) -> Iterator[str]:
        yield from self._de_cierre(clave)
        if clave.hoja not in self._maestro.hojas:
            yield "El libro no tiene esa hoja."
            return
        yield from self._de_la_celda(clave)
        if clave.con_nombre:
            yield from self._de_la_fila(clave, copia)
        elif self._esta_corrida(clave.hoja, copia):
            yield "No está en una fila con código, y en esa hoja se movieron filas o columnas: no se sabe dónde va."
        if (not clave.con_nombre or clave.columna.startswith("·")) and self._tiene_otras_columnas(clave.hoja, copia):
            yield "Está en una columna sin título, y la hoja tiene otras columnas que las del libro."

    def _de_cierre(self, clave: Clave) -> Iterator[str]:
        """What belongs to a closed period, or decides its result."""
        cierres = sorted(self._libro.plan.cierres)
        if not cierres:
            return
        hoja = self._libro.tabla.hoja.nombre
        titulo = reconocer(clave.columna) if clave.hoja == hoja and clave.con_nombre else None
        if titulo is not None and titulo.columna in _DE_UN_PERIODO:
            alcanzado = next((p for p in cierres if _alcanza(titulo.periodo, titulo.anio, p)), None)
            if alcanzado is not None:
                yield f"{alcanzado} está cerrado. {_REABRA}"
        elif titulo is not None and titulo.columna in _REGLAS and clave.fila in self._maestro.hojas[hoja].renglones:
            yield f"Cambiaría cómo se mide {cierres[-1]}, que está cerrado. {_REABRA}"

    def _de_la_celda(self, clave: Clave) -> Iterator[str]:
        celda = self._maestro.celda(clave)
        if celda is None:
            return
        if self._maestro.sin_valor(clave) or self._maestro.es_calculada(celda):
            yield "En el libro esa celda se calcula o muestra un error: tiene una fórmula o es de una tabla dinámica."
        if self._maestro.hojas[clave.hoja].calculadas.tapa((celda.fila, celda.columna)):
            yield "En el libro esa celda está combinada con otra."

    def _de_la_fila(self, clave: Clave, copia: Copia) -> Iterator[str]:
        zona, suya = self._maestro.zonas.get(clave.hoja), copia.inventario.zonas.get(clave.hoja)
        if zona is None or suya is None:
            yield "El libro no tiene ahí una tabla como la de la copia."
            return
        dobles = zona.repetidas | suya.repetidas
        es_la_tabla = clave.hoja == self._libro.tabla.hoja.nombre
        if clave.fila in (dobles if es_la_tabla else zona.repetidas ^ suya.repetidas):
            yield "La fila está dos veces, en el libro o en la copia, y no se sabe cuál es cuál."
        if clave.fila in zona.filas:
            if self._maestro.celda(clave) is None:
                yield "El libro no tiene esa columna."
            return
        if copia.partida is not None and copia.partida.tiene_fila(clave):
            yield "El libro ya no tiene esa fila."
        if es_la_tabla and not self._es_indicador_de_mas(clave, copia):
            yield "El libro tiene ese código con otros indicadores, y no se sabe a cuál corresponde."
        if clave.columna not in zona.titulos:
            yield "El libro no tiene esa columna."

    def _es_indicador_de_mas(self, clave: Clave, copia: Copia) -> bool:
        """Whether a new row brings a new code, or one more indicator besides all that the book has of its code."""
        codigo = clave.fila.partition("|")[0]
        del_libro = [f for f in self._maestro.zonas[clave.hoja].filas if f.partition("|")[0] == codigo]
        return all(fila in copia.inventario.zonas[clave.hoja].filas for fila in del_libro)

    def _tiene_otras_columnas(self, hoja: str, copia: Copia) -> bool:
        suya, la_de_la_copia = self._maestro.zonas.get(hoja), copia.inventario.zonas.get(hoja)
        return (suya and suya.titulos) != (la_de_la_copia and la_de_la_copia.titulos)

    def _esta_corrida(self, hoja: str, copia: Copia) -> bool:
        """Whether what stands outside the tables of a sheet is elsewhere than it was, in the copy or in the book."""
        if (copia.nombre, hoja) not in self._corridas:
            suyos = _letreros(_sueltos(copia.inventario, hoja))
            del_libro = _letreros(_sueltos(self._maestro, hoja))
            de_antes = _letreros(copia.partida.datos.get(hoja, {})) if copia.partida else suyos
            self._corridas[copia.nombre, hoja] = any(
                ahora.get(texto, lugar) != lugar for ahora in (suyos, del_libro) for texto, lugar in de_antes.items()
            )
        return self._corridas[copia.nombre, hoja]


def _alcanza(periodo: Periodo | None, anio: int | None, cerrado: Periodo) -> bool:
    """Whether a value or target decides a closed period: its own, its year's, or that of the semester before."""
    if periodo is None:
        return anio == cerrado.anio
    return periodo == cerrado or (cerrado.cierra_anio and periodo == cerrado.primero)


def _sueltos(inventario: Inventario, hoja: str) -> Mapping[str, Mapping[str, Any]]:
    """What stands in the rows of a sheet."""
    inventariada = inventario.hojas.get(hoja)
    return {fila: renglon.escrito for fila, renglon in inventariada.renglones.items()} if inventariada else {}


def _letreros(filas: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[str, str]]:
    """The texts outside the tables that stand only once, and where: by them it shows whether rows have moved."""
    sueltos = [
        (valor, (fila, columna))
        for fila, valores in filas.items()
        if fila[0] == "·"
        for columna, valor in valores.items()
        if isinstance(valor, str)
    ]
    veces = Counter(texto for texto, _ in sueltos)
    return {texto: lugar for texto, lugar in sueltos if veces[texto] == 1}
