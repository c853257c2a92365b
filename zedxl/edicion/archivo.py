"""Carrying out an edit in a book's file: in its package, part by part, and every other part stays as it is."""

from __future__ import annotations

from zedxl.edicion.cambio import Edicion, EdicionImposible
from zedxl.edicion.candados_xml import poner_candados
from zedxl.edicion.celdas_xml import escribir
from zedxl.edicion.columnas_xml import usar
from zedxl.edicion.filas_xml import usar_filas
from zedxl.edicion.formulas_xml import escribir_formulas
from zedxl.edicion.hojas_nuevas_xml import agregar
from zedxl.edicion.libro_editable import LibroEditable
from zedxl.edicion.tablas_xml import alargar, exigir_titulos_intactos
from zedxl.edicion.vinculos_xml import enlazar
from zedxl.libro.paquete import Paquete
from zedxl.libro.paquete_crudo import PaqueteInmodificable, con_partes


def aplicar(paquete: Paquete, edicion: Edicion) -> bytes:
    """The package of the book with the edit carried out; every part that it does not concern keeps its very bytes.

    Raises `zedxl.edicion.cambio.EdicionImposible`, and `zedxl.libro.paquete.LibroIlegible` for a damaged book.
    """
    libro = LibroEditable(paquete)
    agregar(libro, edicion.hojas)
    usar(libro, edicion.columnas)
    usar_filas(libro, edicion.filas)
    escribir(libro, edicion.celdas)
    escribir_formulas(libro, edicion.formulas)
    con_formula = {formula.celda for formula in edicion.formulas}
    alargar(libro, edicion.tablas, con_formula | {cambio.celda for cambio in edicion.celdas})
    exigir_titulos_intactos(libro, edicion.celdas)
    poner_candados(libro, edicion.candados)
    enlazar(libro, edicion.vinculos)
    try:
        return con_partes(paquete.contenido, libro.cambiadas())
    except PaqueteInmodificable as error:
        raise EdicionImposible(
            f"{paquete.ruta.name} está empaquetado de un modo que no se puede modificar sin riesgo. Ábralo en Excel, "
            "guárdelo e intente de nuevo."
        ) from error
