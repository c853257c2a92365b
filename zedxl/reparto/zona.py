"""The rows of a sheet that are known by a key: those of the seguimiento table, of Narrativa and of Agentes.

What stands above, between and below them is known by its distance from what does not move.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from zedxl.codigo import PLAN, es_codigo, normalizar
from zedxl.libro.columnas import Columna, reconocer
from zedxl.libro.hoja import Hoja
from zedxl.libro.hojas import AGENTES, NARRATIVA, TITULOS_AGENTES, TITULOS_NARRATIVA
from zedxl.libro.listado import buscar_listado
from zedxl.libro.tabla import Tabla
from zedxl.texto import como_texto, plano

_LISTADOS = {plano(NARRATIVA): (NARRATIVA, TITULOS_NARRATIVA, 3), plano(AGENTES): (AGENTES, TITULOS_AGENTES, 1)}
"""The lists that are merged by their first titles: how many of them tell a row from the others."""

DESDE_ARRIBA = "·"
"""How the name of a row begins that is known by its place, and not by a key."""
_SOBRE_LOS_TITULOS, _TRAS, _TRAS_LA_ULTIMA = "·títulos-", "·tras ", "·última+"


@dataclass(frozen=True, slots=True)
class Zona:
    """The rows of a sheet that are known by a key, below ``fila_de_titulos``; rows and columns count from 1.

    ``titulos`` are the columns by title, ``filas`` the rows by key, ``repetidas`` the keys that stand more than once.
    """

    hoja: Hoja
    fila_de_titulos: int
    titulos: dict[str, int]
    filas: dict[str, int] = field(default_factory=dict)
    repetidas: set[str] = field(default_factory=set)

    @property
    def ultima_fila(self) -> int:
        """The last row with a key; that of the titles when there is none."""
        return max(self.filas.values(), default=self.fila_de_titulos)


def zona_de(hoja: Hoja, hojas: Sequence[Hoja], tabla: Tabla) -> Zona | None:
    """The rows of a sheet that have a key, None when none of them could."""
    if hoja is tabla.hoja:
        return _con_claves(hoja, tabla.fila_titulos, _clave_de_tabla(tabla), _nombre_de_columna)
    listado = _LISTADOS.get(plano(hoja.nombre))
    if listado is None:
        return None
    hallado = buscar_listado(hojas, *listado[:2])
    if hallado is None:
        return None
    return _con_claves(hoja, hallado.fila_de_titulos, _clave_de_listado(hallado.columnas[: listado[2]]))


def _con_claves(
    hoja: Hoja, fila_de_titulos: int, clave_de: Callable[[Sequence[Any]], str], nombre_de: Callable[[str], str] = plano
) -> Zona:
    zona = Zona(hoja, fila_de_titulos, _titulos(hoja.filas[fila_de_titulos - 1], nombre_de))
    cuentas: Counter[str] = Counter()
    for numero, valores in enumerate(hoja.filas[fila_de_titulos:], fila_de_titulos + 1):
        clave = clave_de(valores)
        if not clave:
            continue
        cuentas[clave] += 1
        if cuentas[clave] > 1:
            zona.repetidas.update((clave, f"{clave}#{cuentas[clave]}"))
            clave = f"{clave}#{cuentas[clave]}"
        zona.filas[clave] = numero
    return zona


def _titulos(valores: Sequence[Any], nombre_de: Callable[[str], str]) -> dict[str, int]:
    """The columns that have a title, by what it means; the second of two alike is another one."""
    titulos: dict[str, int] = {}
    for columna, valor in enumerate(valores, 1):
        titulo = nombre_de(como_texto(valor))
        if titulo:
            titulos.setdefault(titulo if titulo not in titulos else f"{titulo}#{columna}", columna)
    return titulos


def _nombre_de_columna(titulo: str) -> str:
    """A title of the seguimiento table by its meaning, so that other wording is the same column."""
    encabezado = reconocer(titulo)
    return plano(encabezado.titulo if encabezado else titulo)


def _clave_de_tabla(tabla: Tabla) -> Callable[[Sequence[Any]], str]:
    """The key of a row of the seguimiento table: its code, and the code or the name of its indicator."""
    codigo = tabla.columnas[Columna.CODIGO]
    indicador, nombre = tabla.columnas.get(Columna.CODIGO_INDICADOR), tabla.columnas.get(Columna.INDICADOR)

    def clave(valores: Sequence[Any]) -> str:
        escrito = _en(valores, codigo)
        if not escrito or not es_codigo(escrito):
            return ""
        suyo = _en(valores, indicador)
        return f"{normalizar(escrito)}|{normalizar(suyo) if es_codigo(suyo) else plano(suyo or _en(valores, nombre))}"

    return clave


def _en(valores: Sequence[Any], columna: int | None) -> str:
    return como_texto(valores[columna]) if columna is not None and columna < len(valores) else ""


def _clave_de_listado(columnas: Sequence[int]) -> Callable[[Sequence[Any]], str]:
    """The key of a row of a list: what stands in these columns, however it is typed."""

    def clave(valores: Sequence[Any]) -> str:
        partes = [como_texto(valores[c - 1]) if c <= len(valores) else "" for c in columnas]
        if not partes[0]:
            return ""
        codigo = (
            partes[0].upper() if plano(partes[0]) == plano(PLAN) or not es_codigo(partes[0]) else normalizar(partes[0])
        )
        return "|".join((codigo, *(plano(parte) for parte in partes[1:])))

    return clave


def filas_de(hoja: Hoja, zona: Zona | None) -> Iterator[tuple[int, str]]:
    """Each row with what it is known by: its key, or its distance from what does not move; titles are no data."""
    if zona is None:
        yield from ((numero, f"{DESDE_ARRIBA}{numero}") for numero in range(1, len(hoja.filas) + 1))
        return
    claves = {fila: clave for clave, fila in zona.filas.items()}
    titulos, ultima, ancla, desde = zona.fila_de_titulos, zona.ultima_fila, "", zona.fila_de_titulos
    for numero in range(1, len(hoja.filas) + 1):
        if numero < titulos:
            yield numero, f"{_SOBRE_LOS_TITULOS}{titulos - numero}"
        elif numero in claves:
            ancla, desde = claves[numero], numero
            yield numero, ancla
        elif numero > ultima:
            yield numero, f"{_TRAS_LA_ULTIMA}{numero - ultima}"
        elif numero > titulos:
            yield numero, f"{_TRAS}{ancla}+{numero - desde}"


def fila_por_lugar(fila: str, zona: Zona | None) -> int | None:
    """The row that stands at a distance from something; None where another row stands there now."""
    if zona is None:
        return int(fila.removeprefix(DESDE_ARRIBA)) if fila.removeprefix(DESDE_ARRIBA).isdigit() else None
    if fila.startswith(_SOBRE_LOS_TITULOS):
        numero = zona.fila_de_titulos - int(fila.removeprefix(_SOBRE_LOS_TITULOS))
        return numero if numero > 0 else None
    if fila.startswith(_TRAS_LA_ULTIMA):
        return zona.ultima_fila + int(fila.removeprefix(_TRAS_LA_ULTIMA))
    if not fila.startswith(_TRAS):
        return None
    ancla, _, distancia = fila.removeprefix(_TRAS).rpartition("+")
    base = zona.filas.get(ancla) if ancla else zona.fila_de_titulos
    if base is None or base + int(distancia) in zona.filas.values():
        return None
    return base + int(distancia)
