"""``zedxl repartir``."""

from __future__ import annotations

from pathlib import Path

import click

from zedxl.cli import HECHO, Orden
from zedxl.cli.edicion import firmar, opcion_quien
from zedxl.cli.evaluacion import argumento_libro
from zedxl.cli.progreso import haciendo, uno_por_uno
from zedxl.libro.lectura import leer_libro
from zedxl.reparto.copias import repartir as copias_de
from zedxl.reparto.entrega import comprobar_carpeta, entregar


@click.command(
    cls=Orden,
    epilog="\b\nEjemplos:\n  zedxl repartir Seguimiento.xlsm --carpeta «Copias 2025-II»",
)
@argumento_libro
@click.option(
    "--carpeta", required=True, type=click.Path(path_type=Path, readable=False), metavar="D",
    help="Dónde escribir las copias; se crea si no existe.",
)  # fmt: skip
@opcion_quien
def repartir(libro: Path, carpeta: Path, quien: str | None) -> int:
    """Escribe una copia de un LIBRO por cada unidad responsable, para que llene sus filas sin red.

    En su copia cada unidad puede escribir en sus propias filas. Después, fusionar reúne las copias en el libro.
    Ninguna copia que ya exista se reemplaza.
    """
    with haciendo("Leyendo el libro…"):
        leido = leer_libro(libro)
        reparto = copias_de(leido, firmar(quien))
    comprobar_carpeta(carpeta, reparto)
    for copia in uno_por_uno(reparto.copias, "Escribiendo las copias…"):
        escrita = entregar(leido, copia, carpeta)
        click.echo(f"{copia.unidad}: {escrita} ({_contar(len(copia.codigos))})")
    if reparto.sin_unidad:
        codigos = ", ".join(reparto.sin_unidad)
        click.echo(f"Advertencia: ninguna copia deja llenar {codigos}: no tienen unidad responsable.", err=True)
    return HECHO


def _contar(codigos: int) -> str:
    return "1 código" if codigos == 1 else f"{codigos} códigos"
