"""One file in short: an institution at its last período, or what became of a file that gives no numbers."""

from __future__ import annotations

import json
from typing import NamedTuple

from zedxl.consolidado.ficha import Ficha, FichaDanada, Suerte
from zedxl.texto import limpio


class Institucion(NamedTuple):
    """One book in short, at its last período with values; ``observacion`` is what strikes one among all books."""

    archivo: str
    entidad: str
    pei: str
    periodo: str
    puntaje: float | None
    cobertura: float | None
    aei: int
    criticas: int
    errores: int
    advertencias: int
    observacion: str = ""


class NoLeido(NamedTuple):
    """A file that gives no numbers, what became of it and why."""

    archivo: str
    suerte: Suerte
    motivo: str


Resumen = Institucion | NoLeido


def resumida(ficha: Ficha) -> Resumen:
    """A file in short, with texts that XML can carry."""
    if ficha.suerte is not Suerte.LEIDO:
        return NoLeido(limpio(ficha.archivo), ficha.suerte, limpio(ficha.motivo))
    periodo, cifras = ficha.momentos[-1] if ficha.momentos else ("", ())
    del_pei = cifras[0] if cifras else None
    return Institucion(
        archivo=limpio(ficha.archivo),
        entidad=limpio(ficha.entidad),
        pei=limpio(ficha.pei),
        periodo=periodo,
        puntaje=del_pei.puntaje if del_pei else None,
        cobertura=del_pei.cobertura if del_pei else None,
        aei=sum(renglon.nivel == "AEI" for renglon in ficha.renglones),
        criticas=sum(bool(c.critica) for c in cifras),
        errores=ficha.errores,
        advertencias=ficha.advertencias,
        observacion=ficha.motivo,
    )


def como_json(resumen: Resumen) -> str:
    """A file in short as JSON; `desde_json` gives it back."""
    return json.dumps(resumen)


def desde_json(texto: str) -> Resumen:
    """What `como_json` gave; raises `FichaDanada` when it is not that."""
    try:
        archivo, suerte, *otros = json.loads(texto)
        if len(otros) == 1:
            return NoLeido(archivo, Suerte(suerte), *otros)
        return Institucion(archivo, suerte, *otros)
    except (TypeError, ValueError) as error:
        raise FichaDanada from error
