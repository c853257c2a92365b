"""abrir(libro, período): what a semester needs before values are typed, or the reopening of a closed one.

New columns go to the right of the table, next to it: no cell that is there moves, so no formula, name or chart loses
what it refers to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zedxl.codigo import PLAN
from zedxl.edicion.cambio import Cambio, Candado, ColumnaNueva, Edicion, Firma, TablaHasta
from zedxl.errores import ErrorExplicado
from zedxl.libro.bitacora import Apunte, asentada
from zedxl.libro.cierres import agregar, filas_de_reapertura, primera_celda
from zedxl.libro.columnas import Columna, Encabezado, reconocer
from zedxl.libro.desacuerdo import exigir_acuerdo
from zedxl.libro.hoja import VACIAS
from zedxl.libro.hojas import PARAMETROS, PERIODO_DE_EVALUACION, TITULOS_PARAMETROS
from zedxl.libro.lectura import Libro
from zedxl.libro.listado import buscar_listado
from zedxl.libro.tabla import Tabla
from zedxl.periodo import Periodo
from zedxl.plan import Plan
from zedxl.semestre import origen
from zedxl.semestre.cerrados import celdas_cerradas
from zedxl.semestre.cierre import candados_del_periodo
from zedxl.texto import como_texto, plano

_LISTA_DE_PERIODOS = "Períodos"


class AperturaRechazada(ErrorExplicado):
    """A semester that cannot be opened; its text says why and what to do."""


def abrir(libro: Libro, periodo: Periodo, firma: Firma, motivo: str = "") -> Edicion:
    """The edit that opens a period, empty when it is open already.

    Columns for its values (and for the target of its year, where there is none), and the Tablero set to it where the
    book can show it. A closed period is reopened, which takes a ``motivo`` and is logged; the column of its values
    comes back where somebody deleted it. Raises `AperturaRechazada`.
    """
    exigir_acuerdo(libro.bitacora, libro.cierres)
    if periodo in libro.plan.cierres:
        return _reabrir(libro, periodo, firma, motivo)
    edicion = _columnas(libro, periodo, firma) + Edicion(cambios=tuple(_periodo_mostrado(libro, periodo, firma)))
    return asentada(libro.bitacora, edicion, origen.APERTURA, firma.cuando)


def sin_cerrar(plan: Plan, periodo: Periodo) -> tuple[Periodo, ...]:
    """The periods before this one that have values and are not closed."""
    return tuple(p for p in plan.periodos_con_valor if p < periodo and p not in plan.cierres)


def _reabrir(libro: Libro, periodo: Periodo, firma: Firma, motivo: str) -> Edicion:
    cerrado = libro.plan.cierres[periodo]
    if not motivo.strip():
        raise AperturaRechazada(
            f"{periodo} está cerrado desde el {cerrado.cuando:%d/%m/%Y} ({cerrado.quien}). Para reabrirlo diga por "
            "qué, con --motivo."
        )
    filas = filas_de_reapertura(periodo, firma.cuando, firma.quien, motivo)
    lugar = str(primera_celda(libro.cierres))
    suceso = Apunte(firma.quien, str(periodo), PLAN, lugar, "cerrado", "reabierto", motivo)
    edicion = agregar(libro.cierres, filas) + Edicion(candados=candados_del_periodo(libro, periodo, cerrado=False))
    if periodo not in libro.periodos:
        edicion += _columnas(libro, periodo, firma)
    return asentada(libro.bitacora, edicion, origen.REAPERTURA, firma.cuando, [suceso])


def _columnas(libro: Libro, periodo: Periodo, firma: Firma) -> Edicion:
    """The columns that the table lacks, one after the other at its right."""
    if periodo in libro.periodos and not any(isinstance(bloque, Tabla) for bloque in libro.bloques):
        return Edicion()
    tabla = libro.tabla
    faltan = list(_titulos_que_faltan(tabla, periodo))
    if not faltan:
        return Edicion()
    _exigir_el_siguiente(tabla, periodo)
    primera = len(_sin_final_vacio(tabla)) + 1
    ultima_fila = max((fila.numero for fila in tabla.filas()), default=tabla.fila_titulos)
    _exigir_libres(tabla, range(primera, primera + len(faltan)), ultima_fila)
    cambios, columnas = [], []
    for columna, (encabezado, modelo) in enumerate(faltan, primera):
        celda = tabla.hoja.celda(tabla.fila_titulos, columna)
        como = tabla.hoja.celda(tabla.fila_titulos, modelo)
        cambios.append(
            Cambio(celda, None, _titulo(encabezado, tabla), "columna nueva", firma.quien, "", str(periodo), como)
        )
        columnas.append(ColumnaNueva(tabla.hoja.nombre, columna, modelo, tabla.fila_titulos, ultima_fila))
    titulo = tabla.hoja.celda(tabla.fila_titulos, tabla.columnas[Columna.CODIGO] + 1)
    hasta = TablaHasta(titulo, ultima_fila, primera + len(faltan) - 1)
    candado = _abierto_como_antes(libro.plan, columnas)
    return Edicion(cambios=tuple(cambios), columnas=tuple(columnas), tablas=(hasta,), candados=candado)


def _abierto_como_antes(plan: Plan, columnas: Sequence[ColumnaNueva]) -> tuple[Candado, ...]:
    """New cells whose model was locked with its period are open, as the model was before that."""
    cerradas = celdas_cerradas(plan)
    celdas = frozenset(
        (celda.fila, c.columna)
        for c in columnas
        for celda in cerradas
        if (celda.hoja, celda.columna) == (c.hoja, c.modelo)
    )
    return (Candado(columnas[0].hoja, celdas, cerrado=False),) if celdas else ()


def _titulos_que_faltan(tabla: Tabla, periodo: Periodo) -> Iterator[tuple[Encabezado, int]]:
    """Each title that the period needs and the table has not, with the column (from 1) that it is to look like."""
    ultimo_valor = tabla.valores[max(tabla.valores)] if tabla.valores else max(tabla.metas.values())
    if periodo.anio not in tabla.metas:
        modelo = tabla.metas[max(tabla.metas)] if tabla.metas else ultimo_valor
        yield Encabezado(Columna.META, anio=periodo.anio), modelo + 1
    if tabla.metas_semestre and periodo not in tabla.metas_semestre:
        modelo = tabla.metas_semestre[max(tabla.metas_semestre)]
        yield Encabezado(Columna.META_SEMESTRE, periodo=periodo), modelo + 1
    if periodo not in tabla.valores:
        yield Encabezado(Columna.VALOR, periodo=periodo), ultimo_valor + 1


def _exigir_el_siguiente(tabla: Tabla, periodo: Periodo) -> None:
    if tabla.valores and periodo > max(tabla.valores).siguiente:
        ultimo = max(tabla.valores)
        raise AperturaRechazada(
            f"El último período del libro es {ultimo}; el que sigue es {ultimo.siguiente}, no {periodo}. Ábralos en "
            "orden."
        )


def _exigir_libres(tabla: Tabla, columnas: range, ultima_fila: int) -> None:
    for columna in columnas:
        for fila in range(tabla.fila_titulos, ultima_fila + 1):
            if tabla.hoja.valor(fila, columna) not in VACIAS:
                ocupada = tabla.hoja.celda(fila, columna)
                raise AperturaRechazada(
                    f"La columna nueva va al lado derecho de la tabla, y {ocupada} está ocupada. Mueva a otro lugar lo "
                    "que hay ahí, o inserte en Excel las columnas que faltan."
                )


def _sin_final_vacio(tabla: Tabla) -> list[object]:
    titulos = list(tabla.hoja.filas[tabla.fila_titulos - 1])
    while titulos and titulos[-1] in VACIAS:
        titulos.pop()
    return titulos


def _titulo(encabezado: Encabezado, tabla: Tabla) -> str:
    """The title, worded as the book words those of other years where that is understood; else as zedxl does."""
    periodo = encabezado.periodo
    hermanos: dict[int, int] = tabla.metas
    if periodo is not None:
        de = tabla.valores if encabezado.columna is Columna.VALOR else tabla.metas_semestre
        hermanos = {p.anio: columna for p, columna in de.items() if p.semestre == periodo.semestre}
    anio = periodo.anio if periodo else encabezado.anio
    for otro, columna in sorted(hermanos.items(), reverse=True):
        titulo = tabla.titulo(columna).replace(str(otro), str(anio))
        if reconocer(titulo) == encabezado:
            return titulo
    return encabezado.titulo


def _periodo_mostrado(libro: Libro, periodo: Periodo, firma: Firma) -> Iterator[Cambio]:
    """The parameter that says which period the book shows, where the book knows this one."""
    listado = buscar_listado(libro.hojas, PARAMETROS, TITULOS_PARAMETROS)
    if listado is None or str(periodo) not in _periodos_conocidos(libro):
        return
    for fila, (nombre, valor, _) in listado.filas():
        celda = listado.celda(fila, 1)
        es_el_suyo = plano(como_texto(nombre)) == plano(PERIODO_DE_EVALUACION)
        if es_el_suyo and valor != str(periodo) and not libro.es_calculada(celda):
            yield Cambio(celda, libro.contenido(celda), str(periodo), "período mostrado", firma.quien, "", str(periodo))


def _periodos_conocidos(libro: Libro) -> list[str]:
    listado = buscar_listado(libro.hojas, PARAMETROS, [_LISTA_DE_PERIODOS])
    return [como_texto(fila[0]) for _, fila in listado.filas()] if listado else []
