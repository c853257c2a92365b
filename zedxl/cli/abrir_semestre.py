"""``zedxl abrir-semestre``."""

from __future__ import annotations

from pathlib import Path

import click

from zedxl.cli import HECHO, Orden
from zedxl.cli.edicion import escribir, firmar, leer_para_cambiar, mostrar_cambios, opcion_quien
from zedxl.cli.evaluacion import argumento_libro
from zedxl.periodo import Periodo
from zedxl.semestre.apertura import abrir, sin_cerrar


@click.command(
    "abrir-semestre",
    cls=Orden,
    epilog="\b\nEjemplos:\n  zedxl abrir-semestre Seguimiento.xlsm 2025-II\n"
    "  zedxl abrir-semestre Seguimiento.xlsm 2025-I --motivo «Se corrigió el acta de AEI.01.02»",
)
@argumento_libro
@click.argument("periodo", metavar="P")
@click.option("--motivo", default="", metavar="TEXTO", help="Por qué se reabre un período cerrado.")
@opcion_quien
def abrir_semestre(libro: Path, periodo: str, motivo: str, quien: str | None) -> int:
    """Prepara en un LIBRO lo que hace falta para escribir los valores de un período.

    Agrega al lado derecho de la tabla las columnas que falten, sin mover ninguna. Un período cerrado se reabre: hay
    que decir por qué, y queda en la Bitácora.
    """
    pedido = Periodo.leer(periodo)
    leido = leer_para_cambiar(libro)
    estaba_cerrado = pedido in leido.plan.cierres
    edicion = abrir(leido, pedido, firmar(quien), motivo)
    if not edicion:
        click.echo(f"{pedido} ya está abierto en {leido.nombre}. No se cambió nada.")
        return HECHO
    escribir(leido, edicion)
    click.echo(f"Se {'reabrió' if estaba_cerrado else 'abrió'} {pedido} en {leido.nombre}.")
    mostrar_cambios(edicion.cambios)
    for anterior in sin_cerrar(leido.plan, pedido):
        click.echo(f"Advertencia: {anterior} tiene valores y no se ha cerrado.", err=True)
    return HECHO
