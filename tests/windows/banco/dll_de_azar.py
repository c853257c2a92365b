"""A bcryptprimitives.dll for wine 8, which has none: Rust's standard library, and so python-calamine, loads it.

It holds no code. Its one export, ProcessPrng, is forwarded to advapi32's SystemFunction036 (RtlGenRandom), which takes the
same two arguments and also fills a buffer with random bytes.
"""

from __future__ import annotations

import struct

_NOMBRE, _FUNCION, _DESTINO = b"bcryptprimitives.dll", b"ProcessPrng", b"advapi32.SystemFunction036"
_BASE = 0x180000000
_BLOQUE_EN_ARCHIVO, _BLOQUE_EN_MEMORIA = 0x200, 0x1000
_SECCION = _BLOQUE_EN_MEMORIA  # where the only section is in memory
_AMD64, _PE32_PLUS = 0x8664, 0x20B
_CABECERA_DOS, _CABECERA_OPCIONAL = 0x40, 0xF0
_EJECUTABLE, _DIRECCIONES_LARGAS, _DLL = 0x0002, 0x0020, 0x2000
_LEIBLE = 0x40000040  # a section of initialised data that is only read


def dll_de_azar() -> bytes:
    """The file."""
    exportacion = _exportacion()
    cabeceras = _cabecera_dos() + _cabecera_pe() + _cabecera_opcional(len(exportacion)) + _seccion(len(exportacion))
    return cabeceras.ljust(_BLOQUE_EN_ARCHIVO, b"\0") + exportacion.ljust(_BLOQUE_EN_ARCHIVO, b"\0")


def _exportacion() -> bytes:
    """The export directory: its fields, three tables of one entry each, then the names."""
    tablas = _SECCION + 40
    nombres = tablas + 4 + 4 + 2
    funcion = nombres + len(_NOMBRE) + 1
    destino = funcion + len(_FUNCION) + 1
    campos = struct.pack("<IIHHIIIIIII", 0, 0, 0, 0, nombres, 1, 1, 1, tablas, tablas + 4, tablas + 8)
    # an address inside this directory is no code but the name of another DLL's function
    return campos + struct.pack("<IIH", destino, funcion, 0) + b"\0".join((_NOMBRE, _FUNCION, _DESTINO, b""))


def _cabecera_dos() -> bytes:
    return b"MZ" + bytes(_CABECERA_DOS - 6) + struct.pack("<I", _CABECERA_DOS)


def _cabecera_pe() -> bytes:
    rasgos = _EJECUTABLE | _DIRECCIONES_LARGAS | _DLL
    return b"PE\0\0" + struct.pack("<HHIIIHH", _AMD64, 1, 0, 0, 0, _CABECERA_OPCIONAL, rasgos)


def _cabecera_opcional(largo: int) -> bytes:
    """Sizes and places as Windows' loader wants them; of the 16 data directories only the first, exports, is used."""
    inicio = struct.pack("<HBBIIIII", _PE32_PLUS, 0, 0, 0, _BLOQUE_EN_ARCHIVO, 0, 0, 0)
    bloques = struct.pack("<QII", _BASE, _BLOQUE_EN_MEMORIA, _BLOQUE_EN_ARCHIVO)
    versiones = struct.pack("<HHHHHHI", 6, 0, 0, 0, 6, 0, 0)
    largos = struct.pack("<IIIHH", 2 * _BLOQUE_EN_MEMORIA, _BLOQUE_EN_ARCHIVO, 0, 3, 0)
    pilas = struct.pack("<QQQQII", 0x100000, 0x1000, 0x100000, 0x1000, 0, 16)
    return inicio + bloques + versiones + largos + pilas + struct.pack("<II", _SECCION, largo) + bytes(15 * 8)


def _seccion(largo: int) -> bytes:
    lugares = struct.pack("<IIIIIIHHI", largo, _SECCION, _BLOQUE_EN_ARCHIVO, _BLOQUE_EN_ARCHIVO, 0, 0, 0, 0, _LEIBLE)
    return b".edata\0\0" + lugares
