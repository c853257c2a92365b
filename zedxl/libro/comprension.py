"""What was understood of a book: each block, where it is, what its columns mean, what was left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from zedxl.codigo import es_codigo
from zedxl.libro.bloques.bloque import Bloque
from zedxl.libro.bloques.juntas import varios_codigos
from zedxl.libro.bloques.matriz import Matriz, marcas
from zedxl.libro.bloques.renglon import es_total
from zedxl.libro.columnas import Columna, Encabezado
from zedxl.libro.direccion import letras
from zedxl.libro.hoja import VACIAS
from zedxl.libro.lectura import Libro
from zedxl.texto import como_texto, plano

_DECISIVAS = {
    Columna.SENTIDO: "todo indicador se toma como Ascendente",
    Columna.AGREGACION: "todo indicador se toma como No acumulado",
    Columna.FRECUENCIA: "todo indicador se toma como Semestral",
}
"""What is assumed where a block lacks a column."""


@dataclass(frozen=True, slots=True)
class Entendido:
    """A block as it was understood, in Spanish.

    ``columnas`` has letter, title and meaning of each column that has one; ``sin_significado`` letter and title of the
    others. ``omitidas`` counts the rows left out, by reason; ``supuestos`` says what is assumed for what is missing.
    """

    lugar: str
    forma: str
    filas: int
    columnas: tuple[tuple[str, str, str], ...]
    sin_significado: tuple[tuple[str, str], ...]
    omitidas: tuple[tuple[str, int], ...]
    supuestos: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(self._lineas())

    def _lineas(self) -> Iterator[str]:
        yield f"{self.lugar}: {self.forma}; {_contar(self.filas, 'fila leída', 'filas leídas')}."
        for letra, titulo, significado in self.columnas:
            yield f"  {letra:>3}  {_en_una_linea(titulo)} → {significado}"
        for letra, titulo in self.sin_significado:
            yield f"  {letra:>3}  {_en_una_linea(titulo)}: no se usa"
        for motivo, cuantas in self.omitidas:
            yield f"  {_contar(cuantas, 'fila', 'filas')} sin leer: {motivo}."
        for supuesto in self.supuestos:
            yield f"  {supuesto}."


def comprender(libro: Libro) -> tuple[Entendido, ...]:
    """What was understood of each block, in the order of the book."""
    return tuple(_entender(bloque) for bloque in libro.bloques)


def _entender(bloque: Bloque) -> Entendido:
    filas = [fila for fila in bloque.filas() if fila.madre or es_codigo(fila.texto(Columna.CODIGO))]
    leidas = {fila.numero for fila in filas}
    ultima = max((celda.fila for fila in filas for celda in (fila.lugares or {}).values()), default=bloque.fila_titulos)
    significados = _por_columna(bloque)
    columnas = [(letras(n + 1), bloque.titulo(n), significado) for n, significado in sorted(significados.items())]
    otras = [(letras(n + 1), t) for n, t in sorted(bloque.titulos.textos.items()) if n not in significados]
    omitidas = Counter(motivo for numero, motivo in _omitidas(bloque) if numero not in leidas)
    return Entendido(
        lugar=f"{bloque.lugar}, hasta la fila {max(leidas | {ultima})}",
        forma=bloque.forma.value,
        filas=len(leidas),
        columnas=tuple(columnas),
        sin_significado=tuple(otras),
        omitidas=tuple(omitidas.items()),
        supuestos=tuple(_supuestos(bloque)),
    )


def _por_columna(bloque: Bloque) -> dict[int, str]:
    """What each column of the sheet means; one may have two meanings."""
    propias = bloque.juntas.propias if bloque.juntas else {}
    reunidos: dict[int, list[str]] = {}
    for n, significado in _significados(bloque):
        dichos = reunidos.setdefault(propias.get(n, n), [])
        if significado not in dichos:
            dichos.append(significado)
    return {n: _en_una_celda(dichos) for n, dichos in reunidos.items()}


def _en_una_celda(dichos: list[str]) -> str:
    if len(dichos) == 1:
        return dichos[0]
    codigo, nombre = sorted(dichos)
    return f"{codigo} {'e' if nombre.startswith('I') else 'y'} {nombre}, en la misma celda"


def _significados(bloque: Bloque) -> Iterator[tuple[int, str]]:
    """What each column of the sheet means, as zedxl calls it."""
    if isinstance(bloque, Matriz):
        yield from _de_matriz(bloque)
    else:
        yield from ((n, Encabezado(columna).titulo) for columna, n in bloque.columnas.items())
        yield from ((n, Encabezado(Columna.META, anio=a).titulo) for a, n in bloque.metas.items())
        yield from ((n, Encabezado(Columna.META_SEMESTRE, periodo=p).titulo) for p, n in bloque.metas_semestre.items())
        yield from ((n, Encabezado(Columna.VALOR, periodo=p).titulo) for p, n in bloque.valores.items())
    yield from ((n, Encabezado(Columna.AVANCE, periodo=p).titulo) for p, n in bloque.avances.items())


def _de_matriz(matriz: Matriz) -> Iterator[tuple[int, str]]:
    propias = {Columna.DENOMINACION: matriz.denominacion, Columna.INDICADOR: matriz.indicador}
    for columna, n in {**matriz.columnas, **propias}.items():
        if n is not None:
            yield n, columna.value
    yield from matriz.dichas()


def _omitidas(bloque: Bloque) -> Iterator[tuple[int, str]]:
    """Each row that says something and the reason for which one like it is not read."""
    codigo = bloque.columnas[Columna.CODIGO]
    sin_notas = {numero for numero, _ in bloque.sin_notas()}
    for numero, valores in bloque.crudas():
        if numero not in sin_notas:
            yield numero, "son notas que empiezan por un código"
            continue
        if isinstance(bloque, Matriz) and marcas(valores) and valores[codigo] in VACIAS:
            continue  # the second row of an OEI or AEI
        if any(valor not in VACIAS for valor in valores):
            yield numero, _motivo(bloque, valores, como_texto(valores[codigo]))


def _motivo(bloque: Bloque, valores: list[object], escrito: str) -> str:
    if bloque.es_de_titulos(valores):
        return "repiten los títulos"
    if any(es_total(como_texto(v)) and len(plano(como_texto(v))) < 40 for v in valores if isinstance(v, str)):
        return "son totales o promedios"
    if not es_codigo(escrito):
        return "tienen varios códigos" if varios_codigos(escrito) else "no tienen un código"
    return "les falta Progr o Ejecut" if isinstance(bloque, Matriz) else "vea los hallazgos"


def _supuestos(bloque: Bloque) -> Iterator[str]:
    for columna, supuesto in _DECISIVAS.items():
        if columna not in bloque.columnas:
            yield f"Sin columna {columna.value}: {supuesto}, salvo que otra parte del libro lo diga"


def _contar(cuantas: int, una: str, varias: str) -> str:
    return f"{cuantas:,} {una if cuantas == 1 else varias}"


def _en_una_linea(texto: str) -> str:
    return " ".join(texto.split())
