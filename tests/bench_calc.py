"""How fast the functions are in LibreOffice Calc without windows: ``python -m tests.bench_calc``."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from tests.calc.oficina import oficina

CELDAS = 20_000


def segundos_de_celdas(celdas: int = CELDAS) -> float:
    """What Calc takes to compute so many cells anew, each with a call of its own."""
    return _segundos(celdas, _una_llamada_por_celda)


def segundos_de_columna(celdas: int = CELDAS) -> float:
    """What it takes to fill as many cells by one call."""
    return _segundos(celdas, _una_llamada)


def libro_de_celdas(ruta: Path, celdas: int = CELDAS) -> Path:
    """A book with so many calls of AVANCE_AEI, each over its own two cells."""
    return _libro(ruta, celdas, _una_llamada_por_celda)


def main() -> None:
    """Measure both and print a line."""
    sueltas, columna = segundos_de_celdas(), segundos_de_columna()
    print(
        f"Calc, {CELDAS:,} AVANCE_AEI: {sueltas:.3f} s one by one, {columna:.3f} s in one call; ratio {sueltas / columna:.1f}"
    )


def _segundos(celdas: int, escribir: Callable[[Worksheet, int], None]) -> float:
    with tempfile.TemporaryDirectory(prefix="zedxl-") as carpeta:
        libro = _libro(Path(carpeta, "libro.xlsx"), celdas, escribir)
        return float(oficina().pedir("segundos", str(libro), 5))


def _libro(ruta: Path, celdas: int, escribir: Callable[[Worksheet, int], None]) -> Path:
    libro = xlsxwriter.Workbook(ruta)
    hoja = libro.add_worksheet()
    for fila in range(celdas):
        hoja.write_row(fila, 0, [10 + fila % 7, 1 + fila % 13])
    escribir(hoja, celdas)
    libro.close()
    return ruta


def _una_llamada_por_celda(hoja: Worksheet, celdas: int) -> None:
    for fila in range(celdas):
        hoja.write_formula(fila, 2, f"=AVANCE_AEI(A{fila + 1},B{fila + 1})")


def _una_llamada(hoja: Worksheet, celdas: int) -> None:
    hoja.write_array_formula(0, 2, celdas - 1, 2, f"{{=AVANCE_AEI(A1:A{celdas},B1:B{celdas})}}")


if __name__ == "__main__":
    main()
