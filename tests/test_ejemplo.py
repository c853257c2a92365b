"""The invented institution that ships as an example: one AEI of each kind by hand, and the whole way through zedxl."""

from __future__ import annotations

import io
import shutil
import zipfile
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import openpyxl
import pytest

from tests.ediciones import ANA, aplicada
from tests.informes import abrir, parrafos, tabla
from tests.libros import FUENTES_EJEMPLO, LIBRO_EJEMPLO
from tests.motor_formulas import discrepancias
from zedxl.edicion.archivo import aplicar
from zedxl.edicion.cambio import Firma
from zedxl.evaluacion import Evaluacion, evaluar
from zedxl.informe.documento import componer
from zedxl.informe.textos import faltantes
from zedxl.libro import __main__ as orden
from zedxl.libro.fuentes import leer as leer_fuentes
from zedxl.libro.lectura import leer_libro
from zedxl.periodo import Periodo
from zedxl.plan import Plan
from zedxl.reparto.copias import repartir
from zedxl.reparto.reunion import leer_copias, reunir
from zedxl.semestre.apertura import abrir as abrir_semestre
from zedxl.semestre.cierre import cerrar
from zedxl.semestre.pedido import leer_pedido
from zedxl.semestre.registro import registrar
from zedxl.validacion import validar
from zedxl.vocabulario import Tipo

PRIMERO, CIERRE, ACTUAL = Periodo(2025, 1), Periodo(2025, 2), Periodo(2026, 1)


@lru_cache
def plan() -> Plan:
    return leer_fuentes(FUENTES_EJEMPLO)


@lru_cache
def en(periodo: Periodo) -> Evaluacion:
    return evaluar(plan(), periodo)


@lru_cache
def informe() -> bytes:
    return componer(en(ACTUAL))


def avances(periodo: Periodo) -> dict[str, float | None]:
    return {a.aei.codigo: a.logro.avance.valor for a in en(periodo).aeis}


def test_the_committed_book_is_what_its_sources_give(tmp_path: Path) -> None:
    assert orden.principal([str(FUENTES_EJEMPLO), str(tmp_path / "libro.xlsm")]) == 0
    assert (tmp_path / "libro.xlsm").read_bytes() == LIBRO_EJEMPLO.read_bytes(), "ejecute «make libro»"


def test_every_formula_carries_the_value_that_it_evaluates_to() -> None:
    assert discrepancias(LIBRO_EJEMPLO) == []


def test_it_has_actions_of_every_kind() -> None:
    de = plan()
    assert (len(de.oeis), len(tuple(de.aeis))) == (5, 18)
    indicadores = list(de.indicadores)
    assert len({i.sentido for i in indicadores}) == 3
    assert len({i.agregacion for i in indicadores}) == len({i.frecuencia for i in indicadores}) == 2
    assert any(len(a.indicadores) > 1 for a in de.aeis)
    assert all(a.peso for a in de.aeis)
    assert len({a.responsable for a in de.aeis}) == 5
    assert any(i.metas_semestre[PRIMERO].valor for i in indicadores)


class TestAMano:
    def test_a_first_semester(self) -> None:
        assert {c: v for c, v in avances(PRIMERO).items() if v is not None} == pytest.approx({
            "AEI.01.01": 30,  # accumulated: 3 of 10
            "AEI.01.02": 80,  # ascending: 40 of 50
            "AEI.01.03": 40 / 44 * 100,  # descending: 40 wanted, 44 left
            "AEI.01.04": 80,  # 0.4 stays below the range from 0.5 to 1.5
            "AEI.02.01": 27,  # 54 of 200
            "AEI.02.02": 62.5,  # two indicators, 3 to 1: 6 of 8 is 75, 10 of 40 is 25
            "AEI.02.03": 50,  # 60 of 120
            "AEI.02.04": 100,  # at most 20 fires wanted, 5 so far
            "AEI.03.01": 30 / 36 * 100,
            "AEI.05.01": 90,  # a range without an upper end: 81 for at least 90
            "AEI.05.02": 60, "AEI.05.03": 80, "AEI.05.04": 100,
        })  # fmt: skip

    def test_the_close_of_a_year(self) -> None:
        cerrados = avances(CIERRE)
        esperados = {
            "AEI.01.01": 90,  # accumulated: 3 + 6 of 10
            "AEI.01.02": 96,  # not accumulated: 48 of 50
            "AEI.01.04": 100,  # 0.6 is within the range
            "AEI.02.01": 90,  # 54 + 126 of 200
            "AEI.02.02": 93.75,  # 8 of 8 three times, (10 + 20) of 40 once
            "AEI.02.04": 100,  # 5 + 15 fires, at most 20
            "AEI.03.02": 500 / 6,  # measured once a year
        }
        assert {codigo: cerrados[codigo] for codigo in esperados} == pytest.approx(esperados)

    def test_puntajes_and_what_is_not_programmed(self) -> None:
        # weights 3, 2, 2, 1; what was not reported counts as 0; the fourth objective begins in 2026
        puntajes = [o.conjunto.puntaje.valor for o in en(PRIMERO).oeis]
        assert puntajes[0] == pytest.approx((3 * 30 + 2 * 80 + 2 * 40 / 44 * 100 + 80) / 8)
        assert puntajes[2] == pytest.approx(3 * (30 / 36 * 100) / 6)
        assert puntajes[3] is None
        # the third of its actions begins in 2027: (2 × 75 + 30) / 3
        assert en(ACTUAL).oeis[3].conjunto.puntaje.valor == pytest.approx(60)
        assert en(ACTUAL).conjunto.puntaje.valor == pytest.approx(1866.25 / 32)

    def test_ritmo_against_the_target_of_the_semester_and_what_is_critical(self) -> None:
        por_codigo = {a.aei.codigo: a for a in en(ACTUAL).aeis}
        # 60 of 240 against 80 of 240: 75, which is not below 75
        assert por_codigo["AEI.02.01"].logro.ritmo.valor == pytest.approx(75)
        assert [a.aei.codigo for a in en(ACTUAL).criticas] == ["AEI.04.02", "AEI.05.02"]
        assert not por_codigo["AEI.03.02"].critica  # measured once a year

    def test_tipo_ii_measures_from_the_baseline_what_is_not_accumulated(self) -> None:
        segundo = replace(plan(), parametros=replace(plan().parametros, tipo=Tipo.II))
        medidos = {a.aei.codigo: a.logro.avance.valor for a in evaluar(segundo, PRIMERO).aeis}
        assert medidos["AEI.01.02"] == pytest.approx(100 / 3)  # from 35 to 50, and 40 reached
        assert medidos["AEI.01.03"] == pytest.approx(50)  # from 48 down to 40, and 44 reached
        assert medidos["AEI.01.01"] == pytest.approx(30)  # accumulated: as before


class TestEvolucion:
    def test_the_tablero_shows_each_code_over_the_periods_with_gaps(self) -> None:
        hoja = openpyxl.load_workbook(LIBRO_EJEMPLO, data_only=True)["Tablero"]
        primera = next(n for n in range(1, hoja.max_row) if hoja.cell(n, 2).value == "Objetivos y acciones")
        titulos = {hoja.cell(primera, c).value: c for c in range(3, 20)}
        filas = {hoja.cell(n, 2).value: n for n in range(primera + 1, hoja.max_row + 1) if hoja.cell(n, 2).value}
        assert len(filas) == 5 + 18 + 1
        leidas = {
            codigo: [hoja.cell(filas[codigo], titulos[p]).value for p in ("2025-I", "2025-II", "2026-I", "2026-II")]
            for codigo in ("OEI.04", "AEI.01.01", "AEI.03.02", "PEI")
        }
        assert leidas == {
            "OEI.04": ["N/D", "N/D", pytest.approx(60), "N/D"],
            "AEI.01.01": [30, 90, pytest.approx(500 / 12), "N/D"],
            "AEI.03.02": ["N/D", pytest.approx(500 / 6), "N/D", "N/D"],
            "PEI": [pytest.approx(v) for v in (en(PRIMERO).conjunto.puntaje.valor, en(CIERRE).conjunto.puntaje.valor,
                                               1866.25 / 32)] + ["N/D"],
        }  # fmt: skip

    def test_the_report_has_a_table_and_a_native_chart(self) -> None:
        documento = abrir(informe())
        filas = tabla(documento, "Evolución por período")
        assert filas[0] == ["Código", "Objetivo / Acción", "2025-I", "2025-II", "2026-I"]
        assert len(filas) == 1 + 5 + 18 + 1
        assert [f[2:] for f in filas if f[0] in ("OEI.04", "AEI.01.01")] == [
            ["30.00", "90.00", "41.67"], ["N/D", "N/D", "60.00"],
        ]  # fmt: skip
        descripciones = [d.get("descr", "") for d in documento.element.body.iter("{*}docPr")]
        assert any("(2025-I, 2025-II, 2026-I)" in d and "OEI 4: N/D, N/D, 60.00%" in d for d in descripciones)

    def test_the_chart_leaves_a_gap_where_nothing_was_programmed(self) -> None:
        with zipfile.ZipFile(io.BytesIO(informe())) as paquete:
            libros = sorted(n for n in paquete.namelist() if n.startswith("word/embeddings/"))
            datos = openpyxl.load_workbook(io.BytesIO(paquete.read(libros[-1])))["Datos"]
        assert [celda.value for celda in datos[5]] == ["OEI 4", None, None, pytest.approx(60)]

    def test_the_report_of_the_first_period_has_no_evolution(self) -> None:
        assert "Anexo: Evolución por Período" not in parrafos(abrir(componer(en(PRIMERO))))


def test_the_report_has_no_gap_and_the_book_no_finding() -> None:
    libro = leer_libro(LIBRO_EJEMPLO)
    assert faltantes(evaluar(libro.plan, ACTUAL)) == ()
    assert [h for h in validar(libro, ACTUAL) if h.severidad.value == "error"] == []
    assert "18 acciones estratégicas institucionales" in " ".join(parrafos(abrir(informe()), "Body Text"))


def test_it_is_given_out_filled_in_merged_and_closed(tmp_path: Path) -> None:
    libro = leer_libro(shutil.copy(LIBRO_EJEMPLO, tmp_path / "plan.xlsm"))
    libro = aplicada(libro, cerrar(libro, PRIMERO, ANA))
    rutas = {}
    for copia in repartir(libro, ANA).copias:
        rutas[copia.unidad] = tmp_path / copia.archivo
        rutas[copia.unidad].write_bytes(aplicar(libro.paquete, copia.edicion))
    assert len(rutas) == 5
    agua, bosques = rutas["Dirección de Gestión del Agua"], rutas["Dirección de Bosques y Biodiversidad"]
    for ruta, pedido in ((agua, "AEI.01.01=7"), (bosques, "IND.02.02.01=10")):
        copia_leida = leer_libro(ruta)
        aplicada(
            copia_leida, registrar(copia_leida, ACTUAL.siguiente, [leer_pedido(pedido)], Firma("Rosa", ANA.cuando))
        )
    reunion = reunir(libro, leer_copias(libro.paquete.ruta, [*rutas.values()]), ANA)
    assert not reunion.fusion.conflictos
    libro = aplicada(libro, reunion.edicion)
    al_cierre = {a.aei.codigo: a.logro.avance.valor for a in evaluar(libro.plan, ACTUAL.siguiente).aeis}
    # accumulated 5 + 7 of 12; 10 of 10 three times and 24 of 40 once
    assert al_cierre["AEI.01.01"] == 100
    assert al_cierre["AEI.02.02"] == 90
    libro = aplicada(libro, cerrar(libro, ACTUAL, ANA))
    assert sorted(libro.plan.cierres) == [PRIMERO, ACTUAL]
    assert not abrir_semestre(libro, ACTUAL.siguiente, ANA).columnas
