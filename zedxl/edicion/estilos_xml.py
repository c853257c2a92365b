"""The cell styles of a book, and twins of them that differ in one thing; all else in the part keeps its bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from zedxl.edicion.fila_xml import entero
from zedxl.libro.formato_de_fecha import Lectura, lectura_de
from zedxl.libro.xml_crudo import (
    Elemento,
    XMLNoEditable,
    atributo,
    con_apertura,
    con_atributo,
    con_hijo,
    exigir_editable,
    hijo,
    hijos,
    raiz,
)

_FECHA_Y_HORA = "22"
_GENERAL = "0"
_DOS_DECIMALES = "2"
_MAX_ESTILOS = 65_000


@dataclass(slots=True)
class Estilos:
    """The part with the styles; ``porcentajes`` are those that show percentages, and grow with their twins.

    A style is known by its place in ``cellXfs``, from 0.
    """

    xml: bytes
    porcentajes: set[int]
    _estilos: list[bytes] = field(init=False)
    _codigos: dict[int, str] = field(init=False)
    _gemelos: dict[tuple[int, str], int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        exigir_editable(self.xml)
        self._estilos = self._crudos(b"cellXfs", b"xf")
        formatos = hijo(self.xml, raiz(self.xml), b"numFmts")
        definidos = [f.apertura(self.xml) for f in hijos(self.xml, formatos)] if formatos else []
        self._codigos = {entero(atributo(f, "numFmtId")): atributo(f, "formatCode") or "" for f in definidos}

    def lectura(self, estilo: int) -> Lectura:
        """What the reader makes of a number in this style."""
        if estilo >= len(self._estilos):
            return Lectura.NUMERO
        formato = entero(atributo(_apertura(self._estilos[estilo]), "numFmtId"))
        return lectura_de(formato, self._codigos.get(formato))

    def de_fecha(self, estilo: int) -> int:
        """The style that differs from this one in showing date and time."""
        return self._gemelo(estilo, "fecha", lambda xf: _con_formato(xf, _FECHA_Y_HORA))

    def general(self, estilo: int) -> int:
        """The style that differs from this one in showing a number as it is."""
        return self._gemelo(estilo, "general", lambda xf: _con_formato(xf, _GENERAL))

    def con_decimales(self, estilo: int) -> int:
        """The style that differs from this one in showing two decimals; this one itself when it has a format."""
        if entero(atributo(_apertura(self._crudo(estilo)), "numFmtId")):
            return estilo
        return self._gemelo(estilo, "decimales", lambda xf: _con_formato(xf, _DOS_DECIMALES))

    def con_candado(self, estilo: int, cerrado: bool) -> int:
        """The style that differs from this one in being locked, or open; this one itself when it is."""
        if self.cerrado(estilo) == cerrado:
            return estilo
        return self._gemelo(estilo, f"cerrado {cerrado}", lambda xf: _con_candado(xf, cerrado))

    def cerrado(self, estilo: int) -> bool:
        """Whether cells of this style are locked, as all are that do not say otherwise."""
        proteccion = _hijo(self._crudo(estilo), b"protection")
        dicho = atributo(proteccion.apertura(self._crudo(estilo)), "locked") if proteccion else None
        return dicho not in ("0", "false")

    def negrita(self, estilo: int) -> int:
        """The style that differs from this one in being bold."""
        return self._gemelo(estilo, "negrita", self._con_negrita)

    def _con_negrita(self, xf: bytes) -> bytes:
        fuentes = self._lista(b"fonts")
        todas = self._crudos(b"fonts", b"font")
        propia = entero(atributo(_apertura(xf), "fontId"))
        if propia >= len(todas):
            raise XMLNoEditable
        fuente = todas[propia]
        if _hijo(fuente, b"b") is None:
            fuente = _con_primero(fuente, b"b")
        if fuente not in todas:
            self.xml = con_hijo(self.xml, fuentes, fuente)
            todas.append(fuente)
        return _con_atributos(xf, {"fontId": str(todas.index(fuente)), "applyFont": "1"})

    def _gemelo(self, estilo: int, clase: str, cambio: Callable[[bytes], bytes]) -> int:
        if (estilo, clase) not in self._gemelos:
            self._gemelos[estilo, clase] = gemelo = self._numero(cambio(self._crudo(estilo)))
            if estilo in self.porcentajes and clase not in ("fecha", "general"):
                self.porcentajes.add(gemelo)
        return self._gemelos[estilo, clase]

    def _numero(self, xf: bytes) -> int:
        """The number of a style, which is added where the book has none that is just so."""
        if xf not in self._estilos:
            if len(self._estilos) >= _MAX_ESTILOS:
                raise XMLNoEditable
            self.xml = con_hijo(self.xml, self._lista(b"cellXfs"), xf)
            self._estilos.append(xf)
        return self._estilos.index(xf)

    def _crudo(self, estilo: int) -> bytes:
        if estilo >= len(self._estilos):
            raise XMLNoEditable
        return self._estilos[estilo]

    def _crudos(self, lista: bytes, nombre: bytes) -> list[bytes]:
        """The elements of a list, all of one kind and none missing: they are known by their place."""
        padre = self._lista(lista)
        elementos = list(hijos(self.xml, padre))
        cuenta = atributo(padre.apertura(self.xml), "count")
        if {(e.prefijo, e.nombre) for e in elementos} - {(padre.prefijo, nombre)}:
            raise XMLNoEditable
        if cuenta is not None and entero(cuenta) != len(elementos):
            raise XMLNoEditable
        return [elemento.crudo(self.xml) for elemento in elementos]

    def _lista(self, nombre: bytes) -> Elemento:
        lista = hijo(self.xml, raiz(self.xml), nombre)
        if lista is None:
            raise XMLNoEditable
        return lista


def _apertura(crudo: bytes) -> bytes:
    return raiz(crudo).apertura(crudo)


def _hijo(crudo: bytes, nombre: bytes) -> Elemento | None:
    return hijo(crudo, raiz(crudo), nombre)


def _con_atributos(crudo: bytes, valores: dict[str, str]) -> bytes:
    apertura = _apertura(crudo)
    for nombre, valor in valores.items():
        apertura = con_atributo(apertura, nombre, valor)
    return con_apertura(crudo, raiz(crudo), apertura)


def _con_formato(xf: bytes, formato: str) -> bytes:
    return _con_atributos(xf, {"numFmtId": formato, "applyNumberFormat": "1"})


def _con_candado(xf: bytes, cerrado: bool) -> bytes:
    xf = _con_atributos(xf, {"applyProtection": "1"})
    proteccion = _hijo(xf, b"protection")
    if proteccion is not None:
        return con_apertura(xf, proteccion, con_atributo(proteccion.apertura(xf), "locked", str(int(cerrado))))
    propio = raiz(xf)
    nueva = b'<%bprotection locked="%d"/>' % (propio.prefijo, cerrado)
    alineacion = hijo(xf, propio, b"alignment")
    if alineacion is not None:
        return xf[: alineacion.fin] + nueva + xf[alineacion.fin :]
    return _con_primero(xf, b"protection", nueva)


def _con_primero(crudo: bytes, nombre: bytes, nuevo: bytes = b"") -> bytes:
    """An element with one more inside it, before the others."""
    propio = raiz(crudo)
    nuevo = nuevo or b"<%b%b/>" % (propio.prefijo, nombre)
    if propio.dentro == propio.fin:
        return con_hijo(crudo, propio, nuevo)
    return crudo[: propio.dentro] + nuevo + crudo[propio.dentro :]
