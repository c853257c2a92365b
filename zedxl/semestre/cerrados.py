"""The closed periods of a plan: which values each of them rests on, and what is no longer as it was closed."""

from __future__ import annotations

from collections.abc import Iterator

from zedxl.evaluacion import evaluar
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.instantanea import REGLA, Instantanea
from zedxl.periodo import Periodo
from zedxl.plan import Celda, Plan


def cierre_que_fija(plan: Plan, periodo: Periodo) -> Instantanea | None:
    """The closing that fixes the values of a period: its own, or that of the year that they are part of."""
    cierres = (plan.cierres.get(p) for p in dict.fromkeys((periodo, Periodo(periodo.anio, 2))))
    return next((cierre for cierre in cierres if cierre is not None), None)


def celdas_del_periodo(plan: Plan, periodo: Periodo) -> Iterator[Celda]:
    """The cells that closing a period locks: its values and, once the year is over, all that the year rests on."""
    semestres = (periodo.primero, periodo) if periodo.cierra_anio else (periodo,)
    for indicador in plan.indicadores:
        datos = [indicador.valor(semestre) for semestre in semestres]
        if periodo.cierra_anio:
            datos.append(indicador.meta(periodo.anio))
        datos += [dato for p, dato in indicador.metas_semestre.items() if p in semestres]
        yield from (dato.celda for dato in datos if dato.celda is not None)


def celdas_cerradas(plan: Plan, salvo: Periodo | None = None) -> set[Celda]:
    """The cells that the closed periods lock, one of them left out."""
    return {celda for p in plan.cierres if p != salvo for celda in celdas_del_periodo(plan, p)}


def sin_columna(plan: Plan) -> Iterator[Hallazgo]:
    """Closed periods that the table has no column of values for any more."""
    if not plan.cierres:
        return
    con_columna = {periodo for indicador in plan.indicadores for periodo in indicador.valores}
    for periodo in sorted(plan.cierres.keys() - con_columna):
        yield Hallazgo(
            Severidad.ERROR, REGLA, "", "", str(periodo),
            f"{periodo} está cerrado, y la tabla ya no tiene la columna con sus valores.",
            "Recupérela de un respaldo, o agréguela de nuevo: zedxl abrir-semestre LIBRO "
            f"{periodo} --motivo «por qué».",
        )  # fmt: skip


def cambiados(plan: Plan) -> Iterator[Hallazgo]:
    """What any closed period no longer says as when it was closed."""
    yield from sin_columna(plan)
    conocidos = set(plan.periodos)
    for periodo in sorted(plan.cierres):
        if periodo in conocidos:
            yield from (h for h in evaluar(plan, periodo).hallazgos if h.regla == REGLA)
