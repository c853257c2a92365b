"""Running Windows programs under Debian's wine64: where it is, its environment, its standard streams."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import IO

_DEBIAN = Path("/usr/lib/wine")
_LO_MAS_LARGO = 1800  # seconds that a program may run: a server that hangs must not hold everything up
_AJENAS = ("DISPLAY", "WAYLAND_DISPLAY", "PYTHONHOME", "PYTHONPATH", "LANG", "LANGUAGE")


class FaltaWine(Exception):
    """There is no wine64 and it cannot be installed from here."""


@dataclass(frozen=True)
class Wine:
    """A wine prefix: a C: drive and a registry of its own. Nothing shows on a screen."""

    prefijo: Path
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def entorno(self) -> dict[str, str]:
        """The environment for programs of this prefix."""
        heredadas = {nombre: valor for nombre, valor in os.environ.items() if nombre not in _AJENAS}
        return heredadas | {
            "WINEPREFIX": str(self.prefijo),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml,winemenubuilder.exe=",
            "LC_ALL": "C.UTF-8",
            "PYTHONIOENCODING": "utf-8",
            **self.variables,
        }

    def ejecutar(self, *orden: str | Path) -> None:
        """Run a program silently; CalledProcessError when it fails."""
        subprocess.run(
            [str(programa("wine64")), *map(str, orden)],
            env=self.entorno,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def mostrar(self, orden: Sequence[str | Path], carpeta: Path) -> int:
        """Run a program in a folder, its output on ours as it comes, then end what it left running; its exit code.

        A pipe stands between, because wine 8 cannot describe a plain file that Python gets as a standard stream. Servers
        that outlive the program hold the pipe open.
        """
        with subprocess.Popen(
            [str(programa("wine64")), *map(str, orden)],
            cwd=carpeta,
            env=self.entorno,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ) as proceso:
            assert proceso.stdout is not None
            lector = Thread(target=_copiar, args=(proceso.stdout,))
            lector.start()
            vencido = False
            try:
                proceso.wait(_LO_MAS_LARGO)
            except subprocess.TimeoutExpired:
                vencido = True
                print(f"Ended: it was still running after {_LO_MAS_LARGO} s.", file=sys.stderr)
            self.detener()
            lector.join()
            return proceso.wait() or (1 if vencido else 0)

    def esperar(self) -> None:
        """Wait until every process of the prefix has ended and the registry is on disk."""
        subprocess.run([str(programa("wineserver64")), "-w"], env=self.entorno, check=True)

    def detener(self) -> None:
        """End every process of this prefix, and of no other."""
        if self.prefijo.is_dir():
            subprocess.run([str(programa("wineserver64")), "-k"], env=self.entorno, check=False)


def _copiar(salida: IO[bytes]) -> None:
    while linea := salida.readline():
        sys.stdout.buffer.write(linea.replace(b"\r\n", b"\n"))
        sys.stdout.buffer.flush()


def programa(nombre: str) -> Path:
    """The path of wine64 or wineserver64; `FaltaWine` without it."""
    if (_DEBIAN / nombre).exists():
        return _DEBIAN / nombre
    if hallado := shutil.which(nombre):
        return Path(hallado)
    raise FaltaWine(nombre)


def instalar_si_falta() -> None:
    """Install wine64 as root, otherwise raise `FaltaWine`.

    The package alone is enough: no wine32, no display. Its zlib1.dll comes with libz-mingw-w64, and libwine's postinst
    puts it among wine's DLLs; without it no program starts.
    """
    try:
        programa("wine64")
    except FaltaWine:
        if sys.platform == "win32" or os.geteuid() != 0 or shutil.which("apt-get") is None:
            raise
        print("Installing: wine64", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "wine64"],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdout=subprocess.DEVNULL,
            check=True,
        )


def ruta_de_windows(ruta: Path) -> str:
    r"""A path of this machine as Windows programs see it.

    >>> ruta_de_windows(Path("/tmp/a b"))
    'Z:\\tmp\\a b'
    """
    return "Z:" + str(ruta).replace("/", "\\")
