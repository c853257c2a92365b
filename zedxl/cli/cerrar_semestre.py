"""``zedxl cerrar-semestre``."""

from __future__ import annotations

from pathlib import Path

import click

from zedxl.cli import CON_HALLAZGOS, HECHO, Orden
from zedxl.cli.edicion import escribir, firmar, leer_para_cambiar, opcion_quien
from zedxl.cli.evaluacion import argumento_libro, mostrar_hallazgos
from zedxl.periodo import Periodo
from zedxl.semestre.cierre import CierreRechazado, cerrar, en_breve


@click.command(
    "cerrar-semestre",
    cls=Orden,
    epilog="\b\nEjemplos:\n  zedxl cerrar-semestre Seguimiento.xlsm 2025-I\n"
    "  zedxl cerrar-semestre Seguimiento.xlsm 2025-I --pese-a «Falta el acta de AEI.02.01, llega en agosto»",
)
@argumento_libro
@click.argument("periodo", metavar="P")
@click.option("--pese-a", default="", metavar="MOTIVO", help="Por qué se cierra aunque el libro tenga errores.")
@opcion_quien
def cerrar_semestre(libro: Path, periodo: str, pese_a: str, quien: str | None) -> int:
    """Cierra un período de un LIBRO: guarda en la hoja Cierres cómo quedó y bloquea sus celdas.

    Antes lo valida; con errores no se cierra. Desde entonces, validar e informe dicen qué celda ya no es como se
    cerró.
    """
    pedido = Periodo.leer(periodo)
    leido = leer_para_cambiar(libro)
    try:
        edicion = cerrar(leido, pedido, firmar(quien), pese_a)
    except CierreRechazado as rechazo:
        mostrar_hallazgos(rechazo.errores)
        click.echo(str(rechazo), err=True)
        return CON_HALLAZGOS
    escribir(leido, edicion)
    click.echo(en_breve(leido, pedido))
    return HECHO
