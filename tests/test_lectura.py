"""Reading a flat seguimiento table by the meaning of its titles (SPEC 4.1 a, 4.3)."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.libros import TITULOS, aei, cambiar_parte, escribir_libro
from zedxl.evaluacion import evaluar
from zedxl.hallazgo import Severidad
from zedxl.libro.columnas import Columna, reconocer
from zedxl.libro.lectura import leer
from zedxl.libro.paquete import LibroIlegible
from zedxl.periodo import Periodo
from zedxl.plan import AEI, Plan
from zedxl.vocabulario import Agregacion, Frecuencia, MetodoPEI, Prioridad, Relevancia, Sentido

I_2025, II_2025 = Periodo(2025, 1), Periodo(2025, 2)


def primera_aei(plan: Plan) -> AEI:
    return next(plan.aeis)


def reglas(plan: Plan) -> list[tuple[str, str]]:
    """The rule and the cell of each finding."""
    return [(h.regla, h.celda) for h in plan.hallazgos]


@pytest.mark.parametrize(
    ("titulo", "columna"),
    [
        ("CÓDIGO", Columna.CODIGO), ("Cód.", Columna.CODIGO), ("Descripción", Columna.DENOMINACION),
        ("U. Medida", Columna.UNIDAD), ("Unidad de\nmedida", Columna.UNIDAD), ("Sentido esperado", Columna.SENTIDO),
        ("Tipo de Agregación", Columna.AGREGACION), ("Línea base: Valor", Columna.LINEA_BASE),
        ("Línea base - Año", Columna.LINEA_BASE_ANIO), ("2025", Columna.META), ("Logro esperado 2025", Columna.META),
        ("Programado 2025", Columna.META), ("META (2025)", Columna.META), ("Meta 2025-I", Columna.META_SEMESTRE),
        ("Ejecutado 2025-I", Columna.VALOR), ("2025-Semestre I: Valor obtenido", Columna.VALOR),
        ("Valores obtenidos 2025 - Semestre I", Columna.VALOR), ("2025-I", Columna.VALOR),
        ("Avance 2025-I (%)", Columna.AVANCE), ("2025-Semestre I - Avance", Columna.AVANCE),
    ],
)  # fmt: skip
def test_titles_are_known_by_their_meaning(titulo: str, columna: Columna) -> None:
    encabezado = reconocer(titulo)
    assert encabezado is not None
    assert encabezado.columna is columna


@pytest.mark.parametrize("titulo", ["", "Comentarios", "Meta", "Valor obtenido", "Año", "Presupuesto 2025", "2025-III"])
def test_other_titles_mean_nothing(titulo: str) -> None:
    assert reconocer(titulo) is None


@pytest.mark.parametrize(
    "columna", [c for c in Columna if c not in (Columna.META, Columna.META_SEMESTRE, Columna.VALOR)]
)
def test_every_title_that_zedxl_writes_is_recognised(columna: Columna) -> None:
    encabezado = reconocer(columna.value if columna is not Columna.AVANCE else "Avance 2025-I")
    assert encabezado is not None
    assert encabezado.columna is columna


def test_a_row_becomes_an_action_with_its_indicator(tmp_path: Path) -> None:
    libro = escribir_libro(
        tmp_path / "libro.xlsx",
        {
            "Hoja1": [
                ["Código", "Denominación", "Prioridad", "Indicador", "Unidad de medida", "Sentido", "Agregación",
                 "Frecuencia", "Relevancia", "Línea base", "Año de la línea base", "Meta 2025", "Meta 2025-I",
                 "Valor 2025-I"],
                ["OEI 1", "Objetivo", "Alta", "Grado", "%", "", "", "Anual", "", "", "", 80, "", ""],
                ["AEI 1.1:", "Acción", "", "Casos", "Casos", "DESCENDENTE", "acumulado", "", "Muy Relevante-1", 12, 2022,
                 "10", 4, "3,5"],
            ]
        },
    )  # fmt: skip
    plan = leer(libro)
    accion = primera_aei(plan)
    (indicador,) = accion.indicadores
    assert (accion.codigo, accion.denominacion) == ("AEI.01.01", "Acción")
    assert (indicador.sentido, indicador.agregacion) == (Sentido.DESCENDENTE, Agregacion.ACUMULADO)
    assert (indicador.frecuencia, indicador.relevancia) == (Frecuencia.SEMESTRAL, Relevancia.MUY_RELEVANTE)
    assert (indicador.linea_base.valor, indicador.linea_base_anio) == (12, 2022)
    assert (indicador.meta(2025).valor, str(indicador.meta(2025).celda)) == (10, "Hoja1!L3")
    assert indicador.metas_semestre[I_2025].valor == 4
    assert (indicador.valor(I_2025).valor, str(indicador.valor(I_2025).celda)) == (3.5, "Hoja1!N3")
    (objetivo,) = plan.oeis
    assert (objetivo.codigo, objetivo.prioridad) == ("OEI.01", Prioridad.ALTA)
    assert objetivo.indicadores[0].frecuencia is Frecuencia.ANUAL
    assert plan.hallazgos == ()


def test_the_table_may_stand_anywhere_with_titles_above_and_notes_below(tmp_path: Path) -> None:
    filas: list[list[Any]] = [
        ["", "", "Seguimiento del PEI 2024-2026"],
        [],
        ["", "", "Valor 2025-I", "Meta 2025", "Código", "Denominación"],
        ["", "", 2, 4, "AEI.01.01", "Una"],
        [],
        ["", "", 1, 4, "AEI.01.02", "Otra"],
        ["", "", "", "", "Total"],
        ["", "", 3, 8, "Total general"],
        ["", "", "", "", "Fuente: unidades orgánicas"],
    ]
    plan = leer(escribir_libro(tmp_path / "libro.xlsx", {"Portada": [["Hola"]], "Datos": filas}))
    assert [a.codigo for a in plan.aeis] == ["AEI.01.01", "AEI.01.02"]
    assert str(primera_aei(plan).indicadores[0].valor(I_2025).celda) == "Datos!C4"
    assert plan.hallazgos == ()


def test_titles_repeated_on_every_page_are_one_table(tmp_path: Path) -> None:
    filas = [TITULOS, aei("AEI.01.01", 4, 2), TITULOS, aei("AEI.01.02", 4, 2)]
    plan = leer(escribir_libro(tmp_path / "libro.xlsx", {"Hoja1": filas}))
    assert [a.codigo for a in plan.aeis] == ["AEI.01.01", "AEI.01.02"]


def test_actions_without_a_row_for_their_objective_get_one_of_their_code(libro_plano: Callable[..., Path]) -> None:
    plan = leer(libro_plano(aei("AEI.01.01", 4), aei("AEI.02.01", 4)))
    assert [(o.codigo, o.denominacion, o.indicadores) for o in plan.oeis] == [("OEI.01", "", ()), ("OEI.02", "", ())]


def test_rows_of_one_action_with_other_indicators_are_its_indicators(libro_plano: Callable[..., Path]) -> None:
    uno, otro = aei("AEI.01.01", 4, 2), aei("AEI.01.01", 10, 10)
    otro[2] = "Otro indicador"
    plan = leer(libro_plano(uno, otro))
    assert len(primera_aei(plan).indicadores) == 2
    assert plan.hallazgos == ()


def test_the_same_row_twice_is_an_error_and_counts_once(libro_plano: Callable[..., Path]) -> None:
    plan = leer(libro_plano(aei("AEI.01.01", 4, 2), aei("AEI.01.01", 4, 3)))
    assert len(primera_aei(plan).indicadores) == 1
    assert reglas(plan) == [("codigo-repetido", "A3")]


@pytest.mark.parametrize(
    ("escrito", "regla"),
    [
        ("dos", "valor-no-numerico"),
        ("1.234", "numero-ambiguo"),
        (True, "valor-no-numerico"),
        ("#N/A", "formula-sin-valor"),
    ],
)
def test_an_unreadable_value_is_an_error_in_its_cell(
    libro_plano: Callable[..., Path], escrito: object, regla: str
) -> None:
    plan = leer(libro_plano(aei("AEI.01.01", 4, escrito)))
    assert reglas(plan) == [(regla, "I2")]
    assert plan.hallazgos[0].severidad is Severidad.ERROR


def test_an_unreadable_value_makes_its_score_unavailable_and_not_zero(libro_plano: Callable[..., Path]) -> None:
    plan = leer(libro_plano(aei("AEI.01.01", 4, "dos"), aei("AEI.01.02", 4, 4)))
    evaluacion = evaluar(plan, I_2025)
    assert evaluacion.conjunto.puntaje.valor is None
    assert [a.logro.avance.valor for a in evaluacion.aeis] == [None, 100]


@pytest.mark.parametrize("columna", ["sentido", "agregacion", "frecuencia"])
def test_with_an_unknown_keyword_no_rule_is_guessed(libro_plano: Callable[..., Path], columna: str) -> None:
    plan = leer(libro_plano(aei("AEI.01.01", 4, 2, **{columna: "quizás"})))
    assert [h.regla for h in plan.hallazgos] == [f"{columna}-no-reconocido"]
    assert evaluar(plan, I_2025).aeis[0].logro.avance.valor is None


def test_an_unknown_keyword_is_noted_in_each_row_that_has_it(libro_plano: Callable[..., Path]) -> None:
    plan = leer(libro_plano(*(aei(f"AEI.01.0{n}", 4, 2, sentido="quizás") for n in (1, 2, 3))))
    assert reglas(plan) == [("sentido-no-reconocido", f"E{fila}") for fila in (2, 3, 4)]
    assert [a.logro.avance.valor for a in evaluar(plan, I_2025).aeis] == [None, None, None]


def test_a_formula_that_was_never_calculated_is_not_an_empty_cell(libro_plano: Callable[..., Path]) -> None:
    plan = leer(libro_plano(aei("AEI.01.01", 4, "=1+1")))
    assert reglas(plan) == [("formula-sin-valor", "I2")]
    assert "Abra el libro en Excel" in plan.hallazgos[0].sugerencia


def test_a_formula_counts_with_the_value_that_excel_left(libro_plano: Callable[..., Path], tmp_path: Path) -> None:
    libro = libro_plano(aei("AEI.01.01", 4, "=1+1"))
    calculado = cambiar_parte(
        libro, tmp_path / "calculado.xlsx", "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(rb"<v ?/>|<v></v>", b"<v>2</v>", xml),
    )  # fmt: skip
    plan = leer(calculado)
    assert primera_aei(plan).indicadores[0].valor(I_2025).valor == 2
    assert plan.hallazgos == ()


@pytest.mark.parametrize(
    ("formato", "leido"), [("0%", 25), ("0.00%", 25), ('0.0 "%"', 0.25), ("0.00", 0.25), ("General", 0.25)]
)
def test_a_percent_format_holds_percentage_points(tmp_path: Path, formato: str, leido: float) -> None:
    filas = [TITULOS, aei("AEI.01.01", 0.25, 0.1)]
    libro = escribir_libro(tmp_path / "libro.xlsx", {"Hoja1": filas}, {"Hoja1!H2": formato})
    indicador = primera_aei(leer(libro)).indicadores[0]
    assert (indicador.meta(2025).valor, indicador.valor(I_2025).valor) == (leido, 0.1)


def test_a_percent_sign_may_be_written_as_a_number(tmp_path: Path) -> None:
    filas = [TITULOS, aei("AEI.01.01", 0.25, 0.1)]
    libro = escribir_libro(tmp_path / "libro.xlsx", {"Hoja1": filas}, {"Hoja1!H2": '0.0 " "%'})
    otro = cambiar_parte(libro, tmp_path / "otro.xlsx", "xl/styles.xml", lambda xml: xml.replace(b"%", b"&#37;"))
    assert [primera_aei(leer(ruta)).indicadores[0].meta(2025).valor for ruta in (libro, otro)] == [25, 25]


def test_rows_without_a_known_code_are_named(libro_plano: Callable[..., Path]) -> None:
    plan = leer(libro_plano(aei("AEI.01.01", 4, 2), aei("", 4, 2), aei("Acción 3", 4, 2), aei("IND.01.01.01", 4, 2)))
    assert reglas(plan) == [("sin-codigo", "A3"), ("codigo-desconocido", "A4"), ("codigo-desconocido", "A5")]


def test_weights_are_read(tmp_path: Path) -> None:
    filas: list[list[Any]] = [["Código", "Peso", "Meta 2025", "2025-I"], ["AEI.01.01", 3, 4, 4], ["AEI.01.02", 1, 4, 0]]
    plan = leer(escribir_libro(tmp_path / "libro.xlsx", {"Hoja1": filas}))
    assert evaluar(plan, I_2025).conjunto.puntaje.valor == 75  # (3 × 100 + 1 × 0) / 4


def test_parameters_texts_and_agents_come_from_their_sheets(libro_plano: Callable[..., Path]) -> None:
    plan = leer(
        libro_plano(
            aei("AEI.01.01", 4, 2),
            Parámetros=[["Datos de la entidad"], ["Parámetro", "Valor", "Qué significa"], ["Entidad", "Municipio"],
                        ["PEI", "2024-2026"], ["Umbral crítico", "60"], ["Puntaje del PEI", "OEI"], ["Tope de 100", "no"],
                        ["Prioridades vigiladas", "Muy alta, alta"]],
            Narrativa=[["Código", "Sección", "Período", "Texto"], ["PEI", "Misión", "", "Servir."],
                       ["AEI 1.1", "implementacion", "2025 I", "Uno\r\ndos"], ["AEI.01.01", "Análisis", "", ""]],
            Agentes=[["Código", "Agentes involucrados", "Servicios"], ["AEI.01.01", "Vecinos", "Talleres"]],
        )
    )  # fmt: skip
    assert (plan.entidad.nombre, plan.entidad.pei) == ("Municipio", "2024-2026")
    assert (plan.parametros.umbral_critico, plan.parametros.metodo_pei, plan.parametros.tope) == (
        60,
        MetodoPEI.OEI,
        False,
    )
    assert plan.parametros.prioridades_criticas == (Prioridad.MUY_ALTA, Prioridad.ALTA)
    assert [(t.codigo, t.periodo, t.texto) for t in plan.textos] == [
        ("PEI", None, "Servir."), ("AEI.01.01", I_2025, "Uno\ndos"),
    ]  # fmt: skip
    assert [(a.codigo, a.involucrados, a.servicios) for a in plan.agentes] == [("AEI.01.01", "Vecinos", "Talleres")]
    assert plan.hallazgos == ()


def test_an_impossible_parameter_is_an_error(libro_plano: Callable[..., Path]) -> None:
    hoja = [["Parámetro", "Valor", "Qué significa"], ["Umbral rojo", 99], ["Umbral verde", "alto"]]
    plan = leer(libro_plano(aei("AEI.01.01", 4, 2), Parámetros=hoja))
    assert [h.regla for h in plan.hallazgos] == ["parametro", "parametro"]


@pytest.mark.parametrize(
    ("hojas", "dice"),
    [
        ({"Hoja1": [["Hola"], ["Un libro cualquiera"]]}, "no tiene una tabla de seguimiento"),
        ({"Hoja1": []}, "no tiene una tabla de seguimiento"),
        ({"Hoja1": [["Código", "Meta", "Valor obtenido"], ["AEI.01.01", 3, 2]]}, "no dicen de qué año"),
        ({"Hoja1": [TITULOS]}, "no tiene ninguna AEI"),
        ({"Hoja1": [["Código", "Meta 2025", "Programado 2025"], ["AEI.01.01", 3, 4]]}, "B1 y C1 dicen lo mismo"),
    ],
)
def test_a_book_without_a_table_is_refused_with_the_reason(tmp_path: Path, hojas: dict, dice: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(LibroIlegible, match=dice):
        leer(escribir_libro(tmp_path / "libro.xlsx", hojas))


def test_reading_leaves_the_file_as_it_was(libro_plano: Callable[..., Path]) -> None:
    libro = libro_plano(aei("AEI.01.01", 4, 2))
    antes = libro.read_bytes(), libro.stat().st_mtime_ns
    leer(libro)
    assert (libro.read_bytes(), libro.stat().st_mtime_ns) == antes


class TestLastColumn:
    """Nothing follows the last cell of a row, so it is the one that a reader may book on the next row."""

    TITULOS = ("Código", "Meta 2025", "Valor 2025-I")

    def test_percentages(self, tmp_path: Path) -> None:
        filas = [self.TITULOS, ("AEI.01.01", 0.8, 0.4), ("AEI.01.02", 12, 3)]
        plan = leer(escribir_libro(tmp_path / "libro.xlsx", {"H": filas}, {"H!B2": "0%", "H!C2": "0%"}))
        leidos = [(a.indicadores[0].meta(2025).valor, a.indicadores[0].valor(I_2025).valor) for a in plan.aeis]
        assert leidos == [(80, 40), (12, 3)]

    @pytest.mark.parametrize("escrito", ["#DIV/0!", "=1/3"])
    def test_errors_and_formulas_without_value(self, tmp_path: Path, escrito: str) -> None:
        filas = [self.TITULOS, ("AEI.01.01", 8, escrito), ("AEI.01.02", 12, 30), (None, None, None)]
        plan = leer(escribir_libro(tmp_path / "libro.xlsx", {"H": filas}))
        assert reglas(plan) == [("formula-sin-valor", "C2")]
        assert [a.indicadores[0].valor(I_2025).valor for a in plan.aeis] == [None, 30]

    def test_an_empty_row_below_an_error(self, tmp_path: Path) -> None:
        libro = escribir_libro(tmp_path / "libro.xlsx", {"H": [self.TITULOS, ("AEI.01.01", 8, "#NAME?")]})
        con_fila = cambiar_parte(
            libro, tmp_path / "con fila.xlsx", "xl/worksheets/sheet1.xml",
            lambda xml: xml.replace(b"</sheetData>", b'<row r="3" ht="30" customHeight="1"/></sheetData>'),
        )  # fmt: skip
        assert reglas(leer(con_fila)) == [("formula-sin-valor", "C2")]


@pytest.mark.parametrize("indicador", ["Total de personas atendidas", "Promedio de días de espera", "Suma asegurada"])
def test_an_indicator_that_begins_like_a_total_is_not_lost_with_its_code(
    libro_plano: Callable[..., Path], indicador: str
) -> None:
    sin_codigo = ["", "Una acción", indicador, "", "", "", "", 8, 6, None]
    assert reglas(leer(libro_plano(aei("AEI.01.01", 4, 2), sin_codigo))) == [("sin-codigo", "A3")]


def test_a_total_in_any_text_column_is_no_row_without_code(libro_plano: Callable[..., Path]) -> None:
    total = ["", "TOTAL", "", "", "", "", "", 8, 6, None]
    assert leer(libro_plano(aei("AEI.01.01", 4, 2), total)).hallazgos == ()
