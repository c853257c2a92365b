"""The streams of a VBA project ([MS-OVBA] 2.2 and 2.3), put together in a compound file.

::

    PROJECT               the modules and how the project is protected, as text
    PROJECTwm             the names of the modules, once more
    VBA/_VBA_PROJECT      where Excel keeps compiled code: none
    VBA/dir               references and modules, compressed
    VBA/<a module>        its source, compressed
"""

from __future__ import annotations

import struct
import uuid
from collections.abc import Sequence

from zedxl.vba.cifrado import cifrar
from zedxl.vba.compresion import NoComprimible, comprimir
from zedxl.vba.compuesto import CompuestoImposible, escribir
from zedxl.vba.modulo import CODIFICACION, Clase, Modulo, VBAInvalido, comprobar_nombres, texto

# 2.3.4.1: version 0xFFFF is no version of Excel's, so that it compiles the sources
_SIN_CODIGO_COMPILADO = struct.pack("<HHBH", 0x61CC, 0xFFFF, 0, 0)

# Records of the dir stream: 2.3.4.2.1, what concerns the project
_SYSKIND, _WIN32 = 0x0001, 1
_LCID, _LCIDINVOKE, _INGLES = 0x0002, 0x0014, 0x0409
_CODEPAGE, _PAGINA = 0x0003, 1252
_NAME = 0x0004
_DOCSTRING, _DOCSTRING_UNICODE = 0x0005, 0x0040
_HELPFILEPATH, _HELPFILEPATH_2 = 0x0006, 0x003D
_HELPCONTEXT = 0x0007
_LIBFLAGS = 0x0008
_VERSION = 0x0009
_CONSTANTS, _CONSTANTS_UNICODE = 0x000C, 0x003C
# 2.3.4.2.2: references
_REFERENCENAME, _REFERENCENAME_UNICODE = 0x0016, 0x003E
_REFERENCEREGISTERED = 0x000D
# 2.3.4.2.3: modules
_MODULES = 0x000F
_PROJECTCOOKIE = 0x0013
_MODULENAME, _MODULENAME_UNICODE = 0x0019, 0x0047
_STREAMNAME, _STREAMNAME_UNICODE = 0x001A, 0x0032
_MODULEDOCSTRING, _MODULEDOCSTRING_UNICODE = 0x001C, 0x0048
_MODULEOFFSET = 0x0031
_MODULEHELPCONTEXT = 0x001E
_MODULECOOKIE = 0x002C
_TIPO_MODULO, _TIPO_CLASE = 0x0021, 0x0022
_FIN_DE_MODULO = 0x002B
_FIN = 0x0010
_GALLETA = struct.pack("<H", 0xFFFF)  # the value that cookies must be written with
_CERO = struct.pack("<I", 0)

_REFERENCIAS = {
    "stdole": r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation",
    "Office": r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#"
    r"C:\Program Files\Common Files\Microsoft Shared\OFFICE16\MSO.DLL#Microsoft Office 16.0 Object Library",
}
"""The libraries that a new project of Excel refers to, as Excel writes them.

Excel finds a library by its identifier and version in the registry of Windows; the path is where it was last found.
"""

# 2.3.1.15 to 2.3.1.17: what the PROJECT stream holds encrypted
_SIN_PROTECCION = bytes(4)
_SIN_CLAVE = b"\x00"
_VISIBLE = b"\xff"


def compilar(nombre: str, modulos: Sequence[Modulo]) -> bytes:
    """The vbaProject.bin of a project with this name and these modules, always the same bytes for the same ones.

    Raises `VBAInvalido` for what Excel would not accept, or for a project that does not fit in the format (7 MB).
    """
    comprobar_nombres(nombre, modulos)
    if [modulo.clase for modulo in modulos].count(Clase.LIBRO) != 1:
        raise VBAInvalido(nombre, "a project has the module of its workbook, once")
    vba = {modulo.nombre: _fuente(modulo) for modulo in modulos}
    vba["dir"] = comprimir(_dir(nombre, modulos))
    vba["_VBA_PROJECT"] = _SIN_CODIGO_COMPILADO
    try:
        return escribir({"PROJECT": _project(nombre, modulos), "PROJECTwm": _project_wm(modulos), "VBA": vba})
    except CompuestoImposible as error:
        raise VBAInvalido(nombre, str(error)) from error


def _fuente(modulo: Modulo) -> bytes:
    """A module stream (2.3.4.3) with nothing before the source."""
    try:
        return comprimir(texto(modulo))
    except NoComprimible as error:
        raise VBAInvalido(modulo.nombre, f"{error}; put them before other lines") from error


def _dir(nombre: str, modulos: Sequence[Modulo]) -> bytes:
    """The dir stream (2.3.4.2) before compression."""
    return b"".join(
        [
            _informacion(nombre),
            *(_referencia(*referencia) for referencia in _REFERENCIAS.items()),
            _registro(_MODULES, struct.pack("<H", len(modulos))),
            _registro(_PROJECTCOOKIE, _GALLETA),
            *map(_modulo, modulos),
            _registro(_FIN),
        ]
    )


def _informacion(nombre: str) -> bytes:
    return b"".join(
        [
            _registro(_SYSKIND, struct.pack("<I", _WIN32)),
            _registro(_LCID, struct.pack("<I", _INGLES)),
            _registro(_LCIDINVOKE, struct.pack("<I", _INGLES)),
            _registro(_CODEPAGE, struct.pack("<H", _PAGINA)),
            _registro(_NAME, nombre.encode(CODIFICACION)),
            _par(_DOCSTRING, _DOCSTRING_UNICODE, ""),
            _registro(_HELPFILEPATH) + _registro(_HELPFILEPATH_2),
            _registro(_HELPCONTEXT, _CERO),
            _registro(_LIBFLAGS, _CERO),
            struct.pack("<HIIH", _VERSION, 4, 1, 1),  # the one record whose size does not count all of it
            _par(_CONSTANTS, _CONSTANTS_UNICODE, ""),
        ]
    )


def _referencia(nombre: str, biblioteca: str) -> bytes:
    identificador = biblioteca.encode(CODIFICACION)
    registrada = struct.pack("<I", len(identificador)) + identificador + bytes(6)
    return _par(_REFERENCENAME, _REFERENCENAME_UNICODE, nombre) + _registro(_REFERENCEREGISTERED, registrada)


def _modulo(modulo: Modulo) -> bytes:
    return b"".join(
        [
            _par(_MODULENAME, _MODULENAME_UNICODE, modulo.nombre),
            _par(_STREAMNAME, _STREAMNAME_UNICODE, modulo.nombre),
            _par(_MODULEDOCSTRING, _MODULEDOCSTRING_UNICODE, ""),
            _registro(_MODULEOFFSET, _CERO),  # the source begins where its stream does
            _registro(_MODULEHELPCONTEXT, _CERO),
            _registro(_MODULECOOKIE, _GALLETA),
            _registro(_TIPO_MODULO if modulo.clase is Clase.MODULO else _TIPO_CLASE),
            _registro(_FIN_DE_MODULO),
        ]
    )


def _registro(numero: int, contenido: bytes = b"") -> bytes:
    return struct.pack("<HI", numero, len(contenido)) + contenido


def _par(numero: int, numero_unicode: int, valor: str) -> bytes:
    """A text twice, in the code page of the project and in UTF-16."""
    return _registro(numero, valor.encode(CODIFICACION)) + _registro(numero_unicode, valor.encode("utf-16-le"))


def _project(nombre: str, modulos: Sequence[Modulo]) -> bytes:
    """The PROJECT stream (2.3.1)."""
    identificador = _identificador(nombre)
    lineas = [
        f'ID="{identificador}"',
        *map(_declaracion, modulos),
        f'Name="{nombre}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{cifrar(_SIN_PROTECCION, identificador)}"',
        f'DPB="{cifrar(_SIN_CLAVE, identificador)}"',
        f'GC="{cifrar(_VISIBLE, identificador)}"',
        "",
        "[Host Extender Info]",
        "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000",
        "",
        "[Workspace]",
        *(f"{modulo.nombre}=0, 0, 0, 0, C" for modulo in modulos),
    ]
    return "".join(f"{linea}\r\n" for linea in lineas).encode(CODIFICACION)


def _declaracion(modulo: Modulo) -> str:
    if modulo.clase.de_documento:
        return f"Document={modulo.nombre}/&H00000000"
    return f"{'Class' if modulo.clase is Clase.CLASE else 'Module'}={modulo.nombre}"


def _identificador(nombre: str) -> str:
    """The id of a project, which Excel would make up: here the same one for each name."""
    return f"{{{uuid.uuid5(uuid.NAMESPACE_URL, f'zedxl:{nombre}')}}}".upper()


def _project_wm(modulos: Sequence[Modulo]) -> bytes:
    """The PROJECTwm stream (2.3.3): the names of the modules in both encodings, each ended by a NUL."""
    nombres = (
        f"{modulo.nombre}\0".encode(CODIFICACION) + f"{modulo.nombre}\0".encode("utf-16-le") for modulo in modulos
    )
    return b"".join(nombres) + bytes(2)
