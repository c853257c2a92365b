"""Defined names of the book: the parameters, and what follows from them (all on sheet Parámetros)."""

from __future__ import annotations

PERIODO = "p_periodo"
ANIO = "p_anio"
ANIOS = "p_anios_del_plan"
PERIODOS = "p_periodos_del_plan"
SECCIONES = "p_secciones"
SEMESTRE = "p_semestre"
LUGAR_DEL_ANIO = "p_lugar_del_anio"
LUGAR_DEL_PERIODO = "p_lugar_del_periodo"
LUGAR_DEL_PRIMERO = "p_lugar_del_primer_semestre"
CON_TOPE = "p_con_tope"
ES_TIPO_II = "p_es_tipo_ii"

NOMBRE = "p_nombre"
PEI = "p_pei"
UMBRAL_ROJO = "p_umbral_rojo"
UMBRAL_VERDE = "p_umbral_verde"
UMBRAL_CRITICO = "p_umbral_critico"
PONDERACION = "p_ponderacion"
SIN_DATO = "p_sin_dato"
METODO_PEI = "p_metodo_pei"
PRIORIDADES_CRITICAS = "p_prioridades_criticas"


def de_campo(campo: str) -> str:
    """The name of the cell that fills a field of `Entidad` or `Parametros`.

    >>> de_campo("umbral_rojo") == UMBRAL_ROJO
    True
    """
    return f"p_{campo}"
