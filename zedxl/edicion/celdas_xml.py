"""Writing cells of a book's file: each only where it may be, and only over what was read from it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from zedxl.edicion.cambio import Cambio, Contenido, EdicionImposible, canonico, en_palabras
from zedxl.edicion.contenido_xml import escrito
from zedxl.edicion.fila_xml import CeldaXML
from zedxl.edicion.libro_editable import HojaAbierta, LibroEditable, elemento_de
from zedxl.libro.direccion import MAX_COLUMNA, MAX_FILA
from zedxl.libro.formato_de_fecha import Lectura
from zedxl.plan import Celda


def escribir(libro: LibroEditable, cambios: Iterable[Cambio]) -> None:
    """Make these changes, in order; `EdicionImposible` for one that cannot be made."""
    for cambio in cambios:
        with libro.explicando(f"la hoja «{cambio.celda.hoja}»"):
            _escribir(libro, cambio)


def exigir_lugar(celda: Celda) -> None:
    """Raise `EdicionImposible` for a cell that no sheet has."""
    if not (1 <= celda.fila <= MAX_FILA and 1 <= celda.columna <= MAX_COLUMNA):
        raise EdicionImposible(f"{celda} queda fuera de lo que una hoja de Excel admite. Revise la fila y la columna.")


def exigir_no_tapada(hoja: HojaAbierta, celda: Celda) -> None:
    """Raise `EdicionImposible` for a cell that others hide, merged with it."""
    lugar = (celda.fila, celda.columna)
    combinada = next((area for area in hoja.combinadas if lugar in area), None)
    if combinada is not None and lugar != (combinada.fila, combinada.columna):
        raise EdicionImposible(
            f"{celda} está dentro de las celdas combinadas {combinada}, y lo que se escribiera en ella no se vería. "
            f"Use la primera celda, {Celda(celda.hoja, combinada.fila, combinada.columna)}, o sepárelas en Excel."
        )


def _escribir(libro: LibroEditable, cambio: Cambio) -> None:
    celda = cambio.celda
    exigir_lugar(celda)
    hoja = libro.hoja(celda.hoja)
    lugar = (celda.fila, celda.columna)
    hallada = hoja.xml.celda(lugar)
    _exigir_libre(hoja, celda, hallada)
    hay = libro.contenido(hoja, hallada)
    if canonico(hay) != canonico(cambio.antes):
        raise EdicionImposible(
            f"{celda} cambió desde que se leyó: decía {en_palabras(cambio.antes)} y ahora dice {en_palabras(hay)}. No "
            "se modificó nada; lea el libro de nuevo y repita la operación."
        )
    if hallada is None and cambio.despues in (None, "") and cambio.como is None:
        return
    nueva = hoja.xml.para_editar(lugar)
    nueva.con_estilo(con_formato_para(libro, estilo_como(libro, cambio.como, hallada, nueva), cambio.despues))
    porcentaje = nueva.estilo in libro.estilos.porcentajes
    nueva.con_contenido(
        *escrito(celda, cambio.despues, hoja.xml.prefijo, porcentaje=porcentaje, desde_1904=libro.desde_1904)
    )


def estilo_como(libro: LibroEditable, como: Celda | None, hallada: CeldaXML | None, nueva: CeldaXML) -> int:
    """The style that a cell gets: that of the one it is to look like, where it had none of its own."""
    if como is None or (hallada is not None and hallada.estilo):
        return nueva.estilo
    return libro.hoja(como.hoja).xml.estilo((como.fila, como.columna)) or nueva.estilo


def con_formato_para(libro: LibroEditable, estilo: int, contenido: Contenido) -> int:
    """This style, or its twin in which a moment shows as a moment, and a number is not taken for one."""
    match contenido:
        case datetime() if libro.estilos.lectura(estilo) is not Lectura.MOMENTO:
            return libro.estilos.de_fecha(estilo)
        case bool() | str() | datetime() | None:
            return estilo
        case _ if libro.estilos.lectura(estilo) is not Lectura.NUMERO:
            return libro.estilos.general(estilo)
    return estilo


def _exigir_libre(hoja: HojaAbierta, celda: Celda, hallada: CeldaXML | None) -> None:
    """Only cells that a person could type in without undoing something are written."""
    lugar = (celda.fila, celda.columna)
    if _tiene_formula(hoja, hallada) or any(lugar in area for area in hoja.calculadas):
        raise EdicionImposible(
            f"{celda} se calcula con una fórmula y no se reemplaza por un valor. Cambie los datos de los que depende, "
            "o quite la fórmula en Excel."
        )
    exigir_no_tapada(hoja, celda)


def _tiene_formula(hoja: HojaAbierta, celda: CeldaXML | None) -> bool:
    if celda is None or b"f" not in celda.dentro:
        return False
    return any(e.tag.rpartition("}")[2] == "f" for e in elemento_de(hoja, celda))
