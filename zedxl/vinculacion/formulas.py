"""What the formulas say that a planner gets beside the rows of a seguimiento table: functions of SPEC 3, in plain A1.

Everything that is a number or a word of the row is referred to by its cell. What decides which rule applies (sentido No
definido, an indicator that is measured yearly, a prioridad that is not watched, the parameters) is taken as the plan
says it now: put them in again after changing that.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from zedxl.criticidad import UMBRAL_CRITICO, UMBRAL_ROJO, UMBRAL_VERDE, se_juzga
from zedxl.libro.columnas import Columna
from zedxl.libro.construccion.valores import ND, NP, SIN_NOTA
from zedxl.libro.tabla import Tabla
from zedxl.parametros import Parametros
from zedxl.periodo import Periodo
from zedxl.plan import AEI, OEI, Dato, Indicador
from zedxl.vocabulario import Agregacion, Frecuencia, Sentido, Tipo

_SIN_NUMERO = ("", "-", "—", ND, "ND")
"""What stands in a cell that has no number (SPEC 4.3)."""
_VACIO = '""'
_NO_CRITICA = '"NO CRÍTICA"'


class Resultado(str, Enum):
    """What a column of formulas gives; the value begins its title."""

    AVANCE = "Avance"
    NOTA = "Nota"
    SEMAFORO = "Semáforo"
    CRITICA = "Crítica"


@dataclass(frozen=True, slots=True)
class Renglon:
    """A row of the table: an indicator of an OEI or AEI; ``vigilada`` says whether that can be critical."""

    de: OEI | AEI
    indicador: Indicador
    fila: int
    vigilada: bool


@dataclass(frozen=True, slots=True)
class Redaccion:
    """Words the formulas of a table for a período."""

    tabla: Tabla
    parametros: Parametros
    periodo: Periodo

    def avance(self, r: Renglon) -> str:
        """Avance of an indicator; "N/P" when nothing was programmed for the year (SPEC 2.1, 2.2)."""
        i = r.indicador
        tope = "" if self.parametros.tope else "FALSE"
        if i.sentido is Sentido.NO_DEFINIDO:
            return _llamada("AVANCE_RANGO", _celda(i.minimo), _celda(i.maximo), self._valor(r), tope)
        meta = _celda(i.meta(self.periodo.anio))
        sin_meta = _sin_numero(meta)
        if i.sentido is not Sentido.DESCENDENTE and not self._es_tipo_ii(i):
            sin_meta += (f"{meta}=0",)
        funcion = "AVANCE_OEI" if isinstance(r.de, OEI) else "AVANCE_AEI"
        avance = _llamada(funcion, meta, self._valor(r), self._sentido(r), self._base(i), tope)
        return f'IF(OR({",".join(sin_meta)}),"{NP}",{avance})'

    def nota(self, r: Renglon, avance: str) -> str:
        """The asterisk of an AEI that is on course for the semester, else a dash; ``avance`` is the cell of that."""
        nota = _llamada("NOTA_AVANCE", avance, self._periodo, self._esperado(r))
        return f'IF({nota}="*","*","{SIN_NOTA}")'

    def semaforo(self, r: Renglon, avance: str) -> str:
        """Colour of the ritmo; "N/D" for what is not judged at the período (SPEC 2.4)."""
        if not se_juzga(r.indicador.frecuencia, self.periodo):
            return f'"{ND}"'
        p = self.parametros
        de_siempre = (p.umbral_rojo, p.umbral_verde) == (UMBRAL_ROJO, UMBRAL_VERDE)
        umbrales = () if de_siempre else (f"{p.umbral_rojo:.15g}", f"{p.umbral_verde:.15g}")
        return _llamada("SEMAFORO", _llamada("RITMO_AEI", avance, self._periodo, self._esperado(r)), *umbrales)

    def critica(self, r: Renglon, avance: str) -> str:
        """Whether an AEI is critical; also when it owes the report of a semester (SPEC 2.4)."""
        if not r.vigilada:
            return _NO_CRITICA
        if not se_juzga(r.indicador.frecuencia, self.periodo):
            return f'"{ND}"'
        umbral, esperado = self.parametros.umbral_critico, self._esperado(r)
        escrito = f"{umbral:.15g}" if esperado or umbral != UMBRAL_CRITICO else ""
        juicio = _llamada("AEI_CRITICA", avance, self._periodo, escrito, esperado)
        if r.indicador.frecuencia is Frecuencia.ANUAL:
            return juicio
        adeuda = '"CRÍTICA"'
        if self._es_tipo_ii(r.indicador):  # there it may lack its baseline instead
            adeuda = f'IF({self._sin_valor(r)},{adeuda},"{ND}")'
        return f'IF({avance}="{ND}",{adeuda},{juicio})'

    @property
    def _periodo(self) -> str:
        return f'"{self.periodo}"'

    def _es_tipo_ii(self, indicador: Indicador) -> bool:
        return self.parametros.tipo is Tipo.II and indicador.agregacion is Agregacion.NO_ACUMULADO

    def _sentido(self, r: Renglon) -> str:
        por_omision = "" if r.indicador.sentido is Sentido.ASCENDENTE else f'"{r.indicador.sentido}"'
        return self._palabra(r, Columna.SENTIDO) or por_omision

    def _agregacion(self, r: Renglon) -> str:
        por_omision = "" if r.indicador.agregacion is Agregacion.NO_ACUMULADO else f'"{r.indicador.agregacion}"'
        return self._palabra(r, Columna.AGREGACION) or por_omision

    def _palabra(self, r: Renglon, columna: Columna) -> str:
        """The cell of a word of the row, as text: Calc takes an empty one for 0. "" where there is no such column."""
        n = self.tabla.columnas.get(columna)
        return "" if n is None else f'{self.tabla.hoja.celda(r.fila, n + 1).referencia}&""'

    def _base(self, indicador: Indicador) -> str:
        """The baseline: "" where it is not asked for, N/D where it is missing."""
        if not self._es_tipo_ii(indicador):
            return ""
        base = _celda(indicador.linea_base)
        return f'"{ND}"' if base == _VACIO else f'IF({base}="","{ND}",{base})'

    def _valor(self, r: Renglon) -> str:
        """The value of the year at the período (SPEC 2.2)."""
        primero, segundo = (_celda(r.indicador.valor(p)) for p in (self.periodo.primero, self.periodo))
        if not self.periodo.cierra_anio:
            return segundo
        return _llamada("VALOR_ANUAL", primero, segundo, self._agregacion(r))

    def _sin_valor(self, r: Renglon) -> str:
        if self.periodo.cierra_anio:
            return f'{self._valor(r)}&""="{ND}"'
        return f"OR({','.join(_sin_numero(self._valor(r)))})"

    def _esperado(self, r: Renglon) -> str:
        """What reaching the target of the semester gives against the year's; "" where the plan has none."""
        i = r.indicador
        primera, segunda = (i.metas_semestre.get(p, Dato()) for p in (self.periodo.primero, self.periodo))
        if segunda.celda is None or i.sentido is Sentido.NO_DEFINIDO:
            return ""
        suma = i.agregacion is Agregacion.ACUMULADO and self.periodo.cierra_anio
        if suma and primera.celda is None:
            return ""
        celdas = [_celda(primera), _celda(segunda)] if suma else [_celda(segunda)]
        meta = _llamada("VALOR_ANUAL", *celdas, f'"{Agregacion.ACUMULADO}"') if suma else celdas[0]
        anual = _llamada("AVANCE_AEI", _celda(i.meta(self.periodo.anio)), meta, self._sentido(r), self._base(i))
        vacias = ",".join(condicion for celda in celdas for condicion in _sin_numero(celda))
        return f"IF(OR({vacias}),{_llamada('AVANCE_ESPERADO', self._periodo)},{anual})"


def _celda(dato: Dato) -> str:
    """The cell of a number, an empty text where the table has no cell for it."""
    return _VACIO if dato.celda is None else dato.celda.referencia


def _sin_numero(celda: str) -> tuple[str, ...]:
    return tuple(f'{celda}="{escrito}"' for escrito in _SIN_NUMERO)


def _llamada(funcion: str, *argumentos: str) -> str:
    """A call; arguments that are left out at its end are not written, others are an empty text."""
    dados = list(argumentos)
    while dados and not dados[-1]:
        dados.pop()
    return f"{funcion}({','.join(argumento or _VACIO for argumento in dados)})"
