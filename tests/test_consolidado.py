"""Many books become one table: its rows, its numbers, and what is said of each book."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.consolidados import hoja, libro_de
from tests.conversion import guardado_por_libreoffice
from tests.ediciones import AHORA, ANA, I_2025, aplicada, escrito
from tests.libros import LIBRO_ZED_ILO
from zedxl.consolidado import consolidar, libro
from zedxl.consolidado.consolidacion import Pedido, entregar
from zedxl.consolidado.ficha import Cifras, Ficha, FichaDanada, Momento, Renglon, Suerte, desempaquetar, leer_ficha
from zedxl.consolidado.filas import COLUMNAS, filas_de
from zedxl.consolidado.resultado import reunir
from zedxl.consolidado.resumen import como_json, desde_json, resumida
from zedxl.errores import ErrorExplicado
from zedxl.evaluacion import evaluar
from zedxl.hallazgo import Severidad
from zedxl.libro.lectura import leer_libro
from zedxl.libro.paquete import Paquete
from zedxl.validacion import validar


def ficha(ruta: Path) -> Ficha:
    return leer_ficha(Paquete(ruta), ruta.name, "sha")


def de_uno(tabla: pd.DataFrame, codigo: str, columna: str) -> Any:
    (valor,) = tabla.loc[tabla["codigo"] == codigo, columna]
    return valor


class TestTabla:
    def test_one_row_per_institution_oei_and_aei_with_the_numbers_of_the_book(self, tmp_path: Path) -> None:
        libro_de(tmp_path / "Lima.xlsx", "Municipalidad de Lima")
        tabla = consolidar(tmp_path)
        assert list(tabla.columns) == [columna.nombre for columna in COLUMNAS]
        assert tabla[["nivel", "codigo", "oei"]].fillna("").values.tolist() == [
            ["PEI", "PEI", ""], ["OEI", "OEI.01", "OEI.01"], ["AEI", "AEI.01.01", "OEI.01"],
            ["AEI", "AEI.01.02", "OEI.01"], ["OEI", "OEI.02", "OEI.02"], ["AEI", "AEI.02.01", "OEI.02"],
        ]  # fmt: skip
        # 2 of 4 and 8 of 8 in OEI.01, 1 of 5 in OEI.02; half the year has passed
        assert [de_uno(tabla, f"AEI.{a}", "avance") for a in ("01.01", "01.02", "02.01")] == [50, 100, 20]
        assert [de_uno(tabla, c, "puntaje") for c in ("OEI.01", "OEI.02")] == [75, 20]
        assert round(de_uno(tabla, "PEI", "puntaje"), 2) == 56.67
        assert [de_uno(tabla, f"AEI.{a}", "ritmo") for a in ("01.01", "01.02", "02.01")] == [100, 100, 40]
        assert [de_uno(tabla, f"AEI.{a}", "critica") for a in ("01.01", "01.02", "02.01")] == [False, False, True]
        assert [de_uno(tabla, f"AEI.{a}", "estado") for a in ("01.01", "01.02", "02.01")] == [
            "En proceso", "Cumplida", "Crítica",
        ]  # fmt: skip
        assert de_uno(tabla, "AEI.02.01", "motivo") == "ritmo menor que 75"
        assert [de_uno(tabla, "AEI.01.01", c) for c in ("programado", "ejecutado", "unidad")] == [4, 2, "Cosas"]
        assert set(tabla["entidad"]) == {"Municipalidad de Lima"}
        assert set(tabla["periodo"]) == {"2025-I"}
        assert set(tabla["cobertura"].dropna()) == {100}

    def test_every_periodo_with_values_has_its_rows(self, tmp_path: Path) -> None:
        escrito(libro_de(tmp_path / "a.xlsx", "A"), J3=4)
        tabla = consolidar(tmp_path)
        avances = tabla.loc[tabla["codigo"] == "AEI.01.01", ["periodo", "avance"]].values.tolist()
        assert avances == [["2025-I", 50], ["2025-II", 100]]
        assert len(tabla) == 2 * 6

    def test_the_published_numbers_come_out_of_the_shipped_book(self, tmp_path: Path) -> None:
        (tmp_path / "ZED ILO.xlsm").write_bytes(LIBRO_ZED_ILO.read_bytes())
        tabla = consolidar(tmp_path)
        assert [round(de_uno(tabla, f"OEI.0{n}", "puntaje"), 2) for n in (1, 2, 3)] == [88.89, 91.67, 83.33]
        assert round(de_uno(tabla, "PEI", "puntaje"), 2) == 88.33
        assert not tabla["critica"].any()

    def test_findings_are_counted_where_they_belong(self, tmp_path: Path) -> None:
        ruta = escrito(libro_de(tmp_path / "a.xlsx", "A"), I3="dos", J4=7)
        tabla = consolidar(tmp_path)
        primero = tabla[tabla["periodo"] == "2025-I"]
        assert de_uno(primero, "AEI.01.01", "errores") == 1
        assert de_uno(primero, "AEI.01.02", "errores") == 0
        segundo = tabla[tabla["periodo"] == "2025-II"]
        # AEI.02.01 has no value of its own in 2025-II: its 2025-I one is taken, and a warning says so
        assert (de_uno(primero, "AEI.02.01", "advertencias"), de_uno(segundo, "AEI.02.01", "advertencias")) == (0, 1)
        leido = leer_libro(ruta)
        validados = [h.severidad for h in validar(leido, leido.plan.periodos_con_valor[-1])]
        assert de_uno(segundo, "PEI", "errores") == validados.count(Severidad.ERROR)
        assert de_uno(segundo, "PEI", "advertencias") == validados.count(Severidad.ADVERTENCIA)

    def test_evaluations_that_are_at_hand_change_nothing_in_validating(self, tmp_path: Path) -> None:
        leido = leer_libro(escrito(libro_de(tmp_path / "a.xlsx"), I3="dos", J4=7))
        evaluadas = {periodo: evaluar(leido.plan, periodo) for periodo in leido.plan.periodos_con_valor}
        for periodo in evaluadas:
            assert validar(leido, periodo, evaluadas) == validar(leido, periodo)

    def test_a_book_without_any_value_is_a_row_that_says_so(self, tmp_path: Path) -> None:
        escrito(libro_de(tmp_path / "a.xlsx", "A"), **{f"I{n}": None for n in range(2, 7)})
        (fila,) = consolidar(tmp_path).to_dict("records")
        assert (fila["entidad"], fila["motivo"]) == ("A", "Ningún período tiene valores obtenidos.")
        assert pd.isna(fila["avance"])

    def test_a_file_that_cannot_be_read_is_a_row_that_says_why(self, tmp_path: Path) -> None:
        libro_de(tmp_path / "a.xlsx", "A")
        (tmp_path / "b.xlsx").write_bytes(b"no es un libro")
        tabla = consolidar(tmp_path)
        fila = tabla[tabla["archivo"] == "b.xlsx"].iloc[0]
        assert (fila["estado"], fila["motivo"]) == (
            "No se pudo leer",
            "b.xlsx no es un libro de Excel. Se esperaba un archivo .xlsx o .xlsm; en Excel, guárdelo así.",
        )
        assert tabla["puntaje"].mean() == pytest.approx((75 + 20 + 170 / 3) / 3)  # it does not disturb any sum

    def test_columns_have_their_types_even_when_nothing_could_be_read(self, tmp_path: Path) -> None:
        (tmp_path / "b.xlsx").write_bytes(b"")
        tipos = consolidar(tmp_path).dtypes
        assert (tipos["avance"], tipos["critica"], tipos["errores"]) == ("float64", "boolean", "Int64")


class TestInstituciones:
    def resultado(self, carpeta: Path) -> dict[str, Any]:
        entrega = entregar(Pedido(carpeta, carpeta / "salida.xlsx"))
        return {i.archivo: i for i in entrega.resultado.instituciones}

    def test_one_line_per_book(self, tmp_path: Path) -> None:
        libro_de(tmp_path / "a.xlsx", "Municipalidad A")
        (una,) = self.resultado(tmp_path).values()
        assert una[1:4] == ("Municipalidad A", "2024-2026", "2025-I")
        assert (round(una.puntaje, 2), una.cobertura, una.aei, una.criticas, una.errores, una.observacion) == (
            56.67, 100, 3, 1, 0, "",
        )  # fmt: skip

    def test_two_books_of_one_institution_stay_and_it_is_said(self, tmp_path: Path) -> None:
        libro_de(tmp_path / "a.xlsx", "Municipalidad Á")
        escrito(libro_de(tmp_path / "norte" / "b.xlsx", "MUNICIPALIDAD A"), I3=3)
        libro_de(tmp_path / "otro plan.xlsx", "Municipalidad Á", "2027-2029")
        notas = {archivo: i.observacion for archivo, i in self.resultado(tmp_path).items()}
        assert notas == {
            "a.xlsx": "La misma entidad con el mismo PEI está también en norte/b.xlsx: quite el que no valga.",
            "norte/b.xlsx": "La misma entidad con el mismo PEI está también en a.xlsx: quite el que no valga.",
            "otro plan.xlsx": "",
        }

    def test_the_same_file_twice_is_said_to_be_that(self, tmp_path: Path) -> None:
        contenido = libro_de(tmp_path / "a.xlsx", "A").read_bytes()
        for otro in "bcde":
            (tmp_path / f"{otro}.xlsx").write_bytes(contenido)
        notas = {archivo: i.observacion for archivo, i in self.resultado(tmp_path).items()}
        assert notas["a.xlsx"] == "Es idéntico a b.xlsx, c.xlsx, d.xlsx y 1 más: quite el que sobre."

    def test_books_that_do_not_say_whose_they_are_are_not_taken_for_one_institution(self, tmp_path: Path) -> None:
        libro_de(tmp_path / "a.xlsx")
        escrito(libro_de(tmp_path / "b.xlsx"), I3=3)
        notas = {i.observacion for i in self.resultado(tmp_path).values()}
        assert notas == {"El libro no dice de qué entidad es: escríbalo en su hoja Parámetros."}


class TestLibro:
    @pytest.fixture
    def escrito_en(self, tmp_path: Path) -> Path:
        libro_de(tmp_path / "libros" / "a.xlsx", "Municipalidad & <A>")
        (tmp_path / "libros" / "roto.xlsx").write_bytes(b"PK\x03\x04")
        entregar(Pedido(tmp_path / "libros", tmp_path / "Consolidado.xlsx"))
        return tmp_path / "Consolidado.xlsx"

    def test_it_says_the_same_as_the_table(self, escrito_en: Path) -> None:
        tabla, hojas = consolidar(escrito_en.parent / "libros"), hoja(escrito_en)
        assert list(hojas.columns) == [columna.titulo for columna in COLUMNAS]
        tabla["critica"] = tabla["critica"].map({True: "Sí", False: "No"})
        for columna in COLUMNAS:
            de_la_hoja = [None if pd.isna(v) else v for v in hojas[columna.titulo]]
            assert de_la_hoja == [None if pd.isna(v) else v for v in tabla[columna.nombre]]

    def test_each_sheet_is_a_table_with_fixed_titles_and_percentages_are_numbers(self, escrito_en: Path) -> None:
        libro = openpyxl.load_workbook(escrito_en)
        assert libro.sheetnames == ["Consolidado", "Instituciones", "No leídos"]
        assert [(h.freeze_panes, *dict(h.tables.items()).values()) for h in libro] == [
            ("B2", "A1:U8"), ("B2", "A1:K2"), ("B2", "A1:C2"),
        ]  # fmt: skip
        avance = libro["Consolidado"]["M4"]
        assert (avance.value, avance.number_format) == (50, "0.00")
        assert libro["Consolidado"].dimensions == "A1:U8"

    def test_a_name_that_looks_like_a_formula_is_a_text_and_spaces_stay(self, tmp_path: Path) -> None:
        una = Ficha("=1+1.xlsx", Suerte.LEIDO, entidad="=2+2 & <A>", pei=" 2024 ")
        libro.escribir_libro(tmp_path / "t.xlsx", filas_de(una), 1, reunir([("", resumida(una))]))
        escrito = openpyxl.load_workbook(tmp_path / "t.xlsx")
        for nombre in ("Consolidado", "Instituciones"):
            celdas = escrito[nombre]["A2:C2"][0]
            assert [(c.value, c.data_type) for c in celdas] == [
                ("=1+1.xlsx", "s"), ("=2+2 & <A>", "s"), (" 2024 ", "s"),
            ]  # fmt: skip

    def test_what_was_not_read_has_its_sheet(self, escrito_en: Path) -> None:
        assert hoja(escrito_en, "No leídos").values.tolist() == [
            ["roto.xlsx", "No se pudo leer", "roto.xlsx está dañado o incompleto. Ábralo en Excel para repararlo, o busque "
             "una copia anterior."],
        ]  # fmt: skip

    def test_libreoffice_opens_it(self, escrito_en: Path, tmp_path: Path) -> None:
        convertido = guardado_por_libreoffice(escrito_en, tmp_path / "convertido")
        for nombre in ("Consolidado", "Instituciones", "No leídos"):
            pd.testing.assert_frame_equal(hoja(convertido, nombre), hoja(escrito_en, nombre), check_dtype=False)

    def test_more_rows_than_fit_on_a_sheet_go_on_another(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(libro, "MAX_FILAS", 4)
        libro_de(tmp_path / "a.xlsx", "A")
        libro_de(tmp_path / "b.xlsx", "B")
        entregar(Pedido(tmp_path, tmp_path / "salida.xlsx"))
        hojas = [hoja(tmp_path / "salida.xlsx", f"Consolidado{n}") for n in ("", " 2", " 3")]
        assert [len(h) for h in hojas] == [4, 4, 4]
        assert pd.concat(hojas)["Código"].tolist() == consolidar(tmp_path)["codigo"].dropna().tolist()

    def test_the_same_books_give_the_same_bytes(self, escrito_en: Path) -> None:
        antes = escrito_en.read_bytes()
        entrega = entregar(Pedido(escrito_en.parent / "libros", escrito_en, de_nuevo=True))
        assert (escrito_en.read_bytes(), entrega.anteriores) == (antes, ())

    def test_it_is_well_formed_and_each_cell_is_in_its_place(self, escrito_en: Path) -> None:
        with zipfile.ZipFile(escrito_en) as paquete:
            assert paquete.testzip() is None
            xml = paquete.read("xl/worksheets/sheet1.xml").decode()
        lugares = re.findall(r'<c r="([A-Z])(\d+)"', xml)
        assert lugares == sorted(lugares, key=lambda lugar: (int(lugar[1]), lugar[0]))


class TestParquet:
    def test_pandas_reads_from_it_what_consolidar_gives(self, tmp_path: Path) -> None:
        carpeta = tmp_path / "libros"
        escrito(libro_de(carpeta / "a.xlsx", "A"), I3=None)
        (carpeta / "b.xlsx").write_bytes(b"")
        entregar(Pedido(carpeta, tmp_path / "t.xlsx", tmp_path / "t.parquet"))
        leida, tabla = pd.read_parquet(tmp_path / "t.parquet"), consolidar(carpeta)
        assert list(leida.columns) == list(tabla.columns)
        for columna in tabla.columns:
            assert [v for v in leida[columna] if not pd.isna(v)] == [v for v in tabla[columna] if not pd.isna(v)]

    def test_without_pyarrow_it_says_how_to_install_it_before_reading_anything(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
        libro_de(tmp_path / "a.xlsx", "A")
        with pytest.raises(ErrorExplicado, match=r'pip install "zedxl\[parquet\]"'):
            entregar(Pedido(tmp_path, tmp_path / "t.xlsx", tmp_path / "t.parquet"))
        assert [ruta.name for ruta in tmp_path.iterdir()] == ["a.xlsx"]


textos = st.text(max_size=8)
numeros = st.none() | st.floats(allow_nan=False, allow_infinity=False)
fichas = st.builds(
    Ficha,
    archivo=textos, suerte=st.sampled_from(Suerte), motivo=textos, sha256=textos, entidad=textos, pei=textos,
    renglones=st.just((Renglon("PEI", "PEI"),)),
    momentos=st.lists(
        st.builds(Momento, textos, st.tuples(st.builds(
            Cifras, numeros, numeros, numeros, numeros, numeros, numeros, st.none() | st.booleans(),
            st.none() | textos, st.none() | textos, st.integers(0, 99), st.integers(0, 99),
        ))), max_size=3,
    ).map(tuple),
    errores=st.integers(0, 99), advertencias=st.integers(0, 99),
)  # fmt: skip


class TestFicha:
    @given(fichas)
    def test_it_comes_back_as_it_went(self, una: Ficha) -> None:
        assert desempaquetar(una.empaquetada()) == una

    @given(fichas)
    def test_it_says_how_many_rows_it_gives_and_each_has_all_columns(self, una: Ficha) -> None:
        filas = list(filas_de(una))
        assert len(filas) == una.filas
        assert {len(fila) for fila in filas} == {len(COLUMNAS)}

    @given(fichas)
    def test_it_in_short_comes_back_as_it_went(self, una: Ficha) -> None:
        assert desde_json(como_json(resumida(una))) == resumida(una)

    @given(st.binary(max_size=40))
    def test_anything_else_is_refused(self, datos: bytes) -> None:
        with pytest.raises(FichaDanada):
            desempaquetar(datos)
        with pytest.raises(FichaDanada):
            desde_json(datos.decode("latin-1"))

    def test_a_closed_periodo_that_changed_is_an_error_of_its_code(self, tmp_path: Path) -> None:
        from zedxl.semestre.cierre import cerrar

        ruta = libro_de(tmp_path / "a.xlsx", "A")
        leido = leer_libro(ruta)
        aplicada(leido, cerrar(leido, I_2025, ANA, ""))
        assert ANA.cuando == AHORA
        escrito(ruta, I3=4)
        assert ficha(ruta).errores > 0
