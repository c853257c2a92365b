"""zedxl inside LibreOffice Calc: an extension with the functions typed in cells and the menu "PEI".

Calc runs it with its own Python, 3.10 or newer, without any other package: what is bundled (`nucleo`) is pure Python.
Only `complemento` and `menu` talk to LibreOffice, and load its `uno` when they are used.
"""

IDENTIFICADOR = "pe.zedxl.calc"
"""The extension, as LibreOffice's extension manager knows it."""

SERVICIO_DE_FUNCIONES = "pe.zedxl.Funciones"
SERVICIO_DEL_MENU = "pe.zedxl.Menu"
