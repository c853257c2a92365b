"""The order in which a worksheet's XML must have its elements."""

from __future__ import annotations

from zedxl.libro.xml_crudo import hijos, raiz

ORDEN = tuple(
    b"""sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios
    autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations
    hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches
    ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls webPublishItems
    tableParts extLst""".split()
)
"""The elements of ``worksheet`` (ISO/IEC 29500-1, CT_Worksheet)."""


def insertado(hoja: bytes, nombre: bytes, elemento: bytes) -> bytes:
    """A worksheet with one more element, where the schema wants it: before all those that must follow it."""
    propia = raiz(hoja)
    antes = ORDEN[: ORDEN.index(nombre) + 1]
    lugar = propia.dentro
    for hallado in hijos(hoja, propia):
        if hallado.prefijo == propia.prefijo and hallado.nombre in antes:
            lugar = hallado.fin
    return hoja[:lugar] + elemento + hoja[lugar:]
