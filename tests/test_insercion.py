"""Formulas put into an institution's own table: what they say, that they give what the evaluation gives, and the button."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.ediciones import ANA, plan_chico
from tests.libro_plano import libro_plano
from tests.libros import FUENTES, escribir_libro
from tests.motor_formulas import discrepancias
from tests.planes import I_2025, II_2025, indicador, oei, plan
from tests.planes import aei as accion
from tests.test_botones_de_edicion import Planeamiento
from tests.test_cli import falla, zedxl
from tests.test_libro_parametros import CON_DECISIONES, variado
from zedxl.edicion.archivo import aplicar
from zedxl.excel.pulsacion import Icono, Respuesta
from zedxl.libro.bitacora import leer_bitacora, revisar
from zedxl.libro.fuentes import leer as leer_fuentes
from zedxl.libro.hoja import leer_hojas
from zedxl.libro.lectura import Libro, leer_libro
from zedxl.parametros import Parametros
from zedxl.periodo import Periodo
from zedxl.plan import Dato, Plan
from zedxl.vinculacion.formulas import Resultado
from zedxl.vinculacion.insercion import InsercionRechazada, fuentes, insertar, proponer
from zedxl.vocabulario import Agregacion, Sentido, Tipo

CON_PERIODOS = pytest.mark.parametrize("periodo", [I_2025, II_2025], ids=str)


def con_formulas(ruta: Path, periodo: Periodo = I_2025) -> Libro:
    """The book with the formulas of a período where they are proposed; their values are those of the evaluation."""
    libro = leer_libro(ruta)
    ruta.write_bytes(aplicar(libro.paquete, insertar(libro, periodo, proponer(libro, periodo), ANA).edicion))
    return leer_libro(ruta)


def formulas_de(libro: Libro, periodo: Periodo) -> dict[str, str]:
    """By the cell that they are for."""
    insercion = insertar(libro, periodo, proponer(libro, periodo), ANA)
    return {f.celda.referencia: f.formula for f in insercion.edicion.formulas}


def columna(libro: Libro, titulo: str) -> dict[str, Any]:
    """What the book says under a title, by code."""
    tabla = libro.tabla
    lugar = [str(valor) for valor in tabla.hoja.filas[tabla.fila_titulos - 1]].index(titulo)
    return {str(fila.valores[0]): fila.valores[lugar] for fila in tabla.filas()}


class TestValores:
    """The engine evaluates the formulas and must give what `evaluar` gave for their cached values."""

    @CON_PERIODOS
    @CON_DECISIONES
    def test_every_kind_of_indicator(self, decisiones: dict[str, Any], periodo: Periodo, tmp_path: Path) -> None:
        un_plan = replace(variado(), parametros=Parametros(**decisiones))
        ruta = libro_plano(tmp_path / "libro.xlsx", un_plan, (I_2025, II_2025))
        assert leer_libro(ruta).plan.parametros == un_plan.parametros
        con_formulas(ruta, periodo)
        assert discrepancias(ruta) == []

    @CON_PERIODOS
    @CON_DECISIONES
    def test_targets_of_semesters(self, decisiones: dict[str, Any], periodo: Periodo, tmp_path: Path) -> None:
        un_plan = replace(con_metas_de_semestre(), parametros=Parametros(**decisiones))
        ruta = libro_plano(tmp_path / "libro.xlsx", un_plan, (I_2025, II_2025), con_meta_de_semestre=True)
        con_formulas(ruta, periodo)
        assert discrepancias(ruta) == []

    def test_a_table_without_the_words_of_its_rows_and_with_all_ways_to_say_nothing(self, tmp_path: Path) -> None:
        titulos = ["Código", "Meta 2025", "Valor 2025-I", "Valor 2025-II"]
        nadas: list[list[Any]] = [
            ["N/D", 3],
            ["-", 3],
            ["—", 3],
            ["ND", 3],
            [4, "N/D"],
            [4, "—"],
            [4, None],
            [0, 3],
            [None, None],
        ]
        filas: list[list[Any]] = [[f"AEI.01.{n:02}", *nada, None] for n, nada in enumerate(nadas, 1)]
        ruta = escribir_libro(tmp_path / "libro.xlsx", {"Hoja": [titulos, *filas, ["AEI.01.10", "4,5", "25%", None]]})
        con_formulas(ruta, I_2025)
        assert discrepancias(ruta) == []
        assert list(columna(leer_libro(ruta), "Avance 2025-I").values()) == [
            "N/P", "N/P", "N/P", "N/P", "N/D", "N/D", "N/D", "N/P", "N/P", 100,
        ]  # fmt: skip

    def test_the_numbers_that_zed_ilo_published_come_out_of_its_plan_in_a_flat_book(self, tmp_path: Path) -> None:
        ruta = libro_plano(tmp_path / "libro.xlsx", leer_fuentes(FUENTES), leer_fuentes(FUENTES).periodos)
        con_formulas(ruta)
        puntajes = con_puntajes(ruta)
        assert zedxl("recalcular", ruta).returncode == 0
        libro = leer_libro(ruta)
        avances = columna(libro, "Avance 2025-I")
        assert [avances[f"OEI.0{n}"] for n in (1, 2, 3)] == [100, 0, 0]
        notas = columna(libro, "Nota 2025-I")
        assert [f"{avances[a.codigo]:.2f}{notas[a.codigo]}" for a in libro.plan.aeis] == [
            "66.67*", "100.00–", "100.00–", "100.00–", "66.67*", "100.00–", "100.00–", "50.00*", "100.00–", "100.00–",
        ]  # fmt: skip
        assert {columna(libro, "Crítica 2025-I")[a.codigo] for a in libro.plan.aeis} == {"NO CRÍTICA"}
        otra = next(hoja for hoja in leer_hojas(ruta) if hoja.nombre == "Puntajes")
        assert [round(otra.valor(n, 1), 2) for n in range(1, puntajes + 1)] == [88.89, 91.67, 83.33, 88.33]

    def test_recalculating_gives_the_avances_of_the_summary(self, tmp_path: Path) -> None:
        ruta = libro_plano(tmp_path / "libro.xlsx", variado(), (I_2025, II_2025))
        con_formulas(ruta, II_2025)
        sin_valores(ruta)
        assert zedxl("recalcular", ruta).returncode == 0
        resumen = json.loads(zedxl("resumen", ruta, "--periodo", "2025-II", "--json").stdout)
        avances = columna(leer_libro(ruta), "Avance 2025-II")
        de_uno = [a for a in resumen["aei"] if not a["codigo"].startswith("AEI.03")]
        assert len(de_uno) == 9
        for a in de_uno:
            escrito = avances[a["codigo"]]
            assert (None if isinstance(escrito, str) else round(escrito, 9)) == (a["avance"] and round(a["avance"], 9))


def con_metas_de_semestre() -> Plan:
    """Targets of semesters for indicators of every kind, some of them missing."""

    def medido(primera: float | None, segunda: float | None, *numeros: float | None, **campos: Any) -> Any:
        semestres = {I_2025: Dato(primera), II_2025: Dato(segunda)}
        return indicador(*numeros, metas_semestre=semestres, **campos)

    acumulado, descendente = {"agregacion": Agregacion.ACUMULADO}, {"sentido": Sentido.DESCENDENTE}
    return plan(
        oei("OEI.01",
            accion("AEI.01.01", medido(2, 10, 10, 2, 9, linea_base=Dato(1.0))),
            accion("AEI.01.02", medido(3, 7, 10, 3, 2, **acumulado)),
            accion("AEI.01.03", medido(None, 7, 10, 3, 2, **acumulado)),
            accion("AEI.01.04", medido(12, 8, 8, 20, 9, linea_base=Dato(30.0), **descendente)),
            accion("AEI.01.05", medido(None, None, 8, 2, None)),
            accion("AEI.01.06", medido(2, 4, None, 2, 3)),
            accion("AEI.01.07", medido(2, 4, 6, None, None))),
    )  # fmt: skip


def con_puntajes(ruta: Path) -> int:
    """Add a sheet with the puntaje of each OEI and of the plan over the avances put in; how many there are."""
    libro = openpyxl.load_workbook(ruta)
    hoja = libro["Matriz d'año"]
    letra = next(c.column_letter for c in hoja[3] if c.value == "Avance 2025-I")
    codigos = [str(hoja.cell(fila, 1).value) for fila in range(4, hoja.max_row + 1)]
    puntajes = libro.create_sheet("Puntajes")
    rangos = []
    for numero in (1, 2, 3):
        filas = [4 + n for n, codigo in enumerate(codigos) if codigo.startswith(f"AEI.0{numero}")]
        rangos.append(f"'Matriz d''año'!{letra}{filas[0]}:{letra}{filas[-1]}")
        puntajes.append([f"=PUNTAJE_OEI({rangos[-1]})"])
    total = ["=(3*A1+4*A2+3*A3)/10"]
    puntajes.append(total)
    libro.save(ruta)  # openpyxl keeps no value of any formula
    return len(rangos) + 1


def sin_valores(ruta: Path) -> None:
    """Have another program save the book, which keeps no value of a formula."""
    openpyxl.load_workbook(ruta).save(ruta)


class TestRedaccion:
    def test_formulas_are_plain_functions_over_the_cells_of_the_row(self, tmp_path: Path) -> None:
        formulas = formulas_de(leer_libro(plan_chico(tmp_path / "plan.xlsx")), I_2025)
        assert formulas["L3"] == ('IF(OR(H3="",H3="-",H3="—",H3="N/D",H3="ND",H3=0),"N/P",AVANCE_AEI(H3,I3,E3&""))')
        assert formulas["M3"] == 'IF(NOTA_AVANCE(L3,"2025-I")="*","*","–")'
        assert formulas["N3"] == 'SEMAFORO(RITMO_AEI(L3,"2025-I"))'
        assert formulas["O3"] == 'IF(L3="N/D","CRÍTICA",AEI_CRITICA(L3,"2025-I"))'
        assert formulas["L2"].endswith('AVANCE_OEI(H2,I2,E2&""))')

    def test_an_objective_has_no_note_and_is_never_critical(self, tmp_path: Path) -> None:
        formulas = formulas_de(leer_libro(plan_chico(tmp_path / "plan.xlsx")), I_2025)
        assert {celda for celda in formulas if celda.endswith("2")} == {"L2", "N2"}

    def test_at_the_end_of_the_year_both_semesters_count(self, tmp_path: Path) -> None:
        formulas = formulas_de(leer_libro(plan_chico(tmp_path / "plan.xlsx")), II_2025)
        assert 'AVANCE_AEI(H3,VALOR_ANUAL(I3,J3,F3&""),E3&"")' in formulas["L3"]

    def test_of_several_indicators_only_their_avances_are_put_in_and_it_is_said(self, tmp_path: Path) -> None:
        libro = leer_libro(libro_plano(tmp_path / "libro.xlsx", variado(), (I_2025, II_2025)))
        insercion = insertar(libro, I_2025, proponer(libro, I_2025), ANA)
        assert insercion.con_varios == ("AEI.03.01", "AEI.03.02")
        de_varios = [f.motivo for f in insercion.edicion.formulas if f.codigo == "AEI.03.01"]
        assert de_varios == ["Avance", "Avance"]
        assert "AEI.03.01, AEI.03.02: con varios indicadores" in insercion.en_palabras

    def test_the_columns_that_formulas_refer_to_are_named(self, tmp_path: Path) -> None:
        libro = leer_libro(libro_plano(tmp_path / "libro.xlsx", variado(), (I_2025, II_2025)))
        assert fuentes(libro, II_2025) == (
            "«Meta 2025» (L), «Valor obtenido 2025-I» (M), «Valor obtenido 2025-II» (N) y «Sentido» (F)"
        )
        tipo_ii = replace(libro, plan=replace(libro.plan, parametros=Parametros(tipo=Tipo.II)))
        assert fuentes(tipo_ii, I_2025).endswith("«Sentido» (F) y «LB» (I)")


class TestColumnas:
    def test_those_with_the_title_are_proposed_and_new_ones_beside_the_table(self, tmp_path: Path) -> None:
        ruta = escribir_libro(
            tmp_path / "libro.xlsx",
            {
                "Hoja": [
                    ["Código", "AVANCE 2025-I", "Meta 2025", "Valor 2025-I", "critica", "Notas"],
                    ["AEI.01.01", None, 4, 3],
                ]
            },
        )
        assert list(proponer(leer_libro(ruta), I_2025).values()) == [2, 7, 8, 5]

    def test_a_table_of_excel_grows_with_its_new_columns(self, tmp_path: Path) -> None:
        from openpyxl.worksheet.table import Table

        ruta = plan_chico(tmp_path / "plan.xlsx")
        libro = openpyxl.load_workbook(ruta)
        libro["Seguimiento"].add_table(Table(displayName="tblPlan", ref="A1:K6"))
        libro.save(ruta)
        con_formulas(ruta)
        tabla = openpyxl.load_workbook(ruta)["Seguimiento"].tables["tblPlan"]
        assert tabla.ref == "A1:O6"
        assert [c.name for c in tabla.tableColumns][-4:] == [
            "Avance 2025-I", "Nota 2025-I", "Semáforo 2025-I", "Crítica 2025-I",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("columnas", "dice"),
        [
            ({Resultado.AVANCE: 10}, "«Valor 2025-II») es de datos"),
            ({Resultado.AVANCE: 12, Resultado.NOTA: 12}, "se señaló dos veces"),
            ({Resultado.NOTA: 12}, "Señale la columna del avance"),
        ],
    )
    def test_columns_that_make_no_sense_are_refused(
        self, columnas: dict[Resultado, int], dice: str, tmp_path: Path
    ) -> None:
        with pytest.raises(InsercionRechazada, match=dice.replace(")", r"\)")):
            insertar(leer_libro(plan_chico(tmp_path / "plan.xlsx")), I_2025, columnas, ANA)

    def test_a_period_without_values_or_targets_is_refused(self, tmp_path: Path) -> None:
        libro = leer_libro(plan_chico(tmp_path / "plan.xlsx"))
        with pytest.raises(InsercionRechazada, match="no tiene columna de valores para 2026-I"):
            insertar(libro, Periodo(2026, 1), {Resultado.AVANCE: 12}, ANA)
        sin_meta = escribir_libro(tmp_path / "otro.xlsx", {"Hoja": [["Código", "Valor 2025-I"], ["AEI.01.01", 3]]})
        with pytest.raises(InsercionRechazada, match="no tiene columna de metas para 2025"):
            insertar(leer_libro(sin_meta), I_2025, {Resultado.AVANCE: 3}, ANA)


class TestOrden:
    def test_the_copy_has_the_formulas_and_the_book_stays_as_it_was(self, tmp_path: Path) -> None:
        libro = plan_chico(tmp_path / "plan.xlsx")
        original = libro.read_bytes()
        resultado = zedxl("vincular", libro, "--formulas", "2025-I", "--quien", "Ana Quispe")
        assert (resultado.returncode, resultado.stderr) == (0, "")
        assert resultado.stdout.splitlines()[-1] == (
            "Se pusieron 16 fórmulas. Avance: Seguimiento!L2 a L6; Nota: Seguimiento!M3 a M6; "
            "Semáforo: Seguimiento!N2 a N6; Crítica: Seguimiento!O3 a O6."
        )
        copia = leer_libro(libro.with_suffix(".xlsm"))
        assert columna(copia, "Avance 2025-I") == {
            "OEI.01": 50, "AEI.01.01": 50, "AEI.01.02": 100, "OEI.02": 50, "AEI.02.01": 20,
        }  # fmt: skip
        assert columna(copia, "Crítica 2025-I")["AEI.02.01"] == "CRÍTICA"
        assert copia.paquete.parte("xl/vbaProject.bin")
        asientos = leer_bitacora(copia.hojas).asientos
        assert [(a.origen, a.apunte.quien) for a in asientos] == [("insertar fórmulas", "Ana Quispe")] * 20
        assert list(revisar(copia.bitacora)) == []
        assert libro.read_bytes() == original
        assert [p.name for p in tmp_path.iterdir() if p.suffix != ".xlsm"] == ["plan.xlsx"]

    def test_nothing_is_written_when_a_cell_holds_something(self, tmp_path: Path) -> None:
        filas: list[list[Any]] = [["Código", "Meta 2025", "Valor 2025-I", "Avance"], ["AEI.01.01", 4, 3, 75]]
        libro = escribir_libro(tmp_path / "libro.xlsx", {"Hoja": filas})
        assert "Hoja!D2 no está vacía" in falla(zedxl("vincular", libro, "--formulas", "2025-I"))
        assert not libro.with_suffix(".xlsm").exists()


class TestBoton:
    @pytest.fixture
    def oficina(self, tmp_path: Path) -> Planeamiento:
        return Planeamiento(plan_chico(tmp_path / "plan.xlsx"))

    def test_accepting_what_is_proposed_gives_what_the_command_gives(
        self, oficina: Planeamiento, tmp_path: Path
    ) -> None:
        respuesta = oficina.pulsar("insertar_formulas", "2025-I", True, True, True, True)
        assert respuesta.icono is Icono.INFORMACION
        assert respuesta.texto.startswith("Se pusieron 16 fórmulas. Avance: Seguimiento!L2 a L6; ")
        assert oficina.excel.Application.preguntas[1] == (
            "Avance 2025-I: señale una celda de la columna donde va. Se calcula con «Meta 2025» (H), «Valor 2025-I» (I) "
            "y «Sentido» (E)."
        )
        archivo = con_formulas(plan_chico(tmp_path / "archivo.xlsx"))
        en_vivo = oficina.ahora
        assert en_vivo.tabla.hoja.filas == archivo.tabla.hoja.filas
        assert len(en_vivo.bitacora.asientos) == 20
        assert list(revisar(en_vivo.bitacora)) == []

    def test_only_the_columns_that_are_pointed_at(self, oficina: Planeamiento) -> None:
        respuesta = oficina.pulsar("insertar_formulas", "2025-I", "$Q$9", False, False, "R2:S4")
        assert "Avance: Seguimiento!Q2 a Q6; Crítica: Seguimiento!R3 a R6." in respuesta.texto
        assert (oficina.celda("Q1"), oficina.celda("R1")) == ("Avance 2025-I", "Crítica 2025-I")
        assert oficina.celda("R3") == '=IF(Q3="N/D","CRÍTICA",AEI_CRITICA(Q3,"2025-I"))'

    def test_pressed_again_it_writes_its_own_formulas_anew(self, oficina: Planeamiento) -> None:
        oficina.pulsar("insertar_formulas", "2025-I", True, True, True, True)
        oficina.pulsar("insertar_formulas", "2025-II", "L1", "M1", "N1", "O1")
        assert "VALOR_ANUAL(I3,J3" in str(oficina.celda("L3"))

    @pytest.mark.parametrize("respuestas", [(False,), ("2025-I", False), ("2025-I",)])
    def test_cancelled_nothing_is_done(self, oficina: Planeamiento, respuestas: tuple[object, ...]) -> None:
        assert oficina.pulsar("insertar_formulas", *respuestas) == Respuesta()
        assert oficina.excel.escrituras == 0

    def test_another_sheet_and_another_book_are_refused(self, tmp_path: Path) -> None:
        oficina = Planeamiento(plan_chico(tmp_path / "plan.xlsx", Otra=[["x"]]))
        assert "no está en la hoja de la tabla" in oficina.pulsar("insertar_formulas", "2025-I", "Otra!A1").texto
        ajeno = Planeamiento(plan_chico(tmp_path / "ajeno.xlsx")).excel.hoja("Seguimiento").Range("L1")
        assert "es de otro libro, ajeno.xlsx" in oficina.pulsar("insertar_formulas", "2025-I", ajeno).texto
        assert oficina.excel.escrituras == 0
