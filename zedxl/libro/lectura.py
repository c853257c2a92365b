"""leer(libro): from a workbook file to a `Plan`, with what was found wrong on the way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from zedxl import recolector
from zedxl.codigo import normalizar, oei_de
from zedxl.edicion.cambio import Contenido
from zedxl.hallazgo import Severidad
from zedxl.libro.anotaciones import leer_agentes, leer_narrativa, leer_parametros
from zedxl.libro.bitacora import Bitacora, leer_bitacora
from zedxl.libro.calculadas import NINGUNA, Calculadas, calculadas_de
from zedxl.libro.celdas import Lectura
from zedxl.libro.cierres import Cierres, leer_cierres
from zedxl.libro.columnas import Columna
from zedxl.libro.desacuerdo import desacuerdos
from zedxl.libro.hoja import Hoja, contenido, hojas_de
from zedxl.libro.paquete import LibroIlegible, Paquete
from zedxl.libro.tabla import Fila, Tabla, buscar_tabla
from zedxl.medida import DatoInvalido
from zedxl.plan import AEI, OEI, Celda, Dato, Indicador, Plan
from zedxl.texto import plano
from zedxl.vocabulario import Agregacion, Frecuencia, Prioridad, Relevancia, Sentido

_TOTAL = re.compile(r"(sub)?total(es)?( general)?|promedio( general)?|suma( ponderada)?|puntaje")


@dataclass(frozen=True)
class Libro:
    """A book as it was read: its package, its sheets, the seguimiento table among them, and the plan that they say."""

    paquete: Paquete
    hojas: tuple[Hoja, ...]
    tabla: Tabla
    plan: Plan

    @property
    def nombre(self) -> str:
        """The name of its file."""
        return self.paquete.ruta.name

    def contenido(self, celda: Celda) -> Contenido:
        """What a cell holds, as the changes of an edit say it; an empty one holds None."""
        valor = next(hoja for hoja in self.hojas if hoja.nombre == celda.hoja).valor(celda.fila, celda.columna)
        return contenido(valor)

    def es_calculada(self, celda: Celda) -> bool:
        """Whether nobody types in a cell: a formula or a pivot table fills it in."""
        return (celda.fila, celda.columna) in self.calculadas.get(celda.hoja, NINGUNA)

    @cached_property
    def calculadas(self) -> dict[str, Calculadas]:
        """The computed cells of each sheet."""
        return calculadas_de(self.paquete)

    @cached_property
    def bitacora(self) -> Bitacora:
        """Its log."""
        return leer_bitacora(self.hojas)

    @cached_property
    def cierres(self) -> Cierres:
        """The periods that were closed in it."""
        return leer_cierres(self.hojas)


def leer(ruta: Path | str) -> Plan:
    """Read a seguimiento book (.xlsx, .xlsm) with a flat table, wherever it stands (SPEC 4.1 a, 4.2).

    Sheets Narrativa, Agentes and Parámetros are read where there are any. Raises `LibroIlegible` when the file is no
    workbook, is damaged or hostile, or has no recognisable table. Cells that cannot be read are findings of the plan.
    """
    return leer_libro(ruta).plan


def leer_libro(origen: Path | str | Paquete) -> Libro:
    """As `leer`, for whoever means to change the book: with all that it was read from."""
    with recolector.en_pausa():
        paquete = origen if isinstance(origen, Paquete) else Paquete(Path(origen))
        hojas = tuple(hojas_de(paquete))
        tabla = buscar_tabla(hojas, paquete.ruta.name)
        return Libro(paquete, hojas, tabla, _plan(hojas, tabla, paquete.ruta.name))


def releer(libro: Libro, hojas: Sequence[Hoja]) -> Plan:
    """The plan that a book would say with these sheets instead of its own; `LibroIlegible` when they hold none."""
    return _plan(hojas, buscar_tabla(hojas, libro.nombre), libro.nombre)


def _plan(hojas: Sequence[Hoja], tabla: Tabla, archivo: str) -> Plan:
    lectura = Lectura()
    oeis = _leer_oeis(tabla, lectura)
    if not any(oei.aeis for oei in oeis):
        raise LibroIlegible(
            f"{archivo}: la tabla de {tabla.hoja.nombre}!A{tabla.fila_titulos} no tiene ninguna AEI. "
            "Escriba en la columna Código códigos como AEI.01.01."
            + "".join(f" {hallazgo}" for hallazgo in lectura.hallazgos[:1])
        )
    entidad, parametros = leer_parametros(hojas, lectura)
    cierres = leer_cierres(hojas)
    return Plan(
        entidad=entidad,
        oeis=oeis,
        parametros=parametros,
        textos=leer_narrativa(hojas, lectura),
        agentes=leer_agentes(hojas, lectura),
        cierres=cierres.cerrados,
        hallazgos=(*lectura.hallazgos, *desacuerdos(leer_bitacora(hojas), cierres)),
    )


def _leer_oeis(tabla: Tabla, lectura: Lectura) -> tuple[OEI, ...]:
    por_codigo: dict[str, list[tuple[Fila, Indicador]]] = {}
    for fila in tabla.filas():
        codigo = _codigo(fila, lectura)
        if codigo is None:
            continue
        indicador = _leer_indicador(fila, codigo, lectura)
        anteriores = por_codigo.setdefault(codigo, [])
        if _repetido(indicador, [i for _, i in anteriores]):
            lectura.error(
                fila.celda(Columna.CODIGO), "codigo-repetido", codigo,
                f"El código {codigo} ya está en la fila {anteriores[0][0].numero}.",
                "Deje una sola fila por indicador.",
            )  # fmt: skip
        else:
            anteriores.append((fila, indicador))
    return _ordenar(por_codigo, lectura)


def _codigo(fila: Fila, lectura: Lectura) -> str | None:
    escrito = fila.texto(Columna.CODIGO)
    if not escrito:
        # a sum has its word alone in a cell; «Total de atenciones» is an indicator whose row lacks its code
        if not any(_TOTAL.fullmatch(plano(valor)) for valor in fila.valores if isinstance(valor, str)):
            celda = fila.celda(Columna.CODIGO)
            lectura.error(celda, "sin-codigo", "", "La fila tiene datos y no tiene código.", "Escriba su código.")
        return None
    try:
        codigo = normalizar(escrito)
    except DatoInvalido as error:
        if fila.con_datos and not _es_total(escrito):
            lectura.error(fila.celda(Columna.CODIGO), "codigo-desconocido", "", str(error), "Corrija el código.")
        return None
    if codigo.startswith("IND"):
        lectura.error(
            fila.celda(Columna.CODIGO), "codigo-desconocido", codigo,
            "Aquí va el código de la AEI, no el del indicador.",
            f"Use la columna «{Columna.CODIGO_INDICADOR.value}».",
        )  # fmt: skip
        return None
    return codigo


def _es_total(escrito: str) -> bool:
    return plano(escrito).startswith(("total", "subtotal", "promedio", "suma", "puntaje"))


def _repetido(indicador: Indicador, anteriores: list[Indicador]) -> bool:
    """Whether a code stands again without being another indicator of the same AEI."""
    if indicador.codigo:
        return any(indicador.codigo == i.codigo for i in anteriores)
    return any(not i.codigo and (indicador.nombre == i.nombre or not indicador.nombre) for i in anteriores)


def _leer_indicador(fila: Fila, codigo: str, lectura: Lectura) -> Indicador:
    sentido = lectura.palabra(fila, Columna.SENTIDO, Sentido, codigo)
    agregacion = lectura.palabra(fila, Columna.AGREGACION, Agregacion, codigo)
    frecuencia = lectura.palabra(fila, Columna.FRECUENCIA, Frecuencia, codigo)
    tabla = fila.tabla
    metas = {a: lectura.dato(fila, n, codigo) for a, n in tabla.metas.items()}
    metas_semestre = {p: lectura.dato(fila, n, codigo) for p, n in tabla.metas_semestre.items()}
    valores = {p: lectura.dato(fila, n, codigo) for p, n in tabla.valores.items()}
    ilegible = _palabra_ilegible(fila, (sentido, agregacion, frecuencia))
    if ilegible:
        # with an unknown keyword no rule can be chosen: its avances are N/D, not a guess
        valores = {periodo: Dato(None, dato.celda, ilegible) for periodo, dato in valores.items()}
    return Indicador(
        nombre=fila.texto(Columna.INDICADOR),
        codigo=_codigo_indicador(fila, codigo, lectura),
        unidad=fila.texto(Columna.UNIDAD),
        sentido=sentido or Sentido.ASCENDENTE,
        agregacion=agregacion or Agregacion.NO_ACUMULADO,
        frecuencia=frecuencia or Frecuencia.SEMESTRAL,
        relevancia=lectura.palabra(fila, Columna.RELEVANCIA, Relevancia, codigo),
        peso=lectura.numero(fila, Columna.PESO_INDICADOR, codigo).valor,
        linea_base=lectura.numero(fila, Columna.LINEA_BASE, codigo),
        linea_base_anio=_anio(lectura.numero(fila, Columna.LINEA_BASE_ANIO, codigo)),
        minimo=lectura.numero(fila, Columna.MINIMO, codigo),
        maximo=lectura.numero(fila, Columna.MAXIMO, codigo),
        metas=metas,
        metas_semestre=metas_semestre,
        valores=valores,
    )


def _palabra_ilegible(fila: Fila, leidas: tuple[object, ...]) -> str:
    """The first keyword that decides a rule and could not be read, "" when all could."""
    if None not in leidas:
        return ""
    for columna, leida in zip((Columna.SENTIDO, Columna.AGREGACION, Columna.FRECUENCIA), leidas, strict=True):
        escrito = fila.texto(columna)
        if leida is None and escrito.strip("*-—"):
            return escrito
    return ""


def _codigo_indicador(fila: Fila, codigo: str, lectura: Lectura) -> str:
    escrito = fila.texto(Columna.CODIGO_INDICADOR)
    if not escrito:
        return ""
    try:
        return normalizar(escrito)
    except DatoInvalido as error:
        celda = fila.celda(Columna.CODIGO_INDICADOR)
        lectura.anotar(Severidad.ADVERTENCIA, celda, "codigo-desconocido", codigo, str(error), "Corrija el código.")
        return escrito


def _anio(dato: Dato) -> int | None:
    return None if dato.valor is None else int(dato.valor)


def _ordenar(por_codigo: dict[str, list[tuple[Fila, Indicador]]], lectura: Lectura) -> tuple[OEI, ...]:
    """Objectives with their actions, in the order of the book; an OEI without a row of its own has no indicator."""
    aeis: dict[str, list[AEI]] = {codigo: [] for codigo in por_codigo if codigo.startswith("OEI")}
    for codigo, filas in por_codigo.items():
        if codigo.startswith("AEI"):
            aeis.setdefault(oei_de(codigo), []).append(_aei(codigo, filas, lectura))
    return tuple(_oei(codigo, por_codigo.get(codigo, []), grupo, lectura) for codigo, grupo in aeis.items())


def _aei(codigo: str, filas: list[tuple[Fila, Indicador]], lectura: Lectura) -> AEI:
    primera = filas[0][0]
    pesos = {lectura.numero(fila, Columna.PESO, codigo).valor for fila, _ in filas} - {None}
    if len(pesos) > 1:
        lectura.error(
            primera.celda(Columna.PESO), "pesos", codigo, "La AEI tiene un peso distinto en cada fila.",
            "Escriba el mismo peso en todas sus filas.",
        )  # fmt: skip
    return AEI(
        codigo=codigo,
        denominacion=primera.texto(Columna.DENOMINACION),
        indicadores=tuple(indicador for _, indicador in filas),
        prioridad=lectura.palabra(primera, Columna.PRIORIDAD, Prioridad, codigo),
        peso=next(iter(pesos), None),
        responsable=primera.texto(Columna.RESPONSABLE),
    )


def _oei(codigo: str, filas: list[tuple[Fila, Indicador]], aeis: list[AEI], lectura: Lectura) -> OEI:
    primera = filas[0][0] if filas else None
    return OEI(
        codigo=codigo,
        denominacion=primera.texto(Columna.DENOMINACION) if primera else "",
        indicadores=tuple(indicador for _, indicador in filas),
        aeis=tuple(aeis),
        prioridad=lectura.palabra(primera, Columna.PRIORIDAD, Prioridad, codigo) if primera else None,
    )
