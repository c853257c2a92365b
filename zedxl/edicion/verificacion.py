"""Whether what was written is the book that was asked for: cell by cell, before it takes the place of the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from zedxl.edicion.cambio import Contenido, Edicion, canonico, en_palabras
from zedxl.edicion.filas_comunes import sin_filas_comunes
from zedxl.libro.direccion import Area
from zedxl.libro.entrega import LibroNoEscrito
from zedxl.libro.hoja import Hoja, Posicion, contenido, hojas_de
from zedxl.libro.paquete import LibroIlegible, Paquete
from zedxl.plan import Celda
from zedxl.recalculo.celdas_xml import HojaInmodificable, HojaXML, sin_formulas


def verificar(antes: Paquete, edicion: Edicion, escrito: Path) -> None:
    """Raise `LibroNoEscrito` unless a file opens and differs from the book of before in what the edit says, only.

    It must have the sheets of before and the new ones; in every cell of the edit, what is to be there; in all others
    that hold no formula, what was there; and a formula wherever there was one, besides the new ones.
    """
    try:
        ahora = Paquete(escrito)
        _Verificacion(antes, ahora, edicion).exigir()
    except LibroIlegible as error:
        raise no_es_lo_pedido(antes.ruta, "no se puede leer") from error


def no_es_lo_pedido(libro: Path, motivo: str) -> LibroNoEscrito:
    """The error for a book that did not come out as it should; ``motivo`` is the middle of a sentence."""
    return LibroNoEscrito(
        f"{libro.name} no se cambió: al comprobar lo que se iba a guardar, {motivo}. Haga el cambio en Excel, y avise "
        "a quien mantiene zedxl para que lo corrija."
    )


@dataclass(frozen=True, slots=True)
class _Formulas:
    """The formulas of a sheet by their place, and the areas that their results take."""

    textos: Mapping[Posicion, str]
    areas: tuple[Area, ...]

    def __contains__(self, lugar: Posicion) -> bool:
        return lugar in self.textos or any(lugar in area for area in self.areas)


_NINGUNA = _Formulas({}, ())


@dataclass(frozen=True, slots=True)
class _Verificacion:
    """One book before and after."""

    antes: Paquete
    ahora: Paquete
    edicion: Edicion

    def exigir(self) -> None:
        pedidas, formulas = _pedidas(self.edicion), _formulas_pedidas(self.edicion)
        self._exigir_hojas()
        nuevas = [Hoja(hoja.nombre, []) for hoja in self.edicion.hojas]
        unas, otras = sin_filas_comunes(
            self.antes, self.ahora, {hoja: {fila for fila, _ in celdas} for hoja, celdas in pedidas.items()}
        )
        otras.exigir_hojas_sanas()
        for antes, ahora in zip((*hojas_de(unas), *nuevas), hojas_de(otras), strict=True):
            self._exigir_celdas(antes, ahora, pedidas.pop(antes.nombre, {}), formulas.pop(antes.nombre, {}))
        for hoja in (*pedidas, *formulas):
            raise no_es_lo_pedido(self.antes.ruta, f"no tiene la hoja {hoja}")

    def _exigir_hojas(self) -> None:
        debidas = [*self.antes.hojas(), *(hoja.nombre for hoja in self.edicion.hojas)]
        if list(self.ahora.hojas()) != debidas:
            raise no_es_lo_pedido(self.antes.ruta, f"no tiene las hojas que debe ({', '.join(debidas)})")

    def _exigir_celdas(
        self, antes: Hoja, ahora: Hoja, pedidas: Mapping[Posicion, Contenido], nuevas: Mapping[Posicion, str]
    ) -> None:
        for lugar, pedido in pedidas.items():
            self._exigir(ahora, lugar, pedido)
        formulas = self._exigir_formulas(antes, pedidas, nuevas)
        for lugar in _diferencias(antes.filas, ahora.filas):
            if lugar not in pedidas and lugar not in formulas and lugar not in nuevas:
                self._exigir(ahora, lugar, contenido(antes.valor(*lugar)))

    def _exigir(self, hoja: Hoja, lugar: Posicion, debido: Contenido) -> None:
        hay = contenido(hoja.valor(*lugar))
        if canonico(hay) != canonico(debido):
            celda = hoja.celda(*lugar)
            raise no_es_lo_pedido(
                self.antes.ruta, f"en {celda} dice {en_palabras(hay)} y debe decir {en_palabras(debido)}"
            )

    def _exigir_formulas(
        self, hoja: Hoja, pedidas: Mapping[Posicion, Contenido], nuevas: Mapping[Posicion, str]
    ) -> _Formulas:
        """The formulas that a sheet had: they are where they were, and the new ones are there too."""
        antes, ahora = _parte(self.antes, hoja.nombre), _parte(self.ahora, hoja.nombre)
        if antes == ahora and not nuevas:
            return _NINGUNA  # and so all its cells must be as they were
        hubo, hay = _formulas(antes), _formulas(ahora)
        debidas = (hubo.textos.keys() - pedidas.keys()) | nuevas.keys()
        for lugar in sorted(debidas ^ hay.textos.keys()):
            que = "falta la fórmula que había" if lugar in debidas else "hay una fórmula que no debe haber"
            que = "falta la fórmula nueva" if lugar in nuevas else que
            raise no_es_lo_pedido(self.antes.ruta, f"en {Celda(hoja.nombre, *lugar)} {que}")
        for lugar, formula in nuevas.items():
            if hay.textos[lugar] != formula:
                raise no_es_lo_pedido(self.antes.ruta, f"en {Celda(hoja.nombre, *lugar)} la fórmula es otra")
        return hubo


def _pedidas(edicion: Edicion) -> dict[str, dict[Posicion, Contenido]]:
    """What each cell of the edit must hold, by sheet and place."""
    pedidas: dict[str, dict[Posicion, Contenido]] = {}
    for hoja in edicion.hojas:
        pedidas[hoja.nombre] = {
            (fila, columna): valor
            for fila, valores in enumerate(hoja.filas, 1)
            for columna, valor in enumerate(valores, 1)
        }
    for cambio in edicion.celdas:
        pedidas.setdefault(cambio.celda.hoja, {})[cambio.celda.fila, cambio.celda.columna] = cambio.despues
    return pedidas


def _formulas_pedidas(edicion: Edicion) -> dict[str, dict[Posicion, str]]:
    """The formula that each cell must have that gets one, by sheet and place."""
    pedidas: dict[str, dict[Posicion, str]] = {}
    for formula in edicion.formulas:
        pedidas.setdefault(formula.celda.hoja, {})[formula.celda.fila, formula.celda.columna] = formula.formula
    return pedidas


def _diferencias(antes: Sequence[list[Any]], ahora: Sequence[list[Any]]) -> Iterator[Posicion]:
    """Where two grids of values may differ; rows that are plainly the same are passed over quickly."""
    vacia: list[Any] = []
    for fila, (unos, otros) in enumerate(zip_longest(antes, ahora, fillvalue=vacia), 1):
        if unos == otros and [*map(type, unos)] == [*map(type, otros)]:
            continue
        for columna, (uno, otro) in enumerate(zip_longest(unos, otros), 1):
            if uno != otro or type(uno) is not type(otro):
                yield fila, columna


def _parte(paquete: Paquete, hoja: str) -> bytes:
    nombre = paquete.hojas().get(hoja)
    return paquete.parte(nombre) if nombre else b""


def _formulas(xml: bytes) -> _Formulas:
    """The formulas of a sheet; none where it is written so oddly that none of its values is ever recalculated."""
    if sin_formulas(xml):
        return _NINGUNA
    try:
        formulas = list(HojaXML(xml).formulas())
    except HojaInmodificable:
        return _NINGUNA
    return _Formulas(
        {(f.fila, f.columna): f.formula for f in formulas},
        tuple(f.area for f in formulas if f.area and f.area.celdas > 1),
    )
