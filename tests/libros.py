"""Small workbooks for tests, written by openpyxl: another hand than the one that reads them."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

RAIZ = Path(__file__).resolve().parents[1]
FUENTES = RAIZ / "workbook" / "fuentes"
FUENTES_EJEMPLO = RAIZ / "workbook" / "ejemplo"
LIBRO_EJEMPLO = RAIZ / "workbook" / "Seguimiento_PEI_EJEMPLO_2025-2027.xlsm"
LIBRO_ZED_ILO = RAIZ / "workbook" / "Seguimiento_PEI_ZED_ILO_2024-2026.xlsm"

TITULOS = ("Código", "Denominación", "Indicador", "Unidad", "Sentido", "Agregación", "Frecuencia", "Meta 2025",
           "Valor 2025-I", "Valor 2025-II")  # fmt: skip

Filas = Sequence[Sequence[Any]]


def aei(codigo: str, meta: Any, primero: Any = None, segundo: Any = None, **cambios: str) -> list[Any]:
    """A row under `TITULOS`."""
    fila = {"sentido": "Ascendente", "agregacion": "No acumulado", "frecuencia": "Semestral", **cambios}
    return [codigo, f"Acción {codigo}", f"Número de cosas de {codigo}", "Cosas", fila["sentido"], fila["agregacion"],
            fila["frecuencia"], meta, primero, segundo]  # fmt: skip


def escribir_libro(ruta: Path, hojas: Mapping[str, Filas], formatos: Mapping[str, str] | None = None) -> Path:
    """A workbook with these sheets of rows; ``formatos`` gives number formats by cell ("Hoja!B2")."""
    libro = openpyxl.Workbook()
    libro.remove(libro.active)
    for nombre, filas in hojas.items():
        hoja = libro.create_sheet(nombre)
        for fila in filas:
            hoja.append(list(fila))
    for lugar, formato in (formatos or {}).items():
        nombre, _, celda = lugar.partition("!")
        libro[nombre][celda].number_format = formato
    libro.save(ruta)
    return ruta


def cambiar_parte(origen: Path, destino: Path, parte: str, cambio: Callable[[bytes], bytes]) -> Path:
    """A copy of a workbook in which one part of the package is changed."""
    shutil.copy(origen, destino)
    with zipfile.ZipFile(origen) as original, zipfile.ZipFile(destino, "w", zipfile.ZIP_DEFLATED) as copia:
        for nombre in original.namelist():
            datos = original.read(nombre)
            copia.writestr(nombre, cambio(datos) if nombre == parte else datos)
    return destino
