"""validar(libro, período): everything that is found wrong in a book (SPEC 5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from zedxl.codigo import es_codigo
from zedxl.evaluacion import Evaluacion, evaluar
from zedxl.hallazgo import Hallazgo, Severidad, por_gravedad
from zedxl.instantanea import REGLA as CERRADO_CAMBIADO
from zedxl.libro import bitacora
from zedxl.libro.hojas import CIERRES
from zedxl.libro.lectura import Libro
from zedxl.libro.revision import Bloque, jerarquia, metas_ausentes, negativos
from zedxl.periodo import Periodo
from zedxl.semestre import origen

_REGLAS_DE_LA_TABLA = (jerarquia, metas_ausentes, negativos)
"""Those that reading the table does not apply already."""


def validar(libro: Libro, periodo: Periodo, ya: Mapping[Periodo, Evaluacion] | None = None) -> tuple[Hallazgo, ...]:
    """The findings of reading the book, of its table, of evaluating it at a period, of its closed periods and its log.

    Errors first; what two of them find in the same cell is told once. ``ya`` are evaluations that need not be made
    again.
    """
    plan, ya = libro.plan, ya or {}
    evaluadas = (ya.get(p) or evaluar(plan, p) for p in dict.fromkeys((periodo, *sorted(plan.cierres))))
    return por_gravedad(
        _sin_repetir(
            (
                *libro.plan.hallazgos,
                *(hallazgo for evaluacion in evaluadas for hallazgo in evaluacion.hallazgos),
                *_de_la_tabla(libro),
                *bitacora.revisar(libro.bitacora),
                *_cierres_borrados(libro),
            )
        )
    )


def _de_la_tabla(libro: Libro) -> Iterator[Hallazgo]:
    tabla = libro.tabla
    filas = tabla.hoja.filas[tabla.fila_titulos - 1 :]
    bloque = Bloque.de(filas, tabla.hoja.celda(tabla.fila_titulos, 1))
    con_codigo = replace(bloque, filas=tuple(fila for fila in bloque.filas if es_codigo(fila.codigo)))
    return (hallazgo for regla in _REGLAS_DE_LA_TABLA for _, hallazgo in regla(con_codigo))


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


def _sin_repetir(hallazgos: Iterable[Hallazgo]) -> Iterator[Hallazgo]:
    vistos = set()
    for hallazgo in hallazgos:
        clave = (hallazgo.regla, hallazgo.hoja, hallazgo.celda or hallazgo.mensaje)
        if clave not in vistos:
            vistos.add(clave)
            yield hallazgo
