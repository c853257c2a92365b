"""The add-in: the same functions and ribbon for any other book.

``python -m zedxl.excel.complemento RUTA`` writes it.
"""

from __future__ import annotations

import sys
from datetime import datetime
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

from zedxl import __version__
from zedxl.archivo import escribir_entero, reempaquetar
from zedxl.excel import COMPLEMENTO
from zedxl.excel.macros import Destino, con_macros
from zedxl.libro.paquete import Paquete

_EXPLICACION = (
    "Complemento zedxl: funciones y pestaña PEI para cualquier libro de seguimiento.",
    "No se abre como un libro: lo coloca en su lugar la orden «zedxl instalar».",
)
_SIN_FECHA = datetime(2025, 1, 1)  # the same source gives the same bytes


def complemento() -> bytes:
    """The add-in as a file; the same version of zedxl gives the same bytes."""
    contenido = BytesIO()
    libro = Workbook(contenido, {"in_memory": True})
    libro.set_properties({"title": f"zedxl {__version__}", "subject": "Complemento PEI", "created": _SIN_FECHA})
    libro.add_worksheet("zedxl").write_column(0, 0, _EXPLICACION)
    libro.close()
    paquete = Paquete(Path(COMPLEMENTO), contenido.getvalue())
    return reempaquetar(con_macros(paquete, Destino.COMPLEMENTO), comprimido=False)


if __name__ == "__main__":
    escribir_entero(complemento(), Path(sys.argv[1]))
