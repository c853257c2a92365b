"""Compression and encryption of VBA projects, against the examples of the specification and another's reader."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oletools.olevba import decompress_stream

from zedxl.vba.cifrado import cifrar
from zedxl.vba.compresion import NoComprimible, comprimir

TROZO = 4096
DE_LA_ESPECIFICACION = {
    # [MS-OVBA] 3.2.1 to 3.2.3
    b"abcdefghijklmnopqrstuv.": "0119B000616263646566676800696A6B6C6D6E6F70007172737475762E",
    b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa": "012FB00023616161626364658266007061676869"
    "6A013808616B6C00306D6E6F70067102700410727374757610"
    "7778797A003C",
    b"a" * 73: "0103B002614500",
}


def descomprimir(comprimido: bytes) -> bytes:
    return bytes(decompress_stream(bytearray(comprimido)))


def sin_repeticiones(largo: int) -> bytes:
    """Bytes, at most a chunk, in which no two adjacent ones are met twice: nothing to copy from."""
    letras = range(64)
    return bytes(x for a in letras for x in (a, *(y for b in letras[a + 1 :] for y in (a, b))))[:largo]


@pytest.mark.parametrize("datos", DE_LA_ESPECIFICACION, ids=["literals", "literals and copies", "one long copy"])
def test_the_examples_of_the_specification_are_compressed_byte_by_byte(datos: bytes) -> None:
    assert comprimir(datos).hex().upper() == DE_LA_ESPECIFICACION[datos]


def test_nothing_is_a_container_without_chunks() -> None:
    assert comprimir(b"") == b"\x01"


@given(st.lists(st.sampled_from([b"Dim ", b"x", b" = ", b"1", b"\r\n", b"\xf1", b"\0", b"    ", b"ab" * 700])))
def test_text_with_repetitions_comes_back_from_another_reader(trozos: list[bytes]) -> None:
    datos = b"".join(trozos)
    assert descomprimir(comprimir(datos)) == datos


@given(st.binary(max_size=600))
def test_any_bytes_come_back_from_another_reader(datos: bytes) -> None:
    assert descomprimir(comprimir(datos)) == datos


@pytest.mark.parametrize("largo", [1, 2, 3, 16, 17, TROZO - 1, TROZO, TROZO + 1, 2 * TROZO, 2 * TROZO + 1])
@pytest.mark.parametrize("letras", [b"a", b"ab", b"abc\r\n", bytes(range(256))], ids=["a", "ab", "line", "all"])
def test_lengths_around_the_border_of_a_chunk_come_back(letras: bytes, largo: int) -> None:
    datos = (letras * (largo // len(letras) + 1))[:largo]
    assert descomprimir(comprimir(datos)) == datos


def test_nothing_is_copied_from_the_chunk_before() -> None:
    dos_trozos = comprimir(sin_repeticiones(TROZO) * 2)
    assert dos_trozos[1 : 3 + TROZO] == dos_trozos[3 + TROZO :]


def test_a_chunk_that_does_not_compress_is_stored_as_it_is() -> None:
    datos = sin_repeticiones(TROZO)
    assert comprimir(datos) == b"\x01" + (0x3FFF).to_bytes(2, "little") + datos
    assert descomprimir(comprimir(datos + b"end")) == datos + b"end"


def test_a_last_chunk_that_would_come_back_with_nuls_at_its_end_is_refused() -> None:
    # eight literals take nine bytes: 3640 take 4095, with a copy for the last one 4096, and 3641 take 4097
    for datos in (sin_repeticiones(3640), sin_repeticiones(3639) + sin_repeticiones(3)):
        assert descomprimir(comprimir(datos)) == datos
    with pytest.raises(NoComprimible, match="3641"):
        comprimir(sin_repeticiones(3641))


@given(st.binary(max_size=40), st.text("0123456789ABCDEF{}-", max_size=38))
def test_what_is_encrypted_comes_back_as_the_specification_decrypts(datos: bytes, identificador: str) -> None:
    assert descifrar(cifrar(datos, identificador), identificador) == datos


def descifrar(digitos: str, id_del_proyecto: str) -> bytes:
    """[MS-OVBA] 2.4.3.3, with its names; fails where version or key are not those of the project."""
    octetos = iter(bytes.fromhex(digitos))
    seed, version_enc, proj_key_enc = next(octetos), next(octetos), next(octetos)
    assert seed ^ version_enc == 2
    assert seed ^ proj_key_enc == sum(map(ord, id_del_proyecto)) % 256
    unencrypted_byte1, encrypted_byte1, encrypted_byte2 = seed ^ proj_key_enc, proj_key_enc, version_enc
    claro = bytearray()
    for byte_enc in octetos:
        byte = byte_enc ^ ((encrypted_byte2 + unencrypted_byte1) % 256)
        encrypted_byte2, encrypted_byte1, unencrypted_byte1 = encrypted_byte1, byte_enc, byte
        claro.append(byte)
    sin_ignorados = claro[(seed & 6) // 2 :]
    datos = bytes(sin_ignorados[4:])
    assert len(datos) == int.from_bytes(sin_ignorados[:4], "little")
    return datos


def test_the_example_that_excel_wrote_is_decrypted_by_the_same_steps() -> None:
    """The reader above is right: these three are in a project that Excel saved."""
    identificador = "{BDFF0F99-EFC5-4DB0-830D-4C8BFEE87599}"
    assert descifrar("DDDF94F5ACD6B0D6B0D6B0D6B0", identificador) == bytes(4)
    assert descifrar("BAB8F3DCD1DDD1DDD1", identificador) == b"\0"
    assert descifrar("9795DE03663D423E423EBD", identificador) == b"\xff"
