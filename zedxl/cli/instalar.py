"""``zedxl instalar``."""

from __future__ import annotations

from pathlib import Path

import click

from zedxl.cli import CON_HALLAZGOS, HECHO, Orden


@click.command(
    cls=Orden,
    epilog="\b\nEjemplos:\n  zedxl instalar\n"
    '  zedxl instalar --confiar "C:\\Planeamiento\\PEI" --residente\n  zedxl instalar --calc',
)
@click.option(
    "--confiar", "carpetas", multiple=True, type=click.Path(path_type=Path, readable=False), metavar="CARPETA",
    help="Que Excel no bloquee las macros de los libros de esta carpeta. Se puede repetir.",
)  # fmt: skip
@click.option(
    "--residente", is_flag=True,
    help="Inicia zedxl con la sesión de Windows: Excel responde antes y no inicia otros programas.",
)  # fmt: skip
@click.option("--calc", is_flag=True, help="En LibreOffice Calc en lugar de Excel: las funciones y el menú PEI.")
def instalar(carpetas: tuple[Path, ...], residente: bool, calc: bool) -> int:
    """Pone en Excel las funciones y la pestaña PEI.

    Para el usuario de este equipo, sin permisos de administrador. Repetirla no hace daño.
    """
    if calc:
        if carpetas or residente:
            raise click.UsageError("--calc no lleva otras opciones: --confiar y --residente son de Excel.")
        from zedxl.calc import instalacion

        click.echo(instalacion.instalar())
        return HECHO
    from zedxl.instalacion import puesta

    fallas = 0
    for hecho in puesta.instalar(carpetas, con_residente=residente):
        click.echo(str(hecho), err=not hecho.logrado)
        fallas += not hecho.logrado
    if fallas:
        click.echo("La instalación quedó incompleta: falta lo que se indica arriba.", err=True)
        return CON_HALLAZGOS
    click.echo("Abra Excel (si estaba abierto, ciérrelo antes): verá la pestaña PEI.")
    return HECHO
