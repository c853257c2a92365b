"""``zedxl desinstalar``."""

from __future__ import annotations

import click

from zedxl.cli import CON_HALLAZGOS, HECHO, Orden


@click.command(cls=Orden, epilog="\b\nEjemplos:\n  zedxl desinstalar\n  zedxl desinstalar --calc")
@click.option("--calc", is_flag=True, help="Solo de LibreOffice Calc.")
def desinstalar(calc: bool) -> int:
    """Quita de Excel y de LibreOffice Calc las funciones, la pestaña y el menú PEI.

    También la configuración, las carpetas de confianza y el servidor residente. No toca sus libros ni sus informes.
    """
    if calc:
        from zedxl.calc import instalacion

        click.echo(instalacion.desinstalar())
        return HECHO
    from zedxl.instalacion import retiro

    fallas = 0
    for hecho in retiro.desinstalar():
        click.echo(str(hecho), err=not hecho.logrado)
        fallas += not hecho.logrado
    if fallas:
        click.echo("Quedó algo por quitar: lo que se indica arriba.", err=True)
        return CON_HALLAZGOS
    return HECHO
