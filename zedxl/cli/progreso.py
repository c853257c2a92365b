"""What takes over a second says on the terminal what it is doing."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.status import Status

T = TypeVar("T")

_PACIENCIA = 1.0  # seconds


@contextmanager
def haciendo(paso: str) -> Iterator[None]:
    """Show ``paso`` with a moving mark while the block runs, if it runs long and a person is watching."""
    if not sys.stderr.isatty():
        yield
        return
    aviso = _Aviso(paso)
    reloj = threading.Timer(_PACIENCIA, aviso.mostrar)
    reloj.daemon = True
    reloj.start()
    try:
        yield
    finally:
        reloj.cancel()
        aviso.retirar()


def uno_por_uno(cosas: Sequence[T], paso: str) -> Iterator[T]:
    """Hand out things one after the other, with a bar that shows how many are done, if a person is watching."""
    return a_medida_que_llegan(cosas, len(cosas), paso)


def a_medida_que_llegan(cosas: Iterable[T], cuantas: int, paso: str) -> Iterator[T]:
    """The same of things that arrive one by one, and of which it is known how many will."""
    if cuantas < 2 or not sys.stderr.isatty():
        yield from cosas
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(cosas, paso, cuantas, console=Console(stderr=True), transient=True)


class _Aviso:
    """A mark that may be asked to go before it has come."""

    def __init__(self, paso: str) -> None:
        self._paso = paso
        self._marca: Status | None = None
        self._retirado = False
        self._turno = threading.Lock()

    def mostrar(self) -> None:
        from rich.console import Console
        from rich.status import Status

        with self._turno:
            if not self._retirado:
                self._marca = Status(self._paso, console=Console(stderr=True))
                self._marca.start()

    def retirar(self) -> None:
        with self._turno:
            self._retirado = True
            if self._marca is not None:
                self._marca.stop()
