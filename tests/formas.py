"""The three layouts of a plan, written as institutions write them: what the readers have to read."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

import openpyxl

from zedxl.periodo import Periodo
from zedxl.plan import Dato, Indicador, Plan

PUBLICADO = Path(__file__).parent / "publicado"
"""What ZED ILO published for 2025-I: its annex and matrix as printed, and both corrected."""


@dataclass
class Cuadro:
    """Rows of cells, and which of them are merged: first row and column, last row and column, from 1."""

    filas: list[list[Any]]
    combinadas: list[tuple[int, int, int, int]] = field(default_factory=list)

    def movido(self, filas: int, columnas: int) -> Cuadro:
        """The same, so many rows further down and columns further right."""
        movidas: list[list[Any]] = [[] for _ in range(filas)] + [[None] * columnas + fila for fila in self.filas]
        areas = [(a + filas, b + columnas, c + filas, d + columnas) for a, b, c, d in self.combinadas]
        return Cuadro(movidas, areas)

    def junto_a(self, otro: Cuadro, *, separadas: int = 1, mas_abajo: int = 0) -> Cuadro:
        """Both side by side, with so many blank columns between; the other one begins so many rows further down."""
        ancho = max(map(len, self.filas)) + separadas
        derecha = otro.movido(mas_abajo, ancho)
        filas = [
            [*(izquierda or []), *[None] * (ancho - len(izquierda or [])), *(suya or [])[ancho:]]
            for izquierda, suya in zip_longest(self.filas, derecha.filas)
        ]
        return Cuadro(filas, [*self.combinadas, *derecha.combinadas])

    def en_texto(self) -> Cuadro:
        """As a paste leaves it after «text to columns»: no merged cells, and every number as text."""
        return Cuadro([[None if v is None else str(v) for v in fila] for fila in self.filas])


def escribir(ruta: Path, **hojas: Cuadro) -> Path:
    """A book with these sheets."""
    libro = openpyxl.Workbook()
    libro.remove(libro.active)
    for nombre, cuadro in hojas.items():
        hoja = libro.create_sheet(nombre)
        for fila in cuadro.filas:
            hoja.append(fila)
        for desde_fila, desde_columna, hasta_fila, hasta_columna in cuadro.combinadas:
            hoja.merge_cells(None, desde_fila, desde_columna, hasta_fila, hasta_columna)
    libro.save(ruta)
    return ruta


def impreso(nombre: str) -> Cuadro:
    """A text as it was published, after «text to columns»."""
    lineas = (PUBLICADO / nombre).read_text(encoding="utf-8").splitlines()
    return Cuadro([[celda or None for celda in linea.split("\t")] for linea in lineas])


def anexo_publicado(*, combinado: bool = True) -> Cuadro:
    """The annex of ZED ILO without its errors, as CEPLAN's reporte de seguimiento lays it out."""
    grupos = ["Código", "Denominación", "Relevancia", "Sentido Esperado", "Tipo de Agregación", "Línea Base", None,
              "Logro esperado", None, None, "2025-Semestre I", None]  # fmt: skip
    titulos = [None] * 5 + ["Valor", "Año", 2024, 2025, 2026, "Valor obtenido", "Avance"]
    filas: list[list[Any]] = [["REPORTE DE SEGUIMIENTO SEMESTRAL"], ["Pliego:", "ZED ILO"], [], grupos, titulos]
    for f in _csv("anexo_corregido.csv"):
        numeros = [_numero(f[c]) for c in ("lb", "lb_anio", "2024", "2025", "2026", "valor", "avance")]
        palabras = [f["sentido"], f["agregacion"]]
        filas.append([f["codigo_aei"], f["denominacion"], f["relevancia"], *palabras, *numeros])
        filas.append([f["codigo_ind"], f["indicador"], "*", *palabras, *numeros])
    filas += [[], ["* Sin relevancia asignada."]]
    verticales = [(4, c, 5, c) for c in range(1, 6)]
    return Cuadro(filas, [*verticales, (4, 6, 4, 7), (4, 8, 4, 10), (4, 11, 4, 12)] if combinado else [])


def matriz_publicada(*, en_la_celda: bool = False) -> Cuadro:
    """The matrix of ZED ILO's report: the number beside its word, or in the same cell."""
    filas: list[list[Any]] = [["Avance del Semestre 2025-I de cada OEI y AEI en el PEI 2024-2026"], []]
    filas.append(["Cód", "Descripción", "U. Medida", "Semest.", *([] if en_la_celda else [None]), "Acum."])
    areas = []
    for f in _csv("matriz.csv"):
        texto = f"{f['descripcion']} Indicador: {f['indicador']}"
        fila = len(filas) + 1
        areas += [(fila, columna, fila + 1, columna) for columna in (1, 2, 3, 6)]
        filas.append([f["codigo"], texto, f["unidad"], *_par("Progr", f["programado"], en_la_celda), f["avance"]])
        filas.append([None, None, None, *_par("Ejecut", f["ejecutado"], en_la_celda)])
    filas += [[], ["* La medición se realiza en referencia a lo programado para el año."]]
    return Cuadro(filas, [] if en_la_celda else areas)


JUNTO = "Objetivo / Acción estratégica"
"""A column that has the code and the name of an OEI or AEI in one cell."""


def plana(plan: Plan, columnas: Sequence[str], union: str = " ") -> Cuadro:
    """A flat table with these columns: one row for each indicator, and for an OEI or AEI that has none.

    ``union`` stands between code and name in column `JUNTO`, and in «Indicador» where there is no column for its code.
    """
    filas: list[list[Any]] = [list(columnas)]
    for codigo, denominacion, indicadores in _elementos(plan):
        for indicador in indicadores:
            suyo = "" if "Código del indicador" in columnas else f"{indicador.codigo}{union}"
            celdas = {"Código": codigo, "Denominación": denominacion, JUNTO: f"{codigo}{union}{denominacion}",
                      "Código del indicador": indicador.codigo, "Indicador": f"{suyo}{indicador.nombre}",
                      **_celdas(indicador)}  # fmt: skip
            filas.append([celdas.get(columna) for columna in columnas])
    return Cuadro(filas)


def anexo(plan: Plan, grupos: Sequence[Sequence[str]], *, en_la_aei: bool, union: str = " ") -> Cuadro:
    """An annex with these columns, each with its group first («Línea base», «Valor»), or alone.

    ``en_la_aei`` repeats in the row of an AEI what its only indicator says; ``union`` is as in `plana`.
    """
    arriba: list[Any] = []
    areas = []
    for n, grupo in enumerate(grupos):
        mismo = n > 0 and len(grupo) > 1 and grupos[n - 1][0] == grupo[0]
        arriba.append(None if mismo else grupo[0])
        if len(grupo) == 1:
            areas.append((1, n + 1, 2, n + 1))
        elif not mismo:
            largo = sum(1 for otro in grupos if len(otro) > 1 and otro[0] == grupo[0])
            areas.append((1, n + 1, 1, n + largo))
    filas = [arriba, [grupo[1] if len(grupo) > 1 else None for grupo in grupos]]
    for codigo, denominacion, indicadores in _elementos(plan):
        suyas = _celdas(indicadores[0]) if en_la_aei and len(indicadores) == 1 else {}
        filas.append(_en_columnas({**_dos(codigo, denominacion, union), **suyas}, grupos))
        filas += [_en_columnas({**_dos(i.codigo, i.nombre, union), **_celdas(i)}, grupos) for i in indicadores]
    return Cuadro(filas, areas)


def matriz(plan: Plan, periodo: Periodo, columnas: Sequence[str], *, en_la_celda: bool, union: str = " ") -> Cuadro:
    """A matrix whose columns (Cód, Descripción, or `JUNTO`; U. Medida, Semest., Acum.) stand in this order."""
    titulos = [t for c in columnas for t in ([c, None] if c == "Semest." and not en_la_celda else [c])]
    filas: list[list[Any]] = [[f"Avance del semestre {periodo}"], titulos]
    for codigo, denominacion, (indicador,) in _elementos(plan):
        nombre = f"{denominacion} Indicador: {indicador.nombre}"
        textos = {"Cód": codigo, "Descripción": nombre, JUNTO: f"{codigo}{union}{nombre}",
                  "U. Medida": indicador.unidad, "Acum.": "100.00*"}  # fmt: skip
        numeros = (("Progr", indicador.meta(periodo.anio)), ("Ejecut", indicador.valor(periodo)))
        for n, (palabra, dato) in enumerate(numeros):
            fila: list[Any] = []
            for c in columnas:
                fila += _par(palabra, dato.valor, en_la_celda) if c == "Semest." else [None if n else textos[c]]
            filas.append(fila)
    return Cuadro(filas)


def matriz_por_columnas(plan: Plan, textos: Sequence[str], cuando: Sequence[int | Periodo]) -> Cuadro:
    """A matrix with a column of numbers for each of these years and períodos, right of those of its texts."""
    filas: list[list[Any]] = [[], [*textos, *(n if isinstance(n, int) else str(n) for n in cuando)]]
    for codigo, denominacion, (indicador,) in _elementos(plan):
        en_la_primera = {"Cód": codigo, "Descripción": f"{denominacion} Indicador: {indicador.nombre}",
                         "U. Medida": indicador.unidad, "Semest.": "Progr"}  # fmt: skip
        programados = [indicador.meta(n) if isinstance(n, int) else indicador.metas_semestre.get(n) for n in cuando]
        ejecutados = [None if isinstance(n, int) else indicador.valor(n) for n in cuando]
        filas.append([*(en_la_primera[t] for t in textos), *(d and d.valor for d in programados)])
        filas.append([*("Ejecut" if t == "Semest." else None for t in textos), *(d and d.valor for d in ejecutados)])
    return Cuadro(filas)


def dicho(plan: Plan) -> list[Any]:
    """What a plan says, without the cells that it says it in."""
    return [
        (codigo, denominacion, [_sin_celdas(i) for i in indicadores])
        for codigo, denominacion, indicadores in _elementos(plan)
    ]


def _sin_celdas(i: Indicador) -> tuple[Any, ...]:
    def valores(datos: Any) -> dict[str, float]:
        return {str(cuando): dato.valor for cuando, dato in sorted(datos.items()) if dato.valor is not None}

    return (i.codigo, i.nombre, i.unidad, i.sentido, i.agregacion, i.relevancia, i.linea_base.valor, i.linea_base_anio,
            valores(i.metas), valores(i.metas_semestre), valores(i.valores))  # fmt: skip


def _elementos(plan: Plan) -> Iterable[tuple[str, str, tuple[Indicador, ...]]]:
    for oei in plan.oeis:
        if oei.indicadores:
            yield oei.codigo, oei.denominacion, oei.indicadores
        for aei in oei.aeis:
            yield aei.codigo, aei.denominacion, aei.indicadores


def _dos(codigo: str, nombre: str, union: str) -> dict[str, Any]:
    return {"Código": codigo, "Denominación": nombre, JUNTO: f"{codigo}{union}{nombre}"}


def _celdas(i: Indicador) -> dict[str, Any]:
    """The cells of an indicator by title, groups and titles joined by a space."""
    relevancia = "*" if i.relevancia is None else i.relevancia.value
    celdas: dict[str, Any] = {
        "Unidad de medida": i.unidad, "Sentido esperado": i.sentido.value, "Relevancia": relevancia,
        "Tipo de agregación": i.agregacion.value, "Línea base Valor": _nd(i.linea_base), "Línea base Año": i.linea_base_anio,
    }  # fmt: skip
    celdas |= {f"Logro esperado {anio}": dato.valor for anio, dato in i.metas.items()}
    return celdas | {f"{p.anio}-Semestre {'I' * p.semestre} Valor obtenido": d.valor for p, d in i.valores.items()}


def _nd(dato: Dato) -> Any:
    return "N/D" if dato.valor is None else dato.valor


def _en_columnas(celdas: dict[str, Any], grupos: Sequence[Sequence[str]]) -> list[Any]:
    return [celdas.get(" ".join(grupo)) for grupo in grupos]


def _par(palabra: str, numero: Any, en_la_celda: bool) -> list[Any]:
    if en_la_celda:
        return [palabra if numero is None else f"{palabra} {numero}"]
    return [palabra, _numero(numero) if isinstance(numero, str) else numero]


def _csv(nombre: str) -> list[dict[str, str]]:
    with (PUBLICADO / nombre).open(encoding="utf-8") as archivo:
        return list(csv.DictReader(archivo))


def _numero(escrito: str) -> Any:
    try:
        return float(escrito)
    except ValueError:
        return escrito or None
