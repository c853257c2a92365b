"""The consolidated table as a pandas DataFrame and as a Parquet file, with the same columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from zedxl.consolidado.filas import COLUMNAS, Clase, Fila, PorColumnas
from zedxl.errores import ErrorExplicado

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

T = TypeVar("T")

_POR_TROZO = 100
"""Books that become a piece of a DataFrame as soon as they are there, while others are being read."""
_POR_GRUPO = 50_000
"""Rows of a Parquet file that are in memory at once."""
_EN_PANDAS = {
    Clase.TEXTO: "string",
    Clase.NUMERO: "float64",
    Clase.PORCENTAJE: "float64",
    Clase.CUENTA: "Int64",
    Clase.SI_O_NO: "boolean",
}


class SinParquet(ErrorExplicado):
    """A Parquet file cannot be written here."""


def como_tabla(libros: Iterable[PorColumnas]) -> pd.DataFrame:
    """The rows of one or more books as a DataFrame with the columns of `zedxl.consolidado.filas.COLUMNAS`.

    N/D is a missing value.
    """
    import pandas as pd

    return pd.concat([_trozo(grupo) for grupo in _en_grupos(libros, _POR_TROZO)], ignore_index=True)


def _trozo(libros: Sequence[PorColumnas]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            columna.nombre: pd.Series(list(chain.from_iterable(valores)), dtype=_EN_PANDAS[columna.clase])
            for columna, valores in zip(COLUMNAS, zip(*libros, strict=True), strict=True)
        },
        copy=False,
    )


def exigir_parquet() -> None:
    """Raise `SinParquet` where pyarrow is not installed."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        raise SinParquet('Para escribir Parquet falta pyarrow. Instálelo con: pip install "zedxl[parquet]"') from None


def escribir_parquet(ruta: Path, filas: Iterable[Fila]) -> None:
    """Write the rows as a Parquet file, a group of them in memory at a time. Raises OSError and `SinParquet`."""
    exigir_parquet()
    from pyarrow import parquet

    esquema = _esquema()
    with parquet.ParquetWriter(ruta, esquema) as escritor:
        for grupo in _grupos(esquema, filas):
            escritor.write_table(grupo)


def _esquema() -> pa.Schema:
    import pyarrow as pa

    tipos = {
        Clase.TEXTO: pa.string(),
        Clase.NUMERO: pa.float64(),
        Clase.PORCENTAJE: pa.float64(),
        Clase.CUENTA: pa.int64(),
        Clase.SI_O_NO: pa.bool_(),
    }
    return pa.schema([(columna.nombre, tipos[columna.clase]) for columna in COLUMNAS])


def _grupos(esquema: Any, filas: Iterable[Fila]) -> Iterator[pa.Table]:
    import pyarrow as pa

    for grupo in _en_grupos(filas, _POR_GRUPO):
        yield pa.table(
            [pa.array(c, t) for c, t in zip(zip(*grupo, strict=True), esquema.types, strict=True)], schema=esquema
        )


def _en_grupos(todos: Iterable[T], de: int) -> Iterator[list[T]]:
    por_dar = iter(todos)
    while grupo := list(islice(por_dar, de)):
        yield grupo
