"""Which codes are there, and which ones are missing beside them."""

from __future__ import annotations

from collections.abc import Iterator

from zedxl.codigo import oei_de
from zedxl.evaluacion import Evaluacion
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.hallazgos.aviso import aviso, elementos
from zedxl.plan import OEI


def aei_sin_oei(evaluacion: Evaluacion) -> Iterator[Hallazgo]:
    """AEI without OEI, in a book that has rows for its OEI (SPEC 5)."""
    oeis = evaluacion.plan.oeis
    if not any(_tiene_fila(oei) for oei in oeis):
        return
    for oei in oeis:
        for aei in () if _tiene_fila(oei) else oei.aeis:
            yield aviso(
                "aei-sin-oei", aei.celda, aei.codigo, f"No hay una fila para su objetivo {oei_de(aei.codigo)}.",
                "Agregue el OEI o corrija el código.", Severidad.ERROR,
            )  # fmt: skip


def oei_sin_aei(evaluacion: Evaluacion) -> Iterator[Hallazgo]:
    """OEI without AEI (SPEC 5)."""
    for oei in evaluacion.plan.oeis:
        if not oei.aeis:
            yield aviso(
                "oei-sin-aei", oei.celda, oei.codigo, f"{oei.codigo} no tiene ninguna AEI.",
                "Agregue sus AEI o confirme que no las tiene.",
            )  # fmt: skip


def indicador_repetido(evaluacion: Evaluacion) -> Iterator[Hallazgo]:
    """Repeated code: that of an indicator under two OEI or AEI (SPEC 5)."""
    vistos: dict[str, str] = {}
    for de in elementos(evaluacion.plan):
        for indicador in de.indicadores:
            primero = vistos.setdefault(indicador.codigo, de.codigo)
            if indicador.codigo and primero != de.codigo:
                yield aviso(
                    "codigo-repetido", de.celda, de.codigo,
                    f"El indicador {indicador.codigo} es también de {primero}.",
                    "Corrija el código del indicador en una de las dos filas.",
                )  # fmt: skip


def _tiene_fila(oei: OEI) -> bool:
    return bool(oei.celda or oei.denominacion or oei.indicadores)
