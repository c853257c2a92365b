"""Putting zedxl's functions and ribbon into a workbook: parts added to its package, and the marks that they need.

Only what must change does: content types, two lists of relationships, and the code names of the workbook and its
sheets, which tie them to their VBA modules. Every other entry of the package keeps its bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain, count
from xml.etree import ElementTree as ET

from zedxl.edicion.libro_editable import LIBRO, LibroEditable
from zedxl.edicion.listas_del_paquete import declarar, relacionar, tipo_por_extension
from zedxl.errores import ErrorExplicado
from zedxl.excel import proyecto
from zedxl.excel.cinta import Pestana, customui
from zedxl.libro.paquete import Paquete, danado
from zedxl.libro.paquete_crudo import PaqueteInmodificable, con_partes
from zedxl.libro.relaciones import relacionadas, relaciones
from zedxl.libro.xml_crudo import Elemento, atributo, con_apertura, con_atributo, hijo, hijos, raiz
from zedxl.vba import Clase, Modulo, es_nombre_libre

_PAQUETE = ""
"""What leads to the parts of the package itself."""
_VBA = "xl/vbaProject.bin"
_CINTA = "customUI/customUI14.xml"
_TIPO_DE_VBA = "application/vnd.ms-office.vbaProject"
_TIPO_DE_XML = "application/xml"
_RELACION_DE_VBA = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_RELACION_DE_CINTA = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
_DE_MACROS = ("vbaProject", "xlMacrosheet", "xlIntlMacrosheet")
_ANTES_DE_LAS_PROPIEDADES = (b"fileVersion", b"fileSharing")
"""What the schema puts before ``workbookPr`` in a workbook."""


class Destino(Enum):
    """What the package becomes: its content type, and the tab that shows."""

    LIBRO = ("application/vnd.ms-excel.sheet.macroEnabled.main+xml", Pestana.DEL_LIBRO)
    COMPLEMENTO = ("application/vnd.ms-excel.addin.macroEnabled.main+xml", Pestana.DEL_COMPLEMENTO)

    @property
    def tipo(self) -> str:
        """The content type of its workbook part."""
        return self.value[0]

    @property
    def pestana(self) -> Pestana:
        """The tab that it shows."""
        return self.value[1]


class LibroNoVinculable(ErrorExplicado):
    """A book that functions and ribbon are not put into; its text says why, and what to do instead."""


@dataclass(frozen=True, slots=True)
class _Hoja:
    """The part of a sheet, and the kind of module that it has in a VBA project."""

    parte: str
    clase: Clase


_CLASES = {"worksheet": Clase.HOJA, "chartsheet": Clase.GRAFICO}
"""Kinds of sheet that have a module; a dialog sheet of Excel 5 has none."""


def con_macros(paquete: Paquete, destino: Destino) -> bytes:
    """The same package with zedxl's VBA project and ribbon inside.

    Code names that the book has are kept where a module may be called so. Raises `LibroNoVinculable` for one that has
    macros, a ribbon or a signature already, and `zedxl.edicion.cambio.EdicionImposible` for one that is written in
    a way in which it is not modified.
    """
    exigir_vinculable(paquete)
    libro = LibroEditable(paquete)
    declarar(libro, LIBRO, destino.tipo)
    declarar(libro, _VBA, _TIPO_DE_VBA)
    if tipo_por_extension(libro, "xml") != _TIPO_DE_XML:
        declarar(libro, _CINTA, _TIPO_DE_XML)
    relacionar(libro, _PAQUETE, _RELACION_DE_CINTA, _CINTA, "zedxlCinta")
    relacionar(libro, LIBRO, _RELACION_DE_VBA, "vbaProject.bin", "zedxlVBA")
    hojas = list(_hojas(paquete))
    nuevas = {
        _VBA: _proyecto(libro, hojas, destino.pestana),
        _CINTA: customui(destino.pestana),
    }
    try:
        return con_partes(paquete.contenido, {**libro.cambiadas(), **nuevas})
    except PaqueteInmodificable as error:
        raise LibroNoVinculable(
            f"{paquete.ruta.name} está empaquetado de un modo que no se puede modificar sin riesgo. Ábralo en Excel, "
            "guárdelo e intente de nuevo."
        ) from error


def exigir_vinculable(paquete: Paquete) -> None:
    """Raise `LibroNoVinculable` for a book that has macros, a ribbon or a signature already."""
    nombre = paquete.ruta.name
    con_cinta = paquete.parte(_CINTA)
    if any(r.tipo.endswith(_DE_MACROS) for r in relaciones(paquete, LIBRO)) or paquete.parte(_VBA):
        if Pestana.DEL_LIBRO.value.encode() in con_cinta:
            raise LibroNoVinculable(f"{nombre} ya tiene las funciones y la pestaña PEI. No hace falta vincularlo.")
        raise LibroNoVinculable(f"{nombre} ya tiene macros, y no se mezclan con otras. {CON_EL_COMPLEMENTO}")
    if con_cinta or any(relacionadas(paquete, _PAQUETE, "ui/extensibility")):
        raise LibroNoVinculable(f"{nombre} ya tiene botones de otro programa en la cinta. {CON_EL_COMPLEMENTO}")
    if any(relacionadas(paquete, _PAQUETE, "digital-signature/origin")):
        raise LibroNoVinculable(f"{nombre} está firmado, y modificarlo anula la firma. {CON_EL_COMPLEMENTO}")


CON_EL_COMPLEMENTO = (
    "Use el complemento, que da lo mismo sin tocar el libro: zedxl instalar en este equipo, o zedxl vincular LIBRO "
    "--complemento para dejarlo junto al libro."
)


def _hojas(paquete: Paquete) -> Iterator[_Hoja]:
    """The sheets that have a module, in the order of the workbook."""
    destinos = {relacion.nombre: relacion for relacion in relaciones(paquete, LIBRO)}
    try:
        arbol = ET.fromstring(paquete.parte(LIBRO))
    except (ET.ParseError, ValueError, LookupError) as error:
        danado(paquete.ruta, error)
    for hoja in arbol.iterfind("{*}sheets/{*}sheet"):
        nombre = next((valor for atributo_, valor in hoja.items() if atributo_.endswith("}id")), "")
        relacion = destinos.get(nombre)
        clase = _CLASES.get(relacion.tipo.rpartition("/")[2]) if relacion else None
        if relacion is not None and clase is not None:
            yield _Hoja(relacion.parte, clase)


def _proyecto(libro: LibroEditable, hojas: Sequence[_Hoja], pestana: Pestana) -> bytes:
    """The VBA project, after giving the workbook and each sheet the code name of its module."""
    marcas = [_marca_del_libro(libro), *(_marca_de_hoja(libro, hoja.parte) for hoja in hojas)]
    del_libro, *de_hojas = _nombres([marca.nombre for marca in marcas])
    for marca, nombre in zip(marcas, (del_libro, *de_hojas), strict=True):
        libro.partes[marca.parte] = marca.con(libro.editable(marca.parte), nombre)
    documentos = [Modulo(nombre, "", hoja.clase) for hoja, nombre in zip(hojas, de_hojas, strict=True)]
    return proyecto.vba_project(documentos, pestana, del_libro)


def _nombres(actuales: Sequence[str | None]) -> list[str]:
    """The code names of a workbook and its sheets: those that they have, where modules may be called so."""
    usados = [proyecto.NOMBRE, *(modulo.nombre for p in Pestana for modulo in proyecto.modulos([], p)[1:])]
    conservados = []
    for actual in actuales:
        conservado = actual if actual and es_nombre_libre(actual, usados) else None
        usados += [conservado] if conservado else []
        conservados.append(conservado)
    nombres = []
    for lugar, conservado in enumerate(conservados):
        propuestos = chain([proyecto.LIBRO] if lugar == 0 else [], map("Hoja{}".format, count(max(lugar, 1))))
        nombres.append(conservado or next(n for n in propuestos if es_nombre_libre(n, usados)))
        usados.append(nombres[-1])
    return nombres


@dataclass(frozen=True, slots=True)
class _Marca:
    """Where a part has its code name, which it has if any: in ``elemento``, or in a new one to put at ``lugar``."""

    parte: str
    nombre: str | None
    elemento: Elemento | None
    lugar: int
    nuevo: bytes

    def con(self, xml: bytes, nombre: str) -> bytes:
        """The part with another code name: in the place of the one it had, or first of the attributes."""
        atributo_ = b' codeName="%b"' % nombre.encode()
        if self.elemento is None:
            return xml[: self.lugar] + b"<%b%b/>" % (self.nuevo, atributo_) + xml[self.lugar :]
        if self.nombre is not None:
            return con_apertura(xml, self.elemento, con_atributo(self.elemento.apertura(xml), "codeName", nombre))
        lugar = self.elemento.inicio + 1 + len(self.elemento.prefijo + self.elemento.nombre)
        return xml[:lugar] + atributo_ + xml[lugar:]


def _marca_del_libro(libro: LibroEditable) -> _Marca:
    xml = libro.editable(LIBRO)
    propio = raiz(xml)
    lugar = max((e.fin for e in hijos(xml, propio) if e.nombre in _ANTES_DE_LAS_PROPIEDADES), default=propio.dentro)
    return _marca(LIBRO, xml, hijo(xml, propio, b"workbookPr"), lugar, propio.prefijo + b"workbookPr")


def _marca_de_hoja(libro: LibroEditable, parte: str) -> _Marca:
    """The properties of a sheet come first in it."""
    xml = libro.editable(parte)
    with libro.explicando(f"la parte «{parte}»"):
        propia = raiz(xml)
        primero = next(hijos(xml, propia), None)
    propiedades = primero if primero is not None and primero.nombre == b"sheetPr" else None
    return _marca(parte, xml, propiedades, propia.dentro, propia.prefijo + b"sheetPr")


def _marca(parte: str, xml: bytes, elemento: Elemento | None, lugar: int, nuevo: bytes) -> _Marca:
    nombre = atributo(elemento.apertura(xml), "codeName") if elemento else None
    return _Marca(parte, nombre, elemento, lugar, nuevo)
