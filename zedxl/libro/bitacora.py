"""Sheet Bitácora: every change that zedxl made, each entry chained to the one before by a hash.

Whoever rewrites, removes or inserts an entry breaks the chain, and `revisar` says where. Rows that people write there
by hand have no number and no hash; they are left alone. Sorting the sheet does no harm: entries are numbered.

What is found broken is written down, for ever, before anything else is logged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zedxl.edicion.cambio import (
    Cambio,
    Contenido,
    Edicion,
    EdicionImposible,
    HojaNueva,
    TablaHasta,
    canonico,
    en_segundos,
)
from zedxl.hallazgo import Hallazgo, Severidad
from zedxl.libro.alteracion import Alteracion, de_los_titulos, del_nombre
from zedxl.libro.hoja import Hoja, contenido
from zedxl.libro.hojas import BITACORA, BITACORA_APARTE, FILA_DE_TITULOS, TITULOS_BITACORA
from zedxl.libro.listado import Listado, buscar_listado, hoja_llamada
from zedxl.libro.momento import leer_momento
from zedxl.plan import Celda
from zedxl.texto import como_texto

REGLA = "bitacora-alterada"
AVISO = "aviso"
"""Origin of the entries that tell what was found broken; nobody made a change there."""

_NUMERO, _CUANDO, _HUELLA = 0, 1, 10
_ANCHOS = (7.0, 18.0, 22.0, 11.0, 13.0, 20.0, 22.0, 22.0, 24.0, 30.0, 19.0)
_SEPARADOR = "\x1f"
_LARGO_DE_HUELLA = 16
_EN_UN_AVISO = 10
"""How many things one entry tells."""


@dataclass(frozen=True, slots=True)
class Apunte:
    """What is to be logged: who changed what in which cell ("Seguimiento!W7"), and why."""

    quien: str
    periodo: str
    codigo: str
    celda: str
    antes: Contenido
    despues: Contenido
    motivo: str


@dataclass(frozen=True, slots=True)
class Asiento:
    """An entry as the sheet has it; ``fila`` counts from 1, ``valores`` are in the order of the titles."""

    fila: int
    numero: int
    valores: tuple[Contenido, ...]

    @property
    def huella(self) -> str:
        """The hash that stands beside it."""
        return como_texto(self.valores[_HUELLA])

    @property
    def cuando(self) -> datetime | None:
        """When it was made."""
        return leer_momento(self.valores[_CUANDO])

    @property
    def apunte(self) -> Apunte:
        """What it says."""
        _, _, quien, periodo, codigo, celda, antes, despues, _, motivo, _ = self.valores
        textos = (como_texto(quien), como_texto(periodo), como_texto(codigo), como_texto(celda))
        return Apunte(*textos, antes, despues, como_texto(motivo))

    @property
    def origen(self) -> str:
        """The command that made it."""
        return como_texto(self.valores[8])


@dataclass(frozen=True, slots=True)
class Bitacora:
    """The log of a book: where it is (None: the book has none), its entries by number, and the seal above them.

    The seal repeats the number and the hash of the last entry, so that cutting off the end shows too. With an
    ``alteracion`` nothing of it can be read, and nothing is to be written.
    """

    nombre: str
    listado: Listado | None
    asientos: tuple[Asiento, ...] = ()
    sello: str = ""
    alteracion: Alteracion | None = None

    @property
    def lugar_del_sello(self) -> Celda | None:
        """Its cell, above the title of the hashes; None where there is no row for it."""
        if self.listado is None:
            return Celda(self.nombre, FILA_DE_TITULOS - 1, _HUELLA + 1)
        fila = self.listado.fila_de_titulos - 1
        return self.listado.celda(fila, _HUELLA) if fila else None


def leer_bitacora(hojas: Sequence[Hoja]) -> Bitacora:
    """The log of a book, as it stands."""
    for nombre in (BITACORA, BITACORA_APARTE):
        hoja = hoja_llamada(hojas, nombre)
        listado = buscar_listado(hojas, nombre, TITULOS_BITACORA)
        if listado is not None:
            return _leer(listado)
        alteracion = de_los_titulos(hoja, TITULOS_BITACORA) if hoja else None
        if alteracion is not None:
            return Bitacora(nombre, None, alteracion=alteracion)
    nombre = BITACORA_APARTE if hoja_llamada(hojas, BITACORA) else BITACORA
    return Bitacora(nombre, None, alteracion=del_nombre(hojas, nombre, TITULOS_BITACORA))


def asentada(
    bitacora: Bitacora, edicion: Edicion, origen: str, cuando: datetime, sucesos: Sequence[Apunte] = ()
) -> Edicion:
    """The edit with an entry in the log for each of these events and each of its changes.

    Adds the sheet where the book has none, and nothing where there is nothing to log. What is broken in the log is
    told first. Raises `EdicionImposible` for a log that is there and cannot be read.
    """
    apuntes = (*sucesos, *de_cambios(edicion.cambios))
    if not apuntes:
        return edicion
    if bitacora.alteracion is not None:
        raise EdicionImposible(f"No se cambió nada. {bitacora.alteracion.que} {bitacora.alteracion.remedio}")
    con_origen = (*((AVISO, aviso) for aviso in _avisos(bitacora)), *((origen, apunte) for apunte in apuntes))
    filas = tuple(_encadenados(bitacora, con_origen, en_segundos(cuando)))
    sello = _sello(filas[-1])
    if bitacora.listado is None:
        return edicion + Edicion(hojas=(_hoja_nueva(bitacora.nombre, filas, sello),))
    return edicion + _al_final(bitacora, bitacora.listado, filas, sello)


def de_cambios(cambios: Iterable[Cambio]) -> Iterator[Apunte]:
    """What the log says of changed cells."""
    for c in cambios:
        yield Apunte(c.quien, c.periodo, c.codigo, str(c.celda), c.antes, c.despues, c.motivo)


def revisar(bitacora: Bitacora) -> Iterator[Hallazgo]:
    """Entries that are not as they were written, that are missing or that stand twice; and what was found earlier."""
    yield from alterada(bitacora)
    yield from _rupturas(bitacora)
    for asiento in _avisados(bitacora):
        cuando = f"{asiento.cuando:%d/%m/%Y}" if asiento.cuando else "antes"
        mensaje = f"La Bitácora fue alterada. Se encontró ({cuando}): {asiento.apunte.motivo}"
        yield _hallazgo(bitacora, asiento.fila, mensaje, Severidad.ADVERTENCIA)


def alterada(bitacora: Bitacora) -> Iterator[Hallazgo]:
    """That a log is there and cannot be read, where it is so."""
    if bitacora.alteracion is not None:
        a = bitacora.alteracion
        yield Hallazgo(Severidad.ERROR, REGLA, a.hoja, "", "", a.que, a.remedio)


def _rupturas(bitacora: Bitacora) -> Iterator[Hallazgo]:
    anterior: Asiento | None = None
    for asiento in bitacora.asientos:
        numero, huella = (anterior.numero, anterior.huella) if anterior else (0, "")
        if asiento.numero != numero + 1:
            que = f"Después de la entrada {numero} sigue la {asiento.numero}."
            yield _hallazgo(bitacora, asiento.fila, f"{que} Falta una entrada o alguien cambió los números.")
        elif asiento.huella != _huella(huella, asiento.valores):
            yield _hallazgo(bitacora, asiento.fila, f"La entrada {asiento.numero} no es como se escribió.")
        anterior = asiento
    if bitacora.listado is not None and (anterior or bitacora.sello):
        yield from _del_sello(bitacora, bitacora.listado, anterior)


def _del_sello(bitacora: Bitacora, listado: Listado, ultimo: Asiento | None) -> Iterator[Hallazgo]:
    if bitacora.sello == (_sello(ultimo.valores) if ultimo else ""):
        return
    numero = bitacora.sello.partition(" ")[0]
    dice = f"es de la {numero}" if numero.isdigit() else "no está o no se entiende"
    cual = f"La última entrada es la {ultimo.numero}" if ultimo else "No hay ninguna entrada"
    mensaje = f"{cual}, y el sello {dice}. Faltan las últimas entradas, o alguien cambió el sello."
    yield _hallazgo(bitacora, max(listado.fila_de_titulos - 1, 1), mensaje)


def _avisados(bitacora: Bitacora) -> list[Asiento]:
    return [asiento for asiento in bitacora.asientos if asiento.origen == AVISO]


def _avisos(bitacora: Bitacora) -> Iterator[Apunte]:
    """An entry for what is broken and no entry tells yet."""
    ya_dicho = "\n".join(asiento.apunte.motivo for asiento in _avisados(bitacora))
    nuevas = [ruptura.mensaje for ruptura in _rupturas(bitacora) if ruptura.mensaje not in ya_dicho]
    if nuevas:
        yield Apunte("zedxl", "", "", "", None, None, " ".join(nuevas[:_EN_UN_AVISO]))


def _leer(listado: Listado) -> Bitacora:
    asientos = []
    for fila, valores in listado.filas():
        numero = valores[_NUMERO]
        if isinstance(numero, int | float) and como_texto(valores[_HUELLA]):
            asientos.append(Asiento(fila, int(numero), tuple(map(contenido, valores))))
    asientos.sort(key=lambda asiento: asiento.numero)
    bitacora = Bitacora(listado.hoja.nombre, listado, tuple(asientos))
    lugar = bitacora.lugar_del_sello
    sello = listado.hoja.valor(lugar.fila, lugar.columna) if lugar else None
    return Bitacora(bitacora.nombre, listado, bitacora.asientos, como_texto(sello))


def _encadenados(
    bitacora: Bitacora, apuntes: Iterable[tuple[str, Apunte]], cuando: datetime
) -> Iterator[tuple[Contenido, ...]]:
    ultimo = bitacora.asientos[-1] if bitacora.asientos else None
    anterior = ultimo.huella if ultimo else ""
    for numero, (origen, a) in enumerate(apuntes, (ultimo.numero if ultimo else 0) + 1):
        valores: tuple[Contenido, ...] = (
            float(numero), cuando, a.quien, a.periodo, a.codigo, a.celda, a.antes, a.despues, origen, a.motivo,
        )  # fmt: skip
        anterior = _huella(anterior, valores)
        yield (*valores, anterior)


def _huella(anterior: str, valores: Sequence[Any]) -> str:
    """The hash of an entry: of SHA-256 over the one before and all that the entry says, the part that fits a column."""
    numero, cuando, *resto = valores[:_HUELLA]
    partes = [anterior, canonico(numero), canonico(leer_momento(cuando)), *(canonico(valor) for valor in resto)]
    return hashlib.sha256(_SEPARADOR.join(partes).encode()).hexdigest()[:_LARGO_DE_HUELLA]


def _sello(valores: Sequence[Any]) -> str:
    return f"{int(valores[_NUMERO])} · {valores[_HUELLA]}"


def _al_final(bitacora: Bitacora, listado: Listado, filas: Sequence[tuple[Contenido, ...]], sello: str) -> Edicion:
    desde = listado.ultima_fila + 1
    hay = listado.ultima_fila > listado.fila_de_titulos
    cambios = [
        Cambio(listado.celda(fila, n), None, valor, como=listado.celda(desde - 1, n) if hay else None)
        for fila, valores in enumerate(filas, desde)
        for n, valor in enumerate(valores)
        if valor not in (None, "")
    ]
    lugar = bitacora.lugar_del_sello
    if lugar is not None:
        cambios.append(Cambio(lugar, bitacora.sello or None, sello))
    titulo = listado.celda(listado.fila_de_titulos)
    tabla = TablaHasta(titulo, desde + len(filas) - 1, max(listado.columnas), absorbe=True)
    return Edicion(anotaciones=tuple(cambios), tablas=(tabla,))


def _hoja_nueva(nombre: str, filas: Sequence[tuple[Contenido, ...]], sello: str) -> HojaNueva:
    encabezado: tuple[tuple[Contenido, ...], ...] = (
        ("Bitácora",),
        ("Qué cambió zedxl, cuándo y a pedido de quién. No modifique lo que está escrito; puede filtrarlo.",),
        (*(None,) * _HUELLA, sello),
        TITULOS_BITACORA,
    )
    return HojaNueva(nombre, (*encabezado, *filas), _ANCHOS, FILA_DE_TITULOS, "tblBitacora")


def _hallazgo(bitacora: Bitacora, fila: int, mensaje: str, severidad: Severidad = Severidad.ERROR) -> Hallazgo:
    celda = Celda(bitacora.nombre, fila, 1).referencia
    remedio = "Compare con un respaldo y averigüe quién la cambió."
    return Hallazgo(severidad, REGLA, bitacora.nombre, celda, "", mensaje, remedio)
