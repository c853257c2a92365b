"""A worksheet's XML as rows and cells that can be edited; what is not touched keeps its bytes.

The rows of a big sheet are only located; a row is taken apart when one of its cells is looked at. What stands around
the rows is small and is edited as XML of its own (`HojaEditable.marco`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from zedxl.edicion.fila_xml import ETIQUETA, CeldaXML, FilaXML, area_de, entero, leer_fila, lugar_dicho
from zedxl.libro.direccion import MAX_FILA, Area, direccion, leer_area
from zedxl.libro.xml_crudo import (
    Elemento,
    XMLNoEditable,
    atributo,
    con_apertura,
    con_atributo,
    es_utf8,
    exigir_bien_formado,
    exigir_llano,
    hijo,
    hijos,
    raiz,
    sustituido,
)

Posicion = tuple[int, int]
"""Row and column, from 1."""

_NUMERO = re.compile(r"[1-9]\d{0,6}", re.ASCII)
_OTRO_ESPACIO = re.compile(rb"<[^<>]*\sxmlns[:=]")
_UNA_FORMULA = re.compile(rb"<(?:[^\s<>/:]+:)?f[\s/>]")
_MAX_RESULTADOS = 2_000_000
"""Cells in result areas that are kept; a book with more claims what no computer calculates."""
_AREA_CALCULADA = re.compile(rb"""\st\s*=\s*["'](?:array|dataTable)["']""")


_ALTO = ("ht", "customHeight")


@dataclass(slots=True)
class HojaEditable:
    """A worksheet to be edited; `XMLNoEditable` when it is written in a way in which that is not safe.

    ``marco`` is the sheet with an empty ``sheetData``: all but its rows. A row is only known to be well-formed once it
    was looked at; whoever writes the sheet checks it whole.
    """

    xml: bytes
    marco: bytes = field(init=False)
    prefijo: bytes = field(init=False)
    _datos: Elemento = field(init=False)
    _alrededor: tuple[bytes, bytes] = field(init=False)
    _numeros: list[int] = field(init=False, default_factory=list)
    _inicios: list[int] = field(init=False, default_factory=list)
    _filas: dict[int, FilaXML] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        exigir_llano(self.xml)
        hoja = raiz(self.xml)
        datos = hijo(self.xml, hoja, b"sheetData")
        if hoja.nombre != b"worksheet" or datos is None or self.xml.count(b"<%bsheetData" % hoja.prefijo) != 1:
            raise XMLNoEditable
        self.prefijo, self._datos = hoja.prefijo, datos
        self.marco = sustituido(self.xml, datos, b"<%bsheetData/>" % hoja.prefijo)
        exigir_bien_formado(self.marco)
        cierre = b"</%bsheetData></%bworksheet>" % (hoja.prefijo, hoja.prefijo)
        self._alrededor = hoja.apertura(self.xml) + datos.apertura(self.xml), cierre
        self._ubicar()

    def _ubicar(self) -> None:
        """Find where each row begins; rows must follow one another, and their elements be of one namespace."""
        datos = self._datos
        ultima = 0
        for fila in re.compile(ETIQUETA % (self.prefijo + b"row")).finditer(self.xml, datos.dentro, datos.cierre):
            dicho = lugar_dicho(fila[1])
            if dicho is not None and not _NUMERO.fullmatch(dicho):
                raise XMLNoEditable
            numero = ultima + 1 if dicho is None else int(dicho)
            if not ultima < numero <= MAX_FILA:
                raise XMLNoEditable
            self._numeros.append(numero)
            self._inicios.append(fila.start())
            ultima = numero
        desde = self._inicios[0] if self._inicios else datos.cierre
        dentro = datos.contenido(self.xml)
        if self.xml[datos.dentro : desde].strip() or (b"xmlns" in dentro and _OTRO_ESPACIO.search(dentro)):
            raise XMLNoEditable
        self._inicios.append(datos.cierre)

    def celda(self, lugar: Posicion) -> CeldaXML | None:
        """The cell at a place, None when the sheet has no element for it."""
        fila = self._fila(lugar[0])
        return fila.celdas.get(lugar[1]) if fila else None

    def estilo(self, lugar: Posicion) -> int:
        """The style with which a cell shows: its own, or that of its row or column."""
        celda = self.celda(lugar)
        if celda is not None:
            return celda.estilo
        fila = self._fila(lugar[0])
        if fila is not None and fila.estilo is not None:
            return fila.estilo
        return self._estilo_de_columna(lugar[1])

    def para_editar(self, lugar: Posicion) -> CeldaXML:
        """The cell at a place, made where there is none, with the style that it shows."""
        celda = self.celda(lugar)
        if celda is None:
            estilo = self.estilo(lugar)
            celda = CeldaXML(lugar[1], b'<%bc r="%b">' % (self.prefijo, direccion(*lugar).encode()), b"")
            celda.con_estilo(estilo)
            self._fila_para_editar(lugar).celdas[lugar[1]] = celda
        self._fila_para_editar(lugar).cambiada = True
        return celda

    def copiar_alto(self, de: int, lugar: Posicion) -> None:
        """Make the row of a cell as high as another one."""
        modelo = self._fila(de)
        alto = {nombre: atributo(modelo.apertura, nombre) for nombre in _ALTO} if modelo else {}
        if any(alto.values()):
            fila = self._fila_para_editar(lugar)
            fila.cambiada = True
            for nombre, valor in alto.items():
                fila.apertura = con_atributo(fila.apertura, nombre, valor)

    def ocupadas(self, area: Area) -> Iterator[Posicion]:
        """The places in an area where there is a value or a formula."""
        desde, hasta = bisect_left(self._numeros, area.fila), bisect_left(self._numeros, area.hasta_fila + 1)
        for numero in {*self._numeros[desde:hasta], *(n for n in self._filas if area.fila <= n <= area.hasta_fila)}:
            fila = self._fila(numero)
            for columna, celda in fila.celdas.items() if fila else ():
                if celda.dentro.strip() and (numero, columna) in area:
                    yield numero, columna

    def areas_calculadas(self) -> Iterator[Area]:
        """The areas where array formulas and data tables put their results."""
        formula = re.compile(ETIQUETA % (self.prefijo + b"f"))
        for hallada in formula.finditer(self.xml, self._datos.dentro, self._datos.cierre):
            if _AREA_CALCULADA.search(hallada[1]):
                yield area_de(atributo(b"<f%b>" % hallada[1], "ref") or "")

    def __bytes__(self) -> bytes:
        prefijo, partes, desde = self.prefijo, [], self._inicios[0]
        cambiadas = sorted(numero for numero, fila in self._filas.items() if fila.cambiada)
        for numero in cambiadas:
            lugar = bisect_left(self._numeros, numero)
            existe = lugar < len(self._numeros) and self._numeros[lugar] == numero
            partes += [self.xml[desde : self._inicios[lugar]], self._filas[numero].crudo(prefijo)]
            desde = self._inicios[lugar + existe]
        partes.append(self.xml[desde : self._datos.cierre])
        datos = hijo(self.marco, raiz(self.marco), b"sheetData")
        assert datos is not None  # nobody edits it away
        if not cambiadas:
            return sustituido(self.marco, datos, self._datos.crudo(self.xml))
        abiertos = self._datos.apertura(self.xml).removesuffix(b"/>").removesuffix(b">").rstrip() + b">"
        filas = self.xml[self._datos.dentro : self._inicios[0]] + b"".join(partes)
        return sustituido(self.marco, datos, b"%b%b</%bsheetData>" % (abiertos, filas, prefijo))

    def _fila(self, numero: int) -> FilaXML | None:
        if numero not in self._filas:
            lugar = bisect_left(self._numeros, numero)
            if lugar == len(self._numeros) or self._numeros[lugar] != numero:
                return None
            crudo = self.xml[self._inicios[lugar] : self._inicios[lugar + 1]]
            exigir_bien_formado(crudo.join(self._alrededor))
            self._filas[numero] = leer_fila(crudo, numero, self.prefijo)
        return self._filas[numero]

    def _fila_para_editar(self, lugar: Posicion) -> FilaXML:
        fila = self._fila(lugar[0])
        if fila is None:
            previa = bisect_left(self._numeros, lugar[0]) - 1
            if previa >= 0:
                self._fila(self._numeros[previa])  # what stands behind it must be nothing but space
            apertura = b'<%brow r="%d">' % (self.prefijo, lugar[0])
            fila = self._filas[lugar[0]] = FilaXML(lugar[0], apertura, {})
        if not fila.cambiada:
            self._agrandar(lugar)
        self._ensanchar(fila, lugar)
        return fila

    def _ensanchar(self, fila: FilaXML, lugar: Posicion) -> None:
        tramos = re.findall(r"\d+", atributo(fila.apertura, "spans") or "")
        columnas = [int(tramo) for tramo in tramos]
        if columnas and not min(columnas) <= lugar[1] <= max(columnas):
            desde, hasta = min(*columnas, lugar[1]), max(*columnas, lugar[1])
            fila.apertura = con_atributo(fila.apertura, "spans", f"{desde}:{hasta}")
        medida = self._medida
        if medida is not None and not (medida[1].columna <= lugar[1] <= medida[1].hasta_columna):
            self._agrandar(lugar)

    @property
    def _medida(self) -> tuple[Elemento, Area] | None:
        elemento = hijo(self.marco, raiz(self.marco), b"dimension")
        ref = atributo(elemento.apertura(self.marco), "ref") if elemento else None
        return (elemento, area_de(ref)) if elemento and ref else None

    def _agrandar(self, lugar: Posicion) -> None:
        """Make the sheet's stated dimension reach to a place."""
        medida = self._medida
        if medida is None or lugar in medida[1]:
            return
        elemento, area = medida
        fila, columna = min(area.fila, lugar[0]), min(area.columna, lugar[1])
        nueva = Area(fila, columna, max(area.hasta_fila, lugar[0]), max(area.hasta_columna, lugar[1]))
        apertura = con_atributo(elemento.apertura(self.marco), "ref", str(nueva))
        self.marco = con_apertura(self.marco, elemento, apertura)

    def _estilo_de_columna(self, columna: int) -> int:
        cols = hijo(self.marco, raiz(self.marco), b"cols")
        for elemento in hijos(self.marco, cols) if cols else ():
            apertura = elemento.apertura(self.marco)
            if entero(atributo(apertura, "min")) <= columna <= entero(atributo(apertura, "max")):
                return entero(atributo(apertura, "style"))
        return 0


def celdas_con_formula(xml: bytes) -> frozenset[Posicion]:
    """The cells of a worksheet whose value is computed: by their own formula, or as a result of an array formula."""
    puede_haber = b"<f" in xml or b":f" in xml  # fifty times as fast as the pattern
    if es_utf8(xml) and not (puede_haber and _UNA_FORMULA.search(xml)):
        return frozenset()
    recorrido = _Formulas()
    analizador = expat.ParserCreate(namespace_separator="}")
    analizador.StartElementHandler = recorrido.abrir
    try:
        analizador.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError):
        return frozenset()  # a damaged sheet is refused by whoever reads its values
    return frozenset(recorrido.celdas)


class _Formulas:
    """Walks the start tags of a sheet and keeps the places of the computed cells.

    Every cell passes here, so a reference is only taken apart when there is a formula behind it.
    """

    def __init__(self) -> None:
        self.celdas: set[Posicion] = set()
        self._fila = self._tras = self._resultados = 0
        self._referencia: str | None = None
        self._espacio = ""

    def abrir(self, etiqueta: str, atributos: dict[str, str]) -> None:
        espacio, _, nombre = etiqueta.rpartition("}")
        if nombre == "worksheet":
            self._espacio = espacio
        elif espacio != self._espacio:
            return  # extensions have formulas of their own
        elif nombre == "c":
            referencia = atributos.get("r")
            self._tras = self._tras + 1 if referencia is None else 0
            self._referencia = referencia or self._referencia
        elif nombre == "row":
            self._fila = int(atributos.get("r", self._fila + 1))
            self._referencia, self._tras = None, 0
        elif nombre == "f":
            self._anotar(atributos)

    def _anotar(self, formula: dict[str, str]) -> None:
        if self._referencia is None:
            self.celdas.add((self._fila, self._tras))
        else:
            lugar = leer_area(self._referencia)
            self.celdas.add((lugar.fila, lugar.columna + self._tras))
        if formula.get("t") in ("array", "dataTable") and "ref" in formula:
            area = leer_area(formula["ref"])
            self._resultados += area.celdas
            if self._resultados <= _MAX_RESULTADOS:
                self.celdas.update(area.posiciones())
