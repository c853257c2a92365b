"""Findings: what zedxl noticed in a book, where, and what to do about it (SPEC 5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Severidad(str, Enum):
    """How much a finding matters: with an error no report is written."""

    __hash__ = str.__hash__  # that of Enum is written in Python, and findings are counted by it

    ERROR = "error"
    ADVERTENCIA = "advertencia"
    NOTA = "nota"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Hallazgo:
    """One finding; ``regla`` is a stable identifier, the rest is Spanish for the planner.

    >>> print(Hallazgo(Severidad.ERROR, "valor-no-numerico", "Hoja1", "K7", "AEI.01.01", "«dos» no es un número.",
    ...                "Escriba la cifra."))
    Hoja1!K7 (AEI.01.01): «dos» no es un número. Escriba la cifra.
    """

    severidad: Severidad
    regla: str
    hoja: str
    celda: str
    codigo: str
    mensaje: str
    sugerencia: str

    @property
    def lugar(self) -> str:
        """Sheet, cell and code, as far as they are known."""
        celda = f"{self.hoja}!{self.celda}" if self.celda else self.hoja
        return f"{celda} ({self.codigo})" if celda and self.codigo else celda or self.codigo

    def __str__(self) -> str:
        return f"{self.lugar}: {self.mensaje} {self.sugerencia}".rstrip()


_GRAVEDAD = {severidad: lugar for lugar, severidad in enumerate(Severidad)}


def por_gravedad(hallazgos: Iterable[Hallazgo]) -> tuple[Hallazgo, ...]:
    """The same findings, errors first."""
    return tuple(sorted(hallazgos, key=lambda h: _GRAVEDAD[h.severidad]))


def hay_errores(hallazgos: Iterable[Hallazgo]) -> bool:
    """Whether some number cannot be trusted."""
    return any(h.severidad is Severidad.ERROR for h in hallazgos)
