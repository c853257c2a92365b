"""Folders whose books Excel opens with their macros on: which may be one, and how Excel is told."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PureWindowsPath
from zlib import crc32

from zedxl.instalacion.registro import UBICACIONES, UBICACIONES_POR_POLITICA, Registro

_PREFIJO = "zedxl-"


@dataclass(frozen=True, slots=True)
class Ubicacion:
    """A trusted folder, and whether those below it are trusted too."""

    carpeta: PureWindowsPath
    con_subcarpetas: bool

    def cubre(self, libro: PureWindowsPath) -> bool:
        """Whether a book lies in it."""
        return self.carpeta in (libro.parents if self.con_subcarpetas else [libro.parent])


@dataclass(frozen=True, slots=True)
class Candidata:
    """A folder that somebody wants Excel to trust, as it was found.

    ``real`` is where it truly is, without short names or links; ``ajenas`` are the folders to which things come from
    outside by themselves, with what people call them.
    """

    carpeta: PureWindowsPath
    real: PureWindowsPath
    existe: bool
    de_red: bool
    red_permitida: bool
    ajenas: tuple[tuple[PureWindowsPath, str], ...]

    @property
    def reparo(self) -> str:
        """Why Excel must not, or will not, trust it, and what to do; empty when it may."""
        if not self.existe:
            return f"No existe la carpeta {self.carpeta}. Indique la carpeta donde guarda el libro."
        if self.real == PureWindowsPath(self.real.anchor):
            return (
                f"{self.carpeta} es un disco entero: Excel daría por seguro cualquier libro que llegue a él. Indique "
                "solo la carpeta donde guarda el libro."
            )
        for ajena, nombre in self.ajenas:
            if ajena == self.real or ajena in self.real.parents or self.real in ajena.parents:
                return (
                    f"{self.carpeta} es, contiene o está dentro de la carpeta {nombre}, adonde llegan archivos de "
                    "internet: Excel abriría sus macros sin preguntar. Mueva el libro a otra carpeta, por ejemplo una "
                    "dentro de Documentos, e indique esa."
                )
        if self.de_red and not self.red_permitida:
            return (
                f"{self.carpeta} está en la red, y Excel no confía en carpetas de red mientras no se marque «Permitir "
                "ubicaciones de confianza que estén en la red» (Archivo > Opciones > Centro de confianza > Ubicaciones "
                "de confianza). Copie el libro a una carpeta de este equipo, o pida a soporte que la marque."
            )
        return ""


def clave_de(carpeta: PureWindowsPath) -> str:
    """The registry key of a folder that zedxl asked Excel to trust: the same one each time."""
    return rf"{UBICACIONES}\{_PREFIJO}{crc32(str(carpeta).casefold().encode()):08x}"


def confiar(registro: Registro, carpeta: PureWindowsPath) -> None:
    """Ask Excel to trust a folder and those below it."""
    clave = clave_de(carpeta)
    registro.escribir(clave, "Path", f"{carpeta}\\")
    registro.escribir(clave, "AllowSubFolders", 1)
    registro.escribir(clave, "Description", "zedxl")


def claves_propias(registro: Registro) -> tuple[str, ...]:
    """The registry keys of all the folders that zedxl asked Excel to trust."""
    return tuple(rf"{UBICACIONES}\{nombre}" for nombre in registro.subclaves(UBICACIONES) if _es_propia(nombre))


def ubicaciones(registro: Registro) -> tuple[Ubicacion, ...]:
    """All the folders that Excel trusts, whoever asked for it."""
    claves = (
        rf"{raiz}\{nombre}" for raiz in (UBICACIONES, UBICACIONES_POR_POLITICA) for nombre in registro.subclaves(raiz)
    )
    return tuple(_ubicaciones(registro, claves))


def _ubicaciones(registro: Registro, claves: Iterable[str]) -> Iterable[Ubicacion]:
    for clave in claves:
        ruta = registro.valor(clave, "Path")
        if isinstance(ruta, str) and ruta:
            carpeta = PureWindowsPath(os.path.expandvars(ruta))
            yield Ubicacion(carpeta, registro.valor(clave, "AllowSubFolders") == 1)


def _es_propia(nombre: str) -> bool:
    return nombre.casefold().startswith(_PREFIJO)
