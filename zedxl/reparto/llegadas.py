"""What earlier merges brought from each copy, according to the log of the book."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from zedxl.edicion.cambio import Contenido
from zedxl.libro.bitacora import Apunte, Bitacora
from zedxl.libro.columnas import reconocer
from zedxl.libro.direccion import leer_area
from zedxl.libro.hojas import NARRATIVA
from zedxl.medida import DatoInvalido
from zedxl.periodo import Periodo
from zedxl.plan import Celda
from zedxl.reparto.copia import Autoria
from zedxl.reparto.inventario import Clave, HojaInventariada, Inventario, sin_titulo
from zedxl.semestre import origen
from zedxl.texto import plano

_SEPARADOR = " // "  # in no name of a file
_DECIDIDO = "conflicto decidido: vale el libro"

Llegadas = Mapping[str, Mapping[Clave, Contenido]]
"""The value of each copy, as the log names it, that was last brought or decided about, for each datum."""


def motivo_de(firmas: Iterable[str], autoria: Autoria, decidido: bool) -> str:
    """What the log says of a change that these copies brought, and who had typed it there."""
    partes = [*dict.fromkeys(firmas), f"lo escribió {autoria}", "conflicto decidido: vale la copia" if decidido else ""]
    return _SEPARADOR.join(filter(None, partes))


def decision(
    celda: Celda, clave: Clave, de_la_copia: Contenido, del_libro: Contenido, firmas: tuple[str, str]
) -> Apunte:
    """The entry by which the log remembers that the book keeps its own; ``firmas``: who decided, and the copy."""
    quien, copia = firmas
    codigo, periodo = de_que_trata(clave)
    motivo = _SEPARADOR.join((_DECIDIDO, copia))
    return Apunte(quien, periodo, codigo, str(celda), de_la_copia, del_libro, motivo)


def leer_llegadas(bitacora: Bitacora, maestro: Inventario) -> Llegadas:
    """What the log says; entries about cells where something else stands by now do not count."""
    llegadas: dict[str, dict[Clave, Contenido]] = {}
    for apunte in (a.apunte for a in bitacora.asientos if a.origen == origen.FUSION):
        hoja, _, lugar = apunte.celda.rpartition("!")
        clave = _clave_en(maestro.hojas.get(hoja), lugar)
        if clave is not None and de_que_trata(clave) == (apunte.codigo, apunte.periodo):
            partes = apunte.motivo.split(_SEPARADOR)
            dicho_por_la_copia = apunte.antes if _DECIDIDO in partes else apunte.despues
            for parte in partes:
                llegadas.setdefault(parte, {})[clave] = dicho_por_la_copia
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
