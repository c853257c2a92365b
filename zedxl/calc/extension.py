"""The extension ``zedxl.oxt``.

``python -m zedxl.calc.extension RUTA`` writes it.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from zedxl.archivo import escribir_entero, reempaquetar
from zedxl.calc import nucleo, partes

ARCHIVO = "zedxl.oxt"
INTERPRETE = "pythonpath/zedxl/calc/interprete.txt"
"""The part that names the Python where zedxl is installed, for the menu."""


def contenido(interprete: Path | None = None) -> dict[str, bytes]:
    """The parts of the extension by name; ``interprete`` is the Python whose zedxl the menu runs."""
    textos = {
        "META-INF/manifest.xml": partes.manifiesto(),
        "description.xml": partes.descripcion(),
        partes.MENU: partes.menu(),
        partes.COMPONENTES: partes.componentes(),
        partes.TIPOS: partes.tipos(),
    }
    todas = {nombre: texto.encode() for nombre, texto in textos.items()}
    todas["componente.py"] = Path(__file__).with_name("componente.py").read_bytes().replace(b"\r\n", b"\n")
    todas |= {f"pythonpath/{ruta}": fuente for ruta, fuente in nucleo.modulos().items()}
    if interprete is not None:
        todas[INTERPRETE] = str(interprete).encode()
    return todas


def extension(interprete: Path | None = None) -> bytes:
    """The extension as a file; the same version of zedxl gives the same bytes."""
    paquete = BytesIO()
    with ZipFile(paquete, "w") as destino:
        for nombre, parte in contenido(interprete).items():
            destino.writestr(nombre, parte)
    return reempaquetar(paquete.getvalue(), comprimido=False)


if __name__ == "__main__":
    escribir_entero(extension(), Path(sys.argv[1]))
