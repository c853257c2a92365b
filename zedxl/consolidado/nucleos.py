"""Reading many files on all the cores of this computer.

Workers are started afresh (spawn), as Windows does everywhere. They end by themselves the moment this process lets
go of them: when it is interrupted, when it fails, even when it is killed. A book that brings its worker down, or that
takes longer than `LIMITE`, is found, named and left behind.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import NamedTuple

from zedxl.consolidado.ficha import no_leida
from zedxl.consolidado.lectura import Forma, T, Tarea, leer
from zedxl.consolidado.trabajador import leer_tanda, prepararse
from zedxl.errores import ErrorExplicado

LIMITE = 600.0
"""Seconds that a worker may take for one file: a book of 9,800 AEI takes three, a slow network perhaps minutes."""
_POCOS = 8
"""So few files are read here: starting the workers would take longer."""
_TANDA = 8
"""Files that a worker is given at a time."""
_MAXIMO = 61
"""As many workers as Windows lets one process wait for."""
_EN_ESPERA = 3
"""Tandas that are on their way for each worker: none waits for work, and little is in memory."""
_PULSO = 0.5
"""Seconds after which a wait begins anew: on Windows Ctrl-C is only heard between one and the next."""

Tandas = deque[Sequence[Tarea]]


class SinProcesos(ErrorExplicado):
    """No worker can be started."""


class _Entregada(NamedTuple):
    """A tanda that was handed out, and when (`time.monotonic`)."""

    tareas: Sequence[Tarea]
    desde: float


def leer_en_nucleos(
    tareas: Sequence[Tarea], forma: Forma[T], nucleos: int | None = None, limite: float = LIMITE
) -> Generator[T | None, None, None]:
    """Read these files (`leer`) with so many workers, all the cores when None, and hand out each as it is done.

    A file that takes a worker longer than ``limite`` seconds is given up. With ``nucleos=1``, and when there are only a
    few files, they are read here and without any limit. Leaving the iterator before its end, by an exception too, ends
    the workers at once. Raises `SinProcesos`.
    """
    if nucleos == 1 or len(tareas) <= _POCOS:
        yield from (leer(tarea, forma) for tarea in tareas)
        return
    cuantos = min(nucleos or _nucleos_de_este_equipo(), _MAXIMO)
    tandas: Tandas = deque(tareas[n : n + _TANDA] for n in range(0, len(tareas), _TANDA))
    while tandas:
        perdidas = yield from _leer_hasta_una_caida(tandas, forma, cuantos, cuantos * _EN_ESPERA, limite)
        sospechosas: Tandas = deque([tarea] for perdida in perdidas for tarea in perdida.tareas)
        while sospechosas:  # one at a time: whoever is being read when it falls is to blame
            for culpable in (yield from _leer_hasta_una_caida(sospechosas, forma, 1, 1, limite)):
                motivo = _tardo(limite) if time.monotonic() - culpable.desde >= limite else _CAYO
                yield from (forma(no_leida(tarea.archivo, motivo)) for tarea in culpable.tareas)


def _leer_hasta_una_caida(
    tandas: Tandas, forma: Forma[T], nucleos: int, a_la_vez: int, limite: float
) -> Generator[T | None, None, Sequence[_Entregada]]:
    """Read from the head of ``tandas`` until they are done or a worker falls; what was being read when it fell."""
    contexto = multiprocessing.get_context("spawn")
    vida, mando = contexto.Pipe(duplex=False)
    ejecutor = ProcessPoolExecutor(nucleos, contexto, prepararse, (vida,))
    en_curso: dict[Future[list[T | None]], _Entregada] = {}
    primera: Future[int] | None = None
    try:
        with _sin_interrupciones():
            primera = ejecutor.submit(os.getpid)
        while tandas or en_curso:
            while tandas and len(en_curso) < a_la_vez:
                with _sin_interrupciones():
                    futuro = ejecutor.submit(leer_tanda, tandas[0], forma, limite)
                en_curso[futuro] = _Entregada(tandas.popleft(), time.monotonic())
            for futuro in wait(en_curso, _PULSO, FIRST_COMPLETED).done:
                yield from futuro.result()
                del en_curso[futuro]
        ejecutor.shutdown()
    except BrokenProcessPool:
        if primera is None or not primera.done() or primera.exception():
            raise SinProcesos(
                "No se pueden iniciar los procesos que leen los libros. En un programa propio, llame a consolidar "
                'debajo de if __name__ == "__main__":, o con nucleos=1.'
            ) from None
    finally:
        mando.close()
        _terminar(ejecutor)
        ejecutor.shutdown(cancel_futures=True)
        vida.close()
    return list(en_curso.values())


def _terminar(ejecutor: ProcessPoolExecutor) -> None:
    """End the workers that are left, whatever they are doing: one may not even notice that it was let go of."""
    for proceso in list((ejecutor._processes or {}).values()):  # kill_workers() from Python 3.14 on
        proceso.kill()


def _nucleos_de_este_equipo() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _sin_interrupciones() -> Iterator[None]:
    """Hold Ctrl-C back while a worker may be started, which would be born without knowing what to do with it."""
    if sys.platform == "win32":
        import ctypes

        consola = ctypes.windll.kernel32
        consola.SetConsoleCtrlHandler(None, True)  # not heard here, nor by who is born now
        try:
            yield
        finally:
            consola.SetConsoleCtrlHandler(None, False)
        return
    antes = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, antes)


_CAYO = (
    "El proceso que lo leía terminó de golpe: no alcanza la memoria, o el archivo está dañado. Ábralo en Excel, quite "
    "lo que no sea del seguimiento y guárdelo."
)


def _tardo(limite: float) -> str:
    return (
        f"Se dejó de leer porque tomaba más de {limite / 60:.3g} minutos. Si está en la red o en la nube, cópielo a "
        "este equipo; si no, ábralo en Excel, quite lo que no sea del seguimiento y guárdelo. Al repetir la orden se "
        "intentará de nuevo."
    )
