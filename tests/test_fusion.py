"""Merging a copy: every edit arrives where its code is, and doing it again changes nothing."""

from __future__ import annotations

import shutil
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
from zedxl.reparto.alineacion import CopiaAjena
from zedxl.reparto.conflictos import como_json
from zedxl.reparto.fusion import Preferencia
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
