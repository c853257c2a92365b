"""Several processes that write the same book at once: one wins, the others are told, and no edit is lost."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import filelock
import pytest

from tests.entregas import (
    PROCESOS,
    cambio,
    escribir,
    escribir_a_la_vez,
    libro_pequeno,
    respaldos,
    restos,
    sumar_hasta,
    valores,
)
from zedxl.edicion import entrega
from zedxl.edicion.entrega import entregar
from zedxl.libro.entrega import LibroNoEscrito
from zedxl.libro.paquete import Paquete

RONDAS = 40
GUARDANDO = "Alguien está guardando Plan.xlsx en este momento"
CAMBIO = "Plan.xlsx cambió en el disco desde que se leyó"


@pytest.fixture
def libro(tmp_path: Path) -> Path:
    return libro_pequeno(tmp_path / "Plan.xlsx")


def a_la_vez(*procesos: Any) -> None:
    for proceso in procesos:
        proceso.start()
    for proceso in procesos:
        proceso.join(60)
        assert proceso.exitcode == 0
        proceso.close()


def test_of_two_that_have_read_the_same_book_one_wins_and_one_is_told(tmp_path: Path) -> None:
    for ronda in range(RONDAS):
        carpeta = tmp_path / str(ronda)
        carpeta.mkdir()
        libro = libro_pequeno(carpeta / "Plan.xlsx")
        antes = libro.read_bytes()
        salida, dicho = PROCESOS.Barrier(2), PROCESOS.SimpleQueue()
        a_la_vez(
            *(PROCESOS.Process(target=escribir_a_la_vez, args=(str(libro), celda, 9, salida, dicho))
              for celda in ("A1", "A2"))
        )  # fmt: skip
        dichos = dict(dicho.get() for _ in range(2))
        dicho.close()
        (ganadora,) = (celda for celda in dichos if not dichos[celda])
        (perdedora,) = dichos.keys() - {ganadora}
        assert dichos[perdedora].startswith((GUARDANDO, CAMBIO))
        assert "ntente de nuevo" in dichos[perdedora]
        escritos = valores(libro)
        assert escritos[ganadora] == 9
        assert escritos[perdedora] == {"A1": 4, "A2": 2}[perdedora]
        assert [respaldo.read_bytes() for respaldo in respaldos(carpeta)] == [antes]
        assert restos(carpeta) == []


def test_with_everybody_trying_again_when_told_no_edit_is_lost(libro: Path) -> None:
    veces, celdas = 12, ("A1", "A2")
    salida, dicho = PROCESOS.Barrier(len(celdas)), PROCESOS.Queue()
    a_la_vez(
        *(PROCESOS.Process(target=sumar_hasta, args=(str(libro), celda, veces, salida, dicho)) for celda in celdas)
    )
    negativas = [negativa for _ in celdas for negativa in iter(dicho.get, None)]
    dicho.close()
    dicho.join_thread()
    assert all(negativa.startswith((GUARDANDO, CAMBIO)) for negativa in negativas)
    escritos = valores(libro)
    assert (escritos["A1"], escritos["A2"], escritos["B2"]) == (4 + veces, 2 + veces, 6 + 2 * veces)
    assert len(respaldos(libro.parent)) == 2 * veces
    assert len({respaldo.read_bytes() for respaldo in respaldos(libro.parent)}) == 2 * veces


def test_somebody_who_is_writing_the_book_is_waited_for_by_nobody(libro: Path) -> None:
    antes = libro.read_bytes()
    respaldo = escribir(libro, "A2", 3).respaldo
    assert respaldo is not None
    ahora = libro.read_bytes()
    with (
        filelock.FileLock(respaldo.with_name(".Plan.xlsx.lock"), timeout=0),
        pytest.raises(LibroNoEscrito) as dicho,
    ):
        escribir(libro, "A2", 4)
    assert str(dicho.value) == (
        "Alguien está guardando Plan.xlsx en este momento, desde otra ventana u otro equipo. No se cambió nada. Espere "
        "unos segundos e intente de nuevo."
    )
    assert libro.read_bytes() == ahora
    assert [r.read_bytes() for r in respaldos(libro.parent)] == [antes]
    escribir(libro, "A2", 4)
    assert valores(libro)["A2"] == 4


def test_where_the_file_system_has_no_locks_a_book_that_changed_is_refused_all_the_same(
    libro: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sin_cerrojos(*_: object, **__: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(filelock.FileLock, "acquire", sin_cerrojos)
    leido = Paquete(libro)
    escribir(libro, "A1", 5)
    with pytest.raises(LibroNoEscrito, match="cambió en el disco desde que se leyó"):
        entregar(leido, cambio("A2", 2, 3))
    assert (valores(libro)["A1"], valores(libro)["A2"]) == (5, 2)


def test_a_new_file_never_replaces_one_that_somebody_made_meanwhile(
    libro: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nuevo = libro.with_name("Otro.xlsx")
    monkeypatch.setattr(entrega, "verificar", lambda *_: nuevo.write_bytes(b"ajeno"))
    with pytest.raises(LibroNoEscrito, match=r"Ya existe .*Otro\.xlsx\. Indique otro nombre con --salida"):
        entregar(Paquete(libro), cambio("A2", 2, 8), nuevo)
    assert nuevo.read_bytes() == b"ajeno"
    assert restos(libro.parent) == []
