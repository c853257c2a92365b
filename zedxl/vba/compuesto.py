"""Compound files ([MS-CFB], version 3): a small file system inside a file, with streams in storages.

A file is a header and sectors of 512 bytes. The FAT tells the sector that follows each; streams under 4096 bytes share
one stream, the mini stream, in pieces of 64 bytes with a FAT of their own.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

Arbol: TypeAlias = "Mapping[str, bytes | Arbol]"
"""What a storage holds, by name: the bytes of a stream, or another storage."""

_FIRMA = bytes.fromhex("D0CF11E0A1B11AE1")
_VERSION = (0x003E, 3)
_ORDEN_DE_BYTES = 0xFFFE
_SECTOR, _LOG2_SECTOR = 512, 9
_MINI_SECTOR, _LOG2_MINI_SECTOR = 64, 6
_CORTE = 4096  # streams from this size on have sectors of their own
_ENTRADA = 128
_NUMEROS_POR_SECTOR = _SECTOR // 4
_FAT_EN_LA_CABECERA = 109

# 2.1: sector numbers with a meaning of their own
_LIBRE, _FIN, _DE_FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
# 2.6.1: directory entries
_NINGUNA = 0xFFFFFFFF
_ALMACEN, _FLUJO, _RAIZ = 1, 2, 5
_NEGRO = 1
_LARGO_DE_NOMBRE = 31
_NO_EN_NOMBRES = frozenset("/\\:!")


class CompuestoImposible(ValueError):
    """What does not fit in a compound file: a name, or too many bytes."""


@dataclass(frozen=True, slots=True)
class _Entrada:
    """A stream or storage of the directory, which refers to others by their number in it."""

    nombre: str
    tipo: int
    contenido: bytes = b""
    hijo: int = _NINGUNA
    izquierda: int = _NINGUNA
    derecha: int = _NINGUNA


class _Cadenas:
    """Contents one after another in pieces of one size, and the table that says which piece follows each."""

    def __init__(self, tamano: int) -> None:
        self._tamano = tamano
        self.piezas = bytearray()
        self.tabla: list[int] = []

    def agregar(self, contenido: bytes, relleno: bytes = b"\0") -> int:
        """Add a content; the number of its first piece, or the end of chain when it is empty."""
        if not contenido:
            return _FIN
        primera = len(self.tabla)
        cuantas = -(-len(contenido) // self._tamano)
        self.piezas += contenido.ljust(cuantas * self._tamano, relleno)
        self.tabla += [*range(primera + 1, primera + cuantas), _FIN]
        return primera


def escribir(arbol: Arbol) -> bytes:
    """A compound file with these streams and storages; `CompuestoImposible` past about 7 MB or with a bad name."""
    entradas = _directorio(arbol)
    sectores, mini = _Cadenas(_SECTOR), _Cadenas(_MINI_SECTOR)
    inicios = [(mini if len(e.contenido) < _CORTE else sectores).agregar(e.contenido) for e in entradas]
    entradas[0] = replace(entradas[0], contenido=bytes(mini.piezas))
    inicios[0] = sectores.agregar(entradas[0].contenido)
    mini_fat = _numeros(mini.tabla)
    inicio_mini_fat = sectores.agregar(mini_fat, relleno=b"\xff")
    inicio_directorio = sectores.agregar(_completo(b"".join(map(_registro, entradas, inicios))))
    fat, sectores_de_fat = _fat(sectores.tabla)
    largo_mini_fat = -(-len(mini_fat) // _SECTOR)
    cabecera = _cabecera(inicio_directorio, (inicio_mini_fat, largo_mini_fat), sectores_de_fat)
    return cabecera + bytes(sectores.piezas) + fat


def _cabecera(directorio: int, mini_fat: tuple[int, int], fat: Sequence[int]) -> bytes:
    """The header (2.2); the FAT's own sectors are listed in it, so there are none of the sectors for a longer list."""
    fija = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII",
        _FIRMA,
        *_VERSION,
        _ORDEN_DE_BYTES,
        _LOG2_SECTOR,
        _LOG2_MINI_SECTOR,
        0,  # sectors of the directory: not told in version 3
        len(fat),
        directorio,
        0,  # no transactions
        _CORTE,
        *mini_fat,
        _FIN,
        0,
        fat[0],
    )
    return fija + _numeros([*fat[1:], *[_LIBRE] * (_FAT_EN_LA_CABECERA - len(fat))])


def _fat(tabla: Sequence[int]) -> tuple[bytes, range]:
    """The FAT of a file whose last sectors it is, and their numbers."""
    ocupados = len(tabla)
    cuantos = -(-ocupados // (_NUMEROS_POR_SECTOR - 1))  # each tells of itself too
    if cuantos > _FAT_EN_LA_CABECERA:
        raise CompuestoImposible(f"{ocupados * _SECTOR} bytes are too many for a compound file with a plain header")
    libres = cuantos * _NUMEROS_POR_SECTOR - ocupados - cuantos
    fat = _numeros([*tabla, *[_DE_FAT] * cuantos, *[_LIBRE] * libres])
    return fat, range(ocupados, ocupados + cuantos)


def _directorio(arbol: Arbol) -> list[_Entrada]:
    """The root, then every stream and storage."""
    entradas = [_Entrada("Root Entry", _RAIZ)]
    hijo = _agregar(arbol, entradas)
    entradas[0] = replace(entradas[0], hijo=hijo)
    return entradas


def _agregar(arbol: Arbol, entradas: list[_Entrada]) -> int:
    """Add what a storage holds; the number of the entry that stands for all of it."""
    _comprobar_nombres(arbol)
    numeros = []
    for nombre in sorted(arbol, key=_orden):
        numero = len(entradas)
        numeros.append(numero)
        contenido = arbol[nombre]
        if isinstance(contenido, bytes):
            entradas.append(_Entrada(nombre, _FLUJO, contenido))
        else:
            entradas.append(_Entrada(nombre, _ALMACEN))
            hijo = _agregar(contenido, entradas)
            entradas[numero] = replace(entradas[numero], hijo=hijo)
    return _equilibrar(numeros, entradas)


def _equilibrar(numeros: Sequence[int], entradas: list[_Entrada]) -> int:
    """Link sorted siblings into a balanced tree; the number of the one at its top.

    The tree has to be red and black, which it is when all are black (2.6.4).
    """
    if not numeros:
        return _NINGUNA
    medio = len(numeros) // 2
    numero = numeros[medio]
    izquierda, derecha = _equilibrar(numeros[:medio], entradas), _equilibrar(numeros[medio + 1 :], entradas)
    entradas[numero] = replace(entradas[numero], izquierda=izquierda, derecha=derecha)
    return numero


def _comprobar_nombres(arbol: Arbol) -> None:
    for nombre in arbol:
        if not 1 <= len(_utf16(nombre)) // 2 <= _LARGO_DE_NOMBRE or _NO_EN_NOMBRES & set(nombre):
            raise CompuestoImposible(f"{nombre!r} is no name for a stream or storage")
    if len({_orden(nombre) for nombre in arbol}) < len(arbol):
        raise CompuestoImposible("two names differ in case only")


def _orden(nombre: str) -> tuple[int, bytes]:
    """How siblings are sorted (2.6.4): the shorter first, then by their upper case, code unit by code unit."""
    mayusculas = "".join(letra.upper() if len(letra.upper()) == 1 else letra for letra in nombre)
    return len(_utf16(nombre)), mayusculas.encode("utf-16-be")


def _registro(entrada: _Entrada, inicio: int) -> bytes:
    """An entry of the directory (2.6.1), without class or times."""
    nombre = _utf16(entrada.nombre + "\0")
    return struct.pack(
        "<64sHBBIII36xIQ",
        nombre,
        len(nombre),
        entrada.tipo,
        _NEGRO,
        entrada.izquierda,
        entrada.derecha,
        entrada.hijo,
        0 if entrada.tipo == _ALMACEN else inicio,
        len(entrada.contenido),
    )


def _completo(directorio: bytes) -> bytes:
    """The directory up to the end of its last sector, with entries that are not in use (2.6.3)."""
    vacia = struct.pack("<64xHBBIII48x", 0, 0, 0, _NINGUNA, _NINGUNA, _NINGUNA)
    return directorio + vacia * (-len(directorio) % _SECTOR // _ENTRADA)


def _numeros(numeros: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(numeros)}I", *numeros)


def _utf16(texto: str) -> bytes:
    return texto.encode("utf-16-le")
