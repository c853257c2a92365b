"""Sheet Ayuda: how the book works, and the functions with their arguments."""

from __future__ import annotations

from importlib.resources import files

import tomllib

from udfs import FUNCIONES
from zedxl.aspecto import CELDA_DE_ENTRADA, FONDO_SEMAFORO
from zedxl.libro.construccion.lienzo import APARTADO, CELDA, CENTRADO, PARRAFO, Hoja, Rasgos
from zedxl.vocabulario import Semaforo

_LINEA: Rasgos = {"text_wrap": True}
_ANCHOS = (26, 46, 88)
_PUNTOS_POR_LINEA = 13.5
_COLORES = (
    (CELDA_DE_ENTRADA, "Celda para escribir"),
    (FONDO_SEMAFORO[Semaforo.VERDE], "VERDE: a tiempo"),
    (FONDO_SEMAFORO[Semaforo.AMBAR], "ÁMBAR: algo de retraso"),
    (FONDO_SEMAFORO[Semaforo.ROJO], "ROJO: retraso"),
    (FONDO_SEMAFORO[Semaforo.ND], "N/D: no se juzga o no hay dato"),
)


def construir(hoja: Hoja) -> None:
    """Write the sheet."""
    hoja.presentar("Ayuda", "Cómo funciona el libro.")
    hoja.anchos(*_ANCHOS)
    fila = 3
    for titulo, parrafos in _apartados():
        fila = _escribir_apartado(hoja, fila, titulo, parrafos)
    fila = _escribir_colores(hoja, fila)
    _escribir_funciones(hoja, fila)
    hoja.proteger()


def _apartados() -> list[tuple[str, list[str]]]:
    texto = files(__package__).joinpath("ayuda.toml").read_text(encoding="utf-8")
    return [(apartado["titulo"], apartado["parrafos"]) for apartado in tomllib.loads(texto)["apartado"]]


def _escribir_apartado(hoja: Hoja, fila: int, titulo: str, parrafos: list[str]) -> int:
    _titular(hoja, fila, titulo)
    for n, parrafo in enumerate(parrafos, fila + 1):
        hoja.unir(n, 0, 2, _LINEA)
        hoja.texto(n, 0, parrafo, _LINEA)
        hoja.xl.set_row(n, _alto(parrafo, sum(_ANCHOS)))
    return fila + len(parrafos) + 2


def _escribir_colores(hoja: Hoja, fila: int) -> int:
    """Each colour in a cell of its own, as many to a row as there are columns."""
    _titular(hoja, fila, "Colores")
    for n, (color, significado) in enumerate(_COLORES):
        hoja.texto(fila + 1 + n // 3, n % 3, significado, CELDA, CENTRADO, {"bg_color": f"#{color}"})
    return fila + 2 + len(_COLORES) // 3 + 1


def _escribir_funciones(hoja: Hoja, fila: int) -> None:
    """One row per function: how it is typed, what it gives, and its arguments."""
    _titular(hoja, fila, "Funciones")
    hoja.encabezados(fila + 1, ("Función", "Qué da", "Argumentos (entre corchetes, los que se pueden omitir)"))
    for n, funcion in enumerate(FUNCIONES.values(), fila + 2):
        argumentos = "\n".join(f"{a.escritura}: {a.ayuda}" for a in funcion.argumentos)
        textos = (funcion.escritura, funcion.descripcion, argumentos)
        for columna, texto in enumerate(textos):
            hoja.texto(n, columna, texto, CELDA, PARRAFO, {"bold": columna == 0})
        hoja.xl.set_row(n, max(_alto(texto, ancho) for texto, ancho in zip(textos, _ANCHOS, strict=True)))


def _titular(hoja: Hoja, fila: int, titulo: str) -> None:
    hoja.xl.set_row(fila, 20)
    for columna in range(len(_ANCHOS)):
        hoja.texto(fila, columna, titulo if columna == 0 else "", APARTADO)


def _alto(texto: str, ancho: int) -> float:
    lineas = sum(max(1, -(-len(parrafo) // int(ancho * 1.15))) for parrafo in texto.split("\n"))
    return _PUNTOS_POR_LINEA * lineas + 4
