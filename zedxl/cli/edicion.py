"""What every command that changes a book shares: who signs the change, and what is said once it is written."""

from __future__ import annotations

import getpass
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click

from zedxl.cli.progreso import haciendo
from zedxl.edicion.cambio import Cambio, Edicion, Firma, en_palabras
from zedxl.libro.lectura import Libro, leer_libro

_MAXIMO_EN_PANTALLA = 20

opcion_quien = click.option(
    "--quien", metavar="NOMBRE", help="Quién hace el cambio, para la Bitácora. Si falta, el usuario de este equipo."
)


def firmar(quien: str | None) -> Firma:
    """The signature of a change made now."""
    return Firma(quien.strip() if quien and quien.strip() else _usuario(), datetime.now())


def leer_para_cambiar(libro: Path) -> Libro:
    """Read a book after making sure that it can be written to."""
    from zedxl.libro.entrega import comprobar_escribible

    if libro.is_file():
        comprobar_escribible(libro)
    with haciendo("Leyendo el libro…"):
        return leer_libro(libro)


def escribir(libro: Libro, edicion: Edicion, salida: Path | None = None) -> None:
    """Carry out an edit in the file, and say where it was written and where the book of before is kept."""
    from zedxl.edicion.entrega import entregar

    with haciendo("Guardando el libro…"):
        entrega = entregar(libro.paquete, edicion, salida)
    if entrega.respaldo is not None:
        click.echo(f"Como estaba antes se conserva en {entrega.respaldo}", err=True)
    if entrega.recalculo.al_abrir:
        click.echo(f"Advertencia: {entrega.recalculo}", err=True)


def mostrar_cambios(cambios: Iterable[Cambio]) -> None:
    """A line for each changed cell."""
    cambios = tuple(cambios)
    for c in cambios[:_MAXIMO_EN_PANTALLA]:
        codigo = f" ({c.codigo})" if c.codigo else ""
        click.echo(f"  {c.celda}{codigo}: {en_palabras(c.antes)} → {en_palabras(c.despues)}")
    if len(cambios) > _MAXIMO_EN_PANTALLA:
        click.echo(f"  … y {len(cambios) - _MAXIMO_EN_PANTALLA:,} más; están todos en la Bitácora.")


def _usuario() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a service without a user, or Windows without USERNAME
        return ""
