"""From where a plan comes from to a new book that did not exist before."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from zedxl.archivo import estrenar, temporal
from zedxl.errores import ErrorExplicado, motivo_del_sistema
from zedxl.hallazgo import Severidad
from zedxl.libro.construccion import componer
from zedxl.libro.construccion.libro import CON_MACROS
from zedxl.libro.lectura import leer
from zedxl.nuevo.plan_csv import leer_plan, rechazar
from zedxl.nuevo.plan_inicial import plan_inicial
from zedxl.plan import Entidad, Plan

_ANIOS_DE_UN_PEI = 3
_MAXIMO_DE_ANIOS = 15
_PEI = re.compile(r"\s*(20\d\d)\s*[-–—/]\s*(20\d\d)\s*")
_EXTENSIONES = (CON_MACROS, ".xlsx")


class NuevoImposible(ErrorExplicado):
    """Why no new book can be written; its text says what to do."""


@dataclass(frozen=True, slots=True)
class Origen:
    """A plan for a new book, and what has to be said of where it comes from."""

    plan: Plan
    avisos: tuple[str, ...] = ()


def origen_de(desde: Path | None, entidad: Entidad) -> Origen:
    """The plan of a CSV file or of a book, or the one to be filled in, for an institution and all years of its PEI.

    What ``entidad`` leaves empty is as the book says; the PEI, without either, lasts as long as the targets, or
    three years from this one. Raises `PlanInvalido`, `CsvIlegible`, `LibroIlegible` or `NuevoImposible`.
    """
    origen = Origen(plan_inicial()) if desde is None else _leer(desde)
    plan, dicha = origen.plan, origen.plan.entidad
    pei = entidad.pei or dicha.pei
    anios = {*plan.anios, *(anios_de(pei) if entidad.pei or _PEI.fullmatch(pei) else ())} or _desde_este_anio()
    completa = Entidad(
        nombre=entidad.nombre or dicha.nombre,
        siglas=entidad.siglas or ("" if entidad.nombre else dicha.siglas),
        pei=pei or f"{min(anios)}-{max(anios)}",
    )
    return replace(origen, plan=replace(plan.con_anios(anios), entidad=completa, cierres={}, hallazgos=()))


def anios_de(pei: str) -> range:
    """The years of a PEI.

    >>> list(anios_de("2025-2027"))
    [2025, 2026, 2027]
    """
    escrito = _PEI.fullmatch(pei)
    anios = range(int(escrito[1]), int(escrito[2]) + 1) if escrito else range(0)
    if not 1 <= len(anios) <= _MAXIMO_DE_ANIOS:
        raise NuevoImposible(f"«{pei}» no son los años de un PEI. Escríbalos así: 2025-2027.")
    return anios


def crear(plan: Plan, salida: Path) -> tuple[str, ...]:
    """Write the book of a plan, at the last period with a value or else the first; gives what had to be shortened.

    `NuevoImposible` when the file exists, even if only since a moment ago, or cannot be written.
    """
    comprobar_salida(salida)
    periodo = (plan.periodos_con_valor or plan.periodos[:1])[-1]
    contenido, avisos = componer(plan, periodo, salida.suffix.casefold() == CON_MACROS)
    try:
        with temporal(contenido, salida.absolute().parent, como=salida) as escrito:
            estrenar(escrito, salida)
    except FileExistsError as error:
        raise _ya_existe(salida) from error
    except OSError as error:
        raise NuevoImposible(f"No se pudo escribir {salida}: {motivo_del_sistema(error)}.") from error
    return tuple(map(str, avisos))


def comprobar_salida(salida: Path) -> None:
    """Raise `NuevoImposible` for a file that exists, or whose name is not that of a book."""
    if salida.suffix.casefold() not in _EXTENSIONES:
        raise NuevoImposible(
            f"«{salida.name}» no dice qué libro escribir. Termine el nombre en .xlsm (con funciones y cinta) o .xlsx."
        )
    if salida.exists():
        raise _ya_existe(salida)


def _leer(desde: Path) -> Origen:
    if desde.suffix.casefold() in (".csv", ".txt"):
        return Origen(*leer_plan(desde))
    plan = leer(desde)
    rechazar(desde.name, [str(h) for h in plan.hallazgos if h.severidad is Severidad.ERROR])
    return Origen(plan, (*_sin_pasar(plan), *(str(h) for h in plan.hallazgos)))


def _sin_pasar(plan: Plan) -> Iterable[str]:
    """What a book has and a new one does not get."""
    if plan.cierres:
        cerrados = ", ".join(str(periodo) for periodo in sorted(plan.cierres))
        yield f"Los cierres ({cerrados}) y la Bitácora no pasan al libro nuevo; ciérrelos allí, o conserve el anterior."


def _desde_este_anio() -> set[int]:
    este = date.today().year
    return set(range(este, este + _ANIOS_DE_UN_PEI))


def _ya_existe(salida: Path) -> NuevoImposible:
    return NuevoImposible(f"{salida} ya existe y no se reemplaza. Escriba otro nombre, o retire ese archivo.")
