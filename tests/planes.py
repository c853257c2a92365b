"""Plans written by hand, for tests."""

from __future__ import annotations

from typing import Any

from zedxl.parametros import Parametros
from zedxl.periodo import Periodo
from zedxl.plan import AEI, OEI, Dato, Entidad, Indicador, Plan
from zedxl.vocabulario import Prioridad

I_2025, II_2025 = Periodo(2025, 1), Periodo(2025, 2)


def indicador(
    meta: float | None, primero: float | None = None, segundo: float | None = None, **campos: Any
) -> Indicador:
    """An indicator with a target for 2025 and values for its two semesters."""
    campos.setdefault("nombre", "Número de cosas")
    return Indicador(metas={2025: Dato(meta)}, valores={I_2025: Dato(primero), II_2025: Dato(segundo)}, **campos)


def aei(codigo: str, *indicadores: Indicador, **campos: Any) -> AEI:
    """An action with these indicators."""
    return AEI(codigo, f"Acción {codigo}", indicadores, **campos)


def oei(codigo: str, *aeis: AEI, indicadores: tuple[Indicador, ...] = (), prioridad: Prioridad | None = None) -> OEI:
    """An objective with these actions."""
    return OEI(codigo, f"Objetivo {codigo}", indicadores, aeis, prioridad)


def plan(*oeis: OEI, **parametros: Any) -> Plan:
    """A plan of these objectives."""
    return Plan(Entidad("Municipalidad de Prueba", "MDP", "2024-2026"), oeis, Parametros(**parametros))
