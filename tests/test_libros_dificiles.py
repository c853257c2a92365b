"""Books that are not as they should be: each is read as far as it can be, or refused with what to do."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from tests.formas import Cuadro, anexo_publicado, escribir, matriz_publicada
from tests.libros import LIBRO_ZED_ILO, RAIZ, TITULOS, Filas, aei, escribir_libro
from tests.planes import I_2025
from zedxl.evaluacion import evaluar
from zedxl.libro.lectura import leer, leer_libro
from zedxl.libro.paquete import LibroIlegible
from zedxl.plan import Plan

PLAN = Cuadro([list(TITULOS), aei("AEI.01.01", 4, 2)])


def reglas(plan: Plan) -> list[tuple[str, str]]:
    return [(h.regla, f"{h.hoja}!{h.celda}") for h in plan.hallazgos]


def con_combinadas(ruta: Path, filas: Filas, *areas: str) -> Path:
    """A book with these rows, in which areas are merged."""
    escribir_libro(ruta, {"Datos": filas})
    libro = openpyxl.load_workbook(ruta)
    for area in areas:
        libro["Datos"].merge_cells(area)
    libro.save(ruta)
    return ruta


class TestMergedCells:
    """A text merged over several rows counts for each, a number for none."""

    def test_a_code_merged_over_its_indicators_is_the_code_of_each(self, tmp_path: Path) -> None:
        filas: Filas = [["Código", "Denominación", "Indicador", "Meta 2025", "2025-I"], ["AEI.01.01", "Una", "Uno", 4, 2],
                 [None, None, "Otro", 5, 5], ["AEI.01.02", "Dos", "Tres", 8, 4]]  # fmt: skip
        plan = leer(con_combinadas(tmp_path / "libro.xlsx", filas, "A2:A3", "B2:B3"))
        assert [(i.nombre, i.meta(2025).valor) for i in next(plan.aeis).indicadores] == [("Uno", 4), ("Otro", 5)]
        assert reglas(plan) == []

    def test_a_number_merged_over_two_actions_is_a_question(self, tmp_path: Path) -> None:
        filas: Filas = [
            ["Código", "Meta 2025", "2025-I"],
            ["AEI.01.01", 4, 2],
            ["AEI.01.02", None, 3],
            ["AEI.01.03", 8, 4],
        ]
        plan = leer(con_combinadas(tmp_path / "libro.xlsx", filas, "B2:B3"))
        assert reglas(plan) == [("celda-combinada", "Datos!B2"), ("celda-combinada", "Datos!B3")]
        assert [a.logro.avance.valor for a in evaluar(plan, I_2025).aeis] == [None, None, 50]

    def test_a_number_merged_over_two_columns_is_a_question(self, tmp_path: Path) -> None:
        filas: Filas = [["Código", "Meta 2025", "2025-I"], ["AEI.01.01", 4, None], ["AEI.01.02", 8, 4]]
        plan = leer(con_combinadas(tmp_path / "libro.xlsx", filas, "B2:C2"))
        assert reglas(plan) == [("celda-combinada", "Datos!B2"), ("celda-combinada", "Datos!C2")]

    def test_a_heading_merged_across_the_table_is_no_data(self, tmp_path: Path) -> None:
        filas: Filas = [["Código", "Meta 2025", "2025-I"], ["Objetivo 1: vivir", None, None], ["AEI.01.01", 4, 2]]
        assert reglas(leer(con_combinadas(tmp_path / "libro.xlsx", filas, "A2:C2"))) == []


@pytest.mark.parametrize("titulo", ["2025-I", "I Semestre 2025"])
def test_a_period_alone_over_numbers_beside_nothing_else_is_a_question(tmp_path: Path, titulo: str) -> None:
    """A table of results has percentages there, and 50 would be taken for the value of AEI.01.02."""
    resultados: Filas = [["Acción estratégica", titulo], ["AEI.01.01 Una", 50], ["AEI.01.02 Otra", 50]]
    filas: Filas = [TITULOS, aei("AEI.01.01", 4, 2), aei("AEI.01.02", 8)]
    plan = leer(escribir_libro(tmp_path / "libro.xlsx", {"Plan": filas, "Resultados": resultados}))
    assert [a.indicadores[0].valor(I_2025).valor for a in plan.aeis] == [2, None]
    (hallazgo,) = plan.hallazgos
    assert (hallazgo.regla, hallazgo.hoja, hallazgo.celda) == ("valor-o-avance", "Resultados", "A1")
    assert hallazgo.sugerencia == f"Escriba «Valor {titulo}» o «Avance {titulo}»."


@pytest.mark.parametrize("valor", ["Valor 2025-I", "Avance 2025-I"])
def test_once_the_title_says_it_there_is_nothing_to_ask(tmp_path: Path, valor: str) -> None:
    filas: Filas = [TITULOS, aei("AEI.01.01", 4, 2), aei("AEI.01.02", 8)]
    otra: Filas = [["Código", valor], ["AEI.01.02", 50]]
    plan = leer(escribir_libro(tmp_path / "libro.xlsx", {"Plan": filas, "Resultados": otra}))
    assert plan.hallazgos == ()
    assert [a.indicadores[0].valor(I_2025).valor for a in plan.aeis] == [2, 50 if valor.startswith("Valor") else None]


@pytest.mark.parametrize(
    ("filas", "hallado"),
    [
        ([["AEI.01.01", "Una", 4, 2], ["IND.01.01.01", "Uno", 4, 2], ["AEI.01.01", "Una", 4, 2],
          ["IND.01.01.01", "Uno", 4, 2]], ["Datos!A5"]),
        ([["AEI.01.01", "Una", 4, 2], ["IND.01.01.01", "Uno", 4, 2], ["IND.01.01.01", "Uno", 4, 3]], ["Datos!A4"]),
    ],
)  # fmt: skip
def test_codes_twice_in_an_annex_are_errors_and_count_once(
    tmp_path: Path, filas: list[list[Any]], hallado: list[str]
) -> None:
    titulos = ["Código", "Denominación", "2025", "2025-I"]
    plan = leer(escribir_libro(tmp_path / "libro.xlsx", {"Datos": [titulos, *filas]}))
    assert reglas(plan) == [("codigo-repetido", celda) for celda in hallado]
    assert [len(a.indicadores) for a in plan.aeis] == [1]


def test_a_code_twice_in_a_matrix_is_an_error_and_counts_once(tmp_path: Path) -> None:
    matriz = matriz_publicada()
    matriz.filas[-2:-2] = [["AEI 1.1.", "Otra vez", "Eventos", "Progr", 9], [None, None, None, "Ejecut", 9]]
    plan = leer(escribir(tmp_path / "libro.xlsx", Matriz=matriz))
    assert reglas(plan) == [("codigo-repetido", "Matriz!A30")]
    assert next(plan.aeis).indicadores[0].meta(2025).valor == 3


def test_titles_without_data_beside_a_table_with_data_do_no_harm(tmp_path: Path) -> None:
    plan = leer(escribir(tmp_path / "libro.xlsx", Vacía=Cuadro([list(TITULOS)]), Plan=PLAN))
    assert [a.codigo for a in plan.aeis] == ["AEI.01.01"]
    assert reglas(plan) == []


def test_a_list_of_something_else_is_not_asked_about(tmp_path: Path) -> None:
    lista: Filas = [["Código", "Contrato", "Código"], ["AEI.01.01", "Uno", "C-1"]]
    assert reglas(leer(escribir(tmp_path / "libro.xlsx", Plan=PLAN, Contratos=Cuadro([list(f) for f in lista])))) == []


@pytest.mark.parametrize(
    ("hojas", "dice"),
    [
        ({"Hoja1": [["AEI.01.01", "Una", 4, 2]]}, r"Hoja1!A1 hay códigos de AEI sin una fila de títulos"),
        ({"Hoja1": [["Código", "U. Medida", "Semest."], ["AEI 1", "Cosas", "Progr 3"]]}, "no tiene una tabla"),
        ({"M": [["Código", "", ""], ["AEI 1.1", "Progr", 3], ["", "Ejecut", 2]]}, r"¿De qué período es esta matriz\?"),
        ({"M": [["Código", "2025-I", ""], ["AEI 1.1", "Progr", 3], ["", "Ejecut", 2]]}, "columnas que ya dicen de qué"),
        ({"M": [["2025-I"], ["Código", ""], ["AEI 1.1", "Progr 3"], ["AEI 1.2", "Progr 3"]]}, "no tiene ninguna AEI"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_refused_with_the_reason(
    tmp_path: Path, hojas: Mapping[str, Filas], dice: str
) -> None:
    with pytest.raises(LibroIlegible, match=dice):
        leer(escribir_libro(tmp_path / "libro.xlsx", hojas))


def test_a_picture_of_a_table_is_no_table(tmp_path: Path) -> None:
    libro = xlsxwriter.Workbook(tmp_path / "libro.xlsx")
    libro.add_worksheet("Anexo").insert_image("B2", str(RAIZ / "workbook" / "imagenes" / "informe.png"))
    libro.close()
    with pytest.raises(LibroIlegible, match="solo tiene una imagen, y de una imagen no se puede leer"):
        leer(tmp_path / "libro.xlsx")


def test_other_formats_are_named_with_what_to_do(tmp_path: Path) -> None:
    hoja_de_calculo = tmp_path / "libro.ods"
    with zipfile.ZipFile(hoja_de_calculo, "w") as paquete:
        paquete.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        paquete.writestr("content.xml", "<office/>")
    with pytest.raises(LibroIlegible, match=r"OpenDocument \(.ods\)\. Guárdelo como .xlsx"):
        leer(hoja_de_calculo)


def test_a_protected_sheet_is_read_like_any_other(tmp_path: Path) -> None:
    ruta = escribir(tmp_path / "libro.xlsx", Anexo=anexo_publicado())
    libro = openpyxl.load_workbook(ruta)
    libro["Anexo"].protection.set_password("secreto")
    libro.save(ruta)
    assert f"{evaluar(leer(ruta), I_2025).conjunto.puntaje.valor:.2f}" == "88.33"


def test_a_macro_book_with_another_layout_besides_is_read(tmp_path: Path) -> None:
    libro = openpyxl.load_workbook(LIBRO_ZED_ILO, keep_vba=True)
    hoja = libro.create_sheet("Matriz impresa")
    for fila in matriz_publicada().filas:
        hoja.append(fila)
    libro.save(tmp_path / "libro.xlsm")
    libro.vba_archive.close()  # openpyxl leaves it open
    leido = leer_libro(tmp_path / "libro.xlsm")
    assert [bloque.hoja.nombre for bloque in leido.bloques] == ["Seguimiento", "Matriz impresa"]
    assert [h for h in leido.plan.hallazgos if h.hoja == "Matriz impresa"] == []


def test_thousands_of_merged_cells(tmp_path: Path) -> None:
    libro = xlsxwriter.Workbook(str(tmp_path / "libro.xlsx"))
    hoja = libro.add_worksheet("Datos")
    hoja.write_row(0, 0, ["Código", "Indicador", "Meta 2025", "2025-I"])
    for n in range(5_000):
        oei, suya = divmod(n, 90)
        hoja.merge_range(2 * n + 1, 0, 2 * n + 2, 0, f"AEI.{oei + 1:02d}.{suya + 1:02d}")
        hoja.merge_range(2 * n + 1, 2, 2 * n + 2, 2, 10)
        hoja.write_column(2 * n + 1, 1, ["Uno", "Otro"])
        hoja.write_column(2 * n + 1, 3, [n % 9, n % 7])
    libro.close()
    plan = leer(tmp_path / "libro.xlsx")
    assert {len(a.indicadores) for a in plan.aeis} == {2}
    assert len(reglas(plan)) == 10_000  # every target is a question: of which of the two rows is it?


def test_an_annex_of_20_000_rows(tmp_path: Path) -> None:
    libro = xlsxwriter.Workbook(str(tmp_path / "libro.xlsx"), {"constant_memory": True})
    hoja = libro.add_worksheet("Anexo")
    hoja.write_row(0, 0, ["Código", "Denominación", "Línea base", "", "Logro esperado", "2025-Semestre I"])
    hoja.write_row(1, 0, ["", "", "Valor", "Año", 2025, "Valor obtenido"])
    for n in range(10_000):
        oei, suya = divmod(n, 90)
        hoja.write_row(2 * n + 2, 0, [f"AEI.{oei + 1:02d}.{suya + 1:02d}", f"Acción {n}"])
        hoja.write_row(2 * n + 3, 0, [f"IND.{oei + 1:02d}.{suya + 1:02d}.01", f"Cosas {n}", n % 7, 2022, 10, n % 9])
    libro.close()
    plan = leer(tmp_path / "libro.xlsx")
    assert reglas(plan) == []
    assert [a.indicadores[0].valor(I_2025).valor for a in plan.aeis] == [n % 9 for n in range(10_000)]
