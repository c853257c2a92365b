"""The rows of a big sheet as the XML of a workbook, ten times as fast as XlsxWriter writes them cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from xml.sax.saxutils import escape

from zedxl.consolidado.filas import COLUMNAS, Clase, Fila
from zedxl.plan import Celda

_MAXIMO_DE_CELDA = 32_767
_LETRAS = tuple(Celda("", 1, n).referencia.rstrip("1") for n, _ in enumerate(COLUMNAS, 1))


def filas_xml(filas: Iterable[Fila], desde: int, estilo_de_porcentaje: str) -> Iterator[str]:
    """Each row as a ``<row>``, the first one with number ``desde``; percentages take that style of the workbook."""
    estilos = tuple(f'" s="{estilo_de_porcentaje}' if c.clase is Clase.PORCENTAJE else "" for c in COLUMNAS)
    for numero, fila in enumerate(filas, desde):
        celdas = [
            f'<c r="{letra}{numero}{_texto(valor)}'
            if valor.__class__ is str
            else f'<c r="{letra}{numero}{estilo}"><v>{valor}</v></c>'
            for letra, estilo, valor in zip(_LETRAS, estilos, map(_visible, fila), strict=True)
            if valor is not None
        ]
        yield f'<row r="{numero}">{"".join(celdas)}</row>'


def _visible(valor: object) -> object:
    """What a planner sees of it."""
    if valor.__class__ is bool:
        return "Sí" if valor else "No"
    return valor


@lru_cache(maxsize=4096)
def _texto(valor: str) -> str:
    """The end of a cell with a text, which is never a formula."""
    espacios = ' xml:space="preserve"' if valor != valor.strip() else ""
    return f'" t="inlineStr"><is><t{espacios}>{escape(valor[:_MAXIMO_DE_CELDA])}</t></is></c>'
