"""Drop-downs, limits and input messages of the cells where people type."""

from __future__ import annotations

from typing import Any

from zedxl.libro.columnas import Columna
from zedxl.vocabulario import Agregacion, Frecuencia, Palabra, Prioridad, Relevancia, Sentido

Validacion = dict[str, Any]

SIN_SIGNO = "Un porcentaje va sin signo: 25, no 25%."
"""Excel turns 25% into 0.25, which is another number."""

_PALABRAS: dict[Columna, tuple[type[Palabra], str]] = {
    Columna.PRIORIDAD: (Prioridad, "Prioridad en la ruta estratégica. La de una AEI vacía es la de su OEI."),
    Columna.SENTIDO: (Sentido, "Hacia dónde debe moverse el indicador. No definido: entre un mínimo y un máximo."),
    Columna.AGREGACION: (Agregacion, "Acumulado: el año suma los dos semestres. No acumulado: vale el último."),
    Columna.FRECUENCIA: (Frecuencia, "Anual: solo se mide al cierre del año y no se juzga en el semestre I."),
    Columna.RELEVANCIA: (Relevancia, "Solo influye si en Parámetros la ponderación es por relevancia."),
}
_TEXTOS: dict[Columna, str] = {
    Columna.DENOMINACION: "Como está en el PEI aprobado.",
    Columna.RESPONSABLE: "Unidad orgánica que reporta el valor obtenido.",
    Columna.CODIGO_INDICADOR: "Código oficial del indicador, por ejemplo IND.01.02.01.",
    Columna.INDICADOR: "Nombre del indicador como está en el PEI aprobado.",
    Columna.UNIDAD: "En qué se cuenta: acciones, eventos, %…",
}
_NUMEROS: dict[Columna, str] = {
    Columna.PESO: "Peso de la AEI en el puntaje. Vacío en todas: pesos iguales.",
    Columna.PESO_INDICADOR: "Peso del indicador dentro de su OEI o AEI. Vacío en todos: pesos iguales.",
    Columna.MINIMO: "Solo con sentido No definido: valor más bajo aceptable.",
    Columna.MAXIMO: "Solo con sentido No definido: valor más alto aceptable.",
}


def de_columna(columna: Columna, celda: str) -> Validacion | None:
    """What may be typed in a column of the plan; ``celda`` is the first cell that it is for."""
    if columna in _PALABRAS:
        clase, mensaje = _PALABRAS[columna]
        return de_lista(columna.value, [p.value for p in clase], mensaje)
    if columna in _TEXTOS:
        return de_texto(columna.value, _TEXTOS[columna])
    if columna in _NUMEROS:
        return de_numero(columna.value, _NUMEROS[columna])
    if columna is Columna.LINEA_BASE:
        return de_valor(columna.value, celda, f"Valor de partida del indicador; N/D o vacío si no lo hay. {SIN_SIGNO}")
    if columna is Columna.LINEA_BASE_ANIO:
        return {
            **_mensajes(columna.value, "Año en que se midió la línea base.", "Escriba un año, por ejemplo 2022."),
            "validate": "integer", "criteria": "between", "minimum": 1990, "maximum": 2100,
        }  # fmt: skip
    return None


def de_lista(titulo: str, opciones: list[str] | str, mensaje: str, estricta: bool = True) -> Validacion:
    """A drop-down; ``opciones`` is a list, or the range where it stands. A lenient one asks before taking others."""
    return {
        **_mensajes(titulo, mensaje, "Elija un valor de la lista."),
        "validate": "list",
        "source": opciones,
        "error_type": "stop" if estricta else "warning",
    }


def de_texto(titulo: str, mensaje: str) -> Validacion:
    """Any text."""
    return {"validate": "any", "input_title": titulo, "input_message": mensaje}


def de_numero(titulo: str, mensaje: str, maximo: float | None = None) -> Validacion:
    """A number that is not negative, at most ``maximo``."""
    if maximo is None:
        limite: Validacion = {"criteria": ">=", "value": 0}
        error = "Escriba un número mayor o igual que cero, o deje la celda vacía."
    else:
        limite = {"criteria": "between", "minimum": 0, "maximum": maximo}
        error = f"Escriba un número entre 0 y {maximo:g}."
    return {**_mensajes(titulo, mensaje, error), "validate": "decimal", **limite}


def de_valor(titulo: str, celda: str, mensaje: str) -> Validacion:
    """Any number, or the text N/D."""
    return {
        **_mensajes(titulo, mensaje, "Escriba un número, o N/D si el dato no está disponible."),
        "validate": "custom",
        "value": f'=OR(ISNUMBER({celda}),UPPER({celda})="N/D")',
    }


def _mensajes(titulo: str, mensaje: str, error: str) -> Validacion:
    return {
        "input_title": titulo,
        "input_message": mensaje,
        "error_title": "Dato no válido",
        "error_message": error,
    }
