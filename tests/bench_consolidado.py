"""How fast many books become one table, and how much memory that takes: ``make bench``.

The known tool is ``pandas.read_excel`` with its default engine, one book after the other, as notebooks do it; it reads
before and after zedxl does, because a machine is not always as fast. It only reads the cells; zedxl reads, checks and
evaluates every period. Nothing here fails.

Each worker imports this module, as it does the program of whoever calls consolidar; it imports little for that.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
import warnings
from collections.abc import Sequence
from pathlib import Path

LIBROS = 2_500
POCOS = 500
MUESTRA = 250
"""Books that pandas reads; all of them would take it a minute."""
RAZON = 5
OEI, AEI = 5, 8
"""5 OEI with 8 AEI each: 40 AEI."""


def main() -> None:
    """Measure everything and print a line each."""
    with tempfile.TemporaryDirectory() as temporal:
        carpeta = Path(temporal)
        libros = _libros(carpeta / "libros", LIBROS, 1)
        print(f"{LIBROS:,} books of {OEI * AEI} AEI on {os.cpu_count()} cores; pandas reads {MUESTRA} of them, on one")
        muestra = libros[:: LIBROS // MUESTRA]
        antes = _pandas(muestra)
        segundos = _tabla(carpeta / "libros")
        entre = _pandas(muestra)
        _comparar("consolidar(), a DataFrame", LIBROS / segundos, antes, entre)
        segundos, memoria = _orden(carpeta / "libros", carpeta / "muchos.xlsx")
        _comparar("zedxl consolidar, a workbook", LIBROS / segundos, entre, _pandas(muestra))
        _libros(carpeta / "pocos", POCOS, 1)
        _, menos = _orden(carpeta / "pocos", carpeta / "pocos.xlsx")
        for que, con_pocos, con_muchos in zip(("parent", "worker"), menos, memoria, strict=True):
            print(
                f"peak memory of a {que:7} {POCOS:,} books {con_pocos:4.0f} MB, {LIBROS:,} books {con_muchos:4.0f} MB"
            )
        segundos, _ = _orden(carpeta / "libros", carpeta / "muchos.xlsx")
        print(f"{'again, with nothing changed':32} {LIBROS / segundos:6.0f} books/s")
        muestra = _libros(carpeta / "historia", POCOS, 3)[:MUESTRA]
        antes = _pandas(muestra)
        segundos = _tabla(carpeta / "historia")
        _comparar(f"{POCOS} with 3 semesters", POCOS / segundos, antes, _pandas(muestra))


def _libros(carpeta: Path, cuantos: int, semestres: int) -> list[Path]:
    return [libro_de_entidad(carpeta / f"{n // 100:02d}", n, semestres) for n in range(cuantos)]


def libro_de_entidad(carpeta: Path, numero: int, semestres: int) -> Path:
    """The book of one institution, with so many semesters reported, as Excel writes it (shared strings)."""
    import xlsxwriter

    from tests.bench import TITULOS

    carpeta.mkdir(parents=True, exist_ok=True)
    ruta = carpeta / f"Entidad {numero:04d}.xlsx"
    libro = xlsxwriter.Workbook(str(ruta))
    hoja = libro.add_worksheet("Seguimiento")
    hoja.write_row(0, 0, TITULOS)
    filas = [(o, a) for o in range(1, OEI + 1) for a in range(AEI + 1)]  # 0: the OEI itself
    for fila, (o, a) in enumerate(filas, 1):
        n = numero + fila
        codigo, cosa = (f"AEI.{o:02d}.{a:02d}", "Acción estratégica") if a else (f"OEI.{o:02d}", "Objetivo estratégico")
        hoja.write_row(fila, 0, [codigo, f"{cosa} número {n}", "Alta", f"Unidad {n % 9}", f"IND.{o:02d}.{a:02d}.01",
                                 f"Número de acciones de tipo {n}", "Acciones", "Ascendente", "No acumulado", "Semestral",
                                 "Relevante", 1 + n % 3 if a else None, n % 7, 2022, None, None, 10, 12, 14,
                                 *(n % modulo for modulo in (9, 11, 13)[:semestres])])  # fmt: skip
    parametros = [("Parámetro", "Valor", "Qué significa"), ("Entidad", f"Municipalidad {numero}"), ("PEI", "2024-2026")]
    otra = libro.add_worksheet("Parámetros")
    for fila, valores in enumerate(parametros):
        otra.write_row(fila, 0, valores)
    libro.close()
    return ruta


def _pandas(libros: Sequence[Path]) -> float:
    """Books per second."""
    import pandas as pd

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pandas announces another default engine
        pd.read_excel(libros[0])  # what it imports does not count
        empieza = time.perf_counter()
        for libro in libros:
            pd.read_excel(libro)
    return len(libros) / (time.perf_counter() - empieza)


def _tabla(carpeta: Path) -> float:
    """Seconds, the start of the workers included."""
    from zedxl.consolidado import consolidar

    empieza = time.perf_counter()
    consolidar(carpeta)
    return time.perf_counter() - empieza


def _orden(carpeta: Path, salida: Path) -> tuple[float, tuple[float, float]]:
    """Seconds that the command takes, and the peak memory of its process and of its largest worker in MB."""
    from tests.bench import ZEDXL

    empieza = time.perf_counter()
    proceso = subprocess.Popen([*ZEDXL, "consolidar", str(carpeta), "--salida", str(salida)], stdout=subprocess.DEVNULL)
    picos: dict[int, float] = {}
    mirar = threading.Thread(target=_mirar, args=(proceso, picos))
    mirar.start()
    proceso.wait()
    tiempo = time.perf_counter() - empieza
    mirar.join()
    return tiempo, (picos.pop(proceso.pid, 0), max(picos.values(), default=0))


def _mirar(proceso: subprocess.Popen[bytes], picos: dict[int, float]) -> None:
    """Ask the system now and then for the peak memory of a process and of its children, while it runs."""
    while proceso.poll() is None:
        hijos = Path(f"/proc/{proceso.pid}/task/{proceso.pid}/children")
        for pid in [proceso.pid, *map(int, hijos.read_text().split() if hijos.exists() else ())]:
            try:
                estado = Path(f"/proc/{pid}/status").read_text()
            except OSError:
                continue  # it has ended
            linea = next((linea for linea in estado.splitlines() if linea.startswith("VmHWM")), "VmHWM: 0")
            picos[pid] = max(picos.get(pid, 0), int(linea.split()[1]) / 1024)
        time.sleep(0.05)


def _comparar(que: str, nuestro: float, *suyos: float) -> None:
    suyo = sum(suyos) / len(suyos)
    razon = nuestro / suyo
    juicio = "within" if razon >= RAZON else "UNDER"
    print(
        f"{que:32} {nuestro:6.0f} books/s   pandas.read_excel {suyo:6.0f} books/s   ratio {razon:5.2f}  ({juicio} {RAZON})"
    )


if __name__ == "__main__":
    main()
