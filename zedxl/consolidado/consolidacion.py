"""consolidar: from a folder of books to one table, one workbook, one Parquet file."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from zedxl.consolidado.archivos import CarpetaIlegible, Hallados, buscar
from zedxl.consolidado.ficha import Ficha
from zedxl.consolidado.filas import Fila, PorColumnas, filas_de, por_columnas
from zedxl.consolidado.lectura import Columnas, Forma, Leida, T, Tarea, empaquetada, en_columnas
from zedxl.consolidado.leidos import Leidos, leidos_en
from zedxl.consolidado.nucleos import leer_en_nucleos
from zedxl.consolidado.resultado import Resultado, reunir
from zedxl.consolidado.resumen import Resumen, resumida
from zedxl.consolidado.salida import comprobar, escribir
from zedxl.consolidado.tabla import como_tabla, escribir_parquet, exigir_parquet

if TYPE_CHECKING:
    import pandas as pd

Leidas = Iterator[Leida | None]
"""What is read of each file as it is done, None for one that had been read before."""
Avance = Callable[[Leidas, int], Leidas]
"""What watches them pass, knowing how many will come."""


@dataclass(frozen=True, slots=True)
class Pedido:
    """What is asked for: the folder, the files to write, and the address of a Dask cluster to read with."""

    carpeta: Path
    libro: Path
    parquet: Path | None = None
    dask: str = ""
    de_nuevo: bool = False

    @property
    def leidos(self) -> Path:
        """The hidden file beside the workbook with what was read."""
        return self.libro.with_name(f".{self.libro.name}.leidos")


@dataclass(frozen=True, slots=True)
class Entrega:
    """What was written, what the books say in short, and the earlier files that were kept under another name."""

    resultado: Resultado
    anteriores: tuple[Path, ...]


def consolidar(carpeta: Path | str, *, nucleos: int | None = None, dask: str = "") -> pd.DataFrame:
    """All the books in a folder and below it as one DataFrame.

    One row per institution (nivel PEI), OEI and AEI at each período with values, and one for each file that gives none,
    which says why in ``motivo``. Percentages go from 0 to 100, N/D is a missing value. ``nucleos`` is how many
    processes read (all the cores when None), ``dask`` the address of a Dask scheduler to read with instead. Raises
    `zedxl.errores.ErrorExplicado`.
    """
    hallados = _hallar(Path(carpeta))
    with closing(_leidas(_tareas(hallados, {}), en_columnas, dask, nucleos)) as leidas:
        leidos = _en_orden(filter(None, leidas), hallados.libros)
        return como_tabla(chain(leidos, map(por_columnas, hallados.vedadas)))


def _en_orden(leidas: Iterable[Columnas], libros: Iterable[str]) -> Iterator[PorColumnas]:
    """The rows of these books in this order, those of each as soon as it and all before it are read."""
    por_dar = deque(libros)
    llegadas: dict[str, PorColumnas] = {}
    for archivo, columnas in leidas:
        llegadas[archivo] = columnas
        while por_dar and por_dar[0] in llegadas:
            yield llegadas.pop(por_dar.popleft())


def entregar(pedido: Pedido, avance: Avance = lambda leidas, _: leidas) -> Entrega:
    """Read the books and write what was asked for.

    What an interrupted call has read is not read again by the next one. Raises `zedxl.errores.ErrorExplicado`.
    """
    comprobar(pedido.libro, ".xlsx", "--salida")
    if pedido.parquet is not None:
        exigir_parquet()
        comprobar(pedido.parquet, ".parquet", "--parquet")
    hallados = _hallar(pedido.carpeta, pedido.libro)
    with leidos_en(pedido.leidos, de_nuevo=pedido.de_nuevo) as leidos:
        leido = _leer(hallados, leidos, pedido.dask, avance)
        resultado = reunir(leido.resumenes(), leido.tomados)
        anteriores = [escribir(pedido.libro, partial(_escribir_libro, leido, resultado))]
        if pedido.parquet is not None:
            anteriores.append(escribir(pedido.parquet, lambda ruta: escribir_parquet(ruta, leido.filas())))
    return Entrega(resultado, tuple(anterior for anterior in anteriores if anterior is not None))


@dataclass(frozen=True, slots=True)
class _Leido:
    """All that was read of a folder; ``tomados`` of its books had been read before."""

    hallados: Hallados
    leidos: Leidos
    tomados: int

    def fichas(self) -> Iterator[Ficha]:
        """Each file and each folder not looked into, in the same order each time."""
        return chain(self.leidos.fichas(self.hallados.libros), self.hallados.vedadas)

    def resumenes(self) -> Iterator[tuple[str, Resumen]]:
        """The same in short, each with the hash of its content."""
        vedadas = (("", resumida(vedada)) for vedada in self.hallados.vedadas)
        return chain(self.leidos.resumenes(self.hallados.libros), vedadas)

    def filas(self) -> Iterator[Fila]:
        """The rows of all of them."""
        return chain.from_iterable(map(filas_de, self.fichas()))

    @property
    def cuantas(self) -> int:
        """How many rows those are."""
        return self.leidos.filas() + len(self.hallados.vedadas)


def _hallar(carpeta: Path, salida: Path | None = None) -> Hallados:
    hallados = buscar(carpeta.absolute(), salida)
    if not hallados.libros and not hallados.vedadas:
        raise CarpetaIlegible(f"En {carpeta} no hay ningún libro (.xlsx, .xlsm). Indique la carpeta donde están.")
    return hallados


def _leidas(
    tareas: Sequence[Tarea], forma: Forma[T], dask: str, nucleos: int | None = None
) -> Generator[T | None, None, None]:
    if dask:
        from zedxl.consolidado.cluster import leer_en_cluster

        return leer_en_cluster(tareas, forma, dask)
    return leer_en_nucleos(tareas, forma, nucleos)


def _tareas(hallados: Hallados, conocidos: Mapping[str, str]) -> list[Tarea]:
    return [Tarea(str(hallados.carpeta), libro, conocidos.get(libro, "")) for libro in hallados.libros]


def _leer(hallados: Hallados, leidos: Leidos, dask: str, avance: Avance) -> _Leido:
    tareas = _tareas(hallados, leidos.conocidos())
    tomados = 0
    with closing(_leidas(tareas, empaquetada, dask)) as leidas:  # whatever happens, the workers end here
        for leida in avance(leidas, len(tareas)):
            if leida is None:
                tomados += 1
            else:
                leidos.guardar(leida)
    leidos.conservar(hallados.libros)
    return _Leido(hallados, leidos, tomados)


def _escribir_libro(leido: _Leido, resultado: Resultado, ruta: Path) -> None:
    from zedxl.consolidado.libro import escribir_libro

    escribir_libro(ruta, leido.filas(), leido.cuantas, resultado)
