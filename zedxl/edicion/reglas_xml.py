"""The rules of a sheet, what may be typed and how it shows by its value, and the cells that they are for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zedxl.edicion.cambio import ColumnaNueva
from zedxl.edicion.fila_xml import area_de
from zedxl.edicion.libro_editable import HojaAbierta
from zedxl.edicion.rectangulos import rectangulos
from zedxl.libro.direccion import Area
from zedxl.libro.xml_crudo import Elemento, atributo, con_atributo, hijo, hijos, raiz

_RELATIVA = re.compile(rb"(?<![\w$.])[A-Za-z]{1,3}\$?\d+(?![\w(])")
_EN_EXTENSIONES = (b"conditionalFormattings", b"dataValidations")


@dataclass(frozen=True, slots=True)
class Regla:
    """A rule: its cells, and where in the XML they are said, in a start tag or as the text of an element.

    ``crudo`` is all of it, formulas included.
    """

    areas: tuple[Area, ...]
    desde: int
    hasta: int
    crudo: bytes
    de_validacion: bool
    en_etiqueta: bool

    def con_areas(self, marco: bytes, areas: Iterable[Area]) -> bytes:
        """What stands there when the rule is for these cells."""
        texto = " ".join(map(str, areas))
        return con_atributo(marco[self.desde : self.hasta], "sqref", texto) if self.en_etiqueta else texto.encode()


def extender_reglas(hoja: HojaAbierta, columna: ColumnaNueva) -> None:
    """Make the rules for cells of the model be for the cells beside them in the new column, too.

    A cell that has a validation already keeps that one. So does a column at the left of all the cells of a rule whose
    formulas are relative: they would come to mean other cells.
    """
    marco = hoja.xml.marco
    reglas = list(reglas_de(marco))
    validadas = [area for regla in reglas if regla.de_validacion for area in regla.areas]
    cambios = []
    for regla in reglas:
        ocupadas = validadas if regla.de_validacion else regla.areas
        nuevas = _nuevas(regla, columna, ocupadas)
        if nuevas and not _cambiaria_de_base(regla, columna.columna):
            cambios.append((regla.desde, regla.hasta, regla.con_areas(marco, (*regla.areas, *nuevas))))
    for desde, hasta, nuevo in sorted(cambios, reverse=True):
        marco = marco[:desde] + nuevo + marco[hasta:]
    hoja.xml.marco = marco


def _nuevas(regla: Regla, columna: ColumnaNueva, ocupadas: Iterable[Area]) -> list[Area]:
    filas = set(_filas(regla.areas, columna.modelo, columna)) - set(_filas(ocupadas, columna.columna, columna))
    return rectangulos((fila, columna.columna) for fila in filas)


def _filas(areas: Iterable[Area], de_columna: int, columna: ColumnaNueva) -> Iterator[int]:
    """The rows of the new column in which some of the areas cover a column."""
    for area in areas:
        if area.columna <= de_columna <= area.hasta_columna:
            yield from range(max(area.fila, columna.desde_fila), min(area.hasta_fila, columna.hasta_fila) + 1)


def _cambiaria_de_base(regla: Regla, columna: int) -> bool:
    return columna < min(area.columna for area in regla.areas) and _RELATIVA.search(regla.crudo) is not None


def reglas_de(marco: bytes) -> Iterator[Regla]:
    """The rules of a sheet, those that older programs do not know too."""
    propia = raiz(marco)
    for elemento in hijos(marco, propia):
        if elemento.nombre == b"conditionalFormatting":
            yield _de_etiqueta(marco, elemento, de_validacion=False)
    validaciones = hijo(marco, propia, b"dataValidations")
    for elemento in hijos(marco, validaciones) if validaciones else ():
        yield _de_etiqueta(marco, elemento, de_validacion=True)
    extensiones = hijo(marco, propia, b"extLst")
    for extension in hijos(marco, extensiones) if extensiones else ():
        for lista in hijos(marco, extension):
            if lista.nombre in _EN_EXTENSIONES:
                yield from _de_extension(marco, lista)


def _de_etiqueta(marco: bytes, elemento: Elemento, *, de_validacion: bool) -> Regla:
    areas = _areas(atributo(elemento.apertura(marco), "sqref") or "")
    return Regla(areas, elemento.inicio, elemento.dentro, elemento.contenido(marco), de_validacion, en_etiqueta=True)


def _de_extension(marco: bytes, lista: Elemento) -> Iterator[Regla]:
    for elemento in hijos(marco, lista):
        for dicho in hijos(marco, elemento):
            if dicho.nombre == b"sqref":
                formulas = marco[elemento.inicio : dicho.inicio] + marco[dicho.fin : elemento.fin]
                areas = _areas(dicho.contenido(marco).decode())
                de_validacion = lista.nombre == b"dataValidations"
                yield Regla(areas, dicho.dentro, dicho.cierre, formulas, de_validacion, en_etiqueta=False)


def _areas(sqref: str) -> tuple[Area, ...]:
    return tuple(area_de(area) for area in sqref.split())
