"""A matrix with a column of numbers for each year or período: what is clear is read, what is not is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.ediciones import ANA, aplicada
from tests.formas import Cuadro, escribir
from tests.planes import I_2025, II_2025
from zedxl.libro.comprension import comprender
from zedxl.libro.lectura import Libro, leer_libro
from zedxl.libro.paquete import LibroIlegible
from zedxl.plan import Indicador
from zedxl.semestre.pedido import leer_pedido
from zedxl.semestre.registro import registrar

TEXTOS = ["Cód", "Descripción", "U. Medida", "Semest."]


@pytest.fixture
def ruta(tmp_path: Path) -> Path:
    return tmp_path / "libro.xlsx"


def leido(ruta: Path, cuando: list[Any], progr: list[Any], ejecut: list[Any], encima: str = "") -> Libro:
    """A matrix with one action and these columns of numbers."""
    filas = [[encima], [*TEXTOS, *cuando], ["AEI 1.1", "Una Indicador: Número de cosas", "Cosas", "Progr", *progr],
             [None, None, None, "Ejecut", *ejecut]]  # fmt: skip
    return leer_libro(escribir(ruta, Datos=Cuadro(filas)))


def indicador(libro: Libro) -> Indicador:
    (aei,) = libro.plan.aeis
    return aei.indicadores[0]


def numeros(libro: Libro) -> tuple[dict[int, Any], dict[str, Any], dict[str, Any]]:
    """Targets by year, targets by semester, values."""
    i = indicador(libro)
    return (
        {anio: dato.valor for anio, dato in i.metas.items()},
        {str(p): dato.valor for p, dato in i.metas_semestre.items()},
        {str(p): dato.valor for p, dato in i.valores.items()},
    )


def reglas(libro: Libro) -> list[tuple[str, str]]:
    return [(h.regla, h.celda) for h in libro.plan.hallazgos]


def test_years_have_targets_and_semesters_both(ruta: Path) -> None:
    libro = leido(ruta, [2024, 2025, "2025-I", "2025-II"], [3, 4, 2, 4], [None, None, 1, 3])
    assert numeros(libro) == ({2024: 3, 2025: 4}, {"2025-I": 2, "2025-II": 4}, {"2025-I": 1, "2025-II": 3})
    assert reglas(libro) == []
    i = indicador(libro)
    assert [str(d.celda) for d in (i.meta(2025), i.metas_semestre[I_2025], i.valor(II_2025))] == [
        "Datos!F3", "Datos!G3", "Datos!H4"]  # fmt: skip
    assert comprender(libro)[0].columnas[3:] == (
        ("D", "Semest.", "Progr y Ejecut"), ("E", "2024", "Progr: Meta 2024"), ("F", "2025", "Progr: Meta 2025"),
        ("G", "2025-I", "Progr: Meta 2025-I; Ejecut: Valor 2025-I"),
        ("H", "2025-II", "Progr: Meta 2025-II; Ejecut: Valor 2025-II"),
    )  # fmt: skip


def test_the_only_period_of_a_year_has_its_target_as_in_a_matrix_of_one_period(ruta: Path) -> None:
    libro = leido(ruta, ["2024-II", "2025-I"], [3, 4], [3, 2])
    assert numeros(libro) == ({2024: 3, 2025: 4}, {}, {"2024-II": 3, "2025-I": 2})
    assert reglas(libro) == []


def test_what_is_programmed_in_two_semesters_of_a_year_without_its_own_is_a_question(ruta: Path) -> None:
    libro = leido(ruta, ["2025-I", "2025-II"], [4, 4], [1, 3])
    assert reglas(libro) == [("matriz-sin-meta-anual", "A2")]
    assert "¿es la meta de cada semestre o la del año?" in libro.plan.hallazgos[0].mensaje
    assert numeros(libro) == ({}, {}, {"2025-I": 1, "2025-II": 3})  # values are clear, targets are not guessed


def test_without_anything_programmed_there_nothing_is_asked(ruta: Path) -> None:
    libro = leido(ruta, ["2025-I", "2025-II"], [None, None], [1, 3])
    assert reglas(libro) == []


@pytest.mark.parametrize(
    ("cuando", "ejecut", "preguntas"),
    [
        ([2025, 2026], [3, None], [("valor-sin-semestre", "E4")]),
        ([2025, "2025-I", "2025-II"], [7, None, None], [("valor-sin-semestre", "E4")]),
        ([2025, "2025-I", "2025-II"], [7, 2, None], [("valor-sin-semestre", "E4")]),  # the second semester's, or the sum?
        ([2025, "2025-I", "2025-II"], [7, 2, 5], []), ([2025, "2025-I", "2025-II"], [2, 2, None], []),
        ([2025, "2025-I"], [2, 2], []),
    ],
)  # fmt: skip
def test_a_value_of_a_whole_year_is_asked_about_unless_its_semesters_have_theirs(
    ruta: Path, cuando: list[Any], ejecut: list[Any], preguntas: list[tuple[str, str]]
) -> None:
    libro = leido(ruta, cuando, [4] * len(cuando), ejecut)
    assert reglas(libro) == preguntas
    dichos = {str(c): v for c, v in zip(cuando, ejecut, strict=True) if isinstance(c, str)}
    assert numeros(libro)[2] == dichos


def test_the_period_named_above_is_that_of_the_value_under_its_year(ruta: Path) -> None:
    libro = leido(ruta, [2024, 2025, 2026], [3, 4, 5], [None, 2, None], encima="Avance del semestre 2025-I")
    assert numeros(libro) == ({2024: 3, 2025: 4, 2026: 5}, {}, {"2025-I": 2})
    assert str(indicador(libro).valor(I_2025).celda) == "Datos!F4"
    assert reglas(libro) == []
    pasado = leido(ruta, [2024, 2025], [3, 4], [3, 2], encima="Avance del semestre 2025-I")
    assert reglas(pasado) == [("valor-sin-semestre", "E4")]


@pytest.mark.parametrize(
    ("cuando", "progr", "ejecut"),
    [
        (["Meta 2025", "Valor 2025-I"], [4, None], [None, 2]),  # what would be programmed below «Valor»?
        (["Meta 2025-I", "2025-I"], [4, None], [None, 2]), ([None, "2025-I"], [4, None], [2, None]),
        (["Cantidad", "2025"], [4, 3], [2, None]),
    ],
)  # fmt: skip
def test_titles_that_say_more_than_when_are_a_question(
    ruta: Path, cuando: list[Any], progr: list[Any], ejecut: list[Any]
) -> None:
    with pytest.raises(LibroIlegible, match="Hay filas Progr y Ejecut debajo de columnas que ya dicen de qué"):
        leido(ruta, cuando, progr, ejecut)


@pytest.mark.parametrize("area", [(3, 6, 3, 7), (3, 6, 4, 6)], ids=["two periods", "Progr and Ejecut"])
def test_numbers_merged_over_several_are_a_question(ruta: Path, area: tuple[int, int, int, int]) -> None:
    filas: list[list[Any]] = [[], [*TEXTOS, 2025, "2025-I", "2025-II"], ["AEI 1.1", "Una", "Cosas", "Progr", 4, 2, 2],
             [None, None, None, "Ejecut", None, 1, 3]]  # fmt: skip
    with pytest.raises(LibroIlegible, match="cada número en su propia celda"):
        leer_libro(escribir(ruta, Datos=Cuadro(filas, [area])))


def test_an_unreadable_number_names_its_row_and_title(ruta: Path) -> None:
    libro = leido(ruta, [2025, "2025-I"], [4, 2], [None, "dos"])
    (hallazgo,) = libro.plan.hallazgos
    assert (hallazgo.regla, hallazgo.celda, hallazgo.mensaje[:16]) == ("valor-no-numerico", "F4", "Ejecutado 2025-I")


def test_a_value_is_recorded_in_the_row_ejecut_of_its_period(ruta: Path) -> None:
    libro = leido(ruta, [2025, "2025-I", "2025-II"], [4, 2, 4], [None, 1, None])
    assert libro.periodos == (I_2025, II_2025)
    edicion = registrar(libro, II_2025, [leer_pedido("AEI.01.01=3")], ANA)
    assert {str(c.celda): c.despues for c in edicion.cambios} == {"Datos!G4": 3.0}
    assert numeros(aplicada(libro, edicion))[2] == {"2025-I": 1, "2025-II": 3}
