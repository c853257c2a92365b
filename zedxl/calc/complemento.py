"""The functions as an add-in of Calc: their names, their help, and the calls.

Loaded by LibreOffice's own Python.
"""
# ruff: noqa: N802  (the names are those of LibreOffice's interfaces)

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any
from weakref import WeakValueDictionary

from udfs import FUNCIONES, Funcion
from zedxl.calc import SERVICIO_DE_FUNCIONES
from zedxl.calc.adaptador import Filas, identificador, llamar, para_calc, tipo_de_bloque
from zedxl.calc.vigia import Vigia, poner_vigia

SERVICIOS = (SERVICIO_DE_FUNCIONES, "com.sun.star.sheet.AddIn")

_POR_METODO = {identificador(nombre): funcion for nombre, funcion in FUNCIONES.items()}
_INTERFACES = (
    "com.sun.star.sheet.XAddIn",
    "com.sun.star.sheet.XCompatibilityNames",
    "com.sun.star.lang.XServiceName",
    "com.sun.star.lang.XServiceInfo",
    "pe.zedxl.XFunciones",
)
_IDIOMAS = (("en", "US"), ("es", ""), ("es", "PE"), ("es", "ES"))
"""Files hold the English names, so these are the names in every language."""


class Descripcion:
    """What Calc asks about the functions: the same answers in every language."""

    def __init__(self) -> None:
        self._idioma: Any = None
        self.vigia: Vigia | None = None

    def getServiceName(self) -> str:
        """The service that holds the functions."""
        return SERVICIO_DE_FUNCIONES

    def getImplementationName(self) -> str:
        """The name under which the component is registered."""
        return SERVICIO_DE_FUNCIONES

    def getSupportedServiceNames(self) -> tuple[str, ...]:
        """What this component is."""
        return SERVICIOS

    def supportsService(self, nombre: str) -> bool:
        """Whether it is that."""
        return nombre in SERVICIOS

    def setLocale(self, idioma: Any) -> None:
        """Take note of the language of the program."""
        self._idioma = idioma

    def getLocale(self) -> Any:
        """The language last set."""
        return self._idioma or import_module("uno").createUnoStruct("com.sun.star.lang.Locale", "es", "PE", "")

    def getProgrammaticFuntionName(self, visible: str) -> str:
        """The method of a function (the spelling is LibreOffice's)."""
        return identificador(visible) if visible in FUNCIONES else ""

    def getDisplayFunctionName(self, nombre: str) -> str:
        """What is typed in a cell; nothing for a method that is no function."""
        return _POR_METODO[nombre].nombre if nombre in _POR_METODO else ""

    def getFunctionDescription(self, nombre: str) -> str:
        """Its line in the function wizard."""
        return _POR_METODO[nombre].descripcion if nombre in _POR_METODO else ""

    def getDisplayArgumentName(self, nombre: str, lugar: int) -> str:
        """The name of an argument, counted from 0, in brackets when it is optional: Calc takes all of them for that."""
        return _POR_METODO[nombre].argumentos[lugar].escritura if nombre in _POR_METODO else ""

    def getArgumentDescription(self, nombre: str, lugar: int) -> str:
        """The line of an argument in the function wizard."""
        return _POR_METODO[nombre].argumentos[lugar].ayuda if nombre in _POR_METODO else ""

    def getProgrammaticCategoryName(self, _nombre: str) -> str:
        """One of Calc's own categories; there is none for other functions."""
        return "Add-In"

    def getDisplayCategoryName(self, nombre: str) -> str:
        """The category as people read it."""
        return _POR_METODO[nombre].categoria if nombre in _POR_METODO else "Add-In"

    def getCompatibilityNames(self, nombre: str) -> tuple[Any, ...]:
        """The name in files of Excel, by language."""
        if nombre not in _POR_METODO:
            return ()
        crear = import_module("uno").createUnoStruct
        return tuple(
            crear(
                "com.sun.star.sheet.LocalizedName",
                crear("com.sun.star.lang.Locale", idioma, pais, ""),
                _POR_METODO[nombre].nombre,
            )
            for idioma, pais in _IDIOMAS
        )


class Bloque:
    """Rows of values on their way to Calc.

    From Python only an event can say what type its rows have, so a block is handed over as a result that may change,
    and that tells its value, once, to whom asks to be told.
    """

    def __init__(self, filas: Filas) -> None:
        self._filas = filas

    def addResultListener(self, oyente: Any) -> None:
        """Tell a cell the rows that it waits for."""
        uno = import_module("uno")
        evento = uno.createUnoStruct("com.sun.star.sheet.ResultEvent")
        valores = tuple(tuple(map(para_calc, fila)) for fila in self._filas)
        evento.Source, evento.Value = self, uno.Any(tipo_de_bloque(self._filas), valores)
        oyente.modified(evento)

    def removeResultListener(self, oyente: Any) -> None:
        """Nothing to do: the rows do not change."""


def clase() -> type:
    """The component: the description, and a method for each function."""
    uno, unohelper = import_module("uno"), import_module("unohelper")
    bloque = type("BloqueUno", (Bloque, unohelper.Base, uno.getClass("com.sun.star.sheet.XVolatileResult")), {})
    bases = (Descripcion, unohelper.Base, *(uno.getClass(interfaz) for interfaz in _INTERFACES))
    metodos = {nombre: _metodo(funcion, bloque) for nombre, funcion in _POR_METODO.items()}
    return type("Funciones", bases, {"__init__": _iniciar, **metodos})


def _iniciar(complemento: Descripcion, contexto: Any, *_argumentos: object) -> None:
    Descripcion.__init__(complemento)
    complemento.vigia = poner_vigia(contexto)


def _metodo(funcion: Funcion, bloque: Callable[[Filas], Bloque]) -> Callable[..., object]:
    # the same rows are the same block, or Calc would keep one more for each time it computes
    bloques: WeakValueDictionary[Filas, Bloque] = WeakValueDictionary()

    def llamada(complemento: Descripcion, *valores: object) -> object:
        *dados, documento = valores
        if 0.0 in dados and complemento.vigia is not None:
            complemento.vigia.dudar(documento)
        resultado = llamar(funcion, dados)
        if not isinstance(resultado, tuple):
            return para_calc(resultado)
        guardado = bloques.get(resultado)
        if guardado is None:
            guardado = bloques[resultado] = bloque(resultado)
        return guardado

    return llamada
