"""What holds for the functions whatever the numbers."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.casos_funciones import en_celda
from udfs import (
    AEI_CRITICA,
    AVANCE_AEI,
    AVANCE_RANGO,
    BRECHA_META,
    COBERTURA,
    FUNCIONES,
    NOTA_AVANCE,
    PESO_RELEVANCIA,
    PUNTAJE_OEI,
    RITMO_AEI,
)
from udfs.registro import Resultado

SIN_PRISA = settings(deadline=None, max_examples=60)

numeros = st.floats(-1e6, 1e6, allow_nan=False).map(lambda n: round(n, 6))
metas = st.floats(0.001, 1e6).map(lambda n: round(n, 6))
avances = st.floats(0, 100)
sentidos = st.sampled_from(["Ascendente", "Descendente"])
periodos = st.sampled_from(["2025-I", "2025-II"])
celdas: st.SearchStrategy[object] = st.one_of(
    numeros,
    st.sampled_from([None, "", "N/D", "N/P", "12,5", "1.234", "25 %", "2025-I", "2025-II", "Acumulado", "Descendente"]),
    st.text(max_size=5),
    st.booleans(),
)
POR_ELEMENTO = [f for f in FUNCIONES.values() if f.resultado is Resultado.ELEMENTO]


@st.composite
def llamadas(draw: st.DrawFn) -> tuple[str, list[list[object]]]:
    """A function that works on elements, and a row of arguments for each row of a table."""
    funcion = draw(st.sampled_from(POR_ELEMENTO))
    obligatorios = sum(not a.opcional for a in funcion.argumentos)
    cuantos = draw(st.integers(obligatorios, len(funcion.argumentos)))
    fila = st.lists(celdas, min_size=cuantos, max_size=cuantos)
    return funcion.nombre, draw(st.lists(fila, min_size=2, max_size=5))


@SIN_PRISA
@given(llamadas())
def test_a_call_on_columns_is_the_call_on_each_row(llamada: tuple[str, list[list[object]]]) -> None:
    nombre, filas = llamada
    columnas = [[[celda] for celda in columna] for columna in zip(*filas, strict=True)]
    assert en_celda(nombre, *columnas) == [[en_celda(nombre, *fila)] for fila in filas]


@SIN_PRISA
@given(llamadas())
def test_orientation_does_not_matter(llamada: tuple[str, list[list[object]]]) -> None:
    nombre, filas = llamada
    columnas: list[list[object]] = [list(columna) for columna in zip(*filas, strict=True)]
    de_pie: Any = en_celda(nombre, *columnas)
    assert en_celda(nombre, *[[columna] for columna in columnas]) == [[celda for (celda,) in de_pie]]


@SIN_PRISA
@given(metas, numeros, sentidos)
def test_avance_stays_within_0_and_100(programado: float, ejecutado: float, sentido: str) -> None:
    assert 0 <= AVANCE_AEI(programado, ejecutado, sentido) <= 100


@SIN_PRISA
@given(metas, metas, numeros)
def test_avance_against_a_range_stays_within_0_and_100_and_is_100_inside(uno: float, otro: float, valor: float) -> None:
    minimo, maximo = sorted((uno, otro))
    obtenido = AVANCE_RANGO(minimo, maximo, valor)
    assert 0 <= obtenido <= 100
    assert AVANCE_RANGO(minimo, maximo, (minimo + maximo) / 2) == 100


@SIN_PRISA
@given(metas, numeros, numeros)
def test_more_is_never_a_lower_avance(programado: float, uno: float, otro: float) -> None:
    menos, mas = sorted((uno, otro))
    assert AVANCE_AEI(programado, menos) <= AVANCE_AEI(programado, mas)


@SIN_PRISA
@given(metas, metas, st.floats(0.01, 100))
def test_avance_does_not_depend_on_the_unit(programado: float, ejecutado: float, factor: float) -> None:
    uno, otro = AVANCE_AEI(programado, ejecutado), AVANCE_AEI(programado * factor, ejecutado * factor)
    assert abs(uno - otro) < 1e-9


@SIN_PRISA
@given(metas, metas, sentidos)
def test_no_gap_is_left_exactly_when_the_avance_is_100(programado: float, ejecutado: float, sentido: str) -> None:
    assume(programado == ejecutado or abs(programado / ejecutado - 1) > 1e-9)
    sin_brecha = BRECHA_META(programado, ejecutado, sentido) == 0
    assert sin_brecha == (AVANCE_AEI(programado, ejecutado, sentido) == 100)


@SIN_PRISA
@given(st.lists(st.tuples(avances, st.floats(0.1, 10)), min_size=1, max_size=12))
def test_puntaje_lies_between_the_least_and_the_greatest_avance(pares: list[tuple[float, float]]) -> None:
    valores, pesos = [list(columna) for columna in zip(*pares, strict=True)]
    obtenido = PUNTAJE_OEI(valores, pesos)
    assert min(valores) - 1e-9 <= obtenido <= max(valores) + 1e-9


@SIN_PRISA
@given(st.lists(st.tuples(avances, st.floats(0.1, 10)), min_size=1, max_size=12), st.randoms())
def test_puntaje_does_not_depend_on_the_order(pares: list[tuple[float, float]], azar: Any) -> None:
    mezclados = list(pares)
    azar.shuffle(mezclados)
    uno, otro = (PUNTAJE_OEI([a for a, _ in p], [w for _, w in p]) for p in (pares, mezclados))
    assert abs(uno - otro) < 1e-9


@SIN_PRISA
@given(st.lists(st.one_of(avances, st.sampled_from(["N/D", None, "N/P"])), min_size=1, max_size=12))
def test_what_was_not_programmed_changes_nothing(valores: list[object]) -> None:
    assert PUNTAJE_OEI([*valores, "N/P"]) == PUNTAJE_OEI(valores)
    assert COBERTURA([*valores, "N/P"]) == COBERTURA(valores)


@SIN_PRISA
@given(st.lists(avances, min_size=1, max_size=8), st.integers(1, 5))
def test_counting_the_missing_as_0_is_never_more_than_leaving_it_out(valores: list[float], faltan: int) -> None:
    todos = [*valores, *["N/D"] * faltan]
    assert PUNTAJE_OEI(todos) <= PUNTAJE_OEI(todos, None, "excluir") + 1e-9


@SIN_PRISA
@given(st.lists(st.sampled_from(["Muy relevante", "Relevante", "Poco relevante"]), min_size=2, max_size=9))
def test_the_more_relevant_never_weighs_less(relevancias: list[str]) -> None:
    orden = ["Poco relevante", "Relevante", "Muy relevante"]
    pesos = [peso for (peso,) in PESO_RELEVANCIA(sorted(relevancias, key=orden.index))]
    assert pesos == sorted(pesos)
    assert pesos[0] == 1


@SIN_PRISA
@given(avances, periodos)
def test_what_is_critical_has_no_asterisk(avance: float, periodo: str) -> None:
    assert RITMO_AEI(avance, periodo) >= avance - 1e-9
    assert not (AEI_CRITICA(avance, periodo) == "CRÍTICA" and NOTA_AVANCE(avance, periodo) == "*")
