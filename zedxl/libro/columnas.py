"""Columns of a seguimiento table: the titles zedxl writes, and the many that it recognises (SPEC 4.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

from zedxl.medida import DatoInvalido
from zedxl.periodo import Periodo
from zedxl.texto import plano


class Columna(str, Enum):
    """What a column means; the value is the title that zedxl writes."""

    __hash__ = str.__hash__  # that of Enum is written in Python, and these are looked up all the time

    CODIGO = "Código"
    DENOMINACION = "Denominación"
    PRIORIDAD = "Prioridad"
    RESPONSABLE = "Unidad responsable"
    CODIGO_INDICADOR = "Código del indicador"
    INDICADOR = "Indicador"
    UNIDAD = "Unidad de medida"
    SENTIDO = "Sentido"
    AGREGACION = "Agregación"
    FRECUENCIA = "Frecuencia"
    RELEVANCIA = "Relevancia"
    PESO = "Peso"
    PESO_INDICADOR = "Peso del indicador"
    LINEA_BASE = "Línea base"
    LINEA_BASE_ANIO = "Año de la línea base"
    MINIMO = "Mínimo"
    MAXIMO = "Máximo"
    META = "Meta"
    META_SEMESTRE = "Meta del semestre"
    VALOR = "Valor"
    AVANCE = "Avance"


# Plain words (zedxl.texto.plano) that name a column; a title matches when it equals one of them.
_NOMBRES: dict[Columna, tuple[str, ...]] = {
    Columna.CODIGO: (
        "codigo", "cod", "codigo oei aei", "codigo aei", "codigo de la aei", "cod aei", "cod oei aei", "aei codigo",
        "aei cod", "oei aei codigo", "codigo de aei", "codigo pei", "codigo del pei", "codigo oei aei indicador",
        "codigo de oei aei", "codigo del objetivo accion", "codigo objetivo accion", "elemento codigo",
    ),
    Columna.DENOMINACION: (
        "denominacion", "descripcion", "objetivo accion", "oei aei", "nombre", "enunciado",
        "objetivo accion estrategica", "denominacion de la aei", "accion estrategica institucional", "aei",
        "aei denominacion", "aei descripcion", "aei nombre", "nombre de la aei", "descripcion de la aei",
        "denominacion aei", "accion estrategica", "accion estrategica institucional aei", "denominacion de oei aei",
        "oei aei denominacion", "enunciado de la aei", "aei enunciado", "oei y aei", "elemento denominacion",
    ),
    Columna.PRIORIDAD: ("prioridad", "prioridad de la aei", "nivel de prioridad"),
    Columna.RESPONSABLE: (
        "unidad responsable", "responsable", "unidad organica responsable", "area responsable", "uo responsable",
        "organo responsable", "organo unidad organica responsable", "organo o unidad organica responsable",
        "unidad organica", "responsable de la aei", "oficina responsable", "ueo responsable", "centro de costo",
        "responsable de la medicion", "unidad organica responsable de la medicion", "uo",
    ),
    Columna.CODIGO_INDICADOR: (
        "codigo del indicador", "codigo indicador", "cod indicador", "codigo de indicador", "indicador codigo",
        "indicador cod", "cod ind", "codigo ind",
    ),
    Columna.INDICADOR: (
        "indicador", "nombre del indicador", "indicador de desempeno", "denominacion del indicador",
        "indicador nombre", "indicador denominacion", "indicadores", "descripcion del indicador", "nombre indicador",
        "indicador de la aei", "indicador enunciado", "indicador descripcion",
    ),
    Columna.UNIDAD: (
        "unidad de medida", "unidad", "u medida", "um", "u m", "unid medida", "und medida", "unidad medida", "u de m",
        "unidad de medida del indicador", "indicador unidad de medida", "und", "unid", "unid de medida",
    ),
    Columna.SENTIDO: (
        "sentido", "sentido esperado", "sentido del indicador", "sentido esperado del indicador", "indicador sentido",
        "tendencia",
    ),
    Columna.AGREGACION: ("agregacion", "tipo de agregacion", "tipo agregacion", "tipo de acumulacion", "acumulacion"),
    Columna.FRECUENCIA: (
        "frecuencia", "frecuencia de medicion", "periodicidad", "frecuencia de reporte", "periodicidad de medicion",
    ),
    Columna.RELEVANCIA: ("relevancia", "nivel de relevancia", "relevancia de la aei"),
    Columna.PESO: ("peso", "ponderacion", "peso de la aei", "ponderador", "peso aei"),
    Columna.PESO_INDICADOR: ("peso del indicador", "peso indicador"),
    Columna.LINEA_BASE: ("linea base", "linea de base", "linea base valor", "valor de linea base", "lb", "lb valor",
                         "valor de la linea base", "linea de base valor", "valor linea base", "valor linea de base",
                         "valor lb", "linea base valor absoluto"),
    Columna.LINEA_BASE_ANIO: ("ano de la linea base", "linea base ano", "ano linea base", "ano lb", "lb ano",
                              "ano de linea base", "linea de base ano", "ano de la linea de base"),
    Columna.MINIMO: ("minimo", "valor minimo", "limite inferior"),
    Columna.MAXIMO: ("maximo", "valor maximo", "limite superior"),
}  # fmt: skip
_POR_NOMBRE = {nombre: columna for columna, nombres in _NOMBRES.items() for nombre in nombres}

_META = ("meta", "metas", "logro esperado", "logros esperados", "programado", "progr", "meta programada",
         "meta anual", "programado anual", "meta fisica", "meta fisica programada", "meta anual programada", "prog",
         "programacion", "programacion anual", "valor esperado", "valor programado", "logros", "metas anuales",
         "meta del ano", "logro programado", "programada", "valor meta", "meta del semestre",
         "meta semestral")  # fmt: skip
_VALOR = ("valor", "valor obtenido", "valores obtenidos", "ejecutado", "ejecut", "logrado", "logro obtenido",
          "obtenido", "valor logrado", "avance fisico", "meta ejecutada", "valor alcanzado", "logro alcanzado", "ejec",
          "resultado obtenido", "resultado alcanzado", "resultado logrado", "valor ejecutado", "ejecucion",
          "meta alcanzada", "meta lograda", "ejecucion fisica", "valor reportado", "alcanzado", "resultado",
          "ejecutada", "valor real")  # fmt: skip
_AVANCE = ("avance", "avance porcentual", "% avance", "avance %", "porcentaje de avance", "% de avance",
           "% cumplimiento", "cumplimiento", "% de cumplimiento", "porcentaje de cumplimiento", "nivel de cumplimiento",
           "avance acumulado", "avance del indicador")  # fmt: skip

_CON_TIEMPO = {
    **dict.fromkeys(_META, Columna.META),
    **dict.fromkeys(_VALOR, Columna.VALOR),
    **dict.fromkeys(_AVANCE, Columna.AVANCE),
}
_ANIO = re.compile(r"(?:ano )?(20\d\d)")


@dataclass(frozen=True, slots=True)
class Encabezado:
    """A recognised title: its meaning, and the year or período that it is about."""

    columna: Columna
    anio: int | None = None
    periodo: Periodo | None = None
    _huella: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_huella", hash((self.columna, self.anio, self.periodo)))

    def __hash__(self) -> int:
        """Taken once: every cell of a table is looked up by the title of its column."""
        return self._huella

    @property
    def titulo(self) -> str:
        """The title as zedxl writes it.

        >>> Encabezado(Columna.META, anio=2025).titulo, Encabezado(Columna.VALOR, periodo=Periodo(2025, 1)).titulo
        ('Meta 2025', 'Valor 2025-I')
        """
        tiempo = self.periodo or self.anio
        nombre = "Meta" if self.columna is Columna.META_SEMESTRE else self.columna.value
        return nombre if tiempo is None else f"{nombre} {tiempo}"


CON_TIEMPO = frozenset({Columna.META, Columna.META_SEMESTRE, Columna.VALOR, Columna.AVANCE})
"""The columns that are about a year or período."""
SIN_TIEMPO = {columna: Encabezado(columna) for columna in Columna}
"""The titles that are about no year or período."""


@lru_cache(maxsize=2048)
def reconocer(titulo: str) -> Encabezado | None:
    """What a title means, None for one that zedxl does not know.

    A year alone (2025) is a target. A período alone (2025-I) is a value obtained.

    >>> reconocer("U. MEDIDA").columna.value
    'Unidad de medida'
    >>> reconocer("Logro esperado 2025") == reconocer("2025") == Encabezado(Columna.META, anio=2025)
    True
    >>> reconocer("2025-Semestre I: Valor obtenido") == Encabezado(Columna.VALOR, periodo=Periodo(2025, 1))
    True
    >>> reconocer("Comentarios") is None
    True
    """
    escrito = plano(titulo)
    columna = _POR_NOMBRE.get(escrito)
    if columna is not None:
        return SIN_TIEMPO[columna]
    for nombre, columna in _CON_TIEMPO.items():
        if not _contiene(escrito, nombre):
            continue
        encabezado = _con_tiempo(columna, _sin(escrito, nombre))
        if encabezado is not None:
            return encabezado
    return _con_tiempo(None, escrito)


def _con_tiempo(columna: Columna | None, tiempo: str) -> Encabezado | None:
    """A target, value or avance of the year or período named in ``tiempo``, None when it names none."""
    anio = _ANIO.fullmatch(tiempo)
    if anio is not None and columna in (None, Columna.META):
        return Encabezado(Columna.META, anio=int(anio[1]))
    try:
        periodo = Periodo.leer(tiempo)
    except DatoInvalido:
        return None
    if columna is Columna.META:
        return Encabezado(Columna.META_SEMESTRE, periodo=periodo)
    return Encabezado(columna or Columna.VALOR, periodo=periodo)


def _contiene(escrito: str, nombre: str) -> bool:
    return f" {nombre} " in f" {escrito} "


def _sin(escrito: str, nombre: str) -> str:
    return " ".join(f" {escrito} ".replace(f" {nombre} ", " ", 1).split())
