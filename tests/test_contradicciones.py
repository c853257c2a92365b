"""Two places that say something else of one indicator than numbers: words, unit, weight, year of the baseline.

The row of an AEI and that of its indicator are two places, too; but the relevancia and the weight of an action are its
own, and may differ from those of its indicator.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.formas import anexo_publicado, escribir, impreso
from tests.libros import Filas, escribir_libro
from tests.planes import I_2025
from zedxl.evaluacion import evaluar
from zedxl.libro.hojas import TITULOS_PARAMETROS
from zedxl.libro.lectura import Libro, leer, leer_libro
from zedxl.plan import Plan
from zedxl.validacion import validar
from zedxl.vocabulario import Prioridad, Relevancia

CAMPOS = {
    "Unidad de medida": ("unidad", "%", "Cosas"), "Sentido": ("sentido", "Ascendente", "Descendente"),
    "Agregación": ("agregacion", "Acumulado", "No acumulado"), "Frecuencia": ("frecuencia", "Semestral", "Anual"),
    "Año de la línea base": ("linea_base_anio", 2022, 2023), "Relevancia": ("relevancia", "Relevante", "Muy relevante"),
    "Peso del indicador": ("peso", 2, 3),
}  # fmt: skip
DE_LA_AEI = ("Relevancia", "Peso del indicador")
"""What the row of an AEI may rightly say otherwise than that of its indicator."""


@pytest.fixture
def ruta(tmp_path: Path) -> Path:
    return tmp_path / "libro.xlsx"


def anexo(ruta: Path, columna: str, de_la_aei: Any, *de_indicadores: Any, **hojas: Filas) -> Libro:
    filas = [["Código", "Denominación", columna, "2025", "2025-I"], ["AEI.01.01", "Una", de_la_aei, None, None]]
    filas += [[f"IND.01.01.0{n}", f"Cosas {n}", dicho, 4, 2] for n, dicho in enumerate(de_indicadores, 1)]
    return leer_libro(escribir_libro(ruta, {"Anexo": filas, **hojas}))


def dos_tablas(ruta: Path, columna: str, uno: Any, otro: Any) -> Plan:
    titulos = ["Código", columna, "Meta 2025", "2025-I"]
    return leer(
        escribir_libro(ruta, {"Una": [titulos, ["AEI.01.01", uno, 4, 2]], "Otra": [titulos, ["AEI.01.01", otro, 4, 2]]})
    )


def reglas(plan: Plan) -> list[tuple[str, str]]:
    return [(h.regla, f"{h.hoja}!{h.celda}") for h in plan.hallazgos]


@pytest.mark.parametrize("columna", CAMPOS)
def test_two_tables_that_differ_are_an_error_that_names_both_cells(ruta: Path, columna: str) -> None:
    campo, uno, otro = CAMPOS[columna]
    plan = dos_tablas(ruta, columna, uno, otro)
    assert reglas(plan) == [("datos-contradictorios", "Otra!B2")]
    assert f"{columna}: {uno} (Una!B2) y {otro} (Otra!B2)" in plan.hallazgos[0].mensaje
    (indicador,) = next(plan.aeis).indicadores
    if campo in ("unidad", "linea_base_anio", "relevancia", "peso"):
        assert not getattr(indicador, campo)  # neither is guessed
    else:
        assert evaluar(plan, I_2025).aeis[0].logro.avance.valor is None  # no rule can be chosen


@pytest.mark.parametrize("columna", [c for c in CAMPOS if c not in DE_LA_AEI])
def test_so_are_the_rows_of_an_action_and_of_its_indicator(ruta: Path, columna: str) -> None:
    _, de_la_aei, del_indicador = CAMPOS[columna]
    libro = anexo(ruta, columna, de_la_aei, del_indicador)
    assert reglas(libro.plan) == [("datos-contradictorios", "Anexo!C2")]
    assert f"{columna}: {del_indicador} (Anexo!C3) y {de_la_aei} (Anexo!C2)" in libro.plan.hallazgos[0].mensaje


@pytest.mark.parametrize("columna", CAMPOS)
@pytest.mark.parametrize("falta", [None, ""])
def test_what_only_one_of_them_says_counts(ruta: Path, columna: str, falta: Any) -> None:
    campo, uno, _ = CAMPOS[columna]
    for libro in (anexo(ruta, columna, uno, falta), anexo(ruta, columna, falta, uno)):
        assert reglas(libro.plan) == []
        (indicador,) = next(libro.plan.aeis).indicadores
        assert getattr(indicador, campo) == uno


@pytest.mark.parametrize("columna", DE_LA_AEI)
def test_relevance_and_weight_of_an_action_are_not_those_of_its_indicator(ruta: Path, columna: str) -> None:
    campo, de_la_aei, del_indicador = CAMPOS[columna]
    libro = anexo(ruta, columna, de_la_aei, del_indicador)
    assert reglas(libro.plan) == []
    (indicador,) = next(libro.plan.aeis).indicadores
    assert getattr(indicador, campo) == del_indicador


def test_several_indicators_have_a_relevance_each(ruta: Path) -> None:
    libro = anexo(ruta, "Relevancia", "Muy relevante", "Poco relevante", "Relevante")
    assert reglas(libro.plan) == []
    assert next(libro.plan.aeis).relevancia is Relevancia.RELEVANTE  # the highest of its indicators


def test_another_table_may_repeat_the_relevance_of_the_action(ruta: Path) -> None:
    tabla: Filas = [["Código", "Relevancia", "Meta 2025"], ["AEI.01.01", "Relevante", 4]]
    assert reglas(anexo(ruta, "Relevancia", "Relevante", "Muy relevante", Tabla=tabla).plan) == []
    otra: Filas = [["Código", "Relevancia", "Meta 2025"], ["AEI.01.01", "Poco relevante", 4]]
    assert reglas(anexo(ruta, "Relevancia", "Relevante", "Muy relevante", Tabla=otra).plan) == [
        ("datos-contradictorios", "Tabla!B2")
    ]


@pytest.mark.parametrize(
    ("ponderacion", "avisos"), [("Relevancia", ["Anexo!A2"]), ("Iguales", []), ("Columna Peso", [])]
)
def test_where_weights_come_from_relevance_it_says_whose_counts(
    ruta: Path, ponderacion: str, avisos: list[str]
) -> None:
    parametros: Filas = [TITULOS_PARAMETROS, ["Ponderación", ponderacion]]
    libro = anexo(ruta, "Relevancia", "Relevante", "Muy relevante", Parámetros=parametros)
    hallados = [h for h in validar(libro, I_2025) if h.regla == "relevancia-distinta"]
    assert [f"{h.hoja}!{h.celda}" for h in hallados] == avisos
    assert all("Su fila dice «Relevante» y la de su indicador «Muy relevante»" in h.mensaje for h in hallados)


@pytest.mark.parametrize(
    ("uno", "otro"), [("%", "Porcentaje"), ("Acciones", "Acción"), ("Provee-dores", "Proveedores")]
)
def test_a_unit_may_be_worded_in_two_ways(ruta: Path, uno: str, otro: str) -> None:
    plan = dos_tablas(ruta, "Unidad de medida", uno, otro)
    assert reglas(plan) == []
    assert next(plan.aeis).indicadores[0].unidad == uno


def test_an_action_has_one_priority(ruta: Path) -> None:
    plan = dos_tablas(ruta, "Prioridad", "Alta", "Baja")
    assert reglas(plan) == [("datos-contradictorios", "Otra!B2")]
    assert "Prioridad: Alta (Una!B2) y Baja (Otra!B2)" in plan.hallazgos[0].mensaje
    assert next(plan.aeis).prioridad is None
    assert next(dos_tablas(ruta, "Prioridad", "Alta", "ALTA").aeis).prioridad is Prioridad.ALTA


def test_the_published_annex_says_nothing_new(ruta: Path) -> None:
    """Its actions have another relevancia than their indicators, and that is no contradiction."""
    assert reglas(leer(escribir(ruta, Anexo=anexo_publicado()))) == []
    impresos = leer(escribir(ruta, Anexo=impreso("anexo_impreso.txt"))).hallazgos
    assert not [h for h in impresos if "Relevancia" in h.mensaje or "Unidad" in h.mensaje or "Año de" in h.mensaje]
