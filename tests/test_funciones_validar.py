"""VALIDAR_PLAN: each rule on a block that breaks it, and the same rules with the place in a book."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from udfs import VALIDAR_PLAN, ErrorDeCelda
from zedxl.hallazgo import Severidad
from zedxl.libro.revision import Bloque, revisar
from zedxl.plan import Celda

TITULOS = ("Código", "Indicador", "Sentido", "Agregación", "Relevancia", "2024", "Meta 2025", "Valor 2025-I")
OEI = ("OEI.01", "a", "Ascendente", "No acumulado", "", "", 2, 3)
AEI = ("AEI.01.01", "b", "Descendente", "Acumulado", "Relevante-2", "N/D", "12,5", "—")
OTRA = ("aei 1.2:", "c", "asc", "no acumulable", 1.0, 4.0, "5%", "n/d")


def hallazgos(*filas: Sequence[object], titulos: Sequence[object] = TITULOS) -> list[tuple[object, ...]]:
    """Severity, rule, row and code of each finding."""
    return [tuple(fila[:4]) for fila in VALIDAR_PLAN([titulos, *filas])[1:]]


def con(fila: tuple[object, ...], **cambios: object) -> tuple[object, ...]:
    """The row with other contents under some titles, named as in `LUGAR`."""
    return tuple(cambios.get(nombre, celda) for nombre, celda in zip(LUGAR, fila, strict=True))


LUGAR = ("codigo", "indicador", "sentido", "agregacion", "relevancia", "meta_2024", "meta_2025", "valor")
NADA = [("nota", "sin-hallazgos", "", "")]


def test_a_sound_plan_in_any_usual_spelling_has_no_findings() -> None:
    assert hallazgos(OEI, AEI, ("",) * 8, (None,) * 8, OTRA) == NADA


@pytest.mark.parametrize(
    ("mala", "esperado"),
    [
        (con(AEI, codigo=None), ("error", "sin-codigo", 4, "")),
        (con(AEI, codigo="AEI 1"), ("error", "codigo-desconocido", 4, "AEI 1")),
        (con(AEI, codigo="AEI.1.2", indicador="c"), ("error", "codigo-repetido", 4, "AEI.01.02")),
        (con(AEI, codigo="AEI.02.01"), ("error", "aei-sin-oei", 4, "AEI.02.01")),
        (con(AEI, codigo="OEI.02"), ("advertencia", "oei-sin-aei", 4, "OEI.02")),
        (con(AEI, meta_2025="N/D"), ("advertencia", "sin-meta", 4, "AEI.01.01")),
        (con(AEI, meta_2025="", meta_2024=3, valor=1), ("advertencia", "sin-meta", 4, "AEI.01.01")),
        (con(AEI, meta_2025="1.234"), ("error", "numero-ambiguo", 4, "AEI.01.01")),
        (con(AEI, meta_2025="doce"), ("error", "valor-no-numerico", 4, "AEI.01.01")),
        (con(AEI, valor=True), ("error", "valor-no-numerico", 4, "AEI.01.01")),
        (con(AEI, valor=ErrorDeCelda("#REF!")), ("error", "valor-no-numerico", 4, "AEI.01.01")),
        (con(AEI, meta_2024=-1), ("error", "meta-negativa", 4, "AEI.01.01")),
        (con(AEI, sentido="sube"), ("error", "sentido-no-reconocido", 4, "AEI.01.01")),
        (con(AEI, agregacion="suma"), ("error", "agregacion-no-reconocido", 4, "AEI.01.01")),
        (con(AEI, relevancia="mucha"), ("error", "relevancia-no-reconocido", 4, "AEI.01.01")),
    ],
    ids=lambda dato: dato[1] if dato[0] in ("error", "advertencia") else "fila",
)
def test_each_rule_finds_what_breaks_it_and_nothing_else(mala: tuple[object, ...], esperado: tuple[object]) -> None:
    assert hallazgos(OEI, OTRA, mala) == [esperado]


def test_two_rows_without_a_code_are_no_repetition() -> None:
    sin_codigo = con(AEI, codigo="")
    assert [regla for _, regla, *_ in hallazgos(sin_codigo, sin_codigo)] == ["sin-codigo", "sin-codigo"]


def test_a_value_below_zero_is_no_finding() -> None:
    assert hallazgos(OEI, con(AEI, valor=-5)) == NADA


def test_rows_of_several_indicators_of_one_action_are_no_repetition() -> None:
    assert hallazgos(OEI, AEI, con(AEI, indicador="otro")) == NADA


def test_a_plan_of_actions_only_lacks_no_objectives() -> None:
    assert hallazgos(AEI, OTRA) == NADA


def test_what_is_measured_against_a_range_needs_no_target() -> None:
    fila = ("AEI.01.01", "No definido", 10, 20, "", 15)
    titulos = ("Código", "Sentido", "Mínimo", "Máximo", "Meta 2025", "Valor 2025-I")
    assert hallazgos(fila, titulos=titulos) == NADA
    assert hallazgos(("AEI.01.01", "No definido", -10, 20, "", 15), titulos=titulos) == [
        ("error", "meta-negativa", 2, "AEI.01.01")
    ]


def test_a_table_without_targets_is_not_asked_for_them() -> None:
    assert hallazgos(("AEI.01.01", 3), titulos=("Código", "Valor 2025-I")) == NADA


def test_negative_weights_are_found() -> None:
    assert hallazgos(("AEI.01.01", -1), titulos=("Código", "Peso")) == [("error", "peso-negativo", 2, "AEI.01.01")]


def test_findings_stand_in_the_order_of_the_rows_and_say_column_and_remedy() -> None:
    tabla = VALIDAR_PLAN([TITULOS, con(AEI, meta_2025="doce"), con(OTRA, codigo="", valor="1.234")])
    assert [(fila[1], fila[2]) for fila in tabla[1:]] == [
        ("valor-no-numerico", 2),
        ("sin-codigo", 3),
        ("numero-ambiguo", 3),
    ]
    assert tabla[1][4:] == ["Meta 2025: «doce» no es un número.", "Escriba solo la cifra, o deje la celda vacía."]
    assert "1234 o como 1,234" in tabla[3][4]


def test_findings_of_a_block_in_a_book_name_sheet_and_cell() -> None:
    bloque = Bloque.de([("Plan",), TITULOS, OEI, con(AEI, meta_2025="doce")], Celda("Seguimiento", 5, 2))
    ((fila, hallazgo),) = revisar(bloque)
    assert fila == 4
    assert hallazgo.severidad is Severidad.ERROR
    assert hallazgo.lugar == "Seguimiento!H8 (AEI.01.01)"
