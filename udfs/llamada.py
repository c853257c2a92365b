"""A call from a cell: read what the cells say, apply the rule to each element, give back what cells hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isfinite

from udfs.celda import FALLAS, CeldaConError, Rango, esta_vacia, para_celda, sin_error
from zedxl.medida import DatoInvalido, Medida

_DEMASIADO_GRANDE = DatoInvalido("Los números son demasiado grandes para calcular con ellos.")


@dataclass(frozen=True, slots=True)
class Lectura:
    """How the value of one parameter is read; without ``leer`` it is a whole block of cells, taken as they are.

    An empty cell stands for ``omision`` where the parameter is optional.
    """

    nombre: str
    leer: Callable[[object], object] | None
    opcional: bool
    omision: object

    def de_bloque(self, rango: Rango) -> object:
        """The block itself, or what stands for one without any content."""
        omitido = self.opcional and all(esta_vacia(celda) for celda in rango.celdas)
        return self.omision if omitido else rango


def llamar(regla: Callable[..., object], lecturas: tuple[Lectura, ...], dados: Mapping[str, object]) -> object:
    """Apply ``regla`` to host values given by name: once, or for each element of the shape that they have together.

    Blocks go to the rule whole. A 1 × 1 range is a single cell. Raises `DatoInvalido` for ranges that do not fit and
    for a single call that is refused.
    """
    bloques: dict[str, object] = {}
    por_elemento: dict[str, Rango] = {}
    for lectura in lecturas:
        if lectura.nombre not in dados:
            continue
        rango = Rango.de(dados[lectura.nombre])
        if lectura.leer is None:
            bloques[lectura.nombre] = lectura.de_bloque(rango)
        else:
            por_elemento[lectura.nombre] = _leido(lectura, lectura.leer, rango)
    filas, columnas = _forma_comun(por_elemento)
    tabla = [
        [_aplicar(regla, bloques, {n: r.en(i, j) for n, r in por_elemento.items()}) for j in range(columnas)]
        for i in range(filas)
    ]
    return _entregar(tabla)


def _leido(lectura: Lectura, leer: Callable[[object], object], rango: Rango) -> Rango:
    """What each cell says; a failure takes the place of its cell, because it concerns that element only."""

    def leer_celda(celda: object) -> object:
        if lectura.opcional and esta_vacia(celda):
            return lectura.omision
        try:
            return leer(sin_error(celda))
        except CeldaConError as falla:
            return falla
        except DatoInvalido as error:
            return DatoInvalido(f"En «{lectura.nombre}»: {error}")

    return Rango(tuple(tuple(map(leer_celda, fila)) for fila in rango.filas))


def _forma_comun(rangos: Mapping[str, Rango]) -> tuple[int, int]:
    """The shape that all ranges fit, a single cell, row or column counting as often as needed."""
    lados = []
    for eje in (0, 1):
        medidas = {rango.forma[eje] for rango in rangos.values()} - {1}
        if len(medidas) > 1:
            formas = ", ".join(f"{n} de {r.forma[0]} × {r.forma[1]}" for n, r in rangos.items() if r.forma != (1, 1))
            raise DatoInvalido(f"Los rangos no tienen el mismo tamaño: {formas}.")
        lados.append(max(medidas, default=1))
    return lados[0], lados[1]


def _aplicar(regla: Callable[..., object], bloques: Mapping[str, object], elemento: Mapping[str, object]) -> object:
    """The result for one element, or the first thing that keeps it from being computed."""
    for leido in elemento.values():
        if isinstance(leido, FALLAS):
            return leido
    try:
        resultado = regla(**bloques, **elemento)
    except OverflowError:
        return _DEMASIADO_GRANDE
    except FALLAS as falla:
        return falla
    desborda = isinstance(resultado, Medida) and resultado.valor is not None and not isfinite(resultado.valor)
    return _DEMASIADO_GRANDE if desborda else resultado


def _entregar(tabla: list[list[object]]) -> object:
    """Results as cells hold them; a single one is no table, and a failure of it concerns the whole call."""
    if len(tabla) > 1 or len(tabla[0]) > 1:
        return [[para_celda(resultado) for resultado in fila] for fila in tabla]
    unico = tabla[0][0]
    if isinstance(unico, list):
        return _entregar(unico)
    if isinstance(unico, DatoInvalido):
        raise unico
    return para_celda(unico)
