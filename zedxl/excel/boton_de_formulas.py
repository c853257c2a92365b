"""The button «Insertar fórmulas»: the planner points at columns of the seguimiento table, and they are filled in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from zedxl.edicion.cambio import Firma
from zedxl.excel.edicion_viva import aplicar
from zedxl.excel.libro_vivo import LibroVivo
from zedxl.excel.pulsacion import Pulsacion, Respuesta
from zedxl.libro.lectura import Libro, leer_libro
from zedxl.periodo import Periodo

if TYPE_CHECKING:
    from zedxl.vinculacion.formulas import Resultado


def insertar_formulas(pulsacion: Pulsacion) -> Respuesta:
    """Put the formulas of a período into the columns that the person points at."""
    from zedxl.vinculacion.insercion import insertar

    libro = pulsacion.libro
    with libro.copia() as copia:
        libro.decir("leyendo el libro…")
        leido = leer_libro(copia)
    conocidos = ", ".join(map(str, sorted(leido.tabla.valores)))
    escrito = libro.preguntar(
        f"¿De qué período son las fórmulas? En el libro hay {conocidos}.", str(leido.plan.periodo_en_curso or "")
    )
    if escrito is None:
        return Respuesta()
    periodo = Periodo.leer(escrito)
    columnas = _senaladas(libro, leido, periodo)
    if not columnas:
        return Respuesta()
    insercion = insertar(leido, periodo, columnas, Firma(libro.usuario, datetime.now()))
    aplicar(libro, insercion.edicion)
    return Respuesta(f"{insercion.en_palabras}\n\nGuarde el libro para conservarlo.")


def _senaladas(libro: LibroVivo, leido: Libro, periodo: Periodo) -> dict[Resultado, int]:
    """The column for each result that the person wants; none when that of the avance is not pointed at."""
    from zedxl.vinculacion.formulas import Resultado
    from zedxl.vinculacion.insercion import InsercionRechazada, fuentes, proponer_una

    tabla = leido.tabla
    columnas: dict[Resultado, int] = {}
    de_donde = f"Se calcula con {fuentes(leido, periodo)}."
    for resultado in Resultado:
        propuesta = tabla.hoja.celda(tabla.fila_titulos, proponer_una(leido, periodo, resultado, columnas.values()))
        celda = libro.senalar(
            f"{resultado.value} {periodo}: señale una celda de la columna donde va. {de_donde}", propuesta
        )
        if celda is None:
            if resultado is Resultado.AVANCE:
                return {}
            continue
        if celda.hoja != tabla.hoja.nombre:
            raise InsercionRechazada(
                f"{celda} no está en la hoja de la tabla, «{tabla.hoja.nombre}». Señale una columna de esa hoja. No se "
                "cambió nada."
            )
        columnas[resultado] = celda.columna
        de_donde = "Cancelar: no ponerla."
    return columnas
