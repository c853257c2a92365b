"""cerrar(libro, período): the snapshot of a semester is stored in the book and its cells are locked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zedxl.codigo import PLAN
from zedxl.edicion.cambio import Candado, Edicion, Firma
from zedxl.errores import ErrorExplicado
from zedxl.evaluacion import evaluar
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.instantanea import Instantanea, huella, tomar
from zedxl.libro.bitacora import Apunte, asentada
from zedxl.libro.cierres import agregar, filas_de_cierre, primera_celda
from zedxl.libro.desacuerdo import exigir_acuerdo
from zedxl.libro.lectura import Libro
from zedxl.libro.xml_crudo import atributo
from zedxl.numero import con_decimales
from zedxl.periodo import Periodo
from zedxl.semestre import origen
from zedxl.semestre.cerrados import celdas_del_periodo
from zedxl.validacion import validar

_PROTECCION = re.compile(rb"<(?:\w+:)?sheetProtection\b[^>]*>")


class CierreRechazado(ErrorExplicado):
    """A semester that cannot be closed; its text says why, ``errores`` are the findings that refuse it."""

    def __init__(self, texto: str, errores: Sequence[Hallazgo] = ()) -> None:
        super().__init__(texto)
        self.errores = tuple(errores)


def cerrar(libro: Libro, periodo: Periodo, firma: Firma, pese_a: str = "") -> Edicion:
    """The edit that closes a period: its snapshot, its locks and its entry in the log.

    Raises `CierreRechazado` for a period that is closed already or that has no value, and for a book with errors
    unless ``pese_a`` says why it is closed all the same.
    """
    exigir_acuerdo(libro.bitacora, libro.cierres)
    cerrado = libro.plan.cierres.get(periodo)
    if cerrado is not None:
        raise CierreRechazado(f"{periodo} ya está cerrado, desde el {cerrado.cuando:%d/%m/%Y} ({cerrado.quien}).")
    evaluacion = evaluar(libro.plan, periodo)
    if periodo not in libro.plan.periodos_con_valor:
        raise CierreRechazado(f"Ningún indicador tiene valor obtenido en {periodo}: no hay nada que cerrar.")
    errores = [h for h in validar(libro, periodo) if h.severidad is Severidad.ERROR]
    if errores and not pese_a.strip():
        raise CierreRechazado(
            f"No se cerró {periodo}: el libro tiene {_contar(len(errores))}. Corríjalos o, si debe cerrarse así, diga "
            "por qué con --pese-a.",
            errores,
        )
    renglones = tomar(evaluacion)
    instantanea = Instantanea(periodo, renglones, firma.cuando, firma.quien, huella(renglones), pese_a.strip())
    lugar = str(primera_celda(libro.cierres))
    suceso = Apunte(firma.quien, str(periodo), PLAN, lugar, "abierto", instantanea.sha256, pese_a.strip())
    celdas = frozenset((c.fila, c.columna) for c in celdas_del_periodo(libro.plan, periodo))
    candado = Candado(libro.tabla.hoja.nombre, celdas, cerrado=True)
    edicion = agregar(libro.cierres, filas_de_cierre(instantanea)) + Edicion(candados=(candado,))
    return asentada(libro.bitacora, edicion, origen.CIERRE, firma.cuando, [suceso])


def en_breve(libro: Libro, periodo: Periodo) -> str:
    """What was closed, in a few Spanish lines."""
    evaluacion = evaluar(libro.plan, periodo)
    lineas = [f"Se cerró {periodo} en {libro.nombre}."]
    lineas += [f"  {oei.oei.codigo}: {con_decimales(oei.conjunto.puntaje.valor)}" for oei in evaluacion.oeis]
    lineas.append(f"  Puntaje del PEI: {con_decimales(evaluacion.conjunto.puntaje.valor)}")
    if not _esta_protegida(libro):
        lineas.append(
            f"La hoja {libro.tabla.hoja.nombre} no está protegida: sus celdas todavía se pueden cambiar a mano, y "
            "validar lo dirá. Para impedirlo, protéjala en Excel: Revisar > Proteger hoja."
        )
    return "\n".join(lineas)


def _esta_protegida(libro: Libro) -> bool:
    """Whether locks count on the sheet of the table: on one that is not protected anybody can type anywhere."""
    parte = libro.paquete.hojas()[libro.tabla.hoja.nombre]
    proteccion = _PROTECCION.search(libro.paquete.parte(parte))
    return proteccion is not None and atributo(proteccion[0], "sheet") in ("1", "true")


def _contar(errores: int) -> str:
    return "un error" if errores == 1 else f"{errores} errores"
