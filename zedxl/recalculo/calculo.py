"""recalcular(paquete): a book whose formulas carry the values that they evaluate to."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from udfs import ErrorDeCelda
from zedxl import recolector
from zedxl.errores import ErrorExplicado
from zedxl.libro.direccion import Area, direccion
from zedxl.libro.paquete import Paquete
from zedxl.libro.paquete_crudo import PaqueteInmodificable, con_partes
from zedxl.recalculo.celdas_xml import CeldaConFormula, HojaInmodificable, HojaXML, Posicion, sin_formulas
from zedxl.recalculo.dependencias import Celda, Dependencias
from zedxl.recalculo.entorno import leer_entorno
from zedxl.recalculo.formula import Lugar, NoEvaluable, Traductor
from zedxl.recalculo.formula_movida import mover
from zedxl.recalculo.motor import Motor
from zedxl.recalculo.reglas import MAX_TEXTO
from zedxl.recalculo.valor_de_celda import SinValor, Valor, es_el_mismo

_MOTIVOS = {
    "Array": "da varios valores en una celda",
    "Circ": "está en una referencia circular o depende de una",
    "Error": "la fórmula no se entiende",
}
_SIN_MOTIVO = "usa algo que solo Excel sabe calcular"
_LIBRO = "xl/workbook.xml"
_ITERACION = re.compile(rb"""\biterate=["'](?:1|true)["']""")
_COMO_SE_VE = re.compile(rb"""\bfullPrecision=["'](?:0|false)["']""")
_NO_CABE = ErrorDeCelda("#SPILL!")
_MAX_RESULTADOS = 1_000_000


class LibroNoRecalculable(ErrorExplicado):
    """The book as a whole cannot be recalculated; its text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Cambio:
    """A cell whose value changed; ``antes`` is None where it carried none."""

    hoja: str
    celda: str
    antes: Valor | None
    ahora: Valor


@dataclass(frozen=True, slots=True)
class Conservada:
    """A formula that keeps the value it had; ``motivo`` says why, as the end of a sentence about its cell."""

    hoja: str
    celda: str
    motivo: str


@dataclass(frozen=True, slots=True)
class Recalculo:
    """The package with its new values, how many formulas it has, and what became of them.

    Of a book without formulas it says 0, and the package is the very one that was read.
    """

    contenido: bytes
    formulas: int
    cambios: tuple[Cambio, ...]
    conservadas: tuple[Conservada, ...]


def recalcular(paquete: Paquete, ahora: dt.datetime | None = None) -> Recalculo:
    """Evaluate all formulas of a book and put their values in place of the old ones; nothing else changes.

    Nothing is computed for a book without formulas, nor looked at more closely.
    ``ahora``, with its zone, is the instant of NOW and TODAY, without it the present one. What cannot be evaluated
    keeps its value, and so does all that depends on it. Raises `zedxl.libro.paquete.LibroIlegible` and
    `LibroNoRecalculable`.
    """
    with recolector.en_pausa():
        return _Recalculador(paquete, ahora).recalcular()


class _Recalculador:
    """One book on its way."""

    def __init__(self, paquete: Paquete, ahora: dt.datetime | None) -> None:
        self._paquete, self._ahora = paquete, ahora
        self._partes = paquete.hojas()
        paquete.revisar(ya_leidas=frozenset(self._partes.values()))
        self._hojas = {nombre: hoja for nombre in self._partes if (hoja := self._leer_hoja(nombre))}
        self._entorno = leer_entorno(paquete)
        self._traductor = Traductor(self._entorno)
        self._maestras: dict[tuple[str, str], CeldaConFormula] = {}
        self._conservadas: dict[Celda, str] = {}
        self._areas: dict[Celda, Area] = {}
        self._derrames: dict[Celda, Area] = {}
        self._resultados: dict[str, frozenset[Posicion]] = {}
        self._formulas = self._reservadas = 0

    def _leer_hoja(self, nombre: str) -> HojaXML | None:
        xml = self._paquete.parte(self._partes[nombre])
        if sin_formulas(xml):
            return None
        try:
            hoja = HojaXML(xml)
        except HojaInmodificable:
            raise LibroNoRecalculable(
                f"La hoja {nombre} de {self._paquete.ruta.name} está escrita de un modo en que zedxl no puede cambiar "
                "valores sin riesgo. Abra el libro en Excel, guárdelo e intente de nuevo."
            ) from None
        return hoja if next(hoja.formulas(), None) else None

    def _exigir_precision_completa(self) -> None:
        if _COMO_SE_VE.search(self._paquete.parte(_LIBRO)):
            raise LibroNoRecalculable(
                f"{self._paquete.ruta.name} calcula con la precisión que se ve en pantalla, lo que zedxl no hace. "
                "Ábralo en Excel y guárdelo, o quítele la opción «Establecer precisión de pantalla»."
            )

    def recalcular(self) -> Recalculo:
        if not self._hojas:
            return Recalculo(self._paquete.contenido, 0, (), ())
        self._exigir_precision_completa()
        preparadas = self._sin_iteracion()
        for nombre, hoja in self._hojas.items():
            xml = self._preparar(nombre, hoja)
            if xml is not hoja.xml:
                preparadas[self._partes[nombre]] = xml
        motor = self._evaluar(self._contenido(preparadas))
        del preparadas
        nuevos = {nombre: self._revisar(motor, nombre, hoja) for nombre, hoja in self._hojas.items()}
        del motor
        self._conservar_lo_que_depende()
        cambios: list[Cambio] = []
        partes = {}
        for nombre, hoja in self._hojas.items():
            propios = {lugar: v for lugar, v in nuevos.pop(nombre).items() if (nombre, *lugar) not in self._conservadas}
            if propios:
                partes[self._partes[nombre]] = hoja.con_valores(
                    {lugar: ahora for lugar, (_, ahora) in propios.items()}, self._resultados[nombre]
                )
                cambios += (Cambio(nombre, direccion(*lugar), *valores) for lugar, valores in propios.items())
        return Recalculo(self._contenido(partes), self._formulas, tuple(cambios), tuple(self._lista_de_conservadas()))

    def _sin_iteracion(self) -> dict[str, bytes]:
        """The part that asks for circular references to be repeated, where it does, not asking for it.

        Their result depends on the values that they had, which the engine does not look at.
        """
        libro = self._paquete.parte(_LIBRO)
        quieto = _ITERACION.sub(b'iterate="0"', libro)
        return {_LIBRO: quieto} if quieto != libro else {}

    def _preparar(self, nombre: str, hoja: HojaXML) -> bytes:
        """A sheet for the engine: without misunderstandings, and without what it cannot compute."""
        formulas: dict[Posicion, str | None] = {}
        for celda in hoja.formulas():
            self._formulas += 1
            lugar = (celda.fila, celda.columna)
            if celda.grupo and celda.formula:
                self._maestras[nombre, celda.grupo] = celda
            try:
                if celda.area:
                    self._reservar((nombre, *lugar), celda.area)
                nueva = self._traducida(nombre, celda)
            except NoEvaluable as error:
                self._conservadas[(nombre, *lugar)] = str(error)
                formulas[lugar] = None
            else:
                if nueva is not None:
                    formulas[lugar] = nueva
        vacias = self._resultados[nombre] = self._resultados_presentes(nombre, hoja, formulas)
        return hoja.con_formulas(formulas, vacias) if formulas or vacias else hoja.xml

    def _reservar(self, celda: Celda, area: Area) -> None:
        """Note where the results of an array formula go."""
        self._reservadas += area.celdas
        if self._reservadas > _MAX_RESULTADOS:
            raise NoEvaluable("su resultado ocupa demasiadas celdas")
        self._areas[celda] = area

    def _resultados_presentes(
        self, nombre: str, hoja: HojaXML, formulas: dict[Posicion, str | None]
    ) -> frozenset[Posicion]:
        """The cells for results of array formulas other than their own; arrays that lack some are kept."""
        areas = {
            celda: area
            for celda, area in self._areas.items()
            if celda[0] == nombre and area.celdas > 1 and celda not in self._conservadas
        }
        presentes = {(r.fila, r.columna) for r in hoja.resultados({p for a in areas.values() for p in a.posiciones()})}
        for celda, area in areas.items():
            if not presentes.issuperset(p for p in area.posiciones() if p != celda[1:]):
                self._conservadas[celda] = "faltan en el archivo celdas de su resultado"
                formulas[celda[1:]] = None
        return frozenset(presentes)

    def _traducida(self, nombre: str, celda: CeldaConFormula) -> str | None:
        """The formula that the engine must be given instead, None if none; `NoEvaluable`."""
        if celda.enriquecida:
            raise NoEvaluable("guarda un tipo de valor que solo Excel conoce")
        if celda.clase == "dataTable":
            raise NoEvaluable("es una tabla de datos de «Análisis de hipótesis»")
        matricial = celda.clase == "array"
        de_un_valor = not matricial or (not celda.dinamica and celda.area is not None and celda.area.celdas == 1)
        lugar = Lugar(nombre, celda.fila, celda.columna, matricial, de_un_valor)
        maestra = self._maestras.get((nombre, celda.grupo)) if celda.grupo else None
        if maestra is None or maestra is celda:
            return self._traductor.traducir(celda.formula, lugar)
        if self._traductor.traducir(maestra.formula, lugar) is None:
            return None  # the engine knows how to share it
        return self._traductor.traducir(self._formula(nombre, celda), lugar)

    def _formula(self, nombre: str, celda: CeldaConFormula) -> str:
        """The formula of a cell in full."""
        maestra = self._maestras.get((nombre, celda.grupo)) if celda.grupo else None
        if celda.formula or maestra is None:
            return celda.formula
        return mover(maestra.formula, celda.fila - maestra.fila, celda.columna - maestra.columna)

    def _dicha(self, nombre: str, celda: CeldaConFormula) -> str:
        """The formula as the engine has it, where tables and names are addresses."""
        return self._traducida(nombre, celda) or self._formula(nombre, celda)

    def _evaluar(self, paquete: bytes) -> Motor:
        try:
            motor = Motor(paquete, desde_1904=self._entorno.desde_1904, ahora=self._ahora)
            motor.evaluar()
        except Exception as error:  # the engine has no common class for what stops it
            raise LibroNoRecalculable(
                f"El motor de cálculo no pudo con {self._paquete.ruta.name}, que tiene algo que solo Excel sabe leer. "
                "Ábralo en Excel, guárdelo e intente de nuevo."
            ) from error
        return motor

    def _revisar(self, motor: Motor, nombre: str, hoja: HojaXML) -> dict[Posicion, tuple[Valor | None, Valor]]:
        """The cells of a sheet that change, with their old and new value; what was not computed is kept."""
        nuevos = {}
        for celda in hoja.formulas():
            lugar = (celda.fila, celda.columna)
            if (nombre, *lugar) in self._conservadas:
                continue
            try:
                valor = self._computado(motor, nombre, celda)
            except NoEvaluable as error:
                self._conservadas[(nombre, *lugar)] = str(error)
                continue
            if not es_el_mismo(celda.guardado, valor):
                nuevos[lugar] = (celda.guardado, valor)
        for resultado in hoja.resultados(self._resultados[nombre]):
            lugar = (resultado.fila, resultado.columna)
            valor = motor.valor(nombre, lugar)
            if not es_el_mismo(resultado.guardado, valor):
                nuevos[lugar] = (resultado.guardado, valor)
        return nuevos

    def _computado(self, motor: Motor, nombre: str, celda: CeldaConFormula) -> Valor:
        """The value that the engine gave to a cell; `NoEvaluable` without one, or when it takes other cells now."""
        lugar = (celda.fila, celda.columna)
        duda = motor.duda(nombre, lugar)
        if duda:
            raise NoEvaluable(duda)
        try:
            valor = motor.valor(nombre, lugar)
        except SinValor as falta:
            raise NoEvaluable(_MOTIVOS.get(str(falta), _SIN_MOTIVO)) from None
        if isinstance(valor, str) and len(valor) > MAX_TEXTO:
            raise NoEvaluable("da un texto de más de 32,767 caracteres")
        area, ocupa = celda.area or Area(*lugar, *lugar), motor.extension(nombre, lugar)
        if ocupa != area or valor == _NO_CABE:
            self._derrames[(nombre, *lugar)] = ocupa
            raise NoEvaluable(f"su resultado ya no ocupa las mismas celdas ({area})")
        return valor

    def _conservar_lo_que_depende(self) -> None:
        if not self._conservadas:
            return
        dependencias = Dependencias()
        for nombre, hoja in self._hojas.items():
            for celda in hoja.formulas():
                lugar = (nombre, celda.fila, celda.columna)
                if lugar not in self._conservadas:
                    dependencias.agregar(lugar, self._dicha(nombre, celda))
        for anclada, area in (*self._areas.items(), *self._derrames.items()):
            dependencias.agregar_resultado(anclada, area)
        for alcanzada, por in dependencias.alcanzadas(self._conservadas).items():
            self._conservadas[alcanzada] = f"depende de {por[0]}!{direccion(*por[1:])}"

    def _lista_de_conservadas(self) -> Iterator[Conservada]:
        """The formulas kept, in the order of the book."""
        for nombre, hoja in self._hojas.items() if self._conservadas else ():
            for celda in hoja.formulas():
                motivo = self._conservadas.get((nombre, celda.fila, celda.columna))
                if motivo:
                    yield Conservada(nombre, direccion(celda.fila, celda.columna), motivo)

    def _contenido(self, partes: dict[str, bytes]) -> bytes:
        if not partes:
            return self._paquete.contenido
        try:
            return con_partes(self._paquete.contenido, partes)
        except PaqueteInmodificable:
            raise LibroNoRecalculable(
                f"{self._paquete.ruta.name} es un paquete zip de 64 bits, que zedxl no modifica. Abra el libro en "
                "Excel, guárdelo e intente de nuevo."
            ) from None
