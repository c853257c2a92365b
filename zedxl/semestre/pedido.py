"""Values to record, as people write them: ``AEI.01.01=2``, or the rows of a CSV file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from zedxl.errores import ErrorExplicado
from zedxl.libro.columnas import Columna, Encabezado, reconocer
from zedxl.libro.csv_de_excel import CsvIlegible, Renglon, leer_renglones
from zedxl.medida import DatoInvalido
from zedxl.periodo import Periodo
from zedxl.texto import plano

_CON_UNIDAD = re.compile(r"\s*([+-]?[\d.,'  ]*\d[.,]?)\s*(%|[^\W\d].*)?\s*", re.DOTALL)
_UNIDAD, _INDICADOR = Encabezado(Columna.UNIDAD), Encabezado(Columna.CODIGO_INDICADOR)


class PedidosIlegibles(ErrorExplicado):
    """A list of values that cannot be read; its text says where and what to correct."""


@dataclass(frozen=True, slots=True)
class Pedido:
    """A value for the indicator of a code; ``unidad`` is the one named beside it, "" when none is.

    ``lugar`` says where it was asked for: "línea 3 de valores.csv".
    """

    codigo: str
    valor: str
    unidad: str = ""
    lugar: str = ""

    def __str__(self) -> str:
        return self.lugar or f"{self.codigo}={self.valor}"


def leer_pedido(escrito: str) -> Pedido:
    """A value as the command line takes it.

    >>> leer_pedido("AEI.01.01=2"), leer_pedido("AEI 1.2 = 3 eventos").unidad, leer_pedido("AEI.01.01=").valor
    (Pedido(codigo='AEI.01.01', valor='2', unidad='', lugar=''), 'eventos', '')
    """
    codigo, signo, valor = escrito.partition("=")
    if not signo or not codigo.strip():
        raise PedidosIlegibles(f"«{escrito}» no se entiende. Escriba CÓDIGO=VALOR, por ejemplo AEI.01.01=2.")
    return Pedido(codigo.strip(), *_separar(valor))


def leer_csv(ruta: Path, periodo: Periodo) -> tuple[Pedido, ...]:
    """The values of a CSV file with titles Código and Valor and, where wanted, indicator, unit and period.

    Commas or semicolons. Raises `PedidosIlegibles`; a row for another period is one reason.
    """
    try:
        renglones = leer_renglones(ruta)
    except CsvIlegible as error:
        raise PedidosIlegibles(str(error)) from error
    columnas = _columnas(renglones[0].celdas if renglones else [], ruta, periodo)
    pedidos = tuple(_pedidos(renglones[1:], columnas, ruta, periodo))
    if not pedidos:
        raise PedidosIlegibles(f"{ruta.name} no tiene ningún valor debajo de los títulos.")
    return pedidos


def _separar(valor: str) -> tuple[str, str]:
    """The number and the unit that was named after it."""
    partes = _CON_UNIDAD.fullmatch(valor)
    return (partes[1].strip(), (partes[2] or "").strip()) if partes else (valor.strip(), "")


@dataclass(frozen=True, slots=True)
class _Columnas:
    codigo: int
    valor: int
    indicador: int | None
    unidad: int | None
    periodo: int | None


def _columnas(titulos: list[str], ruta: Path, periodo: Periodo) -> _Columnas:
    leidos = [reconocer(titulo) for titulo in titulos]
    codigo = next((n for n, e in enumerate(leidos) if e == Encabezado(Columna.CODIGO)), None)
    valores = [n for n, t in enumerate(titulos) if plano(t) in ("valor", "valor obtenido", "ejecutado")]
    valores += [n for n, e in enumerate(leidos) if e and e.columna is Columna.VALOR and e.periodo == periodo]
    if codigo is None or len(valores) != 1:
        raise PedidosIlegibles(
            f"{ruta.name}: la primera línea debe tener los títulos «Código» y «Valor» (o «Valor {periodo}»), una vez "
            "cada uno."
        )
    return _Columnas(
        codigo,
        valores[0],
        next((n for n, e in enumerate(leidos) if e == _INDICADOR), None),
        next((n for n, e in enumerate(leidos) if e == _UNIDAD), None),
        next((n for n, t in enumerate(titulos) if plano(t) == "periodo"), None),
    )


def _pedidos(renglones: list[Renglon], columnas: _Columnas, ruta: Path, periodo: Periodo) -> Iterator[Pedido]:
    for renglon in renglones:
        if not any(celda.strip() for celda in renglon.celdas):
            continue

        def celda(columna: int | None, fila: list[str] = renglon.celdas) -> str:
            return fila[columna].strip() if columna is not None and columna < len(fila) else ""

        lugar = f"línea {renglon.linea} de {ruta.name}"
        _exigir_periodo(celda(columnas.periodo), periodo, lugar)
        valor, unidad = _separar(celda(columnas.valor))
        codigo = celda(columnas.indicador) or celda(columnas.codigo)
        yield Pedido(codigo, valor, unidad or celda(columnas.unidad), lugar)


def _exigir_periodo(escrito: str, periodo: Periodo, lugar: str) -> None:
    try:
        if escrito and Periodo.leer(escrito) != periodo:
            raise PedidosIlegibles(f"La {lugar} es de {escrito} y se pidió registrar {periodo}.")
    except DatoInvalido as error:
        raise PedidosIlegibles(f"{lugar.capitalize()}: {error}") from error
