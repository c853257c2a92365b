"""Where the log and sheet Cierres disagree about what is closed: one of the two is no longer as zedxl left it."""

from __future__ import annotations

from collections.abc import Iterator

from zedxl.errores import ErrorExplicado
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.instantanea import REGLA
from zedxl.libro.bitacora import Bitacora, alterada
from zedxl.libro.cierres import Cierres
from zedxl.semestre import origen


class CierresDudosos(ErrorExplicado):
    """A book in which nobody can tell what is closed; its text says why and what to do."""


def desacuerdos(bitacora: Bitacora, cierres: Cierres) -> Iterator[Hallazgo]:
    """Periods whose closing or reopening is in one of the two only, and a log that cannot be read at all."""
    yield from alterada(bitacora)
    if bitacora.alteracion is not None:
        return
    segun_bitacora = _segun(bitacora)
    guardados = {str(periodo): cierre.sha256 for periodo, cierre in cierres.cerrados.items()}
    for periodo, (hoja, sha256) in segun_bitacora.items():
        if guardados.get(periodo) != sha256:
            dice = "está cerrado" if sha256 else "se reabrió"
            yield _hallazgo(
                hoja, f"Según la Bitácora {periodo} {dice}, y la hoja {hoja} no lo dice así.",
                f"Recupere la hoja {hoja} de un respaldo, con su nombre y sus títulos.",
            )  # fmt: skip
    for periodo in sorted(guardados.keys() - segun_bitacora.keys()):
        yield _hallazgo(
            bitacora.nombre,
            f"Según la hoja {cierres.nombre} {periodo} está cerrado, y la Bitácora no dice quién lo cerró.",
            f"Recupere la hoja {bitacora.nombre} de un respaldo.",
        )


def exigir_acuerdo(bitacora: Bitacora, cierres: Cierres) -> None:
    """Raise `CierresDudosos` while the two disagree: a change might be one of what is closed."""
    hallados = [f"  {hallazgo}" for hallazgo in desacuerdos(bitacora, cierres)]
    if hallados:
        raise CierresDudosos("\n".join(("No se cambió nada: no se sabe qué períodos están cerrados.", *hallados)))


def _segun(bitacora: Bitacora) -> dict[str, tuple[str, str | None]]:
    """The sheet and the snapshot with which each period was closed last; None for one that was reopened since."""
    cierres: dict[str, tuple[str, str | None]] = {}
    for asiento in bitacora.asientos:
        if asiento.origen in (origen.CIERRE, origen.REAPERTURA):
            apunte = asiento.apunte
            sha256 = str(apunte.despues) if asiento.origen == origen.CIERRE else None
            cierres[apunte.periodo] = apunte.celda.rpartition("!")[0], sha256
    return cierres


def _hallazgo(hoja: str, mensaje: str, sugerencia: str) -> Hallazgo:
    return Hallazgo(Severidad.ERROR, REGLA, hoja, "", "", mensaje, sugerencia)
