"""Reading one file: the same function in this process, in another one and on another machine."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

from zedxl.consolidado.ficha import Ficha, leer_ficha, no_leida
from zedxl.libro.paquete import LibroIlegible, Paquete


class Tarea(NamedTuple):
    """A file to read: the folder, its path in it, and the hash of the content that is known already ("" for none)."""

    carpeta: str
    archivo: str
    conocido: str = ""


class Leida(NamedTuple):
    """What came of a `Tarea`: the packed `Ficha`; None when the content is the one that was known."""

    archivo: str
    sha256: str
    filas: int
    ficha: bytes | None


def leer(tarea: Tarea) -> Leida:
    """Read a file, whatever is in it: every failure becomes a `Ficha` that says what happened."""
    try:
        paquete = Paquete(Path(tarea.carpeta, tarea.archivo))
        sha256 = hashlib.sha256(paquete.contenido).hexdigest()
        if sha256 == tarea.conocido:
            return Leida(tarea.archivo, sha256, 0, None)
        return empaquetar(leer_ficha(paquete, tarea.archivo, sha256))
    except LibroIlegible as error:
        return empaquetar(no_leida(tarea.archivo, str(error)))
    except MemoryError:
        return empaquetar(no_leida(tarea.archivo, "Es demasiado grande para la memoria de este equipo."))
    except Exception as error:
        que = f"{type(error).__name__}: {str(error).rstrip('.')}"
        return empaquetar(no_leida(tarea.archivo, f"Ocurrió algo imprevisto al leerlo: {que}."))


def empaquetar(ficha: Ficha) -> Leida:
    """A `Ficha` as it travels."""
    return Leida(ficha.archivo, ficha.sha256, ficha.filas, ficha.empaquetada())
