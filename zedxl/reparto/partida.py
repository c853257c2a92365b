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

from zedxl.edicion.cambio import Contenido, Firma, HojaNueva
from zedxl.libro.hoja import Hoja
from zedxl.libro.hojas import PUNTO_DE_PARTIDA
from zedxl.libro.momento import leer_momento
from zedxl.reparto.inventario import Clave
from zedxl.texto import como_texto

_TITULO = "Punto de partida de esta copia. Lo usa zedxl al fusionarla; no lo modifique."
_LARGO_DE_CELDA = 30_000
_FILA_DE_DATOS = 7
_LARGO_DEL_SELLO = 8
_MAX_BYTES = 200 * 2**20


class PartidaDanada(Exception):
    """The starting point in a copy cannot be trusted."""


Datos = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""What stood in a book, by sheet, row and column; a moment is a list with its ISO text."""


@dataclass(frozen=True, slots=True)
class Partida:
    """What a copy began with: for whom it was made, when, by whom, and the data.

    ``sello`` tells it from those of other copies; one that was not kept yet has none.
    """

    unidad: str
    cuando: datetime
    quien: str
    datos: Datos
    sello: str = ""

    def contenido(self, clave: Clave) -> Contenido:
        """What a datum was; None where its cell was empty, or not there."""
        return _leido(self.datos.get(clave.hoja, {}).get(clave.fila, {}).get(clave.columna))

    def tiene_fila(self, clave: Clave) -> bool:
        """Whether the row of a datum was there, with something in it."""
        return clave.fila in self.datos.get(clave.hoja, {})


def de_ahora(unidad: str, firma: Firma, escrito: Mapping[str, Mapping[str, Mapping[str, Contenido]]]) -> Partida:
    """The starting point of a copy that is given out now; ``escrito`` is what an inventory says was typed."""
    datos = {
        hoja: {fila: {c: _escrito(v) for c, v in valores.items()} for fila, valores in filas.items()}
        for hoja, filas in escrito.items()
    }
    return Partida(unidad, firma.cuando, firma.quien, datos)


def _escrito(contenido: Contenido) -> Any:
    return [contenido.isoformat()] if isinstance(contenido, datetime) else contenido


def _leido(valor: Any) -> Contenido:
    return datetime.fromisoformat(valor[0]) if isinstance(valor, list) else valor


def guardar(partida: Partida) -> HojaNueva:
    """The sheet that keeps a starting point."""
    escrito = json.dumps(partida.datos, ensure_ascii=False, separators=(",", ":"))
    cifrado = base64.b64encode(zlib.compress(escrito.encode(), 6)).decode()
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
    datos: Datos = json.loads(_descomprimido(cifrado))
    if not isinstance(datos, dict) or not all(isinstance(f, dict) for h in datos.values() for f in h.values()):
        raise PartidaDanada
    return Partida(como_texto(unidad), momento, como_texto(quien), datos, como_texto(sha256)[:_LARGO_DEL_SELLO])


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
