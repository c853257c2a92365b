"""The annex and the matrix, as CEPLAN and the published report lay them out (SPEC 4.1 b and c, 2.5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.formas import Cuadro, anexo_publicado, escribir, impreso, matriz_publicada
from tests.libros import TITULOS, Filas, aei, escribir_libro
from tests.planes import I_2025, II_2025
from zedxl.evaluacion import Evaluacion, evaluar
from zedxl.libro.bloques.bloque import Forma
from zedxl.libro.comprension import comprender
from zedxl.libro.lectura import Libro, leer, leer_libro
from zedxl.plan import Plan
from zedxl.vocabulario import Relevancia

Hojas = Mapping[str, Filas]
PUBLICADOS = {
    "AEI.01.01": "66.67*", "AEI.01.02": "100.00", "AEI.01.03": "100.00", "AEI.02.01": "100.00", "AEI.02.02": "66.67*",
    "AEI.02.03": "100.00", "AEI.02.04": "100.00", "AEI.03.01": "50.00*", "AEI.03.02": "100.00", "AEI.03.03": "100.00",
}  # fmt: skip
PUNTAJES = {"OEI.01": "88.89", "OEI.02": "91.67", "OEI.03": "83.33"}


@pytest.fixture
def libro(tmp_path: Path) -> Callable[..., Libro]:
    """Reads a book with these sheets."""

    def leido(**hojas: Cuadro) -> Libro:
        return leer_libro(escribir(tmp_path / "libro.xlsx", **hojas))

    return leido


def avances(evaluacion: Evaluacion) -> dict[str, str]:
    return {a.aei.codigo: f"{a.logro.avance.valor:.2f}{a.nota}" for a in evaluacion.aeis}


def puntajes(evaluacion: Evaluacion) -> dict[str, str]:
    return {o.oei.codigo: f"{o.conjunto.puntaje.valor:.2f}" for o in evaluacion.oeis}


def reglas(plan: Plan) -> list[tuple[str, str]]:
    return [(h.regla, f"{h.hoja}!{h.celda}") for h in plan.hallazgos]


def de_aei(plan: Plan, codigo: str) -> Any:
    (indicador,) = next(a for a in plan.aeis if a.codigo == codigo).indicadores
    return indicador


@pytest.mark.parametrize(
    ("cuadro", "forma"),
    [
        (anexo_publicado(), Forma.ANEXO), (anexo_publicado(combinado=False), Forma.ANEXO),
        (anexo_publicado().en_texto(), Forma.ANEXO), (anexo_publicado().movido(3, 2), Forma.ANEXO),
        (matriz_publicada(), Forma.MATRIZ), (matriz_publicada(en_la_celda=True), Forma.MATRIZ),
        (matriz_publicada().en_texto(), Forma.MATRIZ), (matriz_publicada().movido(1, 4), Forma.MATRIZ),
    ],
    ids=["annex", "annex, value and blanks", "annex as text", "annex elsewhere",
         "matrix", "matrix, number in the cell", "matrix as text", "matrix elsewhere"],
)  # fmt: skip
def test_what_was_published_comes_out_of_either(libro: Callable[..., Libro], cuadro: Cuadro, forma: Forma) -> None:
    leido = libro(Portada=Cuadro([["Hola"]]), Datos=cuadro)
    evaluacion = evaluar(leido.plan, I_2025)
    assert [b.forma for b in leido.bloques] == [forma]
    assert reglas(leido.plan) == []
    assert avances(evaluacion) == PUBLICADOS
    assert puntajes(evaluacion) == PUNTAJES
    assert f"{evaluacion.conjunto.puntaje.valor:.2f}" == "88.33"
    assert evaluacion.criticas == ()


def test_the_matrix_has_the_objectives_too(libro: Callable[..., Libro]) -> None:
    evaluacion = evaluar(libro(Matriz=matriz_publicada()).plan, I_2025)
    assert [o.logro.avance.valor for o in evaluacion.oeis] == [100, 0, 0]


def test_an_annex_knows_cell_keywords_and_baseline_of_each_indicator(libro: Callable[..., Libro]) -> None:
    indicador = de_aei(libro(Anexo=anexo_publicado()).plan, "AEI.02.03")
    assert (indicador.codigo, indicador.nombre[:16]) == ("IND.01.02.03", "Número de agente")
    assert (indicador.linea_base.valor, indicador.linea_base_anio) == (12, 2022)
    assert {anio: dato.valor for anio, dato in indicador.metas.items()} == {2024: 30, 2025: 50, 2026: 80}
    assert str(indicador.valor(I_2025).celda) == "Anexo!K17"  # its own row, below that of the AEI
    assert indicador.relevancia is Relevancia.RELEVANTE  # the asterisk of its row is none, so that of the AEI counts
    assert indicador.avances[I_2025].valor == 100


def test_a_matrix_tells_name_indicator_and_unit_apart(libro: Callable[..., Libro]) -> None:
    plan = libro(Matriz=matriz_publicada()).plan
    indicador = de_aei(plan, "AEI.02.04")
    assert next(a for a in plan.aeis if a.codigo == "AEI.02.04").denominacion.startswith("Articulación a ZED ILO de")
    assert (indicador.nombre, indicador.unidad) == ("Número de proveedores articulados.", "Proveedores")
    assert [str(d.celda) for d in (indicador.meta(2025), indicador.valor(I_2025))] == ["Matriz!E20", "Matriz!E21"]


class TestAsPrinted:
    """What stands in the published PDF, pasted as text: the second row of titles has slipped, and so have data."""

    def test_the_slipped_titles_are_read_in_their_order_and_it_says_so(self, libro: Callable[..., Libro]) -> None:
        plan = libro(Anexo=impreso("anexo_impreso.txt")).plan
        assert reglas(plan)[:2] == [("titulos-cambiados", "Anexo!A8"), ("titulos-corridos", "Anexo!A8")]
        indicador = de_aei(plan, "AEI.02.03")
        assert (indicador.linea_base.valor, indicador.linea_base_anio) == (12, 2022)
        assert {anio: dato.valor for anio, dato in indicador.metas.items()} == {2024: 30, 2025: 50, 2026: 80}
        assert indicador.valor(I_2025).valor == 67

    def test_rows_of_an_action_and_its_indicator_that_differ_are_a_question(self, libro: Callable[..., Libro]) -> None:
        plan = libro(Anexo=impreso("anexo_impreso.txt")).plan
        contradictorios = {h.codigo: h.mensaje for h in plan.hallazgos if h.regla == "datos-contradictorios"}
        assert list(contradictorios) == ["AEI.01.01", "AEI.02.01", "AEI.02.04"]
        assert "Meta 2025: 1 (Anexo!I11) y 3 (Anexo!I10)" in contradictorios["AEI.01.01"]
        assert de_aei(plan, "AEI.01.01").valor(I_2025).valor is None  # neither is guessed

    def test_the_tables_of_section_6_read_as_one_matrix(self, libro: Callable[..., Libro]) -> None:
        cuadros = impreso("cuadros_impresos.txt")
        titulos = ["Cód", "Descripción", "U. Medida", "Semest.", None, "Acum."]
        plan = libro(Cuadros=Cuadro([["Semestre 2025-I"], titulos, *cuadros.filas])).plan
        assert avances(evaluar(plan, I_2025)) == PUBLICADOS

    def test_rows_that_the_conversion_garbled_are_named_and_left_out(self, libro: Callable[..., Libro]) -> None:
        plan = libro(Matriz=impreso("matriz_impresa.txt")).plan
        assert reglas(plan) == [("matriz-incompleta", f"Matriz!A{fila}") for fila in (26, 27, 28)]
        assert len(list(plan.aeis)) == 7


class TestSeveralBlocks:
    """Blocks of one plan complete each other; what they say differently is asked."""

    def test_annex_and_matrix_together_have_what_each_lacks(self, libro: Callable[..., Libro]) -> None:
        leido = libro(Anexo=anexo_publicado(), Matriz=matriz_publicada())
        indicador = de_aei(leido.plan, "AEI.01.01")
        assert (indicador.unidad, indicador.relevancia) == ("Eventos", Relevancia.RELEVANTE)
        assert {anio: dato.valor for anio, dato in indicador.metas.items()} == {2024: 2, 2025: 3, 2026: 3}
        assert reglas(leido.plan) == []
        assert puntajes(evaluar(leido.plan, I_2025)) == PUNTAJES

    def test_the_other_wording_of_a_code_is_kept_with_its_cell(self, libro: Callable[..., Libro]) -> None:
        plan = libro(Anexo=anexo_publicado(), Matriz=matriz_publicada()).plan
        assert [str(r.celda) for r in plan.redacciones if r.codigo == "AEI.01.03"] == ["Anexo!B10", "Matriz!B10"]

    def test_the_printed_annex_contradicts_the_matrix_where_its_rows_slipped(self, libro: Callable[..., Libro]) -> None:
        plan = libro(Anexo=impreso("anexo_impreso.txt"), Matriz=matriz_publicada()).plan
        contra_la_matriz = [h.codigo for h in plan.hallazgos if h.hoja == "Matriz"]
        # AEI.01.03 repeats AEI.01.02, AEI.03.01 and AEI.03.02 stand one row too low
        assert contra_la_matriz == ["AEI.01.03", "AEI.03.01", "AEI.03.02"]

    def test_two_tables_that_differ_are_an_error_and_neither_counts(self, tmp_path: Path) -> None:
        hojas: Hojas = {"Uno": [TITULOS, aei("AEI.01.01", 4, 2)], "Dos": [TITULOS, aei("AEI.01.01", 5, 2)]}
        plan = leer(escribir_libro(tmp_path / "libro.xlsx", hojas))
        assert reglas(plan) == [("datos-contradictorios", "Dos!H2")]
        assert "Meta 2025: 4 (Uno!H2) y 5 (Dos!H2)" in plan.hallazgos[0].mensaje
        assert de_aei(plan, "AEI.01.01").valor(I_2025).valor == 2
        assert evaluar(plan, I_2025).aeis[0].logro.avance.valor is None

    def test_two_tables_with_other_keywords_leave_no_rule(self, tmp_path: Path) -> None:
        otra = aei("AEI.01.01", 4, 2, sentido="Descendente")
        hojas: Hojas = {"Uno": [TITULOS, aei("AEI.01.01", 4, 2)], "Dos": [TITULOS, otra]}
        plan = leer(escribir_libro(tmp_path / "libro.xlsx", hojas))
        assert reglas(plan) == [("datos-contradictorios", "Dos!E2")]
        assert evaluar(plan, I_2025).aeis[0].logro.avance.valor is None

    def test_a_table_for_each_semester_is_one_plan(self, tmp_path: Path) -> None:
        hojas: Hojas = {
            "2025-I": [["Código", "Meta 2025", "Valor 2025-I"], ["AEI.01.01", 4, 2], ["AEI.01.02", 8, 3]],
            "2025-II": [["Código", "Valor 2025-II"], ["AEI.01.02", 7], ["AEI.01.01", 4]],
        }
        plan = leer(escribir_libro(tmp_path / "libro.xlsx", hojas))
        assert reglas(plan) == []
        assert [a.indicadores[0].valor(II_2025).valor for a in plan.aeis] == [4, 7]

    def test_of_two_indicators_nobody_guesses_which_one_a_row_is(self, tmp_path: Path) -> None:
        uno, otro = aei("AEI.01.01", 4, 2), aei("AEI.01.01", 10, 10)
        otro[2] = "Otro indicador"
        hojas: Hojas = {"Plan": [TITULOS, uno, otro], "2025-II": [("Código", "Valor 2025-II"), ("AEI.01.01", 4)]}
        plan = leer(escribir_libro(tmp_path / "libro.xlsx", hojas))
        assert reglas(plan) == [("indicador-ambiguo", "2025-II!A2")]
        assert "¿De cuál es esta fila?" in plan.hallazgos[0].mensaje
        assert [len(a.indicadores) for a in plan.aeis] == [2]

    def test_indicators_of_two_blocks_are_known_by_their_names(self, tmp_path: Path) -> None:
        uno, otro = aei("AEI.01.01", 4, 2), aei("AEI.01.01", 10, 10)
        otro[2] = "Otro indicador"
        titulos = ["Código", "Indicador", "Valor 2025-II"]
        segundo: Filas = [titulos, ["AEI.01.01", "OTRO  indicador", 12], ["AEI.01.01", uno[2], 3]]
        hojas: Hojas = {"Plan": [[*TITULOS[:9]], uno[:9], otro[:9]], "2025-II": segundo}
        plan = leer(escribir_libro(tmp_path / "libro.xlsx", hojas))
        assert reglas(plan) == []
        assert [i.valor(II_2025).valor for i in next(plan.aeis).indicadores] == [3, 12]


class TestGroupsOfTitles:
    """What a title means together with the one above it, or below."""

    @staticmethod
    def leido(tmp_path: Path, *filas: list[Any]) -> Libro:
        return leer_libro(escribir_libro(tmp_path / "libro.xlsx", {"Hoja1": filas}))

    def test_titles_of_a_flat_table_may_have_groups(self, tmp_path: Path) -> None:
        libro = self.leido(
            tmp_path,
            ["AEI", None, "Indicador", None, "Programado", None, "2025-I", None],
            ["Código", "Denominación", "Código", "Nombre", 2024, 2025, "Ejecutado", "Avance"],
            ["AEI.01.01", "Una", "IND.01.01.01", "Cosas", 3, 4, 2, 50],
        )
        indicador = de_aei(libro.plan, "AEI.01.01")
        assert (indicador.codigo, indicador.nombre, indicador.meta(2024).valor) == ("IND.01.01.01", "Cosas", 3)
        assert (indicador.meta(2025).valor, indicador.valor(I_2025).valor) == (4, 2)

    def test_three_rows_of_titles(self, tmp_path: Path) -> None:
        libro = self.leido(
            tmp_path,
            ["Código", "Denominación", "Logro esperado", "Seguimiento"],
            [None, None, None, "2025-I", None, "2025-II", None],
            [None, None, "2025", "Valor obtenido", "Avance", "Valor obtenido", "Avance"],
            ["AEI.01.01", "Una", 4, 2, 50, 3, 75],
        )
        indicador = de_aei(libro.plan, "AEI.01.01")
        assert [d.valor for d in (indicador.meta(2025), indicador.valor(I_2025), indicador.valor(II_2025))] == [4, 2, 3]

    def test_a_title_above_the_table_is_no_group(self, tmp_path: Path) -> None:
        titulos = ["Código", "Meta 2025", "Valor 2025-I"]
        libro = self.leido(tmp_path, ["Avance de las metas del PEI 2024-2026 al 2025-II"], titulos, ["AEI.01.01", 4, 2])
        assert (libro.bloques[0].titulos.primera, libro.periodos) == (2, (I_2025,))

    def test_the_codes_may_stand_under_a_title_that_names_their_kind(self, tmp_path: Path) -> None:
        libro = self.leido(tmp_path, ["OEI/AEI", "Descripción", "Meta 2025", "2025-I"], ["AEI 1.1", "Una", 4, 2])
        assert [(a.codigo, a.denominacion) for a in libro.plan.aeis] == [("AEI.01.01", "Una")]

    def test_columns_of_the_objective_beside_those_of_the_action_are_left_out(self, tmp_path: Path) -> None:
        libro = self.leido(
            tmp_path,
            ["OEI", None, "AEI", None, "Logro esperado", "Valor obtenido"],
            ["Código", "Denominación", "Código", "Denominación", 2025, "2025-I"],
            ["OEI.01", "Objetivo", "AEI.01.01", "Una", 4, 2],
        )
        assert [(a.codigo, a.denominacion, a.indicadores[0].valor(I_2025).valor) for a in libro.plan.aeis] == [
            ("AEI.01.01", "Una", 2)
        ]


class TestSynonyms:
    """Titles of the institution's own, explained on sheet Parámetros."""

    TITULOS = ("Código", "Objetivo del año 2025", "Hecho 2025-I", "Quién")

    @pytest.mark.parametrize("cabecera", [["Parámetro", "Valor"], ["Parámetro", "Valor", "Qué significa"]])
    def test_they_are_read_as_said(self, tmp_path: Path, cabecera: list[str]) -> None:
        sinonimos = [cabecera, ["Sinónimo: objetivo del año", "Meta"], ["sinonimo: Hecho", "Valor"],
                     ["Sinónimo: Quién", "Unidad responsable"]]  # fmt: skip
        filas: Filas = [self.TITULOS, ["AEI.01.01", 4, 2, "Logística"]]
        plan = leer(escribir_libro(tmp_path / "libro.xlsx", {"Datos": filas, "Parámetros": sinonimos}))
        indicador = de_aei(plan, "AEI.01.01")
        assert (indicador.meta(2025).valor, indicador.valor(I_2025).valor) == (4, 2)
        assert next(plan.aeis).responsable == "Logística"
        assert plan.hallazgos == ()

    def test_one_that_names_no_column_is_an_error(self, tmp_path: Path) -> None:
        sinonimos = [["Parámetro", "Valor"], ["Sinónimo: Hecho", "Lo logrado"]]
        filas: Filas = [["Código", "Meta 2025"], ["AEI.01.01", 4]]
        plan = leer(escribir_libro(tmp_path / "libro.xlsx", {"Datos": filas, "Parámetros": sinonimos}))
        assert reglas(plan) == [("parametro", "Parámetros!B2")]


def test_indicators_below_no_known_action_are_errors(tmp_path: Path) -> None:
    filas: Filas = [["Código", "Denominación", "2025", "2025-I"], ["IND.01.01.01", "Suelto", 3, 2], ["AEI.01.01", "Una"],
             ["IND.01.01.02", "Suyo", 4, 2], ["AEI 1", "Mal", 1, 1], ["IND.01.01.03", "¿De quién?", 5, 2]]  # fmt: skip
    plan = leer(escribir_libro(tmp_path / "libro.xlsx", {"Anexo": filas}))
    assert reglas(plan) == [("codigo-desconocido", f"Anexo!A{fila}") for fila in (2, 5, 6)]
    assert de_aei(plan, "AEI.01.01").nombre == "Suyo"


def test_numbers_of_an_action_with_several_indicators_are_nobodys(tmp_path: Path) -> None:
    filas: Filas = [["Código", "Denominación", "2025", "2025-I"], ["AEI.01.01", "Una", 9, 9], ["IND.01.01.01", "Uno", 4, 2],
             ["IND.01.01.02", "Otro", 5, 5]]  # fmt: skip
    plan = leer(escribir_libro(tmp_path / "libro.xlsx", {"Anexo": filas}))
    assert [(i.nombre, i.valor(I_2025).valor) for i in next(plan.aeis).indicadores] == [("Uno", 2), ("Otro", 5)]
    assert reglas(plan) == [("fila-de-aei", "Anexo!A2")]


def test_a_matrix_that_does_not_say_its_period_is_a_question(tmp_path: Path) -> None:
    matriz = matriz_publicada()
    matriz.filas[0] = ["Avance de 2025-I y de 2025-II"]
    hojas = {"Plan": Cuadro([list(TITULOS), aei("AEI.01.01", 3, 2)]), "Matriz": matriz}
    plan = leer(escribir(tmp_path / "libro.xlsx", **hojas))
    assert reglas(plan) == [("matriz-sin-periodo", "Matriz!A3")]
    assert "se nombran 2025-I y 2025-II" in plan.hallazgos[0].mensaje


def test_the_name_of_the_sheet_may_say_the_period_of_a_matrix(tmp_path: Path) -> None:
    matriz = matriz_publicada()
    matriz.filas[0] = []
    plan = leer(escribir(tmp_path / "libro.xlsx", **{"Matriz 2025-I": matriz}))
    assert plan.periodos_con_valor == (I_2025,)


def test_hidden_rows_and_columns_are_read_like_the_others(tmp_path: Path) -> None:
    ruta = escribir(tmp_path / "libro.xlsx", Anexo=anexo_publicado())
    oculto = openpyxl.load_workbook(ruta)
    for fila in range(8, 14):
        oculto["Anexo"].row_dimensions[fila].hidden = True
    oculto["Anexo"].column_dimensions["H"].hidden = True
    oculto.save(ruta)
    assert avances(evaluar(leer(ruta), I_2025)) == PUBLICADOS


def test_what_was_understood_is_told_block_by_block(libro: Callable[..., Libro]) -> None:
    anexo, matriz = comprender(libro(Anexo=anexo_publicado(), Matriz=matriz_publicada()))
    assert (anexo.lugar, anexo.forma[:5], anexo.filas) == ("Anexo!A4, hasta la fila 25", "anexo", 20)
    assert ("G", "Línea Base · Año", "Año de la línea base") in anexo.columnas
    assert ("K", "2025-Semestre I · Valor obtenido", "Valor 2025-I") in anexo.columnas
    assert (matriz.lugar, matriz.filas) == ("Matriz!A3, hasta la fila 29", 13)
    assert ("D", "Semest.", "Progr: Meta 2025; Ejecut: Valor 2025-I") in matriz.columnas
    assert matriz.omitidas == (("no tienen un código", 1),)
    assert "Ascendente" in matriz.supuestos[0]


def test_columns_without_a_meaning_are_told_too(tmp_path: Path) -> None:
    filas: Filas = [
        ["Código", "Comentarios", "Meta 2025", "2025-I"],
        ["AEI.01.01", "Bien", 4, 2],
        ["Total", None, 4, 2],
    ]
    (bloque,) = comprender(leer_libro(escribir_libro(tmp_path / "libro.xlsx", {"Datos": filas})))
    assert bloque.sin_significado == (("B", "Comentarios"),)
    assert bloque.omitidas == (("son totales o promedios", 1),)
