"""The functions typed in cells, called as plain Python: values, shapes, errors, registry."""

from __future__ import annotations

import doctest
import re
import sys
from typing import Any

import pytest

import udfs
from tests.casos.fila import INVALIDO
from tests.casos_funciones import CASOS, Caso, en_celda
from udfs import FUNCIONES, Funcion
from udfs.registro import Resultado, funcion
from zedxl.medida import DatoInvalido

TODAS = pytest.mark.parametrize("definida", FUNCIONES.values(), ids=FUNCIONES)


def iguales(obtenido: object, esperado: object) -> bool:
    """Equal, numbers to the last digits that a spreadsheet keeps."""
    if isinstance(esperado, list):
        mismo_largo = isinstance(obtenido, list) and len(obtenido) == len(esperado)
        return mismo_largo and all(map(iguales, obtenido, esperado))  # type: ignore[call-overload]
    if isinstance(esperado, (int, float)):
        return isinstance(obtenido, (int, float)) and obtenido == pytest.approx(esperado, rel=1e-13, abs=1e-13)
    return obtenido == esperado


@pytest.mark.parametrize("caso", CASOS, ids=str)
def test_a_call_gives_what_its_source_says(caso: Caso) -> None:
    obtenido = en_celda(caso.funcion, *caso.argumentos)
    assert iguales(obtenido, caso.esperado), f"{obtenido!r} en vez de {caso.esperado!r}: {caso.fuente}"


def test_the_table_of_calls_covers_every_function_with_a_value_and_an_error() -> None:
    assert len(CASOS) >= 200
    assert {c.funcion for c in CASOS} == set(FUNCIONES)
    assert {c.funcion for c in CASOS if c.esperado == INVALIDO} == set(FUNCIONES)


@pytest.mark.parametrize(
    ("nombre", "argumentos", "mensaje"),
    [
        ("AVANCE_AEI", ("tres", 2), "En «programado»: «tres» no es un número."),
        ("AVANCE_AEI", (3, 2, "No definido"), "use AVANCE_RANGO"),
        ("AVANCE_AEI", (-3, 2), "La meta no puede ser negativa."),
        ("AVANCE_AEI", (3, 2, None, None, "quizá"), "En «tope»: «quizá» no es un valor lógico"),
        ("AVANCE_AEI", ([[1], [2]], [[1], [2], [3]]), "programado de 2 × 1, ejecutado de 3 × 1"),
        ("RITMO_AEI", (50, ""), "En «periodo»: Falta el período"),
        ("SEMAFORO", (50, 750), "«750» no es un umbral"),
        ("PUNTAJE_OEI", ([50, 60], [1, None]), "otros sin peso"),
        ("PUNTAJE_OEI", ([50, 60], [1e308, 1e308]), "demasiado grandes"),
        ("BRECHA_META", (1e308, -1e308), "demasiado grandes"),
        ("PUNTAJE_OEI", ([50, 60], [[1, 1]]), "2 × 1 celdas y los pesos 1 × 2"),
        ("RESUMEN_OEI", (["AEI.01.01", "AEI 1.1"], [1, 2]), "AEI.01.01 está repetida"),
        ("VALIDAR_PLAN", ([["a"], ["b"]],), "columna «Código»"),
    ],
)
def test_a_refused_call_says_where_and_what_to_do(nombre: str, argumentos: tuple[Any, ...], mensaje: str) -> None:
    with pytest.raises(DatoInvalido, match=re.escape(mensaje)):
        FUNCIONES[nombre].llamar(*argumentos)


def test_an_error_inside_a_range_carries_its_reason() -> None:
    ((error,), _) = udfs.AVANCE_AEI([[-3], [4]], 2)
    assert error.motivo == "La meta no puede ser negativa."


def test_arguments_may_be_given_by_name() -> None:
    assert udfs.AVANCE_AEI(ejecutado=9, programado=3, tope=False) == 300
    assert udfs.AEI_CRITICA(20, "2025-I", esperado=25) == "NO CRÍTICA"


def test_weights_by_relevancia_feed_the_puntaje() -> None:
    # weights 2, 1, none: (2 × 100 + 1 × 40) / 3
    pesos = udfs.PESO_RELEVANCIA([["Muy relevante"], ["Relevante"], [""]])
    assert udfs.PUNTAJE_OEI([[100], [40], ["N/P"]], pesos) == 80


@TODAS
def test_the_example_of_each_function_holds(definida: Funcion) -> None:
    nombres = vars(sys.modules[definida.llamar.__module__])
    ejemplo = doctest.DocTestParser().get_doctest(definida.llamar.__doc__ or "", nombres, definida.nombre, None, 0)
    resultado = doctest.DocTestRunner().run(ejemplo)
    assert resultado.attempted > 0
    assert resultado.failed == 0


@TODAS
def test_each_function_is_found_under_the_name_in_the_cell(definida: Funcion) -> None:
    assert definida.llamar is getattr(udfs, definida.nombre)
    assert definida.llamar.__name__ == definida.nombre
    assert definida.nombre in dir(udfs)


def test_another_name_is_none_of_the_functions() -> None:
    with pytest.raises(AttributeError, match="AVANCE_OII"):
        _ = udfs.AVANCE_OII


@TODAS
def test_names_are_capitals_that_no_spreadsheet_reads_as_a_cell(definida: Funcion) -> None:
    assert re.fullmatch(r"[A-Z_]+", definida.nombre)
    assert not re.fullmatch(r"[A-Z]{1,3}\d+|R\d*C\d*", definida.nombre)


@TODAS
def test_help_fits_the_function_wizard(definida: Funcion) -> None:
    ayudas = [definida.descripcion, *(a.ayuda for a in definida.argumentos)]
    assert all(ayuda.endswith((".", "…")) and "\n" not in ayuda and len(ayuda) <= 255 for ayuda in ayudas)
    assert len(",".join(a.nombre for a in definida.argumentos)) < 254
    assert all(a.nombre.isascii() and a.nombre.islower() for a in definida.argumentos)


def test_the_signatures_are_those_of_the_specification() -> None:
    firmas = {
        nombre: "; ".join(f"[{a.nombre}]" if a.opcional else a.nombre for a in f.argumentos)
        for nombre, f in FUNCIONES.items()
    }
    assert firmas == {
        "AVANCE_AEI": "programado; ejecutado; [sentido]; [linea_base]; [tope]",
        "AVANCE_OEI": "programado; ejecutado; [sentido]; [linea_base]; [tope]",
        "AVANCE_RANGO": "minimo; maximo; ejecutado; [tope]",
        "VALOR_ANUAL": "semestre_1; semestre_2; [agregacion]",
        "PUNTAJE_OEI": "avances; [pesos]; [sin_dato]",
        "PUNTAJE_PEI": "avances; [pesos]; [sin_dato]",
        "COBERTURA": "avances",
        "PESO_RELEVANCIA": "relevancias",
        "AVANCE_ESPERADO": "periodo; [programado_semestre]; [programado_anual]",
        "RITMO_AEI": "avance; periodo; [esperado]",
        "AEI_CRITICA": "avance; periodo; [umbral]; [esperado]",
        "SEMAFORO": "porcentaje; [rojo]; [verde]",
        "ESTADO_AEI": "programado; ejecutado; periodo; [sentido]; [umbral]",
        "NOTA_AVANCE": "avance; periodo; [esperado]",
        "BRECHA_META": "programado; ejecutado; [sentido]",
        "PROYECCION_ANUAL": "valor; periodo; [agregacion]",
        "RESUMEN_OEI": "codigos; avances; [pesos]",
        "VALIDAR_PLAN": "rango",
    }


def test_the_registry_says_which_arguments_are_ranges_and_what_comes_back() -> None:
    rangos = {(n, a.nombre) for n, f in FUNCIONES.items() for a in f.argumentos if a.rango}
    assert rangos == {
        ("PUNTAJE_OEI", "avances"), ("PUNTAJE_OEI", "pesos"), ("PUNTAJE_PEI", "avances"), ("PUNTAJE_PEI", "pesos"),
        ("COBERTURA", "avances"), ("PESO_RELEVANCIA", "relevancias"), ("RESUMEN_OEI", "codigos"),
        ("RESUMEN_OEI", "avances"), ("RESUMEN_OEI", "pesos"), ("VALIDAR_PLAN", "rango"),
    }  # fmt: skip
    formas = {n: f.resultado for n, f in FUNCIONES.items() if f.resultado is not Resultado.ELEMENTO}
    assert formas == {
        "PUNTAJE_OEI": Resultado.RESUMEN, "PUNTAJE_PEI": Resultado.RESUMEN, "COBERTURA": Resultado.RESUMEN,
        "PESO_RELEVANCIA": Resultado.COLUMNA, "RESUMEN_OEI": Resultado.TABLA, "VALIDAR_PLAN": Resultado.TABLA,
    }  # fmt: skip


def test_a_function_that_hosts_could_not_take_is_refused_when_defined() -> None:
    def PEI2026() -> None: ...  # noqa: N802
    def SIN_ENTRADA(valor: float) -> None: ...  # noqa: N802
    def SEMAFORO() -> None: ...  # noqa: N802

    for regla in (PEI2026, SIN_ENTRADA, SEMAFORO):
        with pytest.raises(ValueError, match=r"no name|no Entrada"):
            funcion("Prueba.")(regla)
