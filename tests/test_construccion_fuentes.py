"""The text sources of a book: what they say, and how a mistake in them is named."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.libros import FUENTES
from zedxl.libro import __main__ as orden
from zedxl.libro.fuentes import FuenteInvalida, leer
from zedxl.narrativa import Seccion, buscar
from zedxl.periodo import Periodo
from zedxl.vocabulario import Frecuencia, Prioridad

I_2025 = Periodo(2025, 1)


@pytest.fixture
def fuentes(tmp_path: Path) -> Path:
    return shutil.copytree(FUENTES, tmp_path / "fuentes")


def cambiar(archivo: Path, antes: str, despues: str) -> None:
    texto = archivo.read_text(encoding="utf-8")
    assert antes in texto
    archivo.write_text(texto.replace(antes, despues, 1), encoding="utf-8")


def test_the_plan_of_zed_ilo_has_its_objectives_actions_and_priorities() -> None:
    plan = leer(FUENTES)
    assert [(o.codigo, len(o.aeis), o.prioridad) for o in plan.oeis] == [
        ("OEI.01", 3, Prioridad.MEDIA), ("OEI.02", 4, Prioridad.MUY_ALTA), ("OEI.03", 3, Prioridad.ALTA),
    ]  # fmt: skip
    anuales = {o.codigo for o in plan.oeis if o.indicadores[0].frecuencia is Frecuencia.ANUAL}
    assert anuales == {"OEI.02", "OEI.03"}
    assert plan.periodos_con_valor == (I_2025,)


def test_every_section_of_the_report_has_its_text() -> None:
    plan = leer(FUENTES)
    oeis, aeis = [o.codigo for o in plan.oeis], [a.codigo for a in plan.aeis]
    de_los_oei = {Seccion.CUMPLIMIENTO: ["PEI", *oeis], Seccion.ANALISIS: oeis, Seccion.IMPLEMENTACION: aeis}
    for seccion in Seccion:
        for codigo in de_los_oei.get(seccion, ["PEI"]):
            assert buscar(plan.textos, seccion, codigo, I_2025), f"{seccion} de {codigo}"
    assert {a.codigo for a in plan.agentes} == set(aeis)


def test_the_texts_leave_percentages_to_the_report() -> None:
    assert not [t.codigo for t in leer(FUENTES).textos if re.search(r"\d ?%", t.texto)]


@pytest.mark.parametrize(
    ("archivo", "antes", "despues", "dice"),
    [
        ("plan.csv", "Ascendente", "hacia arriba", r"plan\.csv, línea 2: columna Sentido: «hacia arriba»"),
        ("plan.csv", "AEI.01.01,", "AEI.09.01,", r"plan\.csv, línea 3: AEI\.09\.01 no pertenece a ningún OEI"),
        ("plan.csv", "AEI.01.01,", "Acción 1,", r"plan\.csv, línea 3: columna Código: «Acción 1»"),
        ("plan.csv", "Código,", "Clave,", r"plan\.csv, línea 1: faltan los títulos Código"),
        ("plan.csv", "Acciones,", "Acciones,,", r"plan\.csv, línea 2: hay 20 celdas y 19 títulos"),
        ("plan.csv", "2022,,,2,3,3", "2022,,,2,tres,3", r"plan\.csv, línea 3: columna Meta 2025: «tres»"),
        ("valores.csv", "AEI.01.01,2025-I", "AEI.01.09,2025-I", r"valores\.csv, línea 3: .*AEI\.01\.09"),
        ("valores.csv", "AEI.01.01,2025-I", "OEI.01,2025-I", r"valores\.csv, línea 3: OEI\.01 ya tiene un valor"),
        ("valores.csv", "AEI.01.01,2025-I", "AEI.01.01,junio", r"valores\.csv, línea 3: «junio»"),
        ("valores.csv", "Período", "Cuándo", r"valores\.csv, línea 1: faltan los títulos Período"),
        ("agentes.csv", "AEI.01.01", "Todos", r"agentes\.csv, línea 2: columna Código: «Todos»"),
        ("narrativa.toml", 'seccion = "Carátula"', 'seccion = "Tapa"', r"narrativa\.toml, texto 1: «Tapa»"),
        ("narrativa.toml", 'seccion = "Carátula"', "", r"narrativa\.toml, texto 1: falta 'seccion'"),
        ("narrativa.toml", "[[texto]]", "[[texto", r"narrativa\.toml: no es TOML válido"),
        ("parametros.toml", "umbral_rojo = 75", "umbral_rojo = 99", r"parametros\.toml, reglas: El umbral rojo"),
        ("parametros.toml", "umbral_rojo = 75", "umbral_azul = 75", r"parametros\.toml, reglas\.umbral_azul: no se"),
        ("parametros.toml", 'tope = "Sí"', 'tope = "quizá"', r"parametros\.toml, reglas\.tope: «quizá»"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_file_and_line(
    archivo: str, antes: str, despues: str, dice: str, fuentes: Path
) -> None:
    cambiar(fuentes / archivo, antes, despues)
    with pytest.raises(FuenteInvalida, match=dice):
        leer(fuentes)


def test_a_missing_source_is_named(fuentes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (fuentes / "agentes.csv").unlink()
    assert orden.principal([str(fuentes), str(fuentes / "libro.xlsx")]) == 2
    dicho = capsys.readouterr().err
    assert "agentes.csv" in dicho
    assert dicho.count("\n") == 1
    assert not (fuentes / "libro.xlsx").exists()


def test_a_source_in_another_encoding_is_refused(fuentes: Path) -> None:
    (fuentes / "plan.csv").write_bytes((fuentes / "plan.csv").read_text(encoding="utf-8").encode("latin-1"))
    with pytest.raises(FuenteInvalida, match="UTF-8"):
        leer(fuentes)


def test_the_value_of_one_of_several_indicators_is_given_by_its_own_code(fuentes: Path) -> None:
    fila = "AEI.01.02,,,,IND.01.09.09,Otro indicador,Acciones,Ascendente,No acumulado,Semestral,,,,,,,,8,\n"
    with (fuentes / "plan.csv").open("a", encoding="utf-8") as plan, (fuentes / "valores.csv").open("a") as valores:
        plan.write(fila)
        valores.write("IND.01.09.09,2025-I,4\n")
    cambiar(fuentes / "valores.csv", "AEI.01.02,2025-I", "IND.01.01.02,2025-I")
    primero, segundo = next(a for a in leer(fuentes).aeis if a.codigo == "AEI.01.02").indicadores
    assert (primero.valor(I_2025).valor, segundo.valor(I_2025).valor) == (3, 4)
