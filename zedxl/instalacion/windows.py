"""What only Windows can tell or do; called on Windows alone, and importable anywhere."""

from __future__ import annotations

import ctypes
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from zedxl.instalacion.registro import Valor

_T = TypeVar("_T")

_DISCO_DE_RED = 4  # DRIVE_REMOTE
_RUTA_MAS_LARGA = 32768


class RegistroDeWindows:
    """The registry of this PC, as `zedxl.instalacion.registro.Registro`."""

    def __init__(self) -> None:
        self._winreg: Any = import_module("winreg")

    def valor(self, clave: str, nombre: str) -> Valor | None:
        """A value; None where it is not there or may not be read."""
        try:
            with self._abierta(clave, self._winreg.KEY_READ) as abierta:
                valor: Valor = self._winreg.QueryValueEx(abierta, nombre)[0]
                return valor
        except OSError:
            return None

    def valores(self, clave: str) -> tuple[Valor, ...]:
        """All the values of a key."""
        return self._todos(clave, lambda abierta, numero: self._winreg.EnumValue(abierta, numero)[1])

    def subclaves(self, clave: str) -> tuple[str, ...]:
        """The names of the keys below a key."""
        return self._todos(clave, self._winreg.EnumKey)

    def escribir(self, clave: str, nombre: str, valor: Valor) -> None:
        """Write a value, and the key if need be."""
        tipos = {int: self._winreg.REG_DWORD, str: self._winreg.REG_SZ, bytes: self._winreg.REG_BINARY}
        with self._winreg.CreateKeyEx(*self._partes(clave), access=self._winreg.KEY_WRITE) as abierta:
            self._winreg.SetValueEx(abierta, nombre, 0, tipos[type(valor)], valor)

    def borrar_valor(self, clave: str, nombre: str) -> bool:
        """Whether there was such a value to remove."""
        try:
            with self._abierta(clave, self._winreg.KEY_WRITE) as abierta:
                self._winreg.DeleteValue(abierta, nombre)
        except FileNotFoundError:
            return False
        return True

    def borrar_clave(self, clave: str) -> None:
        """Remove a key that has none below."""
        self._winreg.DeleteKey(*self._partes(clave))

    @contextmanager
    def _abierta(self, clave: str, acceso: int) -> Iterator[Any]:
        with self._winreg.OpenKeyEx(*self._partes(clave), access=acceso) as abierta:
            yield abierta

    def _todos(self, clave: str, enesimo: Callable[[Any, int], _T]) -> tuple[_T, ...]:
        """What is in a key, by asking for the first, the second… until there are no more."""
        hallados: list[_T] = []
        try:
            with self._abierta(clave, self._winreg.KEY_READ) as abierta:
                while True:
                    hallados.append(enesimo(abierta, len(hallados)))
        except OSError:
            return tuple(hallados)

    def _partes(self, clave: str) -> tuple[int, str]:
        raiz, _, ruta = clave.partition("\\")
        return {"HKCU": self._winreg.HKEY_CURRENT_USER, "HKLM": self._winreg.HKEY_LOCAL_MACHINE}[raiz], ruta


def nombre_corto(ruta: Path) -> str:
    """The 8.3 name of a file, in plain letters; its own name on a disk that keeps none."""
    corta = ctypes.create_unicode_buffer(_RUTA_MAS_LARGA)
    largo = _kernel32().GetShortPathNameW(str(ruta), corta, _RUTA_MAS_LARGA)
    return corta.value if largo else str(ruta)


def es_de_red(carpeta: Path) -> bool:
    r"""Whether a folder is on another machine: ``\\server\share``, or a letter given to one."""
    return carpeta.drive.startswith("\\\\") or _kernel32().GetDriveTypeW(carpeta.anchor) == _DISCO_DE_RED


def iniciar_aparte(orden: Sequence[str]) -> None:
    """Start a program that goes on when this one and its window are closed; OSError if it cannot be started."""
    nada = subprocess.DEVNULL
    aparte = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP  # type: ignore[attr-defined,unused-ignore]
    proceso = subprocess.Popen(orden, stdin=nada, stdout=nada, stderr=nada, cwd=Path.home(), creationflags=aparte)
    proceso.returncode = 0  # nobody waits for it: it is not to be warned of as one forgotten


def _kernel32() -> Any:
    return ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
