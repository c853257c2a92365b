"""A write that is killed at any point: the book is the old one or the new one, and the next write works."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from tests.entregas import (
    cambio,
    en_otro_proceso,
    escribir,
    escribir_y_morir_a_la_mitad,
    escribir_y_morir_en_el_paso,
    hasta_que_termine,
    libro_pequeno,
    respaldos,
    restos,
    valores,
)
from zedxl.edicion.entrega import entregar
from zedxl.libro.paquete import Paquete

VIEJO = {"A1": 4.0, "A2": 2.0, "A3": "Ñandú", "A4": True, "B1": 50.0, "B2": 6.0}
NUEVO = {**VIEJO, "A2": 3.0, "B1": 75.0, "B2": 7.0}


@pytest.fixture
def libro(tmp_path: Path) -> Path:
    """A book whose formulas are up to date."""
    sin_calcular = libro_pequeno(tmp_path / "sin calcular.xlsx")
    libro = entregar(Paquete(sin_calcular), cambio("A2", 2, 2), tmp_path / "Plan.xlsx").libro
    sin_calcular.unlink()
    return libro


def exigir_el_viejo_o_el_nuevo(libro: Path, viejo: bytes) -> bool:
    """Whether it is the new one; anything but one or the other is an error."""
    if libro.read_bytes() == viejo:
        return False
    assert valores(libro) == NUEVO
    return True


def test_killed_at_any_step_the_book_is_the_old_or_the_new_one_and_a_second_try_works(
    libro: Path, tmp_path: Path
) -> None:
    viejo, vistos = libro.read_bytes(), []
    assert valores(libro) == VIEJO

    def morir(paso: int) -> int:
        carpeta = tmp_path / str(paso)
        carpeta.mkdir()
        (carpeta / libro.name).write_bytes(viejo)
        return en_otro_proceso(escribir_y_morir_en_el_paso, str(carpeta / libro.name), paso)

    for paso in hasta_que_termine(morir):
        muerto = tmp_path / str(paso) / libro.name
        vistos.append(exigir_el_viejo_o_el_nuevo(muerto, viejo))
        assert all(respaldo.read_bytes() == viejo for respaldo in respaldos(muerto.parent))
        if vistos[-1]:
            assert len(respaldos(muerto.parent)) == 1
        escribir(muerto, "A2", 3)
        assert valores(muerto) == NUEVO
        assert respaldos(muerto.parent)[0].read_bytes() == viejo
    assert len(vistos) > 30  # before and after each call that changes something
    assert sorted(vistos) == vistos  # once the new one is there it stays
    assert {False, True} == set(vistos)


@pytest.mark.parametrize("parte", [0, 0.3, 0.99])
def test_killed_while_the_new_book_is_being_written(libro: Path, parte: float) -> None:
    viejo = libro.read_bytes()
    codigo = en_otro_proceso(escribir_y_morir_a_la_mitad, str(libro), 3, int(len(viejo) * parte))
    assert codigo < 0
    assert libro.read_bytes() == viejo
    assert not respaldos(libro.parent)
    assert [(libro.parent / resto).stat().st_size for resto in restos(libro.parent)] == [int(len(viejo) * parte)]
    assert not any(zipfile.is_zipfile(libro.parent / resto) for resto in restos(libro.parent))
    escribir(libro, "A2", 3)
    assert valores(libro) == NUEVO


def test_killed_while_the_copy_of_before_is_being_written(libro: Path) -> None:
    with zipfile.ZipFile(libro, "a") as paquete:
        paquete.comment = b"x" * 60_000  # so the copy of before is what goes beyond the limit
    viejo = libro.read_bytes()
    assert en_otro_proceso(escribir_y_morir_a_la_mitad, str(libro), 3, len(viejo) - 1) < 0
    assert libro.read_bytes() == viejo
    assert not respaldos(libro.parent)
    escribir(libro, "A2", 3)
    assert valores(libro) == NUEVO
    assert [respaldo.read_bytes() for respaldo in respaldos(libro.parent)] == [viejo]


def test_what_a_killed_process_left_is_hidden_is_no_book_and_goes_after_an_hour(libro: Path) -> None:
    assert en_otro_proceso(escribir_y_morir_a_la_mitad, str(libro), 3, 100) < 0
    (resto,) = restos(libro.parent)
    assert resto.startswith(".zedxl-")
    assert resto.endswith(".tmp")
    escribir(libro, "A2", 3)
    assert restos(libro.parent) == [resto]  # a process that still lives may be writing it
    en_respaldos = respaldos(libro.parent)[0].with_name(".zedxl-otro.tmp")
    en_respaldos.write_bytes(b"")
    hace_una_hora = (libro.parent / resto).stat().st_mtime - 3601
    os.utime(libro.parent / resto, (hace_una_hora, hace_una_hora))
    os.utime(en_respaldos, (hace_una_hora, hace_una_hora))
    escribir(libro, "A2", 4)
    assert restos(libro.parent) == []


def test_a_lock_file_left_behind_locks_nobody_out(libro: Path) -> None:
    en_otro_proceso(escribir_y_morir_a_la_mitad, str(libro), 3, 100)
    assert (libro.parent / "Respaldos" / ".Plan.xlsx.lock").exists()
    assert escribir(libro, "A2", 3).respaldo is not None


@pytest.mark.skipif(
    not Path("/proc/self/fd").exists(), reason="NOT TRIED: which file is synchronised, only Linux tells"
)
def test_everything_is_on_the_disk_before_the_book_is_replaced_and_its_name_afterwards(
    libro: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pasos: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def asegurar(descriptor: int) -> None:
        ruta = Path(f"/proc/self/fd/{descriptor}").readlink()
        pasos.append(str(ruta.relative_to(libro.parent)) if ruta.is_dir() else f"{ruta.parent.name}/{ruta.suffix}")
        fsync(descriptor)

    def reemplazar(nuevo: Path, ruta: Path) -> Path:
        pasos.append(f"replace {ruta.name}")
        return replace(nuevo, ruta)

    monkeypatch.setattr(os, "fsync", asegurar)
    monkeypatch.setattr(Path, "replace", reemplazar)
    escribir(libro, "A2", 3)
    assert pasos == [f"{libro.parent.name}/.tmp", "Respaldos/.tmp", "Respaldos", "replace Plan.xlsx", "."]
