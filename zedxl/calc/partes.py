"""The text parts that tell LibreOffice what the extension brings: types, components, menu, description."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from udfs import FUNCIONES, Funcion
from zedxl import __version__
from zedxl.calc import IDENTIFICADOR, SERVICIO_DE_FUNCIONES, SERVICIO_DEL_MENU
from zedxl.calc.adaptador import identificador

TIPOS = "idl/zedxl.idl"
COMPONENTES = "zedxl.components"
MENU = "Addons.xcu"

_MARCA = '<?xml version="1.0" encoding="UTF-8"?>\n'
_DOCUMENTO = "com::sun::star::beans::XPropertySet"
_HOJA_DE_CALCULO = "com.sun.star.sheet.SpreadsheetDocument"


@dataclass(frozen=True, slots=True)
class Entrada:
    """An entry of the menu: what `zedxl.calc.menu` is asked to do, and what people read."""

    accion: str
    rotulo: str


ENTRADAS_DEL_MENU = (Entrada("informe", "Generar Informe"), Entrada("resumen", "Resumen"))


def tipos() -> str:
    """The interface with a method for each function, in UNO's description language."""
    metodos = "\n".join(f"  any {identificador(f.nombre)}({_argumentos(f)});" for f in FUNCIONES.values())
    return (
        "module pe { module zedxl {\n"
        "interface XFunciones : com::sun::star::uno::XInterface {\n"
        f"{metodos}\n"
        "};\n"
        "}; };\n"
    )


def componentes() -> str:
    """The two components and the file that makes them."""
    servicios = {
        SERVICIO_DE_FUNCIONES: ("com.sun.star.sheet.AddIn", SERVICIO_DE_FUNCIONES),
        SERVICIO_DEL_MENU: (SERVICIO_DEL_MENU,),
    }
    cuerpo = "".join(
        f"    <implementation name={quoteattr(nombre)}>\n"
        + "".join(f"      <service name={quoteattr(servicio)}/>\n" for servicio in suyos)
        + "    </implementation>\n"
        for nombre, suyos in servicios.items()
    )
    return (
        f'{_MARCA}<components xmlns="http://openoffice.org/2010/uno-components">\n'
        '  <component loader="com.sun.star.loader.Python" uri="./componente.py">\n'
        f"{cuerpo}  </component>\n</components>\n"
    )


def menu() -> str:
    """The menu "PEI", which only shows over a spreadsheet."""
    entradas = "".join(_entrada(lugar, entrada) for lugar, entrada in enumerate(ENTRADAS_DEL_MENU, 1))
    return (
        f'{_MARCA}<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" oor:name="Addons" oor:package="org.openoffice.Office">\n'
        ' <node oor:name="AddonUI"><node oor:name="OfficeMenuBar"><node oor:name="pe.zedxl.menu" oor:op="replace">\n'
        f"{_propiedad('Title', 'PEI')}{_propiedad('Context', _HOJA_DE_CALCULO)}"
        f'  <node oor:name="Submenu">\n{entradas}  </node>\n'
        " </node></node></node>\n</oor:component-data>\n"
    )


def descripcion() -> str:
    """What the extension manager shows; older programs refuse to install it."""
    return (
        f'{_MARCA}<description xmlns="http://openoffice.org/extensions/description/2006" '
        'xmlns:d="http://openoffice.org/extensions/description/2006" '
        'xmlns:l="http://libreoffice.org/extensions/description/2011">\n'
        f' <identifier value="{IDENTIFICADOR}"/>\n <version value="{__version__}"/>\n'
        ' <dependencies><l:LibreOffice-minimal-version value="25.2" d:name="LibreOffice 25.2"/></dependencies>\n'
        ' <display-name><name lang="es">zedxl: seguimiento del PEI</name></display-name>\n'
        "</description>\n"
    )


def manifiesto() -> str:
    """What each part is."""
    clases = {
        TIPOS: "application/vnd.sun.star.uno-typelibrary;type=RDB",
        COMPONENTES: "application/vnd.sun.star.uno-components",
        MENU: "application/vnd.sun.star.configuration-data",
    }
    entradas = "".join(
        f' <manifest:file-entry manifest:media-type="{clase}" manifest:full-path="{parte}"/>\n'
        for parte, clase in clases.items()
    )
    return (
        f'{_MARCA}<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">\n'
        f"{entradas}</manifest:manifest>\n"
    )


def _argumentos(funcion: Funcion) -> str:
    """Each may be of any kind, and left out; last, unseen by who types the formula, comes the book that calls."""
    propios = [f"[in] any {identificador(argumento.nombre)}" for argumento in funcion.argumentos]
    return ", ".join([*propios, f"[in] {_DOCUMENTO} libro"])


def _entrada(lugar: int, entrada: Entrada) -> str:
    return (
        f'   <node oor:name="m{lugar}" oor:op="replace">\n'
        f"{_propiedad('URL', f'service:{SERVICIO_DEL_MENU}?{entrada.accion}')}"
        f"{_propiedad('Title', entrada.rotulo)}{_propiedad('Context', _HOJA_DE_CALCULO)}"
        f"{_propiedad('Target', '_self')}   </node>\n"
    )


def _propiedad(nombre: str, valor: str) -> str:
    return f'    <prop oor:name="{nombre}" oor:type="xs:string"><value>{escape(valor)}</value></prop>\n'
