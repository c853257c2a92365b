"""How fast a cell reaches Python, against the VBA that xlwings generates, in the same run.

Both call the same functions through the same COM server; what Excel's own VBA takes besides is not in these times. They
are wine's: compare them with each other only. What Python asks back of Excel (a wrapper's ranges) costs more there than on
Windows, so the last line leaves that out.
"""

from __future__ import annotations

import sys

assert sys.platform == "win32"

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from pyopenvba.interpreter import VBAArray

from tests.libros import LIBRO_ZED_ILO
from tests.windows.dll import activar, olvidar_servidores_muertos
from tests.windows.envoltura_xlwings import EnvolturaDeXlwings
from tests.windows.excel_falso import Libro, Rango
from tests.windows.excel_vivo import PYTHONW, Servidor
from udfs import FUNCIONES

MODULO, FUNCION = "udfs.excel", "AVANCE_AEI"
ORDEN = f'"{PYTHONW}" -B -I -m zedxl.excel $(CLSID)'
FILAS = 1000
META, VALOR = [[4.0] for _ in range(FILAS)], [[float(n)] for n in range(FILAS)]


def main() -> None:
    """Measure everything and print a line each."""
    nuestro, envoltura = Nuestro(), EnvolturaDeXlwings(PYTHONW.with_name("python.exe"), Libro(LIBRO_ZED_ILO))
    uno, otro = Rango(Libro(LIBRO_ZED_ILO).hojas[0], [[4.0]]), Rango(Libro(LIBRO_ZED_ILO).hojas[0], [[2.0]])
    metas, valores = (Rango(Libro(LIBRO_ZED_ILO).hojas[0], filas) for filas in (META, VALOR))

    def suyo(*argumentos: Any) -> Callable[[], object]:
        return lambda: envoltura.llamar(MODULO, FUNCION, *argumentos)

    _informar("start and first call", _inicio(nuestro.llamada(4.0, 2.0)), _inicio(suyo(4.0, 2.0)))
    escalar, constantes, celdas = _mejores(nuestro.llamada(4.0, 2.0), suyo(4.0, 2.0), suyo(uno, otro))
    _informar("one call, constants", escalar, constantes, 0.5)
    _informar("one call, two cells", escalar, celdas, 0.5)
    columna, suya = _mejores(nuestro.llamada(META, VALOR), suyo(metas, valores), veces=20)
    _informar(f"one call, {FILAS:,} rows", columna, suya)
    juicio = "within" if columna <= 30 * escalar else "OVER"
    print(f"{FILAS:,} rows in one call cost {columna / escalar:.1f} calls of one cell ({juicio} 30)")
    llamadas = llamadas_del_libro(LIBRO_ZED_ILO)
    _informar(f"the {llamadas} calls of the shipped book", llamadas * escalar, llamadas * constantes)


class Nuestro:
    """What zedxl's bridge does in a cell once the values are taken out of the ranges: it keeps the server."""

    def __init__(self) -> None:
        self._servidor: Servidor | None = None

    def llamada(self, *argumentos: Any) -> Callable[[], object]:
        """A call of the function, ready to be timed."""
        dados = VBAArray([(0, len(argumentos) - 1)], items=list(argumentos))

        def llamar() -> object:
            if self._servidor is None:
                self._servidor = Servidor(activar(ORDEN))
            return self._servidor.vba_get("CallUDF", [MODULO, FUNCION, dados])

        return llamar


def llamadas_del_libro(libro: Path) -> int:
    """How often formulas of a workbook call a function of zedxl."""
    llamada = re.compile(rb"\b(?:%s)\(" % "|".join(FUNCIONES).encode())
    with ZipFile(libro) as partes:
        hojas = [partes.read(nombre) for nombre in partes.namelist() if nombre.startswith("xl/worksheets/sheet")]
    return sum(len(llamada.findall(f)) for hoja in hojas for f in re.findall(rb"<f\b[^>]*>[^<]*</f>", hoja))


def _inicio(llamar: Callable[[], object]) -> float:
    empieza = time.perf_counter()
    llamar()
    return time.perf_counter() - empieza


def _mejores(*tareas: Callable[[], object], veces: int = 200) -> list[float]:
    """The best time of each, taken in turns so that a busy moment of the machine hits all."""
    medidos: list[list[float]] = [[] for _ in tareas]
    for _ in range(veces):
        for tarea, tiempos in zip(tareas, medidos, strict=True):
            empieza = time.perf_counter()
            tarea()
            tiempos.append(time.perf_counter() - empieza)
    return [min(tiempos) for tiempos in medidos]


def _informar(que: str, nuestro: float, suyo: float, limite: float | None = None) -> None:
    razon = nuestro / suyo
    juicio = "" if limite is None else f"  ({'within' if razon <= limite else 'OVER'} {limite})"
    print(f"{que:36} {nuestro * 1000:9.2f} ms   xlwings' wrapper {suyo * 1000:9.2f} ms   ratio {razon:5.2f}{juicio}")


if __name__ == "__main__":
    olvidar_servidores_muertos()
    main()
