"""Books of any valid plan with any parameters: every formula carries the value that it evaluates to."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.motor_formulas import discrepancias
from tests.planes import I_2025, II_2025, aei, indicador, oei, plan
from zedxl.libro.construccion import construir
from zedxl.medida import DatoInvalido
from zedxl.parametros import Parametros
from zedxl.plan import AEI, OEI, Dato, Indicador, Plan
from zedxl.vocabulario import (
    Agregacion,
    Frecuencia,
    MetodoPEI,
    Ponderacion,
    Prioridad,
    Relevancia,
    Sentido,
    SinDato,
    Tipo,
)

cantidades = st.sampled_from([None, 0.0, 1.0, 2.0, 3.0, 5.0, 7.5, 10.0])
prioridades = st.one_of(st.none(), st.sampled_from(Prioridad))


@st.composite
def indicadores(draw: st.DrawFn, con_meta_de_semestre: bool) -> Indicador:
    campos: dict[str, Any] = {
        "sentido": draw(st.sampled_from(Sentido)),
        "agregacion": draw(st.sampled_from(Agregacion)),
        "frecuencia": draw(st.sampled_from(Frecuencia)),
        "relevancia": draw(st.one_of(st.none(), st.sampled_from(Relevancia))),
        "peso": draw(st.sampled_from([None, 1.0, 2.0])),
        "linea_base": Dato(draw(cantidades)),
        "nombre": f"Indicador {draw(st.integers(1, 10**6))}",
    }
    if campos["sentido"] is Sentido.NO_DEFINIDO:
        cotas = draw(st.sampled_from([(None, 5.0), (3.0, None), (2.0, 7.5), (5.0, 5.0), (0.0, 1.0)]))
        campos["minimo"], campos["maximo"] = map(Dato, cotas)
    if con_meta_de_semestre:
        campos["metas_semestre"] = {I_2025: Dato(draw(cantidades)), II_2025: Dato(draw(cantidades))}
    return indicador(draw(cantidades), draw(cantidades), draw(cantidades), **campos)


@st.composite
def acciones(draw: st.DrawFn, codigo: str, con_peso: bool, con_meta_de_semestre: bool) -> AEI:
    suyos = draw(st.lists(indicadores(con_meta_de_semestre), min_size=1, max_size=3))
    peso = draw(st.sampled_from([0.0, 1.0, 2.5])) if con_peso else None
    return aei(codigo, *suyos, peso=peso, prioridad=draw(prioridades))


@st.composite
def objetivos(draw: st.DrawFn, n: int, con_peso: bool, con_meta_de_semestre: bool) -> OEI:
    cuantas = draw(st.integers(1, 4))
    suyas = [draw(acciones(f"AEI.{n:02d}.{m:02d}", con_peso, con_meta_de_semestre)) for m in range(1, cuantas + 1)]
    assume(not con_peso or any(a.peso for a in suyas))  # weights that sum to 0 are an error of their own
    propios = draw(st.lists(indicadores(con_meta_de_semestre), max_size=2))
    return oei(f"OEI.{n:02d}", *suyas, indicadores=tuple(propios), prioridad=draw(prioridades))


@st.composite
def planes(draw: st.DrawFn) -> Plan:
    con_peso, con_meta_de_semestre = draw(st.booleans()), draw(st.booleans())
    parametros = Parametros(
        tipo=draw(st.sampled_from(Tipo)),
        tope=draw(st.booleans()),
        ponderacion=draw(st.sampled_from(Ponderacion)),
        sin_dato=draw(st.sampled_from(SinDato)),
        metodo_pei=draw(st.sampled_from(MetodoPEI)),
        prioridades_criticas=draw(st.sampled_from([(), (Prioridad.ALTA,), (Prioridad.MUY_ALTA, Prioridad.BAJA)])),
    )
    suyos = [draw(objetivos(n, con_peso, con_meta_de_semestre)) for n in range(1, draw(st.integers(1, 3)) + 1)]
    return replace(plan(*suyos), parametros=parametros)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(planes(), st.sampled_from([I_2025, II_2025]))
def test_every_formula_of_any_book_carries_its_value(azaroso: Plan, periodo: Any) -> None:
    with tempfile.TemporaryDirectory() as carpeta:
        libro = Path(carpeta, "libro.xlsx")
        try:
            construir(azaroso, periodo, libro)
        except DatoInvalido:  # a plan that makes no book
            return
        assert discrepancias(libro) == []
