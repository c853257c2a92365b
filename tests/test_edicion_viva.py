"""Edits carried out in a double of the live book; over real COM in tests/windows. Never tried in a real Excel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table

from tests.excel_doble import LibroDoble
from tests.libros import LIBRO_ZED_ILO
from zedxl.edicion.archivo import aplicar as aplicar_en_archivo
from zedxl.edicion.cambio import (
    Cambio,
    Candado,
    ColumnaNueva,
    Contenido,
    Edicion,
    EdicionImposible,
    FilaNueva,
    HojaNueva,
    TablaHasta,
    canonico,
)
from zedxl.excel.edicion_viva import aplicar
from zedxl.libro.direccion import Area, leer_area
from zedxl.libro.hoja import Hoja, contenido, leer_hojas
from zedxl.libro.lectura import leer
from zedxl.libro.paquete import Paquete
from zedxl.plan import Celda


def celda(lugar: str, hoja: str = "Plan") -> Celda:
    area = leer_area(lugar)
    return Celda(hoja, area.fila, area.columna)


def cambio(lugar: str, antes: Contenido, despues: Contenido, **otros: Any) -> Cambio:
    return Cambio(celda(lugar), antes, despues, **otros)


def cambios(*pares: tuple[str, Contenido, Contenido]) -> Edicion:
    return Edicion(cambios=tuple(cambio(*par) for par in pares))


@pytest.fixture
def abrir(tmp_path: Path) -> Callable[..., LibroDoble]:
    """A book with sheet Plan, as a function leaves it, open in the double."""

    def abrir(preparar: Callable[[Any, Any], object] | None = None) -> LibroDoble:
        libro = openpyxl.Workbook()
        hoja = libro.active
        hoja.title = "Plan"
        for fila in (("Código", "Valor", "Nota"), ("AEI.01.01", 3, "uno"), ("AEI.01.02", 0.25, "dos")):
            hoja.append(fila)
        hoja["B3"].number_format = "0%"
        if preparar is not None:
            preparar(libro, hoja)
        libro.save(tmp_path / "Plan.xlsx")
        return LibroDoble(tmp_path / "Plan.xlsx")

    return abrir


Abrir = Callable[..., LibroDoble]


def proteger(clave: str = "") -> Callable[[Any, Any], None]:
    def preparar(_: Any, hoja: Any) -> None:
        hoja.protection.sheet = True
        hoja.protection.sort = hoja.protection.formatColumns = False
        hoja.protection.objects = True
        hoja["B2"].protection = Protection(locked=False)
        if clave:
            hoja.protection.password = clave

    return preparar


def test_a_number_and_an_empty_cell_are_written(abrir: Abrir) -> None:
    libro = abrir()
    aplicar(libro.vivo, cambios(("B2", 3, 4.5), ("C2", "uno", None), ("D9", None, True)))
    assert (libro.valor("Plan", "B2"), libro.valor("Plan", "C2"), libro.valor("Plan", "D9")) == (4.5, None, True)


def test_a_percentage_is_in_percentage_points(abrir: Abrir) -> None:
    libro = abrir()
    aplicar(libro.vivo, cambios(("B3", 25, 7)))
    assert libro.valor("Plan", "B3") == 0.07
    assert libro.hoja("Plan").Range("B3").NumberFormat == "0%"
    aplicar(libro.vivo, cambios(("B3", 7, 12.5)))
    assert libro.valor("Plan", "B3") == 0.125


@pytest.mark.parametrize("base", [1900, 1904])
def test_a_moment_is_a_number_of_excel_shown_as_date_and_time(abrir: Abrir, base: int) -> None:
    libro = abrir(lambda libro, _: setattr(libro, "epoch", datetime(1904, 1, 1)) if base == 1904 else None)
    momento = datetime(2026, 1, 15, 12, 0, 0)
    aplicar(libro.vivo, cambios(("D2", None, momento)))
    assert libro.valor("Plan", "D2") == (46037.5 if base == 1900 else 44575.5)
    assert libro.hoja("Plan").Range("D2").NumberFormat == "dd/mm/yyyy hh:mm:ss"
    aplicar(libro.vivo, cambios(("D2", momento, "ya no")))


@pytest.mark.parametrize(
    "texto",
    [
        "=1+1", "-5", "+5", "1/2", "2025-1", "00012", "12,5", "25%", "1e5", "10:30", "@x", "'x", "''", "-abc", "-", "—",
        "#N/A", "VERDADERO", "true", "ene-25", "mayo 2025", "AEI.01.01", "uno\ndos", "  3", "¿Qué?", "x" * 5000, "=" * 1000,
    ],
    ids=lambda texto: texto[:12],
)  # fmt: skip
@pytest.mark.parametrize("formato", ["General", "@", "0.00", "0%"])
def test_a_text_stays_that_text_whatever_it_looks_like(abrir: Abrir, texto: str, formato: str) -> None:
    libro = abrir(lambda _, hoja: setattr(hoja["C2"], "number_format", formato))
    aplicar(libro.vivo, cambios(("C2", "uno", texto), ("C3", "dos", texto), ("D3", None, texto)))
    hoja = libro.hoja("Plan")
    assert [hoja.Range(lugar).Value2 for lugar in ("C2", "C3", "D3")] == [texto] * 3
    assert [hoja.Range(lugar).NumberFormat for lugar in ("C2", "C3", "D3")] == [formato, "General", "General"]
    assert hoja.Range("C2:D3").HasFormula is False


@pytest.mark.parametrize("valor", [5.0, True])
def test_a_number_in_a_text_cell_is_a_number(abrir: Abrir, valor: Contenido) -> None:
    libro = abrir(lambda _, hoja: setattr(hoja["C2"], "number_format", "@"))
    aplicar(libro.vivo, cambios(("C2", "uno", valor)))
    assert libro.valor("Plan", "C2") == valor
    assert libro.hoja("Plan").Range("C2").NumberFormat == "@"


@pytest.mark.parametrize(
    ("formato", "valor", "despues"),
    [
        ("@", datetime(2026, 1, 15), "dd/mm/yyyy hh:mm:ss"),
        ("0%", datetime(2026, 1, 15), "dd/mm/yyyy hh:mm:ss"),
        ("d-mmm", datetime(2026, 1, 15), "d-mmm"),
        ("d-mmm", 5.0, "General"),
        ("[h]:mm", 5.0, "General"),
    ],
)
def test_a_moment_shows_as_one_and_a_number_does_not(
    abrir: Abrir, formato: str, valor: Contenido, despues: str
) -> None:
    libro = abrir(lambda _, hoja: setattr(hoja["C2"], "number_format", formato))
    aplicar(libro.vivo, cambios(("C2", "uno", valor)))
    assert libro.valor("Plan", "C2") == (46037.0 if isinstance(valor, datetime) else 5.0)
    assert libro.hoja("Plan").Range("C2").NumberFormat == despues


@pytest.mark.parametrize("valor", ["x" * 32_768, 1e308, float("nan"), datetime(1850, 1, 1)])
def test_what_no_cell_can_hold_stops_everything(abrir: Abrir, valor: Contenido) -> None:
    libro = abrir()
    with pytest.raises(EdicionImposible, match="Plan!C2"):
        aplicar(libro.vivo, cambios(("B2", 3, 4), ("C2", "uno", valor)))
    assert libro.escrituras == 0


@pytest.mark.parametrize(
    ("lugar", "antes", "dicho"),
    [
        ("B2", 4, "Plan!B2 no es como cuando se leyó el libro (antes: 4; ahora: 3)"),
        ("B3", 0.25, "ahora: 25)"),
        ("C2", None, "antes: vacío; ahora: «uno»"),
        ("D9", "x", "antes: «x»; ahora: vacío"),
        ("B2", "3", "antes: «3»; ahora: 3"),
        ("B2", datetime(2026, 1, 15), "Plan!B2"),
    ],
)
def test_a_cell_that_has_changed_meanwhile_stops_everything(
    abrir: Abrir, lugar: str, antes: Contenido, dicho: str
) -> None:
    libro = abrir()
    with pytest.raises(EdicionImposible) as rechazo:
        aplicar(libro.vivo, cambios(("C3", "dos", "tres"), (lugar, antes, 9)))
    assert dicho in str(rechazo.value)
    assert "No se cambió nada" in str(rechazo.value)
    assert libro.escrituras == 0


def test_what_counts_as_the_same(abrir: Abrir) -> None:
    def preparar(_: Any, hoja: Any) -> None:
        hoja["D2"], hoja["D3"], hoja["D4"] = 0.1 + 0.2, "uno\r\ndos", datetime(2026, 1, 15, 10, 20, 30)

    libro = abrir(preparar)
    antes: tuple[Contenido, ...] = (0.3, "uno\ndos", datetime(2026, 1, 15, 10, 20, 30), "")
    aplicar(libro.vivo, cambios(*((f"D{n}", valor, "nuevo") for n, valor in enumerate(antes, 2))))
    assert libro.hoja("Plan").Range("D2:D5").Value2 == (("nuevo",),) * 4


def _con_formula(_: Any, hoja: Any) -> None:
    hoja["D2"] = "=B2+1"


def _con_matriz(_: Any, hoja: Any) -> None:
    hoja["D1"] = ArrayFormula("D1:D3", "=B1:B3")


def _con_unidas(_: Any, hoja: Any) -> None:
    hoja.merge_cells("C5:D6")


@pytest.mark.parametrize(
    ("preparar", "lugar", "que"),
    [
        (_con_formula, "D2", "tiene una fórmula"),
        (_con_matriz, "D2", "fórmula"),
        (_con_unidas, "D5", "celdas combinadas"),
    ],
)
def test_formulas_and_the_inside_of_merged_cells_are_not_written_over(
    abrir: Abrir, preparar: Any, lugar: str, que: str
) -> None:
    libro = abrir(preparar)
    with pytest.raises(EdicionImposible, match=que) as rechazo:
        aplicar(libro.vivo, cambios(("B2", 3, 4), ("B3", 25, 30), (lugar, None, 1)))
    assert f"Plan!{lugar}" in str(rechazo.value)
    assert libro.escrituras == 0


def test_the_first_of_merged_cells_is_written(abrir: Abrir) -> None:
    libro = abrir(_con_unidas)
    aplicar(libro.vivo, cambios(("C5", None, "todo"), ("B5", None, 1)))
    assert libro.valor("Plan", "C5") == "todo"


def test_a_cell_changed_twice_must_go_on_from_the_first_change(abrir: Abrir) -> None:
    libro = abrir()
    aplicar(libro.vivo, cambios(("B2", 3, 4), ("B2", 4, 5)))
    assert libro.valor("Plan", "B2") == 5
    with pytest.raises(EdicionImposible, match="antes: 5; ahora: 6"):
        aplicar(libro.vivo, cambios(("B2", 5, 6), ("B2", 5, 7)))


def test_a_sheet_that_is_missing_or_one_too_many_stops_everything(abrir: Abrir) -> None:
    libro = abrir()
    with pytest.raises(EdicionImposible, match="no tiene la hoja «Otra»"):
        aplicar(libro.vivo, Edicion(candados=(Candado("Otra", frozenset(), cerrado=True),)))
    with pytest.raises(EdicionImposible, match="ya tiene una hoja «PLAN»"):
        aplicar(libro.vivo, Edicion(hojas=(HojaNueva("PLAN", ()),)))
    assert libro.escrituras == 0


def test_an_empty_edit_touches_nothing(abrir: Abrir) -> None:
    libro = abrir()
    aplicar(libro.vivo, Edicion())
    assert libro.escrituras == 0


def test_a_protected_sheet_is_written_and_protected_again_in_the_same_way(abrir: Abrir) -> None:
    libro = abrir(proteger())
    antes = libro.estado()["Plan"]["proteccion"]
    aplicar(libro.vivo, cambios(("C2", "uno", "una")))
    assert libro.valor("Plan", "C2") == "una"
    assert libro.estado()["Plan"]["proteccion"] == antes


def test_a_sheet_with_a_password_is_refused_by_name(abrir: Abrir) -> None:
    libro = abrir(proteger("secreta"))
    antes = libro.estado()
    with pytest.raises(EdicionImposible, match="La hoja «Plan» está protegida con contraseña"):
        aplicar(libro.vivo, cambios(("B2", 3, 4)))
    assert libro.estado() == antes


def test_sheets_opened_before_one_with_a_password_are_protected_again(abrir: Abrir) -> None:
    def preparar(libro: Any, hoja: Any) -> None:
        proteger()(libro, hoja)
        otra = libro.create_sheet("Otra")
        otra.protection.password = "secreta"
        otra.protection.sheet = True

    libro = abrir(preparar)
    antes = libro.estado()
    with pytest.raises(EdicionImposible, match="«Otra»"):
        aplicar(libro.vivo, cambios(("B2", 3, 4)) + Edicion(cambios=(Cambio(celda("A1", "Otra"), None, 1),)))
    assert libro.estado() == antes


def test_events_and_redrawing_are_off_only_while_it_writes(abrir: Abrir) -> None:
    libro = abrir()
    excel, vistos = libro.Application, []
    tocar = libro.tocar

    def mirar() -> None:
        vistos.append((excel.ScreenUpdating, excel.EnableEvents, excel.AutoCorrect.AutoExpandListRange))
        tocar()

    libro.tocar = mirar  # type: ignore[method-assign]
    excel.EnableEvents = False
    aplicar(libro.vivo, cambios(("B2", 3, 4)))
    assert set(vistos) == {(False, False, False)}
    assert (excel.ScreenUpdating, excel.EnableEvents, excel.AutoCorrect.AutoExpandListRange) == (True, False, True)


def test_a_busy_excel_is_told_and_nothing_is_written(abrir: Abrir) -> None:
    libro = abrir()

    def negarse(_: str) -> Any:
        raise RuntimeError(-2146777998, "OLE error 0x800ac472")

    libro.hoja("Plan").Range = negarse  # type: ignore[method-assign,assignment]
    with pytest.raises(EdicionImposible, match="termine con Entrar"):
        aplicar(libro.vivo, cambios(("B2", 3, 4)))


BITACORA = HojaNueva(
    "Bitácora",
    (("Bitácora",), ("N.°", "Cuándo", "Qué"), (1.0, datetime(2026, 1, 15), "=1"), (2.0, None, "2025-1")),
    anchos=(7.0, 18.0),
    fila_de_titulos=2,
    tabla="tblBitacora",
)


def test_a_new_sheet_stands_last_with_its_table_and_the_person_sees_the_same_one(abrir: Abrir) -> None:
    libro = abrir()
    aplicar(libro.vivo, Edicion(hojas=(BITACORA,)))
    hoja = libro.hojas[-1]
    assert (hoja.Name, hoja.Visible) == ("Bitácora", -1)
    assert hoja.Range("A2:C4").Value2 == (("N.°", "Cuándo", "Qué"), (1.0, 46037.0, "=1"), (2.0, None, "2025-1"))
    assert (hoja.Range("A1").ColumnWidth, hoja.Range("B1").ColumnWidth) == (7, 18)
    assert hoja.estado()["tablas"] == {"tblBitacora": ("A2:C4", ["N.°", "Cuándo", "Qué"])}
    assert [bool(hoja.ws.cell(fila, 1).font.b) for fila in (1, 2, 3)] == [False, True, False]
    assert libro.ActiveSheet.Name == "Plan"


def test_a_hidden_sheet_shows_in_no_menu(abrir: Abrir) -> None:
    libro = abrir()
    aplicar(libro.vivo, Edicion(hojas=(HojaNueva("Punto de partida", (("a", 1.0),), oculta=True),)))
    assert libro.hojas[-1].Visible == 2
    assert libro.hojas[-1].Range("A1:B1").Value2 == (("a", 1.0),)


def test_a_protected_structure_takes_no_sheet(abrir: Abrir) -> None:
    libro = abrir(lambda libro, _: setattr(libro.security, "lockStructure", True))
    with pytest.raises(EdicionImposible, match="estructura del libro está protegida"):
        aplicar(libro.vivo, cambios(("B2", 3, 4)) + Edicion(hojas=(BITACORA,)))
    assert libro.escrituras == 0


def _con_modelo(_: Any, hoja: Any) -> None:
    for fila in (2, 3):
        hoja.cell(fila, 2).number_format = "0.0%"
        hoja.cell(fila, 2).protection = Protection(locked=False)
    hoja.cell(1, 2).font, hoja.cell(1, 2).alignment = Font(bold=True), Alignment(wrap_text=True)
    hoja.column_dimensions["B"].width = 21
    lista = DataValidation(type="decimal", operator="between", formula1="0", formula2="100")
    lista.add("B2:B3")
    hoja.add_data_validation(lista)


def test_a_new_column_looks_like_its_model_and_what_is_written_follows_its_format(abrir: Abrir) -> None:
    libro = abrir(_con_modelo)
    edicion = cambios(("D1", None, "Valor 2025-II"), ("D2", None, 40)) + Edicion(
        columnas=(ColumnaNueva("Plan", 4, 2, 1, 3),)
    )
    aplicar(libro.vivo, edicion)
    hoja = libro.hoja("Plan")
    assert hoja.Range("D1:D2").Value2 == (("Valor 2025-II",), (0.4,))
    assert (hoja.Range("D2:D3").NumberFormat, hoja.Range("D2:D3").Locked) == ("0.0%", False)
    assert (hoja.ws["D1"].font.b, hoja.Range("D1").ColumnWidth) == (True, 21)
    assert "D3" in hoja.ws.data_validations.dataValidation[0].sqref
    assert libro.Application.portapapeles is None


def test_a_new_row_looks_like_its_model_and_what_may_be_typed_is_the_same(abrir: Abrir) -> None:
    def preparar(libro: Any, hoja: Any) -> None:
        _con_modelo(libro, hoja)
        hoja.row_dimensions[3].height = 30
        hoja.print_area = "A1:C3"

    libro = abrir(preparar)
    aplicar(libro.vivo, cambios(("B4", None, 40)) + Edicion(filas=(FilaNueva("Plan", 4, 3, 1, 3),)))
    hoja = libro.hoja("Plan")
    assert (hoja.Range("B4").Value2, hoja.Range("B4").NumberFormat, hoja.Range("B4").Locked) == (0.4, "0.0%", False)
    assert hoja.Range("B4").RowHeight == 30
    assert hoja.PageSetup.PrintArea == "$A$1:$C$4"
    assert "B4" in hoja.ws.data_validations.dataValidation[0].sqref


def test_a_filter_that_hides_rows_keeps_a_column_from_being_copied(abrir: Abrir) -> None:
    def preparar(_: Any, hoja: Any) -> None:
        hoja.auto_filter.ref = "A1:C3"
        hoja.auto_filter.add_filter_column(0, ["AEI.01.01"])

    libro = abrir(preparar)
    with pytest.raises(EdicionImposible, match="filtro que oculta filas"):
        aplicar(libro.vivo, Edicion(columnas=(ColumnaNueva("Plan", 4, 2, 1, 3),)))
    assert libro.escrituras == 0


def test_a_cell_without_a_look_takes_that_of_another(abrir: Abrir) -> None:
    def preparar(_: Any, hoja: Any) -> None:
        for columna in (1, 2):
            hoja.cell(3, columna).fill = PatternFill("solid", "FFEECC")
            hoja.cell(3, columna).border = Border(top=Side("thin"))
        hoja["A5"].number_format = "0.00"

    libro = abrir(preparar)
    nuevas: list[tuple[str, Contenido]] = [("A4", "x"), ("A5", 2.0), ("B4", 30.0), ("B5", 40.0)]
    aplicar(
        libro.vivo,
        Edicion(anotaciones=tuple(cambio(lugar, None, v, como=celda(f"{lugar[0]}3")) for lugar, v in nuevas)),
    )
    ws = libro.hoja("Plan").ws
    assert [ws[lugar].fill.fill_type for lugar in ("A4", "A5", "B4", "B5")] == ["solid", None, "solid", "solid"]
    assert (ws["A5"].number_format, ws["B5"].value, ws["B5"].number_format) == ("0.00", 0.4, "0%")


def _con_tabla(_: Any, hoja: Any) -> None:
    hoja.add_table(Table(displayName="tblPlan", ref="A1:C3"))


def test_a_table_grows_and_its_new_columns_are_named_as_their_titles(abrir: Abrir) -> None:
    libro = abrir(_con_tabla)
    edicion = cambios(("D1", None, "Valor 2025-II"), ("A4", None, "AEI.01.03"))
    aplicar(libro.vivo, edicion + Edicion(tablas=(TablaHasta(celda("A1"), 4, 4),)))
    tabla = ("A1:D4", ["Código", "Valor", "Nota", "Valor 2025-II"])
    assert libro.estado()["Plan"]["tablas"] == {"tblPlan": tabla}
    aplicar(libro.vivo, Edicion(tablas=(TablaHasta(celda("B1"), 2, 2),)))
    assert libro.estado()["Plan"]["tablas"] == {"tblPlan": tabla}


def test_a_cell_below_the_titles_or_outside_names_no_table(abrir: Abrir) -> None:
    libro = abrir(_con_tabla)
    for lugar in ("A2", "F1"):
        aplicar(libro.vivo, Edicion(tablas=(TablaHasta(celda(lugar), 9, 9),)))
    assert libro.estado()["Plan"]["tablas"]["tblPlan"][0] == "A1:C3"


def test_a_filter_of_the_sheet_grows_unless_it_hides_rows(abrir: Abrir) -> None:
    def con_filtro(_: Any, hoja: Any) -> None:
        hoja.auto_filter.ref = "A1:C3"

    def con_criterio(libro: Any, hoja: Any) -> None:
        con_filtro(libro, hoja)
        hoja.auto_filter.add_filter_column(0, ["AEI.01.01"])

    edicion = Edicion(tablas=(TablaHasta(celda("A1"), 5, 4),))
    for preparar, filtro in ((con_filtro, "A1:D5"), (con_criterio, "A1:C3")):
        libro = abrir(preparar)
        aplicar(libro.vivo, edicion)
        assert libro.estado()["Plan"]["filtro"] == filtro


def test_cells_are_locked_and_the_sheet_protected_as_the_shipped_one(abrir: Abrir) -> None:
    def preparar(_: Any, hoja: Any) -> None:
        hoja["B2"].protection = hoja["B3"].protection = Protection(locked=False)

    libro = abrir(preparar)
    aplicar(libro.vivo, Edicion(candados=(Candado("Plan", frozenset({(2, 2), (2, 3)}), cerrado=True, proteger=True),)))
    hoja = libro.hoja("Plan")
    assert (hoja.Range("B2").Locked, hoja.Range("B3").Locked) == (True, False)
    protegida = hoja.ws.protection
    assert (protegida.sheet, protegida.objects, protegida.scenarios) == (True, True, True)
    permitido = {
        que
        for que in ("formatCells", "formatColumns", "formatRows", "autoFilter", "sort")
        if not getattr(protegida, que)
    }
    assert permitido == {"formatColumns", "formatRows", "autoFilter"}


def test_cells_are_opened_and_a_protection_that_is_there_stays(abrir: Abrir) -> None:
    def preparar(libro: Any, hoja: Any) -> None:
        proteger()(libro, hoja)
        _con_unidas(libro, hoja)

    libro = abrir(preparar)
    antes = libro.estado()["Plan"]["proteccion"]
    celdas = frozenset({(2, 3), (3, 3), (5, 3)})
    aplicar(libro.vivo, Edicion(candados=(Candado("Plan", celdas, cerrado=False, proteger=True),)))
    assert libro.hoja("Plan").Range("C2:C3").Locked is False
    assert libro.hoja("Plan").Range("C5").Locked is False
    assert libro.estado()["Plan"]["proteccion"] == antes


def _completo(libro: Any, hoja: Any) -> None:
    _con_modelo(libro, hoja)
    _con_tabla(libro, hoja)
    proteger()(libro, hoja)
    hoja["C2"], hoja["C3"] = "00012", "=no"
    hoja["C3"].data_type = "s"
    hoja["D3"] = "#N/A"
    otra = libro.create_sheet("Otra")
    otra["A1"] = 0.07
    otra["A1"].number_format = "0%"


COMPLETA = Edicion(
    cambios=(
        cambio("C2", "00012", 3.0),
        cambio("C3", "=no", datetime(2026, 1, 15)),
        cambio("D1", None, "Valor 2025-II"),
        cambio("D2", None, 1.0),
        cambio("D3", "valor de error", 2.0),
        Cambio(Celda("Otra", 1, 1), 7.0, "1/2"),
    ),
    anotaciones=(cambio("A4", None, "-", como=celda("B2")), cambio("B4", None, 1.0, como=celda("B2"))),
    hojas=(BITACORA,),
    columnas=(ColumnaNueva("Plan", 4, 2, 1, 3),),
    filas=(FilaNueva("Plan", 5, 3, 1, 4),),
    tablas=(TablaHasta(celda("A1"), 4, 4),),
    candados=(
        Candado("Plan", frozenset({(2, 2), (3, 2), (2, 4)}), cerrado=True),
        Candado("Otra", frozenset({(1, 1)}), cerrado=False, proteger=True),
    ),
)


def test_wherever_excel_fails_the_book_is_as_it_was(abrir: Abrir) -> None:
    entero = abrir(_completo)
    aplicar(entero.vivo, COMPLETA)
    assert entero.escrituras > 25
    for paso in range(1, entero.escrituras + 1):
        libro = abrir(_completo)
        antes = libro.estado()
        libro.fallar_en = paso
        with pytest.raises(EdicionImposible) as rechazo:
            aplicar(libro.vivo, COMPLETA)
        assert libro.estado() == antes, f"at step {paso}"
        assert "como estaba" in str(rechazo.value) or "No se cambió nada" in str(rechazo.value)
        assert "0x800A03EC" in str(rechazo.value) or "contraseña" in str(rechazo.value)
        assert (libro.Application.ScreenUpdating, libro.Application.DisplayAlerts) == (True, True)


def test_what_cannot_be_undone_is_told(abrir: Abrir) -> None:
    libro = abrir()
    tocar = libro.tocar

    def fallar_siempre() -> None:
        tocar()
        if libro.escrituras > 1:
            raise RuntimeError("no")

    libro.tocar = fallar_siempre  # type: ignore[method-assign]
    with pytest.raises(EdicionImposible, match="Cierre el libro sin guardarlo"):
        aplicar(libro.vivo, cambios(("B2", 3, 4), ("C3", "dos", "x")))


def test_the_copy_of_the_book_has_what_was_written_and_its_formulas_follow(abrir: Abrir, tmp_path: Path) -> None:
    libro = abrir(_con_formula)
    aplicar(libro.vivo, cambios(("B2", 3, 41)))
    libro.SaveCopyAs(str(tmp_path / "copia.xlsx"))
    hoja = openpyxl.load_workbook(tmp_path / "copia.xlsx", data_only=True)["Plan"]
    assert (hoja["B2"].value, hoja["D2"].value) == (41, 42)


def test_files_and_folders_are_picked_in_dialogs(abrir: Abrir, tmp_path: Path) -> None:
    libro = abrir()
    uno, otro = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    libro.Application.archivos = [[uno, otro], [uno]]
    libro.Application.carpetas = [tmp_path]
    vivo, filtro = libro.vivo, "Libros de Excel (*.xlsx;*.xlsm),*.xlsx;*.xlsm"
    assert vivo.elegir_archivos("Copias", filtro, varios=True) == (uno, otro)
    assert vivo.elegir_archivos("Copia", filtro, varios=False) == (uno,)
    assert vivo.elegir_archivos("Copia", filtro, varios=False) == ()
    assert vivo.elegir_carpeta("Dónde") == tmp_path
    assert vivo.elegir_carpeta("Dónde") is None
    assert libro.Application.preguntas == ["Copias", "Copia", "Copia", "Dónde", "Dónde"]


def test_the_shipped_book_takes_a_value_in_the_double() -> None:
    libro = LibroDoble(LIBRO_ZED_ILO)
    plan = leer(LIBRO_ZED_ILO)
    dato = next(iter(plan.oeis[0].aeis[0].indicadores[0].valores.values()))
    assert dato.celda is not None
    aplicar(libro.vivo, Edicion(cambios=(Cambio(dato.celda, dato.valor, 2.0),)))
    with libro.vivo.copia() as copia:
        nuevo = leer(copia)
    assert next(iter(nuevo.oeis[0].aeis[0].indicadores[0].valores.values())).valor == 2.0


LUGARES = [f"{columna}{fila}" for columna in "ABCDE" for fila in range(1, 7)]
CONTENIDOS: st.SearchStrategy[Contenido] = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(-1e6, 1e6).map(lambda n: float(f"{n:.12g}")),
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)).map(lambda momento: momento.replace(microsecond=0)),
    st.sampled_from(
        ["=1+1", "1/2", "2025-I", "2025-1", "-", "0012", "'x", "ene-25", "TRUE", " a ", "ñ\nb", "25%", "#N/A"]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20),
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    hay=st.dictionaries(st.sampled_from(LUGARES), CONTENIDOS, max_size=12),
    formatos=st.dictionaries(st.sampled_from(LUGARES), st.sampled_from(["@", "0%", "0.00", "dd/mm/yyyy"]), max_size=8),
    nuevos=st.dictionaries(st.sampled_from(LUGARES), CONTENIDOS, min_size=1, max_size=12),
)
def test_the_live_book_and_the_file_come_to_say_the_same(
    tmp_path: Path, hay: dict[str, Contenido], formatos: dict[str, str], nuevos: dict[str, Contenido]
) -> None:
    ruta = tmp_path / "Plan.xlsx"
    libro = openpyxl.Workbook()
    libro.active.title = "Plan"
    for lugar, valor in hay.items():
        libro.active[lugar] = valor
        if isinstance(valor, str) and valor:
            libro.active[lugar].data_type = "s"
    for lugar, formato in formatos.items():
        libro.active[lugar].number_format = formato
    libro.save(ruta)
    (hoja,) = leer_hojas(ruta)
    edicion = Edicion(cambios=tuple(_hacia(hoja, lugar, valor) for lugar, valor in nuevos.items()))
    doble = LibroDoble(ruta)
    aplicar(doble.vivo, edicion)
    doble.SaveCopyAs(str(tmp_path / "vivo.xlsx"))
    (tmp_path / "archivo.xlsx").write_bytes(aplicar_en_archivo(Paquete(ruta), edicion))
    (vivo,), (archivo,) = leer_hojas(tmp_path / "vivo.xlsx"), leer_hojas(tmp_path / "archivo.xlsx")
    for lugar in LUGARES:
        area = leer_area(lugar)
        uno, otro = (canonico(contenido(h.valor(area.fila, area.columna))) for h in (vivo, archivo))
        assert uno == otro, lugar
        if lugar in nuevos:
            assert uno == canonico(nuevos[lugar]), lugar


def _hacia(hoja: Hoja, lugar: str, valor: Contenido) -> Cambio:
    area = leer_area(lugar)
    return cambio(lugar, contenido(hoja.valor(area.fila, area.columna)), valor)


def test_a_title_of_a_table_stays(abrir: Abrir) -> None:
    libro = abrir(_con_tabla)
    with pytest.raises(EdicionImposible, match="Plan!B1 es título o total de la tabla «tblPlan»"):
        aplicar(libro.vivo, cambios(("B1", "Valor", "Otro")))
    assert libro.escrituras == 0
    aplicar(libro.vivo, cambios(("B1", "Valor", "Valor")))


@pytest.mark.parametrize(
    ("preparar", "hasta", "dicho"),
    [
        (lambda hoja: setattr(hoja.tables["tblPlan"], "totalsRowCount", 1), (4, 3), "tiene una fila de totales"),
        (lambda hoja: hoja.__setitem__("D3", "mío"), (3, 4), "D3 está ocupada"),
        (lambda hoja: hoja.__setitem__("A5", "=B2"), (5, 3), "A5 está ocupada"),
        (lambda hoja: hoja.merge_cells("A5:B5"), (5, 3), "A5 está ocupada"),
        (lambda hoja: hoja, (3, 5), "Plan!E1 debe ser el título de una columna"),
    ],
)
def test_a_table_does_not_run_over_what_is_in_its_way(
    abrir: Abrir, preparar: Callable[[Any], object], hasta: tuple[int, int], dicho: str
) -> None:
    def con_estorbo(libro: Any, hoja: Any) -> None:
        _con_tabla(libro, hoja)
        preparar(hoja)

    libro = abrir(con_estorbo)
    edicion = cambios(("D1", None, "Valor 2025-II")) + Edicion(tablas=(TablaHasta(celda("A1"), *hasta),))
    with pytest.raises(EdicionImposible, match=dicho):
        aplicar(libro.vivo, edicion)
    assert libro.escrituras == 0


def test_a_table_absorbs_the_rows_that_people_wrote_below_it(abrir: Abrir) -> None:
    def con_fila_suelta(libro: Any, hoja: Any) -> None:
        hoja.append(("AEI.01.03", "=B2", "mía"))
        _con_tabla(libro, hoja)

    libro = abrir(con_fila_suelta)
    aplicar(libro.vivo, Edicion(tablas=(TablaHasta(celda("A1"), 5, 3, absorbe=True),)))
    assert libro.estado()["Plan"]["tablas"]["tblPlan"][0] == "A1:C5"


def test_a_new_table_gets_a_name_that_is_free(abrir: Abrir) -> None:
    libro = abrir(lambda _, hoja: hoja.add_table(Table(displayName="TBLBITACORA", ref="A1:C3")))
    aplicar(libro.vivo, Edicion(hojas=(BITACORA,)))
    assert list(libro.hojas[-1].estado()["tablas"]) == ["tblBitacora_2"]


def test_an_edit_of_everything_leaves_the_same_in_the_live_book_and_in_the_file(abrir: Abrir, tmp_path: Path) -> None:
    vivo = abrir(_completo)
    ruta = tmp_path / "archivo.xlsx"
    ruta.write_bytes(aplicar_en_archivo(Paquete(tmp_path / "Plan.xlsx"), COMPLETA))
    aplicar(vivo.vivo, COMPLETA)
    archivo = LibroDoble(ruta)
    assert [hoja.Name for hoja in vivo.hojas] == [hoja.Name for hoja in archivo.hojas]
    for una, otra in zip(vivo.hojas, archivo.hojas, strict=True):
        for rasgo in ("tablas", "anchos", "validaciones", "visible", "proteccion"):
            assert una.estado()[rasgo] == otra.estado()[rasgo], rasgo
        for lugar in Area(1, 1, 7, 5).posiciones():
            assert una.Cells(*lugar).Value2 == otra.Cells(*lugar).Value2, lugar
            assert una.Cells(*lugar).Locked == otra.Cells(*lugar).Locked, lugar
