"""What a closed period rests on: no command changes it, and what happens to it by hand is found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.ediciones import ANA, I_2025, II_2025, TITULOS, aplicada, escrito, fila
from tests.libros import escribir_libro
from tests.test_cli import zedxl
from zedxl.edicion.cambio import Cambio, Edicion
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.instantanea import REGLA
from zedxl.libro.lectura import Libro, leer_libro
from zedxl.periodo import Periodo
from zedxl.semestre.apertura import abrir
from zedxl.semestre.cierre import cerrar
from zedxl.semestre.efecto import periodos_alterados
from zedxl.semestre.pedido import leer_pedido
from zedxl.semestre.registro import RegistroRechazado, registrar
from zedxl.validacion import validar

TITULOS_CON_SEMESTRES = [*TITULOS, "Meta 2025-I", "Meta 2025-II", "Línea base"]


def del_anio(codigo: str, meta: float, primero: float, segundo: float) -> list[Any]:
    """A row of what adds up over the year, with targets of the semesters."""
    suya = fila(codigo, meta, primero, segundo)
    suya[TITULOS.index("Agregación")] = "Acumulado"
    return [*suya, 3, 6, None]


@pytest.fixture
def libro(tmp_path: Path) -> Libro:
    """Two actions of 10 a year: 2 + 1 and 5 + 5."""
    filas = [TITULOS_CON_SEMESTRES, del_anio("AEI.01.01", 10, 2, 1), del_anio("AEI.01.02", 10, 5, 5)]
    return leer_libro(escribir_libro(tmp_path / "plan.xlsx", {"Seguimiento": filas}))


@pytest.fixture
def cerrado(libro: Libro) -> Libro:
    """The same with the year closed, and its first semester not."""
    return aplicada(libro, cerrar(libro, II_2025, ANA))


def cambiados(libro: Libro, periodo: Periodo = II_2025) -> list[Hallazgo]:
    return [h for h in validar(libro, periodo) if h.regla == REGLA]


def abiertas(libro: Libro) -> set[str]:
    """The cells of the table that are not locked."""
    hoja = openpyxl.load_workbook(libro.paquete.ruta)["Seguimiento"]
    return {c.coordinate for filas in hoja["H2:N3"] for c in filas if not c.protection.locked}


def todo_abierto(libro: Libro) -> Libro:
    """The book with nothing locked in its table."""
    xl = openpyxl.load_workbook(libro.paquete.ruta)
    for filas in xl["Seguimiento"]["H2:N3"]:
        for celda in filas:
            celda.protection = openpyxl.styles.Protection(locked=False)
    xl.save(libro.paquete.ruta)
    return leer_libro(libro.paquete.ruta)


class TestLoQueFija:
    def test_a_closed_year_takes_no_values_of_its_first_semester(self, cerrado: Libro) -> None:
        with pytest.raises(RegistroRechazado, match=r"2025-II está cerrado.*se apoya en los valores de 2025-I") as no:
            registrar(cerrado, I_2025, [leer_pedido("AEI.01.01=4")], ANA)
        assert "abrir-semestre LIBRO 2025-II --motivo" in str(no.value)

    def test_a_closed_first_semester_leaves_the_second_open(self, libro: Libro) -> None:
        cerrado = aplicada(libro, cerrar(libro, I_2025, ANA))
        assert registrar(cerrado, II_2025, [leer_pedido("AEI.01.01=4")], ANA).cambios

    def test_closing_the_year_locks_all_that_it_rests_on(self, libro: Libro) -> None:
        libre = todo_abierto(libro)
        aplicada(libre, cerrar(libre, II_2025, ANA))
        assert abiertas(libre) == {"K2", "K3", "N2", "N3"}  # whose it is, and the baseline

    def test_reopening_the_year_opens_what_no_other_closed_period_locks(self, libro: Libro) -> None:
        libre = todo_abierto(libro)
        primero = aplicada(libre, cerrar(libre, I_2025, ANA))
        assert {"I2", "L2"} & abiertas(primero) == set()
        los_dos = aplicada(primero, cerrar(primero, II_2025, ANA))
        aplicada(los_dos, abrir(los_dos, II_2025, ANA, "Acta corregida"))
        assert {c for c in abiertas(libre) if c.endswith("2")} == {"H2", "J2", "K2", "M2", "N2"}

    def test_reopening_the_first_semester_opens_nothing_that_the_closed_year_rests_on(self, libro: Libro) -> None:
        primero = aplicada(libro, cerrar(libro, I_2025, ANA))
        los_dos = aplicada(primero, cerrar(primero, II_2025, ANA))
        reabierto = aplicada(los_dos, abrir(los_dos, I_2025, ANA, "Acta corregida"))
        assert abiertas(reabierto) == set()
        with pytest.raises(RegistroRechazado, match="2025-II está cerrado"):
            registrar(reabierto, I_2025, [leer_pedido("AEI.01.01=4")], ANA)

    def test_the_next_year_can_be_typed_though_its_columns_look_like_closed_ones(self, libro: Libro) -> None:
        libre = todo_abierto(libro)
        cerrado = aplicada(libre, cerrar(libre, II_2025, ANA))
        aplicada(cerrado, abrir(cerrado, Periodo(2026, 1), ANA))
        hoja = openpyxl.load_workbook(libre.paquete.ruta)["Seguimiento"]
        assert [hoja[f"{c}1"].value for c in "OPQ"] == ["Meta 2026", "Meta 2026-I", "Valor 2026-I"]
        assert {hoja[f"{c}{n}"].protection.locked for c in "OPQ" for n in (2, 3)} == {False}
        assert hoja["Q1"].protection.locked


class TestPorSuEfecto:
    def test_an_edit_that_would_change_a_closed_result_is_told_cell_by_cell(self, cerrado: Libro) -> None:
        celda = cerrado.tabla.hoja.celda(2, 9)
        alterados = periodos_alterados(cerrado, Edicion(cambios=(Cambio(celda, 2.0, 4.0),)))
        # 3 of 10 becomes 5 of 10; with 100 of the other the score goes from 65 to 75
        assert {(h.codigo, h.celda) for h in alterados} == {
            ("AEI.01.01", "I2"), ("AEI.01.01", ""), ("OEI.01", ""), ("PEI", ""),
        }  # fmt: skip
        assert any("Avance: se cerró 2025-II con 30 " in h.mensaje and "ahora dice 50." in h.mensaje for h in alterados)
        assert cerrado.contenido(celda) == 2  # the book in memory is as it was

    @pytest.mark.parametrize(
        ("lugar", "antes", "despues"),
        [((2, 6), "Acumulado", "No acumulado"), ((2, 5), "Ascendente", "Descendente"), ((3, 14), None, 7.0),
         ((2, 1), "AEI.01.01", "AEI.01.07"), ((1, 9), "Valor 2025-I", "Notas")],
    )  # fmt: skip
    def test_it_does_not_matter_in_which_cell(
        self, cerrado: Libro, lugar: tuple[int, int], antes: object, despues: object
    ) -> None:
        cambio = Cambio(cerrado.tabla.hoja.celda(*lugar), antes, despues)  # type: ignore[arg-type]
        assert periodos_alterados(cerrado, Edicion(cambios=(cambio,))) != ()

    def test_what_changes_nothing_that_was_closed_is_fine(self, cerrado: Libro) -> None:
        otra = Cambio(cerrado.tabla.hoja.celda(2, 11), "Logística", "Personal")
        debajo = Cambio(cerrado.tabla.hoja.celda(9, 1), None, "Fuente: acta")
        assert periodos_alterados(cerrado, Edicion(cambios=(otra, debajo))) == ()

    def test_what_had_changed_before_is_not_blamed_on_the_edit(self, cerrado: Libro) -> None:
        tocado = leer_libro(escrito(cerrado.paquete.ruta, I2=4))
        otra = Cambio(tocado.tabla.hoja.celda(2, 11), "Logística", "Personal")
        assert periodos_alterados(tocado, Edicion(cambios=(otra,))) == ()
        suya = Cambio(tocado.tabla.hoja.celda(2, 9), 4.0, 5.0)
        assert {h.celda for h in periodos_alterados(tocado, Edicion(cambios=(suya,)))} == {"I2", ""}

    def test_with_nothing_closed_anything_may_change(self, libro: Libro) -> None:
        assert periodos_alterados(libro, Edicion(cambios=(Cambio(libro.tabla.hoja.celda(2, 9), 2.0, 4.0),))) == ()

    def test_recording_refuses_by_effect_too(self, cerrado: Libro, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("zedxl.semestre.registro.cierre_que_fija", lambda *_: None)  # should a rule miss a case
        with pytest.raises(RegistroRechazado, match="cambiaría lo que está cerrado") as no:
            registrar(cerrado, I_2025, [leer_pedido("AEI.01.01=4")], ANA)
        assert "Seguimiento!I2 (AEI.01.01): Valor 2025-I" in str(no.value)


class TestLoQueSeAgregaDespues:
    def test_an_action_of_a_later_year_is_no_difference(self, cerrado: Libro) -> None:
        xl = openpyxl.load_workbook(cerrado.paquete.ruta)
        hoja = xl["Seguimiento"]
        hoja["O1"] = "Meta 2026"
        for columna, valor in enumerate([*fila("AEI.02.01", None, None), None, None, None, 8], 1):
            hoja.cell(4, columna).value = valor
        xl.save(cerrado.paquete.ruta)
        assert cambiados(leer_libro(cerrado.paquete.ruta)) == []

    @pytest.mark.parametrize(("columna", "numero"), [("H", 5), ("J", 1), ("I", 1)])
    def test_one_with_a_target_or_a_value_of_the_year_is(self, cerrado: Libro, columna: str, numero: float) -> None:
        xl = openpyxl.load_workbook(cerrado.paquete.ruta)
        xl["Seguimiento"].append(fila("AEI.02.01", None, None))
        xl["Seguimiento"][f"{columna}4"] = numero
        xl.save(cerrado.paquete.ruta)
        assert f"{columna}4" in [h.celda for h in cambiados(leer_libro(cerrado.paquete.ruta))]

    def test_so_is_a_baseline(self, cerrado: Libro) -> None:
        (hallado,) = cambiados(leer_libro(escrito(cerrado.paquete.ruta, N2=7)))
        assert (hallado.celda, hallado.mensaje) == (
            "N2", "Línea base: dice 7 y no estaba cuando se cerró 2025-II.",
        )  # fmt: skip


class TestSinSuColumna:
    def test_a_closed_period_whose_column_was_deleted_is_an_error(self, libro: Libro) -> None:
        cerrado = aplicada(libro, cerrar(libro, I_2025, ANA))
        xl = openpyxl.load_workbook(cerrado.paquete.ruta)
        xl["Seguimiento"].delete_cols(9)
        xl.save(cerrado.paquete.ruta)
        hallados = cambiados(leer_libro(cerrado.paquete.ruta))
        assert "2025-I está cerrado, y la tabla ya no tiene la columna con sus valores." in [
            h.mensaje for h in hallados
        ]
        assert {h.severidad for h in hallados} == {Severidad.ERROR}

    def test_so_is_one_whose_year_left_the_plan(self, cerrado: Libro) -> None:
        escrito(cerrado.paquete.ruta, H1="Meta 2026", I1="Valor 2026-I", J1="Valor 2026-II", L1="x", M1="y")
        (hallado,) = cambiados(leer_libro(cerrado.paquete.ruta), Periodo(2026, 1))
        assert hallado.codigo == "2025-II"
        assert "2025-II --motivo" in hallado.sugerencia

    def test_reopening_it_adds_the_column_again(self, libro: Libro) -> None:
        cerrado = aplicada(libro, cerrar(libro, I_2025, ANA))
        xl = openpyxl.load_workbook(cerrado.paquete.ruta)
        xl["Seguimiento"].delete_cols(9)
        xl.save(cerrado.paquete.ruta)
        sin_columna = leer_libro(cerrado.paquete.ruta)
        reabierto = aplicada(sin_columna, abrir(sin_columna, I_2025, ANA, "Se borró la columna"))
        assert I_2025 in reabierto.tabla.valores
        assert reabierto.plan.cierres == {}
        assert cambiados(reabierto) == []
        assert [a.origen for a in reabierto.bitacora.asientos][1:] == ["abrir-semestre (reapertura)"] * 2
        registrado = aplicada(reabierto, registrar(reabierto, I_2025, [leer_pedido("AEI.01.01=4")], ANA))
        assert registrado.contenido(registrado.tabla.hoja.celda(2, 14)) == 4


def test_a_plan_without_any_value_is_validated_at_its_first_period(tmp_path: Path) -> None:
    filas = [TITULOS, fila("AEI.01.01", 4), fila("AEI.01.02", None)]
    ruta = escribir_libro(tmp_path / "plan.xlsx", {"Seguimiento": filas})
    validado = zedxl("validar", ruta)
    assert validado.returncode == 0
    assert "AEI.01.02" in validado.stdout
