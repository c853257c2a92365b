"""An edited book in its place: what is kept, and what is said of its formulas."""

from __future__ import annotations

import re
import stat
import sys
from datetime import datetime
from pathlib import Path

import pytest

from tests.entregas import (
    archivos,
    cambio,
    escribir,
    libro_pequeno,
    respaldos,
    valores,
)
from tests.hojas_xml import libro_de_formulas
from tests.libros import cambiar_parte, escribir_libro
from zedxl.edicion.cambio import Edicion, HojaNueva
from zedxl.edicion.entrega import Recalculado, entregar
from zedxl.libro import entrega as entrega_del_libro
from zedxl.libro.paquete import Paquete
from zedxl.recalculo.entrega import entregar as recalcular


@pytest.fixture
def libro(tmp_path: Path) -> Path:
    return libro_pequeno(tmp_path / "Plan.xlsx")


def test_the_book_has_the_new_value_and_its_formulas_follow(libro: Path) -> None:
    entrega = escribir(libro, "A2", 3)
    assert entrega.libro == libro.resolve()
    assert valores(libro) == {"A1": 4.0, "A2": 3.0, "A3": "Ñandú", "A4": True, "B1": 75.0, "B2": 7.0}
    assert entrega.recalculo == Recalculado(calculadas=2)
    assert str(entrega.recalculo) == "Se recalcularon sus 2 fórmulas."
    assert not entrega.recalculo.al_abrir


def test_the_dated_copy_holds_the_very_bytes_of_before(libro: Path) -> None:
    antes, desde = libro.read_bytes(), datetime.now().replace(microsecond=0)
    respaldo = escribir(libro, "A2", 3).respaldo
    assert respaldo is not None
    assert respaldo.read_bytes() == antes
    assert respaldo.parent == libro.parent / "Respaldos"
    fecha = re.fullmatch(r"Plan (\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d)\.xlsx", respaldo.name)
    assert fecha
    assert desde <= datetime.strptime(fecha[1], "%Y-%m-%d %H.%M.%S") <= datetime.now()


def test_copies_of_one_second_have_names_of_their_own(libro: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Reloj(datetime):
        @classmethod
        def now(cls, tz: object = None) -> Reloj:  # noqa: ARG003  as the real one
            return cls(2026, 11, 25, 15, 53, 20)

    monkeypatch.setattr(entrega_del_libro, "datetime", Reloj)
    contenidos = []
    for valor in (3, 4, 5):
        contenidos.append(libro.read_bytes())
        escribir(libro, "A2", valor)
    assert {respaldo.name: respaldo.read_bytes() for respaldo in respaldos(libro.parent)} == {
        "Plan 2026-11-25 15.53.20.xlsx": contenidos[0],
        "Plan 2026-11-25 15.53.20 (2).xlsx": contenidos[1],
        "Plan 2026-11-25 15.53.20 (3).xlsx": contenidos[2],
    }


def test_at_another_place_there_is_a_new_book_and_the_old_one_stays(libro: Path) -> None:
    antes, nuevo = libro.read_bytes(), libro.with_name("Otro.xlsx")
    entrega = entregar(Paquete(libro), cambio("A2", 2, 3), nuevo)
    assert (entrega.libro, entrega.respaldo) == (nuevo.resolve(), None)
    assert libro.read_bytes() == antes
    assert valores(nuevo)["B1"] == 75
    assert sorted(ruta.name for ruta in libro.parent.iterdir()) == ["Otro.xlsx", "Plan.xlsx"]


def test_what_the_book_says_already_is_not_written_again(libro: Path) -> None:
    escribir(libro, "A2", 3)
    antes = archivos(libro.parent), libro.stat().st_mtime_ns
    entrega = entregar(Paquete(libro), Edicion())
    assert (entrega.libro, entrega.respaldo) == (libro.resolve(), None)
    assert (archivos(libro.parent), libro.stat().st_mtime_ns) == antes


def test_a_new_sheet_is_there_with_its_rows(libro: Path) -> None:
    hoja = HojaNueva("Conflictos", (("Celda", "Valor"), ("A1", 3.5), (None, True)))
    assert entregar(Paquete(libro), Edicion(hojas=(hoja,))).respaldo
    assert list(Paquete(libro).hojas()) == ["Hoja 1", "Datos", "Conflictos"]


def test_who_could_read_the_book_still_can_and_nobody_else(libro: Path) -> None:
    for permisos in (0o600, 0o660):
        libro.chmod(permisos)
        respaldo = escribir(libro, "A2", permisos).respaldo
        assert respaldo is not None
        assert [stat.S_IMODE(ruta.stat().st_mode) for ruta in (libro, respaldo)] == [permisos, permisos]


def test_a_link_to_the_book_stays_a_link(libro: Path) -> None:
    enlace = libro.parent / "accesos" / "Enlace.xlsx"
    enlace.parent.mkdir()
    enlace.symlink_to(libro)
    respaldo = escribir(enlace, "A2", 3).respaldo
    assert respaldo is not None
    assert respaldo.parent == libro.parent / "Respaldos"
    assert enlace.is_symlink()
    assert valores(libro)["A2"] == 3


def pide_calcular_al_abrir(libro: Path) -> bool:
    return b'fullCalcOnLoad="1"' in Paquete(libro).parte("xl/workbook.xml")


def sin_marca(ruta: Path) -> Path:
    marcado = ruta.with_name(f"marcado-{ruta.name}")
    ruta.rename(marcado)
    cambiar_parte(marcado, ruta, "xl/workbook.xml", lambda xml: xml.replace(b' fullCalcOnLoad="1"', b""))
    marcado.unlink()
    return ruta


def test_formulas_that_keep_their_value_are_left_to_excel(tmp_path: Path) -> None:
    libro = sin_marca(libro_de_formulas(tmp_path / "Plan.xlsx", {"A1": 1, "B1": "=NOEXISTE(A1)", "C1": "=A1+1"}))
    entrega = escribir(libro, "A1", 2)
    assert [conservada.celda for conservada in entrega.recalculo.conservadas] == ["B1"]
    assert entrega.recalculo.al_abrir
    assert str(entrega.recalculo) == (
        "1 de sus 2 fórmulas conserva el valor que tenía; Excel las calculará al abrir el libro."
    )
    assert pide_calcular_al_abrir(libro)
    assert valores(libro)["C1"] == 3


def test_a_book_whose_formulas_are_all_calculated_asks_for_nothing(tmp_path: Path) -> None:
    libro = sin_marca(libro_pequeno(tmp_path / "Plan.xlsx"))
    escribir(libro, "A2", 3)
    assert not pide_calcular_al_abrir(libro)


def test_without_the_engine_the_book_asks_excel_to_calculate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    libro = sin_marca(libro_pequeno(tmp_path / "Plan.xlsx"))
    monkeypatch.setitem(sys.modules, "zedxl.recalculo.calculo", None)
    entrega = escribir(libro, "A2", 3)
    assert entrega.recalculo == Recalculado(impedimento="El motor de cálculo no está instalado.")
    assert str(entrega.recalculo) == (
        "Sus fórmulas conservan el valor que tenían; Excel las calculará al abrir el libro. El motor de cálculo no "
        "está instalado."
    )
    assert pide_calcular_al_abrir(libro)
    assert valores(libro)["A2"] == 3


def test_without_the_engine_and_without_formulas_there_is_nothing_to_ask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    libro = sin_marca(libro_de_formulas(tmp_path / "Plan.xlsx", {"A1": 1}))
    monkeypatch.setitem(sys.modules, "zedxl.recalculo.calculo", None)
    entrega = escribir(libro, "A1", 3)
    assert entrega.recalculo == Recalculado()
    assert (str(entrega.recalculo), pide_calcular_al_abrir(libro)) == ("", False)


def test_a_book_that_cannot_be_recalculated_says_why(tmp_path: Path) -> None:
    original = libro_pequeno(tmp_path / "original.xlsx")
    libro = cambiar_parte(
        original,
        tmp_path / "Plan.xlsx",
        "xl/workbook.xml",
        lambda xml: re.sub(rb"<calcPr[^>]*/>", b'<calcPr fullPrecision="0"/>', xml),
    )
    entrega = escribir(libro, "A2", 3)
    assert "precisión que se ve en pantalla" in entrega.recalculo.impedimento
    assert pide_calcular_al_abrir(libro)


def test_recalcular_keeps_a_copy_of_before_too(tmp_path: Path) -> None:
    libro = libro_pequeno(tmp_path / "Plan.xlsx")
    antes = libro.read_bytes()
    recalcular(libro)
    assert [respaldo.read_bytes() for respaldo in respaldos(tmp_path)] == [antes]
    recalcular(escribir_libro(tmp_path / "Otro.xlsx", {"Hoja": [[1]]}))
    assert len(respaldos(tmp_path)) == 1
