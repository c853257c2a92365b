"""insertar(libro, período, columnas): the edit that fills columns of the seguimiento table with formulas."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import count

from zedxl.criticidad import semaforo
from zedxl.edicion.cambio import Cambio, Edicion, Firma, FormulaNueva, TablaHasta
from zedxl.errores import ErrorExplicado
from zedxl.evaluacion import EvaluacionAEI, EvaluacionOEI, evaluar
from zedxl.libro.bitacora import asentada
from zedxl.libro.columnas import Columna
from zedxl.libro.construccion.valores import INVALIDO, SIN_NOTA, Valor, de_avance, de_critica, de_semaforo
from zedxl.libro.lectura import Libro
from zedxl.libro.tabla import Tabla
from zedxl.medida import Motivo
from zedxl.periodo import Periodo
from zedxl.plan import AEI, OEI
from zedxl.texto import como_texto, plano
from zedxl.vinculacion.formulas import Redaccion, Renglon, Resultado
from zedxl.vocabulario import Prioridad, Sentido, Tipo

ORIGEN = "insertar fórmulas"
"""What the log calls it (column Origen)."""


class InsercionRechazada(ErrorExplicado):
    """Formulas that cannot be put where they were to go; its text says why."""


@dataclass(frozen=True, slots=True)
class Insercion:
    """The edit, and the codes of what has several indicators: only the avance of each of these is put in."""

    edicion: Edicion
    con_varios: tuple[str, ...]

    @property
    def en_palabras(self) -> str:
        """What was put where, in Spanish."""
        lugares = []
        for resultado in Resultado:
            celdas = [f.celda for f in self.edicion.formulas if f.motivo == resultado.value]
            if celdas:
                lugares.append(f"{resultado.value}: {celdas[0]} a {celdas[-1].referencia}")
        varios = ""
        if self.con_varios:
            varios = (
                f"\n{', '.join(self.con_varios)}: con varios indicadores solo se pone el avance de cada uno; lo que "
                "resulta de todos está en el Resumen."
            )
        return f"Se pusieron {len(self.edicion.formulas):,} fórmulas. {'; '.join(lugares)}.{varios}"


def proponer(libro: Libro, periodo: Periodo) -> dict[Resultado, int]:
    """A column (from 1) for each result: see `proponer_una`."""
    propuestas: dict[Resultado, int] = {}
    for resultado in Resultado:
        propuestas[resultado] = proponer_una(libro, periodo, resultado, propuestas.values())
    return propuestas


def proponer_una(libro: Libro, periodo: Periodo, resultado: Resultado, tomadas: Collection[int]) -> int:
    """The column (from 1) that has the title of a result, else the next at the right of the table that is not taken."""
    titulos = _titulos(libro.tabla)
    conocidos = {plano(resultado.value), plano(_titulo(resultado, periodo))}
    con_titulo = (n for n, titulo in enumerate(titulos, 1) if plano(titulo) in conocidos and n not in tomadas)
    return next(con_titulo, None) or next(n for n in count(len(titulos) + 1) if n not in tomadas)


def fuentes(libro: Libro, periodo: Periodo) -> str:
    """The columns that the formulas of a período refer to, for a sentence."""
    tabla, tipo = libro.tabla, libro.plan.parametros.tipo
    lugares = [
        tabla.metas.get(periodo.anio),
        *(tabla.valores.get(p) for p in dict.fromkeys((periodo.primero, periodo))),
    ]
    palabras = (Columna.SENTIDO, *((Columna.LINEA_BASE,) if tipo is Tipo.II else ()))
    lugares += [tabla.columnas.get(palabra) for palabra in palabras]
    dichos = [f"«{tabla.titulo(n)}» ({tabla.hoja.celda(1, n + 1).referencia[:-1]})" for n in lugares if n is not None]
    return f"{', '.join(dichos[:-1])} y {dichos[-1]}" if len(dichos) > 1 else "".join(dichos)


def insertar(libro: Libro, periodo: Periodo, columnas: Mapping[Resultado, int], firma: Firma) -> Insercion:
    """The edit that fills these columns (from 1) with the formulas of a período, one for each row of the table.

    A column without a title gets one. Nota, Semáforo and Crítica are of an AEI and need the column of its avance, a
    new one or an earlier one. Raises `InsercionRechazada`; what a cell holds already is judged where it is written.
    """
    _exigir_columnas(libro, periodo, columnas)
    obra = _Obra(libro, periodo, columnas, firma)
    formulas = tuple(obra.formulas())
    if not formulas:
        raise InsercionRechazada(f"En {libro.nombre} no hay ninguna fila a la que se pueda poner esas fórmulas.")
    edicion = Edicion(cambios=tuple(obra.titulos()), tablas=tuple(obra.tablas()), formulas=formulas)
    varios = [oei.codigo for oei in libro.plan.oeis if len(oei.indicadores) > 1]
    varios += [aei.codigo for aei in libro.plan.aeis if len(aei.indicadores) > 1]
    return Insercion(asentada(libro.bitacora, edicion, ORIGEN, firma.cuando), tuple(varios))


def _exigir_columnas(libro: Libro, periodo: Periodo, columnas: Mapping[Resultado, int]) -> None:
    tabla = libro.tabla
    if periodo not in tabla.valores:
        raise InsercionRechazada(
            f"{libro.nombre} no tiene columna de valores para {periodo}. Ábralo antes: zedxl abrir-semestre LIBRO "
            f"{periodo}."
        )
    con_meta = any(indicador.sentido is not Sentido.NO_DEFINIDO for indicador in libro.plan.indicadores)
    if periodo.anio not in tabla.metas and con_meta:
        raise InsercionRechazada(
            f"{libro.nombre} no tiene columna de metas para {periodo.anio}. Agréguela con el título «Meta "
            f"{periodo.anio}»."
        )
    if Resultado.AVANCE not in columnas:
        raise InsercionRechazada("Señale la columna del avance: las demás fórmulas parten de ella.")
    leidas = {n + 1 for n in (*tabla.columnas.values(), *tabla.metas.values(), *tabla.metas_semestre.values(),
                              *tabla.valores.values())}  # fmt: skip
    for resultado, columna in columnas.items():
        celda = tabla.hoja.celda(tabla.fila_titulos, columna)
        if columna in leidas:
            raise InsercionRechazada(
                f"{resultado.value}: la columna de {celda} («{tabla.titulo(columna - 1)}») es de datos. Señale otra."
            )
        if list(columnas.values()).count(columna) > 1:
            raise InsercionRechazada(f"{resultado.value}: la columna de {celda} se señaló dos veces. Señale otra.")


@dataclass(frozen=True)
class _Obra:
    """One insertion in one book."""

    libro: Libro
    periodo: Periodo
    columnas: Mapping[Resultado, int]
    firma: Firma

    def titulos(self) -> Iterator[Cambio]:
        """A title for each column that has none, which looks as that of the values."""
        tabla = self.libro.tabla
        como = tabla.hoja.celda(tabla.fila_titulos, tabla.valores[self.periodo] + 1)
        for resultado, columna in self.columnas.items():
            celda = tabla.hoja.celda(tabla.fila_titulos, columna)
            if self.libro.contenido(celda) is None:
                titulo = _titulo(resultado, self.periodo)
                yield Cambio(celda, None, titulo, "columna nueva", self.firma.quien, "", str(self.periodo), como)

    def tablas(self) -> Iterator[TablaHasta]:
        """The table of the sheet reaches to the columns that are right beside it."""
        tabla = self.libro.tabla
        hasta = len(_titulos(tabla))
        while hasta + 1 in self.columnas.values():
            hasta += 1
        if hasta > len(_titulos(tabla)):
            titulo = tabla.hoja.celda(tabla.fila_titulos, tabla.columnas[Columna.CODIGO] + 1)
            yield TablaHasta(titulo, max(fila.numero for fila in tabla.filas()), hasta)

    def formulas(self) -> Iterator[FormulaNueva]:
        """Those of each row, top to bottom within an OEI or AEI."""
        evaluacion = evaluar(self.libro.plan, self.periodo)
        for oei in evaluacion.oeis:
            yield from self._de_uno(oei, oei.oei, oei.oei)
            for aei in oei.aeis:
                yield from self._de_uno(aei, aei.aei, oei.oei)

    def _de_uno(self, evaluado: EvaluacionOEI | EvaluacionAEI, de: OEI | AEI, oei: OEI) -> Iterator[FormulaNueva]:
        vigiladas = self.libro.plan.parametros.prioridades_criticas
        prioridad = de.prioridad or oei.prioridad
        for logro in evaluado.logro.indicadores:
            celda = logro.indicador.valor(self.periodo).celda
            if celda is None:
                continue
            renglon = Renglon(de, logro.indicador, celda.fila, not vigiladas or prioridad in vigiladas)
            avance = self._redaccion.avance(renglon)
            yield self._formula(renglon, Resultado.AVANCE, avance, de_avance(logro.avance))
            if len(de.indicadores) == 1:
                yield from self._del_conjunto(renglon, evaluado, prioridad)

    def _del_conjunto(
        self, r: Renglon, evaluado: EvaluacionOEI | EvaluacionAEI, prioridad: Prioridad | None
    ) -> Iterator[FormulaNueva]:
        """What is said of an OEI or AEI as a whole: only the colour of an OEI."""
        avance = self.libro.tabla.hoja.celda(r.fila, self.columnas[Resultado.AVANCE]).referencia
        parametros, ritmo = self.libro.plan.parametros, evaluado.logro.ritmo
        formulas: dict[Resultado, tuple[str, Valor]] = {}
        color = semaforo(ritmo, parametros.umbral_rojo, parametros.umbral_verde)
        formulas[Resultado.SEMAFORO] = self._redaccion.semaforo(r, avance), de_semaforo(ritmo, color)
        if isinstance(evaluado, EvaluacionAEI):
            invalida = evaluado.logro.avance.motivo is Motivo.DATO_INVALIDO
            nota = INVALIDO if invalida else evaluado.nota or SIN_NOTA
            formulas[Resultado.NOTA] = self._redaccion.nota(r, avance), nota
            critica = de_critica(evaluado, parametros, prioridad)
            formulas[Resultado.CRITICA] = self._redaccion.critica(r, avance), critica
        for resultado in self.columnas:
            if resultado in formulas:
                yield self._formula(r, resultado, *formulas[resultado])

    def _formula(self, r: Renglon, resultado: Resultado, formula: str, valor: Valor) -> FormulaNueva:
        celda = self.libro.tabla.hoja.celda(r.fila, self.columnas[resultado])
        return FormulaNueva(
            celda,
            formula,
            None if valor == INVALIDO else valor,
            self.libro.contenido(celda),
            resultado.value,
            self.firma.quien,
            r.de.codigo,
            str(self.periodo),
        )

    @cached_property
    def _redaccion(self) -> Redaccion:
        return Redaccion(self.libro.tabla, self.libro.plan.parametros, self.periodo)


def _titulos(tabla: Tabla) -> list[str]:
    """The titles of a table to the last one, "" where a column has none."""
    titulos = [como_texto(valor) for valor in tabla.hoja.filas[tabla.fila_titulos - 1]]
    while titulos and not titulos[-1]:
        titulos.pop()
    return titulos


def _titulo(resultado: Resultado, periodo: Periodo) -> str:
    return f"{resultado.value} {periodo}"
