"""Each rule of validar on a plan that breaks it, and on the nearest one that does not (SPEC 5)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.planes import I_2025, II_2025, aei, indicador, oei, plan
from zedxl.evaluacion import evaluar
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.hallazgos.registro import REGLAS, revisar, una_vez
from zedxl.narrativa import Seccion, Texto
from zedxl.periodo import Periodo
from zedxl.plan import AEI, Celda, Dato, Indicador, Plan, Redaccion
from zedxl.vocabulario import Frecuencia, Ponderacion, Sentido

DESCENDENTE, RANGO = Sentido.DESCENDENTE, Sentido.NO_DEFINIDO


def hallados(revisado: Plan, periodo: Periodo = I_2025) -> list[tuple[str, str, str]]:
    """Severity, rule and code of what the rules find, without the texts that these plans lack."""
    todos = una_vez(revisar(evaluar(revisado, periodo)))
    return [(str(h.severidad), h.regla, h.codigo) for h in todos if h.regla != "sin-narrativa"]


def de_uno(uno: Indicador, periodo: Periodo = I_2025) -> list[tuple[str, str, str]]:
    """The same, of a plan whose only AEI has this indicator."""
    return hallados(plan(oei("OEI.01", aei("AEI.01.01", uno), indicadores=(indicador(1, 1),))), periodo)


def con_metas(sentido: Sentido = Sentido.ASCENDENTE, **metas: float) -> Indicador:
    """An indicator with a target for each year (``a2024=3``) and the value 3 in 2025-I."""
    datos = {int(anio[1:]): Dato(meta) for anio, meta in metas.items()}
    return Indicador("Número de cosas", sentido=sentido, metas=datos, valores={I_2025: Dato(3)})


def test_a_sound_plan_breaks_no_rule() -> None:
    sano = plan(
        oei("OEI.01", aei("AEI.01.01", indicador(4, 2)), aei("AEI.01.02", indicador(5, 3)), indicadores=(indicador(9, 4),)),
        oei("OEI.02", aei("AEI.02.01", indicador(6, 6)), indicadores=(indicador(7, 2),)),
    )  # fmt: skip
    assert hallados(sano) == []


UNIDAD = [("advertencia", "unidad-no-corresponde", "AEI.01.01")]


@pytest.mark.parametrize(
    ("nombre", "unidad", "esperado"),
    [
        ("Número de acciones", "%", UNIDAD),
        ("NUMERO DE ACCIONES", "Porcentaje", UNIDAD),
        ("Cantidad de acciones", "Puntos porcentuales", UNIDAD),
        ("N.º de acciones", "%", UNIDAD),
        ("Porcentaje de avance", "Acciones", UNIDAD),
        ("% de avance", "Unidad", UNIDAD),
        ("Número de acciones", "Acciones", []),
        ("Porcentaje de avance", "%", []),
        ("Porcentaje de avance", "Porcentaje", []),
        ("Grado de satisfacción", "%", []),
        ("Número de acciones", "", []),
        ("Numeroso grupo", "%", []),
    ],
)
def test_the_unit_must_be_what_the_name_of_the_indicator_says(nombre: str, unidad: str, esperado: Any) -> None:
    assert de_uno(indicador(4, 2, nombre=nombre, unidad=unidad)) == esperado


@pytest.mark.parametrize(
    ("campos", "cuantos"),
    [
        ({"primero": 101.0}, 1),
        ({"primero": 100.0}, 0),
        ({"meta": 130.0, "primero": 50.0}, 1),
        ({"linea_base": Dato(-3.0)}, 1),
        ({"primero": 101.0, "nombre": "Porcentaje de incremento de ventas"}, 0),
        ({"primero": 101.0, "unidad": "Acciones", "nombre": "Acciones"}, 0),
    ],
)
def test_a_percentage_is_between_0_and_100_unless_it_is_a_growth(campos: dict[str, Any], cuantos: int) -> None:
    uno = indicador(**{"meta": 90.0, "primero": 50.0, "nombre": "Porcentaje de obra", "unidad": "%", **campos})
    assert de_uno(uno) == [("advertencia", "porcentaje-fuera-de-rango", "AEI.01.01")] * cuantos


@pytest.mark.parametrize(
    ("uno", "periodo", "cuantos"),
    [
        (indicador(25, 100), I_2025, 1),
        (indicador(1, 3), I_2025, 0),
        (indicador(1, 3.01), I_2025, 1),
        (indicador(0, 9), I_2025, 0),
        (indicador(3, 2, 10), II_2025, 1),
        (indicador(None, 10, sentido=RANGO, minimo=Dato(1), maximo=Dato(3)), I_2025, 1),
        (indicador(None, 10, sentido=RANGO, minimo=Dato(1)), I_2025, 0),
        (indicador(3, 10, sentido=DESCENDENTE), I_2025, 1),
    ],
    ids=["4 times", "3 times", "a bit more", "no target to compare", "the value of -II", "a range", "an open one", "falls"],
)  # fmt: skip
def test_a_value_of_more_than_three_times_the_target_is_doubted(uno: Indicador, periodo: Periodo, cuantos: int) -> None:
    assert de_uno(uno, periodo) == [("advertencia", "valor-desproporcionado", "AEI.01.01")] * cuantos


@pytest.mark.parametrize(
    ("uno", "cuantos"),
    [
        (con_metas(a2024=3, a2025=2, a2026=4), 1),
        (con_metas(a2024=3, a2025=2, a2026=1), 2),
        (con_metas(a2024=3, a2025=3, a2026=4), 0),
        (con_metas(DESCENDENTE, a2024=3, a2025=4), 1),
        (con_metas(DESCENDENTE, a2024=4, a2025=3), 0),
        (con_metas(DESCENDENTE, a2026=2, a2025=3), 0),
        (con_metas(a2024=4, a2025=3)._replace(sentido=RANGO, maximo=Dato(4)), 0),
    ],
)
def test_targets_go_the_way_of_the_indicator(uno: Indicador, cuantos: int) -> None:
    assert de_uno(uno) == [("advertencia", "meta-contra-sentido", "AEI.01.01")] * cuantos


def test_an_indicator_without_any_target_is_a_warning() -> None:
    assert de_uno(indicador(None)) == [("advertencia", "sin-meta", "AEI.01.01")]


def test_a_value_in_a_year_without_a_target_is_a_warning() -> None:
    assert de_uno(con_metas(a2024=3)) == [("advertencia", "sin-meta", "AEI.01.01")]


def test_nothing_planned_nor_reported_in_the_year_is_a_note() -> None:
    uno = con_metas(a2024=3)._replace(valores={})
    assert de_uno(uno) == [("nota", "sin-meta", "AEI.01.01")]


def test_a_negative_target_or_bound_is_an_error() -> None:
    assert de_uno(indicador(-4, 2)) == [("error", "meta-negativa", "AEI.01.01")]
    acotado = indicador(None, 2, sentido=RANGO, minimo=Dato(-1), maximo=Dato(3))
    assert de_uno(acotado) == [("error", "meta-negativa", "AEI.01.01")]


@pytest.mark.parametrize("periodo", [I_2025, II_2025])
def test_what_is_measured_once_a_year_has_no_value_at_mid_year(periodo: Periodo) -> None:
    anual = [("advertencia", "anual-en-primer-semestre", "AEI.01.01")]
    assert de_uno(indicador(4, 2, 3, frecuencia=Frecuencia.ANUAL), periodo) == anual
    assert de_uno(indicador(4, None, 3, frecuencia=Frecuencia.ANUAL), periodo) == []


class TestAnObjectiveAtZero:
    cumplida = aei("AEI.01.01", indicador(4, 4))
    en_cero = indicador(10, 0)

    def test_is_doubted_when_all_its_actions_are_at_100(self) -> None:
        no_programada = aei("AEI.01.02", indicador(0, 0))
        uno = plan(oei("OEI.01", self.cumplida, no_programada, indicadores=(self.en_cero,)))
        assert hallados(uno) == [("advertencia", "oei-en-cero", "OEI.01")]

    def test_is_believed_when_one_of_them_is_not(self) -> None:
        uno = plan(oei("OEI.01", self.cumplida, aei("AEI.01.02", indicador(4, 3)), indicadores=(self.en_cero,)))
        assert hallados(uno) == []

    def test_is_told_once_when_it_is_measured_yearly(self) -> None:
        celda = Celda("Seguimiento", 2, 9)
        anual = self.en_cero._replace(frecuencia=Frecuencia.ANUAL, valores={I_2025: Dato(0.0, celda)})
        uno = plan(oei("OEI.01", self.cumplida, indicadores=(anual,)))
        assert hallados(uno) == [("advertencia", "anual-en-primer-semestre", "OEI.01")]


class TestTheHierarchy:
    def test_an_action_whose_objective_has_no_row_is_an_error(self) -> None:
        sin_fila = replace(oei("OEI.02", aei("AEI.02.01", indicador(4, 2))), denominacion="")
        uno = plan(oei("OEI.01", aei("AEI.01.01", indicador(4, 2))), sin_fila)
        assert hallados(uno) == [("error", "aei-sin-oei", "AEI.02.01")]

    def test_a_plan_without_rows_of_objectives_lacks_none(self) -> None:
        assert hallados(plan(replace(oei("OEI.01", aei("AEI.01.01", indicador(4, 2))), denominacion=""))) == []

    def test_an_objective_without_actions_is_a_warning(self) -> None:
        uno = plan(oei("OEI.01", aei("AEI.01.01", indicador(4, 2))), oei("OEI.02"))
        assert hallados(uno) == [("advertencia", "oei-sin-aei", "OEI.02")]

    def test_an_indicator_of_two_actions_is_a_repeated_code(self) -> None:
        suyo = indicador(4, 2, codigo="IND.01.01.01")
        otro = suyo._replace(valores={I_2025: Dato(3)})
        uno = plan(oei("OEI.01", aei("AEI.01.01", suyo), aei("AEI.01.02", otro)))
        assert hallados(uno) == [("advertencia", "codigo-repetido", "AEI.01.02")]


def test_a_code_worded_in_two_ways_is_told_where_it_differs() -> None:
    lugares = [Celda("Plan", fila, 2) for fila in (3, 9, 12)]
    textos = ("Fomentar cadenas.", "FOMENTAR  CADENAS", "Articular cadenas.")
    dichos = tuple(Redaccion("AEI.01.01", t, c) for t, c in zip(textos, lugares, strict=True))
    evaluado = evaluar(replace(plan(oei("OEI.01", aei("AEI.01.01", indicador(4, 2)))), redacciones=dichos), I_2025)
    (hallado,) = (h for h in revisar(evaluado) if h.regla == "redaccion-distinta")
    assert (hallado.celda, hallado.codigo) == ("B12", "AEI.01.01")
    assert "Plan!B3" in hallado.mensaje


class TestWeights:
    def con_pesos(self, *por_oei: tuple[float, ...], **parametros: Any) -> list[tuple[str, str, str]]:
        oeis = []
        for n, pesos in enumerate(por_oei, 1):
            suyas = [aei(f"AEI.{n:02d}.{m:02d}", indicador(9, m), peso=peso) for m, peso in enumerate(pesos, 1)]
            oeis.append(oei(f"OEI.{n:02d}", *suyas))
        return hallados(plan(*oeis, **parametros))

    @pytest.mark.parametrize(
        "pesos",
        [
            [(60, 40), (100,)],
            [(0.1, 0.2, 0.7), (0.5, 0.5)],
            [(30, 20), (50,)],
            [(1, 2, 3), (1,)],
            [(1, 1), (1,)],
            [(3, 2), (4,)],
            [(33.3333334, 33.3333333, 33.3333333)],
        ],
        ids=["100 each", "1 each", "100 in all", "relative", "ones", "other relative", "thirds"],
    )
    def test_that_add_up_or_are_relative_are_right(self, pesos: list[tuple[float, ...]]) -> None:
        assert self.con_pesos(*pesos) == []

    @pytest.mark.parametrize(
        ("pesos", "donde"),
        [
            ([(60, 35), (100,)], ["OEI.01"]),
            ([(60, 40), (30, 20)], ["OEI.02"]),
            ([(0.3, 0.3, 0.35)], ["OEI.01"]),
            ([(50, 48)], ["OEI.01"]),
        ],
    )
    def test_that_are_percentages_and_sum_to_something_else_are_a_warning(
        self, pesos: list[tuple[float, ...]], donde: list[str]
    ) -> None:
        assert self.con_pesos(*pesos) == [("advertencia", "pesos-no-suman", codigo) for codigo in donde]

    def test_that_nothing_is_computed_with_are_not_added_up(self) -> None:
        assert self.con_pesos((60, 35), ponderacion=Ponderacion.IGUALES) == []

    def test_of_the_indicators_of_an_action_count_too(self) -> None:
        varios = aei("AEI.01.01", indicador(4, 2, nombre="a", peso=60.0), indicador(5, 2, nombre="b", peso=30.0))
        assert hallados(plan(oei("OEI.01", varios))) == [("advertencia", "pesos-no-suman", "AEI.01.01")]

    def test_below_zero_are_an_error(self) -> None:
        assert self.con_pesos((2, -1)) == [("error", "peso-negativo", "AEI.01.02")]


def test_missing_texts_are_told_by_section() -> None:
    acciones: list[AEI] = [aei(f"AEI.01.{n:02d}", indicador(9, n)) for n in (5, 6, 7)]
    escritos = (Texto("PEI", Seccion.MISION, "Servir."), Texto("AEI.01.06", Seccion.IMPLEMENTACION, "Se hizo."))
    evaluado = evaluar(replace(plan(oei("OEI.01", *acciones)), textos=escritos), I_2025)
    faltan = [h for h in revisar(evaluado) if h.regla == "sin-narrativa"]
    assert {h.severidad for h in faltan} == {Severidad.ADVERTENCIA}
    assert "Falta el análisis de AEI.01.05, AEI.01.07 (2025-I)." in {h.mensaje for h in faltan}
    assert not any("misión" in h.mensaje for h in faltan)


def test_a_book_without_any_text_is_told_so_once() -> None:
    faltan = list(revisar(evaluar(plan(oei("OEI.01", aei("AEI.01.01", indicador(9, 5)))), I_2025)))
    assert [(h.severidad, h.regla) for h in faltan] == [(Severidad.NOTA, "sin-narrativa")]


def test_the_same_finding_of_two_rules_is_told_once_and_other_cells_keep_theirs() -> None:
    def en(regla: str, celda: str) -> Hallazgo:
        return Hallazgo(Severidad.ADVERTENCIA, regla, "Plan", celda, "AEI.01.01", "Algo.", "")

    dados = [
        en("valor-desproporcionado", "J3"), en("porcentaje-fuera-de-rango", "J3"), en("porcentaje-fuera-de-rango", "J3"),
        en("valor-desproporcionado", "J4"),
    ]  # fmt: skip
    assert list(una_vez(dados)) == [en("porcentaje-fuera-de-rango", "J3"), en("valor-desproporcionado", "J4")]


def test_every_rule_names_its_line_of_the_specification() -> None:
    assert all("SPEC" in (regla.__doc__ or "") for regla in REGLAS)
