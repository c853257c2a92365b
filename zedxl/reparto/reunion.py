"""Bringing the copies back: all that are readable, what came of each, and words to read out in a meeting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from zedxl.edicion.cambio import Edicion, Firma, en_palabras
from zedxl.libro.lectura import Libro
from zedxl.libro.paquete import LibroIlegible
from zedxl.reparto.conflictos import codigo_de, dato_de, hoja_de_conflictos
from zedxl.reparto.copia import Copia, leer_copia
from zedxl.reparto.fusion import Conflicto, Fusion, Preferencia, fusionar

_MAXIMO_EN_PALABRAS = 10


@dataclass(frozen=True, slots=True)
class Ilegible:
    """A copy that could not be read, and why."""

    nombre: str
    motivo: str


@dataclass(frozen=True, slots=True)
class Leidas:
    """The copies that were given, each once: those that could be read and those that could not."""

    copias: tuple[Copia, ...]
    ilegibles: tuple[Ilegible, ...]


@dataclass(frozen=True, slots=True)
class Reunion:
    """A merge with its list of conflicts: what is to be written, and what is to be told."""

    copias: tuple[Copia, ...]
    ilegibles: tuple[Ilegible, ...]
    fusion: Fusion
    edicion: Edicion

    @property
    def hay_pendientes(self) -> bool:
        """Whether something waits for a person."""
        return bool(self.fusion.conflictos or self.fusion.no_traidos or self.ilegibles)

    def en_palabras(self, libro: str) -> str:
        """What happened, in Spanish sentences."""
        return "\n".join(_parrafos(self, libro))


def leer_copias(
    libro: Path, rutas: Sequence[Path], avanzar: Callable[[Sequence[Path]], Iterable[Path]] = iter
) -> Leidas:
    """Read copies, each once and never the book itself; one that cannot be read does not keep out the others.

    ``avanzar`` hands them out one after the other, for whoever shows how far it has come.
    """
    distintas = {ruta.resolve(): ruta for ruta in reversed(rutas)}
    es_el_libro = distintas.pop(libro.resolve(), None)
    ilegibles = [Ilegible(es_el_libro.name, "es el mismo libro en que se fusiona.")] if es_el_libro else []
    cuantas = Counter(ruta.name for ruta in distintas.values())
    copias = []
    for ruta in avanzar([*reversed(distintas.values())]):
        # files of the same name are told apart by their folders
        nombre = ruta.name if cuantas[ruta.name] == 1 else f"{ruta.parent.name}/{ruta.name}"
        try:
            copias.append(leer_copia(ruta, nombre))
        except LibroIlegible as error:
            ilegibles.append(Ilegible(nombre, str(error)))
    return Leidas(tuple(copias), tuple(ilegibles))


def reunir(libro: Libro, leidas: Leidas, firma: Firma, preferir: Preferencia | None = None) -> Reunion:
    """Merge copies into a book and list what is left open; raises what `fusionar` does."""
    fusion = fusionar(libro, leidas.copias, firma, preferir)
    edicion = fusion.edicion + hoja_de_conflictos(libro.hojas, fusion, {copia.nombre for copia in leidas.copias})
    return Reunion(leidas.copias, leidas.ilegibles, fusion, edicion)


def _parrafos(reunion: Reunion, libro: str) -> Iterator[str]:
    fusion = reunion.fusion
    yield f"Se {_contar(len(reunion.copias), 'fusionó una copia', 'fusionaron {} copias')} en {libro}."
    llegados = Counter(nombre for llegado in fusion.llegados for nombre in llegado.copias)
    for copia in reunion.copias:
        quien = f"De {copia.unidad} ({copia.nombre})" if copia.unidad else f"De {copia.nombre}"
        yield f"  {quien} {_llegaron(llegados[copia.nombre])}."
        yield from (f"    Atención: {aviso}." for aviso in copia.avisos)
    for ilegible in reunion.ilegibles:
        yield f"  No se pudo leer {ilegible.nombre}: {ilegible.motivo}"
    for fila in fusion.filas_nuevas:
        yield f"  Se agregó la fila {fila.fila} en {fila.hoja}; sus fórmulas se completan en Excel."
    if fusion.decididos:
        decididos = _contar(len(fusion.decididos), "Un conflicto se decidió", "{} conflictos se decidieron")
        yield f"{decididos} como se pidió."
    yield from _de_conflictos(fusion.conflictos)
    yield from _de_lo_que_no_llego(fusion)


def _de_conflictos(conflictos: Sequence[Conflicto]) -> Iterator[str]:
    if not conflictos:
        yield "No hay conflictos."
        return
    yield _contar(len(conflictos), "Hay un conflicto", "Hay {} conflictos") + " por decidir (hoja Conflictos):"
    for c in conflictos[:_MAXIMO_EN_PALABRAS]:
        dicen = "; ".join(f"{p.copia} dice {en_palabras(p.valor)} ({p.autoria})" for p in c.propuestas)
        iniciales = {en_palabras(p.inicial) for p in c.propuestas if not p.a_ciegas}
        al_repartir = f"; al repartir decía {' o '.join(sorted(iniciales))}" if iniciales else ""
        quien = f" ({c.autoria})" if c.autoria else ""
        que = " ".join(filter(None, (c.codigo, dato_de(c))))
        yield f"  {que}: el libro dice {en_palabras(c.en_el_libro)}{quien}; {dicen}{al_repartir}."
    yield from _y_mas(len(conflictos))


def _de_lo_que_no_llego(fusion: Fusion) -> Iterator[str]:
    if not fusion.no_traidos:
        return
    yield _contar(len(fusion.no_traidos), "Un cambio no se trajo:", "{} cambios no se trajeron:")
    for n in fusion.no_traidos[:_MAXIMO_EN_PALABRAS]:
        que = " ".join(filter(None, (codigo_de(n), n.clave.columna if n.clave.con_nombre else n.clave.hoja)))
        yield f"  {que} ({n.copia}): {n.motivo}"
    yield from _y_mas(len(fusion.no_traidos))


def _y_mas(cuantos: int) -> Iterator[str]:
    if cuantos > _MAXIMO_EN_PALABRAS:
        yield f"  … y {cuantos - _MAXIMO_EN_PALABRAS} más, en la hoja Conflictos."


def _llegaron(cuantos: int) -> str:
    return _contar(cuantos, "llegó un cambio", "llegaron {} cambios") if cuantos else "no llegó ningún cambio"


def _contar(cuantos: int, uno: str, varios: str) -> str:
    """A count in words: ``varios`` has a place for the number.

    >>> _contar(1, "un día", "{} días"), _contar(0, "un día", "{} días")
    ('un día', '0 días')
    """
    return uno if cuantos == 1 else varios.format(f"{cuantos:,}")
