"""Steps that change a PC: each says what it did, and one that fails does not keep the others from being tried."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from zedxl.errores import ErrorExplicado, motivo_del_sistema


@dataclass(frozen=True, slots=True)
class Paso:
    """``hacer`` says in Spanish what it did, and raises OSError or `ErrorExplicado`; ``remedio`` is for the former."""

    asunto: str
    hacer: Callable[[], str]
    remedio: str


@dataclass(frozen=True, slots=True)
class Hecho:
    """What became of a step, in Spanish."""

    asunto: str
    logrado: bool
    texto: str

    def __str__(self) -> str:
        return f"{self.asunto}: {self.texto}"


def realizar(pasos: Iterable[Paso]) -> Iterator[Hecho]:
    """Take the steps one by one."""
    for paso in pasos:
        try:
            yield Hecho(paso.asunto, True, paso.hacer())
        except ErrorExplicado as error:
            yield Hecho(paso.asunto, False, str(error))
        except OSError as error:
            donde = f" {error.filename}" if error.filename else ""
            yield Hecho(paso.asunto, False, f"no se pudo{donde}: {motivo_del_sistema(error)}. {paso.remedio}")
