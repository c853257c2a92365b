"""The button that writes what is wrong in the live book to its sheet Validación."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from zedxl.evaluacion import periodo_por_omision
from zedxl.excel.edicion_viva import aplicar
from zedxl.excel.pulsacion import Icono, Pulsacion, Respuesta, lista
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.libro.hoja_de_hallazgos import anotados, nombre_de_la_hoja
from zedxl.libro.lectura import leer_libro

_PLURAL = {Severidad.ERROR: "errores", Severidad.ADVERTENCIA: "advertencias", Severidad.NOTA: "notas"}


def validar(pulsacion: Pulsacion) -> Respuesta:
    """Write the findings of the last período with values, with a link to each cell, and show them."""
    from zedxl.validacion import validar as revisar

    libro = pulsacion.libro
    with libro.copia() as copia:
        libro.decir("leyendo el libro…")
        leido = leer_libro(copia)
    periodo = periodo_por_omision(leido.plan)
    libro.decir(f"validando {periodo}…")
    hallazgos = revisar(leido, periodo)
    libro.decir("escribiendo los hallazgos…")
    aplicar(libro, anotados(leido.hojas, hallazgos))
    hoja = nombre_de_la_hoja(leido.hojas)
    libro.com.Worksheets.Item(hoja).Activate()
    if not hallazgos:
        return Respuesta(f"{periodo}: no se encontró nada que corregir.")
    graves = any(hallazgo.severidad is not Severidad.NOTA for hallazgo in hallazgos)
    donde = f"Están en la hoja {hoja}, con un enlace a cada celda."
    return Respuesta(
        f"{periodo}: {_contados(hallazgos)}. {donde}\n\n{lista(hallazgos)}",
        Icono.AVISO if graves else Icono.INFORMACION,
    )


def _contados(hallazgos: Sequence[Hallazgo]) -> str:
    """How many there are of each severity.

    >>> _contados([Hallazgo(Severidad.NOTA, "", "", "", "", "", "")])
    '1 nota'
    """
    cuantos = Counter(hallazgo.severidad for hallazgo in hallazgos)
    *primeras, ultima = (f"{n} {s if n == 1 else _PLURAL[s]}" for s in Severidad if (n := cuantos[s]))
    return f"{', '.join(primeras)} y {ultima}" if primeras else ultima
