"""The charts of a PEI, one definition for the Tablero and for the report.

XlsxWriter draws them: in the book as they are; the report takes the chart part and the workbook behind it into Word,
where it stays a native chart that people can edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zedxl.aspecto import AZUL, GRIS, GRIS_CLARO

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart

_LETRA = {"name": "Calibri", "size": 9, "color": f"#{GRIS}"}
_TITULO = {"name": "Calibri", "size": 12, "bold": True, "color": f"#{AZUL}"}


@dataclass(frozen=True, slots=True)
class Serie:
    """A series of a chart: its name, its colour and the ranges (``=Hoja!$A$1:$A$9``) of categories and values."""

    nombre: str
    color: str
    categorias: str
    valores: str


def barras_por_aei(libro: Workbook, series: Sequence[Serie], titulo: str) -> Chart:
    """Horizontal bars, one per AEI, first on top; each AEI has its value in one series only, that of its colour."""
    grafico = libro.add_chart({"type": "bar"})
    for serie in series:
        grafico.add_series(_serie(serie, overlap=100, gap=45))
    _vestir(grafico, titulo, leyenda=len(series) > 1)
    grafico.set_x_axis(_eje_porcentaje())
    grafico.set_y_axis({"reverse": True, "num_font": _LETRA, "line": {"color": f"#{GRIS_CLARO}"}, "crossing": "max"})
    return grafico


def columnas_por_oei(libro: Workbook, series: Sequence[Serie], titulo: str) -> Chart:
    """Columns side by side, one group per OEI."""
    return _columnas(libro, series, titulo)


def columnas_por_periodo(libro: Workbook, series: Sequence[Serie], titulo: str) -> Chart:
    """Columns over the períodos; a negative value leaves its place empty, without a label.

    For cells with formulas, which cannot be empty: Calc draws an #N/A of a line as 0.
    """
    return _columnas(libro, series, titulo)


def linea_por_periodo(libro: Workbook, series: Sequence[Serie], titulo: str) -> Chart:
    """A line with markers over the períodos; what was not reported leaves a gap."""
    grafico = libro.add_chart({"type": "line"})
    for serie in series:
        marca = {"type": "circle", "size": 7, "fill": {"color": f"#{serie.color}"}, "border": {"color": "#FFFFFF"}}
        grafico.add_series(
            {
                **_serie(serie),
                "fill": {"none": True},
                "line": {"color": f"#{serie.color}", "width": 2.25},
                "marker": marca,
            }
        )
    _vestir(grafico, titulo, leyenda=len(series) > 1)
    grafico.show_na_as_empty_cell()
    grafico.set_x_axis({"num_font": _LETRA, "line": {"color": f"#{GRIS_CLARO}"}})
    grafico.set_y_axis(_eje_porcentaje())
    return grafico


def _columnas(libro: Workbook, series: Sequence[Serie], titulo: str) -> Chart:
    grafico = libro.add_chart({"type": "column"})
    for serie in series:
        grafico.add_series(_serie(serie, overlap=-5, gap=80))
    _vestir(grafico, titulo, leyenda=len(series) > 1)
    grafico.set_x_axis({"num_font": _LETRA, "line": {"color": f"#{GRIS_CLARO}"}})
    grafico.set_y_axis(_eje_porcentaje())
    return grafico


def _serie(serie: Serie, **opciones: int) -> dict[str, Any]:
    return {
        "name": serie.nombre,
        "categories": serie.categorias,
        "values": serie.valores,
        "fill": {"color": f"#{serie.color}"},
        "data_labels": {"value": True, "num_format": "0.00;;0.00", "font": {**_LETRA, "bold": True}},
        **opciones,
    }


def _eje_porcentaje() -> dict[str, Any]:
    return {
        "min": 0,
        "max": 100,
        "major_unit": 25,
        "num_format": '0"%"',
        "num_font": _LETRA,
        "major_gridlines": {"visible": True, "line": {"color": f"#{GRIS_CLARO}", "width": 0.5}},
        "line": {"none": True},
    }


def _vestir(grafico: Chart, titulo: str, leyenda: bool) -> None:
    grafico.set_title({"name": titulo, "name_font": _TITULO, "overlay": False})
    grafico.set_legend({"position": "bottom", "font": _LETRA} if leyenda else {"none": True})
    grafico.set_chartarea({"border": {"color": f"#{GRIS_CLARO}"}})
