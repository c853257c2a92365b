"""validar on whole books: the cell of each finding, the avances that a book shows, and false alarms in clean books."""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from tests.ediciones import aplicada
from tests.libros import FUENTES, LIBRO_ZED_ILO, TITULOS, aei, escribir_libro
from tests.planes import I_2025, II_2025, indicador, oei, plan
from tests.planes import aei as accion
from tests.test_cli import zedxl
from tests.test_libro_azar import planes
from zedxl.edicion.cambio import Cambio, Contenido, Edicion
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.libro.construccion import construir
from zedxl.libro.fuentes import leer as leer_fuentes
from zedxl.libro.lectura import Libro, leer_libro
from zedxl.medida import DatoInvalido
from zedxl.nuevo.creacion import crear
from zedxl.periodo import Periodo
from zedxl.plan import Celda, Dato, Indicador, Plan
from zedxl.validacion import validar

CON_AVANCE = (*TITULOS, "Avance 2025-I")


def de_libro(ruta: Path, periodo: Periodo = I_2025) -> list[Hallazgo]:
    """What is found in a book that writes no report."""
    return [h for h in validar(leer_libro(ruta), periodo) if h.regla != "sin-narrativa"]


def de_filas(carpeta: Path, *filas: Sequence[Any], titulos: Sequence[str] = TITULOS) -> list[tuple[str, str]]:
    """Rule and cell of what is found in a table of these rows."""
    libro = escribir_libro(carpeta / "plan.xlsx", {"Plan": [titulos, *filas]})
    return [(h.regla, h.celda) for h in de_libro(libro)]


def test_each_finding_names_the_cell_that_has_to_be_looked_at(tmp_path: Path) -> None:
    en_porcentaje = aei("AEI.01.01", 25, 100)
    en_porcentaje[3] = "%"
    anual = aei("AEI.01.02", 5, 3, frecuencia="Anual")
    hallados = de_filas(tmp_path, aei("OEI.01", 10, 0), en_porcentaje, anual, aei("AEI.02.01", 2, 1))
    assert sorted(hallados) == [
        ("aei-sin-oei", "A5"),
        ("anual-en-primer-semestre", "I4"),
        ("unidad-no-corresponde", "D3"),
        ("valor-desproporcionado", "I3"),
    ]


def test_weights_are_found_in_their_column(tmp_path: Path) -> None:
    filas = [[*aei(f"AEI.01.0{n}", n + 3, n), peso] for n, peso in enumerate((60, 30), 1)]
    assert de_filas(tmp_path, *filas, titulos=(*TITULOS, "Peso")) == [("pesos-no-suman", "K2")]


def test_rows_of_one_action_that_word_it_differently_are_found(tmp_path: Path) -> None:
    una, otra = aei("AEI.01.01", 4, 2), aei("AEI.01.01", 5, 2)
    una[2], otra[1], otra[2] = "Cosas hechas", "Otra acción", "Cosas vistas"
    assert de_filas(tmp_path, una, otra) == [("redaccion-distinta", "B3")]


class TestTheAvancesOfTheBook:
    @pytest.mark.parametrize("escrito", [66.666667, 66.67, 66.7, 67, "66,67", "66.67*", None, "N/D", "N/P"])
    def test_are_right_to_the_decimals_that_they_show(self, tmp_path: Path, escrito: object) -> None:
        assert de_filas(tmp_path, [*aei("AEI.01.01", 3, 2), escrito], titulos=CON_AVANCE) == []

    @pytest.mark.parametrize("escrito", [66.66, 60, 0, 100, 6667])
    def test_are_told_where_they_are_others(self, tmp_path: Path, escrito: float) -> None:
        assert de_filas(tmp_path, [*aei("AEI.01.01", 3, 2), escrito], titulos=CON_AVANCE) == [("avance-distinto", "K2")]

    def test_may_go_beyond_100(self, tmp_path: Path) -> None:
        filas = [[*aei("AEI.01.01", 2, 3), 150], [*aei("AEI.01.02", 2, 5), 100]]
        assert de_filas(tmp_path, *filas, titulos=CON_AVANCE) == []

    def test_may_be_fractions_all_of_them(self, tmp_path: Path) -> None:
        filas = [[*aei("AEI.01.01", 4, 2), 0.5], [*aei("AEI.01.02", 5, 4), 0.8], [*aei("AEI.01.03", 5, 1), 0.3]]
        assert de_filas(tmp_path, *filas, titulos=CON_AVANCE) == [("avance-distinto", "K4")]

    def test_that_nothing_explains_are_told_with_the_reason(self, tmp_path: Path) -> None:
        libro = escribir_libro(tmp_path / "plan.xlsx", {"Plan": [CON_AVANCE, [*aei("AEI.01.01", 3), 50]]})
        (hallado,) = (h for h in validar(leer_libro(libro), I_2025) if h.regla == "avance-distinto")
        assert hallado.mensaje == (
            "Avance 2025-I: el libro dice 50 y el avance no se puede calcular (sin valor obtenido). No lo calcula una "
            "fórmula."
        )

    def test_tell_a_typed_number_from_a_stale_formula(self, tmp_path: Path) -> None:
        libro = openpyxl.load_workbook(LIBRO_ZED_ILO)
        hoja = libro["Seguimiento"]
        titulos = {celda.value: celda.column for celda in hoja[5]}
        hoja.cell(7, titulos["Avance 2025-I"]).value = 90
        libro.save(tmp_path / "plan.xlsx")
        escritos = {h.celda: h for h in de_libro(tmp_path / "plan.xlsx") if h.regla == "avance-distinto"}
        assert [(h.codigo, h.sugerencia) for h in escritos.values()] == [
            ("AEI.01.01", "Restaure la fórmula o corrija el número.")
        ]


def test_the_shipped_book_has_only_the_oddities_of_the_published_plan() -> None:
    hallados = validar(leer_libro(LIBRO_ZED_ILO), I_2025)
    assert {(h.severidad, h.regla, h.codigo) for h in hallados} == {
        (Severidad.ADVERTENCIA, "unidad-no-corresponde", "AEI.03.01"),
        (Severidad.ADVERTENCIA, "valor-desproporcionado", "AEI.02.01"),
        (Severidad.ADVERTENCIA, "anual-en-primer-semestre", "OEI.02"),
        (Severidad.ADVERTENCIA, "anual-en-primer-semestre", "OEI.03"),
    }


def test_the_shipped_sources_as_a_book_have_the_same(tmp_path: Path) -> None:
    construir(leer_fuentes(FUENTES), I_2025, tmp_path / "plan.xlsx")
    assert validar(leer_libro(tmp_path / "plan.xlsx"), I_2025) == validar(leer_libro(LIBRO_ZED_ILO), I_2025)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(planes())
def test_the_formulas_of_a_book_that_zedxl_makes_are_never_told_to_differ(azaroso: Plan) -> None:
    with tempfile.TemporaryDirectory() as carpeta:
        libro = Path(carpeta, "libro.xlsx")
        try:
            construir(azaroso, II_2025, libro)
        except DatoInvalido:  # a plan that makes no book
            return
        assert "avance-distinto" not in {h.regla for h in validar(leer_libro(libro), II_2025)}


def _sano(azar: random.Random, numero: int) -> Indicador:
    """An indicator as sound plans have them: small targets that rise, and a value near what was planned."""
    metas, meta = {}, azar.randint(1, 15)
    for anio in (2024, 2025, 2026):
        metas[anio] = Dato(float(meta))
        meta += azar.choice([0, 0, 1, 2, 5])
    obtenido = max(0, round(azar.gauss(0.6, 0.3) * (metas[2025].valor or 0)))
    base = azar.choice([None, float(azar.randint(0, 20))])
    return Indicador(
        f"Número de acciones de la clase {numero}", unidad="Acciones", linea_base=Dato(base), metas=metas,
        valores={I_2025: Dato(float(obtenido))},
    )  # fmt: skip


def test_clean_plans_have_no_errors_and_a_warning_in_less_than_one_of_a_hundred_rows(tmp_path: Path) -> None:
    """Measured: 30 books of 4 OEI and 16 AEI, with targets of one or two digits, have none."""
    azar = random.Random(2025)
    severidades: Counter[Severidad] = Counter()
    for _ in range(30):
        oeis = [
            oei(f"OEI.{n:02d}", *(accion(f"AEI.{n:02d}.{m:02d}", _sano(azar, 10 * n + m)) for m in range(1, 5)),
                indicadores=(indicador(100, 40 + n, nombre="Grado de satisfacción", unidad="%"),))
            for n in range(1, 5)
        ]  # fmt: skip
        construir(plan(*oeis), I_2025, tmp_path / "plan.xlsx")
        severidades.update(h.severidad for h in de_libro(tmp_path / "plan.xlsx"))
    assert severidades[Severidad.ERROR] == 0
    assert severidades[Severidad.ADVERTENCIA] < 0.01 * 30 * 20


def test_the_findings_are_told_to_programs_too() -> None:
    salida = zedxl("validar", LIBRO_ZED_ILO, "--json")
    assert salida.returncode == 0
    hallazgos = json.loads(salida.stdout)["hallazgos"]
    assert {"severidad", "regla", "hoja", "celda", "codigo", "mensaje", "sugerencia"} == set(hallazgos[0])
    assert ("AEI.03.01", "G16") in {(h["codigo"], h["celda"]) for h in hallazgos}


def test_weights_that_are_missing_in_part_are_told_once_where_the_first_is_missing(tmp_path: Path) -> None:
    filas = [[*aei(f"AEI.01.0{n}", n + 3, n), peso] for n, peso in enumerate((2, None, 3), 1)]
    assert de_filas(tmp_path, *filas, titulos=(*TITULOS, "Peso")) == [("pesos", "K3")]


class TestTablero:
    """The Tablero of a book that zedxl made has formulas for the rows that there were then."""

    def con_otra_aei(self, libro: Path, carpeta: Path) -> Libro:
        """A book to whose table somebody added AEI.03.04, in the first row below it."""
        copia = Path(shutil.copy(libro, carpeta / libro.name))
        fila: dict[int, Contenido] = {
            1: "AEI.03.04",
            2: "Otra acción",
            6: "Número de cosas",
            17: 4.0,
            18: 4.0,
            19: 4.0,
            22: 3.0,
        }
        cambios = tuple(Cambio(Celda("Seguimiento", 19, columna), None, valor) for columna, valor in fila.items())
        return aplicada(leer_libro(copia), Edicion(cambios=cambios))

    def test_an_action_that_its_tablero_does_not_count_is_named_in_its_cell(self, tmp_path: Path) -> None:
        hallados = validar(self.con_otra_aei(LIBRO_ZED_ILO, tmp_path), I_2025)
        (hallado,) = [h for h in hallados if h.regla == "tablero-incompleto"]
        assert (hallado.hoja, hallado.celda, hallado.codigo) == ("Seguimiento", "A19", "AEI.03.04")
        assert hallado.mensaje == (
            "La hoja Tablero no cuenta AEI.03.04, que se agregó después de hacer este libro: sus totales no son los "
            "del informe."
        )

    def test_a_book_made_anew_from_it_counts_everything(self, tmp_path: Path) -> None:
        plan_ampliado = self.con_otra_aei(LIBRO_ZED_ILO, tmp_path).plan
        crear(plan_ampliado, tmp_path / "nuevo.xlsm")
        assert "tablero-incompleto" not in {h.regla for h in validar(leer_libro(tmp_path / "nuevo.xlsm"), I_2025)}

    def test_one_that_was_never_calculated_shows_nothing_to_compare(self, tmp_path: Path) -> None:
        openpyxl.load_workbook(LIBRO_ZED_ILO).save(tmp_path / "plan.xlsx")  # without the values of its formulas
        assert "tablero-incompleto" not in {h.regla for h in validar(leer_libro(tmp_path / "plan.xlsx"), I_2025)}

    def test_somebody_elses_sheet_tablero_may_show_what_it_pleases(self, tmp_path: Path) -> None:
        suyo = [["Tablero de seguimiento"], ["AEI.01.01", "en riesgo"]]
        filas = [TITULOS, aei("OEI.01", 10, 5), aei("AEI.01.01", 4, 2), aei("AEI.01.02", 5, 3)]
        libro = escribir_libro(tmp_path / "plan.xlsx", {"Plan": filas, "Tablero": suyo})
        assert de_libro(libro) == []
