"""``zedxl vincular``."""

from __future__ import annotations

from pathlib import Path

import click

from zedxl.cli import HECHO, Orden
from zedxl.cli.evaluacion import argumento_libro
from zedxl.cli.progreso import haciendo


@click.command(
    cls=Orden,
    epilog='\b\nEjemplos:\n  zedxl vincular "Seguimiento PEI.xlsx"\n'
    "  zedxl vincular Seguimiento.xlsx --salida Vinculado.xlsm\n"
    '  zedxl vincular "Libro con macros.xlsm" --complemento',
)
@argumento_libro
@click.option(
    "--salida", type=click.Path(path_type=Path, readable=False), metavar="F.xlsm",
    help="Dónde escribir la copia. Si falta, junto al LIBRO, con su nombre y .xlsm.",
)  # fmt: skip
@click.option(
    "--complemento", is_flag=True,
    help="No copia el LIBRO: deja junto a él el complemento zedxl.xlam, con las mismas funciones y la misma pestaña. "
    "Es para libros que ya tienen macros, están firmados o no son .xlsx.",
)  # fmt: skip
def vincular(libro: Path, salida: Path | None, complemento: bool) -> int:
    """Pone las funciones y la pestaña PEI en una copia de un LIBRO de la entidad.

    La copia tiene macros (.xlsm) y todo lo que había en el libro, tal como estaba. El LIBRO no cambia, y ningún
    archivo se reemplaza. Para que calcule, el equipo necesita zedxl instalado.
    """
    from zedxl.vinculacion import libro as vinculacion

    if complemento:
        if salida is not None:
            raise click.UsageError("--salida no va con --complemento: el complemento se deja junto al LIBRO.")
        _decir_del_complemento(*vinculacion.dejar_complemento(libro))
        return HECHO
    with haciendo("Copiando el libro…"):
        copia = vinculacion.vincular(libro, salida)
    click.echo(
        f"Se escribió {copia}\nÁbralo en Excel y habilite las macros: verá la pestaña PEI. {libro.name} no cambió."
    )
    return HECHO


def _decir_del_complemento(lugar: Path, nuevo: bool) -> None:
    click.echo(
        f"{'Se escribió' if nuevo else 'Ya estaba'} {lugar}\n"
        "En un equipo con zedxl instalado, ábralo con doble clic y habilite las macros: la pestaña PEI y las funciones "
        "quedan para todos los libros hasta que cierre Excel. Para tenerlo siempre: zedxl instalar."
    )
