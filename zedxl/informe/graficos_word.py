"""Native Word charts: the chart part that XlsxWriter writes, with the workbook that Word edits it in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from lxml import etree

from zedxl.graficos import Serie, corregido
from zedxl.informe.wordml import ESPACIOS_DE_NOMBRES, Elemento, Xml, atributo

if TYPE_CHECKING:
    from docx.opc.part import Part
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart


_C, _R = ESPACIOS_DE_NOMBRES["c"], ESPACIOS_DE_NOMBRES["r"]
_TIPO_GRAFICO = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_TIPO_LIBRO = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HOJA = "Datos"
_CREADO = datetime(2000, 1, 1)
_EMU_POR_CM = 360_000

Dibujo = Callable[["Workbook", Sequence[Serie], str], "Chart"]
"""A chart of `zedxl.graficos`."""


@dataclass(frozen=True, slots=True)
class Columna:
    """A series of a chart: name, colour (RGB) and a percentage, or nothing, for each category."""

    nombre: str
    color: str
    valores: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Grafico:
    """A chart: how it is drawn, its data, its height (cm) and the text for those who cannot see it.

    ``area`` is where the plot lies: x, y, width and height as parts of the whole.
    """

    dibujo: Dibujo
    categorias: Sequence[str]
    columnas: Sequence[Columna]
    alto: float
    area: tuple[float, float, float, float]
    descripcion: str


def incrustar(documento: Part, grafico: Grafico, numero: int) -> str:
    """Add the parts of a chart to a document; returns the relationship that a drawing names it by."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    paquete = documento.package
    libro = Part(
        PackURI(f"/word/embeddings/datos_grafico{numero}.xlsx"),
        _TIPO_LIBRO,
        _libro(grafico, con_grafico=False),
        paquete,
    )
    parte = Part(PackURI(f"/word/charts/chart{numero}.xml"), _TIPO_GRAFICO, b"", paquete)
    parte._blob = _xml(grafico, parte.relate_to(libro, RELATIONSHIP_TYPE.PACKAGE))
    return documento.relate_to(parte, RELATIONSHIP_TYPE.CHART)


def dibujo(grafico: Grafico, relacion: str, numero: int, ancho: float) -> Xml:
    """The run that shows a chart, ``ancho`` cm wide."""
    cx, cy = (round(cm * _EMU_POR_CM) for cm in (ancho, grafico.alto))
    return Xml(
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
        f'<wp:docPr id="{numero}" name="Gráfico {numero}" descr={atributo(grafico.descripcion)}/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_C}"><c:chart r:id="{relacion}"/>'
        f"</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _libro(grafico: Grafico, con_grafico: bool) -> bytes:
    from xlsxwriter import Workbook

    salida = io.BytesIO()
    libro = Workbook(salida, {"in_memory": True})
    libro.set_properties({"created": _CREADO})
    hoja = libro.add_worksheet(_HOJA)
    hoja.write_row(0, 1, [c.nombre for c in grafico.columnas])
    for fila, categoria in enumerate(grafico.categorias, 1):
        hoja.write_string(fila, 0, categoria)
        for columna, serie in enumerate(grafico.columnas, 1):
            valor = serie.valores[fila - 1]
            if valor is not None:
                hoja.write_number(fila, columna, valor)
    if con_grafico:
        dibujado = grafico.dibujo(libro, _series(grafico), "Título")
        dibujado.set_plotarea({"layout": dict(zip(("x", "y", "width", "height"), grafico.area, strict=True))})
        hoja.insert_chart(0, len(grafico.columnas) + 2, dibujado)
    libro.close()
    return salida.getvalue()


def _series(grafico: Grafico) -> list[Serie]:
    ultima = len(grafico.categorias) + 1
    letras = [chr(ord("B") + n) for n in range(len(grafico.columnas))]
    return [
        Serie(f"={_HOJA}!${x}$1", c.color, f"={_HOJA}!$A$2:$A${ultima}", f"={_HOJA}!${x}$2:${x}${ultima}")
        for x, c in zip(letras, grafico.columnas, strict=True)
    ]


def _xml(grafico: Grafico, relacion: str) -> bytes:
    """The chart part; its title is dropped because the caption below the chart says the same."""
    with zipfile.ZipFile(io.BytesIO(_libro(grafico, con_grafico=True))) as libro:
        raiz = etree.fromstring(corregido(libro.read("xl/charts/chart1.xml")))
    for titulo in list(raiz.iterfind(f"{{{_C}}}chart/{{{_C}}}title")):
        titulo.addprevious(etree.Element(f"{{{_C}}}autoTitleDeleted", val="1"))
        _quitar(titulo)
    datos = etree.Element(f"{{{_C}}}externalData", {f"{{{_R}}}id": relacion})
    etree.SubElement(datos, f"{{{_C}}}autoUpdate", val="0")
    for impresion in list(raiz.iterfind(f"{{{_C}}}printSettings")):
        _quitar(impresion)
    raiz.append(datos)
    return etree.tostring(raiz, xml_declaration=True, encoding="UTF-8", standalone=True)


def _quitar(elemento: Elemento) -> None:
    padre = elemento.getparent()
    if padre is not None:
        padre.remove(elemento)
