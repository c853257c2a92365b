"""``zedxl registrar``."""

from __future__ import annotations

from pathlib import Path

import click

from zedxl.cli import HECHO, Orden
from zedxl.cli.edicion import escribir, firmar, leer_para_cambiar, mostrar_cambios, opcion_quien
from zedxl.cli.evaluacion import argumento_libro
from zedxl.periodo import Periodo
from zedxl.semestre.pedido import leer_csv, leer_pedido
from zedxl.semestre.registro import registrar as registrar_en


@click.command(
    cls=Orden,
    epilog="\b\nEjemplos:\n  zedxl registrar Seguimiento.xlsm --periodo 2025-II AEI.01.01=3 AEI.02.03=N/D\n"
    "  zedxl registrar Seguimiento.xlsm --periodo 2025-II --csv valores.csv --quien «Ana Quispe»",
)
@argumento_libro
@click.argument("pedidos", nargs=-1, metavar="[CODIGO=VALOR]…")
@click.option("--periodo", required=True, metavar="P", help="Período de los valores, por ejemplo 2025-II.")
@click.option(
    "--csv", "lista", type=click.Path(path_type=Path, readable=False), metavar="ARCHIVO",
    help="Lista de valores, con títulos Código y Valor (y, si hace falta, Unidad de medida).",
)  # fmt: skip
@opcion_quien
def registrar(libro: Path, pedidos: tuple[str, ...], periodo: str, lista: Path | None, quien: str | None) -> int:
    """Escribe en un LIBRO los valores obtenidos en un período: todos, o ninguno si alguno está mal.

    Cada valor va con el código de su OEI, AEI o indicador: AEI.01.01=3. N/D dice que no está disponible; nada
    después del signo = deja la celda vacía.
    """
    pedido = Periodo.leer(periodo)
    valores = [leer_pedido(escrito) for escrito in pedidos] + list(leer_csv(lista, pedido) if lista else ())
    if not valores:
        raise click.UsageError("Indique qué registrar: CODIGO=VALOR, o --csv ARCHIVO.")
    leido = leer_para_cambiar(libro)
    edicion = registrar_en(leido, pedido, valores, firmar(quien))
    if not edicion:
        click.echo(f"{leido.nombre} ya tenía esos valores de {pedido}. No se cambió nada.")
        return HECHO
    escribir(leido, edicion)
    cuantos = len(edicion.cambios)
    click.echo(f"En {leido.nombre} se {'registró un valor' if cuantos == 1 else f'registraron {cuantos} valores'} "
               f"de {pedido}:")  # fmt: skip
    mostrar_cambios(edicion.cambios)
    return HECHO
