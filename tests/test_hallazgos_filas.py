"""Shifted rows: found in the annex as ZED ILO printed it, none in the corrected one."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl

from tests.planes import I_2025, aei, indicador, oei, plan
from zedxl.evaluacion import evaluar
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.hallazgos import filas_corridas
from zedxl.hallazgos.registro import una_vez
from zedxl.libro.lectura import leer_libro
from zedxl.numero import leer_numero
from zedxl.plan import AEI, Celda, Dato, Indicador, Plan
from zedxl.validacion import validar

CASOS = Path(__file__).with_name("casos")
CORREGIDAS = {"AEI.01.01", "AEI.01.03", "AEI.02.01", "AEI.02.04", "AEI.03.01", "AEI.03.02"}
"""Those whose printed rows the reconciled annex corrects."""


def anexo(nombre: str) -> Plan:
    """The plan that an annex says, each AEI with what its own row says."""
    with (CASOS / nombre).open(encoding="utf-8") as archivo:
        filas = [(n, fila) for n, fila in enumerate(csv.DictReader(archivo), 2)]
    aeis: dict[str, list[AEI]] = {}
    for (n, de_aei), (m, de_ind) in zip(filas[::2], filas[1::2], strict=True):
        codigo = de_aei["Código"]
        propia, de_su_indicador = _indicador(n, de_aei), _indicador(m, de_ind)
        una = AEI(codigo, de_aei["Denominación"], (de_su_indicador,), filas=(propia, de_su_indicador))
        aeis.setdefault(f"OEI.{codigo[4:6]}", []).append(una)
    return plan(*(oei(codigo, *suyas) for codigo, suyas in aeis.items()))


def _indicador(fila: int, dichos: dict[str, str]) -> Indicador:
    return Indicador(
        dichos["Denominación"],
        codigo=dichos["Código"] if dichos["Código"].startswith("IND") else "",
        linea_base=Dato(leer_numero(dichos["LB Valor"])),
        metas={anio: Dato(leer_numero(dichos[str(anio)])) for anio in (2024, 2025, 2026)},
        valores={I_2025: Dato(leer_numero(dichos["Valor obtenido 2025-I"]), Celda("Anexo", fila, 11))},
    )


def corridas(revisado: Plan) -> Iterator[Hallazgo]:
    evaluacion = evaluar(revisado, I_2025)
    return una_vez((*filas_corridas.corridas(evaluacion), *filas_corridas.repetidas(evaluacion)))


def test_the_printed_annex_shows_every_row_that_the_reconciled_one_corrects() -> None:
    hallados = {h.codigo for h in corridas(anexo("anexo_impreso.csv"))}
    assert hallados >= CORREGIDAS
    # the neighbours whose numbers those rows carry are named with them, and nobody else is
    assert hallados - CORREGIDAS == {"AEI.01.02", "AEI.02.02", "AEI.03.03"}


def test_each_of_them_says_what_is_odd_and_where() -> None:
    mensajes = {(h.codigo, h.celda): h.mensaje for h in corridas(anexo("anexo_impreso.csv"))}
    assert mensajes["AEI.01.01", "K3"] == "Los datos de la fila de IND.01.01.01 son los de AEI.01.02."
    assert mensajes["AEI.01.03", "K6"].endswith("y el mismo valor que IND.01.01.01 (Anexo!K3), AEI.01.02 (Anexo!K4).")
    assert mensajes["AEI.02.04", "K15"] == (
        "Los datos de la fila de IND.01.02.04 no son los suyos, y más abajo hay una fila repetida."
    )
    assert mensajes["AEI.03.01", "K16"].startswith("AEI.03.01 está entre AEI.02.04, cuyas filas no coinciden,")


def test_the_corrected_annex_has_none() -> None:
    assert list(corridas(anexo("anexo_corregido.csv"))) == []


def test_the_rows_of_indicators_alone_show_those_that_are_repeated() -> None:
    impreso = anexo("anexo_impreso.csv")
    llano = replace(
        impreso,
        oeis=tuple(replace(o, aeis=tuple(a._replace(filas=()) for a in o.aeis)) for o in impreso.oeis),
    )
    assert {h.codigo for h in corridas(llano)} == {
        "AEI.01.01", "AEI.01.02", "AEI.01.03", "AEI.02.01", "AEI.02.02", "AEI.03.02", "AEI.03.03",
    }  # fmt: skip


def severidades(*indicadores: Indicador) -> list[str]:
    suyas = [aei(f"AEI.01.{n:02d}", uno) for n, uno in enumerate(indicadores, 1)]
    return [str(h.severidad) for h in corridas(plan(oei("OEI.01", *suyas)))]


def test_equal_rows_of_one_number_everywhere_are_only_a_note() -> None:
    assert severidades(indicador(1, 1), indicador(1, 1)) == ["nota"] * 2
    assert severidades(indicador(4, 1), indicador(4, 1)) == ["advertencia"] * 2


def test_rows_are_equal_only_with_the_baseline_and_a_value() -> None:
    con_base = indicador(4, 1)._replace(linea_base=Dato(2.0))
    assert severidades(indicador(4, 1), con_base) == []
    assert severidades(indicador(4), indicador(4)) == []
    assert severidades(indicador(None, 1), indicador(None, 1)) == []


def test_equal_rows_of_two_objectives_or_of_one_action_are_nothing_odd() -> None:
    igual = indicador(4, 1)
    de_dos = plan(oei("OEI.01", aei("AEI.01.01", igual)), oei("OEI.02", aei("AEI.02.01", igual)))
    de_una = plan(oei("OEI.01", aei("AEI.01.01", igual, igual._replace(codigo="IND.01.01.02"))))
    assert list(corridas(de_dos)) == list(corridas(de_una)) == []


class TestTheAnnexAsABook:
    """Read as an institution has it: two rows of titles, groups merged, an AEI row above that of its indicator."""

    def libro(self, carpeta: Path, caso: str) -> list[Hallazgo]:
        libro = openpyxl.Workbook()
        hoja = libro.active
        hoja.title = "Anexo"
        hoja.append(["Código", "Denominación", "Relevancia", "Sentido Esperado", "Tipo de Agregación", "Línea Base", None,
                     "Logro esperado", None, None, "2025-Semestre I"])  # fmt: skip
        hoja.append([*[None] * 5, "Valor", "Año", "2024", "2025", "2026", "Valor obtenido", "Avance"])
        for area in ("F1:G1", "H1:J1", "K1:L1"):
            hoja.merge_cells(area)
        with (CASOS / caso).open(encoding="utf-8") as archivo:
            for fila in list(csv.reader(archivo))[1:]:
                hoja.append(fila)
        libro.save(carpeta / "anexo.xlsx")
        return list(validar(leer_libro(carpeta / "anexo.xlsx"), I_2025))

    def test_as_printed_shows_every_row_that_the_reconciled_one_corrects(self, tmp_path: Path) -> None:
        hallados = self.libro(tmp_path, "anexo_impreso.csv")
        assert {h.codigo for h in hallados if h.regla in ("fila-corrida", "fila-repetida")} >= CORREGIDAS
        assert {h.codigo for h in hallados if h.severidad is Severidad.ERROR} == {"AEI.01.01", "AEI.02.01", "AEI.02.04"}

    def test_corrected_has_none_of_those(self, tmp_path: Path) -> None:
        hallados = self.libro(tmp_path, "anexo_corregido.csv")
        assert [(h.regla, h.codigo) for h in hallados] == [
            ("valor-desproporcionado", "AEI.02.01"), ("sin-narrativa", "PEI"),
        ]  # fmt: skip
