"""Putting zedxl's functions and ribbon into a workbook: parts added to its package, and the marks that they need.

Only what must change does: content types, two lists of relationships, and the code names of the workbook and its
sheets, which tie them to their VBA modules.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from enum import Enum
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from zedxl.excel.cinta import Pestana, customui
from zedxl.excel.proyecto import LIBRO, vba_project

_LIBRO = "xl/workbook.xml"
_RELACIONES_DEL_LIBRO = "xl/_rels/workbook.xml.rels"
_RELACIONES = "_rels/.rels"
_TIPOS = "[Content_Types].xml"
_VBA = "xl/vbaProject.bin"
_CINTA = "customUI/customUI14.xml"

_TIPO_DE_LIBRO = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_TIPO_DE_VBA = b"application/vnd.ms-office.vbaProject"
_RELACION_DE_VBA = b"http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_RELACION_DE_CINTA = b"http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
_RELACION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

_RAIZ = re.compile(rb"<worksheet\b[^>]*>")
_PROPIEDADES_DE_HOJA = re.compile(rb"<sheetPr\b")
_PROPIEDADES_DE_LIBRO = re.compile(rb"<workbookPr\b")


class Destino(Enum):
    """What the package becomes: its content type, and the tab that shows."""

    LIBRO = (b"application/vnd.ms-excel.sheet.macroEnabled.main+xml", Pestana.DEL_LIBRO)
    COMPLEMENTO = (b"application/vnd.ms-excel.addin.macroEnabled.main+xml", Pestana.DEL_COMPLEMENTO)

    @property
    def tipo(self) -> bytes:
        """The content type of its workbook part."""
        return self.value[0]

    @property
    def pestana(self) -> Pestana:
        """The tab that it shows."""
        return self.value[1]


def con_macros(paquete: bytes, destino: Destino) -> bytes:
    """The same .xlsx package with zedxl's VBA project and ribbon inside.

    All other parts stay as they are. The package must be one that zedxl wrote: its workbook in ``xl/workbook.xml``,
    worksheets only, without macros or ribbon of its own.
    """
    salida = BytesIO()
    with ZipFile(BytesIO(paquete)) as origen, ZipFile(salida, "w") as escrito:
        partes = {nombre: origen.read(nombre) for nombre in origen.namelist()}
        for nombre, contenido in {**partes, **_cambios(partes, destino)}.items():
            escrito.writestr(nombre, contenido)
    return salida.getvalue()


def _cambios(partes: Mapping[str, bytes], destino: Destino) -> dict[str, bytes]:
    """The parts that are new or other than before."""
    hojas = {parte: f"Hoja{numero}" for numero, parte in enumerate(_hojas(partes), 1)}
    return {
        _TIPOS: _con_tipos(partes[_TIPOS], destino),
        _RELACIONES: _con_relacion(partes[_RELACIONES], b"zedxlCinta", _RELACION_DE_CINTA, _CINTA.encode()),
        _LIBRO: _con_nombre(partes[_LIBRO], _PROPIEDADES_DE_LIBRO, LIBRO),
        _RELACIONES_DEL_LIBRO: _con_relacion(
            partes[_RELACIONES_DEL_LIBRO], b"zedxlVBA", _RELACION_DE_VBA, b"vbaProject.bin"
        ),
        **{parte: _hoja_con_nombre(partes[parte], nombre) for parte, nombre in hojas.items()},
        _VBA: vba_project(list(hojas.values()), destino.pestana),
        _CINTA: customui(destino.pestana),
    }


def _hojas(partes: Mapping[str, bytes]) -> Iterator[str]:
    """The parts of the sheets, in the order of the workbook."""
    destinos = {
        relacion.get("Id"): relacion.get("Target", "") for relacion in etree.fromstring(partes[_RELACIONES_DEL_LIBRO])
    }
    for hoja in etree.fromstring(partes[_LIBRO]).iterfind("{*}sheets/{*}sheet"):
        yield posixpath.normpath(posixpath.join("xl", destinos[hoja.get(_RELACION)]))


def _con_tipos(tipos: bytes, destino: Destino) -> bytes:
    vba = b'<Override PartName="/%s" ContentType="%s"/>' % (_VBA.encode(), _TIPO_DE_VBA)
    return tipos.replace(_TIPO_DE_LIBRO, destino.tipo).replace(b"</Types>", vba + b"</Types>")


def _con_relacion(relaciones: bytes, nombre: bytes, tipo: bytes, destino: bytes) -> bytes:
    relacion = b'<Relationship Id="%s" Type="%s" Target="%s"/>' % (nombre, tipo, destino)
    return relaciones.replace(b"</Relationships>", relacion + b"</Relationships>")


def _hoja_con_nombre(hoja: bytes, nombre: str) -> bytes:
    if _PROPIEDADES_DE_HOJA.search(hoja):
        return _con_nombre(hoja, _PROPIEDADES_DE_HOJA, nombre)
    return _RAIZ.sub(lambda raiz: raiz.group(0) + f'<sheetPr codeName="{nombre}"/>'.encode(), hoja, count=1)


def _con_nombre(parte: bytes, elemento: re.Pattern[bytes], nombre: str) -> bytes:
    return elemento.sub(lambda inicio: inicio.group(0) + f' codeName="{nombre}"'.encode(), parte, count=1)
