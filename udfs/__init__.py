"""The functions typed in cells, defined once for every host (SPEC 3).

Each is importable under the name it has in a cell and works on plain Python values; `FUNCIONES` describes them all.

>>> from udfs import FUNCIONES, SEMAFORO
>>> SEMAFORO(80), FUNCIONES["SEMAFORO"].argumentos[0].nombre
('ÁMBAR', 'porcentaje')
"""

from collections.abc import Callable
from typing import Any

from udfs import avances, marcha, puntajes, tablas  # noqa: F401  (each registers its functions)
from udfs.celda import ErrorDeCelda
from udfs.registro import FUNCIONES, Argumento, Funcion, Resultado

__all__ = ["FUNCIONES", "Argumento", "ErrorDeCelda", "Funcion", "Resultado"]


def __getattr__(nombre: str) -> Callable[..., Any]:
    """The registered function of this name, so that none has to be listed here."""
    if nombre in FUNCIONES:
        return FUNCIONES[nombre].llamar
    raise AttributeError(f"module {__name__!r} has no attribute {nombre!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *FUNCIONES])
