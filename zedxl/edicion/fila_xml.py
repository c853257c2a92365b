"""A row of a worksheet's XML, taken apart into its cells and put together again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from zedxl.libro.direccion import MAX_COLUMNA, Area, leer_area, numero_de_columna
from zedxl.libro.xml_crudo import XMLNoEditable, atributo, con_atributo

ETIQUETA = rb"""<%b(?=[\s/>])((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>"""
"""The pattern of a start tag, for its name; the group is all behind the name."""
_LUGAR = re.compile(rb"""\sr\s*=\s*["']([^"']*)["']""")
_REFERENCIA = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)


@dataclass(slots=True)
class CeldaXML:
    """A ``c`` element: its start tag as one that does not close itself, what is in it, and the space behind it.

    ``original`` are its bytes as long as it has not been changed.
    """

    columna: int
    apertura: bytes
    dentro: bytes
    resto: bytes = b""
    original: bytes = b""

    @property
    def estilo(self) -> int:
        """The number of its style."""
        return entero(atributo(self.apertura, "s"))

    @property
    def clase(self) -> str:
        """Its attribute ``t``, "n" where it has none."""
        return atributo(self.apertura, "t") or "n"

    def con_estilo(self, estilo: int) -> None:
        """Give it another style."""
        if estilo != self.estilo:
            self.apertura = con_atributo(self.apertura, "s", str(estilo) if estilo else None)
            self.original = b""

    def con_contenido(self, clase: str, dentro: bytes) -> None:
        """Give it another content; ``clase`` is its attribute ``t``, "" for a number or nothing."""
        for nombre in ("cm", "vm", "ph"):
            self.apertura = con_atributo(self.apertura, nombre, None)
        self.apertura = con_atributo(self.apertura, "t", clase or None)
        self.dentro, self.original = dentro, b""

    def crudo(self, prefijo: bytes) -> bytes:
        """Its XML."""
        if self.original:
            return self.original
        if not self.dentro:
            return self.apertura[:-1] + b"/>" + self.resto
        return b"%b%b</%bc>%b" % (self.apertura, self.dentro, prefijo, self.resto)


@dataclass(slots=True)
class FilaXML:
    """A ``row`` element taken apart; ``antes`` and ``resto`` are what stands before its cells and behind it."""

    numero: int
    apertura: bytes
    celdas: dict[int, CeldaXML]
    antes: bytes = b""
    cola: bytes = b""
    resto: bytes = b""
    cambiada: bool = False

    @property
    def estilo(self) -> int | None:
        """The style of its cells that do not exist, None when it has none."""
        if atributo(self.apertura, "customFormat") in ("1", "true"):
            return entero(atributo(self.apertura, "s"))
        return None

    def crudo(self, prefijo: bytes) -> bytes:
        """Its XML."""
        celdas = b"".join(celda.crudo(prefijo) for _, celda in sorted(self.celdas.items()))
        dentro = self.antes + celdas + self.cola
        if not dentro:
            return self.apertura[:-1] + b"/>" + self.resto
        return b"%b%b</%brow>%b" % (self.apertura, dentro, prefijo, self.resto)


def leer_fila(crudo: bytes, numero: int, prefijo: bytes) -> FilaXML:
    """A row taken apart; its cells must follow one another and say, if anything, that they are in it."""
    abre = re.match(ETIQUETA % (prefijo + b"row"), crudo)
    if abre is None:
        raise XMLNoEditable
    if abre[1].endswith(b"/"):
        return FilaXML(numero, abre[0][:-2].rstrip() + b">", {}, resto=_espacio(crudo[abre.end() :]))
    dentro, cierra, resto = crudo[abre.end() :].rpartition(b"</%brow" % prefijo)
    fin = re.match(rb"\s*>(\s*)\Z", resto)
    inicios = [hallada.start() for hallada in re.finditer(rb"<%bc(?=[\s/>])" % prefijo, dentro)]
    if not cierra or fin is None:
        raise XMLNoEditable
    fila = FilaXML(numero, abre[0], {}, dentro[: inicios[0]] if inicios else dentro, resto=fin[1])
    ultima = 0
    for desde, hasta in pairwise([*inicios, len(dentro)]):
        celda = _leer_celda(dentro[desde:hasta], fila, ultima, prefijo)
        if celda.columna <= ultima or celda.columna > MAX_COLUMNA:
            raise XMLNoEditable
        fila.celdas[celda.columna] = celda
        ultima = celda.columna
        if hasta == len(dentro):
            fila.cola, celda.resto = celda.resto, b""
            celda.original = celda.original.removesuffix(fila.cola) if fila.cola else celda.original
        else:
            _espacio(celda.resto)
    if inicios:
        _espacio(fila.antes)
    return fila


def _leer_celda(crudo: bytes, fila: FilaXML, anterior: int, prefijo: bytes) -> CeldaXML:
    abre = re.match(ETIQUETA % (prefijo + b"c"), crudo)
    if abre is None:
        raise XMLNoEditable
    columna = anterior + 1
    dicho = lugar_dicho(abre[1])
    if dicho is not None:
        referencia = _REFERENCIA.fullmatch(dicho)
        if referencia is None or int(referencia[2]) != fila.numero:
            raise XMLNoEditable
        columna = numero_de_columna(referencia[1])
    if abre[1].endswith(b"/"):
        return CeldaXML(columna, abre[0][:-2].rstrip() + b">", b"", crudo[abre.end() :], crudo)
    cierra = re.compile(rb"</%bc\s*>" % prefijo).search(crudo, abre.end())
    if cierra is None:
        raise XMLNoEditable
    return CeldaXML(columna, abre[0], crudo[abre.end() : cierra.start()], crudo[cierra.end() :], crudo)


def lugar_dicho(atributos: bytes) -> str | None:
    """The attribute ``r`` of a row or a cell, None where it has none."""
    if b"'" in atributos and b'"' in atributos:  # one kind of quotes may stand inside the other
        return atributo(b"<r%b>" % atributos, "r")
    hallado = _LUGAR.search(atributos)
    return hallado[1].decode() if hallado else None


def _espacio(crudo: bytes) -> bytes:
    if crudo.strip():
        raise XMLNoEditable
    return crudo


def entero(texto: str | None) -> int:
    """A whole number as XML has it, 0 where it has none; `XMLNoEditable` when it is no such number."""
    if not texto:
        return 0
    if not (texto.isascii() and texto.isdigit() and len(texto) < 8):
        raise XMLNoEditable
    return int(texto)


def area_de(texto: str) -> Area:
    """An area as XML has it; `XMLNoEditable` when it is none."""
    try:
        return leer_area(texto)
    except ValueError:
        raise XMLNoEditable from None
