"""``zedxl recalcular`` as a person uses it, and on books that it must refuse."""

from __future__ import annotations

import json
import os
import struct
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hojas_xml import HOJA, libro_de_formulas
from tests.libros import LIBRO_ZED_ILO, cambiar_parte, escribir_libro
from zedxl.cli import CON_HALLAZGOS, HECHO, MAL_USO, ejecutar
from zedxl.libro.paquete import Paquete
from zedxl.recalculo import calculo, entrega
from zedxl.recalculo.calculo import Recalculo, recalcular


@pytest.fixture
def libro(tmp_path: Path) -> Path:
    return libro_de_formulas(tmp_path / "Plan.xlsx", {"A1": 4, "A2": 2, "B1": "=AVANCE_AEI(A1,A2)", "B2": "=A1+A2"})


def contenido(carpeta: Path) -> dict[str, bytes]:
    return {ruta.name: ruta.read_bytes() for ruta in carpeta.iterdir() if ruta.is_file()}


def test_a_book_is_recalculated_in_its_place_and_the_second_time_needs_nothing(
    libro: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ejecutar(["recalcular", str(libro)]) == HECHO
    dicho = capsys.readouterr()
    assert dicho.out == (
        f"Plan.xlsx: se calcularon 2 fórmulas de 2; 2 valores cambiaron. Se escribió {libro.resolve()}\n"
    )
    assert dicho.err == ""
    antes = libro.read_bytes(), libro.stat().st_mtime_ns
    assert ejecutar(["recalcular", str(libro)]) == HECHO
    assert capsys.readouterr().out.endswith("0 valores cambiaron. El libro no necesitaba cambios.\n")
    assert (libro.read_bytes(), libro.stat().st_mtime_ns) == antes


def test_with_salida_the_book_itself_stays_as_it_is(libro: Path, capsys: pytest.CaptureFixture[str]) -> None:
    antes, salida = libro.read_bytes(), libro.with_name("Otro.xlsx")
    assert ejecutar(["recalcular", str(libro), "--salida", str(salida)]) == HECHO
    assert libro.read_bytes() == antes
    assert ejecutar(["recalcular", str(libro)]) == HECHO
    assert salida.read_bytes() == libro.read_bytes()
    assert sorted(contenido(libro.parent)) == ["Otro.xlsx", "Plan.xlsx"]
    assert "Se escribió" in capsys.readouterr().out


def test_what_keeps_its_value_is_listed_by_cell_and_the_exit_code_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    libro = libro_de_formulas(tmp_path / "Plan.xlsx", {"A1": "=NOEXISTE(1)", "B1": "=A1", "C1": "=1+1"})
    assert ejecutar(["recalcular", str(libro)]) == CON_HALLAZGOS
    dicho = capsys.readouterr()
    assert "se calcularon 1 fórmula de 3; 1 valor cambió" in dicho.out
    assert dicho.err == (
        "Advertencia: 2 fórmulas conservan el valor que tenían. Para actualizarlas, abra el libro en Excel y "
        "guárdelo.\n"
        "  Hoja 1!A1: zedxl no calcula la función NOEXISTE fuera de Excel.\n"
        "  Hoja 1!B1: depende de Hoja 1!A1.\n"
    )


def test_with_json_everything_that_changed_or_was_kept_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    libro = libro_de_formulas(tmp_path / "Plan.xlsx", {"A1": "=NOEXISTE(1)", "B1": "=1/0", "C1": "=1=1", "D1": '="á"'})
    assert ejecutar(["recalcular", str(libro), "--json"]) == CON_HALLAZGOS
    assert json.loads(capsys.readouterr().out) == {
        "libro": str(libro),
        "escrito": str(libro.resolve()),
        "formulas": 4,
        "cambios": [
            {"hoja": "Hoja 1", "celda": celda, "antes": None, "ahora": ahora}
            for celda, ahora in (("B1", "#DIV/0!"), ("C1", True), ("D1", "á"))
        ],
        "conservadas": [
            {"hoja": "Hoja 1", "celda": "A1", "motivo": "zedxl no calcula la función NOEXISTE fuera de Excel"}
        ],
    }


def test_a_book_without_formulas_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    libro = escribir_libro(tmp_path / "Plan.xlsx", {"Hoja": [[1, 2]]})
    antes = libro.read_bytes()
    assert ejecutar(["recalcular", str(libro)]) == HECHO
    assert capsys.readouterr().out == "Plan.xlsx no tiene fórmulas: no hay nada que recalcular.\n"
    assert libro.read_bytes() == antes


def test_what_has_no_formula_is_not_even_loaded_into_the_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paquete = Paquete(escribir_libro(tmp_path / "Plan.xlsx", {"Hoja": [[1, 2]]}))

    def motor(*_: object, **__: object) -> None:
        raise AssertionError("there is nothing to compute")

    monkeypatch.setattr(calculo, "Motor", motor)
    assert recalcular(paquete) == Recalculo(paquete.contenido, 0, (), ())


def test_many_kept_formulas_do_not_bury_the_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    libro = libro_de_formulas(tmp_path / "Plan.xlsx", {f"A{n}": "=NOEXISTE(1)" for n in range(1, 151)})
    assert ejecutar(["recalcular", str(libro)]) == CON_HALLAZGOS
    lineas = capsys.readouterr().err.splitlines()
    assert len(lineas) == 102
    assert lineas[-1] == "  … y 50 más; véalas todas con --json."


def _con_candado(libro: Path) -> list[str]:
    libro.with_name(f"~${libro.name}").touch()
    return []


def _de_solo_lectura(libro: Path) -> list[str]:
    libro.chmod(0o444)
    return []


def _ya_existe(libro: Path) -> list[str]:
    libro.with_name("Otro.xlsx").write_bytes(b"ajeno")
    return ["--salida", str(libro.with_name("Otro.xlsx"))]


@pytest.mark.parametrize(
    ("preparar", "dice"),
    [
        (_con_candado, "Plan.xlsx está abierto en Excel o LibreOffice"),
        (lambda libro: (libro.with_name(".~lock.Plan.xlsx#").touch(), [])[1], "está abierto en Excel o LibreOffice"),
        (_de_solo_lectura, "es de solo lectura"),
        (_ya_existe, "Ya existe"),
        (lambda libro: ["--salida", str(libro.parent / "nadie" / "Plan.xlsx")], "No existe la carpeta"),
        (lambda libro: ["--salida", str(libro.parent)], "es una carpeta"),
        (lambda libro: ["--salida", str(libro.with_name("Plan.xlsm"))], "debe terminar en .xlsx"),
    ],
)
def test_a_book_that_cannot_be_written_is_refused_before_any_work(
    preparar: Callable[[Path], list[str]], dice: str, libro: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opciones = preparar(libro)
    antes = contenido(libro.parent)
    assert ejecutar(["recalcular", str(libro), *opciones]) == MAL_USO
    dicho = capsys.readouterr()
    assert dice in dicho.err
    assert dicho.out == ""
    assert contenido(libro.parent) == antes


def test_a_book_that_somebody_saves_meanwhile_is_left_to_them(
    libro: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ajeno = escribir_libro(libro.with_name("ajeno.xlsx"), {"Hoja": [[1]]}).read_bytes()

    def mientras_tanto(paquete: object) -> object:
        libro.write_bytes(ajeno)
        return recalcular(paquete)  # type: ignore[arg-type]

    monkeypatch.setattr(entrega, "recalcular", mientras_tanto)
    assert ejecutar(["recalcular", str(libro)]) == MAL_USO
    assert "Plan.xlsx cambió en el disco desde que se leyó" in capsys.readouterr().err
    assert libro.read_bytes() == ajeno


def test_a_full_disk_leaves_the_book_as_it_was(
    libro: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    antes = contenido(libro.parent)

    def sin_espacio(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", sin_espacio)
    assert ejecutar(["recalcular", str(libro)]) == MAL_USO
    assert "no hay espacio en el disco" in capsys.readouterr().err
    assert contenido(libro.parent) == antes


def _ole(_: bytes) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")


def _que_miente(datos: bytes) -> bytes:
    lugar = datos.index(b"PK\x01\x02") + 24
    return datos[:lugar] + struct.pack("<I", 2**31) + datos[lugar + 4 :]


@pytest.mark.parametrize(
    ("cambio", "dice"),
    [
        (_ole, "está protegido con contraseña de apertura"),
        (lambda datos: datos[: len(datos) // 2], "está dañado o incompleto"),
        (_que_miente, "por seguridad no se lee"),
        (lambda _: b"", "está vacío"),
        (lambda _: b"codigo;meta", "no es un libro de Excel"),
    ],
)
def test_a_file_that_is_no_sound_book_is_refused_and_left_alone(
    cambio: Callable[[bytes], bytes], dice: str, libro: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    libro.write_bytes(cambio(libro.read_bytes()))
    antes = contenido(libro.parent)
    assert ejecutar(["recalcular", str(libro)]) == MAL_USO
    assert dice in capsys.readouterr().err
    assert contenido(libro.parent) == antes


@pytest.mark.parametrize(
    "cambio",
    [
        lambda xml: xml.replace(b"<worksheet", b"<!DOCTYPE x [<!ENTITY y 'z'>]><worksheet"),
        lambda xml: xml[: len(xml) // 2],
        lambda _: b"<a>" * 100_000,
        lambda xml: xml.replace(b"<f>A1+A2</f>", b"<f>" + b"(" * 5_000 + b"1" + b")" * 5_000 + b"</f>"),
        lambda xml: xml.replace(b'r="B2"', b'r="XFE9999999"'),
    ],
)  # fmt: skip
def test_a_hostile_sheet_ends_in_a_message_and_not_in_a_crash(
    cambio: Callable[[bytes], bytes], libro: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    malo = cambiar_parte(libro, libro.with_name("Malo.xlsx"), HOJA, cambio)
    antes = malo.read_bytes()
    assert ejecutar(["recalcular", str(malo)]) in (CON_HALLAZGOS, MAL_USO)
    dicho = capsys.readouterr().err
    assert "Malo.xlsx" in dicho or "Hoja 1!B2" in dicho
    assert "imprevisto" not in dicho
    assert zipfile.is_zipfile(malo)
    assert malo.read_bytes() == antes or "Hoja 1!B2" in dicho


def test_books_are_recalculated_side_by_side(tmp_path: Path) -> None:
    libros = [libro_de_formulas(tmp_path / f"{n}.xlsx", {"A1": n, "B1": '=UPPER(A1&"á")'}) for n in range(4)]
    hilos = [threading.Thread(target=entrega.entregar, args=(libro,)) for libro in libros]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert all(entrega.entregar(libro).escrito is None for libro in libros)


def test_the_shipped_book_is_not_even_written_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copia = tmp_path / LIBRO_ZED_ILO.name
    copia.write_bytes(LIBRO_ZED_ILO.read_bytes())
    assert ejecutar(["recalcular", str(copia)]) == HECHO
    assert "0 valores cambiaron. El libro no necesitaba cambios." in capsys.readouterr().out
    assert copia.read_bytes() == LIBRO_ZED_ILO.read_bytes()
