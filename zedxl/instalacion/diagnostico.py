"""What is right and what is wrong in this PC for zedxl to work in Excel."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from zedxl.instalacion import comprobar_sistema
from zedxl.instalacion.chequeo import Chequeo, Estado
from zedxl.instalacion.equipo import Equipo
from zedxl.instalacion.reglas import REGLAS, Regla

_LARGO = 1000  # what a message of Excel shows
_HAY_MAS = "Para verlo todo, ejecute «zedxl diagnostico»."


def revisar(libro: Path | None = None) -> tuple[Chequeo, ...]:
    """Check this PC, and a book if one is given, with what is wrong first; `InstalacionImposible` outside Windows."""
    comprobar_sistema()
    from zedxl.instalacion.lectura import leer_equipo

    return juzgar(leer_equipo(libro))


def juzgar(equipo: Equipo, reglas: Iterable[Regla] = REGLAS) -> tuple[Chequeo, ...]:
    """What the rules say of a PC, what is wrong first."""
    chequeos = [chequeo for regla in reglas if (chequeo := regla(equipo)) is not None]
    return tuple(sorted(chequeos, key=lambda chequeo: list(Estado).index(chequeo.estado)))


def hay_mal(chequeos: Iterable[Chequeo]) -> bool:
    """Whether something keeps zedxl from working in Excel."""
    return any(chequeo.estado is Estado.MAL for chequeo in chequeos)


def como_texto(chequeos: Iterable[Chequeo]) -> str:
    """At most 1000 characters for a message of Excel: what is wrong, one a line, and then what is right by its name."""
    chequeos = tuple(chequeos)
    reparos = [str(chequeo) for chequeo in chequeos if chequeo.estado is not Estado.BIEN]
    bien = ", ".join(chequeo.asunto for chequeo in chequeos if chequeo.estado is Estado.BIEN)
    lineas = [*reparos, f"Bien: {bien}."] if bien else reparos
    texto = "\n".join(lineas)
    if len(texto) <= _LARGO:
        return texto
    while lineas and len("\n".join([*lineas, _HAY_MAS])) > _LARGO:
        lineas.pop()
    return "\n".join([*lineas, _HAY_MAS])


def como_json(chequeos: Iterable[Chequeo]) -> dict[str, list[dict[str, str]]]:
    """The same for other programs."""
    return {
        "chequeos": [
            {
                "asunto": chequeo.asunto,
                "estado": chequeo.estado.value,
                "explicacion": chequeo.explicacion,
                "remedio": chequeo.remedio,
            }
            for chequeo in chequeos
        ]
    }
