"""``zedxl validar``."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from zedxl.cli import CON_HALLAZGOS, HECHO, Orden
from zedxl.cli.evaluacion import argumento_libro, opcion_periodo
from zedxl.cli.progreso import haciendo
from zedxl.evaluacion import periodo_por_omision
from zedxl.hallazgo import Severidad, hay_errores
from zedxl.libro.lectura import leer_libro
from zedxl.periodo import Periodo
from zedxl.plan import Plan
from zedxl.validacion import validar as revisar

_COLOR = {Severidad.ERROR: "red", Severidad.ADVERTENCIA: "yellow", Severidad.NOTA: None}


@click.command(
    cls=Orden,
    epilog="\b\nEjemplos:\n  zedxl validar Seguimiento.xlsm\n  zedxl validar Seguimiento.xlsm --periodo 2025-I --json",
)
@argumento_libro
@opcion_periodo
@click.option("--json", "en_json", is_flag=True, help="Escribe JSON en lugar de texto.")
def validar(libro: Path, periodo: str | None, en_json: bool) -> int:
    """Dice qué está mal en un LIBRO, celda por celda, y qué hacer.

    También si un período cerrado ya no es como se cerró, y si alguien modificó la Bitácora.
    """
    pedido = None if periodo is None else Periodo.leer(periodo)
    with haciendo("Validando…"):
        leido = leer_libro(libro)
        hallazgos = revisar(leido, pedido or _periodo(leido.plan))
    if en_json:
        filas = [{**asdict(hallazgo), "severidad": str(hallazgo.severidad)} for hallazgo in hallazgos]
        click.echo(json.dumps({"hallazgos": filas}, ensure_ascii=False, indent=2))
    else:
        for hallazgo in hallazgos:
            severidad = str(hallazgo.severidad).capitalize()
            click.echo(click.style(severidad, fg=_COLOR[hallazgo.severidad]) + f": {hallazgo}")
        if not hallazgos:
            click.echo(f"No se encontró nada que corregir en {leido.nombre}.")
    return CON_HALLAZGOS if hay_errores(hallazgos) else HECHO


def _periodo(plan: Plan) -> Periodo:
    """The last period with a value; while there is none, the one that is to be filled in."""
    en_curso = plan.periodo_en_curso
    return periodo_por_omision(plan) if plan.periodos_con_valor or en_curso is None else en_curso
