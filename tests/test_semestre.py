"""Opening, closing and reopening a semester, and what a closed one notices afterwards."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.ediciones import AHORA, ANA, I_2025, II_2025, TITULOS, aplicada, escrito, fila, plan_chico
from tests.libros import LIBRO_ZED_ILO, escribir_libro
from zedxl.edicion.cambio import EdicionImposible, canonico
from zedxl.evaluacion import evaluar
from zedxl.hallazgo import Hallazgo
from zedxl.instantanea import REGLA
from zedxl.libro.bitacora import leer_bitacora
from zedxl.libro.cierres import leer_cierres
from zedxl.libro.hoja import contenido
from zedxl.libro.lectura import Libro, leer_libro
from zedxl.periodo import Periodo
from zedxl.semestre.apertura import AperturaRechazada, abrir, sin_cerrar
from zedxl.semestre.cierre import CierreRechazado, cerrar, en_breve
from zedxl.validacion import validar

I_2026 = Periodo(2026, 1)


@pytest.fixture
def libro(tmp_path: Path) -> Libro:
    return leer_libro(plan_chico(tmp_path / "plan.xlsx"))


@pytest.fixture
def cerrado(libro: Libro) -> Libro:
    return aplicada(libro, cerrar(libro, I_2025, ANA))


def cambiados(libro: Libro) -> list[Hallazgo]:
    """What is no longer as it was closed."""
    return [h for h in validar(libro, I_2025) if h.regla == REGLA]


class TestAbrir:
    def test_the_next_year_gets_its_target_and_its_values_at_the_right_of_the_table(self, libro: Libro) -> None:
        abierto = aplicada(libro, abrir(libro, I_2026, ANA))
        assert abierto.tabla.hoja.filas[0][11:] == ["Meta 2026", "Valor 2026-I"]
        assert (abierto.tabla.metas[2026], abierto.tabla.valores[I_2026]) == (11, 12)

    def test_no_cell_that_was_there_moves(self, libro: Libro) -> None:
        antes = [fila[:11] for fila in libro.tabla.hoja.filas]
        abierto = aplicada(libro, abrir(libro, I_2026, ANA))
        assert [fila[:11] for fila in abierto.tabla.hoja.filas] == antes

    def test_titles_are_worded_as_the_book_words_them(self, tmp_path: Path) -> None:
        titulos = [
            "Código",
            "Logro esperado 2025",
            "2025-Semestre I: Valor obtenido",
            "2025-Semestre II: Valor obtenido",
        ]
        ruta = escribir_libro(tmp_path / "plan.xlsx", {"Plan": [titulos, ["AEI.01.01", 4, 2, 3]]})
        libro = leer_libro(ruta)
        abierto = aplicada(libro, abrir(libro, I_2026, ANA))
        assert abierto.tabla.hoja.filas[0][4:] == ["Logro esperado 2026", "2026-Semestre I: Valor obtenido"]

    def test_what_is_open_needs_nothing(self, libro: Libro) -> None:
        assert not abrir(libro, II_2025, ANA)

    def test_semesters_are_opened_in_order(self, libro: Libro) -> None:
        with pytest.raises(AperturaRechazada, match="el que sigue es 2026-I, no 2026-II"):
            abrir(libro, I_2026.siguiente, ANA)

    def test_a_table_with_something_beside_it_is_not_overwritten(self, tmp_path: Path) -> None:
        filas = [TITULOS, [*fila("AEI.01.01", 4, 2), None], [*fila("AEI.01.02", 4, 2), "ojo con el acta"]]
        libro = leer_libro(escribir_libro(tmp_path / "plan.xlsx", {"Seguimiento": filas}))
        with pytest.raises(AperturaRechazada, match="Seguimiento!L3 está ocupada"):
            abrir(libro, I_2026, ANA)

    def test_the_new_columns_look_like_those_of_the_period_before(self, tmp_path: Path) -> None:
        ruta = plan_chico(tmp_path / "plan.xlsx")
        libro = openpyxl.load_workbook(ruta)
        for numero in range(1, 7):
            libro["Seguimiento"].cell(numero, 10).number_format = "0.0"
        libro["Seguimiento"].column_dimensions["J"].width = 33
        libro.save(ruta)
        leido = leer_libro(ruta)
        aplicada(leido, abrir(leido, I_2026, ANA))
        hoja = openpyxl.load_workbook(ruta)["Seguimiento"]
        assert [hoja.cell(n, 13).number_format for n in range(1, 7)] == ["0.0"] * 6
        assert hoja.column_dimensions["M"].width == 33

    def test_the_shipped_book_shows_the_period_that_is_opened(self, tmp_path: Path) -> None:
        libro = leer_libro(shutil.copy(LIBRO_ZED_ILO, tmp_path))
        edicion = abrir(libro, II_2025, ANA)
        assert [(str(c.celda), c.antes, c.despues) for c in edicion.cambios] == [("Parámetros!B8", "2025-I", "2025-II")]
        assert not abrir(aplicada(libro, edicion), II_2025, ANA)

    def test_a_year_beyond_the_shipped_plan_makes_its_table_wider_and_leaves_the_tablero(self, tmp_path: Path) -> None:
        libro = leer_libro(shutil.copy(LIBRO_ZED_ILO, tmp_path))
        abierto = aplicada(libro, abrir(libro, Periodo(2027, 1), ANA))
        tabla = openpyxl.load_workbook(abierto.paquete.ruta)["Seguimiento"].tables["tblSeguimiento"]
        assert tabla.ref == "A5:AP18"
        assert [columna.name for columna in tabla.tableColumns][-3:] == ["Estado", "Meta 2027", "Valor 2027-I"]
        assert abierto.contenido(abierto.hojas[4].celda(8, 2)) == "2025-I"


class TestCerrar:
    def test_the_snapshot_holds_values_avances_and_scores_with_who_and_when(self, cerrado: Libro) -> None:
        # AEI.01.01 2 of 4 and AEI.01.02 8 of 8: OEI.01 is (50 + 100) / 2; AEI.02.01 1 of 5: the plan is 170 / 3
        cierre = cerrado.plan.cierres[I_2025]
        dice = {str(r.clave): r.valor for r in cierre.renglones}
        assert (cierre.quien, cierre.cuando) == ("Ana Quispe", AHORA)
        assert dice["AEI.01.01 · Número de cosas de AEI.01.01 · Valor 2025-I"] == 2
        assert dice["AEI.01.01 · Número de cosas de AEI.01.01 · Meta 2025"] == 4
        assert (dice["AEI.01.01 · Avance"], dice["OEI.01 · Puntaje"]) == (50, 75)
        assert dice["PEI · Puntaje"] == pytest.approx(170 / 3)
        assert cierre.integra
        assert len(cierre.sha256) == 64

    def test_a_book_that_was_only_saved_again_is_as_it_was_closed(self, cerrado: Libro) -> None:
        assert cambiados(leer_libro(escrito(cerrado.paquete.ruta))) == []

    @pytest.mark.parametrize(
        ("celdas", "lugares"),
        [
            ({"I3": 3}, {"I3": "se cerró 2025-I con 2 (15/01/2026, Ana Quispe) y ahora dice 3"}),
            ({"I3": None}, {"I3": "con 2 (15/01/2026, Ana Quispe) y ahora dice vacío"}),
            ({"I3": "dos"}, {"I3": "ahora dice «dos»"}),
            ({"H6": 6}, {"H6": "Meta 2025 de Número de cosas de AEI.02.01: se cerró 2025-I con 5"}),
            ({"I3": 3, "I4": 7}, {"I3": "ahora dice 3", "I4": "ahora dice 7"}),
        ],
    )
    def test_each_cell_that_changes_afterwards_is_named(
        self, cerrado: Libro, celdas: dict[str, object], lugares: dict[str, str]
    ) -> None:
        hallados = {h.celda: h.mensaje for h in cambiados(leer_libro(escrito(cerrado.paquete.ruta, **celdas)))}
        for celda, mensaje in lugares.items():
            assert mensaje in hallados[celda]
        assert set(hallados) - {""} == set(lugares)  # avances and scores that follow have no cell

    def test_a_change_of_rules_shows_in_the_results(self, cerrado: Libro) -> None:
        mensajes = [h.mensaje for h in cambiados(leer_libro(escrito(cerrado.paquete.ruta, E3="Descendente")))]
        assert any(m.startswith("Avance: se cerró 2025-I con 50") and "ahora dice 100" in m for m in mensajes)

    def test_the_next_semester_may_be_filled_in(self, cerrado: Libro) -> None:
        assert cambiados(leer_libro(escrito(cerrado.paquete.ruta, J3=4, J4=8))) == []

    def test_an_action_added_later_is_named_too(self, cerrado: Libro) -> None:
        ruta = cerrado.paquete.ruta
        libro = openpyxl.load_workbook(ruta)
        libro["Seguimiento"].append(fila("AEI.02.02", 5, 5))
        libro.save(ruta)
        assert any(h.celda == "I7" and "no estaba cuando se cerró" in h.mensaje for h in cambiados(leer_libro(ruta)))

    def test_rows_that_move_are_no_change(self, cerrado: Libro) -> None:
        ruta = cerrado.paquete.ruta
        libro = openpyxl.load_workbook(ruta)
        libro["Seguimiento"].insert_rows(2, 3)
        libro.save(ruta)
        assert cambiados(leer_libro(ruta)) == []

    def test_the_report_of_a_closed_period_that_changed_has_an_error(self, cerrado: Libro) -> None:
        libro = leer_libro(escrito(cerrado.paquete.ruta, I3=3))
        assert [h.celda for h in evaluar(libro.plan, I_2025).hallazgos if h.celda] == ["I3"]

    @pytest.mark.parametrize("celda", ["F8", "B5", "E12"])
    def test_a_snapshot_that_somebody_rewrites_is_noticed(self, cerrado: Libro, celda: str) -> None:
        ruta = cerrado.paquete.ruta
        libro = openpyxl.load_workbook(ruta)
        libro["Cierres"][celda] = "otra cosa"
        libro.save(ruta)
        assert cambiados(leer_libro(ruta)) != []

    def test_a_snapshot_rewritten_with_a_hash_that_fits_is_noticed_by_the_log(self, cerrado: Libro) -> None:
        ruta = cerrado.paquete.ruta
        escrito(ruta, I3=3)
        otra = leer_libro(ruta)
        nueva = cerrar(otra_sin_cierres(otra), I_2025, ANA)
        libro = openpyxl.load_workbook(ruta)
        hoja = libro["Cierres"]
        for numero, valores in enumerate(nueva.hojas[0].filas, 1):
            for columna, valor in enumerate(valores, 1):
                hoja.cell(numero, columna).value = valor
        libro.save(ruta)
        mensajes = [h.mensaje for h in cambiados(leer_libro(ruta))]
        assert mensajes == ["Según la Bitácora 2025-I está cerrado, y la hoja Cierres no lo dice así."]

    def test_a_deleted_snapshot_is_noticed_by_the_log(self, cerrado: Libro) -> None:
        ruta = cerrado.paquete.ruta
        libro = openpyxl.load_workbook(ruta)
        del libro["Cierres"]
        libro.save(ruta)
        assert [h.hoja for h in cambiados(leer_libro(ruta))] == ["Cierres"]

    def test_errors_refuse_it_unless_somebody_says_why(self, libro: Libro) -> None:
        malo = leer_libro(escrito(libro.paquete.ruta, I6="uno"))
        with pytest.raises(CierreRechazado) as rechazo:
            cerrar(malo, I_2025, ANA)
        assert [h.celda for h in rechazo.value.errores] == ["I6"]
        aun_asi = aplicada(malo, cerrar(malo, I_2025, ANA, "El acta llega en agosto"))
        assert aun_asi.plan.cierres[I_2025].motivo == "El acta llega en agosto"
        assert aun_asi.bitacora.asientos[-1].apunte.motivo == "El acta llega en agosto"

    def test_a_period_without_any_value_is_not_closed(self, libro: Libro) -> None:
        with pytest.raises(CierreRechazado, match="no hay nada que cerrar"):
            cerrar(libro, II_2025, ANA)

    def test_what_is_closed_is_not_closed_again(self, cerrado: Libro) -> None:
        with pytest.raises(CierreRechazado, match="ya está cerrado"):
            cerrar(cerrado, I_2025, ANA)

    def test_its_value_cells_are_locked_in_the_file(self, tmp_path: Path) -> None:
        libro = leer_libro(shutil.copy(LIBRO_ZED_ILO, tmp_path))
        aplicada(libro, cerrar(libro, I_2025, ANA))
        hoja = openpyxl.load_workbook(libro.paquete.ruta)["Seguimiento"]
        assert {hoja[f"V{n}"].protection.locked for n in range(6, 19)} == {True}
        assert {hoja[f"W{n}"].protection.locked for n in range(6, 19)} == {False}
        assert {hoja[f"R{n}"].protection.locked for n in range(6, 19)} == {False}

    @pytest.mark.parametrize(("protegida", "lineas"), [(True, 0), (False, 1)])
    def test_locks_that_hold_nothing_are_not_praised(self, libro: Libro, protegida: bool, lineas: int) -> None:
        xl = openpyxl.load_workbook(libro.paquete.ruta)
        xl["Seguimiento"].protection.sheet = protegida
        xl.save(libro.paquete.ruta)
        dicho = en_breve(leer_libro(libro.paquete.ruta), I_2025)
        assert dicho.count("Sin proteger: Seguimiento. Sus celdas todavía se pueden cambiar a mano") == lineas

    def test_closing_the_year_locks_its_targets_and_its_first_semester_too(self, tmp_path: Path) -> None:
        ruta = Path(shutil.copy(LIBRO_ZED_ILO, tmp_path))
        libro = leer_libro(escrito(ruta, W7=3))
        aplicada(libro, cerrar(libro, II_2025, ANA, "prueba"))
        hoja = openpyxl.load_workbook(ruta)["Seguimiento"]
        assert {hoja[f"{c}7"].protection.locked for c in "VWR"} == {True}
        assert {hoja[f"{c}7"].protection.locked for c in "XS"} == {False}


class TestReabrir:
    def test_a_reason_is_needed(self, cerrado: Libro) -> None:
        with pytest.raises(AperturaRechazada, match="está cerrado desde el 15/01/2026"):
            abrir(cerrado, I_2025, ANA)

    def test_it_is_logged_and_the_period_takes_values_again(self, cerrado: Libro) -> None:
        reabierto = aplicada(cerrado, abrir(cerrado, I_2025, ANA, "Acta corregida"))
        assert reabierto.plan.cierres == {}
        apunte = reabierto.bitacora.asientos[-1].apunte
        assert (apunte.antes, apunte.despues, apunte.motivo) == ("cerrado", "reabierto", "Acta corregida")
        assert cambiados(leer_libro(escrito(reabierto.paquete.ruta, I3=3))) == []

    def test_it_can_be_closed_again_and_the_first_snapshot_stays(self, cerrado: Libro) -> None:
        reabierto = aplicada(cerrado, abrir(cerrado, I_2025, ANA, "Acta corregida"))
        corregido = leer_libro(escrito(reabierto.paquete.ruta, I3=3))
        otra_vez = aplicada(corregido, cerrar(corregido, I_2025, ANA))
        assert otra_vez.cierres.ultimo_suceso == 3
        assert otra_vez.plan.cierres[I_2025].sha256 != cerrado.plan.cierres[I_2025].sha256
        assert cambiados(otra_vez) == []
        assert sucesos(otra_vez)[1] == sucesos(cerrado)[1]
        assert list(sucesos(otra_vez)) == [1, 2, 3]

    def test_the_cells_open_in_the_file(self, tmp_path: Path) -> None:
        libro = leer_libro(shutil.copy(LIBRO_ZED_ILO, tmp_path))
        cerrado = aplicada(libro, cerrar(libro, I_2025, ANA))
        aplicada(cerrado, abrir(cerrado, I_2025, ANA, "Acta corregida"))
        hoja = openpyxl.load_workbook(libro.paquete.ruta)["Seguimiento"]
        assert {hoja[f"V{n}"].protection.locked for n in range(6, 19)} == {False}


def test_a_semester_that_was_left_open_is_named_when_the_next_one_opens(libro: Libro, cerrado: Libro) -> None:
    assert sin_cerrar(libro.plan, I_2026) == (I_2025,)
    assert sin_cerrar(cerrado.plan, I_2026) == ()


def test_an_edit_made_for_another_state_of_the_book_is_refused(libro: Libro) -> None:
    edicion = cerrar(libro, I_2025, ANA)
    cerrado = aplicada(libro, edicion)
    with pytest.raises(EdicionImposible, match="Cierres"):
        aplicada(cerrado, edicion)


def sucesos(libro: Libro) -> dict[int, list[list[str]]]:
    """The rows of each event of sheet Cierres."""
    listado = libro.cierres.listado
    assert listado
    filas: dict[int, list[list[str]]] = {}
    for _, valores in listado.filas():
        filas.setdefault(int(valores[0]), []).append([canonico(contenido(valor)) for valor in valores])
    return filas


def otra_sin_cierres(libro: Libro) -> Libro:
    """The same book as if it had never been closed."""
    from dataclasses import replace

    hojas = tuple(h for h in libro.hojas if h.nombre not in ("Cierres", "Bitácora"))
    sin_cierres = replace(libro.plan, cierres={})
    return replace(libro, hojas=hojas, plan=sin_cierres, bitacora=leer_bitacora(hojas), cierres=leer_cierres(hojas))
