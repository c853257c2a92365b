"""Watches the books that are open, so that in their formulas an empty cell is never taken for a zero."""

from __future__ import annotations

import sys
import traceback
from importlib import import_module
from typing import Any

from zedxl.calc.referencias import ensanchar

_AL_ABRIR = "OnLoadFinished"
_LIBRO = "com.sun.star.sheet.SpreadsheetDocument"
_INTERFACES = ("com.sun.star.document.XDocumentEventListener", "com.sun.star.awt.XCallback")


class Vigia:
    """Looks at a book when it is opened, and again when one of its calls is given a zero."""

    def __init__(self, contexto: Any) -> None:
        self._contexto = contexto
        self._pendientes: dict[str, Any] = {}

    def documentEventOccured(self, evento: Any) -> None:  # noqa: N802  (the spelling is LibreOffice's)
        """Something happened to a document."""
        if evento.EventName == _AL_ABRIR and evento.Source.supportsService(_LIBRO):
            _mirar(evento.Source)

    def dudar(self, documento: Any) -> None:
        """A call of this book was given a zero: look at the book once Calc has computed.

        A call that comes from no book, but from a program, brings something else in its place.
        """
        cual = getattr(documento, "RuntimeUID", None)
        if cual is not None and cual not in self._pendientes:
            self._pendientes[cual] = documento
            crear = self._contexto.ServiceManager.createInstanceWithContext
            crear("com.sun.star.awt.AsyncCallback", self._contexto).addCallback(self, cual)

    def notify(self, cual: str) -> None:
        """Calc has computed."""
        _mirar(self._pendientes.pop(cual))

    def disposing(self, _evento: Any) -> None:
        """Nothing to do: LibreOffice is ending."""


def poner_vigia(contexto: Any) -> Vigia:
    """A watcher that hears of the books that are opened from now on."""
    uno, unohelper = import_module("uno"), import_module("unohelper")
    clase = type("VigiaUno", (Vigia, unohelper.Base, *(uno.getClass(interfaz) for interfaz in _INTERFACES)), {})
    vigia: Vigia = clase(contexto)
    contexto.getByName("/singletons/com.sun.star.frame.theGlobalEventBroadcaster").addDocumentEventListener(vigia)
    return vigia


def _mirar(documento: Any) -> None:
    try:
        ensanchar(documento)
    except Exception:  # a book closed meanwhile, say: nothing that may keep one from being opened or edited
        traceback.print_exc(file=sys.stderr)
