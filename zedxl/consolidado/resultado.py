"""What all the books say together: one line per institution, what was not read, and what strikes one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zedxl.consolidado.ficha import Suerte
from zedxl.consolidado.resumen import Institucion, NoLeido, Resumen
from zedxl.texto import plano


@dataclass(frozen=True, slots=True)
class Resultado:
    """The books in short, in the order of their paths; ``tomados`` of them were not read again."""

    instituciones: tuple[Institucion, ...]
    no_leidos: tuple[NoLeido, ...]
    tomados: int = 0

    @property
    def ilegibles(self) -> tuple[NoLeido, ...]:
        """Those that somebody should look at."""
        return tuple(n for n in self.no_leidos if n.suerte is Suerte.NO_LEIDO)


def reunir(resumenes: Iterable[tuple[str, Resumen]], tomados: int = 0) -> Resultado:
    """All the books in short, each with the hash of its content.

    Two that say the same institution, or are the same file, both stay and it is said.
    """
    leidas: list[Institucion] = []
    huellas: list[str] = []
    no_leidos: list[NoLeido] = []
    for sha256, resumen in resumenes:
        if isinstance(resumen, Institucion):
            leidas.append(resumen)
            huellas.append(sha256)
        else:
            no_leidos.append(resumen)
    mismas = _juntos(leidas, [_identidad(i) for i in leidas])
    iguales = _juntos(leidas, huellas)
    observadas = tuple(_observada(i, gemelas, otras) for i, gemelas, otras in zip(leidas, iguales, mismas, strict=True))
    return Resultado(observadas, tuple(no_leidos), tomados)


def _identidad(institucion: Institucion) -> str:
    """By what two books are of the same institution and plan; each one is its own when it does not say it."""
    if not institucion.entidad:
        return institucion.archivo
    return f"{plano(institucion.entidad)}\n{plano(institucion.pei)}"


def _juntos(instituciones: Sequence[Institucion], claves: Sequence[str]) -> list[list[str]]:
    """For each institution, the other files with the same key."""
    grupos: dict[str, list[str]] = defaultdict(list)
    for una, clave in zip(instituciones, claves, strict=True):
        grupos[clave].append(una.archivo)
    return [
        [archivo for archivo in grupos[clave] if archivo != una.archivo]
        for una, clave in zip(instituciones, claves, strict=True)
    ]


def _observada(una: Institucion, iguales: Sequence[str], mismas: Sequence[str]) -> Institucion:
    notas = [una.observacion]
    if not una.entidad:
        notas.append("El libro no dice de qué entidad es: escríbalo en su hoja Parámetros.")
    if iguales:
        notas.append(f"Es idéntico a {_lista(iguales)}: quite el que sobre.")
    elif mismas:
        notas.append(f"La misma entidad con el mismo PEI está también en {_lista(mismas)}: quite el que no valga.")
    return una._replace(observacion=" ".join(filter(None, notas)))


def _lista(archivos: Sequence[str]) -> str:
    resto = f" y {len(archivos) - 3} más" if len(archivos) > 3 else ""
    return ", ".join(archivos[:3]) + resto
