"""A sheet of the book that is open in Excel: what its cells hold, what keeps them from being written, writing them.

A rectangle is read and written in one call to Excel wherever its cells are alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from zedxl.edicion.cambio import Contenido, canonico
from zedxl.edicion.contenido_xml import en_crudo
from zedxl.edicion.rectangulos import rectangulos
from zedxl.excel.valor_vivo import GENERAL, contenido_de, error_de, formato_para, tecleado
from zedxl.libro.direccion import Area
from zedxl.libro.paquete import es_de_porcentaje
from zedxl.plan import Celda

Posicion = tuple[int, int]
"""Row and column, from 1."""

_LARGO_EN_UN_BLOQUE = 900  # with longer texts in an array several versions of Excel have failed
_CON_FORMULA = {
    "HasFormula": "tiene una fórmula",
    "HasArray": "es parte de una fórmula de matriz",
    "HasSpill": "muestra parte del resultado de otra fórmula",
}


class CeldaReacia(Exception):
    """Excel takes what is written in a cell for something else; its text names the cell (Spanish)."""


class HojaViva:
    """A worksheet of the live book; ``base_1904`` says from when its dates count."""

    def __init__(self, com: Any, base_1904: bool) -> None:
        self.com = com
        self._nombre = str(com.Name)
        self._base_1904 = base_1904

    def rango(self, area: Area) -> Any:
        """Excel's object for these cells."""
        return self.com.Range(str(area))

    def celda(self, lugar: Posicion) -> Celda:
        """The name of a cell."""
        return Celda(self._nombre, *lugar)

    def propiedad(self, area: Area, nombre: str) -> dict[Posicion, Any]:
        """A property of each cell, False where this Excel does not know it.

        Excel answers for all of them at once where they are alike, and with Null, which is None here, where not.
        """
        comun = getattr(self.rango(area), nombre, False)
        if comun is not None:
            return dict.fromkeys(area.posiciones(), comun)
        return {lugar: getattr(self.com.Cells(*lugar), nombre) for lugar in area.posiciones()}

    def contenidos(self, area: Area) -> dict[Posicion, Contenido]:
        """What the cells say."""
        formatos = self.propiedad(area, "NumberFormat")
        return {
            lugar: contenido_de(crudo, formatos[lugar], self._base_1904) for lugar, crudo in self._crudos(area).items()
        }

    def contenido(self, lugar: Posicion) -> Contenido:
        """What one cell says."""
        return self.contenidos(Area(*lugar, *lugar))[lugar]

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

    def exigir_que_quepan(self, valores: Mapping[Posicion, Contenido]) -> None:
        """Raise `EdicionImposible` for what no cell can hold."""
        for lugar, valor in valores.items():
            self._crudo(lugar, valor, GENERAL)

    def escribir(self, valores: Mapping[Posicion, Contenido]) -> None:
        """Write these cells; `CeldaReacia` when one does not hold afterwards what was written."""
        for area in rectangulos(valores):
            antes = self.propiedad(area, "NumberFormat")
            formatos = {lugar: formato_para(valores[lugar], antes[lugar]) for lugar in area.posiciones()}
            self._dar_formatos({lugar: nuevo for lugar, nuevo in formatos.items() if nuevo != antes[lugar]})
            self._poner(
                area, {lugar: self._crudo(lugar, valores[lugar], formatos[lugar]) for lugar in formatos}, formatos
            )

    def vueltas_atras(self, lugares: Iterable[Posicion]) -> list[Callable[[], None]]:
        """What gives these cells, none of which has a formula, the values and number formats that they have now."""
        return [
            partial(self._devolver, area, self._crudos(area), self.propiedad(area, "NumberFormat"))
            for area in rectangulos(lugares)
        ]

    def _devolver(self, area: Area, crudos: Mapping[Posicion, Any], formatos: Mapping[Posicion, str]) -> None:
        """Give back what these cells had; where they still have it, nothing is written: Excel may refuse it."""
        hay = self.propiedad(area, "NumberFormat")
        self._dar_formatos({lugar: formato for lugar, formato in formatos.items() if formato != hay[lugar]})
        cambiadas = _distintos(self._crudos(area), crudos)
        errores = {lugar: error for lugar in cambiadas if (error := error_de(crudos[lugar])) is not None}
        for lugar, error in errores.items():
            self.com.Cells(*lugar).Formula = error
        for otras in rectangulos(lugar for lugar in cambiadas if lugar not in errores):
            self._poner(otras, {lugar: crudos[lugar] for lugar in otras.posiciones()}, formatos)

    def _crudos(self, area: Area) -> dict[Posicion, Any]:
        valores = self.rango(area).Value2
        filas = ((valores,),) if area.celdas == 1 else valores
        return dict(zip(area.posiciones(), (valor for fila in filas for valor in fila), strict=True))

    def _crudo(self, lugar: Posicion, valor: Contenido, formato: str) -> Any:
        """Value2 of a cell with this number format that is to say this."""
        porcentaje = es_de_porcentaje(formato)
        crudo = en_crudo(self.celda(lugar), valor, porcentaje=porcentaje, desde_1904=self._base_1904)
        return crudo.replace("\r\n", "\n").replace("\r", "\n") if isinstance(crudo, str) else crudo

    def _es_la_primera(self, lugar: Posicion) -> bool:
        unidas = self.com.Cells(*lugar).MergeArea
        return (unidas.Row, unidas.Column) == lugar

    def _dar_formatos(self, formatos: Mapping[Posicion, str]) -> None:
        for formato in dict.fromkeys(formatos.values()):
            for area in rectangulos(lugar for lugar, suyo in formatos.items() if suyo == formato):
                self.rango(area).NumberFormat = formato

    def _poner(self, area: Area, crudos: Mapping[Posicion, Any], formatos: Mapping[Posicion, str]) -> None:
        tecleados = {lugar: tecleado(crudo, formatos[lugar]) for lugar, crudo in crudos.items()}
        if any(isinstance(texto, str) and len(texto) > _LARGO_EN_UN_BLOQUE for texto in tecleados.values()):
            for lugar, uno in tecleados.items():
                self.com.Cells(*lugar).Value2 = uno
        elif area.celdas == 1:
            self.rango(area).Value2 = tecleados[area.fila, area.columna]
        else:
            self.rango(area).Value2 = _en_filas(area, tecleados)
        reacias = _distintos(self._crudos(area), crudos)
        for lugar in reacias:
            self._insistir(lugar, crudos[lugar], formatos[lugar])
        for lugar in _distintos(self._crudos(area), crudos) if reacias else ():
            raise CeldaReacia(f"{self.celda(lugar)} no conserva lo que se escribe en ella")

    def _insistir(self, lugar: Posicion, crudo: Any, formato: str) -> None:
        """Write once more what Excel took for something else: a text for a date, a number in a text cell for a text."""
        celda = self.com.Cells(*lugar)
        if isinstance(crudo, str):
            celda.NumberFormat = formato  # reading it as a date has changed that
            celda.Value2 = f"'{crudo}"
        else:
            celda.NumberFormat = GENERAL
            celda.Value2 = tecleado(crudo, GENERAL)
            celda.NumberFormat = formato


def _en_filas(area: Area, valores: Mapping[Posicion, Any]) -> tuple[tuple[Any, ...], ...]:
    columnas = range(area.columna, area.hasta_columna + 1)
    return tuple(
        tuple(valores[fila, columna] for columna in columnas) for fila in range(area.fila, area.hasta_fila + 1)
    )


def _distintos(hay: Mapping[Posicion, Any], debe_haber: Mapping[Posicion, Any]) -> list[Posicion]:
    return [lugar for lugar, crudo in debe_haber.items() if canonico(hay[lugar]) != canonico(crudo)]
