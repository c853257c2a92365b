"""Several people at once, in any order, with closings, reopenings and deaths: no edit is lost, nothing closed changes.

A random story is told with real files: units type in their copies, the planner types in the book, values are recorded,
copies are given out and merged in any order, periods are closed and reopened, and some of the writes are killed at any
of their steps. After each step the book opens, says what the story says, and its log is whole.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import openpyxl
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.ediciones import I_2025, II_2025, plan_chico
from tests.entregas import en_otro_proceso, entregar_y_morir_en_el_paso
from zedxl.edicion.cambio import Edicion, Firma
from zedxl.edicion.entrega import entregar
from zedxl.hallazgo import Hallazgo
from zedxl.instantanea import REGLA
from zedxl.libro.bitacora import revisar
from zedxl.libro.lectura import Libro, leer_libro
from zedxl.periodo import Periodo
from zedxl.reparto.copias import repartir
from zedxl.reparto.diferencia import NoTraido, Propuesta
from zedxl.reparto.reunion import Reunion, leer_copias, reunir
from zedxl.semestre.apertura import abrir
from zedxl.semestre.cerrados import cierre_que_fija
from zedxl.semestre.cierre import cerrar
from zedxl.semestre.pedido import Pedido
from zedxl.semestre.registro import registrar
from zedxl.validacion import validar

FILAS = {"OEI.01": 2, "AEI.01.01": 3, "AEI.01.02": 4, "OEI.02": 5, "AEI.02.01": 6}
COLUMNAS = {I_2025: "I", II_2025: "J"}
LUGARES = [f"{columna}{fila}" for columna in COLUMNAS.values() for fila in FILAS.values()]

Valores = dict[str, float | None]
lugares = st.sampled_from(LUGARES)
numeros = st.sampled_from([1.0, 2.0, 3.0, None])
escritos = st.dictionaries(lugares, numeros, min_size=1, max_size=5)


@dataclass
class Copia:
    """A copy in the story: its file, what it said when it was given out, and what it says now."""

    ruta: Path
    inicial: Valores
    actual: Valores
    llegado: dict[str, float | None] = field(default_factory=dict)


class Semestre(RuleBasedStateMachine):
    """The story so far."""

    @initialize()
    def empezar(self) -> None:
        self.carpeta = tempfile.TemporaryDirectory()
        self.libro = plan_chico(Path(self.carpeta.name) / "plan.xlsx")
        self.valores: Valores = valores_de(leer_libro(self.libro))
        self.copias: list[Copia] = []
        self.cerrados: dict[Periodo, Valores] = {}
        self.reloj = 0
        self.se_reparte()

    def teardown(self) -> None:
        if hasattr(self, "carpeta"):
            self.carpeta.cleanup()

    def firma(self, quien: str = "Ana") -> Firma:
        self.reloj += 1
        return Firma(quien, datetime(2026, 1, 1, 8, self.reloj // 60 % 60, self.reloj % 60))

    # --- What people do

    @rule(lugar=lugares, numero=numeros)
    def el_planificador_escribe(self, lugar: str, numero: float | None) -> None:
        escribir_a_mano(self.libro, lugar, numero)
        self.valores[lugar] = numero

    @precondition(lambda self: len(self.copias) < 4)
    @rule()
    def se_reparte(self) -> None:
        libro = leer_libro(self.libro)
        for copia in repartir(libro, self.firma()).copias:
            ruta = self.libro.with_name(f"{len(self.copias)} {copia.archivo}")
            entregar(libro.paquete, copia.edicion, ruta)
            self.copias.append(Copia(ruta, dict(self.valores), dict(self.valores)))

    @rule(datos=st.data(), valores=escritos, a_mano=st.booleans())
    def una_unidad_escribe(self, datos: st.DataObject, valores: Valores, a_mano: bool) -> None:
        copia = datos.draw(st.sampled_from(self.copias))
        for lugar, numero in valores.items():
            periodo = I_2025 if lugar[0] == "I" else II_2025
            libro = leer_libro(copia.ruta)
            if a_mano or cierre_que_fija(libro.plan, periodo):
                escribir_a_mano(copia.ruta, lugar, numero)
            else:
                entregar(libro.paquete, registrar(libro, periodo, [pedido(lugar, numero)], self.firma("Unidad")))
        copia.actual |= valores

    @rule(lugar=lugares, numero=numeros, paso=st.integers(1, 200))
    def se_registra_y_quiza_se_corta_la_luz(self, lugar: str, numero: float | None, paso: int) -> None:
        periodo = I_2025 if lugar[0] == "I" else II_2025
        if no_se_toca(periodo, self.cerrados):
            return

        def hacer() -> Edicion:
            return registrar(leer_libro(self.libro), periodo, [pedido(lugar, numero)], self.firma())

        if self._con_corte(hacer, paso):
            self.valores[lugar] = numero

    @rule(datos=st.data(), paso=st.integers(1, 200))
    def se_fusiona_y_quiza_se_corta_la_luz(self, datos: st.DataObject, paso: int) -> None:
        copias = datos.draw(st.lists(st.sampled_from(self.copias), min_size=1, unique_by=lambda c: c.ruta))
        libro = leer_libro(self.libro)
        reunion = reunir(libro, leer_copias(self.libro, [c.ruta for c in copias]), self.firma())
        antes = dict(self.valores)
        if not reunion.edicion or self._con_corte(lambda: reunion.edicion, paso):
            self.valores = valores_de(leer_libro(self.libro))
            self._nada_se_perdio(copias, antes, reunion)
            repetida = reunir(leer_libro(self.libro), leer_copias(self.libro, [c.ruta for c in copias]), self.firma())
            assert not repetida.edicion

    @rule(periodo=st.sampled_from(list(COLUMNAS)))
    def se_cierra(self, periodo: Periodo) -> None:
        libro = leer_libro(self.libro)
        if periodo in self.cerrados or periodo not in libro.plan.periodos_con_valor:
            return
        entregar(libro.paquete, cerrar(libro, periodo, self.firma(), "pase lo que pase"))
        self.cerrados[periodo] = dict(self.valores)

    @precondition(lambda self: self.cerrados)
    @rule(datos=st.data())
    def se_reabre(self, datos: st.DataObject) -> None:
        periodo = datos.draw(st.sampled_from(sorted(self.cerrados)))
        libro = leer_libro(self.libro)
        entregar(libro.paquete, abrir(libro, periodo, self.firma(), "una corrección"))
        del self.cerrados[periodo]

    # --- What must hold

    @invariant()
    def el_libro_dice_lo_que_se_conto(self) -> None:
        if hasattr(self, "libro"):
            libro = leer_libro(self.libro)
            assert valores_de(libro) == self.valores
            assert list(revisar(libro.bitacora)) == []
            assert set(libro.plan.cierres) == set(self.cerrados)

    @invariant()
    def lo_cerrado_que_cambio_se_nombra_y_solo_eso(self) -> None:
        if not hasattr(self, "libro"):
            return
        libro = leer_libro(self.libro)
        for periodo, cerrados in self.cerrados.items():
            hallados = [h for h in validar(libro, periodo) if h.regla == REGLA and es_de(h, periodo)]
            suyas = [lugar for lugar in LUGARES if lugar[0] in columnas_que_cuentan(periodo)]
            cambiadas = {lugar for lugar in suyas if cerrados[lugar] != self.valores[lugar]}
            assert {h.celda for h in hallados if h.celda} == cambiadas

    # --- How it is done

    def _con_corte(self, hacer: Callable[[], Edicion], paso: int) -> bool:
        """Carry out an edit in a process that dies at that step, if it has so many; whether it was carried out."""
        edicion = hacer()
        if not edicion:
            return True
        antes = self.libro.read_bytes()
        en_otro_proceso(entregar_y_morir_en_el_paso, str(self.libro), edicion, paso)
        return self.libro.read_bytes() != antes

    def _nada_se_perdio(self, copias: list[Copia], antes: Valores, reunion: Reunion) -> None:
        """Each edit of each copy is in the book, or is shown to people, or was in it and was corrected since."""
        pendientes = mostrados(reunion)
        decididos = {dicha(p) for conflicto in reunion.fusion.decididos for p in conflicto.propuestas}
        for lugar in LUGARES:
            propuestos = {c.actual[lugar] for c in copias if c.actual[lugar] != c.inicial[lugar]}
            ahora = self.valores[lugar]
            assert ahora == antes[lugar] or ahora in propuestos  # nobody else's idea
            periodo = I_2025 if lugar[0] == "I" else II_2025
            if no_se_toca(periodo, self.cerrados):
                assert ahora == antes[lugar]
        for copia in copias:
            for lugar in LUGARES:
                valor = copia.actual[lugar]
                llegado = copia.llegado.get(lugar, copia.inicial[lugar])
                if valor == llegado or (valor == copia.inicial[lugar] and antes[lugar] != llegado):
                    continue  # nothing new, or taken back when it was not in the book any more
                if (copia.ruta.name, lugar, valor) in decididos:
                    copia.llegado[lugar] = valor  # a person has said what counts
                elif self.valores[lugar] != valor:
                    assert (copia.ruta.name, lugar, valor) in pendientes
                elif (
                    antes[lugar] != valor
                ):  # else it was there already, by somebody else, and this copy brought nothing
                    copia.llegado[lugar] = valor


def no_se_toca(periodo: Periodo, cerrados: Collection[Periodo]) -> bool:
    """Whether a period is closed, or rests in a year that is."""
    return periodo in cerrados or periodo.siguiente in cerrados


def mostrados(reunion: Reunion) -> set[tuple[str, str, object]]:
    """What a merge shows to people: copy, cell of the copy, value."""
    conflictos = (dicha(p) for conflicto in reunion.fusion.conflictos for p in conflicto.propuestas)
    return {*conflictos, *map(dicha, reunion.fusion.no_traidos)}


def dicha(una: Propuesta | NoTraido) -> tuple[str, str, object]:
    return una.copia, una.celda.referencia if una.celda else "", una.valor


def valores_de(libro: Libro) -> Valores:
    """The values obtained, by cell."""
    valores: Valores = {}
    for periodo, columna in COLUMNAS.items():
        for codigo, fila in FILAS.items():
            contenido = libro.contenido(libro.tabla.hoja.celda(fila, ord(columna) - 64))
            assert contenido is None or isinstance(contenido, float), (codigo, periodo)
            valores[f"{columna}{fila}"] = contenido
    return valores


def pedido(lugar: str, numero: float | None) -> Pedido:
    codigo = next(c for c, fila in FILAS.items() if fila == int(lugar[1:]))
    return Pedido(codigo, "" if numero is None else f"{numero:g}")


def escribir_a_mano(ruta: Path, lugar: str, numero: float | None) -> None:
    libro = openpyxl.load_workbook(ruta)
    libro["Seguimiento"][lugar] = numero
    libro.save(ruta)


def columnas_que_cuentan(periodo: Periodo) -> str:
    return "IJ" if periodo.cierra_anio else "I"


def es_de(hallazgo: Hallazgo, periodo: Periodo) -> bool:
    return f"se cerró {periodo} con" in hallazgo.mensaje or f"cuando se cerró {periodo}." in hallazgo.mensaje


Semestre.TestCase.settings = settings(
    max_examples=60, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
TestSemestre = Semestre.TestCase
