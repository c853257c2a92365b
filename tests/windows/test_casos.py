"""Every call of the table through the shipped VBA and the real server, as the tests of the bridge make it."""

import sys

assert sys.platform == "win32"

from collections.abc import Iterator

import pytest

from tests.test_puente_casos import test_with_cells_as_arguments, test_with_constants_as_arguments
from tests.windows.excel_vivo import ExcelVivo

__all__ = ["test_with_cells_as_arguments", "test_with_constants_as_arguments"]


@pytest.fixture(scope="module")
def excel() -> Iterator[ExcelVivo]:
    """One server for all calls."""
    vivo = ExcelVivo()
    yield vivo
    vivo.cerrar()
