"""The formula cells in a sheet's XML: where they are, and the same XML with other values in them.

Nothing but the ``v`` and the ``t`` of the cells named is touched; all else keeps its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from zedxl.libro.direccion import Area, leer_area, numero_de_columna
from zedxl.libro.xml_crudo import desescapar, es_utf8, escapar
from zedxl.recalculo.valor_de_celda import Valor, codificar, decodificar

Posicion = tuple[int, int]
"""Row and column, from 1."""

_RAIZ = re.compile(rb"<(?:(\w+):)?worksheet[\s>]")
_LUGAR = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_CLASE = re.compile(rb"""\st=["'](\w+)["']""")
_REF = re.compile(rb"""\sref=["']([A-Z\d:]+)["']""")
_GRUPO = re.compile(rb"""\ssi=["'](\d+)["']""")
_DENTRO = re.compile(rb">([^<]*)<")
_DE_FORMULA = (b"<f", b":f", b"\x00")  # how its tag begins; UTF-16, where it begins otherwise, has zeros
_INCIERTO = (b"<!--", b"<![CDATA[")


class HojaInmodificable(Exception):
    """The sheet is written in a way that values cannot be replaced in it without risk."""


def sin_formulas(xml: bytes) -> bool:
    """Whether a sheet plainly has no formula, so that nothing need be looked for; in doubt, False."""
    return not any(marca in xml for marca in _DE_FORMULA)


@dataclass(frozen=True, slots=True)
class CeldaConFormula:
    """A formula cell: ``clase`` is the ``t`` of its formula, ``area`` where an array formula or a data
    table puts its results.

    ``formula`` is the text that stands there; a cell that shares another's has none and names it by ``grupo``.
    ``dinamica`` says that the array takes the place it needs, ``enriquecida`` that its value has more to it than what
    can be seen (a cell with metadata, a value with metadata).
    """

    fila: int
    columna: int
    clase: str
    formula: str
    grupo: str
    area: Area | None
    dinamica: bool
    enriquecida: bool
    guardado: Valor | None


@dataclass(frozen=True, slots=True)
class Resultado:
    """A cell of the area of an array formula, other than the first."""

    fila: int
    columna: int
    guardado: Valor | None


@dataclass(slots=True)
class HojaXML:
    """A sheet's XML ready for reading and replacing; `HojaInmodificable` when that is not safe."""

    xml: bytes
    _celda: re.Pattern[bytes] = field(init=False, repr=False)
    _formula: re.Pattern[bytes] = field(init=False, repr=False)
    _prefijo: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        raiz = _RAIZ.search(self.xml)
        if raiz is None or not es_utf8(self.xml):
            raise HojaInmodificable
        self._prefijo = p = raiz[1] + b":" if raiz[1] else b""
        valor = rb"<%bv(?:\s[^>]*?)?(?:/>|>[^<]*+</%bv>)" % (p, p)
        formula = rb"<%bf(?:\s[^>]*?)?(?:/>|>[^<]*+</%bf>)" % (p, p)
        # what follows in the cell; possessive, so that a hostile sheet cannot make the search go back and forth
        resto = rb"(?:[^<]++|<(?!/?%bc[\s>/]))*+" % p
        self._formula = re.compile(rb"(<%bc\s[^>]*+)>(\s*+)(%b)(\s*+)(%b)?+(%b)</%bc>" % (p, formula, valor, resto, p))
        self._celda = re.compile(rb"(<%bc\s[^>]*?)(?:/>|>(%b)</%bc>)" % (p, resto, p))
        todas = len(re.findall(rb"<%bf[\s/>]" % p, self.xml))
        if todas and (any(marca in self.xml for marca in _INCIERTO) or todas != self._ubicadas()):
            raise HojaInmodificable

    def _ubicadas(self) -> int:
        """How many formulas stand in cells that say where they are."""
        return sum(1 for hallada in self._formula.finditer(self.xml) if _LUGAR.search(hallada[1]))

    def formulas(self) -> Iterator[CeldaConFormula]:
        """The cells with a formula, in the order of the file."""
        for hallada in self._formula.finditer(self.xml):
            lugar = _LUGAR.search(hallada[1])
            if lugar is None:
                continue
            apertura = hallada[3][: hallada[3].index(b">")]
            clase = _CLASE.search(apertura)
            ref, grupo = (_REF.search(apertura), _GRUPO.search(apertura)) if clase else (None, None)
            yield CeldaConFormula(
                int(lugar[2]),
                numero_de_columna(lugar[1].decode()),
                clase[1].decode() if clase else "",
                _texto(hallada[3]),
                grupo[1].decode() if grupo else "",
                leer_area(ref[1].decode()) if ref and clase and clase[1] in (b"array", b"dataTable") else None,
                b" cm=" in hallada[1],
                b" vm=" in hallada[1],
                _guardado(hallada[1], hallada[5]),
            )

    def resultados(self, posiciones: AbstractSet[Posicion]) -> Iterator[Resultado]:
        """The cells without a formula at these positions."""
        for hallada in self._celda.finditer(self.xml) if posiciones else ():
            lugar = _posicion(hallada[1])
            if lugar in posiciones and lugar and b"<%bf" % self._prefijo not in (hallada[2] or b""):
                valor = re.search(rb"<%bv[\s/>].*" % self._prefijo, hallada[2] or b"", re.DOTALL)
                yield Resultado(*lugar, _guardado(hallada[1], valor[0] if valor else None))

    def con_formulas(self, formulas: Mapping[Posicion, str | None], vacias: frozenset[Posicion]) -> bytes:
        """The XML with other formulas in these cells, none where that is None, and without the content of others."""

        def de_formula(hallada: re.Match[bytes]) -> bytes:
            lugar = _posicion(hallada[1])
            if lugar is None or lugar not in formulas:
                return hallada[0]
            formula, apertura = formulas[lugar], _CLASE.sub(b"", hallada[1])
            if formula is None:
                return apertura + b"/>"
            p = self._prefijo
            dentro = escapar(formula.removeprefix("=")).encode()
            if b' t="array"' in hallada[3]:
                inicio = hallada[3][: hallada[3].index(b">")].rstrip(b"/")
                return b"%b>%b>%b</%bf></%bc>" % (apertura, inicio, dentro, p, p)
            return b"%b><%bf>%b</%bf></%bc>" % (apertura, p, dentro, p, p)

        cambiada = self._formula.sub(de_formula, self.xml)
        if vacias:
            cambiada = self._celda.sub(
                lambda m: _CLASE.sub(b"", m[1]) + b"/>" if _posicion(m[1]) in vacias else m[0], cambiada
            )
        return cambiada

    def con_valores(self, nuevos: Mapping[Posicion, Valor], resultados: AbstractSet[Posicion]) -> bytes:
        """The XML with other values in these cells; ``resultados`` are those that have no formula."""

        def en_formula(hallada: re.Match[bytes]) -> bytes:
            lugar = _posicion(hallada[1])
            if lugar is None or lugar not in nuevos:
                return hallada[0]
            apertura, contenido = self._partes(hallada[1], nuevos[lugar])
            return b"%b>%b%b%b%b%b</%bc>" % (apertura, *hallada.group(2, 3, 4), contenido, hallada[6], self._prefijo)

        def en_resultado(hallada: re.Match[bytes]) -> bytes:
            lugar = _posicion(hallada[1])
            if lugar is None or lugar not in nuevos or lugar not in resultados:
                return hallada[0]
            return b"%b>%b</%bc>" % (*self._partes(hallada[1], nuevos[lugar]), self._prefijo)

        cambiada = self._formula.sub(en_formula, self.xml)
        return self._celda.sub(en_resultado, cambiada) if resultados else cambiada

    def _partes(self, apertura: bytes, valor: Valor) -> tuple[bytes, bytes]:
        """The opening tag, without its end, and the element with the value."""
        clase, contenido = codificar(valor)
        anterior = _CLASE.search(apertura)
        if (anterior[1].decode() if anterior else "") not in ({clase} if clase else {"", "n"}):
            apertura = _CLASE.sub(b"", apertura).rstrip() + (b' t="%b"' % clase.encode() if clase else b"")
        return apertura, b"<%bv>%b</%bv>" % (self._prefijo, contenido.encode(), self._prefijo)


def _posicion(apertura: bytes) -> Posicion | None:
    lugar = _LUGAR.search(apertura)
    return (int(lugar[2]), numero_de_columna(lugar[1].decode())) if lugar else None


def _texto(elemento: bytes) -> str:
    dentro = _DENTRO.search(elemento)
    return desescapar(dentro[1].decode()) if dentro else ""


def _guardado(apertura: bytes, valor: bytes | None) -> Valor | None:
    clase = _CLASE.search(apertura)
    dentro = _DENTRO.search(valor) if valor else None
    texto = dentro[1].decode() if dentro else "" if valor else None
    if texto is None:
        return None
    return decodificar(clase[1].decode() if clase else "", texto)
