"""The menu "PEI" of Calc: the open book, the dialogs.

Loaded by LibreOffice's own Python.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from zedxl.calc import SERVICIO_DEL_MENU
from zedxl.calc.pulsacion import Respuesta, responder
from zedxl.errores import ErrorExplicado

SERVICIOS = (SERVICIO_DEL_MENU,)

_FILTRO = "Calc MS Excel 2007 XML"
_INTERFACES = ("com.sun.star.task.XJobExecutor", "com.sun.star.lang.XServiceInfo")


class LibroSinCarpeta(ErrorExplicado):
    """The book is in no folder of this computer, so there is no place beside it."""


class LibroSinCopia(ErrorExplicado):
    """LibreOffice could not save a copy of the book."""


class LibroDeCalc:
    """A book open in Calc. It is only read, and that from a copy which holds what has not been saved yet too."""

    def __init__(self, documento: Any) -> None:
        self._documento = documento

    @property
    def carpeta(self) -> Path:
        """Where its file is; `LibroSinCarpeta` when it has none on this computer or its network."""
        direccion = str(self._documento.URL)
        if not direccion.startswith("file:"):
            raise LibroSinCarpeta(
                f"«{self._documento.Title}» no está en una carpeta de este equipo. Guárdelo en una: el informe se "
                "escribe junto al libro."
            )
        return Path(import_module("uno").fileUrlToSystemPath(direccion)).parent

    @contextmanager
    def copia(self) -> Iterator[Path]:
        """A file with the book as it is now; it is gone when the block ends."""
        uno = import_module("uno")
        filtro = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        filtro.Name, filtro.Value = "FilterName", _FILTRO
        with tempfile.TemporaryDirectory(prefix="zedxl-", ignore_cleanup_errors=True) as carpeta:
            copia = Path(carpeta, f"{Path(self._documento.Title).stem}.xlsx")
            try:
                self._documento.storeToURL(uno.systemPathToFileUrl(str(copia)), (filtro,))
            except Exception as error:
                raise LibroSinCopia(
                    f"LibreOffice no pudo guardar una copia temporal de «{self._documento.Title}». Si está editando "
                    "una celda, termine con Entrar; si falta espacio en el disco, libérelo. Luego intente de nuevo."
                ) from error
            yield copia


class Menu:
    """Answers the entries of the menu over the document that is in front."""

    def __init__(self, contexto: Any, *_argumentos: object) -> None:
        self._contexto = contexto

    def trigger(self, accion: str) -> None:
        """Do what the entry is for and show what came of it."""
        documento = self._crear("com.sun.star.frame.Desktop").getCurrentComponent()
        self._mostrar(responder(accion, LibroDeCalc(documento)), documento)

    def getImplementationName(self) -> str:  # noqa: N802  (LibreOffice's name)
        """The name under which the component is registered."""
        return SERVICIO_DEL_MENU

    def getSupportedServiceNames(self) -> tuple[str, ...]:  # noqa: N802
        """What this component is."""
        return SERVICIOS

    def supportsService(self, nombre: str) -> bool:  # noqa: N802
        """Whether it is that."""
        return nombre in SERVICIOS

    def _mostrar(self, respuesta: Respuesta, documento: Any) -> None:
        """Open the document, then the text in a dialog; a LibreOffice without windows closes that at once."""
        if respuesta.documento is not None:
            direccion = import_module("uno").systemPathToFileUrl(str(respuesta.documento))
            self._crear("com.sun.star.frame.Desktop").loadComponentFromURL(direccion, "_blank", 0, ())
        if respuesta.texto:
            uno = import_module("uno")
            clase = uno.Enum("com.sun.star.awt.MessageBoxType", "WARNINGBOX" if respuesta.aviso else "INFOBOX")
            ventana = documento.getCurrentController().getFrame().getContainerWindow()
            aceptar = uno.getConstantByName("com.sun.star.awt.MessageBoxButtons.BUTTONS_OK")
            herramientas = self._crear("com.sun.star.awt.Toolkit")
            herramientas.createMessageBox(ventana, clase, aceptar, "PEI", respuesta.texto).execute()

    def _crear(self, servicio: str) -> Any:
        return self._contexto.ServiceManager.createInstanceWithContext(servicio, self._contexto)


def clase() -> type:
    """The component."""
    uno, unohelper = import_module("uno"), import_module("unohelper")
    return type("MenuPEI", (Menu, unohelper.Base, *(uno.getClass(interfaz) for interfaz in _INTERFACES)), {})
