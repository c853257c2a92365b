"""The folders of the user that zedxl writes to or must keep away from."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from zedxl.excel import COMPLEMENTO
from zedxl.instalacion.registro import CARPETAS_DEL_USUARIO, DESCARGAS, Registro

_CONFIGURACION = "zedxl.conf"


@dataclass(frozen=True, slots=True)
class Lugares:
    """Where Excel takes its add-ins from (XLSTART), where zedxl's configuration is, and what anybody may fill."""

    xlstart: Path
    carpeta_propia: Path
    temporales: Path
    descargas: Path

    @property
    def complemento(self) -> Path:
        """The add-in, once installed."""
        return self.xlstart / COMPLEMENTO

    @property
    def configuracion(self) -> Path:
        """The file that tells Excel which Python to start."""
        return self.carpeta_propia / _CONFIGURACION


def lugares_del_usuario(entorno: Mapping[str, str], registro: Registro) -> Lugares:
    """The folders of the user of this PC."""
    perfil = Path(entorno["USERPROFILE"])
    descargas = registro.valor(CARPETAS_DEL_USUARIO, DESCARGAS)
    return Lugares(
        xlstart=Path(entorno["APPDATA"]) / "Microsoft" / "Excel" / "XLSTART",
        carpeta_propia=perfil / ".zedxl",
        temporales=Path(entorno["TEMP"]),
        descargas=Path(os.path.expandvars(descargas)) if isinstance(descargas, str) else perfil / "Downloads",
    )
