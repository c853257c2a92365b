"""Sheet Conflictos as it stands: what earlier merges left open, and what people decided about it since.

A person decides by writing in the book the value that is right, or «libro» or «copia» under Decisión.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from zedxl.edicion.cambio import Contenido, canonico
from zedxl.libro.hoja import Hoja, contenido
from zedxl.libro.hojas import CONFLICTOS, CONFLICTOS_APARTE, TITULOS_CONFLICTOS
from zedxl.libro.listado import Listado, buscar_listado
from zedxl.texto import como_texto, plano

CONFLICTO, NO_TRAIDO = "Conflicto", "No se trajo"

Fila = tuple[Contenido, ...]


class Preferencia(str, Enum):
    """Who is right in a conflict."""

    LIBRO = "libro"
    COPIA = "copia"


@dataclass(frozen=True, slots=True)
class Pendiente:
    """A row of the sheet, in the order of its titles."""

    valores: Fila

    @property
    def clave(self) -> tuple[str, str, str, str]:
        """What it is about: the copy, the code, the datum, and what the copy says."""
        return (self.copia, como_texto(self.valores[1]), como_texto(self.valores[2]), canonico(self.valores[6]))

    @property
    def copia(self) -> str:
        """The file of the copy."""
        return como_texto(self.valores[7])

    @property
    def decision(self) -> Preferencia | None:
        """What a person wrote about it on the sheet, None for nothing."""
        escrita = plano(como_texto(self.valores[11]))
        return Preferencia(escrita) if escrita in (p.value for p in Preferencia) else None

    @property
    def en_el_libro(self) -> Contenido:
        """What the book said when it was listed."""
        return self.valores[5]


@dataclass(frozen=True, slots=True)
class Pendientes:
    """The sheet: where it is (None: the book has none), the name that it has or is to have, and its rows."""

    nombre: str
    listado: Listado | None
    filas: tuple[Pendiente, ...] = ()


def leer_pendientes(hojas: Sequence[Hoja]) -> Pendientes:
    """What sheet Conflictos says; a sheet of that name with other titles is somebody else's."""
    for nombre in (CONFLICTOS, CONFLICTOS_APARTE):
        listado = buscar_listado(hojas, nombre, TITULOS_CONFLICTOS)
        if listado is not None:
            return Pendientes(listado.hoja.nombre, listado, tuple(_filas(listado)))
    ocupado = any(plano(hoja.nombre) == plano(CONFLICTOS) for hoja in hojas)
    return Pendientes(CONFLICTOS_APARTE if ocupado else CONFLICTOS, None)


def _filas(listado: Listado) -> Iterator[Pendiente]:
    for _, valores in listado.filas():
        yield Pendiente(tuple(contenido(valor) for valor in valores))
