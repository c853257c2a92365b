"""What the entries of the menu do with a copy of the open book, and what they answer."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from zedxl.calc.orden import ejecutar
from zedxl.errores import explicacion
from zedxl.resumen import en_breve

_ESCRITO = "Se escribió "  # how the command begins the line that names the report
_PLANTILLA = "plantilla_informe.docx"


class LibroAbierto(Protocol):
    """A book open in Calc."""

    @property
    def carpeta(self) -> Path:
        """The folder it is in; an `ErrorExplicado` when it has none."""

    def copia(self) -> AbstractContextManager[Path]:
        """A file with the book as it is now, unsaved edits included; it is gone when the block ends."""


@dataclass(frozen=True, slots=True)
class Respuesta:
    """What is shown when an entry has done its work: a text, a document to open, or both."""

    texto: str = ""
    documento: Path | None = None
    aviso: bool = False


def responder(accion: str, libro: LibroAbierto) -> Respuesta:
    """Do what an entry of the menu is for; whatever goes wrong becomes a Spanish answer."""
    try:
        return ACCIONES[accion](libro)
    except Exception as error:
        return Respuesta(explicacion(error), aviso=True)


def generar_informe(libro: LibroAbierto) -> Respuesta:
    """Write the report beside the book and open it."""
    carpeta = libro.carpeta
    with libro.copia() as copia:
        if (carpeta / _PLANTILLA).is_file():
            shutil.copy(carpeta / _PLANTILLA, copia.with_name(_PLANTILLA))
        salida = ejecutar(["informe", str(copia), "--salida", str(carpeta)])
    escritos = [linea.removeprefix(_ESCRITO) for linea in salida.texto.splitlines() if linea.startswith(_ESCRITO)]
    return Respuesta(_por_revisar(salida.avisos), Path(escritos[0]), aviso=bool(salida.avisos))


def mostrar_resumen(libro: LibroAbierto) -> Respuesta:
    """The scores of the plan and of its OEI, and the critical AEI."""
    with libro.copia() as copia:
        salida = ejecutar(["resumen", str(copia), "--json"])
    partes = filter(None, (en_breve(json.loads(salida.texto)), _por_revisar(salida.avisos)))
    return Respuesta("\n\n".join(partes), aviso=bool(salida.avisos))


ACCIONES: dict[str, Callable[[LibroAbierto], Respuesta]] = {"informe": generar_informe, "resumen": mostrar_resumen}
"""What each entry of `zedxl.calc.partes.ENTRADAS_DEL_MENU` does."""


def _por_revisar(avisos: str) -> str:
    return f"Conviene revisar:\n{avisos}" if avisos else ""
