"""A console of Windows: what a command shows in it, and Ctrl-C."""

from __future__ import annotations

import sys

assert sys.platform == "win32"

import ctypes
import msvcrt
import os
import signal
import subprocess

import win32con
import win32console
import win32file


class Consola:
    """The console of this process, which the commands that it starts share.

    A process has one for good: wine does not let it press Ctrl-C in a second one. From then on it does not hear Ctrl-C.
    """

    def __init__(self) -> None:
        ctypes.windll.kernel32.FreeConsole()
        assert ctypes.windll.kernel32.AllocConsole()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        acceso = win32con.GENERIC_READ | win32con.GENERIC_WRITE
        compartido = win32con.FILE_SHARE_READ | win32con.FILE_SHARE_WRITE
        mango = win32file.CreateFile("CONOUT$", acceso, compartido, None, win32con.OPEN_EXISTING, 0, None)
        self._pantalla = win32console.PyConsoleScreenBufferType(mango.Detach())
        self._salida = msvcrt.open_osfhandle(int(self._pantalla), 0)

    def pulsar_ctrl_c(self) -> None:
        """Press it: all processes of the console hear it, as with the keyboard."""
        os.kill(0, signal.CTRL_C_EVENT)

    def zedxl(self, *argumentos: object) -> tuple[int, list[str]]:
        """Run a command as a person does: its exit code, and the rows that it leaves on the screen."""
        ancho = self._pantalla.GetConsoleScreenBufferInfo()["Size"].X
        desde = self._fila()
        codigo = subprocess.run(
            [sys.executable, "-m", "zedxl", *map(str, argumentos)],
            stdin=subprocess.DEVNULL, stdout=self._salida, stderr=self._salida, check=False,
            env={nombre: valor for nombre, valor in os.environ.items() if nombre != "PYTHONIOENCODING"},
        ).returncode  # fmt: skip
        filas = range(desde, self._fila())
        return codigo, [
            self._pantalla.ReadConsoleOutputCharacter(ancho, win32console.PyCOORDType(0, fila)).rstrip()
            for fila in filas
        ]

    def _fila(self) -> int:
        return int(self._pantalla.GetConsoleScreenBufferInfo()["CursorPosition"].Y)
