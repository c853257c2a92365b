"""Making a wine prefix in which the Windows Python and COM work."""

from __future__ import annotations

import filecmp
import shutil
import subprocess
from pathlib import Path

from tests.windows.banco.dll_de_azar import dll_de_azar
from tests.windows.banco.partes_complejas import con_partes_complejas
from tests.windows.banco.wine import Wine, programa

_RECETA = 2  # to be raised when what is done here changes
_AZAR = "bcryptprimitives.dll"
_REGISTRO = (
    (r"HKCU\Software\Wine\Drivers", "Graphics", "null"),  # makes windows without any display
    (r"HKCU\Software\Wine\DllOverrides", "ucrtbase", "native,builtin"),  # the one with the parts of complex numbers
    (r"HKCU\Software\Wine", "Version", "win10"),
    (r"HKCU\Software\Wine\WineDbg", "ShowCrashDialog", "0"),
)


def preparar(wine: Wine) -> None:
    """Make the prefix, unless this very wine has made it already."""
    propias = _dlls_de_wine()
    marca = wine.prefijo / "hecho.txt"
    hecho = f"{_RECETA} {_version()} {(propias / 'user32.dll').stat().st_mtime}"
    if marca.exists() and marca.read_text("utf-8") == hecho:
        return
    wine.detener()
    shutil.rmtree(wine.prefijo, ignore_errors=True)
    wine.prefijo.mkdir(parents=True)
    wine.ejecutar("wineboot", "-i")
    for clave, nombre, valor in _REGISTRO:
        wine.ejecutar("reg", "add", clave, "/v", nombre, "/d", valor, "/f")
    wine.esperar()
    _cambiar_dlls(wine.prefijo / "drive_c/windows", propias)
    marca.write_text(hecho, "utf-8")


def _dlls_de_wine() -> Path:
    """The folder of wine's own DLLs. Debian's need the zlib1.dll that libwine's postinst copies there."""
    raiz = programa("wine64").resolve().parents[1]
    return next(raiz.glob("*/wine/x86_64-windows/user32.dll")).parent


def _version() -> str:
    return subprocess.run([programa("wine64"), "--version"], check=True, capture_output=True, text=True).stdout.strip()


def _cambiar_dlls(windows: Path, propias: Path) -> None:
    """64 bits only, links in the place of exact copies of wine's DLLs (a fifth of the size), and what wine 8 lacks."""
    shutil.rmtree(windows / "syswow64")
    (windows / "syswow64").mkdir()
    sistema = windows / "system32"
    for copia in (*sistema.iterdir(), *sistema.glob("drivers/*.sys")):
        original = propias / copia.name
        if copia.is_file() and not copia.is_symlink() and original.exists() and filecmp.cmp(copia, original, False):
            copia.unlink()
            copia.symlink_to(original)
    cambiada = con_partes_complejas((propias / "ucrtbase.dll").read_bytes())
    (sistema / "ucrtbase.dll").unlink()
    (sistema / "ucrtbase.dll").write_bytes(cambiada)
    if not (propias / _AZAR).exists():
        (sistema / _AZAR).write_bytes(dll_de_azar())
