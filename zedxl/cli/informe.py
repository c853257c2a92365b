"""``zedxl informe``."""

from __future__ import annotations

from pathlib import Path

import click

from zedxl.cli import CON_HALLAZGOS, HECHO, Orden
from zedxl.cli.evaluacion import (
    argumento_libro,
    leer_y_evaluar,
    mostrar_hallazgos,
    opcion_periodo,
)
from zedxl.cli.progreso import haciendo
from zedxl.hallazgo import hay_errores
from zedxl.informe.salida import ruta_del_informe


@click.command(
    cls=Orden,
    epilog="\b\nEjemplos:\n  zedxl informe Seguimiento.xlsx\n"
    "  zedxl informe Seguimiento.xlsx --periodo 2025-I --salida Informes --pdf\n"
    "  zedxl informe Seguimiento.xlsx --con-hallazgos",
)
@argumento_libro
@opcion_periodo
@click.option(
    "--salida", type=click.Path(path_type=Path, readable=False), metavar="RUTA",
    help="Carpeta, o archivo .docx, donde escribirlo. Si falta, junto al libro.",
)  # fmt: skip
@click.option("--pdf", is_flag=True, help="Escribe también el PDF (con LibreOffice, o con Word en Windows).")
@click.option("--con-hallazgos", is_flag=True, help="Agrega un anexo con todo lo que encuentra «zedxl validar».")
def informe(libro: Path, periodo: str | None, salida: Path | None, pdf: bool, con_hallazgos: bool) -> int:
    """Escribe en Word el informe de evaluación de un LIBRO de seguimiento.

    El informe que ya existía se conserva con otro nombre. Si junto al libro hay un archivo plantilla_informe.docx,
    el informe toma de él sus estilos.
    """
    leido, evaluacion = leer_y_evaluar(libro, periodo)
    hallazgos = evaluacion.todos_los_hallazgos
    if hay_errores(hallazgos):
        mostrar_hallazgos(hallazgos)
        click.echo("No se escribió el informe: corrija antes los errores.", err=True)
        return CON_HALLAZGOS
    ruta = ruta_del_informe(evaluacion, libro, salida)
    with haciendo("Escribiendo el informe…"):
        from zedxl.informe.entrega import entregar, plantilla_junto_a

        hallados = None
        if con_hallazgos:
            from zedxl.validacion import validar

            hallados = validar(leido, evaluacion.periodo)
        entrega = entregar(evaluacion, ruta, con_pdf=pdf, plantilla=plantilla_junto_a(libro), hallazgos=hallados)
    mostrar_hallazgos((*hallazgos, *entrega.avisos))
    for anterior in entrega.anteriores:
        click.echo(f"El anterior se conserva como {anterior}")
    for escrito in filter(None, (entrega.docx, entrega.pdf)):
        click.echo(f"Se escribió {escrito}")
    if entrega.sin_pdf:
        click.echo(f"Advertencia: {entrega.sin_pdf}", err=True)
    return CON_HALLAZGOS if entrega.sin_pdf else HECHO
