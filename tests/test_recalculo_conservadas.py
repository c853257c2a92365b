"""What cannot be evaluated keeps its value, with all that depends on it; everything else is recalculated."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tests.hojas_xml import libro_de_formulas, libro_xml
from tests.libros import cambiar_parte
from zedxl.libro.direccion import Area
from zedxl.libro.paquete import Paquete
from zedxl.recalculo.calculo import Recalculo, recalcular
from zedxl.recalculo.dependencias import Dependencias


def conservadas(recalculo: Recalculo) -> dict[str, str]:
    return {c.celda: c.motivo for c in recalculo.conservadas}


@pytest.mark.parametrize(
    ("formula", "motivo"),
    [
        ("=NOEXISTE(1)", "zedxl no calcula la función NOEXISTE fuera de Excel"),
        ("=IFERROR(NOEXISTE(1),5)", "zedxl no calcula la función NOEXISTE fuera de Excel"),
        ("=_xlfn.MAP(A1:A2,_xlfn.LAMBDA(_xlpm.x,_xlpm.x+1))", "zedxl no calcula la función LAMBDA fuera de Excel"),
        ("=_xlfn.LAMBDA(_xlpm.x,_xlpm.x+1)(2)", "usa LAMBDA, que solo Excel sabe calcular"),
        ("=[1]Plan!A1+1", "toma datos de otro libro"),
        ("='C:\\Planes\\[Plan 2024.xlsx]Hoja 1'!A1", "toma datos de otro libro"),
        ("=SUM([1]Plan!A1:A9)", "toma datos de otro libro"),
        ("=[1]!OTRA(1)", "usa la función [1]!OTRA, que está en otro libro"),
        ("=externo*2", "toma datos de otro libro"),
        ("=relativo*2", "usa el nombre «relativo», cuya definición no se puede calcular"),
        ("=SUM('Hoja 1:Datos'!A1)", "suma a través de varias hojas ('Hoja 1:Datos'!A1)"),
        ("=SUM((A1,A2))", "une o cruza rangos"),
        ("=AVANCE_AEI(1,2,3,4,5,6)",
         "da 6 argumentos a AVANCE_AEI(programado; ejecutado; [sentido]; [linea_base]; [tope])"),
        ("=AVANCE_AEI(1)",
         "da 1 argumentos a AVANCE_AEI(programado; ejecutado; [sentido]; [linea_base]; [tope])"),
        ("=1+", "la fórmula no se entiende"),
        ("=SUM(tblNadie[Meta])", "no se encuentra la columna de tabla tblNadie[Meta]"),
        ("=SUM(A1:A2*2)", "calcula un rango celda por celda sin ser fórmula matricial"),
        ("=IF(A1>0,A1:A2,0)", "da varios valores en una celda"),
        ('=CELL("filename")', "zedxl no calcula la función CELL fuera de Excel"),
        ("=SUM(LEN(A1:A2))", "aplica LEN a un rango sin ser fórmula matricial"),
        ("=SUMPRODUCT(COUNTIF(A1:A2,A1:A2))", "aplica COUNTIF a un rango celda por celda"),
        ('=A1="#N/A"', "compara con el texto «#N/A», que se confunde con un error"),
    ],
)  # fmt: skip
def test_a_formula_that_cannot_be_evaluated_is_kept_with_its_reason(formula: str, motivo: str, tmp_path: Path) -> None:
    nombres = {"externo": "[1]Plan!$A$1", "relativo": "'Hoja 1'!A1+1"}
    ruta = libro_de_formulas(tmp_path / "libro.xlsx", {"A1": 1, "A2": 2, "C1": formula, "C2": "=A1+A2"}, nombres)
    recalculo = recalcular(Paquete(ruta))
    assert conservadas(recalculo) == {"C1": motivo}
    assert [(c.celda, c.ahora) for c in recalculo.cambios] == [("C2", 3)]
    assert recalculo.formulas == 2


def test_a_circular_reference_is_kept_and_the_rest_is_computed(tmp_path: Path) -> None:
    ruta = libro_de_formulas(
        tmp_path / "libro.xlsx",
        {"A1": "=B1+1", "B1": "=A1", "C1": "=IFERROR(A1,0)", "D1": "=D1", "E1": "=2+2"},
    )
    recalculo = recalcular(Paquete(ruta))
    circular = "está en una referencia circular o depende de una"
    assert conservadas(recalculo) == {"A1": circular, "B1": circular, "C1": "depende de Hoja 1!A1", "D1": circular}
    assert [(c.celda, c.ahora) for c in recalculo.cambios] == [("E1", 4)]


def test_a_circular_reference_that_the_book_wants_repeated_is_kept_too(tmp_path: Path) -> None:
    ruta = libro_de_formulas(tmp_path / "llano.xlsx", {"A1": "=A1+1", "B1": "=2+2"})
    repetido = cambiar_parte(
        ruta, tmp_path / "libro.xlsx", "xl/workbook.xml", lambda xml: xml.replace(b"<calcPr ", b'<calcPr iterate="1" ')
    )
    recalculo = recalcular(Paquete(repetido))
    assert set(conservadas(recalculo)) == {"A1"}
    assert [c.celda for c in recalculo.cambios] == ["B1"]


def test_a_value_with_metadata_is_kept(tmp_path: Path) -> None:
    ruta = libro_xml(tmp_path / "libro.xlsx", '<row r="1"><c r="A1" t="e" vm="1"><f>1+1</f><v>#VALUE!</v></c></row>')
    assert conservadas(recalcular(Paquete(ruta))) == {"A1": "guarda un tipo de valor que solo Excel conoce"}


def test_all_that_depends_is_kept_however_it_is_written(tmp_path: Path) -> None:
    ruta = libro_de_formulas(
        tmp_path / "libro.xlsx",
        {
            "A1": "=NOEXISTE(1)",
            "B1": "=A1*2", "B2": "=$A$1", "B3": "=SUM(A:A)", "B4": "=SUM(1:1)", "B5": "=nombre+1", "B6": "=formula+1",
            "B7": '=INDIRECT("A1")', "B8": "=OFFSET(A9,-8,0)", "B9": "=SUM(A9:INDEX(A1:A9,1))", "B10": "='Hoja 1'!A1",
            "B11": "='HOJA 1'!a1", "B12": '=IFERROR(A1,"bien")',
            "D1": "=SUM(B1:B3)", "E1": "=D1&D1", "C2": "=A2", "C3": "=SUM(A2:A9)", "C4": "=Datos!A1",
        },
        {"nombre": "'Hoja 1'!$A$1", "formula": "'Hoja 1'!$A$1*2"},
    )  # fmt: skip
    recalculo = recalcular(Paquete(ruta))
    assert set(conservadas(recalculo)) == {"A1", "D1", "E1", *(f"B{n}" for n in range(1, 13))}
    assert {c.celda for c in recalculo.cambios} == {"C2", "C3", "C4"}
    assert conservadas(recalculo)["E1"] == "depende de Hoja 1!D1"


def test_a_table_column_passes_on_what_is_kept(tmp_path: Path) -> None:
    ruta = tmp_path / "libro.xlsx"
    libro = xlsxwriter.Workbook(ruta)
    hoja = libro.add_worksheet("Hoja 1")
    hoja.add_table("A1:B3", {"name": "tblPlan", "columns": [{"header": "Meta"}, {"header": "Valor"}]})
    hoja.write("A2", 4)
    hoja.write("A3", 5)
    hoja.write_formula("B2", "=NOEXISTE(1)", None, 7)
    hoja.write_formula("D1", "=SUM(tblPlan[Valor])", None, 70)
    hoja.write_formula("D2", "=SUM(tblPlan[Meta])", None, 0)
    hoja.write_formula("D3", "=tblPlan[[#This Row],[Meta]]", None, 0)
    libro.close()
    recalculo = recalcular(Paquete(ruta))
    assert set(conservadas(recalculo)) == {"B2", "D1"}
    assert [(c.celda, c.ahora) for c in recalculo.cambios] == [("D2", 9), ("D3", 5)]


ARREGLO = (
    '<row r="1"><c r="A1"><v>1</v></c><c r="C1"{cm}><f t="array" ref="{ref}">{formula}</f><v>9</v></c></row>'
    '<row r="2"><c r="A2"><v>2</v></c><c r="C2"><v>9</v></c><c r="E2"><f>C2+1</f><v>10</v></c></row>'
    '<row r="3"><c r="A3"><v>3</v></c><c r="C3"><v>9</v></c></row>'
)


@pytest.mark.parametrize(
    ("cm", "ref", "formula", "motivo"),
    [
        (' cm="1"', "C1:C3", "A1:A2*2", "su resultado ya no ocupa las mismas celdas (C1:C3)"),
        (' cm="1"', "C1:C2", "A1:A3*2", "su resultado ya no ocupa las mismas celdas (C1:C2)"),
        ("", "C1:C3", "SUM(A1:A3)", "su resultado ya no ocupa las mismas celdas (C1:C3)"),
        ("", "C1:C3", "NOEXISTE(A1:A3)", "zedxl no calcula la función NOEXISTE fuera de Excel"),
    ],
)
def test_an_array_that_no_longer_fits_its_cells_is_kept_whole(
    cm: str, ref: str, formula: str, motivo: str, tmp_path: Path
) -> None:
    ruta = libro_xml(tmp_path / "libro.xlsx", ARREGLO.format(cm=cm, ref=ref, formula=formula))
    recalculo = recalcular(Paquete(ruta))
    assert conservadas(recalculo) == {"C1": motivo, "E2": "depende de Hoja 1!C2"}
    assert recalculo.contenido == ruta.read_bytes()


def test_what_reads_the_cells_that_an_array_would_take_is_kept_too(tmp_path: Path) -> None:
    celdas = ARREGLO.format(cm=' cm="1"', ref="C1:C2", formula="A1:A3*2").replace('<c r="C3"><v>9</v></c>', "")
    ruta = libro_xml(tmp_path / "libro.xlsx", celdas.replace("C2+1", "C3+1"))
    assert set(conservadas(recalcular(Paquete(ruta)))) == {"C1", "E2"}


def test_an_array_whose_other_cells_are_not_in_the_file_is_kept(tmp_path: Path) -> None:
    celdas = ARREGLO.format(cm="", ref="C1:C3", formula="A1:A3*2").replace('<c r="C3"><v>9</v></c>', "")
    recalculo = recalcular(Paquete(libro_xml(tmp_path / "libro.xlsx", celdas)))
    assert conservadas(recalculo) == {
        "C1": "faltan en el archivo celdas de su resultado", "E2": "depende de Hoja 1!C2",
    }  # fmt: skip


def test_arrays_that_claim_whole_sheets_are_kept(tmp_path: Path) -> None:
    celdas = ARREGLO.format(cm="", ref="A1:XFD1048576", formula="A1:A3*2")
    assert conservadas(recalcular(Paquete(libro_xml(tmp_path / "libro.xlsx", celdas)))) == {
        "C1": "su resultado ocupa demasiadas celdas",
    }


def test_a_what_if_table_is_kept(tmp_path: Path) -> None:
    ruta = libro_xml(
        tmp_path / "libro.xlsx",
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="dataTable" ref="B1:B2" dt2D="0" dtr="0" r1="A1"/><v>7</v></c>'
        '<c r="C1"><f>B1+1</f><v>8</v></c><c r="D1"><f>A1+1</f><v>8</v></c></row>',
    )
    recalculo = recalcular(Paquete(ruta))
    assert conservadas(recalculo) == {
        "B1": "es una tabla de datos de «Análisis de hipótesis»", "C1": "depende de Hoja 1!B1",
    }  # fmt: skip
    assert [c.celda for c in recalculo.cambios] == ["D1"]


celdas = st.tuples(st.just("h"), st.integers(1, 9), st.integers(1, 4))
areas = st.tuples(celdas, celdas).map(
    lambda dos: Area(min(dos[0][1], dos[1][1]), min(dos[0][2], dos[1][2]),
                     max(dos[0][1], dos[1][1]), max(dos[0][2], dos[1][2]))
)  # fmt: skip


@given(st.dictionaries(celdas, st.lists(areas, max_size=3), max_size=15), st.sets(celdas, min_size=1, max_size=3))
def test_what_hangs_from_cells_is_what_reading_again_and_again_finds(
    lecturas: dict[tuple[str, int, int], list[Area]], origen: set[tuple[str, int, int]]
) -> None:
    dependencias = Dependencias()
    for celda, leidas in lecturas.items():
        dependencias.agregar(celda, f"=SUM({','.join(map(str, leidas))})")
    alcanzadas, antes = set(origen), 0
    while len(alcanzadas) > antes:
        antes = len(alcanzadas)
        alcanzadas |= {c for c, leidas in lecturas.items() if any(v[1:] in a for a in leidas for v in alcanzadas)}
    assert set(dependencias.alcanzadas(origen)) == alcanzadas - origen
