"""VBA projects compiled from text, read back by two readers and compared with one that ships with xlwings."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Sequence
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oletools.olevba import VBA_Parser, decompress_stream
from pyopenvba.cfb import CFB
from pyopenvba.integrity import check_file
from pyopenvba.vba import parse_vba_project

from tests.test_vba_compresion import descifrar, sin_repeticiones
from zedxl.vba import Clase, Modulo, VBAInvalido, compilar

LIBRO = Modulo("ThisWorkbook", "", Clase.LIBRO)
CABECERA_DEL_LIBRO = (
    'Attribute VB_Name = "ThisWorkbook"\r\n'
    'Attribute VB_Base = "0{00020819-0000-0000-C000-000000000046}"\r\n'
    "Attribute VB_GlobalNameSpace = False\r\n"
    "Attribute VB_Creatable = False\r\n"
    "Attribute VB_PredeclaredId = True\r\n"
    "Attribute VB_Exposed = True\r\n"
    "Attribute VB_TemplateDerived = False\r\n"
    "Attribute VB_Customizable = True\r\n"
)
CABECERA_DE_HOJA = CABECERA_DEL_LIBRO.replace("ThisWorkbook", "Hoja1").replace("00020819", "00020820")
CABECERA_DE_CLASE = (
    'Attribute VB_Name = "Acumulador"\r\n'
    'Attribute VB_Base = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"\r\n'
    "Attribute VB_GlobalNameSpace = False\r\n"
    "Attribute VB_Creatable = False\r\n"
    "Attribute VB_PredeclaredId = False\r\n"
    "Attribute VB_Exposed = False\r\n"
    "Attribute VB_TemplateDerived = False\r\n"
    "Attribute VB_Customizable = False\r\n"
)
FUNCION = r"""Option Explicit

Public Function AVANCE_AEI(valor As Variant) As Variant
Attribute AVANCE_AEI.VB_Description = "Avance de la acción: «año» a año."
Attribute AVANCE_AEI.VB_ProcData.VB_Invoke_Func = " \n14"
    AVANCE_AEI = valor  ' ñandú – €
End Function
"""
VARIOS = (
    LIBRO,
    Modulo("Hoja1", "", Clase.HOJA),
    Modulo("ZedFunciones", FUNCION),
    Modulo("Acumulador", "Private m_total As Double\n", Clase.CLASE),
)


def flujos(binario: bytes) -> dict[str, bytes]:
    abierto = olefile.OleFileIO(binario, raise_defects=olefile.DEFECT_UNSURE)
    return {"/".join(ruta): abierto.openstream(ruta).read() for ruta in abierto.listdir()}


def textos_segun_oletools(binario: bytes) -> dict[str, str]:
    lector = VBA_Parser("vbaProject.bin", data=binario)
    return {ruta.removeprefix("VBA/"): codigo for _, ruta, _, codigo in lector.extract_macros()}


def textos_segun_pyopenvba(binario: bytes) -> dict[str, str]:
    return {modulo.name: modulo.source for modulo in parse_vba_project(CFB.from_bytes(binario)).modules}


def textos(binario: bytes) -> dict[str, str]:
    """What both readers give, which has to be the same."""
    hallados = textos_segun_oletools(binario)
    assert textos_segun_pyopenvba(binario) == hallados
    return hallados


def registros(flujo_dir: bytes) -> list[tuple[int, bytes]]:
    """The records of a dir stream: number and content."""
    datos = bytes(decompress_stream(bytearray(flujo_dir)))
    lugar, hallados = 0, []
    while lugar < len(datos):
        numero, largo = struct.unpack_from("<HI", datos, lugar)
        largo += 2 if numero == 0x09 else 0  # PROJECTVERSION does not count its last field
        hallados.append((numero, datos[lugar + 6 : lugar + 6 + largo]))
        lugar += 6 + largo
    return hallados


def valores(binario: bytes, numero: int) -> list[bytes]:
    return [contenido for cual, contenido in registros(flujos(binario)["VBA/dir"]) if cual == numero]


def propiedad(binario: bytes, nombre: str) -> str:
    hallada = re.search(rf'^{nombre}="(.*)"\r$', flujos(binario)["PROJECT"].decode("cp1252"), re.MULTILINE)
    assert hallada
    return hallada.group(1)


def del_paquete_de_xlwings(archivo: str) -> bytes:
    paquete = find_spec("xlwings")
    assert paquete
    assert paquete.origin
    with zipfile.ZipFile(Path(paquete.origin).parent / archivo) as libro:
        return libro.read("xl/vbaProject.bin")


def test_two_readers_give_back_the_text_of_each_kind_of_module() -> None:
    assert textos(compilar("ZedXL", VARIOS)) == {
        "ThisWorkbook": CABECERA_DEL_LIBRO,
        "Hoja1": CABECERA_DE_HOJA,
        "ZedFunciones": 'Attribute VB_Name = "ZedFunciones"\r\n' + FUNCION.replace("\n", "\r\n"),
        "Acumulador": CABECERA_DE_CLASE + "Private m_total As Double\r\n",
    }


def test_a_document_module_may_have_code() -> None:
    binario = compilar("ZedXL", [Modulo("ThisWorkbook", "Private Sub Workbook_Open()\nEnd Sub\n", Clase.LIBRO)])
    assert textos(binario) == {"ThisWorkbook": CABECERA_DEL_LIBRO + "Private Sub Workbook_Open()\r\nEnd Sub\r\n"}


@pytest.mark.parametrize("codigo", ["x = 1\ny = 2", "x = 1\ny = 2\n", "x = 1\r\ny = 2\r\n"])
def test_line_ends_are_those_of_windows_whatever_the_source_has(codigo: str) -> None:
    assert textos(compilar("P", [LIBRO, Modulo("M", codigo)]))["M"] == 'Attribute VB_Name = "M"\r\nx = 1\r\ny = 2\r\n'


def test_twenty_modules_small_and_large_come_back() -> None:
    lineas = [f"    Celda({numero}) = {numero * numero}  ' señal número {numero}\n" for numero in range(3000)]
    largos = [0, 1, 50, 90, 100, 110, 200, 3000]  # lines: under and over 4096 bytes, over 64 kB
    modulos = [Modulo(f"Módulo{n}", "".join(lineas[: largos[n % len(largos)]])) for n in range(20)]
    binario = compilar("Veinte", [LIBRO, *modulos])
    esperados = {m.nombre: f'Attribute VB_Name = "{m.nombre}"\r\n' + m.codigo.replace("\n", "\r\n") for m in modulos}
    assert max(map(len, esperados.values())) > 64 * 1024
    assert textos(binario) == {"ThisWorkbook": CABECERA_DEL_LIBRO, **esperados}
    assert parse_vba_project(CFB.from_bytes(binario)).module_names() == ["ThisWorkbook", *esperados]


@given(
    st.lists(
        st.text("Dim áÑ=1'\"_:&€–\t", max_size=30).filter(lambda linea: not linea.strip().endswith("_")), max_size=50
    )
)
def test_any_text_of_the_code_page_comes_back(lineas: list[str]) -> None:
    esperado = "".join(f"{linea}\r\n" for linea in ['Attribute VB_Name = "M"', *lineas])
    codigo = "".join(f"{linea}\n" for linea in lineas)
    assert textos(compilar("P", [LIBRO, Modulo("M", codigo)]))["M"] == esperado


def test_the_same_project_has_the_same_bytes_and_another_name_another_id() -> None:
    assert compilar("ZedXL", VARIOS) == compilar("ZedXL", list(VARIOS))
    assert propiedad(compilar("ZedXL", [LIBRO]), "ID") == propiedad(compilar("ZedXL", VARIOS), "ID")
    assert propiedad(compilar("ZedXL", VARIOS), "ID") != propiedad(compilar("OtroXL", VARIOS), "ID")
    assert re.fullmatch(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", propiedad(compilar("ZedXL", VARIOS), "ID"))


def test_there_is_no_compiled_code_of_any_version() -> None:
    binario = compilar("ZedXL", VARIOS)
    assert flujos(binario)["VBA/_VBA_PROJECT"] == bytes.fromhex("CC61FFFF000000")
    assert valores(binario, 0x31) == [bytes(4)] * 4  # MODULEOFFSET: the source begins where the stream does
    assert valores(binario, 0x13) == [b"\xff\xff"]  # the cookies that tell of such code
    assert valores(binario, 0x2C) == [b"\xff\xff"] * 4
    assert not [nombre for nombre in flujos(binario) if "__SRP_" in nombre]


def test_the_names_of_the_modules_are_also_stored_uncompressed_in_both_encodings() -> None:
    binario = compilar("P", [LIBRO, Modulo("Año", "")])
    esperado = (
        b"ThisWorkbook\0" + "ThisWorkbook\0".encode("utf-16-le") + b"A\xf1o\0" + "Año\0".encode("utf-16-le") + b"\0\0"
    )
    assert flujos(binario)["PROJECTwm"] == esperado


def test_the_project_stream_tells_each_kind_of_module_by_the_name_it_was_given() -> None:
    lineas = flujos(compilar("ZedXL", VARIOS))["PROJECT"].decode("cp1252").split("\r\n")
    assert lineas[1:8] == [
        "Document=ThisWorkbook/&H00000000",
        "Document=Hoja1/&H00000000",
        "Module=ZedFunciones",
        "Class=Acumulador",
        'Name="ZedXL"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
    ]
    assert lineas[lineas.index("[Workspace]") + 1 :] == [*(f"{m.nombre}=0, 0, 0, 0, C" for m in VARIOS), ""]


def test_the_project_has_no_protection_no_password_and_is_visible() -> None:
    binario = compilar("ZedXL", VARIOS)
    identificador = propiedad(binario, "ID")
    assert descifrar(propiedad(binario, "CMG"), identificador) == bytes(4)
    assert descifrar(propiedad(binario, "DPB"), identificador) == b"\0"
    assert descifrar(propiedad(binario, "GC"), identificador) == b"\xff"
    assert not parse_vba_project(CFB.from_bytes(binario)).protection.has_password


def test_the_libraries_of_excel_are_referred_to_as_excel_does() -> None:
    binario = compilar("ZedXL", VARIOS)
    de_excel = del_paquete_de_xlwings("addin/xlwings.xlam")
    assert valores(binario, 0x16) == [b"stdole", b"Office"]
    for registro in (0x16, 0x3E, 0x0D):
        assert valores(binario, registro) == valores(de_excel, registro)
    assert [r.name for r in parse_vba_project(CFB.from_bytes(binario)).references] == ["stdole", "Office"]


def test_a_project_has_the_streams_and_records_of_one_that_ships_with_xlwings() -> None:
    real = del_paquete_de_xlwings("quickstart_addin_ribbon.xlam")
    nuestro = compilar("MyAddin", _como(real))
    assert set(flujos(nuestro)) == set(flujos(real))
    assert _orden(nuestro) == _orden(real)
    for registro in (0x01, 0x02, 0x14, 0x03, 0x04, 0x07, 0x08, 0x0C, 0x0F, 0x19, 0x47, 0x1A, 0x32, 0x1E):
        assert valores(nuestro, registro) == valores(real, registro)
    assert flujos(nuestro)["PROJECTwm"] == flujos(real)["PROJECTwm"]
    assert _titulos(nuestro) == _titulos(real)


def _como(real: bytes) -> Sequence[Modulo]:
    """Modules of the same names and kinds as in a project."""
    clases = {"ThisWorkbook": Clase.LIBRO, "Sheet2": Clase.HOJA, "Dictionary": Clase.CLASE}
    nombres: list[str] = parse_vba_project(CFB.from_bytes(real)).module_names()
    return [Modulo(nombre, "", clases.get(nombre, Clase.MODULO)) for nombre in nombres]


def _orden(binario: bytes) -> list[int]:
    """The numbers of the records but for those of references, which differ."""
    numeros = [numero for numero, _ in registros(flujos(binario)["VBA/dir"])]
    return [numero for numero in numeros if numero not in {0x16, 0x3E, 0x33, 0x2F, 0x30, 0x0D}]


def _titulos(binario: bytes) -> list[str]:
    """What each line of the PROJECT stream is about; values that are made up differ."""
    lineas = flujos(binario)["PROJECT"].decode("cp1252").split("\r\n")
    return [re.sub(r"=(\"[^\"]*\"|[^{]*, [CZ])$", "", linea) for linea in lineas if linea]


def test_the_modules_of_documents_are_those_that_excel_writes_byte_by_byte() -> None:
    de_excel = del_paquete_de_xlwings("quickstart.xlsm")
    documentos = [LIBRO, Modulo("Sheet1", "", Clase.HOJA), Modulo("Sheet2", "", Clase.HOJA)]
    nuestros = flujos(compilar("P", documentos))
    for modulo in parse_vba_project(CFB.from_bytes(de_excel)).modules:
        if modulo.name != "Module1":
            assert nuestros[f"VBA/{modulo.name}"] == flujos(de_excel)[f"VBA/{modulo.name}"][modulo.text_offset :]


def test_the_records_of_a_project_add_up() -> None:
    """Each is as long as it says, so that the last one ends the stream."""
    ultimo = registros(flujos(compilar("ZedXL", VARIOS))["VBA/dir"])[-1]
    assert ultimo == (0x10, b"")


def test_another_library_finds_nothing_to_complain_about_in_a_book_with_the_project(tmp_path: Path) -> None:
    from xlsxwriter import Workbook

    ruta = tmp_path / "libro.xlsm"
    with Workbook(ruta) as libro:
        libro.add_worksheet("Seguimiento").set_vba_name("Hoja1")
        libro.set_vba_name("ThisWorkbook")
        libro.add_vba_project(BytesIO(compilar("ZedXL", VARIOS)), is_stream=True)
    informe = check_file(ruta)
    assert informe.issues == ()
    assert informe.ok


def test_the_project_of_a_book_can_be_edited_by_another_library_and_read_again() -> None:
    cfb = CFB.from_bytes(compilar("ZedXL", VARIOS))
    assert parse_vba_project(cfb).validate(cfb) == []
    assert textos_segun_oletools(cfb.to_bytes()) == textos_segun_oletools(compilar("ZedXL", VARIOS))


def rechazo(*modulos: Modulo, proyecto: str = "ZedXL") -> VBAInvalido:
    """Why a project with these modules is refused."""
    with pytest.raises(VBAInvalido) as error:
        compilar(proyecto, modulos)
    return error.value


def test_a_line_longer_than_1023_characters_is_refused_and_named() -> None:
    justa = "'" + "x" * 1022
    assert justa in textos(compilar("P", [LIBRO, Modulo("M", f"{justa}\n")]))["M"]
    error = rechazo(LIBRO, Modulo("M", f"Option Explicit\n{justa}\n{justa}x\n"))
    assert (error.modulo, error.linea) == ("M", 3)
    assert "M, line 3" in str(error)
    assert "1023" in str(error)


@pytest.mark.parametrize("caracter", ["✓", "≥", "\x81", "\u0301"])
def test_text_outside_the_code_page_is_refused(caracter: str) -> None:
    error = rechazo(LIBRO, Modulo("M", f"x = 1\n' año {caracter}\n"))
    assert error.linea == 2
    assert "cp1252" in str(error)


@pytest.mark.parametrize("caracter", ["\0", "\r", "\x0c", "\x1f"])
def test_control_characters_are_refused(caracter: str) -> None:
    error = rechazo(LIBRO, Modulo("M", f"x = 1{caracter}y = 2\n"))
    assert error.linea == 1
    assert "control" in str(error)


def test_a_statement_that_continues_more_than_24_times_is_refused() -> None:
    def llamada(continuaciones: int) -> str:
        return "x = 0\n" + "    + 1 _\n" * continuaciones + "    + 1\n"

    assert textos(compilar("P", [LIBRO, Modulo("M", llamada(24) + llamada(24))]))
    error = rechazo(LIBRO, Modulo("M", llamada(25)))
    assert error.linea == 26
    assert "24" in str(error)


def test_an_underscore_that_ends_a_name_continues_nothing() -> None:
    assert textos(compilar("P", [LIBRO, Modulo("M", "Llamar nombre_\n" * 40)]))


@pytest.mark.parametrize("linea", ['Attribute VB_Name = "M"', "VERSION 1.0 CLASS", "Attribute VB_Exposed = True"])
def test_a_source_with_the_attributes_of_its_module_is_refused(linea: str) -> None:
    error = rechazo(LIBRO, Modulo("M", f"{linea}\nOption Explicit\n"))
    assert error.linea == 1
    assert "attributes" in str(error)


@pytest.mark.parametrize(
    "nombre",
    [
        "",
        "1M",
        "_M",
        "M-1",
        "M 1",
        "M.1",
        "Módulo✓",
        "Ж",
        "x²",
        "M\n",
        "a" * 32,
        "dir",
        "DIR",
        "VBA",
        "Excel",
        "Office",
        "stdole",
    ],
)
def test_a_module_name_that_excel_does_not_take_is_refused(nombre: str) -> None:
    assert rechazo(LIBRO, Modulo(nombre, "")).modulo == nombre


@pytest.mark.parametrize("nombre", ["a" * 31, "M_1", "Año", "Ñandú", "x"])
def test_a_module_name_that_excel_takes_is_kept(nombre: str) -> None:
    assert nombre in textos(compilar("P", [LIBRO, Modulo(nombre, "")]))


@pytest.mark.parametrize("repetido", ["ZedCinta", "zedcinta", "thisworkbook", "ZEDXL"])
def test_a_name_that_another_module_or_the_project_has_is_refused(repetido: str) -> None:
    error = rechazo(LIBRO, Modulo("ZedCinta", ""), Modulo(repetido, ""))
    assert error.modulo == repetido
    assert "has this name" in str(error)


def test_a_project_name_that_is_no_identifier_is_refused() -> None:
    assert rechazo(LIBRO, proyecto="Zed XL").modulo == "Zed XL"


@pytest.mark.parametrize(
    "modulos", [[], [Modulo("M", ""), Modulo("Hoja1", "", Clase.HOJA)], [LIBRO, Modulo("Otro", "", Clase.LIBRO)]]
)
def test_a_project_has_one_module_of_a_workbook(modulos: list[Modulo]) -> None:
    assert "workbook" in str(rechazo(*modulos))


def test_a_module_whose_end_does_not_compress_is_refused_because_nuls_would_follow_it() -> None:
    letras = [chr(codigo) for codigo in (*range(0x21, 0x5B), *range(0xC0, 0xC6))]
    sin_repetir = "".join(letras[octeto] for octeto in sin_repeticiones(3800))
    lineas = "\n".join(f"'{sin_repetir[inicio : inicio + 900]}" for inicio in range(0, 3800, 900))
    error = rechazo(LIBRO, Modulo("Azar", lineas))
    assert error.modulo == "Azar"
    assert "compress" in str(error)


def test_a_project_too_large_for_the_format_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zedxl.vba.compuesto._FAT_EN_LA_CABECERA", 0)
    error = rechazo(LIBRO)
    assert error.modulo == "ZedXL"
    assert "too many" in str(error)
