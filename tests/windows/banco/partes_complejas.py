"""wine 8's ucrtbase.dll with the C functions that take a complex number's parts, without which numpy does not import.

Its own are stubs that end the process. A few bytes of x86-64 code take their place, and the mark of a wine DLL goes, so
that wine loads the file as a native one. What later wine implements is left alone.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

# Windows x64: an 8-byte _Fcomplex comes in rcx, a 16-byte _Dcomplex by its address in rcx; long double is double
_REAL = bytes.fromhex("f20f1001c3")  # movsd xmm0, [rcx]; ret
_IMAGINARIA = bytes.fromhex("f20f104108c3")  # movsd xmm0, [rcx + 8]; ret
_CODIGO = {
    b"crealf": bytes.fromhex("660f6ec1c3"),  # movd xmm0, ecx; ret
    b"cimagf": bytes.fromhex("48c1e920660f6ec1c3"),  # shr rcx, 32; movd xmm0, ecx; ret
    b"creal": _REAL,
    b"cimag": _IMAGINARIA,
    b"creall": _REAL,
    b"cimagl": _IMAGINARIA,
}
_SIN_HACER = bytes.fromhex("4883ec28488d0d")  # how a stub begins: sub rsp, 40; lea rcx, module name
_MARCA_DE_WINE = b"Wine builtin DLL"
_LUGAR_DE_LA_MARCA = 0x40
_LUGAR_DE_LA_CABECERA = 0x3C


def con_partes_complejas(dll: bytes) -> bytes:
    """The same DLL with code where the six functions are stubs."""
    cambiada = bytearray(dll)
    for nombre, lugar in _exportadas(dll):
        codigo = _CODIGO.get(nombre)
        if codigo is not None and dll.startswith(_SIN_HACER, lugar):
            cambiada[lugar : lugar + len(codigo)] = codigo
    if dll.startswith(_MARCA_DE_WINE, _LUGAR_DE_LA_MARCA):
        cambiada[_LUGAR_DE_LA_MARCA : _LUGAR_DE_LA_MARCA + len(_MARCA_DE_WINE)] = bytes(len(_MARCA_DE_WINE))
    return bytes(cambiada)


def _exportadas(dll: bytes) -> Iterator[tuple[bytes, int]]:
    """Name and place in the file of every exported function."""
    lugar_de = _traductor(dll)
    cabecera = _entero(dll, _LUGAR_DE_LA_CABECERA)
    tabla = lugar_de(_entero(dll, cabecera + 24 + 112))
    funciones, nombres, ordinales = (lugar_de(_entero(dll, tabla + campo)) for campo in (28, 32, 36))
    for numero in range(_entero(dll, tabla + 24)):
        inicio = lugar_de(_entero(dll, nombres + 4 * numero))
        (ordinal,) = struct.unpack_from("<H", dll, ordinales + 2 * numero)
        yield dll[inicio : dll.index(0, inicio)], lugar_de(_entero(dll, funciones + 4 * ordinal))


def _traductor(dll: bytes) -> Callable[[int], int]:
    """A function from addresses in memory to places in the file, by the sections of the DLL."""
    cabecera = _entero(dll, _LUGAR_DE_LA_CABECERA)
    cuantas, opcional = (struct.unpack_from("<H", dll, cabecera + campo)[0] for campo in (6, 20))
    inicio = cabecera + 24 + opcional + 8
    secciones = [struct.unpack_from("<IIII", dll, inicio + 40 * numero) for numero in range(cuantas)]

    def lugar_de(direccion: int) -> int:
        for largo, memoria, largo_en_archivo, archivo in secciones:
            if memoria <= direccion < memoria + max(largo, largo_en_archivo):
                return int(direccion - memoria + archivo)
        raise ValueError(f"no section holds {direccion:x}")

    return lugar_de


def _entero(dll: bytes, lugar: int) -> int:
    return int(struct.unpack_from("<I", dll, lugar)[0])
