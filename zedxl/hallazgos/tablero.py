"""The Tablero of a book made by zedxl, whose formulas count the rows that there were when it was made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zedxl.codigo import es_codigo, normalizar
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.hallazgos.aviso import elementos
from zedxl.libro.hoja import Hoja
from zedxl.libro.hojas import TABLERO
from zedxl.libro.listado import hoja_llamada
from zedxl.plan import Plan

REGLA = "tablero-incompleto"
_TITULO = "· Tablero de seguimiento"
"""How the title of those ends that zedxl makes; other people's show what they please."""


def sin_contar(hojas: Sequence[Hoja], plan: Plan) -> Iterator[Hallazgo]:
    """OEI and AEI that the book has and its Tablero has not, so that its totals are not those of the report."""
    hoja = hoja_llamada(hojas, TABLERO)
    if hoja is None or not any(isinstance(v, str) and v.endswith(_TITULO) for v in (hoja.filas or [[]])[0]):
        return
    escritos = {valor for fila in hoja.filas for valor in fila if isinstance(valor, str)}
    contados = {normalizar(valor) for valor in escritos if es_codigo(valor)}
    for de in elementos(plan):
        if de.codigo not in contados and de.celda is not None:
            yield Hallazgo(
                Severidad.ADVERTENCIA, REGLA, de.celda.hoja, de.celda.referencia, de.codigo,
                f"La hoja {hoja.nombre} no cuenta {de.codigo}, que se agregó después de hacer este libro: sus totales "
                "no son los del informe.",
                "Use las cifras del informe, o haga el libro de nuevo: zedxl nuevo NUEVO.xlsm --desde LIBRO.",
            )  # fmt: skip
