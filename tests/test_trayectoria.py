"""The evolution of a plan: what is shown for each período, and where there is a gap."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl

from tests.libros import LIBRO_EJEMPLO, LIBRO_ZED_ILO
from tests.motor_formulas import discrepancias
from tests.planes import I_2025, II_2025, aei, indicador, oei, plan
from tests.test_cli import zedxl
from zedxl.evaluacion import evaluar
from zedxl.libro.construccion import construir
from zedxl.resumen import como_json
from zedxl.trayectoria import trayectorias
from zedxl.vocabulario import Ponderacion

# the first objective reports in both semesters, the second only in the second one, the third has no target
DESIGUAL = plan(
    oei("OEI.01", aei("AEI.01.01", indicador(4, 1, 0))),
    oei("OEI.02", aei("AEI.02.01", indicador(4, None, 4))),
    oei("OEI.03", aei("AEI.03.01", indicador(None, 3))),
)


def test_a_zero_is_a_zero_and_what_nobody_reported_is_a_gap() -> None:
    numeros = {t.codigo: [m.valor for m in t.medidas] for t in trayectorias(evaluar(DESIGUAL, II_2025).historia)}
    assert numeros == {
        "OEI.01": [25, 0], "AEI.01.01": [25, 0],
        "OEI.02": [None, 100], "AEI.02.01": [None, 100],
        "OEI.03": [None, None], "AEI.03.01": [None, None],
        "PEI": [12.5, 50],
    }  # fmt: skip


def test_the_plan_has_a_gap_where_only_an_objective_reported_its_own_indicator() -> None:
    solo_el_oei = plan(oei("OEI.01", aei("AEI.01.01", indicador(4)), indicadores=(indicador(2, 1),)))
    *_, del_pei = trayectorias(evaluar(solo_el_oei, I_2025).historia)
    assert [m.valor for m in del_pei.medidas] == [None]


def test_weights_that_are_missing_do_not_matter_where_nothing_was_programmed(tmp_path: Path) -> None:
    sin_meta = plan(oei("OEI.01", aei("AEI.01.01", indicador(None, None, 0))), ponderacion=Ponderacion.RELEVANCIA)
    *_, del_pei = trayectorias(evaluar(sin_meta, II_2025).historia)
    assert [str(m) for m in del_pei.medidas] == ["N/D (sin AEI programadas)"]
    construir(sin_meta, I_2025, tmp_path / "libro.xlsx")
    assert discrepancias(tmp_path / "libro.xlsx") == []


def test_the_tablero_tells_a_zero_from_a_gap(tmp_path: Path) -> None:
    construir(DESIGUAL, II_2025, tmp_path / "libro.xlsx")
    hoja = openpyxl.load_workbook(tmp_path / "libro.xlsx", data_only=True)["Tablero"]
    tabla = {
        hoja.cell(n, 2).value: [hoja.cell(n, c).value for c in (18, 19)]
        for n in range(30, hoja.max_row + 1)
        if hoja.cell(n, 2).value
    }
    assert tabla["OEI.01"] == tabla["AEI.01.01"] == [25, 0]
    assert tabla["OEI.02"] == tabla["AEI.02.01"] == ["N/D", 100]
    assert tabla["OEI.03"] == tabla["AEI.03.01"] == ["N/D", "N/D"]
    assert tabla["PEI"] == [12.5, 50]


def test_json_has_every_period_only_when_asked() -> None:
    evaluacion = evaluar(DESIGUAL, I_2025)
    assert "historia" not in como_json(evaluacion)
    assert como_json(evaluacion, con_historia=True)["historia"] == [
        {
            "periodo": "2025-I", "avance_pei": 12.5,
            "oei": [{"codigo": "OEI.01", "puntaje": 25}, {"codigo": "OEI.02", "puntaje": None},
                    {"codigo": "OEI.03", "puntaje": None}],
            "aei": [{"codigo": "AEI.01.01", "avance": 25}, {"codigo": "AEI.02.01", "avance": None},
                    {"codigo": "AEI.03.01", "avance": None}],
        },
        {
            "periodo": "2025-II", "avance_pei": 50,
            "oei": [{"codigo": "OEI.01", "puntaje": 0}, {"codigo": "OEI.02", "puntaje": 100},
                    {"codigo": "OEI.03", "puntaje": None}],
            "aei": [{"codigo": "AEI.01.01", "avance": 0}, {"codigo": "AEI.02.01", "avance": 100},
                    {"codigo": "AEI.03.01", "avance": None}],
        },
    ]  # fmt: skip


def test_the_command_prints_a_table_and_json() -> None:
    dicho = zedxl("resumen", LIBRO_EJEMPLO, "--historia").stdout
    fila = next(linea for linea in reversed(dicho.splitlines()) if linea.strip().startswith("AEI.01.01"))
    assert fila.split()[-3:] == ["30.00", "90.00", "41.67"]
    assert "Evolución" not in zedxl("resumen", LIBRO_EJEMPLO).stdout
    publicado = json.loads(zedxl("resumen", LIBRO_ZED_ILO, "--historia", "--json").stdout)
    assert [(h["periodo"], round(h["avance_pei"], 2)) for h in publicado["historia"]] == [("2025-I", 88.33)]
