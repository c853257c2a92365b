"""What a package says of its parts: the content type of each, and which one leads to which."""

from __future__ import annotations

from itertools import chain, count

from zedxl.edicion.libro_editable import LibroEditable
from zedxl.libro.relaciones import lista_de
from zedxl.libro.xml_crudo import atributo, con_apertura, con_atributo, con_hijo, hijos, raiz

TIPOS = "[Content_Types].xml"


def declarar(libro: LibroEditable, parte: str, tipo: str) -> None:
    """Give a part a content type of its own, or another one than it had."""
    xml = libro.editable(TIPOS)
    tipos = raiz(xml)
    for declaracion in hijos(xml, tipos):
        apertura = declaracion.apertura(xml)
        if (atributo(apertura, "PartName") or "").casefold() == f"/{parte}".casefold():
            libro.partes[TIPOS] = con_apertura(xml, declaracion, con_atributo(apertura, "ContentType", tipo))
            return
    nueva = b'<%bOverride PartName="/%b" ContentType="%b"/>' % (tipos.prefijo, parte.encode(), tipo.encode())
    libro.partes[TIPOS] = con_hijo(xml, tipos, nueva)


def tipo_por_extension(libro: LibroEditable, extension: str) -> str | None:
    """The content type of the parts whose name ends so and that have none of their own; None when none is said."""
    xml = libro.editable(TIPOS)
    for declaracion in hijos(xml, raiz(xml)):
        apertura = declaracion.apertura(xml)
        if declaracion.nombre == b"Default" and (atributo(apertura, "Extension") or "").casefold() == extension:
            return atributo(apertura, "ContentType")
    return None


def relacionar(libro: LibroEditable, parte: str, tipo: str, destino: str, nombre: str = "") -> str:
    """Have a part ("" for the package itself) lead to another one; returns what the relationship is called.

    That is ``nombre``, with a number behind it where it is taken.
    """
    lista = lista_de(parte)
    xml = libro.editable(lista)
    relaciones = raiz(xml)
    usados = {"", *(atributo(e.apertura(xml), "Id") for e in hijos(xml, relaciones))}
    numerados = (f"{nombre or 'rId'}{numero}" for numero in count(len(usados)))
    libre = next(candidato for candidato in chain([nombre], numerados) if candidato not in usados)
    nueva = f'Relationship Id="{libre}" Type="{tipo}" Target="{destino}"/>'.encode()
    libro.partes[lista] = con_hijo(xml, relaciones, b"<%b%b" % (relaciones.prefijo, nueva))
    return libre
