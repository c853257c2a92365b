"""Folders of books of several institutions, to be consolidated."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd

from tests.ediciones import plan_chico


def libro_de(ruta: Path, entidad: str = "", pei: str = "2024-2026", **hojas: Any) -> Path:
    """A small plan of an institution, reported in 2025-I: OEI.01 scores 75, OEI.02 20, the plan 56.67."""
    ruta.parent.mkdir(parents=True, exist_ok=True)
    parametros = [("Parámetro", "Valor", "Qué significa"), ("Entidad", entidad), ("PEI", pei)]
    return plan_chico(ruta, Parámetros=parametros, **hojas)


def muchos(carpeta: Path, cuantos: int) -> Path:
    """A folder with so many books, all alike but for the name of their file."""
    contenido = libro_de(carpeta / "Libro 000.xlsx", "Municipalidad").read_bytes()
    for n in range(1, cuantos):
        (carpeta / f"Libro {n:03d}.xlsx").write_bytes(contenido)
    return carpeta


def hoja(libro: Path, nombre: str = "Consolidado") -> pd.DataFrame:
    """A sheet of the workbook that was written, under its titles, read by openpyxl."""
    filas = list(openpyxl.load_workbook(libro)[nombre].iter_rows(values_only=True))
    return pd.DataFrame(filas[1:], columns=filas[0])
