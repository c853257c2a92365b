"""``zedxl fusionar``."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import click

from zedxl.cli import CON_HALLAZGOS, HECHO, Orden
from zedxl.cli.edicion import escribir, firmar, leer_para_cambiar, opcion_quien
from zedxl.cli.evaluacion import argumento_libro
from zedxl.cli.progreso import haciendo, uno_por_uno
from zedxl.libro.lectura import leer_libro
from zedxl.reparto.conflictos import como_json
from zedxl.reparto.pendientes import Preferencia
from zedxl.reparto.reunion import Reunion, leer_copias, reunir


@click.command(
    cls=Orden,
    epilog="\b\nEjemplos:\n  zedxl fusionar Seguimiento.xlsm Copias/*.xlsm\n"
    "  zedxl fusionar Seguimiento.xlsm «Seguimiento - Logística.xlsm» --preferir copia --json",
)
@argumento_libro
@click.argument("copias", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False), metavar="COPIA…")
@click.option(
    "--salida", type=click.Path(path_type=Path, readable=False), metavar="ARCHIVO",
    help="Dónde escribir el libro fusionado. Si falta, en el mismo LIBRO.",
)  # fmt: skip
@click.option(
    "--preferir", type=click.Choice([p.value for p in Preferencia]), metavar="libro|copia",
    help="Quién tiene razón en cada conflicto. Si falta, los conflictos no se deciden.",
)  # fmt: skip
@click.option("--json", "en_json", is_flag=True, help="Escribe en JSON qué cambió y qué quedó por decidir.")
@opcion_quien
def fusionar(
    libro: Path, copias: tuple[Path, ...], salida: Path | None, preferir: str | None, en_json: bool, quien: str | None
) -> int:
    """Reúne en un LIBRO lo que se llenó en sus COPIAS.

    Llegan los cambios de cada copia respecto de lo que decía al repartirse. Si dos cambiaron lo mismo de distinta
    manera, no se decide: se anota en la hoja Conflictos. Los períodos cerrados no cambian. Repetirla no hace daño.
    """
    leido = leer_libro(libro) if salida else leer_para_cambiar(libro)
    leidas = leer_copias(libro, copias, partial(uno_por_uno, paso="Leyendo las copias…"))
    with haciendo("Fusionando…"):
        reunion = reunir(leido, leidas, firmar(quien), Preferencia(preferir) if preferir else None)
    if reunion.edicion or salida:
        escribir(leido, reunion.edicion, salida)
    if en_json:
        click.echo(json.dumps(_como_json(reunion, libro, salida), ensure_ascii=False, indent=2))
    else:
        click.echo(reunion.en_palabras(salida.name if salida else leido.nombre))
    return CON_HALLAZGOS if reunion.hay_pendientes else HECHO


def _como_json(reunion: Reunion, libro: Path, salida: Path | None) -> dict[str, object]:
    return {
        "libro": str(salida or libro),
        "copias": [
            {"archivo": c.nombre, "unidad": c.unidad, "con_punto_de_partida": c.partida is not None, "avisos": c.avisos}
            for c in reunion.copias
        ],
        "ilegibles": [{"archivo": i.nombre, "motivo": i.motivo} for i in reunion.ilegibles],
        **como_json(reunion.fusion),
    }
