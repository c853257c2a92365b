"""The compression of VBA projects ([MS-OVBA] 2.4.1): chunks of 4096 bytes, each made of literals and copies.

A copy is a pair of bytes that stands for three or more, met before in the same chunk.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_FIRMA = b"\x01"
_TROZO = 4096
_COMPRIMIDO = 0b1011 << 12  # a chunk header: the signature 0b011 and the flag for compressed, above the size
_SIN_COMPRIMIR = 0b0011 << 12
_CABECERA = 2
_FICHAS_POR_GRUPO = 8
_COPIA_MINIMA = 3
_BITS_MINIMOS = 4


class NoComprimible(ValueError):
    """The last chunk does not compress, and the format would give it back with NULs at its end."""


def comprimir(datos: bytes) -> bytes:
    """A compressed container with these bytes; `NoComprimible` where the format cannot give them back exactly."""
    trozos = (datos[inicio : inicio + _TROZO] for inicio in range(0, len(datos), _TROZO))
    return _FIRMA + b"".join(map(_trozo, trozos))


def _trozo(trozo: bytes) -> bytes:
    """A chunk with its header (2.4.1.1.5), which holds the size of both less three."""
    comprimido = _grupos(trozo)
    if len(comprimido) <= _TROZO:
        return _cabecera(_COMPRIMIDO, comprimido) + comprimido
    if len(trozo) < _TROZO:
        raise NoComprimible(f"the last {len(trozo)} bytes do not compress")
    return _cabecera(_SIN_COMPRIMIR, trozo) + trozo


def _cabecera(marcas: int, contenido: bytes) -> bytes:
    return struct.pack("<H", marcas | (_CABECERA + len(contenido) - 3))


def _grupos(trozo: bytes) -> bytes:
    """The tokens in groups of eight, each behind a byte that tells which of them are copies (2.4.1.1.7)."""
    fichas = list(_fichas(trozo))
    salida = bytearray()
    for inicio in range(0, len(fichas), _FICHAS_POR_GRUPO):
        grupo = fichas[inicio : inicio + _FICHAS_POR_GRUPO]
        salida.append(sum(1 << lugar for lugar, ficha in enumerate(grupo) if len(ficha) > 1))
        salida += b"".join(grupo)
    return bytes(salida)


def _fichas(trozo: bytes) -> Iterator[bytes]:
    """Literals of one byte and copies of two, always the longest copy and, of those, the nearest (2.4.1.3.19.4).

    As in Excel, and in the example of 3.2.2, a copy begins only where a token began: a few more bytes, and quicker.
    """
    vistos: dict[bytes, list[int]] = {}
    posicion = 0
    while posicion < len(trozo):
        origen, largo = _mejor_copia(trozo, posicion, vistos.get(trozo[posicion : posicion + _COPIA_MINIMA], []))
        yield _copia(posicion, origen, largo) if largo else trozo[posicion : posicion + 1]
        vistos.setdefault(trozo[posicion : posicion + _COPIA_MINIMA], []).append(posicion)
        posicion += max(largo, 1)


def _mejor_copia(trozo: bytes, posicion: int, candidatos: list[int]) -> tuple[int, int]:
    """Where the best copy begins and its length, which is zero when there is none."""
    maximo = min(_largo_maximo(posicion), len(trozo) - posicion)
    origen = mejor = 0
    if maximo < _COPIA_MINIMA:
        return origen, mejor
    for candidato in reversed(candidatos):
        largo = _COPIA_MINIMA
        while largo < maximo and trozo[candidato + largo] == trozo[posicion + largo]:
            largo += 1
        if largo > mejor:
            origen, mejor = candidato, largo
        if mejor == maximo:
            break
    return origen, mejor


def _copia(posicion: int, origen: int, largo: int) -> bytes:
    """A copy token: how far back, less one, in as many bits as that may need, then the length, less three."""
    distancia = posicion - origen
    return struct.pack("<H", (distancia - 1) << (16 - _bits(posicion)) | (largo - _COPIA_MINIMA))


def _bits(posicion: int) -> int:
    """How many bits of a copy token tell the distance, at this position of the chunk (2.4.1.3.19.1).

    >>> [_bits(posicion) for posicion in (1, 16, 17, 32, 33, 4095)]
    [4, 4, 5, 5, 6, 12]
    """
    return max(_BITS_MINIMOS, (posicion - 1).bit_length())


def _largo_maximo(posicion: int) -> int:
    return (0xFFFF >> _bits(posicion)) + _COPIA_MINIMA
