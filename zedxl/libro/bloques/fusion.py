"""Two places of a book that say the same indicator, as one: they complete each other; where they differ nobody guesses.

A number that stands alike in both has two cells; whoever changes it changes both (`Gemelas`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

from zedxl.hallazgos.unidades import es_porcentaje
from zedxl.libro.bloques.renglon import Renglon
from zedxl.libro.celdas import Lectura
from zedxl.libro.columnas import Columna, Encabezado
from zedxl.medida import DatoInvalido
from zedxl.numero import tal_cual
from zedxl.plan import VACIO, Celda, Dato, Indicador
from zedxl.vocabulario import Relevancia

T = TypeVar("T")

Gemelas = dict[Celda, tuple[Celda, ...]]
"""The other cells that say the same as a cell of the plan."""

REGLA = "datos-contradictorios"
_PALABRAS = {Columna.SENTIDO: "sentido", Columna.AGREGACION: "agregacion", Columna.FRECUENCIA: "frecuencia"}
_OTROS = {
    Columna.UNIDAD: "unidad", Columna.RELEVANCIA: "relevancia", Columna.PESO_INDICADOR: "peso",
    Columna.LINEA_BASE_ANIO: "linea_base_anio",
}  # fmt: skip
_CASI_IGUAL = 1e-12


@dataclass
class Fusion:
    """Puts rows of the same indicator together and notes what they contradict each other in."""

    lectura: Lectura
    gemelas: Gemelas = field(default_factory=dict)

    def fundir(self, uno: Renglon, otro: Renglon, codigo: str) -> Renglon:
        """One indicator of both; what ``otro`` says differently counts in neither way and is an error in its cell."""
        a, b = uno.indicador, otro.indicador
        diferencias: list[_Diferencia] = []
        cambios: dict[str, Any] = {
            "nombre": a.nombre or b.nombre,
            "codigo": a.codigo or b.codigo,
            "celda_unidad": a.celda_unidad if a.unidad else b.celda_unidad or a.celda_unidad,
            "celda_peso": b.celda_peso if a.peso is None else a.celda_peso,
            **{campo: _dicho_de(columna, uno, otro, diferencias) for columna, campo in _OTROS.items()},
            "linea_base": self._dato("Línea base", a.linea_base, b.linea_base, diferencias),
            "minimo": self._dato("Mínimo", a.minimo, b.minimo, diferencias),
            "maximo": self._dato("Máximo", a.maximo, b.maximo, diferencias),
            "metas": self._datos(a.metas, b.metas, "Meta", diferencias),
            "metas_semestre": self._datos(a.metas_semestre, b.metas_semestre, "Meta", diferencias),
            "valores": self._datos(a.valores, b.valores, "Valor", diferencias),
            "avances": {**b.avances, **{p: d for p, d in a.avances.items() if d.valor is not None}},
        }
        reunido = a._replace(**cambios)
        palabras = list(self._palabras(uno, otro))
        reunido = reunido._replace(**{_PALABRAS[c]: getattr(b, _PALABRAS[c]) for c, dicho in palabras if not dicho})
        diferencias += [_de_palabra(c, uno, otro) for c, dicho in palabras if dicho]
        if any(dicho for _, dicho in palabras):
            reunido = reunido._replace(valores=_sin_regla(reunido, diferencias[-1]))
        self._anotar(codigo, diferencias)
        return Renglon((*uno.filas, *otro.filas), reunido)

    def _datos(
        self, unos: Mapping[Any, Dato], otros: Mapping[Any, Dato], que: str, diferencias: list[_Diferencia]
    ) -> dict[Any, Dato]:
        return {
            cuando: self._dato(f"{que} {cuando}", unos.get(cuando, VACIO), otros.get(cuando, VACIO), diferencias)
            for cuando in dict.fromkeys((*unos, *otros))
        }

    def _dato(self, que: str, uno: Dato, otro: Dato, diferencias: list[_Diferencia]) -> Dato:
        if _vacio(otro):
            return uno if uno.celda is not None else otro
        if _vacio(uno):
            return otro
        if uno.ilegible or otro.ilegible:  # noted already: nobody knows whether they agree
            return uno if uno.ilegible else otro
        if uno.valor is not None and otro.valor is not None and _iguales(uno.valor, otro.valor):
            self._hermanar(uno.celda, otro.celda)
            return uno
        diferencia = _Diferencia(que, _dicho(uno), _dicho(otro), uno.celda, otro.celda)
        diferencias.append(diferencia)
        return Dato(None, uno.celda, ilegible=str(diferencia))

    def _hermanar(self, una: Celda | None, otra: Celda | None) -> None:
        if una is not None and otra is not None and una != otra:
            self.gemelas[una] = (*self.gemelas.get(una, ()), otra)

    def _palabras(self, uno: Renglon, otro: Renglon) -> Iterator[tuple[Columna, str]]:
        """The keywords that only ``otro`` says (with ""), and those that both say, differently (with what it says)."""
        for columna, campo in _PALABRAS.items():
            dicho = otro.dice(columna)
            if dicho and not uno.dice(columna):
                yield columna, ""
            elif dicho and getattr(uno.indicador, campo) != getattr(otro.indicador, campo):
                yield columna, dicho

    def _anotar(self, codigo: str, diferencias: list[_Diferencia]) -> None:
        if not diferencias:
            return
        celda = next((d.otra for d in diferencias if d.otra is not None), None)
        if celda is None:
            return
        self.lectura.error(
            celda, REGLA, codigo,
            "El libro dice dos cosas de lo mismo: " + "; ".join(map(str, diferencias)) + ". ¿Cuál vale?",
            "Corrija la que esté mal. Mientras tanto no se usa ninguna.",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Diferencia:
    """What two cells say differently."""

    que: str
    uno: str
    otro: str
    una: Celda | None
    otra: Celda | None

    def __str__(self) -> str:
        return f"{self.que}: {self.uno} ({self.una}) y {self.otro} ({self.otra})"


def _dicho_de(columna: Columna, uno: Renglon, otro: Renglon, diferencias: list[_Diferencia]) -> Any:
    """What either says of something that is no number of a year or período; None where they contradict each other."""
    este, aquel = (getattr(r.indicador, _OTROS[columna]) for r in (uno, otro))
    if aquel in (None, "") or este in (None, "") or _concuerdan(columna, uno, otro):
        return aquel if este in (None, "") else este
    diferencias.append(_de_palabra(columna, uno, otro))
    return "" if columna is Columna.UNIDAD else None


def _concuerdan(columna: Columna, uno: Renglon, otro: Renglon) -> bool:
    """Whether what two places say may both be right.

    A unit may be worded in many ways, but is a percentage or is none. The relevancia and the weight of an action are
    not those of its indicator, and each may stand in its own row.
    """
    es_la_de_su_aei = otro.filas[0] is uno.filas[0].madre
    a, b = uno.indicador, otro.indicador
    if columna is Columna.UNIDAD:
        return es_porcentaje(a.unidad) == es_porcentaje(b.unidad)
    if columna is Columna.RELEVANCIA:
        return es_la_de_su_aei or bool(_relevancias(uno) & _relevancias(otro))
    if columna is Columna.PESO_INDICADOR:
        return es_la_de_su_aei or a.peso == b.peso
    return a.linea_base_anio == b.linea_base_anio


def _relevancias(renglon: Renglon) -> set[Relevancia]:
    """Those of all its rows."""
    dichas = {renglon.indicador.relevancia} - {None}
    for fila in renglon.filas:
        with suppress(DatoInvalido):  # noted where it was read
            dichas.add(Relevancia.leer(fila.texto(Columna.RELEVANCIA)))
    return {relevancia for relevancia in dichas if relevancia is not None}


def _vacio(dato: Dato) -> bool:
    return dato.valor is None and not dato.ilegible


def _dicho(dato: Dato) -> str:
    return tal_cual(dato.valor)


def _iguales(uno: float, otro: float) -> bool:
    """Whether two numbers are the same to the 15 digits of a spreadsheet."""
    return abs(uno - otro) <= _CASI_IGUAL * max(abs(uno), abs(otro), 1)


def _de_palabra(columna: Columna, uno: Renglon, otro: Renglon) -> _Diferencia:
    dicho, tambien = uno.dice(columna), otro.dice(columna)
    celdas = [
        next(fila.celda(columna) for fila in renglon.filas if fila.texto(columna) == texto)
        for renglon, texto in ((uno, dicho), (otro, tambien))
    ]
    return _Diferencia(Encabezado(columna).titulo, dicho, tambien, *celdas)


def _sin_regla(indicador: Indicador, diferencia: _Diferencia) -> dict[Any, Dato]:
    """Its values as unreadable: with two keywords no rule can be chosen."""
    return {cuando: Dato(None, dato.celda, str(diferencia)) for cuando, dato in indicador.valores.items()}
