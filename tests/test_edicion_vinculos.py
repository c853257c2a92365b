"""Links from cell to cell, in the file of a book and in the live one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from tests.conversion import guardado_por_libreoffice
from tests.excel_doble import LibroDoble
from tests.test_edicion_partes import con_openpyxl, distintas, editado
from zedxl.edicion.cambio import Cambio, Edicion, EdicionImposible, HojaNueva, Vinculo
from zedxl.edicion.orden_de_hoja import ORDEN
from zedxl.excel.edicion_viva import aplicar
from zedxl.libro.paquete import Paquete
from zedxl.libro.paquete_crudo import con_partes
from zedxl.libro.xml_crudo import hijos, raiz
from zedxl.plan import Celda

PLAN = "xl/worksheets/sheet1.xml"


@pytest.fixture
def libro(tmp_path: Path) -> Path:
    """«Plan»: links in A1, to the web, and in B2, to «It's»; a validation and a drawing around them. «It's»: bare."""
    ruta = tmp_path / "libro.xlsx"
    libro = xlsxwriter.Workbook(ruta)
    plan = libro.add_worksheet("Plan")
    plan.write_url("A1", "https://www.gob.pe/", string="gob.pe")
    plan.write_url("B2", "internal:'It''s'!A1", string="uno")
    for fila, valor in enumerate(("dos", "tres", "cuatro"), 1):
        plan.write(fila, 2, valor)
    plan.data_validation("A5", {"validate": "decimal", "criteria": ">=", "value": 0})
    plan.insert_textbox("E5", "nota")
    libro.add_worksheet("It's").write("A1", "aquí")
    libro.close()
    return ruta


def enlace(lugar: str, destino: Celda | None, hoja: str = "Plan") -> Vinculo:
    columna, fila = ord(lugar[0]) - 64, int(lugar[1:])
    return Vinculo(Celda(hoja, fila, columna), destino)


def enlaces(hoja: Any) -> dict[str, str | None]:
    """Where the cells of a sheet lead, as openpyxl tells it."""
    return {c.coordinate: c.hyperlink.location or c.hyperlink.target for f in hoja for c in f if c.hyperlink}


AQUI = Celda("It's", 1, 1)
DE_AYER = {"A1": "https://www.gob.pe/", "B2": "'It''s'!A1"}


def test_a_cell_of_the_file_leads_to_another_and_all_else_stays(libro: Path) -> None:
    paquete = editado(libro, Edicion(vinculos=(enlace("C3", AQUI), enlace("C4", Celda("Plan", 2, 2)))))
    assert distintas(libro, paquete) == {PLAN}
    assert enlaces(con_openpyxl(paquete)["Plan"]) == {**DE_AYER, "C3": "'It''s'!A1", "C4": "'Plan'!B2"}


def test_the_links_of_a_sheet_without_any_stand_where_the_schema_wants_them(libro: Path) -> None:
    paquete = editado(libro, Edicion(vinculos=(enlace("A1", Celda("Plan", 1, 1), "It's"), enlace("C3", AQUI))))
    assert enlaces(con_openpyxl(paquete)["It's"]) == {"A1": "'Plan'!A1"}
    for parte in (PLAN, "xl/worksheets/sheet2.xml"):
        xml = paquete.parte(parte)
        nombres = [elemento.nombre for elemento in hijos(xml, raiz(xml))]
        assert b"hyperlinks" in nombres
        assert nombres == sorted(nombres, key=ORDEN.index)


def test_a_link_is_replaced_or_taken_away_and_the_last_one_takes_their_list_with_it(libro: Path) -> None:
    otro = editado(libro, Edicion(vinculos=(enlace("B2", Celda("Plan", 9, 1)), enlace("A1", None))))
    assert enlaces(con_openpyxl(otro)["Plan"]) == {"B2": "'Plan'!A9"}
    ninguno = editado(libro, Edicion(vinculos=(enlace("B2", None), enlace("A1", None), enlace("D9", None))))
    assert enlaces(con_openpyxl(ninguno)["Plan"]) == {}
    assert b"<hyperlinks" not in ninguno.parte(PLAN)


def test_a_link_of_many_cells_stays_with_the_others(libro: Path) -> None:
    ancho = Paquete(libro).parte(PLAN).replace(b'ref="B2"', b'ref="B2:D4"')
    paquete = Paquete(libro)
    libro.write_bytes(con_partes(paquete.contenido, {PLAN: ancho}))
    cambiado = editado(libro, Edicion(vinculos=(enlace("C3", None),)))
    areas = re.findall(rb'<hyperlink ref="([^"]+)"', cambiado.parte(PLAN))
    assert sorted(areas) == [b"A1", b"B2:D2", b"B3", b"B4:D4", b"D3"]


NUEVA = HojaNueva("Hallazgos", (("Celda",), ("Plan!A1",)), fila_de_titulos=1, tabla="tblH")
EN_LA_NUEVA = Edicion(hojas=(NUEVA,), vinculos=(enlace("A2", Celda("Plan", 1, 1), "Hallazgos"),))


def test_a_sheet_that_the_same_edit_adds_has_links_too(libro: Path) -> None:
    paquete = editado(libro, EN_LA_NUEVA)
    assert enlaces(con_openpyxl(paquete)["Hallazgos"]) == {"A2": "'Plan'!A1"}
    excel = LibroDoble(libro)
    aplicar(excel.vivo, EN_LA_NUEVA)
    assert enlaces(excel.hoja("Hallazgos").ws) == {"A2": "'Plan'!A1"}


def test_libreoffice_follows_them(libro: Path, tmp_path: Path) -> None:
    nuevo = tmp_path / "nuevo.xlsx"
    nuevo.write_bytes(editado(libro, Edicion(vinculos=(enlace("C3", AQUI),))).contenido)
    otra_vez = openpyxl.load_workbook(guardado_por_libreoffice(nuevo, tmp_path / "salida"))
    assert enlaces(otra_vez["Plan"])["C3"] in ("It's!A1", "'It''s'!A1", "#'It''s'!A1", "#It's.A1", "#'It''s'.A1")


def test_a_link_alone_is_an_edit() -> None:
    assert Edicion(vinculos=(enlace("A1", None),))
    assert (Edicion() + Edicion(vinculos=(enlace("A1", None),))).vinculos != ()


@pytest.mark.parametrize("hacer", [editado, lambda ruta, edicion: aplicar(LibroDoble(ruta).vivo, edicion)])
def test_a_link_on_a_sheet_that_is_not_there_is_refused(libro: Path, hacer: Any) -> None:
    with pytest.raises(EdicionImposible, match="Otra"):
        hacer(libro, Edicion(vinculos=(enlace("A1", AQUI, "Otra"),)))


class TestInTheLiveBook:
    def test_the_same_cells_lead_to_the_same_ones(self, libro: Path) -> None:
        excel = LibroDoble(libro)
        aplicar(excel.vivo, Edicion(vinculos=(enlace("C3", AQUI), enlace("A1", None))))
        assert enlaces(excel.hoja("Plan").ws) == {"B2": "'It''s'!A1", "C3": "'It''s'!A1"}
        assert excel.valor("Plan", "C3") == "tres"

    def test_what_leads_there_already_is_not_written(self, libro: Path) -> None:
        excel = LibroDoble(libro)
        aplicar(excel.vivo, Edicion(vinculos=(enlace("B2", AQUI), enlace("D9", None))))
        assert excel.escrituras == 0

    @pytest.mark.parametrize("paso", range(1, 6))
    def test_a_failure_gives_back_the_links_that_there_were(self, libro: Path, paso: int) -> None:
        excel = LibroDoble(libro)
        excel.fallar_en = paso
        cambio = Cambio(Celda("Plan", 3, 3), "tres", "otro")
        edicion = Edicion(cambios=(cambio,), vinculos=(enlace("A1", None), enlace("B2", None), enlace("C3", AQUI)))
        with pytest.raises(EdicionImposible, match="quedó como estaba"):
            aplicar(excel.vivo, edicion)
        assert enlaces(excel.hoja("Plan").ws) == DE_AYER
        assert excel.valor("Plan", "C3") == "tres"
