"""The sheets beside the plan: Parámetros, Narrativa and Agentes. A book may lack any of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from zedxl.codigo import PLAN, normalizar
from zedxl.libro.celdas import Lectura
from zedxl.libro.hoja import Hoja
from zedxl.libro.hojas import (
    AGENTES,
    NARRATIVA,
    PARAMETROS,
    PARAMETROS_DE_ENTIDAD,
    PARAMETROS_DE_REGLAS,
    TITULOS_AGENTES,
    TITULOS_NARRATIVA,
    TITULOS_PARAMETROS,
    Parametro,
)
from zedxl.libro.listado import buscar_listado
from zedxl.medida import DatoInvalido
from zedxl.narrativa import Seccion, Texto
from zedxl.parametros import Parametros
from zedxl.periodo import Periodo
from zedxl.plan import Agentes, Celda, Entidad
from zedxl.texto import como_texto, limpio, plano


def leer_parametros(hojas: Sequence[Hoja], lectura: Lectura) -> tuple[Entidad, Parametros]:
    """Institution and rules from sheet Parámetros; what it does not say keeps its default."""
    escritos = {plano(str(nombre)): (valor, celda) for celda, (nombre, valor, *_) in _filas(hojas, PARAMETROS)}
    entidad = Entidad(**_campos(PARAMETROS_DE_ENTIDAD, escritos, lectura))
    try:
        return entidad, Parametros(**_campos(PARAMETROS_DE_REGLAS, escritos, lectura))
    except DatoInvalido as error:
        celda = next(iter(escritos.values()))[1]
        lectura.error(celda, "parametro", "", str(error), "Corrija los umbrales.")
        return entidad, Parametros()


def leer_narrativa(hojas: Sequence[Hoja], lectura: Lectura) -> tuple[Texto, ...]:
    """The texts of sheet Narrativa; a row that cannot be placed is an error."""
    textos = []
    for celda, (codigo, seccion, periodo, texto) in _filas(hojas, NARRATIVA):
        escrito = limpio(como_texto(texto)).strip()
        if not escrito:
            continue
        try:
            cuando = Periodo.leer(como_texto(periodo)) if como_texto(periodo) else None
            textos.append(Texto(_codigo(codigo), Seccion.leer(como_texto(seccion)), escrito, cuando))
        except DatoInvalido as error:
            lectura.error(
                celda, "narrativa", como_texto(codigo), str(error), "Corríjalo para que el texto salga en el informe."
            )
    return tuple(textos)


def leer_agentes(hojas: Sequence[Hoja], lectura: Lectura) -> tuple[Agentes, ...]:
    """Who takes part in each OEI and AEI, from sheet Agentes."""
    agentes = []
    for celda, (codigo, involucrados, servicios) in _filas(hojas, AGENTES):
        try:
            nombres = limpio(como_texto(involucrados)).strip(), limpio(como_texto(servicios)).strip()
            agentes.append(Agentes(_codigo(codigo), *nombres))
        except DatoInvalido as error:
            lectura.error(celda, "agentes", como_texto(codigo), str(error), "Corrija el código.")
    return tuple(agentes)


_TITULOS = {NARRATIVA: TITULOS_NARRATIVA, AGENTES: TITULOS_AGENTES, PARAMETROS: TITULOS_PARAMETROS}


def _filas(hojas: Sequence[Hoja], nombre: str) -> Iterator[tuple[Celda, list[Any]]]:
    """The rows below the titles of a sheet: their first cell, and their values in the order of the titles."""
    listado = buscar_listado(hojas, nombre, _TITULOS[nombre])
    for numero, fila in listado.filas() if listado else ():
        if listado and como_texto(fila[0]):
            yield listado.celda(numero), fila


def _campos(
    parametros: Sequence[Parametro], escritos: dict[str, tuple[Any, Celda]], lectura: Lectura
) -> dict[str, Any]:
    campos = {}
    for parametro in parametros:
        valor, celda = escritos.get(plano(parametro.nombre), (None, None))
        if celda is None or valor in (None, ""):
            continue
        try:
            campos[parametro.campo] = parametro.leer(valor)
        except DatoInvalido as error:
            lectura.error(celda, "parametro", "", f"{parametro.nombre}: {error}", "Corrija el parámetro.")
    return campos


def _codigo(escrito: Any) -> str:
    return PLAN if plano(como_texto(escrito)) == plano(PLAN) else normalizar(como_texto(escrito))
