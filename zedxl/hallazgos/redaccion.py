"""The same thing worded differently in two places."""

from __future__ import annotations

from collections.abc import Iterator

from zedxl.evaluacion import Evaluacion
from zedxl.hallazgo import Hallazgo
from zedxl.hallazgos.aviso import aviso
from zedxl.plan import Redaccion
from zedxl.texto import plano


def distinta(evaluacion: Evaluacion) -> Iterator[Hallazgo]:
    """The same code with different wording in two places (SPEC 5); accents, capitals and punctuation do not count."""
    primeras: dict[str, Redaccion] = {}
    for redaccion in evaluacion.plan.redacciones:
        primera = primeras.setdefault(redaccion.codigo, redaccion)
        if plano(redaccion.texto) != plano(primera.texto):
            yield aviso(
                "redaccion-distinta", redaccion.celda, redaccion.codigo,
                f"Aquí dice «{redaccion.texto}» y en {primera.celda}, «{primera.texto}».",
                "Deje en los dos lugares la denominación que aprobó el PEI.",
            )  # fmt: skip
