"""The page that the button Ayuda opens: the buttons and the functions, without any internet."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

from udfs import FUNCIONES, Funcion
from zedxl import __version__
from zedxl.errores import ErrorExplicado, motivo_del_sistema
from zedxl.excel.cinta import CINTA

ARCHIVO = Path(tempfile.gettempdir()) / "zedxl-ayuda.html"
"""Where the page is written; uninstalling removes it."""

_ESTILO = (
    "body{font:15px/1.5 Calibri,Carlito,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#222}"
    "h1,h2{color:#1f4e79}code{font:14px Consolas,monospace;color:#1f4e79}li{margin:.3em 0}"
)


class SinPaginaDeAyuda(ErrorExplicado):
    """The page could not be written."""


def escribir_ayuda() -> Path:
    """Write the page anew and say where it is; `SinPaginaDeAyuda` when the folder does not let it."""
    try:
        ARCHIVO.write_text("\n".join(_pagina()), encoding="utf-8")
    except OSError as error:
        raise SinPaginaDeAyuda(
            f"No se pudo escribir la ayuda en {ARCHIVO}: {motivo_del_sistema(error)}. La hoja Ayuda del libro y el "
            "asistente de funciones (fx) dicen lo mismo."
        ) from error
    return ARCHIVO


def _pagina() -> Iterator[str]:
    yield f'<!DOCTYPE html>\n<html lang="es"><head><meta charset="utf-8"><title>zedxl</title><style>{_ESTILO}</style>'
    yield f"</head><body><h1>zedxl {__version__}</h1>"
    yield "<p>Las fórmulas se escriben en cualquier celda; el asistente de funciones (fx) también las explica.</p>"
    yield "<h2>Botones de la pestaña PEI</h2><ul>"
    for grupo in CINTA:
        for boton in grupo.botones:
            yield f"<li><b>{escape(boton.rotulo)}</b>: {escape(boton.ayuda)}</li>"
    yield "</ul><h2>Funciones</h2><p>Entre corchetes, los argumentos que se pueden omitir.</p>"
    for funcion in FUNCIONES.values():
        yield from _funcion(funcion)
    yield "</body></html>"


def _funcion(funcion: Funcion) -> Iterator[str]:
    yield f"<h3><code>={escape(funcion.escritura)}</code></h3><p>{escape(funcion.descripcion)}</p><ul>"
    for argumento in funcion.argumentos:
        yield f"<li><code>{escape(argumento.nombre)}</code>: {escape(argumento.ayuda)}</li>"
    yield "</ul>"
