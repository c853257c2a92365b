"""Logro: what one indicator, or the indicators of one OEI or AEI together, reached at a período."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from zedxl.avance import avance, avance_rango, avance_tipo_ii
from zedxl.criticidad import se_juzga
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.medida import DatoInvalido, Medida, Motivo, limitar, nd
from zedxl.parametros import Parametros
from zedxl.periodo import Periodo
from zedxl.plan import Dato, Indicador
from zedxl.puntaje import pesos_por_grado, puntaje
from zedxl.ritmo import avance_esperado, ritmo
from zedxl.valor import proyeccion, valor_al
from zedxl.vocabulario import Agregacion, Frecuencia, Ponderacion, Sentido, SinDato, Tipo

# found once, and not for each indicator: Python 3.11 takes as long for that as for a call
_NO_DEFINIDO, _ACUMULADO = Sentido.NO_DEFINIDO, Agregacion.ACUMULADO
_ILEGIBLE = attrgetter("ilegible")
_INVALIDO = nd(Motivo.DATO_INVALIDO)
_NO_SE_MIDE = (Motivo.SIN_LINEA_BASE, Motivo.DENOMINADOR_CERO)


class LogroIndicador(NamedTuple):
    """One indicator at a período; ``datos_meta`` and ``datos_valor`` are what the book says, with its cells."""

    indicador: Indicador
    programado: Medida
    ejecutado: Medida
    avance: Medida
    avance_sin_tope: Medida
    esperado: Medida
    proyeccion: Medida
    datos_meta: tuple[Dato, ...]
    datos_valor: tuple[Dato, ...]


class Logro(NamedTuple):
    """One or several indicators together; programado and ejecutado are N/D unless there is one (SPEC 2.1)."""

    indicadores: tuple[LogroIndicador, ...]
    programado: Medida
    ejecutado: Medida
    avance: Medida
    avance_sin_tope: Medida
    esperado: Medida
    ritmo: Medida
    proyeccion: Medida
    frecuencia: Frecuencia

    @property
    def nombre(self) -> str:
        """Name of the indicator, or of all of them."""
        if len(self.indicadores) == 1:
            return self.indicadores[0].indicador.nombre
        return "; ".join(i.indicador.nombre for i in self.indicadores)

    @property
    def unidad(self) -> str:
        """Unit of the indicator, or of all of them."""
        if len(self.indicadores) == 1:
            return self.indicadores[0].indicador.unidad
        return "; ".join(dict.fromkeys(i.indicador.unidad for i in self.indicadores))


def evaluar_indicadores(
    indicadores: Sequence[Indicador],
    codigo: str,
    periodo: Periodo,
    parametros: Parametros,
    hallazgos: list[Hallazgo],
) -> Logro:
    """The indicators of an OEI or AEI evaluated and put together; what is wrong is appended to ``hallazgos``."""
    logros = [evaluar_indicador(i, codigo, periodo, parametros, hallazgos) for i in indicadores]
    try:
        return reunir(logros, periodo, parametros)
    except DatoInvalido as error:
        donde = Dato(celda=indicadores[0].celda_peso)
        sugerencia = "Revise el peso de sus indicadores."
        hallazgos.append(_hallazgo(Severidad.ERROR, "pesos", donde, codigo, str(error), sugerencia))
        invalido = nd(Motivo.DATO_INVALIDO)
        return Logro(
            indicadores=tuple(logros),
            programado=invalido,
            ejecutado=invalido,
            avance=invalido,
            avance_sin_tope=invalido,
            esperado=invalido,
            ritmo=invalido,
            proyeccion=invalido,
            frecuencia=Frecuencia.SEMESTRAL,
        )


def evaluar_indicador(
    indicador: Indicador, codigo: str, periodo: Periodo, parametros: Parametros, hallazgos: list[Hallazgo]
) -> LogroIndicador:
    """Evaluate one indicator; what it finds wrong is appended to ``hallazgos`` under ``codigo``."""
    primero, segundo = indicador.valor(periodo.primero), indicador.valor(periodo)
    metas = _metas_usadas(indicador, periodo)
    usados = _valores_usados(indicador, primero, segundo, periodo)
    if periodo.cierra_anio and usados == (primero,) and indicador.agregacion is Agregacion.NO_ACUMULADO:
        hallazgos.append(_valor_de_otro_semestre(primero, codigo, periodo))
    ejecutado = programado = sin_tope = esperado = proyectado = _INVALIDO
    if not _hay_ilegibles((*metas, primero, segundo), indicador, periodo, parametros.tipo):
        programado = _programado(indicador, periodo)
        try:
            ejecutado = valor_al(periodo, primero.valor, segundo.valor, indicador.agregacion)
            proyectado = proyeccion(ejecutado.valor, periodo, indicador.agregacion)
            sin_tope = _avance_sin_tope(indicador, programado, ejecutado, parametros.tipo)
            esperado = _esperado(indicador, sin_tope, programado, periodo, parametros.tipo)
        except DatoInvalido as error:
            hallazgos.append(_dato_invalido(metas[0], codigo, str(error)))
            sin_tope = esperado = _INVALIDO
    if sin_tope.motivo in _NO_SE_MIDE:
        hallazgos.append(_no_se_mide(sin_tope, indicador, codigo))
    logrado = _con_tope(sin_tope) if parametros.tope else sin_tope
    return LogroIndicador(
        indicador, programado, ejecutado, logrado, sin_tope, esperado, proyectado, metas, usados or (segundo,)
    )


def regla_aplicada(logro: LogroIndicador, periodo: Periodo, parametros: Parametros) -> str:
    """The rule behind an avance in Spanish, for the auditor: formula, value of the year, and why there is none."""
    indicador = logro.indicador
    if indicador.sentido is _NO_DEFINIDO:
        formula = "No definido: 100 dentro del rango"
    elif _es_tipo_ii(indicador, parametros.tipo):
        formula = f"{indicador.sentido}, Tipo II: avance desde la línea base"
    elif indicador.sentido is Sentido.DESCENDENTE:
        formula = "Descendente: programado / ejecutado × 100"
    else:
        formula = "Ascendente: ejecutado / programado × 100"
    partes = [formula]
    if parametros.tope:
        partes.append("tope 100")
    if periodo.cierra_anio:
        suma = indicador.agregacion is _ACUMULADO
        partes.append(f"{indicador.agregacion}: " + ("I + II" if suma else "valor de II, o de I si falta"))
    if logro.avance.motivo is not None:
        partes.append(f"N/D por {logro.avance.motivo}")
    return "; ".join(partes)


def reunir(logros: Sequence[LogroIndicador], periodo: Periodo, parametros: Parametros) -> Logro:
    """The indicators of one OEI or AEI as one: weighted means, weights as in SPEC 2.3.

    The ritmo is that of the indicators which are judged at the período: a yearly one is not at -I (SPEC 2.4).
    """
    if len(logros) == 1:
        return _de_uno(logros[0], periodo)
    juzgados = [n for n in logros if se_juzga(n.indicador.frecuencia, periodo)]
    marcha = ritmo(
        _media(juzgados, [n.avance for n in juzgados], parametros),
        _media(juzgados, [n.esperado for n in juzgados], parametros),
    )
    semestral = any(n.indicador.frecuencia is Frecuencia.SEMESTRAL for n in logros)
    varios = nd(Motivo.VARIOS_INDICADORES if logros else Motivo.SIN_META)
    return Logro(
        indicadores=tuple(logros),
        programado=varios,
        ejecutado=varios,
        avance=_media(logros, [n.avance for n in logros], parametros),
        avance_sin_tope=_media(logros, [n.avance_sin_tope for n in logros], parametros),
        esperado=_media(logros, [n.esperado for n in logros], parametros),
        ritmo=marcha if juzgados or not logros else nd(Motivo.MEDICION_ANUAL),
        proyeccion=varios,
        frecuencia=Frecuencia.SEMESTRAL if semestral else Frecuencia.ANUAL,
    )


def _de_uno(logro: LogroIndicador, periodo: Periodo) -> Logro:
    indicador, programado, ejecutado, logrado, sin_tope, esperado, proyectado, *_ = logro
    marcha = ritmo(logrado, esperado) if se_juzga(indicador.frecuencia, periodo) else nd(Motivo.MEDICION_ANUAL)
    return Logro((logro,), programado, ejecutado, logrado, sin_tope, esperado, marcha, proyectado, indicador.frecuencia)


def _media(logros: Sequence[LogroIndicador], medidas: Sequence[Medida], parametros: Parametros) -> Medida:
    if any(m.motivo is Motivo.DATO_INVALIDO for m in medidas):
        return nd(Motivo.DATO_INVALIDO)
    programadas = [m for m in medidas if m.programada]
    if not programadas:
        return medidas[0] if medidas else nd(Motivo.SIN_META)
    if all(m.valor is None for m in programadas):
        # one that owes its value matters more than one that cannot be measured
        return next((m for m in programadas if m.motivo is Motivo.SIN_VALOR), programadas[0])
    return puntaje(medidas, _pesos([n.indicador for n in logros], parametros), SinDato.CERO)


def _pesos(indicadores: Sequence[Indicador], parametros: Parametros) -> list[float] | None:
    """Weights given to every indicator, by relevancia if the plan says so, else equal ones (None)."""
    if parametros.ponderacion is Ponderacion.RELEVANCIA:
        grados = [i.relevancia.grado for i in indicadores if i.relevancia is not None]
        return pesos_por_grado(grados) if len(grados) == len(indicadores) else None
    pesos = [i.peso for i in indicadores if i.peso is not None]
    return pesos if len(pesos) == len(indicadores) and parametros.ponderacion is Ponderacion.PESO else None


def _programado(indicador: Indicador, periodo: Periodo) -> Medida:
    if indicador.sentido is _NO_DEFINIDO:
        return nd(Motivo.RANGO)
    meta = indicador.meta(periodo.anio).valor
    return nd(Motivo.SIN_META) if meta is None else Medida(meta)


def _avance_sin_tope(indicador: Indicador, programado: Medida, ejecutado: Medida, tipo: Tipo) -> Medida:
    if indicador.sentido is _NO_DEFINIDO:
        return avance_rango(indicador.minimo.valor, indicador.maximo.valor, ejecutado.valor, tope=False)
    if _es_tipo_ii(indicador, tipo):
        base = indicador.linea_base.valor
        return avance_tipo_ii(programado.valor, ejecutado.valor, base, indicador.sentido, tope=False)
    return avance(programado.valor, ejecutado.valor, indicador.sentido, tope=False)


def _con_tope(bruto: Medida) -> Medida:
    return bruto if bruto.valor is None or 0 <= bruto.valor <= 100 else Medida(limitar(bruto.valor))


def _es_tipo_ii(indicador: Indicador, tipo: Tipo) -> bool:
    """Tipo II is for what was asked for and does not add up over the year (SPEC 2.1)."""
    return tipo is Tipo.II and indicador.agregacion is Agregacion.NO_ACUMULADO


def _esperado(indicador: Indicador, logrado: Medida, programado: Medida, periodo: Periodo, tipo: Tipo) -> Medida:
    if not logrado.programada:
        return logrado
    if not indicador.metas_semestre:
        return avance_esperado(periodo)
    semestres = [indicador.metas_semestre.get(p) for p in (periodo.primero, periodo)]
    primero, segundo = (None if dato is None else dato.valor for dato in semestres)
    suma = indicador.agregacion is _ACUMULADO and periodo.cierra_anio
    if segundo is None or (suma and primero is None) or indicador.sentido is _NO_DEFINIDO:
        return avance_esperado(periodo)
    meta = valor_al(periodo, primero, segundo, indicador.agregacion)
    return _con_tope(_avance_sin_tope(indicador, programado, meta, tipo))


def _valores_usados(indicador: Indicador, primero: Dato, segundo: Dato, periodo: Periodo) -> tuple[Dato, ...]:
    """The values that `valor_al` takes, in the order of the semesters."""
    semestres = (primero, segundo) if periodo.cierra_anio else (primero,)
    reportados = [d for d in semestres if d.valor is not None]
    return tuple(reportados if indicador.agregacion is _ACUMULADO else reportados[-1:])


def _metas_usadas(indicador: Indicador, periodo: Periodo) -> tuple[Dato, ...]:
    """The target of the year, or the bounds that take its place."""
    if indicador.sentido is _NO_DEFINIDO:
        return indicador.minimo, indicador.maximo
    return (indicador.meta(periodo.anio),)


def _hay_ilegibles(datos: tuple[Dato, ...], indicador: Indicador, periodo: Periodo, tipo: Tipo) -> bool:
    """Whether a number that the evaluation depends on could not be read; ``datos`` are those it always depends on."""
    if indicador.metas_semestre:
        datos += tuple(dato for p in (periodo.primero, periodo) if (dato := indicador.metas_semestre.get(p)))
    if _es_tipo_ii(indicador, tipo):
        datos = (*datos, indicador.linea_base)
    return any(map(_ILEGIBLE, datos))


def _valor_de_otro_semestre(dato: Dato, codigo: str, periodo: Periodo) -> Hallazgo:
    return _hallazgo(
        Severidad.ADVERTENCIA, "valor-del-primer-semestre", dato, codigo,
        f"No hay valor obtenido en {periodo}; se usa el de {periodo.primero}.",
        f"Registre el valor de {periodo} o confirme que no cambió.",
    )  # fmt: skip


def _no_se_mide(sin_avance: Medida, indicador: Indicador, codigo: str) -> Hallazgo:
    return _hallazgo(
        Severidad.ADVERTENCIA, "avance-no-medible", indicador.linea_base, codigo,
        f"El avance no se puede medir ({sin_avance.motivo}) y cuenta como no reportado.",
        "Complete la línea base o revise el método de avance en Parámetros.",
    )  # fmt: skip


def _dato_invalido(dato: Dato, codigo: str, mensaje: str) -> Hallazgo:
    return _hallazgo(Severidad.ERROR, "dato-invalido", dato, codigo, mensaje, "Corrija el dato.")


def _hallazgo(severidad: Severidad, regla: str, dato: Dato, codigo: str, mensaje: str, sugerencia: str) -> Hallazgo:
    hoja, celda = (dato.celda.hoja, dato.celda.referencia) if dato.celda else ("", "")
    return Hallazgo(severidad, regla, hoja, celda, codigo, mensaje, sugerencia)
