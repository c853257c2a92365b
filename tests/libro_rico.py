"""A macro-enabled book with everything in it that an edit must not lose."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.libros import LIBRO_ZED_ILO, TITULOS, aei

TITULOS_RICO = (*TITULOS, "Unidad responsable")
SEGUIMIENTO, RESUMEN, DATOS, GRAFICO, DINAMICA = "Seguimiento", "Resumen", "Datos ocultos", "Gráfico", "Dinámica"
FILA_DE_TITULOS = 4
"""Of the table, which begins in column B."""

_FILAS = (
    aei("AEI.01.01", 10, 5, None),
    aei("AEI.01.02", 8, 8, None),
    aei("AEI.02.01", 4, 1, None),
    aei("AEI.02.02", 20, None, None),
    aei("AEI.03.01", 2, 2, None),
)
_UNIDADES = ("Gerencia", "Planeamiento", "Gerencia", "Operaciones", "Planeamiento")
_PRINCIPAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELACIONES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PAQUETE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TIPO = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_CABEZA = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PUNTO = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc0000003010100"
    "18dd8db00000000049454e44ae426082"
)


def libro_rico(ruta: Path, con_macros: bool = True) -> Path:
    """Write the book (an .xlsm, or without macros an .xlsx) there.

    Sheet «Seguimiento» has a table with `TITULOS_RICO` in row `FILA_DE_TITULOS`, from column B on, and is protected;
    the others have a chart sheet, a pivot table, sparklines, dynamic arrays and the rest of what Excel offers.
    """
    crudo = BytesIO()
    libro = xlsxwriter.Workbook(crudo)
    libro.set_properties({"created": datetime(2025, 1, 1), "title": "Libro rico"})
    libro.set_custom_property("Pliego", "ZED Ilo")
    if con_macros:
        with zipfile.ZipFile(LIBRO_ZED_ILO) as enviado:
            libro.add_vba_project(BytesIO(enviado.read("xl/vbaProject.bin")), True)
        libro.set_vba_name("ThisWorkbook")
    _resumen(libro)
    _seguimiento(libro)
    datos = libro.add_worksheet(DATOS)
    datos.set_vba_name("Hoja3")
    datos.write_row(0, 0, ["Unidad", "Meta"])
    for fila, (unidad, valores) in enumerate(zip(_UNIDADES, _FILAS, strict=True), 1):
        datos.write_row(fila, 0, [unidad, valores[7]])
    datos.hide()
    grafico = libro.add_chart({"type": "column"})
    grafico.add_series({"values": f"='{DATOS}'!$B$2:$B$6"})
    libro.add_chartsheet(GRAFICO).set_chart(grafico)
    libro.add_worksheet(DINAMICA).set_vba_name("Hoja4")
    libro.define_name("MetaTotal", f"={SEGUIMIENTO}!$I$5:$I$9")
    libro.define_name(f"'{DATOS}'!Local", f"='{DATOS}'!$A$1")
    libro.close()
    ruta.write_bytes(_con_partes_ajenas(crudo.getvalue()))
    return ruta


def _resumen(libro: Any) -> None:
    hoja = libro.add_worksheet(RESUMEN)
    hoja.set_vba_name("Hoja1")
    negrita, cursiva = libro.add_format({"bold": True}), libro.add_format({"italic": True})
    hoja.merge_range("A1:D1", "Resumen del plan", libro.add_format({"bold": True, "align": "center"}))
    hoja.write_rich_string("A2", "Texto ", negrita, "con ", cursiva, "formatos")
    hoja.write_url("A3", "https://www.gob.pe/", string="Portal")
    hoja.write_dynamic_array_formula("F2", f"=_xlfn._xlws.SORT({SEGUIMIENTO}!B5:B9)", None, "AEI.01.01")
    for fila in range(3, 7):
        hoja.write_string(fila - 1, 5, f"AEI.0{fila}")
    hoja.write_array_formula("H2:H3", f"{{={SEGUIMIENTO}!I5:I6*2}}", None, 20)
    hoja.write_number("H3", 16)
    hoja.write_formula("A5", f"=SUM({SEGUIMIENTO}!I5:I9)", None, 44)
    hoja.write_number("A6", 0.25, libro.add_format({"num_format": "0.0%"}))
    hoja.write_datetime("A7", datetime(2025, 6, 30, 8, 30), libro.add_format({"num_format": "dd/mm/yyyy hh:mm"}))
    hoja.add_sparkline("B5", {"range": f"{SEGUIMIENTO}!I5:I9", "markers": True})
    hoja.add_sparkline("B6", {"range": f"{SEGUIMIENTO}!J5:J9", "type": "column"})
    hoja.conditional_format("H2:H9", {"type": "icon_set", "icon_style": "3_traffic_lights"})
    hoja.insert_button("J2", {"caption": "Actualizar", "macro": "Actualizar", "width": 90, "height": 25})
    hoja.insert_checkbox("J5", True)
    hoja.insert_textbox("J7", "Un cuadro de texto con\nsaltos", {"width": 160, "height": 60})
    hoja.insert_image(
        "J12", "punto.png", {"image_data": BytesIO(_PUNTO), "x_scale": 40, "y_scale": 40, "description": "Un punto"}
    )
    torta = libro.add_chart({"type": "pie"})
    torta.add_series({"categories": f"={SEGUIMIENTO}!$B$5:$B$9", "values": f"={SEGUIMIENTO}!$I$5:$I$9"})
    hoja.insert_chart("A10", torta)
    hoja.write_comment("A1", "Una nota\nen dos líneas", {"author": "Planeamiento"})
    hoja.set_header("&L&G", {"image_left": "punto.png", "image_data_left": BytesIO(_PUNTO)})
    hoja.set_row(29, 20, None, {"level": 1})
    hoja.ignore_errors({"number_stored_as_text": "A20:A30"})


def _seguimiento(libro: Any) -> None:
    hoja = libro.add_worksheet(SEGUIMIENTO)
    hoja.set_vba_name("Hoja2")
    hoja.protect("", {"format_columns": True, "autofilter": True})
    abierta = libro.add_format({"locked": False, "bg_color": "#FFF9E5", "border": 1})
    titulo = libro.add_format({"bold": True, "text_wrap": True, "bg_color": "#1F4E79", "font_color": "white"})
    hoja.write("A1", "Seguimiento del plan")
    primera, ultima = FILA_DE_TITULOS, FILA_DE_TITULOS + len(_FILAS)
    filas = [[*valores, unidad] for valores, unidad in zip(_FILAS, _UNIDADES, strict=True)]
    columnas: list[dict[str, Any]] = [{"header": t, "header_format": titulo} for t in TITULOS_RICO]
    for lugar in (8, 9):
        columnas[lugar]["format"] = abierta
    hoja.add_table(
        primera - 1, 1, ultima - 1, len(TITULOS_RICO), {"name": "tblRica", "columns": columnas, "data": filas}
    )
    for fila in range(primera, ultima):
        for columna in (9, 10):
            valor = _FILAS[fila - primera][columna - 1]
            hoja.write(fila, columna, valor, abierta)
    hoja.set_column("B:B", 12)
    hoja.set_column("C:D", 30)
    hoja.set_column("J:K", 11)
    hoja.freeze_panes(primera, 2)
    numero = {
        "validate": "custom",
        "value": "=ISNUMBER(J5)",
        "input_title": "Valor",
        "input_message": "Escriba un número",
    }
    hoja.data_validation(f"J5:K{ultima}", numero)
    hoja.data_validation(f"F5:F{ultima}", {"validate": "list", "source": ["Ascendente", "Descendente", "No definido"]})
    hoja.conditional_format(f"J5:K{ultima}", {"type": "cell", "criteria": "<", "value": 2, "format": titulo})
    hoja.conditional_format(f"J5:K{ultima}", {"type": "data_bar", "data_bar_2010": True, "bar_solid": True})
    hoja.conditional_format(f"I5:I{ultima}", {"type": "3_color_scale"})
    hoja.write_comment("J5", "Según el informe de junio", {"author": "Gerencia"})
    linea = libro.add_chart({"type": "line"})
    linea.add_series({"name": "Valor", "values": f"={SEGUIMIENTO}!$J$5:$J${ultima}"})
    hoja.insert_chart("B14", linea)
    hoja.set_landscape()
    hoja.repeat_rows(primera - 1)
    hoja.print_area(0, 0, ultima, len(TITULOS_RICO))


def _con_partes_ajenas(paquete: bytes) -> bytes:
    """The package with what XlsxWriter does not write: custom XML, x14 icons, a pivot table, names of other programs."""
    salida = BytesIO()
    with zipfile.ZipFile(BytesIO(paquete)) as origen, zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as escrito:
        partes = {nombre: origen.read(nombre) for nombre in origen.namelist()}
        hojas = _partes_de_hojas(partes)
        partes |= _dato_ajeno(partes)
        partes |= _iconos(partes, hojas[RESUMEN])
        partes |= _tabla_dinamica(partes, hojas[DINAMICA])
        for nombre, contenido in partes.items():
            escrito.writestr(nombre, contenido)
    return salida.getvalue()


def _partes_de_hojas(partes: Mapping[str, bytes]) -> dict[str, str]:
    destinos = dict(re.findall(rb'Id="(\w+)" Type="[^"]*" Target="([^"]+)"', partes["xl/_rels/workbook.xml.rels"]))
    hojas = re.findall(rb'<sheet name="([^"]+)"[^>]*r:id="(\w+)"', partes["xl/workbook.xml"])
    return {nombre.decode(): f"xl/{destinos[id_].decode()}" for nombre, id_ in hojas}


def _con_tipos(partes: Mapping[str, bytes], tipos: Mapping[str, str]) -> bytes:
    nuevos = "".join(f'<Override PartName="/{parte}" ContentType="{tipo}"/>' for parte, tipo in tipos.items())
    return partes["[Content_Types].xml"].replace(b"</Types>", nuevos.encode() + b"</Types>")


def _relacion(id_: str, tipo: str, destino: str) -> str:
    return f'<Relationship Id="{id_}" Type="{_RELACIONES}/{tipo}" Target="{destino}"/>'


def _relaciones(*relaciones: str) -> bytes:
    return f'{_CABEZA}<Relationships xmlns="{_PAQUETE}">{"".join(relaciones)}</Relationships>'.encode()


def _dato_ajeno(partes: Mapping[str, bytes]) -> dict[str, bytes]:
    """A customXml part, as document systems leave them."""
    propiedades = (
        '<ds:datastoreItem ds:itemID="{0B5B2A5E-6C1F-4E39-9D67-3F5B3D0F6A11}" '
        'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs/></ds:datastoreItem>'
    )
    relacion = _relacion("rIdAjeno", "customXml", "../customXml/item1.xml").encode()
    raiz = "xl/_rels/workbook.xml.rels"
    return {
        "customXml/item1.xml": b"<expediente xmlns='urn:ajeno'><numero>123</numero></expediente>",
        "customXml/itemProps1.xml": (_CABEZA + propiedades).encode(),
        "customXml/_rels/item1.xml.rels": _relaciones(_relacion("rId1", "customXmlProps", "itemProps1.xml")),
        raiz: partes[raiz].replace(b"</Relationships>", relacion + b"</Relationships>"),
        "[Content_Types].xml": _con_tipos(
            partes,
            {"customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"},
        ),
    }


def _iconos(partes: Mapping[str, bytes], hoja: str) -> dict[str, bytes]:
    """Conditional icons of the kind that only newer programs know, besides the sparklines of the sheet."""
    umbrales = "".join(f'<x14:cfvo type="percent"><xm:f>{desde}</xm:f></x14:cfvo>' for desde in (0, 33, 67))
    extension = (
        '<ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
        'uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><x14:conditionalFormattings>'
        '<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        '<x14:cfRule type="iconSet" priority="9" id="{6E1C0D2B-3C39-4C13-8A3B-0F8C7B1D2A10}">'
        f'<x14:iconSet iconSet="3Stars">{umbrales}</x14:iconSet></x14:cfRule><xm:sqref>A5:A6</xm:sqref>'
        "</x14:conditionalFormatting></x14:conditionalFormattings></ext>"
    )
    return {hoja: partes[hoja].replace(b"<extLst>", b"<extLst>" + extension.encode(), 1)}


def _tabla_dinamica(partes: Mapping[str, bytes], hoja: str) -> dict[str, bytes]:
    """A pivot table of the sheet with the data, its cache and its records."""
    registros = "".join(
        f'<r><x v="{sorted(set(_UNIDADES)).index(unidad)}"/><n v="{valores[7]}"/></r>'
        for unidad, valores in zip(_UNIDADES, _FILAS, strict=True)
    )
    unidades = "".join(f'<s v="{unidad}"/>' for unidad in sorted(set(_UNIDADES)))
    cache = (
        f'{_CABEZA}<pivotCacheDefinition xmlns="{_PRINCIPAL}" xmlns:r="{_RELACIONES}" r:id="rId1" '
        'refreshedBy="Planeamiento" refreshedDate="45000" createdVersion="6" refreshedVersion="6" minRefreshableVersion="3" '
        f'recordCount="{len(_FILAS)}"><cacheSource type="worksheet"><worksheetSource ref="A1:B6" sheet="{DATOS}"/></cacheSource>'
        f'<cacheFields count="2"><cacheField name="Unidad" numFmtId="0"><sharedItems count="3">{unidades}</sharedItems>'
        '</cacheField><cacheField name="Meta" numFmtId="0"><sharedItems containsSemiMixedTypes="0" containsString="0" '
        'containsNumber="1" containsInteger="1" minValue="2" maxValue="20"/></cacheField></cacheFields></pivotCacheDefinition>'
    )
    tabla = (
        f'{_CABEZA}<pivotTableDefinition xmlns="{_PRINCIPAL}" name="TablaDinámica1" cacheId="7" dataCaption="Valores" '
        'createdVersion="6" updatedVersion="6" minRefreshableVersion="3" outline="1" outlineData="1">'
        '<location ref="A3:B7" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/><pivotFields count="2">'
        '<pivotField axis="axisRow" showAll="0"><items count="4"><item x="0"/><item x="1"/><item x="2"/><item t="default"/>'
        '</items></pivotField><pivotField dataField="1" showAll="0"/></pivotFields><rowFields count="1"><field x="0"/></rowFields>'
        '<rowItems count="4"><i><x/></i><i><x v="1"/></i><i><x v="2"/></i><i t="grand"><x/></i></rowItems>'
        '<colItems count="1"><i/></colItems><dataFields count="1"><dataField name="Suma de Meta" fld="1" baseField="0" baseItem="0"/>'
        '</dataFields><pivotTableStyleInfo name="PivotStyleLight16" showRowHeaders="1" showColHeaders="1" showRowStripes="0" '
        'showColStripes="0" showLastColumn="1"/></pivotTableDefinition>'
    )
    lista, libro = "xl/_rels/workbook.xml.rels", "xl/workbook.xml"
    relacion = _relacion("rIdDinamica", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml").encode()
    caches = b'<pivotCaches><pivotCache cacheId="7" r:id="rIdDinamica"/></pivotCaches>'
    return {
        "xl/pivotCache/pivotCacheDefinition1.xml": cache.encode(),
        "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels": _relaciones(
            _relacion("rId1", "pivotCacheRecords", "pivotCacheRecords1.xml")
        ),
        "xl/pivotCache/pivotCacheRecords1.xml": (
            f'{_CABEZA}<pivotCacheRecords xmlns="{_PRINCIPAL}" count="{len(_FILAS)}">{registros}</pivotCacheRecords>'
        ).encode(),
        "xl/pivotTables/pivotTable1.xml": tabla.encode(),
        "xl/pivotTables/_rels/pivotTable1.xml.rels": _relaciones(
            _relacion("rId1", "pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml")
        ),
        hoja.replace("worksheets/", "worksheets/_rels/") + ".rels": _relaciones(
            _relacion("rId1", "pivotTable", "../pivotTables/pivotTable1.xml")
        ),
        lista: partes[lista].replace(b"</Relationships>", relacion + b"</Relationships>"),
        libro: re.sub(rb"(<calcPr[^>]*/>)", lambda m: m[1] + caches, partes[libro]),
        "[Content_Types].xml": _con_tipos(
            partes,
            {
                "xl/pivotCache/pivotCacheDefinition1.xml": f"{_TIPO}pivotCacheDefinition+xml",
                "xl/pivotCache/pivotCacheRecords1.xml": f"{_TIPO}pivotCacheRecords+xml",
                "xl/pivotTables/pivotTable1.xml": f"{_TIPO}pivotTable+xml",
            },
        ),
    }
