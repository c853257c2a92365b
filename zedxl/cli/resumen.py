"""``zedxl resumen``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from zedxl.cli import CON_HALLAZGOS, HECHO, Orden
from zedxl.cli.evaluacion import (
    argumento_libro,
    evaluar_plan,
    mostrar_hallazgos,
    opcion_periodo,
)
from zedxl.cli.progreso import haciendo
from zedxl.hallazgo import hay_errores
from zedxl.libro.lectura import leer_libro
from zedxl.periodo import Periodo
from zedxl.resumen import como_json


@click.command(
    cls=Orden,
    epilog="\b\nEjemplos:\n  zedxl resumen Seguimiento.xlsx\n  zedxl resumen Seguimiento.xlsx --periodo 2025-I --json\n"
    "  zedxl resumen Seguimiento.xlsx --historia\n"
    "  zedxl resumen «Libro de la entidad.xlsx» -v",
)
@argumento_libro
@opcion_periodo
@click.option("--json", "en_json", is_flag=True, help="Escribe JSON en lugar de una tabla.")
@click.option(
    "--historia", is_flag=True, help="Agrega la evolución de cada OEI y AEI en todos los períodos con valores."
)
@click.option(
    "-v", "--detalle", is_flag=True,
    help="Dice antes qué se entendió del libro: qué bloques tiene, qué es cada columna y qué no se leyó.",
)  # fmt: skip
def resumen(libro: Path, periodo: str | None, en_json: bool, historia: bool, detalle: bool) -> int:
    """Muestra la evaluación de un LIBRO de seguimiento: avances, puntajes y AEI críticas."""
    pedido = None if periodo is None else Periodo.leer(periodo)
    with haciendo("Leyendo el libro…"):
        leido = leer_libro(libro)
    if detalle:
        from zedxl.libro.comprension import comprender

        click.echo("\n\n".join(map(str, comprender(leido))) + "\n", err=en_json)
    evaluacion = evaluar_plan(leido.plan, pedido)
    hallazgos = evaluacion.todos_los_hallazgos
    if en_json:
        click.echo(json.dumps(como_json(evaluacion, historia), ensure_ascii=False, indent=2))
    else:
        from zedxl.cuadro import mostrar, mostrar_historia

        mostrar(evaluacion)
        if historia:
            mostrar_historia(evaluacion)
    mostrar_hallazgos(hallazgos)
    return CON_HALLAZGOS if hay_errores(hallazgos) else HECHO
