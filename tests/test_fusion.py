"""Merging a copy: every edit arrives where its code is, and doing it again changes nothing."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.copias import (
    LOGISTICA,
    NARRATIVA,
    PROMOCION,
    con_formula,
    en,
    filas_de_conflictos,
    guardada_por,
    repartidas,
    reunida,
    sello,
    tocada,
)
from tests.ediciones import ANA, I_2025, II_2025, TITULOS, aplicada, escrito, fila, plan_chico
from tests.libros import LIBRO_ZED_ILO, escribir_libro
from zedxl.edicion.cambio import Firma
from zedxl.libro.hojas import PUNTO_DE_PARTIDA
from zedxl.libro.lectura import Libro, leer_libro
from zedxl.reparto.conflictos import como_json
from zedxl.reparto.pendientes import Preferencia
from zedxl.reparto.reunion import leer_copias
from zedxl.semestre.apertura import abrir
from zedxl.semestre.cierre import cerrar
from zedxl.semestre.pedido import leer_pedido
from zedxl.semestre.registro import registrar


@pytest.fixture
def libro(tmp_path: Path) -> Libro:
    return leer_libro(plan_chico(tmp_path / "plan.xlsx", Narrativa=NARRATIVA))


@pytest.fixture
def copias(libro: Libro) -> dict[str, Path]:
    return repartidas(libro)


class TestUnaCopia:
    def test_what_was_typed_arrives_where_its_code_is(self, libro: Libro, copias: dict[str, Path]) -> None:
        fusionado, reunion = reunida(libro, escrito(copias[LOGISTICA], J3=3))
        assert en(fusionado, "J3", "J4") == [3, None]
        assert not reunion.hay_pendientes
        asiento = fusionado.bitacora.asientos[-1]
        assert (asiento.origen, asiento.apunte.codigo, asiento.apunte.periodo) == ("fusionar", "AEI.01.01", "2025-II")

    def test_the_log_says_who_merged_and_in_the_reason_which_copy_and_who_had_typed_it(
        self, libro: Libro, copias: dict[str, Path]
    ) -> None:
        firma = f"copia {LOGISTICA} ({sello(copias[LOGISTICA])})"
        fusionado, _ = reunida(libro, guardada_por(escrito(copias[LOGISTICA], J3=3), "Carla"))
        apunte = fusionado.bitacora.asientos[-1].apunte
        guardada = datetime(2026, 1, 20, 8, 30, tzinfo=UTC).astimezone()
        assert apunte.quien == "Ana Quispe"
        assert apunte.motivo == f"{firma} // lo escribió Carla, {guardada:%d/%m/%Y %H:%M}"

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
        assert [str(f.celda) for f in reunion.fusion.filas_nuevas] == ["Narrativa!A4"]
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

    def test_a_new_row_and_a_note_below_it_both_find_a_place(self, libro: Libro, copias: dict[str, Path]) -> None:
        def agregar(hoja: Any) -> None:
            hoja.append(fila("AEI.02.02", 3, None, 1, "Promoción"))
            hoja["B8"] = "Fuente: actas"

        fusionado, _ = reunida(libro, tocada(copias[PROMOCION], agregar))
        textos = [valor for fila_ in fusionado.tabla.hoja.filas[6:] for valor in fila_ if isinstance(valor, str)]
        assert {"AEI.02.02", "Fuente: actas"} <= set(textos)

    def test_a_cell_that_was_merged_in_the_book_is_told_and_the_rest_arrives(
        self, libro: Libro, copias: dict[str, Path]
    ) -> None:
        tocada(libro.paquete.ruta, lambda hoja: hoja.merge_cells("J3:J4"))
        fusionado, reunion = reunida(leer_libro(libro.paquete.ruta), escrito(copias[PROMOCION], J4=7, J6=4))
        assert en(fusionado, "J6") == [4]
        assert ["combinada con otra" in n.motivo for n in reunion.fusion.no_traidos] == [True]

    def test_a_code_typed_otherwise_is_no_change(self, libro: Libro, copias: dict[str, Path]) -> None:
        fusionado, _ = reunida(libro, escrito(copias[LOGISTICA], A3="aei 1.1 ", J3=3))
        assert en(fusionado, "A3", "J3") == ["AEI.01.01", 3]

    def test_what_is_in_the_row_of_another_unit_arrives_and_is_pointed_out(
        self, libro: Libro, copias: dict[str, Path]
    ) -> None:
        fusionado, reunion = reunida(libro, escrito(copias[LOGISTICA], J4=7))
        assert en(fusionado, "J4") == [7]
        dicho = reunion.en_palabras("plan.xlsx")
        assert "AEI.01.02 Valor 2025-II: vacío → 7. Atención: la fila es de Promoción." in dicho

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
            "En el libro esa celda se calcula o muestra un error: tiene una fórmula o es de una tabla dinámica."
        ]

    def test_a_percentage_arrives_as_the_number_that_was_typed_whatever_the_format_of_its_cell(
        self, libro: Libro, copias: dict[str, Path]
    ) -> None:
        def como_porcentaje(hoja: Any) -> None:
            hoja["J3"], hoja["J3"].number_format = 0.07, "0%"

        assert en(reunida(libro, tocada(copias[LOGISTICA], como_porcentaje))[0], "J3") == [7]


class TestFueraDeLasTablas:
    """What is known by its place only, and must not land elsewhere."""

    @pytest.fixture
    def libro(self, tmp_path: Path) -> Libro:
        otra = [["Presupuesto", "Ejecutado"], ["Viáticos", 100], ["Papel", 200], ["Agua", 300]]
        return leer_libro(plan_chico(tmp_path / "plan.xlsx", Presupuesto=otra))

    def test_it_arrives_where_it_was(self, libro: Libro, copias: dict[str, Path]) -> None:
        fusionado, _ = reunida(
            libro, tocada(copias[LOGISTICA], lambda hoja: hoja.__setitem__("B3", 250), "Presupuesto")
        )
        assert fusionado.hojas[1].filas[1:] == [["Viáticos", 100], ["Papel", 250], ["Agua", 300]]

    @pytest.mark.parametrize("donde", ["libro", "copia"])
    def test_it_does_not_where_rows_were_inserted_in_the_book_or_in_the_copy(
        self, libro: Libro, copias: dict[str, Path], donde: str
    ) -> None:
        def insertar(hoja: Any) -> None:
            hoja.insert_rows(3)
            hoja["A3"], hoja["B3"] = "Luz", 50

        copia = tocada(copias[LOGISTICA], lambda hoja: hoja.__setitem__("B3", 250), "Presupuesto")
        tocada(libro.paquete.ruta if donde == "libro" else copia, insertar, "Presupuesto")
        antes = leer_libro(libro.paquete.ruta)
        fusionado, reunion = reunida(antes, copia)
        assert fusionado.hojas[1].filas == antes.hojas[1].filas
        assert {n.motivo[:40] for n in reunion.fusion.no_traidos} == {"No está en una fila con código, y en esa"}

    def test_an_untitled_column_of_the_table_is_not_taken_for_another(self, tmp_path: Path) -> None:
        titulos: list[Any] = [
            "Código",
            "Denominación",
            "Meta 2025",
            "Valor 2025-I",
            None,
            "Valor 2025-II",
            "Unidad responsable",
        ]
        filas = [titulos, ["AEI.01.01", "Acción", 4, 2, "ojo", None, "Logística"]]
        libro = leer_libro(escribir_libro(tmp_path / "plan.xlsx", {"Seguimiento": filas}))

        def insertar(hoja: Any) -> None:
            hoja.insert_cols(3)
            hoja["F2"] = 99

        fusionado, reunion = reunida(libro, tocada(repartidas(libro)[LOGISTICA], insertar))
        assert en(fusionado, "E2", "F2") == ["ojo", None]
        assert "columna sin título" in reunion.fusion.no_traidos[0].motivo

    def test_a_sheet_of_another_that_is_called_as_one_of_ours_is_merged_as_any_other(self, tmp_path: Path) -> None:
        ajenas: dict[str, Any] = {
            nombre: [["Nº", "Monto"], [1, 10], [2, 20]] for nombre in ("Bitácora", "Cierres", "Conflictos")
        }
        libro = leer_libro(plan_chico(tmp_path / "plan.xlsx", **ajenas))
        copia = repartidas(libro)[LOGISTICA]
        for nombre in ajenas:
            tocada(copia, lambda hoja: hoja.__setitem__("B3", 99), nombre)
        cambiado = leer_libro(escrito(libro.paquete.ruta, I3=5))
        fusionado, _ = reunida(cambiado, escrito(copia, I3=6))
        hojas = {hoja.nombre: hoja.filas for hoja in fusionado.hojas}
        assert [hojas[nombre][1:] for nombre in ajenas] == [[[1, 10], [2, 99]]] * 3
        assert hojas["Conflictos de zedxl"][4][0] == "Conflicto"
        assert "Bitácora de zedxl" in hojas


class TestPeriodosCerrados:
    def test_a_closed_value_never_changes(self, libro: Libro, copias: dict[str, Path]) -> None:
        cerrado = aplicada(libro, cerrar(libro, I_2025, ANA))
        fusionado, reunion = reunida(cerrado, escrito(copias[LOGISTICA], I3=9, H3=1, J3=3))
        assert en(fusionado, "I3", "H3", "J3") == [2, 4, 3]
        assert ["2025-I está cerrado" in n.motivo for n in reunion.fusion.no_traidos] == [True, True]

    def test_nor_does_how_it_is_measured_nor_the_semester_that_a_closed_year_rests_on(
        self, libro: Libro, copias: dict[str, Path]
    ) -> None:
        cerrado = aplicada(libro, cerrar(leer_libro(escrito(libro.paquete.ruta, J3=3)), II_2025, ANA, "prueba"))
        fusionado, reunion = reunida(cerrado, escrito(copias[LOGISTICA], I3=9, F3="Acumulado", B3="Otro nombre"))
        assert en(fusionado, "I3", "F3", "B3") == [2, "No acumulado", "Otro nombre"]
        assert len(reunion.fusion.no_traidos) == 2

    def test_not_even_when_the_copy_is_preferred(self, libro: Libro, copias: dict[str, Path]) -> None:
        cerrado = aplicada(libro, cerrar(libro, I_2025, ANA))
        copia = escrito(copias[LOGISTICA], I3=9)
        assert en(reunida(cerrado, copia, preferir=Preferencia.COPIA)[0], "I3") == [2]

    def test_reopened_it_arrives(self, libro: Libro, copias: dict[str, Path]) -> None:
        cerrado = aplicada(libro, cerrar(libro, I_2025, ANA))
        reabierto = aplicada(cerrado, abrir(cerrado, I_2025, ANA, "acta"))
        assert en(reunida(reabierto, escrito(copias[LOGISTICA], I3=9))[0], "I3") == [9]


class TestVariosIndicadores:
    """An action with two indicators that have no codes of their own."""

    @pytest.fixture
    def libro(self, tmp_path: Path) -> Libro:
        filas: list[Any] = [TITULOS, *(fila("AEI.01.01", 4, n) for n in (1, 2))]
        for numero, nombre in enumerate(("Cursos", "Talleres"), 1):
            filas[numero][2] = nombre
        return leer_libro(escribir_libro(tmp_path / "plan.xlsx", {"Seguimiento": filas}))

    def test_each_gets_its_own_value_also_when_they_change_places(self, libro: Libro, copias: dict[str, Path]) -> None:
        def cambiar_de_lugar(hoja: Any) -> None:
            for columna in range(1, 12):
                uno, otro = hoja.cell(2, columna), hoja.cell(3, columna)
                uno.value, otro.value = otro.value, uno.value
            hoja["J2"], hoja["J3"] = 20, 10

        fusionado, reunion = reunida(libro, tocada(copias[LOGISTICA], cambiar_de_lugar))
        assert en(fusionado, "J2", "J3") == [10, 20]
        assert not reunion.hay_pendientes

    def test_one_that_is_called_otherwise_now_is_still_the_one(self, libro: Libro, copias: dict[str, Path]) -> None:
        fusionado, _ = reunida(libro, escrito(copias[LOGISTICA], C3="Talleres y seminarios", J3=20))
        assert en(fusionado, "C3", "J3", "A4") == ["Talleres y seminarios", 20, None]

    def test_one_more_gets_a_row(self, libro: Libro, copias: dict[str, Path]) -> None:
        nueva = fila("AEI.01.01", 4, None, 30)
        nueva[2] = "Foros"
        fusionado, _ = reunida(libro, tocada(copias[LOGISTICA], lambda hoja: hoja.append(nueva)))
        assert en(fusionado, "C4", "J4") == ["Foros", 30]


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

    def test_a_file_of_another_plan_is_left_out_and_named_and_the_others_arrive(
        self, libro: Libro, copias: dict[str, Path], tmp_path: Path
    ) -> None:
        otro = escribir_libro(tmp_path / "otro.xlsx", {"Hoja": [TITULOS, fila("AEI.55.01", 4, 2)]})
        fusionado, reunion = reunida(libro, otro, escrito(copias[LOGISTICA], J3=3))
        assert en(fusionado, "J3") == [3]
        assert "No se pudo leer otro.xlsx: No parece una copia de este libro" in reunion.en_palabras("plan.xlsx")

    def test_another_institution_with_the_same_codes_is_left_out_too_though_it_was_given_out_properly(
        self, libro: Libro, tmp_path: Path
    ) -> None:
        otro = plan_chico(tmp_path / "otro.xlsx")
        escrito(otro, **{f"B{numero}": f"Otra cosa {numero}" for numero in range(2, 7)})
        fusionado, reunion = reunida(libro, escrito(repartidas(leer_libro(otro))["otro - Logística.xlsx"], J3=250))
        assert en(fusionado, "J3") == [None]
        assert [i.nombre for i in reunion.ilegibles] == ["otro - Logística.xlsx"]
        assert "No se fusionó ninguna copia" in reunion.en_palabras("plan.xlsx")

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
        (cambio,) = reunion.fusion.cambios
        assert (str(cambio.celda), cambio.quien) == ("Seguimiento!W7", "Ana Quispe")
        assert "lo escribió Carla, 15/01/2026 10:20" in cambio.motivo
