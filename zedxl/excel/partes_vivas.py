"""What an edit changes in the live book beside what cells hold: sheets, looks and locks.

Each function appends to ``deshacer`` what undoes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from zedxl.edicion.cambio import Cambio, Candado, ColumnaNueva, EdicionImposible, FilaNueva, FormulaNueva, HojaNueva
from zedxl.edicion.filas_xml import con_la_fila
from zedxl.edicion.hojas_nuevas_xml import nombre_de_tabla
from zedxl.edicion.rectangulos import rectangulos
from zedxl.excel.hoja_viva import HojaViva, Posicion
from zedxl.excel.tablas_vivas import Deshacer, coleccion, nombres_usados
from zedxl.libro.direccion import Area, leer_area
from zedxl.libro.hoja import VACIAS
from zedxl.plan import Celda

_FORMATOS, _VALIDACION = -4122, 6  # xlPasteFormats, xlPasteValidation
_NINGUNO = -4142  # xlNone
_MUY_OCULTA = 2  # xlSheetVeryHidden
_DE_CELDAS, _CON_TITULOS = 1, 1  # xlSrcRange, xlYes


def comprobar_hojas_nuevas(libro: Any, hojas: Sequence[HojaNueva]) -> None:
    """Raise `EdicionImposible` when one of these sheets cannot be added."""
    hay = {str(hoja.Name).casefold() for hoja in coleccion(libro.Sheets)}
    for hoja in hojas:
        if hoja.nombre.casefold() in hay:
            raise EdicionImposible(
                f"El libro ya tiene una hoja «{hoja.nombre}». Cámbiele el nombre y repita la operación. No se cambió "
                "nada."
            )
    if hojas and libro.ProtectStructure:
        raise EdicionImposible(
            f"La estructura del libro está protegida y no se puede agregar la hoja «{hojas[0].nombre}». Quite la "
            "protección (Revisar > Proteger libro) y repita la operación. No se cambió nada."
        )


def comprobar_sin_filtro(hoja: Any) -> None:
    """Raise `EdicionImposible` when a filter hides rows of a sheet: Excel would copy the look of the others only."""
    filtros = [tabla.AutoFilter for tabla in coleccion(hoja.ListObjects)]
    if hoja.FilterMode or any(filtro is not None and filtro.FilterMode for filtro in filtros):
        raise EdicionImposible(
            f"La hoja «{hoja.Name}» tiene un filtro que oculta filas. Muéstrelas (Datos > Borrar) y repita la "
            "operación. No se cambió nada."
        )


def agregar_hoja(libro: Any, hoja: HojaNueva, deshacer: Deshacer) -> HojaViva:
    """Add a sheet at the end; the person goes on seeing the one that is shown."""
    a_la_vista = libro.ActiveSheet
    com = libro.Worksheets.Add(After=libro.Sheets.Item(libro.Sheets.Count))
    deshacer.append(partial(_eliminar_hoja, com))
    com.Name = hoja.nombre
    viva = HojaViva(com, bool(libro.Date1904))
    filas = enumerate(hoja.filas, 1)
    celdas = {(f, c): valor for f, fila in filas for c, valor in enumerate(fila, 1) if valor not in VACIAS}
    viva.escribir(celdas)
    for columna, ancho in enumerate(hoja.anchos, 1):
        com.Columns.Item(columna).ColumnWidth = ancho
    if hoja.fila_de_titulos:
        _poner_titulos(viva, hoja)
    a_la_vista.Activate()
    if hoja.oculta:
        com.Visible = _MUY_OCULTA
    return viva


def _poner_titulos(viva: HojaViva, hoja: HojaNueva) -> None:
    fila, columnas = hoja.fila_de_titulos, len(hoja.filas[hoja.fila_de_titulos - 1])
    viva.rango(Area(fila, 1, fila, columnas)).Font.Bold = True
    celdas = viva.rango(Area(fila, 1, max(len(hoja.filas), fila + 1), columnas))
    nombre = nombre_de_tabla(hoja.tabla, set(nombres_usados(viva.com.Parent)))
    tabla = viva.com.ListObjects.Add(SourceType=_DE_CELDAS, Source=celdas, XlListObjectHasHeaders=_CON_TITULOS)
    tabla.Name = nombre


def _eliminar_hoja(com: Any) -> None:
    aplicacion = com.Application
    alertas, aplicacion.DisplayAlerts = aplicacion.DisplayAlerts, False  # it would ask whether to delete it
    try:
        com.Delete()
    finally:
        aplicacion.DisplayAlerts = alertas


def vestir_columna(hoja: HojaViva, columna: ColumnaNueva, deshacer: Deshacer) -> None:
    """Give a column the look, the width and the validation of its model."""
    desde, hasta = columna.desde_fila, columna.hasta_fila
    modelo, destino = (hoja.rango(Area(desde, n, hasta, n)) for n in (columna.modelo, columna.columna))
    _vestir(destino, modelo, "ColumnWidth", deshacer)


def vestir_fila(hoja: HojaViva, fila: FilaNueva, deshacer: Deshacer) -> None:
    """Give a row the look, the height and the validation of its model; it is printed, too."""
    desde, hasta = fila.desde_columna, fila.hasta_columna
    modelo, destino = (hoja.rango(Area(n, desde, n, hasta)) for n in (fila.modelo, fila.fila))
    _vestir(destino, modelo, "RowHeight", deshacer)
    _imprimir(hoja, fila.fila, deshacer)


def _vestir(destino: Any, modelo: Any, medida: str, deshacer: Deshacer) -> None:
    deshacer.append(partial(_desvestir, destino, medida, getattr(destino, medida)))
    _copiar(modelo, destino, _FORMATOS)
    _copiar(modelo, destino, _VALIDACION)
    setattr(destino, medida, getattr(modelo, medida))


def _desvestir(destino: Any, medida: str, antes: float) -> None:
    destino.ClearFormats()
    destino.Validation.Delete()
    setattr(destino, medida, antes)


def _imprimir(hoja: HojaViva, fila: int, deshacer: Deshacer) -> None:
    """Print a row where the print area ends above it; a computer without a printer may not know of any."""
    with suppress(Exception):
        pagina = hoja.com.PageSetup
        antes = str(pagina.PrintArea or "")
        area = leer_area(antes)
        if con_la_fila(area, fila) != area:
            pagina.PrintArea = str(con_la_fila(area, fila))
            deshacer.append(partial(setattr, pagina, "PrintArea", antes))


def vestir_celdas(
    hoja: HojaViva,
    hojas: Mapping[str, HojaViva],
    cambios: Iterable[Cambio | FormulaNueva],
    deshacer: Deshacer,
) -> None:
    """Give the cells that have no look of their own that of the cell that each change names."""
    por_modelo: dict[Celda, list[Posicion]] = {}
    for cambio in cambios:
        if cambio.como is not None and cambio.como.hoja in hojas:
            por_modelo.setdefault(cambio.como, []).append((cambio.celda.fila, cambio.celda.columna))
    for modelo, lugares in por_modelo.items():
        celda = hojas[modelo.hoja].com.Cells(modelo.fila, modelo.columna)
        for area in _sin_aspecto(hoja, lugares):
            destino = hoja.rango(area)
            deshacer.append(destino.ClearFormats)
            _copiar(celda, destino, _FORMATOS)


def _sin_aspecto(hoja: HojaViva, lugares: Iterable[Posicion]) -> Iterable[Area]:
    for area in rectangulos(lugares):
        if _esta_desnudo(hoja.rango(area)):
            yield area
        elif area.celdas > 1:
            yield from rectangulos(lugar for lugar in area.posiciones() if _esta_desnudo(hoja.com.Cells(*lugar)))


def _esta_desnudo(rango: Any) -> bool:
    """Whether no cell has a look of its own, as far as its number format, fill and borders tell."""
    return bool(
        rango.NumberFormat == "General"
        and rango.Interior.Pattern == _NINGUNO
        and rango.Borders.LineStyle == _NINGUNO
        and rango.MergeCells is False
    )


def _copiar(origen: Any, destino: Any, que: int) -> None:
    origen.Copy()
    destino.PasteSpecial(que)
    origen.Application.CutCopyMode = False


def poner_candado(hoja: HojaViva, candado: Candado, deshacer: Deshacer) -> None:
    """Lock or open cells; merged ones are locked as the one cell that they are."""
    for area in rectangulos(candado.celdas):
        unidas = hoja.propiedad(area, "MergeCells")
        for lugar in (lugar for lugar, unida in unidas.items() if unida):
            _cerrar(hoja.com.Cells(*lugar).MergeArea, candado.cerrado, deshacer)
        cerradas = hoja.propiedad(area, "Locked")
        otras = (lugar for lugar, unida in unidas.items() if not unida and bool(cerradas[lugar]) is not candado.cerrado)
        for sueltas in rectangulos(otras):
            _cerrar(hoja.rango(sueltas), candado.cerrado, deshacer)


def _cerrar(rango: Any, cerrado: bool, deshacer: Deshacer) -> None:
    deshacer.append(partial(setattr, rango, "Locked", bool(rango.Locked)))
    rango.Locked = cerrado
