"""Any plan, written in each of the three layouts, reads back as the same plan."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.formas import JUNTO, Cuadro, anexo, dicho, escribir, matriz, matriz_por_columnas, plana
from tests.planes import I_2025, II_2025
from zedxl.libro.bloques.bloque import Forma
from zedxl.libro.lectura import leer_libro
from zedxl.plan import AEI, OEI, Dato, Entidad, Indicador, Plan
from zedxl.vocabulario import Agregacion, Relevancia, Sentido

ANIOS = (2024, 2025, 2026)
cantidades = st.one_of(st.none(), st.integers(0, 9_999).map(float), st.integers(0, 999).map(lambda n: n / 4))
uniones = st.sampled_from([" ", ": ", " - ", ".- ", "\n", " – ", ". "])
"""What stands between a code and its name where both are in one cell."""
despacio = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@st.composite
def indicadores(draw: st.DrawFn, codigo: str, simple: bool) -> Indicador:
    campos: dict[str, Any] = {"metas": {a: Dato(draw(cantidades)) for a in ANIOS},
                              "valores": {p: Dato(draw(cantidades)) for p in (I_2025, II_2025)}}  # fmt: skip
    if simple:  # what a matrix can say
        campos = {"metas": {2025: campos["metas"][2025]}, "valores": {I_2025: campos["valores"][I_2025]}}
    else:
        campos |= {
            "codigo": codigo, "relevancia": draw(st.one_of(st.none(), st.sampled_from(Relevancia))),
            "sentido": draw(st.sampled_from([Sentido.ASCENDENTE, Sentido.DESCENDENTE])),
            "agregacion": draw(st.sampled_from(Agregacion)), "linea_base": Dato(draw(cantidades)),
            "linea_base_anio": draw(st.one_of(st.none(), st.integers(2015, 2024))),
        }  # fmt: skip
    return Indicador(
        nombre=f"Número de cosas de la clase {codigo[4:]}", unidad=draw(st.sampled_from(["%", "Acciones"])), **campos
    )


@st.composite
def planes(draw: st.DrawFn, simple: bool = False) -> Plan:
    varios = st.integers(1, 1 if simple else 3)
    oeis = []
    for o in range(1, draw(st.integers(1, 3)) + 1):
        aeis = []
        for a in range(1, draw(st.integers(1, 4)) + 1):
            suyos = [draw(indicadores(f"IND.{o:02d}.{a:02d}.{n:02d}", simple)) for n in range(1, draw(varios) + 1)]
            aeis.append(AEI(f"AEI.{o:02d}.{a:02d}", f"Acción {o}.{a} de todas", tuple(suyos)))
        propios = (draw(indicadores(f"IND.{o:02d}.{90 + o}", simple)),) if draw(st.booleans()) else ()
        oeis.append(OEI(f"OEI.{o:02d}", f"Objetivo {o}" if propios else "", propios, tuple(aeis)))
    return Plan(Entidad(), tuple(oeis))


@st.composite
def en_cualquier_lugar(draw: st.DrawFn, cuadro: Cuadro, titulos: int, cada: int) -> Cuadro:
    """The block somewhere in its sheet, with rows around and between its own that say nothing of the plan.

    ``titulos`` is how many rows of titles it has, ``cada`` after how many rows others may come.
    """
    filas = cuadro.filas[:titulos]
    datos = [cuadro.filas[n : n + cada] for n in range(titulos, len(cuadro.filas), cada)]
    for grupo in datos:
        filas = filas + grupo + draw(st.sampled_from([[], [], [], [[]], [["", "Total", 5]], cuadro.filas[:titulos]]))
    filas = filas + draw(st.sampled_from([[], [[], ["Fuente: unidades orgánicas"]], [["Total general", None, 7]]]))
    return Cuadro(filas, cuadro.combinadas).movido(draw(st.integers(0, 4)), draw(st.integers(0, 3)))


def comprobar(cuadro: Cuadro, plan: Plan, forma: Forma) -> None:
    with tempfile.TemporaryDirectory() as carpeta:
        libro = leer_libro(escribir(Path(carpeta, "libro.xlsx"), Portada=Cuadro([["Hola"]]), Datos=cuadro))
    assert [bloque.forma for bloque in libro.bloques] == [forma]
    assert libro.plan.hallazgos == ()
    assert dicho(libro.plan) == dicho(plan)


def sin_orden(plan: Plan) -> list[Any]:
    """What a plan says, in whichever order its rows stand."""
    return sorted((codigo, nombre, sorted(suyos, key=str)) for codigo, nombre, suyos in dicho(plan))


@despacio
@given(planes(), st.data())
def test_flat(plan: Plan, data: st.DataObject) -> None:
    columnas = ["Código", "Denominación", "Código del indicador", "Indicador", "Unidad de medida", "Sentido esperado",
                "Relevancia", "Tipo de agregación", "Línea base Valor", "Línea base Año", "Comentarios"]  # fmt: skip
    columnas += [f"Logro esperado {anio}" for anio in ANIOS]
    columnas += [f"2025-Semestre {s} Valor obtenido" for s in ("I", "II")]
    if data.draw(st.booleans(), "code and name of the AEI in one cell"):
        columnas[:2] = [JUNTO]
    if data.draw(st.booleans(), "code and name of the indicator in one cell"):
        columnas.remove("Código del indicador")
    cuadro = plana(plan, data.draw(st.permutations(columnas)), data.draw(uniones))
    comprobar(data.draw(en_cualquier_lugar(cuadro, 1, 1)), plan, Forma.PLANA)


@despacio
@given(planes(), st.data(), st.booleans(), st.booleans())
def test_annex(plan: Plan, data: st.DataObject, en_la_aei: bool, pegado: bool) -> None:
    grupos: list[list[tuple[str, ...]]] = [[("Código",)], [("Denominación",)], [("Relevancia",)], [("Sentido esperado",)], [("Tipo de agregación",)],
              [("Unidad de medida",)], [("Línea base", "Valor"), ("Línea base", "Año")],
              [("Logro esperado", str(anio)) for anio in ANIOS],
              [("2025-Semestre I", "Valor obtenido"), ("2025-Semestre I", "Avance")],
              [("2025-Semestre II", "Valor obtenido"), ("2025-Semestre II", "Avance")]]  # fmt: skip
    if data.draw(st.booleans(), "code and name in one cell"):
        grupos[:2] = [[(JUNTO,)]]
    ordenados = [
        columna for grupo in data.draw(st.permutations(grupos)) for columna in data.draw(st.permutations(grupo))
    ]
    cuadro = anexo(plan, ordenados, en_la_aei=en_la_aei, union=data.draw(uniones))
    filas_por_aei = len(cuadro.filas)  # rows in between would part an AEI from its indicators
    colocado = data.draw(en_cualquier_lugar(cuadro, 2, filas_por_aei))
    comprobar(colocado.en_texto() if pegado else colocado, plan, Forma.ANEXO)


@despacio
@given(planes(simple=True), st.data(), st.booleans())
def test_matrix(plan: Plan, data: st.DataObject, en_la_celda: bool) -> None:
    de_que = data.draw(st.sampled_from([["Cód", "Descripción"], [JUNTO]]))
    columnas = data.draw(st.permutations([*de_que, "U. Medida", "Semest.", "Acum."]))
    cuadro = matriz(plan, I_2025, columnas, en_la_celda=en_la_celda, union=data.draw(uniones))
    comprobar(data.draw(en_cualquier_lugar(cuadro, 2, 2)), plan, Forma.MATRIZ)


@despacio
@given(planes(simple=True), st.data(), st.booleans())
def test_matrix_with_a_column_for_each_year_and_period(plan: Plan, data: st.DataObject, por_semestres: bool) -> None:
    """With the year's own column, those of its semesters have the targets of these; else Progr stands under no period."""

    def datos(*cuando: Any) -> dict[Any, Dato]:
        return {c: Dato(data.draw(cantidades)) for c in cuando}

    plan = plan.con_indicadores(
        lambda i: i._replace(metas=datos(*ANIOS), valores=datos(I_2025, II_2025),
                          metas_semestre=datos(I_2025, II_2025) if por_semestres else {})
    )  # fmt: skip
    textos = data.draw(st.permutations(["Cód", "Descripción", "U. Medida", "Semest."]))
    cuadro = matriz_por_columnas(plan, textos, data.draw(st.permutations([*ANIOS, I_2025, II_2025])))
    comprobar(data.draw(en_cualquier_lugar(cuadro, 2, 2)), plan, Forma.MATRIZ)


@despacio
@given(planes(), st.data())
def test_two_flat_tables_side_by_side(plan: Plan, data: st.DataObject) -> None:
    """What is planned and what was reached, in tables of their own whose rows are not those of the other."""
    claves = ["Código", "Código del indicador"]
    de_metas = [*claves, "Denominación", "Indicador", "Unidad de medida", "Sentido esperado", "Relevancia",
                "Tipo de agregación", "Línea base Valor", "Línea base Año"]  # fmt: skip
    de_metas += [f"Logro esperado {anio}" for anio in ANIOS]
    de_valores = [*claves, *(f"2025-Semestre {s} Valor obtenido" for s in ("I", "II"))]
    metas, valores = (plana(plan, data.draw(st.permutations(columnas))) for columnas in (de_metas, de_valores))
    valores.filas[1:] = data.draw(st.permutations(valores.filas[1:]))
    izquierda, derecha = data.draw(st.permutations([metas, valores]))
    mas_abajo = data.draw(st.integers(1, 6))  # in the same rows they may be alike by chance, which is one table
    cuadro = izquierda.junto_a(derecha, separadas=data.draw(st.integers(1, 3)), mas_abajo=mas_abajo)
    if data.draw(st.booleans()):
        cuadro = derecha.movido(mas_abajo, 0).junto_a(izquierda)
    with tempfile.TemporaryDirectory() as carpeta:
        libro = leer_libro(escribir(Path(carpeta, "libro.xlsx"), Datos=cuadro))
    assert libro.plan.hallazgos == ()
    assert sin_orden(libro.plan) == sin_orden(plan)


@despacio
@given(planes(simple=True), st.data(), st.booleans())
def test_a_matrix_beside_a_flat_table(plan: Plan, data: st.DataObject, en_la_celda: bool) -> None:
    """The flat table has the sentido, the matrix all else; what both say is alike."""
    # a column without a title and without any number is no column of the matrix
    assume(any(d.valor is not None for i in plan.indicadores for d in (i.meta(2025), i.valor(I_2025))))
    de_que = data.draw(st.sampled_from([["Código"], [JUNTO]]))
    tabla = plana(plan, data.draw(st.permutations([*de_que, "Sentido esperado", "Logro esperado 2025"])))
    de_matriz = data.draw(st.permutations(["Cód", "Descripción", "U. Medida", "Semest."]))
    cuadro = tabla.junto_a(matriz(plan, I_2025, de_matriz, en_la_celda=en_la_celda),
                           mas_abajo=data.draw(st.integers(0, 5)))  # fmt: skip
    with tempfile.TemporaryDirectory() as carpeta:
        libro = leer_libro(escribir(Path(carpeta, "libro.xlsx"), Datos=cuadro))
    assert [bloque.forma for bloque in libro.bloques] == [Forma.PLANA, Forma.MATRIZ]
    assert libro.plan.hallazgos == ()
    assert sin_orden(libro.plan) == sin_orden(plan)
