"""Workbooks whose sheets are written as XML, to have in them exactly what a test is about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter

from tests.libros import cambiar_parte

HOJA = "xl/worksheets/sheet1.xml"
_VACIA = re.compile(rb"<sheetData\s*/>")
_CELDA = re.compile(r"([A-Z]+)(\d+)")


def libro_xml(ruta: Path, celdas: str, nombres: Mapping[str, str] | None = None) -> Path:
    """A book whose first sheet, «Hoja 1», has these ``<row>`` elements; another, «Datos», is empty."""
    esqueleto = ruta.with_name(f"esqueleto-{ruta.name}")
    libro = xlsxwriter.Workbook(esqueleto)
    libro.add_worksheet("Hoja 1")
    libro.add_worksheet("Datos")
    for nombre, definicion in (nombres or {}).items():
        libro.define_name(nombre, f"={definicion}")
    libro.close()
    cambiar_parte(esqueleto, ruta, HOJA, lambda xml: _VACIA.sub(lambda _: _hoja(celdas), xml))
    esqueleto.unlink()
    return ruta


def libro_de_formulas(ruta: Path, contenidos: Mapping[str, object], nombres: Mapping[str, str] | None = None) -> Path:
    """A book with these cells in «Hoja 1»: formulas, which have no value yet, begin with "="."""
    filas: dict[int, list[tuple[str, object]]] = {}
    for celda, contenido in contenidos.items():
        partes = _CELDA.fullmatch(celda)
        assert partes
        filas.setdefault(int(partes[2]), []).append((celda, contenido))
    return libro_xml(
        ruta,
        "".join(
            f'<row r="{fila}">{"".join(_celda(*celda) for celda in sorted(celdas, key=_por_columna))}</row>'
            for fila, celdas in sorted(filas.items())
        ),
        nombres,
    )


def _por_columna(celda: tuple[str, object]) -> tuple[int, str]:
    return len(celda[0]), celda[0]


def _celda(lugar: str, contenido: object) -> str:
    match contenido:
        case str() if contenido.startswith("="):
            return f'<c r="{lugar}"><f>{escape(contenido[1:])}</f></c>'
        case str() if contenido.startswith("#"):
            return f'<c r="{lugar}" t="e"><v>{contenido}</v></c>'
        case str():
            return f'<c r="{lugar}" t="inlineStr"><is><t xml:space="preserve">{escape(contenido)}</t></is></c>'
        case bool():
            return f'<c r="{lugar}" t="b"><v>{int(contenido)}</v></c>'
        case _:
            return f'<c r="{lugar}"><v>{contenido!r}</v></c>'


def _hoja(celdas: str) -> bytes:
    return b"<sheetData>" + celdas.encode() + b"</sheetData>"
