"""The chapters of the report, in the order of SPEC 7."""

from __future__ import annotations

from collections.abc import Sequence

from zedxl.codigo import PLAN
from zedxl.evaluacion import EvaluacionAEI, EvaluacionOEI
from zedxl.hallazgo import Hallazgo
from zedxl.informe import (
    anexo,
    anexo_de_hallazgos,
    evolucion,
    frases,
    frases_de_oei,
    graficos_informe,
    matriz,
    origen,
    tablas_informe,
    textos,
    titulos,
)
from zedxl.informe.cuerpo import ANCHO_APAISADO, Cuerpo
from zedxl.informe.estilos import Estilo
from zedxl.informe.idioma import corte
from zedxl.narrativa import Seccion


def caratula(cuerpo: Cuerpo) -> None:
    """Institution, title, plan and what people wrote for the cover (place and date)."""
    entidad = cuerpo.evaluacion.plan.entidad
    cuerpo.parrafo("\n".join(filter(None, (entidad.nombre, entidad.siglas))), estilo=Estilo.ENTIDAD)
    cuerpo.parrafo(titulos.informe(cuerpo.evaluacion.periodo), estilo=Estilo.TITULO)
    cuerpo.parrafo(titulos.plan(entidad), estilo=Estilo.SUBTITULO)
    cuerpo.texto(Seccion.CARATULA, PLAN, Estilo.CARATULA)


def resumen_ejecutivo(cuerpo: Cuerpo) -> None:
    """Who the institution is, the main numbers and the main results."""
    evaluacion = cuerpo.evaluacion
    cuerpo.titulo(1, titulos.RESUMEN, pagina_nueva=True)
    cuerpo.texto(Seccion.PRESENTACION, PLAN)
    cuerpo.parrafo(frases.alcance(evaluacion))
    cuerpo.tabla(tablas_informe.cifras(evaluacion))
    cuerpo.nota("Cobertura: parte de las AEI programadas cuyo valor se reportó. Las AEI críticas se explican en 6.2.")
    cuerpo.parrafo(frases.avance_general(evaluacion), frases.estados(evaluacion.aeis))
    cuerpo.parrafo(frases.criticas_en_breve(evaluacion), frases_de_oei.objetivos_en_breve(evaluacion))
    cuerpo.texto(Seccion.RESUMEN, PLAN)
    if len(evaluacion.historia_hasta_aqui) > 1:
        cuerpo.grafico(graficos_informe.por_periodo(evaluacion), "Avance conjunto de las AEI por período (%)")


def cumplimiento_de_oei(cuerpo: Cuerpo) -> None:
    """Chapter 1."""
    evaluacion = cuerpo.evaluacion
    cuerpo.titulo(1, titulos.CUMPLIMIENTO_OEI)
    cuerpo.texto(Seccion.CUMPLIMIENTO, PLAN)
    cuerpo.parrafo(frases_de_oei.objetivos(evaluacion))
    cuerpo.tabla(tablas_informe.cumplimiento(evaluacion), f"Avance y puntaje de cada OEI {corte(evaluacion.periodo)}")
    cuerpo.nota(frases.sin_disponible(evaluacion.oeis))
    cuerpo.grafico(graficos_informe.por_oei(evaluacion), "Avance del indicador y puntaje de las AEI, por OEI (%)")
    for oei in evaluacion.oeis:
        cuerpo.titulo(2, titulos.objetivo(oei.oei))
        cuerpo.texto(Seccion.CUMPLIMIENTO, oei.oei.codigo)


def orientaciones(cuerpo: Cuerpo) -> None:
    """The mission of the institution."""
    cuerpo.titulo(1, titulos.orientaciones(cuerpo.evaluacion.plan.entidad))
    cuerpo.parrafo("Misión institucional", estilo=Estilo.ROTULO, con_siguiente=True)
    cuerpo.texto(Seccion.MISION, PLAN, Estilo.MISION)


def cumplimiento_de_aei(cuerpo: Cuerpo) -> str:
    """Chapter 2, with the matrix; returns the label of the matrix's caption."""
    evaluacion = cuerpo.evaluacion
    periodo, aeis = evaluacion.periodo, evaluacion.aeis
    cuerpo.titulo(1, titulos.CUMPLIMIENTO_AEI)
    cuerpo.parrafo(frases.lo_que_muestra_la_matriz(periodo), frases.estados_por_accion(aeis))
    lapso = f"del año {periodo.anio}" if periodo.cierra_anio else f"del Semestre {periodo}"
    leyenda = cuerpo.tabla(matriz.matriz(evaluacion), f"Avance {lapso} de cada OEI y AEI en el PEI")
    cuerpo.nota(frases.asterisco(evaluacion))
    cuerpo.nota(frases.sin_disponible([*evaluacion.oeis, *aeis]))
    if aeis:
        cuerpo.nota(matriz.clave_de_colores(evaluacion.plan.parametros))
        cuerpo.grafico(
            graficos_informe.por_aei(evaluacion),
            "Avance de cada AEI respecto de la meta del año (%), con el color de su ritmo",
        )
    return leyenda


def medidas(cuerpo: Cuerpo) -> None:
    """Chapter 3."""
    cuerpo.titulo(1, titulos.MEDIDAS)
    cuerpo.parrafo(frases.criticas_nombradas(cuerpo.evaluacion))
    cuerpo.texto(Seccion.MEDIDAS, PLAN)


def prioridades(cuerpo: Cuerpo) -> None:
    """Chapter 4, with the agents and services."""
    evaluacion = cuerpo.evaluacion
    cuerpo.titulo(1, titulos.PRIORIDADES)
    cuerpo.texto(Seccion.POLITICA, PLAN)
    cuerpo.parrafo(frases_de_oei.prioridades(evaluacion.oeis))
    cuerpo.titulo(2, titulos.AGENTES)
    if evaluacion.plan.agentes:
        cuerpo.tabla(tablas_informe.agentes(evaluacion.plan), "Agentes y servicios por OEI y AEI")
    else:
        cuerpo.parrafo("El libro no registra agentes ni servicios.")


def analisis_de_resultados(cuerpo: Cuerpo) -> None:
    """Chapter 5."""
    evaluacion = cuerpo.evaluacion
    cuerpo.titulo(1, titulos.ANALISIS)
    cuerpo.parrafo(frases.base_de_comparacion(evaluacion.periodo))
    cuerpo.texto(Seccion.ANALISIS, PLAN)
    for oei in evaluacion.oeis:
        cuerpo.titulo(2, titulos.objetivo(oei.oei))
        cuerpo.tabla(tablas_informe.resultado(oei, evaluacion.periodo))
        cuerpo.nota(frases_de_oei.indicador_de(oei, evaluacion.periodo), con_siguiente=True)
        cuerpo.texto(Seccion.ANALISIS, oei.oei.codigo)


def implementacion(cuerpo: Cuerpo) -> None:
    """Chapter 6."""
    evaluacion = cuerpo.evaluacion
    cuerpo.titulo(1, titulos.IMPLEMENTACION)
    cuerpo.titulo(2, titulos.AVANCE_AEI)
    cuerpo.texto(Seccion.IMPLEMENTACION, PLAN)
    cuerpo.parrafo("Se presenta, por objetivo y por acción, lo programado, lo ejecutado y su análisis.")
    for oei in evaluacion.oeis:
        _implementacion_de_oei(cuerpo, oei)
    cuerpo.titulo(2, titulos.CRITICAS)
    cuerpo.parrafo(frases.criticas(evaluacion), frases.en_camino(evaluacion))
    if evaluacion.criticas:
        cuerpo.tabla(tablas_informe.criticas(evaluacion.criticas), f"AEI críticas {corte(evaluacion.periodo)}")
        cuerpo.nota("Ritmo: el avance dividido entre el avance esperado a la fecha, hasta 100%.")
    cuerpo.texto(Seccion.CRITICAS, PLAN)
    for aei in evaluacion.criticas:
        cuerpo.texto(Seccion.CRITICAS, aei.aei.codigo)
    cuerpo.titulo(2, titulos.CONCLUSIONES)
    cuerpo.texto(Seccion.CONCLUSIONES, PLAN)


def anexos(cuerpo: Cuerpo, leyenda_matriz: str) -> None:
    """The reporte de seguimiento and where each number comes from; wide tables for pages on their side."""
    evaluacion = cuerpo.evaluacion
    cuerpo.titulo(1, titulos.anexo(evaluacion.periodo))
    cuerpo.tabla(anexo.reporte(evaluacion), "Reporte de seguimiento")
    cuerpo.nota(anexo.nota(evaluacion, leyenda_matriz))
    if len(evaluacion.historia_hasta_aqui) > 1:
        _evolucion(cuerpo)
    cuerpo.titulo(1, titulos.ORIGEN, pagina_nueva=True)
    cuerpo.parrafo(frases.metodo(evaluacion))
    cuerpo.tabla(origen.avances(evaluacion), "Celda y regla de cada avance")
    cuerpo.tabla(origen.puntajes(evaluacion), "Avances que intervienen en cada puntaje")
    cuerpo.nota(frases.fuente(evaluacion))


def _evolucion(cuerpo: Cuerpo) -> None:
    """How each OEI and AEI went from período to período."""
    evaluacion = cuerpo.evaluacion
    cuerpo.titulo(1, titulos.EVOLUCION, pagina_nueva=True)
    cuerpo.parrafo(frases.evolucion(evaluacion))
    cuerpo.grafico(
        graficos_informe.por_oei_y_periodo(evaluacion),
        "Puntaje de las AEI de cada OEI, por período (%)",
        ANCHO_APAISADO,
    )
    cuerpo.tabla(evolucion.por_periodo(evaluacion), "Avance de cada AEI y puntaje de cada OEI, por período (%)")
    cuerpo.nota("N/D: en ese período no se programó o no se reportó ninguna de sus acciones.")


def hallazgos(cuerpo: Cuerpo, hallados: Sequence[Hallazgo]) -> None:
    """What validar found in the book, for whoever asked for it."""
    cuerpo.titulo(1, titulos.HALLAZGOS, pagina_nueva=True)
    if hallados:
        cuerpo.parrafo("Lo que zedxl encontró en el libro al escribir este informe, con la celda y qué hacer.")
        cuerpo.tabla(anexo_de_hallazgos.lista(hallados), "Hallazgos de la validación")
    else:
        cuerpo.parrafo("La validación del libro no encontró nada que corregir.")


def _implementacion_de_oei(cuerpo: Cuerpo, evaluado: EvaluacionOEI) -> None:
    periodo = cuerpo.evaluacion.periodo
    cuerpo.titulo(3, titulos.objetivo_corto(evaluado.oei))
    cuerpo.tabla(matriz.matriz_de_oei(evaluado, periodo))
    tiene_texto = bool(textos.texto(cuerpo.evaluacion, Seccion.IMPLEMENTACION, evaluado.oei.codigo))
    cuerpo.nota(frases_de_oei.suma_ponderada(evaluado, periodo), con_siguiente=tiene_texto)
    cuerpo.texto(Seccion.IMPLEMENTACION, evaluado.oei.codigo)
    for aei in evaluado.aeis:
        _implementacion_de_aei(cuerpo, aei)


def _implementacion_de_aei(cuerpo: Cuerpo, evaluada: EvaluacionAEI) -> None:
    periodo = cuerpo.evaluacion.periodo
    cuerpo.titulo(4, titulos.accion(evaluada.aei))
    cuerpo.tabla(matriz.matriz_de_aei(evaluada, periodo))
    cuerpo.nota(frases.situacion(evaluada, periodo), con_siguiente=True)
    cuerpo.texto(Seccion.IMPLEMENTACION, evaluada.aei.codigo)
