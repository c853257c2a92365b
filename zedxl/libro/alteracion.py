"""A sheet of zedxl's that is no longer found as such: what became of its titles or its name, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zedxl.libro.hoja import Hoja
from zedxl.libro.listado import FILAS_HASTA_LOS_TITULOS, buscar_listado
from zedxl.texto import plano

_SELLO = re.compile(r"\d+ · [0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Alteracion:
    """What is wrong with a sheet, and what to do."""

    hoja: str
    que: str
    remedio: str


def de_los_titulos(hoja: Hoja, titulos: Sequence[str]) -> Alteracion | None:
    """What is wrong with the titles of a sheet that has not all of them where they are looked for.

    None for a sheet of somebody else's: it has neither most of these titles nor a seal.
    """
    todos = ", ".join(titulos)
    fila, presentes = _fila_mas_parecida(hoja, titulos)
    if len(presentes) > len(titulos) / 2:
        faltan = ", ".join(f"«{titulo}»" for titulo in titulos if plano(titulo) not in presentes)
        if not faltan:
            que = f"Los títulos de la hoja «{hoja.nombre}» están en la fila {fila}, demasiado abajo."
            return Alteracion(hoja.nombre, que, f"Deje menos de {FILAS_HASTA_LOS_TITULOS} filas encima de ellos.")
        que = f"En la fila {fila} de la hoja «{hoja.nombre}» falta {faltan}: alguien cambió los títulos."
        return Alteracion(hoja.nombre, que, f"Escriba otra vez los títulos como estaban: {todos}.")
    if not tiene_sello(hoja):
        return None
    que = f"La hoja «{hoja.nombre}» ya no tiene sus títulos."
    return Alteracion(hoja.nombre, que, f"Recupérela de un respaldo, o escríbalos sobre la primera entrada: {todos}.")


def del_nombre(hojas: Sequence[Hoja], nombre: str, titulos: Sequence[str]) -> Alteracion | None:
    """What is wrong where a sheet with these titles and a seal has another name than this one."""
    for hoja in hojas:
        if not any(titulos[-1] in fila for fila in hoja.filas[:FILAS_HASTA_LOS_TITULOS]):
            continue  # nearly all sheets, at once
        if tiene_sello(hoja) and buscar_listado([hoja], hoja.nombre, titulos) is not None:
            que = f"La hoja «{hoja.nombre}» es la que zedxl llamó «{nombre}»."
            return Alteracion(hoja.nombre, que, f"Llámela otra vez «{nombre}».")
    return None


def tiene_sello(hoja: Hoja) -> bool:
    """Whether the seal of a log stands somewhere above its entries."""
    textos = [valor for fila in hoja.filas[:FILAS_HASTA_LOS_TITULOS] for valor in fila if isinstance(valor, str)]
    return any(_SELLO.fullmatch(texto) for texto in textos if "·" in texto)


def _fila_mas_parecida(hoja: Hoja, titulos: Sequence[str]) -> tuple[int, set[str]]:
    """The row, from 1, with most of the titles, and which of them it has."""
    buscados = {plano(titulo) for titulo in titulos}
    filas = ({plano(v) for v in fila if isinstance(v, str) and len(v) < 60} & buscados for fila in hoja.filas)
    return max(enumerate(filas, 1), key=lambda fila: len(fila[1]), default=(0, set()))
