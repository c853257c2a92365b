"""Subtitles that a conversion from PDF or Word has moved away from below their groups, as in published annexes.

Only their order is left then: groups from left to right, and for each the subtitles that it can have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import Any

from zedxl.libro.bloques.sinonimos import Sinonimos
from zedxl.libro.columnas import Columna, Encabezado
from zedxl.texto import como_texto, plano

_ANIO = re.compile(r"20\d\d")
_LINEA_BASE = Encabezado(Columna.LINEA_BASE)


class _Grupo(Enum):
    LINEA_BASE = "línea base"
    LOGRO = "logro esperado"
    PERIODO = "período"


def estan_corridos(grupos: Sequence[Any], subtitulos: Sequence[Any], sinonimos: Sinonimos) -> bool:
    """Whether some subtitle stands below a group that cannot have it, and all fit when taken in their order."""
    conocidos = dict(_conocidos(grupos, sinonimos))
    actual = ""
    fuera_de_lugar = False
    for columna, subtitulo in enumerate(subtitulos):
        if columna < len(grupos) and como_texto(grupos[columna]):
            actual = como_texto(grupos[columna])
        escrito = como_texto(subtitulo)
        if escrito and actual in conocidos.values() and _es_de_alguno(escrito, conocidos.values(), sinonimos):
            fuera_de_lugar = fuera_de_lugar or not _cabe(escrito, actual, sinonimos)
    return fuera_de_lugar and bool(en_orden(grupos, subtitulos, sinonimos))


def en_orden(
    grupos: Sequence[Any], subtitulos: Sequence[Any], sinonimos: Sinonimos
) -> dict[int, tuple[Encabezado | None, str]]:
    """Meaning and text of each subtitle by its column (from 0), the first one below the first group.

    Empty when they do not fit.
    """
    conocidos = list(_conocidos(grupos, sinonimos))
    escritos = [(n, como_texto(s)) for n, s in enumerate(subtitulos) if como_texto(s)]
    if not conocidos or not escritos or escritos[-1][0] - escritos[0][0] >= len(escritos):
        return {}  # with a gap among them their order does not tell their columns
    desde = conocidos[0][0]
    if escritos[0][0] < desde:
        return {}
    leidos: dict[int, tuple[Encabezado | None, str]] = {}
    pendientes = [texto for _, texto in conocidos]
    for lugar, (_, escrito) in enumerate(escritos):
        while pendientes and not _cabe(escrito, pendientes[0], sinonimos):
            pendientes.pop(0)
        if not pendientes:
            return {}
        leidos[desde + lugar] = sinonimos.reconocer(f"{pendientes[0]} {escrito}"), f"{pendientes[0]} · {escrito}"
    # what stands over the columns beyond them is not their title
    return dict.fromkeys(range(desde, max(len(grupos), len(subtitulos))), (None, "")) | leidos


def _conocidos(grupos: Sequence[Any], sinonimos: Sinonimos) -> Iterator[tuple[int, str]]:
    """Column and text of the groups that have subtitles in every annex."""
    for columna, valor in enumerate(grupos):
        escrito = como_texto(valor)
        if escrito and _clase(escrito, sinonimos) is not None:
            yield columna, escrito


def _clase(grupo: str, sinonimos: Sinonimos) -> _Grupo | None:
    if sinonimos.reconocer(grupo) == _LINEA_BASE:
        return _Grupo.LINEA_BASE
    encabezado = sinonimos.reconocer(f"{grupo} 2025")
    if encabezado == Encabezado(Columna.META, anio=2025) and plano(grupo) != "ano":
        return _Grupo.LOGRO
    encabezado = sinonimos.reconocer(grupo)
    return _Grupo.PERIODO if encabezado is not None and encabezado.periodo is not None else None


def _cabe(subtitulo: str, grupo: str, sinonimos: Sinonimos) -> bool:
    clase = _clase(grupo, sinonimos)
    if clase is _Grupo.LOGRO:
        return _ANIO.fullmatch(subtitulo) is not None
    if _ANIO.fullmatch(subtitulo):
        return False
    encabezado = sinonimos.reconocer(f"{grupo} {subtitulo}")
    return encabezado is not None


def _es_de_alguno(subtitulo: str, grupos: Iterable[str], sinonimos: Sinonimos) -> bool:
    return any(_cabe(subtitulo, grupo, sinonimos) for grupo in grupos)
