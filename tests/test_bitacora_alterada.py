"""A log that somebody damaged: it is never clean again, nor written over, nor left for a second one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.ediciones import AHORA, ANA, I_2025, II_2025, aplicada, escrito, plan_chico
from tests.libros import escribir_libro
from tests.test_cli import falla, zedxl
from zedxl.edicion.cambio import Cambio, Edicion, EdicionImposible
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.instantanea import REGLA as CERRADO_CAMBIADO
from zedxl.libro.bitacora import REGLA, asentada
from zedxl.libro.desacuerdo import CierresDudosos
from zedxl.libro.hojas import TITULOS_CIERRES
from zedxl.libro.lectura import Libro, leer_libro
from zedxl.semestre.apertura import abrir
from zedxl.semestre.cierre import cerrar
from zedxl.semestre.pedido import leer_pedido
from zedxl.semestre.registro import registrar
from zedxl.validacion import validar


def registrado(libro: Libro, *pedidos: str) -> Libro:
    return aplicada(libro, registrar(libro, II_2025, [leer_pedido(p) for p in pedidos], ANA))


@pytest.fixture
def libro(tmp_path: Path) -> Libro:
    """A book with three entries, in rows 5 to 7."""
    return registrado(leer_libro(plan_chico(tmp_path / "plan.xlsx")), "AEI.01.01=3", "AEI.01.02=4", "AEI.02.01=5")


@pytest.fixture
def cerrado(tmp_path: Path) -> Libro:
    libro = leer_libro(plan_chico(tmp_path / "plan.xlsx"))
    return aplicada(libro, cerrar(libro, I_2025, ANA))


def editado(libro: Libro, cambio: Callable[[Any], None]) -> Libro:
    """The book after somebody did something to it in a spreadsheet program."""
    xl = openpyxl.load_workbook(libro.paquete.ruta)
    cambio(xl)
    xl.save(libro.paquete.ruta)
    return leer_libro(libro.paquete.ruta)


def con_bitacora(libro: Libro, cambio: Callable[[Any], None]) -> Libro:
    return editado(libro, lambda xl: cambio(xl["Bitácora"]))


def hallados(libro: Libro, regla: str = REGLA) -> list[Hallazgo]:
    return [h for h in validar(libro, I_2025) if h.regla == regla]


class TestLoQueSeRompio:
    def test_cutting_off_the_end_is_told_for_ever(self, libro: Libro) -> None:
        cortada = con_bitacora(libro, lambda hoja: hoja.delete_rows(6, 2))
        assert [h.severidad for h in hallados(cortada)] == [Severidad.ERROR]
        siguiente = registrado(registrado(cortada, "AEI.01.02=8"), "AEI.01.02=9")
        assert [(a.numero, a.origen) for a in siguiente.bitacora.asientos] == [
            (1, "registrar"), (2, "aviso"), (3, "registrar"), (4, "registrar"),
        ]  # fmt: skip
        (hallado,) = hallados(siguiente)
        assert hallado.severidad is Severidad.ADVERTENCIA
        assert "La última entrada es la 1, y el sello es de la 3." in hallado.mensaje

    def test_cutting_off_the_warning_too_is_told_again(self, libro: Libro) -> None:
        cortada = con_bitacora(libro, lambda hoja: hoja.delete_rows(6, 2))
        sin_aviso = con_bitacora(registrado(cortada, "AEI.01.02=8"), lambda hoja: hoja.delete_rows(6, 2))
        assert [a.origen for a in registrado(sin_aviso, "AEI.01.02=9").bitacora.asientos] == [
            "registrar", "aviso", "registrar",
        ]  # fmt: skip

    def test_deleting_every_entry_is_told(self, libro: Libro) -> None:
        vacia = con_bitacora(libro, lambda hoja: hoja.delete_rows(5, 3))
        assert [a.origen for a in registrado(vacia, "AEI.01.02=8").bitacora.asientos] == ["aviso", "registrar"]

    def test_one_entry_tells_all_and_tells_it_once(self, libro: Libro) -> None:
        def tocar(hoja: Any) -> None:
            hoja["H5"], hoja["H7"] = 99, 99

        tocada = con_bitacora(libro, tocar)
        siguiente = registrado(registrado(tocada, "AEI.01.02=8"), "AEI.01.02=9")
        (aviso,) = (a for a in siguiente.bitacora.asientos if a.origen == "aviso")
        assert aviso.apunte.motivo == "La entrada 1 no es como se escribió. La entrada 3 no es como se escribió."
        assert [h.celda for h in hallados(siguiente)] == ["A5", "A7", "A8"]

    def test_what_happens_behind_a_gap_is_found_too(self, libro: Libro) -> None:
        con_hueco = registrado(con_bitacora(libro, lambda hoja: hoja.delete_rows(5)), "AEI.01.02=8")
        tocada = con_bitacora(con_hueco, lambda hoja: hoja.__setitem__("C8", "Otro"))
        assert [h.celda for h in hallados(tocada) if h.severidad is Severidad.ERROR] == ["A5", "A8"]

    def test_so_is_a_seal_that_went_with_the_rows_above_the_titles(self, libro: Libro) -> None:
        def cortar(hoja: Any) -> None:
            hoja.delete_rows(7)
            hoja.delete_rows(1, 3)

        (hallado,) = hallados(con_bitacora(libro, cortar))
        assert "el sello no está" in hallado.mensaje

    def test_nothing_is_warned_about_while_nothing_is_logged(self, libro: Libro) -> None:
        cortada = con_bitacora(libro, lambda hoja: hoja.delete_rows(7))
        assert not registrar(cortada, II_2025, [leer_pedido("AEI.01.01=3")], ANA)


class TestSusTitulos:
    @pytest.mark.parametrize(
        ("cambio", "dice"),
        [
            (lambda hoja: hoja.__setitem__("K4", "Hash"), "En la fila 4 de la hoja «Bitácora» falta «Huella»"),
            (lambda hoja: hoja.__setitem__("E4", None), "falta «Código»"),
            (lambda hoja: hoja.delete_cols(10), "falta «Motivo»"),
            (lambda hoja: hoja.delete_rows(4), "La hoja «Bitácora» ya no tiene sus títulos"),
            (lambda hoja: hoja.insert_rows(1, 40), "están en la fila 44"),
            (lambda hoja: setattr(hoja, "title", "Registro"), "La hoja «Registro» es la que zedxl llamó «Bitácora»"),
        ],
    )
    def test_a_log_that_cannot_be_read_is_reported_and_nothing_is_written(
        self, libro: Libro, cambio: Callable[[Any], None], dice: str
    ) -> None:
        alterada = con_bitacora(libro, cambio)
        (hallado,) = hallados(alterada)
        assert (hallado.severidad, dice in hallado.mensaje) == (Severidad.ERROR, True)
        with pytest.raises(CierresDudosos) as dudoso:
            cerrar(alterada, I_2025, ANA, "sea como sea")
        celda = alterada.tabla.hoja.celda(3, 2)
        with pytest.raises(EdicionImposible) as imposible:
            asentada(alterada.bitacora, Edicion(cambios=(Cambio(celda, "a", "b"),)), "fusionar", AHORA)
        assert [dice in str(error.value) for error in (dudoso, imposible)] == [True, True]

    def test_restoring_them_is_enough(self, libro: Libro) -> None:
        con_bitacora(libro, lambda hoja: hoja.__setitem__("K4", "Hash"))
        restaurada = con_bitacora(libro, lambda hoja: hoja.__setitem__("K4", "Huella"))
        assert hallados(registrado(restaurada, "AEI.01.01=7")) == []

    def test_a_decoy_whose_name_lacks_the_accent_does_not_hide_it(self, libro: Libro) -> None:
        con_otra = editado(libro, lambda xl: xl.create_sheet("Bitacora", 0))
        assert len(con_otra.bitacora.asientos) == 3


class TestLaHojaCierres:
    @pytest.mark.parametrize(
        "cambio",
        [
            lambda xl: xl.remove(xl["Cierres"]),
            lambda xl: setattr(xl["Cierres"], "title", "Cierres viejos"),
            lambda xl: xl["Cierres"].__setitem__("F4", "Monto"),
            lambda xl: xl["Cierres"].delete_rows(5, 3),
        ],
    )
    def test_what_the_log_says_is_closed_stays_so(self, cerrado: Libro, cambio: Callable[[Any], None]) -> None:
        sin_cierre = editado(cerrado, cambio)
        escrito(sin_cierre.paquete.ruta, I3=4)
        sin_cierre = leer_libro(sin_cierre.paquete.ruta)
        (hallado,) = [h for h in sin_cierre.plan.hallazgos if h.regla == CERRADO_CAMBIADO]
        assert hallado.mensaje.startswith("Según la Bitácora 2025-I está cerrado")
        que_hacer = "Recupere la hoja Cierres de un respaldo"
        with pytest.raises(CierresDudosos, match=que_hacer):
            registrar(sin_cierre, II_2025, [leer_pedido("AEI.01.01=7")], ANA)
        with pytest.raises(CierresDudosos, match=que_hacer):
            cerrar(sin_cierre, I_2025, ANA, "sea como sea")
        with pytest.raises(CierresDudosos, match=que_hacer):
            abrir(sin_cierre, I_2025, ANA, "sea como sea")

    def test_every_command_says_so(self, cerrado: Libro) -> None:
        ruta = editado(cerrado, lambda xl: xl.remove(xl["Cierres"])).paquete.ruta
        escrito(ruta, I3=4)
        for orden in ("resumen", "informe", "validar"):
            dicho = zedxl(orden, ruta)
            assert dicho.returncode == 1
            assert "Según la Bitácora 2025-I está cerrado" in dicho.stdout + dicho.stderr
        assert not list(ruta.parent.glob("*.docx"))
        assert "No se cambió nada" in falla(zedxl("registrar", ruta, "--periodo", "2025-II", "AEI.01.01=7"))

    def test_a_log_that_was_thrown_away_is_missed_while_something_is_closed(self, cerrado: Libro) -> None:
        sin_bitacora = editado(cerrado, lambda xl: xl.remove(xl["Bitácora"]))
        assert "la Bitácora no dice quién lo cerró" in sin_bitacora.plan.hallazgos[0].mensaje
        with pytest.raises(CierresDudosos, match="Recupere la hoja Bitácora"):
            registrar(sin_bitacora, II_2025, [leer_pedido("AEI.01.01=7")], ANA)

    def test_a_sheet_of_that_name_with_other_titles_is_left_to_its_owner(self, tmp_path: Path) -> None:
        propia = [["Cierres de caja"], ["Fecha", "Monto"], ["ayer", 12]]
        libro = leer_libro(plan_chico(tmp_path / "plan.xlsx", Cierres=propia))
        cerrado = aplicada(libro, cerrar(libro, I_2025, ANA))
        assert [h.nombre for h in cerrado.hojas] == ["Seguimiento", "Cierres", "Cierres de zedxl", "Bitácora"]
        assert cerrado.hojas[1].filas[2][:2] == ["ayer", 12]
        assert tuple(cerrado.hojas[2].filas[3]) == TITULOS_CIERRES
        assert set(cerrado.plan.cierres) == {I_2025}
        assert cerrado.bitacora.asientos[0].apunte.celda == "Cierres de zedxl!A5"
        reabierto = aplicada(cerrado, abrir(cerrado, I_2025, ANA, "Acta corregida"))
        assert reabierto.cierres.ultimo_suceso == 2
        assert [h for h in validar(reabierto, I_2025) if h.regla in (REGLA, CERRADO_CAMBIADO)] == []


def test_a_book_that_never_had_a_log_is_in_agreement(tmp_path: Path) -> None:
    assert leer_libro(escribir_libro(tmp_path / "x.xlsx", {"S": [["Código", "Meta 2025"], ["AEI.01.01", 1]]})).plan
