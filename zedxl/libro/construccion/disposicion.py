"""Where everything stands: the rows and columns of sheet Seguimiento, for whoever writes or refers to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from xlsxwriter.utility import xl_col_to_name

from zedxl.libro.columnas import Columna, Encabezado
from zedxl.medida import DatoInvalido
from zedxl.periodo import Periodo
from zedxl.plan import AEI, OEI, Indicador, Plan

FILA_DE_TITULOS = 4
"""Row of the column titles of Seguimiento, from 0."""

PROGRAMADO = "Programado"
EJECUTADO = "Ejecutado"
AVANCE = "Avance"
ESPERADO = "Esperado"
RITMO = "Ritmo"
SEMAFORO = "Semáforo del ritmo"
NOTA = "Nota"
CRITICA = "Crítica"
ESTADO = "Estado"
DEL_PERIODO = (PROGRAMADO, EJECUTADO, AVANCE, ESPERADO, RITMO, SEMAFORO, NOTA, CRITICA, ESTADO)
"""Titles of the columns about the período chosen in sheet Parámetros, in their order."""

_DEL_PLAN = (
    Columna.CODIGO, Columna.DENOMINACION, Columna.PRIORIDAD, Columna.RESPONSABLE, Columna.CODIGO_INDICADOR,
    Columna.INDICADOR, Columna.UNIDAD, Columna.SENTIDO, Columna.AGREGACION, Columna.FRECUENCIA, Columna.RELEVANCIA,
    Columna.PESO,
)  # fmt: skip
_DE_REFERENCIA = (Columna.LINEA_BASE, Columna.LINEA_BASE_ANIO, Columna.MINIMO, Columna.MAXIMO)


@dataclass(frozen=True, slots=True)
class Renglon:
    """A row of Seguimiento: one indicator of an OEI or AEI; ``fila`` counts from 0."""

    fila: int
    de: OEI | AEI
    indicador: Indicador
    primero: bool


@dataclass(frozen=True, slots=True)
class Grupo:
    """The rows of one OEI or AEI, one per indicator."""

    de: OEI | AEI
    renglones: tuple[Renglon, ...]

    @property
    def primera(self) -> int:
        """Its first row, which carries what is said of the OEI or AEI as a whole."""
        return self.renglones[0].fila

    @property
    def ultima(self) -> int:
        """Its last row."""
        return self.renglones[-1].fila

    @property
    def reune_varios(self) -> bool:
        """Whether several indicators together measure it."""
        return len(self.renglones) > 1


@dataclass(frozen=True, slots=True)
class Objetivo:
    """An OEI with the rows of its own indicators and those of its AEI."""

    oei: OEI
    grupo: Grupo
    aeis: tuple[Grupo, ...]


class Disposicion:
    """Rows and columns of Seguimiento for a plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.objetivos = _objetivos(plan)
        self.anios = plan.anios
        self.periodos = plan.periodos
        self._columna = {titulo: n for n, titulo in enumerate(self.titulos)}

    @cached_property
    def grupos(self) -> tuple[Grupo, ...]:
        """Every OEI followed by its AEI."""
        return tuple(g for o in self.objetivos for g in (o.grupo, *o.aeis))

    @cached_property
    def renglones(self) -> tuple[Renglon, ...]:
        """All rows, top to bottom."""
        return tuple(r for g in self.grupos for r in g.renglones)

    @cached_property
    def con_meta_de_semestre(self) -> bool:
        """Whether the plan sets targets for semesters."""
        return any(i.metas_semestre for i in self.plan.indicadores)

    @cached_property
    def bandas(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Groups of columns side by side: what each is about, and its titles."""
        return (
            ("Qué se mide", self._titulos_del_plan),
            ("Línea base y metas", tuple(c.value for c in _DE_REFERENCIA) + self.titulos_de_meta),
            ("Valores obtenidos: aquí se escribe", tuple(titulo_de_valor(p) for p in self.periodos)),
            ("Avance de cada período (%)", tuple(titulo_de_avance(p) for p in self.periodos)),
            ("Período de evaluación", DEL_PERIODO),
        )

    @property
    def titulos(self) -> tuple[str, ...]:
        """All column titles, left to right."""
        return tuple(titulo for _, titulos in self.bandas for titulo in titulos)

    @property
    def titulos_de_meta(self) -> tuple[str, ...]:
        """Titles of the targets: of the years, then of the semesters if the plan has any."""
        semestres = self.periodos if self.con_meta_de_semestre else ()
        return tuple(titulo_de_meta(a) for a in self.anios) + tuple(titulo_de_meta_semestre(p) for p in semestres)

    @property
    def ultima_fila(self) -> int:
        """The last row of the table."""
        return self.renglones[-1].fila

    def columna(self, titulo: str) -> int:
        """Number of a column, from 0."""
        return self._columna[titulo]

    def celda(self, fila: int, titulo: str) -> str:
        """A cell of the table in plain A1, for formulas of Seguimiento itself."""
        return f"{xl_col_to_name(self.columna(titulo))}{fila + 1}"

    def en_fila(self, fila: int, titulos: Sequence[str]) -> str:
        """The cells of a row under neighbouring titles."""
        return f"{self.celda(fila, titulos[0])}:{self.celda(fila, titulos[-1])}"

    def en_columna(self, titulo: str, primera: int | None = None, ultima: int | None = None) -> str:
        """The cells under a title, as other sheets refer to them; all rows unless told which."""
        desde = self.renglones[0].fila if primera is None else primera
        hasta = self.ultima_fila if ultima is None else ultima
        return f"Seguimiento!{self.celda(desde, titulo)}:{self.celda(hasta, titulo)}"

    @cached_property
    def _titulos_del_plan(self) -> tuple[str, ...]:
        varios = any(g.reune_varios for g in self.grupos) or any(i.peso is not None for i in self.plan.indicadores)
        columnas = (*_DEL_PLAN, Columna.PESO_INDICADOR) if varios else _DEL_PLAN
        return tuple(c.value for c in columnas)


def completado(plan: Plan) -> Plan:
    """The plan with an empty indicator wherever an OEI or AEI has none, because each takes a row of the table.

    `DatoInvalido` for a plan that makes no book: without years, without an OEI or without an AEI.
    """
    if not plan.periodos or not any(oei.aeis for oei in plan.oeis):
        raise DatoInvalido("El plan no tiene metas de ningún año o no tiene ninguna AEI; con eso no se arma un libro.")
    vacio = (Indicador(""),)
    return replace(
        plan,
        oeis=tuple(
            replace(
                oei,
                indicadores=oei.indicadores or vacio,
                aeis=tuple(aei._replace(indicadores=aei.indicadores or vacio) for aei in oei.aeis),
            )
            for oei in plan.oeis
        ),
    )


def titulo_de_meta(anio: int) -> str:
    """Title of the target of a year."""
    return Encabezado(Columna.META, anio=anio).titulo


def titulo_de_meta_semestre(periodo: Periodo) -> str:
    """Title of the target of a semester."""
    return Encabezado(Columna.META_SEMESTRE, periodo=periodo).titulo


def titulo_de_valor(periodo: Periodo) -> str:
    """Title of the values obtained in a semester."""
    return Encabezado(Columna.VALOR, periodo=periodo).titulo


def titulo_de_avance(periodo: Periodo) -> str:
    """Title of the avances at a período."""
    return Encabezado(Columna.AVANCE, periodo=periodo).titulo


def _objetivos(plan: Plan) -> tuple[Objetivo, ...]:
    filas = iter(range(FILA_DE_TITULOS + 1, 1_000_000))
    return tuple(Objetivo(oei, _grupo(oei, filas), tuple(_grupo(aei, filas) for aei in oei.aeis)) for oei in plan.oeis)


def _grupo(de: OEI | AEI, filas: Iterator[int]) -> Grupo:
    return Grupo(de, tuple(Renglon(next(filas), de, indicador, n == 0) for n, indicador in enumerate(de.indicadores)))
