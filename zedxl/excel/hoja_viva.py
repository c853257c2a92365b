"""A sheet of the book that is open in Excel: what its cells hold, what keeps them from being written, writing them.

A rectangle is read and written in one call to Excel wherever its cells are alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from zedxl.edicion.cambio import Contenido, canonico, en_segundos
from zedxl.edicion.rectangulos import rectangulos
from zedxl.libro.direccion import Area, direccion
from zedxl.libro.paquete import es_de_porcentaje
from zedxl.numero import puntos_porcentuales

Posicion = tuple[int, int]
"""Row and column, from 1."""

_GENERAL, _TEXTO = "General", "@"
_FORMATO_DE_MOMENTO = "dd/mm/yyyy hh:mm:ss"
_ORIGEN, _ORIGEN_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_MEDIO_SEGUNDO = 0.5 / 86_400
_LARGO_EN_UN_BLOQUE = 900  # with longer texts in an array several versions of Excel have failed
_LETRA = re.compile(r"[^\W\d_]")
_LOGICOS = frozenset({"verdadero", "falso", "true", "false"})
_CON_FORMULA = {
    "HasFormula": "tiene una fórmula",
    "HasArray": "es parte de una fórmula de matriz",
    "HasSpill": "muestra parte del resultado de otra fórmula",
}


class CeldaReacia(Exception):
    """Excel takes what is written in a cell for something else; its text names the cell (Spanish)."""


class ValorDeError:
    """What a cell with an error value holds; it equals nothing that could be expected or written."""


Hallado = Contenido | ValorDeError


class HojaViva:
    """A worksheet of the live book; ``base_1904`` says from when its dates count."""

    def __init__(self, com: Any, base_1904: bool) -> None:
        self.com = com
        self._origen = _ORIGEN_1904 if base_1904 else _ORIGEN

    def rango(self, area: Area) -> Any:
        """Excel's object for these cells."""
        return self.com.Range(str(area))

    def propiedad(self, area: Area, nombre: str) -> dict[Posicion, Any]:
        """A property of each cell, False where this Excel does not know it.

        Excel answers for all of them at once where they are alike, and with Null, which is None here, where not.
        """
        comun = getattr(self.rango(area), nombre, False)
        if comun is not None:
            return dict.fromkeys(area.posiciones(), comun)
        return {lugar: getattr(self.com.Cells(*lugar), nombre) for lugar in area.posiciones()}

    def contenidos(self, area: Area) -> dict[Posicion, Hallado]:
        """What the cells hold: percentages in percentage points, moments as the numbers that Excel makes of them."""
        formatos = self.propiedad(area, "NumberFormat")
        return {lugar: _hallado(crudo, formatos[lugar]) for lugar, crudo in self._crudos(area).items()}

    def es(self, hallado: Hallado, esperado: Contenido) -> bool:
        """Whether a cell holds what is expected: moments to the second, numbers to 15 digits, "" as empty."""
        if isinstance(esperado, datetime):
            return isinstance(hallado, float) and abs(hallado - self._serie(esperado)) < _MEDIO_SEGUNDO
        return not isinstance(hallado, ValorDeError) and canonico(hallado) == canonico(esperado)

    def obstaculo(self, area: Area) -> tuple[Posicion, str] | None:
        """The first cell that is not to be written, and what it has (Spanish, to follow its name)."""
        for nombre, motivo in _CON_FORMULA.items():
            for lugar, la_tiene in self.propiedad(area, nombre).items():
                if la_tiene:
                    return lugar, motivo
        for lugar, unida in self.propiedad(area, "MergeCells").items():
            if unida and not self._es_la_primera(lugar):
                return lugar, "es parte de celdas combinadas y no la primera de ellas"
        return None

    def escribir(self, valores: Mapping[Posicion, Contenido]) -> None:
        """Write these cells; `CeldaReacia` when one does not hold afterwards what was written."""
        momentos = [lugar for lugar, valor in valores.items() if isinstance(valor, datetime)]
        for area in rectangulos(momentos):
            self._mostrar_como_momentos(area)
        for area in rectangulos(valores):
            formatos = self.propiedad(area, "NumberFormat")
            crudos = {lugar: self._crudo(valores[lugar], formatos[lugar]) for lugar in area.posiciones()}
            self._poner(area, crudos, formatos)

    def vuelta_atras(self, lugares: Iterable[Posicion]) -> Callable[[], None]:
        """What gives these cells, none of which has a formula, the values and number formats that they have now."""
        antes = [(area, self._crudos(area), self.propiedad(area, "NumberFormat")) for area in rectangulos(lugares)]

        def volver() -> None:
            for area, crudos, formatos in antes:
                self._dar_formatos(area, formatos)
                self._poner(area, crudos, formatos)

        return volver

    def _crudos(self, area: Area) -> dict[Posicion, Any]:
        valores = self.rango(area).Value2
        filas = ((valores,),) if area.celdas == 1 else valores
        return dict(zip(area.posiciones(), (valor for fila in filas for valor in fila), strict=True))

    def _crudo(self, valor: Contenido, formato: str) -> Any:
        """Value2 of a cell with this number format that is to hold this."""
        match valor:
            case None | bool():
                return valor
            case datetime():
                return self._serie(valor)
            case str():
                return valor.replace("\r\n", "\n").replace("\r", "\n") or None
            case _:
                return valor / 100 if es_de_porcentaje(formato) else float(valor)

    def _serie(self, momento: datetime) -> float:
        return (en_segundos(momento) - self._origen) / timedelta(days=1)

    def _es_la_primera(self, lugar: Posicion) -> bool:
        unidas = self.com.Cells(*lugar).MergeArea
        return (unidas.Row, unidas.Column) == lugar

    def _mostrar_como_momentos(self, area: Area) -> None:
        formatos = self.propiedad(area, "NumberFormat")
        for generales in rectangulos(lugar for lugar, formato in formatos.items() if formato == _GENERAL):
            self.rango(generales).NumberFormat = _FORMATO_DE_MOMENTO

    def _dar_formatos(self, area: Area, formatos: Mapping[Posicion, str]) -> None:
        for formato in dict.fromkeys(formatos.values()):
            for suyas in rectangulos(lugar for lugar in area.posiciones() if formatos[lugar] == formato):
                self.rango(suyas).NumberFormat = formato

    def _poner(self, area: Area, crudos: Mapping[Posicion, Any], formatos: Mapping[Posicion, str]) -> None:
        escritos = {lugar: _escrito(crudo, formatos[lugar]) for lugar, crudo in crudos.items()}
        if any(isinstance(escrito, str) and len(escrito) > _LARGO_EN_UN_BLOQUE for escrito in escritos.values()):
            for lugar, escrito in escritos.items():
                self.com.Cells(*lugar).Value2 = escrito
        elif area.celdas == 1:
            self.rango(area).Value2 = escritos[area.fila, area.columna]
        else:
            self.rango(area).Value2 = _en_filas(area, escritos)
        for lugar in _distintos(self._crudos(area), crudos):
            self._insistir(lugar, crudos[lugar], formatos[lugar])
        for fila, columna in _distintos(self._crudos(area), crudos):
            raise CeldaReacia(f"{self.com.Name}!{direccion(fila, columna)} no conserva lo que se escribe en ella")

    def _insistir(self, lugar: Posicion, crudo: Any, formato: str) -> None:
        """Write once more what Excel took for something else: a text for a date, a number in a text cell for a text."""
        celda = self.com.Cells(*lugar)
        if isinstance(crudo, str):
            celda.NumberFormat = formato  # reading it as a date has changed that
            celda.Value2 = f"'{crudo}"
        else:
            celda.NumberFormat = _GENERAL
            celda.Value2 = _escrito(crudo, _GENERAL)
            celda.NumberFormat = formato


def _hallado(crudo: Any, formato: str) -> Hallado:
    match crudo:
        case bool() | str() | None:
            return crudo
        case float():
            return puntos_porcentuales(crudo) if es_de_porcentaje(formato) else crudo
        case _:
            return ValorDeError()  # COM gives the number of an error as an int


def _escrito(crudo: Any, formato: str) -> Any:
    """What Excel is to be given so that the cell holds this.

    Excel reads a text as if it were typed: "=1+1" would become a formula, "1/2" a date, "00012" a number. A leading
    apostrophe, which is no part of the text, keeps it one. The alternative, the number format "@", would stay in the
    cell and make a text of the next number that a person types there. Where a text begins with a letter no apostrophe
    is put, because it shows while editing; should Excel take one ("ene-25") for something else, `_insistir` puts it.
    None would arrive as Null; "" leaves a cell empty, as xlwings does.
    """
    match crudo:
        case None:
            return ""
        case str() if formato != _TEXTO and (not _LETRA.match(crudo) or crudo.casefold() in _LOGICOS):
            return f"'{crudo}"
        case _:
            return crudo


def _en_filas(area: Area, valores: Mapping[Posicion, Any]) -> tuple[tuple[Any, ...], ...]:
    columnas = range(area.columna, area.hasta_columna + 1)
    return tuple(
        tuple(valores[fila, columna] for columna in columnas) for fila in range(area.fila, area.hasta_fila + 1)
    )


def _distintos(hay: Mapping[Posicion, Any], debe_haber: Mapping[Posicion, Any]) -> list[Posicion]:
    return [lugar for lugar, crudo in debe_haber.items() if canonico(hay[lugar]) != canonico(crudo)]
