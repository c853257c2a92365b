"""What earlier merges brought from each copy, according to the log of the book."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from zedxl.edicion.cambio import Contenido
from zedxl.libro.bitacora import Bitacora
from zedxl.libro.columnas import reconocer
from zedxl.libro.direccion import leer_area
from zedxl.libro.hojas import NARRATIVA
from zedxl.medida import DatoInvalido
from zedxl.periodo import Periodo
from zedxl.reparto.inventario import Clave, HojaInventariada, Inventario, sin_titulo
from zedxl.semestre import origen
from zedxl.texto import plano

_ENTRE_COPIAS = "; "

Llegadas = Mapping[str, Mapping[Clave, Contenido]]
"""The value that each copy, as the log names it, brought last for each datum."""


def motivo_de(firmas: Iterable[str]) -> str:
    """What the log says of a change that these copies brought."""
    return _ENTRE_COPIAS.join(dict.fromkeys(firmas))


def leer_llegadas(bitacora: Bitacora, maestro: Inventario) -> Llegadas:
    """What the log says; entries about cells where something else stands by now do not count."""
    llegadas: dict[str, dict[Clave, Contenido]] = {}
    for apunte in (a.apunte for a in bitacora.asientos if a.origen == origen.FUSION):
        hoja, _, lugar = apunte.celda.rpartition("!")
        clave = _clave_en(maestro.hojas.get(hoja), lugar)
        if clave is not None and de_que_trata(clave) == (apunte.codigo, apunte.periodo):
            for firma in apunte.motivo.split(_ENTRE_COPIAS):
                llegadas.setdefault(firma, {})[clave] = apunte.despues
    return llegadas


def de_que_trata(clave: Clave) -> tuple[str, str]:
    """Code and period of a datum, for the log; "" where it has none."""
    if not clave.con_nombre:
        return "", ""
    codigo, *resto = clave.fila.partition("#")[0].split("|")
    titulo = reconocer(clave.columna)
    if titulo is not None and titulo.periodo is not None:
        return codigo, str(titulo.periodo)
    return codigo, _periodo(resto[-1]) if plano(clave.hoja) == plano(NARRATIVA) and resto else ""


def _clave_en(hoja: HojaInventariada | None, lugar: str) -> Clave | None:
    """What stands at an address now."""
    if hoja is None:
        return None
    area = leer_area(lugar)
    fila = hoja.clave_de_fila(area.fila)
    if fila is None:
        return None
    clave = Clave(hoja.hoja.nombre, fila, sin_titulo(area.columna))
    return clave._replace(columna=hoja.titulo(area.columna)) if clave.con_nombre else clave


def _periodo(escrito: str) -> str:
    try:
        return str(Periodo.leer(escrito)) if escrito else ""
    except DatoInvalido:
        return ""
