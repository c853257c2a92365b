"""What installing does to a PC, step by step."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PureWindowsPath

from zedxl.archivo import escribir_entero
from zedxl.instalacion import InstalacionImposible, comprobar_sistema, confianza, configuracion, residente
from zedxl.instalacion.confianza import Candidata
from zedxl.instalacion.diagnostico import hay_mal, juzgar
from zedxl.instalacion.equipo import Complemento, Equipo
from zedxl.instalacion.lectura import ANSI, comparar, leer_equipo, red_permitida
from zedxl.instalacion.lugares import Lugares, lugares_del_usuario
from zedxl.instalacion.pasos import Hecho, Paso, realizar
from zedxl.instalacion.registro import Registro
from zedxl.instalacion.reglas import REQUISITOS

_CERRAR_EXCEL = "Si Excel está abierto, ciérrelo y repita."
_SIN_REGISTRO = "El registro de Windows no deja escribir: pida a soporte que lo permita a su usuario."


@dataclass(frozen=True, slots=True)
class Pedido:
    """What is to be put into a PC: the add-in, the Python that serves, folders to trust, and the resident server."""

    complemento: bytes
    interprete: Path
    legible: str
    """The same interpreter, in letters that Excel can read."""
    carpetas: tuple[Path, ...] = ()
    con_residente: bool = False


def instalar(carpetas: Sequence[Path] = (), *, con_residente: bool = False) -> Iterator[Hecho]:
    """Install for the user of this PC, telling each step; `InstalacionImposible` before the first when it cannot be.

    A resident server that was there is kept, and started again: it may have been of another version.
    """
    comprobar_sistema()
    from zedxl.instalacion.windows import RegistroDeWindows

    registro = RegistroDeWindows()
    lugares = lugares_del_usuario(os.environ, registro)
    equipo = leer_equipo()
    legible = _comprobar_requisitos(equipo)
    absolutas = tuple(carpeta.absolute() for carpeta in map(_sin_rodeos, carpetas))
    _comprobar_carpetas(equipo, [_candidata(carpeta, lugares, registro) for carpeta in absolutas])
    from zedxl.excel.complemento import complemento

    pedido = Pedido(
        complemento=complemento(),
        interprete=Path(sys.executable).with_name("pythonw.exe"),
        legible=legible,
        carpetas=absolutas,
        con_residente=con_residente or equipo.residente.orden is not None,
    )
    return realizar(pasos(pedido, lugares, registro, ANSI))


def pasos(pedido: Pedido, lugares: Lugares, registro: Registro, ansi: str) -> Iterator[Paso]:
    """The steps of installing, in their order."""
    yield Paso("Complemento", partial(_poner_complemento, pedido.complemento, lugares), _CERRAR_EXCEL)
    yield Paso("Configuración", partial(_configurar, pedido.legible, lugares, ansi), "Revise los permisos.")
    for carpeta in pedido.carpetas:
        yield Paso("Carpeta de confianza", partial(_confiar, carpeta, registro), _SIN_REGISTRO)
    if pedido.con_residente:
        yield Paso("Servidor residente", partial(_inscribir, pedido.interprete, registro), _SIN_REGISTRO)
        yield Paso(
            "Servidor residente",
            partial(_arrancar, pedido.interprete),
            "Puede haberlo impedido el antivirus: muestre este mensaje a soporte.",
        )


def _comprobar_requisitos(equipo: Equipo) -> str:
    """The interpreter in letters that Excel can read, once everything that must be right is."""
    requisitos = juzgar(equipo, REQUISITOS)
    if hay_mal(requisitos) or equipo.python.legible is None:
        raise InstalacionImposible(f"No se instaló nada. {requisitos[0].explicacion} {requisitos[0].remedio}")
    return equipo.python.legible


def _comprobar_carpetas(equipo: Equipo, candidatas: Sequence[Candidata]) -> None:
    if candidatas and (equipo.seguridad.sin_ubicaciones or equipo.seguridad.ubicaciones_de_politica):
        raise InstalacionImposible(
            "No se instaló nada. Una política de su institución no deja que el usuario agregue carpetas de confianza "
            "a Excel: pida a soporte que la agregue, y ejecute «zedxl instalar» sin --confiar."
        )
    for candidata in candidatas:
        if candidata.reparo:
            raise InstalacionImposible(f"No se instaló nada. {candidata.reparo}")


def _candidata(carpeta: Path, lugares: Lugares, registro: Registro) -> Candidata:
    from zedxl.instalacion.windows import es_de_red

    return Candidata(
        carpeta=PureWindowsPath(carpeta),
        real=PureWindowsPath(carpeta.resolve()),
        existe=carpeta.is_dir(),
        de_red=es_de_red(carpeta),
        red_permitida=red_permitida(registro),
        ajenas=(
            (PureWindowsPath(lugares.descargas.resolve()), "Descargas"),
            (PureWindowsPath(lugares.temporales.resolve()), "de archivos temporales"),
        ),
    )


def _sin_rodeos(carpeta: Path) -> Path:
    r"""Without ``.`` and ``..``, but by the letter of its disk: Excel compares names, not places."""
    return Path(os.path.abspath(carpeta))  # noqa: PTH100  (Path.resolve would turn Z:\ into \\server\share)


def _poner_complemento(complemento: bytes, lugares: Lugares) -> str:
    ruta = lugares.complemento
    if comparar(ruta, complemento) is Complemento.AL_DIA:
        return f"ya estaba en {ruta}."
    ruta.parent.mkdir(parents=True, exist_ok=True)
    escribir_entero(complemento, ruta)
    return f"se puso en {ruta}."


def _configurar(legible: str, lugares: Lugares, ansi: str) -> str:
    lugares.carpeta_propia.mkdir(parents=True, exist_ok=True)
    escribir_entero(configuracion.linea(legible).encode(ansi), lugares.configuracion)
    return f"Excel usará {legible}."


def _confiar(carpeta: Path, registro: Registro) -> str:
    confianza.confiar(registro, PureWindowsPath(carpeta))
    return f"Excel ya no bloquea las macros de los libros de {carpeta} y sus subcarpetas."


def _inscribir(interprete: Path, registro: Registro) -> str:
    residente.inscribir(registro, interprete)
    return "se iniciará con su sesión de Windows."


def _arrancar(interprete: Path) -> str:
    residente.arrancar(interprete)
    return "está en marcha."
