"""The sheets of the shipped book and the tables in them, for whoever writes or reads them (SPEC 4.2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from zedxl.medida import DatoInvalido
from zedxl.numero import leer_numero
from zedxl.texto import plano
from zedxl.vocabulario import MetodoPEI, Ponderacion, Prioridad, SinDato, Tipo

TABLERO = "Tablero"
SEGUIMIENTO = "Seguimiento"
NARRATIVA = "Narrativa"
AGENTES = "Agentes"
PARAMETROS = "Parámetros"
VALIDACION = "Validación"
BITACORA = "Bitácora"
AYUDA = "Ayuda"
CIERRES = "Cierres"
CONFLICTOS = "Conflictos"
BITACORA_APARTE = "Bitácora de zedxl"
CIERRES_APARTE = "Cierres de zedxl"
CONFLICTOS_APARTE = "Conflictos de zedxl"
"""For a book that has a sheet of that name with other titles."""
PUNTO_DE_PARTIDA = "zedxl_partida"
"""Very hidden, in the copies that are given out: what the book said when it was."""
DE_ZEDXL = (BITACORA, BITACORA_APARTE, CIERRES, CIERRES_APARTE, CONFLICTOS, CONFLICTOS_APARTE, PUNTO_DE_PARTIDA)
"""Sheets that zedxl keeps itself; they repeat codes and values of the plan and are no part of it."""

TITULOS_NARRATIVA = ("Código", "Sección", "Período", "Texto")
TITULOS_AGENTES = ("Código", "Agentes involucrados", "Servicios")
TITULOS_PARAMETROS = ("Parámetro", "Valor", "Qué significa")
TITULOS_BITACORA = (
    "N.º", "Cuándo", "Quién", "Período", "Código", "Celda", "Antes", "Después", "Origen", "Motivo", "Huella",
)  # fmt: skip
TITULOS_HALLAZGOS = ("Severidad", "Regla", "Celda", "Código", "Qué se encontró", "Qué hacer")
TABLA_DE_HALLAZGOS = "tblHallazgos"
TITULOS_CIERRES = ("Suceso", "Período", "Código", "Indicador", "Dato", "Valor", "Celda")
TITULOS_CONFLICTOS = (
    "Qué pasó", "Código", "Dato", "Celda del libro", "Al repartir", "En el libro", "En la copia", "Copia",
    "Quién cambió la copia", "Quién cambió el libro", "Qué hacer", "Decisión",
)  # fmt: skip
FILA_DE_TITULOS = 4
"""Row of the titles, from 1, on the sheets that zedxl adds to a book, and on most of the shipped one's."""


@dataclass(frozen=True, slots=True)
class Parametro:
    """A row of sheet Parámetros: its name there, the field it fills, how its cell is read, what it means.

    ``campo`` is an attribute of `zedxl.plan.Entidad` or of `zedxl.parametros.Parametros`. ``opciones`` are the words
    to choose from, for a drop-down.
    """

    nombre: str
    campo: str
    leer: Callable[[Any], Any]
    significado: str
    opciones: tuple[str, ...] = ()


def _texto(celda: Any) -> str:
    return "" if celda is None else str(celda).strip()


def _porcentaje(celda: Any) -> float:
    numero = leer_numero(celda)
    if numero is None:
        raise DatoInvalido("Falta el número.")
    return numero


def _si_o_no(celda: Any) -> bool:
    respuesta = plano(str(celda))
    if respuesta not in ("si", "no"):
        raise DatoInvalido(f"«{celda}» no se reconoce; use Sí o No.")
    return respuesta == "si"


def _prioridades(celda: Any) -> tuple[Prioridad, ...]:
    partes = [p for p in _texto(celda).split(",") if p.strip()]
    if [plano(p) for p in partes] == ["todas"]:
        return ()
    return tuple(Prioridad.leer(p) for p in partes)


def _palabras(clase: type[Tipo | Ponderacion | SinDato | MetodoPEI]) -> tuple[str, ...]:
    return tuple(palabra.value for palabra in clase)


PARAMETROS_DE_ENTIDAD = (
    Parametro("Entidad", "nombre", _texto, "Nombre completo, como aparece en la carátula del informe."),
    Parametro("Siglas", "siglas", _texto, "Nombre corto, como aparece dentro del texto."),
    Parametro("PEI", "pei", _texto, "Años del plan, por ejemplo 2024-2026."),
)
PARAMETROS_DE_REGLAS = (
    Parametro("Umbral rojo", "umbral_rojo", _porcentaje, "El semáforo es rojo por debajo de este porcentaje."),
    Parametro("Umbral verde", "umbral_verde", _porcentaje, "El semáforo es verde desde este porcentaje."),
    Parametro("Umbral crítico", "umbral_critico", _porcentaje, "Una AEI es crítica si su ritmo es menor."),
    Parametro("Método de avance", "tipo", Tipo.leer,
              "Tipo I mide contra cero; Tipo II, contra la línea base (solo lo no acumulado).", _palabras(Tipo)),
    Parametro("Tope de 100", "tope", _si_o_no, "Sí: ningún avance pasa de 100.", ("Sí", "No")),
    Parametro("Ponderación", "ponderacion", Ponderacion.leer,
              "De dónde salen los pesos del puntaje; con la columna Peso vacía son iguales.", _palabras(Ponderacion)),
    Parametro("AEI sin dato", "sin_dato", SinDato.leer,
              "Qué vale en el puntaje una AEI programada y no reportada.", _palabras(SinDato)),
    Parametro("Puntaje del PEI", "metodo_pei", MetodoPEI.leer,
              "AEI: sobre todas las AEI; OEI: sobre los OEI, según su prioridad.", _palabras(MetodoPEI)),
    Parametro("Prioridades vigiladas", "prioridades_criticas", _prioridades,
              "Qué prioridades pueden ser críticas: Todas, o una lista como Muy alta, Alta."),
)  # fmt: skip
PERIODO_DE_EVALUACION = "Período de evaluación"
"""Name of the parameter that says which período Tablero and Seguimiento show."""
PREFIJO_DE_SINONIMO = "Sinónimo"
"""How the name of a parameter begins that says what a title of the book means: «Sinónimo: Resultado logrado»."""
