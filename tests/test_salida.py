"""The finished report in its place: whole or not at all, and never over somebody's edits."""

import errno
import os
from pathlib import Path

import pytest

from zedxl.informe.salida import InformeNoEscrito, comprobar, guardar, ruta_de_salida


def test_the_report_goes_beside_the_book_unless_told_otherwise(tmp_path: Path) -> None:
    libro = tmp_path / "Mi libro.xlsx"
    assert ruta_de_salida(None, libro, "Informe 2025-I") == tmp_path / "Informe 2025-I.docx"
    assert ruta_de_salida(tmp_path, libro, "Informe: A/B") == tmp_path / "Informe A B.docx"
    assert ruta_de_salida(tmp_path / "otro.docx", libro, "Informe") == tmp_path / "otro.docx"
    with pytest.raises(InformeNoEscrito, match="terminado en"):
        ruta_de_salida(tmp_path / "informe.pdf", libro, "Informe")


def test_a_report_is_written_whole(tmp_path: Path) -> None:
    salida = tmp_path / "informe.docx"
    assert guardar(b"nuevo", salida) is None
    assert salida.read_bytes() == b"nuevo"
    assert list(tmp_path.iterdir()) == [salida]


def test_the_same_report_again_changes_nothing(tmp_path: Path) -> None:
    salida = tmp_path / "informe.docx"
    guardar(b"igual", salida)
    assert guardar(b"igual", salida) is None
    assert list(tmp_path.iterdir()) == [salida]


def test_an_earlier_report_is_kept_because_somebody_may_have_edited_it(tmp_path: Path) -> None:
    salida = tmp_path / "informe.docx"
    for contenido in (b"uno", b"dos", b"tres"):
        guardar(contenido, salida)
    assert salida.read_bytes() == b"tres"
    assert (tmp_path / "informe (anterior 1).docx").read_bytes() == b"uno"
    assert (tmp_path / "informe (anterior 2).docx").read_bytes() == b"dos"


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(InformeNoEscrito, match="No existe la carpeta"):
        comprobar(tmp_path / "no está" / "informe.docx")


def test_a_folder_with_the_name_of_the_report(tmp_path: Path) -> None:
    (tmp_path / "informe.docx").mkdir()
    with pytest.raises(InformeNoEscrito, match="es una carpeta"):
        comprobar(tmp_path / "informe.docx")


def test_a_read_only_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(InformeNoEscrito, match="solo lectura"):
            comprobar(tmp_path / "informe.docx")
    finally:
        tmp_path.chmod(0o755)


def test_a_read_only_report(tmp_path: Path) -> None:
    salida = tmp_path / "informe.docx"
    salida.write_bytes(b"firmado")
    salida.chmod(0o444)
    with pytest.raises(InformeNoEscrito, match="solo lectura"):
        guardar(b"otro", salida)
    assert salida.read_bytes() == b"firmado"


@pytest.mark.parametrize("candado", ["~$forme.docx", "~$informe.docx", ".~lock.informe.docx#"])
def test_a_report_open_in_word_or_libreoffice(tmp_path: Path, candado: str) -> None:
    (tmp_path / candado).write_bytes(b"")
    with pytest.raises(InformeNoEscrito, match="Ciérrelo"):
        guardar(b"nuevo", tmp_path / "informe.docx")
    assert not (tmp_path / "informe.docx").exists()


@pytest.mark.parametrize("paso", ["write", "replace"])
def test_a_full_disk_leaves_the_earlier_report_and_no_rubbish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paso: str
) -> None:
    salida = tmp_path / "informe.docx"
    salida.write_bytes(b"anterior")

    def lleno(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if paso == "write":
        monkeypatch.setattr(os, "fsync", lleno)
    else:
        monkeypatch.setattr(Path, "replace", lleno)
    with pytest.raises(InformeNoEscrito, match="No se pudo escribir"):
        guardar(b"nuevo", salida)
    assert salida.read_bytes() == b"anterior"
    assert not list(tmp_path.glob(".zedxl*"))
