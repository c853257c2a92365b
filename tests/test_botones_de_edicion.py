"""What the buttons that change the book do to the live one, and that it is what the command line does to a file."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.ediciones import escrito, plan_chico
from tests.excel_doble import LibroDoble
from tests.libros import LIBRO_ZED_ILO
from zedxl.excel.botones import responder
from zedxl.excel.pulsacion import Icono, Pulsacion, Respuesta
from zedxl.libro.bitacora import revisar
from zedxl.libro.hoja import leer_hojas
from zedxl.libro.lectura import Libro, leer_libro
from zedxl.periodo import Periodo

I_2025 = Periodo(2025, 1)


class Planeamiento:
    """A planner with a book open in Excel."""

    def __init__(self, ruta: Path) -> None:
        self.excel = LibroDoble(ruta)
        self.ruta = ruta

    def pulsar(
        self, boton: str, *respuestas: Any, archivos: Sequence[Path] = (), carpeta: Path | None = None
    ) -> Respuesta:
        aplicacion = self.excel.Application
        aplicacion.respuestas[:] = respuestas
        aplicacion.archivos[:] = [archivos] if archivos else []
        aplicacion.carpetas[:] = [carpeta] if carpeta else []
        return responder(boton, Pulsacion(self.excel.vivo))

    @property
    def ahora(self) -> Libro:
        """The book as it is on the screen."""
        copia = self.ruta.with_name(f"ahora{self.ruta.suffix}")
        self.excel.SaveCopyAs(str(copia))
        return leer_libro(copia)

    def celda(self, lugar: str) -> object:
        libro = self.ahora
        return openpyxl.load_workbook(libro.paquete.ruta)["Seguimiento"][lugar].value


@pytest.fixture
def oficina(tmp_path: Path) -> Planeamiento:
    return Planeamiento(plan_chico(tmp_path / "plan.xlsx"))


@pytest.fixture
def zed_ilo(tmp_path: Path) -> Planeamiento:
    return Planeamiento(Path(shutil.copy(LIBRO_ZED_ILO, tmp_path / "plan.xlsm")))


class TestRegistrar:
    def test_typed_values_go_into_the_live_book_and_its_log_and_the_file_waits_to_be_saved(
        self, oficina: Planeamiento
    ) -> None:
        antes = oficina.ruta.read_bytes()
        respuesta = oficina.pulsar("registrar", "2025-II", "AEI.01.01=3; OEI.01 = 2,5 cosas")
        assert respuesta.icono is Icono.INFORMACION
        assert respuesta.texto.splitlines() == [
            "Se registró en 2025-II:",
            "• Seguimiento!J3 (AEI.01.01): vacío → 3",
            "• Seguimiento!J2 (OEI.01): vacío → 2.5",
            "",
            "Guarde el libro para conservarlo.",
        ]
        libro = oficina.ahora
        assert (libro.contenido(libro.tabla.hoja.celda(3, 10)), libro.contenido(libro.tabla.hoja.celda(2, 10))) == (
            3,
            2.5,
        )
        assert [a.apunte.quien for a in libro.bitacora.asientos] == ["Ana Quispe"] * 2
        assert list(revisar(libro.bitacora)) == []
        assert oficina.ruta.read_bytes() == antes

    def test_a_list_is_picked_in_a_dialog(self, oficina: Planeamiento, tmp_path: Path) -> None:
        lista = tmp_path / "valores.csv"
        lista.write_text("Código,Valor\nAEI.01.02,7\n", "utf-8")
        assert "AEI.01.02" in oficina.pulsar("registrar", "2025-II", True, archivos=[lista]).texto
        assert oficina.celda("J4") == 7

    def test_a_refused_value_changes_nothing(self, oficina: Planeamiento) -> None:
        respuesta = oficina.pulsar("registrar", "2025-II", "AEI.01.01=3; AEI.01.02=dos")
        assert respuesta.icono is Icono.AVISO
        assert "«dos» no es un número" in respuesta.texto
        assert oficina.celda("J3") is None

    @pytest.mark.parametrize("respuestas", [(False,), ("2025-II", False), ("2025-II", "CSV")])
    def test_cancelled_at_any_point_nothing_is_said_nor_done(
        self, oficina: Planeamiento, respuestas: tuple[object, ...]
    ) -> None:
        assert oficina.pulsar("registrar", *respuestas) == Respuesta()
        assert oficina.ahora.bitacora.asientos == ()

    def test_the_period_that_is_being_filled_in_is_proposed(self, zed_ilo: Planeamiento) -> None:
        zed_ilo.pulsar("registrar", True, "AEI.01.01=1")
        assert zed_ilo.ahora.bitacora.asientos[-1].apunte.periodo == "2025-I"


class TestSemestre:
    def test_closing_stores_the_snapshot_and_locks_the_cells(self, zed_ilo: Planeamiento) -> None:
        respuesta = zed_ilo.pulsar("cerrar_semestre", True)
        assert "Puntaje del PEI: 88.33" in respuesta.texto
        libro = zed_ilo.ahora
        assert libro.plan.cierres[I_2025].integra
        hoja = openpyxl.load_workbook(libro.paquete.ruta)["Seguimiento"]
        assert {hoja[f"V{n}"].protection.locked for n in range(6, 19)} == {True}
        assert hoja.protection.sheet

    def test_the_live_book_and_the_file_get_the_same_snapshot(self, zed_ilo: Planeamiento, tmp_path: Path) -> None:
        from tests.test_cli import zedxl

        archivo = Path(shutil.copy(zed_ilo.ruta, tmp_path / "archivo.xlsm"))
        zedxl("cerrar-semestre", archivo, "2025-I", "--quien", "Ana Quispe")
        zed_ilo.pulsar("cerrar_semestre", True)
        en_vivo, en_archivo = zed_ilo.ahora.plan.cierres[I_2025], leer_libro(archivo).plan.cierres[I_2025]
        assert en_vivo.sha256 == en_archivo.sha256
        assert en_vivo.renglones == en_archivo.renglones

    def test_with_errors_a_reason_is_asked_for_and_logged(self, tmp_path: Path) -> None:
        oficina = Planeamiento(escrito(plan_chico(tmp_path / "plan.xlsx"), I3="dos"))
        assert "No se cerró 2025-I" in oficina.pulsar("cerrar_semestre", "2025-I", False).texto
        assert oficina.ahora.plan.cierres == {}
        assert "Se cerró 2025-I" in oficina.pulsar("cerrar_semestre", "2025-I", "Falta el acta").texto
        assert oficina.ahora.bitacora.asientos[-1].apunte.motivo == "Falta el acta"

    def test_a_closed_period_is_reopened_with_a_reason(self, oficina: Planeamiento) -> None:
        oficina.pulsar("cerrar_semestre", "2025-I")
        assert oficina.pulsar("abrir_semestre", "2025-I", False) == Respuesta()
        assert oficina.pulsar("abrir_semestre", "2025-I", "Acta corregida").texto.startswith("Se reabrió 2025-I.")
        assert oficina.ahora.plan.cierres == {}

    def test_the_next_year_gets_its_columns(self, oficina: Planeamiento) -> None:
        respuesta = oficina.pulsar("abrir_semestre", "2026-I")
        assert respuesta.texto == (
            "Se abrió 2026-I. Guarde el libro para conservarlo.\n2025-I tiene valores y no se ha cerrado."
        )
        assert (oficina.celda("L1"), oficina.celda("M1")) == ("Meta 2026", "Valor 2026-I")

    def test_the_table_of_the_shipped_book_grows_with_its_columns(self, zed_ilo: Planeamiento) -> None:
        zed_ilo.pulsar("abrir_semestre", "2027-I")
        hoja = openpyxl.load_workbook(zed_ilo.ahora.paquete.ruta)["Seguimiento"]
        assert hoja.tables["tblSeguimiento"].ref == "A5:AP18"
        assert hoja["AP5"].value == "Valor 2027-I"


class TestCopias:
    def test_they_go_out_and_come_back(self, oficina: Planeamiento, tmp_path: Path) -> None:
        carpeta = tmp_path / "copias"
        dicho = oficina.pulsar("repartir", carpeta=carpeta).texto
        copias = sorted(carpeta.glob("*.xlsx"))
        assert [copia.name in dicho for copia in copias] == [True, True]
        assert "Sin unidad responsable: OEI.01, OEI.02." in dicho
        escrito(copias[0], J3=3)
        escrito(copias[1], J4=7)
        respuesta = oficina.pulsar("fusionar", archivos=copias)
        assert respuesta.icono is Icono.INFORMACION
        assert respuesta.texto.startswith("Se fusionaron 2 copias en plan.xlsx.")
        assert (oficina.celda("J3"), oficina.celda("J4")) == (3, 7)
        assert list(revisar(oficina.ahora.bitacora)) == []

    def test_what_has_not_been_saved_yet_goes_out_too(self, oficina: Planeamiento, tmp_path: Path) -> None:
        oficina.pulsar("registrar", "2025-II", "AEI.01.01=3")
        oficina.pulsar("repartir", carpeta=tmp_path / "copias")
        hojas = next(leer_hojas(next((tmp_path / "copias").glob("*Logística*"))))
        assert hojas.valor(3, 10) == 3

    def test_conflicts_are_listed_on_a_sheet_and_merging_again_changes_nothing(
        self, oficina: Planeamiento, tmp_path: Path
    ) -> None:
        oficina.pulsar("repartir", carpeta=tmp_path / "copias")
        copia = escrito(next((tmp_path / "copias").glob("*Logística*")), I3=4)
        oficina.pulsar("registrar", "2025-I", "AEI.01.01=3")
        respuesta = oficina.pulsar("fusionar", archivos=[copia])
        assert respuesta.icono is Icono.AVISO
        assert "Hay un conflicto por decidir (hoja Conflictos)" in respuesta.texto
        antes = [hoja.filas for hoja in oficina.ahora.hojas]
        assert oficina.celda("I3") == 3
        assert "Guarde el libro" not in oficina.pulsar("fusionar", archivos=[copia]).texto
        assert [hoja.filas for hoja in oficina.ahora.hojas] == antes

    def test_copies_that_are_there_are_never_written_over(self, oficina: Planeamiento, tmp_path: Path) -> None:
        oficina.pulsar("repartir", carpeta=tmp_path / "copias")
        assert "ya hay copias" in oficina.pulsar("repartir", carpeta=tmp_path / "copias").texto

    def test_cancelled_nothing_is_written(self, oficina: Planeamiento) -> None:
        assert oficina.pulsar("repartir") == Respuesta()
        assert oficina.pulsar("fusionar") == Respuesta()
        assert list(oficina.ruta.parent.iterdir()) == [oficina.ruta]

    def test_what_is_being_done_is_told(self, oficina: Planeamiento, tmp_path: Path) -> None:
        oficina.pulsar("repartir", carpeta=tmp_path / "copias")
        oficina.pulsar("fusionar", archivos=sorted((tmp_path / "copias").iterdir()))
        pasos = oficina.excel.Application.pasos
        assert "zedxl: escribiendo la copia 2 de 2: Promoción…" in pasos
        assert "zedxl: leyendo la copia 1 de 2: plan - Logística.xlsx…" in pasos
