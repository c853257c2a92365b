"""The annex with what validar found, for whoever answers for the numbers of the report."""

from __future__ import annotations

from collections.abc import Sequence

from zedxl.hallazgo import Hallazgo
from zedxl.informe.idioma import una_linea
from zedxl.informe.tablas import Fila, cabecera, casilla, tabla
from zedxl.informe.wordml import Xml

_ANCHOS = (2.4, 3.6, 2.1, 9.5, 8.0)


def lista(hallazgos: Sequence[Hallazgo]) -> Xml:
    """A row for each finding, in their order."""
    return tabla(
        _ANCHOS,
        [cabecera("Severidad", "Celda", "Código", "Qué se encontró", "Qué hacer"), *map(_fila, hallazgos)],
        "Hallazgos de la validación",
        "Por cada hallazgo, su severidad, la hoja y la celda, el código, qué se encontró y qué hacer.",
    )


def _fila(hallazgo: Hallazgo) -> Fila:
    celda = f"{hallazgo.hoja}!{hallazgo.celda}" if hallazgo.celda else hallazgo.hoja
    textos = (str(hallazgo.severidad).capitalize(), celda, hallazgo.codigo, hallazgo.mensaje, hallazgo.sugerencia)
    return Fila(tuple(casilla(una_linea(texto)) for texto in textos))
