"""The encryption of what the PROJECT stream says of protection ([MS-OVBA] 2.4.3).

It hides nothing: its key is in the file. It has to be there.
"""

from __future__ import annotations

import struct

_VERSION = 2
_SEMILLA = 0x5D
"""Meant to be random; any is valid, and a fixed one gives the same bytes every time."""


def cifrar(datos: bytes, id_del_proyecto: str) -> str:
    """Bytes as the hexadecimal digits that a project with this id would hold for them."""
    clave = sum(id_del_proyecto.encode("ascii")) & 0xFF
    cifrado = bytearray([_SEMILLA, _SEMILLA ^ _VERSION, _SEMILLA ^ clave])
    relleno = bytes((_SEMILLA & 6) // 2)
    claro_anterior = clave
    for claro in relleno + struct.pack("<I", len(datos)) + datos:
        cifrado.append(claro ^ ((cifrado[-2] + claro_anterior) & 0xFF))
        claro_anterior = claro
    return cifrado.hex().upper()
