"""How fast headless recalculation is, against the formulas package and within its memory: ``make bench``.

``formulas`` is measured where a Python that has it is named in FORMULAS_PYTHON (it is no dependency); a twentieth of
the cells are given to it and its time is scaled up, because it takes minutes for all.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import openpyxl
import xlsxwriter

from tests.calc.oficina import convertir_recalculando

CELDAS, MUCHAS = 20_000, 200_000
_PARTE = 20

_CON_FORMULAS = """
import sys, time, formulas
sys.path.insert(0, sys.argv[2])
from udfs import FUNCIONES
formulas.get_functions()["AVANCE_AEI"] = lambda *dados: FUNCIONES["AVANCE_AEI"].llamar(
    *[getattr(d, "tolist", lambda: d)() for d in dados])
empieza = time.perf_counter()
formulas.ExcelModel().loads(sys.argv[1]).finish().calculate()
print(time.perf_counter() - empieza)
"""


def libro_de_avances(ruta: Path, celdas: int) -> Path:
    """A book with so many AVANCE_AEI cells, whose values are all wrong."""
    libro = xlsxwriter.Workbook(ruta, {"constant_memory": True})
    hoja = libro.add_worksheet("Seguimiento")
    for n in range(celdas):
        hoja.write_row(n, 0, [10 + n % 7, n % 9])
        hoja.write_formula(n, 2, f"=AVANCE_AEI(A{n + 1},B{n + 1})", None, -1)
    libro.close()
    return ruta


def segundos_de_recalcular(libro: Path) -> float:
    """Seconds that ``zedxl recalcular`` takes as a process, Python's start included."""
    salida = libro.with_name("recalculado.xlsx")
    salida.unlink(missing_ok=True)
    empieza = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "zedxl", "recalcular", str(libro), "--salida", str(salida)],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return time.perf_counter() - empieza


def segundos_de_calc(libro: Path) -> float:
    """Seconds that LibreOffice takes as a process to open the same book, compute it with the add-in and save it."""
    with tempfile.TemporaryDirectory() as carpeta:
        convertir = convertir_recalculando(libro, Path(carpeta))
        medidos = []
        for _ in range(3):
            empieza = time.perf_counter()
            convertir()
            medidos.append(time.perf_counter() - empieza)
        hoja = openpyxl.load_workbook(Path(carpeta) / "salida" / libro.name, data_only=True).active
        assert hoja["C2"].value != -1, "LibreOffice did not compute"
    return min(medidos)


def segundos_de_formulas(carpeta: Path) -> float | None:
    """Seconds that the formulas package would take for `CELDAS`; None where no Python with it is named."""
    python = os.environ.get("FORMULAS_PYTHON")
    if python is None:
        return None
    libro = libro_de_avances(carpeta / "parte.xlsx", CELDAS // _PARTE)
    raiz = str(Path(__file__).resolve().parents[1])
    orden = [python, "-c", _CON_FORMULAS, str(libro), raiz]
    return float(subprocess.run(orden, check=True, capture_output=True, text=True).stdout.split()[-1]) * _PARTE


def memoria_de_recalcular(libro: Path) -> float:
    """Peak memory of ``zedxl recalcular``, in MB."""
    codigo = (
        "import resource, sys; from zedxl.cli import ejecutar;"
        "ejecutar(['recalcular', *sys.argv[1:]]);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    orden = [sys.executable, "-c", codigo, str(libro), "--salida", str(libro.with_name("muchas.xlsx"))]
    return float(subprocess.run(orden, check=True, capture_output=True, text=True).stdout.split()[-1])


def main() -> None:
    """Measure everything and print a line each."""
    with tempfile.TemporaryDirectory() as carpeta:
        libro = libro_de_avances(Path(carpeta) / "libro.xlsx", CELDAS)
        mejor = min(segundos_de_recalcular(libro) for _ in range(3))
        _decir(f"recalcular {CELDAS:,} AVANCE_AEI", mejor, "LibreOffice with the add-in", segundos_de_calc(libro), 1)
        _decir(f"recalcular {CELDAS:,} AVANCE_AEI", mejor, "formulas", segundos_de_formulas(Path(carpeta)), 0.1)
        memoria = memoria_de_recalcular(libro_de_avances(Path(carpeta) / "grande.xlsx", MUCHAS))
        print(f"recalcular {MUCHAS:,} AVANCE_AEI: {memoria:.0f} MB  ({'within' if memoria < 350 else 'OVER'} 350)")


def _decir(nuestro: str, segundos: float, suyo: str, referencia: float | None, limite: float) -> None:
    if referencia is None:
        print(f"{nuestro:32} {segundos:7.3f} s   {suyo}: not here")
        return
    razon = segundos / referencia
    juicio = "within" if razon <= limite else "OVER"
    print(f"{nuestro:32} {segundos:7.3f} s   {suyo:30} {referencia:7.3f} s   ratio {razon:5.2f}  ({juicio} {limite})")


if __name__ == "__main__":
    main()
