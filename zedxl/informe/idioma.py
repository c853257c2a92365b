"""Spanish as official texts write it: numbers in words, lists, singular and plural, períodos."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from zedxl.medida import Medida
from zedxl.numero import con_decimales, tal_cual
from zedxl.periodo import Periodo
from zedxl.vocabulario import Semaforo

_EN_PALABRAS = ("cero", "un", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez")
_NIVELES = {Semaforo.VERDE: "alto", Semaforo.AMBAR: "medio", Semaforo.ROJO: "bajo", Semaforo.ND: ""}


def en_palabras(n: int, femenino: bool = False) -> str:
    """A count up to ten in words, a greater one in figures.

    >>> en_palabras(3), en_palabras(1), en_palabras(1, femenino=True), en_palabras(18)
    ('tres', 'un', 'una', '18')
    """
    if n == 1 and femenino:
        return "una"
    return _EN_PALABRAS[n] if n < len(_EN_PALABRAS) else str(n)


def cuenta(n: int, singular: str, plural: str, femenino: bool = False) -> str:
    """A count with its noun.

    >>> cuenta(1, "objetivo", "objetivos"), cuenta(3, "acción", "acciones", femenino=True)
    ('un objetivo', 'tres acciones')
    >>> cuenta(0, "acción", "acciones", femenino=True)
    'ninguna acción'
    """
    if n == 0:
        return f"{'ninguna' if femenino else 'ningún'} {singular}"
    return f"{en_palabras(n, femenino)} {singular if n == 1 else plural}"


def lista(cosas: Sequence[str]) -> str:
    """Things one after the other.

    >>> lista(["a"]), lista(["a", "b"]), lista(["a", "b", "c"])
    ('a', 'a y b', 'a, b y c')
    """
    *primeras, ultima = cosas
    return f"{', '.join(primeras)} y {ultima}" if primeras else ultima


def frase(texto: str) -> str:
    """The text with its first letter as a capital.

    >>> frase("diez AEI"), frase("ZED ILO")
    ('Diez AEI', 'ZED ILO')
    """
    return texto[:1].upper() + texto[1:]


def una_linea(texto: str) -> str:
    r"""The text without line breaks, for headings and names.

    >>> una_linea(" Mejora\nde la calidad. ")
    'Mejora de la calidad.'
    """
    return " ".join(texto.split())


def porcentaje(medida: Medida) -> str:
    """A percentage as running text prints it.

    >>> porcentaje(Medida(200 / 3))
    '66.67%'
    """
    return "N/D" if medida.valor is None else f"{con_decimales(medida.valor)}%"


def umbral(valor: float) -> str:
    """A threshold.

    >>> umbral(75.0)
    '75%'
    """
    return f"{tal_cual(valor)}%"


def nivel(color: Semaforo) -> str:
    """The level that a colour stands for, "" for N/D.

    >>> nivel(Semaforo.VERDE), nivel(Semaforo.ND)
    ('alto', '')
    """
    return _NIVELES[color]


def plazo(periodo: Periodo) -> str:
    """The time that the evaluation covers.

    >>> plazo(Periodo(2025, 1)), plazo(Periodo(2025, 2))
    ('el primer semestre de 2025', 'el año 2025')
    """
    return f"el año {periodo.anio}" if periodo.cierra_anio else f"el primer semestre de {periodo.anio}"


def corte(periodo: Periodo) -> str:
    """The moment that the values are from.

    >>> corte(Periodo(2025, 1)), corte(Periodo(2025, 2))
    ('al primer semestre de 2025', 'al cierre de 2025')
    """
    return f"al cierre de {periodo.anio}" if periodo.cierra_anio else f"al primer semestre de {periodo.anio}"


def fin(periodo: Periodo) -> date:
    """The last day of a período, which dates the document.

    >>> fin(Periodo(2025, 1)).isoformat()
    '2025-06-30'
    """
    return date(periodo.anio, 12, 31) if periodo.cierra_anio else date(periodo.anio, 6, 30)
