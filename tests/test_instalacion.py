"""Installing and uninstalling on a disk and a registry of their own: what is left in place, and what is said."""

import errno
import os
from pathlib import Path, PureWindowsPath

import pytest

from tests.test_cli import falla, zedxl
from zedxl.instalacion import confianza, lectura, puesta, registro, residente, retiro
from zedxl.instalacion.equipo import Complemento
from zedxl.instalacion.lugares import Lugares, lugares_del_usuario
from zedxl.instalacion.pasos import Hecho, realizar
from zedxl.instalacion.puesta import Pedido
from zedxl.instalacion.registro import Valor

COMPLEMENTO = b"el complemento"
INTERPRETE = Path(r"C:\zedxl\pythonw.exe")
INICIO = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run"
CONFIADAS = r"HKCU\Software\Microsoft\Office\16.0\Excel\Security\Trusted Locations"


class Memoria:
    """A registry in memory; upper and lower case are the same in it, as in that of Windows."""

    def __init__(self, valores: dict[tuple[str, str], Valor] | None = None) -> None:
        self.contenido = {(c.casefold(), n.casefold()): v for (c, n), v in (valores or {}).items()}

    def valor(self, clave: str, nombre: str) -> Valor | None:
        return self.contenido.get((clave.casefold(), nombre.casefold()))

    def valores(self, clave: str) -> tuple[Valor, ...]:
        return tuple(valor for (c, _), valor in self.contenido.items() if c == clave.casefold())

    def subclaves(self, clave: str) -> tuple[str, ...]:
        raiz = clave.casefold() + "\\"
        return tuple(
            dict.fromkeys(c.removeprefix(raiz).split("\\")[0] for c, _ in self.contenido if c.startswith(raiz))
        )

    def escribir(self, clave: str, nombre: str, valor: Valor) -> None:
        self.contenido[clave.casefold(), nombre.casefold()] = valor

    def borrar_valor(self, clave: str, nombre: str) -> bool:
        return self.contenido.pop((clave.casefold(), nombre.casefold()), None) is not None

    def borrar_clave(self, clave: str) -> None:
        self.contenido = {(c, n): v for (c, n), v in self.contenido.items() if c != clave.casefold()}


@pytest.fixture
def lugares(tmp_path: Path) -> Lugares:
    return Lugares(tmp_path / "XLSTART", tmp_path / ".zedxl", tmp_path / "Temp", tmp_path / "Downloads")


@pytest.fixture
def servidor(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked of the resident server, which starts and stops as it is told."""
    pedidos: list[str] = []

    def detener() -> bool:
        corria = pedidos[-1:] != ["detener"] and pedidos != []
        pedidos.append("detener")
        return corria

    monkeypatch.setattr(residente, "arrancar", lambda interprete: pedidos.append(f"arrancar {interprete}"))
    monkeypatch.setattr(residente, "detener", detener)
    monkeypatch.setattr(retiro, "find_spec", lambda _: object())
    return pedidos


def pedido(*carpetas: Path, con_residente: bool = False) -> Pedido:
    return Pedido(COMPLEMENTO, INTERPRETE, str(INTERPRETE), carpetas, con_residente)


def instalar(pedido: Pedido, lugares: Lugares, registro: Memoria) -> list[Hecho]:
    return list(realizar(puesta.pasos(pedido, lugares, registro, "cp1252")))


def desinstalar(lugares: Lugares, registro: Memoria) -> list[Hecho]:
    return list(realizar(retiro.pasos(lugares, registro, lugares.temporales / "ayuda.html")))


def archivos(carpeta: Path) -> dict[str, bytes]:
    return {str(ruta.relative_to(carpeta)): ruta.read_bytes() for ruta in carpeta.rglob("*") if ruta.is_file()}


class TestInstalling:
    def test_the_add_in_and_the_configuration_and_nothing_else(self, tmp_path: Path, lugares: Lugares) -> None:
        memoria = Memoria()
        assert all(hecho.logrado for hecho in instalar(pedido(), lugares, memoria))
        assert archivos(tmp_path) == {
            "XLSTART/zedxl.xlam": COMPLEMENTO,
            ".zedxl/zedxl.conf": b'"INTERPRETER_WIN","C:\\zedxl\\pythonw.exe"\r\n',
        }
        assert memoria.contenido == {}

    def test_a_trusted_folder_and_a_server_at_logon_where_asked_for(
        self, lugares: Lugares, servidor: list[str]
    ) -> None:
        memoria = Memoria()
        instalar(pedido(Path(r"C:\Planes"), con_residente=True), lugares, memoria)
        [confiada] = memoria.subclaves(CONFIADAS)
        clave = rf"{CONFIADAS}\{confiada}"
        assert memoria.valor(clave, "Path") == "C:\\Planes\\"
        assert memoria.valor(clave, "AllowSubFolders") == 1
        assert memoria.valor(INICIO, "zedxl") == (
            r'"C:\zedxl\pythonw.exe" -B -I -m zedxl.excel {6c2d3f0e-8f2b-5a55-9d0f-7c1f4b5e2a61}'
        )
        assert servidor == [rf"arrancar {INTERPRETE}"]

    @pytest.mark.usefixtures("servidor")
    def test_twice_is_the_same_as_once(self, tmp_path: Path, lugares: Lugares) -> None:
        memoria = Memoria()
        entero = pedido(Path(r"C:\Planes"), con_residente=True)
        instalar(entero, lugares, memoria)
        una_vez = (archivos(tmp_path), dict(memoria.contenido))
        hechos = instalar(entero, lugares, memoria)
        assert (archivos(tmp_path), memoria.contenido) == una_vez
        assert "ya estaba" in str(hechos[0])

    def test_a_new_version_replaces_the_old_one(self, lugares: Lugares) -> None:
        lugares.xlstart.mkdir()
        lugares.complemento.write_bytes(b"otro")
        instalar(pedido(), lugares, Memoria())
        assert lugares.complemento.read_bytes() == COMPLEMENTO

    def test_an_add_in_that_excel_holds_open_is_told_and_the_rest_is_done(
        self, lugares: Lugares, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lugares.xlstart.mkdir()
        lugares.complemento.write_bytes(b"otro")
        reemplazar = Path.replace

        def ocupado(origen: Path, destino: Path) -> Path:
            if destino == lugares.complemento:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(destino))
            return reemplazar(origen, destino)

        monkeypatch.setattr(Path, "replace", ocupado)
        hechos = instalar(pedido(), lugares, Memoria())
        assert [hecho.logrado for hecho in hechos] == [False, True]
        assert "no hay permiso. Si Excel está abierto, ciérrelo y repita." in str(hechos[0])
        assert lugares.complemento.read_bytes() == b"otro"
        assert list(lugares.xlstart.iterdir()) == [lugares.complemento]

    @pytest.mark.usefixtures("servidor")
    def test_a_python_too_deep_for_windows_to_start_at_logon(self, lugares: Lugares) -> None:
        memoria = Memoria()
        hondo = Path("C:\\" + "carpeta\\" * 30 + "pythonw.exe")
        hechos = instalar(Pedido(COMPLEMENTO, hondo, "x", (), True), lugares, memoria)
        assert "demasiado larga" in str(hechos[2])
        assert memoria.valor(INICIO, "zedxl") is None

    def test_a_server_that_was_switched_off_is_switched_on_again(self) -> None:
        memoria = Memoria({(registro.INICIO_APROBADO, "zedxl"): b"\x03"})
        residente.inscribir(memoria, INTERPRETE)
        assert not lectura.leer_residente(memoria, corriendo=True).apagado


class TestUninstalling:
    def test_nothing_is_left_of_what_installing_made(
        self, tmp_path: Path, lugares: Lugares, servidor: list[str]
    ) -> None:
        memoria = Memoria()
        instalar(pedido(Path(r"C:\Planes"), Path(r"D:\PEI"), con_residente=True), lugares, memoria)
        assert all(hecho.logrado for hecho in desinstalar(lugares, memoria))
        assert archivos(tmp_path) == {}
        assert not lugares.carpeta_propia.exists()
        assert memoria.contenido == {}
        assert servidor[-1] == "detener"

    @pytest.mark.usefixtures("servidor")
    def test_what_others_put_there_stays_and_is_named(self, lugares: Lugares) -> None:
        ajeno = {(rf"{CONFIADAS}\Location0", "Path"): "C:\\Suyo\\", (INICIO, "otro"): "otro.exe"}
        memoria = Memoria(dict(ajeno))
        instalar(pedido(Path(r"C:\Planes"), con_residente=True), lugares, memoria)
        (lugares.xlstart / "PERSONAL.XLSB").write_bytes(b"")
        (lugares.carpeta_propia / "notas.txt").write_bytes(b"")
        hechos = desinstalar(lugares, memoria)
        assert memoria.contenido == Memoria(dict(ajeno)).contenido
        assert list(lugares.xlstart.iterdir()) == [lugares.xlstart / "PERSONAL.XLSB"]
        assert list(lugares.carpeta_propia.iterdir()) == [lugares.carpeta_propia / "notas.txt"]
        assert any("queda lo que no es de zedxl: notas.txt" in str(hecho) for hecho in hechos)

    @pytest.mark.usefixtures("servidor")
    def test_with_nothing_installed_there_is_nothing_to_do(self, lugares: Lugares) -> None:
        hechos = desinstalar(lugares, Memoria())
        assert all(hecho.logrado for hecho in hechos)
        assert "no estaba en marcha" in str(hechos[0])
        assert all("no había nada que quitar" in str(hecho) for hecho in hechos[1:])

    @pytest.mark.usefixtures("servidor")
    def test_an_add_in_that_excel_holds_open_is_told_and_the_rest_goes(
        self, lugares: Lugares, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        instalar(pedido(), lugares, Memoria())
        borrar = Path.unlink

        def ocupado(ruta: Path, missing_ok: bool = False) -> None:
            if ruta == lugares.complemento:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(ruta))
            borrar(ruta, missing_ok)

        monkeypatch.setattr(Path, "unlink", ocupado)
        fallidos = [hecho for hecho in desinstalar(lugares, Memoria()) if not hecho.logrado]
        assert [hecho.asunto for hecho in fallidos] == ["Complemento"]
        assert "Si Excel está abierto, ciérrelo" in str(fallidos[0])
        assert not lugares.carpeta_propia.exists()


class TestReading:
    @pytest.mark.parametrize(
        ("esta", "esperado", "es"),
        [
            (None, COMPLEMENTO, Complemento.AUSENTE),
            (COMPLEMENTO, COMPLEMENTO, Complemento.AL_DIA),
            (b"otro", COMPLEMENTO, Complemento.OTRO),
            (b"otro", None, Complemento.SIN_COMPROBAR),
        ],
    )
    def test_the_add_in(self, tmp_path: Path, esta: bytes | None, esperado: bytes | None, es: Complemento) -> None:
        if esta is not None:
            (tmp_path / "zedxl.xlam").write_bytes(esta)
        assert lectura.comparar(tmp_path / "zedxl.xlam", esperado) is es

    def test_what_was_installed_is_read_back(self, lugares: Lugares) -> None:
        instalar(pedido(), lugares, Memoria())
        leido = lectura.leer_instalado(lugares, Memoria(), COMPLEMENTO, "cp1252")
        assert (leido.complemento, leido.interprete) == (Complemento.AL_DIA, str(INTERPRETE))
        assert (leido.existe_interprete, leido.desactivado) == (False, False)

    def test_an_add_in_that_excel_switched_off(self, lugares: Lugares) -> None:
        valor = b"\x01\x00" + r"c:\users\ana\xlstart\ZEDXL.xlam".encode("utf-16-le")
        memoria = Memoria({(registro.DESACTIVADOS, "3F2A"): valor})
        assert lectura.leer_instalado(lugares, memoria, COMPLEMENTO, "cp1252").desactivado

    def test_a_policy_overrides_what_the_user_chose(self) -> None:
        usuario = {(registro.SEGURIDAD, "VBAWarnings"): 2}
        politica = {(registro.SEGURIDAD_POR_POLITICA, "VBAWarnings"): 4}
        assert lectura.leer_seguridad(Memoria()).macros == 2
        assert lectura.leer_seguridad(Memoria({**usuario, **politica})).macros == 4

    @pytest.mark.parametrize(
        ("clave", "nombre", "valor", "regla"),
        [
            (registro.REGLAS_DE_DEFENDER[0], "D4F940AB-401B-4EFC-AADC-AD5F3C50688A", "1", 1),
            (registro.REGLAS_DE_DEFENDER[1], "d4f940ab-401b-4efc-aadc-ad5f3c50688a", 2, 2),
            (registro.DEFENDER_POR_INTUNE, "ASRRules", "26190899-1602=1|D4F940AB-401B-4EFC-AADC-AD5F3C50688A=6", 6),
            (registro.DEFENDER_POR_INTUNE, "ASRRules", "26190899-1602=1", None),
        ],
    )
    def test_the_rule_of_defender(self, clave: str, nombre: str, valor: Valor, regla: int | None) -> None:
        assert lectura.regla_de_defender(Memoria({(clave, nombre): valor})) == regla

    def test_the_mark_of_the_web(self, tmp_path: Path) -> None:
        libro = tmp_path / "libro.xlsm"
        libro.write_bytes(b"")
        assert lectura.leer_libro(libro).zona is None
        # the alternate stream of Windows, where this system sees but a file of that name
        (tmp_path / "libro.xlsm:Zone.Identifier").write_text("[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=https://x\r\n")
        assert lectura.leer_libro(libro).zona == 3

    def test_a_book_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(lectura.LibroNoEncontrado, match="No existe el archivo"):
            lectura.leer_libro(tmp_path / "no está.xlsm")

    @pytest.mark.parametrize("donde", ["Scripts", ".", None])
    def test_the_dlls_are_looked_for_beside_the_interpreter_and_above(self, tmp_path: Path, donde: str | None) -> None:
        (tmp_path / "Scripts").mkdir()
        nombres = ("xlwings64-0.37.8.dll", "xlwings32-0.37.8.dll")
        for nombre in nombres if donde else ():
            (tmp_path / str(donde) / nombre).write_bytes(b"")
        leido = lectura.leer_xlwings(tmp_path / "Scripts" / "python.exe")
        assert (leido.instalada, leido.pedida, leido.es_la_pedida) == ("0.37.8", "0.37.8", True)
        assert leido.dll_que_faltan == (() if donde else nombres)

    def test_a_downloads_folder_that_was_moved(self) -> None:
        entorno = {"USERPROFILE": "/ana", "APPDATA": "/ana/datos", "TEMP": "/ana/temp"}
        assert lugares_del_usuario(entorno, Memoria()).descargas == Path("/ana/Downloads")
        movida = Memoria({(registro.CARPETAS_DEL_USUARIO, registro.DESCARGAS): "/otro/disco"})
        assert lugares_del_usuario(entorno, movida).descargas == Path("/otro/disco")


class TestTrust:
    @staticmethod
    def candidata(carpeta: str, *, existe: bool = True, de_red: bool = False, permitida: bool = False) -> str:
        ruta = PureWindowsPath(carpeta)
        ajenas = (
            (PureWindowsPath(r"C:\Users\Ana\Downloads"), "Descargas"),
            (PureWindowsPath(r"C:\Users\Ana\AppData\Local\Temp"), "de archivos temporales"),
        )
        return confianza.Candidata(ruta, ruta, existe, de_red, permitida, ajenas).reparo

    @pytest.mark.parametrize("carpeta", [r"C:\Users\Ana\Documents\PEI", r"C:\Users\Ana\Documents", r"D:\PEI"])
    def test_a_folder_of_ones_own_may_be_trusted(self, carpeta: str) -> None:
        assert self.candidata(carpeta) == ""

    @pytest.mark.parametrize(
        ("carpeta", "porque"),
        [
            ("C:\\", "un disco entero"),
            (r"\\servidor\planes" + "\\", "un disco entero"),
            (r"C:\Users\Ana\Downloads", "carpeta Descargas"),
            (r"c:\users\ana\downloads\zedxl\workbook", "carpeta Descargas"),
            (r"C:\Users\Ana", "carpeta Descargas"),
            (r"C:\Users\Ana\AppData\Local\Temp\zip", "archivos temporales"),
        ],
    )
    def test_where_files_come_in_by_themselves_is_refused_with_the_reason(self, carpeta: str, porque: str) -> None:
        assert porque in self.candidata(carpeta)

    def test_a_folder_that_is_not_there(self) -> None:
        assert "No existe la carpeta" in self.candidata(r"C:\no", existe=False)

    def test_a_folder_of_the_network_only_where_excel_would_heed_it(self) -> None:
        assert "está en la red" in self.candidata(r"\\servidor\planes\PEI", de_red=True)
        assert self.candidata(r"\\servidor\planes\PEI", de_red=True, permitida=True) == ""
        assert lectura.red_permitida(Memoria({(CONFIADAS, "AllowNetworkLocations"): 1}))
        assert not lectura.red_permitida(Memoria())

    def test_a_folder_has_one_key_however_it_is_written(self) -> None:
        claves = {
            confianza.clave_de(PureWindowsPath(carpeta)) for carpeta in (r"C:\Planes", r"c:\PLANES", "C:/Planes/")
        }
        assert len(claves) == 1


@pytest.mark.parametrize("orden", [["instalar", "--confiar", "x"], ["desinstalar"], ["diagnostico", "libro.xlsm"]])
def test_outside_windows_the_commands_say_so_and_do_nothing(orden: list[str]) -> None:
    assert "Windows y Excel" in falla(zedxl(*orden))


def test_what_is_only_for_excel_is_refused_beside_calc() -> None:
    assert "--confiar y --residente son de Excel" in falla(zedxl("instalar", "--calc", "--residente"))
