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
"""Code name of the workbook, which is that of its module."""


def vba_project(nombres_de_hojas: Sequence[str], pestana: Pestana) -> bytes:
    """The vbaProject.bin of a workbook whose sheets have these code names, in their order, and that shows this tab."""
    return compilar(NOMBRE, modulos(nombres_de_hojas, pestana))


def modulos(nombres_de_hojas: Sequence[str], pestana: Pestana = Pestana.DEL_LIBRO) -> tuple[Modulo, ...]:
    """The modules of the project: those of the workbook and its sheets, then the bridge, the functions, the ribbon."""
    return (
        Modulo(LIBRO, _fuente("ThisWorkbook.cls"), Clase.LIBRO),
        *(Modulo(nombre, "", Clase.HOJA) for nombre in nombres_de_hojas),
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
