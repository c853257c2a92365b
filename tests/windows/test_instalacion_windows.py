"""Installing on a real Windows: its registry, its folders, its COM. Each test leaves the PC as it found it."""

from __future__ import annotations

import sys

assert sys.platform == "win32"

import os
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

import pytest

from tests.windows.dll import olvidar_servidores_muertos
from zedxl.cli import ejecutar
from zedxl.instalacion import confianza, lectura, puesta, registro, residente, retiro
from zedxl.instalacion.lugares import Lugares, lugares_del_usuario
from zedxl.instalacion.pasos import realizar
from zedxl.instalacion.puesta import Pedido
from zedxl.instalacion.registro import Valor
from zedxl.instalacion.windows import RegistroDeWindows, es_de_red, nombre_corto

CLAVE = r"HKCU\Software\zedxl-prueba"
INTERPRETE = Path(sys.executable).with_name("pythonw.exe")
REGISTRO = RegistroDeWindows()


@pytest.fixture
def lugares(tmp_path: Path) -> Lugares:
    return Lugares(tmp_path / "XLSTART", tmp_path / ".zedxl", tmp_path / "Temp", tmp_path / "Downloads")


@pytest.fixture
def sin_residente(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No resident server before the test nor after it; one that ended is forgotten at once, as wine by itself does not."""
    detener = residente.detener

    def detener_y_olvidar() -> bool:
        corria = detener()
        olvidar_servidores_muertos()
        return corria

    monkeypatch.setattr(residente, "detener", detener_y_olvidar)
    residente.detener()
    yield
    residente.detener()
    residente.borrar_inscripcion(REGISTRO)


def test_values_of_the_registry_are_read_as_they_were_written() -> None:
    valores: dict[str, Valor] = {"número": 7, "texto": "á", "bytes": b"\x03\x00"}
    for nombre, valor in valores.items():
        REGISTRO.escribir(rf"{CLAVE}\sub", nombre, valor)
    try:
        assert {nombre: REGISTRO.valor(rf"{CLAVE}\SUB", nombre.upper()) for nombre in valores} == valores
        assert sorted(map(str, REGISTRO.valores(rf"{CLAVE}\sub"))) == sorted(map(str, valores.values()))
        assert REGISTRO.subclaves(CLAVE) == ("sub",)
        assert REGISTRO.borrar_valor(rf"{CLAVE}\sub", "texto")
        assert not REGISTRO.borrar_valor(rf"{CLAVE}\sub", "texto")
    finally:
        REGISTRO.borrar_clave(rf"{CLAVE}\sub")
        REGISTRO.borrar_clave(CLAVE)


def test_what_is_not_in_the_registry() -> None:
    assert REGISTRO.valor(CLAVE, "x") is None
    assert REGISTRO.valores(CLAVE) == REGISTRO.subclaves(CLAVE) == ()
    assert not REGISTRO.borrar_valor(CLAVE, "x")
    with pytest.raises(FileNotFoundError):
        REGISTRO.borrar_clave(CLAVE)


def test_the_folders_of_the_user() -> None:
    lugares = lugares_del_usuario(os.environ, REGISTRO)
    assert lugares.xlstart == Path(os.environ["APPDATA"], "Microsoft", "Excel", "XLSTART")
    assert lugares.configuracion == Path.home() / ".zedxl" / "zedxl.conf"
    assert "%" not in str(lugares.descargas)


def test_a_folder_of_the_network() -> None:
    assert es_de_red(Path("\\\\servidor\\planes\\PEI"))
    assert not es_de_red(Path(os.environ["SYSTEMROOT"]))


def test_a_short_name_names_the_same_file(tmp_path: Path) -> None:
    archivo = tmp_path / "Ωmega.txt"
    archivo.write_bytes(b"uno")
    assert Path(nombre_corto(archivo)).read_bytes() == b"uno"
    assert nombre_corto(tmp_path / "no está.txt") == str(tmp_path / "no está.txt")


def test_this_python_meets_what_zedxl_needs() -> None:
    equipo = lectura.leer_equipo()
    assert equipo.python.existe
    assert equipo.python.legible == str(INTERPRETE)
    assert equipo.xlwings.con_pywin32
    assert equipo.xlwings.dll_que_faltan == ()


def test_a_trusted_folder_is_asked_for_and_forgotten(tmp_path: Path) -> None:
    antes = confianza.ubicaciones(REGISTRO)
    confianza.confiar(REGISTRO, PureWindowsPath(tmp_path))
    try:
        assert set(confianza.ubicaciones(REGISTRO)) - set(antes) == {
            confianza.Ubicacion(PureWindowsPath(tmp_path), True)
        }
        assert confianza.clave_de(PureWindowsPath(tmp_path)) in confianza.claves_propias(REGISTRO)
    finally:
        REGISTRO.borrar_clave(confianza.clave_de(PureWindowsPath(tmp_path)))
    assert confianza.ubicaciones(REGISTRO) == antes


@pytest.mark.usefixtures("sin_residente")
def test_installed_with_everything_and_taken_out_again(tmp_path: Path, lugares: Lugares) -> None:
    pedido = Pedido(b"el complemento", INTERPRETE, str(INTERPRETE), (tmp_path,), con_residente=True)
    for _ in range(2):  # the second time changes nothing
        hechos = list(realizar(puesta.pasos(pedido, lugares, REGISTRO, lectura.ANSI)))
        assert [str(hecho) for hecho in hechos if not hecho.logrado] == []
        leido = lectura.leer_instalado(lugares, REGISTRO, b"el complemento", lectura.ANSI)
        assert (leido.interprete, leido.existe_interprete) == (str(INTERPRETE), True)
        assert residente.corriendo() is not None
        assert REGISTRO.valor(registro.INICIO, "zedxl") == residente.linea(INTERPRETE)
    quitados = list(realizar(retiro.pasos(lugares, REGISTRO, tmp_path / "ayuda.html")))
    assert [str(hecho) for hecho in quitados if not hecho.logrado] == []
    assert list(tmp_path.iterdir()) == [lugares.xlstart]
    assert list(lugares.xlstart.iterdir()) == []
    assert REGISTRO.valor(registro.INICIO, "zedxl") is None
    assert confianza.claves_propias(REGISTRO) == ()
    assert residente.corriendo() is None


@pytest.mark.usefixtures("sin_residente")
def test_the_resident_server_outlives_those_who_call_it() -> None:
    residente.arrancar(INTERPRETE)
    proceso = residente.corriendo()
    assert proceso not in (None, os.getpid())
    assert [residente.corriendo() for _ in range(3)] == [proceso] * 3
    assert residente.detener()
    assert not residente.detener()


def test_an_add_in_that_another_program_holds_open(lugares: Lugares) -> None:
    pedido = Pedido(b"nuevo", INTERPRETE, str(INTERPRETE))
    lugares.xlstart.mkdir()
    lugares.complemento.write_bytes(b"viejo")
    with lugares.complemento.open("rb"):  # as Excel does, without letting it be replaced
        primero, segundo = realizar(puesta.pasos(pedido, lugares, REGISTRO, lectura.ANSI))
    assert (primero.logrado, segundo.logrado) == (False, True)
    assert "Si Excel está abierto, ciérrelo y repita." in str(primero)
    assert list(lugares.xlstart.iterdir()) == [lugares.complemento]
    assert lugares.complemento.read_bytes() == b"viejo"


@pytest.mark.parametrize(
    ("carpeta", "porque"),
    [
        ("C:\\", "un disco entero"),
        (os.environ.get("TEMP", ""), "archivos temporales"),
        (os.environ.get("USERPROFILE", ""), "adonde llegan archivos de internet"),
        ("C:\\no existe", "No existe la carpeta"),
    ],
)
def test_folders_that_are_not_to_be_trusted_stop_everything(
    carpeta: str, porque: str, capsys: pytest.CaptureFixture[str]
) -> None:
    antes = REGISTRO.subclaves(registro.UBICACIONES)
    assert ejecutar(["instalar", "--confiar", carpeta]) == 2
    dicho = capsys.readouterr()
    assert dicho.out == ""
    assert "No se instaló nada" in dicho.err
    assert porque in dicho.err
    assert REGISTRO.subclaves(registro.UBICACIONES) == antes
