"""Putting a finished report in its place: whole or not at all, and never over somebody's edits."""

from __future__ import annotations

import re
from pathlib import Path

from zedxl.archivo import candado, escribir_entero, solo_lectura
from zedxl.errores import ErrorExplicado, motivo_del_sistema
from zedxl.evaluacion import Evaluacion

_LETRAS_QUE_QUITA_WORD = (0, 1, 2)  # two of names longer than six letters, one or none of shorter ones
_NO_PERMITIDO = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


class InformeNoEscrito(ErrorExplicado):
    """The report could not be written; its text says why and what to do."""


def ruta_del_informe(evaluacion: Evaluacion, libro: Path, pedida: Path | None = None) -> Path:
    """Where the report of an evaluation goes; `InformeNoEscrito` when there is nothing to report."""
    from zedxl.informe import titulos

    if evaluacion.periodo not in evaluacion.plan.periodos_con_valor:
        raise InformeNoEscrito(
            f"En {evaluacion.periodo} no hay ningún valor obtenido que informar. Escríbalos en el libro, o indique "
            "otro período con --periodo."
        )
    nombre = f"{titulos.informe(evaluacion.periodo)} - {evaluacion.plan.entidad.nombre_corto}"
    return ruta_de_salida(pedida, libro, nombre)


def ruta_de_salida(pedida: Path | None, libro: Path, nombre: str) -> Path:
    """Where the report goes: beside the book, in the folder asked for, or the very file asked for."""
    if pedida is None:
        return libro.absolute().parent / nombre_de_archivo(nombre)
    if _es_carpeta(pedida):
        return pedida / nombre_de_archivo(nombre)
    if pedida.suffix.casefold() != ".docx":
        raise InformeNoEscrito(
            f"{pedida} no es una carpeta que exista ni un nombre terminado en .docx. Corrija --salida."
        )
    return pedida


def nombre_de_archivo(titulo: str) -> str:
    """A title as a file name that Windows accepts.

    >>> nombre_de_archivo("Informe de Evaluación Semestre 2025-I: A/B")
    'Informe de Evaluación Semestre 2025-I A B.docx'
    """
    return " ".join(_NO_PERMITIDO.sub(" ", titulo).split())[:120].strip(". ") + ".docx"


def comprobar(salida: Path) -> None:
    """Raise `InformeNoEscrito` when the report could not be put in its place: asked before any work is done."""
    try:
        _comprobar(salida)
    except OSError as error:
        raise InformeNoEscrito(
            f"No se puede escribir {salida}: {motivo_del_sistema(error)}. Lleve el libro a otra carpeta, o indique "
            "otro lugar con --salida."
        ) from error


def _comprobar(salida: Path) -> None:
    carpeta = salida.absolute().parent
    if not carpeta.is_dir():
        raise InformeNoEscrito(f"No existe la carpeta {carpeta}. Créela o indique otra con --salida.")
    if solo_lectura(carpeta):
        raise InformeNoEscrito(
            f"La carpeta {carpeta} es de solo lectura. Lleve el libro a otra, o indique otra con --salida."
        )
    if salida.is_dir():
        raise InformeNoEscrito(f"{salida} es una carpeta. Indique otro nombre con --salida.")
    if salida.exists() and solo_lectura(salida):
        raise InformeNoEscrito(
            f"{salida} es de solo lectura. Quítele esa propiedad o indique otro nombre con --salida."
        )
    if candado(salida, _LETRAS_QUE_QUITA_WORD) is not None:
        raise InformeNoEscrito(f"{salida} está abierto en Word o LibreOffice. Ciérrelo e intente de nuevo.")


def guardar(contenido: bytes, salida: Path) -> Path | None:
    """Write a file whole or not at all; the path of the earlier one, if there was one with other content.

    The earlier file is kept under another name because somebody may have edited it.
    """
    comprobar(salida)
    anterior = None
    try:
        if salida.exists():
            if salida.read_bytes() == contenido:
                return None
            anterior = _nombre_del_anterior(salida)
            escribir_entero(salida.read_bytes(), anterior)
        escribir_entero(contenido, salida)
    except OSError as error:
        if anterior is not None:
            anterior.unlink(missing_ok=True)
        raise InformeNoEscrito(
            f"No se pudo escribir {salida}: {motivo_del_sistema(error)}. Si está abierto en Word, ciérrelo; si no hay "
            "espacio o permiso, lleve el libro a otra carpeta o indique otra con --salida."
        ) from error
    return anterior


def _nombre_del_anterior(salida: Path) -> Path:
    """A free name like «Informe (anterior 1).docx»."""
    numero = 1
    while (anterior := salida.with_stem(f"{salida.stem} (anterior {numero})")).exists():
        numero += 1
    return anterior


def _es_carpeta(ruta: Path) -> bool:
    try:
        return ruta.is_dir()
    except OSError:  # no permission to look; `comprobar` will say so
        return False
