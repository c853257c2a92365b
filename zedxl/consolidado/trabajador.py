"""What a worker does: it reads what it is handed, and ends when its parent lets go of it or a file takes for ever.

The watch over a file is faulthandler's, which runs outside Python: it ends the process even while a library that never
comes back keeps everything else in it from running.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
import threading
import time
from collections.abc import Iterable
from typing import Protocol

from zedxl.consolidado.lectura import Forma, T, Tarea, leer


class Vida(Protocol):
    """The end of a pipe whose other end its parent holds, of whatever class it is on this system."""

    def recv_bytes(self) -> bytes:
        """Wait for what never comes; EOFError when the other end is closed."""


def prepararse(vida: Vida) -> None:
    """What comes first: Ctrl-C is for the parent to handle, and the worker's own life hangs on its parent's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_terminar_con, args=(vida,), daemon=True).start()
    gc.set_threshold(100_000)  # as in `zedxl.__main__`


def leer_tanda(tareas: Iterable[Tarea], forma: Forma[T], limite: float) -> list[T | None]:
    """Read these files (`leer`); the process ends when one takes longer than ``limite`` seconds, or a tenth more.

    That tenth is why the watch is not set anew for every small file, which would take a tenth of the time to read it.
    """
    leidas = []
    vence = 0.0
    with open(os.devnull, "w", encoding="utf-8") as nadie:  # noqa: PTH123  a device
        for tarea in tareas:
            if vence - time.monotonic() < limite:
                faulthandler.dump_traceback_later(limite * 1.1, exit=True, file=nadie)
                vence = time.monotonic() + limite * 1.1
            leidas.append(leer(tarea, forma))
        faulthandler.cancel_dump_traceback_later()
    return leidas


def _terminar_con(vida: Vida) -> None:
    """Wait until the other end is closed, then end this process, whatever it is doing."""
    try:
        vida.recv_bytes()
    except (EOFError, OSError):
        os._exit(1)
