"""The annex on evolution: every OEI and AEI over the períodos with values."""

from __future__ import annotations

from zedxl.aspecto import AZUL_CLARO
from zedxl.evaluacion import Evaluacion
from zedxl.informe import valores
from zedxl.informe.cuerpo import ANCHO_APAISADO
from zedxl.informe.estilos import Estilo
from zedxl.informe.idioma import una_linea
from zedxl.informe.tablas import Fila, cabecera, casilla, tabla
from zedxl.informe.wordml import Xml, trozo
from zedxl.trayectoria import Trayectoria, trayectorias

_MAXIMO_DE_PERIODOS = 10
"""The last ones, so that a row fits on a page; five years, longer than a PEI usually lasts."""
_ANCHO_DEL_CODIGO = 2.2
_ANCHO_DE_UN_PERIODO = 1.7


def por_periodo(evaluacion: Evaluacion) -> Xml:
    """A row per OEI, each followed by its AEI, and the plan last; a column per período."""
    historia = evaluacion.historia_hasta_aqui[-_MAXIMO_DE_PERIODOS:]
    libre = ANCHO_APAISADO - _ANCHO_DEL_CODIGO - _ANCHO_DE_UN_PERIODO * len(historia)
    return tabla(
        (_ANCHO_DEL_CODIGO, libre, *(_ANCHO_DE_UN_PERIODO for _ in historia)),
        [
            cabecera("Código", "Objetivo / Acción", *(str(e.periodo) for e in historia)),
            *map(_fila, trayectorias(historia)),
        ],
        "Evolución por período",
        "Por cada OEI, el puntaje de sus AEI, y por cada AEI, su avance, en cada período con valores.",
    )


def _fila(trayectoria: Trayectoria) -> Fila:
    fondo, estilo = ("", "") if trayectoria.es_aei else (AZUL_CLARO, Estilo.DESTACADO)
    return Fila(
        (
            casilla(trozo(trayectoria.codigo, Estilo.DESTACADO), fondo=fondo),
            casilla(trozo(una_linea(trayectoria.denominacion), estilo), fondo=fondo),
            *(
                casilla(trozo(valores.avance(medida), estilo), estilo=Estilo.CELDA_NUMERO, fondo=fondo)
                for medida in trayectoria.medidas
            ),
        )
    )
