"""A button of the ribbon as its action sees it: the book it was pressed over, and what to answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from zedxl.errores import ErrorExplicado
from zedxl.excel.libro_vivo import LibroVivo
from zedxl.hallazgo import Hallazgo

_LINEAS_A_LA_VISTA = 5


class Icono(IntEnum):
    """The icon of a message: the constants of VBA's MsgBox."""

    AVISO = 48
    INFORMACION = 64


@dataclass(frozen=True, slots=True)
class Respuesta:
    """What Excel shows when a button has done its work; without ``texto``, nothing."""

    texto: str = ""
    icono: Icono = Icono.INFORMACION


@dataclass(frozen=True, slots=True)
class Pulsacion:
    """A button pressed: over which book, and why cells of Excel show errors, one reason a line."""

    vivo: LibroVivo | None
    motivos: str = ""

    @property
    def libro(self) -> LibroVivo:
        """The book; `SinLibro` where there is none that can be edited."""
        if self.vivo is None:
            raise SinLibro(
                "No hay ningún libro abierto que se pueda usar. Si el libro está en Vista protegida, pulse «Habilitar "
                "edición» y luego el botón."
            )
        return self.vivo


class SinLibro(ErrorExplicado):
    """A button that needs a book was pressed without one."""


def con_lo_que_falta(respuesta: Respuesta, hallazgos: Sequence[Hallazgo]) -> Respuesta:
    """The answer, with what a person should look at."""
    if not hallazgos:
        return respuesta
    partes = filter(None, (respuesta.texto, f"Conviene revisar:\n{lista(hallazgos)}"))
    return Respuesta("\n\n".join(partes), Icono.AVISO)


def lista(cosas: Iterable[object]) -> str:
    """As many of them as a dialog can show, one a line."""
    return primeras([f"• {cosa}" for cosa in cosas])


def primeras(lineas: Sequence[str]) -> str:
    """As many lines as a dialog can show, and how many more there are."""
    vistas = list(lineas[:_LINEAS_A_LA_VISTA])
    if len(lineas) > _LINEAS_A_LA_VISTA:
        vistas.append(f"… y {len(lineas) - _LINEAS_A_LA_VISTA} más.")
    return "\n".join(vistas)
