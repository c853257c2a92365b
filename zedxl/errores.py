"""What goes wrong for reasons that a planner can mend."""

from __future__ import annotations

import errno
import os
from pathlib import Path

_DEL_SISTEMA = {
    errno.ENOSPC: "no hay espacio en el disco",
    errno.EDQUOT: "se agotó el espacio asignado",
    errno.EACCES: "no hay permiso",
    errno.EPERM: "no hay permiso",
    errno.EROFS: "el disco es de solo lectura",
    errno.EFBIG: "el archivo es demasiado grande",
    errno.ENAMETOOLONG: "el nombre es demasiado largo",
    errno.ENOENT: "no existe",
    errno.EIO: "el disco o la red no responden",
}
_LO_MAS_LARGO_EN_WINDOWS = 260  # characters of a whole path, where nobody has changed that


class ErrorExplicado(Exception):
    """An error whose text is Spanish and says what happened, where, and what to do; it is shown as it is."""


def motivo_del_sistema(error: OSError) -> str:
    """What the operating system complains about, in Spanish.

    >>> motivo_del_sistema(OSError(errno.ENOSPC, "No space left on device"))
    'no hay espacio en el disco'
    >>> motivo_del_sistema(OSError(errno.EMFILE, "Too many open files"))
    'error 24 del sistema'
    """
    if error.errno == errno.ENOENT and error.filename and no_cabe_en_windows(Path(error.filename)):
        return f"la ruta pasa de los {_LO_MAS_LARGO_EN_WINDOWS} caracteres que Windows admite"
    return _DEL_SISTEMA.get(error.errno or 0, f"error {error.errno} del sistema")


def no_cabe_en_windows(ruta: Path) -> bool:
    """Whether Windows may say of a file that it is not there because its path is too long."""
    return os.name == "nt" and len(str(ruta.absolute())) >= _LO_MAS_LARGO_EN_WINDOWS


def explicacion(error: BaseException) -> str:
    """Any error in Spanish, for a person: what is explained already, what the system refused, what nobody foresaw.

    >>> explicacion(PermissionError(errno.EACCES, "Permission denied"))
    'El sistema no permitió terminar: no hay permiso. El libro no cambió.'
    """
    match error:
        case ErrorExplicado():
            return str(error)
        case OSError():
            return f"El sistema no permitió terminar: {motivo_del_sistema(error)}. El libro no cambió."
        case _:
            return (
                f"Ocurrió algo imprevisto: {type(error).__name__}: {str(error).rstrip('.')}. El libro no cambió. "
                "Con ZEDXL_DEBUG=1 se muestra el detalle para reportarlo."
            )
