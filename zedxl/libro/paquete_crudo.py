"""A zip package with other content in some parts, and new ones; all other entries keep their very bytes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

_CENTRAL = struct.Struct("<4s6H3I5H2I")
_FIN = struct.Struct("<4s4H2IH")
_LOCAL = struct.Struct("<4s5H3I2H")
_DE_64_BITS = 0xFFFFFFFF
_CON_DESCRIPTOR = 0x08
_DEFLATE = 8
_COMPRESION = 3  # twice as fast as 6, and a tenth larger
_VERSION = 20
_NOMBRE_EN_UTF8 = 0x0800
_PRIMER_DIA = 0x21
"""The first of January 1980, the earliest date of a zip: the same content makes the same package on any day."""


class PaqueteInmodificable(Exception):
    """The package is of a kind (64 bits) whose directory is not rewritten."""


def con_partes(paquete: bytes, partes: Mapping[str, bytes]) -> bytes:
    """The package with these parts replaced, in their place, or added at its end.

    Every other entry is copied as it stands, compressed. Raises `PaqueteInmodificable`.
    """
    with zipfile.ZipFile(io.BytesIO(paquete)) as zip_:
        entradas, inicio = zip_.infolist(), zip_.start_dir
    finales = _finales([entrada.header_offset for entrada in entradas], inicio)
    trozos, directorio, lugares = [], bytearray(), {}
    escritos = 0
    for entrada in sorted(entradas, key=lambda e: e.header_offset):
        trozo = paquete[entrada.header_offset : finales[entrada.header_offset]]
        if entrada.filename in partes:
            trozo = _entrada_nueva(trozo, partes[entrada.filename])
        lugares[entrada.filename] = (escritos, trozo)
        trozos.append(trozo)
        escritos += len(trozo)
    desde = inicio
    for entrada in entradas:
        registro, desde = _registro(paquete, desde)
        cambiada = partes.get(entrada.filename)
        directorio += _reubicado(registro, *lugares[entrada.filename], cambiada)
    nuevas = [nombre for nombre in partes if nombre not in lugares]
    for nombre in nuevas:
        trozo = _entrada_anadida(nombre, partes[nombre])
        directorio += _registro_anadido(trozo, escritos)
        trozos.append(trozo)
        escritos += len(trozo)
    return b"".join([*trozos, directorio, _fin(paquete[desde:], escritos, len(directorio), len(nuevas))])


def _finales(inicios: list[int], directorio: int) -> dict[int, int]:
    ordenados = sorted(inicios)
    return dict(zip(ordenados, [*ordenados[1:], directorio], strict=True))


def _entrada_nueva(antigua: bytes, contenido: bytes) -> bytes:
    """A local entry with another content: its own name and dates, no descriptor behind it."""
    campos = list(_LOCAL.unpack_from(antigua))
    nombre = antigua[_LOCAL.size : _LOCAL.size + campos[9]]
    datos = _comprimir(contenido)
    campos[2] &= ~_CON_DESCRIPTOR
    campos[3] = _DEFLATE
    campos[6:] = [zlib.crc32(contenido), len(datos), len(contenido), len(nombre), 0]
    return _LOCAL.pack(*campos) + nombre + datos


def _entrada_anadida(nombre: str, contenido: bytes) -> bytes:
    """The local entry of a part that the package did not have."""
    crudo = nombre.encode()
    datos = _comprimir(contenido)
    marcas = 0 if nombre.isascii() else _NOMBRE_EN_UTF8
    medidas = (zlib.crc32(contenido), len(datos), len(contenido), len(crudo), 0)
    return _LOCAL.pack(b"PK\x03\x04", _VERSION, marcas, _DEFLATE, 0, _PRIMER_DIA, *medidas) + crudo + datos


def _registro_anadido(trozo: bytes, lugar: int) -> bytes:
    """The directory's record for such an entry."""
    _, version, *comunes, largo, extra = _LOCAL.unpack_from(trozo)
    nombre = trozo[_LOCAL.size : _LOCAL.size + largo]
    return _CENTRAL.pack(b"PK\x01\x02", _VERSION, version, *comunes, largo, extra, 0, 0, 0, 0, lugar) + nombre


def _comprimir(contenido: bytes) -> bytes:
    compresor = zlib.compressobj(_COMPRESION, zlib.DEFLATED, -zlib.MAX_WBITS)
    return compresor.compress(contenido) + compresor.flush()


def _registro(paquete: bytes, desde: int) -> tuple[bytes, int]:
    """The directory's record that begins here, and where the next one does."""
    campos = _CENTRAL.unpack_from(paquete, desde)
    hasta = desde + _CENTRAL.size + sum(campos[10:13])
    if campos[0] != b"PK\x01\x02" or _DE_64_BITS in (campos[8], campos[9], campos[16]):
        raise PaqueteInmodificable
    return paquete[desde:hasta], hasta


def _reubicado(registro: bytes, lugar: int, trozo: bytes, contenido: bytes | None) -> bytes:
    campos = list(_CENTRAL.unpack_from(registro))
    campos[16] = lugar
    if contenido is not None:
        local = _LOCAL.unpack_from(trozo)
        campos[3] &= ~_CON_DESCRIPTOR
        campos[4] = _DEFLATE
        campos[7:10] = local[6:9]
    return _CENTRAL.pack(*campos) + registro[_CENTRAL.size :]


def _fin(final: bytes, inicio: int, largo: int, nuevas: int) -> bytes:
    campos = list(_FIN.unpack_from(final))
    if campos[0] != b"PK\x05\x06":
        raise PaqueteInmodificable
    campos[3:7] = [campos[3] + nuevas, campos[4] + nuevas, largo, inicio]
    return _FIN.pack(*campos) + final[_FIN.size :]
