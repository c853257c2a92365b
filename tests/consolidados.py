"""Folders of books of several institutions, to be consolidated."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd

from tests.ediciones import plan_chico
from tests.libros import RAIZ

TESTIGO = """
import os, re, sys, time

def al_abrir(suceso, argumentos):
    if suceso == "open" and isinstance(argumentos[0], str):
        if argumentos[0].endswith("mortal.xlsx"):
            os._exit(9)
        if argumentos[0].endswith("eterno.xlsx"):
            time.sleep(120)
        if argumentos[0].endswith("terco.xlsx"):
            re.match("(a+)+$", "a" * 60 + "b")

sys.addaudithook(al_abrir)
open(os.path.join(os.path.dirname(__file__), f"{os.getpid()}.pid"), "w").close()
if "--multiprocessing-fork" in sys.orig_argv:
    time.sleep(float(os.environ.get("TESTIGO_LENTO", 0)))
"""
"""What makes a Python die when it opens a certain file, not come back, or not even let its other threads run.

It leaves its process number beside it. Workers start as many seconds later as TESTIGO_LENTO says.
"""


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


def con_testigo(carpeta: Path) -> dict[str, str]:
    """The environment for a Python that has `TESTIGO` on its way, which is put into that folder; so have its workers."""
    carpeta.mkdir()
    (carpeta / "sitecustomize.py").write_text(TESTIGO)
    return {"PYTHONPATH": os.pathsep.join([str(carpeta), str(RAIZ)])}
