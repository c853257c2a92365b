"""``zedxl diagnostico``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from zedxl.cli import CON_HALLAZGOS, HECHO, Orden


@click.command(
    cls=Orden,
    epilog="\b\nEjemplos:\n  zedxl diagnostico\n  zedxl diagnostico Seguimiento.xlsm --json",
)
@click.argument("libro", type=click.Path(path_type=Path, readable=False), metavar="[LIBRO]", required=False)
@click.option("--json", "en_json", is_flag=True, help="Escribe JSON en lugar de texto.")
def diagnostico(libro: Path | None, en_json: bool) -> int:
    """Dice si zedxl puede funcionar en el Excel de este equipo, qué está mal y cómo se arregla.

    Con un LIBRO, dice además si Excel bloquea sus macros por haber venido de internet.
    """
    from zedxl.instalacion.diagnostico import como_json, hay_mal, revisar

    chequeos = revisar(libro)
    if en_json:
        click.echo(json.dumps(como_json(chequeos), ensure_ascii=False, indent=2))
    else:
        for chequeo in chequeos:
            click.echo(str(chequeo))
    return CON_HALLAZGOS if hay_mal(chequeos) else HECHO
