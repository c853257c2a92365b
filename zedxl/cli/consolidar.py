"""``zedxl consolidar``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from zedxl.cli import CON_HALLAZGOS, HECHO, Orden
from zedxl.cli.progreso import a_medida_que_llegan
from zedxl.consolidado.consolidacion import Entrega, Leidas, Pedido, entregar
from zedxl.errores import ErrorExplicado

_A_LA_VISTA = 20
"""How many files are named on the terminal; all of them in the workbook and with --json."""


class Interrumpido(ErrorExplicado):
    """A person stopped it; the text says what is kept."""


@click.command(
    cls=Orden,
    epilog="\b\nEjemplos:\n  zedxl consolidar «Libros de la región» --salida Consolidado.xlsx\n"
    "  zedxl consolidar Libros --salida Consolidado.xlsx --parquet Consolidado.parquet --json\n"
    "  zedxl consolidar /red/libros --salida Pais.xlsx --dask tcp://10.0.0.5:8786",
)
@click.argument("carpeta", type=click.Path(path_type=Path, readable=False), metavar="CARPETA")
@click.option(
    "--salida", required=True, type=click.Path(path_type=Path, readable=False), metavar="F.xlsx",
    help="El libro que se escribe. El que ya exista se conserva con otro nombre.",
)  # fmt: skip
@click.option(
    "--parquet", type=click.Path(path_type=Path, readable=False), metavar="F.parquet",
    help="Escribe también la tabla en Parquet, para pandas, R o Power BI.",
)  # fmt: skip
@click.option(
    "--dask", default="", metavar="DIRECCIÓN", help="Lee los libros en un clúster de Dask: tcp://equipo:8786."
)
@click.option("--de-nuevo", is_flag=True, help="Lee todos los libros, aunque no hayan cambiado desde la última vez.")
@click.option("--json", "en_json", is_flag=True, help="Escribe en JSON una línea por institución y qué no se leyó.")
def consolidar(carpeta: Path, salida: Path, parquet: Path | None, dask: str, de_nuevo: bool, en_json: bool) -> int:
    """Reúne muchos libros de seguimiento, los de una CARPETA y sus subcarpetas, en un solo libro.

    Una fila por institución, OEI, AEI y período con valores; las hojas Instituciones y No leídos resumen cada libro y
    dicen por qué alguno falta. Los libros no se modifican. Si se interrumpe (Ctrl+C), al repetir la orden continúa
    donde quedó; después solo lee los libros que cambiaron.
    """
    leidos = 0

    def contando(leidas: Leidas, cuantos: int) -> Leidas:
        nonlocal leidos
        for leida in a_medida_que_llegan(leidas, cuantos, "Leyendo los libros…"):
            yield leida
            leidos += 1

    try:
        entrega = entregar(Pedido(carpeta, salida, parquet, dask, de_nuevo), contando)
    except KeyboardInterrupt:
        raise Interrumpido(
            f"Interrumpido. No se escribió {salida.name}. Los {leidos:,} libros que ya se leyeron se conservan: repita "
            "la orden para continuar."
        ) from None
    if en_json:
        click.echo(json.dumps(_como_json(entrega, salida, parquet), ensure_ascii=False, indent=2))
    else:
        _mostrar(entrega, salida, parquet)
    return CON_HALLAZGOS if entrega.resultado.ilegibles else HECHO


def _mostrar(entrega: Entrega, salida: Path, parquet: Path | None) -> None:
    resultado = entrega.resultado
    cuantas = len(resultado.instituciones)
    tomados = f" ({resultado.tomados:,} no habían cambiado y no se leyeron de nuevo)" if resultado.tomados else ""
    click.echo(f"Se {'consolidó un libro' if cuantas == 1 else f'consolidaron {cuantas:,} libros'}{tomados}.")
    _en_breve([f"{i.archivo}: {i.observacion}" for i in resultado.instituciones if i.observacion], "Advertencia: ")
    _en_breve([f"{n.archivo}: {n.suerte.value.lower()}. {n.motivo}" for n in resultado.no_leidos], "")
    for anterior in entrega.anteriores:
        click.echo(f"El anterior se conserva como {anterior}")
    for escrito in filter(None, (salida, parquet)):
        click.echo(f"Se escribió {escrito}")


def _en_breve(lineas: list[str], marca: str) -> None:
    for linea in lineas[:_A_LA_VISTA]:
        click.echo(f"{marca}{linea}", err=True)
    if len(lineas) > _A_LA_VISTA:
        click.echo(f"… y {len(lineas) - _A_LA_VISTA:,} más: están en el libro que se escribió.", err=True)


def _como_json(entrega: Entrega, salida: Path, parquet: Path | None) -> dict[str, object]:
    resultado = entrega.resultado
    return {
        "salida": str(salida),
        "parquet": None if parquet is None else str(parquet),
        "tomados": resultado.tomados,
        "instituciones": [institucion._asdict() for institucion in resultado.instituciones],
        "no_leidos": [{**n._asdict(), "suerte": n.suerte.value} for n in resultado.no_leidos],
    }
