"""Formulas put into cells by both appliers: in the file and in the double of the live book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.entregas import libro_pequeno
from tests.excel_doble import LibroDoble
from tests.hojas_xml import libro_xml
from tests.test_edicion_celdas import celda, filas_de
from zedxl.edicion.archivo import aplicar as aplicar_en_archivo
from zedxl.edicion.cambio import Cambio, Edicion, EdicionImposible, FormulaNueva
from zedxl.edicion.entrega import entregar
from zedxl.edicion.verificacion import verificar
from zedxl.excel.edicion_viva import aplicar as aplicar_en_vivo
from zedxl.libro.bitacora import asentada, leer_bitacora
from zedxl.libro.entrega import LibroNoEscrito
from zedxl.libro.hoja import leer_hojas
from zedxl.libro.paquete import Paquete

AVANCE = "AVANCE_AEI(A1,A2)"


def formula(lugar: str, texto: str = AVANCE, valor: float | str | None = 50.0, **campos: Any) -> Edicion:
    return Edicion(formulas=(FormulaNueva(celda(lugar), texto, valor, **campos),))


def en_archivo(ruta: Path, edicion: Edicion) -> Path:
    ruta.write_bytes(aplicar_en_archivo(Paquete(ruta), edicion))
    return ruta


def en_vivo(ruta: Path, edicion: Edicion) -> Path:
    doble = LibroDoble(ruta)
    aplicar_en_vivo(doble.vivo, edicion)
    doble.SaveCopyAs(str(ruta))
    return ruta


Aplicador = Callable[[Path, Edicion], Path]
LOS_DOS = pytest.mark.parametrize("aplicar", [en_archivo, en_vivo], ids=["file", "live"])


def con_openpyxl(ruta: Path, preparar: Callable[[Any], object]) -> Path:
    """The small book after another program changed its first sheet."""
    libro = openpyxl.load_workbook(libro_pequeno(ruta))
    preparar(libro["Hoja 1"])
    libro.save(ruta)
    return ruta


def poner(lugar: str, valor: object, formato: str = "General") -> Callable[[Any], None]:
    def preparar(hoja: Any) -> None:
        hoja[lugar] = valor
        hoja[lugar].number_format = formato

    return preparar


@LOS_DOS
def test_the_formula_and_its_value_are_there(aplicar: Aplicador, tmp_path: Path) -> None:
    ruta = aplicar(libro_pequeno(tmp_path / "libro.xlsx"), formula("C3") + formula("C4", 'IF(C3="<","á","&")', "&"))
    hoja = openpyxl.load_workbook(ruta)["Hoja 1"]
    assert (hoja["C3"].value, hoja["C4"].value) == (f"={AVANCE}", '=IF(C3="<","á","&")')
    leida = next(leer_hojas(ruta))
    assert (leida.valor(3, 3), leida.valor(4, 3)) == (50, "&")


@LOS_DOS
def test_a_number_shows_with_two_decimals_unless_the_cell_has_a_format(aplicar: Aplicador, tmp_path: Path) -> None:
    ruta = con_openpyxl(tmp_path / "libro.xlsx", poner("C4", None, "0.0"))
    aplicar(ruta, formula("C3") + formula("C4") + formula("C5", '"N/D"', "N/D"))
    hoja = openpyxl.load_workbook(ruta)["Hoja 1"]
    assert [hoja[lugar].number_format for lugar in ("C3", "C4", "C5")] == ["0.00", "0.0", "General"]


@LOS_DOS
@pytest.mark.parametrize("propia", [AVANCE, '"N/D"', '"NO CRÍTICA"', "IF(A1=0,1,AVANCE_OEI(A1,A2))"])
def test_an_earlier_formula_of_zedxl_gives_way(aplicar: Aplicador, propia: str, tmp_path: Path) -> None:
    ruta = con_openpyxl(tmp_path / "libro.xlsx", poner("B1", f"={propia}"))
    nueva = "AVANCE_AEI(A1,A2,A3)"
    assert openpyxl.load_workbook(aplicar(ruta, formula("B1", nueva)))["Hoja 1"]["B1"].value == f"={nueva}"


@LOS_DOS
@pytest.mark.parametrize(
    "preparar",
    [poner("C3", 75), poner("C3", "pendiente"), poner("C3", "=A1+A2"), poner("C3", f"={AVANCE}*2")],
    ids=["a number", "a text", "a formula of somebody", "somebody's with a function of ours"],
)
def test_what_somebody_put_there_does_not(
    aplicar: Aplicador, preparar: Callable[[Any], object], tmp_path: Path
) -> None:
    ruta = con_openpyxl(tmp_path / "libro.xlsx", preparar)
    original = ruta.read_bytes()
    with pytest.raises(EdicionImposible, match="Hoja 1!C3 no está vacía"):
        aplicar(ruta, formula("D1") + formula("C3"))
    assert ruta.read_bytes() == original


@LOS_DOS
def test_a_percent_cell_would_show_the_avance_a_hundred_times(aplicar: Aplicador, tmp_path: Path) -> None:
    ruta = con_openpyxl(tmp_path / "libro.xlsx", poner("C3", None, "0%"))
    with pytest.raises(EdicionImposible, match="Hoja 1!C3 tiene formato de porcentaje"):
        aplicar(ruta, formula("C3"))


@LOS_DOS
def test_merged_cells_take_a_formula_only_in_the_first(aplicar: Aplicador, tmp_path: Path) -> None:
    ruta = con_openpyxl(tmp_path / "libro.xlsx", lambda hoja: hoja.merge_cells("C3:C4"))
    with pytest.raises(EdicionImposible, match=r"Hoja 1!C4 .*celdas combinadas"):
        aplicar(ruta, formula("C4"))
    aplicar(ruta, formula("C3"))


def test_in_the_file_only_its_cell_and_its_style_change(tmp_path: Path) -> None:
    ruta = libro_xml(tmp_path / "libro.xlsx", '<row r="1"><c r="A1"><v>4</v></c></row>')
    paquete = Paquete(ruta, aplicar_en_archivo(Paquete(ruta), formula("B1", "AVANCE_AEI(A1,3)", 75.0)))
    assert filas_de(paquete) == (
        '<row r="1"><c r="A1"><v>4</v></c><c r="B1" s="1"><f>AVANCE_AEI(A1,3)</f><v>75</v></c></row>'
    )


def test_without_a_known_value_excel_computes_it(tmp_path: Path) -> None:
    ruta = libro_xml(tmp_path / "libro.xlsx", "")
    paquete = Paquete(ruta, aplicar_en_archivo(Paquete(ruta), formula("B1", AVANCE, None)))
    assert filas_de(paquete) == f'<row r="1"><c r="B1"><f>{AVANCE}</f></c></row>'


@pytest.mark.parametrize("atributos", ['t="shared" ref="B1:B2" si="0"', 't="array" ref="B1:B2"'])
def test_a_formula_that_other_cells_share_is_left_alone(atributos: str, tmp_path: Path) -> None:
    ruta = libro_xml(tmp_path / "libro.xlsx", f'<row r="1"><c r="B1"><f {atributos}>{AVANCE}</f><v>50</v></c></row>')
    with pytest.raises(EdicionImposible, match="Hoja 1!B1 no está vacía"):
        aplicar_en_archivo(Paquete(ruta), formula("B1"))


def test_delivered_it_is_evaluated_and_checked(tmp_path: Path) -> None:
    ruta = libro_pequeno(tmp_path / "libro.xlsx")
    entrega = entregar(Paquete(ruta), formula("C3", AVANCE, None))
    assert (entrega.recalculo.calculadas, entrega.recalculo.conservadas) == (3, ())
    assert next(leer_hojas(ruta)).valor(3, 3) == 50


@pytest.mark.parametrize(
    ("escrita", "dice"),
    [
        (Edicion(), "en Hoja 1!C3 falta la fórmula nueva"),
        (formula("C3", "AVANCE_AEI(A2,A1)"), "en Hoja 1!C3 la fórmula es otra"),
        (formula("C3") + formula("C4"), "en Hoja 1!C4 hay una fórmula que no debe haber"),
        (formula("C3") + Edicion((Cambio(celda("A1"), 4.0, 5.0),)), "en Hoja 1!A1 dice 5 y debe decir 4"),
    ],
)
def test_what_is_not_what_was_asked_for_is_noticed(escrita: Edicion, dice: str, tmp_path: Path) -> None:
    ruta = libro_pequeno(tmp_path / "libro.xlsx")
    antes = Paquete(ruta)
    escrito = tmp_path / "escrito.xlsx"
    escrito.write_bytes(aplicar_en_archivo(antes, escrita))
    with pytest.raises(LibroNoEscrito, match=dice):
        verificar(antes, formula("C3"), escrito)


@LOS_DOS
def test_a_copy_looks_as_what_it_is_a_copy_of(aplicar: Aplicador, tmp_path: Path) -> None:
    """Also as a percentage: what it shows is then up to whoever wrote the first one."""
    ruta = con_openpyxl(tmp_path / "libro.xlsx", poner("C3", "=A1/A2", "0.0%"))
    hoja = openpyxl.load_workbook(aplicar(ruta, formula("C4", "A2/A3", None, como=celda("C3"))))["Hoja 1"]
    assert (hoja["C4"].value, hoja["C4"].number_format) == ("=A2/A3", "0.0%")


def test_the_log_says_what_was_there_and_the_formula(tmp_path: Path) -> None:
    from tests.ediciones import AHORA

    ruta = libro_pequeno(tmp_path / "libro.xlsx")
    una = formula("B1", AVANCE, 50.0, antes=50.0, motivo="Avance", quien="Ana", codigo="AEI.01.01", periodo="2025-I")
    en_archivo(ruta, asentada(leer_bitacora(()), una, "insertar fórmulas", AHORA))
    apunte = leer_bitacora(list(leer_hojas(ruta))).asientos[0].apunte
    assert (apunte.celda, apunte.antes, apunte.despues, apunte.motivo, apunte.quien) == (
        "Hoja 1!B1", 50, f"={AVANCE}", "Avance", "Ana",
    )  # fmt: skip


class TestEnVivo:
    def test_a_text_cell_becomes_one_that_computes(self, tmp_path: Path) -> None:
        ruta = con_openpyxl(tmp_path / "libro.xlsx", poner("C3", None, "@"))
        doble = LibroDoble(ruta)
        aplicar_en_vivo(doble.vivo, formula("C3"))
        assert doble.hoja("Hoja 1").Range("C3").HasFormula
        assert doble.hoja("Hoja 1").Range("C3").NumberFormat == "0.00"

    @pytest.mark.parametrize("paso", range(2, 8))
    def test_what_fails_half_way_is_undone(self, paso: int, tmp_path: Path) -> None:
        ruta = con_openpyxl(tmp_path / "libro.xlsx", poner("C3", None, "@"))
        doble = LibroDoble(ruta)
        doble.hoja("Hoja 1").ws.protection.sheet = True
        antes = doble.estado()
        doble.fallar_en = paso
        with pytest.raises(EdicionImposible, match="El libro quedó como estaba"):
            aplicar_en_vivo(doble.vivo, formula("B1", "AVANCE_AEI(A1,A2,A3)") + formula("C3") + formula("D9"))
        assert doble.estado() == antes

    def test_a_sheet_that_is_not_there_is_told_before_anything_is_done(self, tmp_path: Path) -> None:
        doble = LibroDoble(libro_pequeno(tmp_path / "libro.xlsx"))
        ajena = Edicion(formulas=(replace(formula("C3").formulas[0], celda=celda("C3", "Otra")),))
        with pytest.raises(EdicionImposible, match="no tiene la hoja «Otra»"):
            aplicar_en_vivo(doble.vivo, ajena)
        assert doble.escrituras == 0
