"""The plan as read from a book: objectives, actions, indicators, and the cell of every number.

Two plans that say the same are equal, however each book repeats itself and wherever its codes and weights stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from zedxl.hallazgo import Hallazgo
from zedxl.narrativa import Texto
from zedxl.parametros import Parametros
from zedxl.periodo import Periodo
from zedxl.vocabulario import Agregacion, Frecuencia, Prioridad, Relevancia, Sentido

if TYPE_CHECKING:
    from zedxl.instantanea import Instantanea


class Celda(NamedTuple):
    """A place in a book; rows and columns count from 1.

    >>> str(Celda("Seguimiento", 7, 28))
    'Seguimiento!AB7'
    """

    hoja: str
    fila: int
    columna: int

    @property
    def referencia(self) -> str:
        """Column letters and row, as a spreadsheet shows them."""
        letras, resto = "", self.columna
        while resto:
            resto, letra = divmod(resto - 1, 26)
            letras = chr(65 + letra) + letras
        return f"{letras}{self.fila}"

    def __str__(self) -> str:
        return f"{self.hoja}!{self.referencia}"


class Dato(NamedTuple):
    """A number of the book, None when its cell is empty, and the cell it stands in (None: typed nowhere).

    ``ilegible`` is what the cell says when that is neither a number nor empty; reading it left a finding.
    """

    valor: float | None = None
    celda: Celda | None = None
    ilegible: str = ""


VACIO = Dato()
_NINGUNO: Mapping[Any, Dato] = {}
_LUGARES = -3
"""Where the fields of an `Indicador` and of an `AEI` begin in which two may differ that say the same."""


# Named tuples, because a country has millions of them and frozen dataclasses take three times as long to make.


class Indicador(NamedTuple):
    """What an OEI or AEI is measured by; every number is in ``unidad``.

    ``metas`` holds the target (logro esperado) of each year, ``metas_semestre`` that of a semester where the plan
    has one, ``valores`` the value obtained in each semester. ``minimo`` and ``maximo`` are for sentido No definido.
    ``avances`` are the percentages that the book itself shows for each semester; nothing is computed from them.
    """

    nombre: str
    codigo: str = ""
    unidad: str = ""
    sentido: Sentido = Sentido.ASCENDENTE
    agregacion: Agregacion = Agregacion.NO_ACUMULADO
    frecuencia: Frecuencia = Frecuencia.SEMESTRAL
    relevancia: Relevancia | None = None
    peso: float | None = None
    linea_base: Dato = VACIO
    linea_base_anio: int | None = None
    minimo: Dato = VACIO
    maximo: Dato = VACIO
    metas: Mapping[int, Dato] = _NINGUNO
    metas_semestre: Mapping[Periodo, Dato] = _NINGUNO
    valores: Mapping[Periodo, Dato] = _NINGUNO
    avances: Mapping[Periodo, Dato] = _NINGUNO
    celda_unidad: Celda | None = None
    celda_peso: Celda | None = None

    def __eq__(self, otro: object) -> bool:
        return isinstance(otro, Indicador) and self[:_LUGARES] == otro[:_LUGARES]

    def __ne__(self, otro: object) -> bool:
        return not self == otro

    def __hash__(self) -> int:
        return hash(self[:_LUGARES])

    def meta(self, anio: int) -> Dato:
        """The target of a year, an empty `Dato` when there is none."""
        return self.metas.get(anio, VACIO)

    def valor(self, periodo: Periodo) -> Dato:
        """The value obtained in a semester, an empty `Dato` when there is none."""
        return self.valores.get(periodo, VACIO)


class AEI(NamedTuple):
    """Acción estratégica institucional; ``celda`` is that of its code.

    ``filas`` are what its own row says and what that of its only indicator says, one after the other, in a book where
    both have one (SPEC 4.1 b).
    """

    codigo: str
    denominacion: str
    indicadores: tuple[Indicador, ...]
    prioridad: Prioridad | None = None
    peso: float | None = None
    responsable: str = ""
    celda: Celda | None = None
    celda_peso: Celda | None = None
    filas: tuple[Indicador, ...] = ()

    def __eq__(self, otro: object) -> bool:
        return isinstance(otro, AEI) and self[:_LUGARES] == otro[:_LUGARES]

    def __ne__(self, otro: object) -> bool:
        return not self == otro

    def __hash__(self) -> int:
        return hash(self[:_LUGARES])

    @property
    def relevancia(self) -> Relevancia | None:
        """The highest relevance among its indicators."""
        dadas = [i.relevancia for i in self.indicadores if i.relevancia is not None]
        return min(dadas, key=lambda r: r.grado, default=None)


@dataclass(frozen=True, slots=True)
class OEI:
    """Objetivo estratégico institucional with its AEI, in the order of the book; ``celda`` is that of its code."""

    codigo: str
    denominacion: str
    indicadores: tuple[Indicador, ...]
    aeis: tuple[AEI, ...]
    prioridad: Prioridad | None = None
    celda: Celda | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Entidad:
    """The institution (pliego) whose plan it is, as the report names it."""

    nombre: str = ""
    siglas: str = ""
    pei: str = ""

    @property
    def nombre_corto(self) -> str:
        """How running text names it."""
        return self.siglas or self.nombre or "la entidad"


@dataclass(frozen=True, slots=True)
class Agentes:
    """Who takes part in an OEI or AEI and with which services."""

    codigo: str
    involucrados: str
    servicios: str


class Redaccion(NamedTuple):
    """How one place of a book words the denominación of a code that stands in several."""

    codigo: str
    texto: str
    celda: Celda


@dataclass(frozen=True)
class Plan:
    """Everything that a book says; ``hallazgos`` is what reading it found wrong.

    ``cierres`` holds the snapshot of each period that is closed. ``redacciones`` has every place of the codes that
    stand in more than one.
    """

    entidad: Entidad
    oeis: tuple[OEI, ...]
    parametros: Parametros = field(default_factory=Parametros)
    textos: tuple[Texto, ...] = ()
    agentes: tuple[Agentes, ...] = ()
    cierres: Mapping[Periodo, Instantanea] = field(default_factory=dict)
    redacciones: tuple[Redaccion, ...] = field(default=(), compare=False)
    hallazgos: tuple[Hallazgo, ...] = ()

    @property
    def aeis(self) -> Iterator[AEI]:
        """All AEI, in the order of the plan."""
        return (aei for oei in self.oeis for aei in oei.aeis)

    @property
    def indicadores(self) -> Iterator[Indicador]:
        """All indicators, those of each OEI before those of its AEI."""
        for oei in self.oeis:
            yield from oei.indicadores
            for aei in oei.aeis:
                yield from aei.indicadores

    def con_indicadores(self, cambio: Callable[[Indicador], Indicador]) -> Plan:
        """The same plan with each indicator as ``cambio`` leaves it."""

        def cambiados(indicadores: tuple[Indicador, ...]) -> tuple[Indicador, ...]:
            return tuple(map(cambio, indicadores))

        oeis = tuple(
            replace(
                oei,
                indicadores=cambiados(oei.indicadores),
                aeis=tuple(aei._replace(indicadores=cambiados(aei.indicadores)) for aei in oei.aeis),
            )
            for oei in self.oeis
        )
        return replace(self, oeis=oeis)

    def con_anios(self, anios: Iterable[int]) -> Plan:
        """The same plan with targets and values, even empty ones, for its years and these, as a book's columns have."""
        todos = sorted({*self.anios, *anios})
        periodos = [Periodo(anio, semestre) for anio in todos for semestre in (1, 2)]
        con_meta = periodos if any(i.metas_semestre for i in self.indicadores) else []

        def completo(i: Indicador) -> Indicador:
            return i._replace(
                metas={anio: i.meta(anio) for anio in todos},
                metas_semestre={p: i.metas_semestre.get(p, VACIO) for p in con_meta},
                valores={p: i.valor(p) for p in periodos},
            )

        return self.con_indicadores(completo)

    @cached_property
    def anios(self) -> tuple[int, ...]:
        """The years with a target or a value, even an empty one."""
        con_meta: set[int] = set().union(*(indicador.metas for indicador in self.indicadores))
        con_valor: set[Periodo] = set().union(*(indicador.valores for indicador in self.indicadores))
        return tuple(sorted(con_meta | {periodo.anio for periodo in con_valor}))

    @cached_property
    def periodos(self) -> tuple[Periodo, ...]:
        """Every semester of `anios`."""
        return tuple(Periodo(anio, semestre) for anio in self.anios for semestre in (1, 2))

    @property
    def periodo_en_curso(self) -> Periodo | None:
        """The period that people are filling in: the last one with a value or, once it is closed, the next.

        The first one of the plan while there is no value at all, None in a plan without years.
        """
        if not self.periodos_con_valor:
            return next(iter(self.periodos), None)
        ultimo = self.periodos_con_valor[-1]
        return ultimo.siguiente if ultimo in self.cierres else ultimo

    @cached_property
    def periodos_con_valor(self) -> tuple[Periodo, ...]:
        """The semesters in which at least one value was reported."""
        return tuple(sorted({p for i in self.indicadores for p, d in i.valores.items() if d.valor is not None}))
