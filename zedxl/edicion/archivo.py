"""Carrying out an edit in a book's file: in its package, part by part, and every other part stays as it is."""

from __future__ import annotations

from zedxl.edicion.cambio import Edicion, EdicionImposible
from zedxl.edicion.celdas_xml import escribir
from zedxl.edicion.libro_editable import LibroEditable
from zedxl.libro.paquete import Paquete
from zedxl.libro.paquete_crudo import PaqueteInmodificable, con_partes


def aplicar(paquete: Paquete, edicion: Edicion) -> bytes:
    """The package of the book with the edit carried out; every part that it does not concern keeps its very bytes.

    Raises `zedxl.edicion.cambio.EdicionImposible`, and `zedxl.libro.paquete.LibroIlegible` for a damaged book.
    """
    libro = LibroEditable(paquete)
    escribir(libro, edicion.celdas)
    try:
        return con_partes(paquete.contenido, libro.cambiadas())
    except PaqueteInmodificable as error:
        raise EdicionImposible(
            f"{paquete.ruta.name} está empaquetado de un modo que no se puede modificar sin riesgo. Ábralo en Excel, "
            "guárdelo e intente de nuevo."
        ) from error
