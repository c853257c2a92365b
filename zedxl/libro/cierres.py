"""Sheet Cierres: the snapshots of the periods that were closed, one after the other; nothing in it is ever rewritten.

Each closing and each reopening is a numbered event (Suceso) of several rows. What was said last about a period counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from zedxl.codigo import PLAN
from zedxl.edicion.cambio import Cambio, Contenido, Edicion, HojaNueva, TablaHasta
from zedxl.instantanea import Clave, Instantanea, Renglon
from zedxl.libro.hoja import Hoja, contenido
from zedxl.libro.hojas import CIERRES, CIERRES_APARTE, FILA_DE_TITULOS, TITULOS_CIERRES
from zedxl.libro.listado import Listado, buscar_listado, hoja_llamada
from zedxl.libro.momento import leer_momento
from zedxl.medida import DatoInvalido
from zedxl.periodo import Periodo
from zedxl.plan import Celda
from zedxl.texto import como_texto

_CERRADO, _REABIERTO, _POR, _MOTIVO, _SHA256 = "Cerrado el", "Reabierto el", "Por", "Motivo", "SHA-256"
_DE_LA_CABEZA = (_CERRADO, _REABIERTO, _POR, _MOTIVO, _SHA256)
_ANCHOS = (10.0, 12.0, 12.0, 34.0, 18.0, 20.0, 22.0)

Fila = tuple[Contenido, ...]


@dataclass(frozen=True, slots=True)
class Cierres:
    """What sheet Cierres says: where it is, its last event, and the snapshot of each period that is closed.

    A book that has a sheet of that name with other titles keeps it; ``nombre`` is then another one.
    """

    nombre: str
    listado: Listado | None
    ultimo_suceso: int
    cerrados: dict[Periodo, Instantanea]


def leer_cierres(hojas: Sequence[Hoja]) -> Cierres:
    """The closings of a book; a row that was damaged leaves a snapshot that says so when it is compared."""
    listados = (buscar_listado(hojas, nombre, TITULOS_CIERRES) for nombre in (CIERRES, CIERRES_APARTE))
    listado = next((listado for listado in listados if listado is not None), None)
    # sorted, in case somebody sorted the sheet by something else
    filas = sorted((fila for _, fila in listado.filas()), key=lambda fila: _entero(fila[0])) if listado else []
    cerrados: dict[Periodo, Instantanea] = {}
    ultimo = 0
    for numero, suceso in groupby(filas, key=lambda fila: _entero(fila[0])):
        ultimo = max(ultimo, numero)
        _aplicar(list(suceso), cerrados)
    return Cierres(_nombre(hojas, listado), listado, ultimo, cerrados)


def filas_de_cierre(instantanea: Instantanea) -> Iterator[Fila]:
    """The rows of a closing, without the number of its event."""
    cabeza: list[tuple[str, Contenido]] = [(_CERRADO, instantanea.cuando), (_POR, instantanea.quien)]
    cabeza += [(_MOTIVO, instantanea.motivo)] if instantanea.motivo else []
    cabeza.append((_SHA256, instantanea.sha256))
    yield from _filas_de_cabeza(instantanea.periodo, cabeza)
    for renglon in instantanea.renglones:
        yield (str(instantanea.periodo), *renglon.clave, renglon.valor, renglon.celda or None)


def filas_de_reapertura(periodo: Periodo, cuando: datetime, quien: str, motivo: str) -> Iterator[Fila]:
    """The rows of a reopening, without the number of its event."""
    return _filas_de_cabeza(periodo, [(_REABIERTO, cuando), (_POR, quien), (_MOTIVO, motivo)])


def agregar(cierres: Cierres, filas: Iterable[Fila]) -> Edicion:
    """The edit that appends one event to the sheet, adding the sheet where the book has none."""
    numeradas = [(float(cierres.ultimo_suceso + 1), *fila) for fila in filas]
    if cierres.listado is None:
        return Edicion(hojas=(_hoja_nueva(cierres.nombre, numeradas),))
    listado, desde = cierres.listado, cierres.listado.ultima_fila + 1
    cambios = tuple(
        Cambio(listado.celda(fila, n), None, valor, como=listado.celda(desde - 1, n) if _hay_filas(cierres) else None)
        for fila, valores in enumerate(numeradas, desde)
        for n, valor in enumerate(valores)
        if valor is not None
    )
    ultima, titulo = desde + len(numeradas) - 1, listado.celda(listado.fila_de_titulos)
    return Edicion(anotaciones=cambios, tablas=(TablaHasta(titulo, ultima, max(listado.columnas), absorbe=True),))


def primera_celda(cierres: Cierres) -> Celda:
    """Where the next event will begin."""
    if cierres.listado is None:
        return Celda(cierres.nombre, FILA_DE_TITULOS + 1, 1)
    return cierres.listado.celda(cierres.listado.ultima_fila + 1)


def _nombre(hojas: Sequence[Hoja], listado: Listado | None) -> str:
    if listado is not None:
        return listado.hoja.nombre
    return CIERRES_APARTE if hoja_llamada(hojas, CIERRES) else CIERRES


def _hoja_nueva(nombre: str, filas: Sequence[Fila]) -> HojaNueva:
    encabezado: tuple[Fila, ...] = (
        ("Cierres",),
        ("Cómo estaba cada período cuando se cerró. Lo escribe zedxl; no lo modifique.",),
        (),
        TITULOS_CIERRES,
    )
    return HojaNueva(nombre, (*encabezado, *filas), _ANCHOS, FILA_DE_TITULOS, "tblCierres")


def _hay_filas(cierres: Cierres) -> bool:
    return cierres.listado is not None and cierres.listado.ultima_fila > cierres.listado.fila_de_titulos


def _filas_de_cabeza(periodo: Periodo, cabeza: Iterable[tuple[str, Contenido]]) -> Iterator[Fila]:
    return ((str(periodo), PLAN, None, dato, valor, None) for dato, valor in cabeza)


def _aplicar(suceso: Sequence[Sequence[Any]], cerrados: dict[Periodo, Instantanea]) -> None:
    """Let one event decide whether its period is closed, and as what."""
    try:
        periodo = Periodo.leer(como_texto(suceso[0][1]))
    except DatoInvalido:
        return
    cabeza = {como_texto(f[4]): f[5] for f in suceso if como_texto(f[2]) == PLAN and como_texto(f[4]) in _DE_LA_CABEZA}
    if _REABIERTO in cabeza:
        cerrados.pop(periodo, None)
        return
    cerrados[periodo] = Instantanea(
        periodo=periodo,
        renglones=tuple(_renglon(fila) for fila in suceso if como_texto(fila[4]) not in _DE_LA_CABEZA),
        cuando=leer_momento(cabeza.get(_CERRADO)) or datetime.min,
        quien=como_texto(cabeza.get(_POR)),
        sha256=como_texto(cabeza.get(_SHA256)),
        motivo=como_texto(cabeza.get(_MOTIVO)),
    )


def _renglon(fila: Sequence[Any]) -> Renglon:
    _, _, codigo, indicador, dato, valor, celda = fila
    clave = Clave(*(como_texto(parte) for parte in (codigo, indicador, dato)))
    return Renglon(clave, contenido(valor), como_texto(celda))


def _entero(valor: Any) -> int:
    return int(valor) if isinstance(valor, int | float) else 0
