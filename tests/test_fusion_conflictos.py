"""What people changed differently: shown with all that is needed to decide, and never decided silently."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.copias import (
    LOGISTICA,
    NARRATIVA,
    PROMOCION,
    en,
    filas_de_conflictos,
    guardada_por,
    repartidas,
    reunida,
    tocada,
)
from tests.ediciones import ANA, I_2025, II_2025, aplicada, escrito, plan_chico
from zedxl.edicion.cambio import Firma
from zedxl.libro.bitacora import revisar
from zedxl.libro.lectura import Libro, leer_libro
from zedxl.reparto.conflictos import como_json
from zedxl.reparto.pendientes import Preferencia
from zedxl.semestre.pedido import leer_pedido
from zedxl.semestre.registro import registrar


@pytest.fixture
def libro(tmp_path: Path) -> Libro:
    return leer_libro(plan_chico(tmp_path / "plan.xlsx", Narrativa=NARRATIVA))


@pytest.fixture
def copias(libro: Libro) -> dict[str, Path]:
    return repartidas(libro)


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

    def test_a_copy_that_says_what_the_book_says_has_a_say_against_one_that_changes_it(
        self, libro: Libro, copias: dict[str, Path]
    ) -> None:
        """Logística typed 2 as the planner did; Promoción got its copy later, with that 2, and made it 1."""
        temprana = escrito(copias[LOGISTICA], J3=2).rename(libro.paquete.ruta.with_name("temprana.xlsx"))
        despues = leer_libro(escrito(libro.paquete.ruta, J3=2))
        tardia = escrito(repartidas(despues)[PROMOCION], J3=1)
        fusionado, reunion = reunida(despues, temprana, tardia)
        assert en(fusionado, "J3") == [2]
        assert [(p.copia, p.valor) for p in reunion.fusion.conflictos[0].propuestas] == [
            ("temprana.xlsx", 2),
            (PROMOCION, 1),
        ]
        assert not reunida(fusionado, tardia, temprana)[1].edicion
        de_la_tardia = next(n for n, fila in enumerate(filas_de_conflictos(fusionado), 5) if fila[7] == PROMOCION)
        decidir = tocada(fusionado.paquete.ruta, lambda hoja: hoja.cell(de_la_tardia, 12, "copia"), "Conflictos")
        decidido, reunion = reunida(leer_libro(decidir), temprana, tardia)
        assert (en(decidido, "J3"), reunion.hay_pendientes) == ([1], False)
        assert not reunida(decidido, temprana, tardia)[1].edicion

    def test_a_conflict_goes_away_once_a_person_wrote_what_is_right(
        self, libro: Libro, copias: dict[str, Path]
    ) -> None:
        copia = escrito(copias[LOGISTICA], I3=4)
        fusionado, _ = reunida(leer_libro(escrito(libro.paquete.ruta, I3=3)), copia)
        resuelto, reunion = reunida(leer_libro(escrito(fusionado.paquete.ruta, I3=4)), copia)
        assert not reunion.hay_pendientes
        assert filas_de_conflictos(resuelto) == []

    @pytest.mark.parametrize("vale", [3, 5])
    def test_what_a_person_wrote_in_the_book_after_it_was_listed_is_the_decision_and_is_remembered(
        self, libro: Libro, copias: dict[str, Path], vale: int
    ) -> None:
        copia = escrito(copias[LOGISTICA], I3=4)
        listado, _ = reunida(leer_libro(escrito(libro.paquete.ruta, I3=7)), copia)
        decidido, reunion = reunida(leer_libro(escrito(listado.paquete.ruta, I3=vale)), copia)
        assert (en(decidido, "I3"), reunion.hay_pendientes) == ([vale], False)
        assert filas_de_conflictos(decidido) == []
        assert "conflicto decidido: vale el libro" in decidido.bitacora.asientos[-1].apunte.motivo
        assert not reunida(decidido, copia)[1].edicion

    @pytest.mark.parametrize(("palabra", "queda"), [("libro", 3), ("Copia", 4)])
    def test_a_word_on_the_sheet_decides_too(
        self, libro: Libro, copias: dict[str, Path], palabra: str, queda: int
    ) -> None:
        copia = escrito(copias[LOGISTICA], I3=4)
        listado, _ = reunida(leer_libro(escrito(libro.paquete.ruta, I3=3)), copia)
        tocada(listado.paquete.ruta, lambda hoja: hoja.__setitem__("L5", palabra), "Conflictos")
        decidido, reunion = reunida(leer_libro(listado.paquete.ruta), copia)
        assert (en(decidido, "I3"), reunion.hay_pendientes) == ([queda], False)
        assert not reunida(decidido, copia)[1].edicion

    def test_between_two_copies_the_sheet_decides_which(self, libro: Libro, copias: dict[str, Path]) -> None:
        uno, otro = escrito(copias[LOGISTICA], J3=3), escrito(copias[PROMOCION], J3=4)
        listado, _ = reunida(libro, uno, otro)

        def decidir(hoja: Any) -> None:
            for fila in range(5, 7):
                hoja.cell(fila, 12).value = "copia" if hoja.cell(fila, 7).value == 4 else "libro"

        decidido, reunion = reunida(leer_libro(tocada(listado.paquete.ruta, decidir, "Conflictos")), uno, otro)
        assert (en(decidido, "J3"), reunion.hay_pendientes) == ([4], False)
        assert not reunida(decidido, uno, otro)[1].edicion

    @pytest.mark.parametrize(("preferir", "queda"), [(Preferencia.LIBRO, 3), (Preferencia.COPIA, 4)])
    def test_a_preference_decides_and_it_is_told(
        self, libro: Libro, copias: dict[str, Path], preferir: Preferencia, queda: int
    ) -> None:
        copia, cambiado = escrito(copias[LOGISTICA], I3=4), leer_libro(escrito(libro.paquete.ruta, I3=3))
        fusionado, reunion = reunida(cambiado, copia, preferir=preferir)
        assert en(fusionado, "I3") == [queda]
        assert (len(reunion.fusion.conflictos), len(reunion.fusion.decididos)) == (0, 1)
        assert "Un conflicto se decidió" in reunion.en_palabras("plan.xlsx")

    @pytest.mark.parametrize("preferir", list(Preferencia))
    def test_between_two_copies_no_preference_decides(
        self, libro: Libro, copias: dict[str, Path], preferir: Preferencia
    ) -> None:
        uno, otro = escrito(copias[LOGISTICA], J3=3), escrito(copias[PROMOCION], J3=4)
        fusionado, reunion = reunida(libro, uno, otro, preferir=preferir)
        assert en(fusionado, "J3") == [None]
        assert len(reunion.fusion.conflictos) == 1

    def test_a_preference_is_remembered(self, libro: Libro, copias: dict[str, Path]) -> None:
        copia, cambiado = escrito(copias[LOGISTICA], I3=4), leer_libro(escrito(libro.paquete.ruta, I3=3))
        fusionado, _ = reunida(cambiado, copia, preferir=Preferencia.LIBRO)
        assert not reunida(fusionado, copia)[1].edicion

    def test_an_earlier_log_that_the_copy_carries_accuses_nobody(self, libro: Libro) -> None:
        antes = aplicada(libro, registrar(libro, I_2025, [leer_pedido("AEI.01.01=1")], Firma("Beto", ANA.cuando)))
        copia = guardada_por(escrito(repartidas(antes)[LOGISTICA], I3=5), "Luis")
        _, reunion = reunida(leer_libro(escrito(antes.paquete.ruta, I3=9)), copia)
        (conflicto,) = reunion.fusion.conflictos
        assert (str(conflicto.autoria), conflicto.propuestas[0].autoria.quien) == ("no se sabe quién", "Luis")

    def test_a_second_round_of_copies_starts_anew(self, libro: Libro, copias: dict[str, Path]) -> None:
        uno, _ = reunida(libro, escrito(copias[LOGISTICA], J3=5))
        dos = aplicada(uno, registrar(uno, II_2025, [leer_pedido("AEI.01.01=3")], ANA))
        tres, _ = reunida(dos, escrito(repartidas(dos)[LOGISTICA], J3=5))
        assert en(tres, "J3") == [5]

    def test_what_arrived_at_a_place_where_another_row_stands_now_counts_for_nothing(
        self, libro: Libro, copias: dict[str, Path]
    ) -> None:
        uno, _ = reunida(libro, escrito(copias[LOGISTICA], J3=1))

        def cambiar_de_lugar(hoja: Any) -> None:
            for columna in range(1, 12):
                uno, otro = hoja.cell(3, columna), hoja.cell(4, columna)
                uno.value, otro.value = otro.value, uno.value

        tocada(uno.paquete.ruta, cambiar_de_lugar)
        dos, _ = reunida(leer_libro(uno.paquete.ruta), escrito(copias[LOGISTICA], J4=1))
        assert en(dos, "A3", "J3", "J4") == ["AEI.01.02", 1, 1]

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


def test_the_summary_can_be_read_out(libro: Libro, copias: dict[str, Path]) -> None:
    uno, otro = escrito(copias[LOGISTICA], J3=3, J6=1), escrito(copias[PROMOCION], J4=7, J6=4)
    dicho = reunida(libro, uno, otro)[1].en_palabras("plan.xlsx").splitlines()
    assert dicho[:6] == [
        "Se fusionaron 2 copias en plan.xlsx.",
        f"  De Logística ({LOGISTICA}) llegó un cambio.",
        "    AEI.01.01 Valor 2025-II: vacío → 3.",
        f"  De Promoción ({PROMOCION}) llegó un cambio.",
        "    AEI.01.02 Valor 2025-II: vacío → 7.",
        "Hay un conflicto por decidir (hoja Conflictos):",
    ]
    assert dicho[6].startswith("  AEI.02.01 Valor 2025-II: el libro dice vacío; ")
    assert f"; {LOGISTICA} dice 1 (" in dicho[6]
    assert f"; {PROMOCION} dice 4 (" in dicho[6]
    assert dicho[6].endswith("; al repartir decía vacío.")
