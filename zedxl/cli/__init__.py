"""The command line: one module per command, loaded when it is called."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from zedxl import __version__
from zedxl.cli.castellano import EnCastellano, Orden, explicar
from zedxl.errores import explicacion

HECHO, CON_HALLAZGOS, MAL_USO = 0, 1, 2

_ORDENES = (
    "abrir-semestre", "cerrar-semestre", "consolidar", "desinstalar", "diagnostico", "fusionar", "informe", "instalar",
    "nuevo", "recalcular", "registrar", "repartir", "resumen", "validar", "vincular",
)  # fmt: skip


class _Ordenes(EnCastellano, click.Group):
    """The commands, each in the module of its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        return list(_ORDENES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _ORDENES:
            return None
        nombre = cmd_name.replace("-", "_")
        orden: click.Command = getattr(import_module(f"zedxl.cli.{nombre}"), nombre)
        return orden


@click.group(
    cls=_Ordenes,
    options_metavar="[OPCIONES]",
    subcommand_metavar="ORDEN [ARGUMENTOS]…",
    epilog="\b\nEjemplos:\n  zedxl informe Seguimiento.xlsx\n  zedxl resumen Seguimiento.xlsx --periodo 2025-I",
)
@click.version_option(__version__, message="zedxl %(version)s", help="Muestra la versión.")
def zedxl() -> None:
    """Calcula el avance de un PEI desde su libro de seguimiento y escribe su informe de evaluación."""


def ejecutar(argumentos: Sequence[str]) -> int:
    """Run a command; the exit code is that of SPEC 6. Nothing leaves here as a traceback unless ZEDXL_DEBUG=1."""
    _preparar_salida()
    try:
        codigo = zedxl.main(list(argumentos) or ["--help"], prog_name="zedxl", standalone_mode=False)
    except BrokenPipeError:  # who read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return HECHO
    except (Exception, KeyboardInterrupt) as error:
        if os.environ.get("ZEDXL_DEBUG") == "1" and not isinstance(error, (click.ClickException, click.Abort)):
            raise
        click.echo(f"Error: {_que_fallo(error)}", err=True)
        return MAL_USO
    return codigo if isinstance(codigo, int) else HECHO


def _que_fallo(error: BaseException) -> str:
    match error:
        case click.ClickException():
            return explicar(error)
        case KeyboardInterrupt() | click.Abort():
            return "Interrumpido. No se cambió ningún archivo."
        case _:
            return explicacion(error)


def _preparar_salida() -> None:
    """Let accents through wherever the output goes: Windows redirects in an older code page."""
    for flujo in (sys.stdout, sys.stderr):
        if hasattr(flujo, "reconfigure"):
            if not flujo.isatty():
                flujo.reconfigure(encoding="utf-8")
            flujo.reconfigure(errors="replace")


__all__ = ["CON_HALLAZGOS", "HECHO", "MAL_USO", "Orden", "ejecutar", "zedxl"]
