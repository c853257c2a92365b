"""Books opened and saved by LibreOffice, as people who have no Excel do."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from zedxl.calc.instalacion import CalcNoInstalado, comprobar_libreoffice

_FILTROS = {".xlsx": "xlsx:Calc MS Excel 2007 XML", ".xlsm": "xlsm:Calc MS Excel 2007 VBA XML"}


def guardado_por_libreoffice(ruta: Path, carpeta: Path) -> Path:
    """The book as LibreOffice Calc saves it, under its own name in another folder; skips where there is none."""
    try:
        programa = comprobar_libreoffice()
    except CalcNoInstalado as error:
        if os.environ.get("CI"):
            pytest.fail(f"CI needs LibreOffice Calc: {error}")
        pytest.skip(f"not opened in LibreOffice Calc: {error}")
    salida = carpeta / ruta.name
    perfil = f"-env:UserInstallation={(carpeta / 'perfil').as_uri()}"
    orden = [programa, "--headless", perfil, "--convert-to", _FILTROS[ruta.suffix], "--outdir", carpeta, ruta]
    for _ in range(2):  # a first run on an empty profile may end early
        subprocess.run(list(map(str, orden)), check=False, capture_output=True, timeout=120)
        if salida.exists():
            return salida
    pytest.fail(f"LibreOffice does not open {ruta.name}")
