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
from zedxl.errores import ErrorExplicado
from zedxl.libro.bitacora import asentada
from zedxl.libro.columnas import Columna
from zedxl.libro.hojas import NARRATIVA
from zedxl.libro.lectura import Libro
from zedxl.medida import DatoInvalido
from zedxl.periodo import Periodo
from zedxl.plan import Celda
from zedxl.reparto.copia import Autoria, Copia, autores_de, autoria_de
from zedxl.reparto.diferencia import NoTraido, Propuesta, diferencias
from zedxl.reparto.inventario import Clave, Inventario, inventariar
from zedxl.reparto.zona import Zona
from zedxl.semestre import origen
from zedxl.texto import como_texto, plano


class Preferencia(str, Enum):
    """Who is right in every conflict, when somebody decided that beforehand."""

    LIBRO = "libro"
    COPIA = "copia"


class CopiaAjena(ErrorExplicado):
    """A file that is no copy of the book."""


@dataclass(frozen=True, slots=True)
class Conflicto:
    """A datum that the book and copies, or two copies, say differently; nothing was written.

    ``celda`` is None for a row that the book has not. ``titulo`` is the title of its column in the book.
    """

    clave: Clave
    celda: Celda | None
    codigo: str
    titulo: str
    en_el_libro: Contenido
    autoria: Autoria
    propuestas: tuple[Propuesta, ...]


@dataclass(frozen=True, slots=True)
class Fusion:
    """What a merge does and what it leaves to people; ``decididos`` are conflicts that a preference settled."""

    edicion: Edicion
    cambios: tuple[Cambio, ...]
    conflictos: tuple[Conflicto, ...]
    decididos: tuple[Conflicto, ...]
    no_traidos: tuple[NoTraido, ...]
    filas_nuevas: tuple[Celda, ...]


def fusionar(libro: Libro, copias: Sequence[Copia], firma: Firma, preferir: Preferencia | None = None) -> Fusion:
    """Merge copies into a book, whatever their order; merging them again changes nothing.

    Raises `CopiaAjena`. Values of closed periods never change.
    """
    maestro = inventariar(libro.hojas, libro.tabla, libro.calculadas)
    for copia in copias:
        _exigir_del_mismo_libro(copia, maestro, libro)
    return _Fusion(libro, maestro, preferir).resolver(copias, firma)


def _exigir_del_mismo_libro(copia: Copia, maestro: Inventario, libro: Libro) -> None:
    suyas = {fila for zona in copia.inventario.zonas.values() for fila in zona.filas}
    if not any(fila in zona.filas for zona in maestro.zonas.values() for fila in suyas):
        raise CopiaAjena(
            f"{copia.nombre} no parece una copia de {libro.nombre}: no tienen ningún código en común. Revise "
            "qué archivo es."
        )


@dataclass
class _Fusion:
    """One merge on its way."""

    libro: Libro
    maestro: Inventario
    preferir: Preferencia | None
    cambios: list[Cambio] = field(default_factory=list)
    conflictos: list[Conflicto] = field(default_factory=list)
    decididos: list[Conflicto] = field(default_factory=list)
    no_traidos: list[NoTraido] = field(default_factory=list)
    nuevas: dict[tuple[str, str], int] = field(default_factory=dict)
    ocupadas: dict[str, int] = field(default_factory=dict)

    def resolver(self, copias: Sequence[Copia], firma: Firma) -> Fusion:
        por_clave: dict[Clave, list[Propuesta]] = {}
        for copia in copias:
            for hallada in self._admisibles(copia):
                por_clave.setdefault(hallada.clave, []).append(hallada)
        for clave, propuestas in por_clave.items():
            self._decidir(clave, propuestas)
        tablas = tuple(self._tablas())
        edicion = Edicion(cambios=tuple(self.cambios), tablas=tablas)
        return Fusion(
            edicion=asentada(self.libro.bitacora, edicion, origen.FUSION, firma.cuando),
            cambios=tuple(self.cambios),
            conflictos=tuple(self.conflictos),
            decididos=tuple(self.decididos),
            no_traidos=tuple(self.no_traidos),
            filas_nuevas=tuple(Celda(hoja, fila, 1) for (hoja, _), fila in self.nuevas.items()),
        )

    def _admisibles(self, copia: Copia) -> Iterator[Propuesta]:
        """What a copy changed and may change; the rest is noted with its reason."""
        for hallada in diferencias(copia, self.maestro):
            if isinstance(hallada, NoTraido):
                self.no_traidos.append(hallada)
            elif not self._ya_llego(hallada):
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

    def _ya_llego(self, propuesta: Propuesta) -> bool:
        """Whether an earlier merge of the same copy brought this very change; what was done to it since is later."""
        llegada = (str(self.maestro.celda(propuesta.clave)), _copia(propuesta.copia), canonico(propuesta.valor))
        return llegada in self._llegadas

    @cached_property
    def _llegadas(self) -> frozenset[tuple[str, str, str]]:
        """What earlier merges brought, according to the log: cell, copy and value."""
        return frozenset(
            (apunte.celda, copia, canonico(apunte.despues))
            for apunte in (a.apunte for a in self.libro.bitacora.asientos if a.origen == origen.FUSION)
            for copia in apunte.motivo.split("; ")
        )

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
        titulo = self.libro.tabla.significado(clave.columna)
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
        codigo, periodo = self._de_que_trata(clave)
        copias = "; ".join(dict.fromkeys(_copia(p.copia) for p in propuestas))
        self.cambios.append(
            Cambio(
                celda,
                actual,
                propuestas[0].valor,
                copias,
                propuestas[0].autoria.quien,
                codigo,
                periodo,
                como,
            )
        )

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
        # who saved the book last may have changed the cell; when, the file does not say
        guardado_por = Autoria(autoria_de(self.libro.paquete).quien, None)
        autoria = self._autores.get(str(celda), guardado_por)
        return Conflicto(clave, celda, self._de_que_trata(clave)[0], titulo, actual, autoria, tuple(propuestas))

    def _de_que_trata(self, clave: Clave) -> tuple[str, str]:
        """Code and period of a datum, for the log; "" where it has none."""
        if not clave.con_nombre:
            return "", ""
        codigo, *resto = clave.fila.partition("#")[0].split("|")
        titulo = self.libro.tabla.significado(clave.columna)
        if titulo is not None and titulo.periodo is not None:
            return codigo, str(titulo.periodo)
        return codigo, _periodo(resto[-1]) if plano(clave.hoja) == plano(NARRATIVA) and resto else ""


def _copia(nombre: str) -> str:
    """How the log names a copy."""
    return f"copia {nombre}"


def _periodo(escrito: str) -> str:
    try:
        return str(Periodo.leer(escrito)) if escrito else ""
    except DatoInvalido:
        return ""
