"""One thing looked at in an installation: how it is, and the remedy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Estado(str, Enum):
    """How a thing is; with something MAL, zedxl does not work in Excel."""

    MAL = "mal"
    AVISO = "aviso"
    BIEN = "bien"


@dataclass(frozen=True, slots=True)
class Chequeo:
    """What was looked at, and in Spanish how it is and what to do; ``remedio`` is empty when all is well.

    >>> print(Chequeo("Excel", Estado.MAL, "No se encuentra Excel.", "Instálelo."))
    [MAL] Excel: No se encuentra Excel. Instálelo.
    """

    asunto: str
    estado: Estado
    explicacion: str
    remedio: str = ""

    def __str__(self) -> str:
        return f"[{self.estado.value.upper()}] {self.asunto}: {self.explicacion} {self.remedio}".rstrip()
