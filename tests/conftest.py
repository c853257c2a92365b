"""Fixtures that many tests share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from tests.libros import TITULOS, Filas, escribir_libro

# CI tries the same examples every time; at a desk each run tries new ones
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("dev", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


@pytest.fixture
def libro_plano(tmp_path: Path) -> Callable[..., Path]:
    """Writes a book with one flat table of these rows, below its titles."""

    def escribir(*filas: list[object], **hojas: Filas) -> Path:
        return escribir_libro(tmp_path / "libro.xlsx", {"Seguimiento": [TITULOS, *filas], **hojas})

    return escribir


collect_ignore = ["calc/guion.py"]  # it runs in the system's Python, beside LibreOffice
