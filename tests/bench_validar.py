"""How long validar takes, reading included, against reading the same book, in one run."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

from tests.bench import TITULOS, comparar
from zedxl.evaluacion import periodo_por_omision
from zedxl.libro.lectura import leer_libro
from zedxl.validacion import validar

AEI = 2_000


def main() -> None:
    """Measure and print a line for each book."""
    with tempfile.TemporaryDirectory() as carpeta:
        for que, con_avances in (("typed numbers", False), ("avances by formula", True)):
            libro = libro_de(Path(carpeta) / "plan.xlsx", con_avances=con_avances)
            comparar(f"validar {AEI:,} AEI, {que}", "reading that book", 3, _validar(libro), _leer(libro))


def _leer(libro: Path) -> Callable[[], None]:
    def tarea() -> None:
        leer_libro(libro)

    return tarea


def _validar(libro: Path) -> Callable[[], None]:
    """Reading included, as the command does."""

    def tarea() -> None:
        leido = leer_libro(libro)
        validar(leido, periodo_por_omision(leido.plan))

    return tarea


def libro_de(ruta: Path, *, con_avances: bool) -> Path:
    """A flat book with that many AEI, most of them odd in some way; the avances of six periods stand beside them."""
    libro = xlsxwriter.Workbook(str(ruta))
    hoja = libro.add_worksheet("Seguimiento")
    avances = [titulo.replace("Valor", "Avance") for titulo in TITULOS if titulo.startswith("Valor")]
    hoja.write_row(0, 0, (*TITULOS, *(avances if con_avances else ())))
    for n in range(AEI):
        oei, aei = divmod(n, 90)
        numeros = f"{oei + 1:02d}.{aei + 1:02d}"
        valores = [n % 19, n % 21, n % 43, n % 5, n % 3, n % 2]
        hoja.write_row(n + 1, 0, [f"AEI.{numeros}", f"Acción estratégica número {n}", "Alta", f"Unidad {n % 9}",
                                  f"IND.{numeros}.01", f"Número de acciones de tipo {n}", "Acciones", "Ascendente",
                                  "No acumulado", "Semestral", "Relevante", 1 + n % 3, n % 7, 2022, 1, 9, 10, 12, 14,
                                  *valores])  # fmt: skip
        for m, valor in enumerate(valores if con_avances else ()):
            meta = (10, 10, 12, 12, 14, 14)[m]
            hoja.write_formula(n + 1, 25 + m, f"=T{n + 2}/{meta}*100", None, min(100.0, valor / meta * 100))
    libro.close()
    return ruta


if __name__ == "__main__":
    main()
