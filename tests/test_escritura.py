"""What people type: períodos, codes, keywords and numbers (SPEC 1, 4.3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zedxl.codigo import normalizar
from zedxl.medida import DatoInvalido
from zedxl.numero import NumeroAmbiguo, con_decimales, leer_numero, tal_cual
from zedxl.periodo import Periodo
from zedxl.texto import limpio
from zedxl.vocabulario import Agregacion, MetodoPEI, Palabra, Ponderacion, Prioridad, Relevancia, Sentido, SinDato, Tipo


@pytest.mark.parametrize(
    "escrito",
    ["2025-I", "2025-1", "2025 I", "I-2025", "2025-Semestre I", "Semestre I 2025", "2025 - i", "I Semestre 2025",
     "Primer semestre de 2025", "2025/1", "2025 sem. 1", "S1 2025", "  2025-i "],
)  # fmt: skip
def test_the_first_semester_of_2025(escrito: str) -> None:
    assert Periodo.leer(escrito) == Periodo(2025, 1)


@pytest.mark.parametrize("escrito", ["2025-II", "2025-2", "II-2025", "Segundo semestre 2025", "2025-Semestre II"])
def test_the_second_semester_of_2025(escrito: str) -> None:
    assert Periodo.leer(escrito) == Periodo(2025, 2)


@pytest.mark.parametrize(
    "escrito", ["", "2025", "2025-III", "2025-0", "2025-12", "1-1", "I", "enero 2025", "2025-I-II", "1925-I", "20251"]
)
def test_no_periodo(escrito: str) -> None:
    with pytest.raises(DatoInvalido, match="no es un período"):
        Periodo.leer(escrito)


@given(st.integers(2000, 2099), st.sampled_from([1, 2]))
def test_a_periodo_reads_what_it_writes(anio: int, semestre: int) -> None:
    assert Periodo.leer(str(Periodo(anio, semestre))) == Periodo(anio, semestre)


@pytest.mark.parametrize(
    ("escrito", "codigo"),
    [
        ("OEI 1.", "OEI.01"), ("oei.1", "OEI.01"), ("OEI.01", "OEI.01"), ("OEI 01:", "OEI.01"), ("OEI1", "OEI.01"),
        ("AEI 1.2:", "AEI.01.02"), ("aei.01.02", "AEI.01.02"), ("AEI-3-10", "AEI.03.10"), ("AEI.12.100", "AEI.12.100"),
        ("IND 1.2.3", "IND.01.02.03"), ("IND.01.02", "IND.01.02"),
    ],
)  # fmt: skip
def test_codes_have_one_form(escrito: str, codigo: str) -> None:
    assert normalizar(escrito) == codigo


@pytest.mark.parametrize("escrito", ["", "OEI", "AEI 1", "OEI 1.2", "AEI 1.2.3", "AO 1.2", "AEI.x.y", "1.2", "Total"])
def test_no_code(escrito: str) -> None:
    with pytest.raises(DatoInvalido, match="no es un código"):
        normalizar(escrito)


@pytest.mark.parametrize(
    ("escrito", "palabra"),
    [
        ("ASCENDENTE", Sentido.ASCENDENTE), (" descendente", Sentido.DESCENDENTE), ("No  Definido", Sentido.NO_DEFINIDO),
        ("acumulada", Agregacion.ACUMULADO), ("NO ACUMULADO", Agregacion.NO_ACUMULADO),
        ("Muy Relevante-1", Relevancia.MUY_RELEVANTE), ("2", Relevancia.RELEVANTE), ("Relevante-2", Relevancia.RELEVANTE),
        ("Prioridad media", Prioridad.MEDIA), ("Muy alta prioridad", Prioridad.MUY_ALTA), ("1", Prioridad.MUY_ALTA),
        ("tipo ii", Tipo.II), ("II", Tipo.II), ("Cero", SinDato.CERO), ("peso", Ponderacion.PESO), ("oei", MetodoPEI.OEI),
    ],
)  # fmt: skip
def test_keywords(escrito: str, palabra: Palabra) -> None:
    assert type(palabra).leer(escrito) is palabra


@pytest.mark.parametrize("clase", [Sentido, Agregacion, Relevancia, Prioridad, Tipo, SinDato, Ponderacion, MetodoPEI])
def test_an_unknown_keyword_names_the_known_ones(clase: type[Palabra]) -> None:
    with pytest.raises(DatoInvalido) as error:
        clase.leer("zzz")
    assert all(palabra.value in str(error.value) for palabra in clase)


@pytest.mark.parametrize(
    ("celda", "numero"),
    [
        (12, 12), (12.5, 12.5), ("12", 12), ("12.5", 12.5), ("12,5", 12.5), ("25%", 25), ("25 %", 25), ("12,5%", 12.5),
        ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("1.234.567", 1234567), ("1,234,567", 1234567), ("1 234 567", 1234567),
        ("1.234.567,8", 1234567.8), ("1,234,567.8", 1234567.8), ("-3", -3), ("+3", 3), ("-1,5", -1.5), (".5", 0.5),
        ("12.3456", 12.3456), ("0", 0), (" 7 ", 7), ("1 234,5", 1234.5),
    ],
)  # fmt: skip
def test_numbers(celda: object, numero: float) -> None:
    assert leer_numero(celda) == pytest.approx(numero, abs=1e-12)


@pytest.mark.parametrize("celda", [None, "", " ", "N/D", "n/d", "ND", "-", "—", "–", "N/P"])
def test_empties(celda: object) -> None:
    assert leer_numero(celda) is None


@pytest.mark.parametrize("celda", ["1.234", "1,234", "-1.234", "12.345", "123,456", "1.234%", "1234.567", "0,125"])
def test_one_separator_and_three_digits_is_a_question(celda: str) -> None:
    with pytest.raises(NumeroAmbiguo):
        leer_numero(celda)


@pytest.mark.parametrize(
    "celda",
    ["doce", "12 personas", "1.2.3", "1,2,3", "12,34,567", "1.23.456,7", "--3", "3-", "%", "1e5", "S/ 12", "=1+1", True,
     float("nan"), float("inf"), object(), "1.234.56", "١٢", "12..5", "1.234,567.8"],
)  # fmt: skip
def test_no_number(celda: object) -> None:
    with pytest.raises(DatoInvalido) as error:
        leer_numero(celda)
    assert not isinstance(error.value, NumeroAmbiguo)


@given(st.text(max_size=12))
def test_any_text_is_a_number_nothing_or_refused(texto: str) -> None:
    try:
        numero = leer_numero(texto)
    except DatoInvalido:
        return
    assert numero is None or isinstance(numero, float)


@given(st.decimals(-(10**9), 10**9, places=2, allow_nan=False))
def test_a_printed_number_reads_back(numero) -> None:  # type: ignore[no-untyped-def]
    impreso = con_decimales(float(numero))
    assert leer_numero(impreso) == pytest.approx(float(numero), abs=1e-9)


@pytest.mark.parametrize(
    ("valor", "impreso"),
    [(88.333333, "88.33"), (2 / 3 * 100, "66.67"), (3.125, "3.13"), (0.005, "0.01"), (100, "100.00"), (None, "N/D"),
     (1.005, "1.01"), (1234567.891, "1,234,567.89"), (-0.004, "0.00"), (99.995, "100.00")],
)  # fmt: skip
def test_two_decimals_as_the_spreadsheet_shows_them(valor: float | None, impreso: str) -> None:
    assert con_decimales(valor) == impreso


@pytest.mark.parametrize(
    ("valor", "impreso"), [(3.0, "3"), (0.1, "0.1"), (1e6, "1,000,000"), (0.0, "0"), (100.0, "100"), (None, "N/D")]
)
def test_no_more_decimals_than_there_are(valor: float | None, impreso: str) -> None:
    assert tal_cual(valor) == impreso


@given(st.text())
def test_cleaned_text_can_stand_in_xml(texto: str) -> None:
    from xml.etree import ElementTree as ET

    assert ET.fromstring(ET.tostring(_elemento(limpio(texto)))).text == (limpio(texto) or None)


def _elemento(texto: str):  # type: ignore[no-untyped-def]
    from xml.etree import ElementTree as ET

    elemento = ET.Element("a")
    elemento.text = texto
    return elemento
