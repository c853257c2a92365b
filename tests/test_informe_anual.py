"""The report of a closed year, with numbers worked out by hand, and its charts."""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache

import pytest
from lxml import etree

from tests.informes import abrir, parrafos, tabla
from tests.planes import I_2025, II_2025, aei, indicador, oei, plan
from zedxl.evaluacion import evaluar
from zedxl.informe.documento import componer
from zedxl.periodo import Periodo
from zedxl.plan import Plan
from zedxl.vocabulario import Agregacion

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"

# Accumulated, 4 + 6 = 10 of 10; not accumulated, 8 of 10, whatever the first semester was; accumulated, 3 + 2 = 5 of 10.
TRES_COLORES = plan(
    oei(
        "OEI.01",
        aei("AEI.01.01", indicador(10, 4, 6, agregacion=Agregacion.ACUMULADO)),
        aei("AEI.01.02", indicador(10, 9, 8)),
        aei("AEI.01.03", indicador(10, 3, 2, agregacion=Agregacion.ACUMULADO)),
        indicadores=(indicador(4, 1, 2),),
    )
)


@lru_cache
def anual() -> bytes:
    return componer(evaluar(TRES_COLORES, II_2025))


def graficos(docx: bytes) -> list[etree._Element]:
    with zipfile.ZipFile(io.BytesIO(docx)) as paquete:
        nombres = sorted(n for n in paquete.namelist() if n.startswith("word/charts/chart"))
        return [etree.fromstring(paquete.read(nombre)) for nombre in nombres]


def test_matrix_of_the_year() -> None:
    filas = tabla(abrir(anual()), "Avance de cada OEI y AEI")[1:]
    leidas = [(progr[0], progr[4], ejecut[4], progr[5]) for progr, ejecut in zip(filas[::2], filas[1::2], strict=True)]
    assert leidas == [
        ("OEI 1.", "4", "2", "50.00"),
        ("AEI 1.1.", "10", "10", "100.00"),
        ("AEI 1.2.", "10", "8", "80.00"),
        ("AEI 1.3.", "10", "5", "50.00"),
    ]


def test_main_numbers_of_the_year() -> None:
    documento = abrir(anual())
    # (100 + 80 + 50) / 3; between 75 and 95 it is a medium level
    assert tabla(documento, "Cifras principales")[1] == ["76.67%", "1 de 3", "1", "100.00%"]
    dicho = " ".join(parrafos(documento, "Body Text"))
    assert (
        "El avance físico de las AEI es de 76.67% de lo programado para el año 2025; frente a la meta del año" in dicho
    )
    assert "un nivel medio de implementación" in dicho
    assert (
        "De las tres AEI, una alcanzó su meta del año, una está en proceso y una está en estado crítico. "
        "Es crítica la AEI 1.3 (véase 6.2). El indicador propio del OEI no alcanzó la meta del año." in dicho
    )
    assert "Alcanzó su meta del año: AEI 1.1; está en proceso: AEI 1.2; está en estado crítico: AEI 1.3." in dicho


def test_section_6_2_lists_the_critical_one() -> None:
    documento = abrir(anual())
    assert tabla(documento, "Acciones estratégicas críticas")[1:] == [
        ["AEI 1.3", "Acción AEI.01.03", "50.00", "100.00", "50.00", "ritmo menor que 75"]
    ]
    assert (
        "En el año 2025 se identificó una AEI crítica (ritmo menor que 75%, o sin valor reportado): AEI 1.3."
        in parrafos(documento, "Body Text")
    )
    assert "Estado: crítica; avance esperado en el año: 100.00%; ritmo: 50.00%." in parrafos(documento, "Informe nota")


def test_a_closed_year_has_no_asterisk() -> None:
    documento = abrir(anual())
    assert not any("*" in celda for fila in tabla(documento, "Avance de cada OEI y AEI") for celda in fila)
    assert not any(nota.startswith("*") and "semestre" in nota for nota in parrafos(documento))


@pytest.mark.parametrize("periodo", [I_2025, II_2025])
def test_every_asterisk_of_a_small_table_is_explained_below_it(periodo: Periodo) -> None:
    documento = abrir(componer(evaluar(plan(oei("OEI.01", aei("AEI.01.01", indicador(4, 2, 3)))), periodo)))
    con_asterisco = tabla(documento, "Avance de la AEI 1.1")[1][5].endswith("*")
    (nota,) = (n for n in parrafos(documento, "Informe nota") if "Estado: " in n)
    assert con_asterisco == nota.startswith("* Cumple lo previsto para el semestre.") == (periodo == I_2025)


def test_each_main_result_is_said_in_full_only_once() -> None:
    dichas = [p for p in parrafos(abrir(anual()), "Body Text") if not p.startswith("[Falta")]
    assert len(dichas) == len(set(dichas))
    assert sum("76.67%" in p and "avance físico" in p for p in dichas) == 1


def test_bars_are_drawn_only_in_their_own_colour() -> None:
    por_aei = next(g for g in graficos(anual()) if g.find(f".//{CHART}barDir[@val='bar']") is not None)
    series = {
        next(serie.iter("{*}srgbClr")).get("val"): [
            (int(p.get("idx", "")), float(p.findtext(f"{CHART}v", "")))
            for p in serie.iterfind(f"{CHART}val//{CHART}pt")
        ]
        for serie in por_aei.iter(f"{CHART}ser")
    }
    assert sorted(puntos for puntos in series.values()) == [[(0, 100)], [(1, 80)], [(2, 50)]]
    assert len(series) == 3
    assert por_aei.find(f".//{CHART}legend") is not None


def test_charts_leave_nothing_to_be_guessed() -> None:
    hallados = graficos(anual())
    assert len(hallados) == 4
    for grafico in hallados:
        assert [e.get("val") for e in grafico.iter(f"{CHART}dispBlanksAs")] == ["gap"]
        assert b"en-US" not in etree.tostring(grafico)
        for etiquetas in grafico.iter(f"{CHART}dLbls"):
            visibles = {e.tag.removeprefix(f"{CHART}show"): e.get("val") for e in etiquetas if "}show" in str(e.tag)}
            assert visibles == {
                "LegendKey": "0", "Val": "1", "CatName": "0", "SerName": "0", "Percent": "0", "BubbleSize": "0",
            }  # fmt: skip


def extremos(de: Plan) -> list[str | None]:
    """Where the axis of percentages ends in each chart of a report."""
    ejes = [next(g.iter(f"{CHART}valAx")) for g in graficos(componer(evaluar(de, II_2025)))]
    return [None if (m := eje.find(f"{CHART}scaling/{CHART}max")) is None else m.get("val") for eje in ejes]


def test_axes_end_at_100_only_where_the_avance_does() -> None:
    oeis = oei("OEI.01", aei("AEI.01.01", indicador(10, 19, 40)), indicadores=(indicador(1, 2, 3),))
    assert extremos(plan(oeis)) == ["100"] * 4
    assert extremos(plan(oeis, tope=False)) == [None] * 4


def test_the_body_does_not_end_with_a_table() -> None:
    ultimo = abrir(anual()).element.body[-2]
    assert ultimo.tag.endswith("}p")
