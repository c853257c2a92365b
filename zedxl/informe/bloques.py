"""What the body of a document takes up on the page: paragraphs, tables and section breaks, in points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from zedxl.informe.tipografia import INTERLINEA, lineas
from zedxl.informe.wordml import VALOR, Elemento, W, dato, hijo

_TWIPS = 20.0  # to the point
_EMU = 12_700.0  # to the point
_BORDE = 0.5
_DIBUJO = f"{W}r/{W}drawing/{{*}}inline/{{*}}extent"
_MARGEN_DE_CELDA = 5.4  # Word's own, where the style of the table says nothing


@dataclass(frozen=True, slots=True)
class Formato:
    """A paragraph style: size and line height, space around and indents, in points."""

    puntos: float = 10.5
    negrita: bool = False
    antes: float = 0
    despues: float = 0
    interlineado: float = 1
    izquierda: float = 0
    derecha: float = 0
    con_siguiente: bool = False
    entero: bool = False

    @property
    def alto_de_linea(self) -> float:
        """The height of a line."""
        return self.puntos * INTERLINEA * self.interlineado


@dataclass(frozen=True, slots=True)
class Bloque:
    """A paragraph, or rows of a table that stay together.

    ``lineas`` of ``alto`` each; ``entero``: no page break inside; ``repite`` is the height of the header rows of its
    table. ``marcadores`` counts the headings in it.
    """

    lineas: int
    alto: float
    antes: float = 0
    despues: float = 0
    entero: bool = False
    con_siguiente: bool = False
    pagina_nueva: bool = False
    repite: float = 0
    marcadores: int = 0


@dataclass(frozen=True, slots=True)
class Hoja:
    """The room between the margins of a page, in points."""

    ancho: float
    alto: float


def formatos(estilos: Elemento) -> Mapping[str, Formato]:
    """The format of each paragraph style by its name, what it inherits included."""
    por_id = {e.get(f"{W}styleId", ""): e for e in estilos.iterfind(f"{W}style") if e.get(f"{W}type") != "table"}
    return {dato(hijo(e, "name")): _formato(e, por_id) for e in por_id.values()}


def margenes_de_celda(estilos: Elemento) -> Mapping[str, float]:
    """The space at both sides of the text in the cells of each table style, by its name."""
    return {
        dato(hijo(estilo, "name")): _margen(estilo)
        for estilo in estilos.iterfind(f"{W}style")
        if estilo.get(f"{W}type") == "table"
    }


def _margen(estilo: Elemento) -> float:
    margen = estilo.find(f"{W}tblPr/{W}tblCellMar/{W}left")
    return _MARGEN_DE_CELDA if margen is None else float(dato(margen, "w")) / _TWIPS


def hoja(seccion: Elemento) -> Hoja:
    """The page of a section."""
    papel, margenes = hijo(seccion, "pgSz"), hijo(seccion, "pgMar")
    ancho = float(dato(papel, "w")) - float(dato(margenes, "left")) - float(dato(margenes, "right"))
    alto = float(dato(papel, "h")) - abs(float(dato(margenes, "top"))) - abs(float(dato(margenes, "bottom")))
    return Hoja(ancho / _TWIPS, alto / _TWIPS)


def de_parrafo(parrafo: Elemento, ancho: float, estilos: Mapping[str, Formato]) -> Bloque:
    """A paragraph in a column ``ancho`` points wide."""
    formato = _formato_de(parrafo, estilos)
    propiedades = {propiedad.tag for propiedad in parrafo[0]}
    dibujo = parrafo.find(_DIBUJO)
    if dibujo is None:
        cuantas, alto = _lineas(parrafo, formato, ancho), formato.alto_de_linea
    else:
        cuantas, alto = 1, float(dibujo.get("cy", 0)) / _EMU
    return Bloque(
        cuantas,
        alto,
        formato.antes,
        formato.despues,
        entero=formato.entero or dibujo is not None,
        con_siguiente=formato.con_siguiente or f"{W}keepNext" in propiedades,
        pagina_nueva=f"{W}pageBreakBefore" in propiedades,
        marcadores=len(parrafo.findall(f"{W}bookmarkStart")),
    )


def de_tabla(tabla: Elemento, estilos: Mapping[str, Formato], margen: float) -> Iterator[Bloque]:
    """The rows of a table: header rows and the first ones together, then each group of merged rows."""
    columnas = [float(dato(c, "w")) / _TWIPS for c in tabla.iterfind(f"{W}tblGrid/{W}gridCol")]
    filas = tabla.findall(f"{W}tr")
    cabeceras = [f for f in filas if f.find(f"{W}trPr/{W}tblHeader") is not None]
    repite = _alto_de_grupo(cabeceras, columnas, estilos, margen)
    primero = repite
    for grupo in _grupos(filas[len(cabeceras) :]):
        alto = _alto_de_grupo(grupo, columnas, estilos, margen)
        sigue = grupo[-1].find(f"{W}tc/{W}p/{W}pPr/{W}keepNext") is not None
        yield Bloque(1, primero + alto, entero=True, con_siguiente=sigue, repite=0 if primero else repite)
        primero = 0


def _grupos(filas: list[Elemento]) -> Iterator[list[Elemento]]:
    """Rows that share cells merged downwards."""
    grupo: list[Elemento] = []
    for fila in filas:
        sigue = any(u.get(VALOR) == "continue" for u in fila.iterfind(f"{W}tc/{W}tcPr/{W}vMerge"))
        if grupo and not sigue:
            yield grupo
            grupo = []
        grupo.append(fila)
    if grupo:
        yield grupo


def _alto_de_grupo(
    filas: list[Elemento], columnas: list[float], estilos: Mapping[str, Formato], margen: float
) -> float:
    """The height of rows together; a merged cell needs the height of all the rows that it covers."""
    altos = [_alto_minimo(fila) for fila in filas]
    inicios: dict[int, int] = {}
    unidas: list[tuple[int, int, float]] = []
    for n, fila in enumerate(filas):
        columna = 0
        for celda in fila.iterfind(f"{W}tc"):
            ancho, cuantas = _ancho(celda, columnas, columna)
            union = celda.find(f"{W}tcPr/{W}vMerge")
            alto = _alto_de_celda(celda, ancho - 2 * margen, estilos)
            if union is None:
                altos[n] = max(altos[n], alto)
            elif union.get(VALOR) == "restart":
                inicios[columna] = len(unidas)
                unidas.append((n, n, alto))
            elif columna in inicios:
                desde, _, propio = unidas[inicios[columna]]
                unidas[inicios[columna]] = (desde, n, propio)
            columna += cuantas
    for desde, hasta, alto in unidas:
        altos[hasta] += max(0.0, alto - sum(altos[desde : hasta + 1]))
    return sum(altos) + _BORDE * len(altos)


def _alto_de_celda(celda: Elemento, ancho: float, estilos: Mapping[str, Formato]) -> float:
    """The height of the paragraphs of a cell."""
    alto = 0.0
    for parrafo in celda.iterchildren(f"{W}p"):
        formato = _formato_de(parrafo, estilos)
        cuantas = _lineas(parrafo, formato, ancho)
        alto += cuantas * formato.alto_de_linea + formato.antes + formato.despues
    return alto


def _alto_minimo(fila: Elemento) -> float:
    alto = fila.find(f"{W}trPr/{W}trHeight")
    return 0.0 if alto is None else float(dato(alto)) / _TWIPS


def _ancho(celda: Elemento, columnas: list[float], desde: int) -> tuple[float, int]:
    union = celda.find(f"{W}tcPr/{W}gridSpan")
    cuantas = 1 if union is None else int(dato(union))
    return sum(columnas[desde : desde + cuantas]), cuantas


def _formato_de(parrafo: Elemento, estilos: Mapping[str, Formato]) -> Formato:
    return estilos[dato(parrafo[0][0])]


def _lineas(parrafo: Elemento, formato: Formato, ancho: float) -> int:
    """How many lines the text of a paragraph takes."""
    # the number or bullet of a list stands in its hanging indent, so all lines have the same room
    util = ancho - formato.izquierda - formato.derecha
    return lineas(_trozos(parrafo, formato.negrita), util / formato.puntos)


def _trozos(parrafo: Elemento, negrita: bool) -> Iterator[tuple[str, bool]]:
    for run in parrafo.iter(f"{W}r"):
        fuerte = negrita
        for parte in run:
            if parte.tag == f"{W}t":
                yield parte.text or "", fuerte
            elif parte.tag == f"{W}rPr":
                fuerte = True  # every character style of the report is bold
            elif parte.tag == f"{W}br":
                yield "\n", fuerte


def _formato(estilo: Elemento, por_id: Mapping[str, Elemento]) -> Formato:
    base = estilo.find(f"{W}basedOn")
    padre = None if base is None else por_id.get(base.get(VALOR, ""))
    heredado = Formato() if padre is None or padre is estilo else _formato(padre, por_id)
    propios: dict[str, float | bool] = {}
    for ruta, atributo, campo, unidad in _CAMPOS:
        nodo = estilo.find(ruta)
        valor = None if nodo is None else nodo.get(f"{W}{atributo}")
        if valor is not None:
            propios[campo] = float(valor) / unidad
    for ruta, campo in _SI_O_NO:
        nodo = estilo.find(ruta)
        if nodo is not None:
            propios[campo] = nodo.get(VALOR) not in ("0", "false")
    return replace(heredado, **propios)  # type: ignore[arg-type]


_CAMPOS = (
    (f"{W}rPr/{W}sz", "val", "puntos", 2.0),
    (f"{W}pPr/{W}spacing", "before", "antes", _TWIPS),
    (f"{W}pPr/{W}spacing", "after", "despues", _TWIPS),
    (f"{W}pPr/{W}spacing", "line", "interlineado", 240.0),
    (f"{W}pPr/{W}ind", "left", "izquierda", _TWIPS),
    (f"{W}pPr/{W}ind", "right", "derecha", _TWIPS),
)
_SI_O_NO = (
    (f"{W}rPr/{W}b", "negrita"),
    (f"{W}pPr/{W}keepNext", "con_siguiente"),
    (f"{W}pPr/{W}keepLines", "entero"),
)
