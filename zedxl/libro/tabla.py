"""A flat seguimiento table (SPEC 4.1 a): where it stands in a book and what its columns mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from zedxl.codigo import es_codigo
from zedxl.libro.columnas import Columna, Encabezado, reconocer
from zedxl.libro.hoja import Hoja
from zedxl.libro.paquete import LibroIlegible
from zedxl.periodo import Periodo
from zedxl.plan import Celda
from zedxl.texto import como_texto, limpio, plano

_CODIGO = Encabezado(Columna.CODIGO)
_VACIAS = (None, "")
_UNICAS = frozenset({Columna.CODIGO, Columna.META, Columna.META_SEMESTRE, Columna.VALOR})


@dataclass(frozen=True, slots=True)
class Tabla:
    """A block with headers.

    ``fila_titulos`` counts from 1; the other fields give columns, from 0: by meaning, and by the year or período that
    the targets, values and avances of a column are for.
    """

    hoja: Hoja
    fila_titulos: int
    columnas: dict[Columna, int]
    metas: dict[int, int]
    metas_semestre: dict[Periodo, int]
    valores: dict[Periodo, int]
    avances: dict[Periodo, int]

    def titulo(self, columna: int) -> str:
        """The title of a column, as the book writes it."""
        return str(self.hoja.filas[self.fila_titulos - 1][columna]).strip()

    def filas(self) -> Iterator[Fila]:
        """The rows below the titles that say something, without repeated titles."""
        codigo = self.columnas[Columna.CODIGO]
        titulo = self.hoja.filas[self.fila_titulos - 1][codigo]
        ancho = len(self.hoja.filas[self.fila_titulos - 1])
        for numero, valores in enumerate(self.hoja.filas[self.fila_titulos :], self.fila_titulos + 1):
            valores.extend([None] * (ancho - len(valores)))
            fila = Fila(self, numero, valores)
            if (valores[codigo] not in _VACIAS or fila.con_datos) and valores[codigo] != titulo:
                yield fila


@dataclass(frozen=True, slots=True)
class Fila:
    """One row of a `Tabla`; ``numero`` counts from 1."""

    tabla: Tabla
    numero: int
    valores: Sequence[Any]

    @property
    def con_datos(self) -> bool:
        """Whether it has a target or a value."""
        columnas = (*self.tabla.metas.values(), *self.tabla.valores.values())
        return any(self.valores[n] not in _VACIAS for n in columnas)

    def texto(self, columna: Columna) -> str:
        """The text under a title, cleaned; "" when there is none."""
        n = self.tabla.columnas.get(columna)
        if n is None:
            return ""
        valor = self.valores[n]
        if isinstance(valor, str):
            return (valor if valor.isprintable() else limpio(valor)).strip()
        return como_texto(valor)

    def celda(self, columna: Columna) -> Celda:
        """The place of the cell under a title that the table has."""
        return self.tabla.hoja.celda(self.numero, self.tabla.columnas[columna] + 1)

    def celda_si_hay(self, columna: Columna) -> Celda | None:
        """As `celda`; None when the table has no such title."""
        return self.celda(columna) if columna in self.tabla.columnas else None


def buscar_tabla(hojas: Sequence[Hoja], archivo: str) -> Tabla:
    """The one seguimiento table of a book; `LibroIlegible` when there is none, or more than one."""
    tablas = [tabla for hoja in hojas for tabla in _tablas(hoja, archivo)]
    if len(tablas) == 1:
        return tablas[0]
    if tablas:
        lugares = " y ".join(f"{t.hoja.nombre}!A{t.fila_titulos}" for t in tablas[:3])
        raise LibroIlegible(
            f"{archivo} tiene {len(tablas)} tablas de seguimiento ({lugares}) y no se sabe cuál vale. "
            "Deje una sola en el libro."
        )
    raise LibroIlegible(_sin_tabla(hojas, archivo))


def _tablas(hoja: Hoja, archivo: str) -> Iterator[Tabla]:
    vistos: list[dict[Encabezado, int]] = []
    codigo = None
    for numero, valores in enumerate(hoja.filas, 1):
        if codigo is not None and _tiene_codigo(valores, codigo):
            continue  # a row of the table just found: most rows of a book are
        if not _parece_titulos(valores):
            continue
        columnas = _columnas(valores)
        tabla = _tabla(hoja, numero, columnas)
        es_nueva = columnas not in vistos  # titles repeated on each printed page are the same table
        if es_nueva and Columna.CODIGO in tabla.columnas and (tabla.metas or tabla.valores):
            vistos.append(columnas)
            codigo = tabla.columnas[Columna.CODIGO]
            _exigir_sin_repetir(tabla, archivo)
            yield tabla


def _tabla(hoja: Hoja, numero: int, columnas: dict[Encabezado, int]) -> Tabla:
    return Tabla(
        hoja,
        numero,
        {e.columna: n for e, n in columnas.items() if e.anio is None and e.periodo is None},
        {e.anio: n for e, n in columnas.items() if e.anio is not None},
        {e.periodo: n for e, n in columnas.items() if e.periodo and e.columna is Columna.META_SEMESTRE},
        {e.periodo: n for e, n in columnas.items() if e.periodo and e.columna is Columna.VALOR},
        {e.periodo: n for e, n in columnas.items() if e.periodo and e.columna is Columna.AVANCE},
    )


def _tiene_codigo(valores: Sequence[Any], columna: int) -> bool:
    return columna < len(valores) and isinstance(valores[columna], str) and es_codigo(valores[columna])


def _exigir_sin_repetir(tabla: Tabla, archivo: str) -> None:
    """Two columns for the same target or value: which one counts is for the planner to say."""
    titulos = [_titulo(valor) for valor in tabla.hoja.filas[tabla.fila_titulos - 1]]
    for encabezado in dict.fromkeys(filter(None, titulos)):
        lugares = [n for n, titulo in enumerate(titulos, 1) if titulo == encabezado]
        if encabezado.columna in _UNICAS and len(lugares) > 1:
            celdas = " y ".join(tabla.hoja.celda(tabla.fila_titulos, n).referencia for n in lugares)
            raise LibroIlegible(
                f"{archivo}: en {tabla.hoja.nombre}, las columnas {celdas} dicen lo mismo («{encabezado.titulo}») y no "
                "se sabe cuál vale. Deje una, o cambie el título de la otra."
            )


def _parece_titulos(valores: Sequence[Any]) -> bool:
    """Whether a row has a title for codes; cheap, because every row of the book is asked."""
    return any(
        isinstance(valor, str) and valor[:1] in "cC \n" and len(valor) < 60 and reconocer(valor) == _CODIGO
        for valor in valores
    )


def _columnas(valores: Sequence[Any]) -> dict[Encabezado, int]:
    """The recognised titles of a row; a title that stands twice counts the first time."""
    columnas: dict[Encabezado, int] = {}
    for n, valor in enumerate(valores):
        encabezado = _titulo(valor)
        if encabezado is not None:
            columnas.setdefault(encabezado, n)
    return columnas


def _titulo(valor: Any) -> Encabezado | None:
    """What a cell of the title row means; a year typed as a number is a target too."""
    escrito = como_texto(valor)
    return reconocer(escrito) if len(escrito) < 200 else None


def _sin_tabla(hojas: Sequence[Hoja], archivo: str) -> str:
    for hoja in hojas:
        for numero, valores in enumerate(hoja.filas, 1):
            if _parece_titulos(valores) and any(
                isinstance(v, str) and plano(v).startswith(("meta", "programado", "ejecutado", "logro", "valor"))
                for v in valores
            ):
                return (
                    f"{archivo}: en {hoja.nombre}, fila {numero}, los títulos no dicen de qué año es la meta ni de qué "
                    "período es el valor. Escriba, por ejemplo, «Meta 2025» y «Valor 2025-I»."
                )
    return (
        f"{archivo} no tiene una tabla de seguimiento reconocible. Se espera una fila de títulos con «Código», "
        "«Meta 2025» y «Valor 2025-I» (u otros años)."
    )
