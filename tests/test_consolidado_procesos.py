"""Many processes read: each book once, none lost when a worker falls, all at an end when a person stops it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.consolidados import con_testigo, hoja, libro_de, muchos
from tests.libros import RAIZ
from zedxl.consolidado.ficha import desempaquetar
from zedxl.consolidado.lectura import Leida, Tarea, empaquetada, leer
from zedxl.consolidado.nucleos import leer_en_nucleos

Proceso = subprocess.Popen[str]


@pytest.fixture
def iniciar(tmp_path: Path) -> Iterator[Callable[..., Proceso]]:
    """Starts a Python, one that falls and hangs at certain files if asked for, in a group of processes of its own."""
    testigos = con_testigo(tmp_path / "testigo")
    iniciados: list[Proceso] = []

    def en_marcha(*argumentos: object, testigo: bool = True) -> Proceso:
        proceso = subprocess.Popen(
            [sys.executable, *map(str, argumentos)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(RAIZ), **(testigos if testigo else {})}, start_new_session=True,
        )  # fmt: skip
        iniciados.append(proceso)
        return proceso

    yield en_marcha
    for proceso in iniciados:
        if vive(proceso.pid):
            os.killpg(proceso.pid, signal.SIGKILL)
        proceso.communicate()


def vive(grupo: int) -> bool:
    """Whether any process of a group has not ended."""
    for estado in Path("/proc").glob("[0-9]*/stat"):
        try:
            campos = estado.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended just now
        if int(campos[2]) == grupo and campos[0] != "Z":
            return True
    return False


def esperar(condicion: Callable[[], bool], que: str) -> None:
    limite = time.monotonic() + 60
    while not condicion():
        assert time.monotonic() < limite, que
        time.sleep(0.02)


def tareas(carpeta: Path) -> list[Tarea]:
    return [Tarea(str(carpeta), ruta.name) for ruta in sorted(carpeta.glob("*.xlsx"))]


def leida(tarea: Tarea) -> Leida:
    una = leer(tarea, empaquetada)
    assert una is not None
    return una


def leidas_en_nucleos(por_leer: list[Tarea], limite: float = 600) -> list[Leida]:
    return [una for una in leer_en_nucleos(por_leer, empaquetada, 2, limite) if una is not None]


def motivo(leida: Leida) -> str:
    return desempaquetar(leida.ficha).motivo


class TestNucleos:
    def test_each_file_once_and_as_it_is_read_alone(self, tmp_path: Path) -> None:
        por_leer = tareas(muchos(tmp_path, 40))
        assert sorted(leidas_en_nucleos(por_leer)) == list(map(leida, por_leer))

    def test_few_files_need_no_other_process(self, tmp_path: Path) -> None:
        por_leer = tareas(muchos(tmp_path, 3))
        assert leidas_en_nucleos(por_leer) == list(map(leida, por_leer))

    def test_a_file_that_brings_workers_down_is_named_and_all_others_are_read(
        self, tmp_path: Path, iniciar: Callable[..., Proceso]
    ) -> None:
        carpeta = muchos(tmp_path / "libros", 30)
        for nombre in ("a mortal.xlsx", "Libro 010 mortal.xlsx"):
            (carpeta / nombre).write_bytes((carpeta / "Libro 000.xlsx").read_bytes())
        proceso = iniciar("-m", "zedxl", "consolidar", carpeta, "--salida", tmp_path / "F.xlsx")
        dicho, errores = proceso.communicate(timeout=120)
        assert (proceso.returncode, dicho.splitlines()[0]) == (1, "Se consolidaron 30 libros.")
        caidos = [linea for linea in errores.splitlines() if "terminó de golpe" in linea]
        assert [linea.partition(":")[0] for linea in caidos] == ["Libro 010 mortal.xlsx", "a mortal.xlsx"]
        assert hoja(tmp_path / "F.xlsx", "No leídos")["Archivo"].tolist() == ["Libro 010 mortal.xlsx", "a mortal.xlsx"]

    @pytest.mark.parametrize("clase", ["eterno", "terco"])
    def test_a_file_that_is_never_done_is_named_and_all_others_are_read(
        self, clase: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for nombre, valor in con_testigo(tmp_path / "testigo").items():
            monkeypatch.setenv(nombre, valor)
        carpeta = muchos(tmp_path / "libros", 20)
        (carpeta / f"Libro 010 {clase}.xlsx").write_bytes((carpeta / "Libro 000.xlsx").read_bytes())
        por_leer = tareas(carpeta)
        leidas = {una.archivo: una for una in leidas_en_nucleos(por_leer, limite=3)}
        assert len(leidas) == 21
        sin_fin = leidas.pop(f"Libro 010 {clase}.xlsx")
        assert motivo(sin_fin).startswith("Se dejó de leer porque tomaba más de 0.05 minutos. Si está en la red")
        assert all(una == leida(Tarea(str(carpeta), archivo)) for archivo, una in leidas.items())

    def test_a_program_without_a_main_guard_is_told_so(self, tmp_path: Path, iniciar: Callable[..., Proceso]) -> None:
        muchos(tmp_path / "libros", 20)
        programa = tmp_path / "programa.py"
        programa.write_text(
            f"from zedxl.consolidado import consolidar\nconsolidar({str(tmp_path / 'libros')!r}, nucleos=2)"
        )
        _, errores = iniciar(programa).communicate(timeout=60)
        assert 'llame a consolidar debajo de if __name__ == "__main__"' in errores


class TestInterrupcion:
    @pytest.fixture(params=["eterno", "terco"])
    def a_medias(self, tmp_path: Path, iniciar: Callable[..., Proceso], request: pytest.FixtureRequest) -> Proceso:
        """A command that has read 104 books, kept a hundred, and whose workers will take minutes with the next two."""
        carpeta = muchos(tmp_path / "libros", 104)
        for n in range(16):
            (carpeta / f"z{n:02d} {request.param}.xlsx").write_bytes((carpeta / "Libro 000.xlsx").read_bytes())
        proceso = iniciar("-m", "zedxl", "consolidar", carpeta, "--salida", tmp_path / "F.xlsx")
        leidos = tmp_path / ".F.xlsx.leidos"
        esperar(lambda: leidos.exists() and leidos.stat().st_size > 50_000, "nothing was read")
        return proceso

    def retomado(self, tmp_path: Path, iniciar: Callable[..., Proceso]) -> str:
        """What a second run says, now that all files can be read."""
        orden = ("-m", "zedxl", "consolidar", tmp_path / "libros", "--salida", tmp_path / "F.xlsx")
        proceso = iniciar(*orden, testigo=False)
        dicho, errores = proceso.communicate(timeout=60)
        assert proceso.returncode == 0, errores
        assert len(hoja(tmp_path / "F.xlsx", "Instituciones")) == 120
        return str(dicho.splitlines()[0])

    def test_ctrl_c_ends_it_at_once_and_what_was_read_is_kept(
        self, tmp_path: Path, a_medias: Proceso, iniciar: Callable[..., Proceso]
    ) -> None:
        os.killpg(a_medias.pid, signal.SIGINT)  # as a terminal does: to all of them
        dicho, errores = a_medias.communicate(timeout=30)
        assert (a_medias.returncode, dicho) == (2, "")
        (error,) = [linea for linea in errores.splitlines() if linea]
        # 99 when it comes while the hundredth, and all before it, are being written to the disk
        assert re.match(r"Error: Interrumpido\. No se escribió F\.xlsx\. Los (99|10\d) libros", error)
        esperar(lambda: not vive(a_medias.pid), "a worker outlives its parent")
        assert sorted(r.name for r in tmp_path.iterdir()) == [".F.xlsx.leidos", "libros", "testigo"]
        assert "no habían cambiado" in self.retomado(tmp_path, iniciar)

    @pytest.mark.parametrize("a_medias", ["eterno"], indirect=True)
    def test_killed_its_workers_end_too_and_what_was_read_is_kept(
        self, tmp_path: Path, a_medias: Proceso, iniciar: Callable[..., Proceso]
    ) -> None:
        a_medias.kill()
        a_medias.communicate()
        esperar(lambda: not vive(a_medias.pid), "a worker outlives its parent")
        assert self.retomado(tmp_path, iniciar) == (
            "Se consolidaron 120 libros (100 no habían cambiado y no se leyeron de nuevo)."
        )


def test_a_book_of_an_unforeseen_kind_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from zedxl.consolidado import lectura

    libro_de(tmp_path / "a.xlsx", "A")

    def falla(*_: object) -> None:
        raise ZeroDivisionError("division by zero.")

    monkeypatch.setattr(lectura, "leer_ficha", falla)
    assert (
        motivo(leida(Tarea(str(tmp_path), "a.xlsx")))
        == "Ocurrió algo imprevisto al leerlo: ZeroDivisionError: division by zero."
    )
