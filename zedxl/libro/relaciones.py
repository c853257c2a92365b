"""The relationships between the parts of a package: which part leads to which."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from xml.etree import ElementTree as ET

from zedxl.libro.paquete import danado


class Partes(Protocol):
    """A package: the name of its file, and its parts."""

    @property
    def ruta(self) -> Path:
        """The file."""

    def parte(self, nombre: str) -> bytes:
        """A part; b"" when there is none of that name."""


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


def relacionadas(paquete: Partes, parte: str, clase: str) -> Iterator[str]:
    """The names of the parts of a kind ("table", "styles") to which one leads."""
    try:
        raiz = ET.fromstring(paquete.parte(lista_de(parte)) or b"<vacio/>")
    except (ET.ParseError, ValueError, LookupError) as error:
        danado(paquete.ruta, error)
    for relacion in raiz:
        if relacion.get("Type", "").endswith(f"/{clase}") and relacion.get("TargetMode") != "External":
            yield destino(parte, relacion.get("Target", ""))
