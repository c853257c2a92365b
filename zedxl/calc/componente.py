"""Where LibreOffice enters the extension; packed beside its folder of modules.

A LibreOffice that runs on the system's Python may find another zedxl there: the one in the extension goes first.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

_MODULOS = {"pe.zedxl.Funciones": "zedxl.calc.complemento", "pe.zedxl.Menu": "zedxl.calc.menu"}


def getComponentFactory(nombre: str, _servicios: object, _registro: object) -> Any:  # noqa: N802  (LibreOffice's name)
    """What makes the component of this name."""
    carpeta = str(Path(__file__).with_name("pythonpath"))
    if carpeta not in sys.path[:1]:
        sys.path.insert(0, carpeta)
    modulo = import_module(_MODULOS[nombre])
    fabrica = import_module("unohelper").ImplementationHelper()
    fabrica.addImplementation(modulo.clase(), nombre, modulo.SERVICIOS)
    return fabrica.getComponentFactory(nombre, None, None)
