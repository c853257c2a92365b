"""How zedxl looks: the colours that book, report and terminal share (RGB, hexadecimal)."""

from __future__ import annotations

from zedxl.vocabulario import Semaforo

AZUL = "1F4E79"
AZUL_CLARO = "DDEBF7"
CELESTE = "9DC3E6"
CELDA_DE_ENTRADA = "FFF9E5"
GRIS = "7F7F7F"
GRIS_CLARO = "D9D9D9"

SEMAFORO = {
    Semaforo.VERDE: "2E7D32",
    Semaforo.AMBAR: "F2A900",
    Semaforo.ROJO: "C62828",
    Semaforo.ND: "A6A6A6",
}
"""Strong colours, for bars and dots."""

FONDO_SEMAFORO = {
    Semaforo.VERDE: "C8E6C9",
    Semaforo.AMBAR: "FFE8A3",
    Semaforo.ROJO: "F5C2C0",
    Semaforo.ND: "E7E6E6",
}
"""Pale colours, behind black text."""


def degradado(n: int, cuantos: int) -> str:
    """The colour of the n-th of several moments, from 0: pale for the oldest, `AZUL` for the last.

    >>> degradado(2, 3) == AZUL, degradado(0, 1) == AZUL
    (True, True)
    """
    parte = (n + 1) / cuantos
    return "".join(
        f"{round(int(claro, 16) + (int(oscuro, 16) - int(claro, 16)) * parte):02X}"
        for claro, oscuro in ((AZUL_CLARO[i : i + 2], AZUL[i : i + 2]) for i in (0, 2, 4))
    )
