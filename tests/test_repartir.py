"""Giving out copies: one for each unit, in which it can type in its own rows only."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.copias import (
    LOGISTICA,
    NARRATIVA,
    PROMOCION,
    repartidas,
)
from tests.ediciones import ANA, I_2025, TITULOS, aplicada, escrito, fila, plan_chico
from tests.libros import LIBRO_ZED_ILO, escribir_libro
from zedxl.libro.hojas import PUNTO_DE_PARTIDA
from zedxl.libro.lectura import Libro, leer_libro
from zedxl.reparto.copia import leer_copia
from zedxl.reparto.copias import RepartoImposible, repartir
from zedxl.semestre.cierre import cerrar


@pytest.fixture
def libro(tmp_path: Path) -> Libro:
    return leer_libro(plan_chico(tmp_path / "plan.xlsx", Narrativa=NARRATIVA))


@pytest.fixture
def copias(libro: Libro) -> dict[str, Path]:
    return repartidas(libro)


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
