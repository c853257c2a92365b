"""Books of another plan and with other parameters: each formula still carries the value that it evaluates to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.libros import FUENTES
from tests.motor_formulas import discrepancias
from tests.planes import I_2025, II_2025, aei, indicador, oei, plan
from zedxl.libro.construccion import construir
from zedxl.libro.fuentes import leer
from zedxl.parametros import Parametros
from zedxl.periodo import Periodo
from zedxl.plan import Dato, Plan
from zedxl.vocabulario import (
    Agregacion,
    Frecuencia,
    MetodoPEI,
    Ponderacion,
    Prioridad,
    Relevancia,
    Sentido,
    SinDato,
    Tipo,
)

DECISIONES: dict[str, dict[str, Any]] = {
    "por omisión": {},
    "sin tope": {"tope": False},
    "Tipo II": {"tipo": Tipo.II},
    "Tipo II sin tope": {"tipo": Tipo.II, "tope": False},
    "pesos iguales": {"ponderacion": Ponderacion.IGUALES},
    "por relevancia": {"ponderacion": Ponderacion.RELEVANCIA},
    "excluir lo no reportado": {"sin_dato": SinDato.EXCLUIR},
    "PEI por OEI": {"metodo_pei": MetodoPEI.OEI},
    "PEI por OEI, excluyendo": {"metodo_pei": MetodoPEI.OEI, "sin_dato": SinDato.EXCLUIR},
    "umbrales": {"umbral_rojo": 40.0, "umbral_verde": 60.0, "umbral_critico": 90.0},
    "solo prioridad alta": {"prioridades_criticas": (Prioridad.ALTA,)},
    "dos prioridades": {"prioridades_criticas": (Prioridad.MUY_ALTA, Prioridad.ALTA)},
}
CON_DECISIONES = pytest.mark.parametrize("decisiones", DECISIONES.values(), ids=DECISIONES.keys())


def variado() -> Plan:
    """Every kind of indicator that SPEC 2 tells apart, some without target, value, baseline or reason to be judged."""
    muy, relevante, poco = Relevancia
    acumulado, descendente = {"agregacion": Agregacion.ACUMULADO}, {"sentido": Sentido.DESCENDENTE}
    rango = {"sentido": Sentido.NO_DEFINIDO, "minimo": Dato(10.0), "maximo": Dato(20.0)}
    return plan(
        oei("OEI.01",
            aei("AEI.01.01", indicador(10, 4, 5, relevancia=muy, linea_base=Dato(2.0)), peso=2.0),
            aei("AEI.01.02", indicador(10, 3, 6, relevancia=relevante, **acumulado), peso=1.0, prioridad=Prioridad.ALTA),
            aei("AEI.01.03", indicador(8, 20, 9, relevancia=poco, linea_base=Dato(30.0), **descendente), peso=0.0),
            aei("AEI.01.04", indicador(10, None, 7, relevancia=poco), peso=3.0),
            indicadores=(indicador(5, None, 5, frecuencia=Frecuencia.ANUAL),), prioridad=Prioridad.MUY_ALTA),
        oei("OEI.02",
            aei("AEI.02.01", indicador(None, 5, 40, relevancia=muy, **rango)),
            aei("AEI.02.02", indicador(None, 1, 2, relevancia=muy)),
            aei("AEI.02.03", indicador(0, 1, 2, relevancia=muy)),
            aei("AEI.02.04", indicador(4, 3, None, relevancia=muy, frecuencia=Frecuencia.ANUAL)),
            aei("AEI.02.05", indicador(6, None, None, relevancia=muy, frecuencia=Frecuencia.ANUAL)),
            indicadores=(indicador(7, 2, 0, **descendente),), prioridad=Prioridad.BAJA),
        oei("OEI.03",
            aei("AEI.03.01", indicador(9, 3, None, relevancia=relevante, nombre="uno", peso=3.0),
                indicador(50, 20, 10, relevancia=muy, nombre="dos", peso=1.0, **acumulado)),
            aei("AEI.03.02", indicador(9, 3, None, relevancia=relevante, nombre="uno", frecuencia=Frecuencia.ANUAL),
                indicador(10, 12, 11, relevancia=muy, nombre="dos", linea_base=Dato(10.0))),
            prioridad=Prioridad.MEDIA),
    )  # fmt: skip


def discrepancias_de(un_plan: Plan, decisiones: dict[str, Any], periodo: Periodo, ruta: Path) -> list[str]:
    construir(replace(un_plan, parametros=Parametros(**decisiones)), periodo, ruta)
    return discrepancias(ruta)


@pytest.mark.parametrize("periodo", [I_2025, II_2025], ids=str)
@CON_DECISIONES
def test_a_plan_with_every_kind_of_indicator(decisiones: dict[str, Any], periodo: Periodo, tmp_path: Path) -> None:
    assert discrepancias_de(variado(), decisiones, periodo, tmp_path / "libro.xlsx") == []


@CON_DECISIONES
def test_the_plan_of_zed_ilo(decisiones: dict[str, Any], tmp_path: Path) -> None:
    assert discrepancias_de(leer(FUENTES), decisiones, I_2025, tmp_path / "libro.xlsx") == []
