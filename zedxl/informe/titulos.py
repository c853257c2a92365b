"""The titles of the report and of its chapters, in the order in which they appear (SPEC 7)."""

from __future__ import annotations

from zedxl.informe.idioma import una_linea
from zedxl.periodo import Periodo
from zedxl.plan import AEI, OEI, Entidad

CONTENIDO = "Contenido"
RESUMEN = "Resumen Ejecutivo"
CUMPLIMIENTO_OEI = "1. Cumplimiento de Objetivos Estratégicos Institucionales"
CUMPLIMIENTO_AEI = "2. Cumplimiento de Acciones Estratégicas Institucionales"
MEDIDAS = "3. Medidas Recomendadas"
PRIORIDADES = "4. Prioridades de la Política Institucional"
AGENTES = "Agentes y Servicios por Objetivos y Acciones Estratégicos"
ANALISIS = "5. Análisis de Resultados de los Objetivos Estratégicos Institucionales"
IMPLEMENTACION = "6. Análisis de Implementación de las Acciones Estratégicas Institucionales"
AVANCE_AEI = "6.1. Avance en la implementación de las AEI"
CRITICAS = "6.2. Identificación de las AEI críticas"
CONCLUSIONES = "6.3. Conclusiones y Recomendaciones"
EVOLUCION = "Anexo: Evolución por Período"
ORIGEN = "Anexo: De dónde sale cada número"
HALLAZGOS = "Anexo: Hallazgos de la validación"


def informe(periodo: Periodo) -> str:
    """The title of the report.

    >>> informe(Periodo(2025, 1)), informe(Periodo(2025, 2))
    ('Informe de Evaluación Semestre 2025-I', 'Informe de Evaluación Anual 2025')
    """
    return f"Informe de Evaluación {_lapso(periodo)}"


def plan(entidad: Entidad) -> str:
    """The name of the plan.

    >>> plan(Entidad(pei="2024-2026"))
    'Plan Estratégico Institucional 2024-2026'
    """
    return f"Plan Estratégico Institucional {entidad.pei}".strip()


def orientaciones(entidad: Entidad) -> str:
    """The title of the chapter with the mission.

    >>> orientaciones(Entidad(siglas="ZED ILO", pei="2024-2026"))
    'Orientaciones Centrales del Plan Estratégico Institucional ZED ILO 2024-2026'
    """
    partes = (
        "Orientaciones Centrales del Plan Estratégico Institucional",
        entidad.siglas or entidad.nombre,
        entidad.pei,
    )
    return " ".join(parte for parte in partes if parte)


def anexo(periodo: Periodo) -> str:
    """The title of the annex.

    >>> anexo(Periodo(2025, 1))
    'Anexo: Reporte de Seguimiento Semestral 2025-I del Plan Estratégico Institucional'
    """
    lapso = f"Anual {periodo.anio}" if periodo.cierra_anio else f"Semestral {periodo}"
    return f"Anexo: Reporte de Seguimiento {lapso} del Plan Estratégico Institucional"


def objetivo(oei: OEI) -> str:
    """The heading of an OEI.

    >>> objetivo(OEI("OEI.01", "Promover capacidades.", (), ()))
    'Objetivo Estratégico Institucional 1: Promover capacidades.'
    """
    return f"Objetivo Estratégico Institucional {_numero(oei.codigo)}: {una_linea(oei.denominacion)}".rstrip(": ")


def objetivo_corto(oei: OEI) -> str:
    """The heading of an OEI where its name stands in the table below.

    >>> objetivo_corto(OEI("OEI.01", "", (), ()))
    'Objetivo Estratégico 01'
    """
    return f"Objetivo Estratégico {oei.codigo.split('.')[1]}"


def accion(aei: AEI) -> str:
    """The heading of an AEI.

    >>> accion(AEI("AEI.01.02", "", ()))
    'Acción Estratégica 1.2'
    """
    return f"Acción Estratégica {_numero(aei.codigo)}"


def _lapso(periodo: Periodo) -> str:
    return f"Anual {periodo.anio}" if periodo.cierra_anio else f"Semestre {periodo}"


def _numero(codigo: str) -> str:
    return ".".join(str(int(n)) for n in codigo.split(".")[1:])
