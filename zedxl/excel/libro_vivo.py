"""The book that a person has open in Excel: where it is, a copy of it as it is now, and words for its user."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zedxl.errores import ErrorExplicado
from zedxl.plan import Celda

if TYPE_CHECKING:
    import xlwings

_ELEGIR_CARPETA = 4  # msoFileDialogFolderPicker
_ACEPTADO = -1
_UN_RANGO = 8  # what InputBox is to give
_LETRAS_DE_LA_COPIA = 80  # Excel saves nothing under a path of more than 218


class LibroSinCopia(ErrorExplicado):
    """Excel could not save a copy of the book."""


class LibroSinCarpeta(ErrorExplicado):
    """The book is in no folder of this computer, so there is no place beside it."""


class CeldaDeOtroLibro(ErrorExplicado):
    """The person pointed at a cell of another book."""


class LibroVivo:
    """A book open in Excel. It is read from a copy, which holds what has not been saved yet too.

    What changes in it, `zedxl.excel.edicion_viva` writes.
    """

    def __init__(self, libro: xlwings.Book) -> None:
        self._libro: Any = libro.api

    @property
    def com(self) -> Any:
        """Excel's own object, a Workbook, for who writes in it."""
        return self._libro

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

    @property
    def usuario(self) -> str:
        """How Excel calls the person who uses it."""
        return str(self._libro.Application.UserName or "")

    def decir(self, paso: str) -> None:
        """Show in the status bar what is being done; the ribbon clears it."""
        self._libro.Application.StatusBar = f"zedxl: {paso}"

    def preguntar(self, pregunta: str, propuesta: str) -> str | None:
        """What the person types in a dialog, None when it is cancelled or left empty."""
        respuesta = self._libro.Application.InputBox(pregunta, "zedxl", propuesta)
        return None if respuesta is False else str(respuesta).strip() or None

    def senalar(self, pregunta: str, propuesta: Celda) -> Celda | None:
        """The first cell of those that the person points at in the book, None when it is cancelled.

        `CeldaDeOtroLibro` when they are in another one.
        """
        hoja = propuesta.hoja.replace("'", "''")
        senalado = self._libro.Application.InputBox(
            pregunta, "zedxl", f"'{hoja}'!{propuesta.referencia}", Type=_UN_RANGO
        )
        if senalado is False:
            return None
        suya = senalado.Worksheet
        if str(suya.Parent.FullName) != str(self._libro.FullName):
            raise CeldaDeOtroLibro(f"Esa celda es de otro libro, {suya.Parent.Name}. Señale una de «{self.nombre}».")
        return Celda(str(suya.Name), int(senalado.Row), int(senalado.Column))

    def elegir_archivos(self, titulo: str, filtro: str, varios: bool) -> tuple[Path, ...]:
        """The files that the person picks in a dialog, one or ``varios``; none when it is cancelled.

        ``filtro`` is Excel's: what each kind is called and its patterns, "Libros de Excel (*.xlsx),*.xlsx".
        """
        elegidos = self._libro.Application.GetOpenFilename(filtro, 1, titulo, "", varios)
        if elegidos is False:
            return ()
        return tuple(map(Path, elegidos)) if isinstance(elegidos, tuple | list) else (Path(elegidos),)

    def elegir_carpeta(self, titulo: str) -> Path | None:
        """The folder that the person picks in a dialog, None when it is cancelled."""
        dialogo = self._libro.Application.FileDialog(_ELEGIR_CARPETA)
        dialogo.Title = titulo
        return Path(dialogo.SelectedItems(1)) if dialogo.Show() == _ACEPTADO else None


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
