"""How zedxl looks: the colours that book, report and terminal share (RGB, hexadecimal)."""

from __future__ import annotations

from zedxl.vocabulario import Semaforo

AZUL = "1F4E79"
AZUL_CLARO = "DDEBF7"
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
