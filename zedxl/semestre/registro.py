"""registrar(libro, período, pedidos): the cell changes that record values; all of them or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from zedxl.codigo import normalizar
from zedxl.edicion.cambio import Cambio, Contenido, Edicion, Firma, canonico
from zedxl.errores import ErrorExplicado
from zedxl.libro.bitacora import asentada
from zedxl.libro.desacuerdo import exigir_acuerdo
from zedxl.libro.lectura import Libro
from zedxl.medida import DatoInvalido
from zedxl.numero import leer_numero
from zedxl.periodo import Periodo
from zedxl.plan import Celda, Indicador, Plan
from zedxl.semestre import origen
from zedxl.semestre.cerrados import cierre_que_fija
from zedxl.semestre.efecto import periodos_alterados
from zedxl.semestre.pedido import Pedido
from zedxl.texto import plano

ND = "N/D"
_PORCENTAJES = frozenset({"%", "porcentaje", "por ciento", "puntos porcentuales"})


class RegistroRechazado(ErrorExplicado):
    """Values that cannot be recorded; its text names each of them. None was."""


@dataclass(frozen=True, slots=True)
class _Destino:
    """An indicator that a value may be for, and the code of its OEI or AEI."""

    codigo: str
    indicador: Indicador


def registrar(libro: Libro, periodo: Periodo, pedidos: Sequence[Pedido], firma: Firma) -> Edicion:
    """The edit that records these values of a period; what is already there changes nothing.

    Raises `RegistroRechazado`, naming every value, for an unknown or ambiguous code, a unit that is not the
    indicator's, a text for a number, a period that is closed or has no column, a value that a closed one rests on.
    """
    exigir_acuerdo(libro.bitacora, libro.cierres)
    _exigir_abierto(libro, periodo)
    destinos = list(_destinos(libro.plan))
    rechazos: list[str] = []
    cambios: dict[Celda, Cambio] = {}
    for pedido in pedidos:
        try:
            cambio = _cambio(libro, pedido, _destino(pedido, destinos), periodo, firma)
            anterior = cambios.setdefault(cambio.celda, cambio)
            if canonico(anterior.despues) != canonico(cambio.despues):
                raise RegistroRechazado("la misma celda tiene otro valor en este pedido.")
        except ErrorExplicado as error:
            rechazos.append(f"{pedido}: {error}")
    if rechazos:
        raise RegistroRechazado(_lista("No se registró ningún valor.", rechazos))
    edicion = Edicion(cambios=tuple(c for c in cambios.values() if canonico(c.antes) != canonico(c.despues)))
    alterados = periodos_alterados(libro, edicion)
    if alterados:
        raise RegistroRechazado(_lista("No se registró ningún valor: cambiaría lo que está cerrado.", alterados))
    return asentada(libro.bitacora, edicion, origen.REGISTRO, firma.cuando)


def _exigir_abierto(libro: Libro, periodo: Periodo) -> None:
    cerrado = cierre_que_fija(libro.plan, periodo)
    if cerrado is not None:
        apoyo = "" if cerrado.periodo == periodo else f" y su resultado se apoya en los valores de {periodo}"
        raise RegistroRechazado(
            f"{cerrado.periodo} está cerrado desde el {cerrado.cuando:%d/%m/%Y} ({cerrado.quien}){apoyo}. Para "
            f"corregirlo, reábralo: zedxl abrir-semestre LIBRO {cerrado.periodo} --motivo «por qué»."
        )
    if periodo not in libro.tabla.valores:
        raise RegistroRechazado(
            f"{libro.nombre} no tiene columna de valores para {periodo}. Ábralo antes: zedxl abrir-semestre LIBRO "
            f"{periodo}."
        )


def _lista(titulo: str, renglones: Iterable[object]) -> str:
    return "\n".join((titulo, *(f"  {renglon}" for renglon in renglones)))


def _destinos(plan: Plan) -> Iterator[_Destino]:
    for oei in plan.oeis:
        yield from (_Destino(oei.codigo, indicador) for indicador in oei.indicadores)
        for aei in oei.aeis:
            yield from (_Destino(aei.codigo, indicador) for indicador in aei.indicadores)


def _destino(pedido: Pedido, destinos: Sequence[_Destino]) -> _Destino:
    """The indicator that a code means: its own code, or that of an OEI or AEI with only one."""
    try:
        codigo = normalizar(pedido.codigo)
    except DatoInvalido as error:
        raise RegistroRechazado(str(error)) from error
    hallados = [d for d in destinos if codigo in (d.codigo, d.indicador.codigo)]
    if not hallados:
        raise RegistroRechazado(f"el código {codigo} no está en el libro.")
    if len(hallados) > 1:
        suyos = ", ".join(d.indicador.codigo or d.indicador.nombre for d in hallados)
        raise RegistroRechazado(f"{codigo} tiene {len(hallados)} indicadores ({suyos}); use el código de uno de ellos.")
    return hallados[0]


def _cambio(libro: Libro, pedido: Pedido, destino: _Destino, periodo: Periodo, firma: Firma) -> Cambio:
    celda = destino.indicador.valor(periodo).celda
    if celda is None:
        raise RegistroRechazado(f"su fila no tiene celda para {periodo}.")
    _exigir_unidad(pedido, destino.indicador)
    return Cambio(
        celda, libro.contenido(celda), _valor(pedido), pedido.lugar, firma.quien, destino.codigo, str(periodo)
    )


def _exigir_unidad(pedido: Pedido, indicador: Indicador) -> None:
    suya, dada = plano(indicador.unidad), plano(pedido.unidad)
    if not dada or dada == suya or (dada in _PORCENTAJES and suya in _PORCENTAJES):
        return
    raise RegistroRechazado(
        f"viene en «{pedido.unidad}» y el indicador se mide en «{indicador.unidad or 'ninguna unidad'}»."
    )


def _valor(pedido: Pedido) -> Contenido:
    """The number; the text N/D where it is said to be unavailable, None to leave the cell empty."""
    if not pedido.valor:
        return None
    numero = leer_numero(pedido.valor)  # DatoInvalido says why it is none
    return ND if numero is None else numero
