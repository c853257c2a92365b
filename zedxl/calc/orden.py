"""Running the ``zedxl`` that is installed on this computer, from LibreOffice's Python.

The report needs libraries that LibreOffice does not bring, so it is another process that reads the book.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from zedxl.errores import ErrorExplicado, motivo_del_sistema

INTERPRETE = Path(__file__).with_name("interprete.txt")
"""Written by the installer: the Python in which zedxl is installed."""

_SEGUNDOS = 180
_SIN_VENTANA = 0x0800_0000  # CREATE_NO_WINDOW
_AJENAS = ("PYTHONHOME", "PYTHONPATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""Variables that LibreOffice sets for its own Python and that would mislead another one."""


class SinZedxl(ErrorExplicado):
    """There is no zedxl to run."""

    def __init__(self) -> None:
        super().__init__(
            "No se encuentra zedxl en este equipo: la extensión calcula en las celdas, pero el resumen y el informe "
            "los hace el programa. Instale Python 3.11 o posterior (python.org) y luego, en la carpeta de zedxl, "
            "ejecute «py -m pip install --user .» («python3 -m pip install --user .» fuera de Windows) y "
            "«zedxl instalar --calc»."
        )


class OrdenFallida(ErrorExplicado):
    """The command could not do its work; the text is what it said."""


@dataclass(frozen=True, slots=True)
class Salida:
    """What a command wrote: its result, and what it warned about."""

    texto: str
    avisos: str


def ejecutar(argumentos: Sequence[str]) -> Salida:
    """Run ``zedxl`` with these arguments; `SinZedxl` or `OrdenFallida` when nothing came of it."""
    try:
        hijo = subprocess.run(
            [*programa(), *argumentos],
            env=_entorno(os.environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SEGUNDOS,
            check=False,
            creationflags=_SIN_VENTANA if sys.platform == "win32" else 0,
        )
    except subprocess.TimeoutExpired as error:
        raise OrdenFallida(
            f"zedxl no terminó en {_SEGUNDOS} segundos. Cierre otros programas e intente de nuevo."
        ) from error
    except OSError as error:
        raise OrdenFallida(f"No se pudo iniciar zedxl: {motivo_del_sistema(error)}. Instálelo de nuevo.") from error
    salida = Salida(hijo.stdout.decode(errors="replace").strip(), hijo.stderr.decode(errors="replace").strip())
    if not salida.texto:
        raise OrdenFallida(salida.avisos or f"zedxl terminó con el código {hijo.returncode} sin decir por qué.")
    return salida


def programa(interprete: Path = INTERPRETE) -> list[str]:
    """How zedxl is started: the Python that the installer wrote down, or else the command in the PATH."""
    if interprete.is_file():
        python = Path(interprete.read_text(encoding="utf-8"))
        if python.is_file():
            return [str(python), "-P", "-m", "zedxl"]
    orden = shutil.which("zedxl")
    if orden is None:
        raise SinZedxl
    return [orden]


def _entorno(heredado: Mapping[str, str]) -> dict[str, str]:
    return {nombre: valor for nombre, valor in heredado.items() if nombre not in _AJENAS}
