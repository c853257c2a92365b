"""A code and the name that goes with it in one cell: «AEI.01.01 Acciones de…», «OEI.02 - …», also with a line break.

Only a cell that begins with its code is one: a sentence that mentions a code is not, nor is a cell with two codes, of
which nobody knows which one the row is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Any, NamedTuple

from zedxl.codigo import es_codigo, normalizar
from zedxl.libro.columnas import Columna
from zedxl.libro.hoja import VACIAS
from zedxl.medida import DatoInvalido
from zedxl.texto import como_texto, plano

_CODIGO = r"(?:OEI|AEI|IND)[\s.–-]*\d{1,3}(?:\.\d{1,3}){0,2}(?!\.?\d)"
_AL_PRINCIPIO = re.compile(rf"\s*[(\[«]?\s*({_CODIGO})[\s.:;,|/)\]»–—-]+", re.IGNORECASE)
_EN_MEDIO = re.compile(rf"\b{_CODIGO}", re.IGNORECASE)
_SIGUE_OTRO = re.compile(r"\d{1,3}\.\d|(?:[yeo]|al?|hasta)\b|(?:[YEO]|AL?|HASTA) \d\d?\b")
"""How what is no name goes on: «AEI.01.01 a 01.04», «AEI.01.01 y otras»."""
_INICIALES = " \n([«Ii"
_LARGO_DE_UN_CODIGO = len("IND.01.01.01")
_LETRA = re.compile(r"[^\W\d_]")
_SUMAS = ("total", "subtotal", "promedio", "suma", "puntaje", "avance")
_SUMA_SOLA = re.compile(rf"(?:{'|'.join(_SUMAS)})(?:es|s)?(?: (?:general|ponderad[oa]|parcial|del?|oei|aei|\d+))*")


class ConNombre(NamedTuple):
    """What a cell says that has both: the code as it is typed, and the name."""

    codigo: str
    nombre: str


def separar(escrito: Any) -> ConNombre | None:
    r"""Code and name of a cell; None for one that has not exactly one code, at its beginning, and a name after it.

    >>> separar("AEI.01.01: Acciones de apoyo"), separar("OEI 2 -\nMejorar")
    (ConNombre(codigo='AEI.01.01', nombre='Acciones de apoyo'), ConNombre(codigo='OEI 2', nombre='Mejorar'))
    >>> separar("Ver AEI.01.01"), separar("AEI.01.01"), separar("AEI.01.01 y AEI.01.02 Apoyo"), separar("OEI.01 Total")
    (None, None, None, None)
    """
    hallado = _AL_PRINCIPIO.match(escrito) if isinstance(escrito, str) else None
    if hallado is None or not es_codigo(hallado[1]):
        return None
    nombre = escrito[hallado.end() :].strip()
    if not _LETRA.search(nombre) or _SIGUE_OTRO.match(nombre) or _EN_MEDIO.search(nombre):
        return None
    return None if _es_suma(hallado[1], nombre) else ConNombre(hallado[1], nombre)


def varios_codigos(escrito: str) -> tuple[str, ...]:
    """The codes of a cell that begins with one and has others besides, () for any other cell.

    >>> varios_codigos("AEI.01.01 y AEI 1.2 Apoyo"), varios_codigos("Ver AEI.01.01 y AEI.01.02")
    (('AEI.01.01', 'AEI.01.02'), ())
    """
    hallados = [h for h in _EN_MEDIO.finditer(escrito) if es_codigo(h[0])]
    if not hallados or _LETRA.search(escrito[: hallados[0].start()]):
        return ()
    codigos = tuple(dict.fromkeys(normalizar(h[0]) for h in hallados))
    return codigos if len(codigos) > 1 else ()


def codigo_al_principio(escrito: Any) -> str:
    """The code that a cell is or begins with, in its normal form; "" when there is none."""
    if not isinstance(escrito, str):
        return ""
    try:
        return normalizar(escrito)
    except DatoInvalido:
        partes = separar(escrito)
        return "" if partes is None else normalizar(partes.codigo)


def codigo_en(valores: Sequence[Any], columna: int) -> str:
    """As `codigo_al_principio`, of a column (from 0) of a row."""
    return codigo_al_principio(valores[columna]) if columna < len(valores) else ""


class Juntas(NamedTuple):
    """Columns (from 0) whose cells have a code and a name: that of OEI and AEI, and that of indicators, if any.

    The rows of their block have a column more for each, in this order, from ``ancho`` on: the name of the OEI or AEI,
    and the code of the indicator.
    """

    ancho: int
    codigo: int | None = None
    indicador: int | None = None

    @property
    def propias(self) -> dict[int, int]:
        """The columns that the rows have beyond those of the sheet, each with the one that it comes from."""
        de = [n for n in (self.codigo, self.indicador) if n is not None]
        return dict(enumerate(de, self.ancho))

    def separadas(self, valores: Sequence[Any]) -> list[Any]:
        """A row with what its cells say together taken apart."""
        separados = list(valores[: self.ancho])
        if self.codigo is not None:
            separados[self.codigo], nombre = separar(valores[self.codigo]) or (valores[self.codigo], "")
            separados.append(nombre)
        if self.indicador is not None:
            partes = separar(valores[self.indicador])
            codigo, separados[self.indicador] = partes or ("", valores[self.indicador])
            separados.append(codigo)
        return separados

    @property
    def columnas(self) -> dict[Columna, int]:
        """What the columns beyond those of the sheet mean."""
        return {
            Columna.DENOMINACION if de == self.codigo else Columna.CODIGO_INDICADOR: n for n, de in self.propias.items()
        }

    def notas(self, filas: Sequence[tuple[int, Sequence[Any]]], *, con_indicadores: bool) -> frozenset[int]:
        """The rows at the end that are a single text beginning with a code that another row is about.

        Or with that of an indicator, unless the block is one ``con_indicadores``, in which these have rows.
        """
        if self.codigo is None:
            return frozenset()
        con_codigo = [
            (numero, normalizar(escrito), self._es_un_texto_solo(valores))
            for numero, valores in filas
            if es_codigo(escrito := como_texto(valores[self.codigo]))
        ]
        finales = list(takewhile(lambda fila: fila[2], reversed(con_codigo)))
        tratados = {codigo for _, codigo, _ in con_codigo[: len(con_codigo) - len(finales)]}
        de_nadie = () if con_indicadores else ("IND",)
        return frozenset(numero for numero, codigo, _ in finales if codigo in tratados or codigo[:3] in de_nadie)

    def _es_un_texto_solo(self, valores: Sequence[Any]) -> bool:
        otras = (v for n, v in enumerate(valores[: self.ancho]) if n != self.codigo)
        return bool(valores[self.ancho]) and all(v in VACIAS for v in otras)


def juntas_en(
    debajo: Sequence[Sequence[Any]], ancho: int, codigo: int, indicador: int | None, *, con_denominacion: bool
) -> Juntas | None:
    """Which of two columns have codes and names together in the rows below their titles; None when neither has.

    That of the codes has when its first code, or that of a row that says something else too, has a name with it; in a
    block ``con_denominacion``, with a column for the names, when most codes have.
    """
    con_nombre = (_casi_siempre if con_denominacion else _dice_nombres)(debajo, codigo)
    con_codigo = indicador is not None and any(
        valor[:1] in _INICIALES and (partes := separar(valor)) is not None and partes.codigo[:3].upper() == "IND"
        for fila in debajo
        if indicador < len(fila) and isinstance(valor := fila[indicador], str)
    )
    if not con_nombre and not con_codigo:
        return None
    return Juntas(ancho, codigo if con_nombre else None, indicador if con_codigo else None)


def dice_algo_mas(fila: Sequence[Any]) -> bool:
    """Whether a row has something besides one cell."""
    return sum(valor not in VACIAS for valor in fila) > 1


def _dice_nombres(debajo: Sequence[Sequence[Any]], columna: int) -> bool:
    es_el_primero = True
    for fila in debajo:
        valor = fila[columna] if columna < len(fila) else None
        if not isinstance(valor, str) or not valor:
            continue
        if _es_corto(valor):  # nearly all, where codes stand alone
            es_el_primero = False
        elif separar(valor) is not None and (es_el_primero or dice_algo_mas(fila)):
            return True
    return False


def _casi_siempre(debajo: Sequence[Sequence[Any]], columna: int) -> bool:
    escritos = [v for fila in debajo if columna < len(fila) and isinstance(v := fila[columna], str) and v]
    con_nombre = sum(1 for valor in escritos if not _es_corto(valor) and separar(valor) is not None)
    return con_nombre > 0 and con_nombre > sum(map(es_codigo, filter(_es_corto, escritos)))


def _es_corto(valor: str) -> bool:
    """Whether a text may be a code alone, and is too short to be a code with its name."""
    return len(valor) <= _LARGO_DE_UN_CODIGO and valor[-1].isdigit()


def _es_suma(codigo: str, nombre: str) -> bool:
    """Whether the words after a code say that the row is a sum; indicators may count totals of something."""
    escrito = plano(nombre)
    if _SUMA_SOLA.fullmatch(escrito):
        return True
    return codigo[:3].upper() != "IND" and escrito.split(" ", 1)[0] in _SUMAS
