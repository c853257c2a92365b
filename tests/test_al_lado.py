"""Tables side by side on a sheet are read each for itself; where nobody can tell, both places are named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.ediciones import ANA, aplicada
from tests.formas import Cuadro, anexo_publicado, escribir, matriz_publicada
from tests.planes import I_2025, II_2025
from tests.test_formas import PUBLICADOS, avances
from zedxl.evaluacion import evaluar
from zedxl.libro.bloques.bloque import Forma
from zedxl.libro.bloques.unica import SinTablaUnica
from zedxl.libro.comprension import comprender
from zedxl.libro.lectura import Libro, leer_libro
from zedxl.libro.paquete import LibroIlegible
from zedxl.reparto.copias import repartir
from zedxl.semestre.apertura import abrir
from zedxl.semestre.pedido import leer_pedido
from zedxl.semestre.registro import registrar

PLAN: list[list[Any]] = [["Código", "Denominación", "Meta 2025", "Valor 2025-I"], ["AEI.01.01", "Una", 4, 2], ["AEI.01.02", "Otra", 8, 6],
        ["AEI.01.03", "Más", 9, 9]]  # fmt: skip
SEGUNDO: list[list[Any]] = [["Código", "Valor 2025-II"], ["AEI.01.02", 7], ["AEI.01.03", 8], ["AEI.01.01", 3]]


@pytest.fixture
def ruta(tmp_path: Path) -> Path:
    return tmp_path / "libro.xlsx"


def plan(*columnas: int) -> Cuadro:
    return Cuadro([[fila[n] for n in columnas] if columnas else list(fila) for fila in PLAN])


def segundo() -> Cuadro:
    return Cuadro([list(fila) for fila in SEGUNDO])


def leido(ruta: Path, cuadro: Cuadro, **hojas: Cuadro) -> Libro:
    return leer_libro(escribir(ruta, Datos=cuadro, **hojas))


def dichos(libro: Libro) -> dict[str, tuple[Any, ...]]:
    """Target and both values of each AEI."""
    indicadores = {a.codigo: a.indicadores[0] for a in libro.plan.aeis}
    return {c: (i.meta(2025).valor, i.valor(I_2025).valor, i.valor(II_2025).valor) for c, i in indicadores.items()}


COMPLETOS = {"AEI.01.01": (4, 2, 3), "AEI.01.02": (8, 6, 7), "AEI.01.03": (9, 9, 8)}


@pytest.mark.parametrize("separadas", [1, 2])
@pytest.mark.parametrize("mas_abajo", [0, 1, 2, 3])
def test_each_is_a_block_of_its_own(ruta: Path, separadas: int, mas_abajo: int) -> None:
    libro = leido(ruta, plan().junto_a(segundo(), separadas=separadas, mas_abajo=mas_abajo))
    assert [b.lugar for b in libro.bloques] == ["Datos!A1", f"Datos!{'FG'[separadas - 1]}{1 + mas_abajo}"]
    assert dichos(libro) == COMPLETOS
    assert libro.plan.hallazgos == ()


@pytest.mark.parametrize("mas_abajo", [1, 2, 3])
def test_the_left_one_may_begin_further_down(ruta: Path, mas_abajo: int) -> None:
    libro = leido(ruta, segundo().movido(mas_abajo, 0).junto_a(plan()))
    assert [b.lugar for b in libro.bloques] == [f"Datos!A{1 + mas_abajo}", "Datos!D1"]
    assert dichos(libro) == COMPLETOS


def test_three_beside_each_other_with_a_wide_one_below(ruta: Path) -> None:
    metas, valores = plan(0, 1, 2), plan(0, 3)
    valores.filas[1:] = reversed(valores.filas[1:])
    cuadro = metas.junto_a(segundo()).junto_a(valores)
    ancho = ["Código", "Denominación", "Responsable", "Sentido", "Meta 2025", "2025-I", "2025-II"]
    cuadro.filas += [[], ancho, ["AEI.02.01", "Última", "Logística", "Ascendente", 6, 1, 5]]
    libro = leido(ruta, cuadro)
    assert [b.lugar for b in libro.bloques] == ["Datos!A1", "Datos!E1", "Datos!H1", "Datos!A6"]
    assert dichos(libro) == {**COMPLETOS, "AEI.02.01": (6, 1, 5)}


def test_objectives_beside_actions(ruta: Path) -> None:
    libro = leido(ruta, Cuadro([["OEI", "Meta 2025", "2025-I", None, "AEI", "Meta 2025", "Valor 2025-I"],
                                ["OEI.01 Mejorar", 10, 5, None, "AEI.01.01 Una", 4, 2],
                                ["OEI.02 Crecer", 20, 6, None, "AEI.01.02 Otra", 8, 6]]))  # fmt: skip
    assert dichos(libro) == {"AEI.01.01": (4, 2, None), "AEI.01.02": (8, 6, None)}
    assert [o.indicadores[0].valor(I_2025).valor for o in libro.plan.oeis] == [5, 6]


def test_a_wide_table_above_is_not_parted(ruta: Path) -> None:
    ancho: list[list[Any]] = [["Código", "Denominación", "Sentido", "Responsable", "Indicador", "Meta 2025"],
             ["AEI.01.01", "Una", "Ascendente", "Logística", "Cosas", 4], []]  # fmt: skip
    lado = plan(0, 3).junto_a(segundo())
    libro = leido(ruta, Cuadro([*ancho, *lado.filas]))
    assert [(b.lugar, b.al_lado) for b in libro.bloques] == [
        ("Datos!A1", False), ("Datos!A4", True), ("Datos!D4", True)]  # fmt: skip
    assert dichos(libro)["AEI.01.01"] == (4, 2, 3)


@pytest.mark.parametrize("a_la_izquierda", [True, False])
def test_a_blank_column_inside_one_of_them_does_not_part_it(ruta: Path, a_la_izquierda: bool) -> None:
    con_hueco = Cuadro([[valor, None, codigo] for codigo, valor in SEGUNDO])  # «2025-II», nothing, «Código»
    cuadro = con_hueco.movido(1, 0).junto_a(plan()) if a_la_izquierda else plan().junto_a(con_hueco, mas_abajo=1)
    libro = leido(ruta, cuadro)
    assert dichos(libro) == COMPLETOS
    assert libro.plan.hallazgos == ()


def test_one_above_two_others_at_its_left(ruta: Path) -> None:
    dos = plan(0, 2).junto_a(Cuadro([["Código", "Meta 2025"], ["AEI.02.01", 5], ["AEI.02.02", 6], ["AEI.02.03", 7]]))
    arriba = Cuadro([["Código", "Valor 2025-I"], ["AEI.01.02", 6], ["AEI.01.03", 9], ["AEI.01.01", 2]])
    libro = leido(ruta, dos.movido(3, 0).junto_a(arriba))
    assert {c: (m, v) for c, (m, v, _) in dichos(libro).items()} == {
        "AEI.01.01": (4, 2), "AEI.01.02": (8, 6), "AEI.01.03": (9, 9),
        "AEI.02.01": (5, None), "AEI.02.02": (6, None), "AEI.02.03": (7, None),
    }  # fmt: skip


def test_a_comment_that_looks_like_a_title_does_not_end_a_table(ruta: Path) -> None:
    filas = [[*fila, None] for fila in PLAN]
    filas[0][4] = "Comentarios"
    filas.insert(2, [None, None, None, None, "Acción estratégica"])
    filas[3][4] = "AEI.01.02: se reprogramó"
    libro = leido(ruta, Cuadro(filas))
    assert len(dichos(libro)) == 3


def test_a_wide_table_below_ends_both_although_its_titles_there_are_years(ruta: Path) -> None:
    cuadro = plan(0, 3).junto_a(segundo())
    cuadro.filas += [[], ["Código", "Denominación", None, 2024, 2025], ["AEI.01.01", "Una", None, 3, 4]]
    assert dichos(leido(ruta, cuadro))["AEI.01.01"] == (4, 2, 3)


@pytest.mark.parametrize("mas_abajo", [0, 3])
def test_annex_and_matrix_side_by_side(ruta: Path, mas_abajo: int) -> None:
    libro = leido(ruta, anexo_publicado().junto_a(matriz_publicada(), mas_abajo=mas_abajo))
    assert [b.forma for b in libro.bloques] == [Forma.ANEXO, Forma.MATRIZ]
    assert libro.plan.hallazgos == ()
    assert avances(evaluar(libro.plan, I_2025)) == PUBLICADOS


def test_a_title_merged_over_both_says_the_period_of_the_matrix(ruta: Path) -> None:
    matriz = matriz_publicada()
    matriz.filas[0] = []
    cuadro = plan().movido(2, 0).junto_a(matriz)
    cuadro.filas[0] = ["Seguimiento 2025-I"]
    cuadro.combinadas.append((1, 1, 1, 11))
    assert [b.forma for b in leido(ruta, cuadro).bloques] == [Forma.PLANA, Forma.MATRIZ]


def test_what_stands_over_the_table_beside_says_nothing_of_a_matrix(ruta: Path) -> None:
    matriz = matriz_publicada()
    matriz.filas[0] = []
    cuadro = plan().movido(2, 0).junto_a(matriz)
    cuadro.filas[0] = ["Seguimiento 2025-I"]  # over the flat table alone
    libro = leido(ruta, cuadro)
    assert [(h.regla, h.celda) for h in libro.plan.hallazgos] == [("matriz-sin-periodo", "F3")]


class TestOneTable:
    """What looks like two and is one."""

    def test_with_a_blank_column_in_the_middle(self, ruta: Path) -> None:
        filas = [[*fila[:3], None, fila[3]] for fila in PLAN]
        libro = leido(ruta, Cuadro(filas))
        assert [b.lugar for b in libro.bloques] == ["Datos!A1"]
        assert dichos(libro)["AEI.01.02"] == (8, 6, None)

    @pytest.mark.parametrize("hueco", [[], [None]])
    def test_with_the_codes_again_at_the_right(self, ruta: Path, hueco: list[None]) -> None:
        filas = [[*fila[:3], *hueco, fila[0], fila[3]] for fila in PLAN]
        libro = leido(ruta, Cuadro(filas))
        assert [b.lugar for b in libro.bloques] == ["Datos!A1"]
        assert dichos(libro)["AEI.01.02"] == (8, 6, None)
        assert libro.plan.hallazgos == ()
        assert comprender(libro)[0].sin_significado == (("DE"[len(hueco)], "Código"),)

    def test_whose_second_codes_are_those_of_the_indicators(self, ruta: Path) -> None:
        libro = leido(ruta, Cuadro([["Código", "Código", "Indicador", "Meta 2025", "Valor 2025-I"],
                                    ["AEI.01.01", "IND.01.01.01", "Cosas", 4, 2],
                                    ["AEI.01.01", "IND.01.01.02", "Casos", 8, 6]]))  # fmt: skip
        (una,) = libro.plan.aeis
        assert [(i.codigo, i.valor(I_2025).valor) for i in una.indicadores] == [
            ("IND.01.01.01", 2),
            ("IND.01.01.02", 6),
        ]

    def test_with_the_objective_of_each_action_beyond_a_blank_column(self, ruta: Path) -> None:
        libro = leido(ruta, Cuadro([["Código", "Meta 2025", None, "Objetivo estratégico", "2025-I"],
                                    ["AEI.01.01", 4, None, "OEI.01 Mejorar", 2],
                                    ["AEI.02.01", 8, None, "OEI.02 Crecer", 6]]))  # fmt: skip
        assert dichos(libro) == {"AEI.01.01": (4, 2, None), "AEI.02.01": (8, 6, None)}
        assert [o.indicadores for o in libro.plan.oeis] == [(), ()]

    def test_beside_a_list_of_something_else(self, ruta: Path) -> None:
        lista = Cuadro([["Código", "Unidad responsable"], ["01", "Logística"], ["02", "Personal"]])
        for mas_abajo in (0, 2):
            libro = leido(ruta, plan().junto_a(lista, mas_abajo=mas_abajo))
            assert [b.lugar for b in libro.bloques] == ["Datos!A1"]
            assert [a.responsable for a in libro.plan.aeis] == ["", "", ""]

    def test_a_list_beside_a_heading_does_not_end_it(self, ruta: Path) -> None:
        tabla = plan()
        tabla.filas.insert(2, ["Objetivo 2"])
        lista = Cuadro([["Código", "Unidad"], ["01", "Logística"]])
        assert len(dichos(leido(ruta, tabla.junto_a(lista, mas_abajo=2)))) == 3


class TestQuestions:
    """Both places are named, and neither is read."""

    @pytest.mark.parametrize(
        ("filas", "dice"),
        [
            # no blank column: is the target that of the codes at its left or at its right?
            ([["Código", "Meta 2025", "Código", "2025-I"], ["AEI.01.01", 4, "AEI.01.02", 2]], "A1 y C1"),
            # one code of four differs: a mistake in one table, or two tables?
            ([[*f[:3], None, c, f[3]] for f, c in zip([*PLAN, ["AEI.01.04", "", 1, 1]],
                                                      ["Código", "AEI.01.01", "AEI.01.02", "AEI.01.05", "AEI.01.04"],
                                                      strict=True)], "A1 y E1"),
            # a column between them that may be of either
            ([["Código", "Meta 2025", None, "2025-I", None, "Código", "2025-II"],
              ["AEI.01.01", 4, None, 2, None, "AEI.01.02", 2]], "A1 y F1"),
            # an objective beside its action: of which of the two is the target?
            ([["Código", "Meta 2025", None, "Código", "2025-I"], ["OEI.01", 4, None, "AEI.01.01", 2]], "A1 y D1"),
            # other codes beyond a blank column, under a title that may be that of a name
            ([["Código", "Meta 2025", None, "AEI", "2025-I"], ["AEI.01.01", 4, None, "AEI.01.02", 2]], "A1 y D1"),
            # the second code is that of something else, and the value may be of the first
            ([["Código", "Meta 2025", None, "Código", "2025-I"], ["AEI.01.01", 4, None, "C-1", 2]], "A1 y D1"),
        ],
    )  # fmt: skip
    def test_what_may_be_one_table_or_two(self, ruta: Path, filas: list[list[Any]], dice: str) -> None:
        with pytest.raises(
            LibroIlegible, match=rf"Las columnas {dice} dicen lo mismo.*deje entre ellas una columna vacía"
        ):
            leido(ruta, Cuadro(filas))


class TestCommands:
    def test_a_value_is_recorded_in_the_table_that_has_it(self, ruta: Path) -> None:
        libro = leido(ruta, plan().junto_a(segundo(), mas_abajo=1))
        primero = registrar(libro, I_2025, [leer_pedido("AEI.01.02=5")], ANA)
        assert {str(c.celda): c.despues for c in primero.cambios} == {"Datos!D3": 5.0}
        otro = registrar(libro, II_2025, [leer_pedido("AEI.01.02=9")], ANA)
        assert {str(c.celda): c.despues for c in otro.cambios} == {"Datos!G3": 9.0}
        assert dichos(aplicada(libro, otro))["AEI.01.02"] == (8, 6, 9)

    @pytest.mark.parametrize("orden", [lambda libro: abrir(libro, II_2025, ANA), lambda libro: repartir(libro, ANA)])
    def test_what_needs_a_sheet_for_one_table_says_so(self, ruta: Path, orden: Any) -> None:
        libro = leido(ruta, plan().junto_a(matriz_publicada(), mas_abajo=1))
        with pytest.raises(SinTablaUnica, match=r"junto a la tabla de Datos!A1 hay otra en la misma hoja.*hoja aparte"):
            orden(libro)
