"""The one flat table of a book, for what only a flat table can take: columns for a semester, copies to fill in."""

from __future__ import annotations

from collections.abc import Sequence

from zedxl.errores import ErrorExplicado
from zedxl.libro.bloques.bloque import Bloque
from zedxl.libro.tabla import Tabla


class SinTablaUnica(ErrorExplicado):
    """A book without one flat table where one is needed; its text says what it has and what to do."""


def tabla_unica(bloques: Sequence[Bloque], archivo: str) -> Tabla:
    """The flat table among the blocks of a book; `SinTablaUnica` when there is none, or more than one."""
    tablas = [bloque for bloque in bloques if isinstance(bloque, Tabla)]
    if len(tablas) > 1:
        lugares = " y ".join(tabla.lugar for tabla in tablas[:3])
        raise SinTablaUnica(
            f"{archivo} tiene {len(tablas)} tablas de seguimiento ({lugares}) y esto necesita una sola. Reúna sus "
            "filas en una tabla."
        )
    if not tablas:
        otros = "; ".join(f"{bloque.lugar}, {bloque.forma.value}" for bloque in bloques[:3])
        raise SinTablaUnica(
            f"{archivo} no tiene una tabla plana, con una fila por AEI o por indicador (tiene {otros}), y esto la "
            "necesita. Pase el plan a una tabla con títulos como «Código», «Meta 2025» y «Valor 2025-I», por ejemplo "
            "la del libro de zedxl."
        )
    (tabla,) = tablas
    if tabla.al_lado:
        raise SinTablaUnica(
            f"{archivo}: junto a la tabla de {tabla.lugar} hay otra en la misma hoja, y esto necesita una hoja para "
            "ella sola. Mueva la otra a una hoja aparte."
        )
    if tabla.juntas is not None:
        raise SinTablaUnica(
            f"{archivo}: la tabla de {tabla.lugar} tiene códigos y nombres en una misma celda, y esto los necesita "
            "separados. Ponga en una columna los códigos y en otra, con el título «Denominación» o «Indicador», los "
            "nombres."
        )
    if tabla.titulos.primera != tabla.titulos.ultima:
        raise SinTablaUnica(
            f"{archivo}: la tabla de {tabla.lugar} tiene sus títulos en varias filas, y esto los necesita en una sola. "
            "Escríbalos completos en ella, por ejemplo «Meta 2025»."
        )
    return tabla
