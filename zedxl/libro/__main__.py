"""``python -m zedxl.libro FUENTES SALIDA``: build the shipped book from its text sources."""

from __future__ import annotations

import sys
from pathlib import Path

from zedxl.errores import ErrorExplicado
from zedxl.evaluacion import periodo_por_omision
from zedxl.libro.construccion import construir
from zedxl.libro.fuentes import leer

_USO = "Uso: python -m zedxl.libro CARPETA_DE_FUENTES LIBRO.xlsm"


def principal(argumentos: list[str]) -> int:
    """Build the book; the result is the exit code of SPEC 6."""
    if len(argumentos) != 2:
        print(_USO, file=sys.stderr)
        return 2
    fuentes, salida = map(Path, argumentos)
    try:
        plan = leer(fuentes)
        avisos = construir(plan, periodo_por_omision(plan), salida)
    except ErrorExplicado as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"No se pudo escribir {salida}: {error.strerror}.", file=sys.stderr)
        return 2
    for aviso in avisos:
        print(aviso, file=sys.stderr)
    print(f"Se escribió {salida}.")
    return 1 if avisos else 0


if __name__ == "__main__":
    sys.exit(principal(sys.argv[1:]))
