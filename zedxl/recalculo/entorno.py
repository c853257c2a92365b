"""What the formulas of a book refer to by name: its tables and its defined names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from zedxl.libro.direccion import Area, leer_area
from zedxl.libro.paquete import Paquete, danado
from zedxl.libro.relaciones import relacionadas

_SOLO_ABSOLUTA = re.compile(r"(?:'(?:[^']|'')+'|[\w.]+)!\$[A-Z]{1,3}\$\d+(?::\$[A-Z]{1,3}\$\d+)?")


@dataclass(frozen=True, slots=True)
class Tabla:
    """A table of a sheet; ``area`` includes its titles and its totals."""

    nombre: str
    hoja: str
    area: Area
    columnas: tuple[str, ...]
    con_titulos: bool
    con_totales: bool

    @property
    def filas_de_datos(self) -> tuple[int, int]:
        """First and last row below the titles and above the totals."""
        return self.area.fila + self.con_titulos, self.area.hasta_fila - self.con_totales


@dataclass(frozen=True, slots=True)
class Entorno:
    """Tables by their name, definitions of names by sheet ("" for the whole book) and name; all in lower case."""

    tablas: Mapping[str, Tabla]
    nombres: Mapping[tuple[str, str], str]
    desde_1904: bool

    def definicion(self, nombre: str, hoja: str) -> str | None:
        """What a name stands for on a sheet, None when nobody defined it."""
        clave = nombre.casefold()
        return self.nombres.get((hoja.casefold(), clave), self.nombres.get(("", clave)))


def es_lugar_fijo(definicion: str) -> bool:
    """Whether a name stands for cells of one sheet and nothing else.

    >>> es_lugar_fijo("'Hoja 1'!$A$1:$B$9"), es_lugar_fijo("Hoja1!A1"), es_lugar_fijo("Hoja1!$A$1+1")
    (True, False, False)
    """
    return _SOLO_ABSOLUTA.fullmatch(definicion) is not None


def leer_entorno(paquete: Paquete) -> Entorno:
    """The tables and names of a book; `zedxl.libro.paquete.LibroIlegible` when they cannot be read."""
    hojas = paquete.hojas()
    libro = _arbol(paquete, "xl/workbook.xml")
    propiedades = next(_elementos(libro, "workbookPr"), None)
    return Entorno(
        tablas={t.nombre.casefold(): t for hoja, parte in hojas.items() for t in _tablas(paquete, hoja, parte)},
        nombres=_nombres(libro),
        desde_1904=propiedades is not None and propiedades.get("date1904") in ("1", "true"),
    )


def _nombres(libro: ET.Element) -> dict[tuple[str, str], str]:
    hojas = [hoja.get("name", "") for hoja in _elementos(libro, "sheet")]
    nombres = {}
    for definido in _elementos(libro, "definedName"):
        local = definido.get("localSheetId", "")
        hoja = hojas[int(local)] if local.isdigit() and int(local) < len(hojas) else ""
        nombres[hoja.casefold(), definido.get("name", "").casefold()] = (definido.text or "").strip()
    return nombres


def _tablas(paquete: Paquete, hoja: str, parte: str) -> Iterator[Tabla]:
    for nombre in relacionadas(paquete, parte, "table"):
        tabla = _arbol(paquete, nombre)
        yield Tabla(
            nombre=tabla.get("displayName", ""),
            hoja=hoja,
            area=leer_area(tabla.get("ref", "A1")),
            columnas=tuple(_sin_escapes(c.get("name", "")) for c in _elementos(tabla, "tableColumn")),
            con_titulos=tabla.get("headerRowCount") != "0",
            con_totales=tabla.get("totalsRowCount", "0") != "0",
        )


def _sin_escapes(titulo: str) -> str:
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), titulo)


def _elementos(raiz: ET.Element, nombre: str) -> Iterator[ET.Element]:
    return (e for e in raiz.iter() if e.tag.rpartition("}")[2] == nombre)


def _arbol(paquete: Paquete, parte: str) -> ET.Element:
    try:
        return ET.fromstring(paquete.parte(parte) or b"<vacio/>")
    except (ET.ParseError, ValueError, LookupError) as error:
        danado(paquete.ruta, error)
