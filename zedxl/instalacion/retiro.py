"""What uninstalling does to a PC, step by step: what zedxl put there goes, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from zedxl.calc import instalacion as calc
from zedxl.instalacion import comprobar_sistema, confianza, residente
from zedxl.instalacion.lugares import Lugares, lugares_del_usuario
from zedxl.instalacion.pasos import Hecho, Paso, realizar
from zedxl.instalacion.registro import Registro

_CERRAR_EXCEL = "Si Excel está abierto, ciérrelo y repita."
_SIN_REGISTRO = "El registro de Windows no deja escribir: pida ayuda a soporte."
_NADA = "no había nada que quitar."


def desinstalar() -> Iterator[Hecho]:
    """Uninstall for the user of this PC, telling each step; `InstalacionImposible` outside Windows."""
    comprobar_sistema()
    from zedxl.excel.pagina_de_ayuda import ARCHIVO
    from zedxl.instalacion.windows import RegistroDeWindows

    registro = RegistroDeWindows()
    de_excel = pasos(lugares_del_usuario(os.environ, registro), registro, ARCHIVO)
    return realizar([*de_excel, Paso("LibreOffice Calc", calc.desinstalar, "Cierre LibreOffice y repita.")])


def pasos(lugares: Lugares, registro: Registro, pagina_de_ayuda: Path) -> Iterator[Paso]:
    """The steps of taking zedxl out of Excel, in their order."""
    if find_spec("pythoncom") is not None:  # without it no server can have been started
        yield Paso("Servidor residente", _detener, "Cierre la sesión de Windows, vuelva a entrar y repita.")
    yield Paso("Inicio con la sesión", partial(_borrar_inscripcion, registro), _SIN_REGISTRO)
    yield Paso("Complemento", partial(_borrar, lugares.complemento), _CERRAR_EXCEL)
    yield Paso("Configuración", partial(_borrar_configuracion, lugares), _CERRAR_EXCEL)
    yield Paso("Carpetas de confianza", partial(_olvidar, registro), _SIN_REGISTRO)
    yield Paso("Página de ayuda", partial(_borrar, pagina_de_ayuda), "Ciérrela y repita.")


def _detener() -> str:
    return "se detuvo." if residente.detener() else "no estaba en marcha."


def _borrar_inscripcion(registro: Registro) -> str:
    return "se quitó." if residente.borrar_inscripcion(registro) else _NADA


def _borrar(archivo: Path) -> str:
    try:
        archivo.unlink()
    except FileNotFoundError:
        return _NADA
    return f"se borró {archivo}."


def _borrar_configuracion(lugares: Lugares) -> str:
    """Remove the file, and its folder unless somebody keeps something else in it."""
    texto = _borrar(lugares.configuracion)
    if not lugares.carpeta_propia.is_dir():
        return texto
    ajenos = ", ".join(sorted(ajeno.name for ajeno in lugares.carpeta_propia.iterdir()))
    if ajenos:
        return f"{texto} En {lugares.carpeta_propia} queda lo que no es de zedxl: {ajenos}."
    lugares.carpeta_propia.rmdir()
    return f"se borró {lugares.carpeta_propia}."


def _olvidar(registro: Registro) -> str:
    claves = confianza.claves_propias(registro)
    carpetas = [str(registro.valor(clave, "Path")) for clave in claves]
    for clave in claves:
        registro.borrar_clave(clave)
    return f"Excel ya no confía en {', '.join(carpetas)}." if carpetas else _NADA
