"""``python -m tests.windows [pytest arguments]``: lay out the Windows Python under wine and run the tests in it.

``--bench`` runs `tests.windows.comparacion` in it instead, ``--python ARGS`` any Python program. Everything is kept in
``.windows/`` (elsewhere with ZEDXL_WINDOWS) and made anew only when the locks or wine change. Where wine is missing and
cannot be installed, that is said and nothing is run; in CI it is a failure.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.windows.banco import interprete, prefijo
from tests.windows.banco.wine import FaltaWine, Wine, instalar_si_falta, ruta_de_windows

PROYECTO = Path(__file__).resolve().parents[2]
BANCO = Path(os.environ.get("ZEDXL_WINDOWS", PROYECTO / ".windows"))
# without faulthandler, which takes COM's errors for crashes and prints them
_PRUEBAS = ("-m", "pytest", "-p", "no:cacheprovider", "-p", "no:faulthandler", "--confcutdir=tests/windows")


def main(argumentos: list[str]) -> int:
    """Prepare and run; the exit code of what was run."""
    try:
        instalar_si_falta()
    except FaltaWine:
        return _sin_wine()
    wine = Wine(BANCO / "prefijo", {"PYTHONPYCACHEPREFIX": ruta_de_windows(BANCO / "compilado")})
    python = BANCO / "Python ñandú" / "python.exe"  # a name as people's folders have, for all tests
    if interprete.preparar(python.parent, PROYECTO):
        wine.detener()
    prefijo.preparar(wine)
    for carpeta in (python.with_name("Lib"), PROYECTO / "zedxl", PROYECTO / "udfs"):
        wine.ejecutar(python, "-m", "compileall", "-q", ruta_de_windows(carpeta))  # as pip does when it installs
    return wine.mostrar([python, *_orden(argumentos)], PROYECTO)


def _orden(argumentos: list[str]) -> list[str]:
    if argumentos[:1] == ["--python"]:
        return argumentos[1:]
    if argumentos[:1] == ["--bench"]:
        return ["-m", "tests.windows.comparacion", *argumentos[1:]]
    todas = [] if any(not argumento.startswith("-") for argumento in argumentos) else ["tests/windows"]
    return [*_PRUEBAS, *argumentos, *todas]


def _sin_wine() -> int:
    print(
        "NOT TESTED: what runs inside Excel on Windows, because wine64 is not installed.\n"
        "  sudo apt-get install --no-install-recommends wine64",
        file=sys.stderr,
    )
    return 1 if os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
