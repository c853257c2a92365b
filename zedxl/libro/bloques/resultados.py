"""Tables that only say «2025-I» over their numbers, which may be values obtained or avances: nobody knows which."""

from __future__ import annotations

from zedxl.libro.bloques.titulos import Titulos
from zedxl.libro.columnas import Columna
from zedxl.medida import DatoInvalido
from zedxl.periodo import Periodo

_LO_DICEN = frozenset({
    Columna.INDICADOR, Columna.CODIGO_INDICADOR, Columna.UNIDAD, Columna.LINEA_BASE, Columna.META,
    Columna.META_SEMESTRE, Columna.AVANCE,
})  # fmt: skip
"""Beside any of these a período alone is that of a value."""


def sin_decir_que(titulos: Titulos) -> tuple[str, ...]:
    """The titles that say a período alone, where no other column tells what stands below them; () where it is known."""
    if any(encabezado.columna in _LO_DICEN for encabezado in titulos.columnas):
        return ()
    de_valor = [titulos.textos[n] for e, n in titulos.columnas.items() if e.columna is Columna.VALOR]
    return tuple(texto for texto in de_valor if _es_solo_un_periodo(texto))


def _es_solo_un_periodo(texto: str) -> bool:
    try:
        Periodo.leer(texto)
    except DatoInvalido:
        return False
    return True
