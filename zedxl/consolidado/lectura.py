"""Reading one file: the same function in this process, in another one and on another machine."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

from zedxl.consolidado.ficha import Ficha, leer_ficha, no_leida
from zedxl.consolidado.filas import PorColumnas, por_columnas
from zedxl.consolidado.resumen import como_json, resumida
from zedxl.libro.paquete import LibroIlegible, Paquete

T = TypeVar("T")
Forma = Callable[[Ficha], T]
"""What is made of a `Ficha` where it was read, and then travels: `empaquetada` or `en_columnas`."""


class Tarea(NamedTuple):
    """A file to read: the folder, its path in it, and the hash of the content that is known already ("" for none)."""

    carpeta: str
    archivo: str
    conocido: str = ""


class Leida(NamedTuple):
    """What is kept of a file that was read: how many rows it gives, it in short, and the packed `Ficha`."""

    archivo: str
    sha256: str
    filas: int
    resumen: str
    ficha: bytes


class Columnas(NamedTuple):
    """The rows of a file that was read."""

    archivo: str
    columnas: PorColumnas


def empaquetada(ficha: Ficha) -> Leida:
    """A `Ficha` to be kept."""
    return Leida(ficha.archivo, ficha.sha256, ficha.filas, como_json(resumida(ficha)), ficha.empaquetada())


def en_columnas(ficha: Ficha) -> Columnas:
    """A `Ficha` of which only the rows are wanted."""
    return Columnas(ficha.archivo, por_columnas(ficha))


def leer(tarea: Tarea, forma: Forma[T]) -> T | None:
    """Read a file, whatever is in it: every failure is a `Ficha` that says what happened.

    None when the content is the one that was known.
    """
    try:
        paquete = Paquete(Path(tarea.carpeta, tarea.archivo))
        sha256 = hashlib.sha256(paquete.contenido).hexdigest()
        return None if sha256 == tarea.conocido else forma(leer_ficha(paquete, tarea.archivo, sha256))
    except LibroIlegible as error:
        return forma(no_leida(tarea.archivo, str(error)))
    except MemoryError:
        return forma(no_leida(tarea.archivo, "Es demasiado grande para la memoria de este equipo."))
    except Exception as error:
        que = f"{type(error).__name__}: {str(error).rstrip('.')}"
        return forma(no_leida(tarea.archivo, f"Ocurrió algo imprevisto al leerlo: {que}."))
