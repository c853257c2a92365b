"""What a merge left to people: the sheet Conflictos, written anew each time, and the same for other programs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from zedxl.edicion.cambio import Cambio, Contenido, Edicion, HojaNueva, TablaHasta, canonico
from zedxl.libro.hoja import Hoja, contenido
from zedxl.libro.hojas import CONFLICTOS, FILA_DE_TITULOS
from zedxl.plan import Celda
from zedxl.reparto.diferencia import NoTraido
from zedxl.reparto.fusion import Conflicto, Fusion
from zedxl.texto import como_texto

TITULOS = (
    "Qué pasó", "Código", "Dato", "Celda del libro", "Al repartir", "En el libro", "En la copia", "Copia",
    "Quién cambió la copia", "Quién cambió el libro", "Qué hacer",
)  # fmt: skip
_ANCHOS = (13.0, 13.0, 22.0, 20.0, 18.0, 18.0, 18.0, 34.0, 28.0, 28.0, 60.0)
_COPIA = TITULOS.index("Copia")
_CONFLICTO, _NO_TRAIDO = "Conflicto", "No se trajo"
_DECIDA = "Escriba en el libro el valor que vale. Para aceptar siempre uno de los dos: --preferir."

Fila = tuple[Contenido, ...]


def hoja_de_conflictos(hojas: Sequence[Hoja], fusion: Fusion, copias: Collection[str]) -> Edicion:
    """The edit that makes sheet Conflictos say what is open after merging these copies; none where it says so already.

    What earlier merges of other copies left open stays there.
    """
    hoja = next((h for h in hojas if h.nombre == CONFLICTOS), None)
    pendientes = [fila for fila in _escritas(hoja) if como_texto(fila[_COPIA]) not in copias] if hoja else []
    filas = sorted((*pendientes, *_filas(fusion)), key=lambda fila: [canonico(valor) for valor in fila])
    if hoja is not None:
        return _reescrita(hoja, filas)
    if not filas:
        return Edicion()
    encabezado: tuple[Fila, ...] = (
        ("Conflictos",),
        ("Lo que la última fusión de cada copia dejó por decidir. Se escribe de nuevo cada vez que se fusiona.",),
        (),
        TITULOS,
    )
    return Edicion(hojas=(HojaNueva(CONFLICTOS, (*encabezado, *filas), _ANCHOS, FILA_DE_TITULOS, "tblConflictos"),))


def _escritas(hoja: Hoja) -> Iterator[Fila]:
    """The rows that the sheet has now."""
    for fila in range(FILA_DE_TITULOS + 1, len(hoja.filas) + 1):
        valores = tuple(contenido(hoja.valor(fila, columna)) for columna in range(1, len(TITULOS) + 1))
        if any(valor is not None for valor in valores):
            yield valores


def _reescrita(hoja: Hoja, filas: Sequence[Fila]) -> Edicion:
    cambios = []
    ultima = max(len(hoja.filas), FILA_DE_TITULOS + len(filas))
    for fila in range(FILA_DE_TITULOS + 1, ultima + 1):
        n = fila - FILA_DE_TITULOS - 1
        nuevas = filas[n] if n < len(filas) else (None,) * len(TITULOS)
        for columna, nuevo in enumerate(nuevas, 1):
            actual = contenido(hoja.valor(fila, columna))
            if canonico(actual) != canonico(nuevo):
                cambios.append(Cambio(Celda(hoja.nombre, fila, columna), actual, nuevo))
    tablas = (TablaHasta(Celda(hoja.nombre, FILA_DE_TITULOS, 1), FILA_DE_TITULOS + max(len(filas), 1), len(TITULOS)),)
    return Edicion(anotaciones=tuple(cambios), tablas=tablas if cambios else ())


def _filas(fusion: Fusion) -> Iterator[Fila]:
    for conflicto in fusion.conflictos:
        for p in conflicto.propuestas:
            yield (
                _CONFLICTO, conflicto.codigo, dato_de(conflicto), str(conflicto.celda or ""),
                "se desconoce" if p.a_ciegas else p.inicial, conflicto.en_el_libro, p.valor, p.copia, str(p.autoria),
                str(conflicto.autoria or ""), _DECIDA,
            )  # fmt: skip
    for n in fusion.no_traidos:
        yield (_NO_TRAIDO, codigo_de(n), n.clave.columna, "", None, None, n.valor, n.copia, "", "", n.motivo)


def dato_de(conflicto: Conflicto) -> str:
    """What a conflict is about: the title of its column or, outside the tables, its sheet."""
    return conflicto.titulo or conflicto.clave.hoja


def codigo_de(no_traido: NoTraido) -> str:
    """The code of the row of something that was not brought; "" outside the tables."""
    return no_traido.clave.fila.split("|")[0] if no_traido.clave.con_nombre else ""


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
            {"copia": n.copia, "codigo": codigo_de(n), "dato": n.clave.columna, "celda": str(n.celda or ""),
             "valor": _json(n.valor), "motivo": n.motivo}
            for n in fusion.no_traidos
        ],
        "filas_nuevas": [f"{celda.hoja}!{celda.fila}" for celda in fusion.filas_nuevas],
    }  # fmt: skip


def _conflicto(conflicto: Conflicto) -> dict[str, Any]:
    return {
        "codigo": conflicto.codigo,
        "dato": dato_de(conflicto),
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
