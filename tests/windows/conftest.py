"""Which files of this folder are for which Python, and the Excel that the tests share."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    collect_ignore = ["banco", "__main__.py"]
else:
    collect_ignore = [archivo.name for archivo in Path(__file__).parent.glob("*.py")]


if sys.platform == "win32":
    from tests.windows.consola import Consola
    from tests.windows.dll import olvidar_servidores_muertos
    from tests.windows.excel_vivo import ExcelVivo

    @pytest.fixture(scope="module", autouse=True)
    def _sin_servidores_muertos() -> None:
        """Where servers have been ended, wine would offer them to who looks for the resident one."""
        olvidar_servidores_muertos()

    @pytest.fixture
    def excel() -> Iterator[ExcelVivo]:
        """An Excel that has not called Python yet; its server ends with the test."""
        vivo = ExcelVivo()
        yield vivo
        vivo.cerrar()

    @pytest.fixture(scope="session")
    def consola() -> Consola:
        """The console that tests and commands share."""
        return Consola()
