"""Reading the files of a whole country on many machines, with Dask."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from zedxl import __version__
from zedxl.consolidado.ficha import Ficha, no_leida
from zedxl.consolidado.lectura import Forma, T, Tarea, leer
from zedxl.errores import ErrorExplicado

if TYPE_CHECKING:
    from distributed import Client

_PACIENCIA = 10  # seconds to find the scheduler


class SinCluster(ErrorExplicado):
    """The cluster cannot be used; its text says why."""


def leer_en_cluster(tareas: Sequence[Tarea], forma: Forma[T], direccion: str) -> Generator[T | None, None, None]:
    """Read these files (`leer`) on the workers of a Dask scheduler (``tcp://host:8786``): each is handed out once done.

    The workers must see the folder under the same path and have the same version of zedxl. Leaving the iterator before
    its end cancels what is not done. Raises `SinCluster`.
    """
    try:
        from distributed import as_completed
    except ImportError:
        raise SinCluster('Para usar un clúster falta Dask. Instálelo con: pip install "zedxl[dask]"') from None
    with _conectado(direccion) as cliente:
        _exigir_misma_version(cliente, direccion)
        futuros = cliente.map(partial(leer, forma=forma), tareas, pure=False)
        try:
            archivos = {futuro.key: tarea.archivo for futuro, tarea in zip(futuros, tareas, strict=True)}
            for futuro in as_completed(futuros, loop=cliente.loop):  # not the default client's
                error = futuro.exception()
                yield futuro.result() if error is None else forma(_que_fallo(archivos[futuro.key], error))
                futuro.release()
        finally:
            cliente.cancel(futuros)


def _conectado(direccion: str) -> Client:
    from distributed import Client

    try:
        return Client(direccion, timeout=_PACIENCIA, set_as_default=False)
    except (OSError, ValueError) as error:
        raise SinCluster(
            f"No responde ningún clúster de Dask en {direccion}. Revise la dirección (por ejemplo tcp://equipo:8786) y "
            "que el planificador esté en marcha."
        ) from error


def _exigir_misma_version(cliente: Client, direccion: str) -> None:
    try:
        versiones = set(cliente.run(_version).values())
    except ModuleNotFoundError:
        versiones = {"ninguna"}
    if not versiones:
        raise SinCluster(f"El clúster de {direccion} no tiene ningún trabajador. Inicie al menos uno (dask worker).")
    if versiones != {__version__}:
        dicen = ", ".join(sorted(versiones))
        raise SinCluster(
            f"En el clúster de {direccion} la versión de zedxl es {dicen}, y aquí {__version__}: podrían calcular "
            "distinto. Instale la misma en todos los equipos."
        )


def _version() -> str:
    return __version__


def _que_fallo(archivo: str, error: BaseException) -> Ficha:
    return no_leida(archivo, f"El clúster no pudo leerlo: {type(error).__name__}: {error}")
