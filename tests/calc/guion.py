"""Talks to LibreOffice by UNO: run by the system's Python, which has `uno`, with the name of the pipe.

Reads one JSON request a line and writes one JSON answer a line. An error value of a cell is {"error": its number}.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uno  # type: ignore[import-not-found]

PACIENCIA = 30
TEXTO = 2  # com.sun.star.sheet.FormulaResult.STRING
EXCEL = "Calc MS Excel 2007 XML"
ENTRADAS = "/org.openoffice.Office.Addons/AddonUI/OfficeMenuBar"


def conectar(tubo: str) -> Any:
    """The context of the LibreOffice that listens at a pipe, once it does."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    limite = time.monotonic() + PACIENCIA
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={tubo};urp;StarOffice.ComponentContext")
        except Exception:
            if time.monotonic() > limite:
                raise
            time.sleep(0.05)


class Guion:
    """The requests, each a method of its name."""

    def __init__(self, contexto: Any) -> None:
        self._contexto = contexto
        self._escritorio = self._crear("com.sun.star.frame.Desktop")

    def valores(self, libro: str, celdas: dict[str, list[str]]) -> dict[str, Any]:
        """The values of cells or ranges of a book, by sheet, with everything computed anew."""
        with self._abierto(libro) as documento:
            documento.calculateAll()
            return {
                hoja: {rango: _valores(documento.Sheets.getByName(hoja).getCellRangeByName(rango)) for rango in rangos}
                for hoja, rangos in celdas.items()
            }

    def segundos(self, libro: str, veces: int) -> float:
        """The shortest of several times that Calc takes to compute everything anew in a book."""
        with self._abierto(libro) as documento:
            medidos = []
            for _ in range(veces):
                empieza = time.perf_counter()
                documento.calculateAll()
                medidos.append(time.perf_counter() - empieza)
            return min(medidos)

    def vaciar(self, libro: str, hoja: str, celda: str, formula: str, otro: str) -> dict[str, Any]:
        """What a formula shows before a cell is emptied, after, and when it is filled with 2; saved as another file."""
        with self._abierto(libro) as documento:
            pagina = documento.Sheets.getByName(hoja)
            dato, resultado = pagina.getCellRangeByName(celda), pagina.getCellRangeByName(formula)
            visto = {"antes": _valor(resultado)}
            dato.String = ""
            documento.setModified(False)
            _esperar(lambda: _valor(resultado) != 0)
            visto |= {"después": _valor(resultado), "por guardar": documento.isModified()}
            dato.Value = 2
            visto["vuelto a llenar"] = _valor(resultado)
            documento.storeToURL(uno.systemPathToFileUrl(otro), (_propiedad("FilterName", EXCEL),))
            return visto

    def llamar(self, funcion: str, argumentos: list[float]) -> Any:
        """What a function gives to a program that calls it through LibreOffice."""
        return self._crear("com.sun.star.sheet.FunctionAccess").callFunction(funcion, tuple(argumentos))

    def asistente(self) -> dict[str, Any]:
        """What the function wizard shows of each function: its line, its arguments."""
        funciones = self._crear("com.sun.star.sheet.FunctionDescriptions")
        hallados = {}
        for lugar in range(funciones.Count):
            campos = {campo.Name: campo.Value for campo in funciones.getByIndex(lugar)}
            argumentos = [(a.Name, a.Description, a.IsOptional) for a in campos["Arguments"] or ()]
            hallados[campos["Name"]] = {"descripcion": campos["Description"], "argumentos": argumentos}
        return hallados

    def menu(self) -> dict[str, list[list[str]]]:
        """The menus that extensions add: their entries, each with its title and its command."""
        configuracion = self._crear("com.sun.star.configuration.ConfigurationProvider")
        barra = configuracion.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationAccess", (_propiedad("nodepath", ENTRADAS),)
        )
        menus = [barra.getByName(nombre) for nombre in barra.ElementNames]
        return {menu.Title: [[e.Title, e.URL] for e in map(menu.Submenu.getByName, menu.Submenu.ElementNames)]
                for menu in menus}  # fmt: skip

    def pulsar(self, libro: str, accion: str, cambios: dict[str, float]) -> list[str]:
        """Choose an entry of the menu over a book with unsaved changes; the titles of the documents then open."""
        with self._abierto(libro, oculto=False) as documento:
            for lugar, valor in cambios.items():
                hoja, _, celda = lugar.partition("!")
                documento.Sheets.getByName(hoja).getCellRangeByName(celda).Value = valor
            self._crear("pe.zedxl.Menu").trigger(accion)
            abiertos = [componente for componente in self._componentes() if componente.URL != documento.URL]
            titulos = [componente.Title for componente in abiertos]
            for componente in abiertos:
                componente.close(True)
            return titulos

    def terminar(self) -> None:
        """Close LibreOffice."""
        self._escritorio.terminate()

    @contextmanager
    def _abierto(self, libro: str, *, oculto: bool = True) -> Iterator[Any]:
        direccion = uno.systemPathToFileUrl(libro)
        documento = self._escritorio.loadComponentFromURL(direccion, "_blank", 0, (_propiedad("Hidden", oculto),))
        try:
            yield documento
        finally:
            documento.close(True)

    def _componentes(self) -> Iterator[Any]:
        enumeracion = self._escritorio.Components.createEnumeration()
        while enumeracion.hasMoreElements():
            yield enumeracion.nextElement()

    def _crear(self, servicio: str) -> Any:
        return self._contexto.ServiceManager.createInstanceWithContext(servicio, self._contexto)


def _esperar(ocurre: Callable[[], bool]) -> None:
    """Wait until LibreOffice has done what it leaves for when it is idle, or until there is no more patience."""
    limite = time.monotonic() + PACIENCIA
    while not ocurre() and time.monotonic() < limite:
        time.sleep(0.02)


def _valores(rango: Any) -> list[list[Any]]:
    direccion = rango.RangeAddress
    filas, columnas = direccion.EndRow - direccion.StartRow + 1, direccion.EndColumn - direccion.StartColumn + 1
    return [[_valor(rango.getCellByPosition(j, i)) for j in range(columnas)] for i in range(filas)]


def _valor(celda: Any) -> Any:
    if celda.getError():
        return {"error": celda.getError()}
    return celda.String if celda.FormulaResultType2 == TEXTO else celda.Value


def _propiedad(nombre: str, valor: Any) -> Any:
    propiedad = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    propiedad.Name, propiedad.Value = nombre, valor
    return propiedad


def main() -> None:
    """Answer requests until there are no more."""
    guion = Guion(conectar(sys.argv[1]))
    print(json.dumps("listo"), flush=True)
    for linea in sys.stdin:
        orden, argumentos = json.loads(linea)
        try:
            respuesta = {"valor": getattr(guion, orden)(*argumentos)}
        except Exception as error:
            respuesta = {"falla": repr(error)}
        print(json.dumps(respuesta), flush=True)


if __name__ == "__main__":
    main()
