"""Fixtures that many tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.libros import TITULOS, Filas, escribir_libro


@pytest.fixture
def libro_plano(tmp_path: Path) -> Callable[..., Path]:
    """Writes a book with one flat table of these rows, below its titles."""

    def escribir(*filas: list[object], **hojas: Filas) -> Path:
        return escribir_libro(tmp_path / "libro.xlsx", {"Seguimiento": [TITULOS, *filas], **hojas})

    return escribir
