"""fusionar(libro, copias): the three-way merge. What one side changed arrives; what two changed differently is asked.

For each datum there is what it was when the copy was given out, what the book says now and what the copy says. Edits of
different data all arrive, the same edit twice is one, and nothing is decided silently.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from zedxl.edicion.cambio import Cambio, Contenido, Edicion, Firma, TablaHasta, canonico
from zedxl.libro.bitacora import asentada
from zedxl.libro.columnas import Columna, reconocer
from zedxl.libro.lectura import Libro
from zedxl.periodo import Periodo
from zedxl.plan import Celda
from zedxl.reparto.alineacion import alinear
from zedxl.reparto.copia import Autoria, Copia, autores_de, autoria_de
from zedxl.reparto.diferencia import NoTraido, Propuesta, diferencias
from zedxl.reparto.inventario import Clave, Inventario, inventariar
from zedxl.reparto.llegadas import Llegadas, de_que_trata, leer_llegadas, motivo_de
from zedxl.reparto.zona import Zona
from zedxl.semestre import origen
from zedxl.texto import como_texto


class Preferencia(str, Enum):
    """Who is right in every conflict, when somebody decided that beforehand."""

    LIBRO = "libro"
    COPIA = "copia"


@dataclass(frozen=True, slots=True)
class Conflicto:
    """A datum that the book and copies, or two copies, say differently; nothing was written.

    ``celda`` is None for a row that the book has not. ``titulo`` is the title of its column in the book, ``autoria``
    who changed it there, None when nobody did.
    """

    clave: Clave
    celda: Celda | None
    codigo: str
    titulo: str
    en_el_libro: Contenido
    autoria: Autoria | None
    propuestas: tuple[Propuesta, ...]


@dataclass(frozen=True, slots=True)
class Llegado:
    """A change that came into the book, and the files that brought it."""

    cambio: Cambio
    copias: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fusion:
    """What a merge does and what it leaves to people; ``decididos`` are conflicts that a preference settled."""

    edicion: Edicion
    llegados: tuple[Llegado, ...]
    conflictos: tuple[Conflicto, ...]
    decididos: tuple[Conflicto, ...]
    no_traidos: tuple[NoTraido, ...]
    filas_nuevas: tuple[Celda, ...]

    @property
    def cambios(self) -> tuple[Cambio, ...]:
        """What changes in the book."""
        return tuple(llegado.cambio for llegado in self.llegados)


def fusionar(libro: Libro, copias: Sequence[Copia], firma: Firma, preferir: Preferencia | None = None) -> Fusion:
    """Merge copies into a book, whatever their order; merging them again changes nothing.

    Raises `CopiaAjena`. Values of closed periods never change.
    """
    maestro = inventariar(libro.hojas, libro.tabla, libro.calculadas)
    alineadas = [alinear(copia, maestro, libro) for copia in copias]
    return _Fusion(libro, maestro, preferir).resolver(alineadas, firma)


@dataclass
class _Fusion:
    """One merge on its way."""

    libro: Libro
    maestro: Inventario
    preferir: Preferencia | None
    llegados: list[Llegado] = field(default_factory=list)
    conflictos: list[Conflicto] = field(default_factory=list)
    decididos: list[Conflicto] = field(default_factory=list)
    no_traidos: list[NoTraido] = field(default_factory=list)
    nuevas: dict[tuple[str, str], int] = field(default_factory=dict)
    ocupadas: dict[str, int] = field(default_factory=dict)

    def resolver(self, copias: Sequence[Copia], firma: Firma) -> Fusion:
        por_clave: dict[Clave, list[Propuesta]] = {}
        self._firmas = {copia.nombre: copia.firma for copia in copias}
        for copia in copias:
            for hallada in self._admisibles(copia):
                por_clave.setdefault(hallada.clave, []).append(hallada)
        for clave, propuestas in por_clave.items():
            self._decidir(clave, propuestas)
        tablas = tuple(self._tablas())
        edicion = Edicion(cambios=tuple(llegado.cambio for llegado in self.llegados), tablas=tablas)
        return Fusion(
            edicion=asentada(self.libro.bitacora, edicion, origen.FUSION, firma.cuando),
            llegados=tuple(self.llegados),
            conflictos=tuple(self.conflictos),
            decididos=tuple(self.decididos),
            no_traidos=tuple(self.no_traidos),
            filas_nuevas=tuple(Celda(hoja, fila, 1) for (hoja, _), fila in self.nuevas.items()),
        )

    def _admisibles(self, copia: Copia) -> Iterator[Propuesta]:
        """What a copy changed and may change; the rest is noted with its reason."""
        for hallada in diferencias(copia, self.maestro, self._llegadas.get(copia.firma, {})):
            if isinstance(hallada, NoTraido):
                self.no_traidos.append(hallada)
                continue
            motivo = next(self._impedimentos(hallada, copia), "")
            if not motivo:
                yield hallada
            elif not self._ya_esta(hallada):
                self.no_traidos.append(NoTraido(copia.nombre, hallada.clave, hallada.celda, hallada.valor, motivo))

    def _impedimentos(self, propuesta: Propuesta, copia: Copia) -> Iterator[str]:
        """Why a change cannot come into the book, the gravest reason first; nothing when it can."""
        clave, maestro = propuesta.clave, self.maestro
        ficha, zona = maestro.ficha(clave), maestro.zonas.get(clave.hoja)
        cerrado = self._periodo_cerrado(clave)
        if cerrado is not None:
            yield f"{cerrado} está cerrado. Si el cambio es correcto, reabra el período y fusione otra vez."
        if (ficha is not None and ficha.calculada) or maestro.sin_valor(clave):
            yield "En el libro esa celda se calcula: tiene una fórmula o es de una tabla dinámica."
        if clave.hoja not in maestro.hojas:
            yield "El libro no tiene esa hoja."
        if zona and clave.fila in zona.repetidas | copia.inventario.zonas[clave.hoja].repetidas:
            yield "La fila está dos veces, en el libro o en la copia, y no se sabe cuál es cuál."
        if not clave.con_nombre and self._tiene_otras_columnas(copia, clave.hoja):
            yield "Está fuera de la tabla, en una hoja con otras columnas que las del libro."
        if zona and clave.con_nombre and clave.fila not in zona.filas:
            if copia.partida is not None and copia.partida.tiene_fila(clave):
                yield "El libro ya no tiene esa fila."
            if clave.columna not in zona.titulos:
                yield "El libro no tiene esa columna."
        elif maestro.celda(clave) is None:
            yield "El libro no tiene ese lugar: su fila o su columna ya no están."

    def _ya_esta(self, propuesta: Propuesta) -> bool:
        ficha = self.maestro.ficha(propuesta.clave)
        return canonico(ficha.contenido if ficha else None) == canonico(propuesta.valor)

    @cached_property
    def _llegadas(self) -> Llegadas:
        return leer_llegadas(self.libro.bitacora, self.maestro)

    @cached_property
    def _autores(self) -> dict[str, Autoria]:
        return dict(autores_de(self.libro.hojas))

    def _tiene_otras_columnas(self, copia: Copia, hoja: str) -> bool:
        suya, la_de_la_copia = self.maestro.zonas.get(hoja), copia.inventario.zonas.get(hoja)
        return (suya and suya.titulos) != (la_de_la_copia and la_de_la_copia.titulos)

    def _periodo_cerrado(self, clave: Clave) -> Periodo | None:
        """The closed period that a value belongs to, or whose avance a target decides."""
        if clave.hoja != self.libro.tabla.hoja.nombre or not clave.con_nombre or not self.libro.plan.cierres:
            return None
        titulo = reconocer(clave.columna)
        if titulo is None or titulo.columna not in (Columna.VALOR, Columna.META, Columna.META_SEMESTRE):
            return None
        cierres = sorted(self.libro.plan.cierres)
        return next((p for p in cierres if p == titulo.periodo or p.anio == titulo.anio), None)

    def _decidir(self, clave: Clave, propuestas: Sequence[Propuesta]) -> None:
        """Write what everybody agrees on, keep what they do not."""
        ficha = self.maestro.ficha(clave)
        actual = ficha.contenido if ficha else None
        distintas = [p for p in propuestas if canonico(p.valor) != canonico(actual)]
        if not distintas:
            return
        de_acuerdo = len({canonico(p.valor) for p in distintas}) == 1
        sin_tocar = all(canonico(p.inicial) == canonico(actual) for p in distintas)
        if de_acuerdo and sin_tocar:
            self._escribir(clave, actual, distintas)
            return
        conflicto = self._conflicto(clave, actual, propuestas)
        if self.preferir is Preferencia.LIBRO:
            self.decididos.append(conflicto)
        elif self.preferir is Preferencia.COPIA and de_acuerdo:
            self.decididos.append(conflicto)
            self._escribir(clave, actual, distintas)
        else:
            self.conflictos.append(conflicto)

    def _escribir(self, clave: Clave, actual: Contenido, propuestas: Sequence[Propuesta]) -> None:
        celda, como = self._destino(clave)
        copias = tuple(dict.fromkeys(p.copia for p in propuestas))
        motivo, quien = motivo_de(self._firmas[copia] for copia in copias), propuestas[0].autoria.quien
        cambio = Cambio(celda, actual, propuestas[0].valor, motivo, quien, *de_que_trata(clave), como)
        self.llegados.append(Llegado(cambio, copias))

    def _destino(self, clave: Clave) -> tuple[Celda, Celda | None]:
        """Where a datum goes, and the cell that it is to look like in a row that the book has not yet."""
        celda = self.maestro.celda(clave)
        if celda is not None:
            return celda, None
        zona = self.maestro.zonas[clave.hoja]
        fila = self.nuevas.setdefault((clave.hoja, clave.fila), self._siguiente_fila_libre(zona))
        columna = zona.titulos[clave.columna]
        return Celda(clave.hoja, fila, columna), Celda(clave.hoja, zona.ultima_fila, columna)

    def _siguiente_fila_libre(self, zona: Zona) -> int:
        """The first free row below those with a key or, where something stands below them, below that."""
        ya_tomadas = [fila for (hoja, _), fila in self.nuevas.items() if hoja == zona.hoja.nombre]
        return max(self._ultima_ocupada(zona), *ya_tomadas, 0) + 1

    def _ultima_ocupada(self, zona: Zona) -> int:
        if zona.hoja.nombre not in self.ocupadas:
            filas = (n for n, fila in enumerate(zona.hoja.filas, 1) if any(v not in (None, "") for v in fila))
            self.ocupadas[zona.hoja.nombre] = max(filas, default=0)
        return self.ocupadas[zona.hoja.nombre]

    def _tablas(self) -> Iterator[TablaHasta]:
        """Tables grow with the rows that were added right below them."""
        for nombre in dict.fromkeys(hoja for hoja, _ in self.nuevas):
            zona = self.maestro.zonas[nombre]
            filas = [fila for (hoja, _), fila in self.nuevas.items() if hoja == nombre]
            if min(filas) == zona.ultima_fila + 1:
                titulo = zona.hoja.celda(zona.fila_de_titulos, min(zona.titulos.values()))
                yield TablaHasta(titulo, max(filas), max(zona.titulos.values()))

    def _conflicto(self, clave: Clave, actual: Contenido, propuestas: Sequence[Propuesta]) -> Conflicto:
        celda = self.maestro.celda(clave)
        zona = self.maestro.zonas.get(clave.hoja)
        columna = zona.titulos.get(clave.columna) if zona and clave.con_nombre else None
        titulo = como_texto(zona.hoja.valor(zona.fila_de_titulos, columna)) if zona and columna else ""
        autoria = self._autoria(celda) if any(canonico(p.inicial) != canonico(actual) for p in propuestas) else None
        return Conflicto(clave, celda, de_que_trata(clave)[0], titulo, actual, autoria, tuple(propuestas))

    def _autoria(self, celda: Celda | None) -> Autoria:
        """Who changed a cell of the book: by its log or, for want of that, who saved it last, no matter when."""
        return self._autores.get(str(celda), Autoria(autoria_de(self.libro.paquete).quien, None))
