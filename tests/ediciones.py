"""Books that tests edit: small ones, carried forward from file to file as commands would."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl

from tests.libros import aei, escribir_libro
from zedxl.edicion.archivo import aplicar
from zedxl.edicion.cambio import Edicion, Firma
from zedxl.libro.lectura import Libro, leer_libro
from zedxl.periodo import Periodo

I_2025, II_2025 = Periodo(2025, 1), Periodo(2025, 2)
AHORA = datetime(2026, 1, 15, 10, 20, 30)
ANA = Firma("Ana Quispe", AHORA)

TITULOS = ("Código", "Denominación", "Indicador", "Unidad", "Sentido", "Agregación", "Frecuencia", "Meta 2025",
           "Valor 2025-I", "Valor 2025-II", "Unidad responsable")  # fmt: skip
"""Those of `tests.libros.aei`, and whose row it is."""


def fila(codigo: str, meta: Any, primero: Any = None, segundo: Any = None, unidad: str = "Logística") -> list[Any]:
    """A row under `TITULOS`."""
    return [*aei(codigo, meta, primero, segundo), unidad]


def plan_chico(ruta: Path, **hojas: Any) -> Path:
    """Two objectives with three actions of two units, reported in 2025-I."""
    filas = [
        TITULOS,
        fila("OEI.01", 10, 5, unidad=""),
        fila("AEI.01.01", 4, 2),
        fila("AEI.01.02", 8, 8, unidad="Promoción"),
        fila("OEI.02", 10, 5, unidad=""),
        fila("AEI.02.01", 5, 1, unidad="Promoción"),
    ]
    return escribir_libro(ruta, {"Seguimiento": filas, **hojas})


def aplicada(libro: Libro, edicion: Edicion) -> Libro:
    """The book with an edit carried out in its file, read again."""
    libro.paquete.ruta.write_bytes(aplicar(libro.paquete, edicion))
    return leer_libro(libro.paquete.ruta)


def escrito(ruta: Path, **celdas: Any) -> Path:
    """The book after somebody typed into cells of sheet Seguimiento and saved it: ``escrito(ruta, J3=2)``."""
    libro = openpyxl.load_workbook(ruta)
    for celda, valor in celdas.items():
        libro["Seguimiento"][celda] = valor
    libro.save(ruta)
    return ruta
