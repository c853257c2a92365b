"""Any plan as the flat book that an institution has, written by openpyxl: one row per indicator, nothing computed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.libros import escribir_libro
from zedxl.parametros import Parametros
from zedxl.periodo import Periodo
from zedxl.plan import AEI, OEI, Dato, Indicador, Plan

REGLAS = (
    ("Umbral rojo", "umbral_rojo"), ("Umbral verde", "umbral_verde"), ("Umbral crítico", "umbral_critico"),
    ("Método de avance", "tipo"), ("Ponderación", "ponderacion"), ("AEI sin dato", "sin_dato"),
    ("Puntaje del PEI", "metodo_pei"),
)  # fmt: skip
_COLUMNAS = ("Cod.", "Denominación", "Prioridad", "Indicador", "U. Medida", "Sentido", "Tipo de agregación", "Frecuencia",
             "LB", "Mínimo", "Máximo")  # fmt: skip


def libro_plano(ruta: Path, plan: Plan, periodos: tuple[Periodo, ...], con_meta_de_semestre: bool = False) -> Path:
    """Sheet «Matriz d'año» with the table from row 3 on, sheet Parámetros with the rules of the plan."""
    anios = sorted({p.anio for p in periodos})
    titulos = [*_COLUMNAS, *(f"Meta {a}" for a in anios)]
    titulos += [f"Meta {p}" for p in periodos] if con_meta_de_semestre else []
    titulos += [f"Valor obtenido {p}" for p in periodos]
    filas: list[list[Any]] = [["Matriz de seguimiento"], [], titulos]
    for de, indicador, primero in _renglones(plan):
        metas = [indicador.meta(a) for a in anios]
        if con_meta_de_semestre:
            metas += [indicador.metas_semestre.get(p, Dato()) for p in periodos]
        datos = (indicador.linea_base, indicador.minimo, indicador.maximo, *metas, *(map(indicador.valor, periodos)))
        filas.append([
            de.codigo, de.denominacion if primero else None, de.prioridad and de.prioridad.value, indicador.nombre,
            indicador.unidad, indicador.sentido.value, indicador.agregacion.value, indicador.frecuencia.value,
            *(dato.valor for dato in datos),
        ])  # fmt: skip
    return escribir_libro(ruta, {"Matriz d'año": filas, "Parámetros": list(_parametros(plan.parametros))})


def _renglones(plan: Plan) -> Iterator[tuple[OEI | AEI, Indicador, bool]]:
    for oei in plan.oeis:
        todos: tuple[OEI | AEI, ...] = (oei, *oei.aeis)
        for de in todos:
            for numero, indicador in enumerate(de.indicadores):
                yield de, indicador, numero == 0


def _parametros(parametros: Parametros) -> Iterator[list[Any]]:
    yield ["Parámetro", "Valor", "Qué significa"]
    for nombre, campo in REGLAS:
        valor = getattr(parametros, campo)
        yield [nombre, valor if isinstance(valor, float) else valor.value, ""]
    yield ["Tope de 100", "Sí" if parametros.tope else "No", ""]
    vigiladas = ", ".join(p.value for p in parametros.prioridades_criticas)
    yield ["Prioridades vigiladas", vigiladas or "Todas", ""]
