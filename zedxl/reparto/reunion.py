"""Bringing the copies back: all that are readable, what came of each, and words to read out in a meeting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from zedxl.edicion.cambio import Edicion, Firma, en_palabras
from zedxl.libro.hojas import PUNTO_DE_PARTIDA
from zedxl.libro.lectura import Libro
from zedxl.libro.paquete import LibroIlegible
from zedxl.reparto.conflictos import hoja_de_conflictos
from zedxl.reparto.copia import Copia, leer_copia
from zedxl.reparto.filas_nuevas import Agregada
from zedxl.reparto.fusion import Conflicto, Fusion, Llegado, fusionar
from zedxl.reparto.inventario import codigo_de
from zedxl.reparto.pendientes import Preferencia

_MAXIMO_EN_PALABRAS = 10
_DE_BLOQUEO = ("~$", ".~lock.")
"""How the files begin that Office and LibreOffice leave beside an open book."""


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
    avisos: tuple[str, ...] = ()

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
    distintas = {ruta.resolve(): ruta for ruta in reversed(rutas) if not ruta.name.startswith(_DE_BLOQUEO)}
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
    ilegibles = (*leidas.ilegibles, *(Ilegible(ajena.copia, str(ajena)) for ajena in fusion.ajenas))
    ajenas = {ajena.copia for ajena in fusion.ajenas}
    copias = tuple(copia for copia in leidas.copias if copia.nombre not in ajenas)
    edicion = fusion.edicion + hoja_de_conflictos(libro.hojas, fusion, {copia.nombre for copia in copias})
    return Reunion(copias, ilegibles, fusion, edicion, _avisos(libro))


def _avisos(libro: Libro) -> tuple[str, ...]:
    es_copia = any(hoja.nombre == PUNTO_DE_PARTIDA for hoja in libro.hojas)
    return (f"{libro.nombre} es a su vez una copia repartida, no el libro de la entidad",) if es_copia else ()


def _parrafos(reunion: Reunion, libro: str) -> Iterator[str]:
    fusion = reunion.fusion
    hechas = _contar(
        len(reunion.copias), "Se fusionó una copia", "Se fusionaron {} copias", "No se fusionó ninguna copia"
    )
    yield f"{hechas} en {libro}."
    yield from (f"Atención: {aviso}." for aviso in reunion.avisos)
    for copia in reunion.copias:
        yield from _de_una_copia(copia, [e for e in fusion.llegados if copia.nombre in e.copias])
    for ilegible in reunion.ilegibles:
        yield f"  No se pudo leer {ilegible.nombre}: {ilegible.motivo}"
    for fila in fusion.filas_nuevas:
        yield f"  Se agregó la fila {fila.celda.fila} en {fila.celda.hoja}{_sus_formulas(fila)}."
    if fusion.decididos:
        decididos = _contar(len(fusion.decididos), "Un conflicto se decidió", "{} conflictos se decidieron")
        cuales = ", ".join(" ".join(filter(None, (c.codigo, c.dato))) for c in fusion.decididos[:_MAXIMO_EN_PALABRAS])
        yield f"{decididos} como se pidió: {cuales}."
    yield from _de_conflictos(fusion.conflictos)
    yield from _de_lo_que_no_llego(fusion)


def _sus_formulas(fila: Agregada) -> str:
    if not fila.completa:
        return "; sus fórmulas se completan en Excel"
    return f", con las fórmulas de la fila {fila.modelo}" if fila.modelo else ""


def _de_una_copia(copia: Copia, llegados: Sequence[Llegado]) -> Iterator[str]:
    quien = f"De {copia.unidad} ({copia.nombre})" if copia.unidad else f"De {copia.nombre}"
    yield f"  {quien} {_contar(len(llegados), 'llegó un cambio', 'llegaron {} cambios', 'no llegó ningún cambio')}."
    yield from (f"    Atención: {aviso}." for aviso in copia.avisos)
    for llegado in llegados[:_MAXIMO_EN_PALABRAS]:
        cambio, ajeno = llegado.cambio, llegado.de_otra_unidad
        nota = f" Atención: la fila es de {ajeno}." if ajeno and copia.unidad else ""
        que = " ".join(filter(None, (cambio.codigo, llegado.dato)))
        yield f"    {que}: {en_palabras(cambio.antes)} → {en_palabras(cambio.despues)}.{nota}"
    if len(llegados) > _MAXIMO_EN_PALABRAS:
        yield f"    … y {len(llegados) - _MAXIMO_EN_PALABRAS} más, en la Bitácora."


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
        que = " ".join(filter(None, (c.codigo, c.dato)))
        yield f"  {que}: el libro dice {en_palabras(c.en_el_libro)}{quien}; {dicen}{al_repartir}."
    yield from _y_mas(len(conflictos))


def _de_lo_que_no_llego(fusion: Fusion) -> Iterator[str]:
    if not fusion.no_traidos:
        return
    yield _contar(len(fusion.no_traidos), "Un cambio no se trajo:", "{} cambios no se trajeron:")
    for n in fusion.no_traidos[:_MAXIMO_EN_PALABRAS]:
        que = " ".join(filter(None, (codigo_de(n.clave), n.dato)))
        yield f"  {que} ({n.copia}): {n.motivo}"
    yield from _y_mas(len(fusion.no_traidos))


def _y_mas(cuantos: int) -> Iterator[str]:
    if cuantos > _MAXIMO_EN_PALABRAS:
        yield f"  … y {cuantos - _MAXIMO_EN_PALABRAS} más, en la hoja Conflictos."


def _contar(cuantos: int, uno: str, varios: str, ninguno: str = "") -> str:
    """A count in words: ``varios`` has a place for the number.

    >>> _contar(1, "un día", "{} días"), _contar(0, "un día", "{} días"), _contar(0, "un día", "{} días", "ninguno")
    ('un día', '0 días', 'ninguno')
    """
    return ninguno if not cuantos and ninguno else uno if cuantos == 1 else varios.format(f"{cuantos:,}")
