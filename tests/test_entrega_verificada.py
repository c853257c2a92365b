"""What was written is compared with what was asked for, cell by cell, before it becomes the book."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.entregas import cambio, libro_pequeno, restos, valores
from tests.libros import escribir_libro
from zedxl.edicion import entrega
from zedxl.edicion.cambio import Cambio, Contenido, Edicion, HojaNueva
from zedxl.edicion.entrega import entregar
from zedxl.edicion.verificacion import verificar
from zedxl.libro.entrega import LibroNoEscrito
from zedxl.libro.paquete import Paquete
from zedxl.plan import Celda
from zedxl.recalculo.calculo import recalcular

EDICION = Edicion(
    cambios=(Cambio(Celda("Hoja 1", 2, 1), 2, 3),),
    anotaciones=(Cambio(Celda("Datos", 5, 2), None, datetime(2026, 1, 15, 10, 20, 30)),),
    hojas=(HojaNueva("Conflictos", (("Celda",), ("A2",))),),
)


@pytest.fixture
def libro(tmp_path: Path) -> Path:
    return libro_pequeno(tmp_path / "Plan.xlsx")


def bien_editado(libro: Any) -> None:
    """What an applier must do for `EDICION`."""
    libro["Hoja 1"]["A2"] = 3
    libro["Datos"]["B5"] = datetime(2026, 1, 15, 10, 20, 30)
    for fila in EDICION.hojas[0].filas:
        (libro["Conflictos"] if "Conflictos" in libro.sheetnames else libro.create_sheet("Conflictos")).append(fila)


def con(aparte: Callable[[Any], object]) -> Callable[[Paquete, Edicion], bytes]:
    """An applier that does `EDICION` well and something else besides."""

    def aplicar(paquete: Paquete, _: Edicion) -> bytes:
        libro = openpyxl.load_workbook(io.BytesIO(paquete.contenido))
        bien_editado(libro)
        aparte(libro)
        escrito = io.BytesIO()
        libro.save(escrito)
        return recalcular(Paquete(paquete.ruta, escrito.getvalue())).contenido

    return aplicar


def poner(hoja: str, celda: str, valor: object) -> Callable[[Any], None]:
    def cambiar(libro: Any) -> None:
        libro[hoja][celda] = valor

    return cambiar


def test_an_applier_that_does_what_it_was_asked_for_is_believed(libro: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entrega, "aplicar", con(lambda _: None))
    assert entregar(Paquete(libro), EDICION).respaldo is not None
    assert (valores(libro)["A2"], valores(libro)["B1"]) == (3, 75)


@pytest.mark.parametrize(
    ("aparte", "dice"),
    [
        (poner("Hoja 1", "A1", 5), "en Hoja 1!A1 dice 5 y debe decir 4"),
        (poner("Hoja 1", "A1", "4"), "en Hoja 1!A1 dice «4» y debe decir 4"),
        (poner("Hoja 1", "A4", 1), "en Hoja 1!A4 dice 1 y debe decir VERDADERO"),
        (poner("Hoja 1", "A3", None), "en Hoja 1!A3 dice vacío y debe decir «Ñandú»"),
        (poner("Hoja 1", "A3", "nandu"), "en Hoja 1!A3 dice «nandu» y debe decir «Ñandú»"),
        (poner("Hoja 1", "A2", 2), "en Hoja 1!A2 dice 2 y debe decir 3"),
        (poner("Hoja 1", "A2", None), "en Hoja 1!A2 dice vacío y debe decir 3"),
        (poner("Hoja 1", "A2", "=1+2"), "en Hoja 1!A2 hay una fórmula que no debe haber"),
        (poner("Hoja 1", "B2", 7), "en Hoja 1!B2 falta la fórmula que había"),
        (poner("Hoja 1", "Z99", 1), "en Hoja 1!Z99 dice 1 y debe decir vacío"),
        (poner("Datos", "A1", "=1+1"), "en Datos!A1 hay una fórmula que no debe haber"),
        (poner("Datos", "B5", datetime(2026, 1, 15)), "en Datos!B5 dice 15/01/2026 00:00 y debe decir 15/01/2026 10:20"),
        (poner("Conflictos", "A2", "A3"), "en Conflictos!A2 dice «A3» y debe decir «A2»"),
        (poner("Conflictos", "C1", 1), "en Conflictos!C1 dice 1 y debe decir vacío"),
        (lambda libro: libro.remove(libro["Datos"]), "no tiene las hojas que debe (Hoja 1, Datos, Conflictos)"),
        (lambda libro: libro.create_sheet("Otra"), "no tiene las hojas que debe"),
        (lambda libro: libro.move_sheet("Datos", -1), "no tiene las hojas que debe"),
        (lambda libro: libro["Hoja 1"].insert_rows(1), "Hoja 1!A"),
    ],
)  # fmt: skip
def test_an_applier_that_does_anything_else_is_found_out_and_the_book_stays(
    aparte: Callable[[Any], object], dice: str, libro: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entrega, "aplicar", con(aparte))
    antes = libro.read_bytes()
    with pytest.raises(LibroNoEscrito) as dicho:
        entregar(Paquete(libro), EDICION)
    assert dice in str(dicho.value)
    assert str(dicho.value).startswith("Plan.xlsx no se cambió: al comprobar lo que se iba a guardar, ")
    assert str(dicho.value).endswith(" Haga el cambio en Excel, y avise a quien mantiene zedxl para que lo corrija.")
    assert libro.read_bytes() == antes
    assert restos(libro.parent) == []


@pytest.mark.parametrize(
    "estropear",
    [
        lambda _: b"PK\x03\x04" + bytes(100),
        lambda paquete: paquete[: len(paquete) // 2],
        lambda _: b"",
        lambda paquete: paquete.replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheet9.xml"),
    ],
)
def test_an_applier_that_damages_the_package_is_found_out(
    estropear: Callable[[bytes], bytes], libro: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entrega, "aplicar", lambda paquete, _: estropear(paquete.contenido))
    antes = libro.read_bytes()
    with pytest.raises(LibroNoEscrito, match=r"^Plan\.xlsx no se cambió: al comprobar lo que se iba a guardar, "):
        entregar(Paquete(libro), cambio("A2", 2, 3))
    assert libro.read_bytes() == antes


def test_a_disk_that_writes_something_else_is_found_out(libro: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def estropeado(paquete: Paquete, edicion: Edicion, escrito: Path) -> None:
        escrito.write_bytes(escrito.read_bytes()[:-200])
        verificar(paquete, edicion, escrito)

    monkeypatch.setattr(entrega, "verificar", estropeado)
    antes = libro.read_bytes()
    with pytest.raises(LibroNoEscrito, match="no se puede leer"):
        entregar(Paquete(libro), cambio("A2", 2, 3))
    assert libro.read_bytes() == antes


def test_a_percentage_is_compared_in_percentage_points(tmp_path: Path) -> None:
    libro = escribir_libro(tmp_path / "Plan.xlsx", {"Hoja": [[0.25, 1]]}, {"Hoja!A1": "0%"})
    escrito = escribir_libro(tmp_path / "Otro.xlsx", {"Hoja": [[0.4, 1]]}, {"Hoja!A1": "0%"})
    verificar(Paquete(libro), cambio("A1", 25, 40, "Hoja"), escrito)
    with pytest.raises(LibroNoEscrito, match=r"en Hoja!A1 dice 40 y debe decir 0\.4"):
        verificar(Paquete(libro), cambio("A1", 25, 0.4, "Hoja"), escrito)


def test_what_a_cell_cannot_tell_apart_is_the_same(tmp_path: Path) -> None:
    libro = escribir_libro(tmp_path / "Plan.xlsx", {"Hoja": [["x", 1, "y"]]})
    escrito = escribir_libro(tmp_path / "Otro.xlsx", {"Hoja": [["uno\ndos", 0.1 + 0.2, None]]})
    cambios: tuple[Contenido, ...] = ("uno\r\ndos", 0.3, "")
    edicion = Edicion(cambios=tuple(Cambio(Celda("Hoja", 1, n), None, c) for n, c in enumerate(cambios, 1)))
    verificar(Paquete(libro), edicion, escrito)


def test_an_edit_of_a_sheet_that_the_book_does_not_have(libro: Path, tmp_path: Path) -> None:
    escrito = tmp_path / "escrito.xlsx"
    escrito.write_bytes(libro.read_bytes())
    with pytest.raises(LibroNoEscrito, match="no tiene la hoja Nadie"):
        verificar(Paquete(libro), cambio("A1", None, 1, "Nadie"), escrito)
