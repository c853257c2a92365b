"""The rows of a big sheet as the XML of a workbook, ten times as fast as XlsxWriter writes them cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from zedxl.consolidado.filas import COLUMNAS, Clase, Fila, Valor
from zedxl.libro.xml_crudo import escapar
from zedxl.plan import Celda

_MAXIMO_DE_CELDA = 32_767
_LETRAS = tuple(Celda("", 1, n).referencia.rstrip("1") for n, _ in enumerate(COLUMNAS, 1))


def filas_xml(filas: Iterable[Fila], desde: int, estilo_de_porcentaje: str) -> Iterator[str]:
    """Each row as a ``<row>``, the first one with number ``desde``; percentages take that style of the workbook."""
    aperturas = tuple(f'<c r="{letra}' for letra in _LETRAS)
    cierres = tuple(f'" s="{estilo_de_porcentaje}"><v>' if c.clase is Clase.PORCENTAJE else '"><v>' for c in COLUMNAS)
    for n, fila in enumerate(filas, desde):
        numero = str(n)  # once, and not for each cell
        celdas = [
            f"{apertura}{numero}{cierre}{valor}</v></c>"
            if valor.__class__ is float or valor.__class__ is int
            else f"{apertura}{numero}{_texto(valor)}"
            for apertura, cierre, valor in zip(aperturas, cierres, fila, strict=True)
            if valor is not None
        ]
        yield f'<row r="{numero}">{"".join(celdas)}</row>'


@lru_cache(maxsize=4096)
def _texto(valor: Valor) -> str:
    """The end of a cell with a text, which is never a formula, or with a yes or no."""
    visto = str(valor) if not isinstance(valor, bool) else "Sí" if valor else "No"
    espacios = ' xml:space="preserve"' if visto != visto.strip() else ""
    return f'" t="inlineStr"><is><t{espacios}>{escapar(visto[:_MAXIMO_DE_CELDA])}</t></is></c>'
