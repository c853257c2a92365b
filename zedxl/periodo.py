"""Períodos: the two semesters of a year. ``AAAA-II`` closes the year (SPEC 1)."""

from __future__ import annotations

import re
from typing import NamedTuple

from zedxl.medida import DatoInvalido
from zedxl.texto import plano

_PARTES = re.compile(r"\d+|[a-z]+")
_ANIO = re.compile(r"20\d\d")
_SEMESTRES = {"i": 1, "1": 1, "primer": 1, "ii": 2, "2": 2, "segundo": 2}
_RELLENO = frozenset({"semestre", "sem", "s", "de", "del", "ano", "er", "do"})
_NOMBRADO = re.compile(
    r"(?P<anio>20\d\d) (?:semestre |sem |s ?)?(?P<sem>ii?|1|2)\b"
    r"|\b(?P<antes>ii?|1|2|primer|segundo)(?: ?(?:er|do))? ?(?:semestre|sem)(?: del?)?(?: ano)? (?P<despues>20\d\d)\b"
    r"|\b(?:semestre|sem) (?P<luego>ii?|1|2)(?: del?)?(?: ano)? (?P<al_final>20\d\d)\b"
)


class _Semestre(NamedTuple):
    anio: int
    semestre: int


class Periodo(_Semestre):
    """A semester of a year; ValueError for a ``semestre`` that is not 1 or 2.

    >>> str(Periodo(2025, 1)), Periodo(2025, 1) < Periodo(2025, 2)
    ('2025-I', True)
    """

    __slots__ = ()

    def __new__(cls, anio: int, semestre: int) -> Periodo:
        """A tuple, because every target and value of a plan is looked up by it."""
        if semestre not in (1, 2):
            raise ValueError("semestre must be 1 or 2")
        return tuple.__new__(cls, (anio, semestre))

    @classmethod
    def leer(cls, texto: str) -> Periodo:
        """The período meant by ``texto``, in any of the usual spellings.

        >>> [str(Periodo.leer(t)) for t in ("2025-1", "I-2025", "2025-Semestre I", "Semestre II 2025")]
        ['2025-I', '2025-I', '2025-I', '2025-II']
        >>> Periodo.leer("junio de 2025")
        Traceback (most recent call last):
        ...
        zedxl.medida.DatoInvalido: «junio de 2025» no es un período; escriba el año y el semestre, por ejemplo 2025-I.
        """
        partes = [p for p in _PARTES.findall(plano(str(texto))) if p not in _RELLENO]
        anios = [p for p in partes if _ANIO.fullmatch(p)]
        semestres = [_SEMESTRES[p] for p in partes if p in _SEMESTRES]
        if len(partes) == 2 and len(anios) == len(semestres) == 1:
            return cls(int(anios[0]), semestres[0])
        raise DatoInvalido(f"«{texto}» no es un período; escriba el año y el semestre, por ejemplo 2025-I.")

    @property
    def fraccion(self) -> float:
        """Part of the year that has passed at its end: 0.5 or 1 (SPEC 2.4)."""
        return self.semestre / 2

    @property
    def cierra_anio(self) -> bool:
        """Whether it is the second semester."""
        return self.semestre == 2

    @property
    def primero(self) -> Periodo:
        """The first semester of the same year."""
        return self if self.semestre == 1 else Periodo(self.anio, 1)

    @property
    def siguiente(self) -> Periodo:
        """The semester after it.

        >>> str(Periodo(2025, 1).siguiente), str(Periodo(2025, 2).siguiente)
        ('2025-II', '2026-I')
        """
        return Periodo(self.anio, 2) if self.semestre == 1 else Periodo(self.anio + 1, 1)

    def __str__(self) -> str:
        return f"{self.anio}-{'I' * self.semestre}"


def periodos_en(texto: str) -> tuple[Periodo, ...]:
    """The períodos that a text names, in its order.

    >>> [str(p) for p in periodos_en("Avance del Semestre 2025-I de cada OEI y AEI en el PEI 2024-2026")]
    ['2025-I']
    >>> [str(p) for p in periodos_en("I Semestre del 2025 y 2do. semestre 2025")], periodos_en("PEI 2024-2026")
    (['2025-I', '2025-II'], ())
    """
    hallados = []
    for hallado in _NOMBRADO.finditer(plano(texto)):
        anio = hallado["anio"] or hallado["despues"] or hallado["al_final"]
        semestre = hallado["sem"] or hallado["antes"] or hallado["luego"]
        hallados.append(Periodo(int(anio), _SEMESTRES[semestre]))
    return tuple(hallados)
