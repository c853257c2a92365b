"""The table of the README says how many calls give the same in every host; the tests of the hosts run those calls."""

from __future__ import annotations

from tests.casos_funciones import CASOS
from tests.libros import RAIZ
from tests.paridad import ANFITRIONES, tabla


def test_the_readme_shows_the_table_host_by_host() -> None:
    assert tabla() in (RAIZ / "README.md").read_text("utf-8"), "python -m tests.paridad"


def test_every_host_is_given_at_least_two_hundred_calls() -> None:
    assert all(sum(map(puede, CASOS)) >= 200 for puede in ANFITRIONES.values())
