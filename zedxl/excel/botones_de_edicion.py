"""The buttons that change the live book: values recorded, semesters opened and closed, copies given out and merged.

Each reads a copy of the book, lets the same functions as the command line say what is to change, and carries that out
in the book that is open; it is saved when its user saves it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from zedxl.edicion.cambio import Firma, en_palabras
from zedxl.excel.edicion_viva import aplicar
from zedxl.excel.libro_vivo import LibroVivo
from zedxl.excel.pulsacion import Icono, Pulsacion, Respuesta, lista
from zedxl.libro.lectura import Libro, leer_libro
from zedxl.periodo import Periodo

_GUARDELO = "Guarde el libro para conservarlo."
_UNA_LISTA = "CSV"
_FILTRO_DE_LISTAS = "Listas de valores (*.csv),*.csv"
_FILTRO_DE_LIBROS = "Libros de Excel (*.xlsx;*.xlsm),*.xlsx;*.xlsm"


def registrar(pulsacion: Pulsacion) -> Respuesta:
    """Record values that the person types, or those of a CSV file."""
    from zedxl.semestre.pedido import leer_csv, leer_pedido
    from zedxl.semestre.registro import registrar as registrar_en

    libro = pulsacion.libro
    leido = _leer(libro)
    periodo = _periodo(libro, leido, "¿De qué período son los valores?", leido.plan.periodo_en_curso)
    escrito = periodo and libro.preguntar(
        f"Valores de {periodo}, por ejemplo: AEI.01.01=3; AEI.02.03=N/D\n{_UNA_LISTA}: elegir una lista.", _UNA_LISTA
    )
    if periodo is None or not escrito:
        return Respuesta()
    if escrito.casefold() == _UNA_LISTA.casefold():
        listas = libro.elegir_archivos("Lista de valores", _FILTRO_DE_LISTAS, varios=False)
        pedidos = [pedido for archivo in listas for pedido in leer_csv(archivo, periodo)]
    else:
        pedidos = [leer_pedido(parte) for parte in escrito.split(";") if parte.strip()]
    if not pedidos:
        return Respuesta()
    edicion = registrar_en(leido, periodo, pedidos, _firma(libro))
    if not edicion:
        return Respuesta(f"El libro ya tenía esos valores de {periodo}. No se cambió nada.")
    aplicar(libro, edicion)
    hechos = [f"{c.celda} ({c.codigo}): {en_palabras(c.antes)} → {en_palabras(c.despues)}" for c in edicion.cambios]
    return Respuesta(f"Se registró en {periodo}:\n{lista(hechos)}\n\n{_GUARDELO}")


def abrir_semestre(pulsacion: Pulsacion) -> Respuesta:
    """Open the next semester, or reopen one that is closed."""
    from zedxl.semestre.apertura import abrir, sin_cerrar

    libro = pulsacion.libro
    leido = _leer(libro)
    periodo = _periodo(libro, leido, "¿Qué período se abre?", _siguiente(leido.plan.periodo_en_curso))
    if periodo is None:
        return Respuesta()
    motivo = ""
    if periodo in leido.plan.cierres:
        motivo = libro.preguntar(f"{periodo} está cerrado. ¿Por qué se reabre?", "") or ""
        if not motivo:
            return Respuesta()
    edicion = abrir(leido, periodo, _firma(libro), motivo)
    if not edicion:
        return Respuesta(f"{periodo} ya está abierto. No se cambió nada.")
    aplicar(libro, edicion)
    pendientes = "".join(f"\n{p} tiene valores y no se ha cerrado." for p in sin_cerrar(leido.plan, periodo))
    texto = f"Se {'reabrió' if motivo else 'abrió'} {periodo}. {_GUARDELO}{pendientes}"
    return Respuesta(texto, Icono.AVISO if pendientes else Icono.INFORMACION)


def cerrar_semestre(pulsacion: Pulsacion) -> Respuesta:
    """Close a semester; with errors only if the person says why."""
    from zedxl.semestre.cierre import CierreRechazado, cerrar, en_breve

    libro = pulsacion.libro
    leido = _leer(libro)
    periodo = _periodo(libro, leido, "¿Qué período se cierra?", leido.plan.periodo_en_curso)
    if periodo is None:
        return Respuesta()
    libro.decir(f"validando {periodo}…")
    try:
        edicion = cerrar(leido, periodo, _firma(libro))
    except CierreRechazado as rechazo:
        errores = lista(rechazo.errores)
        pregunta = f"El libro tiene errores:\n{errores}\n\nPara cerrar {periodo} de todos modos, diga por qué."
        motivo = libro.preguntar(pregunta, "") if errores else None
        if not motivo:
            return Respuesta(f"{rechazo}\n\n{errores}".rstrip(), Icono.AVISO)
        edicion = cerrar(leido, periodo, _firma(libro), motivo)
    aplicar(libro, edicion)
    return Respuesta(f"{en_breve(leido, periodo)}\n\n{_GUARDELO}")


def repartir(pulsacion: Pulsacion) -> Respuesta:
    """Write a copy for each unit into a folder; the book stays as it is."""
    from zedxl.reparto.copias import repartir as copias_de
    from zedxl.reparto.entrega import comprobar_carpeta, entregar

    libro = pulsacion.libro
    libro.ruta  # noqa: B018  a book without a folder is refused before anything is asked
    with libro.copia() as copia:
        libro.decir("leyendo el libro…")
        leido = leer_libro(copia)
        reparto = copias_de(leido, _firma(libro))
        carpeta = libro.elegir_carpeta("Carpeta para las copias")
        if carpeta is None:
            return Respuesta()
        comprobar_carpeta(carpeta, reparto)
        for numero, una in enumerate(reparto.copias, 1):
            libro.decir(f"escribiendo la copia {numero} de {len(reparto.copias)}: {una.unidad}…")
            entregar(leido, una, carpeta)
    sin_unidad = f"\n\nSin unidad responsable: {', '.join(reparto.sin_unidad)}." if reparto.sin_unidad else ""
    nombres = lista(copia.archivo for copia in reparto.copias)
    return Respuesta(f"Las copias están en {carpeta}:\n{nombres}{sin_unidad}")


def fusionar(pulsacion: Pulsacion) -> Respuesta:
    """Merge the copies that the person picks."""
    from zedxl.reparto.reunion import leer_copias, reunir

    libro = pulsacion.libro
    rutas = libro.elegir_archivos("Copias por fusionar", _FILTRO_DE_LIBROS, varios=True)
    if not rutas:
        return Respuesta()
    leido = _leer(libro)

    def con_aviso(copias: Sequence[Path]) -> Iterator[Path]:
        for numero, ruta in enumerate(copias, 1):
            libro.decir(f"leyendo la copia {numero} de {len(copias)}: {ruta.name}…")
            yield ruta

    reunion = reunir(leido, leer_copias(libro.ruta, rutas, con_aviso), _firma(libro))
    if reunion.edicion:
        aplicar(libro, reunion.edicion)
    texto = reunion.en_palabras(libro.nombre) + (f"\n\n{_GUARDELO}" if reunion.edicion else "")
    return Respuesta(texto, Icono.AVISO if reunion.hay_pendientes else Icono.INFORMACION)


ACCIONES_DE_EDICION: tuple[Callable[[Pulsacion], Respuesta], ...] = (
    registrar,
    abrir_semestre,
    cerrar_semestre,
    repartir,
    fusionar,
)


def _leer(libro: LibroVivo) -> Libro:
    with libro.copia() as copia:
        libro.decir("leyendo el libro…")
        return leer_libro(copia)


def _siguiente(periodo: Periodo | None) -> Periodo | None:
    return periodo and periodo.siguiente


def _periodo(libro: LibroVivo, leido: Libro, pregunta: str, propuesto: Periodo | None) -> Periodo | None:
    """The period that the person chooses, None when it is cancelled."""
    conocidos = ", ".join(map(str, sorted(leido.tabla.valores)))
    escrito = libro.preguntar(f"{pregunta} En el libro hay {conocidos}.", str(propuesto or ""))
    return None if escrito is None else Periodo.leer(escrito)


def _firma(libro: LibroVivo) -> Firma:
    return Firma(libro.usuario, datetime.now())
