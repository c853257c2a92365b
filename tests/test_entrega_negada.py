"""When a book is not written: nothing changes, nothing is left behind, and the reason is said in Spanish."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.entregas import (
    PROCESOS,
    archivos,
    cambio,
    en_otro_proceso,
    escribir,
    escribir_sin_espacio,
    libro_pequeno,
    respaldos,
    restos,
    valores,
)
from tests.hojas_xml import libro_de_formulas
from zedxl import archivo
from zedxl.edicion import entrega
from zedxl.edicion.entrega import entregar
from zedxl.libro.entrega import LibroNoEscrito, comprobar_escribible
from zedxl.libro.paquete import Paquete

ES_ROOT = os.geteuid() == 0


@pytest.fixture
def libro(tmp_path: Path) -> Path:
    return libro_pequeno(tmp_path / "Plan.xlsx")


def exigir_negativa(libro: Path, dice: str) -> None:
    """Refused both before any work and when it comes to writing, and nothing changes."""
    antes = archivos(libro.parent)
    for intento in (lambda: comprobar_escribible(libro), lambda: escribir(libro, "A2", 3)):
        with pytest.raises(LibroNoEscrito) as dicho:
            intento()
        assert dice in str(dicho.value)
    assert archivos(libro.parent) == antes


@pytest.mark.parametrize("marca", ["~$Plan.xlsx", ".~lock.Plan.xlsx#"])
def test_open_in_excel_or_libreoffice(libro: Path, marca: str) -> None:
    libro.with_name(marca).touch()
    exigir_negativa(
        libro,
        "Plan.xlsx está abierto en Excel o LibreOffice. Ciérrelo e intente de nuevo. Si nadie lo tiene abierto, "
        f"elimine el archivo oculto {marca}, que quedó en su carpeta.",
    )


def test_refused_before_any_work_is_done(libro: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def trabajar(*_: object) -> None:
        raise AssertionError("nothing may be edited yet")

    monkeypatch.setattr(entrega, "aplicar", trabajar)
    libro.with_name("~$Plan.xlsx").touch()
    with pytest.raises(LibroNoEscrito, match="está abierto en Excel"):
        escribir(libro, "A2", 3)


def test_opened_in_excel_just_before_it_would_be_replaced(libro: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entrega, "verificar", lambda *_: libro.with_name("~$Plan.xlsx").touch())
    antes = libro.read_bytes()
    with pytest.raises(LibroNoEscrito, match="está abierto en Excel"):
        escribir(libro, "A2", 3)
    assert archivos(libro.parent) == {"Plan.xlsx": antes, "~$Plan.xlsx": b""}


@pytest.mark.parametrize("momento", ["before", "while"])
def test_saved_by_somebody_since_it_was_read(libro: Path, momento: str, monkeypatch: pytest.MonkeyPatch) -> None:
    leido, ajeno = Paquete(libro), libro_de_formulas(libro.with_name("ajeno"), {"A1": 1}).read_bytes()
    libro.with_name("ajeno").unlink()
    if momento == "before":
        libro.write_bytes(ajeno)
    else:
        monkeypatch.setattr(entrega, "verificar", lambda *_: libro.write_bytes(ajeno))
    with pytest.raises(LibroNoEscrito) as dicho:
        entregar(leido, cambio("A2", 2, 3))
    assert str(dicho.value) == (
        "Plan.xlsx cambió en el disco desde que se leyó, y no se tocó: alguien lo guardó mientras tanto. Intente de "
        "nuevo; se partirá de lo que dice ahora."
    )
    assert archivos(libro.parent) == {"Plan.xlsx": ajeno}


def test_moved_away_since_it_was_read(libro: Path) -> None:
    leido = Paquete(libro)
    libro.unlink()
    with pytest.raises(LibroNoEscrito, match=r"Plan\.xlsx ya no está en .*: alguien lo movió"):
        entregar(leido, cambio("A2", 2, 3))
    assert archivos(libro.parent) == {}


def test_a_read_only_book(libro: Path) -> None:
    libro.chmod(0o444)
    exigir_negativa(libro, f"{libro} es de solo lectura. Quítele esa propiedad e intente de nuevo.")


@pytest.fixture
def de_solo_lectura() -> Iterator[Callable[[Path], None]]:
    cambiadas = []

    def cambiar(carpeta: Path) -> None:
        cambiadas.append(carpeta)
        carpeta.chmod(0o555)

    yield cambiar
    for carpeta in cambiadas:
        carpeta.chmod(0o755)


def test_a_read_only_folder(libro: Path, de_solo_lectura: Callable[[Path], None]) -> None:
    de_solo_lectura(libro.parent)
    exigir_negativa(libro, f"La carpeta {libro.parent} es de solo lectura. Lleve el libro a otra e intente de nuevo.")


def test_a_folder_for_copies_that_is_read_only_or_a_file(libro: Path, de_solo_lectura: Callable[[Path], None]) -> None:
    respaldos = libro.parent / "Respaldos"
    respaldos.write_bytes(b"")
    exigir_negativa(libro, "no es una carpeta, y ahí se guarda una copia del libro antes de cambiarlo")
    respaldos.unlink()
    respaldos.mkdir()
    de_solo_lectura(respaldos)
    exigir_negativa(libro, "donde se guarda una copia del libro antes de cambiarlo, es de solo lectura")


@pytest.mark.parametrize(
    ("destino", "dice"),
    [
        ("nadie/Plan.xlsx", "No existe la carpeta"),
        ("Carpeta.xlsx", "es una carpeta. Indique con --salida el nombre del archivo"),
        ("Plan.xlsm", "Plan.xlsm debe terminar en .xlsx, como el libro. Corrija --salida."),
        ("Ya.xlsx", "Indique otro nombre con --salida, o retire antes ese archivo"),
        ("Abierto.xlsx", "Ciérrelo e intente de nuevo, o indique otro nombre con --salida."),
    ],
)
def test_another_place_that_will_not_do(libro: Path, destino: str, dice: str) -> None:
    (libro.parent / "Carpeta.xlsx").mkdir()
    (libro.parent / "Ya.xlsx").write_bytes(b"ajeno")
    (libro.parent / "~$Abierto.xlsx").touch()
    antes = archivos(libro.parent)
    for intento in (comprobar_escribible, lambda _, otro: entregar(Paquete(libro), cambio("A2", 2, 3), otro)):
        with pytest.raises(LibroNoEscrito) as dicho:
            intento(libro, libro.parent / destino)
        assert dice in str(dicho.value)
    assert archivos(libro.parent) == antes


def test_a_name_too_long_for_its_copy(tmp_path: Path) -> None:
    libro = libro_pequeno(tmp_path / "x.xlsx").rename(tmp_path / f"{'x' * 245}.xlsx")
    antes = archivos(tmp_path)
    with pytest.raises(LibroNoEscrito, match=r"el nombre es demasiado largo\. El libro no cambió"):
        escribir(libro, "A2", 3)
    assert archivos(tmp_path) == antes


@pytest.mark.parametrize("parte", [0.2, 0.9])
def test_no_room_for_the_new_book(libro: Path, parte: float) -> None:
    antes, dicho = archivos(libro.parent), PROCESOS.SimpleQueue()
    assert en_otro_proceso(escribir_sin_espacio, str(libro), int(libro.stat().st_size * parte), dicho) == 0
    assert dicho.get() == (
        f"No se pudo escribir {libro}: el archivo es demasiado grande. El libro no cambió. Si está abierto en Excel, "
        "ciérrelo; si falta espacio o permiso, pida ayuda para darlo, o lleve el libro a otra carpeta."
    )
    dicho.close()
    assert archivos(libro.parent) == antes


@pytest.fixture
def disco_pequeno(tmp_path: Path) -> Iterator[Path]:
    """A disk of 128 KB of its own."""
    punto = tmp_path / "disco"
    punto.mkdir()
    if not ES_ROOT or shutil.which("mount") is None:
        pytest.skip("NOT TRIED: a disk that is really full; mounting one needs root")
    montado = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", punto], check=False)
    if montado.returncode:
        pytest.skip("NOT TRIED: a disk that is really full; this machine does not let root mount one")
    yield punto
    subprocess.run(["umount", punto], check=True)


def test_a_disk_that_is_really_full(disco_pequeno: Path) -> None:
    libro, relleno = libro_pequeno(disco_pequeno / "Plan.xlsx"), disco_pequeno / "relleno"
    dichos = set()
    for libre in range(0, 64, 4):  # KB; at first not even the new book fits, then its copy of before does not
        valor, antes = valores(libro)["A2"], libro.read_bytes()
        relleno.write_bytes(b"")
        tomado = shutil.disk_usage(disco_pequeno).free - libre * 1024
        relleno.write_bytes(bytes(max(tomado, 0)))
        copias = {respaldo: respaldo.read_bytes() for respaldo in respaldos(disco_pequeno)}
        try:
            escribir(libro, "A2", libre + 100)
        except LibroNoEscrito as error:
            dichos.add(str(error).split(". El libro no cambió")[0])
            assert libro.read_bytes() == antes
            assert {respaldo: respaldo.read_bytes() for respaldo in respaldos(disco_pequeno)} == copias
            assert valores(libro)["A2"] == valor
        else:
            dichos.add("escrito")
            assert valores(libro)["A2"] == libre + 100
        assert restos(disco_pequeno) == []
    assert dichos == {f"No se pudo escribir {libro}: no hay espacio en el disco", "escrito"}


def test_a_disk_that_became_read_only(disco_pequeno: Path) -> None:
    libro = libro_pequeno(disco_pequeno / "Plan.xlsx")
    subprocess.run(["mount", "-o", "remount,ro", disco_pequeno], check=True)
    exigir_negativa(libro, "es de solo lectura")


def test_when_the_book_cannot_be_replaced_not_even_a_copy_is_left(libro: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def en_uso(_: Path, __: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")  # Windows, with the book open somewhere

    antes = archivos(libro.parent)
    monkeypatch.setattr(Path, "replace", en_uso)
    with pytest.raises(
        LibroNoEscrito, match=r"no hay permiso\. El libro no cambió\. Si está abierto en Excel, ciérrelo"
    ):
        escribir(libro, "A2", 3)
    assert archivos(libro.parent) == antes


@pytest.mark.parametrize("codigo", [errno.EPERM, errno.ENOTSUP])
def test_a_file_system_without_links_keeps_copies_too(
    libro: Path, codigo: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sin_enlaces(*_: object) -> None:
        raise OSError(codigo, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", sin_enlaces)
    antes = [libro.read_bytes()]
    escribir(libro, "A2", 3)
    antes.append(libro.read_bytes())
    escribir(libro, "A2", 4)
    assert sorted(respaldo.read_bytes() for respaldo in respaldos(libro.parent)) == sorted(antes)
    (libro.parent / "nuevo").write_bytes(b"")
    with pytest.raises(FileExistsError):
        archivo.estrenar(libro.parent / "nuevo", libro)


def test_a_book_that_is_not_there_is_for_the_reader_to_say(tmp_path: Path) -> None:
    comprobar_escribible(tmp_path / "Plan.xlsx")
    assert not list(tmp_path.iterdir())


def test_checking_leaves_nothing_behind(libro: Path) -> None:
    comprobar_escribible(libro)
    assert [ruta.name for ruta in libro.parent.iterdir()] == ["Plan.xlsx"]
