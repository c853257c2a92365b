"""Sheet Parámetros: whose plan it is, the período shown, the rules chosen, and what follows from them."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell

from zedxl.aspecto import GRIS
from zedxl.libro.construccion import nombres, validaciones
from zedxl.libro.construccion.lienzo import (
    APARTADO,
    CELDA,
    CENTRADO,
    ENTRADA,
    Formula,
    Hoja,
    Rasgos,
)
from zedxl.libro.construccion.validaciones import Validacion
from zedxl.libro.hojas import (
    PARAMETROS,
    PARAMETROS_DE_ENTIDAD,
    PARAMETROS_DE_REGLAS,
    PERIODO_DE_EVALUACION,
    TITULOS_PARAMETROS,
    Parametro,
)
from zedxl.narrativa import Seccion
from zedxl.periodo import Periodo
from zedxl.plan import Plan
from zedxl.vocabulario import Prioridad, Tipo

_FILA_DE_TITULOS = 3
_COLUMNA_DERIVADA = 4
_COLUMNA_DE_LISTAS = 8
_TODAS = "Todas"
_SIN_FORMULA = ("siglas",)
"""Fields whose cell no formula needs, so that it has no name."""
_PERIODO = Parametro(
    PERIODO_DE_EVALUACION, "periodo", str, "El que muestran Tablero y Seguimiento, por ejemplo 2025-I."
)


def construir(hoja: Hoja, plan: Plan, periodo: Periodo) -> None:
    """Write the sheet and define its names."""
    hoja.presentar("Parámetros", "Decisiones de la entidad. Tablero, Seguimiento y el informe las aplican.")
    hoja.anchos(34, 34, 62, 3, 32, 14, 50, 3, 14, 24, 32, 10)
    hoja.encabezados(_FILA_DE_TITULOS, TITULOS_PARAMETROS)
    listas = _listas(hoja, plan)
    parametros = (*PARAMETROS_DE_ENTIDAD, _PERIODO, *PARAMETROS_DE_REGLAS)
    for fila, parametro in enumerate(parametros, _FILA_DE_TITULOS + 1):
        _escribir(hoja, fila, parametro, _valor(parametro, plan, periodo), listas)
    _derivados(hoja, plan, periodo)
    hoja.xl.freeze_panes(_FILA_DE_TITULOS + 1, 0)
    hoja.xl.print_area(0, 0, _FILA_DE_TITULOS + len(parametros), 2)
    hoja.xl.repeat_rows(_FILA_DE_TITULOS)
    hoja.proteger()


def _escribir(hoja: Hoja, fila: int, parametro: Parametro, valor: float | str, listas: dict[str, str]) -> None:
    hoja.xl.set_row(fila, 20)
    hoja.texto(fila, 0, parametro.nombre, CELDA, {"bold": True})
    rasgos: tuple[Rasgos, ...] = (ENTRADA, {"align": "left", "text_wrap": True})
    if isinstance(valor, str):
        hoja.texto(fila, 1, valor, *rasgos)
    else:
        hoja.numero(fila, 1, valor, *rasgos)
    hoja.texto(fila, 2, parametro.significado, CELDA, {"text_wrap": True})
    hoja.xl.data_validation(fila, 1, fila, 1, _validacion(parametro, listas))
    if parametro.campo not in _SIN_FORMULA:
        _definir(hoja, nombres.de_campo(parametro.campo), xl_rowcol_to_cell(fila, 1, True, True))


def _valor(parametro: Parametro, plan: Plan, periodo: Periodo) -> float | str:
    """What the cell of a parameter says, so that reading it gives the same again."""
    if parametro is _PERIODO:
        return str(periodo)
    if parametro in PARAMETROS_DE_ENTIDAD:
        return str(getattr(plan.entidad, parametro.campo))
    valor = getattr(plan.parametros, parametro.campo)
    if isinstance(valor, bool):
        return "Sí" if valor else "No"
    if isinstance(valor, tuple):
        return ", ".join(p.value for p in valor) or _TODAS
    return float(valor) if isinstance(valor, (int, float)) else str(valor)


def _validacion(parametro: Parametro, listas: dict[str, str]) -> Validacion:
    nombre, mensaje = parametro.nombre, parametro.significado
    if parametro.campo in listas:
        estricta = parametro is _PERIODO
        return validaciones.de_lista(nombre, listas[parametro.campo], mensaje, estricta)
    if parametro.opciones:
        return validaciones.de_lista(nombre, list(parametro.opciones), mensaje)
    if parametro.campo.startswith("umbral"):
        return validaciones.de_numero(nombre, mensaje, maximo=100)
    return validaciones.de_texto(nombre, mensaje)


def _listas(hoja: Hoja, plan: Plan) -> dict[str, str]:
    """Write the lists of choices at the right; where each stands, by the field that it is for."""
    prioridades = [p.value for p in Prioridad]
    columnas: tuple[tuple[str, str, list[str]], ...] = (
        ("Períodos", "periodo", [str(p) for p in plan.periodos]),
        ("Prioridades", "prioridades_criticas",
         [_TODAS, *(", ".join(prioridades[:n]) for n in range(1, len(prioridades)))]),
        ("Secciones", "secciones", [s.value for s in Seccion]),
    )  # fmt: skip
    hoja.texto(_FILA_DE_TITULOS - 1, _COLUMNA_DE_LISTAS, "Listas de elección", APARTADO)
    hoja.encabezados(_FILA_DE_TITULOS, (*(titulo for titulo, _, _ in columnas), "Años"), _COLUMNA_DE_LISTAS)
    lugares = {}
    for n, (_, campo, opciones) in enumerate(columnas):
        for fila, opcion in enumerate(opciones, _FILA_DE_TITULOS + 1):
            hoja.texto(fila, _COLUMNA_DE_LISTAS + n, opcion, CELDA)
        lugares[campo] = f"={_rango(_COLUMNA_DE_LISTAS + n, len(opciones))}"
    for fila, anio in enumerate(plan.anios, _FILA_DE_TITULOS + 1):
        hoja.numero(fila, _COLUMNA_DE_LISTAS + len(columnas), anio, CELDA)
    _definir(hoja, nombres.PERIODOS, lugares["periodo"].removeprefix("="))
    _definir(hoja, nombres.SECCIONES, lugares["secciones"].removeprefix("="))
    _definir(hoja, nombres.ANIOS, _rango(_COLUMNA_DE_LISTAS + len(columnas), len(plan.anios)))
    return lugares


def _derivados(hoja: Hoja, plan: Plan, periodo: Periodo) -> None:
    """Write what formulas need to know of the parameters; nobody types here."""
    reglas = plan.parametros
    lugar, lugar_del_anio = plan.periodos.index(periodo) + 1, plan.anios.index(periodo.anio) + 1
    derivados: tuple[tuple[str, Formula, str], ...] = (
        (nombres.ANIO, Formula(f"VALUE(LEFT({nombres.PERIODO},4))", periodo.anio), "Año del período."),
        (nombres.SEMESTRE, Formula(f'IF(RIGHT({nombres.PERIODO},3)="-II",2,1)', periodo.semestre), "Semestre: 1 o 2."),
        (nombres.LUGAR_DEL_ANIO, Formula(f"MATCH({nombres.ANIO},{nombres.ANIOS},0)", lugar_del_anio),
         "Qué columna de metas le toca."),
        (nombres.LUGAR_DEL_PERIODO, Formula(f"MATCH({nombres.PERIODO},{nombres.PERIODOS},0)", lugar),
         "Qué columna de valores le toca."),
        (nombres.LUGAR_DEL_PRIMERO, Formula(f"{nombres.LUGAR_DEL_PERIODO}-{nombres.SEMESTRE}+1",
                                            lugar - periodo.semestre + 1),
         "Qué columna de valores tiene el semestre I de su año."),
        (nombres.CON_TOPE, Formula(f'{nombres.de_campo("tope")}<>"No"', reglas.tope), "Si ningún avance pasa de 100."),
        (nombres.ES_TIPO_II, Formula(f'{nombres.de_campo("tipo")}="{Tipo.II}"', reglas.tipo is Tipo.II),
         "Si el avance se mide desde la línea base."),
    )  # fmt: skip
    hoja.texto(_FILA_DE_TITULOS - 1, _COLUMNA_DERIVADA, "Para las fórmulas: no se escribe aquí", APARTADO)
    hoja.encabezados(_FILA_DE_TITULOS, ("Nombre", "Valor", "Qué es"), _COLUMNA_DERIVADA)
    for fila, (nombre, formula, que_es) in enumerate(derivados, _FILA_DE_TITULOS + 1):
        hoja.texto(fila, _COLUMNA_DERIVADA, nombre, CELDA, {"font_color": f"#{GRIS}"})
        hoja.formula(fila, _COLUMNA_DERIVADA + 1, formula, CELDA, CENTRADO)
        hoja.texto(fila, _COLUMNA_DERIVADA + 2, que_es, CELDA)
        _definir(hoja, nombre, xl_rowcol_to_cell(fila, _COLUMNA_DERIVADA + 1, True, True))


def _rango(columna: int, largo: int) -> str:
    desde, hasta = (xl_rowcol_to_cell(_FILA_DE_TITULOS + n, columna, True, True) for n in (1, largo))
    return f"'{PARAMETROS}'!{desde}:{hasta}"


def _definir(hoja: Hoja, nombre: str, lugar: str) -> None:
    destino = lugar if "!" in lugar else f"'{PARAMETROS}'!{lugar}"
    hoja.lienzo.libro.define_name(nombre, f"={destino}")
