"""``zedxl desinstalar``."""

from __future__ import annotations

import click

from zedxl.cli import CON_HALLAZGOS, HECHO, Orden


@click.command(cls=Orden, epilog="\b\nEjemplos:\n  zedxl desinstalar")
def desinstalar() -> int:
    """Quita de Excel las funciones y la pestaña PEI.

    También la configuración, las carpetas de confianza y el servidor residente. No toca sus libros ni sus informes.
    """
    from zedxl.instalacion import retiro

    fallas = 0
    for hecho in retiro.desinstalar():
        click.echo(str(hecho), err=not hecho.logrado)
        fallas += not hecho.logrado
    if fallas:
        click.echo("Quedó algo por quitar: lo que se indica arriba.", err=True)
        return CON_HALLAZGOS
    return HECHO
