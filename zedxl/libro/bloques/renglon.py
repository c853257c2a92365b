"""A row of a block as the plan knows it: the code of an OEI or AEI, and an indicator."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from zedxl.codigo import normalizar
from zedxl.hallazgo import Severidad
from zedxl.libro.bloques.bloque import Bloque, Fila
from zedxl.libro.bloques.juntas import varios_codigos
from zedxl.libro.celdas import Lectura
from zedxl.libro.columnas import Columna
from zedxl.libro.hoja import VACIAS
from zedxl.medida import DatoInvalido
from zedxl.plan import VACIO, Dato, Indicador
from zedxl.texto import plano
from zedxl.vocabulario import Agregacion, Frecuencia, Relevancia, Sentido

_TOTAL = re.compile(r"(sub)?total(es)?( general)?|promedio( general)?|suma( ponderada)?|puntaje")
# found once, and not in each row: Python 3.11 takes as long for that as for a call
_CODIGO, _NOMBRE = Columna.CODIGO, Columna.INDICADOR
_CODIGO_INDICADOR, _UNIDAD = Columna.CODIGO_INDICADOR, Columna.UNIDAD
_PALABRAS: tuple[tuple[Columna, type[Any]], ...] = (
    (Columna.SENTIDO, Sentido), (Columna.AGREGACION, Agregacion), (Columna.FRECUENCIA, Frecuencia),
    (Columna.RELEVANCIA, Relevancia),
)  # fmt: skip
_NUMEROS = _PESO, _LINEA_BASE, _ANIO, _MINIMO, _MAXIMO = (
    Columna.PESO_INDICADOR, Columna.LINEA_BASE, Columna.LINEA_BASE_ANIO, Columna.MINIMO, Columna.MAXIMO,
)  # fmt: skip
_ASCENDENTE, _NO_ACUMULADO, _SEMESTRAL = Sentido.ASCENDENTE, Agregacion.NO_ACUMULADO, Frecuencia.SEMESTRAL
_SIN_PALABRA = "*-—"
"""How annexes mark a keyword that is missing."""


class Renglon(NamedTuple):
    """The rows that say one indicator, its own first, and what they say."""

    filas: tuple[Fila, ...]
    indicador: Indicador

    def dice(self, columna: Columna) -> str:
        """What its rows say under a title, "" when none says anything."""
        return next((t for f in self.filas if (t := f.texto(columna)).strip(_SIN_PALABRA)), "")


def leer_codigo(fila: Fila, lectura: Lectura) -> str | None:
    """The code of the OEI or AEI that a row is about; None when it has none, which is noted unless it is a total."""
    if fila.madre is not None:
        return normalizar(fila.madre.texto(_CODIGO))
    escrito = fila.texto(_CODIGO)
    if not escrito:
        if not _es_suma(fila) and not _es_nota(fila):
            celda = fila.celda(_CODIGO)
            lectura.error(celda, "sin-codigo", "", "La fila tiene datos y no tiene código.", "Escriba su código.")
        return None
    try:
        codigo = normalizar(escrito)
    except DatoInvalido as error:
        if fila.con_datos and not es_total(escrito) and not _es_suma(fila):
            lectura.error(fila.celda(_CODIGO), *_no_es_codigo(escrito, error))
        return None
    if codigo.startswith("IND"):
        lectura.error(
            fila.celda(_CODIGO), "codigo-desconocido", codigo,
            "Aquí va el código de la AEI, no el del indicador.",
            f"Use la columna «{Columna.CODIGO_INDICADOR.value}», o ponga la fila debajo de la de su AEI.",
        )  # fmt: skip
        return None
    return codigo


def _no_es_codigo(escrito: str, error: DatoInvalido) -> tuple[str, str, str, str]:
    """What is wrong with what stands in place of a code: rule, code, message and what to do."""
    varios = varios_codigos(escrito)
    if not varios:
        return "codigo-desconocido", "", str(error), "Corrija el código."
    return (
        "codigo-ambiguo", "", f"La celda tiene varios códigos: {', '.join(varios)}. ¿De cuál es la fila? No se leyó.",
        "Deje un solo código al principio de la celda, o escriba una fila para cada uno.",
    )  # fmt: skip


def _es_suma(fila: Fila) -> bool:
    """Whether a row has the word of a sum alone in a cell: «Total de atenciones» is an indicator."""
    return any(_TOTAL.fullmatch(plano(valor)) for valor in fila.valores if isinstance(valor, str))


def _es_nota(fila: Fila) -> bool:
    """Whether all that a row says is one text, as «Fuente: …» below a table does."""
    escritos = [valor for valor in fila.valores if valor not in VACIAS]
    return len(escritos) == 1 and isinstance(escritos[0], str) and not re.search(r"\d", escritos[0])


def es_total(escrito: str) -> bool:
    """Whether what stands in place of a code says that the row is a sum."""
    return plano(escrito).startswith(("total", "subtotal", "promedio", "suma", "puntaje"))


class _Palabras(NamedTuple):
    """The keywords of a row; ``ilegible`` is one that decides a rule and could not be read, "" when all could."""

    sentido: Sentido | None
    agregacion: Agregacion | None
    frecuencia: Frecuencia | None
    relevancia: Relevancia | None
    ilegible: str = ""


class LectorDeRenglones:
    """Reads the rows of one block; where its columns are, and what the same words mean in many rows, is found once."""

    def __init__(self, bloque: Bloque, lectura: Lectura) -> None:
        self._bloque, self._lectura = bloque, lectura
        self._numeros = {columna: bloque.columnas[columna] for columna in _NUMEROS if columna in bloque.columnas}
        self._con_palabras = [bloque.columnas[columna] for columna, _ in _PALABRAS if columna in bloque.columnas]
        self._ya_leidas: dict[tuple[Any, ...], _Palabras] = {}

    def leer(self, fila: Fila, codigo: str) -> Renglon:
        """The indicator of a row; what cannot be read is noted under ``codigo``."""
        lectura, bloque = self._lectura, self._bloque
        sentido, agregacion, frecuencia, relevancia, ilegible = self._palabras(fila, codigo)
        numeros = lectura.datos(fila, self._numeros, codigo)
        peso, anio = numeros.get(_PESO, VACIO), numeros.get(_ANIO, VACIO)
        metas = lectura.datos(fila, bloque.metas, codigo)
        metas_semestre = lectura.datos(fila, bloque.metas_semestre, codigo)
        valores = lectura.datos(fila, bloque.valores, codigo)
        if ilegible:
            # with an unknown keyword no rule can be chosen: its avances are N/D, not a guess
            valores = {periodo: Dato(None, dato.celda, ilegible) for periodo, dato in valores.items()}
        indicador = Indicador(
            nombre=fila.texto(_NOMBRE),
            codigo=_codigo_indicador(fila, codigo, lectura),
            unidad=fila.texto(_UNIDAD),
            sentido=sentido or _ASCENDENTE,
            agregacion=agregacion or _NO_ACUMULADO,
            frecuencia=frecuencia or _SEMESTRAL,
            relevancia=relevancia,
            peso=peso.valor,
            linea_base=numeros.get(_LINEA_BASE, VACIO),
            linea_base_anio=None if anio.valor is None else int(anio.valor),
            minimo=numeros.get(_MINIMO, VACIO),
            maximo=numeros.get(_MAXIMO, VACIO),
            metas=metas,
            metas_semestre=metas_semestre,
            valores=valores,
            avances={p: lectura.avance(fila, n) for p, n in bloque.avances.items()},
            celda_unidad=fila.celda_si_hay(_UNIDAD),
            celda_peso=peso.celda,
        )
        return Renglon((fila,), indicador)

    def _palabras(self, fila: Fila, codigo: str) -> _Palabras:
        escritas = tuple([fila.valores[n] for n in self._con_palabras])
        palabras = self._ya_leidas.get(escritas)
        if palabras is None:
            lectura = self._lectura
            notados = len(lectura.hallazgos)
            leidas = [lectura.palabra(fila, columna, clase, codigo) for columna, clase in _PALABRAS]
            sentido, agregacion, frecuencia, relevancia = leidas
            palabras = _Palabras(sentido, agregacion, frecuencia, relevancia, _palabra_ilegible(fila, leidas))
            if len(lectura.hallazgos) == notados:  # what is wrong is noted for each row
                self._ya_leidas[escritas] = palabras
        return palabras


def es_repetido(renglon: Renglon, anteriores: list[Renglon]) -> bool:
    """Whether a code stands again in a block without being another indicator of the same AEI."""
    indicador = renglon.indicador
    if indicador.codigo:
        return any(indicador.codigo == r.indicador.codigo for r in anteriores)
    sin_codigo = [r.indicador for r in anteriores if not r.indicador.codigo]
    return any(indicador.nombre == i.nombre or not indicador.nombre for i in sin_codigo)


def _palabra_ilegible(fila: Fila, leidas: Sequence[object]) -> str:
    """The first keyword that decides a rule and could not be read, "" when all could."""
    for (columna, _), leida in zip(_PALABRAS[:3], leidas, strict=False):  # the last decides none
        escrito = fila.texto(columna)
        if leida is None and escrito.strip(_SIN_PALABRA):
            return escrito
    return ""


def _codigo_indicador(fila: Fila, codigo: str, lectura: Lectura) -> str:
    escrito = fila.texto(_CODIGO_INDICADOR)
    if not escrito:
        return ""
    try:
        return normalizar(escrito)
    except DatoInvalido as error:
        celda = fila.celda(_CODIGO_INDICADOR)
        lectura.anotar(Severidad.ADVERTENCIA, celda, "codigo-desconocido", codigo, str(error), "Corrija el código.")
        return escrito
