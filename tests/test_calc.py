"""The functions in a real LibreOffice Calc: the table of calls, the shipped book, what Calc itself decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter.utility import xl_range

from tests.calc import EnMatriz, evaluar, hace_falta_calc, oficina
from tests.calc.hojas import valores_de
from tests.casos.fila import INVALIDO, NA
from tests.casos_funciones import CASOS, Caso, en_celda
from tests.libros import LIBRO_ZED_ILO
from tests.motor_formulas import formulas, guardados, iguales
from tests.paridad import celdas, se_compara_en_calc
from udfs import FUNCIONES, ErrorDeCelda

Datos = dict[str, list[list[object]]]

pytestmark = pytest.mark.usefixtures("calc")


@pytest.fixture(scope="module")
def calc() -> None:
    hace_falta_calc()


COMPARABLES = [caso for caso in CASOS if se_compara_en_calc(caso)]


class Hoja:
    """The arguments of calls, one block below the other."""

    def __init__(self) -> None:
        self.filas: list[list[Any]] = []

    def rango(self, dado: object) -> str:
        """Add a value or a block; where it stands."""
        filas = celdas(dado)
        primera = len(self.filas)
        self.filas += filas
        return f"Datos!{xl_range(primera, 0, len(self.filas) - 1, len(filas[0]) - 1)}"


def formula(caso: Caso, argumentos: Iterator[str]) -> str | EnMatriz:
    texto = f"={caso.funcion}({','.join(argumentos)})"
    if not isinstance(caso.esperado, list):
        return texto
    return EnMatriz(texto, len(caso.esperado), len(caso.esperado[0]))


def iguales_en_calc(obtenido: object, esperado: object) -> bool:
    """The same content of a cell or of rows of cells; for Calc VERDADERO is 1."""
    if isinstance(esperado, list):
        assert isinstance(obtenido, list)
        return all(
            iguales_en_calc(o, e)
            for fila, suya in zip(obtenido, esperado, strict=True)
            for o, e in zip(fila, suya, strict=True)
        )
    return iguales(obtenido, float(esperado) if isinstance(esperado, bool) else esperado)


def distintos(casos: Mapping[str, object], obtenidos: list[object]) -> str:
    return "\n".join(
        f"{llamada} vale {obtenido!r} en vez de {esperado!r}"
        for (llamada, esperado), obtenido in zip(casos.items(), obtenidos, strict=True)
        if not iguales_en_calc(obtenido, esperado)
    )


@pytest.mark.parametrize("funcion", FUNCIONES)
def test_over_cells_a_call_shows_what_the_table_says(funcion: str) -> None:
    hoja = Hoja()
    casos = [caso for caso in COMPARABLES if caso.funcion == funcion]
    escritas = [formula(caso, map(hoja.rango, caso.argumentos)) for caso in casos]
    assert casos
    assert not distintos({str(caso): caso.esperado for caso in casos}, evaluar(escritas, {"Datos": hoja.filas}))


def literal(dado: object) -> str:
    match dado:
        case None:
            return ""
        case str():
            return f'"{dado}"'
        case bool():
            return "TRUE" if dado else "FALSE"
        case _:
            return repr(dado)


def solo_literales(caso: Caso) -> bool:
    """Whether a call can be typed without cells: the last argument that is required cannot be left out."""
    requeridos = [lugar for lugar, a in enumerate(FUNCIONES[caso.funcion].argumentos) if not a.opcional]
    return not any(isinstance(dado, (list, tuple)) for dado in caso.argumentos) and (
        caso.argumentos[requeridos[-1]] is not None
    )


def test_typed_without_cells_a_call_shows_what_the_table_says() -> None:
    casos = [caso for caso in COMPARABLES if solo_literales(caso)]
    assert {caso.funcion for caso in casos} >= set(FUNCIONES) - {"COBERTURA"}
    escritas = [formula(caso, map(literal, caso.argumentos)) for caso in casos]
    assert not distintos({str(caso): caso.esperado for caso in casos}, evaluar(escritas))


def test_what_is_left_out_between_semicolons_is_an_empty_cell() -> None:
    assert evaluar(["=AVANCE_RANGO(,20,25)", "=AVANCE_AEI(,5)", "=AVANCE_AEI(10,8,,,FALSE)"]) == [80, "N/D", 80]


def test_an_error_in_an_argument_is_an_error_of_the_whole_call() -> None:
    """Calc does not ask the function: one cell gives its own error, a block that holds one gives Err:504."""
    datos: Datos = {"Datos": [[NA], [4]]}
    assert evaluar(["=AVANCE_AEI(Datos!A1,2)", "=AVANCE_AEI(2,NA())", '=AVANCE_AEI("tres",NA())'], datos) == [NA] * 3
    assert evaluar(["=PUNTAJE_OEI(Datos!A1:A2)", EnMatriz("=AVANCE_AEI(Datos!A1:A2,2)", 2, 1)], datos) == [
        ErrorDeCelda("Err:504"),
        [[ErrorDeCelda("Err:504")], [ErrorDeCelda("Err:504")]],
    ]


def test_an_empty_cell_is_no_zero() -> None:
    datos: Datos = {"Datos": [[3, None], [0, None]]}
    escritas: list[str | EnMatriz] = [
        "=AVANCE_AEI(Datos!A1,Datos!B1)",
        "=AVANCE_AEI(Datos!A1,Datos!A2)",
        "=AVANCE_AEI(Datos!A1,Datos!$B$1:$B$1)",
        '=AVANCE_AEI(Datos!A1,IF(Datos!B1="","",Datos!B1))',
        "=AVANCE_AEI(Datos!A1,6,Datos!B1,,Datos!B1)",  # a sentido and a tope
        "=AVANCE_AEI(Datos!A1,6,,,Datos!A2)",
        "=IF(TRUE,SEMAFORO( AVANCE_AEI(Datos!A1, D9 ) ))",
        EnMatriz("=AVANCE_AEI(Datos!A1:A2,Datos!B2)", 2, 1),
    ]
    assert evaluar(escritas, datos) == ["N/D", 0, "N/D", "N/D", 100, 200, "N/D", [["N/D"], ["N/D"]]]


def test_a_cell_emptied_while_the_book_is_open_is_no_zero(tmp_path: Path) -> None:
    libro = xlsxwriter.Workbook(tmp_path / "libro.xlsx")
    hoja = libro.add_worksheet("Hoja")
    hoja.write_row(0, 0, [4, 1])
    hoja.write_formula("C1", "=AVANCE_AEI(A1,B1)", None, 25)
    libro.close()
    visto = oficina().pedir("vaciar", str(tmp_path / "libro.xlsx"), "Hoja", "B1", "C1", str(tmp_path / "otro.xlsx"))
    assert visto == {"antes": 25, "después": "N/D", "vuelto a llenar": 50, "por guardar": False}
    # in the file the formula is the one that the person wrote
    assert formulas(tmp_path / "otro.xlsx") == {("Hoja", "C1"): "=AVANCE_AEI(A1,B1)"}


def test_verdadero_is_a_one_for_calc() -> None:
    assert evaluar(["=AVANCE_AEI(TRUE(),Datos!A1)", "=AVANCE_AEI(4,8,,,Datos!A2)"], {"Datos": [[True], [False]]}) == [
        100,
        200,
    ]


def test_texts_that_a_call_gives_equal_themselves_in_other_formulas() -> None:
    """Except in a block that mixes them with numbers, where no text equals another one: Calc's own fault."""
    formulas_de_texto: list[str | EnMatriz] = [
        EnMatriz("=SEMAFORO(Datos!A1:A2)", 2, 1),  # A1:A2
        '=SEMAFORO(80)',  # A3
        '=A1="ROJO"', '=A3="ÁMBAR"', '=COUNTIF(A1:A3,"ROJO")', '=SEMAFORO(80)="ÁMBAR"', "=A1=A2",
        EnMatriz("=AVANCE_AEI(Datos!A1:A3,2)", 3, 1),  # A9:A11
        '=A11="N/D"', '=A11&""="N/D"',
    ]  # fmt: skip
    obtenidos = evaluar(formulas_de_texto, {"Datos": [[10], [20], [None]]})
    assert obtenidos == [[["ROJO"], ["ROJO"]], "ÁMBAR", 1, 1, 2, 1, 1, [[20], [10], ["N/D"]], 0, 1]


VALORES = st.one_of(
    st.none(),
    st.sampled_from(["", "N/D", "N/P", "x", "12,5", "25 %", "1.234", "Descendente"]),
    st.integers(-5, 200),
    st.floats(-10, 1000, allow_nan=False).map(lambda x: round(x, 6)),
)
COLUMNAS = st.integers(1, 4).flatmap(lambda n: st.tuples(*[st.lists(VALORES, min_size=n, max_size=n)] * 2))
LLAMADAS = st.tuples(st.sampled_from(["AVANCE_AEI", "BRECHA_META", "VALOR_ANUAL", "PUNTAJE_OEI"]), COLUMNAS)


@settings(max_examples=10)
@given(st.lists(LLAMADAS, min_size=20, max_size=40))
def test_any_call_gives_in_calc_what_it_gives_in_python(
    llamadas: list[tuple[str, tuple[list[Any], list[Any]]]],
) -> None:
    casos = [Caso(nombre, argumentos, en_celda(nombre, *argumentos), "Python") for nombre, argumentos in llamadas]
    hoja = Hoja()
    escritas = [formula(caso, map(hoja.rango, caso.argumentos)) for caso in casos]
    obtenidos = evaluar(escritas, {"Datos": hoja.filas})
    for caso, obtenido in zip(casos, obtenidos, strict=True):
        assert iguales_en_calc(obtenido, caso.esperado), f"{caso}: {obtenido!r} en vez de {caso.esperado!r}"


def test_too_many_arguments_are_calcs_own_error_and_too_few_an_error_too() -> None:
    assert evaluar(["=SEMAFORO(1,2,3,4)", "=COBERTURA(1,2)"]) == [ErrorDeCelda("Err:504")] * 2
    assert evaluar(["=AVANCE_AEI(3)", "=COBERTURA()"]) == [INVALIDO] * 2


def test_functions_nest_with_each_other_and_with_those_of_calc() -> None:
    datos: Datos = {"Datos": [[16, 8], [3, 2], ["x", 1]]}
    obtenidos = evaluar(
        [
            "=PUNTAJE_OEI(AVANCE_AEI(Datos!A1:A2,Datos!B1:B2))",  # (50 + 66.67) / 2
            "=SUM(AVANCE_AEI(Datos!A1:A2,Datos!B1:B2))",
            "=IF(AVANCE_AEI(16,8)=50,SEMAFORO(AVANCE_AEI(16,8)),0)",
            '=IFERROR(AVANCE_AEI("x",1),"mal")',
            "=ISERROR(AVANCE_AEI(Datos!A3,Datos!B3))",
            '=IF(Datos!A9="","N/P",AVANCE_AEI(Datos!A9,1))',
            '=INDEX(RESUMEN_OEI({"AEI.01.01";"AEI.01.02"},{100;50}),2,2)',
        ],
        datos,
    )
    assert iguales_en_calc([obtenidos], [[175 / 3, 350 / 3, "ROJO", "mal", True, "N/P", 75]])


def test_the_shipped_book_shows_the_values_that_it_carries() -> None:
    guardado = guardados(LIBRO_ZED_ILO)
    por_hoja: dict[str, list[str]] = {}
    for hoja, celda in guardado:
        por_hoja.setdefault(hoja, []).append(celda)
    leidos = oficina().pedir("valores", str(LIBRO_ZED_ILO), por_hoja)
    calculado = {(hoja, celda): valores_de(filas)[0][0] for hoja in leidos for celda, filas in leidos[hoja].items()}
    textos = formulas(LIBRO_ZED_ILO)
    assert len(calculado) > 500
    assert not [
        f"{'!'.join(lugar)} vale {calculado[lugar]!r} y guarda {valor!r}: {textos[lugar]}"
        for lugar, valor in guardado.items()
        if not iguales_en_calc(calculado[lugar], valor)
    ]


def test_the_function_wizard_explains_every_function_in_spanish() -> None:
    asistente = oficina().pedir("asistente")
    for funcion in FUNCIONES.values():
        explicada = asistente[funcion.nombre]
        assert explicada["descripcion"] == funcion.descripcion
        assert [a[:2] for a in explicada["argumentos"]] == [[a.escritura, a.ayuda] for a in funcion.argumentos]


def test_a_program_can_call_a_function_without_any_book() -> None:
    assert oficina().pedir("llamar", "AVANCE_AEI", [4, 0]) == 0
