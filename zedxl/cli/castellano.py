"""click in Spanish: headings of the help, and what it says when a command is mistyped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

_TITULOS = {"Options": "Opciones", "Commands": "Órdenes", "Arguments": "Argumentos"}


class Formato(click.HelpFormatter):
    """Help text with Spanish headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        super().write_usage(prog, args, prefix or "Uso: ")

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        super().write_heading(_TITULOS.get(heading, heading))


class Contexto(click.Context):
    """A context whose help is in Spanish."""

    formatter_class = Formato


class EnCastellano(click.Command):
    """A command or a group of them whose help is in Spanish."""

    context_class = Contexto

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option --help, explained in Spanish."""
        opcion = super().get_help_option(ctx)
        if opcion is not None:
            opcion.help = "Muestra esta ayuda."
        return opcion


class Orden(EnCastellano):
    """A command; its usage line names the options last."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The parts of the usage line."""
        return [*(pieza for p in self.get_params(ctx) for pieza in p.get_usage_pieces(ctx)), "[OPCIONES]"]


def explicar(error: click.ClickException) -> str:
    """A mistyped command in Spanish: what was wrong, and where to look."""
    contexto = getattr(error, "ctx", None)
    orden = contexto.command_path if contexto else "zedxl"
    return f"{_que_paso(error)} Vea «{orden} --help»."


def _que_paso(error: click.ClickException) -> str:
    for clase, frase in _FRASES:
        if isinstance(error, clase):
            return frase(error)
    return error.message


def _nombre(parametro: click.Parameter | None) -> str:
    if parametro is None:
        return "un argumento"
    return parametro.opts[0] if isinstance(parametro, click.Option) else str(parametro.metavar or parametro.name)


def _opcion_desconocida(error: click.NoSuchOption) -> str:
    parecidas = f" ¿Quiso decir {' o '.join(error.possibilities)}?" if error.possibilities else ""
    return f"No existe la opción {error.option_name}.{parecidas}"


def _mal_uso(error: click.UsageError) -> str:
    if "No such command" in error.message:
        return f"No existe la orden «{error.message.split(chr(39))[1]}»."
    if "unexpected extra argument" in error.message:
        return "Sobran argumentos; un nombre con espacios va entre comillas."
    return error.message


# The most particular class first; click has no other way to tell what went wrong than its classes and English texts.
_FRASES: tuple[tuple[type[click.ClickException], Callable[[Any], str]], ...] = (
    (click.MissingParameter, lambda e: f"Falta {_nombre(e.param)}."),
    (click.BadParameter, lambda e: f"No se entiende {_nombre(e.param)}."),
    (click.NoSuchOption, _opcion_desconocida),
    (click.BadOptionUsage, lambda e: f"La opción {e.option_name} necesita un valor."),
    (click.UsageError, _mal_uso),
)
