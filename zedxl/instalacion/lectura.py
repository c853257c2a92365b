"""Reading a PC with Windows into an `Equipo`; nothing is judged and nothing is changed here."""

from __future__ import annotations

import os
import re
import sys
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path, PureWindowsPath

from zedxl.errores import ErrorExplicado
from zedxl.instalacion import confianza, configuracion, residente
from zedxl.instalacion import registro as claves
from zedxl.instalacion.equipo import Complemento, Equipo, Instalado, Libro, Python, Residente, Seguridad, Xlwings
from zedxl.instalacion.lugares import Lugares, lugares_del_usuario
from zedxl.instalacion.registro import Registro, Valor

ANSI = "mbcs"
"""The ANSI code page of Windows, in which VBA reads."""

_PREGUNTAR = 2  # what Excel does with macros unless told otherwise
_FIJADA = re.compile(r"xlwings==([\w.]+)")
_ZONA = re.compile(r"^ZoneId=(\d+)", re.MULTILINE)


class LibroNoEncontrado(ErrorExplicado):
    """The book asked about is not there."""


def leer_equipo(libro: Path | None = None) -> Equipo:
    """This PC, and a book if one is asked about; Windows only."""
    from zedxl.instalacion.windows import RegistroDeWindows

    registro = RegistroDeWindows()
    lugares = lugares_del_usuario(os.environ, registro)
    xlwings = leer_xlwings(Path(sys.executable))
    return Equipo(
        python=leer_python(),
        xlwings=xlwings,
        excel=next(filter(None, (_texto(registro.valor(clave, "")) for clave in claves.RUTAS_DE_EXCEL)), None),
        instalado=leer_instalado(lugares, registro, _complemento_de(xlwings), ANSI),
        seguridad=leer_seguridad(registro),
        residente=leer_residente(registro, corriendo=xlwings.con_pywin32 and residente.corriendo() is not None),
        libro=None if libro is None else leer_libro(libro),
    )


def leer_python() -> Python:
    """The Python that is running."""
    from zedxl.instalacion.windows import nombre_corto

    interprete = Path(sys.executable).with_name("pythonw.exe")
    return Python(
        version=sys.version.split()[0],
        interprete=PureWindowsPath(interprete),
        existe=interprete.is_file(),
        legible=configuracion.legible(str(interprete), ANSI, lambda: nombre_corto(interprete)),
        base=PureWindowsPath(sys.base_prefix),
    )


def leer_xlwings(interprete: Path) -> Xlwings:
    """The xlwings of this Python, and its DLLs: Excel looks for them beside the interpreter and one folder above."""
    instalada = _version_de_xlwings()
    dll = (f"xlwings{bits}-{instalada}.dll" for bits in (64, 32)) if instalada else ()
    carpetas = (interprete.parent, interprete.parent.parent)
    return Xlwings(
        instalada=instalada,
        pedida=_xlwings_pedida(),
        dll_que_faltan=tuple(n for n in dll if not any((carpeta / n).is_file() for carpeta in carpetas)),
        con_pywin32=find_spec("pythoncom") is not None,
    )


def leer_instalado(lugares: Lugares, registro: Registro, esperado: bytes | None, ansi: str) -> Instalado:
    """What zedxl put into this PC; ``esperado`` is the add-in as it should be, None where that cannot be told."""
    interprete = _interprete_configurado(lugares.configuracion, ansi)
    return Instalado(
        complemento=comparar(lugares.complemento, esperado),
        ruta=str(lugares.complemento),
        interprete=interprete,
        existe_interprete=interprete is not None and Path(interprete).is_file(),
        desactivado=any(
            lugares.complemento.name.casefold() in valor.decode("utf-16-le", "ignore").casefold()
            for valor in registro.valores(claves.DESACTIVADOS)
            if isinstance(valor, bytes)
        ),
    )


def comparar(ruta: Path, esperado: bytes | None) -> Complemento:
    """How the add-in in a place compares with the one expected."""
    try:
        contenido = ruta.read_bytes()
    except FileNotFoundError:
        return Complemento.AUSENTE
    except OSError:
        return Complemento.SIN_COMPROBAR
    if esperado is None:
        return Complemento.SIN_COMPROBAR
    return Complemento.AL_DIA if contenido == esperado else Complemento.OTRO


def leer_seguridad(registro: Registro) -> Seguridad:
    """What the settings of the user, and the policies that override them, let run."""

    def vigente(nombre: str) -> Valor | None:
        de_politica = registro.valor(claves.SEGURIDAD_POR_POLITICA, nombre)
        return registro.valor(claves.SEGURIDAD, nombre) if de_politica is None else de_politica

    ubicaciones = (claves.UBICACIONES, claves.UBICACIONES_POR_POLITICA)
    macros = vigente("VBAWarnings")
    return Seguridad(
        macros=macros if isinstance(macros, int) else _PREGUNTAR,
        por_politica=registro.valor(claves.SEGURIDAD_POR_POLITICA, "VBAWarnings") is not None,
        sin_complementos=vigente("DisableAllAddins") == 1,
        complementos_firmados=vigente("RequireAddinSig") == 1,
        sin_ubicaciones=any(registro.valor(clave, "AllLocationsDisabled") == 1 for clave in ubicaciones),
        ubicaciones_de_politica=registro.valor(claves.UBICACIONES_DE_OFFICE, "Allow User Locations") == 0,
        confiadas=confianza.ubicaciones(registro),
        propias=tuple(str(registro.valor(clave, "Path")) for clave in confianza.claves_propias(registro)),
        defender=regla_de_defender(registro),
    )


def red_permitida(registro: Registro) -> bool:
    """Whether Excel may trust folders of other machines."""
    return any(
        registro.valor(clave, "AllowNetworkLocations") == 1
        for clave in (claves.UBICACIONES, claves.UBICACIONES_POR_POLITICA)
    )


def regla_de_defender(registro: Registro) -> int | None:
    """What Defender does when Office starts a process: 1 blocks, 2 notes, 6 asks; None where nothing can be seen."""
    for clave in claves.REGLAS_DE_DEFENDER:
        valor = _numero(registro.valor(clave, claves.SIN_PROCESOS_HIJOS))
        if valor is not None:
            return valor
    for regla in _texto(registro.valor(claves.DEFENDER_POR_INTUNE, "ASRRules")).split("|"):
        nombre, _, valor_de_regla = regla.partition("=")
        if nombre.strip().casefold() == claves.SIN_PROCESOS_HIJOS:
            return _numero(valor_de_regla)
    return None


def leer_residente(registro: Registro, *, corriendo: bool) -> Residente:
    """The resident server as it is registered, and whether it runs."""
    orden = registro.valor(claves.INICIO, residente.VALOR)
    aprobado = registro.valor(claves.INICIO_APROBADO, residente.VALOR)
    return Residente(
        orden=orden if isinstance(orden, str) else None,
        apagado=isinstance(aprobado, bytes) and aprobado[:1] != b"" and aprobado[0] % 2 == 1,
        corriendo=corriendo,
    )


def leer_libro(libro: Path) -> Libro:
    """A book, and where Windows noted that it came from."""
    if not libro.is_file():
        raise LibroNoEncontrado(f"No existe el archivo {libro}. Revise su nombre y su carpeta.")
    try:
        marca = Path(f"{libro}:Zone.Identifier").read_text(encoding="latin-1")
    except OSError:
        marca = ""
    zona = _ZONA.search(marca)
    return Libro(PureWindowsPath(libro.absolute()), int(zona.group(1)) if zona else None)


def _complemento_de(xlwings: Xlwings) -> bytes | None:
    """The add-in as this zedxl makes it; it takes parts of xlwings, so none with the wrong one."""
    if not xlwings.es_la_pedida:
        return None
    from zedxl.excel.complemento import complemento

    return complemento()


def _interprete_configurado(archivo: Path, ansi: str) -> str | None:
    try:
        return configuracion.interprete_en(archivo.read_bytes().decode(ansi, "replace"))
    except OSError:
        return None


def _version_de_xlwings() -> str | None:
    try:
        return metadata.version("xlwings")
    except metadata.PackageNotFoundError:
        return None


def _xlwings_pedida() -> str | None:
    """The version that zedxl was installed with; None when it runs from its sources."""
    try:
        requisitos = metadata.requires("zedxl") or []
    except metadata.PackageNotFoundError:
        return None
    return next((hallada.group(1) for hallada in map(_FIJADA.match, requisitos) if hallada), None)


def _texto(valor: Valor | None) -> str:
    return valor if isinstance(valor, str) else ""


def _numero(valor: Valor | None) -> int | None:
    """A number, also where it is written as a text."""
    texto = str(valor).strip()
    return int(texto) if texto.isdecimal() else None
