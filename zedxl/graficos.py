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
_MAXIMO = 100.0
_TITULO = {"name": "Calibri", "size": 12, "bold": True, "color": f"#{AZUL}"}

_IDIOMA = b"es-PE"
_TRAS_ESTO = b'<c:plotVisOnly val="1"/>'
_VACIOS_SIN_DIBUJAR = b'<c:dispBlanksAs val="gap"/>'
_FIN_DE_SERIE = b"</c:val></c:ser>"
_SIN_CURVAS = b'</c:val><c:smooth val="0"/></c:ser>'
_SOLO_VALOR = b'<c:showVal val="1"/>'
_PARTES_DE_ETIQUETA = (b"LegendKey", b"Val", b"CatName", b"SerName", b"Percent", b"BubbleSize")


@dataclass(frozen=True, slots=True)
class Serie:
    """A series of a chart: its name, its colour and the ranges (``=Hoja!$A$1:$A$9``) of categories and values."""

    nombre: str
    color: str
    categorias: str
    valores: str


def barras_por_aei(libro: Workbook, series: Sequence[Serie], titulo: str, *, maximo: float | None = _MAXIMO) -> Chart:
    """Horizontal bars, one per AEI, first on top; each AEI has its value in one series only, that of its colour.

    ``maximo`` is where the axis of percentages ends in this chart and the following ones; None leaves it to the data,
    for avances without tope.
    """
    grafico = libro.add_chart({"type": "bar"})
    for serie in series:
        grafico.add_series(_serie(serie, overlap=100, gap=45))
    _vestir(grafico, titulo, leyenda=True)  # one colour needs its meaning too
    grafico.set_x_axis(_eje_porcentaje(maximo))
    grafico.set_y_axis({"reverse": True, "num_font": _LETRA, "line": {"color": f"#{GRIS_CLARO}"}, "crossing": "max"})
    return grafico


def columnas_por_oei(libro: Workbook, series: Sequence[Serie], titulo: str, *, maximo: float | None = _MAXIMO) -> Chart:
    """Columns side by side, one group per OEI."""
    return _columnas(libro, series, titulo, maximo)


def columnas_por_periodo(
    libro: Workbook, series: Sequence[Serie], titulo: str, *, maximo: float | None = _MAXIMO
) -> Chart:
    """Columns over the períodos; a negative value leaves its place empty, without a label.

    For cells with formulas, which cannot be empty: Calc draws an #N/A of a line as 0.
    """
    return _columnas(libro, series, titulo, maximo)


def linea_por_periodo(
    libro: Workbook, series: Sequence[Serie], titulo: str, *, maximo: float | None = _MAXIMO
) -> Chart:
    """A line with markers over the períodos; what was not reported leaves a gap."""
    grafico = libro.add_chart({"type": "line"})
    for serie in series:
        marca = {"type": "circle", "size": 7, "fill": {"color": f"#{serie.color}"}, "border": {"color": "#FFFFFF"}}
        dibujada = _serie(serie)
        dibujada["data_labels"]["position"] = "above"
        grafico.add_series(
            {
                **dibujada,
                "fill": {"none": True},
                "line": {"color": f"#{serie.color}", "width": 2.25},
                "marker": marca,
            }
        )
    _vestir(grafico, titulo, leyenda=len(series) > 1)
    grafico.show_na_as_empty_cell()
    grafico.set_x_axis({"num_font": _LETRA, "line": {"color": f"#{GRIS_CLARO}"}})
    grafico.set_y_axis(_eje_porcentaje(maximo))
    return grafico


def corregido(xml: bytes) -> bytes:
    """The chart part that XlsxWriter wrote for one of these charts, with what it leaves to be guessed.

    By the standard a missing point is drawn as 0, a line is a curve that swings beyond its points, and the parts of a
    data label that are not named are shown; and the language of its texts is Spanish.
    """
    if b"<c:lineChart>" in xml:
        xml = xml.replace(_FIN_DE_SERIE, _SIN_CURVAS)
    etiquetas = b"".join(b'<c:show%s val="%d"/>' % (parte, parte == b"Val") for parte in _PARTES_DE_ETIQUETA)
    return (
        xml.replace(b'"en-US"', b'"' + _IDIOMA + b'"')
        .replace(_TRAS_ESTO, _TRAS_ESTO + _VACIOS_SIN_DIBUJAR)
        .replace(_SOLO_VALOR, etiquetas)
    )


def _columnas(libro: Workbook, series: Sequence[Serie], titulo: str, maximo: float | None) -> Chart:
    grafico = libro.add_chart({"type": "column"})
    for serie in series:
        grafico.add_series(_serie(serie, overlap=-5, gap=80))
    _vestir(grafico, titulo, leyenda=len(series) > 1)
    grafico.set_x_axis({"num_font": _LETRA, "line": {"color": f"#{GRIS_CLARO}"}})
    grafico.set_y_axis(_eje_porcentaje(maximo))
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


def _eje_porcentaje(maximo: float | None) -> dict[str, Any]:
    return {
        "min": 0,
        **({} if maximo is None else {"max": maximo, "major_unit": maximo / 4}),
        "num_format": '0"%"',
        "num_font": _LETRA,
        "major_gridlines": {"visible": True, "line": {"color": f"#{GRIS_CLARO}", "width": 0.5}},
        "line": {"none": True},
    }


def _vestir(grafico: Chart, titulo: str, leyenda: bool) -> None:
    grafico.set_title({"name": titulo, "name_font": _TITULO, "overlay": False})
    grafico.set_legend({"position": "bottom", "font": _LETRA} if leyenda else {"none": True})
    grafico.set_chartarea({"border": {"color": f"#{GRIS_CLARO}"}})
