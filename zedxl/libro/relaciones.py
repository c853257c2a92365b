"""The relationships between the parts of a package: which part leads to which."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol
from xml.etree import ElementTree as ET

from zedxl.libro.paquete import danado


class Partes(Protocol):
    """A package: the name of its file, and its parts."""

    @property
    def ruta(self) -> Path:
        """The file."""

    def parte(self, nombre: str) -> bytes:
        """A part; b"" when there is none of that name."""


class Relacion(NamedTuple):
    """One part leads to another: the name of that, its type (whose last words say the kind of part), the part."""

    nombre: str
    tipo: str
    parte: str


def lista_de(parte: str) -> str:
    """The name of the part that lists the relationships of another.

    >>> lista_de("xl/worksheets/sheet1.xml")
    'xl/worksheets/_rels/sheet1.xml.rels'
    """
    carpeta, archivo = posixpath.split(parte)
    return posixpath.join(carpeta, "_rels", f"{archivo}.rels")


def destino(parte: str, relativo: str) -> str:
    """The name of the part that a target stands for, seen from another.

    >>> destino("xl/worksheets/sheet1.xml", "../tables/table1.xml"), destino("xl/workbook.xml", "/xl/styles.xml")
    ('xl/tables/table1.xml', 'xl/styles.xml')
    """
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(parte), relativo)).lstrip("/")


def relaciones(paquete: Partes, parte: str) -> Iterator[Relacion]:
    """What leads from a part ("" for the package itself) to others of the package, in the order of its list."""
    try:
        raiz = ET.fromstring(paquete.parte(lista_de(parte)) or b"<vacio/>")
    except (ET.ParseError, ValueError, LookupError) as error:
        danado(paquete.ruta, error)
    for relacion in raiz:
        if relacion.get("TargetMode") != "External":
            lugar = destino(parte, relacion.get("Target", ""))
            yield Relacion(relacion.get("Id", ""), relacion.get("Type", ""), lugar)


def relacionadas(paquete: Partes, parte: str, clase: str) -> Iterator[str]:
    """The names of the parts of a kind ("table", "styles") to which one leads."""
    return (r.parte for r in relaciones(paquete, parte) if r.tipo.endswith(f"/{clase}"))
