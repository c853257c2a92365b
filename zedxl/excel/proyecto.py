"""The VBA project of a book or an add-in, put together from its text sources."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from udfs import FUNCIONES
from zedxl.excel import CLSID_RESIDENTE, modulo_xlwings
from zedxl.excel.cinta import Pestana
from zedxl.excel.funciones import modulo_de_funciones
from zedxl.vba import Clase, Modulo, compilar

NOMBRE = "ZedXL"
LIBRO = "ThisWorkbook"
"""Code name of a workbook that has none yet, which is that of its module."""


def vba_project(hojas: Sequence[Modulo], pestana: Pestana, libro: str = LIBRO) -> bytes:
    """The vbaProject.bin of a workbook with this code name and these modules of sheets, that shows this tab."""
    return compilar(NOMBRE, modulos(hojas, pestana, libro))


def modulos(hojas: Sequence[Modulo], pestana: Pestana = Pestana.DEL_LIBRO, libro: str = LIBRO) -> tuple[Modulo, ...]:
    """The modules of the project: those of the workbook and its sheets, then the bridge, the functions, the ribbon."""
    return (
        Modulo(libro, _fuente("ThisWorkbook.cls"), Clase.LIBRO),
        *hojas,
        Modulo("ZedPuente", _puente()),
        Modulo("ZedFunciones", modulo_de_funciones(FUNCIONES)),
        Modulo(pestana.modulo, _fuente("ZedCinta.bas", CINTA_DEL_LIBRO=Pestana.DEL_LIBRO.modulo)),
    )


def _puente() -> str:
    return _fuente(
        "ZedPuente.bas",
        CLSID_RESIDENTE=CLSID_RESIDENTE,
        DECLARACIONES_DE_XLWINGS=modulo_xlwings.declaraciones(),
        PROCEDIMIENTOS_DE_XLWINGS=modulo_xlwings.procedimientos(),
    )


def _fuente(archivo: str, **huecos: str) -> str:
    """A source file with its ``{{GAPS}}`` filled."""
    fuente = files("zedxl.excel").joinpath("vba", archivo).read_text("utf-8")
    for hueco, contenido in huecos.items():
        fuente = fuente.replace(f"{{{{{hueco}}}}}", contenido)
    return fuente
