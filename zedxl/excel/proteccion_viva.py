"""The protection of a sheet that is open in Excel: what it allows, lifting it, putting the very same back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from zedxl.edicion.cambio import EdicionImposible

_PERMISOS = (
    "AllowFormattingCells",
    "AllowFormattingColumns",
    "AllowFormattingRows",
    "AllowInsertingColumns",
    "AllowInsertingRows",
    "AllowInsertingHyperlinks",
    "AllowDeletingColumns",
    "AllowDeletingRows",
    "AllowSorting",
    "AllowFiltering",
    "AllowUsingPivotTables",
)
"""What can be allowed, in the order in which Worksheet.Protect takes it."""

_SIN_CLAVE = ""


@dataclass(frozen=True, slots=True)
class Proteccion:
    """How a sheet is protected; ``seleccion`` says which cells can be selected, as Excel numbers it."""

    permisos: frozenset[str]
    objetos: bool = True
    escenarios: bool = True
    solo_para_personas: bool = False
    seleccion: int = 0

    def poner(self, hoja: Any) -> None:
        """Protect a sheet like this, without a password."""
        permisos = (permiso in self.permisos for permiso in _PERMISOS)
        hoja.Protect(_SIN_CLAVE, self.objetos, True, self.escenarios, self.solo_para_personas, *permisos)
        hoja.EnableSelection = self.seleccion


PROPIA = Proteccion(frozenset({"AllowFormattingColumns", "AllowFormattingRows", "AllowFiltering"}))
"""The protection of the sheets of the shipped book: `zedxl.libro.construccion.lienzo.Hoja.proteger`."""


def leer(hoja: Any) -> Proteccion:
    """The protection of a sheet that is protected."""
    que = hoja.Protection
    return Proteccion(
        frozenset(permiso for permiso in _PERMISOS if getattr(que, permiso)),
        bool(hoja.ProtectDrawingObjects),
        bool(hoja.ProtectScenarios),
        bool(hoja.ProtectionMode),
        int(hoja.EnableSelection),
    )


def quitar(hoja: Any) -> None:
    """Lift the protection of a sheet; `EdicionImposible` when that takes a password."""
    with suppress(Exception):  # what counts is whether it is protected still
        hoja.Unprotect(_SIN_CLAVE)  # with no argument at all Excel would ask for the password
    if hoja.ProtectContents:
        raise EdicionImposible(
            f"La hoja «{hoja.Name}» está protegida con contraseña y no se puede escribir en ella. Quite la protección "
            "(Revisar > Desproteger hoja) y repita la operación. No se cambió nada."
        )
