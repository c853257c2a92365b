"""Reading many files on all the cores of this computer.

Workers are started afresh (spawn), as Windows does everywhere. They end by themselves the moment this process lets
go of them: when it is interrupted, when it fails, even when it is killed. A book that brings its worker down is
found, named and left behind.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import Connection

from zedxl.consolidado.ficha import no_leida
from zedxl.consolidado.lectura import Leida, Tarea, empaquetar, leer
from zedxl.errores import ErrorExplicado

_POCOS = 8
"""So few files are read here: starting the workers would take longer."""
_TANDA = 8
"""Files that a worker is given at a time."""
_MAXIMO = 61
"""As many workers as Windows lets one process wait for."""
_EN_ESPERA = 3
"""Tandas that are on their way for each worker: none waits for work, and little is in memory."""

Tandas = deque[Sequence[Tarea]]


class SinProcesos(ErrorExplicado):
    """No worker can be started."""


def leer_en_nucleos(tareas: Sequence[Tarea], nucleos: int | None = None) -> Generator[Leida, None, None]:
    """Read these files with so many workers (all the cores when None), and hand out each as it is done.

    Leaving the iterator before its end, by an exception too, ends the workers at once. Raises `SinProcesos`.
    """
    cuantos = min(nucleos or _nucleos_de_este_equipo(), _MAXIMO)
    if cuantos == 1 or len(tareas) <= _POCOS:
        yield from map(leer, tareas)
        return
    tandas: Tandas = deque(tareas[n : n + _TANDA] for n in range(0, len(tareas), _TANDA))
    while tandas:
        perdidas = yield from _leer_hasta_una_caida(tandas, cuantos, cuantos * _EN_ESPERA)
        sospechosas: Tandas = deque([tarea] for tanda in perdidas for tarea in tanda)
        while sospechosas:  # one at a time: whoever is being read when it falls is to blame
            for tanda in (yield from _leer_hasta_una_caida(sospechosas, 1, 1)):
                yield from map(_que_hizo_caer, tanda)


def _leer_hasta_una_caida(
    tandas: Tandas, nucleos: int, a_la_vez: int
) -> Generator[Leida, None, Sequence[Sequence[Tarea]]]:
    """Read from the head of ``tandas`` until they are done or a worker falls; what was being read when it fell."""
    contexto = multiprocessing.get_context("spawn")
    vida, mando = contexto.Pipe(duplex=False)
    ejecutor = ProcessPoolExecutor(nucleos, contexto, _prepararse, (vida,))
    en_curso: dict[Future[list[Leida]], Sequence[Tarea]] = {}
    primera: Future[int] | None = None
    try:
        with _sin_interrupciones():
            primera = ejecutor.submit(os.getpid)
        while tandas or en_curso:
            while tandas and len(en_curso) < a_la_vez:
                with _sin_interrupciones():
                    futuro = ejecutor.submit(_leer_tanda, tandas[0])
                en_curso[futuro] = tandas.popleft()
            for futuro in wait(en_curso, return_when=FIRST_COMPLETED).done:
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
        ejecutor.shutdown(cancel_futures=True)
        vida.close()
    return list(en_curso.values())


def _nucleos_de_este_equipo() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _leer_tanda(tareas: Iterable[Tarea]) -> list[Leida]:
    return [leer(tarea) for tarea in tareas]


def _prepararse(vida: Connection) -> None:
    """What a worker does first: Ctrl-C is for its parent to handle, and its own life hangs on its parent's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_terminar_con, args=(vida,), daemon=True).start()
    gc.set_threshold(100_000)  # as in `zedxl.__main__`


def _terminar_con(vida: Connection) -> None:
    """Wait until the other end is closed, then end this process, whatever it is doing."""
    try:
        vida.recv_bytes()
    except (EOFError, OSError):
        os._exit(1)


@contextmanager
def _sin_interrupciones() -> Iterator[None]:
    """Hold Ctrl-C back while a worker may be started, which would be born without knowing what to do with it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    antes = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, antes)


def _que_hizo_caer(tarea: Tarea) -> Leida:
    return empaquetar(
        no_leida(
            tarea.archivo,
            "El proceso que lo leía terminó de golpe: no alcanza la memoria, o el archivo está dañado. Ábralo en "
            "Excel, quite lo que no sea del seguimiento y guárdelo.",
        )
    )
