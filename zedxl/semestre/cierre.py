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
from zedxl.semestre.cerrados import celdas_cerradas, celdas_del_periodo
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
    candados = candados_del_periodo(libro, periodo, cerrado=True)
    edicion = agregar(libro.cierres, filas_de_cierre(instantanea)) + Edicion(candados=candados)
    return asentada(libro.bitacora, edicion, origen.CIERRE, firma.cuando, [suceso])


def en_breve(libro: Libro, periodo: Periodo) -> str:
    """What was closed, in a few Spanish lines."""
    evaluacion = evaluar(libro.plan, periodo)
    lineas = [f"Se cerró {periodo} en {libro.nombre}."]
    lineas += [f"  {oei.oei.codigo}: {con_decimales(oei.conjunto.puntaje.valor)}" for oei in evaluacion.oeis]
    lineas.append(f"  Puntaje del PEI: {con_decimales(evaluacion.conjunto.puntaje.valor)}")
    sueltas = _hojas_sin_proteger(libro, periodo)
    if sueltas:
        lineas.append(
            f"Sin proteger: {', '.join(sueltas)}. Sus celdas todavía se pueden cambiar a mano, y validar lo dirá. Para "
            "impedirlo, proteja la hoja en Excel: Revisar > Proteger hoja."
        )
    return "\n".join(lineas)


def candados_del_periodo(libro: Libro, periodo: Periodo, *, cerrado: bool) -> tuple[Candado, ...]:
    """The locks of a period, sheet by sheet: of its cells and of those that say the same elsewhere.

    What another closed period rests on does not open with this one.
    """
    cerradas = set() if cerrado else celdas_cerradas(libro.plan, salvo=periodo)
    por_hoja: dict[str, set[tuple[int, int]]] = {}
    for celda in celdas_del_periodo(libro.plan, periodo):
        for una in (celda, *libro.gemelas.get(celda, ())) if celda not in cerradas else ():
            por_hoja.setdefault(una.hoja, set()).add((una.fila, una.columna))
    return tuple(Candado(hoja, frozenset(celdas), cerrado=cerrado) for hoja, celdas in por_hoja.items())


def _hojas_sin_proteger(libro: Libro, periodo: Periodo) -> list[str]:
    """The sheets with cells of the period on which locks count for nothing: anybody can type anywhere."""
    partes = libro.paquete.hojas()
    hojas = dict.fromkeys(candado.hoja for candado in candados_del_periodo(libro, periodo, cerrado=True))
    return [hoja for hoja in hojas if not _esta_protegida(libro.paquete.parte(partes[hoja]))]


def _esta_protegida(hoja: bytes) -> bool:
    proteccion = _PROTECCION.search(hoja)
    return proteccion is not None and atributo(proteccion[0], "sheet") in ("1", "true")


def _contar(errores: int) -> str:
    return "un error" if errores == 1 else f"{errores} errores"
