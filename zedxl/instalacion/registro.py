r"""The Windows registry as zedxl uses it: values and keys by their whole path, ``HKCU\…`` or ``HKLM\…``."""

from __future__ import annotations

from typing import Protocol

Valor = str | int | bytes

_OFFICE = r"Software\Microsoft\Office\16.0"
_POLITICAS = r"HKCU\Software\Policies\Microsoft\Office\16.0"
_VERSION_ACTUAL = r"Software\Microsoft\Windows\CurrentVersion"
_DEFENDER = r"Microsoft\Windows Defender"
_REGLAS_ASR = r"Windows Defender Exploit Guard\ASR\Rules"

SEGURIDAD = rf"HKCU\{_OFFICE}\Excel\Security"
SEGURIDAD_POR_POLITICA = rf"{_POLITICAS}\Excel\Security"
UBICACIONES = rf"{SEGURIDAD}\Trusted Locations"
UBICACIONES_POR_POLITICA = rf"{SEGURIDAD_POR_POLITICA}\Trusted Locations"
UBICACIONES_DE_OFFICE = rf"{_POLITICAS}\Common\Security\Trusted Locations"
DESACTIVADOS = rf"HKCU\{_OFFICE}\Excel\Resiliency\DisabledItems"
"""What Excel switched off by itself after it had closed badly."""

INICIO = rf"HKCU\{_VERSION_ACTUAL}\Run"
INICIO_APROBADO = rf"HKCU\{_VERSION_ACTUAL}\Explorer\StartupApproved\Run"
"""Where the Task Manager notes what a person switched off: a value whose first byte is odd."""

CARPETAS_DEL_USUARIO = rf"HKCU\{_VERSION_ACTUAL}\Explorer\User Shell Folders"
DESCARGAS = "{374DE290-123F-4565-9164-39C4925E467B}"

RUTAS_DE_EXCEL = tuple(rf"{raiz}\{_VERSION_ACTUAL}\App Paths\excel.exe" for raiz in ("HKCU", "HKLM"))

REGLAS_DE_DEFENDER = (rf"HKLM\Software\Policies\{_DEFENDER}\{_REGLAS_ASR}", rf"HKLM\Software\{_DEFENDER}\{_REGLAS_ASR}")
DEFENDER_POR_INTUNE = rf"HKLM\Software\Policies\{_DEFENDER}\Policy Manager"
SIN_PROCESOS_HIJOS = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"
"""Defender's rule that lets no Office program start another process."""


class Registro(Protocol):
    """Reads and writes the registry; upper and lower case are the same in every name."""

    def valor(self, clave: str, nombre: str) -> Valor | None:
        """A value, the unnamed one for ``""``; None where it is not there or may not be read."""

    def valores(self, clave: str) -> tuple[Valor, ...]:
        """All the values of a key."""

    def subclaves(self, clave: str) -> tuple[str, ...]:
        """The names of the keys below a key."""

    def escribir(self, clave: str, nombre: str, valor: Valor) -> None:
        """Write a value, and the key if need be; OSError where that is not allowed."""

    def borrar_valor(self, clave: str, nombre: str) -> bool:
        """Whether there was such a value to remove; OSError where that is not allowed."""

    def borrar_clave(self, clave: str) -> None:
        """Remove a key that has none below; OSError where that is not allowed."""
