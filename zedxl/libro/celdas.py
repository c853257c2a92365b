"""From cells to domain values: what cannot be read becomes a finding, never a guess."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.libro.bloques.bloque import Fila
from zedxl.libro.columnas import Columna
from zedxl.libro.hoja import COMBINADA, CON_ERROR, SIN_CALCULAR, VACIAS, SinValor
from zedxl.medida import DatoInvalido
from zedxl.numero import NumeroAmbiguo, leer_numero
from zedxl.periodo import Periodo
from zedxl.plan import VACIO, Celda, Dato, Redaccion
from zedxl.vocabulario import Palabra

P = TypeVar("P", bound=Palabra)
De = TypeVar("De", int, Periodo, Columna)

_nueva = tuple.__new__
"""Makes a named tuple of all its fields, in half the time: a big book has hundreds of thousands of them."""
_AUSENTES = frozenset({"", "*", "-", "—", "n/d", "nd"})


class Lectura:
    """The findings of reading one book, and the readers that leave them.

    ``redacciones`` gathers how each place words a code that stands in several.
    """

    def __init__(self) -> None:
        self.hallazgos: list[Hallazgo] = []
        self.redacciones: list[Redaccion] = []
        self._palabras: dict[tuple[type[Palabra], Any], Any] = {}  # a column repeats few words many times

    def error(self, celda: Celda, regla: str, codigo: str, mensaje: str, sugerencia: str) -> None:
        """Note an error in a cell."""
        self.anotar(Severidad.ERROR, celda, regla, codigo, mensaje, sugerencia)

    def advertir(self, celda: Celda, regla: str, codigo: str, mensaje: str, sugerencia: str) -> None:
        """Note a warning in a cell."""
        self.anotar(Severidad.ADVERTENCIA, celda, regla, codigo, mensaje, sugerencia)

    def anotar(
        self, severidad: Severidad, celda: Celda, regla: str, codigo: str, mensaje: str, sugerencia: str
    ) -> None:
        """Note a finding in a cell."""
        self.hallazgos.append(Hallazgo(severidad, regla, celda.hoja, celda.referencia, codigo, mensaje, sugerencia))

    def dato(self, fila: Fila, columna: int | None, codigo: str) -> Dato:
        """The number in a column (from 0, None: no such column) with its cell; unreadable text is kept and noted."""
        if columna is None:
            return VACIO
        escrito = fila.valores[columna]
        bloque = fila.bloque
        lugar = _nueva(Celda, (bloque.hoja.nombre, fila.numero, columna + 1))
        celda = lugar if fila.lugares is None else fila.lugares.get(columna, lugar)
        if escrito.__class__ is float:
            return _nueva(Dato, (escrito, celda, ""))
        if escrito in VACIAS:
            return _nueva(Dato, (None, celda, ""))
        try:
            return Dato(leer_numero(escrito), celda)
        except DatoInvalido as error:
            self.error(celda, _regla(escrito, error), codigo, f"{bloque.titulo(columna)}: {error}", _remedio(escrito))
            return Dato(None, celda, ilegible=str(escrito))

    def datos(self, fila: Fila, columnas: Mapping[De, int], codigo: str) -> dict[De, Dato]:
        """The numbers in several columns, as `dato`, by what each is of: a year, a período, a title."""
        if not columnas:
            return {}
        if fila.lugares is not None:
            return {de: self.dato(fila, n, codigo) for de, n in columnas.items()}
        hoja, numero, valores = fila.bloque.hoja.nombre, fila.numero, fila.valores
        return {
            de: _nueva(Dato, (None if valor in VACIAS else valor, _nueva(Celda, (hoja, numero, n + 1)), ""))
            if (valor := valores[n]).__class__ is float or valor in VACIAS  # most cells of a big book
            else self.dato(fila, n, codigo)
            for de, n in columnas.items()
        }

    def avance(self, fila: Fila, columna: int) -> Dato:
        """The avance that a book shows in a column (from 0), without the asterisk of the published ones.

        Nothing depends on it, so that what is no number (N/D, an error) is no finding.
        """
        escrito = fila.valores[columna]
        celda = fila.lugar(columna)
        try:
            return Dato(leer_numero(escrito.rstrip("* ") if isinstance(escrito, str) else escrito), celda)
        except DatoInvalido:
            return Dato(None, celda)

    def numero(self, fila: Fila, columna: Columna, codigo: str) -> Dato:
        """The number under a title that has no year or período."""
        return self.dato(fila, fila.bloque.columnas.get(columna), codigo)

    def palabra(self, fila: Fila, columna: Columna, clase: type[P], codigo: str) -> P | None:
        """The keyword under a title, None when empty or unknown (then noted)."""
        n = fila.bloque.columnas.get(columna)
        if n is None or fila.valores[n] in VACIAS:
            return None
        ya_leida = self._palabras.get((clase, fila.valores[n]))
        return ya_leida or self._leer_palabra(fila, columna, clase, codigo)

    def _leer_palabra(self, fila: Fila, columna: Columna, clase: type[P], codigo: str) -> P | None:
        escrito = fila.texto(columna)
        if escrito.casefold() in _AUSENTES:
            return None
        try:
            palabra = clase.leer(escrito)
        except DatoInvalido as error:
            regla = f"{columna.name.lower()}-no-reconocido"
            self.error(fila.celda(columna), regla, codigo, f"{columna.value}: {error}", "Corríjalo.")
            return None
        self._palabras[clase, fila.valores[fila.bloque.columnas[columna]]] = palabra
        return palabra


def _regla(escrito: Any, error: DatoInvalido) -> str:
    if escrito is COMBINADA:
        return "celda-combinada"
    if isinstance(escrito, SinValor):
        return "formula-sin-valor"
    return "numero-ambiguo" if isinstance(error, NumeroAmbiguo) else "valor-no-numerico"


def _remedio(escrito: Any) -> str:
    if escrito is SIN_CALCULAR:
        return "Abra el libro en Excel, espere a que calcule y guárdelo."
    if escrito is CON_ERROR:
        return "Corrija la fórmula o escriba el número."
    if escrito is COMBINADA:
        return "Abarca varias filas o columnas y no se sabe de cuál es: sepárela y escriba un número en cada una."
    return "Escriba solo la cifra, o deje la celda vacía."
