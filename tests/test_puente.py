"""The VBA between a cell and Python, run for real with a double for the server."""

from __future__ import annotations

import re

import pytest
from pyopenvba.interpreter import VBAArray, VBARuntimeError

from tests.excel_vba import Excel, Servidor
from tests.objetos_excel import Libro, Rango
from tests.valores_vba import error
from zedxl.excel import CLSID_RESIDENTE
from zedxl.excel.proyecto import modulos
from zedxl.vba import Clase, Modulo

COLUMNA_ENTERA = Rango(forma=(1_048_576, 1))
FILA_ENTERA = Rango(forma=(1, 16_384))


@pytest.fixture
def excel() -> Excel:
    return Excel()


def test_a_formula_gets_its_number(excel: Excel) -> None:
    assert excel.celda("AVANCE_AEI", Rango([[3]]), Rango([[1.5]])) == 50.0


def test_arguments_left_out_have_their_defaults(excel: Excel) -> None:
    assert excel.celda("AVANCE_AEI", 3, 9) == 100.0
    assert excel.celda("AVANCE_AEI", 3, 9, None, None, False) == 300.0


def test_ranges_give_a_result_of_their_shape(excel: Excel) -> None:
    assert excel.celda("AVANCE_AEI", Rango([[4], [8]]), Rango([[1], [2]])) == [[25.0], [25.0]]
    assert excel.celda("AVANCE_AEI", Rango([[4, 8]]), 2) == [50.0, 25.0]


def test_a_bad_element_is_an_error_in_its_own_place_only(excel: Excel) -> None:
    metas = Rango([[4], ["cuatro"], [error("#N/A")], [None]])
    esperado = [[25.0], [error("#VALUE!")], [error("#N/A")], ["N/D"]]
    assert excel.celda("AVANCE_AEI", metas, 1) == esperado


@pytest.mark.parametrize("nombre", ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"])
def test_an_error_in_a_cell_is_the_result(excel: Excel, nombre: str) -> None:
    assert excel.celda("SEMAFORO", Rango([[error(nombre)]])) == error(nombre)


def test_text_for_a_number_is_an_error_with_its_reason(excel: Excel) -> None:
    assert excel.celda("AVANCE_AEI", Rango([["tres"]]), 1, lugar="J12") == error("#VALUE!")
    assert excel.motivos == "PEI.xlsm, Seguimiento!J12: En «programado»: «tres» no es un número.\n"


def test_ranges_of_different_shape_are_an_error_with_its_reason(excel: Excel) -> None:
    assert excel.celda("AVANCE_AEI", Rango([[1], [2]]), Rango([[1], [2], [3]])) == error("#VALUE!")
    assert "no tienen el mismo tamaño" in excel.motivos


@pytest.mark.parametrize(
    ("rango", "motivo"),
    [
        (COLUMNA_ENTERA, "columna o una fila entera"),
        (FILA_ENTERA, "columna o una fila entera"),
        (Rango([[1], [2]], zonas=2), "varias zonas"),
        (Rango(forma=(300_000, 3)), "más de 200 000 celdas"),
    ],
)
def test_a_range_given_by_mistake_never_reaches_python(excel: Excel, rango: Rango, motivo: str) -> None:
    assert excel.celda("PUNTAJE_OEI", rango) == error("#VALUE!")
    assert excel.equipo.iniciados == []
    assert motivo in excel.motivos


def test_the_reason_of_a_cell_goes_when_the_cell_is_right_again(excel: Excel) -> None:
    excel.celda("SEMAFORO", Rango([["x"]]), lugar="B2")
    excel.celda("SEMAFORO", Rango([["x"]]), lugar="B3")
    excel.celda("SEMAFORO", 80, lugar="B2")
    assert excel.motivos == "PEI.xlsm, Seguimiento!B3: En «porcentaje»: «x» no es un número.\n"


def test_only_the_latest_reasons_are_kept(excel: Excel) -> None:
    for fila in range(1, 31):
        excel.celda("SEMAFORO", Rango([["x"]]), lugar=f"B{fila}")
    assert [linea.split(":")[0] for linea in excel.motivos.splitlines()] == [
        f"PEI.xlsm, Seguimiento!B{f}" for f in range(11, 31)
    ]


def test_the_server_is_started_once_and_kept(excel: Excel) -> None:
    for _ in range(3):
        excel.celda("SEMAFORO", 80)
    assert len(excel.equipo.iniciados) == 1
    assert len(excel.equipo.configuraciones) < 10


def test_the_command_line_has_no_console_no_book_and_no_folder_of_the_book(excel: Excel) -> None:
    excel.celda("SEMAFORO", 80)
    assert excel.equipo.ordenes == [
        CLSID_RESIDENTE,
        r'"C:\Users\Perú\zedxl\Scripts\pythonw.exe" -B -I -m zedxl.excel $(CLSID)',
    ]


def test_a_resident_server_is_attached_to_and_none_started(excel: Excel) -> None:
    excel.equipo.residente = Servidor()
    assert excel.celda("SEMAFORO", 80) == "ÁMBAR"
    assert excel.equipo.iniciados == []


def test_a_server_that_died_is_replaced_once_and_the_cell_gets_its_value(excel: Excel) -> None:
    excel.celda("SEMAFORO", 80)
    excel.equipo.iniciados[0].vivo = False
    assert excel.celda("SEMAFORO", 96) == "VERDE"
    assert len(excel.equipo.iniciados) == 2


def test_a_server_that_always_dies_is_no_endless_loop(excel: Excel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Servidor, "__init__", lambda self: setattr(self, "vivo", False))
    assert excel.celda("SEMAFORO", 80) == error("#N/A")
    assert sum(orden.startswith('"') for orden in excel.equipo.ordenes) == 2


@pytest.mark.parametrize("codigo", [462, -2147023170, -2147417848, -2147418105, -2147418094, -2147023169, -2147220995])
def test_whatever_the_code_with_which_it_died(excel: Excel, monkeypatch: pytest.MonkeyPatch, codigo: int) -> None:
    monkeypatch.setattr("tests.excel_vba.SERVIDOR_MUERTO", codigo)
    excel.celda("SEMAFORO", 80)
    excel.equipo.iniciados[0].vivo = False
    assert excel.celda("SEMAFORO", 96) == "VERDE"


def test_an_array_of_another_formula_has_the_same_limit(excel: Excel) -> None:
    assert excel.celda("PUNTAJE_OEI", VBAArray([(1, 600), (1, 600)])) == error("#VALUE!")
    assert excel.celda("PUNTAJE_OEI", VBAArray([(1, 200_001)])) == error("#VALUE!")
    assert excel.equipo.iniciados == []
    assert "más de 200 000 celdas" in excel.motivos


def test_when_the_resident_server_died_one_is_started(excel: Excel) -> None:
    excel.equipo.residente = Servidor()
    excel.celda("SEMAFORO", 80)
    excel.equipo.residente.vivo = False
    excel.equipo.residente = None
    assert excel.celda("SEMAFORO", 80) == "ÁMBAR"
    assert len(excel.equipo.iniciados) == 1


def test_without_zedxl_a_cell_shows_na_and_the_reason_says_what_to_do(excel: Excel) -> None:
    excel.equipo.interprete = ""
    assert excel.celda("SEMAFORO", 80) == error("#N/A")
    excel.pulsar("resumen")
    assert excel.mensajes == ["zedxl no está instalado en este equipo. Ejecute instalar.cmd y vuelva a abrir Excel."]


def test_a_python_that_is_gone_is_named(excel: Excel) -> None:
    excel.equipo.archivos.clear()
    assert excel.celda("SEMAFORO", 80) == error("#N/A")
    excel.pulsar("resumen")
    assert excel.mensajes == [f"No se encuentra Python en {excel.equipo.interprete}. Ejecute otra vez instalar.cmd."]


def test_another_version_of_xlwings_is_named(excel: Excel) -> None:
    excel.equipo.archivos = {excel.equipo.interprete, r"C:\Users\Perú\zedxl\xlwings64-0.36.0.dll"}
    assert excel.celda("SEMAFORO", 80) == error("#N/A")
    excel.pulsar("resumen")
    assert "la versión de xlwings instalada no es la 0.37.8" in excel.mensajes[0]


def test_a_server_that_cannot_start_is_not_tried_again_by_every_cell(excel: Excel) -> None:
    excel.equipo.no_inicia = "Could not create Python process.\r\nError message: Access denied."
    for _ in range(50):
        assert excel.celda("SEMAFORO", 80) == error("#N/A")
    assert len(excel.equipo.ordenes) == 2


def test_a_button_tries_at_once_what_failed_for_a_cell(excel: Excel) -> None:
    excel.equipo.no_inicia = "Access denied."
    excel.celda("SEMAFORO", 80)
    excel.equipo.no_inicia = ""
    excel.pulsar("resumen")
    assert excel.mensajes == []
    assert excel.celda("SEMAFORO", 80) == "ÁMBAR"


def test_what_python_did_not_foresee_is_an_error_with_its_first_line(
    excel: Excel, monkeypatch: pytest.MonkeyPatch
) -> None:
    fallo = VBARuntimeError(-2147467259, "ZeroDivisionError: division by zero\r\n  File «marcha.py», line 3")

    def fallar(*_: object) -> None:
        raise fallo

    monkeypatch.setattr("udfs.excel.SEMAFORO", fallar)
    assert excel.celda("SEMAFORO", 80, lugar="C3") == error("#N/A")
    assert excel.motivos == "PEI.xlsm, Seguimiento!C3: ZeroDivisionError: division by zero\n"


def test_a_refused_start_is_told_in_full(excel: Excel) -> None:
    excel.equipo.no_inicia = "Could not create Python process.\r\nError message: Access denied."
    excel.pulsar("resumen")
    assert excel.mensajes == [
        "No se pudo iniciar Python: Could not create Python process. Error message: Access denied. Puede haberlo "
        "impedido el antivirus: ejecute diagnostico.cmd."
    ]


def test_nothing_but_the_registered_functions_can_be_called_from_a_cell() -> None:
    from udfs import FUNCIONES

    publicas = [
        nombre
        for modulo in modulos([Modulo("Hoja1", "", Clase.HOJA)])
        for nombre in re.findall(r"(?m)^(?:Public )?(?:Declare (?:PtrSafe )?)?Function (\w+)", modulo.codigo)
    ]
    assert publicas == list(FUNCIONES)


def test_no_macro_runs_python_code_that_it_is_given() -> None:
    fuente = "\n".join(modulo.codigo for modulo in modulos([Modulo("Hoja1", "", Clase.HOJA)]))
    for peligro in ("RunPython", ".Exec", ".Eval", "RunFrozenPython", "Shell", "WScript", "cmd.exe"):
        assert peligro not in fuente


def test_the_configuration_is_only_that_of_the_user(excel: Excel) -> None:
    excel.celda("SEMAFORO", 80)
    assert set(excel.equipo.configuraciones) == {r"C:\Users\Perú\.zedxl\zedxl.conf"}
    fuente = next(modulo.codigo for modulo in modulos([]) if modulo.nombre == "ZedPuente")
    assert ".Sheets(" not in fuente
    assert "ActiveWorkbook" not in fuente


def test_a_macro_of_the_institution_can_call_a_function_too(excel: Excel) -> None:
    assert excel.correr("SEMAFORO", 80) == "ÁMBAR"


def test_a_button_gets_the_book_that_is_active(excel: Excel) -> None:
    otro = Libro("Otro.xlsx")
    excel.activo = otro
    excel.pulsar("generar_informe")
    modulo, funcion, argumentos, libro = excel.equipo.iniciados[0].llamadas[-1]
    assert (modulo, funcion, libro) == ("zedxl.excel.botones", "PULSAR", otro)
    assert argumentos[:2] == [[["generar_informe"]], [["Otro.xlsx"]]]


def test_on_a_mac_a_cell_shows_na_and_a_button_says_why() -> None:
    excel = Excel(mac=True)
    assert excel.celda("SEMAFORO", 80) == error("#N/A")
    excel.pulsar("resumen")
    assert excel.mensajes == ["Los botones de PEI funcionan en Excel para Windows."]
    assert excel.equipo.ordenes == []
