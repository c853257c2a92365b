"""Which files of a folder are consolidated, which are left out, and which are named with a reason."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.consolidados import libro_de
from tests.ediciones import ANA
from tests.libros import escribir_libro
from zedxl.consolidado import consolidar
from zedxl.consolidado.archivos import CarpetaIlegible, buscar
from zedxl.consolidado.consolidacion import Pedido, entregar
from zedxl.consolidado.ficha import Suerte
from zedxl.libro.lectura import leer_libro
from zedxl.reparto.copias import repartir
from zedxl.reparto.entrega import entregar as entregar_copia


def no_leidos(carpeta: Path, salida: Path | None = None) -> dict[str, tuple[str, str]]:
    """What became of the files that gave no numbers, and why."""
    entrega = entregar(Pedido(carpeta, salida or carpeta / "salida.xlsx"))
    return {n.archivo: (n.suerte.value, n.motivo) for n in entrega.resultado.no_leidos}


class TestBuscar:
    def test_books_in_subfolders_in_alphabetical_order_with_any_name(self, tmp_path: Path) -> None:
        hondo = "/".join(f"nivel {n}" for n in range(40))
        nombres = ["Áncash/Ñaña año 2025.xlsx", "B.XLSM", "a.xlsx", f"{hondo}/c.xlsx", "日本/🙂.xlsx"]
        for nombre in nombres:
            (tmp_path / nombre).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / nombre).touch()
        assert buscar(tmp_path).libros == tuple(sorted(nombres))

    def test_what_no_spreadsheet_program_opens_is_left_out(self, tmp_path: Path) -> None:
        for nombre in ("informe.docx", "lista.csv", "foto.png", "sin extensión", "a.xlsx.bak", "consolidado.parquet"):
            (tmp_path / nombre).touch()
        assert buscar(tmp_path).libros == ()

    def test_locks_hidden_files_backups_and_the_output_are_left_out(self, tmp_path: Path) -> None:
        for nombre in (
            "~$a.xlsx",
            ".~lock.a.xlsx#",
            ".oculto.xlsx",
            ".git/b.xlsx",
            "Respaldos/a 2025.xlsx",
            "x/F.xlsx",
        ):
            (tmp_path / nombre).parent.mkdir(exist_ok=True)
            (tmp_path / nombre).touch()
        assert buscar(tmp_path, tmp_path / "x" / ".." / "x" / "F.xlsx").libros == ()

    def test_a_link_to_a_folder_is_named_and_not_followed_and_loops_end(self, tmp_path: Path) -> None:
        (tmp_path / "sub").mkdir()
        (tmp_path / "sub" / "vuelta").symlink_to(tmp_path)
        (tmp_path / "otra").symlink_to("/")
        hallados = buscar(tmp_path)
        assert hallados.libros == ()
        assert [(v.archivo, v.suerte, v.motivo) for v in hallados.vedadas] == [
            ("otra/", Suerte.APARTADO, "Es un enlace a otra carpeta; no se siguió."),
            ("sub/vuelta/", Suerte.APARTADO, "Es un enlace a otra carpeta; no se siguió."),
        ]

    @pytest.mark.parametrize(
        ("nombre", "dice"), [("no está", "no existe"), ("archivo.xlsx", "no es una carpeta"), ("vacía", "ningún libro")]
    )
    def test_nothing_to_consolidate(self, tmp_path: Path, nombre: str, dice: str) -> None:
        (tmp_path / "archivo.xlsx").touch()
        (tmp_path / "vacía").mkdir()
        with pytest.raises(CarpetaIlegible, match=dice):
            consolidar(tmp_path / nombre)

    @pytest.mark.skipif(os.name == "nt", reason="permissions there are another matter")
    def test_a_folder_that_may_not_be_opened_is_named_and_the_others_are_read(self, tmp_path: Path) -> None:
        (tmp_path / "cerrada").mkdir(mode=0)
        (tmp_path / "a.xlsx").touch()
        tmp_path.chmod(0o755)
        programa = (
            "import os, sys; from pathlib import Path; from zedxl.consolidado.archivos import buscar\n"
            "if os.geteuid() == 0: os.setuid(65534)\n"  # root may open anything
            "hallados = buscar(Path('.')); print(hallados.libros, hallados.vedadas[0].motivo)"
        )
        dicho = subprocess.run(
            [sys.executable, "-c", programa], cwd=tmp_path, capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        ).stdout  # fmt: skip
        assert dicho == "('a.xlsx',) No se puede abrir la carpeta: no hay permiso.\n"


class TestMalosEntreBuenos:
    """Each bad file among good ones: these are read, and that one is named."""

    @pytest.fixture
    def carpeta(self, tmp_path: Path) -> Path:
        for n in range(3):
            libro_de(tmp_path / "libros" / f"bueno {n}.xlsx", f"Entidad {n}")
        return tmp_path / "libros"

    def _bomba(self, ruta: Path) -> None:
        with zipfile.ZipFile(ruta, "w", zipfile.ZIP_DEFLATED) as paquete:
            paquete.writestr("xl/workbook.xml", b" " * 60 * 2**20)

    def _con_entidades(self, ruta: Path) -> None:
        with zipfile.ZipFile(ruta, "w") as paquete:
            paquete.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "b">]><workbook/>')

    def _cortado(self, ruta: Path) -> None:
        ruta.write_bytes((ruta.parent / "bueno 0.xlsx").read_bytes()[:-400])

    def _sin_tabla(self, ruta: Path) -> None:
        escribir_libro(ruta, {"Hoja1": [("Hola",)]})

    def _opendocument(self, ruta: Path) -> None:
        with zipfile.ZipFile(ruta, "w") as paquete:
            paquete.writestr("content.xml", "")

    def _enorme(self, ruta: Path) -> None:
        with ruta.open("wb") as archivo:  # sparse: it takes no space
            archivo.truncate(201 * 2**20)

    @pytest.mark.parametrize(
        ("nombre", "preparar", "dice"),
        [
            ("malo.xlsx", lambda _, r: r.touch(), "está vacío"),
            ("malo.xls", lambda _, r: r.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "formato antiguo .xls"),
            ("malo.ods", _opendocument, "OpenDocument"),
            ("malo.xlsx", lambda _, r: r.symlink_to("malo.xlsx"), "No se puede leer"),
            ("malo.xlsx", lambda _, r: r.symlink_to("nada.xlsx"), "No existe el archivo"),
            ("malo.xlsx", lambda _, r: os.mkfifo(r), "está vacío"),
            ("malo.xlsx", _bomba, "por seguridad no se lee"),
            ("malo.xlsx", _con_entidades, "define entidades XML"),
            ("malo.xlsx", _cortado, "dañado o incompleto"),
            ("malo.xlsx", _sin_tabla, "no tiene una tabla de seguimiento"),
            ("malo.xlsx", _enorme, "pesa 201 MB"),
        ],
    )
    def test_it_is_named_with_its_reason(
        self, carpeta: Path, tmp_path: Path, nombre: str, preparar: Callable[[object, Path], object], dice: str
    ) -> None:
        preparar(self, carpeta / nombre)
        entrega = entregar(Pedido(carpeta, tmp_path / "F.xlsx"))
        assert [i.entidad for i in entrega.resultado.instituciones] == ["Entidad 0", "Entidad 1", "Entidad 2"]
        ((archivo, suerte, motivo),) = entrega.resultado.no_leidos
        assert (archivo, suerte) == (nombre, Suerte.NO_LEIDO)
        assert dice in motivo

    def test_a_folder_with_nothing_but_bad_files_says_so_of_each(self, tmp_path: Path) -> None:
        (tmp_path / "a.xlsx").touch()
        (tmp_path / "b.xlsx").touch()
        assert list(no_leidos(tmp_path)) == ["a.xlsx", "b.xlsx"]

    def test_a_name_that_is_no_text_is_shown_without_what_cannot_be(self, tmp_path: Path) -> None:
        libro_de(tmp_path / "libros" / "a.xlsx", "A")
        try:
            (tmp_path / "libros" / "a.xlsx").rename(tmp_path / "libros" / os.fsdecode(b"a\xff.xlsx"))
        except OSError:
            pytest.skip("this file system only takes names that are text")
        assert set(consolidar(tmp_path / "libros")["archivo"]) == {"a.xlsx"}
        entrega = entregar(Pedido(tmp_path / "libros", tmp_path / "F.xlsx"))
        assert [i.archivo for i in entrega.resultado.instituciones] == ["a.xlsx"]


class TestAjenos:
    def test_a_copy_that_was_given_out_is_left_out_and_named(self, tmp_path: Path) -> None:
        libro = leer_libro(libro_de(tmp_path / "libro.xlsx", "A"))
        for copia in repartir(libro, ANA).copias:
            entregar_copia(libro, copia, tmp_path)
        dichos = no_leidos(tmp_path)
        assert len(dichos) == 2
        assert set(dichos.values()) == {
            ("Se dejó fuera", "Es una copia repartida: sus valores llegan al fusionarla en el libro de su entidad.")
        }
        assert consolidar(tmp_path)["entidad"].nunique() == 1

    def test_what_was_consolidated_before_is_left_out_under_any_name(self, tmp_path: Path) -> None:
        libro_de(tmp_path / "a.xlsx", "A")
        assert no_leidos(tmp_path, tmp_path / "F.xlsx") == {}
        assert no_leidos(tmp_path, tmp_path / "F.xlsx") == {}
        shutil.copy(tmp_path / "F.xlsx", tmp_path / "de marzo.xlsx")
        assert no_leidos(tmp_path, tmp_path / "F.xlsx") == {
            "de marzo.xlsx": ("Se dejó fuera", "Es un consolidado anterior, no el libro de una entidad.")
        }
