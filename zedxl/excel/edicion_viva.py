"""An edit carried out in the book that is open in Excel, whole or not at all.

First everything is checked, then it is written; what fails half way is undone, last step first. Excel's own list of
what can be undone does not know of it, as with everything that a program does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from zedxl.edicion.cambio import Cambio, Contenido, Edicion, EdicionImposible, Vinculo, canonico, en_palabras
from zedxl.edicion.rectangulos import rectangulos
from zedxl.errores import ErrorExplicado
from zedxl.excel import partes_vivas, proteccion_viva, tablas_vivas, vinculos_vivos
from zedxl.excel.formulas_vivas import comprobar_formula, poner_formula
from zedxl.excel.hoja_viva import HojaViva, Posicion
from zedxl.excel.libro_vivo import LibroVivo
from zedxl.excel.proteccion_viva import Proteccion
from zedxl.plan import Celda

Paso = Callable[[], object]


def aplicar(libro: LibroVivo, edicion: Edicion) -> None:
    """Carry out an edit in the live book, whole or not at all. Raises `EdicionImposible`.

    The look that cells had where a new column or row goes is not brought back after a failure: they are left plain.
    """
    if not edicion:
        return
    try:
        obra = _Obra(libro.com, edicion)
        obra.comprobar()
    except ErrorExplicado:
        raise
    except Exception as error:
        raise EdicionImposible(
            f"Excel no respondió: {_motivo(error)}. Si está editando una celda, termine con Entrar e intente de nuevo. "
            "No se cambió nada."
        ) from error
    with _en_calma(libro.com.Application):
        obra.hacer()


class _Obra:
    """One edit in one book, and how to undo what has been done of it."""

    def __init__(self, com: Any, edicion: Edicion) -> None:
        self._com = com
        self._edicion = edicion
        self._hojas = {
            str(hoja.Name): HojaViva(hoja, bool(com.Date1904)) for hoja in tablas_vivas.coleccion(com.Worksheets)
        }
        self._celdas: dict[str, dict[Posicion, Cambio]] = {}
        self._deshacer: list[Paso] = []
        for cambio in edicion.celdas:
            _agregar(self._celdas.setdefault(cambio.celda.hoja, {}), cambio)
        self._vinculos: dict[str, list[Vinculo]] = {}
        for vinculo in edicion.vinculos:
            self._vinculos.setdefault(vinculo.celda.hoja, []).append(vinculo)

    def comprobar(self) -> None:
        """Raise `EdicionImposible` where something forbids the edit; nothing is touched."""
        for nombre in self._hojas_que_se_tocan():
            if nombre not in self._hojas:
                raise EdicionImposible(f"El libro no tiene la hoja «{nombre}». No se cambió nada.")
        partes_vivas.comprobar_hojas_nuevas(self._com, self._edicion.hojas)
        for nombre in (*(c.hoja for c in self._edicion.columnas), *(f.hoja for f in self._edicion.filas)):
            partes_vivas.comprobar_sin_filtro(self._hojas[nombre].com)
        for nombre, cambios in self._celdas.items():
            _comprobar_celdas(self._hojas[nombre], cambios)
            tablas_vivas.exigir_titulos_intactos(self._hojas[nombre], _valores(cambios))
        for formula in self._edicion.formulas:
            comprobar_formula(self._hojas[formula.celda.hoja], formula)
        for tabla in self._edicion.tablas:
            nombre = tabla.titulo.hoja
            tablas_vivas.comprobar_tabla(self._hojas[nombre], tabla, _valores(self._celdas.get(nombre, {})))

    def hacer(self) -> None:
        """Write it; after a failure the book is as it was and `EdicionImposible` says so."""
        try:
            self._escribir()
        except Exception as error:
            if not self._volver_atras():
                raise EdicionImposible(
                    f"Excel no permitió terminar ({_motivo(error)}) ni retirar todo lo escrito. Cierre el libro sin "
                    "guardarlo: el archivo no cambió."
                ) from error
            if isinstance(error, ErrorExplicado):
                raise
            raise EdicionImposible(
                f"Excel no permitió terminar: {_motivo(error)}. El libro quedó como estaba."
            ) from error

    def _escribir(self) -> None:
        protecciones = {nombre: self._abrir(nombre) for nombre in self._hojas_que_se_tocan()}
        for hoja in self._edicion.hojas:
            self._hojas[hoja.nombre] = partes_vivas.agregar_hoja(self._com, hoja, self._deshacer)
        for columna in self._edicion.columnas:
            partes_vivas.vestir_columna(self._hojas[columna.hoja], columna, self._deshacer)
        for fila in self._edicion.filas:
            partes_vivas.vestir_fila(self._hojas[fila.hoja], fila, self._deshacer)
        for nombre, cambios in self._celdas.items():
            self._escribir_celdas(self._hojas[nombre], cambios)
        self._poner_formulas()
        for tabla in self._edicion.tablas:
            tablas_vivas.alargar_tabla(self._hojas[tabla.titulo.hoja], tabla, self._deshacer)
        for candado in self._edicion.candados:
            partes_vivas.poner_candado(self._hojas[candado.hoja], candado, self._deshacer)
        for nombre, vinculos in self._vinculos.items():
            vinculos_vivos.enlazar(self._hojas[nombre], vinculos, self._deshacer)
        for nombre, proteccion in protecciones.items():
            if proteccion is not None:
                self._proteger(self._hojas[nombre].com, proteccion)

    def _escribir_celdas(self, hoja: HojaViva, cambios: dict[Posicion, Cambio]) -> None:
        partes_vivas.vestir_celdas(hoja, self._hojas, cambios.values(), self._deshacer)
        self._deshacer.extend(hoja.vueltas_atras(cambios))
        hoja.escribir(_valores(cambios))

    def _poner_formulas(self) -> None:
        for formula in self._edicion.formulas:
            hoja = self._hojas[formula.celda.hoja]
            partes_vivas.vestir_celdas(hoja, self._hojas, [formula], self._deshacer)
            poner_formula(hoja, formula, self._deshacer)

    def _abrir(self, nombre: str) -> Proteccion | None:
        """Lift the protection of a sheet; how it is to be protected in the end, None for not at all."""
        com = self._hojas[nombre].com
        if not com.ProtectContents:
            pedida = any(candado.proteger for candado in self._edicion.candados if candado.hoja == nombre)
            return proteccion_viva.PROPIA if pedida else None
        proteccion = proteccion_viva.leer(com)
        proteccion_viva.quitar(com)
        self._deshacer.append(partial(proteccion.poner, com))
        return proteccion

    def _proteger(self, com: Any, proteccion: Proteccion) -> None:
        self._deshacer.append(partial(proteccion_viva.quitar, com))
        proteccion.poner(com)

    def _volver_atras(self) -> bool:
        """Undo all that was done, last step first, whatever one of them does; False when one could not be."""
        fallidos = [paso for paso in reversed(self._deshacer) if not _sale_bien(paso)]
        return not fallidos

    def _hojas_que_se_tocan(self) -> tuple[str, ...]:
        e = self._edicion
        nombres = [
            *self._celdas,
            *(formula.celda.hoja for formula in e.formulas),
            *(columna.hoja for columna in e.columnas),
            *(fila.hoja for fila in e.filas),
            *(tabla.titulo.hoja for tabla in e.tablas),
            *(candado.hoja for candado in e.candados),
            *(nombre for nombre in self._vinculos if nombre not in {hoja.nombre for hoja in e.hojas}),
        ]
        return tuple(dict.fromkeys(nombres))


def _agregar(cambios: dict[Posicion, Cambio], cambio: Cambio) -> None:
    """One more change of a sheet; a second one of a cell must start from what the first leaves."""
    lugar = (cambio.celda.fila, cambio.celda.columna)
    primero = cambios.get(lugar)
    if primero is not None and canonico(primero.despues) != canonico(cambio.antes):
        raise _cambiada(cambio.celda, cambio.antes, primero.despues)
    cambios[lugar] = cambio if primero is None else replace(primero, despues=cambio.despues)


def _valores(cambios: dict[Posicion, Cambio]) -> dict[Posicion, Contenido]:
    return {lugar: cambio.despues for lugar, cambio in cambios.items()}


def _comprobar_celdas(hoja: HojaViva, cambios: dict[Posicion, Cambio]) -> None:
    for area in rectangulos(cambios):
        obstaculo = hoja.obstaculo(area)
        if obstaculo is not None:
            lugar, que = obstaculo
            raise EdicionImposible(f"{hoja.celda(lugar)} {que}, y zedxl no escribe sobre eso. No se cambió nada.")
        for lugar, hallado in hoja.contenidos(area).items():
            if canonico(hallado) != canonico(cambios[lugar].antes):
                raise _cambiada(cambios[lugar].celda, cambios[lugar].antes, hallado)
    hoja.exigir_que_quepan(_valores(cambios))


def _cambiada(celda: Celda, esperado: Contenido, hallado: Contenido) -> EdicionImposible:
    return EdicionImposible(
        f"{celda} no es como cuando se leyó el libro (antes: {en_palabras(esperado)}; ahora: {en_palabras(hallado)}). "
        "No se cambió nada. Repita la operación con el libro como está ahora."
    )


@contextmanager
def _en_calma(aplicacion: Any) -> Iterator[None]:
    """Excel without events, redrawing or tables that grow by themselves; then as it was. It calculates as always."""
    inquietos = (
        (aplicacion, "ScreenUpdating"),
        (aplicacion, "EnableEvents"),
        (aplicacion.AutoCorrect, "AutoExpandListRange"),
    )
    antes = [(objeto, que, getattr(objeto, que)) for objeto, que in inquietos]
    try:
        for objeto, que in inquietos:
            setattr(objeto, que, False)
        yield
    finally:
        for objeto, que, como in antes:
            setattr(objeto, que, como)


def _sale_bien(paso: Paso) -> bool:
    try:
        paso()
    except Exception:
        return False
    return True


def _motivo(error: Exception) -> str:
    """What Excel says of an error, where it says something; pywin32 keeps that in a tuple."""
    detalle = next((parte for parte in error.args if isinstance(parte, tuple)), ())
    dicho = [texto for texto in detalle[2:3] if isinstance(texto, str) and texto]
    return (dicho[0] if dicho else str(error) or type(error).__name__).rstrip(". ")
