"""The evaluation as a coloured table on a terminal."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from zedxl.evaluacion import Conjunto, Evaluacion, EvaluacionAEI, EvaluacionOEI
from zedxl.logro import Logro
from zedxl.medida import Medida
from zedxl.numero import con_decimales, tal_cual
from zedxl.trayectoria import trayectorias
from zedxl.vocabulario import Estado, Semaforo

_ANCHO_SIN_TERMINAL = 120
_COLOR = {Semaforo.VERDE: "green", Semaforo.AMBAR: "yellow", Semaforo.ROJO: "red", Semaforo.ND: "dim"}


def mostrar(evaluacion: Evaluacion, consola: Console | None = None) -> None:
    """Print the evaluation; colours only where the output is a terminal."""
    consola = consola or Console()
    if not consola.is_terminal:
        consola.width = _ANCHO_SIN_TERMINAL
    consola.print(Text(_encabezado(evaluacion), style="bold"))
    consola.print(_tabla(evaluacion))
    consola.print(_linea_del_pei(evaluacion.conjunto))
    consola.print(_linea_de_criticas(evaluacion.criticas))
    if any(a.nota for a in evaluacion.aeis):
        consola.print(
            Text("* En curso: cumple lo esperado al semestre; el avance se mide contra la meta del año.", "dim")
        )


def _encabezado(evaluacion: Evaluacion) -> str:
    """Whose plan it is and when, as far as the book says it."""
    entidad = evaluacion.plan.entidad
    partes = (entidad.siglas or entidad.nombre, entidad.pei and f"PEI {entidad.pei}", str(evaluacion.periodo))
    return " · ".join(filter(None, partes))


def mostrar_historia(evaluacion: Evaluacion, consola: Console | None = None) -> None:
    """Print the puntaje of each OEI and the avance of each AEI at every período with values."""
    consola = consola or Console()
    if not consola.is_terminal:
        consola.width = _ANCHO_SIN_TERMINAL
    tabla = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    tabla.add_column("Código", no_wrap=True)
    tabla.add_column("Denominación")
    for e in evaluacion.historia:
        tabla.add_column(str(e.periodo), justify="right", no_wrap=True)
    for trayectoria in trayectorias(evaluacion.historia):
        numeros = [con_decimales(medida.valor) for medida in trayectoria.medidas]
        sangria, estilo = ("  ", "") if trayectoria.es_aei else ("", "bold")
        tabla.add_row(f"{sangria}{trayectoria.codigo}", _en_una_linea(trayectoria.denominacion), *numeros, style=estilo)
    consola.print(Text("Evolución: avance de cada AEI; puntaje de cada OEI y del PEI", style="bold"))
    consola.print(tabla)
    consola.print(Text("N/D: en ese período no se programó o no se reportó.", style="dim"))


def _tabla(evaluacion: Evaluacion) -> Table:
    tabla = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    tabla.add_column("Código", no_wrap=True)
    tabla.add_column("Denominación")  # the one column that gives way to a narrow terminal
    for titulo in ("Programado", "Ejecutado", "Avance", "Ritmo"):
        tabla.add_column(titulo, justify="right", no_wrap=True)
    tabla.add_column("Semáforo", no_wrap=True)
    tabla.add_column("Estado", no_wrap=True)
    for oei in evaluacion.oeis:
        _agregar_oei(tabla, oei)
        for aei in oei.aeis:
            _agregar_aei(tabla, aei)
    return tabla


def _agregar_oei(tabla: Table, evaluado: EvaluacionOEI) -> None:
    conjunto = evaluado.conjunto
    # the colour is that of the pace of its AEI, so it goes with their score and not with the avance of the indicator
    puntaje = Text(f"Puntaje {con_decimales(conjunto.puntaje.valor)}", style=_COLOR[conjunto.semaforo])
    denominacion = _en_una_linea(evaluado.oei.denominacion)
    tabla.add_row(evaluado.oei.codigo, denominacion, *_cifras(evaluado.logro), "", "", puntaje, style="bold")


def _agregar_aei(tabla: Table, evaluada: EvaluacionAEI) -> None:
    logro = evaluada.logro
    estilo = "red" if evaluada.estado is Estado.CRITICA else ""
    tabla.add_row(
        f"  {evaluada.aei.codigo}",
        _en_una_linea(evaluada.aei.denominacion),
        *_cifras(logro, evaluada.nota),
        con_decimales(logro.ritmo.valor),
        _color(evaluada.semaforo_ritmo),
        Text(evaluada.estado.value, style=estilo),
    )


def _cifras(logro: Logro, nota: str = "") -> tuple[str, str, str]:
    return (
        tal_cual(logro.programado.valor),
        tal_cual(logro.ejecutado.valor),
        con_decimales(logro.avance.valor) + (nota or " "),
    )


def _en_una_linea(texto: str) -> Text:
    return Text(" ".join(texto.split()), no_wrap=True, overflow="ellipsis")


def _color(semaforo: Semaforo) -> Text:
    return Text(semaforo.value, style=_COLOR[semaforo])


def _linea_del_pei(conjunto: Conjunto) -> Text:
    return Text.assemble(
        "Puntaje del PEI: ",
        (con_decimales(conjunto.puntaje.valor), "bold"),
        f" · Cobertura: {_porcentaje(conjunto.cobertura)} · Ritmo: ",
        _color(conjunto.semaforo),
    )


def _porcentaje(medida: Medida) -> str:
    return con_decimales(medida.valor) if medida.valor is None else f"{con_decimales(medida.valor)} %"


def _linea_de_criticas(criticas: tuple[EvaluacionAEI, ...]) -> Text:
    if not criticas:
        return Text("Ninguna AEI crítica.", style="green")
    nombradas = ", ".join(f"{a.aei.codigo} ({a.motivo})" for a in criticas)
    return Text(f"AEI críticas: {nombradas}", style="red")
