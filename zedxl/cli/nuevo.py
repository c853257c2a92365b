"""``zedxl nuevo``."""

from __future__ import annotations

from pathlib import Path

import click

from zedxl.cli import HECHO, Orden
from zedxl.cli.progreso import haciendo
from zedxl.plan import Entidad, Plan

_POR_COMPLETAR = (
    "Está por completar: en la hoja Seguimiento, lo que va entre corchetes y las metas; en Parámetros, la entidad. "
    "Para otro número de objetivos o acciones, escriba su plan en un CSV con los títulos de Seguimiento y use --desde."
)


@click.command(
    cls=Orden,
    epilog="\b\nEjemplos:\n"
    "  zedxl nuevo Seguimiento.xlsm --desde plan.csv --entidad «Municipalidad de …» --pei 2025-2027\n"
    "  zedxl nuevo Seguimiento.xlsm --desde «Matriz del PEI.xlsx» --siglas MDX\n  zedxl nuevo Seguimiento.xlsx",
)
@click.argument("salida", type=click.Path(path_type=Path), metavar="SALIDA")
@click.option(
    "--desde", type=click.Path(path_type=Path, readable=False), metavar="ARCHIVO",
    help="El plan: un CSV con los títulos de la hoja Seguimiento, o un libro. Si falta, un plan por completar.",
)  # fmt: skip
@click.option("--entidad", default="", metavar="NOMBRE", help="Nombre completo de la entidad.")
@click.option("--siglas", default="", metavar="SIGLAS", help="Nombre corto de la entidad.")
@click.option("--pei", default="", metavar="AÑOS", help="Años del plan, por ejemplo 2025-2027.")
def nuevo(salida: Path, desde: Path | None, entidad: str, siglas: str, pei: str) -> int:
    """Escribe en SALIDA el libro de seguimiento de una entidad, con las hojas del que acompaña a zedxl.

    Con .xlsm lleva las funciones y la pestaña PEI; con .xlsx, solo sus resultados. Desde un libro pasan también los
    valores, los textos, los agentes y los parámetros. Nunca se escribe sobre un archivo que ya existe.
    """
    from zedxl.nuevo.creacion import comprobar_salida, crear, origen_de

    comprobar_salida(salida)
    with haciendo("Leyendo el plan…"):
        origen = origen_de(desde, Entidad(entidad.strip(), siglas.strip(), pei.strip()))
    with haciendo("Armando el libro…"):
        avisos = crear(origen.plan, salida)
    for aviso in (*origen.avisos, *avisos):
        click.echo(f"Advertencia: {aviso}", err=True)
    click.echo(f"Se escribió {salida}: {_contenido(origen.plan)}.")
    if desde is None:
        click.echo(_POR_COMPLETAR)
    return HECHO


def _contenido(plan: Plan) -> str:
    aeis, periodos = len(tuple(plan.aeis)), plan.periodos
    return f"PEI {plan.entidad.pei}, {len(plan.oeis)} OEI y {aeis} AEI, de {periodos[0]} a {periodos[-1]}"
