"""How fast zedxl is against something everybody knows, measured in the same run: ``make bench``.

Every line shows the best of several runs of both sides and their ratio; nothing here fails.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

import xlsxwriter

from tests.libros import LIBRO_ZED_ILO

AEI = 20_000
ZEDXL = [str(Path(sys.executable).with_name("zedxl"))]


def main() -> None:
    """Measure everything and print a line each."""
    with tempfile.TemporaryDirectory() as carpeta:
        docx = f"import docx; docx.Document().save({str(Path(carpeta) / 'x.docx')!r})"
        salida = Path(carpeta) / "informe.docx"
        comparar("zedxl --version", "python -c pass", 3, orden("--version"), python("pass"))
        resumen = orden("resumen", LIBRO_ZED_ILO)
        comparar("resumen of the shipped book", "import openpyxl", 1.5, resumen, python("import openpyxl"))
        informe = orden("informe", LIBRO_ZED_ILO, "--salida", salida)
        comparar("informe of the shipped book", "an empty python-docx document", 3, informe, python(docx))
        libro = libro_grande(Path(carpeta) / "grande.xlsx")
        comparar(f"read and evaluate {AEI:,} AEI", "pandas.read_excel", 0.5, _leer(libro), _pandas(libro), veces=3)


TITULOS = ("Código", "Denominación", "Prioridad", "Unidad responsable", "Código del indicador", "Indicador",
           "Unidad de medida", "Sentido", "Agregación", "Frecuencia", "Relevancia", "Peso", "Línea base",
           "Año de la línea base", "Mínimo", "Máximo", "Meta 2024", "Meta 2025", "Meta 2026", "Valor 2024-I",
           "Valor 2024-II", "Valor 2025-I", "Valor 2025-II", "Valor 2026-I", "Valor 2026-II")  # fmt: skip


def libro_grande(ruta: Path) -> Path:
    """A flat book with the input columns of the shipped one and many AEI, reported until 2025-I."""
    libro = xlsxwriter.Workbook(str(ruta), {"constant_memory": True})
    hoja = libro.add_worksheet("Seguimiento")
    hoja.write_row(0, 0, TITULOS)
    for n in range(AEI):
        oei, aei = divmod(n, 90)
        numeros = f"{oei + 1:02d}.{aei + 1:02d}"
        hoja.write_row(n + 1, 0, [f"AEI.{numeros}", f"Acción estratégica número {n}", "Alta", f"Unidad {n % 9}",
                                  f"IND.{numeros}.01", f"Número de acciones de tipo {n}", "Acciones", "Ascendente",
                                  "No acumulado", "Semestral", "Relevante", 1 + n % 3, n % 7, 2022, None, None, 10, 12, 14,
                                  n % 9, n % 11, n % 13])  # fmt: skip
    libro.close()
    return ruta


def comparar(
    nuestro: str, suyo: str, limite: float, uno: Callable[[], None], otro: Callable[[], None], veces: int = 7
) -> None:
    """Print the best of several runs of both tasks, in seconds, and their ratio against its limit."""
    tiempos: tuple[list[float], list[float]] = ([], [])
    for _ in range(veces):  # in turns, so that a busy moment of the machine hits both
        for tarea, medidos in zip((uno, otro), tiempos, strict=True):
            empieza = time.perf_counter()
            tarea()
            medidos.append(time.perf_counter() - empieza)
    mejor, referencia = (min(medidos) for medidos in tiempos)
    razon = mejor / referencia
    juicio = "within" if razon < limite else "OVER"
    print(f"{nuestro:32} {mejor:7.3f} s   {suyo:30} {referencia:7.3f} s   ratio {razon:5.2f}  ({juicio} {limite})")


def orden(*argumentos: object) -> Callable[[], None]:
    """A task that runs the command line with these arguments."""
    return lambda: _ejecutar([*ZEDXL, *map(str, argumentos)])


def python(codigo: str) -> Callable[[], None]:
    """A task that runs a program in a Python of its own."""
    return lambda: _ejecutar([sys.executable, "-c", codigo])


def _ejecutar(orden: Sequence[str]) -> None:
    subprocess.run(orden, check=True, stdout=subprocess.DEVNULL)


def _leer(libro: Path) -> Callable[[], None]:
    from zedxl.evaluacion import evaluar, periodo_por_omision
    from zedxl.libro.lectura import leer

    def tarea() -> None:
        plan = leer(libro)
        evaluar(plan, periodo_por_omision(plan))

    return tarea


def _pandas(libro: Path) -> Callable[[], None]:
    import pandas as pd

    def tarea() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # pandas announces another default engine
            pd.read_excel(libro)

    return tarea


if __name__ == "__main__":
    main()
