"""validar(libro, período): everything that is found wrong in a book (SPEC 5)."""

from __future__ import annotations

from collections.abc import Iterator

from zedxl import recolector
from zedxl.evaluacion import evaluar
from zedxl.hallazgo import Hallazgo, Severidad, por_gravedad
from zedxl.hallazgos import avances_del_libro
from zedxl.hallazgos.registro import revisar, una_vez
from zedxl.instantanea import REGLA as CERRADO_CAMBIADO
from zedxl.libro import bitacora
from zedxl.libro.hojas import CIERRES
from zedxl.libro.lectura import Libro
from zedxl.periodo import Periodo
from zedxl.semestre import origen


def validar(libro: Libro, periodo: Periodo) -> tuple[Hallazgo, ...]:
    """The findings of reading the book, of evaluating it at a period, of the rules, of its closed periods and its log.

    Errors first; what two of them say about the same cell is told once.
    """
    with recolector.en_pausa():
        return _validar(libro, periodo)


def _validar(libro: Libro, periodo: Periodo) -> tuple[Hallazgo, ...]:
    evaluacion = evaluar(libro.plan, periodo)
    cerradas = (evaluar(libro.plan, p) for p in sorted(libro.plan.cierres) if p != periodo)
    return por_gravedad(
        una_vez(
            (
                *libro.plan.hallazgos,
                *evaluacion.hallazgos,
                *(hallazgo for cerrada in cerradas for hallazgo in cerrada.hallazgos),
                *revisar(evaluacion),
                *avances_del_libro.distintos(libro.plan, libro.es_calculada),
                *bitacora.revisar(libro.bitacora),
                *_cierres_borrados(libro),
            )
        )
    )


def _cierres_borrados(libro: Libro) -> Iterator[Hallazgo]:
    """Periods that the log says are closed, with another snapshot than sheet Cierres has, or with none there."""
    segun_bitacora: dict[str, str | None] = {}
    for asiento in libro.bitacora.asientos:
        apunte = asiento.apunte
        if asiento.origen == origen.CIERRE:
            segun_bitacora[apunte.periodo] = str(apunte.despues)
        elif asiento.origen == origen.REAPERTURA:
            segun_bitacora[apunte.periodo] = None
    guardados = {str(p): cierre.sha256 for p, cierre in libro.plan.cierres.items()}
    for periodo, sha256 in segun_bitacora.items():
        if guardados.get(periodo) != sha256:
            dice = "está cerrado" if sha256 else "se reabrió"
            yield Hallazgo(
                Severidad.ERROR, CERRADO_CAMBIADO, CIERRES, "", "",
                f"Según la Bitácora {periodo} {dice}, y la hoja {CIERRES} no lo dice así.",
                f"Recupere la hoja {CIERRES} de un respaldo.",
            )  # fmt: skip
