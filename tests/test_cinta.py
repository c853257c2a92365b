"""The ribbon: its part against Microsoft's schema, its callbacks run in the shipped VBA."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from tests.excel_vba import Excel
from tests.objetos_excel import Cinta, Control, Libro
from zedxl.excel.botones import ACCIONES
from zedxl.excel.cinta import CINTA, Necesita, Pestana, customui
from zedxl.excel.proyecto import modulos

ESQUEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "esquemas" / "customui14.xsd"))
BOTONES = [boton for grupo in CINTA for boton in grupo.botones]
CON_LLAMADA = ("onLoad", "onAction", "getEnabled", "getVisible")


@pytest.fixture
def excel() -> Excel:
    return Excel()


@pytest.mark.parametrize("pestana", Pestana)
def test_the_part_is_valid_by_its_schema(pestana: Pestana) -> None:
    ESQUEMA.assertValid(etree.fromstring(customui(pestana)))


@pytest.mark.parametrize("pestana", Pestana)
def test_every_callback_exists_in_the_module_it_names(pestana: Pestana) -> None:
    raiz = etree.fromstring(customui(pestana))
    llamadas = {elemento.get(nombre) for elemento in raiz.iter() for nombre in CON_LLAMADA} - {None}
    subs = {
        f"{modulo.nombre}.{nombre}"
        for modulo in modulos([], pestana)
        for nombre in re.findall(r"Public Sub (\w+)\(", modulo.codigo)
    }
    assert llamadas <= subs
    assert len(llamadas) == 4


def test_every_button_does_something_and_everything_has_a_button() -> None:
    assert [boton.nombre for boton in BOTONES] == list(ACCIONES)


def test_buttons_speak_for_themselves() -> None:
    teclas = [boton.tecla for boton in BOTONES]
    assert len(set(teclas)) == len(teclas)
    for boton in BOTONES:
        assert boton.ayuda.endswith(".")
        assert len(boton.ayuda) <= 1024  # what Office shows


def test_generating_the_report_is_the_one_large_button() -> None:
    assert [boton.rotulo for boton in BOTONES if boton.grande] == ["Generar Informe"]


def sirve(excel: Excel, necesita: Necesita) -> bool:
    excel.vba.add_module("Public Function Sirve(c)\nAlPreguntarSiSirve c, Sirve\nEnd Function", name="Prueba")
    return bool(excel.correr("Sirve", Control("x", necesita.value)))


@pytest.mark.parametrize(
    ("libro", "que_sirve"),
    [
        (Libro(carpeta="C:\\PEI"), {Necesita.NADA, Necesita.LIBRO, Necesita.CARPETA}),
        (Libro("Libro1", carpeta=""), {Necesita.NADA, Necesita.LIBRO}),
        (None, {Necesita.NADA}),
    ],
    ids=["a book with a folder", "a book never saved", "no book"],
)
def test_buttons_that_make_no_sense_are_disabled(excel: Excel, libro: Libro | None, que_sirve: set[Necesita]) -> None:
    excel.activo = libro
    assert {necesita for necesita in Necesita if sirve(excel, necesita)} == que_sirve


def se_ve(excel: Excel, pestana: Pestana) -> bool:
    excel.vba.add_module("Public Function SeVe(c)\nAlPreguntarSiSeVe c, SeVe\nEnd Function", name="Prueba")
    return bool(excel.correr("SeVe", Control(pestana.value)))


@pytest.mark.parametrize("nombre", ["Libro.xlsm", "PEI '26.xlsm"])
def test_a_book_with_its_own_macros_shows_its_tab_and_the_add_in_hides_its_own(nombre: str) -> None:
    libro, complemento = Excel(), Excel(complemento=True)
    complemento.activo = Libro(nombre)
    complemento.aplicacion.con_macros = {f"'{nombre}'".replace("'", "''")[1:-1]}
    assert se_ve(libro, Pestana.DEL_LIBRO)
    assert not se_ve(complemento, Pestana.DEL_COMPLEMENTO)


@pytest.mark.parametrize(
    "activo", [None, Libro("Otro.xlsx"), Libro("Bloqueado.xlsm")], ids=["no book", "any", "blocked"]
)
def test_over_any_other_book_the_add_in_shows_its_tab(activo: Libro | None) -> None:
    complemento = Excel(complemento=True)
    complemento.activo = activo
    assert se_ve(complemento, Pestana.DEL_COMPLEMENTO)


def test_the_answer_of_python_is_shown_and_the_status_bar_given_back(excel: Excel) -> None:
    excel.pulsar("resumen")
    excel.equipo.iniciados[0].botones = lambda *_: [[48, "Puntaje del PEI: 88.33"]]
    excel.pulsar("resumen")
    assert excel.mensajes == ["Puntaje del PEI: 88.33"]
    assert excel.vba.dialogs[-1][3] == 48
    assert excel.aplicacion.barra[-1] is False


def test_nothing_is_shown_when_there_is_nothing_to_say(excel: Excel) -> None:
    excel.pulsar("generar_informe")
    assert excel.mensajes == []


def test_a_server_that_died_before_the_press_is_replaced(excel: Excel) -> None:
    excel.pulsar("resumen")
    excel.equipo.iniciados[0].vivo = False
    excel.pulsar("resumen")
    assert (len(excel.equipo.iniciados), excel.mensajes) == (2, [])


def test_a_server_that_dies_while_a_button_works_is_told_and_nothing_is_done_twice(excel: Excel) -> None:
    excel.pulsar("resumen")
    servidor = excel.equipo.iniciados[0]

    def morir(*_: object) -> list[list[object]]:
        servidor.vivo = False
        servidor._comprobar()
        return []

    servidor.botones = morir
    excel.pulsar("generar_informe")
    assert len(excel.equipo.iniciados) == 1
    assert excel.mensajes == ["Python se cerró antes de terminar. Revise el resultado y pulse otra vez el botón."]
    assert excel.aplicacion.barra[-1] is False


def test_the_ribbon_asks_again_when_another_book_is_active(excel: Excel) -> None:
    cinta = Cinta()
    excel.correr("AlCargar", cinta)
    excel.correr("Refrescar")
    assert cinta.invalidada == 1


def test_a_ribbon_that_is_gone_stops_nobody_who_changes_books(excel: Excel) -> None:
    cinta = Cinta()
    excel.correr("AlCargar", cinta)
    cinta.viva = False
    excel.correr("Refrescar")


def test_before_the_ribbon_is_loaded_there_is_nothing_to_refresh(excel: Excel) -> None:
    excel.correr("Refrescar")


def test_opening_the_book_gives_the_function_wizard_its_help(excel: Excel) -> None:
    excel.correr("Workbook_Open")
    from udfs import FUNCIONES

    ayudas = excel.aplicacion.ayudas
    assert set(ayudas) == {f"'Libro.xlsm'!{nombre}" for nombre in FUNCIONES}
    descripcion, categoria, argumentos = ayudas["'Libro.xlsm'!AVANCE_RANGO"]
    assert descripcion == FUNCIONES["AVANCE_RANGO"].descripcion
    assert categoria == "Seguimiento PEI"
    assert argumentos == [argumento.ayuda for argumento in FUNCIONES["AVANCE_RANGO"].argumentos]


def test_a_hidden_add_in_is_brought_in_sight_for_its_help_and_hidden_again() -> None:
    excel = Excel(complemento=True)
    excel.aplicacion.acepta_ayudas = lambda: not excel.libro._complemento
    excel.correr("RegistrarAyuda")
    assert len(excel.aplicacion.ayudas) == 18
    assert excel.libro._complemento is True


def test_without_any_book_open_the_help_waits_for_one() -> None:
    excel = Excel(complemento=True)
    excel.aplicacion.acepta_ayudas = lambda: excel.activo is not None
    excel.activo = None
    excel.correr("Workbook_Open")
    assert excel.aplicacion.ayudas == {}
    excel.activo = Libro()
    excel.correr("m_excel_WorkbookActivate", excel.activo)
    assert len(excel.aplicacion.ayudas) == 18


def test_what_a_button_asks_of_python_is_the_text_of_its_id(excel: Excel) -> None:
    for boton in BOTONES:
        excel.pulsar(boton.nombre)
    pedidos = [llamada[2][0] for llamada in excel.equipo.iniciados[0].llamadas]
    assert pedidos == [[[boton.nombre]] for boton in BOTONES]
