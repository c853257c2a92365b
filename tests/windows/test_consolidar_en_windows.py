"""Consolidating many books in a Windows Python: its workers, started and ended by Windows, and Ctrl-C in a console."""

from __future__ import annotations

import sys

assert sys.platform == "win32"

import json
import os
import re
import stat
import subprocess
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import win32api
import win32con
import win32event

from tests.consolidados import con_testigo, hoja, muchos
from tests.test_cli import falla, zedxl
from tests.windows.consola import Consola
from zedxl.consolidado.archivos import buscar
from zedxl.consolidado.ficha import desempaquetar
from zedxl.consolidado.lectura import Leida, Tarea, empaquetada, leer
from zedxl.consolidado.nucleos import leer_en_nucleos

SIN_CODIFICACION = {"PYTHONIOENCODING": ""}
"""As on people's computers: what is redirected there would be in the code page of Windows."""
PACIENCIA = 60  # seconds

Proceso = subprocess.Popen[str]


@pytest.fixture
def region(tmp_path: Path) -> Path:
    """A folder of three books."""
    return muchos(tmp_path / "Región Ñuble", 3)


def consolidar(carpeta: Path, salida: Path, *opciones: str) -> subprocess.CompletedProcess[str]:
    return zedxl("consolidar", carpeta, "--salida", salida, *opciones, **SIN_CODIFICACION)


def consolidar_como_se_instala(carpeta: Path, salida: Path) -> subprocess.CompletedProcess[str]:
    """The same by the program zedxl.exe, which gives Python itself to run: an archive with a __main__ at its end."""
    programa = carpeta.with_name("zedxl.exe")
    with zipfile.ZipFile(programa, "w") as archivo:
        archivo.writestr("__main__.py", "import sys\nfrom zedxl.__main__ import main\nsys.exit(main())")
    return subprocess.run(
        [sys.executable, str(programa), "consolidar", str(carpeta), "--salida", str(salida)],
        capture_output=True, encoding="utf-8", check=False, env={**os.environ, **SIN_CODIFICACION},
    )  # fmt: skip


def test_a_folder_of_many_and_again_only_what_changed(tmp_path: Path) -> None:
    carpeta, salida = muchos(tmp_path / "Región Ñuble", 30), tmp_path / "Consolidado año 2025.xlsx"
    danado = carpeta / "Distrito de Ñahuín" / "Dañado.xlsx"
    danado.parent.mkdir()
    danado.write_bytes((carpeta / "Libro 000.xlsx").read_bytes()[:3000])
    dicho = consolidar_como_se_instala(carpeta, salida)
    assert dicho.returncode == 1
    assert dicho.stdout.splitlines() == ["Se consolidaron 30 libros.", f"Se escribió {salida}"]
    assert "Distrito de Ñahuín/Dañado.xlsx: no se pudo leer." in dicho.stderr
    assert len(hoja(salida, "Consolidado")) == 30 * 6 + 1
    assert hoja(salida, "No leídos")["Archivo"].tolist() == ["Distrito de Ñahuín/Dañado.xlsx"]

    assert oculto(tmp_path / f".{salida.name}.leidos")
    antes = salida.read_bytes()
    danado.write_bytes((carpeta / "Libro 000.xlsx").read_bytes())
    dicho = consolidar(carpeta, salida, "--json")
    assert dicho.returncode == 0
    en_json = json.loads(dicho.stdout)
    assert (en_json["tomados"], len(en_json["instituciones"]), en_json["no_leidos"]) == (30, 31, [])
    assert en_json["instituciones"][0]["archivo"] == "Distrito de Ñahuín/Dañado.xlsx"
    assert (tmp_path / "Consolidado año 2025 (anterior 1).xlsx").read_bytes() == antes


def test_in_a_console_accents_are_right_and_the_bar_is_gone_at_the_end(tmp_path: Path, consola: Consola) -> None:
    carpeta = muchos(tmp_path / "Región Ñuble", 9)
    (carpeta / "Ñandú.xls").write_bytes(b"")
    for libro in carpeta.glob("Libro 00[1-8].xlsx"):
        libro.write_bytes(b"")
    codigo, filas = consola.zedxl("consolidar", carpeta, "--salida", tmp_path / "F.xlsx")
    assert (codigo, filas[0]) == (1, "Se consolidó un libro.")
    assert filas[1].startswith("Libro 001.xlsx: no se pudo leer. Libro 001.xlsx está vacío")
    assert any(fila.startswith("Ñandú.xls: no se pudo leer.") for fila in filas)


def test_a_folder_said_by_its_drive_and_an_output_inside_it(
    region: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    carpeta = f"{tmp_path.drive}{region.name}"  # "C:Región": where that drive stands
    for _ in range(2):
        dicho = zedxl("consolidar", carpeta, "--salida", f"{carpeta.upper()}\\Consolidado.xlsx")
        assert dicho.stdout.startswith("Se consolidaron 3 libros")
    assert "Consolidado.xlsx" not in set(hoja(region / "Consolidado.xlsx", "No leídos")["Archivo"])


def test_what_windows_hides_is_left_out(region: Path) -> None:
    papelera = region / "$RECYCLE.BIN"
    papelera.mkdir()
    for ruta in (papelera / "borrado.xlsx", region / "escondido.xlsx"):
        ruta.write_bytes((region / "Libro 000.xlsx").read_bytes())
    for ruta in (papelera, region / "escondido.xlsx"):
        win32api.SetFileAttributes(str(ruta), win32con.FILE_ATTRIBUTE_HIDDEN)
    assert buscar(region).libros == ("Libro 000.xlsx", "Libro 001.xlsx", "Libro 002.xlsx")


def test_an_output_that_excel_holds_stays_and_what_was_read_is_kept(region: Path, tmp_path: Path) -> None:
    salida = tmp_path / "Consolidado.xlsx"
    consolidar(region, salida)
    antes = salida.read_bytes()
    (region / "Libro 000.xlsx").unlink()
    with salida.open("r+b"):
        dicho = falla(consolidar(region, salida))
    assert f"No se pudo escribir {salida}: no hay permiso. Si está abierto en Excel, ciérrelo" in dicho
    assert salida.read_bytes() == antes
    assert {r.name for r in tmp_path.iterdir()} == {region.name, salida.name, f".{salida.name}.leidos"}


def test_what_is_not_installed_here_is_told(region: Path, tmp_path: Path) -> None:
    """Parquet and Dask are not tried on Windows beyond this."""
    assert "falta pyarrow" in falla(consolidar(region, tmp_path / "F.xlsx", "--parquet", str(tmp_path / "F.parquet")))
    assert "falta Dask" in falla(consolidar(region, tmp_path / "F.xlsx", "--dask", "tcp://127.0.0.1:8786"))


def test_files_that_end_their_worker_or_are_never_done_are_named_and_all_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for nombre, valor in con_testigo(tmp_path / "testigo").items():
        monkeypatch.setenv(nombre, valor)
    carpeta = muchos(tmp_path / "Región Ñuble", 10)
    for numero, clase in enumerate(("mortal", "terco")):
        (carpeta / f"Libro 00{numero}.xlsx").rename(carpeta / f"{clase}.xlsx")
    tareas = [Tarea(str(carpeta), ruta.name) for ruta in carpeta.iterdir()]
    leidas = {leida.archivo: leida for leida in leer_en_nucleos(tareas, empaquetada, 2, limite=4) if leida}
    assert motivo(leidas.pop("mortal.xlsx")).startswith("El proceso que lo leía terminó de golpe")
    assert motivo(leidas.pop("terco.xlsx")).startswith("Se dejó de leer porque tomaba más de")
    assert leidas == {archivo: leer(Tarea(str(carpeta), archivo), empaquetada) for archivo in leidas}
    assert len(leidas) == 8


class TestInterrupcion:
    @pytest.fixture
    def iniciar(self, tmp_path: Path, consola: Consola) -> Iterator[Callable[..., Proceso]]:  # noqa: ARG002
        """Starts the command over the books in tmp_path, in a Python that hangs at certain files."""
        iniciados: list[Proceso] = []

        def en_marcha(**entorno: str) -> Proceso:
            proceso = subprocess.Popen(
                [sys.executable, "-m", "zedxl", "consolidar", str(tmp_path / "libros"), "--salida", str(tmp_path / "F.xlsx")],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
                env={**os.environ, **con_testigo(tmp_path / "testigo"), **entorno},
            )  # fmt: skip
            iniciados.append(proceso)
            return proceso

        yield en_marcha
        for proceso in iniciados:
            proceso.kill()
            proceso.wait()
            for flujo in (proceso.stdout, proceso.stderr):
                assert flujo is not None
                flujo.close()  # unread: a worker that should have ended would hold it open

    @pytest.fixture
    def a_medias(self, tmp_path: Path, iniciar: Callable[..., Proceso], request: pytest.FixtureRequest) -> Proceso:
        """A command that has read 104 books, kept a hundred, and whose workers will take minutes with the next two."""
        carpeta = muchos(tmp_path / "libros", 104)
        for n in range(16):
            (carpeta / f"z{n:02d} {request.param}.xlsx").write_bytes((carpeta / "Libro 000.xlsx").read_bytes())
        leidos = tmp_path / ".F.xlsx.leidos"
        proceso = iniciar()
        esperar(lambda: leidos.exists() and leidos.stat().st_size > 50_000, "nothing was read")
        return proceso

    def test_ctrl_c_while_workers_are_being_started_is_one_line(
        self, tmp_path: Path, iniciar: Callable[..., Proceso], consola: Consola
    ) -> None:
        muchos(tmp_path / "libros", 10)
        proceso = iniciar(TESTIGO_LENTO="2")
        cuantos = min(os.cpu_count() or 1, 3)  # one for each thing that they are asked for, as long as there are cores
        esperar(lambda: len(list((tmp_path / "testigo").glob("*.pid"))) == 1 + cuantos, "no worker was started")
        trabajadores = procesos(tmp_path / "testigo")
        consola.pulsar_ctrl_c()
        _, errores = proceso.communicate(timeout=PACIENCIA)
        (error,) = errores.splitlines()
        assert error.startswith("Error: Interrumpido. No se escribió F.xlsx. Los 0 libros")
        todos_terminan(trabajadores)

    @pytest.mark.parametrize("a_medias", ["terco"], indirect=True)
    def test_ctrl_c_ends_it_and_its_workers_and_what_was_read_is_kept(
        self, tmp_path: Path, a_medias: Proceso, consola: Consola
    ) -> None:
        trabajadores = procesos(tmp_path / "testigo")
        consola.pulsar_ctrl_c()
        dicho, errores = a_medias.communicate(timeout=PACIENCIA)
        assert (a_medias.returncode, dicho) == (2, "")
        (error,) = errores.splitlines()
        assert re.match(r"Error: Interrumpido\. No se escribió F\.xlsx\. Los (99|10\d) libros", error)
        todos_terminan(trabajadores)
        assert not (tmp_path / "F.xlsx").exists()
        assert "no habían cambiado" in retomado(tmp_path)

    @pytest.mark.parametrize("a_medias", ["eterno"], indirect=True)
    def test_ended_by_windows_its_workers_end_too_and_what_was_read_is_kept(
        self, tmp_path: Path, a_medias: Proceso
    ) -> None:
        trabajadores = procesos(tmp_path / "testigo")
        a_medias.kill()  # as the Task Manager does
        todos_terminan(trabajadores)
        assert retomado(tmp_path) == "Se consolidaron 120 libros (100 no habían cambiado y no se leyeron de nuevo)."


def oculto(ruta: Path) -> bool:
    return bool(ruta.stat().st_file_attributes & stat.FILE_ATTRIBUTE_HIDDEN)


def motivo(leida: Leida) -> str:
    return desempaquetar(leida.ficha).motivo


def esperar(condicion: Callable[[], bool], que: str) -> None:
    limite = time.monotonic() + PACIENCIA
    while not condicion():
        assert time.monotonic() < limite, que
        time.sleep(0.05)


def procesos(testigo: Path) -> list[int]:
    """Handles of the command and all its workers."""
    numeros = [int(ruta.stem) for ruta in testigo.glob("*.pid")]
    assert len(numeros) >= 2
    return [win32api.OpenProcess(win32con.SYNCHRONIZE, False, numero) for numero in numeros]


def todos_terminan(mangos: list[int]) -> None:
    for mango in mangos:
        assert win32event.WaitForSingleObject(mango, PACIENCIA * 1000) == win32event.WAIT_OBJECT_0


def retomado(tmp_path: Path) -> str:
    """What a second run says, now that all files can be read."""
    dicho = zedxl("consolidar", tmp_path / "libros", "--salida", tmp_path / "F.xlsx")
    assert dicho.returncode == 0, dicho.stderr
    assert len(hoja(tmp_path / "F.xlsx", "Instituciones")) == 120
    return dicho.stdout.splitlines()[0]
