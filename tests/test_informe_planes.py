"""Plans that differ from ZED ILO's: another institution, odd shapes, critical actions, hostile and long texts."""

from __future__ import annotations

import pytest
from docx.enum.text import WD_COLOR_INDEX

from tests.informes import con_textos, informe_de, parrafos, tabla
from tests.planes import I_2025, II_2025, aei, indicador, oei, plan
from zedxl.evaluacion import evaluar
from zedxl.informe.documento import componer
from zedxl.informe.textos import faltantes
from zedxl.informe.wordml import VALOR, W
from zedxl.narrativa import Seccion
from zedxl.periodo import Periodo
from zedxl.plan import Dato, Plan
from zedxl.vocabulario import Frecuencia, Prioridad, Sentido

UNA_AEI = plan(oei("OEI.01", aei("AEI.01.01", indicador(4, 2, 4)), indicadores=(indicador(2, 1, 2),)))
CRITICO = plan(oei("OEI.01", aei("AEI.01.01", indicador(10, 1)), aei("AEI.01.02", indicador(10))))


def dicho(de: Plan, periodo: Periodo = I_2025) -> str:
    return " ".join(parrafos(informe_de(de, periodo)))


def test_another_institution_is_named_and_ours_is_not() -> None:
    texto = dicho(UNA_AEI)
    assert "Municipalidad de Prueba\nMDP" in texto
    assert "ZED" not in texto


def test_plan_without_aei() -> None:
    texto = dicho(plan(oei("OEI.01", indicadores=(indicador(2, 1),))))
    assert "y no tiene ninguna acción estratégica institucional (AEI)" in texto
    assert "El avance conjunto de las AEI en 2025 no está disponible (N/D: sin AEI programadas)." in texto
    assert "El OEI 1 no tiene AEI" in texto


def test_plan_with_one_aei_speaks_of_one() -> None:
    texto = dicho(UNA_AEI, II_2025)
    assert "un objetivo estratégico institucional (OEI) y una acción estratégica institucional (AEI)" in texto
    assert "La única AEI alcanzó su meta del año." in texto
    assert "El único OEI alcanzó la meta del año de su propio indicador." in texto
    assert "todo el año" not in texto  # a closed year has no asterisk to explain


def test_all_critical_plan_lists_each_with_its_reason() -> None:
    documento = informe_de(CRITICO)
    # 1 of 10 at half a year: avance 10, expected 50, ritmo 20
    assert tabla(documento, "Acciones estratégicas críticas")[1:] == [
        ["AEI 1.1", "Acción AEI.01.01", "10.00", "50.00", "20.00", "ritmo menor que 75"],
        ["AEI 1.2", "Acción AEI.01.02", "N/D", "50.00", "N/D", "sin valor obtenido"],
    ]
    texto = " ".join(parrafos(documento))
    assert "las dos AEI del plan son críticas" in texto
    assert "nivel bajo" in texto
    assert "Se reportó el valor de 50.00% de las AEI programadas." in texto
    assert "[Falta el análisis de las AEI críticas]" in texto


def test_no_text_on_critical_actions_is_asked_for_without_any() -> None:
    avisos = faltantes(evaluar(UNA_AEI, I_2025))
    assert not any("críticas" in aviso.mensaje for aviso in avisos)


def test_critical_actions_restricted_to_priorities_say_so() -> None:
    restringido = plan(
        oei("OEI.01", aei("AEI.01.01", indicador(10, 1)), prioridad=Prioridad.BAJA),
        prioridades_criticas=(Prioridad.MUY_ALTA, Prioridad.ALTA),
    )
    assert "solo se consideran las de prioridad muy alta y alta" in dicho(restringido)


def test_unprogrammed_aei_is_nd_with_its_reason_and_needs_no_text() -> None:
    con_una = plan(oei("OEI.01", aei("AEI.01.01", indicador(None)), aei("AEI.01.02", indicador(4, 4))))
    documento = informe_de(con_una)
    assert tabla(documento, "Avance de la AEI 1.1")[1][3:] == ["Progr", "N/D", "N/D"]
    assert any("AEI.01.01 (sin meta)" in nota for nota in parrafos(documento, "Informe nota"))
    assert "[Falta el análisis de AEI.01.01]" not in parrafos(documento)


def test_aei_with_several_indicators_shows_each_and_their_mean() -> None:
    varios = plan(
        oei("OEI.01", aei("AEI.01.01", indicador(10, 5, nombre="Uno"), indicador(10, 10, nombre="Dos", unidad="%")))
    )
    filas = tabla(informe_de(varios), "Avance de la AEI 1.1")[1:]
    assert [fila[4] for fila in filas] == ["10", "5", "10", "10"]
    assert [fila[5] for fila in filas] == ["75.00*", "", "", ""]  # mean of 50 and 100
    assert filas[2][1].endswith("Indicador: Dos")
    anexo = tabla(informe_de(varios), "Reporte de seguimiento")
    assert [fila[-1] for fila in anexo if fila[0] in ("AEI.01.01", "Indicador")] == ["75.00", "50.00", "100.00"]


def test_range_and_descending_indicators() -> None:
    raros = plan(
        oei(
            "OEI.01",
            aei("AEI.01.01", indicador(None, 20, sentido=Sentido.NO_DEFINIDO, minimo=Dato(5.0), maximo=Dato(10.0))),
            aei("AEI.01.02", indicador(10, 20, sentido=Sentido.DESCENDENTE)),
        )
    )
    filas = tabla(informe_de(raros), "Avance de cada OEI y AEI")
    assert filas[3][4:] == ["5 a 10", "50.00*"]  # 10 of 20
    assert filas[5][4:] == ["10", "50.00*"]


def test_yearly_indicators_are_announced_for_the_end_of_the_year() -> None:
    anual = plan(
        oei("OEI.01", indicadores=(indicador(10, 0, 10, frecuencia=Frecuencia.ANUAL),)),
        oei("OEI.02", indicadores=(indicador(10, 0, 5, frecuencia=Frecuencia.ANUAL),)),
    )
    anuncio = "Los indicadores del OEI 1 y del OEI 2 se miden una vez al año"
    assert anuncio in dicho(anual)
    assert anuncio not in dicho(anual, II_2025)


def test_priorities_are_named_from_the_highest() -> None:
    con_prioridades = plan(
        oei("OEI.01", prioridad=Prioridad.MEDIA, indicadores=(indicador(1, 1),)),
        oei("OEI.02", prioridad=Prioridad.MUY_ALTA),
        oei("OEI.03", prioridad=Prioridad.MUY_ALTA),
    )
    assert (
        "En la ruta estratégica del PEI tienen prioridad muy alta el OEI 2 («Objetivo OEI.02») y el OEI 3 "
        "(«Objetivo OEI.03»); prioridad media, el OEI 1 («Objetivo OEI.01»)." in dicho(con_prioridades)
    )


def test_missing_texts_are_marked_and_warned_of() -> None:
    documento = informe_de(UNA_AEI)
    falta = next(p for p in documento.paragraphs if p.text == "[Falta el análisis de AEI.01.01]")
    assert falta.runs[0].style.name == "Informe falta texto"
    assert falta.runs[0].font.highlight_color == WD_COLOR_INDEX.YELLOW
    avisos = faltantes(evaluar(UNA_AEI, I_2025))
    assert ("sin-narrativa", "AEI.01.01", "Narrativa") in {(a.regla, a.codigo, a.hoja) for a in avisos}
    marcas = [p for p in parrafos(documento) if p.startswith("[Falta")]
    assert len(marcas) == len(avisos)


def test_complete_texts_leave_no_gap() -> None:
    completo = con_textos(CRITICO, "Un texto.")
    assert faltantes(evaluar(completo, I_2025)) == ()
    assert "[Falta" not in dicho(completo)


def test_text_is_data() -> None:
    hostil = "{{ 7*7 }} <w:p> & \x00\x0b\ud800 ]]> &amp; «ñ» m²"
    texto = informe_de(con_textos(UNA_AEI, hostil)).paragraphs
    esperado = "{{ 7*7 }} <w:p> & "
    assert sum(p.text.startswith(esperado) for p in texto) >= len(Seccion) - 2
    assert any(p.text.endswith("]]> &amp; «ñ» m²") for p in texto)


def test_forty_thousand_characters_come_out_whole() -> None:
    largo = "palabra " * 5000
    assert largo.strip() in parrafos(informe_de(con_textos(UNA_AEI, largo)))


def test_lists_start_again_at_one() -> None:
    documento = informe_de(con_textos(UNA_AEI, "- viñeta\n1) uno\n2) dos\nPárrafo.\n1) otra vez uno"))
    numeradas = [p for p in documento.paragraphs if p.style is not None and p.style.name == "List Number"]
    numeros = [int(next(p._p.iter(f"{W}numId")).get(VALOR, "")) for p in numeradas[:3]]
    assert numeros[0] == numeros[1] != numeros[2]
    assert [p.text for p in numeradas[:3]] == ["uno", "dos", "otra vez uno"]
    reinicios = {
        n.numId: n.lvlOverride_lst[0].startOverride.val
        for n in documento.part.numbering_part.element.num_lst
        if n.numId > 2
    }
    assert reinicios[numeros[0]] == reinicios[numeros[2]] == 1
    assert "viñeta" in parrafos(documento, "List Bullet")


@pytest.mark.parametrize("periodo", [I_2025, II_2025])
def test_eighteen_aei_with_long_names(periodo: Periodo) -> None:
    grande = plan(
        *(
            oei(
                f"OEI.0{n}",
                *(aei(f"AEI.0{n}.0{m}", indicador(10, m, m, nombre="Número de acciones " * m)) for m in range(1, 7)),
                indicadores=(indicador(10, n),),
            )
            for n in (1, 2, 3)
        )
    )
    filas = tabla(informe_de(grande, periodo), "Avance de cada OEI y AEI")
    assert len(filas) == 1 + 2 * (3 + 18)
    assert "18 acciones estratégicas institucionales" in dicho(grande, periodo)


def test_evolution_chart_when_two_periods_have_values() -> None:
    cuerpo = informe_de(UNA_AEI, II_2025).element.body
    descripciones = [d.get("descr") for d in cuerpo.iter("{*}docPr")]
    # 2 of 4, then 4 of 4
    assert any("2025-I: 50.00%; 2025-II: 100.00%" in d for d in descripciones)


def test_cells_of_targets_and_values_are_named() -> None:
    from zedxl.plan import Celda, Indicador

    con_celdas = Indicador(
        nombre="Número de cosas",
        metas={2025: Dato(4.0, Celda("Seguimiento", 7, 18))},
        valores={I_2025: Dato(2.0, Celda("Seguimiento", 7, 20))},
    )
    filas = tabla(informe_de(plan(oei("OEI.01", aei("AEI.01.01", con_celdas)))), "De dónde sale cada avance")
    fila = next(f for f in filas if f[0] == "AEI.01.01")
    assert fila[2:4] == ["4  (Seguimiento!R7)", "2  (Seguimiento!T7)"]
    assert "ejecutado / programado × 100" in fila[4]


def test_two_runs_of_an_odd_plan_give_the_same_bytes() -> None:
    evaluacion = evaluar(CRITICO, I_2025)
    assert componer(evaluacion) == componer(evaluacion)
