"""What the buttons of the ribbon do, in the server that Excel talks to.

Each takes the live book through a copy of it, runs what the command line runs, and answers with what to tell. Those
that change the book are in `zedxl.excel.botones_de_edicion`, `boton_de_formulas` and `boton_de_validacion`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import xlwings

from zedxl.errores import explicacion
from zedxl.evaluacion import evaluar, periodo_por_omision
from zedxl.excel.boton_de_formulas import insertar_formulas
from zedxl.excel.boton_de_validacion import validar
from zedxl.excel.botones_de_edicion import ACCIONES_DE_EDICION
from zedxl.excel.libro_vivo import LibroVivo, abrir
from zedxl.excel.pulsacion import Icono, Pulsacion, Respuesta, con_lo_que_falta, lista, primeras
from zedxl.hallazgo import hay_errores
from zedxl.informe.salida import ruta_del_informe
from zedxl.libro.lectura import leer
from zedxl.periodo import Periodo
from zedxl.plan import Plan
from zedxl.resumen import como_json, en_breve

_LARGO_DE_UN_MSGBOX = 1000


@xlwings.func
def PULSAR(boton: str, libro: str, motivos: str) -> list[list[object]]:  # noqa: N802  (called from VBA)
    """The icon and the text with which Excel answers a press; ``libro`` is empty when no book is open."""
    try:
        vivo = LibroVivo(xlwings.Book.caller()) if libro else None
        respuesta = responder(boton, Pulsacion(vivo, motivos or ""))
    finally:
        _soltar_el_libro()
    return [[int(respuesta.icono), _recortado(respuesta.texto)]]


def _soltar_el_libro() -> None:
    """Have xlwings forget the book: while a server holds one, Excel does not end when its last window closes."""
    import xlwings._xlwindows

    xlwings._xlwindows.BOOK_CALLER = None


def responder(boton: str, pulsacion: Pulsacion) -> Respuesta:
    """Do what a button is for; whatever goes wrong becomes a Spanish answer."""
    try:
        return ACCIONES[boton](pulsacion)
    except Exception as error:
        return Respuesta(explicacion(error), Icono.AVISO)


def generar_informe(pulsacion: Pulsacion) -> Respuesta:
    """Write the report beside the book and open it."""
    libro = pulsacion.libro
    lugar = libro.ruta
    plan = _plan(libro)
    periodo = _periodo_pedido(libro, plan)
    if periodo is None:
        return Respuesta()
    libro.decir(f"evaluando {periodo}…")
    evaluacion = evaluar(plan, periodo)
    if hay_errores(evaluacion.todos_los_hallazgos):
        return Respuesta(
            "No se escribió el informe: corrija antes los errores.\n\n" + lista(evaluacion.todos_los_hallazgos),
            Icono.AVISO,
        )
    libro.decir(f"escribiendo el informe de {periodo}…")
    from zedxl.informe.entrega import entregar, plantilla_junto_a

    entrega = entregar(evaluacion, ruta_del_informe(evaluacion, lugar), plantilla=plantilla_junto_a(lugar))
    return con_lo_que_falta(_abierto(entrega.docx), (*evaluacion.todos_los_hallazgos, *entrega.avisos))


def carpeta_de_informes(pulsacion: Pulsacion) -> Respuesta:
    """Open the folder where the reports are written."""
    return _abierto(pulsacion.libro.ruta.parent)


def resumen(pulsacion: Pulsacion) -> Respuesta:
    """The scores of the plan and of its OEI, and the critical AEI."""
    libro = pulsacion.libro
    plan = _plan(libro)
    evaluacion = evaluar(plan, periodo_por_omision(plan))
    return con_lo_que_falta(Respuesta(en_breve(como_json(evaluacion))), evaluacion.todos_los_hallazgos)


def diagnostico(pulsacion: Pulsacion) -> Respuesta:
    """What is right and wrong with the installation, and why cells show errors."""
    from zedxl.instalacion import diagnostico as instalacion

    partes = [instalacion.como_texto(instalacion.revisar())]
    if pulsacion.motivos:
        partes.append(f"Celdas con error:\n{primeras(pulsacion.motivos.splitlines())}")
    return Respuesta("\n\n".join(partes))


def ayuda(pulsacion: Pulsacion) -> Respuesta:  # noqa: ARG001  (every button takes a press)
    """A page about the functions and the buttons."""
    from zedxl.excel.pagina_de_ayuda import escribir_ayuda

    return _abierto(escribir_ayuda())


ACCIONES: dict[str, Callable[[Pulsacion], Respuesta]] = {
    accion.__name__: accion
    for accion in (
        generar_informe,
        carpeta_de_informes,
        resumen,
        validar,
        *ACCIONES_DE_EDICION,
        insertar_formulas,
        diagnostico,
        ayuda,
    )
}
"""What each button of `zedxl.excel.cinta` does, by its name."""


def _plan(libro: LibroVivo) -> Plan:
    with libro.copia() as copia:
        libro.decir("leyendo el libro…")
        return leer(copia)


def _periodo_pedido(libro: LibroVivo, plan: Plan) -> Periodo | None:
    """The período to report: asked for when several have values, None when the person cancels."""
    propuesto = periodo_por_omision(plan)
    if len(plan.periodos_con_valor) == 1:
        return propuesto
    conocidos = ", ".join(map(str, plan.periodos_con_valor))
    escrito = libro.preguntar(f"¿De qué período es el informe? Hay valores en {conocidos}.", str(propuesto))
    return None if escrito is None else Periodo.leer(escrito)


def _abierto(ruta: Path) -> Respuesta:
    try:
        abrir(ruta)
    except OSError:
        return Respuesta(f"Está en {ruta}, pero Windows no pudo abrirlo.", Icono.AVISO)
    return Respuesta()


def _recortado(texto: str) -> str:
    """As much as a MsgBox shows, in the letters that it knows."""
    legible = texto.encode("cp1252", "replace").decode("cp1252")
    return legible if len(legible) <= _LARGO_DE_UN_MSGBOX else legible[: _LARGO_DE_UN_MSGBOX - 1] + "…"
