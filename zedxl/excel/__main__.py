"""``pythonw -m zedxl.excel CLSID``: the process that computes for Excel until Excel, or the session, ends it."""

from __future__ import annotations

import sys
from types import ModuleType

from zedxl.excel import CLSID_RESIDENTE


def servir(clsid: str) -> None:
    """Serve xlwings' COM object under ``clsid`` and answer calls until told to quit; Windows only."""
    _importar_xlwings()
    import xlwings

    import udfs.excel
    from zedxl.excel import botones

    _fijar(udfs.excel, botones)
    ancla = _ancla() if clsid == CLSID_RESIDENTE else None  # noqa: F841  (held while it serves)
    xlwings.serve(clsid)  # type: ignore  # another one off Windows, and without types on it


def _ancla() -> object:
    """A COM object that nobody calls: pywin32 ends a server with its last object, and this must outlive every Excel."""
    from win32com.server.util import wrap  # type: ignore[import-untyped,import-not-found,unused-ignore]

    return wrap(_SinNada())


class _SinNada:
    _public_methods_ = ()


def _importar_xlwings() -> None:
    """Import xlwings without pandas, which it would load for conversions that zedxl does not use.

    That halves the start and the cost of large results; whoever asks for pandas later gets it.
    """
    ausentes = [nombre for nombre in ("numpy", "pandas") if nombre not in sys.modules]
    for nombre in ausentes:
        sys.modules[nombre] = None  # type: ignore[assignment]  # makes `import` fail, as if it were not installed
    try:
        import xlwings  # noqa: F401
    finally:
        for nombre in ausentes:
            del sys.modules[nombre]


def _fijar(*modulos: ModuleType) -> None:
    """Have xlwings call these modules as they are now.

    It would ask for the date of their files at every call, which costs more than the call, and reload the ones that an
    upgrade has replaced among others that it has not.
    """
    from xlwings import udfs

    for modulo in modulos:
        udfs.udf_modules[modulo.__name__] = {"filename": modulo.__file__, "filetime": None, "module": modulo}


if __name__ == "__main__":
    servir(sys.argv[1])
