"""Calls of VALIDAR_PLAN; its rules have tests of their own."""

from __future__ import annotations

from tests.casos.fila import INVALIDO, Fila

BLOQUE = (
    ("Código", "Sentido", "Agregación", "Relevancia", "Meta 2025", "Valor 2025-I"),
    ("OEI.01", "Ascendente", "No acumulado", "", 2, 3),
    ("AEI.01.01", "Ascendente", "No acumulado", "Relevante", 3, 2),
)
TITULOS_HALLAZGOS = ["Severidad", "Regla", "Fila", "Código", "Mensaje", "Sugerencia"]
NADA = ["nota", "sin-hallazgos", "", "", "No se encontró nada que corregir.", ""]

CASOS_DEL_PLAN: dict[str, list[Fila]] = {
    "VALIDAR_PLAN": [
        ((BLOQUE,), [TITULOS_HALLAZGOS, NADA], "un plan sin defectos"),
        ((BLOQUE[:1],), [TITULOS_HALLAZGOS, NADA], "solo títulos"),
        (([["Plan"], ["Código"], ["AEI.01.01"]],), [TITULOS_HALLAZGOS, NADA], "los títulos no están arriba"),
        (([["Actividad", "Meta 2025"], ["a", 1]],), INVALIDO, "sin columna de código"),
        ((5,), INVALIDO, "no es una tabla"),
    ],
}  # fmt: skip
