"""Ficha: what one book contributes, as plain data that travels between processes and machines and to the disk."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from zedxl.codigo import PLAN
from zedxl.errores import ErrorExplicado
from zedxl.evaluacion import Conjunto, Evaluacion, EvaluacionAEI, EvaluacionOEI, evaluar
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.libro.hojas import PUNTO_DE_PARTIDA
from zedxl.libro.lectura import Libro, libro_de
from zedxl.libro.paquete import Paquete
from zedxl.medida import Medida
from zedxl.periodo import Periodo
from zedxl.validacion import validar

CONSOLIDADO, INSTITUCIONES, NO_LEIDOS = "Consolidado", "Instituciones", "No leídos"
"""The sheets of the workbook that is written, by which it is told apart from a book."""


class FichaDanada(Exception):
    """What should be a `Ficha` is something else."""


class Suerte(str, Enum):
    """What became of a file; the value is what people read."""

    LEIDO = "Leído"
    NO_LEIDO = "No se pudo leer"
    APARTADO = "Se dejó fuera"


class Renglon(NamedTuple):
    """What a row is about: the plan (nivel PEI), an OEI or an AEI."""

    nivel: str
    codigo: str
    oei: str = ""
    denominacion: str = ""
    indicador: str = ""
    unidad: str = ""


class Cifras(NamedTuple):
    """A row at one período: percentages from 0 to 100, what is N/D or not said is None.

    Findings are those that name its code (PEI: all of them).
    """

    programado: float | None
    ejecutado: float | None
    avance: float | None
    ritmo: float | None
    puntaje: float | None
    cobertura: float | None
    critica: bool | None
    estado: str | None
    motivo: str | None
    errores: int
    advertencias: int


class Momento(NamedTuple):
    """A período and the `Cifras` of each row, in their order."""

    periodo: str
    cifras: tuple[Cifras, ...]


@dataclass(frozen=True, slots=True)
class Ficha:
    """One file: its path in the folder, what became of it (``motivo`` says why), and what the book says.

    ``sha256`` is that of its content, "" when it could not even be opened. ``momentos`` are the períodos with values,
    oldest first; ``errores`` and ``advertencias`` are those of ``zedxl validar`` at the last one.
    """

    archivo: str
    suerte: Suerte
    motivo: str = ""
    sha256: str = ""
    entidad: str = ""
    pei: str = ""
    renglones: tuple[Renglon, ...] = ()
    momentos: tuple[Momento, ...] = ()
    errores: int = 0
    advertencias: int = 0

    @property
    def filas(self) -> int:
        """How many rows it gives; a file without any period has one, that says why."""
        return max(1, len(self.momentos) * len(self.renglones))

    def empaquetada(self) -> bytes:
        """The same as compressed JSON; `desempaquetar` gives it back."""
        campos = [getattr(self, campo) for campo in self.__slots__]
        return zlib.compress(
            json.dumps(campos, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass"), 1
        )


def desempaquetar(datos: bytes) -> Ficha:
    """A `Ficha` from what `Ficha.empaquetada` gave; raises `FichaDanada` when it is not that."""
    try:
        archivo, suerte, motivo, sha256, entidad, pei, renglones, momentos, *cuentas = json.loads(
            zlib.decompress(datos)
        )
        return Ficha(
            archivo, Suerte(suerte), motivo, sha256, entidad, pei,
            tuple(Renglon(*renglon) for renglon in renglones),
            tuple(Momento(periodo, tuple(Cifras(*c) for c in cifras)) for periodo, cifras in momentos),
            *cuentas,
        )  # fmt: skip
    except (zlib.error, TypeError, ValueError) as error:
        raise FichaDanada from error


def no_leida(archivo: str, motivo: str, sha256: str = "") -> Ficha:
    """The `Ficha` of a file that could not be read."""
    return Ficha(archivo, Suerte.NO_LEIDO, motivo, sha256)


def leer_ficha(paquete: Paquete, archivo: str, sha256: str) -> Ficha:
    """Read and evaluate a book at every período with values; what cannot be read is a `Ficha` that says why."""
    try:
        ajeno = _por_que_es_ajeno(frozenset(paquete.hojas()))
        if ajeno:
            return Ficha(archivo, Suerte.APARTADO, ajeno, sha256)
        return ficha_de(libro_de(paquete), archivo, sha256)
    except ErrorExplicado as error:
        return no_leida(archivo, str(error), sha256)


def ficha_de(libro: Libro, archivo: str, sha256: str) -> Ficha:
    """What a book that was read contributes."""
    plan = libro.plan
    evaluadas = {periodo: evaluar(plan, periodo) for periodo in plan.periodos_con_valor}
    ultimo = next(reversed(evaluadas), plan.periodo_en_curso)
    hallazgos = validar(libro, ultimo, evaluadas) if ultimo else plan.hallazgos
    severidades = Counter(hallazgo.severidad for hallazgo in hallazgos)
    return Ficha(
        archivo=archivo,
        suerte=Suerte.LEIDO,
        motivo="" if evaluadas else "Ningún período tiene valores obtenidos.",
        sha256=sha256,
        entidad=plan.entidad.nombre or plan.entidad.siglas,
        pei=plan.entidad.pei,
        renglones=tuple(_renglones(evaluadas[ultimo])) if ultimo in evaluadas else (),
        momentos=tuple(_momentos(evaluadas, hallazgos)),
        errores=severidades[Severidad.ERROR],
        advertencias=severidades[Severidad.ADVERTENCIA],
    )


def _por_que_es_ajeno(hojas: frozenset[str]) -> str:
    """Why a workbook is left out although it can be read, "" for a book to consolidate."""
    if PUNTO_DE_PARTIDA in hojas:
        return "Es una copia repartida: sus valores llegan al fusionarla en el libro de su entidad."
    if {CONSOLIDADO, INSTITUCIONES, NO_LEIDOS} <= hojas:
        return "Es un consolidado anterior, no el libro de una entidad."
    return ""


def _renglones(evaluacion: Evaluacion) -> Iterator[Renglon]:
    yield Renglon(PLAN, PLAN)
    for oei in evaluacion.oeis:
        yield Renglon("OEI", oei.oei.codigo, oei.oei.codigo, oei.oei.denominacion, oei.logro.nombre, oei.logro.unidad)
        for aei in oei.aeis:
            suya = aei.aei
            yield Renglon("AEI", suya.codigo, oei.oei.codigo, suya.denominacion, aei.logro.nombre, aei.logro.unidad)


def _momentos(evaluadas: Mapping[Periodo, Evaluacion], hallazgos: tuple[Hallazgo, ...]) -> Iterator[Momento]:
    """The períodos; what validating found counts in each of them, but for what only the last one's evaluation found."""
    del_ultimo = frozenset(list(evaluadas.values())[-1].hallazgos) if evaluadas else frozenset()
    comunes = [hallazgo for hallazgo in hallazgos if hallazgo not in del_ultimo]
    for periodo, evaluacion in evaluadas.items():
        suyos = dict.fromkeys((*comunes, *evaluacion.hallazgos))
        yield Momento(str(periodo), tuple(_cifras(evaluacion, _Cuenta(suyos))))


class _Cuenta:
    """How many findings there are of each code and severity."""

    def __init__(self, hallazgos: Mapping[Hallazgo, None]) -> None:
        self._severidades: dict[str, list[Severidad]] = {}
        for hallazgo in hallazgos:
            self._severidades.setdefault(hallazgo.codigo, []).append(hallazgo.severidad)

    def de(self, codigo: str) -> tuple[int, int]:
        """Errors and warnings that name a code."""
        return _cuenta(self._severidades.get(codigo, ()))

    def de_todo(self) -> tuple[int, int]:
        """Errors and warnings of the whole book."""
        return _cuenta([severidad for suyas in self._severidades.values() for severidad in suyas])


def _cuenta(severidades: Sequence[Severidad]) -> tuple[int, int]:
    return severidades.count(Severidad.ERROR), severidades.count(Severidad.ADVERTENCIA)


def _cifras(evaluacion: Evaluacion, cuenta: _Cuenta) -> Iterator[Cifras]:
    yield _del_pei(evaluacion.conjunto, cuenta.de_todo())
    for oei in evaluacion.oeis:
        yield _del_oei(oei, cuenta.de(oei.oei.codigo))
        for aei in oei.aeis:
            yield _de_la_aei(aei, cuenta.de(aei.aei.codigo))


def _del_pei(conjunto: Conjunto, cuenta: tuple[int, int]) -> Cifras:
    ritmo, puntaje, cobertura = conjunto.ritmo.valor, conjunto.puntaje.valor, conjunto.cobertura.valor
    return Cifras(None, None, None, ritmo, puntaje, cobertura, None, None, _dicho(conjunto.puntaje), *cuenta)


def _del_oei(oei: EvaluacionOEI, cuenta: tuple[int, int]) -> Cifras:
    logro, conjunto = oei.logro, oei.conjunto
    return Cifras(
        logro.programado.valor, logro.ejecutado.valor, logro.avance.valor, conjunto.ritmo.valor,
        conjunto.puntaje.valor, conjunto.cobertura.valor, None, None, _dicho(logro.avance), *cuenta,
    )  # fmt: skip


def _de_la_aei(aei: EvaluacionAEI, cuenta: tuple[int, int]) -> Cifras:
    logro = aei.logro
    return Cifras(
        logro.programado.valor, logro.ejecutado.valor, logro.avance.valor, logro.ritmo.valor,
        None, None, aei.critica, aei.estado.value, aei.motivo or None, *cuenta,
    )  # fmt: skip


def _dicho(medida: Medida) -> str | None:
    """Why a number is N/D."""
    return None if medida.motivo is None else str(medida.motivo)
