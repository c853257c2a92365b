"""The extension's parts and what stands between Calc and the functions, without LibreOffice."""

from __future__ import annotations

import ast
import math
import re
import struct
import zipfile
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.casos.fila import INVALIDO, NA
from tests.libros import RAIZ
from udfs import FUNCIONES, ErrorDeCelda, Funcion
from zedxl.calc import adaptador, nucleo, partes, pulsacion
from zedxl.calc.complemento import Bloque, Descripcion
from zedxl.calc.extension import ARCHIVO, INTERPRETE, contenido, extension
from zedxl.calc.referencias import Signos, puede_estar_vacia, sueltas
from zedxl.medida import DatoInvalido

AVANCE = FUNCIONES["AVANCE_AEI"]


class TestPartes:
    def test_the_same_sources_give_the_same_bytes(self) -> None:
        assert extension() == extension()

    def test_every_xml_part_is_well_formed_and_named_in_the_manifest(self) -> None:
        todas = contenido()
        xml = [nombre for nombre in todas if nombre.endswith((".xml", ".xcu", ".components"))]
        raices = {nombre: ElementTree.fromstring(todas[nombre]) for nombre in xml}
        declaradas = [
            valor for entrada in raices["META-INF/manifest.xml"]
            for clave, valor in entrada.items() if clave.endswith("full-path")
        ]  # fmt: skip
        assert set(declaradas) == {partes.TIPOS, partes.COMPONENTES, partes.MENU}
        assert set(declaradas) <= set(todas)

    def test_each_function_is_a_method_with_its_arguments(self) -> None:
        metodos = dict(re.findall(r"any (\w+)\((.*)\);", partes.tipos()))
        assert len(metodos) == len(FUNCIONES)
        assert metodos["avanceRango"] == (
            "[in] any minimo, [in] any maximo, [in] any ejecutado, [in] any tope, "
            "[in] com::sun::star::beans::XPropertySet libro"
        )
        for funcion in FUNCIONES.values():
            assert metodos[adaptador.identificador(funcion.nombre)].count("[in] any") == len(funcion.argumentos)

    def test_no_identifier_keeps_libreoffice_from_starting(self) -> None:
        nombres = re.findall(r"(?:any|XPropertySet) (\w+)[(,)]", partes.tipos())
        assert len(nombres) > 2 * len(FUNCIONES)
        assert not [nombre for nombre in nombres if not re.fullmatch(r"[a-z][A-Za-z0-9]*", nombre)]

    def test_each_entry_of_the_menu_does_something(self) -> None:
        assert {entrada.accion for entrada in partes.ENTRADAS_DEL_MENU} == set(pulsacion.ACCIONES)

    def test_it_names_the_python_of_zedxl_only_when_it_is_installed(self) -> None:
        with zipfile.ZipFile(BytesIO(extension(Path("C:/Año/python.exe")))) as instalada:
            assert instalada.read(INTERPRETE).decode() == str(Path("C:/Año/python.exe"))
        assert INTERPRETE not in contenido()

    def test_it_carries_no_module_that_needs_a_library(self) -> None:
        fuentes = nucleo.modulos()
        assert {"udfs/__init__.py", "zedxl/calc/menu.py", "zedxl/libro/__init__.py"} <= set(fuentes)
        assert not [ruta for ruta in fuentes if ruta.startswith(("zedxl/informe", "zedxl/excel", "udfs/excel"))]

    @pytest.mark.parametrize(("ruta", "fuente"), nucleo.modulos().items(), ids=nucleo.modulos())
    def test_the_python_of_libreoffice_can_read_each_module(self, ruta: str, fuente: bytes) -> None:
        ast.parse(fuente, ruta, feature_version=(3, 10))


class TestAdaptador:
    def test_a_single_value_stays_one(self) -> None:
        assert adaptador.llamar(AVANCE, (4.0, ((1.0,),), None)) == 25
        assert adaptador.llamar(AVANCE, (4.0, (("",),))) == "N/D"

    def test_an_empty_cell_of_a_block_is_an_omission(self) -> None:
        assert adaptador.llamar(AVANCE, (10.0, ((8.0,),), (("",), ("Descendente",)))) == ((80.0,), (100.0,))

    def test_what_is_required_can_be_left_out_only_before_something_that_is_given(self) -> None:
        assert adaptador.llamar(AVANCE, (None, 5.0, None)) == "N/D"
        assert adaptador.llamar(AVANCE, (5.0, None, None)) == INVALIDO

    def test_a_refused_call_is_an_error_value_and_in_a_block_only_its_element(self) -> None:
        assert adaptador.llamar(AVANCE, ("x", ((1.0,),))) == INVALIDO
        assert adaptador.llamar(AVANCE, ((("x",), (4.0,)), ((1.0,),))) == ((INVALIDO,), (25.0,))

    def test_an_empty_cell_alone_is_zero_and_left_out_only_where_zero_means_nothing(self) -> None:
        assert adaptador.llamar(AVANCE, (10.0, ((8.0,),), 0.0)) == 80
        assert adaptador.llamar(AVANCE, (10.0, ((0.0,),), "Ascendente", None, 0.0)) == 0

    def test_zero_means_nothing_exactly_where_the_adapter_says(self) -> None:
        vacias = {
            argumento.nombre
            for funcion in FUNCIONES.values()
            for lugar, argumento in enumerate(funcion.argumentos)
            if argumento.opcional and not argumento.rango and self.rechaza_cero(funcion, lugar)
        }
        assert vacias == adaptador.PALABRAS

    @staticmethod
    def rechaza_cero(funcion: Funcion, lugar: int) -> bool:
        argumentos: list[object] = [50, 50, "2025-I", None, None][: lugar + 1]
        argumentos[lugar] = 0
        try:
            funcion.llamar(*argumentos)
        except DatoInvalido as error:
            return f"«{funcion.argumentos[lugar].nombre}»" in str(error)
        return False

    @pytest.mark.parametrize(("celda", "entregada"), [(None, ""), ("N/D", "N/D"), (True, True), (2.5, 2.5)])
    def test_values_as_calc_takes_them(self, celda: object, entregada: object) -> None:
        assert adaptador.para_calc(celda) is entregada

    @given(st.integers(-(2**53), 2**53))
    def test_a_whole_number_is_handed_over_as_a_float(self, numero: int) -> None:
        entregado = adaptador.para_calc(numero)
        assert isinstance(entregado, float)
        assert entregado == numero

    @pytest.mark.parametrize(("codigo", "numero"), adaptador.CODIGOS.items())
    def test_an_error_is_a_nan_with_its_number(self, codigo: str, numero: int) -> None:
        entregado = adaptador.para_calc(ErrorDeCelda(codigo))
        assert isinstance(entregado, float)
        assert math.isnan(entregado)
        assert struct.unpack("<Q", struct.pack("<d", entregado))[0] & 0xFFFFFFFF == numero

    @pytest.mark.parametrize(
        ("filas", "tipo"),
        [
            ((("a", "b"),), "[][]string"),
            ((("a", 1.0),), "[][]any"),
            (((INVALIDO,),), "[][]any"),
            (((1.0,),), "[][]any"),
        ],
    )
    def test_only_rows_of_texts_travel_as_such(self, filas: adaptador.Filas, tipo: str) -> None:
        assert adaptador.tipo_de_bloque(filas) == tipo


SIGNOS = Signos(abre=10, cierra=11, separa=12, funcion=3, espacio=16)


def fichas(formula: str) -> list[Any]:
    """A formula as Calc hands it over: A1 stands for any cell, F for one of our functions, G for another."""
    codigos = {"(": 10, ")": 11, ";": 12, " ": 16, "F": 3, "G": 3, "+": 40}
    datos = {"F": "pe.zedxl.Funciones.avanceAei", "G": "com.otra.funcion", "A1": SimpleNamespace(RelativeColumn=0),
             "A1:A1": SimpleNamespace(Reference1=0)}  # fmt: skip
    return [
        SimpleNamespace(OpCode=codigos.get(pieza, 0), Data=datos.get(pieza))
        for pieza in re.findall(r"A1:A1|A1|.", formula)
    ]


class TestReferencias:
    @pytest.mark.parametrize(
        ("formula", "lugares"),
        [
            ("F(A1;A1)", [2, 4]),
            ("F( A1 ;; A1)", [3, 8]),
            ("F(A1+A1;A1:A1)", []),
            ("F((A1))", []),
            ("G(A1;F(A1);A1)", [6]),
            ("F(G(A1);A1)+A1", [7]),
            ("A1", []),
        ],
    )
    def test_only_a_whole_argument_of_our_functions_is_given_alone(self, formula: str, lugares: list[int]) -> None:
        assert sueltas(fichas(formula), SIGNOS) == lugares

    @pytest.mark.parametrize(
        ("formula", "vacia"),
        [
            ("=PE.ZEDXL.FUNCIONES.AVANCEAEI(A1;B1)", False),
            ("=PE.ZEDXL.FUNCIONES.AVANCEAEI(A1;B2)", True),
            ("=PE.ZEDXL.FUNCIONES.AVANCEAEI( $A$1 ; $C$1 )", True),
            ("=PE.ZEDXL.FUNCIONES.AVANCEAEI(A1;AA9)", True),
            ("=PE.ZEDXL.FUNCIONES.AVANCEAEI(A1;$Datos.A1)", True),
            ("=PE.ZEDXL.FUNCIONES.AVANCEAEI(A1;B2+1)", False),
            ("=PE.ZEDXL.FUNCIONES.AVANCEAEI(A1:B2;B1:B2)", False),
            ("=SUM(A1;B2)", False),
        ],
    )
    def test_a_formula_is_looked_into_only_when_a_cell_in_it_may_be_empty(self, formula: str, vacia: bool) -> None:
        assert puede_estar_vacia(formula, ((3, 0), (1, ""))) is vacia


class TestComplemento:
    def test_what_calc_asks_about_a_function(self) -> None:
        descripcion = Descripcion()
        assert descripcion.getProgrammaticFuntionName("AVANCE_AEI") == "avanceAei"
        assert descripcion.getDisplayFunctionName("avanceAei") == "AVANCE_AEI"
        assert descripcion.getFunctionDescription("avanceAei") == AVANCE.descripcion
        assert descripcion.getDisplayArgumentName("avanceAei", 3) == "[linea_base]"
        assert descripcion.getArgumentDescription("avanceAei", 0) == AVANCE.argumentos[0].ayuda
        assert descripcion.getDisplayCategoryName("avanceAei") == "Seguimiento PEI"

    def test_other_methods_are_no_functions(self) -> None:
        descripcion = Descripcion()
        assert descripcion.getDisplayFunctionName("getLocale") == ""
        assert descripcion.getCompatibilityNames("getLocale") == ()
        assert descripcion.getProgrammaticFuntionName("SUM") == ""

    def test_the_rows_of_a_block_are_told_with_their_type(self, monkeypatch: pytest.MonkeyPatch) -> None:
        oidos: list[Any] = []
        monkeypatch.setattr("zedxl.calc.complemento.import_module", lambda _: UnoFingido)
        Bloque(((NA, 3), ("N/D", None))).addResultListener(type("Oyente", (), {"modified": oidos.append}))
        (evento,) = oidos
        tipo, ((error, tres), textos) = evento.Value
        assert (tipo, tres, textos) == ("[][]any", 3.0, ("N/D", ""))
        assert math.isnan(error)


class UnoFingido:
    """The two things of LibreOffice's module that a block asks for."""

    @staticmethod
    def createUnoStruct(_clase: str) -> Any:  # noqa: N802
        return type("Evento", (), {})()

    @staticmethod
    def Any(tipo: str, valor: object) -> tuple[str, object]:  # noqa: N802
        return tipo, valor


def test_the_committed_extension_is_what_its_sources_give() -> None:
    assert extension() == (RAIZ / "workbook" / ARCHIVO).read_bytes(), "ejecute «make libro»"
