"""Paragraphs, runs and fields of WordprocessingML, the XML of a Word document.

It is composed as text, which is several times faster than element by element, and parsed once. What is markup has
its own type, `Xml`; plain text is escaped wherever it goes in, without the characters that XML cannot carry, so that
whatever people typed comes out literally.

Styles are given by name; `zedxl.informe.estilos.aplicar` turns names into the ids of the template.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from lxml import etree

from zedxl.texto import limpio

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALOR = f"{W}val"
ESPACIOS_DE_NOMBRES = {
    "w": W[1:-1],
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_DECLARADOS = " ".join(f'xmlns:{prefijo}="{uri}"' for prefijo, uri in ESPACIOS_DE_NOMBRES.items())
# xml.sax.saxutils would do the same, but importing it takes longer than composing a report
_RESERVADOS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
_SALTOS = re.compile("([\n\t])")

Elemento = etree._Element  # lxml's only name for the type of an element


class Xml(str):
    """Markup, as opposed to text."""

    __slots__ = ()


def nodo(etiqueta: str, *hijos: Xml, **atributos: str | int) -> Xml:
    """An element of the ``w:`` namespace with attributes of the same namespace.

    >>> nodo("jc", val="a<b")
    '<w:jc w:val="a&lt;b"></w:jc>'
    """
    escritos = "".join(f" w:{nombre}={atributo(str(valor))}" for nombre, valor in atributos.items())
    return Xml(f"<w:{etiqueta}{escritos}>{''.join(hijos)}</w:{etiqueta}>")


@lru_cache(maxsize=1024)
def atributo(valor: str) -> str:
    """The value of an attribute in its quotes."""
    return f'"{limpio(valor).translate(_RESERVADOS)}"'


def trozo(texto: str, estilo: str = "", resaltado: bool = False) -> Xml:
    r"""A run of text, in a character style if given; line breaks and tabs become Word's own.

    ``resaltado`` marks it in yellow, which in Word no style can do.

    >>> trozo("a\x01 <b>\n")
    '<w:r><w:t xml:space="preserve">a &lt;b&gt;</w:t><w:br/></w:r>'
    """
    formato = [nodo("rStyle", val=estilo)] if estilo else []
    if resaltado:
        formato.append(nodo("highlight", val="yellow"))
    propiedades = nodo("rPr", *formato) if formato else ""
    return Xml(f"<w:r>{propiedades}{''.join(map(_parte, _SALTOS.split(limpio(texto))))}</w:r>")


def parrafo(estilo: str, *contenido: str, con_siguiente: bool = False, propiedad: Xml | None = None) -> Xml:
    """A paragraph in a style: text, and markup such as that of `trozo`.

    ``con_siguiente`` keeps it on the page of the next one; ``propiedad`` is one more property.
    """
    seguido = "<w:keepNext/>" if con_siguiente else ""
    runs = "".join(c if isinstance(c, Xml) else trozo(c) for c in contenido)
    return Xml(f"<w:p><w:pPr><w:pStyle w:val={atributo(estilo)}/>{seguido}{propiedad or ''}</w:pPr>{runs}</w:p>")


def campo(instruccion: str, resultado: str) -> Xml:
    """A field: its instruction (``PAGE``, ``SEQ Tabla``) and the result shown until Word updates it."""
    return Xml(f"{abrir_campo(instruccion)}{trozo(resultado)}{cerrar_campo()}")


def abrir_campo(instruccion: str) -> Xml:
    """What stands before the result of a field."""
    return Xml(
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruccion.translate(_RESERVADOS)} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def cerrar_campo() -> Xml:
    """What stands after the result of a field."""
    return Xml('<w:r><w:fldChar w:fldCharType="end"/></w:r>')


def marcado(nombre: str, numero: int, contenido: Xml) -> Xml:
    """The content between the start and the end of a bookmark; ``numero`` is unique in the document."""
    inicio, final = nodo("bookmarkStart", id=numero, name=nombre), nodo("bookmarkEnd", id=numero)
    return Xml(f"{inicio}{contenido}{final}")


def leer(elementos: Iterable[Xml]) -> list[Elemento]:
    """Parse elements of a document body."""
    from docx.oxml import parse_xml

    return list(parse_xml(f"<w:body {_DECLARADOS}>{''.join(elementos)}</w:body>"))


def hijo(elemento: Elemento, ruta: str) -> Elemento:
    """The first element on a path of ``w:`` names (``trPr/trHeight``); LookupError when there is none."""
    hallado = elemento.find("/".join(W + paso for paso in ruta.split("/")))
    if hallado is None:
        raise LookupError(f"{elemento.tag} has no {ruta}")
    return hallado


def dato(elemento: Elemento, nombre: str = "val") -> str:
    """An attribute of the ``w:`` namespace; LookupError when there is none."""
    valor = elemento.get(W + nombre)
    if valor is None:
        raise LookupError(f"{elemento.tag} has no {nombre}")
    return valor


def _parte(texto: str) -> str:
    if texto == "\n":
        return "<w:br/>"
    if texto == "\t":
        return "<w:tab/>"
    return f'<w:t xml:space="preserve">{texto.translate(_RESERVADOS)}</w:t>' if texto else ""
