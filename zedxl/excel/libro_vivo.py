"""The book that a person has open in Excel: where it is, a copy of it as it is now, and words for its user."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zedxl.errores import ErrorExplicado

if TYPE_CHECKING:
    import xlwings

_LETRAS_DE_LA_COPIA = 80  # Excel saves nothing under a path of more than 218


class LibroSinCopia(ErrorExplicado):
    """Excel could not save a copy of the book."""


class LibroSinCarpeta(ErrorExplicado):
    """The book is in no folder of this computer, so there is no place beside it."""


class LibroVivo:
    """A book open in Excel. It is only read, and that from a copy which holds what has not been saved yet too."""

    def __init__(self, libro: xlwings.Book) -> None:
        self._libro: Any = libro.api

    @property
    def nombre(self) -> str:
        """Its file name, or the provisional one of a book that was never saved."""
        return str(self._libro.Name)

    @property
    def ruta(self) -> Path:
        """Its file on this computer or its network; `LibroSinCarpeta` when it has none, or is only in the cloud."""
        if not self._libro.Path:
            raise LibroSinCarpeta(
                f"«{self.nombre}» todavía no se ha guardado. Guárdelo en una carpeta: el informe se escribe junto a él."
            )
        completa = str(self._libro.FullName)
        return _copia_local(completa) if "://" in completa else Path(completa)

    @contextmanager
    def copia(self) -> Iterator[Path]:
        """A file with the book as it is now, unsaved edits included; it is gone when the block ends."""
        with tempfile.TemporaryDirectory(prefix="zedxl-", ignore_cleanup_errors=True) as carpeta:
            nombre = Path(self.nombre)
            copia = Path(carpeta) / f"{nombre.stem[:_LETRAS_DE_LA_COPIA]}{nombre.suffix or '.xlsx'}"
            try:
                self._libro.SaveCopyAs(str(copia))
            except Exception as error:
                raise LibroSinCopia(
                    f"Excel no pudo guardar una copia temporal de «{self.nombre}». Si está editando una celda, termine "
                    "con Entrar; si falta espacio en el disco, libérelo. Luego intente de nuevo."
                ) from error
            yield copia

    def decir(self, paso: str) -> None:
        """Show in the status bar what is being done; the ribbon clears it."""
        self._libro.Application.StatusBar = f"zedxl: {paso}"

    def preguntar(self, pregunta: str, propuesta: str) -> str | None:
        """What the person types in a dialog, None when it is cancelled or left empty."""
        respuesta = self._libro.Application.InputBox(pregunta, "zedxl", propuesta)
        return None if respuesta is False else str(respuesta).strip() or None


def abrir(ruta: Path) -> None:
    """Open a file or folder with the program that the person uses for it; OSError when there is none."""
    os.startfile(ruta)  # type: ignore[attr-defined,unused-ignore]  # Windows only, as this module is


def _copia_local(direccion: str) -> Path:
    """Where OneDrive or SharePoint keep on this computer the file that Excel knows by its address."""
    from xlwings.utils import fullname_url_to_local_path

    try:
        ruta = fullname_url_to_local_path(direccion)
    except Exception:
        ruta = None
    if not ruta:
        raise LibroSinCarpeta(
            "El libro está en la nube (OneDrive o SharePoint) y no se encuentra su carpeta en este equipo. Guarde una "
            "copia en una carpeta de su equipo y pulse el botón desde ella."
        )
    return Path(ruta)
