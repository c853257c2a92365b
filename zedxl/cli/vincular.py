"""``zedxl vincular``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zedxl.cli import HECHO, Orden
from zedxl.cli.edicion import firmar, opcion_quien
from zedxl.cli.evaluacion import argumento_libro
from zedxl.cli.progreso import haciendo
from zedxl.edicion.cambio import Edicion
from zedxl.libro.lectura import libro_de
from zedxl.libro.paquete import Paquete
from zedxl.periodo import Periodo

if TYPE_CHECKING:
    from zedxl.vinculacion.insercion import Insercion


@click.command(
    cls=Orden,
    epilog='\b\nEjemplos:\n  zedxl vincular "Seguimiento PEI.xlsx"\n'
    "  zedxl vincular Seguimiento.xlsx --salida Vinculado.xlsm --formulas 2025-I\n"
    '  zedxl vincular "Libro con macros.xlsm" --complemento',
)
@argumento_libro
@click.option(
    "--salida", type=click.Path(path_type=Path, readable=False), metavar="F.xlsm",
    help="Dónde escribir la copia. Si falta, junto al LIBRO, con su nombre y .xlsm.",
)  # fmt: skip
@click.option(
    "--formulas", "periodo", metavar="P",
    help="Pone además en la copia las columnas Avance, Nota, Semáforo y Crítica de un período, con sus fórmulas: las "
    "que ya tengan ese título, y las demás al lado derecho de la tabla.",
)  # fmt: skip
@opcion_quien
@click.option(
    "--complemento", is_flag=True,
    help="No copia el LIBRO: deja junto a él el complemento zedxl.xlam, con las mismas funciones y la misma pestaña. "
    "Es para libros que ya tienen macros, están firmados o no son .xlsx.",
)  # fmt: skip
def vincular(libro: Path, salida: Path | None, periodo: str | None, quien: str | None, complemento: bool) -> int:
    """Pone las funciones y la pestaña PEI en una copia de un LIBRO de la entidad.

    La copia tiene macros (.xlsm) y todo lo que había en el libro, tal como estaba. El LIBRO no cambia, y ningún
    archivo se reemplaza. Para que calcule, el equipo necesita zedxl instalado.
    """
    from zedxl.vinculacion import libro as vinculacion

    if complemento:
        if salida is not None or periodo is not None:
            raise click.UsageError("--complemento va solo: deja el complemento junto al LIBRO y no escribe otro libro.")
        _decir_del_complemento(*vinculacion.dejar_complemento(libro))
        return HECHO
    pedido = None if periodo is None else Periodo.leer(periodo)
    with haciendo("Copiando el libro…"):
        paquete = vinculacion.leer_para_vincular(libro)
        insercion = pedido and _insercion(paquete, pedido, quien)
        vinculado = vinculacion.vincular(paquete, salida, insercion.edicion if insercion else Edicion())
    click.echo(f"Se escribió {vinculado.copia}")
    click.echo(f"Ábralo en Excel y habilite las macros: verá la pestaña PEI. {libro.name} no cambió.")
    if insercion:
        click.echo(insercion.en_palabras)
    if vinculado.recalculo.al_abrir:
        click.echo(f"Advertencia: {vinculado.recalculo}", err=True)
    return HECHO


def _insercion(paquete: Paquete, periodo: Periodo, quien: str | None) -> Insercion:
    """The formulas of a período, in the columns that have their titles or at the right of the table."""
    from zedxl.vinculacion.insercion import insertar, proponer

    leido = libro_de(paquete)
    return insertar(leido, periodo, proponer(leido, periodo), firmar(quien))


def _decir_del_complemento(lugar: Path, nuevo: bool) -> None:
    click.echo(
        f"{'Se escribió' if nuevo else 'Ya estaba'} {lugar}\n"
        "En un equipo con zedxl instalado, ábralo con doble clic y habilite las macros: la pestaña PEI y las funciones "
        "quedan para todos los libros hasta que cierre Excel. Para tenerlo siempre: zedxl instalar."
    )
