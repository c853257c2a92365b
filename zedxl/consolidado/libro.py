"""The workbook: sheets Consolidado (a table to filter), Instituciones and No leídos.

XlsxWriter makes it with a sample row in Consolidado, in whose place the rows are streamed into the finished package:
a table over half a million rows would cost it gigabytes, and minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

from zedxl.consolidado.ficha import CONSOLIDADO, INSTITUCIONES, NO_LEIDOS
from zedxl.consolidado.filas import COLUMNAS, Clase, Columna, Fila
from zedxl.consolidado.filas_xml import filas_xml
from zedxl.consolidado.resultado import Resultado
from zedxl.plan import Celda

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MAX_FILAS = 500_000
"""Rows of data on a sheet; what does not fit goes on «Consolidado 2» and so on. Excel ends at 1,048,576."""

_COMPRESION = 1  # three times as fast as 6, and the file a third larger
_POR_VEZ = 500  # rows
_SIN_FECHA = datetime(2000, 1, 1)  # the same content gives the same bytes
_MUESTRA = re.compile(rb'(<row r="2".*?</row>)')
_ESTILO = re.compile(rb' s="(\d+)"')

_DE_INSTITUCIONES = (
    Columna("archivo", "Archivo", 40),
    Columna("entidad", "Entidad", 40),
    Columna("pei", "PEI", 12),
    Columna("periodo", "Último período", 16),
    Columna("puntaje", "Puntaje del PEI (%)", 20, Clase.PORCENTAJE),
    Columna("cobertura", "Cobertura (%)", 15, Clase.PORCENTAJE),
    Columna("aei", "AEI", 7, Clase.CUENTA),
    Columna("criticas", "AEI críticas", 13, Clase.CUENTA),
    Columna("errores", "Errores", 10, Clase.CUENTA),
    Columna("advertencias", "Advertencias", 14, Clase.CUENTA),
    Columna("observacion", "Observación", 70),
)
_DE_NO_LEIDOS = (Columna("archivo", "Archivo", 50), Columna("suerte", "Qué pasó", 18), Columna("motivo", "Motivo", 110))


def escribir_libro(ruta: Path, filas: Iterable[Fila], cuantas: int, resultado: Resultado) -> None:
    """Write the workbook; ``filas`` are ``cuantas`` rows, read one at a time. Raises OSError."""
    tramos = [min(MAX_FILAS, cuantas - desde) for desde in range(0, cuantas, MAX_FILAS)]
    hojas = {f"xl/worksheets/sheet{n}.xml": hay for n, hay in enumerate(tramos, 1)}
    tablas = {f"xl/tables/table{n}.xml": hay for n, hay in enumerate(tramos, 1)}
    por_escribir = iter(filas)
    with (
        ZipFile(BytesIO(_con_una_muestra(len(tramos), resultado))) as origen,
        ZipFile(ruta, "w", ZIP_DEFLATED, compresslevel=_COMPRESION) as destino,
    ):
        for parte in origen.namelist():
            xml = origen.read(parte)
            with destino.open(parte, "w") as salida:
                if parte in hojas:
                    _escribir(salida, _con_filas(_extendida(xml, hojas[parte]), islice(por_escribir, hojas[parte])))
                else:
                    salida.write(_extendida(xml, tablas[parte]) if parte in tablas else xml)


def _escribir(salida: IO[bytes], trozos: Iterable[bytes]) -> None:
    """Write pieces, each while the next one is being made: to compress one takes half as long as to make it."""
    with ThreadPoolExecutor(1) as aparte:
        escribiendo: Future[int] | None = None
        for trozo in trozos:
            if escribiendo is not None:
                escribiendo.result()
            escribiendo = aparte.submit(salida.write, trozo)
        if escribiendo is not None:
            escribiendo.result()


def _extendida(xml: bytes, filas: int) -> bytes:
    """A sheet or a table that says it reaches over so many rows of data."""
    return xml.replace(_area(1), _area(filas))


def _area(filas: int) -> bytes:
    return f'ref="A1:{Celda("", filas + 1, len(COLUMNAS)).referencia}"'.encode()


def _con_filas(xml: bytes, filas: Iterable[Fila]) -> Iterator[bytes]:
    """A sheet with its rows in the place of the sample row, which shows the style of percentages."""
    antes, muestra, despues = _MUESTRA.split(xml)
    yield antes
    escritas = filas_xml(filas, 2, _ESTILO.findall(muestra)[0].decode())
    while trozo := "".join(islice(escritas, _POR_VEZ)):
        yield trozo.encode()
    yield despues


def _con_una_muestra(tramos: int, resultado: Resultado) -> bytes:
    """The workbook, with a sample row in each sheet that the rows go to."""
    from xlsxwriter import Workbook

    memoria = BytesIO()
    libro = Workbook(memoria, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    libro.set_properties({"title": "Consolidado de planes estratégicos institucionales", "created": _SIN_FECHA})
    porcentaje = libro.add_format({"num_format": "0.00"})
    for n in range(1, tramos + 1):
        nombre = CONSOLIDADO if n == 1 else f"{CONSOLIDADO} {n}"
        hoja = _hoja(libro, nombre, COLUMNAS, [()])
        hoja.write_blank(1, 0, None, porcentaje)
    suyas = [(*i,) for i in resultado.instituciones]
    _hoja(libro, INSTITUCIONES, _DE_INSTITUCIONES, suyas)
    _hoja(libro, NO_LEIDOS, _DE_NO_LEIDOS, [(n.archivo, n.suerte.value, n.motivo) for n in resultado.no_leidos])
    libro.close()
    return memoria.getvalue()


def _hoja(libro: Workbook, nombre: str, columnas: Sequence[Columna], filas: Sequence[tuple[Any, ...]]) -> Worksheet:
    """A sheet with one table; its titles and its first column stay in sight."""
    hoja = libro.add_worksheet(nombre)
    porcentaje = libro.add_format({"num_format": "0.00"})
    titulo = libro.add_format({"bold": True, "text_wrap": True, "valign": "vcenter"})
    hoja.set_row(0, 30)
    for n, columna in enumerate(columnas):
        hoja.set_column(n, n, columna.ancho, porcentaje if columna.clase is Clase.PORCENTAJE else None)
    tabla = {
        "name": f"tbl{nombre.replace(' ', '')}",
        "style": "Table Style Medium 2",
        "columns": [{"header": columna.titulo, "header_format": titulo} for columna in columnas],
    }
    hoja.add_table(0, 0, max(1, len(filas)), len(columnas) - 1, tabla)
    for numero, fila in enumerate(filas, 1):
        for n, valor in enumerate(fila):
            if isinstance(valor, str) and valor:
                hoja.write_string(numero, n, valor)
            elif valor not in (None, ""):
                hoja.write_number(numero, n, valor, porcentaje if columnas[n].clase is Clase.PORCENTAJE else None)
    hoja.freeze_panes(1, 1)
    hoja.set_landscape()
    hoja.repeat_rows(0)
    hoja.fit_to_pages(1, 0)
    return hoja
