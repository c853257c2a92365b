"""The tables and filters of a book's sheets, and how they come to reach farther."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from zedxl.edicion.cambio import Cambio, Contenido, EdicionImposible, TablaHasta
from zedxl.edicion.fila_xml import area_de, entero
from zedxl.edicion.hoja_xml import Posicion
from zedxl.edicion.libro_editable import HojaAbierta, LibroEditable
from zedxl.edicion.nombres_xml import FILTRO, cambiar_area
from zedxl.libro.direccion import Area, direccion
from zedxl.libro.relaciones import relacionadas
from zedxl.libro.xml_crudo import (
    Elemento,
    XMLNoEditable,
    atributo,
    con_apertura,
    con_atributo,
    con_hijo,
    entre_comillas,
    hijo,
    hijos,
    raiz,
)
from zedxl.plan import Celda

MAX_TITULO = 255
"""Characters in a title of a table."""

_ESPECIAL = re.compile(r"[\x00-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPADO = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class TablaXML:
    """A table of a sheet: its part, its area with titles and totals, and the names of its columns as they read."""

    parte: str
    xml: bytes
    area: Area
    columnas: tuple[str, ...]
    con_titulos: bool
    con_totales: bool

    @property
    def nombre(self) -> str:
        """Its name."""
        return atributo(self._apertura, "displayName") or ""

    @property
    def enlazada(self) -> bool:
        """Whether its columns are those of a source outside the book."""
        return atributo(self._apertura, "tableType") in ("queryTable", "xml")

    @property
    def _apertura(self) -> bytes:
        return raiz(self.xml).apertura(self.xml)


def tablas_de(libro: LibroEditable, hoja: str) -> Iterator[TablaXML]:
    """The tables of a sheet."""
    for parte in relacionadas(libro, libro.nombres.get(hoja, ""), "table"):
        xml = libro.editable(parte)
        with libro.explicando(f"la tabla de la hoja «{hoja}» (parte «{parte}»)"):
            propia = raiz(xml)
            apertura = propia.apertura(xml)
            yield TablaXML(
                parte,
                xml,
                area_de(atributo(apertura, "ref") or ""),
                tuple(_columnas(xml)),
                atributo(apertura, "headerRowCount") != "0",
                atributo(apertura, "totalsRowCount") not in (None, "0"),
            )


def _columnas(xml: bytes) -> Iterator[str]:
    for columna in hijos(xml, _lista_de_columnas(xml)):
        nombre = atributo(columna.apertura(xml), "name") or ""
        yield _ESCAPADO.sub(lambda m: chr(int(m[1], 16)), nombre)


def _lista_de_columnas(xml: bytes) -> Elemento:
    lista = hijo(xml, raiz(xml), b"tableColumns")
    if lista is None:
        raise XMLNoEditable
    return lista


def columna_xml(prefijo: bytes, numero: int, titulo: str) -> bytes:
    """A ``tableColumn`` element."""
    nombre = entre_comillas(_ESPECIAL.sub(lambda m: f"_x{ord(m[0]):04x}_", titulo))
    return b'<%btableColumn id="%d" name=%b/>' % (prefijo, numero, nombre.encode())


def titulo_de_tabla(celda: Celda, contenido: Contenido, otros: Iterable[str]) -> str:
    """The title of a new column of a table; `EdicionImposible` for what cannot be one besides the others."""
    if not isinstance(contenido, str) or not contenido or len(contenido) > MAX_TITULO:
        raise EdicionImposible(
            f"{celda} debe ser el título de una columna de la tabla: un texto de hasta {MAX_TITULO} caracteres. "
            "Escríbalo en Excel y repita la operación."
        )
    if contenido.casefold() in {otro.casefold() for otro in otros}:
        raise EdicionImposible(
            f"{celda}: la tabla ya tiene una columna con el título «{contenido}». Cambie en Excel uno de los dos."
        )
    return contenido


def alargar(libro: LibroEditable, peticiones: Iterable[TablaHasta], escritas: Collection[Celda]) -> None:
    """Make tables and filters reach as far as they should; ``escritas`` are the cells that the edit has written."""
    for peticion in peticiones:
        hoja = libro.hoja(peticion.titulo.hoja)
        lugar = (peticion.titulo.fila, peticion.titulo.columna)
        tablas = list(tablas_de(libro, hoja.nombre))
        tabla = next((t for t in tablas if t.con_titulos and _esta_en_titulos(lugar, t.area)), None)
        with libro.explicando(f"la hoja «{hoja.nombre}»"):
            if tabla is None:
                _alargar_filtro(libro, hoja, lugar, peticion)
                continue
            nueva = _hasta(tabla.area, peticion)
            if nueva != tabla.area:
                _exigir_alargable(hoja, tabla, tablas, nueva, escritas if not peticion.absorbe else None)
                libro.partes[tabla.parte] = _alargada(libro, hoja, tabla, nueva)


def _esta_en_titulos(lugar: Posicion, area: Area) -> bool:
    return lugar[0] == area.fila and lugar in area


def _hasta(area: Area, peticion: TablaHasta) -> Area:
    hasta = max(area.hasta_fila, peticion.hasta_fila), max(area.hasta_columna, peticion.hasta_columna)
    return Area(area.fila, area.columna, *hasta)


def _exigir_alargable(
    hoja: HojaAbierta, tabla: TablaXML, tablas: Iterable[TablaXML], nueva: Area, escritas: Collection[Celda] | None
) -> None:
    """Raise `EdicionImposible` where a table cannot grow so; without ``escritas`` it may over what is written there."""
    quien = f"La tabla «{tabla.nombre}» de la hoja «{hoja.nombre}»"
    if tabla.con_totales:
        raise EdicionImposible(
            f"{quien} tiene una fila de totales y no se puede alargar. Quítela en Excel (Diseño de tabla > Fila de "
            "totales) y repita la operación."
        )
    if tabla.enlazada and nueva.hasta_columna > tabla.area.hasta_columna:
        raise EdicionImposible(
            f"{quien} trae sus columnas de un origen de datos externo. Conviértala en Excel en una tabla normal."
        )
    otra = next((t for t in tablas if t.parte != tabla.parte and t.area.se_cruza(nueva)), None)
    if otra is not None:
        raise EdicionImposible(
            f"{quien} no se puede alargar: chocaría con la tabla «{otra.nombre}». Sepárelas en Excel."
        )
    for area in anadidas(tabla.area, nueva):
        bloqueada = next((a for a in (*hoja.combinadas, *hoja.calculadas) if a.se_cruza(area)), None)
        ocupadas = hoja.xml.ocupadas(area) if escritas is not None else ()
        ajenas = (lugar for lugar in ocupadas if Celda(hoja.nombre, *lugar) not in (escritas or ()))
        ocupada = str(bloqueada) if bloqueada else next((direccion(*lugar) for lugar in sorted(ajenas)), None)
        if ocupada is not None:
            raise EdicionImposible(
                f"{quien} no se puede alargar: {ocupada} está ocupada. Mueva a otro lugar lo que hay ahí y repita la "
                "operación."
            )


def anadidas(area: Area, nueva: Area) -> Iterator[Area]:
    """What the new area has that the old one has not, in one or two rectangles."""
    if nueva.hasta_columna > area.hasta_columna:
        yield Area(nueva.fila, area.hasta_columna + 1, nueva.hasta_fila, nueva.hasta_columna)
    if nueva.hasta_fila > area.hasta_fila:
        yield Area(area.hasta_fila + 1, area.columna, nueva.hasta_fila, area.hasta_columna)


def _alargada(libro: LibroEditable, hoja: HojaAbierta, tabla: TablaXML, nueva: Area) -> bytes:
    xml = tabla.xml
    titulos = list(tabla.columnas)
    lista = _lista_de_columnas(xml)
    numero = max((entero(atributo(e.apertura(xml), "id")) for e in hijos(xml, lista)), default=0)
    for columna in range(tabla.area.hasta_columna + 1, nueva.hasta_columna + 1):
        lugar = (nueva.fila, columna)
        contenido = libro.contenido(hoja, hoja.xml.celda(lugar))
        titulos.append(titulo_de_tabla(Celda(hoja.nombre, *lugar), contenido, titulos))
        numero += 1
        xml = con_hijo(xml, _lista_de_columnas(xml), columna_xml(lista.prefijo, numero, titulos[-1]))
    filtro = hijo(xml, raiz(xml), b"autoFilter")
    if filtro is not None:
        xml = _con_ref(xml, filtro, nueva)
    return _con_ref(xml, raiz(xml), nueva)


def _con_ref(xml: bytes, elemento: Elemento, area: Area) -> bytes:
    return con_apertura(xml, elemento, con_atributo(elemento.apertura(xml), "ref", str(area)))


def _alargar_filtro(libro: LibroEditable, hoja: HojaAbierta, lugar: Posicion, peticion: TablaHasta) -> None:
    """The same for a sheet's own filter, and for the hidden name that repeats where it is."""
    marco = hoja.xml.marco
    filtro = hijo(marco, raiz(marco), b"autoFilter")
    area = area_de(atributo(filtro.apertura(marco), "ref") or "") if filtro else None
    if filtro is None or area is None or not _esta_en_titulos(lugar, area):
        return
    nueva = _hasta(area, peticion)
    choca = next((t for t in tablas_de(libro, hoja.nombre) if t.area.se_cruza(nueva)), None)
    if choca is not None:
        raise EdicionImposible(
            f"El filtro de la hoja «{hoja.nombre}» no se puede alargar: chocaría con la tabla «{choca.nombre}». "
            "Sepárelos en Excel."
        )
    if nueva != area:
        hoja.xml.marco = _con_ref(marco, filtro, nueva)
        cambiar_area(libro, hoja.nombre, FILTRO, lambda dicha: nueva if dicha == area else dicha)


def exigir_titulos_intactos(libro: LibroEditable, cambios: Iterable[Cambio]) -> None:
    """Raise `EdicionImposible` when a table's title or total is now another: formulas know its columns by them."""
    tablas: dict[str, list[TablaXML]] = {}
    for cambio in cambios:
        celda = cambio.celda
        if celda.hoja not in tablas:
            tablas[celda.hoja] = list(tablas_de(libro, celda.hoja))
        for tabla in tablas[celda.hoja]:
            if _es_otro_titulo(tabla, celda, cambio.despues):
                raise EdicionImposible(
                    f"{celda} es título o total de la tabla «{tabla.nombre}», y las fórmulas conocen sus columnas por "
                    "él. Cámbielo en Excel."
                )


def _es_otro_titulo(tabla: TablaXML, celda: Celda, ahora: Contenido) -> bool:
    if (celda.fila, celda.columna) not in tabla.area:
        return False
    if tabla.con_totales and celda.fila == tabla.area.hasta_fila:
        return True
    lugar = celda.columna - tabla.area.columna
    if not tabla.con_titulos or celda.fila != tabla.area.fila or lugar >= len(tabla.columnas):
        return False
    return ahora != tabla.columnas[lugar]
