"""A new book for any institution: from a CSV plan, from the book it has, to be filled in; never over a file."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ediciones import ANA, aplicada
from tests.libros import FUENTES, FUENTES_EJEMPLO, LIBRO_EJEMPLO, TITULOS, aei, escribir_libro
from tests.motor_formulas import discrepancias
from tests.test_cli import falla, zedxl
from tests.test_construccion import HOJAS
from tests.test_construccion_planes import sin_celdas
from zedxl.errores import ErrorExplicado
from zedxl.libro.fuentes import leer as leer_fuentes
from zedxl.libro.lectura import leer, leer_libro
from zedxl.nuevo.creacion import NuevoImposible, crear, origen_de
from zedxl.nuevo.plan_csv import PlanInvalido
from zedxl.periodo import Periodo
from zedxl.plan import Entidad, Plan
from zedxl.semestre.cierre import cerrar
from zedxl.validacion import validar
from zedxl.vocabulario import Sentido

I_2025 = Periodo(2025, 1)
NADIE = Entidad()
CORTO = (
    "Código;Denominación;Indicador;U. Medida;Sentido;Logro esperado 2025;2026\n"
    "OEI 1.;Mejorar la atención;Porcentaje de satisfacción;%;asc;70;80\n"
    'AEI 1.1:;"Trámites, en línea";"Número de trámites\ndisponibles";Trámites;Ascendente;5;8\n'
    "\n"
    "AEI.01.02;Atención rápida;Días de atención;Días;Descendente;12,5;10\n"
)


def csv(carpeta: Path, texto: str, codificacion: str = "utf-8") -> Path:
    ruta = carpeta / "plan.csv"
    ruta.write_bytes(texto.encode(codificacion))
    return ruta


def creado(plan: Plan, ruta: Path) -> Plan:
    assert crear(plan, ruta) == ()
    return leer(ruta)


class TestDesdeCSV:
    @pytest.mark.parametrize("codificacion", ["utf-8", "utf-8-sig", "cp1252"])
    def test_the_plan_arrives_whole_in_whatever_way_excel_writes_it(self, codificacion: str, tmp_path: Path) -> None:
        origen = origen_de(csv(tmp_path, CORTO, codificacion), Entidad("Municipalidad de Ñahuin", "", ""))
        assert origen.avisos == ()
        leido = creado(origen.plan, tmp_path / "libro.xlsx")
        assert leido.entidad == Entidad("Municipalidad de Ñahuin", "", "2025-2026")
        (objetivo,) = leido.oeis
        assert [(a.codigo, a.denominacion) for a in objetivo.aeis] == [
            ("AEI.01.01", "Trámites, en línea"), ("AEI.01.02", "Atención rápida"),
        ]  # fmt: skip
        (indicador,) = objetivo.aeis[1].indicadores
        assert indicador.sentido is Sentido.DESCENDENTE
        assert {a: d.valor for a, d in indicador.metas.items()} == {2025: 12.5, 2026: 10.0}
        assert leido.periodos[-1] == Periodo(2026, 2)

    def test_the_plan_of_the_example_is_the_one_that_its_sources_give(self, tmp_path: Path) -> None:
        plan = creado(origen_de(FUENTES_EJEMPLO / "plan.csv", NADIE).plan, tmp_path / "libro.xlsx")
        fuentes = leer_fuentes(FUENTES_EJEMPLO)
        sin_valores = fuentes.con_indicadores(lambda i: i._replace(valores={}))
        assert sin_celdas(plan.con_indicadores(lambda i: i._replace(valores={}))).oeis == sin_valores.oeis

    def test_the_years_of_the_pei_are_there_even_without_targets(self, tmp_path: Path) -> None:
        plan = origen_de(csv(tmp_path, CORTO), Entidad(pei="2024-2027")).plan
        assert plan.anios == (2024, 2025, 2026, 2027)
        assert plan.entidad.pei == "2024-2027"

    def test_all_that_is_wrong_is_told_at_once_by_line(self, tmp_path: Path) -> None:
        malo = (
            "Código,Denominación,Indicador,Sentido,Meta 2025\n"
            'OEI.01,Mejorar,"Porcentaje\nde algo",arriba,3\n'
            "AEI.01.01,,Número,,1.234\n"
            "AEI.02.01,Hacer,,,dos\n"
            "Acción 3,Hacer,Número,,-1\n"
        )
        with pytest.raises(PlanInvalido) as rechazo:
            origen_de(csv(tmp_path, malo), NADIE)
        primera, *lineas = str(rechazo.value).splitlines()
        assert primera == "plan.csv tiene 8 errores; corríjalo y repita la orden. No se escribió ningún libro."
        dichas = [(linea.strip().partition(":")[0].split(" (")[0], linea) for linea in lineas]
        assert [lugar for lugar, _ in dichas] == ["Línea 2", *["Línea 4"] * 2, *["Línea 5"] * 3, *["Línea 6"] * 2]
        for parte in ("«arriba» no se reconoce", "«1.234» puede leerse", "Denominación: está vacía", "OEI.02",
                      "«dos» no es un número", "Indicador: está vacía", "«Acción 3» no es un código", "negativo"):  # fmt: skip
            assert sum(parte in linea for linea in lineas) == 1, parte

    def test_a_column_that_nobody_knows_is_named_and_left_out(self, tmp_path: Path) -> None:
        titulos, resto = CORTO.split("\n", 1)
        ancho = csv(tmp_path, f"{titulos};Comentarios\n{resto}")
        assert origen_de(ancho, NADIE).avisos == ("La columna «Comentarios» no se reconoce y no pasa al libro.",)

    @pytest.mark.parametrize(
        ("texto", "dice"),
        [
            ("", "no tiene una fila de títulos"),
            ("Nombre,Meta 2025\nalgo,3\n", "no tiene una fila de títulos"),
            ("Código,Meta 2025\nAEI.01.01,3\n", "Línea 1: Falta la columna «Denominación»"),
            ('Código,Denominación,Indicador,Meta 2025\n"AEI.01.01', "no es un CSV"),
            ("Código,Denominación,Indicador\nAEI.01.01,Hacer,Número\n", "Meta 2025"),
        ],
    )
    def test_a_file_that_holds_no_plan_says_why(self, texto: str, dice: str, tmp_path: Path) -> None:
        salida = tmp_path / "libro.xlsx"
        dicho = zedxl("nuevo", salida, "--desde", csv(tmp_path, texto))
        assert dicho.returncode == 2
        assert dicho.stderr.startswith("Error: ")
        assert dice in dicho.stderr
        assert not salida.exists()


class TestDesdeUnLibro:
    def test_values_texts_agents_and_parameters_come_along(self, tmp_path: Path) -> None:
        original = leer(LIBRO_EJEMPLO)
        copiado = creado(origen_de(LIBRO_EJEMPLO, NADIE).plan, tmp_path / "otro.xlsm")
        assert sin_celdas(copiado) == sin_celdas(original)

    def test_any_flat_table_will_do(self, tmp_path: Path) -> None:
        filas = [["Matriz de la entidad"], [], TITULOS, aei("OEI.01", 9), aei("AEI.01.01", 4, 2)]
        suyo = escribir_libro(tmp_path / "suyo.xlsx", {"Hoja rara": filas})
        plan = creado(origen_de(suyo, Entidad("Entidad", "ENT", "2025-2027")).plan, tmp_path / "nuevo.xlsm")
        assert (plan.entidad.siglas, plan.anios) == ("ENT", (2025, 2026, 2027))
        assert plan.oeis[0].aeis[0].indicadores[0].valor(I_2025).valor == 2

    def test_another_institution_does_not_inherit_the_short_name(self) -> None:
        assert origen_de(LIBRO_EJEMPLO, Entidad("Otra")).plan.entidad == Entidad("Otra", "", "2025-2027")

    def test_closed_periods_stay_behind_and_that_is_said(self, tmp_path: Path) -> None:
        libro = leer_libro(shutil.copy(LIBRO_EJEMPLO, tmp_path / "plan.xlsm"))
        cerrado = aplicada(libro, cerrar(libro, I_2025, ANA))
        origen = origen_de(cerrado.paquete.ruta, NADIE)
        assert "Los cierres (2025-I) y la Bitácora no pasan" in origen.avisos[0]
        assert creado(origen.plan, tmp_path / "nuevo.xlsx").cierres == {}

    def test_errors_in_it_are_named_by_cell(self, tmp_path: Path) -> None:
        malo = escribir_libro(tmp_path / "malo.xlsx", {"Hoja": [TITULOS, aei("AEI.01.01", "dos")]})
        with pytest.raises(PlanInvalido, match="Hoja!H2"):
            origen_de(malo, NADIE)


class TestPorCompletar:
    def test_it_is_valid_and_says_what_to_write(self, tmp_path: Path) -> None:
        ruta = tmp_path / "nuevo.xlsm"
        dicho = zedxl("nuevo", ruta, "--pei", "2027-2029", "--entidad", "Entidad de Prueba")
        assert (dicho.returncode, dicho.stderr) == (0, "")
        assert "entre corchetes" in dicho.stdout
        assert discrepancias(ruta) == []
        libro = leer_libro(ruta)
        assert [h for h in validar(libro, Periodo(2027, 1)) if h.severidad.value == "error"] == []
        assert all(a.denominacion.startswith("[Escriba") for a in libro.plan.aeis)
        assert libro.plan.periodos[0] == Periodo(2027, 1)

    def test_it_has_the_sheets_of_the_shipped_book_in_the_name_of_the_institution(self, tmp_path: Path) -> None:
        crear(origen_de(None, Entidad("Entidad de Prueba", "EP", "2027-2029")).plan, tmp_path / "nuevo.xlsx")
        libro = openpyxl.load_workbook(tmp_path / "nuevo.xlsx")
        assert libro.sheetnames == HOJAS
        assert (libro.properties.title, libro.properties.creator) == (
            "Seguimiento del PEI 2027-2029",
            "Entidad de Prueba",
        )

    def test_once_filled_in_it_computes(self, tmp_path: Path) -> None:
        ruta = tmp_path / "nuevo.xlsx"
        crear(origen_de(None, Entidad(pei="2027-2028")).plan, ruta)
        libro = openpyxl.load_workbook(ruta)
        hoja = libro["Seguimiento"]
        titulos = {celda.value: celda.column for celda in hoja[5]}
        hoja.cell(7, titulos["Meta 2027"], 4)
        hoja.cell(7, titulos["Valor 2027-I"], 3)
        libro.save(ruta)
        assert '"avance_pei": 75.0' in zedxl("resumen", ruta, "--json").stdout


class TestSalida:
    def test_a_file_that_exists_stays_as_it_is(self, tmp_path: Path) -> None:
        ruta = tmp_path / "mío.xlsm"
        ruta.write_bytes(b"algo")
        assert "ya existe y no se reemplaza" in falla(zedxl("nuevo", ruta))
        with pytest.raises(NuevoImposible, match="ya existe"):
            crear(leer_fuentes(FUENTES), ruta)
        assert ruta.read_bytes() == b"algo"

    def test_a_file_that_appears_meanwhile_stays_too(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        ruta = tmp_path / "libro.xlsx"
        monkeypatch.setattr("zedxl.nuevo.creacion.comprobar_salida", lambda salida: salida.write_bytes(b"otro"))
        with pytest.raises(NuevoImposible, match="ya existe"):
            crear(leer_fuentes(FUENTES), ruta)
        assert ruta.read_bytes() == b"otro"
        assert [r.name for r in tmp_path.iterdir()] == ["libro.xlsx"]

    @pytest.mark.parametrize(
        ("argumentos", "dice"),
        [
            (["libro.ods"], "Termine el nombre en .xlsm"),
            (["no está/libro.xlsx"], "no existe"),
            (["libro.xlsx", "--pei", "2027"], "Escríbalos así: 2025-2027"),
            (["libro.xlsx", "--pei", "2027-2025"], "no son los años de un PEI"),
            (["libro.xlsx", "--desde", "no está.csv"], "no existe"),
        ],
    )
    def test_what_cannot_be_is_explained(self, argumentos: list[str], dice: str, tmp_path: Path) -> None:
        nombre, *resto = argumentos
        assert dice in falla(zedxl("nuevo", tmp_path / nombre, *resto))
        assert list(tmp_path.iterdir()) == []

    def test_the_same_plan_gives_the_same_bytes(self, tmp_path: Path) -> None:
        plan = origen_de(FUENTES_EJEMPLO / "plan.csv", NADIE).plan
        for nombre in ("uno.xlsm", "dos.xlsm"):
            crear(plan, tmp_path / nombre)
        assert (tmp_path / "uno.xlsm").read_bytes() == (tmp_path / "dos.xlsm").read_bytes()


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.lists(st.lists(st.sampled_from(["AEI.01.01", "OEI.01", "x", "3", "1.234", "", "IND.01.01.01", '"', "\n"])), max_size=6)
        .map(lambda filas: "\n".join([CORTO.partition("\n")[0], *(";".join(f) for f in filas)]).encode()),
    )
)  # fmt: skip
def test_whatever_the_csv_holds_it_is_a_plan_or_an_explanation(datos: bytes) -> None:
    with tempfile.TemporaryDirectory() as carpeta:
        ruta = Path(carpeta, "plan.csv")
        ruta.write_bytes(datos)
        with contextlib.suppress(ErrorExplicado):
            assert origen_de(ruta, NADIE).plan.oeis
