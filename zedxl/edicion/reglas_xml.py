"""The rules of a sheet, what may be typed and how it shows by its value, and the cells that they are for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zedxl.edicion.fila_xml import area_de
from zedxl.edicion.hoja_xml import Posicion
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


def extender_reglas(hoja: HojaAbierta, modelo: Area, paso: Posicion) -> None:
    """Make the rules for cells of ``modelo`` be for the cells so many rows and columns from them, too.

    A cell that has a validation already keeps that one. So does a cell above or at the left of all the cells of a rule
    whose formulas are relative: they would come to mean other cells.
    """
    marco = hoja.xml.marco
    reglas = list(reglas_de(marco))
    destino = _desplazada(modelo, paso)
    validadas = [area for regla in reglas if regla.de_validacion for area in regla.areas]
    cambios = []
    for regla in reglas:
        ocupadas = set(_comunes(validadas if regla.de_validacion else regla.areas, destino))
        suyas = {(fila + paso[0], columna + paso[1]) for fila, columna in _comunes(regla.areas, modelo)}
        nuevas = rectangulos(suyas - ocupadas)
        if nuevas and not _cambiaria_de_base(regla, nuevas):
            cambios.append((regla.desde, regla.hasta, regla.con_areas(marco, (*regla.areas, *nuevas))))
    for desde, hasta, nuevo in sorted(cambios, reverse=True):
        marco = marco[:desde] + nuevo + marco[hasta:]
    hoja.xml.marco = marco


def _desplazada(area: Area, paso: Posicion) -> Area:
    filas, columnas = paso
    return Area(area.fila + filas, area.columna + columnas, area.hasta_fila + filas, area.hasta_columna + columnas)


def _comunes(areas: Iterable[Area], otra: Area) -> Iterator[Posicion]:
    """The cells of some areas that are in another one."""
    for area in areas:
        if area.se_cruza(otra):
            desde = max(area.fila, otra.fila), max(area.columna, otra.columna)
            hasta = min(area.hasta_fila, otra.hasta_fila), min(area.hasta_columna, otra.hasta_columna)
            yield from Area(*desde, *hasta).posiciones()


def _cambiaria_de_base(regla: Regla, nuevas: Iterable[Area]) -> bool:
    fila, columna = (min(area.fila for area in regla.areas), min(area.columna for area in regla.areas))
    fuera = any(area.fila < fila or area.columna < columna for area in nuevas)
    return fuera and _RELATIVA.search(regla.crudo) is not None


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
