"""Recording values: by code, all or none, each refusal by its name."""

from __future__ import annotations

import contextlib
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ediciones import ANA, I_2025, II_2025, TITULOS, aplicada, fila, plan_chico
from tests.libros import escribir_libro
from zedxl.libro.lectura import Libro, leer_libro
from zedxl.semestre.cierre import cerrar
from zedxl.semestre.pedido import Pedido, PedidosIlegibles, leer_csv, leer_pedido
from zedxl.semestre.registro import RegistroRechazado, registrar


@pytest.fixture
def libro(tmp_path: Path) -> Libro:
    return leer_libro(plan_chico(tmp_path / "plan.xlsx"))


def pedidos(*escritos: str) -> list[Pedido]:
    return [leer_pedido(escrito) for escrito in escritos]


def cambios(libro: Libro, *escritos: str) -> dict[str, object]:
    """What would be written in each cell."""
    return {str(c.celda): c.despues for c in registrar(libro, II_2025, pedidos(*escritos), ANA).cambios}


def test_a_value_goes_under_its_period_in_the_row_of_its_code(libro: Libro) -> None:
    assert cambios(libro, "AEI.01.02=7", "oei 2=6.5") == {"Seguimiento!J4": 7.0, "Seguimiento!J5": 6.5}


@pytest.mark.parametrize(
    ("escrito", "valor"),
    [
        ("AEI.01.01=3", 3.0), ("AEI 1.1 = 3 cosas", 3.0), ("AEI.01.01=2,5", 2.5), ("AEI.01.01=1,234.5 Cosas", 1234.5),
        ("AEI.01.01=-0.5", -0.5), ("AEI.01.01=N/D", "N/D"), ("AEI.01.01=-", "N/D"), ("AEI.01.01=0", 0.0),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_type_them(libro: Libro, escrito: str, valor: object) -> None:
    assert cambios(libro, escrito) == {"Seguimiento!J3": valor}


@pytest.mark.parametrize(
    ("escrito", "dice"),
    [
        ("AEI.07.01=3", "el código AEI.07.01 no está en el libro"),
        ("Logística=3", "«Logística» no es un código"),
        ("AEI.01.01=tres", "«tres» no es un número"),
        ("AEI.01.01=1.234", "puede leerse como 1234 o como 1,234"),
        ("AEI.01.01=30 %", "viene en «%» y el indicador se mide en «Cosas»"),
        ("AEI.01.01=3 eventos", "viene en «eventos» y el indicador se mide en «Cosas»"),
    ],
)
def test_what_cannot_be_recorded_is_refused_by_name_and_nothing_else_is_recorded(
    libro: Libro, escrito: str, dice: str
) -> None:
    with pytest.raises(RegistroRechazado) as rechazo:
        registrar(libro, II_2025, pedidos("AEI.01.02=7", escrito), ANA)
    assert dice in str(rechazo.value)
    assert str(rechazo.value).startswith("No se registró ningún valor.")
    assert "AEI.01.02=7" not in str(rechazo.value)


def test_all_refusals_are_told_at_once(libro: Libro) -> None:
    with pytest.raises(RegistroRechazado) as rechazo:
        registrar(libro, II_2025, pedidos("AEI.07.01=3", "AEI.01.01=x", "AEI.01.02=1"), ANA)
    assert len(str(rechazo.value).splitlines()) == 3


def test_the_same_code_with_two_values_is_refused_and_with_the_same_value_is_one(libro: Libro) -> None:
    with pytest.raises(RegistroRechazado, match="tiene otro valor"):
        registrar(libro, II_2025, pedidos("AEI.01.01=3", "AEI 1.1=4"), ANA)
    assert cambios(libro, "AEI.01.01=3", "AEI 1.1=3") == {"Seguimiento!J3": 3.0}


def test_what_the_book_says_already_changes_nothing(libro: Libro) -> None:
    assert not registrar(libro, I_2025, pedidos("AEI.01.01=2"), ANA)


def test_an_empty_value_empties_the_cell(libro: Libro) -> None:
    (cambio,) = registrar(libro, I_2025, pedidos("AEI.01.01="), ANA).cambios
    assert (cambio.antes, cambio.despues) == (2.0, None)


def test_an_action_with_several_indicators_needs_the_code_of_one(tmp_path: Path) -> None:
    titulos = (*TITULOS, "Código del indicador")
    filas = [titulos, [*fila("AEI.01.01", 4), "IND.01.01.01"], [*fila("AEI.01.01", 5), "IND.01.01.02"]]
    libro = leer_libro(escribir_libro(tmp_path / "plan.xlsx", {"Seguimiento": filas}))
    with pytest.raises(RegistroRechazado, match=r"tiene 2 indicadores \(IND.01.01.01, IND.01.01.02\)"):
        registrar(libro, II_2025, pedidos("AEI.01.01=3"), ANA)
    assert cambios(libro, "IND.01.01.02=3") == {"Seguimiento!J3": 3.0}


def test_a_closed_period_takes_no_value(libro: Libro) -> None:
    cerrado = aplicada(libro, cerrar(libro, I_2025, ANA))
    with pytest.raises(RegistroRechazado, match=r"2025-I está cerrado desde el 15/01/2026 \(Ana Quispe\)"):
        registrar(cerrado, I_2025, pedidos("AEI.01.01=3"), ANA)


def test_a_period_without_a_column_says_how_to_open_it(libro: Libro) -> None:
    with pytest.raises(RegistroRechazado, match="abrir-semestre LIBRO 2026-I"):
        registrar(libro, II_2025.siguiente, pedidos("AEI.01.01=3"), ANA)


def test_a_percent_cell_gets_the_fraction_that_it_shows_as_points(tmp_path: Path) -> None:
    ruta = escribir_libro(
        tmp_path / "plan.xlsx",
        {"Seguimiento": [TITULOS, [*fila("AEI.01.01", 40)[:3], "%", *fila("AEI.01.01", 40)[4:]]]},
        formatos={"Seguimiento!J2": "0%"},
    )
    libro = leer_libro(ruta)
    aplicada(libro, registrar(libro, II_2025, pedidos("AEI.01.01=7%"), ANA))
    assert openpyxl.load_workbook(ruta)["Seguimiento"]["J2"].value == 0.07
    assert leer_libro(ruta).plan.oeis[0].aeis[0].indicadores[0].valor(II_2025).valor == 7.0


class TestCSV:
    def lista(self, carpeta: Path, texto: str, codificacion: str = "utf-8") -> Path:
        ruta = carpeta / "valores.csv"
        ruta.write_bytes(texto.encode(codificacion))
        return ruta

    @pytest.mark.parametrize(
        ("texto", "codificacion"),
        [
            ("Código,Valor\nAEI.01.01,3\n", "utf-8"),
            ("Código;Valor obtenido\r\nAEI 1.1;3\r\n\r\n;\r\n", "cp1252"),
            ("\ufeffCódigo;Denominación;Valor 2025-II;Valor 2025-I\nAEI.01.01;«a; b»;3;9", "utf-8"),
            ('Unidad de medida,Valor,Código\nCosas,"3",AEI.01.01', "utf-8"),
            ("Código,Período,Valor\nAEI.01.01,II-2025,3", "utf-8"),
        ],
    )
    def test_lists_as_excel_and_people_write_them(self, tmp_path: Path, texto: str, codificacion: str) -> None:
        if "«" in texto:
            texto = texto.replace("«a; b»", '"a; b"')
        (pedido,) = leer_csv(self.lista(tmp_path, texto, codificacion), II_2025)
        assert (pedido.codigo.replace(" ", ".").replace("1.1", "01.01")[-5:], pedido.valor) == ("01.01", "3")

    def test_a_refusal_names_the_line(self, libro: Libro, tmp_path: Path) -> None:
        lista = self.lista(tmp_path, "Código,Valor,Unidad\nAEI.01.01,3,Cosas\nAEI.01.02,4,%\n")
        with pytest.raises(RegistroRechazado, match=r"línea 3 de valores\.csv: viene en «%»"):
            registrar(libro, II_2025, leer_csv(lista, II_2025), ANA)

    @pytest.mark.parametrize(
        ("texto", "dice"),
        [
            ("", "debe tener los títulos"),
            ("Código,Monto\nAEI.01.01,3", "debe tener los títulos"),
            ("Código,Valor,Valor 2025-II\nAEI.01.01,3,3", "una vez cada uno"),
            ("Código,Valor\n\n", "no tiene ningún valor"),
            ("Código,Período,Valor\nAEI.01.01,2025-I,3", "línea 2 de valores.csv es de 2025-I"),
            ("Código,Período,Valor\nAEI.01.01,junio,3", "«junio» no es un período"),
            ('Código,Valor\n"AEI.01.01,3', "no es un CSV"),
        ],
    )
    def test_a_list_that_cannot_be_read_says_why(self, tmp_path: Path, texto: str, dice: str) -> None:
        with pytest.raises(PedidosIlegibles, match=dice):
            leer_csv(self.lista(tmp_path, texto), II_2025)

    def test_a_list_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(PedidosIlegibles, match="no existe"):
            leer_csv(tmp_path / "valores.csv", II_2025)

    @given(st.binary(max_size=300))
    def test_whatever_the_file_holds_it_is_a_list_or_a_refusal(self, datos: bytes) -> None:
        import tempfile

        with tempfile.TemporaryDirectory() as carpeta:
            ruta = Path(carpeta) / "valores.csv"
            ruta.write_bytes(datos)
            with contextlib.suppress(PedidosIlegibles):
                leer_csv(ruta, II_2025)


@pytest.mark.parametrize("escrito", ["AEI.01.01", "=3", "  =3"])
def test_what_is_no_code_with_a_value_is_not_understood(escrito: str) -> None:
    with pytest.raises(PedidosIlegibles, match="CÓDIGO=VALOR"):
        leer_pedido(escrito)


@given(st.text(max_size=60))
def test_any_text_is_a_request_or_a_refusal(escrito: str) -> None:
    with contextlib.suppress(PedidosIlegibles):
        leer_pedido(escrito)
