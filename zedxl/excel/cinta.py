"""The ribbon tab "PEI": its groups and buttons, and the customUI part that shows them.

What a button does when it is pressed is in `zedxl.excel.botones`, under the same name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from lxml import etree

ESPACIO = "http://schemas.microsoft.com/office/2009/07/customui"


class Necesita(str, Enum):
    """What must be there for a button to make sense; the callback that enables it reads this word."""

    NADA = "nada"
    LIBRO = "libro"
    """A book is open and can be edited."""
    CARPETA = "carpeta"
    """The book has been saved somewhere."""


class Pestana(str, Enum):
    """The id of the tab, by which its callback tells the add-in's from that of a book: only one of them shows."""

    DEL_LIBRO = "tabPEI_libro"
    DEL_COMPLEMENTO = "tabPEI_complemento"

    @property
    def modulo(self) -> str:
        """The VBA module with its callbacks: Excel might take those of another open file if they had the same name."""
        return "ZedCinta" if self is Pestana.DEL_LIBRO else "ZedCintaDelComplemento"


@dataclass(frozen=True, slots=True)
class Boton:
    """A button: what it is called and shows (Spanish), its key tip, its Office icon and what it needs."""

    nombre: str
    rotulo: str
    ayuda: str
    tecla: str
    icono: str
    necesita: Necesita
    grande: bool = False


@dataclass(frozen=True, slots=True)
class Grupo:
    """A group of buttons."""

    nombre: str
    rotulo: str
    botones: tuple[Boton, ...]


CINTA = (
    Grupo("grpInforme", "Informe", (
        Boton("generar_informe", "Generar Informe", "Escribe en Word el informe de evaluación con lo que está ahora en "
              "el libro, aunque no lo haya guardado, y lo abre.", "G", "ExportWord", Necesita.CARPETA, grande=True),
        Boton("carpeta_de_informes", "Carpeta de informes", "Abre la carpeta del libro, donde quedan los informes.",
              "C", "FileOpen", Necesita.CARPETA),
    )),
    Grupo("grpControl", "Control", (
        Boton("resumen", "Resumen", "Muestra los puntajes y las AEI críticas del último período con valores.",
              "R", "AutoSum", Necesita.LIBRO),
        Boton("validar", "Validar", "Escribe en la hoja Validación todo lo que está mal en el libro, qué hacer y un "
              "enlace a cada celda.", "L", "DataValidation", Necesita.LIBRO),
    )),
    Grupo("grpSemestre", "Semestre", (
        Boton("registrar", "Registrar valores", "Escribe los valores de un período, uno por uno o desde una lista "
              "(CSV), y los anota en la Bitácora.", "V", "SheetRowsInsert", Necesita.LIBRO),
        Boton("abrir_semestre", "Abrir semestre", "Prepara las columnas de un período nuevo, o reabre uno cerrado.",
              "A", "SheetColumnsInsert", Necesita.LIBRO),
        Boton("cerrar_semestre", "Cerrar semestre", "Valida el libro, guarda cómo quedó el período y bloquea sus "
              "celdas.", "S", "Lock", Necesita.LIBRO),
    )),
    Grupo("grpCopias", "Copias", (
        Boton("repartir", "Repartir copias", "Escribe una copia del libro por cada unidad responsable, para llenarla "
              "sin red.", "P", "FileSaveAs", Necesita.CARPETA),
        Boton("fusionar", "Fusionar copias", "Reúne en este libro lo que se llenó en las copias; lo que dos cambiaron "
              "de distinta manera queda en la hoja Conflictos.", "F", "MergeCells", Necesita.CARPETA),
    )),
    Grupo("grpFormulas", "Fórmulas", (
        Boton("insertar_formulas", "Insertar fórmulas", "Llena las columnas Avance, Nota, Semáforo y Crítica que usted "
              "señale, con las funciones de cada fila de la tabla.", "I", "FunctionWizard", Necesita.LIBRO),
    )),
    Grupo("grpAyuda", "Ayuda", (
        Boton("diagnostico", "Diagnóstico", "Revisa la instalación de zedxl en este equipo y dice por qué hay celdas "
              "con error.", "D", "ErrorChecking", Necesita.NADA),
        Boton("ayuda", "Ayuda", "Explica las funciones y los botones.", "Y", "Help", Necesita.NADA),
    )),
)  # fmt: skip


def customui(pestana: Pestana) -> bytes:
    """The customUI14 part of a book or of the add-in."""
    raiz = _elemento(None, "customUI", {"onLoad": f"{pestana.modulo}.AlCargar"})
    pestanas = _elemento(_elemento(raiz, "ribbon"), "tabs")
    tab = _elemento(
        pestanas,
        "tab",
        {"id": pestana.value, "label": "PEI", "keytip": "PE", "getVisible": f"{pestana.modulo}.AlPreguntarSiSeVe"},
    )
    for grupo in CINTA:
        cuerpo = _elemento(tab, "group", {"id": grupo.nombre, "label": grupo.rotulo})
        for boton in grupo.botones:
            _elemento(cuerpo, "button", _atributos(boton, pestana.modulo))
    return etree.tostring(raiz, xml_declaration=True, encoding="UTF-8", standalone=True, pretty_print=True)


def _atributos(boton: Boton, modulo: str) -> dict[str, str]:
    return {
        "id": boton.nombre,
        "label": boton.rotulo,
        "imageMso": boton.icono,
        "size": "large" if boton.grande else "normal",
        "tag": boton.necesita.value,
        "keytip": boton.tecla,
        "screentip": boton.rotulo,
        "supertip": boton.ayuda,
        "onAction": f"{modulo}.AlPulsar",
        "getEnabled": f"{modulo}.AlPreguntarSiSirve",
    }


def _elemento(padre: etree._Element | None, nombre: str, atributos: Mapping[str, str] | None = None) -> etree._Element:
    elemento = etree.Element(f"{{{ESPACIO}}}{nombre}", dict(atributos or {}), nsmap={None: ESPACIO})  # type: ignore[dict-item]
    if padre is not None:
        padre.append(elemento)
    return elemento
