"""What was written is compared with what was asked for, cell by cell, before it becomes the book."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import example, given
from hypothesis import strategies as st

from tests.entregas import cambio, libro_pequeno, restos, valores
from tests.hojas_xml import HOJA as XML
from tests.hojas_xml import libro_de_formulas
from tests.libros import cambiar_parte, escribir_libro
from zedxl.edicion import entrega
from zedxl.edicion.cambio import Cambio, Contenido, Edicion, HojaNueva
from zedxl.edicion.entrega import entregar
from zedxl.edicion.filas_comunes import sin_filas_comunes
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


FILAS, COLUMNAS = 6, 3
lugares = st.tuples(st.integers(1, FILAS), st.integers(1, COLUMNAS))
hojas_al_azar = st.dictionaries(lugares, st.sampled_from((1.0, 2.0, "uno", "dos", True)), max_size=12)


def escribir_hoja(ruta: Path, celdas: Mapping[tuple[int, int], object]) -> Path:
    """The same sheet always with the same bytes; rows without cells are not there."""
    return libro_de_formulas(ruta, {f"{'ABC'[columna - 1]}{fila}": valor for (fila, columna), valor in celdas.items()})


@given(hojas_al_azar, hojas_al_azar, st.sets(lugares), st.booleans())
@example({}, {}, {(1, 1)}, True)
@example({(1, 1): 1.0}, {(1, 1): 1.0}, {(1, 1)}, True)  # the edit says what the cell said before
@example({(1, 1): True}, {(1, 1): 1.0}, set(), False)  # equal to Python, not to a spreadsheet
@example({(1, 1): 1.0, (5, 1): 2.0}, {(1, 1): 1.0, (3, 1): 2.0, (5, 1): 2.0}, {(3, 1)}, True)
def test_what_is_believed_is_what_was_asked_for_and_nothing_else(
    antes: dict[tuple[int, int], Any], ahora: dict[tuple[int, int], Any], editadas: set[tuple[int, int]], cerca: bool
) -> None:
    if cerca:  # the book of after as a good applier leaves it, so that also what is right is tried often
        ahora = {lugar: v for lugar, v in antes.items() if lugar not in editadas} | {
            lugar: v for lugar, v in ahora.items() if lugar in editadas
        }
    pedidas = {lugar: ahora.get(lugar) for lugar in editadas}
    edicion = Edicion(cambios=tuple(Cambio(Celda("Hoja 1", *lugar), None, v) for lugar, v in pedidas.items()))
    ajenas = {lugar for lugar in antes.keys() | ahora.keys() if lugar not in editadas}
    bien = all(
        (antes.get(lugar), type(antes.get(lugar))) == (ahora.get(lugar), type(ahora.get(lugar))) for lugar in ajenas
    )
    with tempfile.TemporaryDirectory() as carpeta:
        libro = Paquete(escribir_hoja(Path(carpeta) / "Plan.xlsx", antes))
        escrito = escribir_hoja(Path(carpeta) / "escrito.xlsx", ahora)
        if bien:
            verificar(libro, edicion, escrito)
        else:
            with pytest.raises(LibroNoEscrito, match="Hoja 1!"):
                verificar(libro, edicion, escrito)


def test_rows_alike_are_left_out_of_the_comparison_unless_they_may_mean_something_else(tmp_path: Path) -> None:
    celdas: dict[tuple[int, int], Any] = {(fila, 1): float(fila) for fila in range(1, 1001)}
    antes = Paquete(escribir_hoja(tmp_path / "Plan.xlsx", celdas))
    ahora = Paquete(escribir_hoja(tmp_path / "Otro.xlsx", {**celdas, (500, 1): 0.0}))
    filas = [sin_filas_comunes(antes, ahora, pedidas) for pedidas in ({"Hoja 1": {500}}, {"Hoja 1": {400, 500}})]
    assert [[una.parte(XML).count(b"<row") for una in dos] for dos in filas] == [[1, 1], [1000, 1000]]
    for parte, de, a in (
        ("xl/styles.xml", b'numFmtId="0"', b'numFmtId="9"'),
        ("xl/workbook.xml", b"<workbookPr", b'<workbookPr date1904="1"'),
        (XML, b'<row r="7">', b"<row>"),
        (XML, b'<row r="7">', b'<row r="8">'),
        (XML, b"<sheetData>", b'<sheetData><!-- <row r="0"> -->'),
    ):
        otro = Paquete(cambiar_parte(ahora.ruta, tmp_path / "raro.xlsx", parte, lambda xml: xml.replace(de, a)))  # noqa: B023
        assert [libro.parte(XML) for libro in sin_filas_comunes(antes, otro, {})] == [antes.parte(XML), otro.parte(XML)]


def test_shared_texts_may_grow_but_not_move(tmp_path: Path) -> None:
    def con(*textos: str) -> Paquete:
        ruta = tmp_path / f"{'-'.join(textos)}.xlsx"
        with xlsxwriter.Workbook(ruta) as libro:
            libro.add_worksheet("Hoja").write_column(0, 0, textos)
        return Paquete(ruta)

    def filas(libros: tuple[Paquete, Paquete]) -> list[int]:
        return [libro.parte(XML).count(b"<row") for libro in libros]

    assert filas(sin_filas_comunes(con("uno", "dos"), con("uno", "dos", "tres"), {})) == [1, 2]
    assert filas(sin_filas_comunes(con("uno", "dos"), con("dos", "uno"), {})) == [2, 2]
    verificar(con("uno", "dos"), cambio("A3", None, "tres", "Hoja"), con("uno", "dos", "tres").ruta)
    with pytest.raises(LibroNoEscrito, match="en Hoja!A1 dice «dos» y debe decir «uno»"):
        verificar(con("uno", "dos"), cambio("B1", None, None, "Hoja"), con("dos", "uno").ruta)


def test_a_sheet_whose_end_is_missing_does_not_open_although_its_cells_can_be_read(tmp_path: Path) -> None:
    libro = escribir_hoja(tmp_path / "Plan.xlsx", {(1, 1): 1.0})
    sin_final = cambiar_parte(
        libro, tmp_path / "roto.xlsx", XML, lambda xml: xml.replace(b"<v>1.0", b"<v>2").replace(b"</worksheet>", b"")
    )
    with pytest.raises(LibroNoEscrito, match="no se puede leer"):
        verificar(Paquete(libro), cambio("A1", 1, 2), sin_final)


def test_a_book_without_styles_and_without_texts(tmp_path: Path) -> None:
    libro = escribir_hoja(tmp_path / "con.xlsx", {(1, 1): 1.0, (2, 1): 2.0})
    escrito = escribir_hoja(tmp_path / "con2.xlsx", {(1, 1): 1.0, (2, 1): 3.0})
    desnudos = [
        cambiar_parte(ruta, ruta.with_name(f"sin {ruta.name}"), "xl/_rels/workbook.xml.rels", sin_estilos)
        for ruta in (libro, escrito)
    ]
    verificar(Paquete(desnudos[0]), cambio("A2", 2, 3), desnudos[1])
    with pytest.raises(LibroNoEscrito, match="en Hoja 1!A2 dice 3 y debe decir 2"):
        verificar(Paquete(desnudos[0]), cambio("A1", 1, 1), desnudos[1])


def sin_estilos(relaciones: bytes) -> bytes:
    return re.sub(rb"<Relationship [^>]*/(?:styles|theme)\"[^>]*/>", b"", relaciones)
