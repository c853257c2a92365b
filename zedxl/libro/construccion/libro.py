"""The book as a whole: its sheets in their order, its properties, its bytes."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

from zedxl.archivo import escribir_entero
from zedxl.evaluacion import PeriodoDesconocido
from zedxl.excel.macros import Destino, con_macros
from zedxl.hallazgo import Hallazgo
from zedxl.libro import hojas
from zedxl.libro.construccion import ayuda, narrativa, parametros, revision, seguimiento, tablero
from zedxl.libro.construccion.datos_tablero import DatosDelTablero
from zedxl.libro.construccion.disposicion import Disposicion, completado
from zedxl.libro.construccion.lienzo import Lienzo
from zedxl.libro.construccion.paquete import normalizado
from zedxl.libro.construccion.valores import Historia
from zedxl.libro.paquete import Paquete
from zedxl.periodo import Periodo
from zedxl.plan import Plan

_OPCIONES = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
CON_MACROS = ".xlsm"
_VERSION_DE_CALCULO = 191029
"""That of Excel 2019; an older one would make Excel recalculate when it opens the book."""


def construir(plan: Plan, periodo: Periodo, salida: Path) -> tuple[Hallazgo, ...]:
    """Write the seguimiento book of a plan, showing ``periodo``; gives what had to be shortened.

    A book named .xlsm holds the functions and the ribbon; one named .xlsx only shows their results. Raises as
    `componer`, and `OSError` when ``salida`` cannot be written; then nothing is left behind.
    """
    contenido, avisos = componer(plan, periodo, salida.suffix.casefold() == CON_MACROS)
    escribir_entero(contenido, salida)
    return avisos


def componer(plan: Plan, periodo: Periodo, con_funciones: bool) -> tuple[bytes, tuple[Hallazgo, ...]]:
    """The bytes of the book, and what had to be shortened; the same plan and período give the same bytes.

    Raises `DatoInvalido` for a plan that makes no book or a período outside its years.
    """
    if periodo not in plan.periodos:
        raise PeriodoDesconocido(f"El plan no tiene el período {periodo}; no se puede mostrar.")
    contenido = BytesIO()
    lienzo = Lienzo(Workbook(contenido, _OPCIONES))
    _presentar(lienzo.libro, plan, periodo)
    _escribir_hojas(lienzo, completado(plan), periodo)
    lienzo.libro.close()
    paquete = contenido.getvalue()
    if con_funciones:
        paquete = con_macros(Paquete(Path(f"libro{CON_MACROS}"), paquete), Destino.LIBRO)
    return normalizado(paquete), tuple(lienzo.avisos)


def _escribir_hojas(lienzo: Lienzo, plan: Plan, periodo: Periodo) -> None:
    disposicion = Disposicion(plan)
    historia = Historia(plan, periodo)
    datos = DatosDelTablero(disposicion, tablero.fila_de_graficos(disposicion))
    tablero.construir(lienzo.hoja(hojas.TABLERO), disposicion, historia, datos)
    seguimiento.construir(lienzo.hoja(hojas.SEGUIMIENTO), disposicion, historia, datos.reunion)
    narrativa.construir_narrativa(lienzo.hoja(hojas.NARRATIVA), plan)
    narrativa.construir_agentes(lienzo.hoja(hojas.AGENTES), plan)
    parametros.construir(lienzo.hoja(hojas.PARAMETROS), plan, periodo)
    revision.construir_validacion(lienzo.hoja(hojas.VALIDACION), disposicion, historia, datos)
    revision.construir_bitacora(lienzo.hoja(hojas.BITACORA))
    ayuda.construir(lienzo.hoja(hojas.AYUDA))


def _presentar(libro: Workbook, plan: Plan, periodo: Periodo) -> None:
    libro.set_size(2400, 1350)
    libro.set_calc_mode("auto", _VERSION_DE_CALCULO)
    libro.calc_on_load = False
    libro.set_properties(
        {
            "title": f"Seguimiento del PEI {plan.entidad.pei}",
            "subject": "Plan Estratégico Institucional",
            "author": plan.entidad.nombre,
            "company": plan.entidad.nombre,
            "keywords": "PEI, seguimiento, evaluación",
            # Fixed, so that the same plan gives the same bytes.
            "created": datetime(periodo.anio, 1, 1),
        }
    )
