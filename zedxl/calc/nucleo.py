"""The modules of zedxl that the extension carries: what its entry points import, and what that imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

ENTRADAS = ("udfs", "zedxl.calc.complemento", "zedxl.calc.menu")
PROPIOS = ("udfs", "zedxl")


def modulos() -> dict[str, bytes]:
    """The source of each module by its path below the folder of modules, in the order of the paths."""
    fuentes: dict[str, Path] = {}
    pendientes = list(ENTRADAS)
    while pendientes:
        nombre = pendientes.pop()
        fuente = _fuente(nombre)
        if nombre in fuentes or fuente is None:
            continue
        fuentes[nombre] = fuente
        pendientes += _importados(fuente)
        if "." in nombre:
            pendientes.append(nombre.rpartition(".")[0])
    rutas = {_ruta(nombre, fuente): fuente for nombre, fuente in fuentes.items()}
    return {ruta: rutas[ruta].read_bytes().replace(b"\r\n", b"\n") for ruta in sorted(rutas)}


def _fuente(nombre: str) -> Path | None:
    """The file of a module; None when the name is no module but something inside one."""
    try:
        especificacion = find_spec(nombre)
    except ModuleNotFoundError:
        return None
    return None if especificacion is None or especificacion.origin is None else Path(especificacion.origin)


def _importados(fuente: Path) -> Iterator[str]:
    """Our own names that a module imports when it is loaded."""
    for orden in ast.parse(fuente.read_bytes()).body:
        if isinstance(orden, ast.Import):
            nombres = [alias.name for alias in orden.names]
        elif isinstance(orden, ast.ImportFrom) and orden.module:
            nombres = [orden.module, *(f"{orden.module}.{alias.name}" for alias in orden.names)]
        else:
            continue
        yield from (nombre for nombre in nombres if nombre.split(".")[0] in PROPIOS)


def _ruta(nombre: str, fuente: Path) -> str:
    camino = nombre.replace(".", "/")
    return f"{camino}/__init__.py" if fuente.name == "__init__.py" else f"{camino}.py"
