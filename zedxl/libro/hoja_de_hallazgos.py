"""Sheet Validación: what validar found, written anew each time, with a link to each cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from zedxl.edicion.cambio import Cambio, Contenido, Edicion, HojaNueva, TablaHasta, Vinculo, canonico
from zedxl.hallazgo import Hallazgo
from zedxl.libro.direccion import leer_area
from zedxl.libro.hoja import Hoja, contenido
from zedxl.libro.hojas import FILA_DE_TITULOS, TABLA_DE_HALLAZGOS, TITULOS_HALLAZGOS, VALIDACION
from zedxl.libro.listado import Listado, buscar_listado
from zedxl.plan import Celda
from zedxl.texto import plano

OTRO_NOMBRE = "Hallazgos de zedxl"
"""For a book that has a sheet Validación of its own."""

_LUGAR = TITULOS_HALLAZGOS.index("Celda")
_ANCHOS = (13.0, 26.0, 20.0, 14.0, 70.0, 60.0)

Fila = tuple[Contenido, ...]


def nombre_de_la_hoja(hojas: Sequence[Hoja]) -> str:
    """The sheet of a book where findings are written, or would be."""
    listado = _listado(hojas)
    if listado is not None:
        return listado.hoja.nombre
    ocupado = any(plano(hoja.nombre) == plano(VALIDACION) for hoja in hojas)
    return OTRO_NOMBRE if ocupado else VALIDACION


def anotados(hojas: Sequence[Hoja], hallazgos: Sequence[Hallazgo]) -> Edicion:
    """The edit that makes the sheet say these findings and no others; it is added where there is none."""
    filas = [_fila(hallazgo) for hallazgo in hallazgos]
    listado = _listado(hojas)
    if listado is not None:
        return _reescrito(listado, filas, hallazgos)
    nombre = nombre_de_la_hoja(hojas)
    encabezado: tuple[Fila, ...] = (
        ("Validación",),
        ("Lo que encontró el botón Validar. Se escribe de nuevo cada vez.",),
        (),
        TITULOS_HALLAZGOS,
    )
    lugares = (Celda(nombre, FILA_DE_TITULOS + n, _LUGAR + 1) for n in range(1, len(filas) + 1))
    return Edicion(
        hojas=(HojaNueva(nombre, (*encabezado, *filas), _ANCHOS, FILA_DE_TITULOS, TABLA_DE_HALLAZGOS),),
        vinculos=tuple(_enlaces(zip(lugares, hallazgos, strict=True))),
    )


def _listado(hojas: Sequence[Hoja]) -> Listado | None:
    listados = (buscar_listado(hojas, nombre, TITULOS_HALLAZGOS) for nombre in (VALIDACION, OTRO_NOMBRE))
    return next((listado for listado in listados if listado is not None), None)


def _fila(hallazgo: Hallazgo) -> Fila:
    lugar = f"{hallazgo.hoja}!{hallazgo.celda}" if hallazgo.celda else hallazgo.hoja
    return (
        str(hallazgo.severidad), hallazgo.regla, lugar or None, hallazgo.codigo or None, hallazgo.mensaje,
        hallazgo.sugerencia or None,
    )  # fmt: skip


def _reescrito(listado: Listado, filas: Sequence[Fila], hallazgos: Sequence[Hallazgo]) -> Edicion:
    primera = listado.fila_de_titulos + 1
    cambios, enlazadas = [], []
    for fila in range(primera, max(listado.ultima_fila, listado.fila_de_titulos + len(filas)) + 1):
        n = fila - primera
        for titulo, nuevo in enumerate(filas[n] if n < len(filas) else (None,) * len(TITULOS_HALLAZGOS)):
            celda = listado.celda(fila, titulo)
            actual = contenido(listado.hoja.valor(celda.fila, celda.columna))
            if canonico(actual) != canonico(nuevo):
                como = listado.celda(primera, titulo) if fila > primera else None
                cambios.append(Cambio(celda, actual, nuevo, como=como))
        enlazadas.append((listado.celda(fila, _LUGAR), hallazgos[n] if n < len(filas) else None))
    ultima = listado.fila_de_titulos + max(len(filas), 1)
    tabla = TablaHasta(listado.celda(listado.fila_de_titulos), ultima, max(listado.columnas))
    return Edicion(anotaciones=tuple(cambios), tablas=(tabla,) if cambios else (), vinculos=tuple(_enlaces(enlazadas)))


def _enlaces(pares: Iterable[tuple[Celda, Hallazgo | None]]) -> Iterator[Vinculo]:
    return (Vinculo(celda, _destino(hallazgo) if hallazgo else None) for celda, hallazgo in pares)


def _destino(hallazgo: Hallazgo) -> Celda | None:
    """The cell of a finding, or the first one of its sheet."""
    if not hallazgo.hoja:
        return None
    area = leer_area(hallazgo.celda or "A1")
    return Celda(hallazgo.hoja, area.fila, area.columna)
