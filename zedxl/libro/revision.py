"""Revisión: what is wrong in a table of objectives and actions, as far as the table alone tells (SPEC 5).

A rule is a function from a `Bloque` to findings; adding one means writing it and naming it in `REGLAS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from zedxl.codigo import es_codigo, normalizar, oei_de
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.libro.columnas import SIN_TIEMPO, Columna, Encabezado, reconocer
from zedxl.medida import DatoInvalido
from zedxl.numero import NumeroAmbiguo, leer_numero
from zedxl.plan import Celda
from zedxl.texto import como_texto, plano
from zedxl.vocabulario import Agregacion, Frecuencia, Palabra, Prioridad, Relevancia, Sentido

_NUMERICAS = frozenset({
    Columna.PESO, Columna.PESO_INDICADOR, Columna.LINEA_BASE, Columna.LINEA_BASE_ANIO, Columna.MINIMO,
    Columna.MAXIMO, Columna.META, Columna.META_SEMESTRE, Columna.VALOR, Columna.AVANCE,
})  # fmt: skip
_NO_NEGATIVAS = {
    Columna.META: "meta-negativa",
    Columna.META_SEMESTRE: "meta-negativa",
    Columna.MINIMO: "meta-negativa",
    Columna.MAXIMO: "meta-negativa",
    Columna.PESO: "peso-negativo",
    Columna.PESO_INDICADOR: "peso-negativo",
}
_PALABRAS: dict[Columna, type[Palabra]] = {
    Columna.SENTIDO: Sentido,
    Columna.AGREGACION: Agregacion,
    Columna.FRECUENCIA: Frecuencia,
    Columna.RELEVANCIA: Relevancia,
    Columna.PRIORIDAD: Prioridad,
}
_SIN_PALABRA = frozenset({"", "n d", "nd"})


@dataclass(frozen=True, slots=True)
class Fila:
    """A row with something in it; ``numero`` counts from 1 at the top of the block."""

    numero: int
    celdas: Mapping[Encabezado, object]

    def texto(self, columna: Columna) -> str:
        """What stands in a column, as text without outer spaces; empty when there is no such column."""
        return como_texto(self.celdas.get(SIN_TIEMPO[columna]))

    @property
    def codigo(self) -> str:
        """The code in its normal form, or as it was typed."""
        escrito = self.texto(Columna.CODIGO)
        return normalizar(escrito) if es_codigo(escrito) else escrito

    def numero_en(self, encabezado: Encabezado) -> float | None:
        """The number in a column; None when it is empty or cannot be read, which is a finding of its own."""
        try:
            return leer_numero(self.celdas.get(encabezado))
        except DatoInvalido:
            return None


EnFila = tuple[int, Hallazgo]
"""A finding and the row of the block that it is about, counted from 1."""


@dataclass(frozen=True, slots=True)
class Bloque:
    """A table with a row of titles; ``origen`` is the cell of a book where its first row begins."""

    origen: Celda
    columnas: Mapping[Encabezado, int]
    filas: tuple[Fila, ...]

    @classmethod
    def de(cls, filas: Sequence[Sequence[object]], origen: Celda) -> Bloque:
        """Recognise the titles in the first row that names a code; `DatoInvalido` when there is none."""
        for numero, fila in enumerate(filas, 1):
            columnas = _columnas(fila)
            if Encabezado(Columna.CODIGO) in columnas:
                restantes = enumerate(filas[numero:], numero + 1)
                return cls(origen, columnas, tuple(_fila(n, f, columnas) for n, f in restantes if not _vacia(f)))
        raise DatoInvalido("No se encuentra la fila de títulos: el rango debe incluir una columna «Código».")

    def aviso(self, severidad: Severidad, regla: str, fila: Fila, donde: Encabezado, textos: tuple[str, str]) -> EnFila:
        """A finding at one cell; ``textos`` say what was found and what to do."""
        referencia = ""
        if donde in self.columnas:
            origen = self.origen
            celda = Celda(origen.hoja, origen.fila + fila.numero - 1, origen.columna + self.columnas[donde])
            referencia = celda.referencia
        return fila.numero, Hallazgo(severidad, regla, self.origen.hoja, referencia, fila.codigo, *textos)

    def de_clase(self, clase: str) -> list[Fila]:
        """The rows whose code is of a class: OEI, AEI or IND."""
        return [fila for fila in self.filas if fila.codigo.startswith(f"{clase}.")]

    def con(self, columna: Columna) -> list[Encabezado]:
        """The titles that mean ``columna``, one for each year or período."""
        return [encabezado for encabezado in self.columnas if encabezado.columna is columna]


def revisar(bloque: Bloque) -> list[EnFila]:
    """All findings of a block, from top to bottom."""
    return sorted((hallado for regla in REGLAS for hallado in regla(bloque)), key=lambda hallado: hallado[0])


def codigos(bloque: Bloque) -> Iterator[EnFila]:
    """Rows without a code, or with one that is none."""
    donde = Encabezado(Columna.CODIGO)
    for fila in bloque.filas:
        escrito = fila.texto(Columna.CODIGO)
        if not escrito:
            textos = "La fila tiene datos y no tiene código.", "Escriba su código, por ejemplo AEI.01.02."
            yield bloque.aviso(Severidad.ERROR, "sin-codigo", fila, donde, textos)
        elif not es_codigo(escrito):
            textos = f"«{escrito}» no es un código.", "Escriba uno como OEI.01, AEI.01.02 o IND.01.02.01."
            yield bloque.aviso(Severidad.ERROR, "codigo-desconocido", fila, donde, textos)


def codigos_repetidos(bloque: Bloque) -> Iterator[EnFila]:
    """The same code twice; the rows of an AEI with several indicators name different ones."""
    primeras: dict[tuple[str, str], Fila] = {}
    for fila in bloque.filas:
        indicador = fila.texto(Columna.CODIGO_INDICADOR) or fila.texto(Columna.INDICADOR)
        primera = primeras.setdefault((fila.codigo, plano(indicador)), fila)
        if fila.codigo and primera is not fila:
            textos = (
                f"{fila.codigo} ya está en la fila {primera.numero}.",
                "Corrija el código o quite la fila que sobra.",
            )
            yield bloque.aviso(Severidad.ERROR, "codigo-repetido", fila, Encabezado(Columna.CODIGO), textos)


def jerarquia(bloque: Bloque) -> Iterator[EnFila]:
    """AEI without their OEI and OEI without any AEI, in a table that holds both."""
    oeis, aeis = bloque.de_clase("OEI"), bloque.de_clase("AEI")
    if not oeis or not aeis:
        return
    donde = Encabezado(Columna.CODIGO)
    conocidos = {fila.codigo for fila in oeis}
    for fila in aeis:
        if oei_de(fila.codigo) not in conocidos:
            textos = f"No hay una fila para su objetivo {oei_de(fila.codigo)}.", "Agregue el OEI o corrija el código."
            yield bloque.aviso(Severidad.ERROR, "aei-sin-oei", fila, donde, textos)
    con_aei = {oei_de(fila.codigo) for fila in aeis}
    for fila in oeis:
        if fila.codigo not in con_aei:
            textos = f"{fila.codigo} no tiene ninguna AEI.", "Agregue sus AEI o confirme que no las tiene."
            yield bloque.aviso(Severidad.ADVERTENCIA, "oei-sin-aei", fila, donde, textos)


def metas_ausentes(bloque: Bloque) -> Iterator[EnFila]:
    """Rows without any target, and values obtained in a year that has no target."""
    metas, valores = bloque.con(Columna.META), bloque.con(Columna.VALOR)
    for fila in bloque.filas:
        if not metas or _se_mide_contra_rango(fila):
            continue
        con_meta = {meta.anio for meta in metas if not _sin_valor(fila.celdas[meta])}
        if not con_meta:
            textos = "No tiene meta en ningún año.", "Escriba el logro esperado de cada año programado."
            yield bloque.aviso(Severidad.ADVERTENCIA, "sin-meta", fila, metas[0], textos)
            continue
        for valor in valores:
            anio = None if valor.periodo is None else valor.periodo.anio
            if anio not in con_meta and not _sin_valor(fila.celdas[valor]):
                textos = f"{valor.titulo}: hay valor obtenido y no hay meta {anio}.", "Escriba la meta de ese año."
                yield bloque.aviso(Severidad.ADVERTENCIA, "sin-meta", fila, valor, textos)


def numeros(bloque: Bloque) -> Iterator[EnFila]:
    """Numbers that cannot be read, or can be read in two ways."""
    for fila in bloque.filas:
        for donde, celda in fila.celdas.items():
            if donde.columna not in _NUMERICAS:
                continue
            try:
                leer_numero(celda)
            except NumeroAmbiguo as error:
                textos = f"{donde.titulo}: {error}", "Escriba el número sin separador de miles."
                yield bloque.aviso(Severidad.ERROR, "numero-ambiguo", fila, donde, textos)
            except DatoInvalido as error:
                textos = f"{donde.titulo}: {error}", "Escriba solo la cifra, o deje la celda vacía."
                yield bloque.aviso(Severidad.ERROR, "valor-no-numerico", fila, donde, textos)


def negativos(bloque: Bloque) -> Iterator[EnFila]:
    """Targets, bounds and weights below zero."""
    for fila in bloque.filas:
        for donde in fila.celdas:
            regla = _NO_NEGATIVAS.get(donde.columna)
            if regla is not None and (fila.numero_en(donde) or 0) < 0:
                textos = f"{donde.titulo}: el número no puede ser negativo.", "Corrija el signo o el número."
                yield bloque.aviso(Severidad.ERROR, regla, fila, donde, textos)


def palabras(bloque: Bloque) -> Iterator[EnFila]:
    """Keywords that are none: sentido, agregación, frecuencia, relevancia, prioridad."""
    for fila in bloque.filas:
        for columna, clase in _PALABRAS.items():
            escrito = fila.texto(columna)
            if plano(escrito) in _SIN_PALABRA:
                continue
            try:
                clase.leer(escrito)
            except DatoInvalido as error:
                textos = f"{columna.value}: {error}", "Elija una de las palabras de la lista."
                regla = f"{columna.name.lower()}-no-reconocido"
                yield bloque.aviso(Severidad.ERROR, regla, fila, Encabezado(columna), textos)


REGLAS: tuple[Callable[[Bloque], Iterator[EnFila]], ...] = (
    codigos,
    codigos_repetidos,
    jerarquia,
    metas_ausentes,
    numeros,
    negativos,
    palabras,
)
"""The rules that `revisar` applies."""


def _columnas(titulos: Sequence[object]) -> dict[Encabezado, int]:
    """The recognised titles of a row and their column, counted from 0; the first of two alike counts."""
    columnas: dict[Encabezado, int] = {}
    for columna, titulo in enumerate(titulos):
        encabezado = reconocer(como_texto(titulo))
        if encabezado is not None:
            columnas.setdefault(encabezado, columna)
    return columnas


def _fila(numero: int, celdas: Sequence[object], columnas: Mapping[Encabezado, int]) -> Fila:
    return Fila(numero, {encabezado: celdas[columna] for encabezado, columna in columnas.items()})


def _vacia(celdas: Sequence[object]) -> bool:
    return not any(como_texto(celda) for celda in celdas)


def _se_mide_contra_rango(fila: Fila) -> bool:
    return plano(fila.texto(Columna.SENTIDO)) == plano(Sentido.NO_DEFINIDO.value)


def _sin_valor(celda: object) -> bool:
    """Whether a cell counts as empty; one that cannot be read does not."""
    try:
        return leer_numero(celda) is None
    except DatoInvalido:
        return False
