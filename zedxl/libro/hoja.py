"""A worksheet as a grid of values, with what a fast reader does not tell put right.

python-calamine reads values quickly but shows an error cell and a formula that was never calculated as empty, and
a 25 % cell as 0.25. A pass over the sheet's XML finds those cells, and how far the sheet reaches.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.parsers import expat

from zedxl.edicion.cambio import Contenido
from zedxl.libro.direccion import Area, leer_area
from zedxl.libro.paquete import LibroIlegible, Paquete, danado, exigir_letras_de_ocho_bits
from zedxl.numero import puntos_porcentuales
from zedxl.plan import Celda

MAX_FILAS = 200_000
MAX_CELDAS = 20_000_000

_MILISEGUNDOS_DE_UN_DIA = 86_400_000
_REFERENCIA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")

_DIMENSION_ENORME = re.compile(rb"<dimension[^>]*[A-Z]\d{6}")
_SOSPECHAS = (b"'", b":c", b":f", b'"e"', b"<f")
"""Other quotes, cells and formulas with another prefix, an error, a formula."""
_LEJOS = (re.compile(rb'<c(?! r="[A-Z]{1,2}\d{1,4}"|ol)'), re.compile(rb'<c(?! r="[A-Z]\d{1,5}"|ol)'))
"""What a sheet small enough for a dense grid has not: cells beyond ZZ9999, or beyond Z99999, or nobody knows where."""
_COMBINADA = re.compile(rb"""<(?:[\w.-]+:)?mergeCell\s[^>]*?\bref\s*=\s*["']([A-Za-z0-9$:]+)["']""")

VACIAS = (None, "")
"""What an empty cell holds."""
Posicion = tuple[int, int]
"""Row and column, from 1."""


class SinValor(str):
    """What stands in a cell that shows no usable value: an error, a formula never calculated, a number for several."""


SIN_CALCULAR = SinValor("fórmula sin calcular")
CON_ERROR = SinValor("valor de error")
COMBINADA = SinValor("celda combinada")


@dataclass(frozen=True, slots=True)
class Hoja:
    """A sheet: its name, its rows of values from A1, and its merged cells; empty cells are "" or None."""

    nombre: str
    filas: list[list[Any]]
    combinadas: tuple[Area, ...] = ()

    def celda(self, fila: int, columna: int) -> Celda:
        """The place of a cell; row and column count from 1."""
        return Celda(self.nombre, fila, columna)

    def valor(self, fila: int, columna: int) -> Any:
        """What a cell holds; None beyond the end of the sheet."""
        return _en(self.filas, fila, columna)


@dataclass(slots=True)
class _Radiografia:
    """What the XML of a sheet says beyond its values."""

    porcentajes: list[Posicion] = field(default_factory=list)
    formulas: list[Posicion] = field(default_factory=list)
    sin_valor: dict[Posicion, SinValor] = field(default_factory=dict)
    combinadas: tuple[Area, ...] = ()


def contenido(valor: Any) -> Contenido:
    """A value of a sheet as an edit says it: numbers as float, dates as moments, an empty cell as None.

    A time of day or a duration is the number of days that the cell holds, to the millisecond.

    >>> contenido(""), contenido(3), contenido(True), contenido(SIN_CALCULAR)
    (None, 3.0, True, 'fórmula sin calcular')
    >>> contenido(date(2025, 3, 5)), contenido(time(18, 0)), contenido(timedelta(hours=36))
    (datetime.datetime(2025, 3, 5, 0, 0), 0.75, 1.5)
    """
    match valor:
        case None | "":
            return None
        case bool() | str() | datetime():
            return valor
        case int() | float():
            return float(valor)
        case date():
            return datetime(valor.year, valor.month, valor.day)
        case time() | timedelta():
            return en_dias(valor)
        case _:
            return str(valor)


def en_dias(duracion: time | timedelta) -> float:
    """A time of day or a duration as the number of days that a cell holds for it, to the millisecond."""
    if isinstance(duracion, time):
        duracion = datetime.combine(date.min, duracion) - datetime.min
    return round(duracion / timedelta(milliseconds=1)) / _MILISEGUNDOS_DE_UN_DIA


def leer_hojas(ruta: Path) -> Iterator[Hoja]:
    """The worksheets of a book, in its order; `LibroIlegible` says why one cannot be read."""
    return hojas_de(Paquete(ruta))


def hojas_de(paquete: Paquete) -> Iterator[Hoja]:
    """The worksheets of a book that is in memory already."""
    from python_calamine import CalamineError, CalamineWorkbook

    partes = paquete.hojas()
    estilos = paquete.estilos_porcentaje()
    radiografias = {nombre: _radiografiar(paquete, parte, nombre, estilos) for nombre, parte in partes.items()}
    paquete.revisar(ya_leidas=frozenset(partes.values()))
    try:
        libro = CalamineWorkbook.from_filelike(io.BytesIO(paquete.contenido))
        for nombre in libro.sheet_names:
            if nombre in radiografias:
                filas = libro.get_sheet_by_name(nombre).to_python(skip_empty_area=False)
                yield _corregir(Hoja(nombre, filas, radiografias[nombre].combinadas), radiografias[nombre])
    except (CalamineError, OverflowError) as error:
        danado(paquete.ruta, error)
    except BaseException as error:
        # a duration of millions of years makes calamine panic, and that has no class that could be named
        if type(error).__name__ == "PanicException":
            danado(paquete.ruta, RuntimeError(str(error)))
        raise


def _corregir(hoja: Hoja, radiografia: _Radiografia) -> Hoja:
    for fila, columna in radiografia.porcentajes:
        valor = _en(hoja.filas, fila, columna)
        if isinstance(valor, float | int) and not isinstance(valor, bool):
            hoja.filas[fila - 1][columna - 1] = puntos_porcentuales(valor)
    vacias = (lugar for lugar in radiografia.formulas if _en(hoja.filas, *lugar) in ("", None))
    for (fila, columna), marca in {**radiografia.sin_valor, **dict.fromkeys(vacias, SIN_CALCULAR)}.items():
        _alargar(hoja.filas, fila, columna)
        hoja.filas[fila - 1][columna - 1] = marca
    return hoja


def _en(filas: list[list[Any]], fila: int, columna: int) -> Any:
    return filas[fila - 1][columna - 1] if fila <= len(filas) and columna <= len(filas[fila - 1]) else None


def _alargar(filas: list[list[Any]], fila: int, columna: int) -> None:
    filas.extend([] for _ in range(fila - len(filas)))
    filas[fila - 1].extend("" for _ in range(columna - len(filas[fila - 1])))


def _radiografiar(paquete: Paquete, parte: str, nombre: str, estilos: frozenset[str]) -> _Radiografia:
    datos = paquete.parte(parte)
    exigir_letras_de_ocho_bits(datos, paquete.ruta)
    radiografia = _Radiografia(combinadas=tuple(areas_combinadas(datos)))
    if not estilos and _es_llana(datos):
        return radiografia
    analizador = expat.ParserCreate(namespace_separator="}")
    recorrido = _Recorrido(radiografia, estilos)
    analizador.StartElementHandler = recorrido.abrir
    try:
        analizador.Parse(datos, True)
        recorrido.cerrar_celda()
    except _FueraDeMedida as error:
        raise LibroIlegible(
            f"{paquete.ruta.name}: la hoja «{nombre}» dice llegar hasta la celda {error}. Elimine las filas y columnas "
            "vacías del final y guarde el libro."
        ) from None
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise LibroIlegible(
            f"{paquete.ruta.name}: la hoja «{nombre}» está dañada. Abra el libro en Excel para repararlo, o busque una "
            "copia anterior."
        ) from error
    return radiografia


def areas_combinadas(datos: bytes) -> Iterator[Area]:
    """The merged cells of a sheet; what is no address there is left to the reader to refuse."""
    for hallada in _COMBINADA.finditer(datos) if b"mergeCell" in datos else ():
        try:
            yield leer_area(hallada[1].decode())
        except ValueError:
            continue


def _es_llana(datos: bytes) -> bool:
    """Whether a sheet plainly has no formula, no error and a normal size, so that it need not be walked.

    Many times faster than walking the tags of a big sheet. Any doubt (another prefix, other quotes or spaces, tags
    that begin alike, cells far away) means False.
    """
    if any(sospecha in datos for sospecha in _SOSPECHAS) or _DIMENSION_ENORME.search(datos[:4096]):
        return False
    return not all(lejos.search(datos) for lejos in _LEJOS)


class _FueraDeMedida(Exception):
    """A cell so far away that a dense grid up to it would not fit in memory."""


class _Recorrido:
    """Walks the start tags of one sheet; a cell is judged when the next cell or row starts, or the sheet ends.

    Every cell of the book passes here, so a reference is only taken apart when its row is not the one expected.
    """

    def __init__(self, radiografia: _Radiografia, estilos: frozenset[str]) -> None:
        self._radiografia, self._estilos = radiografia, estilos
        self._atributos: dict[str, str] = {}
        self._fila = self._columna = self._filas = self._columnas = 0
        self._con_formula = self._con_valor = False
        self._numeros: dict[str, int] = {}
        self._espacio = ""

    def abrir(self, etiqueta: str, atributos: dict[str, str]) -> None:
        espacio, _, nombre = etiqueta.rpartition("}")
        if espacio != self._espacio:
            if nombre != "worksheet":
                return  # extensions have formulas of their own
            self._espacio = espacio
        elif nombre == "v":
            self._con_valor = True
        elif nombre == "c":
            self.cerrar_celda()
            self._atributos = atributos
            self._situar(atributos.get("r"))
        elif nombre == "f":
            self._con_formula = True
        elif nombre == "is":
            self._con_valor = True
        elif nombre == "row":
            self.cerrar_celda()  # before its place is forgotten
            self._fila = int(atributos.get("r", self._fila + 1))
            self._columna = 0
        elif nombre == "dimension":
            self._exigir_medida(*_posicion(atributos.get("ref", "A1").rpartition(":")[2]))

    def _situar(self, referencia: str | None) -> None:
        if referencia is None:
            self._columna += 1
            return
        columna = self._numeros.get(referencia.removesuffix(str(self._fila)))
        if columna is None:
            self._fila, columna = _posicion(referencia)
            self._numeros[referencia.rstrip("0123456789")] = columna
        self._columna = columna

    def cerrar_celda(self) -> None:
        """Judge the cell whose tags have all passed, if there is one with a value or a formula."""
        if self._con_valor or self._con_formula:
            if self._columna:  # 0: a stray element of a damaged sheet
                self._juzgar()
            self._con_formula = self._con_valor = False

    def _juzgar(self) -> None:
        if self._fila > self._filas or self._columna > self._columnas:
            self._filas, self._columnas = max(self._filas, self._fila), max(self._columnas, self._columna)
            self._exigir_medida(self._filas, self._columnas)
        tipo = self._atributos.get("t")
        if tipo == "e":
            self._radiografia.sin_valor[self._fila, self._columna] = CON_ERROR
        elif self._con_formula and not self._con_valor:
            self._radiografia.sin_valor[self._fila, self._columna] = SIN_CALCULAR
        elif self._con_formula and tipo != "str":
            # a number is due: should its <v/> be empty, it was never calculated
            self._radiografia.formulas.append((self._fila, self._columna))
        if self._atributos.get("s") in self._estilos:
            self._radiografia.porcentajes.append((self._fila, self._columna))

    def _exigir_medida(self, filas: int, columnas: int) -> None:
        if filas > MAX_FILAS or filas * columnas > MAX_CELDAS:
            raise _FueraDeMedida(Celda("", filas, columnas).referencia)


def _posicion(referencia: str) -> Posicion:
    hallada = _REFERENCIA.fullmatch(referencia)
    if hallada is None:
        raise ValueError(referencia)
    columna = 0
    for letra in hallada[1]:
        columna = columna * 26 + ord(letra) - 64
    return int(hallada[2]), columna
