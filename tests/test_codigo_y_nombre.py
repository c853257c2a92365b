"""Books that write a code and its name in one cell: «AEI.01.01 Acciones de…», under one title (SPEC 4.1)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.ediciones import ANA, aplicada
from tests.libros import Filas, escribir_libro
from tests.planes import I_2025, II_2025
from zedxl.libro.bloques.juntas import separar, varios_codigos
from zedxl.libro.bloques.unica import SinTablaUnica
from zedxl.libro.comprension import comprender
from zedxl.libro.lectura import Libro, leer, leer_libro
from zedxl.libro.paquete import LibroIlegible
from zedxl.plan import Plan
from zedxl.reparto.copias import repartir
from zedxl.semestre.apertura import abrir
from zedxl.semestre.pedido import leer_pedido
from zedxl.semestre.registro import registrar

TIEMPO = ["Meta 2025", "2025-I"]


@pytest.fixture
def ruta(tmp_path: Path) -> Path:
    return tmp_path / "libro.xlsx"


def escrito(ruta: Path, *filas: list[Any]) -> Libro:
    return leer_libro(escribir_libro(ruta, {"Datos": filas}))


def reglas(plan: Plan) -> list[tuple[str, str]]:
    return [(h.regla, f"{h.hoja}!{h.celda}") for h in plan.hallazgos]


def dichas(plan: Plan) -> list[tuple[str, str, float | None]]:
    """Code, name and value of 2025-I of each AEI."""
    return [(a.codigo, a.denominacion, a.indicadores[0].valor(I_2025).valor) for a in plan.aeis]


@pytest.mark.parametrize(
    ("celda", "codigo", "nombre"),
    [
        ("AEI.01.01 Acciones de apoyo", "AEI.01.01", "Acciones de apoyo"),
        ("AEI.01.01: Acciones", "AEI.01.01", "Acciones"), ("OEI.02 - Mejorar", "OEI.02", "Mejorar"),
        ("AEI 1.1. Acciones", "AEI 1.1", "Acciones"), ("AEI.01.01.- Acciones", "AEI.01.01", "Acciones"),
        ("AEI.01.01\nAcciones\nde apoyo", "AEI.01.01", "Acciones\nde apoyo"),
        ("(OEI.1) Mejorar", "OEI.1", "Mejorar"), ("AEI.01.01 5 talleres", "AEI.01.01", "5 talleres"),
        ("IND.01.01.01 Total de atenciones", "IND.01.01.01", "Total de atenciones"),
        ("AEI.01.01 A todas", "AEI.01.01", "A todas"),
    ],
)  # fmt: skip
def test_code_and_name_are_told_apart(celda: str, codigo: str, nombre: str) -> None:
    assert separar(celda) == (codigo, nombre)


@pytest.mark.parametrize(
    "celda",
    ["Ver AEI.01.01", "AEI.01.01", "AEI.01.01 (*)", "AEI.01.01 y otras", "AEI.01.01 a 01.04", "AEI.01.01.02 Acciones",
     "OEI.01 Total", "AEI.01.01 Promedio de avance", "AEI.01.01 y AEI.01.02 Apoyo", "AEI 1 Apoyo", "AEI.01.01Apoyo", 7.0,
     None],
)  # fmt: skip
def test_what_is_no_code_with_its_name_is_left_as_it_is(celda: Any) -> None:
    assert separar(celda) is None


def test_codes_besides_the_first_are_all_named() -> None:
    assert varios_codigos("AEI.01.01 / AEI 1.2: Apoyo (OEI.03)") == ("AEI.01.01", "AEI.01.02", "OEI.03")
    assert varios_codigos("Contribuye a AEI.01.01 y AEI.01.02") == ()


@pytest.mark.parametrize(
    "titulo",
    ["OEI/AEI", "AEI", "Acción estratégica institucional", "Acciones Estratégicas\nInstitucionales (AEI)", "Denominación",
     "Objetivo / Acción estratégica", "Código y denominación", "CÓDIGO", "OBJETIVO ESTRATÉGICO / ACCIÓN ESTRATÉGICA",
     "Elementos del PEI"],
)  # fmt: skip
def test_one_column_has_both_under_any_usual_title(ruta: Path, titulo: str) -> None:
    plan = escrito(ruta, [titulo, *TIEMPO], ["OEI.01: Mejorar", 10, 5], ["AEI.01.01 - Una", 4, 2]).plan
    assert dichas(plan) == [("AEI.01.01", "Una", 2)]
    assert [o.denominacion for o in plan.oeis] == ["Mejorar"]
    assert reglas(plan) == []


def test_in_an_annex_the_indicators_too(ruta: Path) -> None:
    libro = escrito(
        ruta,
        ["OEI / AEI / Indicador", "Unidad de medida", *TIEMPO],
        ["AEI.01.01 Una"], ["IND.01.01.01 Número de cosas", "Cosas", 4, 2], ["IND.01.01.02: Porcentaje", "%", 50, 40],
        ["AEI.01.02 Otra"], ["IND.01.01.03\nNúmero de casos", "Casos", 9, 3],
    )  # fmt: skip
    una, otra = libro.plan.aeis
    assert [(i.codigo, i.nombre) for i in una.indicadores] == [
        ("IND.01.01.01", "Número de cosas"), ("IND.01.01.02", "Porcentaje")]  # fmt: skip
    assert [(i.codigo, i.nombre, i.valor(I_2025).valor) for i in otra.indicadores] == [
        ("IND.01.01.03", "Número de casos", 3)]  # fmt: skip
    assert reglas(libro.plan) == []


def test_beside_the_column_of_the_objective_the_actions_count(ruta: Path) -> None:
    titulos = ["Objetivo estratégico", "Acción estratégica", "Indicador", *TIEMPO]
    plan = escrito(ruta, titulos, ["OEI.01 Mejorar", "AEI.01.01 Una", "Cosas", 4, 2],
                   [None, "AEI.01.02 Otra", "Casos", 8, 6]).plan  # fmt: skip
    assert dichas(plan) == [("AEI.01.01", "Una", 2), ("AEI.01.02", "Otra", 6)]


def test_the_code_of_the_indicator_may_stand_with_its_name(ruta: Path) -> None:
    plan = escrito(ruta, ["Código", "Indicador", *TIEMPO], ["AEI.01.01", "IND.01.01.01 Número de cosas", 4, 2],
                   ["AEI.01.01", "Casos sin código", 8, 6]).plan  # fmt: skip
    (una,) = plan.aeis
    assert [(i.codigo, i.nombre) for i in una.indicadores] == [
        ("IND.01.01.01", "Número de cosas"), ("", "Casos sin código")]  # fmt: skip


def test_a_column_of_names_besides_has_the_names(ruta: Path) -> None:
    plan = escrito(ruta, ["OEI/AEI", "Descripción", *TIEMPO], ["AEI.01.01 Una", "La primera", 4, 2],
                   ["AEI.01.02 Otra", "La segunda", 8, 6]).plan  # fmt: skip
    assert dichas(plan) == [("AEI.01.01", "La primera", 2), ("AEI.01.02", "La segunda", 6)]


def test_a_cell_with_two_codes_is_a_question(ruta: Path) -> None:
    plan = escrito(ruta, ["OEI/AEI", *TIEMPO], ["AEI.01.01 Una", 4, 2], ["AEI.01.02 y AEI.01.03 Otras", 8, 6]).plan
    assert reglas(plan) == [("codigo-ambiguo", "Datos!A3")]
    assert "varios códigos: AEI.01.02, AEI.01.03" in plan.hallazgos[0].mensaje
    assert dichas(plan) == [("AEI.01.01", "Una", 2)]


@pytest.mark.parametrize(
    "nota", ["AEI.01.01: se reprogramó en julio", "Ver AEI.01.01", "IND.01.01.01: lo mide Logística"]
)
@pytest.mark.parametrize("codigos", [["AEI.01.01 Una", "AEI.01.02 Otra"], ["AEI.01.01", "AEI.01.02"]])
def test_notes_below_that_name_a_code_are_no_rows(ruta: Path, nota: str, codigos: list[str]) -> None:
    filas = [[codigo, 4, 2] for codigo in codigos]
    libro = escrito(ruta, ["AEI", *TIEMPO], *filas, [], ["Fuente: Logística"], [nota])
    assert [len(a.indicadores) for a in libro.plan.aeis] == [1, 1]
    assert reglas(libro.plan) == []


def test_a_note_below_an_annex_is_no_indicator(ruta: Path) -> None:
    libro = escrito(ruta, ["OEI/AEI", *TIEMPO], ["AEI.01.01 Una"], ["IND.01.01.01 Cosas", 4, 2],
                    ["AEI.01.01: se reprogramó"])  # fmt: skip
    assert [len(a.indicadores) for a in libro.plan.aeis] == [1]
    assert comprender(libro)[0].omitidas == (("son notas que empiezan por un código", 1),)


def test_a_row_that_sums_up_an_objective_is_no_objective(ruta: Path) -> None:
    plan = escrito(ruta, ["OEI/AEI", *TIEMPO], ["AEI.01.01 Una", 4, 2], ["OEI.01 Promedio", 4, 2]).plan
    assert [o.indicadores for o in plan.oeis] == [()]


def test_a_number_merged_over_two_of_them_is_a_question(ruta: Path) -> None:
    escrito(ruta, ["OEI/AEI", *TIEMPO], ["AEI.01.01 Una", 4, 2], ["AEI.01.02 Otra", None, 3])
    libro = openpyxl.load_workbook(ruta)
    libro["Datos"].merge_cells("B2:B3")
    libro.save(ruta)
    assert reglas(leer(ruta)) == [("celda-combinada", "Datos!B2"), ("celda-combinada", "Datos!B3")]


def test_a_table_of_results_under_such_a_title_is_no_plan(ruta: Path) -> None:
    filas: dict[str, Filas] = {
        "Plan": [["Código", *TIEMPO], ["AEI.01.01", 4, 2]],
        "Resultados": [["OEI", "2025-I"], ["OEI.01", 50]],
    }
    assert len(leer_libro(escribir_libro(ruta, filas)).bloques) == 1


def test_without_titles_the_codes_are_still_pointed_at(ruta: Path) -> None:
    with pytest.raises(LibroIlegible, match=r"Datos!B2 hay códigos de AEI sin una fila de títulos"):
        escrito(ruta, ["Plan"], [None, "AEI.01.01 Una", 4, 2])


def test_what_was_understood_says_that_a_column_has_both(ruta: Path) -> None:
    (bloque,) = comprender(
        escrito(ruta, ["OEI/AEI", "Indicador", *TIEMPO], ["AEI.01.01 Una", "IND.01.01.01 Cosas", 4, 2])
    )
    assert bloque.columnas[:2] == (
        ("A", "OEI/AEI", "Código y Denominación, en la misma celda"),
        ("B", "Indicador", "Código del indicador e Indicador, en la misma celda"),
    )


class TestCommands:
    @pytest.fixture
    def libro(self, ruta: Path) -> Libro:
        titulos = ["OEI/AEI", "Unidad responsable", *TIEMPO]
        return escrito(ruta, titulos, ["AEI.01.01 Una", "Logística", 4, 2], ["AEI.01.02 Otra", "Personal", 8, 6])

    def test_a_value_is_recorded_in_its_own_cell(self, libro: Libro) -> None:
        edicion = registrar(libro, I_2025, [leer_pedido("AEI.01.02=7")], ANA)
        assert {str(c.celda): c.despues for c in edicion.cambios} == {"Datos!D3": 7.0}
        leido = aplicada(libro, edicion)
        assert dichas(leido.plan) == [("AEI.01.01", "Una", 2), ("AEI.01.02", "Otra", 7)]

    @pytest.mark.parametrize("orden", [lambda libro: abrir(libro, II_2025, ANA), lambda libro: repartir(libro, ANA)])
    def test_what_needs_codes_of_their_own_says_so(self, libro: Libro, orden: Any) -> None:
        with pytest.raises(SinTablaUnica, match=r"Datos!A1 tiene códigos y nombres en una misma celda.*Denominación"):
            orden(libro)
