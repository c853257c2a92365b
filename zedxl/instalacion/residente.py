"""The resident server: a Python that computes for Excel from logon on, so that Excel starts no process of its own.

Whether it runs is asked of the server itself, by its COM class: that can neither go stale, as a file with its process
number would, nor be taken for another program.
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from zedxl.errores import ErrorExplicado
from zedxl.excel import CLSID_RESIDENTE
from zedxl.instalacion.registro import INICIO, INICIO_APROBADO, Registro

VALOR = "zedxl"
_LINEA_MAS_LARGA = 260  # Windows starts no longer one at logon
_PACIENCIA = 30.0  # seconds for Python to start on a slow PC, or to end
_ESPERA = 0.1


class ResidenteNoDisponible(ErrorExplicado):
    """The resident server could not be set up; the text says why."""


def argumentos(interprete: Path) -> list[str]:
    """The command that serves: no bytecode is written, nothing is imported from the current folder or PYTHONPATH."""
    return [str(interprete), "-B", "-I", "-m", "zedxl.excel", CLSID_RESIDENTE]


def linea(interprete: Path) -> str:
    r"""The same, as it stands in the registry.

    >>> linea(Path("pythonw.exe"))
    '"pythonw.exe" -B -I -m zedxl.excel {6c2d3f0e-8f2b-5a55-9d0f-7c1f4b5e2a61}'
    """
    programa, *resto = argumentos(interprete)
    return " ".join([f'"{programa}"', *resto])


def inscribir(registro: Registro, interprete: Path) -> None:
    """Have it started at logon, also if somebody had switched that off in the Task Manager."""
    if len(linea(interprete)) > _LINEA_MAS_LARGA:
        raise ResidenteNoDisponible(
            f"La ruta de Python es demasiado larga para que Windows lo inicie con la sesión: {interprete}. Instale "
            "zedxl en una carpeta de nombre más corto."
        )
    registro.escribir(INICIO, VALOR, linea(interprete))
    registro.borrar_valor(INICIO_APROBADO, VALOR)


def borrar_inscripcion(registro: Registro) -> bool:
    """Whether it was started at logon; it no longer is."""
    registro.borrar_valor(INICIO_APROBADO, VALOR)
    return registro.borrar_valor(INICIO, VALOR)


def corriendo() -> int | None:
    """The process number of the server, None where none answers."""
    import pythoncom  # type: ignore[import-untyped,import-not-found,unused-ignore]
    from win32com.client.dynamic import Dispatch  # type: ignore[import-untyped,import-not-found,unused-ignore]

    pythoncom.CoInitialize()
    try:
        servidor = Dispatch(
            pythoncom.CoCreateInstance(CLSID_RESIDENTE, None, pythoncom.CLSCTX_LOCAL_SERVER, pythoncom.IID_IDispatch)
        )
        return int(servidor.Str(servidor.Call(servidor.Module("os"), "getpid")))
    except pythoncom.com_error:
        return None


def arrancar(interprete: Path) -> None:
    """Start it now, in the place of one that may be running, and wait until it answers."""
    from zedxl.instalacion.windows import iniciar_aparte

    detener()
    iniciar_aparte(argumentos(interprete))
    if not _esperar(vivo=True):
        raise ResidenteNoDisponible(
            "El servidor residente se inició, pero no responde. Puede haberlo impedido el antivirus: muestre este "
            "mensaje a soporte. Sin él, Excel inicia Python por su cuenta."
        )


def detener() -> bool:
    """Whether one was running; none is when this returns."""
    proceso = corriendo()
    if proceso is None:
        return False
    os.kill(proceso, signal.SIGTERM)
    if not _esperar(vivo=False):
        raise ResidenteNoDisponible("No se pudo detener el servidor residente. Cierre la sesión de Windows y repita.")
    return True


def _esperar(*, vivo: bool) -> bool:
    """Whether it lives, or no longer does, before patience ends."""
    limite = time.monotonic() + _PACIENCIA
    while (corriendo() is not None) is not vivo:
        if time.monotonic() > limite:
            return False
        time.sleep(_ESPERA)
    return True
