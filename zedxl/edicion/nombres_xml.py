"""The names that a book keeps for a sheet of its own accord: the area of its filter, and the one that is printed."""

from __future__ import annotations

import re
from collections.abc import Callable

from zedxl.edicion.libro_editable import LIBRO, LibroEditable
from zedxl.libro.direccion import Area, leer_area, separar_hoja
from zedxl.libro.xml_crudo import atributo, desescapar, hijo, hijos, raiz, sustituido

FILTRO, IMPRESION = "_xlnm._FilterDatabase", "_xlnm.Print_Area"


def cambiar_area(libro: LibroEditable, hoja: str, nombre: str, nueva: Callable[[Area], Area]) -> None:
    """Make a name of a sheet be that of another area; one that is not of a single area stays as it is."""
    xml = libro.editable(LIBRO)
    nombres = hijo(xml, raiz(xml), b"definedNames")
    numero = str(libro.todas_las_hojas.index(hoja)) if hoja in libro.todas_las_hojas else ""
    for definido in hijos(xml, nombres) if nombres else ():
        apertura, contenido = definido.apertura(xml), definido.contenido(xml)
        if (atributo(apertura, "name"), atributo(apertura, "localSheetId")) != (nombre, numero):
            continue
        dicha = separar_hoja(desescapar(contenido.decode()))[1]
        try:
            area = leer_area(dicha)
        except ValueError:
            continue
        if _absoluta(area) == dicha and nueva(area) != area:
            contenido = contenido.replace(dicha.encode(), _absoluta(nueva(area)).encode())
            libro.partes[LIBRO] = sustituido(xml, definido, apertura + contenido + xml[definido.cierre : definido.fin])
            return


def _absoluta(area: Area) -> str:
    return re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", str(area))
