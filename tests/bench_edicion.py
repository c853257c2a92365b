"""How fast a book is edited and copies are merged, against openpyxl and against reading one copy, in one run."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import xlsxwriter

from tests.bench import TITULOS, comparar, orden, python
from tests.ediciones import ANA
from zedxl.edicion.archivo import aplicar
from zedxl.libro.lectura import leer_libro
from zedxl.reparto.copias import repartir

COPIAS, AEI_DE_LAS_COPIAS = 20, 2_000


def main() -> None:
    """Measure and print a line each."""
    with tempfile.TemporaryDirectory() as carpeta:
        grande = libro_de(Path(carpeta) / "grande.xlsx", 8_000)  # of 25 columns: 200,000 cells
        _comparar_registro(grande)
        libro = libro_de(Path(carpeta) / "plan.xlsx", AEI_DE_LAS_COPIAS)
        copias = _copias(libro)
        comparar(
            f"merge {COPIAS} copies of {AEI_DE_LAS_COPIAS:,} AEI", "reading one of them", 20,
            _en_el_libro_de_antes(libro, orden("fusionar", libro, *copias)), _leer(copias[0]), veces=3,
        )  # fmt: skip


def libro_de(ruta: Path, cuantas: int) -> Path:
    """A flat book with that many AEI, each of one of twenty units, and every cell of its 25 columns filled."""
    libro = xlsxwriter.Workbook(str(ruta), {"constant_memory": True})
    hoja = libro.add_worksheet("Seguimiento")
    hoja.write_row(0, 0, TITULOS)
    for n in range(cuantas):
        oei, aei = divmod(n, 90)
        numeros = f"{oei + 1:02d}.{aei + 1:02d}"
        hoja.write_row(n + 1, 0, [f"AEI.{numeros}", f"Acción estratégica número {n}", "Alta", f"Unidad {n % COPIAS}",
                                  f"IND.{numeros}.01", f"Número de acciones de tipo {n}", "Acciones", "Ascendente",
                                  "No acumulado", "Semestral", "Relevante", 1 + n % 3, n % 7, 2022, 1, 9, 10, 12, 14,
                                  n % 9, n % 11, n % 13, n % 5, n % 3, n % 2])  # fmt: skip
    libro.close()
    return ruta


def _comparar_registro(libro: Path) -> None:
    valores = iter(range(1_000_000))

    def registrar() -> None:
        orden("registrar", libro, "--periodo", "2026-II", f"AEI.01.01={next(valores)}")()

    guardar = f"import openpyxl; openpyxl.load_workbook({str(libro)!r}).save({str(libro.with_name('otro.xlsx'))!r})"
    comparar("registrar one of 200,000 cells", "openpyxl load + save", 0.2, registrar, python(guardar), veces=3)


def _leer(libro: Path) -> Callable[[], None]:
    return python(f"from zedxl.libro.lectura import leer; leer({str(libro)!r})")


def _copias(ruta: Path) -> list[Path]:
    """Twenty copies, in each of which its unit has typed all the values of a period."""
    libro, copias = leer_libro(ruta), []
    for copia in repartir(libro, ANA).copias:
        destino = ruta.with_name(copia.archivo)
        destino.write_bytes(aplicar(libro.paquete, copia.edicion))
        suyo = openpyxl.load_workbook(destino)
        hoja = suyo["Seguimiento"]
        for fila in range(2, hoja.max_row + 1):
            if hoja.cell(fila, 4).value == copia.unidad:
                hoja.cell(fila, 25).value = fila
        suyo.save(destino)
        copias.append(destino)
    return copias


def _en_el_libro_de_antes(libro: Path, tarea: Callable[[], None]) -> Callable[[], None]:
    """The task, each time on the book as it is now."""
    original = shutil.copy(libro, libro.with_name("original.xlsx"))

    def repetir() -> None:
        shutil.copy(original, libro)
        tarea()

    return repetir


if __name__ == "__main__":
    main()
