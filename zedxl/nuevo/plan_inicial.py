"""A plan to be filled in: valid as it is, with words in brackets where people have to write theirs."""

from __future__ import annotations

from zedxl.plan import AEI, OEI, Entidad, Indicador, Plan

_OBJETIVOS, _ACCIONES = 3, 3


def plan_inicial() -> Plan:
    """Three objectives with three actions each, without targets, so that nothing is counted until there are some."""
    return Plan(Entidad(), tuple(_objetivo(n) for n in range(1, _OBJETIVOS + 1)))


def _objetivo(n: int) -> OEI:
    return OEI(
        codigo=f"OEI.{n:02d}",
        denominacion="[Escriba el objetivo estratégico institucional]",
        indicadores=(Indicador("[Escriba el indicador del objetivo]"),),
        aeis=tuple(_accion(n, m) for m in range(1, _ACCIONES + 1)),
    )


def _accion(n: int, m: int) -> AEI:
    indicador = Indicador("[Escriba el indicador de la acción]", codigo=f"IND.{n:02d}.{m:02d}.01")
    return AEI(f"AEI.{n:02d}.{m:02d}", "[Escriba la acción estratégica institucional]", (indicador,))
