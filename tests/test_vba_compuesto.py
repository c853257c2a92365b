"""Compound files, read back by two readers that share nothing with the writer."""

from __future__ import annotations

import struct

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyopenvba.cfb import CFB

from zedxl.vba.compuesto import Arbol, CompuestoImposible, escribir

SECTOR = 512
CORTE = 4096
# with no list beyond the header: 109 sectors of FAT, each with 128 numbers, that tell of themselves too
SECTORES_POSIBLES = 109 * 128 - 109
NOMBRES = st.text("abAB_xÑñ1", min_size=1, max_size=31)


def leer(archivo: bytes) -> olefile.OleFileIO:
    """Opened by olefile, for which the least doubt is an error."""
    return olefile.OleFileIO(archivo, raise_defects=olefile.DEFECT_UNSURE)


def flujos(archivo: bytes) -> dict[str, bytes]:
    abierto = leer(archivo)
    assert abierto.parsing_issues == []
    return {"/".join(ruta): abierto.openstream(ruta).read() for ruta in abierto.listdir()}


def flujos_de_otro_lector(archivo: bytes) -> dict[str, bytes]:
    abierto = CFB.from_bytes(archivo)
    rutas = [(), *((almacen,) for almacen in abierto.list_storages_at(()))]
    return {
        "/".join((*ruta, nombre)): abierto.get_stream_at(ruta, nombre)
        for ruta in rutas
        for nombre in abierto.list_streams_at(ruta)
    }


def de_largo(largo: int) -> bytes:
    return bytes(numero % 251 for numero in range(largo))


def test_streams_and_storages_come_back_from_two_readers() -> None:
    archivo = escribir({"PROJECT": b"texto", "VBA": {"dir": de_largo(5000), "Módulo": b"\x01", "vacío": b""}})
    esperado = {"PROJECT": b"texto", "VBA/dir": de_largo(5000), "VBA/Módulo": b"\x01", "VBA/vacío": b""}
    assert flujos(archivo) == esperado
    assert flujos_de_otro_lector(archivo) == esperado


@pytest.mark.parametrize("largo", [0, 1, 63, 64, 65, 511, 512, 513, CORTE - 1, CORTE, CORTE + 1, 70_000])
def test_a_stream_of_any_length_comes_back(largo: int) -> None:
    archivo = escribir({"otro": de_largo(100), "este": de_largo(largo), "y otro": de_largo(6000)})
    esperado = {"otro": de_largo(100), "este": de_largo(largo), "y otro": de_largo(6000)}
    assert flujos(archivo) == esperado
    assert flujos_de_otro_lector(archivo) == esperado
    assert len(archivo) % SECTOR == 0


@pytest.mark.parametrize(("largo", "mini"), [(CORTE - 1, CORTE), (CORTE, 0)])
def test_streams_under_4096_bytes_live_in_the_mini_stream(largo: int, mini: int) -> None:
    assert leer(escribir({"flujo": de_largo(largo)})).root.size == mini


@given(
    st.dictionaries(NOMBRES, st.binary(max_size=200), max_size=30).filter(
        lambda d: len({n.upper() for n in d}) == len(d)
    )
)
def test_any_names_come_back_and_are_found_in_the_tree(contenido: dict[str, bytes]) -> None:
    archivo = escribir({"VBA": contenido})
    esperado = {f"VBA/{nombre}": datos for nombre, datos in contenido.items()}
    assert flujos(archivo) == esperado
    assert flujos_de_otro_lector(archivo) == esperado
    hallados = recorrer(archivo)
    assert hallados == sorted(contenido, key=lambda nombre: (len(nombre), nombre.upper()))


def recorrer(archivo: bytes) -> list[str]:
    """The names in VBA by the order of their tree, left to right; no branch is much longer than the rest."""
    entradas = leer(archivo).direntries
    vba = next(entrada for entrada in entradas if entrada and entrada.name == "VBA")

    def rama(numero: int, altura: int) -> list[str]:
        if numero == olefile.NOSTREAM:
            return []
        assert altura < 6
        entrada = entradas[numero]
        assert entrada.color == 1  # black: two red ones in a row would be an error
        return [*rama(entrada.sid_left, altura + 1), entrada.name, *rama(entrada.sid_right, altura + 1)]

    return rama(vba.sid_child, 0)


def test_siblings_are_sorted_by_length_and_then_by_upper_case() -> None:
    contenido = dict.fromkeys(["Zz", "a", "_VBA_PROJECT", "dir", "ThisWorkbook", "B", "ñu", "Hoja10", "hoja2x"], b"")
    assert recorrer(escribir({"VBA": contenido})) == [
        "a",
        "B",
        "Zz",
        "ñu",
        "dir",
        "Hoja10",
        "hoja2x",
        "ThisWorkbook",
        "_VBA_PROJECT",
    ]


def test_every_sector_is_used_once_or_free() -> None:
    archivo = escribir({"a": de_largo(3000), "b": de_largo(9000), "VBA": {str(n): de_largo(n * 70) for n in range(40)}})
    abierto = leer(archivo)
    assert len(abierto.fat) >= len(archivo) // SECTOR - 1
    siguientes = [n for n in abierto.fat if n < olefile.FATSECT - 1]
    assert len(siguientes) == len(set(siguientes))
    assert list(abierto.fat).count(olefile.FATSECT) == struct.unpack_from("<I", archivo, 0x2C)[0]
    sobrantes = abierto.fat[len(archivo) // SECTOR - 1 :]
    assert set(sobrantes) <= {olefile.FREESECT}


def test_what_is_not_in_use_says_so() -> None:
    archivo = escribir({"VBA": {"mini": b"x"}})
    mini_fat, directorio = sector(archivo, 0x3C), sector(archivo, 0x30)
    assert struct.unpack("<128I", mini_fat) == (olefile.ENDOFCHAIN, *[olefile.FREESECT] * 127)
    raiz, vba, mini, vacia = struct.iter_unpack("<64s2xBBIII36xIQ", directorio)
    assert (raiz[1], vba[1], mini[1], vacia[1]) == (5, 1, 2, 0)
    assert vba[6:] == (0, 0)  # a storage has no bytes of its own
    assert vacia == (bytes(64), 0, 0, *[olefile.NOSTREAM] * 3, 0, 0)


def sector(archivo: bytes, en_la_cabecera: int) -> bytes:
    """The sector whose number is at this place of the header."""
    inicio = SECTOR * (1 + int(struct.unpack_from("<I", archivo, en_la_cabecera)[0]))
    return archivo[inicio : inicio + SECTOR]


def test_the_largest_file_comes_back_and_one_byte_more_is_refused() -> None:
    largo = (SECTORES_POSIBLES - 1) * SECTOR  # one for the directory
    archivo = escribir({"flujo": bytes(largo)})
    assert flujos(archivo) == {"flujo": bytes(largo)}
    assert struct.unpack_from("<I", archivo, 0x2C)[0] == 109
    with pytest.raises(CompuestoImposible, match="too many"):
        escribir({"flujo": bytes(largo + 1)})


@pytest.mark.parametrize("nombre", ["", "a/b", "a\\b", "a:b", "a!b", "a" * 32])
def test_a_name_that_the_format_does_not_take_is_refused(nombre: str) -> None:
    with pytest.raises(CompuestoImposible, match="no name"):
        escribir({nombre: b""})


@pytest.mark.parametrize("arbol", [{"uno": b"", "UNO": b""}, {"VBA": {"ñ": b"", "Ñ": {}}}])
def test_names_that_differ_in_case_only_are_refused(arbol: Arbol) -> None:
    with pytest.raises(CompuestoImposible, match="case"):
        escribir(arbol)


def test_the_order_in_which_streams_are_given_does_not_matter() -> None:
    assert escribir({"a": b"1", "b": {"c": b"2", "d": b"3"}}) == escribir({"b": {"d": b"3", "c": b"2"}, "a": b"1"})
