"""XML edited as bytes, tag by tag, so that all that is not touched stays exactly as its writer wrote it.

Only plain XML is edited: UTF-8 without comments, CDATA sections or processing instructions. In it "<" begins a tag and
nothing else, which makes every search here a safe one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.parsers import expat

_CUERPO = rb"""(?:[^<>"']++|"[^"]*+"|'[^']*+')*+"""
_ETIQUETA = re.compile(rb"<([^\s/>!?:]+:)?([^\s/>!?:]+)(%b)>" % _CUERPO)
_ATRIBUTO = re.compile(rb"""\s+([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ENTIDAD = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#(\d+)|(amp|lt|gt|quot|apos));")
_RESERVADOS = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
_RESERVADOS_EN_ATRIBUTOS = _RESERVADOS | {ord('"'): "&quot;", 9: "&#9;", 10: "&#10;", 13: "&#13;"}
_PREDEFINIDAS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_DECLARACION = re.compile(rb"""(?:\xef\xbb\xbf)?\s*<\?xml[^>]*encoding=["']([\w-]+)["']""")
_UTF8 = (b"utf-8", b"us-ascii", b"ascii")
_ESPACIO_DE_NOMBRES = re.compile(rb"""\sxmlns(?::([^\s=]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')""")


class XMLNoEditable(Exception):
    """XML that is damaged, or written in a way in which it is not edited."""


@dataclass(frozen=True, slots=True)
class Elemento:
    """An element of a part: where its start tag begins, its content begins and ends, and where its end tag ends.

    ``prefijo`` includes the colon. An element that closes itself has no content.
    """

    prefijo: bytes
    nombre: bytes
    inicio: int
    dentro: int
    cierre: int
    fin: int

    def apertura(self, xml: bytes) -> bytes:
        """Its start tag."""
        return xml[self.inicio : self.dentro]

    def crudo(self, xml: bytes) -> bytes:
        """All of it."""
        return xml[self.inicio : self.fin]

    def contenido(self, xml: bytes) -> bytes:
        """What stands between its tags."""
        return xml[self.dentro : self.cierre]


def es_utf8(xml: bytes) -> bool:
    """Whether a part says that it is in UTF-8, and is."""
    declaracion = _DECLARACION.match(xml)
    if declaracion is not None and declaracion[1].lower() not in _UTF8:
        return False
    try:
        xml.decode()
    except UnicodeDecodeError:
        return False
    return True


def exigir_editable(xml: bytes) -> None:
    """Raise `XMLNoEditable` unless a part is well-formed, plain XML."""
    exigir_llano(xml)
    exigir_bien_formado(xml)


def exigir_llano(xml: bytes) -> None:
    """Raise `XMLNoEditable` unless a part is UTF-8 with nothing but elements and text in it."""
    if not es_utf8(xml) or b"<!" in xml or xml.rfind(b"<?") > 3:
        raise XMLNoEditable


def exigir_bien_formado(xml: bytes) -> None:
    """Raise `XMLNoEditable` when a part is no XML, with namespaces as they should be."""
    try:
        expat.ParserCreate(namespace_separator="}").Parse(xml, True)
    except (expat.ExpatError, ValueError) as error:
        raise XMLNoEditable from error


def raiz(xml: bytes) -> Elemento:
    """The outermost element."""
    for elemento in _elementos(xml, 0, len(xml)):
        return elemento
    raise XMLNoEditable


def hijos(xml: bytes, padre: Elemento) -> Iterator[Elemento]:
    """The elements directly inside another, in order."""
    return _elementos(xml, padre.dentro, padre.cierre)


def hijo(xml: bytes, padre: Elemento, nombre: bytes) -> Elemento | None:
    """The first element of that name directly inside another and of the same namespace, None without one."""
    return next((e for e in hijos(xml, padre) if e.nombre == nombre and e.prefijo == padre.prefijo), None)


def _elementos(xml: bytes, desde: int, hasta: int) -> Iterator[Elemento]:
    while (etiqueta := _ETIQUETA.search(xml, desde, hasta)) is not None:
        prefijo, nombre = etiqueta[1] or b"", etiqueta[2]
        cierre = fin = etiqueta.end()
        if not etiqueta[3].endswith(b"/"):
            cierre, fin = _final(xml, prefijo + nombre, etiqueta.end())
        yield Elemento(prefijo, nombre, etiqueta.start(), etiqueta.end(), cierre, fin)
        desde = fin


def _final(xml: bytes, nombre: bytes, desde: int) -> tuple[int, int]:
    """Where the end tag of an element begins and ends; only tags of its own name can hide it."""
    abiertos = 1
    for etiqueta in _etiquetas(xml, nombre, desde):
        if etiqueta[1]:
            abiertos -= 1
        elif not etiqueta[2].endswith(b"/"):
            abiertos += 1
        if not abiertos:
            return etiqueta.start(), etiqueta.end()
    raise XMLNoEditable


def _etiquetas(xml: bytes, nombre: bytes, desde: int) -> Iterator[re.Match[bytes]]:
    """The tags of that name; the name is looked for first, which in a big sheet takes a tenth of the time."""
    etiqueta = re.compile(rb"<(/?)%b(?=[\s/>])(%b)>" % (re.escape(nombre), _CUERPO))
    while (lugar := xml.find(nombre, desde)) >= 0:
        apertura = lugar - (2 if xml[lugar - 1 : lugar] == b"/" else 1)
        hallada = etiqueta.match(xml, apertura) if apertura >= desde else None
        if hallada is not None:
            yield hallada
        desde = hallada.end() if hallada else lugar + 1


def atributo(apertura: bytes, nombre: str) -> str | None:
    r"""An attribute in a start tag, as it reads.

    >>> atributo(b"<c r='A1' t = \"a&amp;b\"/>", "t"), atributo(b'<c x="1"/>', "r")
    ('a&b', None)
    """
    buscado = nombre.encode()
    for hallado in _ATRIBUTO.finditer(apertura):
        if hallado[1] == buscado:
            return desescapar((hallado[3] if hallado[2] is None else hallado[2]).decode())
    return None


def con_atributo(apertura: bytes, nombre: str, valor: str | None) -> bytes:
    """A start tag with another value in an attribute, in its place or at the end; without it when that is None.

    >>> con_atributo(b"<c r='A1'/>", "r", "B2"), con_atributo(b'<c r="A1" />', "s", "3")
    (b'<c r="B2"/>', b'<c r="A1" s="3" />')
    >>> con_atributo(b'<c r="A1" t="s">', "t", None)
    b'<c r="A1">'
    """
    nuevo = b"" if valor is None else f" {nombre}={entre_comillas(valor)}".encode()
    for hallado in _ATRIBUTO.finditer(apertura):
        if hallado[1] == nombre.encode():
            return apertura[: hallado.start()] + nuevo + apertura[hallado.end() :]
    resto = re.search(rb"\s*/?>$", apertura)
    corte = resto.start() if resto else len(apertura)
    return apertura[:corte] + nuevo + apertura[corte:]


def entre_comillas(valor: str) -> str:
    """The value of an attribute in its quotes; `xml.sax.saxutils` does the same, but its import brings urllib along.

    >>> entre_comillas('1 < 2 & "tres"')
    '"1 &lt; 2 &amp; &quot;tres&quot;"'
    """
    return f'"{valor.translate(_RESERVADOS_EN_ATRIBUTOS)}"'


def escapar(texto: str) -> str:
    """A text as it stands between tags; `desescapar` is the way back.

    >>> escapar("1 < 2 & 3")
    '1 &lt; 2 &amp; 3'
    """
    return texto.translate(_RESERVADOS)


def desescapar(texto: str) -> str:
    """XML text as it reads.

    >>> desescapar("a &lt;&#x41;&#66;&amp;#67;")
    'a <AB&#67;'
    """
    if "&" not in texto:
        return texto
    return _ENTIDAD.sub(_caracter, texto)


def _caracter(entidad: re.Match[str]) -> str:
    if entidad[3]:
        return _PREDEFINIDAS[entidad[3]]
    return chr(int(entidad[1], 16) if entidad[1] else int(entidad[2]))


def prefijo_de(apertura: bytes, espacios: Iterable[str]) -> bytes | None:
    """The prefix, colon included, that a start tag gives to one of these namespaces; None when it gives none."""
    buscados = {espacio.encode() for espacio in espacios}
    for declarado in _ESPACIO_DE_NOMBRES.finditer(apertura):
        if (declarado[3] if declarado[2] is None else declarado[2]) in buscados:
            return declarado[1] + b":" if declarado[1] else b""
    return None


def sustituido(xml: bytes, elemento: Elemento, nuevo: bytes) -> bytes:
    """The part with other bytes where an element was."""
    return xml[: elemento.inicio] + nuevo + xml[elemento.fin :]


def con_apertura(xml: bytes, elemento: Elemento, apertura: bytes) -> bytes:
    """The part with another start tag of an element."""
    return xml[: elemento.inicio] + apertura + xml[elemento.dentro :]


def con_hijo(xml: bytes, padre: Elemento, nuevo: bytes) -> bytes:
    """The part with one more element, the last inside another; ``count``, where it is kept, counts it."""
    apertura = padre.apertura(xml)
    cuenta = atributo(apertura, "count")
    if cuenta is not None:
        apertura = con_atributo(apertura, "count", str(sum(1 for _ in hijos(xml, padre)) + 1))
    dentro = padre.contenido(xml)
    if padre.cierre == padre.fin:
        apertura = apertura[:-2].rstrip() + b">"
        return sustituido(xml, padre, b"%b%b</%b%b>" % (apertura, nuevo, padre.prefijo, padre.nombre))
    return sustituido(xml, padre, apertura + dentro + nuevo + xml[padre.cierre : padre.fin])
