"""Sheets Validación and Bitácora: what has to be looked at, and what was changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zedxl.aspecto import FONDO_SEMAFORO
from zedxl.libro.construccion import conteo, datos_aei, disposicion, nombres
from zedxl.libro.construccion.datos_tablero import DatosDelTablero
from zedxl.libro.construccion.disposicion import Disposicion
from zedxl.libro.construccion.lienzo import APARTADO, CELDA, CENTRADO, ENCABEZADO, ENTRADA, PARRAFO, Formula, Hoja
from zedxl.libro.construccion.valores import CRITICA, INVALIDO, ND, NP, Historia, de_avance
from zedxl.libro.hojas import NARRATIVA, TABLA_DE_HALLAZGOS, TITULOS_BITACORA, TITULOS_HALLAZGOS
from zedxl.vocabulario import Semaforo

_FILA_DE_COMPROBACIONES = 3
_FILAS_DE_HALLAZGOS = 20
_FILAS_DE_BITACORA = 34
_CUANDO = "Cuándo"
_BIEN, _REVISAR = "Correcto", "Revisar"


@dataclass(frozen=True, slots=True)
class _Comprobacion:
    """Something that is counted all the time; none is right, unless ``es_falta`` is False. "N/D" is never right."""

    que: str
    cuantas: Formula
    que_hacer: str
    es_falta: bool = True

    @property
    def correcta(self) -> bool:
        return (self.cuantas.valor == 0) is self.es_falta


def construir_validacion(hoja: Hoja, disposicion_: Disposicion, historia: Historia, datos: DatosDelTablero) -> None:
    """Write what is checked by formulas, and the place for findings."""
    hoja.presentar(
        "Validación",
        "Lo que revisan las fórmulas. Si una celda muestra un error, el botón Diagnóstico de la pestaña PEI dice por "
        "qué. El botón Validar escribe abajo, cada vez de nuevo, todo lo que encuentra.",
    )
    hoja.anchos(16, 26, 18, 14, 70, 60)
    comprobaciones = tuple(_comprobaciones(disposicion_, historia, datos))
    _escribir_comprobaciones(hoja, comprobaciones)
    fila = _FILA_DE_COMPROBACIONES + len(comprobaciones) + 3
    hoja.texto(fila - 1, 0, "Hallazgos", APARTADO)
    for columna in range(1, len(TITULOS_HALLAZGOS)):
        hoja.texto(fila - 1, columna, "", APARTADO)
    _tabla(hoja, TABLA_DE_HALLAZGOS, fila, TITULOS_HALLAZGOS, _FILAS_DE_HALLAZGOS)
    hoja.xl.data_validation(
        fila + 1, 0, fila + _FILAS_DE_HALLAZGOS, 0, {"validate": "list", "source": ["error", "advertencia", "nota"]}
    )
    hoja.proteger(ordenar=True)


def construir_bitacora(hoja: Hoja) -> None:
    """Write the titles of the log and room for its entries."""
    hoja.presentar(
        "Bitácora",
        "Qué dato cambió, quién lo cambió y cuándo. Lo que cambia con zedxl se anota solo. Puede filtrarla y agregar "
        "notas al final, sin número; lo anotado no se modifica.",
    )
    hoja.anchos(7, 18, 22, 11, 13, 20, 22, 22, 26, 30, 19)
    _tabla(hoja, "tblBitacora", _FILA_DE_COMPROBACIONES, TITULOS_BITACORA, _FILAS_DE_BITACORA)
    hoja.xl.freeze_panes(_FILA_DE_COMPROBACIONES + 1, 0)
    hoja.xl.repeat_rows(_FILA_DE_COMPROBACIONES)
    hoja.proteger(ordenar=True)


def _tabla(hoja: Hoja, nombre: str, fila: int, titulos: tuple[str, ...], filas: int) -> None:
    formato = hoja.lienzo.formato(ENCABEZADO)
    columnas = [{"header": titulo, "header_format": formato} for titulo in titulos]
    opciones = {"name": nombre, "style": None, "columns": columnas}
    hoja.xl.add_table(fila, 0, fila + filas, len(titulos) - 1, opciones)
    hoja.xl.set_row(fila, 22)
    for n in range(filas):
        for columna, titulo in enumerate(titulos):
            fecha = [{"num_format": "dd/mm/yyyy hh:mm"}] if titulo == _CUANDO else []
            hoja.texto(fila + 1 + n, columna, "", ENTRADA, PARRAFO, *fecha)


def _escribir_comprobaciones(hoja: Hoja, comprobaciones: tuple[_Comprobacion, ...]) -> None:
    titulos = ("Estado", "Cuántas", "Qué se comprueba", "Qué hacer")
    columnas = ((0, 0), (1, 1), (2, 4), (5, 5))
    hoja.xl.set_row(_FILA_DE_COMPROBACIONES, 22)
    for titulo, (desde, hasta) in zip(titulos, columnas, strict=True):
        hoja.unir(_FILA_DE_COMPROBACIONES, desde, hasta, ENCABEZADO)
        hoja.texto(_FILA_DE_COMPROBACIONES, desde, titulo, ENCABEZADO)
    for fila, comprobacion in enumerate(comprobaciones, _FILA_DE_COMPROBACIONES + 1):
        hoja.xl.set_row(fila, 18)
        signo = "=" if comprobacion.es_falta else ">"
        estado = Formula(
            f'IF(B{fila + 1}{signo}0,"{_BIEN}","{_REVISAR}")', _BIEN if comprobacion.correcta else _REVISAR
        )
        hoja.formula(fila, 0, estado, CELDA, CENTRADO, {"bold": True})
        hoja.formula(fila, 1, comprobacion.cuantas, CELDA, CENTRADO)
        hoja.unir(fila, 2, 4, CELDA)
        hoja.texto(fila, 2, comprobacion.que, CELDA)
        hoja.texto(fila, 5, comprobacion.que_hacer, CELDA)
    ultima = _FILA_DE_COMPROBACIONES + len(comprobaciones)
    for texto, color in ((_BIEN, Semaforo.VERDE), (_REVISAR, Semaforo.AMBAR)):
        formato = hoja.lienzo.condicional({"bg_color": f"#{FONDO_SEMAFORO[color]}"})
        condicion = {"type": "cell", "criteria": "==", "value": f'"{texto}"', "format": formato}
        hoja.xl.conditional_format(_FILA_DE_COMPROBACIONES + 1, 0, ultima, 0, condicion)


def _comprobaciones(disposicion_: Disposicion, historia: Historia, datos: DatosDelTablero) -> Iterator[_Comprobacion]:
    avances = datos.aeis.bloque.rango(datos_aei.AVANCE)
    criticas = datos.aeis.bloque.rango(disposicion.CRITICA)
    hoy = [de_avance(a.logro.avance) for a in historia.hoy.aeis]
    titulos = [disposicion.titulo_de_avance(p) for p in disposicion_.periodos]
    primero, ultimo = (disposicion_.en_columna(t) for t in (titulos[0], titulos[-1]))
    todos = f"{primero.split(':')[0]}:{ultimo.split(':')[1]}"
    errores = float(_errores(disposicion_, historia))
    textos = f"COUNTIF({NARRATIVA}!{_COLUMNA_DE_PERIODO},{nombres.PERIODO})"
    del_periodo = sum(t.periodo == historia.actual for t in historia.plan.textos)
    yield _Comprobacion(
        "AEI sin meta para el año del período", conteo.cuantas(avances, NP, hoy),
        "Confirme que no se programaron; no entran en el puntaje.",
    )  # fmt: skip
    yield _Comprobacion(
        "AEI programadas sin avance en el período", conteo.cuantas(avances, ND, hoy),
        "Escriba su valor obtenido en Seguimiento.",
    )  # fmt: skip
    yield _Comprobacion(
        "AEI críticas", conteo.cuantas(criticas, CRITICA, historia.criticas),
        "Proponga medidas en Narrativa.",
    )  # fmt: skip
    yield _Comprobacion(
        "Avances con error en cualquier período", Formula(conteo.errores(todos), errores),
        "Corrija la meta, el valor o las palabras de su fila.",
    )  # fmt: skip
    yield _Comprobacion(
        "Textos escritos para el período", Formula(textos, float(del_periodo)),
        "Escriba en Narrativa el análisis del período.", es_falta=False,
    )  # fmt: skip


def _errores(disposicion_: Disposicion, historia: Historia) -> int:
    return sum(
        de_avance(historia.indicador(grupo, renglon, periodo).avance) == INVALIDO
        for grupo in disposicion_.grupos
        for renglon in grupo.renglones
        for periodo in disposicion_.periodos
    )


_COLUMNA_DE_PERIODO = "$C$5:$C$2000"
