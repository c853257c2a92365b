"""CSV files as Excel and people write them: commas or semicolons, UTF-8 or the code page of Windows."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from zedxl.errores import ErrorExplicado, motivo_del_sistema

_DECODIFICACIONES = ("utf-8-sig", "cp1252")  # what Excel writes as "CSV UTF-8" and as "CSV"
_SEPARADORES = ",;"
_MAX_BYTES = 20 * 2**20


class CsvIlegible(ErrorExplicado):
    """A file that is no CSV; its text names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Renglon:
    """A row of a CSV file; ``linea`` is the line where it begins, from 1."""

    linea: int
    celdas: list[str]


def leer_renglones(ruta: Path) -> list[Renglon]:
    """The rows of a CSV file, empty ones included; raises `CsvIlegible`."""
    texto = _texto(ruta)
    lector = csv.reader(StringIO(texto, newline=""), delimiter=_separador(texto), strict=True)
    renglones, linea = [], 1
    try:
        for celdas in lector:
            renglones.append(Renglon(linea, celdas))
            linea = lector.line_num + 1
    except csv.Error as error:
        raise CsvIlegible(f"{ruta.name} no es un CSV que se entienda ({error}). Guárdelo de nuevo.") from error
    return renglones


def _separador(texto: str) -> str:
    """That of the first line, which has the titles."""
    primera = texto.partition("\n")[0]
    return max(_SEPARADORES, key=primera.count)


def _texto(ruta: Path) -> str:
    try:
        if ruta.stat().st_size > _MAX_BYTES:
            raise CsvIlegible(f"{ruta.name} pasa de 20 MB: es demasiado grande para ser una lista escrita a mano.")
        datos = ruta.read_bytes()
    except OSError as error:
        raise CsvIlegible(f"No se puede leer {ruta}: {motivo_del_sistema(error)}.") from error
    for decodificacion in _DECODIFICACIONES:
        try:
            return datos.decode(decodificacion).replace("\0", "")
        except UnicodeDecodeError:
            continue
    raise CsvIlegible(f"{ruta.name} no es un archivo de texto. Guárdelo en Excel como «CSV UTF-8».")
