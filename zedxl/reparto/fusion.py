"""fusionar(libro, copias): the three-way merge. What one side changed arrives; what two changed differently is asked.

For each datum there is what it was when the copy was given out, what the book says now and what the copy says. Edits of
different data all arrive, the same edit twice is one, and nothing is decided silently.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from zedxl.edicion.cambio import Cambio, Contenido, Edicion, EdicionImposible, Firma, canonico
from zedxl.libro.bitacora import Apunte, asentada
from zedxl.libro.columnas import Columna
from zedxl.libro.desacuerdo import exigir_acuerdo
from zedxl.libro.lectura import Libro
from zedxl.plan import Celda
from zedxl.reparto.alineacion import CopiaAjena, alinear
from zedxl.reparto.copia import Autores, Autoria, Copia
from zedxl.reparto.diferencia import NoTraido, Propuesta, diferencias
from zedxl.reparto.filas_nuevas import Agregada, FilasNuevas
from zedxl.reparto.impedimentos import Impedimentos
from zedxl.reparto.inventario import Clave, Inventario, dato_de, inventariar
from zedxl.reparto.llegadas import Llegadas, de_que_trata, decision, leer_llegadas, motivo_de
from zedxl.reparto.pendientes import Pendiente, Preferencia, leer_pendientes
from zedxl.semestre import origen
from zedxl.semestre.efecto import periodos_alterados
from zedxl.texto import como_texto, plano

_MAXIMO_EN_UN_ERROR = 5
_RESPONSABLE = plano(Columna.RESPONSABLE.value)


@dataclass(frozen=True, slots=True)
class Conflicto:
    """A datum that the book and copies, or two copies, say differently; nothing was written.

    ``celda`` is None for a row that the book has not. ``dato`` is the title of its column in the book or, outside the
    tables, its place; ``autoria`` is who changed it there, None when nobody did.
    """

    clave: Clave
    celda: Celda | None
    codigo: str
    dato: str
    en_el_libro: Contenido
    autoria: Autoria | None
    propuestas: tuple[Propuesta, ...]


@dataclass(frozen=True, slots=True)
class Llegado:
    """A change that came into the book, the files that brought it, and what people call it.

    ``de_otra_unidad`` names whose row it is where that is not the unit of the copy, "" otherwise.
    """

    cambio: Cambio
    copias: tuple[str, ...]
    dato: str
    de_otra_unidad: str


@dataclass(frozen=True, slots=True)
class Fusion:
    """What a merge does and what it leaves to people; ``decididos`` are conflicts that a preference settled."""

    edicion: Edicion
    llegados: tuple[Llegado, ...]
    conflictos: tuple[Conflicto, ...]
    decididos: tuple[Conflicto, ...]
    no_traidos: tuple[NoTraido, ...]
    filas_nuevas: tuple[Agregada, ...]
    ajenas: tuple[CopiaAjena, ...]

    @property
    def cambios(self) -> tuple[Cambio, ...]:
        """What changes in the book."""
        return tuple(llegado.cambio for llegado in self.llegados)


def fusionar(libro: Libro, copias: Sequence[Copia], firma: Firma, preferir: Preferencia | None = None) -> Fusion:
    """Merge copies into a book, whatever their order; merging them again changes nothing.

    Values of closed periods never change. A file that is no copy of the book is left out and named. Raises
    `zedxl.libro.desacuerdo.CierresDudosos` and `EdicionImposible`.
    """
    exigir_acuerdo(libro.bitacora, libro.cierres)
    maestro = inventariar(libro.hojas, libro.tabla, libro.calculadas)
    alineadas, ajenas = [], []
    for copia in copias:
        try:
            alineadas.append(alinear(copia, maestro, libro))
        except CopiaAjena as error:
            ajenas.append(error)
    return _Fusion(libro, maestro, firma, preferir).resolver(alineadas, tuple(ajenas))


@dataclass
class _Fusion:
    """One merge on its way."""

    libro: Libro
    maestro: Inventario
    firma: Firma
    preferir: Preferencia | None
    llegados: list[Llegado] = field(default_factory=list)
    conflictos: list[Conflicto] = field(default_factory=list)
    decididos: list[Conflicto] = field(default_factory=list)
    no_traidos: list[NoTraido] = field(default_factory=list)
    decisiones: list[Apunte] = field(default_factory=list)

    def resolver(self, copias: Sequence[Copia], ajenas: tuple[CopiaAjena, ...]) -> Fusion:
        por_clave: dict[Clave, list[Propuesta]] = {}
        self._firmas = {copia.nombre: copia.firma for copia in copias}
        self._unidades = {copia.nombre: copia.unidad for copia in copias}
        for copia in copias:
            for hallada in self._admisibles(copia):
                por_clave.setdefault(hallada.clave, []).append(hallada)
        self._nuevas.reservar(por_clave)
        for clave, propuestas in por_clave.items():
            self._decidir(clave, propuestas)
        edicion = self._edicion()
        self._exigir_cerrados(edicion)
        return Fusion(
            edicion=asentada(self.libro.bitacora, edicion, origen.FUSION, self.firma.cuando, self.decisiones),
            llegados=tuple(self.llegados),
            conflictos=tuple(self.conflictos),
            decididos=tuple(self.decididos),
            no_traidos=tuple(self.no_traidos),
            filas_nuevas=tuple(self._nuevas.dichas()),
            ajenas=ajenas,
        )

    def _edicion(self) -> Edicion:
        cambios = tuple(llegado.cambio for llegado in self.llegados)
        formulas = self._nuevas.formulas({cambio.celda for cambio in cambios}, self.firma.quien)
        return Edicion(
            cambios=cambios,
            filas=tuple(self._nuevas.vestidas()),
            tablas=tuple(self._nuevas.tablas()),
            formulas=tuple(formulas),
        )

    def _exigir_cerrados(self, edicion: Edicion) -> None:
        """A last look: whatever cells it writes in, the merge must not change a closed period."""
        alterados = periodos_alterados(self.libro, edicion)
        if alterados:
            lista = "".join(f"\n  {hallazgo}" for hallazgo in alterados[:_MAXIMO_EN_UN_ERROR])
            raise EdicionImposible(f"No se fusionó nada: cambiarían períodos cerrados.{lista}")

    def _admisibles(self, copia: Copia) -> Iterator[Propuesta]:
        """What a copy changed and may change; the rest is noted with its reason."""
        llegadas = self._llegadas.get(copia.firma, {}) if copia.partida else {}
        for hallada in diferencias(copia, self.maestro, llegadas):
            if isinstance(hallada, NoTraido):
                self.no_traidos.append(hallada)
                continue
            motivo = self._impedimentos.de(hallada, copia)
            if not motivo:
                yield hallada
            elif not self._ya_esta(hallada):
                dato = dato_de(hallada.clave, copia.inventario)
                no_traido = NoTraido(copia.nombre, hallada.clave, hallada.celda, hallada.valor, motivo, dato)
                self.no_traidos.append(no_traido)

    def _ya_esta(self, propuesta: Propuesta) -> bool:
        ficha = self.maestro.ficha(propuesta.clave)
        return canonico(ficha.contenido if ficha else None) == canonico(propuesta.valor)

    @cached_property
    def _llegadas(self) -> Llegadas:
        return leer_llegadas(self.libro.bitacora, self.maestro)

    @cached_property
    def _impedimentos(self) -> Impedimentos:
        return Impedimentos(self.libro, self.maestro)

    @cached_property
    def _nuevas(self) -> FilasNuevas:
        return FilasNuevas(self.libro, self.maestro)

    @cached_property
    def _autores(self) -> Autores:
        return Autores(self.libro.hojas)

    @cached_property
    def _pendientes(self) -> dict[tuple[str, str, str, str], Pendiente]:
        return {p.clave: p for p in leer_pendientes(self.libro.hojas).filas}

    def _decidir(self, clave: Clave, propuestas: Sequence[Propuesta]) -> None:
        """Write what everybody agrees on, keep what they do not."""
        ficha = self.maestro.ficha(clave)
        actual = ficha.contenido if ficha else None
        distintas = [p for p in propuestas if canonico(p.valor) != canonico(actual)]
        if not distintas:
            return
        # also whoever came to say what the book says has a say
        de_acuerdo = len({canonico(p.valor) for p in propuestas}) == 1
        sin_tocar = all(canonico(p.inicial) == canonico(actual) for p in distintas)
        if de_acuerdo and sin_tocar:
            self._escribir(clave, actual, distintas)
            return
        conflicto = self._conflicto(clave, actual, propuestas)
        decisiones = {p: self._decision(conflicto, p, de_acuerdo) for p in distintas}
        elegidas = [p for p, decision in decisiones.items() if decision is Preferencia.COPIA]
        if None in decisiones.values() or len({canonico(p.valor) for p in elegidas}) > 1:
            self.conflictos.append(conflicto)
            return
        self.decididos.append(conflicto)
        if elegidas:
            self._escribir(clave, actual, elegidas, decidido=True)
        queda = elegidas[0].valor if elegidas else actual
        for propuesta in propuestas:
            if canonico(propuesta.valor) != canonico(queda) and conflicto.celda is not None:
                firmas = self.firma.quien, self._firmas[propuesta.copia]
                self.decisiones.append(decision(conflicto.celda, clave, propuesta.valor, queda, firmas))

    def _decision(self, conflicto: Conflicto, propuesta: Propuesta, de_acuerdo: bool) -> Preferencia | None:
        """What people decided about a proposal: beforehand, unless copies disagree, or on the sheet or in the book."""
        if self.preferir is not None and de_acuerdo:
            return self.preferir
        clave = (propuesta.copia, conflicto.codigo, conflicto.dato, canonico(propuesta.valor))
        pendiente = self._pendientes.get(clave)
        if pendiente is None:
            return None
        if pendiente.decision is not None:
            return pendiente.decision
        cambiado = canonico(pendiente.en_el_libro) != canonico(conflicto.en_el_libro)
        return Preferencia.LIBRO if cambiado and not self._lo_trajo_una_fusion(conflicto) else None

    def _lo_trajo_una_fusion(self, conflicto: Conflicto) -> bool:
        """Whether what the book says now came from a copy, so that no person decided it."""
        suyas = (asiento for asiento in self.libro.bitacora.asientos if asiento.apunte.celda == str(conflicto.celda))
        ultimo = next(reversed([*suyas]), None)
        if ultimo is None or ultimo.origen != origen.FUSION:
            return False
        return canonico(ultimo.apunte.despues) == canonico(conflicto.en_el_libro)

    def _escribir(
        self, clave: Clave, actual: Contenido, propuestas: Sequence[Propuesta], decidido: bool = False
    ) -> None:
        celda = self.maestro.celda(clave) or self._nuevas.lugar(clave)
        copias = tuple(dict.fromkeys(p.copia for p in propuestas))
        motivo = motivo_de((self._firmas[copia] for copia in copias), propuestas[0].autoria, decidido)
        quien = self.firma.quien
        cambio = Cambio(celda, actual, propuestas[0].valor, motivo, quien, *de_que_trata(clave))
        unidad = self._unidad_de_la_fila(clave)
        ajena = unidad if any(plano(self._unidades[copia]) != plano(unidad) for copia in copias) else ""
        self.llegados.append(Llegado(cambio, copias, dato_de(clave, self.maestro), ajena))

    def _unidad_de_la_fila(self, clave: Clave) -> str:
        """The unidad responsable of a row of the seguimiento table."""
        hoja = self.maestro.hojas[clave.hoja]
        renglon = hoja.renglones.get(clave.fila) if clave.con_nombre else None
        return como_texto(renglon.escrito.get(_RESPONSABLE)) if renglon else ""

    def _conflicto(self, clave: Clave, actual: Contenido, propuestas: Sequence[Propuesta]) -> Conflicto:
        celda = self.maestro.celda(clave)
        autoria = None
        if any(canonico(p.inicial) != canonico(actual) for p in propuestas):
            autoria = self._autores.de(celda, actual) or Autoria("", None)
        dato = dato_de(clave, self.maestro)
        return Conflicto(clave, celda, de_que_trata(clave)[0], dato, actual, autoria, tuple(propuestas))
