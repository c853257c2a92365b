"""Merging copies: every edit arrives, none is decided silently, and doing it again changes nothing."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.ediciones import ANA, I_2025, II_2025, TITULOS, aplicada, escrito, fila, plan_chico
from tests.libros import LIBRO_ZED_ILO, escribir_libro
from zedxl.edicion.archivo import aplicar
from zedxl.edicion.cambio import Firma
from zedxl.libro.bitacora import revisar
from zedxl.libro.hojas import PUNTO_DE_PARTIDA
from zedxl.libro.lectura import Libro, leer_libro
from zedxl.reparto.alineacion import CopiaAjena
from zedxl.reparto.conflictos import como_json
from zedxl.reparto.copia import leer_copia
from zedxl.reparto.copias import RepartoImposible, repartir
from zedxl.reparto.fusion import Preferencia
from zedxl.reparto.reunion import Reunion, leer_copias, reunir
from zedxl.semestre.apertura import abrir
from zedxl.semestre.cierre import cerrar
from zedxl.semestre.pedido import leer_pedido
from zedxl.semestre.registro import registrar

LOGISTICA, PROMOCION = "plan - Logística.xlsx", "plan - Promoción.xlsx"
NARRATIVA = [["Narrativa"], ["Código", "Sección", "Período", "Texto"], ["AEI.01.01", "Análisis", "2025-I", "Bien."]]


def repartidas(libro: Libro) -> dict[str, Path]:
    """The copies of a book, beside it, by the name of their file."""
    rutas = {}
    for copia in repartir(libro, ANA).copias:
        rutas[copia.archivo] = libro.paquete.ruta.with_name(copia.archivo)
        rutas[copia.archivo].write_bytes(aplicar(libro.paquete, copia.edicion))
    return rutas


@pytest.fixture
def libro(tmp_path: Path) -> Libro:
    return leer_libro(plan_chico(tmp_path / "plan.xlsx", Narrativa=NARRATIVA))


@pytest.fixture
def copias(libro: Libro) -> dict[str, Path]:
    return repartidas(libro)


def reunida(libro: Libro, *copias: Path, preferir: Preferencia | None = None) -> tuple[Libro, Reunion]:
    """The book after a merge, and what the merge says."""
    reunion = reunir(libro, leer_copias(libro.paquete.ruta, copias), ANA, preferir)
    return (aplicada(libro, reunion.edicion) if reunion.edicion else libro), reunion


def en(libro: Libro, *celdas: str) -> list[Any]:
    """What stands in cells of sheet Seguimiento."""
    hoja = openpyxl.load_workbook(libro.paquete.ruta)["Seguimiento"]
    return [hoja[celda].value for celda in celdas]


class TestRepartir:
    def test_there_is_a_copy_for_each_unit_with_its_own_codes(self, libro: Libro) -> None:
        reparto = repartir(libro, ANA)
        assert [(c.unidad, c.archivo, c.codigos) for c in reparto.copias] == [
            ("Logística", LOGISTICA, ("AEI.01.01",)),
            ("Promoción", PROMOCION, ("AEI.01.02", "AEI.02.01")),
        ]
        assert reparto.sin_unidad == ("OEI.01", "OEI.02")

    def test_a_unit_can_type_in_its_own_rows_and_nowhere_else_in_the_table(self, copias: dict[str, Path]) -> None:
        hoja = openpyxl.load_workbook(copias[PROMOCION])["Seguimiento"]
        libres = {celda.coordinate for fila in hoja["A2:K6"] for celda in fila if not celda.protection.locked}
        assert libres == {"I4", "J4", "I6", "J6"}
        assert hoja.protection.sheet

    def test_closed_periods_stay_locked_in_the_copies(self, libro: Libro) -> None:
        cerrado = aplicada(libro, cerrar(libro, I_2025, ANA))
        hoja = openpyxl.load_workbook(repartidas(cerrado)[PROMOCION])["Seguimiento"]
        assert [hoja[celda].protection.locked for celda in ("I4", "J4")] == [True, False]

    def test_units_that_differ_in_typing_only_are_one(self, tmp_path: Path) -> None:
        filas = [TITULOS, fila("AEI.01.01", 1, unidad="Logística "), fila("AEI.01.02", 1, unidad="LOGISTICA")]
        libro = leer_libro(escribir_libro(tmp_path / "plan.xlsx", {"Seguimiento": filas}))
        assert [c.codigos for c in repartir(libro, ANA).copias] == [("AEI.01.01", "AEI.01.02")]

    def test_names_that_no_file_can_have_are_made_fit(self, tmp_path: Path) -> None:
        filas = [TITULOS, fila("AEI.01.01", 1, unidad="OPP / Planeamiento: «A»?")]
        libro = leer_libro(escribir_libro(tmp_path / "plan.xlsx", {"Seguimiento": filas}))
        assert [c.archivo for c in repartir(libro, ANA).copias] == ["plan - OPP - Planeamiento- «A»-.xlsx"]

    def test_a_book_without_units_says_where_to_write_them(self) -> None:
        with pytest.raises(RepartoImposible, match="columna «Unidad responsable»"):
            repartir(leer_libro(LIBRO_ZED_ILO), ANA)

    def test_a_copy_is_not_given_out_again(self, copias: dict[str, Path]) -> None:
        with pytest.raises(RepartoImposible, match="ya es una copia repartida"):
            repartir(leer_libro(copias[LOGISTICA]), ANA)

    def test_the_starting_point_is_very_hidden_and_outlives_being_saved_by_another_program(
        self, copias: dict[str, Path]
    ) -> None:
        assert openpyxl.load_workbook(copias[LOGISTICA])[PUNTO_DE_PARTIDA].sheet_state == "veryHidden"
        partida = leer_copia(escrito(copias[LOGISTICA])).partida
        assert partida is not None
        assert (partida.unidad, partida.quien, partida.cuando) == ("Logística", "Ana Quispe", ANA.cuando)


class TestUnaCopia:
    def test_what_was_typed_arrives_where_its_code_is(self, libro: Libro, copias: dict[str, Path]) -> None:
        fusionado, reunion = reunida(libro, escrito(copias[LOGISTICA], J3=3))
        assert en(fusionado, "J3", "J4") == [3, None]
        assert not reunion.hay_pendientes
        asiento = fusionado.bitacora.asientos[-1]
        assert (asiento.origen, asiento.apunte.codigo, asiento.apunte.periodo, asiento.apunte.motivo) == (
            "fusionar", "AEI.01.01", "2025-II", f"copia {LOGISTICA} ({sello(copias[LOGISTICA])})",
        )  # fmt: skip

    def test_a_copy_that_nobody_touched_changes_nothing(self, libro: Libro, copias: dict[str, Path]) -> None:
        assert not reunida(libro, *copias.values())[1].edicion
        assert not reunida(libro, *(escrito(copia) for copia in copias.values()))[1].edicion

    def test_doing_it_again_changes_nothing(self, libro: Libro, copias: dict[str, Path]) -> None:
        copia = escrito(copias[LOGISTICA], J3=3, I3=None)
        fusionado, _ = reunida(libro, copia)
        assert not reunida(fusionado, copia)[1].edicion

    def test_an_erased_value_is_erased(self, libro: Libro, copias: dict[str, Path]) -> None:
        assert en(reunida(libro, escrito(copias[LOGISTICA], I3=None))[0], "I3") == [None]

    def test_a_value_typed_as_a_formula_arrives_as_its_value(self, libro: Libro, copias: dict[str, Path]) -> None:
        copia = con_formula(copias[LOGISTICA], "J3", "2+3", "5")
        assert en(reunida(libro, copia)[0], "J3") == [5]

    def test_a_formula_that_was_never_calculated_is_not_taken_for_nothing(
        self, libro: Libro, copias: dict[str, Path]
    ) -> None:
        fusionado, reunion = reunida(libro, escrito(copias[LOGISTICA], I3="=2+3"))
        assert en(fusionado, "I3") == [2]
        assert ["fórmula sin calcular" in n.motivo for n in reunion.fusion.no_traidos] == [True]

    def test_rows_and_columns_that_moved_in_the_copy_do_not_matter(self, libro: Libro, copias: dict[str, Path]) -> None:
        def mover(hoja: Any) -> None:
            filas = [[celda.value for celda in fila] for fila in hoja["A1:K6"]]
            filas[2][9] = 3
            revueltas = [filas[0], *reversed(filas[1:])]
            hoja.delete_rows(1, 6)
            for numero, valores in enumerate(revueltas, 4):
                for columna, valor in enumerate(reversed(valores), 2):
                    hoja.cell(numero, columna).value = valor

        fusionado, reunion = reunida(libro, tocada(copias[LOGISTICA], mover))
        assert en(fusionado, "J3") == [3]
        assert len(reunion.fusion.cambios) == 1

    def test_titles_that_mean_the_same_are_the_same_column(self, libro: Libro, copias: dict[str, Path]) -> None:
        escrito(libro.paquete.ruta, J1="2025-Semestre II: Valor obtenido", B1="Enunciado")
        fusionado, reunion = reunida(leer_libro(libro.paquete.ruta), escrito(copias[LOGISTICA], J3=3))
        assert en(fusionado, "J3") == [3]
        assert not reunion.hay_pendientes

    @pytest.mark.parametrize("donde", ["libro", "copia"])
    def test_an_indicator_that_gets_its_code_later_is_still_the_same_row(self, tmp_path: Path, donde: str) -> None:
        filas = [(*TITULOS, "Código del indicador"), [*fila("AEI.01.01", 4, 2), None], [*fila("AEI.01.02", 4), None]]
        libro = leer_libro(escribir_libro(tmp_path / "plan.xlsx", {"Seguimiento": filas}))
        copia = escrito(repartidas(libro)[LOGISTICA], J2=3)
        escrito(libro.paquete.ruta if donde == "libro" else copia, L2="IND.01.01.01")
        fusionado, reunion = reunida(leer_libro(libro.paquete.ruta), copia)
        assert en(fusionado, "J2", "L2", "A4") == [3, "IND.01.01.01", None]
        assert not reunion.hay_pendientes

    def test_rows_that_moved_in_the_book_do_not_matter(self, libro: Libro, copias: dict[str, Path]) -> None:
        tocada(libro.paquete.ruta, lambda hoja: hoja.insert_rows(1, 7))
        fusionado, _ = reunida(leer_libro(libro.paquete.ruta), escrito(copias[LOGISTICA], J3=3))
        assert en(fusionado, "J10") == [3]

    def test_a_text_of_the_report_arrives_and_a_new_one_gets_a_row(self, libro: Libro, copias: dict[str, Path]) -> None:
        def escribir(hoja: Any) -> None:
            hoja["D3"] = "Muy bien."
            hoja.append(["AEI.01.01", "Análisis", "2025-II", "Mejor."])

        fusionado, reunion = reunida(libro, tocada(copias[LOGISTICA], escribir, "Narrativa"))
        assert [t.texto for t in fusionado.plan.textos] == ["Muy bien.", "Mejor."]
        assert [str(c) for c in reunion.fusion.filas_nuevas] == ["Narrativa!A4"]
        assert fusionado.bitacora.asientos[-1].apunte.periodo == "2025-II"

    def test_a_new_action_gets_a_row_below_and_is_told(self, libro: Libro, copias: dict[str, Path]) -> None:
        copia = tocada(copias[PROMOCION], lambda hoja: hoja.append(fila("AEI.02.02", 3, None, 1, "Promoción")))
        fusionado, reunion = reunida(libro, copia)
        assert en(fusionado, "A7", "H7", "J7") == ["AEI.02.02", 3, 1]
        assert "Se agregó la fila 7 en Seguimiento" in reunion.en_palabras("plan.xlsx")
        assert not reunida(fusionado, copia)[1].edicion

    def test_a_new_row_does_not_land_on_notes_below_the_table(self, libro: Libro, copias: dict[str, Path]) -> None:
        tocada(libro.paquete.ruta, lambda hoja: hoja.__setitem__("B8", "Nota: cifras preliminares"))
        copia = tocada(copias[PROMOCION], lambda hoja: hoja.append(fila("AEI.02.02", 3, None, 1, "Promoción")))
        fusionado, _ = reunida(leer_libro(libro.paquete.ruta), copia)
        assert en(fusionado, "B8", "A9") == ["Nota: cifras preliminares", "AEI.02.02"]

    def test_a_row_that_the_copy_lost_is_not_lost_in_the_book(self, libro: Libro, copias: dict[str, Path]) -> None:
        fusionado, reunion = reunida(libro, tocada(copias[LOGISTICA], lambda hoja: hoja.delete_rows(4)))
        assert en(fusionado, "A4", "I4") == ["AEI.01.02", 8]
        assert "ya no tiene esta fila" in reunion.fusion.no_traidos[0].motivo

    def test_what_does_not_fit_in_the_book_is_told_not_dropped(self, libro: Libro, copias: dict[str, Path]) -> None:
        def agregar(hoja: Any) -> None:
            hoja["L1"], hoja["L3"] = "Sustento", "Acta 15"

        fusionado, reunion = reunida(libro, tocada(copias[LOGISTICA], agregar))
        (no_traido,) = reunion.fusion.no_traidos
        assert (no_traido.valor, str(no_traido.celda)) == ("Acta 15", "Seguimiento!L3")
        assert "No se trajo" in [f[0] for f in filas_de_conflictos(fusionado)]

    def test_a_note_outside_the_table_arrives_too(self, libro: Libro, copias: dict[str, Path]) -> None:
        def anotar(hoja: Any) -> None:
            hoja["B9"] = "Nota"

        assert en(reunida(libro, tocada(copias[LOGISTICA], anotar))[0], "B9") == ["Nota"]

    def test_a_code_that_stands_twice_in_the_copy_is_left_to_people(
        self, libro: Libro, copias: dict[str, Path]
    ) -> None:
        copia = tocada(copias[LOGISTICA], lambda hoja: hoja.append(fila("AEI.01.01", 4, 2, 9)))
        fusionado, reunion = reunida(libro, escrito(copia, J3=3))
        assert en(fusionado, "J3", "A7") == [None, None]
        assert all("dos veces" in n.motivo for n in reunion.fusion.no_traidos)

    def test_numbers_written_over_a_formula_of_the_book_are_told(self, tmp_path: Path) -> None:
        ruta = con_formula(plan_chico(tmp_path / "plan.xlsx"), "J3", "1+1", "2")
        libro = leer_libro(ruta)
        fusionado, reunion = reunida(libro, escrito(repartidas(libro)[LOGISTICA], J3=3))
        assert en(fusionado, "J3") == ["=1+1"]
        assert [n.motivo for n in reunion.fusion.no_traidos] == [
            "En el libro esa celda se calcula: tiene una fórmula o es de una tabla dinámica."
        ]

    def test_a_percentage_arrives_as_the_number_that_was_typed_whatever_the_format_of_its_cell(
        self, libro: Libro, copias: dict[str, Path]
    ) -> None:
        def como_porcentaje(hoja: Any) -> None:
            hoja["J3"], hoja["J3"].number_format = 0.07, "0%"

        assert en(reunida(libro, tocada(copias[LOGISTICA], como_porcentaje))[0], "J3") == [7]


class TestConflictos:
    def test_edits_of_different_cells_all_arrive(self, libro: Libro, copias: dict[str, Path]) -> None:
        fusionado, reunion = reunida(libro, escrito(copias[LOGISTICA], J3=3), escrito(copias[PROMOCION], J4=7, J6=4))
        assert en(fusionado, "J3", "J4", "J6") == [3, 7, 4]
        assert not reunion.hay_pendientes

    def test_the_same_edit_twice_is_one(self, libro: Libro, copias: dict[str, Path]) -> None:
        fusionado, reunion = reunida(libro, escrito(copias[LOGISTICA], J3=3), escrito(copias[PROMOCION], J3=3))
        assert en(fusionado, "J3") == [3]
        assert len(reunion.fusion.cambios) == 1
        assert not reunion.hay_pendientes

    def test_what_book_and_copy_changed_differently_is_shown_and_not_decided(
        self, libro: Libro, copias: dict[str, Path]
    ) -> None:
        antes = aplicada(libro, registrar(libro, I_2025, [leer_pedido("AEI.01.01=3")], Firma("Beto", ANA.cuando)))
        fusionado, reunion = reunida(antes, guardada_por(escrito(copias[LOGISTICA], I3=4), "Carla"))
        assert en(fusionado, "I3") == [3]
        (conflicto,) = como_json(reunion.fusion)["conflictos"]
        (propuesta,) = conflicto["propuestas"]
        assert (conflicto["codigo"], conflicto["dato"], conflicto["celda"]) == (
            "AEI.01.01", "Valor 2025-I", "Seguimiento!I3",
        )  # fmt: skip
        assert (propuesta["al_repartir"], conflicto["en_el_libro"], propuesta["en_la_copia"]) == (2, 3, 4)
        assert (conflicto["quien_cambio_el_libro"], propuesta["quien"]) == ("Beto, 15/01/2026 10:20", "Carla")
        assert propuesta["cuando"] == datetime(2026, 1, 20, 8, 30).astimezone().replace(tzinfo=None).isoformat()
        assert "AEI.01.01 Valor 2025-I: el libro dice 3 (Beto" in reunion.en_palabras("plan.xlsx")

    def test_two_copies_that_disagree_are_both_shown_and_neither_wins(
        self, libro: Libro, copias: dict[str, Path]
    ) -> None:
        uno, otro = escrito(copias[LOGISTICA], J3=3), escrito(copias[PROMOCION], J3=4)
        fusionado, reunion = reunida(libro, uno, otro)
        assert en(fusionado, "J3") == [None]
        assert [p.valor for p in reunion.fusion.conflictos[0].propuestas] == [3, 4]
        assert [(f[1], f[5], f[6]) for f in filas_de_conflictos(fusionado)] == [
            ("AEI.01.01", None, 3),
            ("AEI.01.01", None, 4),
        ]
        assert not reunida(fusionado, otro, uno)[1].edicion

    def test_a_conflict_goes_away_once_a_person_wrote_what_is_right(
        self, libro: Libro, copias: dict[str, Path]
    ) -> None:
        copia = escrito(copias[LOGISTICA], I3=4)
        fusionado, _ = reunida(leer_libro(escrito(libro.paquete.ruta, I3=3)), copia)
        resuelto, reunion = reunida(leer_libro(escrito(fusionado.paquete.ruta, I3=4)), copia)
        assert not reunion.hay_pendientes
        assert filas_de_conflictos(resuelto) == []

    @pytest.mark.parametrize(("preferir", "queda"), [(Preferencia.LIBRO, 3), (Preferencia.COPIA, 4)])
    def test_a_preference_decides_and_it_is_told(
        self, libro: Libro, copias: dict[str, Path], preferir: Preferencia, queda: int
    ) -> None:
        copia, cambiado = escrito(copias[LOGISTICA], I3=4), leer_libro(escrito(libro.paquete.ruta, I3=3))
        fusionado, reunion = reunida(cambiado, copia, preferir=preferir)
        assert en(fusionado, "I3") == [queda]
        assert (len(reunion.fusion.conflictos), len(reunion.fusion.decididos)) == (0, 1)
        assert "Un conflicto se decidió" in reunion.en_palabras("plan.xlsx")

    def test_between_two_copies_no_preference_decides(self, libro: Libro, copias: dict[str, Path]) -> None:
        uno, otro = escrito(copias[LOGISTICA], J3=3), escrito(copias[PROMOCION], J3=4)
        fusionado, reunion = reunida(libro, uno, otro, preferir=Preferencia.COPIA)
        assert en(fusionado, "J3") == [None]
        assert len(reunion.fusion.conflictos) == 1

    def test_what_was_corrected_in_the_book_after_a_merge_is_no_conflict_with_that_copy(
        self, libro: Libro, copias: dict[str, Path]
    ) -> None:
        copia = escrito(copias[LOGISTICA], J3=3)
        fusionado, _ = reunida(libro, copia)
        corregido = leer_libro(escrito(fusionado.paquete.ruta, J3=2))
        otra_vez, reunion = reunida(corregido, copia)
        assert en(otra_vez, "J3") == [2]
        assert not reunion.hay_pendientes

    def test_a_second_thought_in_a_copy_that_was_merged_is_asked_about(
        self, libro: Libro, copias: dict[str, Path]
    ) -> None:
        fusionado, _ = reunida(libro, escrito(copias[LOGISTICA], J3=3))
        otra_vez, reunion = reunida(fusionado, escrito(copias[LOGISTICA], J3=4))
        assert en(otra_vez, "J3") == [3]
        assert [p.valor for p in reunion.fusion.conflictos[0].propuestas] == [4]

    def test_what_a_copy_takes_back_after_it_was_merged_is_asked_about_too(
        self, libro: Libro, copias: dict[str, Path]
    ) -> None:
        fusionado, _ = reunida(libro, escrito(copias[LOGISTICA], I3=3))
        otra_vez, reunion = reunida(fusionado, escrito(copias[LOGISTICA], I3=2))
        assert en(otra_vez, "I3") == [3]
        assert [p.valor for p in reunion.fusion.conflictos[0].propuestas] == [2]

    def test_a_value_that_goes_there_and_back_between_merges_arrives(
        self, libro: Libro, copias: dict[str, Path]
    ) -> None:
        uno, _ = reunida(libro, escrito(copias[LOGISTICA], I3=3))
        dos, _ = reunida(uno, escrito(copias[LOGISTICA], I3=4), preferir=Preferencia.COPIA)
        tres, _ = reunida(dos, escrito(copias[LOGISTICA], I3=3), preferir=Preferencia.COPIA)
        assert en(tres, "I3") == [3]

    def test_what_other_copies_left_open_stays_on_the_sheet(self, libro: Libro, copias: dict[str, Path]) -> None:
        cambiado = leer_libro(escrito(libro.paquete.ruta, I3=3, I4=3))
        uno, _ = reunida(cambiado, escrito(copias[LOGISTICA], I3=4))
        dos, _ = reunida(uno, escrito(copias[PROMOCION], I4=5))
        assert [(f[1], f[7]) for f in filas_de_conflictos(dos)] == [
            ("AEI.01.01", LOGISTICA), ("AEI.01.02", PROMOCION),
        ]  # fmt: skip

    @pytest.mark.parametrize("orden", list(itertools.permutations(range(3))))
    def test_whatever_the_order_the_same_arrives(self, tmp_path: Path, orden: Sequence[int]) -> None:
        libro = leer_libro(plan_chico(tmp_path / "plan.xlsx"))
        copias = list(repartidas(libro).values())
        copias.append(Path(shutil.copy(copias[0], tmp_path / "otra.xlsx")))
        for copia, celdas in zip(copias, ({"J3": 3}, {"J4": 7}, {"J6": 4, "J4": 7}), strict=True):
            escrito(copia, **celdas)
        for numero in orden:
            libro, _ = reunida(libro, copias[numero])
        assert en(libro, "J3", "J4", "J6") == [3, 7, 4]
        assert list(revisar(libro.bitacora)) == []


class TestPeriodosCerrados:
    def test_a_closed_value_never_changes(self, libro: Libro, copias: dict[str, Path]) -> None:
        cerrado = aplicada(libro, cerrar(libro, I_2025, ANA))
        fusionado, reunion = reunida(cerrado, escrito(copias[LOGISTICA], I3=9, H3=1, J3=3))
        assert en(fusionado, "I3", "H3", "J3") == [2, 4, 3]
        assert ["2025-I está cerrado" in n.motivo for n in reunion.fusion.no_traidos] == [True, True]

    def test_not_even_when_the_copy_is_preferred(self, libro: Libro, copias: dict[str, Path]) -> None:
        cerrado = aplicada(libro, cerrar(libro, I_2025, ANA))
        copia = escrito(copias[LOGISTICA], I3=9)
        assert en(reunida(cerrado, copia, preferir=Preferencia.COPIA)[0], "I3") == [2]

    def test_reopened_it_arrives(self, libro: Libro, copias: dict[str, Path]) -> None:
        cerrado = aplicada(libro, cerrar(libro, I_2025, ANA))
        reabierto = aplicada(cerrado, abrir(cerrado, I_2025, ANA, "acta"))
        assert en(reunida(reabierto, escrito(copias[LOGISTICA], I3=9))[0], "I3") == [9]


class TestSinPuntoDePartida:
    @pytest.fixture
    def copia(self, copias: dict[str, Path]) -> Path:
        xl = openpyxl.load_workbook(copias[LOGISTICA])
        del xl[PUNTO_DE_PARTIDA]
        xl.save(copias[LOGISTICA])
        return copias[LOGISTICA]

    def test_what_the_book_lacks_arrives_what_differs_is_asked_and_it_says_so(self, libro: Libro, copia: Path) -> None:
        fusionado, reunion = reunida(libro, escrito(copia, J3=3, I3=5, I4=None))
        assert en(fusionado, "J3", "I3", "I4") == [3, 2, 8]
        assert "no guarda su punto de partida" in reunion.en_palabras("plan.xlsx")
        assert como_json(reunion.fusion)["conflictos"][0]["propuestas"][0]["se_conoce_el_inicial"] is False

    @pytest.mark.parametrize("celda", ["A7", "B2", "B5"])
    def test_a_damaged_one_is_not_trusted(self, libro: Libro, copias: dict[str, Path], celda: str) -> None:
        tocada(copias[LOGISTICA], lambda hoja: hoja.__setitem__(celda, "eJw="), PUNTO_DE_PARTIDA)
        _, reunion = reunida(libro, escrito(copias[LOGISTICA], I3=5))
        assert "punto de partida está dañado" in reunion.en_palabras("plan.xlsx")
        assert len(reunion.fusion.conflictos) == 1


class TestLoQueSeDa:
    def test_a_copy_that_cannot_be_read_does_not_keep_out_the_others(
        self, libro: Libro, copias: dict[str, Path]
    ) -> None:
        copias[PROMOCION].write_bytes(b"PK\x03\x04 nada")
        fusionado, reunion = reunida(libro, escrito(copias[LOGISTICA], J3=3), copias[PROMOCION])
        assert en(fusionado, "J3") == [3]
        assert f"No se pudo leer {PROMOCION}" in reunion.en_palabras("plan.xlsx")
        assert reunion.hay_pendientes

    def test_the_book_itself_is_no_copy_and_a_copy_given_twice_counts_once(
        self, libro: Libro, copias: dict[str, Path]
    ) -> None:
        copia = escrito(copias[LOGISTICA], J3=3)
        leidas = leer_copias(libro.paquete.ruta, [libro.paquete.ruta, copia, copia])
        assert [c.nombre for c in leidas.copias] == [LOGISTICA]
        assert [i.motivo for i in leidas.ilegibles] == ["es el mismo libro en que se fusiona."]

    def test_a_file_of_another_plan_is_refused(self, libro: Libro, tmp_path: Path) -> None:
        otro = escribir_libro(tmp_path / "otro.xlsx", {"Hoja": [TITULOS, fila("AEI.55.01", 4, 2)]})
        with pytest.raises(CopiaAjena, match="no parece una copia"):
            reunida(libro, otro)

    def test_another_institution_with_the_same_codes_is_refused(self, libro: Libro, tmp_path: Path) -> None:
        otro = plan_chico(tmp_path / "otro.xlsx")
        escrito(otro, **{f"B{numero}": f"Otra cosa {numero}" for numero in range(2, 7)})
        with pytest.raises(CopiaAjena, match="sus códigos o sus denominaciones son otros"):
            reunida(libro, otro)

    def test_files_of_the_same_name_are_told_apart_by_their_folders(
        self, libro: Libro, copias: dict[str, Path], tmp_path: Path
    ) -> None:
        otra = tmp_path / "Beto" / LOGISTICA
        otra.parent.mkdir()
        shutil.copy(copias[LOGISTICA], otra)
        _, reunion = reunida(libro, escrito(copias[LOGISTICA], J3=3), escrito(otra, J3=4))
        (conflicto,) = reunion.fusion.conflictos
        assert [(p.copia, p.valor) for p in conflicto.propuestas] == [
            (f"{tmp_path.name}/{LOGISTICA}", 3), (f"Beto/{LOGISTICA}", 4),
        ]  # fmt: skip

    def test_a_copy_that_is_open_is_read_with_a_warning(self, libro: Libro, copias: dict[str, Path]) -> None:
        copias[LOGISTICA].with_name(f"~${LOGISTICA}").touch()
        assert "está abierta en Excel" in reunida(libro, copias[LOGISTICA])[1].en_palabras("plan.xlsx")

    def test_the_shipped_book_goes_out_and_comes_back(self, tmp_path: Path) -> None:
        ruta = Path(shutil.copy(LIBRO_ZED_ILO, tmp_path / "plan.xlsm"))
        libro = leer_libro(ruta)
        celdas = {celda: libro.tabla.hoja.celda(numero, 4) for celda, numero in (("D7", 7), ("D8", 8))}
        from zedxl.edicion.cambio import Cambio, Edicion

        libro = aplicada(libro, Edicion(cambios=tuple(Cambio(c, None, f"Unidad {n}") for n, c in celdas.items())))
        copias = repartidas(libro)
        assert len(copias) == 2
        copia = leer_libro(copias["plan - Unidad D7.xlsm"])
        aplicada(copia, registrar(copia, II_2025, [leer_pedido("AEI.01.01=3")], Firma("Carla", ANA.cuando)))
        fusionado, reunion = reunida(libro, *copias.values())
        assert fusionado.plan.oeis[0].aeis[0].indicadores[0].valor(II_2025).valor == 3
        assert [(str(c.celda), c.quien) for c in reunion.fusion.cambios] == [("Seguimiento!W7", "Carla")]


def test_the_summary_can_be_read_out(libro: Libro, copias: dict[str, Path]) -> None:
    uno, otro = escrito(copias[LOGISTICA], J3=3, J6=1), escrito(copias[PROMOCION], J4=7, J6=4)
    dicho = reunida(libro, uno, otro)[1].en_palabras("plan.xlsx").splitlines()
    assert dicho[:4] == [
        "Se fusionaron 2 copias en plan.xlsx.",
        f"  De Logística ({LOGISTICA}) llegó un cambio.",
        f"  De Promoción ({PROMOCION}) llegó un cambio.",
        "Hay un conflicto por decidir (hoja Conflictos):",
    ]
    assert dicho[4].startswith("  AEI.02.01 Valor 2025-II: el libro dice vacío; ")
    assert f" {LOGISTICA} dice 1 (openpyxl, " in dicho[4]
    assert f"; {PROMOCION} dice 4 (openpyxl, " in dicho[4]
    assert dicho[4].endswith("; al repartir decía vacío.")


def sello(copia: Path) -> str:
    """What tells its starting point from others."""
    partida = leer_copia(copia).partida
    assert partida
    return partida.sello


def filas_de_conflictos(libro: Libro) -> list[list[Any]]:
    """The rows of sheet Conflictos."""
    xl = openpyxl.load_workbook(libro.paquete.ruta)
    if "Conflictos" not in xl.sheetnames:
        return []
    return [list(f) for f in xl["Conflictos"].iter_rows(min_row=5, values_only=True) if any(v is not None for v in f)]


def tocada(ruta: Path, cambio: Callable[[Any], None], hoja: str = "Seguimiento") -> Path:
    """The book after somebody did something to a sheet and saved it."""
    xl = openpyxl.load_workbook(ruta)
    cambio(xl[hoja])
    xl.save(ruta)
    return ruta


def con_formula(ruta: Path, celda: str, formula: str, valor: str) -> Path:
    """The book with a formula and the value that Excel calculated for it in a cell of its first sheet."""
    from tests.hojas_xml import HOJA
    from tests.libros import cambiar_parte

    escrito(ruta, **{celda: 999999})
    destino = cambiar_parte(
        ruta, ruta.with_name("con formula.xlsx"), HOJA,
        lambda xml: xml.replace(b"<v>999999</v>", f"<f>{formula}</f><v>{valor}</v>".encode()),
    )  # fmt: skip
    destino.replace(ruta)
    return ruta


def guardada_por(ruta: Path, quien: str) -> Path:
    """The file as if that person had saved it last, on 20 January 2026 at 8:30 UTC."""
    from tests.libros import cambiar_parte

    nucleo = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<cp:lastModifiedBy>{quien}</cp:lastModifiedBy>"
        '<dcterms:modified xsi:type="dcterms:W3CDTF">2026-01-20T08:30:00Z</dcterms:modified></cp:coreProperties>'
    )
    destino = cambiar_parte(ruta, ruta.with_name("guardada.xlsx"), "docProps/core.xml", lambda _: nucleo.encode())
    destino.replace(ruta)
    return ruta
