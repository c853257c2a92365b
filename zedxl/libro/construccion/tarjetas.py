"""The cards of the Tablero: one number that matters on each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zedxl.aspecto import AZUL, GRIS
from zedxl.libro.construccion import conteo, datos_oei, disposicion, nombres
from zedxl.libro.construccion.datos_aei import DatosAEI
from zedxl.libro.construccion.lienzo import Formula, Hoja, Rasgos
from zedxl.libro.construccion.valores import CRITICA, Historia, Valor, de_estado, de_medida, de_semaforo
from zedxl.vocabulario import Estado

COLUMNAS_POR_TARJETA = 3
LUGAR_DE_CRITICAS = 4
"""Which card, from 0, counts the critical AEI."""

_FONDO = "#F3F6FA"


@dataclass(frozen=True, slots=True)
class CeldasDelPlan:
    """Where the Tablero says puntaje, cobertura and semáforo of the whole plan."""

    puntaje: str
    cobertura: str
    semaforo: str


@dataclass(frozen=True, slots=True)
class Tarjeta:
    """One number, what it is and what it stands against."""

    titulo: str
    cifra: Formula
    lema: Formula | str
    formato: str = "0"


def tarjetas(historia: Historia, plan: CeldasDelPlan, aeis: DatosAEI) -> Iterator[Tarjeta]:
    """The cards, left to right."""
    hoy = historia.hoy
    estados = aeis.bloque.rango(disposicion.ESTADO)
    color = de_semaforo(hoy.conjunto.ritmo, hoy.conjunto.semaforo)
    ritmo = color if color == "#VALUE!" else f"Ritmo del plan: {color}"
    yield Tarjeta(
        "Puntaje del PEI (%)",
        Formula(plan.puntaje, de_medida(hoy.conjunto.puntaje)),
        Formula(f'"Ritmo del plan: "&{plan.semaforo}', ritmo),
        "0.00",
    )
    yield Tarjeta(
        "Cobertura (%)",
        Formula(plan.cobertura, datos_oei.de_cobertura(hoy.aeis)),
        "de lo programado tiene valor",
        "0.00",
    )
    yield Tarjeta(
        "AEI cumplidas",
        _en_estado(Estado.CUMPLIDA, estados, historia),
        Formula(f'"de "&ROWS({estados})&" AEI del plan"', f"de {len(hoy.aeis)} AEI del plan"),
    )
    yield Tarjeta("AEI en proceso", _en_estado(Estado.EN_PROCESO, estados, historia), "aún no llegan a 100")
    umbral = f"{hoy.plan.parametros.umbral_critico:g}"
    yield Tarjeta(
        "AEI críticas",
        conteo.cuantas(aeis.bloque.rango(disposicion.CRITICA), CRITICA, historia.criticas),
        Formula(f'"ritmo menor que "&{nombres.UMBRAL_CRITICO}', f"ritmo menor que {umbral}"),
    )
    fuera = _en_estado(Estado.NO_PROGRAMADA, estados, historia)
    yield Tarjeta(
        "AEI sin dato",
        _en_estado(Estado.SIN_DATO, estados, historia),
        Formula(f'"y "&{fuera.texto}&" no programadas"', f"y {_como_texto(fuera.valor)} no programadas"),
    )


def escribir(hoja: Hoja, fila: int, columna: int, tarjeta: Tarjeta) -> None:
    """Write a card over three rows."""
    base: Rasgos = {
        "bg_color": _FONDO, "indent": 1, "align": "left",
        "left": 5, "left_color": f"#{AZUL}", "right": 5, "right_color": "#FFFFFF",
    }  # fmt: skip
    titulo = {**base, "font_size": 9, "bold": True, "font_color": f"#{AZUL}"}
    cifra = {**base, "font_size": 22, "bold": True, "num_format": tarjeta.formato}
    lema = {**base, "font_size": 9, "font_color": f"#{GRIS}"}
    ultima = columna + COLUMNAS_POR_TARJETA - 1
    for n, rasgos in enumerate((titulo, cifra, lema)):
        hoja.unir(fila + n, columna, ultima, rasgos)
    hoja.texto(fila, columna, tarjeta.titulo, titulo)
    hoja.formula(fila + 1, columna, tarjeta.cifra, cifra)
    if isinstance(tarjeta.lema, Formula):
        hoja.formula(fila + 2, columna, tarjeta.lema, lema)
    else:
        hoja.texto(fila + 2, columna, tarjeta.lema, lema)


def _en_estado(estado: Estado, estados: str, historia: Historia) -> Formula:
    return conteo.cuantas(estados, estado.value, map(de_estado, historia.hoy.aeis))


def _como_texto(valor: Valor) -> str:
    return valor if isinstance(valor, str) else f"{valor:g}"
