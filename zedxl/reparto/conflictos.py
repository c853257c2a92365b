"""What a merge left to people: the sheet Conflictos, written anew each time, and the same for other programs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from zedxl.edicion.cambio import Cambio, Contenido, Edicion, HojaNueva, TablaHasta, canonico
from zedxl.libro.hoja import Hoja, contenido
from zedxl.libro.hojas import FILA_DE_TITULOS, TITULOS_CONFLICTOS
from zedxl.libro.listado import Listado
from zedxl.reparto.fusion import Conflicto, Fusion
from zedxl.reparto.inventario import codigo_de
from zedxl.reparto.pendientes import CONFLICTO, NO_TRAIDO, Fila, leer_pendientes

_ANCHOS = (13.0, 13.0, 22.0, 20.0, 18.0, 18.0, 18.0, 34.0, 28.0, 28.0, 60.0, 12.0)
_DECIDA = "Escriba en el libro el valor que vale, o bajo «Decisión» la palabra libro o copia, y fusione otra vez."
_DECISION = TITULOS_CONFLICTOS.index("Decisión")


def hoja_de_conflictos(hojas: Sequence[Hoja], fusion: Fusion, copias: Collection[str]) -> Edicion:
    """The edit that makes sheet Conflictos say what is open after merging these copies; none where it says so already.

    What earlier merges of other copies left open stays there.
    """
    pendientes = leer_pendientes(hojas)
    de_otras = [pendiente.valores for pendiente in pendientes.filas if pendiente.copia not in copias]
    filas = sorted((*de_otras, *_filas(fusion)), key=lambda fila: [canonico(valor) for valor in fila[:_DECISION]])
    if pendientes.listado is not None:
        return _reescrita(pendientes.listado, filas)
    if not filas:
        return Edicion()
    encabezado: tuple[Fila, ...] = (
        ("Conflictos",),
        ("Lo que la última fusión de cada copia dejó por decidir. Se escribe de nuevo cada vez que se fusiona.",),
        (),
        TITULOS_CONFLICTOS,
    )
    hoja = HojaNueva(pendientes.nombre, (*encabezado, *filas), _ANCHOS, FILA_DE_TITULOS, "tblConflictos")
    return Edicion(hojas=(hoja,))


def _reescrita(listado: Listado, filas: Sequence[Fila]) -> Edicion:
    cambios = []
    titulos = listado.fila_de_titulos
    for fila in range(titulos + 1, max(listado.ultima_fila, titulos + len(filas)) + 1):
        nuevas = filas[fila - titulos - 1] if fila <= titulos + len(filas) else (None,) * len(TITULOS_CONFLICTOS)
        for n, nuevo in enumerate(nuevas):
            celda = listado.celda(fila, n)
            actual = contenido(listado.hoja.valor(celda.fila, celda.columna))
            if canonico(actual) != canonico(nuevo):
                cambios.append(Cambio(celda, actual, nuevo))
    hasta = TablaHasta(listado.celda(titulos), titulos + max(len(filas), 1), max(listado.columnas), absorbe=True)
    return Edicion(anotaciones=tuple(cambios), tablas=(hasta,) if cambios else ())


def _filas(fusion: Fusion) -> Iterator[Fila]:
    for conflicto in fusion.conflictos:
        for p in conflicto.propuestas:
            yield (
                CONFLICTO, conflicto.codigo, conflicto.dato, str(conflicto.celda or ""),
                "se desconoce" if p.a_ciegas else p.inicial, conflicto.en_el_libro, p.valor, p.copia, str(p.autoria),
                str(conflicto.autoria or ""), _DECIDA, None,
            )  # fmt: skip
    for n in fusion.no_traidos:
        yield (NO_TRAIDO, codigo_de(n.clave), n.dato, "", None, None, n.valor, n.copia, "", "", n.motivo, None)


def como_json(fusion: Fusion) -> dict[str, Any]:
    """What a merge did and left open, for ``fusionar --json``."""
    return {
        "cambios": [
            {"celda": str(c.celda), "codigo": c.codigo, "periodo": c.periodo, "antes": _json(c.antes),
             "despues": _json(c.despues), "quien": c.quien, "copias": llegado.copias}
            for llegado in fusion.llegados for c in (llegado.cambio,)
        ],
        "conflictos": [_conflicto(c) for c in fusion.conflictos],
        "decididos": [_conflicto(c) for c in fusion.decididos],
        "no_traidos": [
            {"copia": n.copia, "codigo": codigo_de(n.clave), "dato": n.dato, "celda": str(n.celda or ""),
             "valor": _json(n.valor), "motivo": n.motivo}
            for n in fusion.no_traidos
        ],
        "filas_nuevas": [f"{fila.celda.hoja}!{fila.celda.fila}" for fila in fusion.filas_nuevas],
    }  # fmt: skip


def _conflicto(conflicto: Conflicto) -> dict[str, Any]:
    return {
        "codigo": conflicto.codigo,
        "dato": conflicto.dato,
        "celda": str(conflicto.celda or ""),
        "en_el_libro": _json(conflicto.en_el_libro),
        "quien_cambio_el_libro": str(conflicto.autoria) if conflicto.autoria else None,
        "propuestas": [
            {"copia": p.copia, "al_repartir": _json(p.inicial), "se_conoce_el_inicial": not p.a_ciegas,
             "en_la_copia": _json(p.valor), "quien": p.autoria.quien,
             "cuando": p.autoria.cuando.isoformat() if p.autoria.cuando else None}
            for p in conflicto.propuestas
        ],
    }  # fmt: skip


def _json(valor: Contenido) -> object:
    return valor.isoformat() if isinstance(valor, datetime) else valor
