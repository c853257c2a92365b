"""The output is whole or not there, never over somebody's work; what was read is kept beside it."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.consolidados import hoja, libro_de
from tests.ediciones import escrito
from tests.entregas import PROCESOS
from zedxl.consolidado import leidos
from zedxl.consolidado.consolidacion import Entrega, Pedido, entregar
from zedxl.errores import ErrorExplicado


@pytest.fixture
def carpeta(tmp_path: Path) -> Path:
    for nombre in ("a", "b", "c"):
        escrito(libro_de(tmp_path / "libros" / f"{nombre}.xlsx", nombre), J3=ord(nombre))
    return tmp_path / "libros"


@pytest.fixture
def libro(tmp_path: Path) -> Path:
    return tmp_path / "F.xlsx"


def nombres(carpeta: Path) -> list[str]:
    return sorted(ruta.name for ruta in carpeta.iterdir() if ruta.is_file())


def exigir_negativa(pedido: Pedido, dice: str) -> None:
    with pytest.raises(ErrorExplicado, match=dice):
        entregar(pedido)


class TestLugar:
    def test_an_earlier_one_is_kept_when_it_says_something_else(self, carpeta: Path, libro: Path) -> None:
        libro.write_bytes(b"con notas de Ana")
        entrega = entregar(Pedido(carpeta, libro))
        (anterior,) = entrega.anteriores
        assert (anterior.name, anterior.read_bytes()) == ("F (anterior 1).xlsx", b"con notas de Ana")
        assert len(hoja(libro, "Instituciones")) == 3

    def test_only_new_files_and_what_was_read_are_left(self, carpeta: Path, libro: Path) -> None:
        entregar(Pedido(carpeta, libro, libro.with_suffix(".parquet")))
        assert nombres(libro.parent) == [".F.xlsx.leidos", "F.parquet", "F.xlsx"]

    @pytest.mark.parametrize("marca", ["~$F.xlsx", ".~lock.F.xlsx#"])
    def test_open_in_a_spreadsheet_program(self, carpeta: Path, libro: Path, marca: str) -> None:
        libro.with_name(marca).touch()
        exigir_negativa(Pedido(carpeta, libro), "está abierto en Excel o LibreOffice")
        assert nombres(libro.parent) == [marca]

    @pytest.mark.parametrize(
        ("nombre", "dice"),
        [
            ("F.xls", "debe terminar en .xlsx"),
            ("nada/F.xlsx", "No existe la carpeta"),
            ("libros.xlsx", "es una carpeta"),
        ],
    )
    def test_no_place_for_it(self, carpeta: Path, tmp_path: Path, nombre: str, dice: str) -> None:
        (tmp_path / "libros.xlsx").mkdir()
        exigir_negativa(Pedido(carpeta, tmp_path / nombre), dice)
        exigir_negativa(Pedido(carpeta, tmp_path / "F.xlsx", tmp_path / "F.csv"), "debe terminar en .parquet")

    def test_read_only(self, carpeta: Path, libro: Path) -> None:
        libro.write_bytes(b"firmado")
        libro.chmod(0o444)
        exigir_negativa(Pedido(carpeta, libro), "es de solo lectura")
        assert libro.read_bytes() == b"firmado"

    def test_inside_the_folder_that_it_is_about(self, carpeta: Path) -> None:
        for _ in range(2):
            entrega = entregar(Pedido(carpeta, carpeta / "F.xlsx"))
            assert (len(entrega.resultado.instituciones), entrega.resultado.no_leidos) == (3, ())

    def test_when_it_cannot_take_its_place_the_earlier_one_is_as_it_was(
        self, carpeta: Path, libro: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        libro.write_bytes(b"antes")
        replace = Path.replace

        def negado(nuevo: Path, ruta: Path) -> Path:
            if nuevo.name.startswith(".zedxl-"):
                raise PermissionError(errno.EACCES, "open in Excel")
            return replace(nuevo, ruta)

        monkeypatch.setattr(Path, "replace", negado)
        exigir_negativa(Pedido(carpeta, libro), "No se pudo escribir .*no hay permiso")
        assert (libro.read_bytes(), nombres(libro.parent)) == (b"antes", [".F.xlsx.leidos", "F.xlsx"])


class TestDiscoLleno:
    @pytest.mark.parametrize(("limite", "dice"), [(2_000, "No hay espacio"), (16_000, "demasiado grande")])
    def test_it_is_said_and_nothing_half_written_stays(
        self, carpeta: Path, libro: Path, limite: int, dice: str
    ) -> None:
        if limite > 2_000:  # what is read fits, the workbook does not
            for n in range(200):
                shutil.copy(carpeta / "a.xlsx", carpeta / f"a{n}.xlsx")
            entregar(Pedido(carpeta, libro))
            libro.unlink()
        dicho = PROCESOS.SimpleQueue()
        proceso = PROCESOS.Process(target=_entregar_sin_espacio, args=(str(carpeta), str(libro), limite, dicho))
        proceso.start()
        assert dice in dicho.get()
        proceso.join()
        proceso.close()
        dicho.close()
        assert [n for n in nombres(libro.parent) if not n.startswith(".F.xlsx.leidos")] == []


def _entregar_sin_espacio(carpeta: str, libro: str, limite: int, dicho: Any) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limite, limite))
    try:
        entregar(Pedido(Path(carpeta), Path(libro)))
        dicho.put("")
    except ErrorExplicado as error:
        dicho.put(str(error))


class TestLeidos:
    def tomados(self, carpeta: Path, libro: Path, **opciones: bool) -> int:
        return self.entregado(carpeta, libro, **opciones).resultado.tomados

    def entregado(self, carpeta: Path, libro: Path, **opciones: bool) -> Entrega:
        return entregar(Pedido(carpeta, libro, **opciones))  # type: ignore[arg-type]

    def test_what_did_not_change_is_not_read_again_and_says_the_same(self, carpeta: Path, libro: Path) -> None:
        assert self.tomados(carpeta, libro) == 0
        antes = libro.read_bytes()
        assert self.tomados(carpeta, libro) == 3
        assert libro.read_bytes() == antes

    def test_what_changed_is_read_again_even_when_its_size_and_time_are_the_same(
        self, carpeta: Path, libro: Path
    ) -> None:
        entregar(Pedido(carpeta, libro))
        b = carpeta / "b.xlsx"
        cuando = b.stat().st_mtime_ns
        escrito(b, J3=99)
        os.utime(b, ns=(cuando, cuando))
        assert self.tomados(carpeta, libro) == 2
        tabla = hoja(libro)
        suya = tabla[
            (tabla["Archivo"] == "b.xlsx") & (tabla["Código"] == "AEI.01.01") & (tabla["Período"] == "2025-II")
        ]
        assert suya["Ejecutado"].tolist() == [99]

    def test_de_nuevo_reads_everything(self, carpeta: Path, libro: Path) -> None:
        self.tomados(carpeta, libro)
        assert self.tomados(carpeta, libro, de_nuevo=True) == 0

    def test_another_version_of_zedxl_reads_everything(
        self, carpeta: Path, libro: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.tomados(carpeta, libro)
        monkeypatch.setattr(leidos, "__version__", "99.0")
        assert self.tomados(carpeta, libro) == 0
        assert self.tomados(carpeta, libro) == 3

    def test_a_book_that_is_gone_is_forgotten(self, carpeta: Path, libro: Path) -> None:
        self.tomados(carpeta, libro)
        (carpeta / "b.xlsx").unlink()
        assert self.tomados(carpeta, libro) == 2
        assert len(hoja(libro, "Instituciones")) == 2

    def test_a_damaged_book_is_not_read_again_either_but_one_without_permission_is(
        self, carpeta: Path, libro: Path
    ) -> None:
        (carpeta / "d.xlsx").write_bytes((carpeta / "a.xlsx").read_bytes()[:2000])
        entregado = [self.entregado(carpeta, libro).resultado for _ in range(2)]
        assert [len(r.no_leidos) for r in entregado] == [1, 1]

    @pytest.mark.parametrize("contenido", [b"", b"no es una base de datos, en absoluto" * 100])
    def test_what_is_no_record_of_what_was_read_is_replaced(self, carpeta: Path, libro: Path, contenido: bytes) -> None:
        libro.with_name(".F.xlsx.leidos").write_bytes(contenido)
        assert self.tomados(carpeta, libro) == 0
        assert self.tomados(carpeta, libro) == 3

    @pytest.mark.parametrize("dano", ["ficha = x'00'", "resumen = '{}'", "resumen = '[1, 2, 3]'"])
    def test_a_damaged_record_asks_for_de_nuevo(self, carpeta: Path, libro: Path, dano: str) -> None:
        self.tomados(carpeta, libro)
        with sqlite3.connect(libro.with_name(".F.xlsx.leidos")) as base:
            base.execute(f"UPDATE libros SET {dano}")
        base.close()
        exigir_negativa(Pedido(carpeta, libro), "--de-nuevo")
        assert self.tomados(carpeta, libro, de_nuevo=True) == 0

    def test_two_at_once_towards_the_same_output(self, carpeta: Path, libro: Path) -> None:
        with leidos.leidos_en(Pedido(carpeta, libro).leidos):
            exigir_negativa(Pedido(carpeta, libro), "Otra ventana está consolidando hacia el mismo archivo")
        assert self.tomados(carpeta, libro) == 0
