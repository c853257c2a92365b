"""Builds zedxl/informe/plantilla_informe.docx, the template that an institution restyles in Word.

    python workbook/plantilla_informe.py [SALIDA.docx]

The same bytes every time. A4, es-PE, Calibri; the names of the styles are those of `zedxl.informe.estilos.Estilo`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml import parse_xml

from zedxl.aspecto import AZUL, AZUL_CLARO, GRIS_CLARO
from zedxl.informe.documento import PLANTILLA
from zedxl.informe.estilos import Estilo
from zedxl.informe.paquete_docx import en_bytes
from zedxl.informe.wordml import Elemento, W, campo, hijo, leer, nodo, parrafo

_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TEXTO = "262626"
_TENUE = "595959"


@dataclass(frozen=True)
class _Parrafo:
    """A paragraph style: ``puntos`` is its size, ``antes`` and ``despues`` the space around it in points.

    ``sangria`` is its indent on both sides in cm, ``nivel`` its level as a heading.
    """

    estilo: Estilo
    id: str
    puntos: float
    negrita: bool = False
    color: str = _TEXTO
    antes: float = 0
    despues: float = 0
    alineado: str = "left"
    sangria: float = 0
    nivel: int | None = None
    lineas: float = 1.0
    siguiente: str = ""


_PARRAFOS = (
    _Parrafo(Estilo.ENTIDAD, "InformeEntidad", 20, True, AZUL, antes=60, despues=4, alineado="center"),
    _Parrafo(Estilo.TITULO, "Title", 30, True, AZUL, antes=140, despues=14, alineado="center", sangria=1.5),
    _Parrafo(Estilo.SUBTITULO, "Subtitle", 16, False, _TENUE, despues=0, alineado="center"),
    _Parrafo(Estilo.CARATULA, "InformeCaratula", 13, False, _TENUE, antes=200, alineado="center"),
    _Parrafo(Estilo.TITULO_1, "Heading1", 16, True, AZUL, antes=18, despues=8, nivel=0, siguiente="BodyText"),
    _Parrafo(Estilo.TITULO_2, "Heading2", 12.5, True, AZUL, antes=14, despues=5, nivel=1, siguiente="BodyText"),
    _Parrafo(Estilo.TITULO_3, "Heading3", 11.5, True, _TEXTO, antes=14, despues=4, nivel=2, siguiente="BodyText"),
    _Parrafo(Estilo.TITULO_4, "Heading4", 10.5, True, AZUL, antes=12, despues=4, nivel=3, siguiente="BodyText"),
    _Parrafo(Estilo.TITULO_CONTENIDO, "TOCHeading", 16, True, AZUL, antes=0, despues=12),
    _Parrafo(Estilo.CUERPO, "BodyText", 10.5, despues=6, alineado="both", lineas=1.1),
    _Parrafo(Estilo.LEYENDA, "Caption", 9, True, AZUL, antes=8, despues=4),
    _Parrafo(Estilo.ENCABEZADO, "Header", 8.5, False, _TENUE, despues=0),
    _Parrafo(Estilo.PIE, "Footer", 8.5, False, _TENUE, alineado="center"),
    _Parrafo(Estilo.CIFRA, "InformeCifra", 18, True, AZUL, antes=0, despues=6, alineado="center"),
    _Parrafo(Estilo.ROTULO, "InformeRotulo", 9, False, _TENUE, antes=6, despues=0, alineado="center"),
    _Parrafo(Estilo.GRAFICO, "InformeGrafico", 10.5, antes=10, despues=0, alineado="center"),
    _Parrafo(Estilo.CABECERA, "InformeCabecera", 8.5, True, "FFFFFF", antes=2, despues=2, alineado="center"),
    _Parrafo(Estilo.CELDA, "InformeCelda", 8.5, antes=1.5, despues=1.5),
    _Parrafo(Estilo.CELDA_CENTRADA, "InformeCeldaCentrada", 8.5, antes=1.5, despues=1.5, alineado="center"),
    _Parrafo(Estilo.CELDA_NUMERO, "InformeCeldaNumero", 8.5, antes=1.5, despues=1.5, alineado="right"),
    _Parrafo(Estilo.NOTA, "InformeNota", 8.5, False, _TENUE, antes=3, despues=6),
)

_DEFECTO = f"""<w:docDefaults {_NS}>
<w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/>
<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="es-PE" w:eastAsia="es-PE" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
<w:pPrDefault/></w:docDefaults>"""

_LISTA = """<w:style {ns} w:type="paragraph" w:styleId="{id}"><w:name w:val="{nombre}"/><w:basedOn w:val="BodyText"/>
<w:qFormat/><w:pPr><w:numPr><w:numId w:val="{numero}"/></w:numPr><w:spacing w:after="80"/>
<w:ind w:left="{sangria}" w:hanging="{colgante}"/></w:pPr></w:style>"""

_INDICE = """<w:style {ns} w:type="paragraph" w:styleId="TOC{nivel}"><w:name w:val="toc {nivel}"/>
<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="39"/><w:pPr>
<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9072"/></w:tabs><w:spacing w:before="{antes}" w:after="40"/>
<w:ind w:left="{sangria}"/></w:pPr><w:rPr>{negrita}<w:color w:val="{color}"/></w:rPr></w:style>"""

_MISION = f"""<w:style {_NS} w:type="paragraph" w:customStyle="1" w:styleId="InformeMision">
<w:name w:val="{Estilo.MISION}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:keepLines/>
<w:pBdr><w:left w:val="single" w:sz="24" w:space="10" w:color="{AZUL}"/></w:pBdr>
<w:spacing w:before="80" w:after="160" w:line="288" w:lineRule="auto"/><w:ind w:left="567" w:right="567"/></w:pPr>
<w:rPr><w:i/><w:color w:val="{AZUL}"/><w:sz w:val="25"/><w:szCs w:val="25"/></w:rPr></w:style>"""

_CARACTER = """<w:style {ns} w:type="character" w:customStyle="1" w:styleId="{id}"><w:name w:val="{nombre}"/>
<w:qFormat/><w:rPr><w:b/>{mas}</w:rPr></w:style>"""

_TABLA = f"""<w:style {_NS} w:type="table" w:customStyle="1" w:styleId="InformeTabla">
<w:name w:val="{Estilo.TABLA}"/><w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>
<w:top w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>
<w:left w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>
<w:bottom w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>
<w:right w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>
<w:insideV w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/></w:tblBorders><w:tblCellMar>
<w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tcPr><w:vAlign w:val="center"/></w:tcPr>
<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{AZUL}"/></w:tcPr></w:tblStylePr>
</w:style>"""

_TABLA_DE_CIFRAS = f"""<w:style {_NS} w:type="table" w:customStyle="1" w:styleId="InformeTablaDeCifras">
<w:name w:val="{Estilo.TABLA_DE_CIFRAS}"/><w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>
<w:top w:val="single" w:sz="8" w:space="0" w:color="{AZUL}"/>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{AZUL}"/>
<w:insideV w:val="single" w:sz="4" w:space="0" w:color="{GRIS_CLARO}"/></w:tblBorders></w:tblPr>
<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{AZUL_CLARO}"/></w:tcPr></w:style>"""

_CARACTERES = (
    (Estilo.DESTACADO, "InformeDestacado", ""),
    (Estilo.FALTA, "InformeFalta", ""),
    (Estilo.VERDE, "InformeVerde", '<w:color w:val="1B5E20"/>'),
    (Estilo.AMBAR, "InformeAmbar", '<w:color w:val="7A5200"/>'),
    (Estilo.ROJO, "InformeRojo", '<w:color w:val="9C1C1C"/>'),
    (Estilo.GRIS, "InformeGris", f'<w:color w:val="{_TENUE}"/>'),
)

_NUMERACION = f"""<w:numbering {_NS}>
<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="454" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="decimal"/><w:pStyle w:val="ListNumber"/><w:lvlText w:val="%1)"/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="567" w:hanging="397"/></w:pPr></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
</w:numbering>"""

_PROPIEDADES = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">
<Template>Normal.dotm</Template><Application>Microsoft Office Word</Application><DocSecurity>0</DocSecurity>
<AppVersion>16.0000</AppVersion></Properties>"""

_SECCION = f"""<w:sectPr {_NS}><w:pgSz w:w="11906" w:h="16838"/>
<w:pgMar w:top="1531" w:right="1417" w:bottom="1304" w:left="1417" w:header="680" w:footer="567" w:gutter="0"/>
<w:cols w:space="708"/><w:titlePg/></w:sectPr>"""


def construir() -> bytes:
    """The template as a .docx."""
    documento = docx.Document()
    _aligerar(documento)
    _poner_estilos(documento.styles.element)
    _reemplazar_hijos(documento.part.numbering_part.element, parse_xml(_NUMERACION))
    cuerpo = documento.element.body
    _reemplazar_hijos(cuerpo, [parse_xml(_SECCION)])
    _poner_encabezado_y_pie(documento)
    _ajustar(documento.settings.element)
    propiedades = documento.core_properties
    propiedades.title, propiedades.author, propiedades.comments = "Plantilla del informe de evaluación", "zedxl", ""
    propiedades.language, propiedades.keywords = "es-PE", ""
    propiedades.created = propiedades.modified = datetime(2025, 1, 1)
    return en_bytes(documento)


def _aligerar(documento: Document) -> None:
    """Drop what python-docx's own template carries in excess: a thumbnail, custom XML and where it was made."""
    for paquete in (documento.part.package, documento.part):
        for relacion in [
            r
            for r, destino in paquete.rels.items()
            if destino.reltype.endswith(("/thumbnail", "/customXml", "/stylesWithEffects"))
        ]:
            del paquete.rels[relacion]
    for parte in documento.part.package.iter_parts():
        if parte.partname == "/docProps/app.xml":
            parte._blob = _PROPIEDADES


def _ajustar(ajustes: Elemento) -> None:
    """A document of today's Word, which otherwise opens it in compatibility mode, in Spanish and in no other script."""
    hijo(ajustes, "zoom").set(f"{W}percent", "100")
    compatibilidad = hijo(ajustes, "compat")
    compatibilidad.remove(hijo(compatibilidad, "useFELayout"))
    for ajuste in compatibilidad.iterfind(f"{W}compatSetting[@{W}name='compatibilityMode']"):
        ajuste.set(f"{W}val", "15")
    idioma = hijo(ajustes, "themeFontLang")
    idioma.attrib.clear()
    idioma.set(f"{W}val", "es-PE")


def _poner_estilos(hoja: Elemento) -> None:
    for sobrante in hoja.findall(f"{W}style"):
        hoja.remove(sobrante)
    hoja.replace(hijo(hoja, "docDefaults"), parse_xml(_DEFECTO))
    hoja.extend(parse_xml(xml) for xml in _estilos())


def _estilos() -> Iterator[str]:
    yield f"""<w:style {_NS} w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>
        <w:rPr><w:color w:val="{_TEXTO}"/></w:rPr></w:style>"""
    yield f"""<w:style {_NS} w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
        <w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>"""
    yield f"""<w:style {_NS} w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
        <w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>
        <w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>
        <w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"""
    yield from map(_estilo_de_parrafo, _PARRAFOS)
    yield _MISION
    yield _LISTA.format(ns=_NS, id="ListBullet", nombre=Estilo.VINETA, numero=1, sangria=454, colgante=284)
    yield _LISTA.format(ns=_NS, id="ListNumber", nombre=Estilo.NUMERADA, numero=2, sangria=567, colgante=397)
    yield _INDICE.format(ns=_NS, nivel=1, antes=120, sangria=0, negrita="<w:b/>", color=AZUL)
    yield _INDICE.format(ns=_NS, nivel=2, antes=0, sangria=340, negrita="", color=_TEXTO)
    for estilo, identificador, mas in _CARACTERES:
        yield _CARACTER.format(ns=_NS, id=identificador, nombre=estilo, mas=mas)
    yield _TABLA
    yield _TABLA_DE_CIFRAS


def _estilo_de_parrafo(p: _Parrafo) -> str:
    propio = ' w:customStyle="1"' if p.estilo.startswith("Informe") else ""
    siguiente = f'<w:next w:val="{p.siguiente}"/>' if p.siguiente else ""
    titulo = "" if p.nivel is None else "<w:keepNext/><w:keepLines/>"
    esquema = "" if p.nivel is None else f'<w:outlineLvl w:val="{p.nivel}"/>'
    twips = round(p.sangria * 567)
    sangria = f'<w:ind w:left="{twips}" w:right="{twips}"/>' if twips else ""
    medio_punto = round(p.puntos * 2)
    return f"""<w:style {_NS} w:type="paragraph"{propio} w:styleId="{p.id}"><w:name w:val="{p.estilo}"/>
        <w:basedOn w:val="Normal"/>{siguiente}<w:qFormat/><w:pPr>{titulo}<w:widowControl/>
        <w:spacing w:before="{round(p.antes * 20)}" w:after="{round(p.despues * 20)}"
        w:line="{round(p.lineas * 240)}" w:lineRule="auto"/>{sangria}<w:jc w:val="{p.alineado}"/>{esquema}</w:pPr>
        <w:rPr>{"<w:b/>" if p.negrita else ""}<w:color w:val="{p.color}"/><w:sz w:val="{medio_punto}"/>
        <w:szCs w:val="{medio_punto}"/></w:rPr></w:style>"""


def _poner_encabezado_y_pie(documento: Document) -> None:
    """An empty header, which the report fills in, and page numbers; the first page has a header of its own, empty."""
    seccion = documento.sections[0]
    _reemplazar_hijos(seccion.header._element, leer([parrafo("Header")]))
    _reemplazar_hijos(
        seccion.footer._element,
        leer([parrafo("Footer", "Página ", campo("PAGE", "1"), " de ", campo("NUMPAGES", "1"))]),
    )
    for primera in (seccion.first_page_header, seccion.first_page_footer):
        primera.is_linked_to_previous = False
        _reemplazar_hijos(primera._element, leer([nodo("p")]))


def _reemplazar_hijos(elemento: Elemento, hijos: list[Elemento] | Elemento) -> None:
    elemento[:] = list(hijos)


if __name__ == "__main__":
    (Path(sys.argv[1]) if len(sys.argv) > 1 else PLANTILLA).write_bytes(construir())
