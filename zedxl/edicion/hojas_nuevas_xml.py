"""New sheets in a book's file: their parts, and all the places of the package that list them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, count

from zedxl.edicion.cambio import EdicionImposible, HojaNueva
from zedxl.edicion.celdas_xml import con_formato_para
from zedxl.edicion.contenido_xml import escrito
from zedxl.edicion.fila_xml import entero
from zedxl.edicion.libro_editable import LIBRO, LibroEditable
from zedxl.edicion.listas_del_paquete import declarar, relacionar
from zedxl.edicion.tablas_xml import columna_xml, tablas_de, titulo_de_tabla
from zedxl.libro.direccion import Area, direccion
from zedxl.libro.relaciones import lista_de
from zedxl.libro.xml_crudo import XMLNoEditable, atributo, con_hijo, entre_comillas, hijo, hijos, prefijo_de, raiz
from zedxl.plan import Celda

_TIPO_DE_HOJA = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_TIPO_DE_TABLA = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"
_LISTA_DE_RELACIONES = "http://schemas.openxmlformats.org/package/2006/relationships"
_DECLARACION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NORMAL = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
)
_ESTRICTO = ("http://purl.oclc.org/ooxml/spreadsheetml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships")
_NOMBRE_DE_HOJA = re.compile(r"(?!')[^\[\]:*?/\\\x00-\x1f]{1,31}(?<!')")
_NO_EN_NOMBRES = re.compile(r"[^\w.]")
_NO_ES_NOMBRE = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*(?:[Cc]\d*)?|[Cc]\d*|[\d.].*|")


def agregar(libro: LibroEditable, hojas: Iterable[HojaNueva]) -> None:
    """Add these sheets, in order, at the end of the book."""
    for hoja in hojas:
        _exigir_nombre(libro, hoja.nombre)
        with libro.explicando("la lista de hojas"):
            _agregar(libro, hoja)


def _exigir_nombre(libro: LibroEditable, nombre: str) -> None:
    if nombre.casefold() in {otro.casefold() for otro in (*libro.todas_las_hojas, *libro.nombres)}:
        raise EdicionImposible(f"{libro.ruta.name} ya tiene una hoja «{nombre}». Cámbiele el nombre en Excel.")
    if not _NOMBRE_DE_HOJA.fullmatch(nombre):
        raise EdicionImposible(f"«{nombre}» no puede ser el nombre de una hoja de Excel. Use otro.")


def _agregar(libro: LibroEditable, hoja: HojaNueva) -> None:
    espacios = _espacios(libro)
    parte = libro.parte_libre("xl/worksheets/sheet{}.xml")
    if hoja.fila_de_titulos:
        area = _area_de_tabla(hoja)
        tabla = libro.parte_libre("xl/tables/table{}.xml")
        libro.partes[tabla] = _tabla(libro, hoja, area, espacios[0])
        declarar(libro, tabla, _TIPO_DE_TABLA)
        destino = f"../tables/{tabla.rpartition('/')[2]}"
        libro.partes[lista_de(parte)] = (
            f'{_DECLARACION}<Relationships xmlns="{_LISTA_DE_RELACIONES}"><Relationship Id="rId1" '
            f'Type="{espacios[1]}/table" Target="{destino}"/></Relationships>'
        ).encode()
    libro.partes[parte] = _hoja(libro, hoja, espacios)
    declarar(libro, parte, _TIPO_DE_HOJA)
    relacion = relacionar(libro, LIBRO, f"{espacios[1]}/worksheet", parte.removeprefix("xl/"))
    _inscribir(libro, hoja, relacion, espacios[1])
    libro.nombres[hoja.nombre] = parte


def _espacios(libro: LibroEditable) -> tuple[str, str]:
    """The namespaces of the book's parts and of its relationships."""
    xml = libro.editable(LIBRO)
    apertura = raiz(xml).apertura(xml)
    return _ESTRICTO if prefijo_de(apertura, [_ESTRICTO[0]]) is not None else _NORMAL


def _hoja(libro: LibroEditable, hoja: HojaNueva, espacios: tuple[str, str]) -> bytes:
    filas = "".join(
        f'<row r="{n}">{"".join(_celdas(libro, hoja, n))}</row>' for n, fila in enumerate(hoja.filas, 1) if fila
    )
    anchos = "".join(
        f'<col min="{n}" max="{n}" width="{ancho:g}" customWidth="1"/>' for n, ancho in enumerate(hoja.anchos, 1)
    )
    medida = Area(1, 1, max(len(hoja.filas), 1), max((len(fila) for fila in hoja.filas), default=0) or 1)
    tabla = '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>' if hoja.fila_de_titulos else ""
    return (
        f'{_DECLARACION}<worksheet xmlns="{espacios[0]}" xmlns:r="{espacios[1]}"><dimension ref="{medida}"/>'
        f'<sheetFormatPr defaultRowHeight="15"/>{f"<cols>{anchos}</cols>" if anchos else ""}'
        f"<sheetData>{filas}</sheetData>"
        '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
        f"{tabla}</worksheet>"
    ).encode()


def _celdas(libro: LibroEditable, hoja: HojaNueva, fila: int) -> Iterator[str]:
    for columna, contenido in enumerate(hoja.filas[fila - 1], 1):
        if contenido in (None, ""):
            continue
        estilo = con_formato_para(libro, 0, contenido)
        if fila == hoja.fila_de_titulos:
            estilo = libro.estilos.negrita(estilo)
        porcentaje = estilo in libro.estilos.porcentajes
        celda = Celda(hoja.nombre, fila, columna)
        clase, dentro = escrito(celda, contenido, b"", porcentaje=porcentaje, desde_1904=libro.desde_1904)
        yield (
            f'<c r="{direccion(fila, columna)}"{f" s={chr(34)}{estilo}{chr(34)}" if estilo else ""}'
            f"{f' t={chr(34)}{clase}{chr(34)}' if clase else ''}>{dentro.decode()}</c>"
        )


def _area_de_tabla(hoja: HojaNueva) -> Area:
    """Titles and rows to the last one; a table without rows still has an empty one."""
    fila = hoja.fila_de_titulos
    if fila > len(hoja.filas) or not hoja.filas[fila - 1]:
        raise EdicionImposible(f"La hoja «{hoja.nombre}» no tiene títulos en la fila {fila}.")
    return Area(fila, 1, max(len(hoja.filas), fila + 1), len(hoja.filas[fila - 1]))


def _tabla(libro: LibroEditable, hoja: HojaNueva, area: Area, espacio: str) -> bytes:
    titulos: list[str] = []
    for columna, contenido in enumerate(hoja.filas[area.fila - 1], 1):
        titulos.append(titulo_de_tabla(Celda(hoja.nombre, area.fila, columna), contenido, titulos))
    columnas = b"".join(columna_xml(b"", n, titulo) for n, titulo in enumerate(titulos, 1)).decode()
    numero, libre = _identidad(libro, hoja.tabla)
    nombre = entre_comillas(libre)
    return (
        f'{_DECLARACION}<table xmlns="{espacio}" id="{numero}" name={nombre} displayName={nombre} '
        f'ref="{area}" totalsRowShown="0"><autoFilter ref="{area}"/><tableColumns count="{len(titulos)}">{columnas}'
        '</tableColumns><tableStyleInfo name="TableStyleMedium2" showFirstColumn="0" showLastColumn="0" '
        'showRowStripes="1" showColumnStripes="0"/></table>'
    ).encode()


def _identidad(libro: LibroEditable, deseado: str) -> tuple[int, str]:
    """A number and a name that no table of the book has yet."""
    numeros, nombres = [0], set(_nombres_definidos(libro))
    for hoja in libro.nombres:
        for tabla in tablas_de(libro, hoja):
            numeros.append(entero(atributo(raiz(tabla.xml).apertura(tabla.xml), "id")))
            nombres.add(tabla.nombre.casefold())
    return max(numeros) + 1, nombre_de_tabla(deseado, nombres)


def _nombres_definidos(libro: LibroEditable) -> Iterator[str]:
    xml = libro.editable(LIBRO)
    lista = hijo(xml, raiz(xml), b"definedNames")
    return ((atributo(e.apertura(xml), "name") or "").casefold() for e in (hijos(xml, lista) if lista else ()))


def nombre_de_tabla(deseado: str, usados: Collection[str]) -> str:
    """A name that a table may have, and none of the book's has; ``usados`` are casefolded.

    >>> nombre_de_tabla("Bitácora 1", []), nombre_de_tabla("PEI2026", []), nombre_de_tabla("tbl", ["tbl", "tbl_2"])
    ('Bitácora_1', '_PEI2026', 'tbl_3')
    """
    nombre = _NO_EN_NOMBRES.sub("_", deseado)[:240]
    if _NO_ES_NOMBRE.fullmatch(nombre):
        nombre = f"_{nombre}"
    candidatos = chain([nombre], (f"{nombre}_{numero}" for numero in count(2)))
    return next(candidato for candidato in candidatos if candidato.casefold() not in usados)


def _inscribir(libro: LibroEditable, hoja: HojaNueva, relacion: str, espacio: str) -> None:
    xml = libro.editable(LIBRO)
    propio = raiz(xml)
    lista = hijo(xml, propio, b"sheets")
    if lista is None:
        raise XMLNoEditable
    numero = max((entero(atributo(e.apertura(xml), "sheetId")) for e in hijos(xml, lista)), default=0) + 1
    prefijo = prefijo_de(propio.apertura(xml), [espacio])
    declarado = b"" if prefijo else b' xmlns:r="%b"' % espacio.encode()
    estado = b' state="veryHidden"' if hoja.oculta else b""
    nombre = entre_comillas(hoja.nombre).encode()
    libro.partes[LIBRO] = con_hijo(
        xml,
        lista,
        b'<%bsheet name=%b sheetId="%d"%b%b %bid="%b"/>'
        % (lista.prefijo, nombre, numero, estado, declarado, prefijo or b"r:", relacion.encode()),
    )
