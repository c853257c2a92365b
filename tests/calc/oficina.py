"""A LibreOffice of the tests' own: its profile, its process, and the script that talks to it."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest

from zedxl.calc import partes
from zedxl.calc.extension import contenido
from zedxl.calc.instalacion import CalcNoInstalado, carpeta_del_programa, comprobar_libreoffice

PYTHON_DEL_SISTEMA = Path("/usr/bin/python3")
GUION = Path(__file__).with_name("guion.py")
SEGUNDOS = 60


def hace_falta_calc() -> None:
    """Skip a test on a computer without a LibreOffice that can run it; in CI there must be one."""
    motivo = _lo_que_falta()
    if motivo and os.environ.get("CI"):
        pytest.fail(f"CI needs LibreOffice Calc 25.2 and python3-uno: {motivo}")
    if motivo:
        pytest.skip(f"not tested in LibreOffice Calc: {motivo}")


@cache
def _lo_que_falta() -> str:
    try:
        comprobar_libreoffice()
    except CalcNoInstalado as error:
        return str(error)
    prueba = [str(PYTHON_DEL_SISTEMA), "-c", "import uno"]
    if not PYTHON_DEL_SISTEMA.is_file() or subprocess.run(prueba, capture_output=True, check=False).returncode:
        return "python3-uno is not installed (apt install libreoffice-calc-nogui python3-uno)"
    return ""


@cache
def oficina() -> Oficina:
    """The LibreOffice that all tests share, with the extension loaded from the sources; it ends with the tests."""
    carpeta = Path(tempfile.mkdtemp(prefix="zedxl-calc-"))
    atexit.register(shutil.rmtree, carpeta, ignore_errors=True)
    compartida = Oficina(carpeta, _sin_instalar(carpeta / "extension"))
    atexit.register(compartida.cerrar)
    return compartida


class Oficina:
    """A running LibreOffice; ``como`` goes before its command, to run it as somebody else."""

    def __init__(self, carpeta: Path, opciones: Sequence[str] = (), como: Sequence[str] = (), hogar: str = "") -> None:
        tubo = f"zedxl{os.getpid()}{carpeta.name}"
        programa = carpeta_del_programa(comprobar_libreoffice()) / "soffice.bin"
        perfil = [] if hogar else [f"-env:UserInstallation={(carpeta / 'perfil').as_uri()}"]
        orden = [*como, str(programa), "--headless", "--norestore", "--nologo", *perfil, *opciones]
        entorno = _entorno() | ({"HOME": hogar} if hogar else {})
        # the first start on an empty profile only makes it, and says so
        subprocess.run([*orden, "--terminate_after_init"], env=entorno, timeout=SEGUNDOS, check=False, **_CALLADO)
        self._programa = subprocess.Popen([*orden, f"--accept=pipe,name={tubo};urp"], env=entorno, **_CALLADO)
        self._guion = subprocess.Popen(
            [*como, str(PYTHON_DEL_SISTEMA), str(GUION), tubo],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=entorno,
        )  # fmt: skip
        try:
            assert self._leer() == "listo"
        except AssertionError:
            self._matar()
            raise

    def pedir(self, orden: str, *argumentos: object) -> Any:
        """Ask for one of the things that `tests.calc.guion.Guion` does."""
        assert self._guion.stdin is not None
        self._guion.stdin.write(json.dumps([orden, argumentos]) + "\n")
        self._guion.stdin.flush()
        respuesta = self._leer()
        assert "valor" in respuesta, respuesta
        return respuesta["valor"]

    def cerrar(self) -> None:
        """End both processes, whatever state they are in."""
        try:
            self._guion.communicate(json.dumps(["terminar", []]) + "\n", timeout=SEGUNDOS)
            self._programa.wait(SEGUNDOS)
        finally:
            self._matar()

    def __enter__(self) -> Oficina:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.cerrar()

    def _matar(self) -> None:
        for proceso in (self._guion, self._programa):
            proceso.kill()
            proceso.communicate()

    def _leer(self) -> Any:
        assert self._guion.stdout is not None
        linea = self._guion.stdout.readline()
        assert linea, f"LibreOffice ended: {self._programa.poll()}, and the script: {self._guion.poll()}"
        return json.loads(linea)


def convertir_recalculando(libro: Path, carpeta: Path) -> Callable[[], None]:
    """A task: LibreOffice as a process of its own opens a book, computes all of it with the functions and saves it."""
    usuario = carpeta / "perfil" / "user"
    usuario.mkdir(parents=True)
    (usuario / "registrymodifications.xcu").write_text(_SIEMPRE_RECALCULA, encoding="utf-8")
    programa = carpeta_del_programa(comprobar_libreoffice()) / "soffice.bin"
    perfil = f"-env:UserInstallation={(carpeta / 'perfil').as_uri()}"
    orden = [str(programa), "--headless", "--norestore", perfil, *_sin_instalar(carpeta / "extension")]
    subprocess.run([*orden, "--terminate_after_init"], env=_entorno(), timeout=SEGUNDOS, check=False, **_CALLADO)
    conversion = [*orden, "--convert-to", "xlsx", "--outdir", str(carpeta / "salida"), str(libro)]

    def tarea() -> None:
        subprocess.run(conversion, env=_entorno(), timeout=600, check=True, **_CALLADO)

    return tarea


_SIEMPRE_RECALCULA = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""

_CALLADO: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def _entorno() -> dict[str, str]:
    """The environment without our virtual one, whose Python in the PATH would keep LibreOffice's own from starting."""
    propio = str(Path(sys.executable).parent)
    carpetas = os.environ["PATH"].split(os.pathsep)
    return {**os.environ, "PATH": os.pathsep.join(carpeta for carpeta in carpetas if carpeta != propio)}


def _sin_instalar(carpeta: Path) -> list[str]:
    """The options that load the extension from a folder, which needs no `unopkg` and works as root too."""
    for nombre, parte in contenido(Path(sys.executable)).items():
        (carpeta / nombre).parent.mkdir(parents=True, exist_ok=True)
        (carpeta / nombre).write_bytes(parte)
    propios, suyos = carpeta.as_uri(), carpeta_del_programa(comprobar_libreoffice()).as_uri()
    return [
        f"-env:URE_MORE_TYPES=<{suyos}/types>* {propios}/{partes.TIPOS}",
        f"-env:URE_MORE_SERVICES=<{suyos}/services>* {propios}/{partes.COMPONENTES}",
    ]
