"""The starting point of a copy: what the book said when it was given out, kept inside the copy.

It stands on a very hidden sheet, so that it outlives being saved by Excel and by LibreOffice: a few rows about the
copy, and below them the data, compressed, in cells as long as cells can be.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zedxl.edicion.cambio import Contenido, HojaNueva
from zedxl.libro.hoja import Hoja
from zedxl.libro.hojas import PUNTO_DE_PARTIDA
from zedxl.libro.momento import leer_momento
from zedxl.reparto.inventario import Clave
from zedxl.texto import como_texto

_TITULO = "Punto de partida de esta copia. Lo usa zedxl al fusionarla; no lo modifique."
_LARGO_DE_CELDA = 30_000
_FILA_DE_DATOS = 7
_MAX_BYTES = 200 * 2**20


class PartidaDanada(Exception):
    """The starting point in a copy cannot be trusted."""


@dataclass(frozen=True, slots=True)
class Partida:
    """What a copy began with: for whom it was made, when, by whom, and the data."""

    unidad: str
    cuando: datetime
    quien: str
    datos: Mapping[Clave, Contenido]


def guardar(partida: Partida) -> HojaNueva:
    """The sheet that keeps a starting point."""
    cifrado = base64.b64encode(zlib.compress(_como_json(partida.datos).encode(), 6)).decode()
    trozos = [cifrado[i : i + _LARGO_DE_CELDA] for i in range(0, len(cifrado), _LARGO_DE_CELDA)]
    filas: list[tuple[Contenido, ...]] = [
        (_TITULO,),
        ("Unidad", partida.unidad),
        ("Cuándo", partida.cuando),
        ("Quién", partida.quien),
        ("SHA-256", _huella(partida.unidad, cifrado)),
        ("Datos",),
    ]
    return HojaNueva(PUNTO_DE_PARTIDA, (*filas, *((trozo,) for trozo in trozos)), oculta=True)


def recuperar(hojas: Sequence[Hoja]) -> Partida | None:
    """The starting point of a copy, None where it has none; `PartidaDanada` when it is not what was kept."""
    hoja = next((h for h in hojas if h.nombre == PUNTO_DE_PARTIDA), None)
    if hoja is None:
        return None
    unidad, cuando, quien, sha256 = (hoja.valor(fila, 2) for fila in range(2, 6))
    cifrado = "".join(como_texto(fila[0]) for fila in hoja.filas[_FILA_DE_DATOS - 1 :] if fila)
    momento = leer_momento(cuando)
    if momento is None or _huella(como_texto(unidad), cifrado) != sha256:
        raise PartidaDanada
    return Partida(como_texto(unidad), momento, como_texto(quien), _desde_json(_descomprimido(cifrado)))


def _huella(unidad: str, cifrado: str) -> str:
    return hashlib.sha256(f"{unidad}\n{cifrado}".encode()).hexdigest()


def _descomprimido(cifrado: str) -> bytes:
    descompresor = zlib.decompressobj()
    try:
        datos = descompresor.decompress(base64.b64decode(cifrado, validate=True), _MAX_BYTES)
    except (ValueError, zlib.error) as error:
        raise PartidaDanada from error
    if not descompresor.eof:
        raise PartidaDanada
    return datos


def _como_json(datos: Mapping[Clave, Contenido]) -> str:
    """Sheet by sheet and row by row, so that no name is repeated; a moment is a list with its ISO text."""
    arbol: dict[str, dict[str, dict[str, Any]]] = {}
    for (hoja, fila, columna), contenido in datos.items():
        valor = [contenido.isoformat()] if isinstance(contenido, datetime) else contenido
        arbol.setdefault(hoja, {}).setdefault(fila, {})[columna] = valor
    return json.dumps(arbol, ensure_ascii=False, separators=(",", ":"))


def _desde_json(escrito: bytes) -> dict[Clave, Contenido]:
    try:
        return {
            Clave(hoja, fila, columna): datetime.fromisoformat(valor[0]) if isinstance(valor, list) else valor
            for hoja, filas in json.loads(escrito).items()
            for fila, columnas in filas.items()
            for columna, valor in columnas.items()
        }
    except (ValueError, AttributeError, TypeError, IndexError) as error:
        raise PartidaDanada from error
