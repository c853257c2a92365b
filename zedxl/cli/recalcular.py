"""``zedxl recalcular``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from zedxl.cli import CON_HALLAZGOS, HECHO, Orden
from zedxl.cli.evaluacion import argumento_libro
from zedxl.cli.progreso import haciendo
from zedxl.recalculo.calculo import Conservada
from zedxl.recalculo.entrega import Entrega, entregar
from zedxl.recalculo.valor_de_celda import Valor

_A_LA_VISTA = 100
"""How many formulas that keep their value are named; all of them with --json."""


@click.command(
    cls=Orden,
    epilog="\b\nEjemplos:\n  zedxl recalcular Seguimiento.xlsx\n"
    "  zedxl recalcular Seguimiento.xlsx --salida Recalculado.xlsx --json",
)
@argumento_libro
@click.option(
    "--salida", type=click.Path(path_type=Path, readable=False), metavar="ARCHIVO",
    help="Dónde escribir el libro recalculado. Si falta, en el mismo LIBRO.",
)  # fmt: skip
@click.option("--json", "en_json", is_flag=True, help="Escribe en JSON qué cambió y qué conservó su valor.")
def recalcular(libro: Path, salida: Path | None, en_json: bool) -> int:
    """Recalcula las fórmulas de un LIBRO sin Excel y guarda en él sus valores.

    Solo cambian los valores: formatos, gráficos, tablas y macros quedan como están. La fórmula que usa
    algo que zedxl no calcula como Excel conserva el valor que tenía, y también las que dependen de ella; se
    nombran una por una.
    """
    with haciendo("Recalculando…"):
        entrega = entregar(libro, salida)
    if en_json:
        click.echo(json.dumps(_como_json(libro, entrega), ensure_ascii=False, indent=2))
    else:
        click.echo(_resumen(libro, entrega))
    _mostrar_conservadas(entrega.recalculo.conservadas)
    return CON_HALLAZGOS if entrega.recalculo.conservadas else HECHO


def _resumen(libro: Path, entrega: Entrega) -> str:
    recalculo = entrega.recalculo
    destino = f" Se escribió {entrega.escrito}" if entrega.escrito else " El libro no necesitaba cambios."
    if not recalculo.formulas:
        return f"{libro.name} no tiene fórmulas: no hay nada que recalcular.{destino if entrega.escrito else ''}"
    calculadas = recalculo.formulas - len(recalculo.conservadas)
    cuantas = _contar(calculadas, "fórmula", "fórmulas")
    cambios = _contar(len(recalculo.cambios), "valor cambió", "valores cambiaron")
    return f"{libro.name}: se calcularon {cuantas} de {recalculo.formulas:,}; {cambios}.{destino}"


def _mostrar_conservadas(conservadas: tuple[Conservada, ...]) -> None:
    if not conservadas:
        return
    cuantas = _contar(len(conservadas), "fórmula conserva el valor que tenía", "fórmulas conservan el valor que tenían")
    click.echo(f"Advertencia: {cuantas}. Para actualizarlas, abra el libro en Excel y guárdelo.", err=True)
    for conservada in conservadas[:_A_LA_VISTA]:
        click.echo(f"  {conservada.hoja}!{conservada.celda}: {conservada.motivo}.", err=True)
    if len(conservadas) > _A_LA_VISTA:
        click.echo(f"  … y {len(conservadas) - _A_LA_VISTA:,} más; véalas todas con --json.", err=True)


def _contar(cuantos: int, una: str, varias: str) -> str:
    return f"{cuantos:,} {una if cuantos == 1 else varias}"


def _como_json(libro: Path, entrega: Entrega) -> dict[str, object]:
    recalculo = entrega.recalculo
    return {
        "libro": str(libro),
        "escrito": None if entrega.escrito is None else str(entrega.escrito),
        "formulas": recalculo.formulas,
        "cambios": [
            {"hoja": c.hoja, "celda": c.celda, "antes": _en_json(c.antes), "ahora": _en_json(c.ahora)}
            for c in recalculo.cambios
        ],
        "conservadas": [{"hoja": c.hoja, "celda": c.celda, "motivo": c.motivo} for c in recalculo.conservadas],
    }


def _en_json(valor: Valor | None) -> object:
    return valor if valor is None or isinstance(valor, (bool, float, str)) else valor.codigo
