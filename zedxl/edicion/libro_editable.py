"""A book's package while it is being edited: its parts as they are now, its sheets and its styles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from itertools import count
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from zedxl.edicion.cambio import Contenido, EdicionImposible
from zedxl.edicion.contenido_xml import Lector, textos_compartidos
from zedxl.edicion.estilos_xml import Estilos
from zedxl.edicion.fila_xml import CeldaXML, area_de
from zedxl.edicion.hoja_xml import HojaEditable
from zedxl.libro.direccion import Area
from zedxl.libro.paquete import Paquete
from zedxl.libro.relaciones import relacionadas
from zedxl.libro.xml_crudo import XMLNoEditable, atributo, exigir_bien_formado, exigir_editable, hijo, hijos, raiz

LIBRO = "xl/workbook.xml"
_ESTILOS = "xl/styles.xml"
_TEXTOS = "xl/sharedStrings.xml"


@dataclass(slots=True)
class HojaAbierta:
    """A worksheet that is being edited, with the areas in which not every cell is free."""

    nombre: str
    parte: str
    xml: HojaEditable
    combinadas: tuple[Area, ...]
    calculadas: tuple[Area, ...]


@dataclass
class LibroEditable:
    """The package with the parts that are other than before, or new."""

    paquete: Paquete
    partes: dict[str, bytes] = field(default_factory=dict)
    _hojas: dict[str, HojaAbierta] = field(default_factory=dict)

    @property
    def ruta(self) -> Path:
        """The file of the book."""
        return self.paquete.ruta

    def parte(self, nombre: str) -> bytes:
        """A part as it is now; b"" when there is none."""
        return self.partes[nombre] if nombre in self.partes else self.paquete.parte(nombre)

    def editable(self, nombre: str) -> bytes:
        """A part that can be edited as it is now; `EdicionImposible` when that is not safe."""
        xml = self.parte(nombre)
        with self.explicando(f"la parte «{nombre}»"):
            exigir_editable(xml)
        return xml

    @cached_property
    def nombres(self) -> dict[str, str]:
        """The part of each worksheet by its name; new sheets are added here."""
        return self.paquete.hojas()

    def hoja(self, nombre: str) -> HojaAbierta:
        """A worksheet, open for editing; `EdicionImposible` when there is none or it is not edited safely."""
        if nombre not in self._hojas:
            self._hojas[nombre] = self._abrir(nombre)
        return self._hojas[nombre]

    def _abrir(self, nombre: str) -> HojaAbierta:
        parte = self.nombres.get(nombre)
        if parte is None:
            que = "no tiene celdas" if nombre in self.todas_las_hojas else "no existe"
            raise EdicionImposible(
                f"La hoja «{nombre}» {que} en {self.ruta.name}. Revise el nombre de la hoja y lea el libro de nuevo."
            )
        with self.explicando(f"la hoja «{nombre}»"):
            xml = HojaEditable(self.parte(parte))
            lista = hijo(xml.marco, raiz(xml.marco), b"mergeCells")
            combinadas = [atributo(e.apertura(xml.marco), "ref") for e in hijos(xml.marco, lista)] if lista else []
            areas = tuple(area_de(ref or "") for ref in combinadas)
            return HojaAbierta(nombre, parte, xml, areas, tuple(xml.areas_calculadas()))

    @cached_property
    def todas_las_hojas(self) -> list[str]:
        """The names of all sheets of the book as it was read, chart sheets too."""
        xml = self.paquete.parte(LIBRO)
        with self.explicando("la lista de hojas"):
            exigir_editable(xml)
            lista = hijo(xml, raiz(xml), b"sheets")
            return [atributo(e.apertura(xml), "name") or "" for e in hijos(xml, lista)] if lista else []

    def parte_libre(self, modelo: str) -> str:
        """A name for a new part, made from one with a place for a number."""
        return next(
            n for n in map(modelo.format, count(1)) if n.casefold() not in self._ocupadas and n not in self.partes
        )

    @cached_property
    def _ocupadas(self) -> set[str]:
        with ZipFile(BytesIO(self.paquete.contenido)) as zip_:
            return {nombre.casefold() for nombre in zip_.namelist()}

    @cached_property
    def estilos(self) -> Estilos:
        """The cell styles of the book."""
        self._exigir_lugar("styles", _ESTILOS)
        with self.explicando("la lista de estilos"):
            return Estilos(self.paquete.parte(_ESTILOS), {int(n) for n in self.paquete.estilos_porcentaje()})

    @cached_property
    def desde_1904(self) -> bool:
        """Whether the book counts its days from 1904."""
        xml = self.editable(LIBRO)
        propiedades = hijo(xml, raiz(xml), b"workbookPr")
        return propiedades is not None and atributo(propiedades.apertura(xml), "date1904") in ("1", "true")

    def contenido(self, hoja: HojaAbierta, celda: CeldaXML | None) -> Contenido:
        """What a cell holds that has no formula, as the reader of books tells it."""
        if celda is None or not celda.dentro.strip():
            return None
        return self._lector.leer(celda, elemento_de(hoja, celda))

    @cached_property
    def _lector(self) -> Lector:
        return Lector(
            texto=self._texto,
            lectura=self.estilos.lectura,
            porcentaje=lambda estilo: estilo in self.estilos.porcentajes,
            desde_1904=self.desde_1904,
        )

    def _texto(self, numero: int) -> str:
        if numero >= len(self._textos):
            raise XMLNoEditable
        return self._textos[numero]

    @cached_property
    def _textos(self) -> list[str]:
        self._exigir_lugar("sharedStrings", _TEXTOS)
        with self.explicando("la lista de textos"):
            return textos_compartidos(self.paquete.parte(_TEXTOS))

    def _exigir_lugar(self, clase: str, parte: str) -> None:
        """The part of a kind must be where every reader looks for it."""
        if list(relacionadas(self.paquete, LIBRO, clase)) != [parte]:
            raise self.no_editable(f"la parte «{parte}»")

    def cambiadas(self) -> dict[str, bytes]:
        """The parts that are other than in the package, or new to it."""
        partes = dict(self.partes)
        partes |= {hoja.parte: bytes(hoja.xml) for hoja in self._hojas.values()}
        if "estilos" in self.__dict__:
            partes[_ESTILOS] = self.estilos.xml
        distintas = {nombre: xml for nombre, xml in partes.items() if xml != self.paquete.parte(nombre)}
        for nombre, xml in distintas.items():
            with self.explicando(f"la parte «{nombre}»"):
                exigir_bien_formado(xml)
        return distintas

    @contextmanager
    def explicando(self, que: str) -> Iterator[None]:
        """Say of which part of the book it is that it cannot be edited."""
        try:
            yield
        except XMLNoEditable as error:
            raise self.no_editable(que) from error

    def no_editable(self, que: str) -> EdicionImposible:
        """The error for a part that is damaged, or written in an unusual way."""
        return EdicionImposible(
            f"{self.ruta.name}: {que} está dañada, o escrita de un modo que no se puede modificar sin riesgo. "
            "Abra el libro en Excel, guárdelo e intente de nuevo."
        )


def elemento_de(hoja: HojaAbierta, celda: CeldaXML) -> ET.Element:
    """A cell, parsed with the namespaces of its sheet."""
    propia = raiz(hoja.xml.marco)
    cierre = b"</%b%b>" % (propia.prefijo, propia.nombre)
    try:
        return ET.fromstring(propia.apertura(hoja.xml.marco) + celda.crudo(propia.prefijo) + cierre)[0]
    except (ET.ParseError, IndexError) as error:
        raise XMLNoEditable from error
