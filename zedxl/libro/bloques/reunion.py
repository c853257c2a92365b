"""All blocks of a book as one plan: the rows of each, code by code, and then those of the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from zedxl.codigo import oei_de
from zedxl.hallazgo import Severidad
from zedxl.libro.bloques.bloque import Bloque, Fila
from zedxl.libro.bloques.fusion import REGLA, Fusion, Gemelas
from zedxl.libro.bloques.matriz import Matriz
from zedxl.libro.bloques.matriz_por_columnas import MatrizPorColumnas
from zedxl.libro.bloques.renglon import LectorDeRenglones, Renglon, es_repetido, leer_codigo
from zedxl.libro.celdas import Lectura
from zedxl.libro.columnas import Columna
from zedxl.plan import AEI, OEI, Indicador, Redaccion
from zedxl.texto import plano
from zedxl.vocabulario import Prioridad

# found once, and not for each row: Python 3.11 takes as long for that as for a call
_CODIGO, _DENOMINACION, _RESPONSABLE = Columna.CODIGO, Columna.DENOMINACION, Columna.RESPONSABLE
_PESO, _PRIORIDAD = Columna.PESO, Columna.PRIORIDAD


@dataclass(slots=True)
class _Grupo:
    """What a book says of one OEI or AEI: its indicators, and the rows in which its own name and weight may stand.

    ``dichos`` is what its row and that of its only indicator say, before they are put together.
    """

    renglones: list[Renglon] = field(default_factory=list)
    filas: list[Fila] = field(default_factory=list)
    madre: Renglon | None = None
    dichos: tuple[Indicador, ...] = ()


def reunir(bloques: Sequence[Bloque], lectura: Lectura) -> tuple[tuple[OEI, ...], Gemelas]:
    """Objectives with their actions, in the order of the book, and the cells that say the same as others.

    Blocks complete each other; what they contradict each other in is a finding, and unreadable in the plan.
    """
    fusion = Fusion(lectura)
    grupos: dict[str, _Grupo] = {}
    for bloque in bloques:
        for codigo, grupo in _grupos(bloque, fusion).items():
            _agregar(codigo, grupos.setdefault(codigo, grupo), grupo, fusion)
    lectura.redacciones.extend(_redacciones(grupos))
    return _ordenar(grupos, lectura), fusion.gemelas


def _grupos(bloque: Bloque, fusion: Fusion) -> dict[str, _Grupo]:
    """The rows of one block by code."""
    lectura = fusion.lectura
    lector = LectorDeRenglones(bloque, lectura)
    grupos: dict[str, _Grupo] = {}
    for fila in bloque.filas():
        codigo = leer_codigo(fila, lectura)
        if codigo is None:
            continue
        grupo = grupos.get(codigo) or grupos.setdefault(codigo, _Grupo())
        renglon = lector.leer(fila, codigo)
        anteriores = grupo.renglones
        if fila.madre is not None and grupo.filas[-1] is fila.madre and grupo.renglones[-1].filas[0] is fila.madre:
            grupo.madre = anteriores.pop()  # so far it was taken for an indicator of its own
        if anteriores and es_repetido(renglon, anteriores):
            lectura.error(
                fila.celda(_CODIGO), "codigo-repetido", renglon.indicador.codigo or codigo,
                f"El código {renglon.indicador.codigo or codigo} ya está en la fila {anteriores[0].filas[0].numero}.",
                "Deje una sola fila por indicador.",
            )  # fmt: skip
            continue
        anteriores.append(renglon)
        if fila.madre is None:
            grupo.filas.append(fila)
    for codigo, grupo in grupos.items():
        if grupo.madre is not None:
            _con_madre(codigo, grupo, grupo.madre, fusion)
    if isinstance(bloque, Matriz):
        _preguntar_por_incompletas(bloque, lectura)
    return grupos


def _con_madre(codigo: str, grupo: _Grupo, madre: Renglon, fusion: Fusion) -> None:
    """What the row of an AEI says of its only indicator; with several, its numbers are nobody's."""
    if len(grupo.renglones) == 1:
        grupo.dichos = (madre.indicador, grupo.renglones[0].indicador)
        grupo.renglones[0] = fusion.fundir(grupo.renglones[0], madre, codigo)
    elif madre.filas[0].con_datos:
        fusion.lectura.anotar(
            Severidad.NOTA, madre.filas[0].celda(_CODIGO), "fila-de-aei", codigo,
            f"Su fila tiene números y {codigo} tiene {len(grupo.renglones)} indicadores; se usan los de estos.",
            "",
        )  # fmt: skip


def _agregar(codigo: str, conocido: _Grupo, grupo: _Grupo, fusion: Fusion) -> None:
    """What another block says of a code."""
    if conocido is grupo:
        return
    conocido.filas += grupo.filas
    ya_estaban = len(conocido.renglones)
    for renglon in grupo.renglones:
        lugar = _el_mismo(renglon, conocido.renglones[:ya_estaban], es_el_unico=len(grupo.renglones) == 1)
        if lugar is not None:
            conocido.renglones[lugar] = fusion.fundir(conocido.renglones[lugar], renglon, codigo)
        elif renglon.indicador.codigo or not ya_estaban:
            conocido.renglones.append(renglon)
        else:
            fusion.lectura.error(
                renglon.filas[0].celda(_CODIGO), "indicador-ambiguo", codigo,
                f"{codigo} tiene {ya_estaban} indicadores en otro lugar del libro. ¿De cuál es esta fila? No se leyó.",
                "Escriba el código o el nombre de su indicador, igual en los dos lugares.",
            )  # fmt: skip


def _el_mismo(renglon: Renglon, conocidos: Sequence[Renglon], *, es_el_unico: bool) -> int | None:
    """Which of the known ones is the same indicator: by its code, by its name, or because there is only one."""
    este = renglon.indicador
    for n, conocido in enumerate(conocidos):
        if este.codigo and este.codigo == conocido.indicador.codigo:
            return n
    por_codigo = [n for n, c in enumerate(conocidos) if not (este.codigo and c.indicador.codigo)]
    nombrados = [n for n in por_codigo if este.nombre and plano(este.nombre) == plano(conocidos[n].indicador.nombre)]
    if len(nombrados) == 1:
        return nombrados[0]
    return 0 if es_el_unico and len(conocidos) == 1 and por_codigo else None


def _preguntar_por_incompletas(matriz: Matriz, lectura: Lectura) -> None:
    for celda, codigo in matriz.incompletas():
        lectura.error(
            celda, "matriz-incompleta", codigo,
            f"{codigo} no tiene una fila Progr y una Ejecut, cada una con su número; no se leyó.",
            "Escriba Progr y Ejecut una vez cada una, y el número en la celda de al lado.",
        )  # fmt: skip
    for celda, codigo, anio in matriz.sin_semestre() if isinstance(matriz, MatrizPorColumnas) else ():
        lectura.error(
            celda, "valor-sin-semestre", codigo, f"Lo ejecutado está bajo {anio}. ¿De qué semestre es? No se leyó.",
            f"Escríbalo bajo el título de su semestre, por ejemplo «{anio}-I».",
        )  # fmt: skip


def _redacciones(grupos: dict[str, _Grupo]) -> Iterator[Redaccion]:
    """What the places of a code with several say of it."""
    for codigo, grupo in grupos.items():
        for fila in grupo.filas if len(grupo.filas) > 1 else ():
            texto = fila.texto(_DENOMINACION)
            if texto:
                yield Redaccion(codigo, texto, fila.celda(_DENOMINACION))


def _ordenar(grupos: dict[str, _Grupo], lectura: Lectura) -> tuple[OEI, ...]:
    """Objectives with their actions; an OEI without a row of its own has no indicator."""
    aeis: dict[str, list[AEI]] = {}
    for codigo, grupo in grupos.items():
        if codigo.startswith("AEI"):
            aeis.setdefault(oei_de(codigo), []).append(_aei(codigo, grupo, lectura))
        else:
            aeis.setdefault(codigo, [])
    return tuple(_oei(codigo, grupos.get(codigo, _Grupo()), suyas, lectura) for codigo, suyas in aeis.items())


def _aei(codigo: str, grupo: _Grupo, lectura: Lectura) -> AEI:
    primera = grupo.filas[0]
    de_las_filas = [lectura.numero(fila, _PESO, codigo) for fila in grupo.filas]
    pesos = {dato.valor for dato in de_las_filas if dato.valor is not None}
    if len(pesos) > 1:
        lectura.error(
            primera.celda_si_hay(_PESO) or primera.celda(_CODIGO), "pesos", codigo,
            "La AEI tiene un peso distinto en cada fila.", "Escriba el mismo peso en todas sus filas.",
        )  # fmt: skip
    return AEI(
        codigo=codigo,
        denominacion=_dicho(grupo, _DENOMINACION),
        indicadores=tuple(renglon.indicador for renglon in grupo.renglones),
        prioridad=_prioridad(codigo, grupo, lectura),
        peso=next(iter(pesos), None),
        responsable=_dicho(grupo, _RESPONSABLE),
        celda=primera.celda(_CODIGO),
        celda_peso=next((dato.celda for dato in de_las_filas if dato.celda is not None), None),
        filas=grupo.dichos,
    )


def _oei(codigo: str, grupo: _Grupo, aeis: list[AEI], lectura: Lectura) -> OEI:
    return OEI(
        codigo=codigo,
        denominacion=_dicho(grupo, _DENOMINACION),
        indicadores=tuple(renglon.indicador for renglon in grupo.renglones),
        aeis=tuple(aeis),
        prioridad=_prioridad(codigo, grupo, lectura),
        celda=grupo.filas[0].celda(_CODIGO) if grupo.filas else None,
    )


def _dicho(grupo: _Grupo, columna: Columna) -> str:
    """What the first row that says something has under a title."""
    for fila in grupo.filas:
        texto = fila.texto(columna)
        if texto:
            return texto
    return ""


def _prioridad(codigo: str, grupo: _Grupo, lectura: Lectura) -> Prioridad | None:
    """That of the rows that say one; None, and an error, when they say several."""
    dichas: dict[Prioridad, Fila] = {}
    for fila in grupo.filas:
        prioridad = lectura.palabra(fila, _PRIORIDAD, Prioridad, codigo)
        if prioridad is not None:
            dichas.setdefault(prioridad, fila)
    if len(dichas) < 2:
        return next(iter(dichas), None)
    celdas = [fila.celda(_PRIORIDAD) for fila in dichas.values()]
    lectura.error(
        celdas[1], REGLA, codigo,
        "El libro dice dos cosas de lo mismo: Prioridad: "
        + " y ".join(f"{prioridad} ({celda})" for prioridad, celda in zip(dichas, celdas, strict=True))
        + ". ¿Cuál vale?",
        "Corrija la que esté mal. Mientras tanto no se usa ninguna.",
    )  # fmt: skip
    return None
