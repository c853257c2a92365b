"""Narrativa: the analysis that people write, by code, section of the report and período."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zedxl.periodo import Periodo
from zedxl.vocabulario import Palabra


class Seccion(Palabra):
    """Where in the report a text goes (SPEC 7); the names are those in column Sección of the book."""

    CARATULA = "Carátula"
    PRESENTACION = "Presentación"
    RESUMEN = "Resumen ejecutivo"
    CUMPLIMIENTO = "Cumplimiento"
    MISION = "Misión"
    MEDIDAS = "Medidas recomendadas"
    POLITICA = "Política institucional"
    ANALISIS = "Análisis"
    IMPLEMENTACION = "Implementación"
    CRITICAS = "AEI críticas"
    CONCLUSIONES = "Conclusiones y recomendaciones"


@dataclass(frozen=True, slots=True)
class Texto:
    """A text for one section about one code (``PEI`` for the plan as a whole).

    ``periodo`` None means that it serves every período. Lines that start with "- " become bullets and those that start
    with "1) " a numbered list.
    """

    codigo: str
    seccion: Seccion
    texto: str
    periodo: Periodo | None = None


def buscar(textos: Iterable[Texto], seccion: Seccion, codigo: str, periodo: Periodo) -> str:
    """The text for a place of the report, "" when nobody wrote it; one for the período goes before a general one.

    >>> primero, segundo = Periodo(2025, 1), Periodo(2025, 2)
    >>> textos = [Texto("PEI", Seccion.MISION, "Servir."), Texto("PEI", Seccion.MISION, "Servir más.", primero)]
    >>> buscar(textos, Seccion.MISION, "PEI", primero), buscar(textos, Seccion.MISION, "PEI", segundo)
    ('Servir más.', 'Servir.')
    """
    hallados = {
        t.periodo: t.texto
        for t in textos
        if t.codigo == codigo and t.seccion is seccion and t.periodo in (periodo, None)
    }
    return hallados.get(periodo) or hallados.get(None, "")
