"""The native functions that zedxl computes, with values that Excel's documentation gives or that were worked out by
hand from it; and those that it leaves to Excel, because its engine would give another value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.hojas_xml import libro_de_formulas, libro_xml
from tests.libros import cambiar_parte
from udfs import ErrorDeCelda
from zedxl.libro.paquete import Paquete
from zedxl.recalculo.calculo import LibroNoRecalculable, Recalculo, recalcular

NA, DIV, VALUE, NUM, REF = (ErrorDeCelda(codigo) for codigo in ("#N/A", "#DIV/0!", "#VALUE!", "#NUM!", "#REF!"))

DATOS: dict[str, object] = {
    "A1": 3, "A2": 5, "A3": "sí", "A4": True, "A6": 2.675,
    "B1": "uno", "B2": "dos", "B3": "Dos", "B4": "AEI.01.02", "B5": "1,234", "B6": "15/03/2023", "B7": "12.5",
    "C1": 10, "C2": 20, "C3": 30, "C4": "a*", "C5": "2024-I",
}  # fmt: skip


def recalculado(tmp_path: Path, formula: str) -> Recalculo:
    return recalcular(Paquete(libro_de_formulas(tmp_path / "libro.xlsx", {**DATOS, "F20": f"={formula}"})))


@pytest.mark.parametrize(
    ("formula", "esperado"),
    [
        ("SUM(A1:A5)", 8), ("SUM(A1,A2,2)", 10), ("AVERAGE(A1:A4)", 4), ("AVERAGE(A3:A3)", DIV), ("MIN(A1:A5)", 3),
        ("MAX(A1:A5)", 5), ("COUNT(A1:A6)", 3), ("COUNTA(A1:A6)", 5), ("COUNTBLANK(A1:A6)", 1), ("PRODUCT(A1:A2)", 15),
        ("SUMPRODUCT(A1:A2,C1:C2)", 130), ('SUMPRODUCT((B1:B3="dos")*C1:C3)', 50),
        ("IF(A1>2,1,0)", 1), ("IF(A5,1,2)", 2), ("IF(FALSE,1)", False), ("_xlfn.IFS(A1>9,1,A2=5,2)", 2),
        ("IFERROR(1/0,9)", 9), ("_xlfn.IFNA(NA(),9)", 9), ("_xlfn.IFNA(1/0,9)", DIV),
        ("AND(A1>2,A2>9)", False), ("OR(A1>2,A2>9)", True), ("NOT(A1>2)", False), ("_xlfn.XOR(TRUE,TRUE)", False),
        ("AND(A4:A5)", True), ("AND(A5)", VALUE),
        ("ISNUMBER(A1)", True), ("ISTEXT(A3)", True), ("ISBLANK(A5)", True), ("ISERROR(NA())", True), ("ISNA(1/0)", False),
        ("ABS(-A1)", 3), ("INT(-8.9)", -9), ("ROUND(A6,2)", 2.68), ("ROUND(2.15,1)", 2.2), ("ROUND(-1.475,2)", -1.48),
        ("ROUND(626.3,-3)", 1000), ("ROUND(1.005,2)", 1.01), ('ROUND(-0.4,0)&""', "0"), ("ROUNDUP(31415.92654,-2)", 31500), ("ROUNDUP(-3.14159,1)", -3.2),
        ("ROUNDDOWN(-3.14159,1)", -3.1), ("SQRT(16)", 4), ("SQRT(-16)", NUM), ("MOD(3,-2)", -1), ("MOD(-3,2)", 1), ("MOD(3,0)", DIV),
        ("POWER(5,2)", 25), ("0^0", NUM), ("0^-1", DIV), ("SIGN(-4)", -1),
        ("INDEX(C1:C3,2)", 20), ("INDEX(C1:C3,9)", REF), ("ROW(C3)", 3), ("COLUMN(C3)", 3), ("ROWS(A1:C4)", 4), ("COLUMNS(A1:C4)", 3),
        ("CHOOSE(2,A1,A2)", 5), ("MATCH(20,C1:C3,0)", 2), ('MATCH("DOS",B1:B3,0)', 2), ('MATCH("nada",B1:B3,0)', NA),
        ('VLOOKUP("uno",B1:C3,2,FALSE)', 10), ("HLOOKUP(3,A1:B2,2,0)", 5), ('_xlfn.XLOOKUP("uno",B1:B3,C1:C3)', 10),
        ('SUMIF(B1:B3,"dos",C1:C3)', 50), ('COUNTIF(C1:C3,">=20")', 2), ('COUNTIF(B1:B4,"AEI.01.02")', 1), ("COUNTIF(C5:C5,C5)", 1),
        ('COUNTIF(A1:A5,"?*")', 1), ('SUMIFS(C1:C3,B1:B3,"dos",C1:C3,">20")', 30), ('COUNTIFS(B1:B3,"dos",C1:C3,20)', 1),
        ('AVERAGEIF(B1:B3,"dos",C1:C3)', 25), ("SUMIF(C1:C3,\">10\")", 50),
        ('LEFT("Sale Price",4)', "Sale"), ("LEFT(2/3,4)", "0.66"), ('RIGHT("Sale Price",5)', "Price"), ('MID("Fluid Flow",7,20)', "Flow"),
        ('LEN("Phoenix, AZ")', 11), ("LEN(1/3)", 17), ('UPPER("ñandú")', "ÑANDÚ"), ('LOWER("ÑANDÚ")', "ñandú"), ("CONCATENATE(A1,B1)", "3uno"),
        ('SUBSTITUTE("a, b",", ",",")', "a,b"), ('SEARCH("M","Profit margin")', 8),
        ("DATE(2008,1,35)", 39482), ("DATE(108,1,2)", 39449), ("YEAR(39448)", 2008), ("MONTH(39449)", 1), ("DAY(39449)", 2),
        ('VALUE("12.5")', 12.5), ('VALUE("falta el peso")', VALUE), ("TRUE()", True), ("NA()", NA),
        ('TEXT(2.675,"0.00")', "2.68"), ('TEXT(1234.5,"#,##0.00")', "1,234.50"),
        # fifteen digits
        ("0.1+0.2=0.3", True), ("0.3=0.1*3", True), ("0.1*3>0.3", False), ("0.1*3<=0.3", True), ("0.1*3>=0.3", True), ("0.1*3<>0.3", False),
        ("1<2", True), ("A5<1", True), ("1.333+1.225-1.333-1.225", 0), ("B7+1", 13.5), ("B1+1", VALUE), ("-B7", -12.5), ("A4+1", 2),
    ],
)  # fmt: skip
def test_a_proved_function_gives_what_excel_gives(formula: str, esperado: object, tmp_path: Path) -> None:
    recalculo = recalculado(tmp_path, formula)
    assert recalculo.conservadas == ()
    (cambio,) = recalculo.cambios
    obtenido: Any = cambio.ahora
    assert obtenido == (pytest.approx(esperado, rel=1e-14) if type(esperado) is float else esperado)
    assert isinstance(obtenido, bool) is isinstance(esperado, bool)


@pytest.mark.parametrize(
    "formula",
    [
        "SUBTOTAL(9,A1:A2)", "AGGREGATE(9,6,A1:A2)", "_xlfn.SORT(C1:C3)", "_xlfn.UNIQUE(B1:B3)", '_xlfn.SWITCH(B1,"uno",1)',
        "_xlfn.FORMULATEXT(A1)", "_xlfn.ISFORMULA(A1)", 'INDIRECT("A1")', 'INDIRECT("F1C1",FALSE)', "OFFSET(A1,1,0)", 'CELL("row")',
        'DATEVALUE("1/2/2024")', 'TIMEVALUE("1:00")', "EDATE(45000,1)", "EOMONTH(45000,1)", "CEILING(2.5,1)", "FLOOR(2.5,1)",
        'REPLACE("abc",1,1,"x")', 'TRIM(" a  b ")', "LOOKUP(5,A1:A2)", "NOW()", "RAND()", "PMT(1,2,3)", "STDEV(A1:A2)", "MEDIAN(A1:A2)",
        # approximate match, or a form that was not proved
        "MATCH(4,A1:A2)", "MATCH(4,A1:A2,1)", "VLOOKUP(4,A1:B2,2)", "VLOOKUP(4,A1:B2,2,TRUE)", "_xlfn.XLOOKUP(4,A1:A2,A1:A2,0,-1)",
        "SUMIF(B1:B3,\"dos\",C1:C2)", 'SUM("3",1)', "MATCH(A1,A1:A2,)", 'TEXT(1,"0.0E+0")', 'TEXT(1,B1)', "IF(A1,,2)",
    ],
)  # fmt: skip
def test_a_function_that_is_not_proved_is_kept_and_named(formula: str, tmp_path: Path) -> None:
    recalculo = recalculado(tmp_path, formula)
    nombre = formula.removeprefix("_xlfn.").partition("(")[0]
    assert [c.motivo for c in recalculo.conservadas] == [f"zedxl no calcula la función {nombre} fuera de Excel"]
    assert recalculo.cambios == ()


TEXTO_A_NUMERO = "convierte en número o fecha un texto que solo Excel sabe leer"
ORDEN = "compara textos por su orden, que zedxl no calcula fuera de Excel"
RESIDUO = "resta números casi iguales, cuyo residuo solo Excel sabe redondear"
CRITERIO = "cuenta o suma con un criterio que solo Excel sabe leer"


@pytest.mark.parametrize(
    ("formula", "motivo"),
    [
        ("B5+1", TEXTO_A_NUMERO), ("B6*2", TEXTO_A_NUMERO), ("IFERROR(YEAR(B6),0)", TEXTO_A_NUMERO), ('VALUE("5%")', TEXTO_A_NUMERO),
        ("SUMPRODUCT(--B5:B6)", TEXTO_A_NUMERO),
        ('B1<"zzz"', ORDEN), ("B1>=B2", ORDEN), ("A1<B1", ORDEN), ("IFERROR(B1<B2,1)", ORDEN), ("COUNT(B1<B2+0)", None),
        ("(0.5-0.4-0.1)", RESIDUO), ("0.5-0.4-0.1=0", RESIDUO), ("IF(1-0.9-0.1=0,1,2)", RESIDUO),
        ('COUNTIF(A1:A5,"s*")', CRITERIO), ('COUNTIF(A1:A5,"<>3")', CRITERIO), ("COUNTIF(A1:A5,B6)", CRITERIO), ("COUNTIF(A1:A5,A5)", CRITERIO),
        ("MATCH(\"\",B1:B3,0)", "busca una celda vacía o un texto con comodines (* ? ~)"),
        ("MATCH(C4,B1:B3,0)", "busca una celda vacía o un texto con comodines (* ? ~)"), ("IF(B1,1,2)", "usa un texto como condición"),
        ("YEAR(60)", "usa una fecha anterior a marzo de 1900"), ("MOD(5.5,0.1)", "toma el resto de números que no son enteros"),
        ("INT((0.1+0.7)*10)", "toma la parte entera de un número casi entero"), ('LEN("😀")', "usa letras o símbolos que Excel cuenta por dos"),
        ('UPPER("straße")', "usa letras cuyas mayúsculas solo Excel conoce"), ('SEARCH("U*O",B1)', "busca con comodines (* ? ~)"),
    ],
)  # fmt: skip
def test_where_only_excel_knows_the_result_the_cell_is_kept_even_behind_iferror(
    formula: str, motivo: str | None, tmp_path: Path
) -> None:
    recalculo = recalculado(tmp_path, formula)
    assert len(recalculo.conservadas) == 1
    assert motivo in (None, recalculo.conservadas[0].motivo)
    assert recalculo.cambios == ()


def test_a_text_longer_than_a_cell_holds_is_never_written(tmp_path: Path) -> None:
    ruta = libro_de_formulas(tmp_path / "libro.xlsx", {"A1": "x" * 20_000, "B1": "=A1&A1", "C1": "=LEN(B1)"})
    assert [(c.celda, c.motivo) for c in recalcular(Paquete(ruta)).conservadas] == [
        ("B1", "da un texto de más de 32,767 caracteres"), ("C1", "depende de Hoja 1!B1"),
    ]  # fmt: skip


def test_what_reads_any_cell_of_a_what_if_table_is_kept(tmp_path: Path) -> None:
    ruta = libro_xml(
        tmp_path / "libro.xlsx",
        '<row r="1"><c r="B1"><f t="dataTable" ref="B1:B2" dt2D="0" dtr="0" r1="A1"/><v>7</v></c></row>'
        '<row r="2"><c r="B2"><v>7</v></c><c r="C2"><f>B2+1</f><v>9</v></c></row>',
    )
    assert {c.celda for c in recalcular(Paquete(ruta)).conservadas} == {"B1", "C2"}


def test_a_book_that_calculates_with_what_is_seen_is_refused(tmp_path: Path) -> None:
    ruta = libro_de_formulas(tmp_path / "llano.xlsx", {"A1": "=1/3"})
    visto = cambiar_parte(
        ruta,
        tmp_path / "libro.xlsx",
        "xl/workbook.xml",
        lambda xml: xml.replace(b"<calcPr ", b'<calcPr fullPrecision="0" '),
    )
    with pytest.raises(LibroNoRecalculable, match="precisión que se ve en pantalla"):
        recalcular(Paquete(visto))


def test_what_the_engine_says_in_english_is_not_repeated(tmp_path: Path) -> None:
    ruta = libro_de_formulas(tmp_path / "libro.xlsx", {"A1": "#GETTING_DATA", "B1": "=1+1"})
    with pytest.raises(LibroNoRecalculable) as fallo:
        recalcular(Paquete(ruta))
    assert str(fallo.value) == (
        "El motor de cálculo no pudo con libro.xlsx, que tiene algo que solo Excel sabe leer. Ábralo en Excel, guárdelo e "
        "intente de nuevo."
    )
