"""The smaller tables of the report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from zedxl.aspecto import AZUL_CLARO
from zedxl.codigo import corto
from zedxl.evaluacion import Evaluacion, EvaluacionAEI, EvaluacionOEI
from zedxl.informe import valores
from zedxl.informe.estilos import ESTILO_DE_COLOR, Estilo
from zedxl.informe.idioma import porcentaje, una_linea
from zedxl.informe.tablas import Casilla, Fila, cabecera, casilla, tabla
from zedxl.informe.wordml import Xml, trozo
from zedxl.medida import Medida
from zedxl.periodo import Periodo
from zedxl.plan import Agentes, Plan
from zedxl.vocabulario import Estado


def cifras(evaluacion: Evaluacion) -> Xml:
    """The four numbers that matter most."""
    aeis = evaluacion.aeis
    cumplidas = sum(a.estado is Estado.CUMPLIDA for a in aeis)
    datos = {
        "Avance de las AEI": porcentaje(evaluacion.conjunto.puntaje),
        "AEI cumplidas": f"{cumplidas} de {len(aeis)}",
        "AEI críticas": str(len(evaluacion.criticas)),
        "Cobertura": porcentaje(evaluacion.conjunto.cobertura),
    }
    rotulos = Fila(tuple(casilla(r, estilo=Estilo.ROTULO) for r in datos), cabecera=True, con_siguiente=True)
    numeros = Fila(tuple(casilla(n, estilo=Estilo.CIFRA) for n in datos.values()), con_siguiente=True)
    return tabla(
        (4, 4, 4, 4), [rotulos, numeros], "Cifras principales", "Cuatro cifras que resumen la evaluación.",
        Estilo.TABLA_DE_CIFRAS,
    )  # fmt: skip


def cumplimiento(evaluacion: Evaluacion) -> Xml:
    """A row per OEI: avance of its own indicator, AEI, score and coverage; the last row is the plan."""
    filas = [
        Fila(
            (
                casilla(trozo(corto(o.oei.codigo), Estilo.DESTACADO)),
                casilla(una_linea(o.oei.denominacion)),
                _numero(o.logro.avance),
                casilla(str(len(o.aeis)), estilo=Estilo.CELDA_NUMERO),
                _numero(o.conjunto.puntaje),
                _numero(o.conjunto.cobertura),
            )
        )
        for o in evaluacion.oeis
    ]
    conjunto = evaluacion.conjunto
    total = Fila(
        (
            casilla(trozo("PEI", Estilo.DESTACADO), fondo=AZUL_CLARO),
            casilla(trozo("Conjunto de las AEI del plan", Estilo.DESTACADO), columnas=2, fondo=AZUL_CLARO),
            casilla(str(len(evaluacion.aeis)), estilo=Estilo.CELDA_NUMERO, fondo=AZUL_CLARO),
            _numero(conjunto.puntaje, AZUL_CLARO),
            _numero(conjunto.cobertura, AZUL_CLARO),
        )
    )
    return tabla(
        (1.6, 6.4, 2.1, 1.3, 2.3, 2.3),
        [
            cabecera("Cód.", "Objetivo", "Avance (%)", "AEI", "Puntaje de sus AEI (%)", "Cobertura (%)"),
            *filas,
            total,
        ],
        "Avance y puntaje por OEI",
        "Por cada OEI, el avance de su indicador, cuántas AEI tiene, el puntaje de ellas y la cobertura.",
    )


def resultado(evaluado: EvaluacionOEI, periodo: Periodo) -> Xml:
    """The own indicators of an OEI and, in the last row, the score of its AEI."""
    logro = evaluado.logro
    filas = [
        Fila(
            (
                casilla(una_linea(i.indicador.nombre)),
                casilla(i.indicador.unidad, estilo=Estilo.CELDA_CENTRADA),
                casilla(valores.programado(i), estilo=Estilo.CELDA_NUMERO),
                casilla(valores.ejecutado(i), estilo=Estilo.CELDA_NUMERO),
                _numero(i.avance),
            ),
            con_siguiente=True,
        )
        for i in logro.indicadores
    ]
    if len(logro.indicadores) > 1:
        filas.append(_total("Avance del objetivo en sus indicadores", logro.avance))
    filas.append(_total("Avance en los indicadores de sus acciones estratégicas", evaluado.conjunto.puntaje))
    lapso = str(periodo.anio) if periodo.cierra_anio else str(periodo)
    return tabla(
        (6.8, 2.3, 2.4, 2.3, 2.2),
        [cabecera("Indicador", "U. Medida", f"Programado {periodo.anio}", f"Ejecutado {lapso}", "Avance (%)"), *filas],
        f"Resultado del {corto(evaluado.oei.codigo)}",
        "Programado, ejecutado y avance de los indicadores del objetivo, y puntaje de sus acciones estratégicas.",
    )


def criticas(aeis: Iterable[EvaluacionAEI]) -> Xml:
    """The critical AEI, each with its reason."""
    filas = [
        Fila(
            (
                casilla(trozo(corto(a.aei.codigo), Estilo.DESTACADO)),
                casilla(una_linea(a.aei.denominacion)),
                _numero(a.logro.avance),
                _numero(a.logro.esperado),
                casilla(
                    trozo(valores.avance(a.logro.ritmo), ESTILO_DE_COLOR[a.semaforo_ritmo]), estilo=Estilo.CELDA_NUMERO
                ),
                casilla(a.motivo),
            )
        )
        for a in aeis
    ]
    return tabla(
        (1.6, 5.4, 1.9, 2.1, 1.9, 3.1),
        [cabecera("Cód.", "Acción estratégica", "Avance (%)", "Esperado (%)", "Ritmo (%)", "Motivo"), *filas],
        "Acciones estratégicas críticas",
        "Por cada AEI crítica, su avance, el esperado, el ritmo y el motivo por el que es crítica.",
    )


def agentes(plan: Plan) -> Xml:
    """Who takes part in each OEI and AEI and with which services."""
    por_codigo = {a.codigo: a for a in plan.agentes}
    filas = []
    for oei in plan.oeis:
        nombres = "; ".join(i.nombre for i in oei.indicadores)
        filas.append(_fila_de_agentes(oei.codigo, oei.denominacion, nombres, por_codigo, AZUL_CLARO))
        for aei in oei.aeis:
            nombres = "; ".join(i.nombre for i in aei.indicadores)
            filas.append(_fila_de_agentes(aei.codigo, aei.denominacion, nombres, por_codigo, ""))
    return tabla(
        (1.4, 3.5, 4.9, 3.5, 2.7),
        [cabecera("Cód.", "Objetivo / Acción", "Indicador", "Agentes involucrados", "Servicios"), *filas],
        "Agentes y servicios",
        "Por cada OEI y AEI, su indicador, los agentes involucrados y los servicios.",
    )


def _fila_de_agentes(
    codigo: str, denominacion: str, indicador: str, por_codigo: dict[str, Agentes], fondo: str
) -> Fila:
    propios = por_codigo.get(codigo, Agentes(codigo, "", ""))
    textos: Sequence[str] = (una_linea(denominacion), una_linea(indicador), propios.involucrados, propios.servicios)
    return Fila(
        (
            casilla(trozo(corto(codigo), Estilo.DESTACADO), fondo=fondo),
            *(casilla(t, fondo=fondo) for t in textos),
        ),
        con_siguiente=bool(fondo),
    )


def _total(rotulo: str, medida: Medida) -> Fila:
    return Fila(
        (
            casilla(trozo(rotulo, Estilo.DESTACADO), columnas=4, fondo=AZUL_CLARO),
            casilla(trozo(valores.avance(medida), Estilo.DESTACADO), estilo=Estilo.CELDA_NUMERO, fondo=AZUL_CLARO),
        ),
        con_siguiente=True,
    )


def _numero(medida: Medida, fondo: str = "") -> Casilla:
    return casilla(valores.avance(medida), estilo=Estilo.CELDA_NUMERO, fondo=fondo)
