"""evaluar(plan, periodo): the rules put together. Numbers worked out by hand, or published for 2025-I."""

from typing import Any

import pytest

from tests.libros import LIBRO_ZED_ILO
from tests.planes import I_2025, II_2025, aei, indicador, oei, plan
from zedxl.evaluacion import Evaluacion, EvaluacionAEI, PeriodoDesconocido, evaluar, periodo_por_omision
from zedxl.libro.lectura import leer
from zedxl.logro import regla_aplicada
from zedxl.medida import Motivo
from zedxl.numero import con_decimales
from zedxl.periodo import Periodo
from zedxl.plan import AEI, Celda, Dato, Indicador, Plan
from zedxl.resumen import como_json
from zedxl.vocabulario import (
    Agregacion,
    Estado,
    Frecuencia,
    MetodoPEI,
    Ponderacion,
    Prioridad,
    Relevancia,
    Semaforo,
    Sentido,
    SinDato,
    Tipo,
)

ANUAL: dict[str, Any] = {"frecuencia": Frecuencia.ANUAL}
SUMA: dict[str, Any] = {"agregacion": Agregacion.ACUMULADO}


def una_aei(
    *args: float | None, periodo: Periodo = I_2025, parametros: dict[str, Any] | None = None, **campos: Any
) -> EvaluacionAEI:
    """The evaluation of an action with one indicator, alone in its plan."""
    solo = plan(oei("OEI.01", aei("AEI.01.01", indicador(*args, **campos))), **(parametros or {}))
    return evaluar(solo, periodo).aeis[0]


@pytest.fixture(scope="module")
def evaluacion() -> Evaluacion:
    """The shipped book at the período that was published."""
    return evaluar(leer(LIBRO_ZED_ILO), I_2025)


class TestPublished:
    """SPEC 2.5: what the institution itself published for 2025-I, from the shipped book."""

    def test_objectives(self, evaluacion: Evaluacion) -> None:
        assert {o.oei.codigo: o.logro.avance.valor for o in evaluacion.oeis} == {
            "OEI.01": 100,
            "OEI.02": 0,
            "OEI.03": 0,
        }

    def test_scores(self, evaluacion: Evaluacion) -> None:
        puntajes = [con_decimales(o.conjunto.puntaje.valor) for o in evaluacion.oeis]
        assert puntajes == ["88.89", "91.67", "83.33"]
        assert con_decimales(evaluacion.conjunto.puntaje.valor) == "88.33"
        assert evaluacion.conjunto.cobertura.valor == 100

    def test_actions(self, evaluacion: Evaluacion) -> None:
        impresos = {a.aei.codigo: con_decimales(a.logro.avance.valor) + a.nota for a in evaluacion.aeis}
        assert impresos == {
            "AEI.01.01": "66.67*", "AEI.01.02": "100.00", "AEI.01.03": "100.00", "AEI.02.01": "100.00",
            "AEI.02.02": "66.67*", "AEI.02.03": "100.00", "AEI.02.04": "100.00", "AEI.03.01": "50.00*",
            "AEI.03.02": "100.00", "AEI.03.03": "100.00",
        }  # fmt: skip

    def test_no_critical_action(self, evaluacion: Evaluacion) -> None:
        assert evaluacion.criticas == ()
        assert evaluacion.conjunto.semaforo is Semaforo.VERDE

    def test_nothing_wrong_in_the_shipped_book(self, evaluacion: Evaluacion) -> None:
        assert evaluacion.plan.hallazgos == ()
        assert evaluacion.hallazgos == ()


@pytest.mark.parametrize(
    ("caso", "esperado"),
    [
        ({"args": (16, 8)}, ("En proceso", 50, 100, "*", False)),
        ({"args": (16, 6)}, ("En proceso", 37.5, 75, "", False)),
        ({"args": (16, 5)}, ("Crítica", 31.25, 62.5, "", True)),
        ({"args": (16, 16)}, ("Cumplida", 100, 100, "", False)),
        ({"args": (16, 12), "periodo": II_2025}, ("En proceso", 75, 75, "", False)),
        ({"args": (16, 9, 4), "periodo": II_2025}, ("Crítica", 25, 25, "", True)),
        ({"args": (16, 9, 4), "periodo": II_2025, **SUMA}, ("En proceso", 81.25, 81.25, "", False)),
        ({"args": (10, 20), "sentido": Sentido.DESCENDENTE}, ("En proceso", 50, 100, "*", False)),
        ({"args": (5, 0), **ANUAL}, ("En proceso", 0, None, "", False)),
        ({"args": (5, 0, 0), "periodo": II_2025, **ANUAL}, ("Crítica", 0, 0, "", True)),
    ],
)
def test_one_action(caso: dict[str, Any], esperado: tuple[object, ...]) -> None:
    evaluada = una_aei(*caso["args"], **{nombre: valor for nombre, valor in caso.items() if nombre != "args"})
    logro = evaluada.logro
    assert (evaluada.estado, logro.avance.valor, logro.ritmo.valor, evaluada.nota, evaluada.critica) == esperado


@pytest.mark.parametrize(
    ("args", "campos", "estado", "motivo"),
    [
        ((None, 3), {}, Estado.NO_PROGRAMADA, "sin meta"),
        ((0, 3), {}, Estado.NO_PROGRAMADA, "meta cero"),
        ((4, None), {}, Estado.CRITICA, "sin valor obtenido"),
        ((4, None), ANUAL, Estado.SIN_DATO, "sin valor obtenido"),
        ((16, 5), {}, Estado.CRITICA, "ritmo menor que 75"),
        ((16, 8), {}, Estado.EN_PROCESO, ""),
    ],
)
def test_the_reason_stands_beside_the_state(
    args: tuple[float | None, ...], campos: dict[str, Any], estado: Estado, motivo: str
) -> None:
    evaluada = una_aei(*args, **campos)
    assert (evaluada.estado, evaluada.motivo) == (estado, motivo)


def test_a_target_for_the_semester_says_what_to_expect() -> None:
    con_meta = indicador(12, 3, metas_semestre={I_2025: Dato(3)})
    evaluada = evaluar(plan(oei("OEI.01", aei("AEI.01.01", con_meta))), I_2025).aeis[0]
    assert (evaluada.logro.esperado.valor, evaluada.logro.ritmo.valor, evaluada.nota) == (25, 100, "*")


@pytest.mark.parametrize(
    ("anual", "del_semestre", "campos", "esperado"),
    [
        (10, 20, {"sentido": Sentido.DESCENDENTE}, 50),  # 10 / 20
        (20, 15, {"linea_base": Dato(10)}, 50),  # Tipo II: (15 − 10) / (20 − 10)
        (0, 5, {"linea_base": Dato(10)}, 50),  # Tipo II towards zero: (5 − 10) / (0 − 10)
    ],
)
def test_what_to_expect_is_measured_like_the_avance(
    anual: float, del_semestre: float, campos: dict[str, Any], esperado: float
) -> None:
    con_meta = indicador(anual, 7, metas_semestre={I_2025: Dato(del_semestre)}, **campos)
    tipo = Tipo.II if "linea_base" in campos else Tipo.I
    evaluada = evaluar(plan(oei("OEI.01", aei("AEI.01.01", con_meta)), tipo=tipo), I_2025).aeis[0]
    assert evaluada.logro.esperado.valor == esperado


def test_at_the_close_the_targets_of_both_semesters_add_up() -> None:
    metas = {I_2025: Dato(3), II_2025: Dato(6)}
    suma = indicador(12, 3, 6, metas_semestre=metas, **SUMA)
    evaluada = evaluar(plan(oei("OEI.01", aei("AEI.01.01", suma))), II_2025).aeis[0]
    assert (evaluada.logro.avance.valor, evaluada.logro.esperado.valor, evaluada.logro.ritmo.valor) == (75, 75, 100)


def test_a_range_is_measured_against_its_bounds() -> None:
    evaluada = una_aei(None, 5, sentido=Sentido.NO_DEFINIDO, minimo=Dato(10), maximo=Dato(20))
    assert evaluada.logro.avance.valor == 50
    assert evaluada.logro.programado.motivo is Motivo.RANGO


@pytest.mark.parametrize(
    ("campos", "valor"), [({}, 50), (SUMA, 75)], ids=["no acumulado: Tipo II", "acumulado: Tipo I"]
)
def test_tipo_ii_is_only_for_what_does_not_add_up(campos: dict[str, Any], valor: float) -> None:
    evaluada = una_aei(20, 15, linea_base=Dato(10), parametros={"tipo": Tipo.II}, **campos)
    assert evaluada.logro.avance.valor == valor


class TestSeveralIndicators:
    def test_the_action_is_their_mean(self) -> None:
        evaluada = evaluar(plan(oei("OEI.01", aei("AEI.01.01", indicador(4, 4), indicador(4, 1)))), I_2025).aeis[0]
        assert evaluada.logro.avance.valor == 62.5
        assert evaluada.logro.programado.motivo is Motivo.VARIOS_INDICADORES

    def test_each_has_its_own_cap(self) -> None:
        logro = evaluar(plan(oei("OEI.01", aei("AEI.01.01", indicador(4, 12), indicador(4, 2)))), I_2025).aeis[0].logro
        assert (logro.avance.valor, logro.avance_sin_tope.valor) == (75, 175)

    def test_weights(self) -> None:
        pesados = indicador(4, 4, peso=3.0), indicador(4, 0, peso=1.0)
        assert evaluar(plan(oei("OEI.01", aei("AEI.01.01", *pesados))), I_2025).aeis[0].logro.avance.valor == 75

    def test_impossible_weights_are_a_finding_and_no_number(self) -> None:
        negativos = aei("AEI.01.01", indicador(4, 4, peso=3.0), indicador(4, 0, peso=-1.0))
        evaluacion = evaluar(plan(oei("OEI.01", negativos)), I_2025)
        assert evaluacion.aeis[0].logro.avance.motivo is Motivo.DATO_INVALIDO
        assert [(h.regla, h.codigo) for h in evaluacion.hallazgos] == [("pesos", "AEI.01.01")]

    @pytest.mark.parametrize("al_reves", [False, True])
    def test_owing_a_value_counts_whatever_the_order(self, al_reves: bool) -> None:
        suyos = [indicador(20, 15), indicador(20, None, linea_base=Dato(10))]
        mixta = aei("AEI.01.01", *(reversed(suyos) if al_reves else suyos))
        assert evaluar(plan(oei("OEI.01", mixta), tipo=Tipo.II), I_2025).aeis[0].critica

    def test_a_yearly_one_is_not_held_against_the_action_at_mid_year(self) -> None:
        mixta = aei("AEI.01.01", indicador(4, 2), indicador(4, None, **ANUAL))
        evaluada = evaluar(plan(oei("OEI.01", mixta)), I_2025).aeis[0]
        assert (evaluada.logro.avance.valor, evaluada.logro.ritmo.valor, evaluada.critica) == (25, 100, False)

    def test_one_without_target_is_left_out(self) -> None:
        evaluada = evaluar(plan(oei("OEI.01", aei("AEI.01.01", indicador(4, 4), indicador(None, 1)))), I_2025).aeis[0]
        assert evaluada.logro.avance.valor == 100

    def test_none_reported_is_critical(self) -> None:
        evaluada = evaluar(plan(oei("OEI.01", aei("AEI.01.01", indicador(4), indicador(4)))), I_2025).aeis[0]
        assert (evaluada.critica, evaluada.motivo) == (True, "sin valor obtenido")


class TestScores:
    cien, cincuenta = indicador(4, 4), indicador(4, 2)

    def puntaje(self, *aeis: AEI, **parametros: Any) -> float | None:
        return evaluar(plan(oei("OEI.01", *aeis), **parametros), I_2025).oeis[0].conjunto.puntaje.valor

    def test_equal_weights_by_default(self) -> None:
        assert self.puntaje(aei("AEI.01.01", self.cien), aei("AEI.01.02", self.cincuenta)) == 75

    def test_column_peso(self) -> None:
        pesadas = aei("AEI.01.01", self.cien, peso=9.0), aei("AEI.01.02", self.cincuenta, peso=1.0)
        assert self.puntaje(*pesadas) == 95
        assert self.puntaje(*pesadas, ponderacion=Ponderacion.IGUALES) == 75

    def test_by_relevance(self) -> None:
        muy = self.cien._replace(relevancia=Relevancia.MUY_RELEVANTE)
        poco = self.cincuenta._replace(relevancia=Relevancia.POCO_RELEVANTE)
        # weights 3 and 1: (3 × 100 + 1 × 50) / 4
        aeis = aei("AEI.01.01", muy), aei("AEI.01.02", poco)
        assert self.puntaje(*aeis, ponderacion=Ponderacion.RELEVANCIA) == 87.5

    def test_weights_given_only_in_part_are_an_error(self) -> None:
        a_medias = plan(oei("OEI.01", aei("AEI.01.01", self.cien, peso=1.0), aei("AEI.01.02", self.cincuenta)))
        evaluacion = evaluar(a_medias, I_2025)
        assert evaluacion.conjunto.puntaje.motivo is Motivo.DATO_INVALIDO
        assert {h.regla for h in evaluacion.hallazgos} == {"pesos"}

    def test_the_plan_is_the_mean_of_its_actions_and_not_of_its_objectives(self) -> None:
        desigual = (
            oei("OEI.01", aei("AEI.01.01", self.cien), prioridad=Prioridad.MUY_ALTA),
            oei(
                "OEI.02", aei("AEI.02.01", indicador(4, 0)), aei("AEI.02.02", indicador(4, 0)), prioridad=Prioridad.ALTA
            ),
        )
        assert evaluar(plan(*desigual), I_2025).conjunto.puntaje.valor == pytest.approx(100 / 3)
        # weights 2 and 1 by prioridad: (2 × 100 + 1 × 0) / 3
        por_oei = evaluar(plan(*desigual, metodo_pei=MetodoPEI.OEI), I_2025)
        assert por_oei.conjunto.puntaje.valor == pytest.approx(200 / 3)
        assert por_oei.conjunto.ritmo.valor == pytest.approx(200 / 3)  # of 100 and 0, with the same weights

    def test_not_reported_counts_zero_or_is_excluded(self) -> None:
        aeis = aei("AEI.01.01", self.cien), aei("AEI.01.02", indicador(4))
        assert self.puntaje(*aeis) == 50
        assert self.puntaje(*aeis, sin_dato=SinDato.EXCLUIR) == 100

    def test_weightless_judged_actions_do_not_spoil_the_score(self) -> None:
        anual = aei("AEI.01.01", indicador(4, 3, **ANUAL), peso=1.0)
        conjunto = evaluar(plan(oei("OEI.01", anual, aei("AEI.01.02", self.cien, peso=0.0))), I_2025).conjunto
        assert (conjunto.puntaje.valor, conjunto.ritmo.motivo) == (75, Motivo.PESO_CERO)

    def test_the_level_at_mid_year_is_judged_by_the_pace(self) -> None:
        conjunto = evaluar(plan(oei("OEI.01", aei("AEI.01.01", self.cincuenta))), I_2025).conjunto
        assert (conjunto.puntaje.valor, conjunto.ritmo.valor, conjunto.semaforo) == (50, 100, Semaforo.VERDE)


def test_critical_actions_can_be_restricted_to_priorities() -> None:
    dos = (
        oei("OEI.01", aei("AEI.01.01", indicador(16, 1)), prioridad=Prioridad.MUY_ALTA),
        oei("OEI.02", aei("AEI.02.01", indicador(16, 1), prioridad=Prioridad.BAJA)),
    )
    criticas = evaluar(plan(*dos, prioridades_criticas=(Prioridad.MUY_ALTA,)), I_2025).criticas
    assert [c.aei.codigo for c in criticas] == ["AEI.01.01"]
    assert len(evaluar(plan(*dos), I_2025).criticas) == 2


def test_the_value_of_the_first_semester_used_at_the_close_is_pointed_out() -> None:
    evaluacion = evaluar(plan(oei("OEI.01", aei("AEI.01.01", indicador(4, 2)))), II_2025)
    assert evaluacion.aeis[0].logro.ejecutado.valor == 2
    assert [(h.regla, h.codigo) for h in evaluacion.hallazgos] == [("valor-del-primer-semestre", "AEI.01.01")]


@pytest.mark.parametrize(
    ("imposible", "periodo"),
    [
        (indicador(-4, 2), I_2025),
        (indicador(1e-300, 1e300), I_2025),
        (indicador(4, 1.5e308, **SUMA), I_2025),
        (indicador(4, 1e308, 1e308, **SUMA), II_2025),
    ],
    ids=["negative target", "avance overflows", "projection overflows", "sum overflows"],
)
def test_what_cannot_be_computed_is_an_error_and_no_number(imposible: Indicador, periodo: Periodo) -> None:
    evaluacion = evaluar(plan(oei("OEI.01", aei("AEI.01.01", imposible))), periodo)
    assert evaluacion.aeis[0].logro.avance.motivo is Motivo.DATO_INVALIDO
    assert [h.regla for h in evaluacion.hallazgos] == ["dato-invalido"]


def test_what_cannot_be_measured_is_pointed_out() -> None:
    evaluacion = evaluar(plan(oei("OEI.01", aei("AEI.01.01", indicador(20, 15))), tipo=Tipo.II), I_2025)
    assert [(h.regla, h.codigo) for h in evaluacion.hallazgos] == [("avance-no-medible", "AEI.01.01")]


def test_every_number_can_be_followed_to_its_cells() -> None:
    base = indicador(4, 2, 3, **SUMA)
    meta, primero, segundo = (Celda("Hoja1", 7, n) for n in (5, 6, 7))
    con_celdas = base._replace(
        metas={2025: Dato(4, meta)},
        valores={I_2025: Dato(2, primero), II_2025: Dato(3, segundo)},
    )
    plan_ = plan(oei("OEI.01", aei("AEI.01.01", con_celdas)))
    (al_cierre,) = evaluar(plan_, II_2025).aeis[0].logro.indicadores
    assert [d.celda for d in (*al_cierre.datos_meta, *al_cierre.datos_valor)] == [meta, primero, segundo]
    assert "I + II" in regla_aplicada(al_cierre, II_2025, plan_.parametros)
    (a_medio_anio,) = evaluar(plan_, I_2025).aeis[0].logro.indicadores
    assert [d.celda for d in a_medio_anio.datos_valor] == [primero]


class TestPeriods:
    solo = plan(oei("OEI.01", aei("AEI.01.01", indicador(4, 2))))

    def test_the_last_one_with_a_value_is_the_default(self) -> None:
        assert periodo_por_omision(self.solo) == I_2025

    def test_no_value_at_all(self) -> None:
        with pytest.raises(PeriodoDesconocido, match="Ningún período"):
            periodo_por_omision(plan(oei("OEI.01", aei("AEI.01.01", indicador(4)))))

    def test_another_year(self) -> None:
        with pytest.raises(PeriodoDesconocido, match="van de 2025-I a 2025-II"):
            evaluar(self.solo, Periodo(2031, 1))

    def test_history_has_the_periods_with_values(self) -> None:
        dos = plan(oei("OEI.01", aei("AEI.01.01", indicador(4, 1, 3))))
        historia = evaluar(dos, II_2025).historia
        assert [(str(e.periodo), e.conjunto.puntaje.valor) for e in historia] == [("2025-I", 25), ("2025-II", 75)]


def test_the_table_for_notebooks_has_a_row_per_action() -> None:
    tabla = evaluar(
        plan(oei("OEI.01", aei("AEI.01.01", indicador(4, 2)), aei("AEI.01.02", indicador(4)))), I_2025
    ).tabla()
    assert list(tabla["codigo"]) == ["AEI.01.01", "AEI.01.02"]
    assert tabla.loc[0, "avance"] == 50
    assert tabla["avance"].isna().tolist() == [False, True]


def test_json_has_the_keys_of_the_spec_and_null_for_what_is_missing() -> None:
    completo = plan(
        oei(
            "OEI.01",
            aei(
                "AEI.01.01",
                indicador(16, 5),
            ),
            aei("AEI.01.02", indicador(None)),
        )
    )
    resumen = como_json(evaluar(completo, I_2025))
    assert list(resumen) == ["entidad", "pei", "periodo", "avance_pei", "cobertura", "oei", "aei", "criticas"]
    assert list(resumen["oei"][0]) == [
        "codigo", "denominacion", "indicador", "unidad", "programado", "ejecutado", "avance", "puntaje", "cobertura",
        "prioridad",
    ]  # fmt: skip
    assert list(resumen["aei"][0]) == [
        "codigo", "oei", "denominacion", "indicador", "unidad", "programado", "ejecutado", "avance", "avance_sin_tope",
        "esperado", "ritmo", "semaforo_anual", "semaforo_ritmo", "nota", "critica", "estado", "proyeccion", "motivo",
    ]  # fmt: skip
    assert resumen["criticas"] == ["AEI.01.01"]
    assert resumen["aei"][0]["semaforo_ritmo"] == "ROJO"
    assert (resumen["aei"][1]["avance"], resumen["aei"][1]["estado"]) == (None, "No programada")


def test_an_empty_plan_has_no_score() -> None:
    vacio = Plan(plan().entidad, (oei("OEI.01", indicadores=(indicador(4, 2),)),))
    evaluacion = evaluar(vacio, I_2025)
    assert evaluacion.conjunto.puntaje.motivo is Motivo.SIN_AEI
    assert evaluacion.oeis[0].logro.avance.valor == 50
