"""What `zedxl diagnostico` finds in a PC: each check over a PC made by hand, and what it says."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import PureWindowsPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zedxl.instalacion import InstalacionImposible, reglas
from zedxl.instalacion.chequeo import Chequeo, Estado
from zedxl.instalacion.confianza import Ubicacion
from zedxl.instalacion.diagnostico import como_json, como_texto, hay_mal, juzgar, revisar
from zedxl.instalacion.equipo import Complemento, Equipo, Instalado, Libro, Python, Residente, Seguridad, Xlwings

BIEN, AVISO, MAL = Estado.BIEN, Estado.AVISO, Estado.MAL
PYTHONW = r"C:\Users\Ana\AppData\Local\zedxl\venv\Scripts\pythonw.exe"
PLAN = PureWindowsPath(r"C:\Users\Ana\Documents\PEI")

EN_ORDEN = Equipo(
    python=Python("3.13.2", PureWindowsPath(PYTHONW), True, PYTHONW, PureWindowsPath(r"C:\Python313")),
    xlwings=Xlwings("0.37.8", "0.37.8", (), True),
    excel=r"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE",
    instalado=Instalado(Complemento.AL_DIA, r"C:\XLSTART\zedxl.xlam", PYTHONW, True, False),
    seguridad=Seguridad(),
    residente=Residente(),
)
DEL_CORREO = Libro(PLAN / "Seguimiento.xlsm", 3)
CONFIADO = Seguridad(confiadas=(Ubicacion(PLAN, True),), propias=(str(PLAN),))
CON_RESIDENTE = Residente(orden=f'"{PYTHONW}" -m zedxl.excel', corriendo=True)


def con(parte: str, **cambios: Any) -> Equipo:
    """The PC in order, but for some fields of one part of it."""
    return replace(EN_ORDEN, **{parte: replace(getattr(EN_ORDEN, parte), **cambios)})


def test_a_pc_in_order_has_nothing_to_mend() -> None:
    chequeos = juzgar(EN_ORDEN)
    assert {chequeo.estado for chequeo in chequeos} == {BIEN}
    assert {chequeo.remedio for chequeo in chequeos} == {""}


@pytest.mark.parametrize(
    ("equipo", "asunto", "estado", "dice", "remedio"),
    [
        (con("python", base=PureWindowsPath(r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.13")),
         "Python", MAL, "Microsoft Store", "python.org"),
        (con("python", existe=False), "Python", MAL, "Falta", "python.org"),
        (con("python", legible=None), "Python", MAL, "letras que las macros de Excel no pueden leer", r"C:\zedxl"),
        (con("xlwings", instalada="0.30.1"), "xlwings", MAL, "necesita la versión 0.37.8 de xlwings, y está instalada la 0.30.1", "instalar.cmd"),
        (con("xlwings", instalada=None), "xlwings", MAL, "no está instalada", "instalar.cmd"),
        (con("xlwings", con_pywin32=False), "xlwings", MAL, "Falta pywin32", "instalar.cmd"),
        (con("xlwings", dll_que_faltan=("xlwings64-0.37.8.dll",)), "xlwings", MAL, "pip install --user", "instalar.cmd"),
        (replace(EN_ORDEN, excel=None), "Excel", AVISO, "No se encuentra Excel", "no haga caso"),
        (replace(EN_ORDEN, excel=r"C:\Users\Ana\AppData\Local\Microsoft\WindowsApps\excel.exe"),
         "Excel", MAL, "Microsoft Store", "Desinstálelo"),
        (con("instalado", interprete=None), "Configuración", MAL, "no sabe qué Python usar", "zedxl instalar"),
        (con("instalado", existe_interprete=False), "Configuración", MAL, "ya no existe", "zedxl instalar"),
        (con("instalado", interprete=r"C:\otro\pythonw.exe"), "Configuración", AVISO, "usa otro Python", "zedxl instalar"),
        (con("instalado", complemento=Complemento.AUSENTE), "Complemento", MAL, "No está en su lugar", "zedxl instalar"),
        (con("instalado", complemento=Complemento.OTRO), "Complemento", MAL, "es de otra versión", "zedxl instalar"),
        (con("instalado", complemento=Complemento.SIN_COMPROBAR), "Complemento", AVISO, "No se pudo comprobar", "repita"),
        (con("instalado", desactivado=True), "Complemento", MAL, "lo desactivó", "Elementos deshabilitados"),
        (con("seguridad", sin_complementos=True), "Complemento", MAL, "no carga ningún complemento", "soporte"),
        (con("seguridad", complementos_firmados=True), "Complemento", MAL, "complementos firmados", "soporte"),
        (con("seguridad", macros=1), "Macros", AVISO, "es un riesgo", "con notificación"),
        (con("seguridad", macros=3), "Macros", MAL, "Excel bloquea las macros no firmadas", "--confiar"),
        (con("seguridad", macros=4, por_politica=True), "Macros", MAL, "política de su institución bloquea todas", "--confiar"),
        (con("seguridad", sin_ubicaciones=True), "Macros", AVISO, "no toma en cuenta las carpetas de confianza", "soporte"),
        (con("seguridad", ubicaciones_de_politica=True), "Macros", AVISO, "no toma en cuenta", "soporte"),
        (replace(EN_ORDEN, libro=DEL_CORREO), "Libro", MAL, "Seguimiento.xlsm está marcado", "Desbloquear"),
        (con("seguridad", defender=1), "Defender", MAL, "no deja que Excel inicie", "--residente"),
        (con("seguridad", defender=6), "Defender", AVISO, "pregunta antes de dejar", "--residente"),
        (replace(EN_ORDEN, residente=replace(CON_RESIDENTE, corriendo=False)), "Servidor residente", AVISO, "No está en marcha", "--residente"),
        (replace(EN_ORDEN, residente=replace(CON_RESIDENTE, apagado=True)), "Servidor residente", AVISO, "deshabilitado", "Inicio"),
        (replace(EN_ORDEN, residente=replace(CON_RESIDENTE, orden='"C:\\otro.exe"')), "Servidor residente", AVISO, "otro Python", "--residente"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_first_with_its_remedy(
    equipo: Equipo, asunto: str, estado: Estado, dice: str, remedio: str
) -> None:
    primero, *resto = juzgar(equipo)
    assert (primero.asunto, primero.estado) == (asunto, estado)
    assert dice in primero.explicacion
    assert remedio in primero.remedio
    assert {chequeo.estado for chequeo in resto} == {BIEN}


@pytest.mark.parametrize(
    "equipo",
    [
        replace(EN_ORDEN, libro=DEL_CORREO, seguridad=CONFIADO),
        replace(EN_ORDEN, libro=replace(DEL_CORREO, zona=1)),
        replace(EN_ORDEN, libro=replace(DEL_CORREO, zona=None)),
        replace(EN_ORDEN, seguridad=replace(CONFIADO, macros=4)),
        replace(EN_ORDEN, residente=CON_RESIDENTE, seguridad=Seguridad(defender=1)),
        con("seguridad", defender=2),
        con("seguridad", defender=0),
        con("xlwings", pedida=None),
        con("instalado", interprete=PYTHONW.upper()),
    ],
    ids=["mark in a trusted folder", "mark of the intranet", "no mark", "macros off but a folder trusted",
         "rule but resident server", "rule that only notes", "rule that is off", "run from its sources", "capitals"],
)  # fmt: skip
def test_what_does_no_harm_is_no_fault(equipo: Equipo) -> None:
    assert {chequeo.estado for chequeo in juzgar(equipo)} == {BIEN}


def test_trust_in_a_folder_reaches_those_below_it_only_when_that_was_asked_for() -> None:
    dentro = PureWindowsPath(r"c:\users\ana\documents\pei\2025\libro.xlsm")
    assert Ubicacion(PLAN, True).cubre(dentro)
    assert not Ubicacion(PLAN, False).cubre(dentro)
    assert not Ubicacion(PLAN, True).cubre(PLAN.parent / "libro.xlsm")


TODO_MAL = replace(
    EN_ORDEN,
    python=replace(EN_ORDEN.python, existe=False),
    xlwings=Xlwings(None, "0.37.8", (), False),
    excel=r"C:\WindowsApps\excel.exe",
    instalado=Instalado(Complemento.AUSENTE, "C:\\" + "carpeta larga\\" * 20, None, False, False),
    seguridad=Seguridad(macros=4, defender=1),
    libro=DEL_CORREO,
)


class TestText:
    def test_wrong_then_doubtful_then_the_names_of_what_is_right(self) -> None:
        chequeos = (Chequeo("A", MAL, "Falta.", "Póngalo."), Chequeo("B", BIEN, "Está."), Chequeo("C", BIEN, "Está."))
        assert como_texto(chequeos) == "[MAL] A: Falta. Póngalo.\nBien: B, C."

    def test_a_message_too_long_for_excel_keeps_whole_lines_and_says_that_there_is_more(self) -> None:
        texto = como_texto(juzgar(TODO_MAL))
        assert len(texto) <= 1000
        *lineas, ultima = texto.splitlines()
        assert ultima == "Para verlo todo, ejecute «zedxl diagnostico»."
        assert lineas == [str(chequeo) for chequeo in juzgar(TODO_MAL)][: len(lineas)]
        assert len(lineas) >= 3

    @given(
        st.lists(st.builds(Chequeo, st.text(max_size=30), st.sampled_from(Estado), st.text(max_size=400), st.text()))
    )
    def test_it_never_exceeds_what_a_message_of_excel_shows(self, chequeos: list[Chequeo]) -> None:
        assert len(como_texto(chequeos)) <= 1000

    def test_json_says_the_same(self) -> None:
        assert como_json([Chequeo("A", MAL, "Falta.", "Póngalo.")]) == {
            "chequeos": [{"asunto": "A", "estado": "mal", "explicacion": "Falta.", "remedio": "Póngalo."}]
        }


def test_only_what_is_wrong_makes_the_command_fail() -> None:
    assert hay_mal(juzgar(TODO_MAL))
    assert not hay_mal(juzgar(replace(EN_ORDEN, excel=None)))


def test_outside_windows_it_says_so() -> None:
    with pytest.raises(InstalacionImposible, match="Windows y Excel"):
        revisar()


@pytest.mark.parametrize("regla", reglas.REGLAS)
def test_every_check_ends_its_sentences(regla: Callable[[Equipo], Chequeo | None]) -> None:
    for equipo in (replace(EN_ORDEN, libro=DEL_CORREO), TODO_MAL):
        chequeo = regla(equipo)
        assert chequeo is not None
        assert str(chequeo).endswith(".")
