"""A module of a VBA project: its name, its text, and what Excel would not accept of either."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

CODIFICACION = "cp1252"
"""Of everything in a project that is not Unicode."""

_LARGO_DE_NOMBRE = 31
_LARGO_DE_LINEA = 1023
_CONTINUACIONES = 24
_LETRAS = "A-Za-zƒŠŒŽšœžŸªµºÀ-ÖØ-öø-ÿ"  # those of cp1252 that VBA takes for letters
_IDENTIFICADOR = re.compile(rf"[{_LETRAS}][{_LETRAS}0-9_]*")
_TOMADOS = frozenset({"dir", "vba", "excel", "stdole", "office"})
"""Names that no module may have: the stream beside those of the modules, and the libraries that every project uses."""

_CONTINUA = re.compile(r"[ \t]_[ \t]*$")
_CABECERA = re.compile(r"Attribute VB_|VERSION \d+\.\d+ CLASS")
_DE_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class VBAInvalido(ValueError):
    """What cannot be part of a VBA project, with the module and the line, from 1, where it is."""

    def __init__(self, modulo: str, motivo: str, linea: int | None = None) -> None:
        super().__init__(f"{modulo}, line {linea}: {motivo}" if linea else f"{modulo}: {motivo}")
        self.modulo = modulo
        self.linea = linea


class Clase(Enum):
    """Kinds of module."""

    MODULO = "módulo"
    CLASE = "módulo de clase"
    LIBRO = "documento del libro"
    HOJA = "documento de una hoja"
    GRAFICO = "documento de una hoja de gráfico"

    @property
    def de_documento(self) -> bool:
        """Whether it belongs to the workbook or to one of its sheets."""
        return self in (Clase.LIBRO, Clase.HOJA, Clase.GRAFICO)


@dataclass(frozen=True, slots=True)
class Modulo:
    """A module; ``codigo`` is what the editor of VBA shows, without the attributes at its head.

    Attributes of a procedure are part of it: ``Attribute AVANCE.VB_Description = "…"`` below its first line. The
    module of the workbook and those of its sheets have the name that the workbook gives as codeName.
    """

    nombre: str
    codigo: str
    clase: Clase = Clase.MODULO


_BASES = {
    Clase.CLASE: "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}",
    Clase.LIBRO: "0{00020819-0000-0000-C000-000000000046}",
    Clase.HOJA: "0{00020820-0000-0000-C000-000000000046}",
    Clase.GRAFICO: "0{00020821-0000-0000-C000-000000000046}",
}
"""What each kind of class is made from (VB_Base); modules are no classes."""


def texto(modulo: Modulo) -> bytes:
    """The source of a module as it is stored: attributes, then code, with the line ends of Windows."""
    _comprobar_codigo(modulo)
    codigo = _lineas(modulo.codigo)
    if codigo[-1] == "":
        del codigo[-1]
    return "".join(f"{linea}\r\n" for linea in [*_atributos(modulo), *codigo]).encode(CODIFICACION)


def comprobar_nombres(proyecto: str, modulos: Sequence[Modulo]) -> None:
    """Raise `VBAInvalido` for a name that Excel would not take, of the project or of a module."""
    _comprobar_nombre(proyecto)
    vistos = {proyecto.casefold()}
    for modulo in modulos:
        _comprobar_nombre(modulo.nombre)
        if modulo.nombre.casefold() in vistos:
            raise VBAInvalido(modulo.nombre, "the project or another module has this name")
        vistos.add(modulo.nombre.casefold())


def es_nombre_libre(nombre: str, usados: Iterable[str]) -> bool:
    """Whether a module may be called so beside others, the project among them, that have these names.

    >>> es_nombre_libre("Hoja1", ["ThisWorkbook"]), es_nombre_libre("hoja1", ["Hoja1"]), es_nombre_libre("1a", [])
    (True, False, False)
    """
    try:
        _comprobar_nombre(nombre)
    except VBAInvalido:
        return False
    return nombre.casefold() not in {usado.casefold() for usado in usados}


def _comprobar_nombre(nombre: str) -> None:
    if not _IDENTIFICADOR.fullmatch(nombre):
        raise VBAInvalido(nombre, "a name is a letter and then letters, digits and underscores")
    if len(nombre) > _LARGO_DE_NOMBRE:
        raise VBAInvalido(nombre, f"a name has at most {_LARGO_DE_NOMBRE} characters")
    if nombre.casefold() in _TOMADOS:
        raise VBAInvalido(nombre, "this name is taken by what every project holds")


def _comprobar_codigo(modulo: Modulo) -> None:
    continuaciones = 0
    for numero, linea in enumerate(_lineas(modulo.codigo), start=1):
        continuaciones = continuaciones + 1 if _CONTINUA.search(linea) else 0
        if motivo := _defecto(linea, continuaciones):
            raise VBAInvalido(modulo.nombre, motivo, numero)


def _defecto(linea: str, continuaciones: int) -> str | None:
    """What Excel would not take of a line, None when it would."""
    if len(linea) > _LARGO_DE_LINEA:
        return f"a line has at most {_LARGO_DE_LINEA} characters, not {len(linea)}"
    if continuaciones > _CONTINUACIONES:
        return f"a statement continues at most {_CONTINUACIONES} times"
    if _CABECERA.match(linea):
        return "the attributes of the module itself are written when it is compiled"
    if _DE_CONTROL.search(linea):
        return "a control character"
    if not _codificable(linea):
        return f"a character outside {CODIFICACION}: {next(c for c in linea if not _codificable(c))!r}"
    return None


def _atributos(modulo: Modulo) -> list[str]:
    """The lines before the code, as Excel writes them for each kind of module."""
    nombre = f'Attribute VB_Name = "{modulo.nombre}"'
    if modulo.clase is Clase.MODULO:
        return [nombre]
    de_documento = modulo.clase.de_documento
    return [
        nombre,
        f'Attribute VB_Base = "{_BASES[modulo.clase]}"',
        "Attribute VB_GlobalNameSpace = False",
        "Attribute VB_Creatable = False",
        f"Attribute VB_PredeclaredId = {de_documento}",
        f"Attribute VB_Exposed = {de_documento}",
        "Attribute VB_TemplateDerived = False",
        f"Attribute VB_Customizable = {de_documento}",
    ]


def _lineas(codigo: str) -> list[str]:
    return codigo.replace("\r\n", "\n").split("\n")


def _codificable(texto: str) -> bool:
    try:
        texto.encode(CODIFICACION)
    except UnicodeEncodeError:
        return False
    return True
