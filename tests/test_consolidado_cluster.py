"""The same books read by a real Dask cluster: a scheduler and workers that are processes of their own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.consolidados import libro_de, muchos
from tests.test_cli import falla, zedxl
from zedxl.consolidado import cluster, consolidar
from zedxl.consolidado.lectura import Tarea, en_columnas, leer
from zedxl.errores import ErrorExplicado


@pytest.fixture(scope="module")
def direccion() -> Iterator[str]:
    """The address of a cluster of two workers."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0", silence_logs=True) as local:
        yield local.scheduler_address


def test_it_reads_what_this_computer_reads(direccion: str, tmp_path: Path) -> None:
    muchos(tmp_path, 12)
    (tmp_path / "roto.xlsx").write_bytes(b"")
    libro_de(tmp_path / "otro.xlsx", "Otra")
    aqui = consolidar(tmp_path, nucleos=1)
    assert consolidar(tmp_path, dask=direccion).equals(aqui)


def test_the_command_takes_its_address(direccion: str, tmp_path: Path) -> None:
    muchos(tmp_path / "libros", 3)
    orden = ("consolidar", tmp_path / "libros", "--salida", tmp_path / "F.xlsx", "--dask", direccion)
    primero = zedxl(*orden)
    assert (primero.returncode, primero.stdout.splitlines()[0]) == (0, "Se consolidaron 3 libros.")
    assert "3 no habían cambiado" in zedxl(*orden).stdout


def test_leaving_before_the_end_cancels_the_rest(direccion: str, tmp_path: Path) -> None:
    tareas = [Tarea(str(tmp_path), ruta.name) for ruta in muchos(tmp_path, 60).glob("*.xlsx")]
    leidas = cluster.leer_en_cluster(tareas, en_columnas, direccion)
    primera = next(leidas)
    assert primera is not None
    assert primera == leer(Tarea(str(tmp_path), primera.archivo), en_columnas)
    leidas.close()


def test_another_version_of_zedxl_in_the_cluster(
    direccion: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "__version__", "99.0")
    libro_de(tmp_path / "a.xlsx", "A")
    with pytest.raises(ErrorExplicado, match=r"la versión de zedxl es 0\.1\.0, y aquí 99\.0"):
        consolidar(tmp_path, dask=direccion)


def test_a_cluster_without_workers(tmp_path: Path) -> None:
    from distributed import LocalCluster

    libro_de(tmp_path / "a.xlsx", "A")
    with (
        LocalCluster(n_workers=0, processes=False, dashboard_address=":0", silence_logs=True) as vacio,
        pytest.raises(ErrorExplicado, match="no tiene ningún trabajador"),
    ):
        consolidar(tmp_path, dask=vacio.scheduler_address)


def test_nobody_at_that_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_PACIENCIA", 1)
    libro_de(tmp_path / "a.xlsx", "A")
    for direccion in ("tcp://127.0.0.1:1", "esto no es una dirección"):
        with pytest.raises(ErrorExplicado, match="No responde ningún clúster de Dask"):
            consolidar(tmp_path, dask=direccion)


def test_without_dask_it_says_how_to_install_it(tmp_path: Path) -> None:
    libro_de(tmp_path / "a.xlsx", "A")
    (tmp_path / "sin" / "distributed").mkdir(parents=True)
    (tmp_path / "sin" / "distributed" / "__init__.py").write_text("raise ImportError")
    rutas = f"{tmp_path / 'sin'}{':' if sys.platform != 'win32' else ';'}{Path(__file__).parents[1]}"
    resultado = zedxl("consolidar", tmp_path, "--salida", tmp_path / "F.xlsx", "--dask", "tcp://x:1", PYTHONPATH=rutas)
    assert 'pip install "zedxl[dask]"' in falla(resultado)
