"""The sentences around the numbers, each composed from the Evaluación and from nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from zedxl.codigo import corto
from zedxl.evaluacion import Evaluacion, EvaluacionAEI, EvaluacionOEI
from zedxl.informe.idioma import corte, cuenta, en_palabras, frase, lista, nivel, plazo, porcentaje, umbral
from zedxl.informe.titulos import plan as nombre_del_plan
from zedxl.medida import Medida, Motivo, alcanza
from zedxl.periodo import Periodo
from zedxl.vocabulario import Estado, MetodoPEI, Ponderacion, Prioridad, SinDato

_ESTADOS = {
    Estado.CUMPLIDA: ("alcanzó su meta del año", "alcanzaron su meta del año"),
    Estado.EN_PROCESO: ("está en proceso", "están en proceso"),
    Estado.CRITICA: ("está en estado crítico", "están en estado crítico"),
    Estado.SIN_DATO: ("no tiene valor obtenido", "no tienen valor obtenido"),
    Estado.NO_PROGRAMADA: ("no tenía meta para el año", "no tenían meta para el año"),
}


def alcance(evaluacion: Evaluacion) -> str:
    """What the report evaluates: plan, período, number of OEI and AEI."""
    plan = evaluacion.plan
    oeis = cuenta(len(plan.oeis), "objetivo estratégico institucional", "objetivos estratégicos institucionales")
    aeis = cuenta(
        len(evaluacion.aeis),
        "acción estratégica institucional",
        "acciones estratégicas institucionales",
        femenino=True,
    )
    y = "y" if evaluacion.aeis else "y no tiene"
    return (
        f"Este informe evalúa, {corte(evaluacion.periodo)}, el {nombre_del_plan(plan.entidad)} (PEI) de "
        f"{plan.entidad.nombre_corto}, que comprende {oeis} (OEI) {y} {aeis} (AEI)."
    )


def avance_general(evaluacion: Evaluacion) -> str:
    """The score of the plan, its level and its coverage."""
    conjunto, anio = evaluacion.conjunto, evaluacion.periodo.anio
    if conjunto.puntaje.valor is None:
        return f"El avance conjunto de las AEI en {anio} no está disponible (N/D: {conjunto.puntaje.motivo})."
    grado = nivel(conjunto.semaforo)
    contra = "la meta del año" if evaluacion.periodo.cierra_anio else "lo que se esperaba a mitad de año"
    juicio = f"; frente a {contra} corresponde a un nivel {grado} de implementación" if grado else ""
    return (
        f"El avance físico de las AEI es de {porcentaje(conjunto.puntaje)} de lo programado para el año {anio}"
        f"{juicio}. {cobertura(conjunto.cobertura)}"
    )


def evolucion(evaluacion: Evaluacion) -> str:
    """Over which períodos the plan is followed, and why a first semester stands lower than the year before."""
    historia = evaluacion.historia_hasta_aqui
    return (
        f"De {historia[0].periodo} a {historia[-1].periodo} hay {en_palabras(len(historia))} períodos con valores. "
        "Cada avance se mide contra la meta de su año, de modo que el de un primer semestre suele ser menor que el "
        "del cierre del año anterior."
    )


def cobertura(cubierto: Medida) -> str:
    """How much of what was programmed was reported.

    >>> cobertura(Medida(100.0)), cobertura(Medida(50.0))
    ('Se reportó el valor de todas las AEI programadas.', 'Se reportó el valor de 50.00% de las AEI programadas.')
    """
    if cubierto.valor is None:
        return "No hay AEI programadas para el año."
    if cubierto.valor == 0:
        return "No se reportó el valor de ninguna AEI programada."
    partes = (
        "todas las AEI programadas"
        if alcanza(cubierto.valor, 100)
        else f"{porcentaje(cubierto)} de las AEI programadas"
    )
    return f"Se reportó el valor de {partes}."


def estados(aeis: Sequence[EvaluacionAEI]) -> str:
    """How many AEI stand in each state; "" without AEI."""
    if not aeis:
        return ""
    por_estado = Counter(a.estado for a in aeis)
    if len(aeis) == 1:
        return f"La única AEI {_ESTADOS[aeis[0].estado][0]}."
    if len(por_estado) == 1:
        return f"Las {en_palabras(len(aeis))} AEI {_ESTADOS[aeis[0].estado][1]}."
    partes = [
        f"{en_palabras(por_estado[estado], femenino=True)} {_ESTADOS[estado][por_estado[estado] > 1]}"
        for estado in _ESTADOS
        if por_estado[estado]
    ]
    return f"De las {en_palabras(len(aeis))} AEI, {lista(partes)}."


def estados_por_accion(aeis: Sequence[EvaluacionAEI]) -> str:
    """Which AEI stand in each state, where `estados` counts them; "" without AEI."""
    partes = []
    for estado, verbos in _ESTADOS.items():
        codigos = [corto(a.aei.codigo) for a in aeis if a.estado is estado]
        if codigos:
            partes.append(f"{verbos[len(codigos) > 1]}: {lista(codigos)}")
    return f"{frase('; '.join(partes))}." if partes else ""


def lo_que_muestra_la_matriz(periodo: Periodo) -> str:
    """What the matrix is about."""
    return f"A continuación se compara, por objetivo y por acción, lo programado con lo ejecutado {corte(periodo)}."


def situacion(evaluada: EvaluacionAEI, periodo: Periodo) -> str:
    """Where an AEI stands: its asterisk, if it has one, state, what was expected and ritmo."""
    logro = evaluada.logro
    asterisco = "* Cumple lo previsto para el semestre. " if evaluada.nota else ""
    partes = [asterisco + f"Estado: {evaluada.estado.value.lower()}"]
    if logro.ritmo.valor is not None:
        esperado = "en el año" if periodo.cierra_anio else "a mitad de año"
        partes.append(f"avance esperado {esperado}: {porcentaje(logro.esperado)}")
        partes.append(f"ritmo: {porcentaje(logro.ritmo)}")
    elif logro.ritmo.motivo is not None:
        partes.append(f"ritmo: N/D ({logro.ritmo.motivo})")
    return "; ".join(partes) + "."


def criticas_en_breve(evaluacion: Evaluacion) -> str:
    """Which AEI are critical and where they are explained; "" when there is none."""
    nombres = [corto(a.aei.codigo) for a in evaluacion.criticas]
    if not nombres:
        return ""
    return f"{'Son críticas las' if len(nombres) > 1 else 'Es crítica la'} {lista(nombres)} (véase 6.2)."


def criticas_nombradas(evaluacion: Evaluacion) -> str:
    """The codes of the critical AEI, for those who look for what to do about them; "" when there is none."""
    nombres = [corto(a.aei.codigo) for a in evaluacion.criticas]
    if not nombres:
        return ""
    requiere = "AEI críticas que requieren" if len(nombres) > 1 else "AEI crítica que requiere"
    return f"{requiere} atención: {lista(nombres)}."


def criticas(evaluacion: Evaluacion) -> str:
    """Which AEI are critical and by which rule, or that none is."""
    halladas, total = evaluacion.criticas, len(evaluacion.aeis)
    parametros = evaluacion.plan.parametros
    regla = f"ritmo menor que {umbral(parametros.umbral_critico)}, o sin valor reportado"
    vigiladas = _prioridades(parametros.prioridades_criticas)
    regla += f"; solo se consideran las de prioridad {vigiladas}" if vigiladas else ""
    if not total:
        return "El plan no tiene AEI, por lo que no corresponde identificar acciones críticas."
    if not halladas:
        return f"En {plazo(evaluacion.periodo)} no se identificó ninguna AEI crítica ({regla})."
    nombres = lista([corto(a.aei.codigo) for a in halladas])
    if len(halladas) == total:
        sujeto = (
            f"las {en_palabras(total)} AEI del plan son críticas" if total > 1 else "la única AEI del plan es crítica"
        )
    elif len(halladas) == 1:
        sujeto = "se identificó una AEI crítica"
    else:
        sujeto = f"se identificaron {en_palabras(len(halladas))} AEI críticas"
    return f"En {plazo(evaluacion.periodo)} {sujeto} ({regla}): {nombres}."


def en_camino(evaluacion: Evaluacion) -> str:
    """Which AEI below 100 are on course for the semester; "" when there is none."""
    codigos = [corto(a.aei.codigo) for a in evaluacion.aeis if a.nota]
    if not codigos:
        return ""
    sujeto, cumple, llega = ("Las", "cumplen", "llegan") if len(codigos) > 1 else ("La", "cumple", "llega")
    return (
        f"{sujeto} {lista(codigos)} {cumple} lo previsto para el semestre aunque todavía no {llega} a 100%: su avance "
        f"se mide contra la meta de todo el año {evaluacion.periodo.anio}."
    )


def metodo(evaluacion: Evaluacion) -> str:
    """How the scores were made: weights, what is left out, and the method for the plan."""
    parametros = evaluacion.plan.parametros
    pesos = {
        Ponderacion.IGUALES: "con el mismo peso para todas",
        Ponderacion.RELEVANCIA: "con pesos según la relevancia",
        Ponderacion.PESO: "con los pesos de la columna Peso"
        if any(a.aei.peso is not None for a in evaluacion.aeis)
        else "con el mismo peso para todas",
    }[parametros.ponderacion]
    sin_dato = "cuenta como cero" if parametros.sin_dato is SinDato.CERO else "queda fuera del cálculo"
    conjunto = (
        "todas las AEI del plan a la vez"
        if parametros.metodo_pei is MetodoPEI.AEI
        else "los puntajes de los OEI, según su prioridad"
    )
    return (
        f"El puntaje de un OEI es la media de los avances de sus AEI, {pesos}. Una AEI sin meta para el año no "
        f"interviene; una programada y sin valor reportado {sin_dato}. El puntaje del PEI se calcula sobre {conjunto}. "
        f"El semáforo es rojo por debajo de {umbral(parametros.umbral_rojo)} y verde desde "
        f"{umbral(parametros.umbral_verde)}."
    )


def sin_disponible(evaluados: Sequence[EvaluacionOEI | EvaluacionAEI]) -> str:
    """Why an avance is N/D, for the note under a table; "" when every one is available."""
    motivos = [
        f"{_codigo(e)} ({e.logro.avance.motivo})"
        for e in evaluados
        if e.logro.avance.motivo not in (None, Motivo.SIN_AEI)
    ]
    return f"N/D: no disponible. {'; '.join(motivos)}." if motivos else ""


def asterisco(evaluacion: Evaluacion) -> str:
    """What the asterisk in the matrix means; "" when the matrix has none."""
    if not any(a.nota for a in evaluacion.aeis):
        return ""
    return (
        "* La acción cumple lo previsto para el semestre; su avance es menor que 100 porque se mide contra la meta de "
        f"todo el año {evaluacion.periodo.anio}."
    )


def fuente(evaluacion: Evaluacion) -> str:
    """Where the numbers were read."""
    return f"Fuente: libro de seguimiento de {evaluacion.plan.entidad.nombre_corto}, {corte(evaluacion.periodo)}."


def base_de_comparacion(periodo: Periodo) -> str:
    """What the values of the tables are measured against."""
    if periodo.cierra_anio:
        return (
            f"Los resultados de cada OEI comparan lo ejecutado en {periodo.anio} con la meta programada para ese año."
        )
    return (
        f"Los resultados de cada OEI comparan lo ejecutado {corte(periodo)} con la meta programada para todo el año; "
        "por ello, a mitad de año un avance menor que 100% no indica por sí solo un retraso."
    )


def _codigo(evaluado: EvaluacionOEI | EvaluacionAEI) -> str:
    return evaluado.oei.codigo if isinstance(evaluado, EvaluacionOEI) else evaluado.aei.codigo


def _prioridades(prioridades: Sequence[Prioridad]) -> str:
    return lista([p.value.lower() for p in prioridades]) if prioridades else ""
