"""vincular(libro): a copy of a book with functions and ribbon inside; the book itself stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from zedxl.archivo import estrenar, temporal
from zedxl.edicion.cambio import Edicion
from zedxl.edicion.entrega import Recalculado, preparar
from zedxl.edicion.verificacion import verificar
from zedxl.excel import COMPLEMENTO
from zedxl.excel.macros import CON_EL_COMPLEMENTO, Destino, LibroNoVinculable, con_macros, exigir_vinculable
from zedxl.libro.entrega import LibroNoEscrito, comprobar_escribible, poner
from zedxl.libro.paquete import LibroIlegible, Paquete

EXTENSION = ".xlsm"
"""Of a book with macros."""
_SIN_CAMBIOS = Edicion()
_DE_OTRA_CLASE = {
    ".xlsb": "es un libro binario (.xlsb), que zedxl no modifica.",
    ".xlam": "es un complemento, no un libro.",
    ".xltx": "es una plantilla, no un libro.",
    ".xltm": "es una plantilla, no un libro.",
}


@dataclass(frozen=True, slots=True)
class Vinculado:
    """The macro-enabled copy of a book, and how its formulas fare where some were put in."""

    copia: Path
    recalculo: Recalculado


def leer_para_vincular(libro: Path) -> Paquete:
    """The package of a book; `LibroNoVinculable` for one that macros are not put into, `LibroIlegible`."""
    motivo = _DE_OTRA_CLASE.get(libro.suffix.casefold())
    if motivo is not None:
        raise LibroNoVinculable(f"{libro.name} {motivo} {CON_EL_COMPLEMENTO}")
    paquete = Paquete(libro)
    exigir_vinculable(paquete)
    return paquete


def vincular(paquete: Paquete, salida: Path | None = None, edicion: Edicion = _SIN_CAMBIOS) -> Vinculado:
    """Write the macro-enabled copy, beside the book under its name unless told where, with an edit carried out in it.

    No file is written over. Raises `LibroNoVinculable`, `LibroNoEscrito` and `EdicionImposible`.
    """
    libro = paquete.ruta
    destino = salida or libro.with_suffix(EXTENSION)
    if destino.resolve() == libro.resolve():
        raise LibroNoEscrito(
            f"La copia con macros de {libro.name} no puede reemplazar al libro. Indique otro nombre con --salida."
        )
    comprobar_escribible(libro, destino, EXTENSION)
    contenido, recalculo = preparar(paquete, edicion) if edicion else (paquete.contenido, Recalculado())
    con_todo = con_macros(Paquete(libro, contenido), Destino.LIBRO)
    puesto = poner(con_todo, paquete, destino, partial(verificar, paquete, edicion), EXTENSION)
    assert puesto is not None  # it is another file than the book
    return Vinculado(puesto.libro, recalculo)


def dejar_complemento(libro: Path) -> tuple[Path, bool]:
    """Put the add-in beside a book, which is not touched; returns its path, and False where it was there already.

    Another file of that name is not written over: `LibroNoEscrito`.
    """
    from zedxl.excel.complemento import complemento

    if not libro.is_file():
        raise LibroIlegible(f"No existe el archivo {libro}. Revise el nombre y la carpeta.")
    lugar = libro.absolute().with_name(COMPLEMENTO)
    contenido = complemento()
    try:
        with temporal(contenido, lugar.parent, como=lugar) as nuevo:
            estrenar(nuevo, lugar)
    except FileExistsError:
        if lugar.read_bytes() == contenido:
            return lugar, False
        raise LibroNoEscrito(
            f"Ya existe {lugar}, y es de otra versión de zedxl o de otro programa. Retírelo e intente de nuevo."
        ) from None
    return lugar, True
