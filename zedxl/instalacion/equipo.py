"""A PC as zedxl found it: all that the checks judge, read beforehand, so that they are plain rules."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import PureWindowsPath

from zedxl.instalacion.confianza import Ubicacion


@dataclass(frozen=True, slots=True)
class Python:
    """The Python that runs zedxl: its pythonw.exe, and the same (``legible``) in letters that Excel can read."""

    version: str
    interprete: PureWindowsPath
    existe: bool
    legible: str | None
    base: PureWindowsPath
    """Where the Python lies that a virtual environment was made from."""


@dataclass(frozen=True, slots=True)
class Xlwings:
    """The xlwings that is installed, the one that zedxl needs, and which of its DLLs Excel would not find."""

    instalada: str | None
    pedida: str | None
    dll_que_faltan: tuple[str, ...]
    con_pywin32: bool

    @property
    def es_la_pedida(self) -> bool:
        """Whether zedxl can work with it; None asked for means that zedxl runs from its sources."""
        return self.instalada is not None and self.pedida in (None, self.instalada)


class Complemento(Enum):
    """How the add-in in XLSTART compares with the one that this zedxl makes."""

    AUSENTE = "ausente"
    AL_DIA = "al día"
    OTRO = "otro"
    SIN_COMPROBAR = "sin comprobar"


@dataclass(frozen=True, slots=True)
class Instalado:
    """What is in place: the add-in, the Python that Excel is to start, and whether Excel switched the add-in off."""

    complemento: Complemento
    ruta: str
    interprete: str | None
    existe_interprete: bool
    desactivado: bool


@dataclass(frozen=True, slots=True)
class Seguridad:
    """What Excel's and Defender's settings let run; ``macros`` as in VBAWarnings, ``defender`` as in an ASR rule."""

    macros: int = 2
    por_politica: bool = False
    sin_complementos: bool = False
    complementos_firmados: bool = False
    sin_ubicaciones: bool = False
    ubicaciones_de_politica: bool = False
    confiadas: tuple[Ubicacion, ...] = ()
    propias: tuple[str, ...] = ()
    """The folders that Excel trusts because zedxl asked for it."""
    defender: int | None = None


@dataclass(frozen=True, slots=True)
class Residente:
    """The server started at logon: how (None: it is not), whether somebody switched that off, and whether it runs."""

    orden: str | None = None
    apagado: bool = False
    corriendo: bool = False


@dataclass(frozen=True, slots=True)
class Libro:
    """A book asked about; ``zona`` is where Windows noted that it came from: 3 the internet, None without a note."""

    ruta: PureWindowsPath
    zona: int | None


@dataclass(frozen=True, slots=True)
class Equipo:
    """Everything that the checks look at."""

    python: Python
    xlwings: Xlwings
    excel: str | None
    instalado: Instalado
    seguridad: Seguridad
    residente: Residente
    libro: Libro | None = None
