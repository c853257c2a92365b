"""``zedxl resumen``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from zedxl.cli import CON_HALLAZGOS, HECHO, Orden
from zedxl.cli.evaluacion import (
    argumento_libro,
    evaluar_libro,
    mostrar_hallazgos,
    opcion_periodo,
)
from zedxl.hallazgo import hay_errores
from zedxl.resumen import como_json


@click.command(
    cls=Orden,
    epilog="\b\nEjemplos:\n  zedxl resumen Seguimiento.xlsx\n  zedxl resumen Seguimiento.xlsx --periodo 2025-I --json\n"
    "  zedxl resumen Seguimiento.xlsx --historia",
)
@argumento_libro
@opcion_periodo
@click.option("--json", "en_json", is_flag=True, help="Escribe JSON en lugar de una tabla.")
@click.option(
    "--historia", is_flag=True, help="Agrega la evolución de cada OEI y AEI en todos los períodos con valores."
)
def resumen(libro: Path, periodo: str | None, en_json: bool, historia: bool) -> int:
    """Muestra la evaluación de un LIBRO de seguimiento: avances, puntajes y AEI críticas."""
    evaluacion = evaluar_libro(libro, periodo)
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
