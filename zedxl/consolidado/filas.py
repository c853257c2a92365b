"""The consolidated table: its columns, and the rows that each `Ficha` gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from zedxl.consolidado.ficha import Ficha, Suerte
from zedxl.texto import limpio


class Clase(Enum):
    """What a column holds."""

    TEXTO = "texto"
    NUMERO = "número"
    PORCENTAJE = "porcentaje"
    CUENTA = "cuenta"
    SI_O_NO = "sí o no"


@dataclass(frozen=True, slots=True)
class Columna:
    """A column: its name in a DataFrame, its title and width (in characters) on a sheet, and what it holds."""

    nombre: str
    titulo: str
    ancho: int
    clase: Clase = Clase.TEXTO


COLUMNAS = (
    Columna("archivo", "Archivo", 34),
    Columna("entidad", "Entidad", 34),
    Columna("pei", "PEI", 11),
    Columna("periodo", "Período", 10),
    Columna("nivel", "Nivel", 7),
    Columna("codigo", "Código", 11),
    Columna("oei", "OEI", 8),
    Columna("denominacion", "Denominación", 50),
    Columna("indicador", "Indicador", 40),
    Columna("unidad", "Unidad de medida", 18),
    Columna("programado", "Programado", 13, Clase.NUMERO),
    Columna("ejecutado", "Ejecutado", 12, Clase.NUMERO),
    Columna("avance", "Avance (%)", 12, Clase.PORCENTAJE),
    Columna("ritmo", "Ritmo (%)", 11, Clase.PORCENTAJE),
    Columna("puntaje", "Puntaje (%)", 13, Clase.PORCENTAJE),
    Columna("cobertura", "Cobertura (%)", 15, Clase.PORCENTAJE),
    Columna("critica", "Crítica", 9, Clase.SI_O_NO),
    Columna("estado", "Estado", 15),
    Columna("motivo", "Motivo", 30),
    Columna("errores", "Errores", 9, Clase.CUENTA),
    Columna("advertencias", "Advertencias", 14, Clase.CUENTA),
)
"""One row per institution (nivel PEI), OEI and AEI at each período; percentages from 0 to 100."""


Valor = str | float | bool | None
Fila = tuple[Valor, ...]
PorColumnas = list[tuple[Valor, ...]]
"""Rows as the values of each column, in the order of `COLUMNAS`."""


def filas_de(ficha: Ficha) -> Iterator[Fila]:
    """The rows of a file, in the order of `COLUMNAS`; one that says why where it has no other."""
    archivo, entidad, pei = limpio(ficha.archivo), limpio(ficha.entidad), limpio(ficha.pei)
    if not ficha.momentos:
        estado = ficha.suerte.value if ficha.suerte is not Suerte.LEIDO else ""
        cuentas = (ficha.errores, ficha.advertencias) if ficha.suerte is Suerte.LEIDO else (None, None)
        yield (archivo, entidad or None, pei or None, *(None,) * 14, estado or None, limpio(ficha.motivo), *cuentas)
        return
    textos = [tuple([texto or None for texto in renglon]) for renglon in ficha.renglones]
    for periodo, cifras in ficha.momentos:
        comunes = (archivo, entidad or None, pei or None, periodo)
        for fijos, numeros in zip(textos, cifras, strict=True):
            yield (*comunes, *fijos, *numeros)


def por_columnas(ficha: Ficha) -> PorColumnas:
    """The same rows, by columns."""
    return list(zip(*filas_de(ficha), strict=True))
