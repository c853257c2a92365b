"""What the sheets of a book are drawn with: formats by their traits, cells that take text as data, cached formulas.

XlsxWriter would turn some texts into formulas, links or numbers, and drop those that are too long; here a text stays
what it is, without what XML cannot carry.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zedxl.aspecto import AZUL, AZUL_CLARO, CELDA_DE_ENTRADA, GRIS, GRIS_CLARO
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.plan import Celda, Dato
from zedxl.texto import limpio

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Rasgos = dict[str, Any]
"""Traits of a format, by the names that XlsxWriter gives them."""

LIMITE_DE_CELDA = 32_767
"""Characters that a cell can hold."""

_ALTO_DE_FILA = 15.0  # points
_BASE = {"font_name": "Calibri", "font_size": 10, "valign": "vcenter", "font_color": "#262626"}
TITULO: Rasgos = {"bold": True, "font_size": 16, "font_color": f"#{AZUL}"}
SUBTITULO: Rasgos = {"font_size": 10, "font_color": f"#{GRIS}"}
APARTADO: Rasgos = {"bold": True, "font_size": 11, "font_color": f"#{AZUL}", "bottom": 1, "bottom_color": f"#{AZUL}"}
ENCABEZADO: Rasgos = {
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": f"#{AZUL}",
    "align": "center",
    "text_wrap": True,
    "border": 1,
    "border_color": "#FFFFFF",
}
CELDA: Rasgos = {"border": 1, "border_color": f"#{GRIS_CLARO}"}
ENTRADA: Rasgos = {**CELDA, "bg_color": f"#{CELDA_DE_ENTRADA}", "locked": False}
RESALTADA: Rasgos = {"bg_color": f"#{AZUL_CLARO}", "bold": True}
PARRAFO: Rasgos = {"text_wrap": True, "valign": "top"}
CENTRADO: Rasgos = {"align": "center"}
PORCENTAJE: Rasgos = {"num_format": "0.00", "align": "right"}
"""A percentage as SPEC 1 has it: 66.67, never 0.6667 shown as a percentage."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and the value that it has now; an error value is its name, such as "#VALUE!"."""

    texto: str
    valor: float | str


class Lienzo:
    """A book being drawn; ``avisos`` collects what had to be left out."""

    def __init__(self, libro: Workbook) -> None:
        self.libro = libro
        self.avisos: list[Hallazgo] = []
        self._formatos: dict[tuple[tuple[str, Any], ...], Format] = {}

    def formato(self, *rasgos: Rasgos) -> Format:
        """The format with these traits, later ones first; each combination exists once."""
        todos = dict(_BASE)
        for rasgo in rasgos:
            todos.update(rasgo)
        clave = tuple(sorted(todos.items()))
        if clave not in self._formatos:
            self._formatos[clave] = self.libro.add_format(todos)
        return self._formatos[clave]

    def condicional(self, rasgos: Rasgos) -> Format:
        """A format for a condition, which changes only these traits of the cell."""
        return self.libro.add_format(rasgos)

    def hoja(self, nombre: str) -> Hoja:
        """A new sheet at the end of the book, set up for A4 landscape."""
        return Hoja(self, nombre, self.libro.add_worksheet(nombre))


class Hoja:
    """A sheet being drawn; rows and columns count from 0, as in XlsxWriter."""

    def __init__(self, lienzo: Lienzo, nombre: str, hoja: Worksheet) -> None:
        self.lienzo = lienzo
        self.nombre = nombre
        self.xl = hoja
        self._altos: dict[int, float] = {}
        hoja.hide_gridlines(2)
        hoja.set_landscape()
        hoja.set_paper(9)
        hoja.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        hoja.set_footer('&L&8&"Calibri,Regular"&A&C&8&F&R&8Página &P de &N')
        hoja.fit_to_pages(1, 0)

    def texto(self, fila: int, columna: int, texto: str, *rasgos: Rasgos) -> None:
        """Write a text as it is, at most as much as a cell holds; "" leaves a formatted empty cell."""
        formato = self.lienzo.formato(*rasgos)
        escrito = limpio(texto)
        if not escrito:
            self.xl.write_blank(fila, columna, None, formato)
            return
        if _largo(escrito) > LIMITE_DE_CELDA:
            escrito = self._cortado(escrito, fila, columna)
        self.xl.write_string(fila, columna, escrito, formato)

    def numero(self, fila: int, columna: int, numero: float | None, *rasgos: Rasgos) -> None:
        """Write a number; None leaves a formatted empty cell."""
        formato = self.lienzo.formato(*rasgos)
        if numero is None:
            self.xl.write_blank(fila, columna, None, formato)
        else:
            self.xl.write_number(fila, columna, numero, formato)

    def dato(self, fila: int, columna: int, dato: Dato, *rasgos: Rasgos) -> None:
        """Write a number of the plan, or what its cell said when that was none."""
        if dato.ilegible:
            self.texto(fila, columna, dato.ilegible, *rasgos)
        else:
            self.numero(fila, columna, dato.valor, *rasgos)

    def formula(self, fila: int, columna: int, formula: Formula, *rasgos: Rasgos) -> None:
        """Write a formula with its cached value."""
        self.xl.write_formula(fila, columna, f"={formula.texto}", self.lienzo.formato(*rasgos), formula.valor)

    def unir(self, fila: int, desde: int, hasta: int, *rasgos: Rasgos) -> None:
        """Merge cells of a row; what they say is written afterwards in the first."""
        if hasta > desde:
            self.xl.merge_range(fila, desde, fila, hasta, "", self.lienzo.formato(*rasgos))

    def encabezados(self, fila: int, titulos: tuple[str, ...], columna: int = 0) -> None:
        """Write a row of column titles."""
        for n, titulo in enumerate(titulos):
            self.texto(fila, columna + n, titulo, ENCABEZADO)

    def anchos(self, *anchos: float) -> None:
        """Set the column widths from the first column on, in characters."""
        for columna, ancho in enumerate(anchos):
            self.xl.set_column(columna, columna, ancho, self.lienzo.formato())

    def presentar(self, titulo: str, explicacion: str) -> None:
        """Write the title of the sheet and the line that says what it is for."""
        self.xl.set_row(0, 26)
        self.texto(0, 0, titulo, TITULO)
        self.texto(1, 0, explicacion, SUBTITULO)

    def alto(self, fila: int, puntos: float) -> None:
        """Set the height of a row."""
        self.xl.set_row(fila, puntos)
        self._altos[fila] = puntos

    def alto_hasta(self, fila: int) -> float:
        """How high the rows from the first to this one are together, in points, as far as `alto` set them."""
        return sum(self._altos.get(n, _ALTO_DE_FILA) for n in range(fila + 1))

    def proteger(self, ordenar: bool = False) -> None:
        """Lock what is not an input cell, without a password; filters and column widths stay free.

        ``ordenar`` is for sheets whose cells are all input: sorting part of a row would tear it apart.
        """
        self.xl.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": ordenar})

    def _cortado(self, texto: str, fila: int, columna: int) -> str:
        celda = Celda(self.nombre, fila + 1, columna + 1)
        self.lienzo.avisos.append(
            Hallazgo(
                Severidad.ADVERTENCIA, "texto-cortado", celda.hoja, celda.referencia, "",
                f"El texto tiene {_largo(texto):,} caracteres y una celda admite {LIMITE_DE_CELDA:,}; se cortó.",
                "Repártalo o abrévielo.",
            )
        )  # fmt: skip
        return texto.encode("utf-16-le")[: 2 * (LIMITE_DE_CELDA - 1)].decode("utf-16-le", "ignore") + "…"


def _largo(texto: str) -> int:
    """Characters as Excel counts them, in UTF-16 units."""
    return len(texto) + sum(c > "\uffff" for c in texto)
