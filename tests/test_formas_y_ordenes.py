"""The commands on books without a flat table: those that need one say so, the others work by the cells of the data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ediciones import ANA, aplicada, plan_chico
from tests.formas import Cuadro, anexo_publicado, escribir, matriz_publicada
from tests.libros import TITULOS, aei, escribir_libro
from tests.planes import I_2025, II_2025
from tests.test_cli import zedxl
from zedxl.libro.bloques.unica import SinTablaUnica
from zedxl.libro.lectura import Libro, leer_libro
from zedxl.reparto.copia import leer_copia
from zedxl.reparto.copias import repartir
from zedxl.reparto.fusion import fusionar
from zedxl.semestre.apertura import abrir
from zedxl.semestre.cierre import cerrar
from zedxl.semestre.pedido import leer_pedido
from zedxl.semestre.registro import RegistroRechazado, registrar
from zedxl.validacion import validar
from zedxl.vinculacion.formulas import Resultado
from zedxl.vinculacion.insercion import insertar


@pytest.fixture
def anexo(tmp_path: Path) -> Libro:
    return leer_libro(escribir(tmp_path / "anexo.xlsx", Anexo=anexo_publicado()))


@pytest.fixture
def matriz(tmp_path: Path) -> Libro:
    return leer_libro(escribir(tmp_path / "matriz.xlsx", Matriz=matriz_publicada(en_la_celda=True)))


def registrados(libro: Libro, *pedidos: str) -> dict[str, object]:
    edicion = registrar(libro, I_2025, [leer_pedido(p) for p in pedidos], ANA)
    return {str(c.celda): c.despues for c in edicion.cambios}


def valor(libro: Libro, codigo: str) -> float | None:
    return next(a for a in libro.plan.aeis if a.codigo == codigo).indicadores[0].valor(I_2025).valor


class TestRegistrar:
    def test_in_an_annex_the_rows_of_the_action_and_of_its_indicator_stay_alike(self, anexo: Libro) -> None:
        assert registrados(anexo, "AEI.01.01=3") == {"Anexo!K7": 3.0, "Anexo!K6": 3.0}
        leido = aplicada(anexo, registrar(anexo, I_2025, [leer_pedido("IND.01.01.01=3")], ANA))
        assert valor(leido, "AEI.01.01") == 3
        assert leido.plan.hallazgos == ()

    def test_in_a_matrix_the_word_stays_before_the_number(self, matriz: Libro) -> None:
        assert registrados(matriz, "AEI.01.01=2,5", "AEI.01.02=") == {"Matriz!D7": "Ejecut 2.5", "Matriz!D9": "Ejecut"}
        leido = aplicada(matriz, registrar(matriz, I_2025, [leer_pedido("AEI.01.01=3")], ANA))
        assert valor(leido, "AEI.01.01") == 3

    def test_in_two_blocks_that_say_the_same_both_change(self, tmp_path: Path) -> None:
        ruta = escribir(tmp_path / "libro.xlsx", Anexo=anexo_publicado(), Matriz=matriz_publicada())
        libro = leer_libro(ruta)
        assert registrados(libro, "AEI.02.04=10") == {"Anexo!K19": 10.0, "Anexo!K18": 10.0, "Matriz!E21": 10.0}
        leido = aplicada(libro, registrar(libro, I_2025, [leer_pedido("AEI.02.04=10")], ANA))
        assert leido.plan.hallazgos == ()

    def test_a_period_without_a_place_is_refused(self, anexo: Libro) -> None:
        with pytest.raises(RegistroRechazado, match="no tiene columna de valores para 2025-II"):
            registrar(anexo, II_2025, [leer_pedido("AEI.01.01=3")], ANA)


def por_columnas() -> Cuadro:
    """The published matrix with a column for its year and one for each semester."""
    cuadro = matriz_publicada()
    cuadro.filas[2] = ["Cód", "Descripción", "U. Medida", "Semest.", 2025, "2025-I", "2025-II"]
    for fila in cuadro.filas[3:-2]:
        numero = fila[4]
        fila[4:] = [numero, None, None] if fila[3] == "Progr" else [None, numero, None]
    return Cuadro(cuadro.filas)


def juntas() -> Cuadro:
    """A flat table with codes and names in one column."""
    return Cuadro([["OEI/AEI", "Indicador", "Meta 2025", "2025-I"], ["AEI.01.01 Una", "IND.01.01.01 Cosas", 4, 2],
                   ["AEI.01.02: Otra", "IND.01.02.01 Casos", 8, 8]])  # fmt: skip


@pytest.mark.parametrize(
    "cuadro",
    [
        anexo_publicado(), matriz_publicada(), por_columnas(), juntas(),
        anexo_publicado().junto_a(matriz_publicada(), mas_abajo=2),
    ],
    ids=["annex", "matrix", "matrix by columns", "code and name together", "side by side"],
)  # fmt: skip
def test_a_period_is_closed_validated_and_reopened(tmp_path: Path, cuadro: Cuadro) -> None:
    libro = leer_libro(escribir(tmp_path / "libro.xlsx", Datos=cuadro))
    cerrado = aplicada(libro, cerrar(libro, I_2025, ANA))
    assert list(cerrado.plan.cierres) == [I_2025]
    assert [h.mensaje for h in validar(cerrado, I_2025) if "cerrado" in h.regla] == []
    reabierto = aplicada(cerrado, abrir(cerrado, I_2025, ANA, "una corrección"))
    assert list(reabierto.plan.cierres) == []


def test_closing_locks_every_cell_that_says_a_value(anexo: Libro) -> None:
    (candado,) = cerrar(anexo, I_2025, ANA).candados
    assert candado.hoja == "Anexo"
    assert candado.celdas == {(fila, 11) for fila in range(6, 26)}


def test_a_period_that_has_its_place_is_open_already(anexo: Libro) -> None:
    assert not abrir(anexo, I_2025, ANA)


@pytest.mark.parametrize(
    "orden",
    [
        lambda libro: abrir(libro, II_2025, ANA), lambda libro: repartir(libro, ANA),
        lambda libro: fusionar(libro, [], ANA), lambda libro: leer_copia(libro.paquete.ruta),
    ],
    ids=["abrir-semestre", "repartir", "fusionar", "a copy to merge"],
)  # fmt: skip
def test_what_needs_a_flat_table_says_what_the_book_has(anexo: Libro, orden: Callable[[Libro], object]) -> None:
    with pytest.raises(SinTablaUnica, match=r"no tiene una tabla plana.*Anexo!A4, anexo.*Pase el plan a una tabla"):
        orden(anexo)


@pytest.mark.parametrize(
    ("hojas", "dice"),
    [
        ({"Uno": [TITULOS, aei("AEI.01.01", 4)], "Dos": [TITULOS, aei("AEI.01.02", 4)]}, "Uno!A1 y Dos!A1"),
        ({"Uno": [["Código", "Meta", "2025-I"], [None, 2025, None], ["AEI.01.01", 4, 2]]}, "sus títulos en varias filas"),
    ],
)  # fmt: skip
def test_so_does_what_needs_one_table_with_one_row_of_titles(tmp_path: Path, hojas: dict, dice: str) -> None:  # type: ignore[type-arg]
    libro = leer_libro(escribir_libro(tmp_path / "libro.xlsx", hojas))
    with pytest.raises(SinTablaUnica, match=dice):
        abrir(libro, II_2025, ANA)


def test_a_flat_table_beside_an_annex_is_still_opened_and_given_out(tmp_path: Path) -> None:
    ruta = plan_chico(tmp_path / "plan.xlsx", Matriz=[["2025-I"], ["Código", "", ""], ["AEI.01.01", "Progr", 4],
                                                      ["", "Ejecut", 2]])  # fmt: skip
    libro = leer_libro(ruta)
    assert len(libro.bloques) == 2
    assert len(repartir(libro, ANA).copias) == 2
    siguiente = II_2025.siguiente
    assert siguiente in aplicada(libro, abrir(libro, siguiente, ANA)).periodos


@pytest.mark.parametrize(
    ("cuadro", "dice"),
    [
        (juntas(), "tiene códigos y nombres en una misma celda"),
        (juntas().junto_a(matriz_publicada()), "junto a la tabla de Datos!A1 hay otra"),
        (por_columnas(), "no tiene una tabla plana"),
    ],
    ids=["code and name together", "side by side", "matrix by columns"],
)  # fmt: skip
def test_formulas_are_not_put_beside_what_they_cannot_refer_to(tmp_path: Path, cuadro: Cuadro, dice: str) -> None:
    libro = leer_libro(escribir(tmp_path / "libro.xlsx", Datos=cuadro))
    with pytest.raises(SinTablaUnica, match=dice):
        insertar(libro, I_2025, {Resultado.AVANCE: 20}, ANA)


def test_values_of_a_matrix_by_columns_are_those_of_the_published_one(tmp_path: Path) -> None:
    libro = leer_libro(escribir(tmp_path / "libro.xlsx", Datos=por_columnas()))
    assert registrados(libro, "AEI.02.04=10") == {"Datos!F21": 10.0}
    assert valor(libro, "AEI.02.04") == 9


class TestCommandLine:
    def test_resumen_says_what_was_understood(self, anexo: Libro) -> None:
        resultado = zedxl("resumen", anexo.paquete.ruta, "-v")
        assert resultado.returncode == 0
        assert "Anexo!A4, hasta la fila 25: anexo" in resultado.stdout
        assert "H  Logro esperado · 2024 → Meta 2024" in resultado.stdout
        assert "Puntaje del PEI: 88.33" in resultado.stdout

    def test_with_json_that_goes_to_the_other_output(self, anexo: Libro) -> None:
        resultado = zedxl("resumen", anexo.paquete.ruta, "-v", "--json")
        assert resultado.stdout.startswith("{")
        assert "Anexo!A4" in resultado.stderr

    @pytest.mark.parametrize("cuadro", [anexo_publicado(), matriz_publicada()], ids=["annex", "matrix"])
    def test_the_report_is_written(self, tmp_path: Path, cuadro: Cuadro) -> None:
        ruta = escribir(tmp_path / "libro.xlsx", Datos=cuadro)
        resultado = zedxl("informe", ruta, "--salida", tmp_path / "informe.docx")
        assert resultado.returncode in (0, 1), resultado.stderr
        assert (tmp_path / "informe.docx").stat().st_size > 10_000

    def test_repartir_is_refused_politely(self, anexo: Libro, tmp_path: Path) -> None:
        resultado = zedxl("repartir", anexo.paquete.ruta, "--carpeta", tmp_path / "copias")
        assert resultado.returncode == 2
        assert "no tiene una tabla plana" in resultado.stderr
