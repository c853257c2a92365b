"""Doubles of Excel's objects for the VBA that the tests run: what the bridge and the ribbon ask of them, and no more."""

# ruff: noqa: N802, N803  (the names are those of VBA)

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pyopenvba.interpreter import VBAArray, VBAObject, VBARuntimeError, member, method, setter

from tests.valores_vba import a_vba, error, matriz


class Cuenta(VBAObject):
    """A collection of which only the number counts."""

    def __init__(self, cuantos: int) -> None:
        self._cuantos = cuantos

    @member
    def Count(self) -> int:
        return self._cuantos


class Hoja(VBAObject):
    """A sheet with as many rows and columns as Excel's."""

    @member
    def Name(self) -> str:
        return "Seguimiento"

    @member
    def Parent(self) -> Libro:
        return Libro("PEI.xlsm")

    @member
    def Rows(self) -> Cuenta:
        return Cuenta(1_048_576)

    @member
    def Columns(self) -> Cuenta:
        return Cuenta(16_384)


class Rango(VBAObject):
    """Cells of a sheet; ``forma`` only for ranges too large to write down."""

    vba_type_name = "Range"

    def __init__(
        self, filas: Sequence[Sequence[Any]] = (), *, zonas: int = 1, forma: tuple[int, int] = (0, 0), lugar: str = "A1"
    ) -> None:
        self._filas, self._zonas, self._lugar = filas, zonas, lugar
        self._forma = forma if not filas else (len(filas), len(filas[0]))

    @member
    def Value2(self) -> object:
        if self._forma == (1, 1):
            return a_vba(self._filas[0][0])
        return matriz(self._filas, desde=1)

    @member
    def Areas(self) -> Cuenta:
        return Cuenta(self._zonas)

    @member
    def Rows(self) -> Cuenta:
        return Cuenta(self._forma[0])

    @member
    def Columns(self) -> Cuenta:
        return Cuenta(self._forma[1])

    @member
    def CountLarge(self) -> int:
        return self._forma[0] * self._forma[1]

    @member
    def Worksheet(self) -> Hoja:
        return Hoja()

    @method
    def Address(self, filas: bool = True, columnas: bool = True) -> str:  # noqa: ARG002
        return self._lugar


class Libro(VBAObject):
    """An open workbook."""

    def __init__(self, nombre: str = "Libro.xlsm", carpeta: str = "C:\\PEI", *, complemento: bool = False) -> None:
        self._nombre, self._carpeta, self._complemento = nombre, carpeta, complemento

    @member
    def Name(self) -> str:
        return self._nombre

    @member
    def Path(self) -> str:
        return self._carpeta

    @member
    def IsAddin(self) -> bool:
        return self._complemento

    @setter("IsAddin")
    def _poner_complemento(self, valor: bool) -> None:
        self._complemento = bool(valor)

    @member
    def Saved(self) -> bool:
        return True

    @setter("Saved")
    def _poner_guardado(self, valor: bool) -> None:
        pass


class Aplicacion(VBAObject):
    """Excel itself."""

    def __init__(self) -> None:
        self.celda: Rango | None = None
        self.barra: list[object] = []
        self.ayudas: dict[str, tuple[str, str, list[str]]] = {}
        self.acepta_ayudas: Callable[[], bool] = lambda: True
        self.con_macros: set[str] = set()

    @member
    def Caller(self) -> object:
        return self.celda or error("#REF!")

    @method
    def Run(self, macro: str) -> None:
        libro, _, nombre = str(macro).rpartition("!")
        if libro not in self.con_macros or nombre != "ZedCinta.Responder":
            raise VBARuntimeError(1004, "Cannot run the macro.")

    @method
    def MacroOptions(
        self,
        Macro: str,
        Description: str,
        Category: str,
        ArgumentDescriptions: VBAArray,
    ) -> None:
        if not self.acepta_ayudas():
            raise VBARuntimeError(1004, "Cannot edit a macro on a hidden workbook.")
        self.ayudas[str(Macro)] = (
            str(Description),
            str(Category),
            [str(ayuda) for ayuda in ArgumentDescriptions.items],
        )

    @member
    def StatusBar(self) -> object:
        return self.barra[-1] if self.barra else False

    @setter("StatusBar")
    def _poner_barra(self, valor: object) -> None:
        self.barra.append(valor)

    @member
    def Cursor(self) -> int:
        return 0

    @setter("Cursor")
    def _poner_cursor(self, valor: int) -> None:
        pass

    @member
    def ScreenUpdating(self) -> bool:
        return True

    @setter("ScreenUpdating")
    def _poner_pantalla(self, valor: bool) -> None:
        pass

    @member
    def EnableEvents(self) -> bool:
        return True

    @setter("EnableEvents")
    def _poner_eventos(self, valor: bool) -> None:
        pass


class Control(VBAObject):
    """A button of the ribbon, as its callbacks see it."""

    def __init__(self, nombre: str, necesita: str = "nada") -> None:
        self._nombre, self._necesita = nombre, necesita

    @member
    def ID(self) -> str:
        return self._nombre

    @member
    def Tag(self) -> str:
        return self._necesita


class Cinta(VBAObject):
    """The ribbon; counts how often it was told to ask again."""

    def __init__(self) -> None:
        self.invalidada, self.viva = 0, True

    @method
    def Invalidate(self) -> None:
        if not self.viva:
            raise VBARuntimeError(-2147417848, "The object invoked has disconnected from its clients.")
        self.invalidada += 1
