"""From the arguments that every reading command shares to an `Evaluacion`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from zedxl.cli.progreso import haciendo
from zedxl.evaluacion import Evaluacion, PeriodoDesconocido, evaluar, periodo_por_omision
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.libro.lectura import Libro, leer_libro
from zedxl.periodo import Periodo
from zedxl.plan import Plan

_MAXIMO_EN_PANTALLA = 20

argumento_libro = click.argument("libro", type=click.Path(path_type=Path, readable=False), metavar="LIBRO")
opcion_periodo = click.option(
    "--periodo", metavar="P", help="Período, por ejemplo 2025-I. Si falta, el último que tiene valores."
)


def leer_y_evaluar(libro: Path, periodo: str | None) -> tuple[Libro, Evaluacion]:
    """Read a book and evaluate it at a período; the exceptions say in Spanish what is wrong."""
    pedido = None if periodo is None else Periodo.leer(periodo)
    with haciendo("Leyendo el libro…"):
        leido = leer_libro(libro)
    return leido, evaluar_plan(leido.plan, pedido)


def evaluar_plan(plan: Plan, pedido: Periodo | None) -> Evaluacion:
    """Evaluate a plan at a período, or at the last one that has values."""
    try:
        with haciendo("Evaluando el plan…"):
            return evaluar(plan, pedido or periodo_por_omision(plan))
    except PeriodoDesconocido:
        mostrar_hallazgos(plan.hallazgos)  # a value that could not be read may be the reason
        raise


def mostrar_hallazgos(hallazgos: Iterable[Hallazgo]) -> None:
    """Write findings to standard error, one a line."""
    hallazgos = tuple(hallazgos)
    for hallazgo in hallazgos[:_MAXIMO_EN_PANTALLA]:
        color = "red" if hallazgo.severidad is Severidad.ERROR else "yellow"
        click.echo(click.style(str(hallazgo.severidad).capitalize(), fg=color) + f": {hallazgo}", err=True)
    if len(hallazgos) > _MAXIMO_EN_PANTALLA:
        click.echo(f"… y {len(hallazgos) - _MAXIMO_EN_PANTALLA} más.", err=True)
